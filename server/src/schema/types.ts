/**
 * The vocabulary's own types. A word of the language is declared once, as data: what it takes, what it means, where it applies.
 * Completion, hover, type errors, semantic tokens, the reference manual and the TextMate grammar are derived from these
 * declarations, and so are the TypeScript types that the rules read (`Entity<'host'>` has what kinds/host.ts declares).
 */
import type { Dimension } from '../values/quantity.ts';
import type { VlanSet } from '../values/vlan.ts';

/** Hypervisor families that the vocabulary tells apart. */
export const hypervisors = ['esxi', 'hyperv', 'xenserver', 'kvm', 'proxmox', 'oraclevm', 'nutanix', 'everrun'] as const;
export type Hypervisor = (typeof hypervisors)[number];

/** A name that stands for something declared elsewhere: `E3-A`, `esx1.vmnic0`, `sw-a/12`, `E3-*`. Position-free. */
export interface Ref {
  readonly ref: readonly string[];
  /** The last segment holds `*`. */
  readonly glob?: true;
}

/** An address written out, or the nth of a network's subnet. */
export type Address =
  | { readonly ip: string; readonly prefix?: number }
  | { readonly network: Ref; readonly host: number }
  | { readonly dhcp: true };

/** Two ends of the same dimension, in base units. */
export interface Between {
  readonly from: number;
  readonly to: number;
}

export type ValueKind =
  | { readonly is: 'text' }
  | { readonly is: 'word' }
  | { readonly is: 'int'; readonly min?: number; readonly max?: number }
  | { readonly is: 'decimal' }
  | { readonly is: 'yesno' }
  | { readonly is: 'choice'; readonly of: Readonly<Record<string, string>> }
  | { readonly is: 'quantity'; readonly dimension: Dimension }
  | { readonly is: 'between'; readonly dimension: Dimension }
  | { readonly is: 'address' }
  | { readonly is: 'ip' }
  | { readonly is: 'cidr' }
  | { readonly is: 'mac' }
  | { readonly is: 'wwn' }
  | { readonly is: 'hexid' }
  | { readonly is: 'vlans' }
  | { readonly is: 'version' }
  | { readonly is: 'date' }
  | { readonly is: 'ref'; readonly to: readonly string[] }
  | { readonly is: 'port' };

/** A value type; the parameter is what it gives in TypeScript. */
export interface ValueType<T> {
  readonly kind: ValueKind;
  /** Never set; carries the type. */
  readonly gives?: T;
}

export interface Operand<T = unknown> {
  readonly type: ValueType<T>;
  readonly list: boolean;
  readonly optional: boolean;
  /** A fixed word that stands before it (`2 x "Xeon"`). */
  readonly after?: string;
  readonly doc?: string;
}

/** A word that says something about the entry that it stands in. */
export interface Prop<T = unknown> {
  readonly doc: string;
  /** In order; a property with one operand called `value` and no `props` gives the bare value. */
  readonly operands: Readonly<Record<string, Operand>>;
  /** Words that may follow it, inline or in its body. */
  readonly props: Readonly<Record<string, Prop>>;
  /** May be said more than once: gives an array. */
  readonly many: boolean;
  /** Only these hypervisors know it; absent: all. */
  readonly hypervisors?: readonly Hypervisor[];
  /** A whole example line. */
  readonly example?: string;
  /** Operand and property merge: gives an object with a key per operand and property. */
  readonly record: boolean;
  readonly gives?: T;
}

export type Naming = 'required' | 'optional' | 'none';

/** A kind of thing: an entry with an identity. */
export interface Kind<K extends string = string, P extends Readonly<Record<string, Prop>> = Readonly<Record<string, Prop>>> {
  readonly word: K;
  /** Other words for the same kind (`adapter` for `vmkernel`). */
  readonly aliases: readonly string[];
  readonly doc: string;
  /** Heading of the manual's chapter. */
  readonly area: Area;
  readonly naming: Naming;
  /** Operands behind the name, by the property that they set. */
  readonly operands: readonly string[];
  /** A text behind the name that says in full what it is called. */
  readonly labelled: boolean;
  /** May stand at the top of a file. */
  readonly top: boolean;
  readonly props: P;
  /** Kinds that may stand in its body. */
  readonly children: readonly string[];
  readonly hypervisors?: readonly Hypervisor[];
  readonly example: string;
}

export type Area =
  | 'place and power'
  | 'physical network'
  | 'compute'
  | 'virtual network'
  | 'storage'
  | 'cluster'
  | 'workload'
  | 'licences'
  | 'applications'
  | 'protection'
  | 'governance';

/** What a property gives in TypeScript. */
export type Gives<P> = P extends Prop<infer T> ? T : never;
/** What the entity of a kind holds. */
export type PropsOf<K> = K extends Kind<string, infer P> ? { readonly [N in keyof P]?: Gives<P[N]> } : never;

// ── constructors ──────────────────────────────────────────────────────────────────────────────────────────────────────

const type = <T>(kind: ValueKind): ValueType<T> => ({ kind });
export const text = (): ValueType<string> => type({ is: 'text' });
/** A bare word or a text; what it may be is not fixed. */
export const word = (): ValueType<string> => type({ is: 'word' });
export const int = (min?: number, max?: number): ValueType<number> =>
  type({ is: 'int', ...(min !== undefined ? { min } : {}), ...(max !== undefined ? { max } : {}) });
export const decimal = (): ValueType<number> => type({ is: 'decimal' });
export const yesno = (): ValueType<boolean> => type({ is: 'yesno' });
/** One of some words, each with a line of documentation. */
export const choice = <const C extends Readonly<Record<string, string>>>(of: C): ValueType<`${keyof C & (string | number)}`> =>
  type({ is: 'choice', of });
/** A number with a unit, in the dimension's base unit (bytes, bit/s, seconds, Hz, VA, percent). */
export const quantity = (dimension: Dimension): ValueType<number> => type({ is: 'quantity', dimension });
export const between = (dimension: Dimension): ValueType<Between> => type({ is: 'between', dimension });
export const address = (): ValueType<Address> => type({ is: 'address' });
export const ip = (): ValueType<string> => type({ is: 'ip' });
export const cidr = (): ValueType<string> => type({ is: 'cidr' });
export const mac = (): ValueType<string> => type({ is: 'mac' });
export const wwn = (): ValueType<string> => type({ is: 'wwn' });
export const hexid = (): ValueType<string> => type({ is: 'hexid' });
export const vlans = (): ValueType<VlanSet> => type({ is: 'vlans' });
export const version = (): ValueType<string> => type({ is: 'version' });
export const date = (): ValueType<string> => type({ is: 'date' });
/** A name of one of these kinds. */
export const ref = (...to: readonly string[]): ValueType<Ref> => type({ is: 'ref', to });
/** A port of a switch: `sw-a/12`. */
export const port = (): ValueType<Ref> => type({ is: 'port' });

interface More {
  readonly hypervisors?: readonly Hypervisor[];
  readonly example?: string;
}
const none = {};
const operandOf = <T>(valueType: ValueType<T>, list: boolean, more: Partial<Operand> = {}): Operand<T> => ({
  list,
  optional: false,
  ...more,
  type: valueType,
});

/** A property with one value. */
export const prop = <T>(valueType: ValueType<T>, doc: string, more: More = none): Prop<T> => ({
  doc,
  operands: { value: operandOf(valueType, false) },
  props: none,
  many: false,
  record: false,
  ...more,
});

/** A property with one or more values, separated by commas. */
export const list = <T>(valueType: ValueType<T>, doc: string, more: More = none): Prop<readonly T[]> => ({
  doc,
  operands: { value: operandOf(valueType, true) },
  props: none,
  many: false,
  record: false,
  ...more,
});

/** A property that holds by standing there; `no` behind it denies it. */
export const flag = (doc: string, more: More = none): Prop<boolean> => ({
  doc,
  operands: { value: operandOf(yesno(), false, { optional: true }) },
  props: none,
  many: false,
  record: false,
  ...more,
});

/** An operand of a record. */
export const op = <T>(valueType: ValueType<T>, doc: string): Operand<T> => operandOf(valueType, false, { doc });
export const optional = <T>(valueType: ValueType<T>, doc: string): Operand<T> =>
  operandOf(valueType, false, { optional: true, doc });
/** An operand that follows a fixed word: `2 x "Xeon"`. */
export const after = <T>(fixed: string, operand: Operand<T>): Operand<T> => ({ ...operand, after: fixed });

type OperandGives<O> = O extends Operand<infer T> ? T : never;
type RecordGives<O, P> = { readonly [N in keyof O]?: OperandGives<O[N]> } & { readonly [N in keyof P]?: Gives<P[N]> };

/** A property with operands and properties of its own. */
export const record = <const O extends Readonly<Record<string, Operand>>, const P extends Readonly<Record<string, Prop>>>(
  operands: O,
  props: P,
  doc: string,
  more: More = none,
): Prop<RecordGives<O, P>> => ({ doc, operands, props, many: false, record: true, ...more });

/** The same, said any number of times. */
export const many = <T>(inner: Prop<T>): Prop<readonly T[]> => ({ ...inner, many: true }) as Prop<readonly T[]>;

/** Declares a kind. */
export const kind = <const K extends string, const P extends Readonly<Record<string, Prop>>>(
  wordOf: K,
  about: { readonly doc: string; readonly area: Area; readonly example: string; readonly props: P } & Partial<
    Omit<Kind, 'word' | 'props' | 'doc' | 'area' | 'example'>
  >,
): Kind<K, P> => ({
  word: wordOf,
  aliases: [],
  naming: 'required',
  operands: [],
  labelled: false,
  top: false,
  children: [],
  ...about,
});
