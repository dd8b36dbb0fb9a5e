/** Licences: which product is licensed how, what a dongle is plugged into, and which machines lean on it. */

import { hostDongles, licensedMachines, plugOf, softkeyUsers } from '../../facts/licences.ts';
import type { Machine } from '../../facts/machine.ts';
import { homeHost, pinnedHost } from '../../facts/placement.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { productId } from './made.ts';
import { type Building, counted, fact, type GroupOf, openSheet, type Sheet, words } from './shared.ts';

export function* licencesGraph(model: Model, title: string, groupOf: GroupOf): Building {
  const sheet = openSheet(model, title, groupOf);
  for (const license of model.all('license')) {
    drawProduct(license, sheet);
    yield;
  }
  for (const license of model.all('license')) {
    drawLicence(license, sheet);
    yield;
  }
  return sheet.done([]);
}

const renewerOf = (license: Entity<'license'>, model: Model): Machine | undefined =>
  model.resolve(license.props.softkey?.['renewed-by'], license, 'vm', 'physical', 'host');

/** Rows from the top: products, their keys in what holds them, the machines that use them, and what renews them. */
const bands = { product: 0, key: 1, user: 2, renewer: 3 } as const;

/** What the licences of one product are for, once. */
function drawProduct(license: Entity<'license'>, { model, put }: Sheet): void {
  const { product, vendor } = license.props;
  if (product === undefined) return;
  const keys = model.all('license').filter((other) => other.props.product === product);
  const [first] = keys;
  if (first !== license) return;
  const number = keys.reduce((sum, key) => sum + (key.props.count ?? 1), 0);
  put({
    id: productId(product),
    role: 'product',
    label: product,
    band: bands.product,
    ...words(counted(number, 'licence'), vendor),
    facts: [...fact('Licences', keys.map((key) => key.name).join(', ')), ...fact('Vendor', vendor)],
  });
}

function drawMachine(machine: Machine, sheet: Sheet, band: number): void {
  const { add, drawn, link, model } = sheet;
  if (sheet.has(machine)) return;
  if (!is(machine, 'vm')) {
    const name = is(machine, 'host') || is(machine, 'physical') ? machine.props.model : undefined;
    add(machine, is(machine, 'host') ? 'host' : 'physical', { ...words(name), band });
    return;
  }
  const pinned = pinnedHost(machine, model);
  const home = homeHost(machine, model);
  const renews = model.all('license').some((license) => renewerOf(license, model) === machine);
  const below = renews && !model.all('license').some((license) => licensedMachines(license, model).includes(machine));
  add(machine, 'vm', {
    band: below ? bands.renewer : band,
    ...words(
      pinned ? `stays on ${pinned.name}` : home ? `on ${home.name}` : machine.props.in?.ref.join('.'),
      renews ? 'renews softkeys' : undefined,
    ),
  });
  if (!home) return;
  drawMachine(home, sheet, bands.key);
  // The line of a dongle in that host says it already.
  if (hostDongles(machine, model).some((dongle) => dongle.host === home)) return;
  link('placement', drawn(machine), drawn(home));
}

function drawLicence(license: Entity<'license'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const plug = plugOf(license, model);
  const { hardkey, product, softkey } = license.props;
  if (plug?.at === 'hub')
    add(plug.hub, 'usbhub', {
      ...words(plug.hub.props.model, plug.hub.props.rack === undefined ? undefined : `rack ${plug.hub.props.rack.ref.join('.')}`),
      band: bands.key,
    });
  if (plug?.at === 'host') drawMachine(plug.machine, sheet, bands.key);
  // A softkey is bound to one machine: it stands in it. A dongle stands in what it is plugged into.
  const bound = softkeyUsers(license, model);
  const [only] = bound;
  if (only) drawMachine(only, sheet, bands.user);
  const holder = plug === undefined ? (bound.length === 1 ? only : undefined) : plug.at === 'hub' ? plug.hub : plug.machine;
  const renewer = renewerOf(license, model);
  add(license, 'license', {
    label: license.label ?? license.name,
    ...(holder ? { parent: drawn(holder) } : {}),
    band: bands.key,
    ...words(
      hardkey ? `hardkey${socketText(plug)}` : softkey ? 'softkey' : undefined,
      softkey?.expires === undefined ? undefined : `until ${softkey.expires}`,
      license.props.cores === undefined ? undefined : `${license.props.cores} cores`,
    ),
    facts: [
      ...fact('Renewed by', renewer?.name),
      ...fact('Expires', softkey?.expires),
      ...fact('Plugged into', hardkey?.at?.ref.join('/')),
    ],
  });
  if (product !== undefined) link('licence', productId(product), drawn(license));
  for (const machine of licensedMachines(license, model)) {
    drawMachine(machine, sheet, bands.user);
    if (machine !== holder) link('licence', drawn(license), drawn(machine));
  }
  if (!renewer) return;
  drawMachine(renewer, sheet, bands.renewer);
  link('needs', drawn(license), drawn(renewer), { label: 'renewed by' });
}

/** ` in usb1`, ` in port 3`. */
function socketText(plug: ReturnType<typeof plugOf>): string {
  if (plug === undefined) return '';
  if (plug.at === 'host') return ` in ${plug.usb.name}`;
  return plug.port === undefined ? '' : ` in port ${plug.port}`;
}
