/** Things of a design in a few words. */
import { addressesOf, networkOf, vlanOf } from '../../facts/network.ts';
import { type Entity, is, pathOf } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import type { Project } from '../../model/project.ts';
import type { Prop } from '../../schema/types.ts';
import { propText } from '../../schema/valueText.ts';
import { kinds, propOf } from '../../schema/vocabulary.ts';
import { saidOf, whereSaid } from './origins.ts';
import { plain, verbatim } from './vocabulary.ts';

/** Properties that say the most about a thing, for one line: the first of these that it has. */
const telling = [
  'purpose',
  'vlan',
  'subnet',
  'model',
  'hypervisor',
  'os',
  'vcpu',
  'memory',
  'type',
  'size',
  'on',
  'in',
  'hosts',
  'uplinks',
  'product',
  'speed',
  'capacity',
  'vms',
  'members',
] as const;
const mostTold = 3;

const propsOf = (entity: Entity): Readonly<Record<string, unknown>> => entity.props as Readonly<Record<string, unknown>>;
/** What the vocabulary says of a property. */
export function declared(entity: Entity, name: string): Prop | undefined {
  return propOf(kinds[entity.kind] as { readonly props: Readonly<Record<string, Prop>> }, name);
}

/** One line: "network, management, vlan 10, 10.4.10.0/24". */
export function summaryOf(entity: Entity, model: Model): string {
  const parts: string[] = [
    entity.parent && entity.parent.name !== '' ? `${entity.kind} of ${pathOf(entity.parent)}` : entity.kind,
  ];
  if (entity.label !== undefined) parts.push(`“${entity.label}”`);
  for (const name of telling) {
    const value = propsOf(entity)[name];
    const prop = declared(entity, name);
    if (value === undefined || !prop || parts.length > mostTold) continue;
    const text = propText(prop, value);
    parts.push(
      name === 'vlan' || name === 'vcpu' || name === 'on' || name === 'in' || name === 'uplinks' ? `${name} ${text}` : text,
    );
  }
  if (is(entity, 'nic') || is(entity, 'vmkernel') || is(entity, 'port')) {
    const ip = addressesOf(entity, model)[0]?.ip;
    if (ip) parts.push(ip.text);
  }
  return parts.join(', ');
}

/** What follows from a thing's place in the design: its addresses, its network, its VLAN. */
export function factsOf(entity: Entity, model: Model): readonly (readonly [name: string, text: string])[] {
  const facts: (readonly [string, string])[] = [];
  for (const use of addressesOf(entity, model)) {
    if (use.ip)
      facts.push([
        use.prop === 'address' ? 'address' : use.prop,
        use.prefix === undefined ? use.ip.text : `${use.ip.text}/${use.prefix}`,
      ]);
    else if (use.problem !== undefined) facts.push([use.prop, use.problem]);
  }
  if (entity.kind === 'network') return facts;
  const network = networkOf(entity, model);
  if (!network) return facts;
  facts.push(['network', network.name]);
  const vlan = is(entity, 'portgroup') || is(entity, 'vmkernel') ? vlanOf(entity, model) : network.props.vlan;
  if (vlan !== undefined) facts.push(['VLAN', vlan === 0 ? '0 (untagged)' : String(vlan)]);
  if (network.props.subnet !== undefined) facts.push(['subnet', network.props.subnet]);
  if (network.props.gateway !== undefined) facts.push(['gateway', network.props.gateway]);
  return facts;
}

/** How many properties a hover lists. */
const mostListed = 16;

/** A thing in full: what it is, what it says, what follows from its place, and what of that a profile brought along. */
export function entityMarkdown(entity: Entity, project: Project): string {
  const title = `**${entity.kind}** ${verbatim(entity.parent ? pathOf(entity) : entity.name)}${entity.label === undefined ? '' : ` – ${plain(entity.label)}`}`;
  const parts = [title];
  if (entity.doc !== undefined) parts.push(plain(entity.doc));
  const lines: string[] = [];
  for (const [name, value] of Object.entries(propsOf(entity))) {
    const prop = declared(entity, name);
    if (!prop || value === undefined || lines.length >= mostListed) continue;
    const said = saidOf(project, entity, name).at(-1);
    lines.push(
      `- ${verbatim(`${name} ${propText(prop, value)}`.trim())}${said?.profile === undefined ? '' : ` – ${whereSaid(said)}`}`,
    );
  }
  if (lines.length > 0) parts.push(lines.join('\n'));
  const held = new Map<string, number>();
  for (const child of entity.children) held.set(child.kind, (held.get(child.kind) ?? 0) + 1);
  if (held.size > 0) parts.push(`Holds ${[...held].map(([kind, count]) => `${count} ${verbatim(kind)}`).join(', ')}.`);
  const facts = factsOf(entity, project.model);
  if (facts.length > 0) parts.push(facts.map(([name, text]) => `${name} ${verbatim(text)}`).join(' · '));
  return parts.join('\n\n');
}
