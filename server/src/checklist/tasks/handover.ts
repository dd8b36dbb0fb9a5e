/** Handover: what stays with the owner, and what comes due when. */

import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { wholeDesign } from '../derive/whole.ts';
import { count } from '../show.ts';
import { type Draft, defineTask } from '../task.ts';
import { code, codes, joined, nothing, say, type Text } from '../text.ts';

/** Something that ends on a day. */
interface Due {
  readonly date: string;
  readonly what: Text;
}

function dues(model: Model): readonly Due[] {
  const list: Due[] = [];
  for (const license of model.all('license')) {
    const date = license.props.softkey?.expires ?? license.props.expires;
    if (date !== undefined) list.push({ date, what: say`licence ${code(license.name)}` });
  }
  for (const waiver of model.all('waive'))
    if (waiver.props.until !== undefined) list.push({ date: waiver.props.until, what: say`waiver of ${waiver.props.finding}` });
  const until = model.all('design')[0]?.props.until;
  if (until !== undefined) list.push({ date: until, what: say`planned end of the system` });
  const key = (due: Due): string => `${due.date} ${JSON.stringify(due.what)}`;
  return list.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** Things that still have a field open which only the built system can tell. */
function missing(model: Model): readonly Text[] {
  const devices = [
    ...model.all('host'),
    ...model.all('switch'),
    ...model.all('array'),
    ...model.all('router'),
    ...model.all('usbhub'),
    ...model.all('physical'),
  ];
  const noSerial = devices.filter((device) => device.props.serial === undefined).map((device) => device.name);
  const licensed = model
    .all('vm')
    .filter((vm) =>
      model
        .all('license')
        .some((license) => license.props.softkey && model.resolveAll(license.props.softkey.for, license, 'vm').includes(vm)),
    );
  const noMac = licensed
    .filter((vm) => vm.children.some((nic) => is(nic, 'nic') && nic.props.mac === undefined))
    .map((vm) => vm.name);
  return [
    ...(noSerial.length > 0 ? [say`serial numbers of ${codes(noSerial, 12)}`] : []),
    ...(noMac.length > 0 ? [say`MAC addresses of ${codes(noMac, 12)}`] : []),
  ];
}

function* documents(model: Model, subject: Entity): Iterable<Draft> {
  const open = missing(model);
  const due = dues(model);
  const vms = model.all('vm').length;
  const licences = model.all('license').length;
  const tally = [
    [vms, 'VM', 'VMs'],
    [model.all('host').length, 'host', 'hosts'],
    [model.all('switch').length, 'switch', 'switches'],
    [model.all('array').length, 'array', 'arrays'],
  ].flatMap(([number, one, several]) => (Number(number) > 0 ? [count(Number(number), String(one), String(several))] : []));
  const item = (part: string, what: Text, more: Partial<Draft> = {}): Draft => ({
    subject,
    scope: 'design',
    part,
    what,
    ...more,
  });
  yield item(
    'as built',
    say`Bring the design to what has been built, and check it: no errors, only accepted warnings${open.length > 0 ? say`. Still to be entered: ${joined(open)}` : nothing}.`,
    {
      expected: say`The list made from it is the one that was carried out; it goes into version control with the date of the acceptance.`,
    },
  );
  yield item(
    'inventory',
    say`Hand over the list of addresses, MAC addresses, WWNs, serial numbers and passwords (the last in the vault, opened by two people): ${tally.join(', ')}.`,
  );
  yield item(
    'evidence',
    say`Hand over the evidence: compatibility entries, validation reports, measured times of all acceptance tests, punch list with nothing left in category A.`,
  );
  if (licences > 0)
    yield item(
      'licences',
      say`Hand over ${count(licences, 'licence')} with certificates, request files and the contact of each vendor.`,
    );
  if (due.length > 0)
    yield item('calendar', say`Enter what comes due into the calendar of the owner, each a month ahead.`, {
      detail: due.map(({ date, what }) => say`${date}: ${what}`),
    });
  yield item(
    'care',
    say`Agree on the care of the system: who updates what and when, restore test every ${undefined}, failover test every ${undefined}, battery change ${undefined}.`,
  );
  yield item(
    'runbook',
    say`Hand over the runbook: start and stop, loss of a host, of the storage, of a licence; recovery plan; telephone numbers.`,
  );
  yield item('training', say`Train the operators and the on-call engineers on the system itself: ${undefined} (names, dates).`, {
    expected: say`Each of them has started a VM again, read an alarm and restored a file.`,
  });
}

export const papers = defineTask({
  id: 'handover/papers',
  phase: 'handover',
  title: 'What stays with the owner',
  role: 'project lead',
  record: 'signature of the owner',
  expected: 'received and understood by the owner.',
  closes: ['GOV001', 'SEC009'],
  *items(model) {
    const subject = wholeDesign(model);
    if (subject && (model.all('host').length > 0 || model.all('vm').length > 0)) yield* documents(model, subject);
  },
});

export const handover = [papers];
