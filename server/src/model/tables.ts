/**
 * The tables of a design: things by kind, by name and by the keys of indexes, each read as a dependency, and the names that fit
 * patterns. Written by the units (`replace`), read by the model.
 */

import type { Runtime, Source } from '../base/reactive.ts';
import { upsert } from '../base/upsert.ts';
import { type Entity, idOf } from './entity.ts';
import type { IndexDefinition } from './model.ts';

/** What a level takes out of a bucket and puts into it. */
interface Change {
  out: Set<Entity> | undefined;
  readonly into: Entity[];
}

interface Pattern {
  readonly fits: (name: string) => boolean;
  readonly source: Source;
  names: readonly string[] | undefined;
}

/** The things of one kind, of one name, or under one key of an index. */
export interface Bucket {
  /** Made when somebody reads it: most names are never asked for. */
  source: Source | undefined;
  entries: Entity[];
  sorted: boolean;
}

/** What a unit stands under: bucket, entity, bucket, entity, … */
export type Puts = readonly (Bucket | Entity)[];

export interface Tables {
  ofKind(kind: string): Bucket;
  ofName(name: string): Bucket;
  underKey(index: IndexDefinition, key: string): Bucket;
  /** Takes a unit's former places out and puts the new ones in. */
  replace(before: Puts, now: Puts): void;
  /** Counts the names of a unit's places in (1) or out (-1). */
  countNames(puts: Puts, by: 1 | -1): void;
  /** The things of a bucket, ordered by name. */
  read(bucket: Bucket): readonly Entity[];
  /** The names of a kind that fit a pattern with `*`, in order. */
  namesLike(kind: string, pattern: string): readonly string[];
  /** Grows whenever a name comes or goes. */
  nameRevision(): number;
  /** How many names a walk over all of them would meet. */
  nameCount(): number;
}

export function createTables(runtime: Runtime, indexes: readonly IndexDefinition[]): Tables {
  // A table each, so that no key is put together from parts: there are hundreds of thousands.
  const byKind = new Map<string, Bucket>();
  const byName = new Map<string, Bucket>();
  const byIndex = new Map<string, Map<string, Bucket>>(indexes.map(({ name }) => [name, new Map<string, Bucket>()]));
  const empty = (): Bucket => ({ source: undefined, entries: [], sorted: true });
  const ofKind = (kind: string): Bucket => upsert(byKind, kind, empty);
  const ofName = (name: string): Bucket => upsert(byName, name, empty);
  const underKey = (index: IndexDefinition, key: string): Bucket => {
    const table = upsert(byIndex, index.name, () => new Map<string, Bucket>());
    const known = table.get(key);
    if (known) return known;
    const made = empty();
    table.set(inOnePiece(key), made);
    return made;
  };
  const read = (found: Bucket): readonly Entity[] => {
    found.source ??= runtime.source();
    runtime.read(found.source);
    if (!found.sorted) {
      // A new list: whoever holds the old one keeps what it read.
      found.entries = [...found.entries].sort(
        (a, b) => collator.compare(a.name, b.name) || collator.compare(idOf(a), idOf(b)) || a.unit.serial - b.unit.serial,
      );
      found.sorted = true;
    }
    return found.entries;
  };
  /** Names of each kind, and the patterns that were asked for: a name that comes or goes touches only the patterns that it fits. */
  const namesOfKind = new Map<string, Map<string, number>>();
  const patterns = new Map<string, Map<string, Pattern>>();
  let nameRevision = 0;
  const countName = (kind: string, name: string, by: 1 | -1): void => {
    const names = upsert(namesOfKind, kind, () => new Map<string, number>());
    const before = names.get(name) ?? 0;
    if (before + by > 0) names.set(name, before + by);
    else names.delete(name);
    if (before > 0 === before + by > 0) return;
    nameRevision += 1;
    for (const state of patterns.get(kind)?.values() ?? []) {
      if (!state.fits(name)) continue;
      state.names = undefined;
      runtime.touch(state.source);
    }
  };
  const namesLike = (kind: string, pattern: string): readonly string[] => {
    const own = upsert(patterns, kind, () => new Map<string, Pattern>());
    const state = upsert(own, pattern, () => ({ fits: matcher(pattern), source: runtime.source(), names: undefined }));
    runtime.read(state.source);
    // A pattern without a star is one name: no need to walk them all.
    if (!pattern.includes('*')) state.names ??= namesOfKind.get(kind)?.has(pattern) ? [pattern] : [];
    state.names ??= [...(namesOfKind.get(kind)?.keys() ?? [])].filter(state.fits).sort(collator.compare);
    return state.names;
  };
  return {
    ofKind,
    ofName,
    underKey,
    read,
    namesLike,
    replace(before, now) {
      const touched = new Map<Bucket, Change>();
      const touch = (found: Bucket): Change => upsert(touched, found, (): Change => ({ out: undefined, into: [] }));
      for (let at = 0; at < before.length; at += 2) {
        const change = touch(before[at] as Bucket);
        change.out ??= new Set();
        change.out.add(before[at + 1] as Entity);
      }
      for (let at = 0; at < now.length; at += 2) touch(now[at] as Bucket).into.push(now[at + 1] as Entity);
      for (const [found, { out, into }] of touched) {
        const gone = out;
        // A new list, since the old one may be in somebody's hands.
        found.entries = gone
          ? found.entries.filter((entity) => !gone.has(entity)).concat(into)
          : found.entries.length === 0
            ? into.slice()
            : appended(found, into);
        found.sorted = found.entries.length < 2;
        if (found.source) runtime.touch(found.source);
      }
    },
    countNames(puts, by) {
      for (let at = 0; at < puts.length; at += 2) {
        const entity = puts[at + 1] as Entity;
        if (puts[at] === byKind.get(entity.kind)) countName(entity.kind, entity.name, by);
      }
    },
    nameRevision: () => nameRevision,
    nameCount: () => [...namesOfKind.values()].reduce((sum, names) => sum + names.size, 0),
  };
}

/** A test for names that fit a pattern with `*`; the pattern is taken apart once. */
export function matcher(glob: string): (name: string) => boolean {
  const [head = '', ...rest] = glob.split('*');
  if (rest.length === 0) return (name) => name === head;
  const last = rest.pop() ?? '';
  return (name) => {
    if (!name.startsWith(head)) return false;
    let at = head.length;
    for (const part of rest) {
      const next = name.indexOf(part, at);
      if (next < 0) return false;
      at = next + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}

/** Orders names as people do: esx2 before esx10. */
const collator = new Intl.Collator('en', { numeric: true });

/** The same text without the pieces that it was put together from, which would stay in memory with it. */
const inOnePiece = (text: string): string => [text, ''].join('');

/** While a design is loaded, a list of thousands grows by one a time: it is lengthened in place until somebody has read it sorted. */
function appended(found: Bucket, into: readonly Entity[]): Entity[] {
  if (found.sorted) return found.entries.concat(into);
  found.entries.push(...into);
  return found.entries;
}
