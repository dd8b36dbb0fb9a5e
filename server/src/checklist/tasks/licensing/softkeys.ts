/** Softkeys, and what renews them. */

import { type Machine, softkeyUsers } from '../../../facts/licences.ts';
import { machinesOf } from '../../../facts/services.ts';
import { type Entity, is } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { called, licenceText, name, names } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, say } from '../../text.ts';

type License = Entity<'license'>;

export const softkeys = defineTask({
  id: 'licensing/softkey',
  phase: 'licensing',
  title: 'Softkeys',
  role: 'OT engineer',
  record: 'request and reply file, fingerprint, last day, all three in the vault',
  intro:
    'Only when the VM stands where it stays: host, virtual hardware and MAC address are part of the fingerprint. No clone, no restore to another machine after that without a word with the vendor.',
  closes: ['LIC001', 'LIC002', 'LIC003', 'LIC005', 'ADR015'],
  *items(model) {
    for (const license of model.all('license')) {
      const { softkey } = license.props;
      if (!softkey) continue;
      const users = softkeyUsers(license, model);
      const made = model.resolve(softkey['generated-on'], license, 'vm', 'host', 'physical');
      const manager = model.resolve(softkey['renewed-by'], license, 'vm', 'physical', 'service');
      yield {
        subject: license,
        prop: 'softkey',
        what: say`Install softkey ${called(license, model)} (${licenceText(license)}) in ${names(users)}.`,
        detail: [
          made
            ? say`Request made on ${code(made.name)}${users.includes(made as Machine) || is(made, 'host') ? '' : say`, which is not where it is used: clear this first`}`
            : say`Make the request on ${names(users)} itself, send it, install the reply; done on ${undefined}`,
          say`Fingerprint ${undefined}, last day ${softkey.expires}`,
          manager
            ? say`Renewed by ${name(manager)}`
            : softkey.renewal === undefined
              ? say`Renewed by ${undefined}`
              : say`Renewed by hand: ${softkey.renewal}`,
        ],
        expected: say`The application shows the licence, valid until ${softkey.expires}, again after a restart. After a live migration: ${undefined}`,
      };
    }
  },
});

/** What renews licences: services that say so, and machines that licences name. */
function managersOf(model: Model): readonly {
  readonly subject: Entity<'service'> | Machine;
  readonly machines: readonly Machine[];
  readonly licences: readonly License[];
}[] {
  const renewer = (license: License): Entity | undefined =>
    model.resolve(license.props.softkey?.['renewed-by'], license, 'vm', 'physical', 'service');
  const services = model.all('service').filter((service) => service.props['licence-manager'] === true);
  const covered = services.flatMap((service) => machinesOf(service, model));
  const others = [...new Set(model.all('license').flatMap((license) => renewer(license) ?? []))].filter(
    (by): by is Entity<'vm' | 'physical'> => (is(by, 'vm') || is(by, 'physical')) && !covered.includes(by),
  );
  const of = (subject: Entity<'service'> | Machine, machines: readonly Machine[]) => ({
    subject,
    machines,
    licences: model
      .all('license')
      .filter((license) => renewer(license) === subject || machines.some((machine) => machine === renewer(license))),
  });
  return [
    ...services.map((service) => of(service, machinesOf(service, model))),
    ...others.map((machine) => of(machine, [machine])),
  ];
}

export const managers = defineTask({
  id: 'licensing/manager',
  phase: 'licensing',
  title: 'Licence manager',
  role: 'OT engineer',
  record: 'log of a renewal, mail that arrived',
  closes: ['LIC002', 'LIC004', 'SEC003'],
  *items(model) {
    for (const { subject, machines, licences } of managersOf(model)) {
      const users = [...new Set(licences.flatMap((license) => softkeyUsers(license, model)))];
      yield {
        subject,
        part: 'manager',
        what: say`Set up the licence manager on ${names(machines)}${is(subject, 'service') ? say` (service ${code(subject.name)})` : ''} for the licences ${names(licences)}.`,
        detail: [
          say`It reaches the vendor’s server in the internet (${undefined}) and the licensed machines ${names(users)}; nobody reaches it from outside`,
          say`Mail before a licence ends and when a renewal fails, to ${undefined}; sent once as a test`,
          say`Validated every 60 days: next time ${undefined}`,
        ],
        expected: say`A renewal by hand succeeds for each licence.`,
      };
    }
  },
});
