/**
 * What a thing says of itself, property by property, in words for a reader: the vocabulary gives the words and their order, so that
 * a property that is added to it shows wherever things are described. Pure.
 */
import type { Operand, Prop } from '../schema/types.ts';
import { valueText } from '../schema/valueText.ts';
import { kinds, propOf } from '../schema/vocabulary.ts';
import type { Entity } from './entity.ts';

/** One property: `Memory`, `256 GB`. */
export interface Told {
  /** The property's word, for who knows better what to say of it. */
  readonly prop: string;
  readonly label: string;
  readonly value: string;
}

/** Words whose label is not the word with a capital letter. */
const labels: Readonly<Record<string, string>> = {
  'anti-affinity': 'Anti-affinity',
  'failover-cluster': 'Failover cluster',
  'active-directory': 'Active Directory',
  'out-of-band': 'Out-of-band address',
  bios: 'BIOS settings',
  cdrom: 'CD',
  cpu: 'CPU',
  'cpu-affinity': 'CPU affinity',
  'cpu-baseline': 'CPU baseline',
  dns: 'Name servers',
  dpm: 'DPM',
  drs: 'DRS',
  'e3-domain': 'E3 domain',
  evc: 'EVC',
  for: 'Used by',
  from: 'From',
  ft: 'Fault Tolerance',
  ha: 'HA',
  in: 'In',
  iops: 'I/O per second',
  lag: 'LAG',
  mac: 'MAC address',
  mtu: 'MTU',
  nioc: 'Network I/O Control',
  ntp: 'Time servers',
  on: 'On',
  os: 'Operating system',
  pci: 'PCI id',
  pin: 'Pinned to',
  port: 'Switch port',
  psu: 'Power supplies',
  raid: 'RAID',
  serial: 'Serial number',
  tag: 'Tags',
  unit: 'Rack unit',
  vcpu: 'vCPU',
  vlan: 'VLAN',
  vmq: 'VMQ',
  vms: 'VMs',
  vrf: 'VRF',
  wwpn: 'WWPN',
};

/** What a property is called in front of its value: `failure-detection` → `Failure detection`. */
function labelOf(prop: string): string {
  if (Object.hasOwn(labels, prop)) return labels[prop] ?? prop;
  const spaced = prop.replaceAll('-', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const known = new WeakMap<Entity, readonly Told[]>();

/** All that an entity's properties say, in the order of the vocabulary; remembered as long as the entity lives. */
export function toldOf(entity: Entity): readonly Told[] {
  const before = known.get(entity);
  if (before) return before;
  const told: Told[] = [];
  const said = entity.props as Readonly<Record<string, unknown>>;
  for (const [prop, declared] of Object.entries(kinds[entity.kind].props as Readonly<Record<string, Prop>>)) {
    const value = said[prop];
    if (value === undefined) continue;
    const text = propWords(declared, value);
    if (text !== '') told.push({ prop, label: labelOf(prop), value: text });
  }
  known.set(entity, told);
  return told;
}

/** `2 × Xeon Gold 6426Y, cores 16`. */
function propWords(prop: Prop, value: unknown): string {
  if (value === undefined) return '';
  if (prop.many && Array.isArray(value)) return value.map((each) => propWords({ ...prop, many: false }, each)).join('; ');
  const [only] = Object.values(prop.operands);
  if (!prop.record) return only ? operandWords(only, value) : '';
  if (typeof value !== 'object' || value === null) return '';
  const record = value as Readonly<Record<string, unknown>>;
  const head = Object.entries(prop.operands).flatMap(([key, operand]) => {
    const own = record[key];
    if (own === undefined) return [];
    const before = operand.after === undefined ? '' : `${operand.after === 'x' ? '×' : operand.after} `;
    return [`${before}${operandWords(operand, own)}`];
  });
  const tail = Object.entries(record).flatMap(([key, own]) => {
    const inner = Object.hasOwn(prop.operands, key) ? undefined : propOf(prop, key);
    return inner && own !== undefined ? [`${key} ${propWords(inner, own)}`] : [];
  });
  return [head.join(' '), ...tail].filter((part) => part !== '').join(', ');
}

function operandWords(operand: Operand, value: unknown): string {
  const { kind } = operand.type;
  if (!Array.isArray(value) || kind.is === 'vlans') return valueText(kind, value, 'prose');
  return value.map((item) => valueText(kind, item, 'prose')).join(', ');
}
