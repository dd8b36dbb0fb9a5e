/** How values, things and places are written in items. Everything is undefined where the design does not say it. */
import { hypervisorName } from '../facts/hardware.ts';
import { addressOf, networkOf, subnetOf } from '../facts/network.ts';
import { type Entity, pathOf } from '../model/entity.ts';
import type { Model } from '../model/model.ts';
import type { Between, Ref } from '../schema/types.ts';
import { hostOf as nthOf } from '../values/ip.ts';
import { isProblem } from '../values/problem.ts';
import { formatQuantity } from '../values/quantity.ts';
import { code, codes, type Piece, say, type Text } from './text.ts';

export const GB = 1024 ** 3;

/** `256GB` as people print it: `256 GB`. */
const spaced = (text: string): string => text.replace(/^([\d.]+)([A-Za-z]+)$/u, '$1 $2');

export const size = (bytes: number | undefined): string | undefined =>
  bytes === undefined ? undefined : spaced(formatQuantity(bytes, 'size'));
export const rate = (bits: number | undefined): string | undefined =>
  bits === undefined ? undefined : spaced(formatQuantity(bits, 'rate'));
export const duration = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : seconds === 86_400 ? '24 h' : spaced(formatQuantity(seconds, 'duration'));
export const power = (value: number | undefined, like = ''): string | undefined =>
  value === undefined ? undefined : spaced(formatQuantity(value, 'power', like));

/** `2 s to 30 s`. */
export const span = ({ from, to }: Between): string => (from === to ? `${duration(to)}` : `${duration(from)} to ${duration(to)}`);

/** A whole number of gigabytes (or with one decimal), as commands want it. */
export const inGB = (bytes: number | undefined): number | undefined =>
  bytes === undefined ? undefined : Math.round((bytes / GB) * 1000) / 1000;

/** Things that have one name within their host, whatever they stand in: `esx1.vmk0`, not `esx1.vSwitch0.vmk0`. */
const flat: ReadonlySet<string> = new Set(['nic', 'vmkernel', 'hba', 'usb', 'gpu', 'vswitch']);

/** The name by which people find a thing, in the type of code. */
export const name = (entity: Entity | undefined): Piece =>
  code(entity && (flat.has(entity.kind) && entity.parent ? `${entity.unit.root.name}.${entity.name}` : pathOf(entity)));

/** The shortest name that means one thing in the whole design: `r1`, or `plant.server-room.r1` where another room has an `r1`. */
export const short = (entity: Entity | undefined, model: Model): Piece =>
  code(entity && (model.find(entity.kind, entity.name) === entity ? entity.name : pathOf(entity)));

/** A device as it is called in a row: its name, and in full what it is called if that says more. */
export const called = (entity: Entity, model: Model): Text =>
  entity.label === undefined || entity.label === entity.name
    ? [short(entity, model)]
    : say`${short(entity, model)} (${entity.label})`;

/** A name as the design writes it. */
export const refText = (ref: Ref | undefined, between = '.'): string | undefined => ref?.ref.join(between);

/** The order of names for people: esx2 before esx10. */
export const collator = new Intl.Collator('en', { numeric: true });
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  collator.compare(a.name, b.name) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** The IP address of something, without its prefix. */
export function ipOf(entity: Entity, model: Model, prop = 'address'): string | undefined {
  return addressOf(entity, model, prop)?.ip?.text;
}

/** An address with the length of its prefix: `10.4.10.11/24`; `DHCP`. */
export function addressText(entity: Entity, model: Model, prop = 'address'): string | undefined {
  const use = addressOf(entity, model, prop);
  if (use?.dhcp) return 'DHCP';
  if (!use?.ip) return undefined;
  const prefix = use.prefix ?? (use.network && subnetOf(use.network)?.prefix);
  return prefix === undefined ? use.ip.text : `${use.ip.text}/${prefix}`;
}

/** The address of a USB hub. */
export function hubAddress(hub: Entity<'usbhub'>, model: Model): string | undefined {
  const { address, on } = hub.props;
  if (!address) return undefined;
  if ('dhcp' in address) return 'DHCP';
  const network =
    model.resolve(on, hub, 'network') ?? ('network' in address ? model.resolve(address.network, hub, 'network') : undefined);
  const subnet = network && subnetOf(network);
  const nth = 'network' in address && subnet ? nthOf(subnet, address.host) : undefined;
  const ip = 'ip' in address ? address.ip : nth && !isProblem(nth) ? nth.text : undefined;
  return ip === undefined || !subnet ? ip : `${ip}/${subnet.prefix}`;
}

/** `255.255.255.0`; undefined for IPv6 and where the subnet is open. */
export function netmaskOf(entity: Entity, model: Model): string | undefined {
  const use = addressOf(entity, model);
  const network = use?.network ?? networkOf(entity, model);
  const prefix = use?.prefix ?? (network && subnetOf(network)?.prefix);
  if (prefix === undefined || use?.ip?.family === 6) return undefined;
  const mask = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.');
}

/** `VLAN 10`; untagged for 0. */
export const vlanText = (vlan: number | undefined): string | undefined =>
  vlan === undefined ? undefined : vlan === 0 ? 'untagged' : `VLAN ${vlan}`;

export type Product = NonNullable<NonNullable<Entity<'host'>['props']['hypervisor']>['product']>;
export const productOfHost = (host: Entity<'host'>): Product | undefined => host.props.hypervisor?.product;

/** `ESXi 8.0u3`; the release is a gap where the design leaves it open. */
export function platformText(host: Entity<'host'>): Text {
  const { product, release } = host.props.hypervisor ?? {};
  return product === undefined ? say`${undefined}` : say`${hypervisorName(product)} ${release}`;
}

/** Something counted: `1 disk`, `3 disks`. */
export const count = (number: number, one: string, several = `${one}s`): string => `${number} ${number === 1 ? one : several}`;

/** The names of some things, as a list in the type of code. */
export const names = (things: readonly { readonly name: string }[], most?: number): Text =>
  codes(
    things.map((thing) => thing.name),
    most,
  );

/** Names as the design writes them. */
export const refNames = (list: readonly { readonly ref: readonly string[] }[] | undefined): readonly string[] =>
  (list ?? []).map((ref) => refText(ref) ?? '');

/** `Elipse E3 Server` (2 pieces); the product is a gap where it is not said. */
export const licenceText = (license: Entity<'license'>): Text =>
  say`${license.props.product}${license.props.edition === undefined ? '' : `, ${license.props.edition}`}${license.props.count === undefined ? '' : `, ${license.props.count} pieces`}`;
