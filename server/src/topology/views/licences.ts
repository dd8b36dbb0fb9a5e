/** Licences: which product is licensed how, what a dongle is plugged into, and which machines lean on it. */
import type { Machine } from '../../facts/machine.ts';
import { licensedMachines, plugOf } from '../../facts/licences.ts';
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

function drawMachine(machine: Machine, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  if (sheet.has(machine)) return;
  if (!is(machine, 'vm')) {
    add(machine, is(machine, 'host') ? 'host' : 'physical', words(machine.props.model));
    return;
  }
  const pinned = pinnedHost(machine, model);
  const home = homeHost(machine, model);
  add(machine, 'vm', words(pinned ? `stays on ${pinned.name}` : home ? `on ${home.name}` : machine.props.in?.ref.join('.')));
  if (!home) return;
  drawMachine(home, sheet);
  link('placement', drawn(machine), drawn(home));
}

function drawLicence(license: Entity<'license'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const plug = plugOf(license, model);
  const { hardkey, product, softkey } = license.props;
  if (plug?.at === 'hub') add(plug.hub, 'usbhub', words(plug.hub.props.model, plug.hub.props.rack === undefined ? undefined : `rack ${plug.hub.props.rack.ref.join('.')}`));
  if (plug?.at === 'host') drawMachine(plug.machine, sheet);
  const holder = plug === undefined ? undefined : plug.at === 'hub' ? plug.hub : plug.machine;
  const socket = plug === undefined ? undefined : plug.at === 'host' ? plug.usb.name : plug.port === undefined ? undefined : `port ${plug.port}`;
  add(license, 'license', {
    label: product ?? license.label ?? license.name,
    ...(holder ? { parent: drawn(holder) } : {}),
    ...words(
      license.name === product ? undefined : license.name,
      hardkey ? `hardkey${socket === undefined ? '' : ` in ${socket}`}` : softkey ? 'softkey' : undefined,
      softkey?.expires === undefined ? undefined : `until ${softkey.expires}`,
      license.props.cores === undefined ? undefined : `${license.props.cores} cores`,
    ),
    facts: [...fact('Product', product), ...fact('Vendor', license.props.vendor), ...fact('Expires', softkey?.expires), ...fact('Plugged into', hardkey?.at?.ref.join('/'))],
  });
  for (const machine of licensedMachines(license, model)) {
    drawMachine(machine, sheet);
    if (machine !== holder) link('licence', drawn(license), drawn(machine));
  }
  const renewer = model.resolve(softkey?.['renewed-by'], license, 'vm', 'physical', 'host');
  if (renewer) {
    drawMachine(renewer, sheet);
    link('needs', drawn(license), drawn(renewer), { label: 'renewed by' });
  }
}
