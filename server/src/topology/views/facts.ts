/** What the tooltip of a box tells of a thing: what the view knows of it, its addresses, and all that the design says of it. */
import { addressesOf, networksOf, usedAs, vlanOf } from '../../facts/network.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { toldOf } from '../../model/told.ts';
import type { Fact } from '../graph.ts';

/** Properties of which `addressFacts` has said what they come to. */
const worked: ReadonlySet<string> = new Set(['address', 'out-of-band']);
/** Properties that say nothing to who looks at a picture, or that the picture says itself. */
const silent: ReadonlySet<string> = new Set(['height']);

/**
 * The facts of a thing, the view's own first. A label that the view has said is not said again.
 * @param own what the view knows better than the vocabulary
 */
export function allFacts(entity: Entity, model: Model, own: readonly Fact[]): readonly Fact[] {
  const facts = [...own];
  const said = new Set(own.map((fact) => fact.label));
  const add = (label: string, value: string): void => {
    if (value === '' || said.has(label)) return;
    said.add(label);
    facts.push({ label, value });
  };
  for (const { label, value } of addressFacts(entity, model)) add(label, value);
  for (const { prop, label, value } of toldOf(entity)) if (!silent.has(prop)) add(label, value);
  if (is(entity, 'vm'))
    for (const child of entity.children) {
      const parts = [...addressFacts(child, model).map((fact) => fact.value), ...toldOf(child).flatMap(partOf)];
      add(titleOf(child), parts.join(', '));
    }
  return facts;
}

/** Said in one line with others: what is no address, with its word where the value alone would not tell. */
const partOf = ({ prop, value }: { readonly prop: string; readonly value: string }): readonly string[] =>
  worked.has(prop) ? [] : [prop === 'on' ? `on ${value}` : prop === 'mac' ? `MAC ${value}` : value];

/** `Adapter eth0`, `Disk 1`. */
const titleOf = ({ kind, name }: Entity): string =>
  kind === 'nic' ? `Adapter ${name}` : `Disk ${/^disk(\d+)$/.exec(name)?.[1] ?? name}`;

/** The addresses of a thing as numbers, and the network and VLAN that they are in. */
function addressFacts(entity: Entity, model: Model): readonly Fact[] {
  const facts: Fact[] = [];
  const hub = is(entity, 'usbhub') && entity.props.address ? [usedAs(entity, 'address', entity.props.address, model)] : [];
  for (const { dhcp, ip, prefix, prop, problem } of [...addressesOf(entity, model), ...hub]) {
    const text = ip === undefined ? (dhcp ? 'by DHCP' : problem) : prefix === undefined ? ip.text : `${ip.text}/${prefix}`;
    if (text !== undefined) facts.push({ label: prop === 'address' ? 'Address' : 'Out-of-band address', value: text });
  }
  if (is(entity, 'vmkernel') || is(entity, 'portgroup')) {
    const vlan = vlanOf(entity, model);
    for (const network of networksOf(entity, model)) {
      facts.push({ label: 'Network', value: network.name });
      if (network.props.subnet !== undefined) facts.push({ label: 'Subnet', value: network.props.subnet });
      if (is(entity, 'vmkernel') && entity.props.mtu === undefined && network.props.mtu !== undefined)
        facts.push({ label: 'MTU', value: `${network.props.mtu}, from the network` });
    }
    if (vlan !== undefined) facts.push({ label: 'VLAN', value: vlan === 0 ? '0, untagged' : String(vlan) });
  }
  return facts;
}
