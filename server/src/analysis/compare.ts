/**
 * Two states of a design, compared thing by thing: what came, what went, what has another name, and which properties are
 * different, in the vocabulary's words. The whole model is compared, so that nothing is missed because no view draws it.
 */
import { upsert } from '../base/upsert.ts';
import { type Entity, idOf, pathOf, sameData, walk } from '../model/entity.ts';
import type { Prop } from '../schema/types.ts';
import { propText } from '../schema/valueText.ts';
import { type KindName, kinds, propOf } from '../schema/vocabulary.ts';
import { type Difference, type Matches, matchThings, type Thing, type Told } from '../topology/diff.ts';
import type { Design } from './workspace.ts';

/** What became of one thing of the model. A thing that came or went with what it is in is not told again. */
export interface EntityChange extends Difference {
  /** The thing that it stands in: its id now, or then if that went as well. */
  readonly parent?: string;
  /** Its own name, without that of what it is in. */
  readonly name: string;
  /** Where it stood and where it stands, when that is not the same. */
  readonly move?: string;
  /** What it was called. */
  readonly formerly?: string;
  /** Its properties that differ. */
  readonly words: readonly string[];
}

export interface ComparedDesigns extends Omit<Told, 'words'> {
  /** In the order of the present text; what went stands behind what it stood behind. */
  readonly changes: readonly EntityChange[];
  /** Whether an id is that of a thing of the model, now or then. */
  readonly isKnown: (id: string) => boolean;
}

/** Compares two states of a design; `before` is undefined where there was none, and everything has been added. */
export function compareDesigns(before: Design | undefined, after: Design): ComparedDesigns {
  const [thenUnits, nowUnits] = [before === undefined ? noUnits : unitsOf(before), unitsOf(after)];
  // What is said in the same words is the same, with all that is in it: as a rule nearly everything.
  const equal = new Set<string>();
  for (const [id, { data }] of nowUnits) {
    const old = thenUnits.get(id);
    if (old !== undefined && sameData(old.data, data)) equal.add(id);
  }
  const differ = (units: Units): ReadonlyMap<string, Entity> => entitiesOf(units, (id) => !equal.has(id));
  const [then, now] = [differ(thenUnits), differ(nowUnits)];
  const matches = matchThings(thingsOf(then), thingsOf(now), () => [
    thingsOf(entitiesOf(thenUnits)),
    thingsOf(entitiesOf(nowUnits)),
  ]);
  const names = renamedNames(matches, then, now);
  const back = new Map([...matches.now].map(([old, own]) => [own, old]));
  const isEqual = (id: string): boolean => within(id, equal);
  const same = (id: string): string | undefined => matches.now.get(id) ?? (isEqual(id) ? id : undefined);
  return {
    same,
    wasThere: (id) => back.has(id) || isEqual(id),
    formerly: (id) => matches.renamed.get(id),
    hasMoved: (id) => matches.moved.has(id),
    isKnown: (id) => now.has(id) || then.has(id) || isEqual(id),
    changes: changesOf({ then, now, thenUnits, nowUnits, equal }, matches, back, names),
  };
}

interface States {
  /** Entities of the units that are not equal, by id. */
  readonly then: ReadonlyMap<string, Entity>;
  readonly now: ReadonlyMap<string, Entity>;
  readonly thenUnits: Units;
  readonly nowUnits: Units;
  readonly equal: ReadonlySet<string>;
}

function changesOf(
  { equal, now, nowUnits, then, thenUnits }: States,
  matches: Matches,
  back: ReadonlyMap<string, string>,
  names: Names,
): readonly EntityChange[] {
  const changes: EntityChange[] = [];
  const gone = lostBehind(thenUnits, equal, matches);
  const tellGone = (behind: string): void => {
    for (const entity of gone.get(behind) ?? []) changes.push(whole(entity, 'removed', matches));
  };
  tellGone('');
  for (const [unit, { root }] of nowUnits) {
    if (!equal.has(unit))
      for (const entity of walk(root)) {
        const id = idOf(entity);
        if (now.get(id) !== entity) continue;
        const old = back.get(id);
        const was = old === undefined ? undefined : then.get(old);
        if (was === undefined) {
          const parent = entity.parent === undefined ? undefined : idOf(entity.parent);
          if (parent === undefined || back.has(parent)) changes.push(whole(entity, 'added', matches));
        } else {
          const change = changeOf(was, entity, matches, names);
          if (change !== undefined) changes.push(change);
        }
        if (entity !== root) tellGone(id);
      }
    tellGone(unit);
  }
  return changes;
}

type Units = ReadonlyMap<string, { readonly root: Entity; readonly data: unknown }>;

const noUnits: Units = new Map();

/** What stands at the top of a design's files, by id. Of several of one name the first counts; the others are an error of their own. */
function unitsOf({ project }: Design): Units {
  const found = new Map<string, { readonly root: Entity; readonly data: unknown }>();
  for (const uri of [...project.files().keys()].sort())
    for (const { data, unit } of project.holders(uri)) {
      const id = idOf(unit.root);
      if (!found.has(id)) found.set(id, { root: unit.root, data });
    }
  return found;
}

/** Entities by id, parents first. */
function entitiesOf(units: Units, isWanted: (id: string) => boolean = () => true): ReadonlyMap<string, Entity> {
  const found = new Map<string, Entity>();
  for (const [unit, { root }] of units)
    if (isWanted(unit))
      for (const entity of walk(root)) {
        const id = idOf(entity);
        if (!found.has(id)) found.set(id, entity);
      }
  return found;
}

/** Whether an id, or that of something around it, is among some. Names may hold the stroke that parts are divided by. */
function within(id: string, some: ReadonlySet<string>): boolean {
  if (some.has(id)) return true;
  for (let at = id.indexOf('/'); at >= 0; at = id.indexOf('/', at + 1)) if (some.has(id.slice(0, at))) return true;
  return false;
}

const thingsOf = (entities: ReadonlyMap<string, Entity>): readonly Thing[] =>
  [...entities].map(([id, entity]) => ({
    id,
    kind: entity.kind,
    name: entity.name,
    ...(entity.parent === undefined ? {} : { parent: idOf(entity.parent) }),
    traits: () => Object.entries(entity.props).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
  }));

/** What went and did not go with what it stood in, behind what stood before it and is still there. */
function lostBehind(then: Units, equal: ReadonlySet<string>, { now }: Matches): ReadonlyMap<string, readonly Entity[]> {
  const behind = new Map<string, Entity[]>();
  let last = '';
  for (const [unit, { root }] of then) {
    if (equal.has(unit)) {
      last = unit;
      continue;
    }
    for (const entity of walk(root)) {
      const own = now.get(idOf(entity));
      if (own !== undefined) last = own;
      else if (entity.parent === undefined || now.has(idOf(entity.parent))) {
        upsert(behind, last, () => []).push(entity);
      }
    }
  }
  return behind;
}

const kindWords: Readonly<Partial<Record<KindName, string>>> = {
  vm: 'virtual machine',
  nic: 'NIC',
  hba: 'HBA',
  ups: 'UPS',
  pdu: 'PDU',
  lun: 'LUN',
  gpu: 'GPU',
  usb: 'USB port',
  usbhub: 'USB hub',
  vswitch: 'vSwitch',
  dvswitch: 'distributed switch',
  portgroup: 'port group',
  vmkernel: 'VMkernel adapter',
  array: 'storage array',
  license: 'licence',
  physical: 'physical server',
};

function named(entity: Entity, matches: Matches): Pick<EntityChange, 'role' | 'label' | 'name' | 'parent'> {
  const role = kindWords[entity.kind] ?? entity.kind;
  const parent = entity.parent === undefined ? undefined : idOf(entity.parent);
  return {
    role,
    label: entity.parent === undefined ? (entity.label ?? entity.name) : pathOf(entity),
    name: entity.name,
    ...(parent === undefined ? {} : { parent: matches.now.get(parent) ?? parent }),
  };
}

function whole(entity: Entity, change: 'added' | 'removed', matches: Matches): EntityChange {
  let inside = -1;
  for (const _ of walk(entity)) inside += 1;
  return {
    change,
    id: idOf(entity),
    words: [],
    ...named(entity, matches),
    ...(inside > 0 ? { what: `and ${inside} ${inside === 1 ? 'thing' : 'things'} in it` } : {}),
  };
}

function changeOf(was: Entity, entity: Entity, matches: Matches, names: Names): EntityChange | undefined {
  const id = idOf(entity);
  const words: string[] = [];
  const formerly = matches.renamed.get(id);
  const move = matches.moved.has(id) ? `${placeOf(was)} → ${placeOf(entity)}` : undefined;
  if (was.label !== entity.label) words.push(arrow('', quoted(was.label), quoted(entity.label)));
  if (was.props !== entity.props) words.push(...propWords(was, entity, names));
  if (was.doc !== entity.doc) words.push('description changed');
  if (words.length === 0 && formerly === undefined && move === undefined) return undefined;
  const all = [...(move === undefined ? [] : [move]), ...(formerly === undefined ? [] : [`renamed from ${formerly}`]), ...words];
  return {
    change: move === undefined ? 'changed' : 'moved',
    id,
    ...named(entity, matches),
    words,
    what: all.join('; '),
    ...(move === undefined ? {} : { move }),
    ...(formerly === undefined ? {} : { formerly }),
  };
}

const placeOf = (entity: Entity): string => (entity.parent === undefined ? 'the top' : pathOf(entity.parent));
const quoted = (label: string | undefined): string | undefined => (label === undefined ? undefined : `“${label}”`);

/** `vcpu 4 → 8`, `now pin must esx2`, `no longer ha off`. */
function arrow(word: string, old: string | undefined, own: string | undefined): string {
  const said = (text: string): string => (word === '' ? text : `${word} ${text}`.trim());
  if (old === undefined) return `now ${said(own ?? '')}`;
  return own === undefined ? `no longer ${said(old)}` : said(`${old} → ${own}`);
}

/** Values that a list has before only its difference is told. */
const mostListed = 2;

/** The properties that differ, in the vocabulary's order of neither side but of the text that says them now. */
function propWords(was: Entity, entity: Entity, names: Names): readonly string[] {
  const [old, own] = [was.props, entity.props] as readonly Readonly<Record<string, unknown>>[];
  const words: string[] = [];
  for (const name of new Set([...Object.keys(own ?? {}), ...Object.keys(old ?? {})])) {
    const [a, b] = [names(old?.[name]), own?.[name]];
    if (sameData(a, b)) continue;
    const prop = propOf(kinds[entity.kind] as { readonly props: Readonly<Record<string, Prop>> }, name);
    if (prop === undefined) continue;
    words.push(
      ...(recordWords(prop, name, a, b) ?? listWords(prop, name, a, b) ?? [arrow(name, textOf(prop, a), textOf(prop, b))]),
    );
  }
  return words;
}

const textOf = (prop: Prop, value: unknown): string | undefined => (value === undefined ? undefined : propText(prop, value));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of a property with properties of its own only those that differ: `ha restart high → highest`. */
function recordWords(prop: Prop, name: string, a: unknown, b: unknown): readonly string[] | undefined {
  if (!prop.record || prop.many || !isRecord(a) || !isRecord(b)) return undefined;
  const words: string[] = [];
  const part = (which: Readonly<Record<string, unknown>>, key: string): string | undefined =>
    which[key] === undefined ? undefined : propText(prop, { [key]: which[key] });
  for (const key of new Set([...Object.keys(b), ...Object.keys(a)])) {
    if (sameData(a[key], b[key])) continue;
    const inner = propOf(prop, key);
    if (inner === undefined || Object.hasOwn(prop.operands, key)) words.push(arrow(name, part(a, key), part(b, key)));
    else words.push(arrow(`${name} ${key}`, textOf(inner, a[key]), textOf(inner, b[key])));
  }
  return words;
}

/** Of long lists only what came and what went. */
function listWords(prop: Prop, name: string, a: unknown, b: unknown): readonly string[] | undefined {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length + b.length <= 2 * mostListed) return undefined;
  const missing = (from: readonly unknown[], other: readonly unknown[]): readonly unknown[] =>
    from.filter((item) => !other.some((known) => sameData(known, item)));
  const [went, came] = [missing(a, b), missing(b, a)];
  if (went.length + came.length === 0) return [`${name} in another order`];
  const signed = (sign: string, items: readonly unknown[]): string =>
    items.length > 0 ? ` ${sign} ${propText(prop, items)}` : '';
  return [`${name}${signed('+', came)}${signed('−', went)}`];
}

/** A value of the old state with the names that things have now: that something is called otherwise is told once, where it is. */
type Names = (value: unknown) => unknown;

function renamedNames({ now, renamed }: Matches, then: ReadonlyMap<string, Entity>, after: ReadonlyMap<string, Entity>): Names {
  if (renamed.size === 0) return (value) => value;
  const names = new Map<string, string>();
  for (const [old, own] of now) {
    const [was, is] = [then.get(old), after.get(own)];
    if (renamed.has(own) && was !== undefined && is !== undefined) names.set(was.name, is.name);
  }
  const map: Names = (value) => {
    if (Array.isArray(value)) return value.map(map);
    if (!isRecord(value)) return value;
    if (Array.isArray(value.ref)) return { ...value, ref: value.ref.map((part: unknown) => names.get(String(part)) ?? part) };
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, map(inner)]));
  };
  return map;
}
