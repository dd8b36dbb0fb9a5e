/** Licences: which product is licensed how, what a dongle is plugged into, and which machines lean on it. */

import { hostDongles, licensedMachines, plugOf, softkeyUsers } from '../../facts/licences.ts';
import type { Machine } from '../../facts/machine.ts';
import { homeHost, pinnedHost } from '../../facts/placement.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import type { Graph } from '../graph.ts';
import { fact, type GroupOf, openSheet, type Sheet, words } from './shared.ts';

export function licencesGraph(model: Model, title: string, groupOf: GroupOf): Graph {
  const sheet = openSheet(model, title, groupOf);
  for (const license of model.all('license')) drawLicence(license, sheet);
  return sheet.done([]);
}

const renewerOf = (license: Entity<'license'>, model: Model): Machine | undefined =>
  model.resolve(license.props.softkey?.['renewed-by'], license, 'vm', 'physical', 'host');

function drawMachine(machine: Machine, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  if (sheet.has(machine)) return;
  if (!is(machine, 'vm')) {
    const model = is(machine, 'host') || is(machine, 'physical') ? machine.props.model : undefined;
    add(machine, is(machine, 'host') ? 'host' : 'physical', words(model));
    return;
  }
  const pinned = pinnedHost(machine, model);
  const home = homeHost(machine, model);
  const renews = model.all('license').some((license) => renewerOf(license, model) === machine);
  add(
    machine,
    'vm',
    words(
      pinned ? `stays on ${pinned.name}` : home ? `on ${home.name}` : machine.props.in?.ref.join('.'),
      renews ? 'renews softkeys' : undefined,
    ),
  );
  if (!home) return;
  drawMachine(home, sheet);
  // The line of a dongle in that host says it already.
  if (hostDongles(machine, model).some((dongle) => dongle.host === home)) return;
  link('placement', drawn(machine), drawn(home));
}

function drawLicence(license: Entity<'license'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const plug = plugOf(license, model);
  const { hardkey, product, softkey } = license.props;
  if (plug?.at === 'hub')
    add(
      plug.hub,
      'usbhub',
      words(plug.hub.props.model, plug.hub.props.rack === undefined ? undefined : `rack ${plug.hub.props.rack.ref.join('.')}`),
    );
  if (plug?.at === 'host') drawMachine(plug.machine, sheet);
  // A softkey is bound to one machine: it stands in it. A dongle stands in what it is plugged into.
  const bound = softkeyUsers(license, model);
  const [only] = bound;
  if (only) drawMachine(only, sheet);
  const holder = plug === undefined ? (bound.length === 1 ? only : undefined) : plug.at === 'hub' ? plug.hub : plug.machine;
  const renewer = renewerOf(license, model);
  const socket =
    plug === undefined
      ? undefined
      : plug.at === 'host'
        ? plug.usb.name
        : plug.port === undefined
          ? undefined
          : `port ${plug.port}`;
  add(license, 'license', {
    label: product ?? license.label ?? license.name,
    ...(holder ? { parent: drawn(holder) } : {}),
    ...words(
      license.name === product ? undefined : license.name,
      hardkey ? `hardkey${socket === undefined ? '' : ` in ${socket}`}` : softkey ? 'softkey' : undefined,
      softkey?.expires === undefined ? undefined : `until ${softkey.expires}`,
      license.props.cores === undefined ? undefined : `${license.props.cores} cores`,
    ),
    facts: [
      ...fact('Product', product),
      ...fact('Renewed by', renewer?.name),
      ...fact('Vendor', license.props.vendor),
      ...fact('Expires', softkey?.expires),
      ...fact('Plugged into', hardkey?.at?.ref.join('/')),
    ],
  });
  for (const machine of licensedMachines(license, model)) {
    drawMachine(machine, sheet);
    if (machine !== holder) link('licence', drawn(license), drawn(machine));
  }
  if (!renewer) return;
  drawMachine(renewer, sheet);
  link('needs', holder ? drawn(holder) : drawn(license), drawn(renewer), { label: 'renewed by' });
}
