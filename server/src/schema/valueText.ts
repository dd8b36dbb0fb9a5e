/** Values as people write them, by their type: for hovers, outlines, details of proposals and lists of differences. */
import { assertNever } from '../base/assertNever.ts';
import { quoteName } from '../values/name.ts';
import { formatQuantity } from '../values/quantity.ts';
import { formatVlanSet, type VlanSet } from '../values/vlan.ts';
import type { Address, Between, Operand, Prop, Ref, ValueKind } from './types.ts';
import { propOf } from './vocabulary.ts';

const most = 8;

export function refText(ref: Ref): string {
  return ref.ref.map((part) => (ref.glob || /^\d+$/.test(part) ? part : quoteName(part))).join('.');
}

/** How values are spelled where one spelling does not suit every reader. */
interface Spelling {
  readonly quantity: (text: string) => string;
  readonly between: (from: string, to: string) => string;
  readonly text: (text: string) => string;
  readonly word: (word: string) => string;
  readonly ref: (ref: Ref) => string;
  readonly dhcp: string;
  readonly hostOf: (network: string, host: number) => string;
}

const same = (text: string): string => text;

/** `design`: as one types it. `prose`: as a label or a card says it, `256 GB`, `2 s to 30 s`. */
const spellings = {
  design: {
    quantity: same,
    between: (from, to) => `${from}..${to}`,
    text: (text) => `"${text}"`,
    word: quoteName,
    ref: refText,
    dhcp: 'dhcp',
    hostOf: (network, host) => `${network}.host(${host})`,
  },
  prose: {
    quantity: (text) => text.replace(/^([\d.]+)([A-Za-z]+)$/, '$1 $2'),
    between: (from, to) => `${from} to ${to}`,
    text: same,
    word: same,
    ref: ({ ref }) => ref.join('.'),
    dhcp: 'by DHCP',
    hostOf: (network, host) => `host ${host} of ${network}`,
  },
} as const satisfies Readonly<Record<string, Spelling>>;

/** One value of a type. */
export function valueText(kind: ValueKind, value: unknown, style: keyof typeof spellings = 'design'): string {
  const spelling: Spelling = spellings[style];
  switch (kind.is) {
    case 'quantity':
      return typeof value === 'number' ? spelling.quantity(formatQuantity(value, kind.dimension)) : '?';
    case 'between': {
      const { from, to } = value as Between;
      const end = (at: number): string => spelling.quantity(formatQuantity(at, kind.dimension));
      return from === to ? end(from) : spelling.between(end(from), end(to));
    }
    case 'yesno':
      return value === true ? 'yes' : 'no';
    case 'address':
      return addressText(value as Address, spelling);
    case 'ref':
      return spelling.ref(value as Ref);
    case 'port':
      return (value as Ref).ref.join('/');
    case 'vlans':
      return formatVlanSet(value as VlanSet);
    case 'text':
      return spelling.text(String(value));
    case 'word':
      return spelling.word(String(value));
    case 'int':
    case 'decimal':
    case 'choice':
    case 'ip':
    case 'cidr':
    case 'mac':
    case 'wwn':
    case 'hexid':
    case 'version':
    case 'date':
      return String(value);
    default:
      return assertNever(kind);
  }
}

function addressText(address: Address, { dhcp, hostOf, ref }: Spelling): string {
  if ('dhcp' in address) return dhcp;
  if ('ip' in address) return address.prefix === undefined ? address.ip : `${address.ip}/${address.prefix}`;
  return hostOf(ref(address.network), address.host);
}

function operandText(operand: Operand, value: unknown): string {
  if (!Array.isArray(value) || operand.type.kind.is === 'vlans') return valueText(operand.type.kind, value);
  const shown = value
    .slice(0, most)
    .map((item) => valueText(operand.type.kind, item))
    .join(', ');
  return value.length > most ? `${shown}, … (${value.length})` : shown;
}

/** What stands behind a property's word: `2 x "Xeon" cores 16`. */
export function propText(prop: Prop, value: unknown): string {
  if (value === undefined) return '';
  if (prop.many && Array.isArray(value))
    return value
      .slice(0, most)
      .map((item) => propText({ ...prop, many: false }, item))
      .join('; ');
  const [only] = Object.values(prop.operands);
  if (!prop.record) return only ? operandText(only, value) : '';
  if (typeof value !== 'object' || value === null) return '';
  const record = value as Readonly<Record<string, unknown>>;
  const parts: string[] = [];
  for (const [key, operand] of Object.entries(prop.operands)) {
    const own = record[key];
    if (own !== undefined) parts.push(`${operand.after === undefined ? '' : `${operand.after} `}${operandText(operand, own)}`);
  }
  for (const [key, own] of Object.entries(record)) {
    const inner = propOf(prop, key);
    if (inner && own !== undefined && !Object.hasOwn(prop.operands, key)) parts.push(`${key} ${propText(inner, own)}`);
  }
  return parts.join(' ');
}
