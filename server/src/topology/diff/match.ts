/**
 * Which thing of an older state is which thing of the present one. Equal ids are the same thing; what is left over is followed
 * through renamed parents, to other parents, and to other names. Pure, deterministic, knows nothing of the field.
 */
import { upsert } from '../../base/upsert.ts';

/** A thing as matching sees it. Lists of things hold parents before what is in them. */
export interface Thing {
  readonly id: string;
  /** Only things of one kind can be the same. */
  readonly kind: string;
  readonly name: string;
  readonly parent?: string;
  /** What is said of it, one text for each property; asked only where the id is not enough. */
  readonly traits: () => readonly string[];
}

export interface Matches {
  /** Id then → id now, of all things that are in both states. */
  readonly now: ReadonlyMap<string, string>;
  /** Ids now of the things that had another name, with that name. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Ids now of the things that stood in another one, with the id then of that one (undefined: they stood at the top). */
  readonly moved: ReadonlyMap<string, string | undefined>;
}

/** Share of what is said of two things that has to agree before one counts as the other renamed. */
const alike = 0.6;
/** More pairs than this are not weighed one by one; then only things of which everything agrees are paired. */
const mostPairs = 40_000;
/** So many things tell how rare a property is. */
const mostSampled = 300;

/**
 * Pairs the things of two states.
 * @param whole all things of both states, where some that are the same are left out of the others; asked only when it matters
 */
export function matchThings(
  before: readonly Thing[],
  after: readonly Thing[],
  whole: () => readonly [readonly Thing[], readonly Thing[]] = () => [before, after],
): Matches {
  const [then, present] = [sideOf(before), sideOf(after)];
  let wholeSides: readonly [Side, Side] | undefined;
  const sides = (): readonly [Side, Side] => {
    if (wholeSides === undefined) {
      const [all, allNow] = whole();
      wholeSides = all === before && allNow === after ? [then, present] : [sideOf(all), sideOf(allNow)];
    }
    return wholeSides;
  };
  const now = new Map<string, string>();
  const back = new Map<string, string>();
  const renamed = new Map<string, string>();
  const moved = new Map<string, string | undefined>();
  const waiting: (readonly [string | undefined, string | undefined])[] = [[undefined, undefined]];
  const pair = (a: Thing, b: Thing): void => {
    now.set(a.id, b.id);
    back.set(b.id, a.id);
    waiting.push([a.id, b.id]);
  };
  for (const thing of before) {
    const same = present.byId.get(thing.id);
    if (same !== undefined) pair(thing, same);
  }
  const settle = (): void => {
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const left = (then.inside.get(at[0]) ?? []).filter(({ id }) => !now.has(id));
      const right = (present.inside.get(at[1]) ?? []).filter(({ id }) => !back.has(id));
      if (left.length === 0 || right.length === 0) continue;
      const named = new Map(right.map((thing) => [nameKey(thing), thing]));
      for (const thing of left) {
        const same = named.get(nameKey(thing));
        if (same !== undefined && !back.has(same.id)) pair(thing, same);
      }
      for (const [old, own] of renames(
        left.filter((thing) => !now.has(thing.id)),
        right.filter((thing) => !back.has(thing.id)),
        then,
        present,
        sides,
      )) {
        renamed.set(own.id, old.name);
        pair(old, own);
      }
    }
  };
  settle();
  for (const thing of before) {
    if (now.has(thing.id) || !present.named().has(nameKey(thing)) || !isUnique(thing, ...sides())) continue;
    const [other] = present.named().get(nameKey(thing)) ?? [];
    if (other === undefined || back.has(other.id)) continue;
    // Between a thing that went and a thing that came nothing moves: equal names of parts are no news there.
    const known = (id: string | undefined, ids: ReadonlyMap<string, string>): boolean => id === undefined || ids.has(id);
    if (!known(thing.parent, now) && !known(other.parent, back)) continue;
    moved.set(other.id, thing.parent);
    pair(thing, other);
    settle();
  }
  for (const [old, own] of now) {
    const [parent, ownParent] = [then.byId.get(old)?.parent, present.byId.get(own)?.parent];
    if ((parent === undefined ? undefined : (now.get(parent) ?? '')) !== ownParent) moved.set(own, parent);
  }
  return { now, renamed, moved };
}

interface Side {
  readonly byId: ReadonlyMap<string, Thing>;
  readonly inside: ReadonlyMap<string | undefined, readonly Thing[]>;
  readonly named: () => ReadonlyMap<string, readonly Thing[]>;
  readonly ofKind: () => ReadonlyMap<string, readonly Thing[]>;
}

const nameKey = ({ kind, name }: Thing): string => `${kind} ${name}`;

function sideOf(things: readonly Thing[]): Side {
  const grouped = <K>(key: (thing: Thing) => K): ReadonlyMap<K, readonly Thing[]> => {
    const groups = new Map<K, Thing[]>();
    for (const thing of things) {
      upsert(groups, key(thing), () => []).push(thing);
    }
    return groups;
  };
  return {
    byId: new Map(things.map((thing) => [thing.id, thing])),
    inside: grouped((thing) => thing.parent),
    named: once(() => grouped(nameKey)),
    ofKind: once(() => grouped((thing) => thing.kind)),
  };
}

/** Made when it is asked for, once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Whether a part is the only thing of its kind and name in both states: then it is the same wherever it stands. */
function isUnique(thing: Thing, own: Side, other: Side): boolean {
  const key = nameKey(thing);
  return thing.parent !== undefined && own.named().get(key)?.length === 1 && other.named().get(key)?.length === 1;
}

type Pair = readonly [Thing, Thing];

/** Things that went and things that came in the same place and are the same but for their name. */
function renames(
  left: readonly Thing[],
  right: readonly Thing[],
  then: Side,
  present: Side,
  sides: () => readonly [Side, Side],
): readonly Pair[] {
  const kinds = new Set(left.map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => {
    const ofKind = (things: readonly Thing[]): readonly Thing[] => things.filter((thing) => thing.kind === kind);
    if (ofKind(left).length === 0 || ofKind(right).length === 0) return [];
    const [all, allNow] = sides();
    // What is the only one of its name elsewhere has moved there, and was not renamed.
    const a = ofKind(left).filter((thing) => !isUnique(thing, all, allNow));
    const b = ofKind(right).filter((thing) => !isUnique(thing, allNow, all));
    if (a.length === 0 || b.length === 0) return [];
    const weigh = weights(kind, all, allNow);
    const said = new Map([
      ...a.map((thing) => [thing, saidOf(thing, then)] as const),
      ...b.map((thing) => [thing, saidOf(thing, present)] as const),
    ]);
    return a.length * b.length > mostPairs ? twins(a, b, said) : nearest(a, b, said, weigh);
  });
}

/** Nothing of the field is deeper; parents in a circle are survived. */
const deepest = 8;

/** All that is said of a thing and of what is in it. */
function saidOf(thing: Thing, side: Side, deep = 0): ReadonlySet<string> {
  const said = new Set(thing.traits());
  for (const child of deep < deepest ? (side.inside.get(thing.id) ?? []) : []) {
    const path = nameKey(child);
    said.add(path);
    for (const trait of saidOf(child, side, deep + 1)) said.add(`${path} ${trait}`);
  }
  return said;
}

/** What few things say tells more than what all of a profile say. */
function weights(kind: string, then: Side, present: Side): (trait: string) => number {
  const counts = new Map<string, number>();
  for (const side of [then, present])
    for (const thing of (side.ofKind().get(kind) ?? []).slice(0, mostSampled))
      for (const trait of saidOf(thing, side)) counts.set(trait, (counts.get(trait) ?? 0) + 1);
  // A thing that stays is there twice, then and now.
  return (trait) => 1 / Math.max(1, (counts.get(trait) ?? 1) / 2);
}

function twins(a: readonly Thing[], b: readonly Thing[], said: ReadonlyMap<Thing, ReadonlySet<string>>): readonly Pair[] {
  const key = (thing: Thing): string => JSON.stringify([...(said.get(thing) ?? [])].sort());
  const free = new Map<string, Thing[]>();
  for (const thing of b) {
    upsert(free, key(thing), () => []).push(thing);
  }
  return a.flatMap((thing): readonly Pair[] => {
    const other = free.get(key(thing))?.shift();
    return other === undefined ? [] : [[thing, other]];
  });
}

function nearest(
  a: readonly Thing[],
  b: readonly Thing[],
  said: ReadonlyMap<Thing, ReadonlySet<string>>,
  weigh: (trait: string) => number,
): readonly Pair[] {
  const none: ReadonlySet<string> = new Set();
  const scored = a.flatMap((old, i) =>
    b.map((own, j) => {
      const [x, y] = [said.get(old) ?? none, said.get(own) ?? none];
      let [shared, all] = [0, 0];
      for (const trait of new Set([...x, ...y])) {
        all += weigh(trait);
        if (x.has(trait) && y.has(trait)) shared += weigh(trait);
      }
      // Of things of which nothing is said, one that went and one that came are taken for the same.
      const score = all > 0 ? shared / all : a.length === 1 && b.length === 1 ? 1 : 0;
      return { old, own, score, order: Math.abs(i - j) };
    }),
  );
  scored.sort((one, two) => two.score - one.score || one.order - two.order);
  const taken = new Set<Thing>();
  return scored.flatMap(({ old, own, score }): readonly Pair[] => {
    if (score < alike || taken.has(old) || taken.has(own)) return [];
    taken.add(old).add(own);
    return [[old, own]];
  });
}
