/**
 * A design: the files that import each other, as entities that find each other by name. It is kept up to date chunk by chunk;
 * what is derived (names, indexes, checks) hangs on the reactive runtime and is redone only where something it read changed.
 *
 * Levels of a flush: 0 chunks become units · 1 names · 2 to 4 indexes (each may read lower ones) · 5 checks.
 */

import { createRuntime, type Derivation, type Memo, type Runtime, type Source, type Watcher } from '../base/reactive.ts';
import { upsert } from '../base/upsert.ts';
import type { Catalog } from '../catalog/types.ts';
import type { Ref } from '../schema/types.ts';
import { type KindName, kindOf, kinds } from '../schema/vocabulary.ts';
import type { Entry, SyntaxProblem, Term } from '../syntax/ast.ts';
import { type Chunk, chunkStarts, mayStartWith, type SourceFile } from '../syntax/sourceFile.ts';
import { type Anchor, type Entity, type EntityData, idOf, sameData, type Unit, viewsOf, walk } from './entity.ts';
import { checkProfile, type Environment, lowerEntry, profileHead } from './lower.ts';
import type { LowerProblem } from './problem.ts';

/** A table that finds entities by something they say. `keys` may read the model (names, and indexes of a lower level). */
export interface IndexDefinition {
  readonly name: string;
  readonly level: 2 | 3 | 4;
  /** Kinds that it looks at, nested ones too. */
  readonly kinds: readonly KindName[];
  keys(entity: Entity, model: Model): Iterable<string>;
}

/** A value derived from an entity and what it refers to; kept until something that was read changes. */
export interface FactDefinition<T> {
  readonly name: string;
  compute(entity: Entity, model: Model): T;
  /** Stops the wave when the new value is as good as the old. */
  readonly equal?: (a: T, b: T) => boolean;
}

/** The design as facts and rules read it. Every read is recorded. */
export interface Model {
  /** Top-level (and other globally named) entities of a kind, in order of their ids. */
  all<K extends KindName>(kind: K): readonly Entity<K>[];
  /** The one entity of a kind and name; undefined when there is none, or more than one. */
  find<K extends KindName>(kind: K, name: string): Entity<K> | undefined;
  /** What a name means where it stands; undefined when it means nothing or is ambiguous (which is reported elsewhere). */
  resolve<K extends KindName>(ref: Ref | undefined, from: Entity, ...to: readonly K[]): Entity<K> | undefined;
  /** All that some names mean, globs and ranges included; unknown ones are left out. */
  resolveAll<K extends KindName>(refs: readonly Ref[] | undefined, from: Entity, ...to: readonly K[]): readonly Entity<K>[];
  /** Whether anything of a kind has this name; depends on the name alone, not on what it names. */
  exists(kind: KindName, name: string): boolean;
  /** Why a name means nothing: the candidates, none or several. */
  candidates(ref: Ref, from: Entity, to: readonly string[]): readonly Entity[];
  /** Entities that an index has under a key. */
  lookup<K extends KindName = KindName>(index: IndexDefinition, key: string): readonly Entity<K>[];
  /** Hardware catalogues in force: the bundled one and those of the design. */
  catalogs(): readonly Catalog[];
  /** A derived value. */
  fact<T>(definition: FactDefinition<T>, entity: Entity): T;
}

export interface Related {
  readonly at: Anchor;
  readonly message: string;
}

/** A finding in terms of the model; places in the text are looked up later. */
export interface Finding {
  readonly code: string;
  readonly severity?: 'error' | 'warning' | 'info' | 'hint';
  readonly at: Anchor;
  readonly message: string;
  readonly related?: readonly Related[];
  /** Opaque to the model: what the rule needs to make its fix. */
  readonly fix?: unknown;
  /** Things of the same cause: a more specific finding with one of these keys silences it. */
  readonly coveredBy?: readonly string[];
}

/** Something that looks at entities of some kinds and finds fault. */
export interface Check {
  readonly code: string;
  readonly kinds: readonly KindName[] | 'all';
  run(entity: Entity, model: Model, report: (finding: Finding) => void): void;
}

/** A unit in its place: which chunk says it, which entry, which member. */
export interface Holder {
  readonly id: string;
  readonly serial: number;
  unit: Unit;
  data: EntityData;
  state: ChunkState;
  /** Which entry of its chunk says it. */
  entryAt: number;
  /** For each level that puts the unit into tables: bucket, entity, bucket, entity, … */
  puts: (readonly (Bucket | Entity)[])[];
  watchers: Watcher[];
  checks: CheckState[];
}

interface CheckState {
  readonly holder: Holder;
  readonly check: Check;
  watcher: Watcher | undefined;
  findings: readonly Finding[];
}

export interface ChunkState {
  readonly uri: string;
  readonly chunk: Chunk;
  /** Problems of the form of the text. */
  syntax: readonly SyntaxProblem[];
  /** Problems of words and values. */
  problems: readonly LowerProblem[];
  holders: Holder[];
  watcher: Watcher | undefined;
  /** `import` and `catalog` lines. */
  /** First line in its file; kept up to date when text above moves. */
  line: number;
  readonly links: readonly { readonly word: 'import' | 'catalog'; readonly path: string; readonly term: Term }[];
  alive: boolean;
}

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
interface Bucket {
  /** Made when somebody reads it: most names are never asked for. */
  source: Source | undefined;
  entries: Entity[];
  sorted: boolean;
}

/** Nested kinds that are known by their own name in the whole design. */
const globalKinds = new Set<KindName>(['room', 'rack', 'ups', 'pdu', 'pool', 'lun', 'export', 'portgroup']);
/** Kinds whose equal names in several places are one thing, or are told apart by the reader. */
const sharedNames = new Set<KindName>(['portgroup']);

const CHECKS = 5;
/** Most checks find nothing; they share one empty list. */
const none: readonly Finding[] = [];
const noPuts: readonly (Bucket | Entity)[] = [];
const noChecks: CheckState[] = [];
const noLinks: ChunkState['links'] = [];
const noProblems: readonly LowerProblem[] = [];

/** Entries that declare nothing, but that others need to be lowered. */
const specialWords = /\b(?:import|catalog|profile|let)\b/;

export interface Project {
  readonly model: Model;
  /** Puts a file in, or its new text; undefined takes it out. */
  setFile(uri: string, source: SourceFile | undefined): void;
  setCatalogs(catalogs: readonly Catalog[]): void;
  /** Brings everything up to date. */
  flush(): void;
  files(): ReadonlyMap<string, SourceFile>;
  /** Chunks that have problems of their own or name other files, in no order. */
  notable(): Iterable<ChunkState>;
  /** Chunk states of a file, in order. */
  chunks(uri: string): readonly ChunkState[];
  findings(): Iterable<Finding>;
  holderOf(entity: Entity): Holder | undefined;
  /** Holders in text order of a file. */
  holders(uri: string): Iterable<Holder>;
  /** Grows whenever a name comes or goes. */
  nameRevision(): number;
  /** How many names a walk over all of them would meet. */
  nameCount(): number;
  environment(): Environment;
  /** Profiles by name, with the chunk that says them. */
  profileSource(name: string): { readonly entry: Entry; readonly home: unknown } | undefined;
  letSource(name: string): { readonly entry: Entry; readonly state: ChunkState } | undefined;
  profileNames(): Iterable<string>;
  letNames(): Iterable<string>;
  runs(): number;
  /** Checks that failed with an exception: a defect of Lintel, shown rather than hidden. */
  crashes(): readonly { readonly code: string; readonly error: unknown }[];
}

/** A test for names that fit a pattern with `*`; the pattern is taken apart once. */
function matcher(glob: string): (name: string) => boolean {
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

/** The entry that says a unit, in the present text. */
export function entryOf(holder: Holder): Entry | undefined {
  return holder.state.chunk.parsed.entries[holder.entryAt];
}

/** Orders names as people do: esx2 before esx10. */
const collator = new Intl.Collator('en', { numeric: true });

export function createProject(indexes: readonly IndexDefinition[], checks: readonly Check[]): Project {
  const runtime = createRuntime(CHECKS + 1);
  // A table each, so that no key is put together from parts: there are hundreds of thousands.
  const byKind = new Map<string, Bucket>();
  const byName = new Map<string, Bucket>();
  const byIndex = new Map<string, Map<string, Bucket>>(indexes.map(({ name }) => [name, new Map<string, Bucket>()]));
  const files = new Map<string, { source: SourceFile; states: ChunkState[] }>();
  const holdersBySerial = new Map<number, Holder>();
  const notableChunks = new Set<ChunkState>();
  const limbo = new Map<string, Holder[]>();
  const withFindings = new Set<CheckState>();
  /** What failed, by who failed; forgotten when it works again. */
  const crashed = new Map<unknown, { readonly code: string; readonly error: unknown }>();
  let serial = 0;
  const catalogs = runtime.cell<readonly Catalog[]>([]);
  const profiles = createNames<{ entry: Entry; home: unknown }>(runtime);
  const lets = createNames<{ entry: Entry; state: ChunkState; term: Term }>(runtime);
  const indexLevels = [2, 3, 4] as const;

  const checksFor = new Map<KindName, readonly Check[]>();
  for (const kind of Object.keys(kinds) as KindName[])
    checksFor.set(
      kind,
      checks.filter((check) => check.kinds === 'all' || check.kinds.includes(kind)),
    );

  // ── buckets ─────────────────────────────────────────────────────────────────────────────────────────────────────
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
  /** Things of a name, of one kind or of any. */
  const named = (kind: string, name: string): readonly Entity[] => {
    const found = read(ofName(name));
    return kind === '*' || found.every((entity) => entity.kind === kind) ? found : found.filter((entity) => entity.kind === kind);
  };

  // ── model ───────────────────────────────────────────────────────────────────────────────────────────────────────
  const below = (entity: Entity, name: string, found: Entity[]): void => {
    for (const child of entity.children) {
      if (child.name === name) found.push(child);
      below(child, name, found);
    }
  };
  const local = (from: Entity, name: string, to: readonly string[]): readonly Entity[] => {
    // From the inside out: the nearest enclosing block that has it.
    for (let at: Entity | undefined = from; at; at = at.parent) {
      const found: Entity[] = [];
      below(at, name, found);
      const fit = found.filter((entity) => to.includes(entity.kind) && entity !== from);
      if (fit.length > 0) return fit;
    }
    return [];
  };
  const candidates = (ref: Ref, from: Entity, to: readonly string[]): readonly Entity[] => {
    const [first = '', ...rest] = ref.ref;
    const any = to.includes('*');
    if (rest.length === 0) {
      if (!any) {
        const near = local(from, first, to);
        if (near.length > 0) return near;
      }
      const found: Entity[] = [];
      if (any) found.push(...named('*', first));
      else for (const kind of to) found.push(...named(kind, first));
      return found;
    }
    const starts = named('*', first);
    const ends: Entity[] = [];
    for (const start of starts) {
      if (start.kind === 'usbhub' && to.includes('usbhub') && rest.length === 1) {
        ends.push(start);
        continue;
      }
      let level: Entity[] = [start];
      for (const segment of rest) {
        const next: Entity[] = [];
        for (const entity of level) below(entity, segment, next);
        level = next;
      }
      ends.push(...level.filter((entity) => any || to.includes(entity.kind)));
    }
    return ends;
  };
  const model: Model = {
    all: (kind) => read(ofKind(kind)) as never,
    find: (kind, name) => {
      const found = named(kind, name);
      return (found.length === 1 ? found[0] : undefined) as never;
    },
    candidates,
    exists: (kind, name) => namesLike(kind, name).length > 0,
    resolve: (ref, from, ...to) => {
      if (!ref || ref.glob) return undefined;
      const found = candidates(ref, from, to);
      return (
        found.length === 1 || (found.length > 1 && found.every((entity) => sharedNames.has(entity.kind))) ? found[0] : undefined
      ) as never;
    },
    resolveAll: (refs, from, ...to) => {
      const result: Entity[] = [];
      for (const ref of refs ?? []) {
        if (ref.glob) {
          const pattern = ref.ref.at(-1) ?? '';
          if (ref.ref.length === 1)
            for (const kind of to) for (const name of namesLike(kind, pattern)) result.push(...named(kind, name));
          else
            for (const owner of named('*', ref.ref[0] ?? ''))
              for (const entity of walk(owner)) {
                if ((to as readonly string[]).includes(entity.kind) && matcher(pattern)(entity.name)) result.push(entity);
              }
          continue;
        }
        const found = model.resolve(ref, from, ...to);
        if (found) result.push(found);
      }
      return [...new Set(result)] as never;
    },
    catalogs: () => catalogs.get(),
    lookup: (index, key) => read(underKey(index, key)) as never,
    fact: (definition, entity) => {
      const own = definition as FactDefinition<unknown>;
      const perEntity = upsert(facts, own, () => new WeakMap<Entity, Memo<unknown>>());
      const memo = upsert(perEntity, entity, () => runtime.memo(new FactOf(own, entity, model)));
      return runtime.value(memo) as never;
    },
  };
  const facts = new Map<FactDefinition<unknown>, WeakMap<Entity, Memo<unknown>>>();

  // ── units ───────────────────────────────────────────────────────────────────────────────────────────────────────
  const environment: Environment = {
    profile: (name) => profiles.get(name),
    profileNames: () => profiles.names(),
    let: (name) => lets.get(name)?.term,
  };

  const claim = (data: EntityData, state: ChunkState, entryAt: number): Holder => {
    const id = `${data.kind}:${data.name === '' ? `#${state.holders.filter((holder) => holder.data.kind === data.kind).length + 1}` : data.name}`;
    const waiting = limbo.get(id);
    const old = waiting?.shift();
    if (old) {
      old.state = state;
      old.entryAt = entryAt;
      if (!sameData(old.data, data)) {
        old.data = data;
        old.unit = viewsOf(data, old);
        for (const watcher of old.watchers) runtime.invalidate(watcher);
      }
      return old;
    }
    serial += 1;
    const holder: Holder = {
      id,
      serial,
      data,
      unit: viewsOf(data, { id, serial }),
      state,
      entryAt,
      puts: [],
      watchers: [],
      checks: [],
    };
    holdersBySerial.set(holder.serial, holder);
    holder.watchers.push(runtime.watch(1, nameUnit, holder));
    for (const level of indexLevels)
      if (indexes.some((index) => index.level === level && index.kinds.some((kind) => mayHold(data.kind, kind))))
        holder.watchers.push(runtime.watch(level, indexRunners[level], holder));
    holder.watchers.push(runtime.watch(CHECKS, checkUnit, holder));
    holder.watchers = holder.watchers.slice();
    return holder;
  };

  const put = (holder: Holder, slot: number, entries: readonly (Bucket | Entity)[]): void => {
    const before = holder.puts[slot] ?? noPuts;
    if (before.length === entries.length && before.every((item, at) => item === entries[at])) return;
    const touched = new Map<Bucket, Change>();
    const touch = (found: Bucket): Change => upsert(touched, found, (): Change => ({ out: undefined, into: [] }));
    for (let at = 0; at < before.length; at += 2) {
      const change = touch(before[at] as Bucket);
      change.out ??= new Set();
      change.out.add(before[at + 1] as Entity);
    }
    for (let at = 0; at < entries.length; at += 2) touch(entries[at] as Bucket).into.push(entries[at + 1] as Entity);
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
    const puts = [...holder.puts];
    while (puts.length < slot) puts.push(noPuts);
    puts[slot] = entries.length === 0 ? noPuts : entries.slice();
    holder.puts = puts.slice();
  };

  const countNames = (holder: Holder, by: 1 | -1): void => {
    const entries = holder.puts[0] ?? noPuts;
    for (let at = 0; at < entries.length; at += 2) {
      const entity = entries[at + 1] as Entity;
      if (entries[at] === byKind.get(entity.kind)) countName(entity.kind, entity.name, by);
    }
  };

  const nameUnit = (holder: Holder): void => {
    const entries: (Bucket | Entity)[] = [];
    for (const entity of walk(holder.unit.root)) {
      if (entity.parent && !globalKinds.has(entity.kind)) continue;
      entries.push(ofKind(entity.kind), entity);
      if (entity.name !== '') entries.push(ofName(entity.name), entity);
    }
    countNames(holder, -1);
    put(holder, 0, entries);
    countNames(holder, 1);
  };

  const indexUnit = (holder: Holder, level: number): void => {
    const entries: (Bucket | Entity)[] = [];
    for (const index of indexes) {
      if (index.level !== level) continue;
      for (const entity of walk(holder.unit.root)) {
        if (!index.kinds.includes(entity.kind)) continue;
        try {
          for (const key of index.keys(entity, model)) entries.push(underKey(index, key), entity);
        } catch (error) {
          crashed.set(holder, { code: index.name, error });
        }
      }
    }
    put(holder, level, entries);
  };

  const indexRunners = {
    2: (holder: Holder) => indexUnit(holder, 2),
    3: (holder: Holder) => indexUnit(holder, 3),
    4: (holder: Holder) => indexUnit(holder, 4),
  } as const;

  const runCheck = (state: CheckState): void => {
    const found: Finding[] = [];
    try {
      crashed.delete(state);
      for (const entity of walk(state.holder.unit.root)) {
        if (state.check.kinds !== 'all' && !state.check.kinds.includes(entity.kind)) continue;
        state.check.run(entity, model, (finding) => found.push(finding));
      }
    } catch (error) {
      crashed.set(state, { code: state.check.code, error });
    }
    state.findings = found.length === 0 ? none : found.slice();
    if (found.length > 0) withFindings.add(state);
    else withFindings.delete(state);
  };

  const dropCheck = (state: CheckState): void => {
    if (state.watcher) runtime.dispose(state.watcher);
    withFindings.delete(state);
    crashed.delete(state);
  };

  const checkUnit = (holder: Holder): void => {
    for (const state of holder.checks) dropCheck(state);
    holder.checks = [];
    const wanted = new Set<Check>();
    for (const entity of walk(holder.unit.root)) for (const check of checksFor.get(entity.kind) ?? []) wanted.add(check);
    for (const check of wanted) {
      const state: CheckState = { holder, check, watcher: undefined, findings: none };
      const watcher = runtime.watchNow(CHECKS, runCheck, state);
      // A check that read nothing but its own unit needs no watching: the unit's change runs it anyway.
      if (runtime.waits(watcher)) state.watcher = watcher;
      if (state.watcher || state.findings.length > 0 || crashed.has(state)) holder.checks.push(state);
    }
    holder.checks = holder.checks.length === 0 ? noChecks : holder.checks.slice();
  };

  const remove = (holder: Holder): void => {
    for (const watcher of holder.watchers) runtime.dispose(watcher);
    crashed.delete(holder);
    for (const state of holder.checks) dropCheck(state);
    countNames(holder, -1);
    for (const slot of holder.puts.keys()) put(holder, slot, []);
    holdersBySerial.delete(holder.serial);
  };

  // ── chunks ──────────────────────────────────────────────────────────────────────────────────────────────────────
  const lowerChunk = (state: ChunkState): void => {
    const problems: LowerProblem[] = [];
    for (const holder of state.holders) wait(holder);
    state.holders = [];
    const { entries, problems: syntax } = state.chunk.parsed;
    state.syntax = syntax;
    for (const [at, entry] of entries.entries()) {
      const word = entry.word.text;
      if (word === 'profile') problems.push(...lowerProfile(entry));
      else if (word === 'let') problems.push(...checkLet(entry));
      else if (word === 'import' || word === 'catalog' || word === 'lintel') problems.push(...checkDirective(entry));
      else {
        const lowered = lowerEntry(entry, environment);
        problems.push(...lowered.problems);
        for (const data of lowered.units) state.holders.push(claim(data, state, at));
      }
    }
    state.problems = problems.length === 0 ? noProblems : problems;
    state.holders = state.holders.slice();
    note(state);
  };

  const note = (state: ChunkState): void => {
    if (state.problems.length > 0 || state.syntax.length > 0 || state.links.length > 0) notableChunks.add(state);
    else notableChunks.delete(state);
  };

  const lowerProfile = (entry: Entry): readonly LowerProblem[] => {
    const head = profileHead(entry);
    const whole = { start: entry.word.start, end: entry.groups.at(-1)?.at(-1)?.end ?? entry.word.end };
    if (!head.name || head.skip < 3 || !head.kindTerm)
      return [
        {
          code: 'LNT107',
          severity: 'error',
          message: 'A profile is written "profile NAME of KIND { … }", for example: profile esxi of host { … }.',
          ...whole,
        },
      ];
    if (!head.kind)
      return [
        {
          code: 'LNT107',
          severity: 'error',
          message: 'What stands behind "of" is no kind of thing; it is "host" or "vm", for example.',
          start: head.kindTerm.start,
          end: head.kindTerm.end,
        },
      ];
    return checkProfile(entry, head.kind, head.skip, environment);
  };

  const wait = (holder: Holder): void => {
    const list = limbo.get(holder.id);
    if (list) list.push(holder);
    else limbo.set(holder.id, [holder]);
  };

  const openChunk = (uri: string, chunk: Chunk): ChunkState => {
    const links: ChunkState['links'][number][] = [];
    const special = mayStartWith(chunk, specialWords) ? chunk.parsed.entries : [];
    for (const entry of special) {
      const term = entry.groups[0]?.[0];
      if ((entry.word.text === 'import' || entry.word.text === 'catalog') && term?.kind === 'text' && term.plain !== undefined)
        links.push({ word: entry.word.text, path: term.plain, term });
    }
    const state: ChunkState = {
      uri,
      chunk,
      problems: noProblems,
      holders: [],
      watcher: undefined,
      syntax: [],
      links: links.length === 0 ? noLinks : links,
      alive: true,
      line: 0,
    };
    if (links.length > 0) notableChunks.add(state);
    for (const entry of special) {
      const name = termName(entry.groups[0]?.[0]);
      if (name === undefined) continue;
      if (entry.word.text === 'profile') profiles.add(name, { entry, home: state }, state);
      if (entry.word.text === 'let') {
        const term = entry.groups[2]?.[0];
        if (term) lets.add(name, { entry, state, term }, state);
      }
    }
    state.watcher = runtime.watch(0, lowerChunk, state);
    return state;
  };

  const closeChunk = (state: ChunkState): void => {
    state.alive = false;
    notableChunks.delete(state);
    if (state.watcher) runtime.dispose(state.watcher);
    for (const holder of state.holders) wait(holder);
    state.holders = [];
    profiles.remove(state);
    lets.remove(state);
  };

  return {
    model,
    setFile(uri, source) {
      const file = files.get(uri);
      if (!source) {
        for (const state of file?.states ?? []) closeChunk(state);
        files.delete(uri);
        return;
      }
      const old = file?.states ?? [];
      const fresh = source.chunks;
      let head = 0;
      while (head < old.length && head < fresh.length && old[head]?.chunk === fresh[head]) head += 1;
      let tail = 0;
      while (
        tail < old.length - head &&
        tail < fresh.length - head &&
        old[old.length - 1 - tail]?.chunk === fresh[fresh.length - 1 - tail]
      )
        tail += 1;
      const replaced = old.slice(head, old.length - tail);
      // An untouched chunk in the middle of the change keeps its state.
      const kept = new Map(replaced.map((state) => [state.chunk, state]));
      const wantedChunks = new Set(fresh.slice(head, fresh.length - tail));
      for (const state of replaced) if (!wantedChunks.has(state.chunk)) closeChunk(state);
      const middle = fresh.slice(head, fresh.length - tail).map((chunk) => kept.get(chunk) ?? openChunk(uri, chunk));
      let states = old;
      if (middle.length > 10_000) states = old.slice(0, head).concat(middle, old.slice(old.length - tail));
      // In place: the list of a large design is large, and this happens on every keystroke.
      else states.splice(head, replaced.length, ...middle);
      const starts = chunkStarts(source);
      for (let at = head; at < states.length; at += 1) (states[at] as ChunkState).line = starts[at] ?? 0;
      files.set(uri, { source, states });
    },
    setCatalogs: (next) => catalogs.set(next),
    flush() {
      runtime.flush(0);
      for (const list of limbo.values()) for (const holder of list) remove(holder);
      limbo.clear();
      runtime.flush();
    },
    files: () => new Map([...files].map(([uri, file]) => [uri, file.source])),
    notable: () => notableChunks,
    chunks: (uri) => files.get(uri)?.states ?? [],
    *findings() {
      for (const state of withFindings) yield* state.findings;
    },
    holderOf: (entity) => holdersBySerial.get(entity.unit.serial),
    *holders(uri) {
      for (const state of files.get(uri)?.states ?? []) yield* state.holders;
    },
    nameRevision: () => nameRevision,
    nameCount: () => [...namesOfKind.values()].reduce((sum, names) => sum + names.size, 0),
    environment: () => environment,
    profileSource: (name) => profiles.get(name),
    letSource: (name) => lets.get(name),
    profileNames: () => profiles.names(),
    letNames: () => lets.names(),
    runs: () => runtime.runs(),
    crashes: () => [...crashed.values()],
  };
}

/** The same text without the pieces that it was put together from, which would stay in memory with it. */
const inOnePiece = (text: string): string => [text, ''].join('');

/** While a design is loaded, a list of thousands grows by one a time: it is lengthened in place until somebody has read it sorted. */
function appended(found: Bucket, into: readonly Entity[]): Entity[] {
  if (found.sorted) return found.entries.concat(into);
  found.entries.push(...into);
  return found.entries;
}

/** A fact of an entity; an object of its own rather than a closure, since there are many. */
class FactOf implements Derivation<unknown> {
  readonly definition: FactDefinition<unknown>;
  readonly entity: Entity;
  readonly model: Model;
  constructor(definition: FactDefinition<unknown>, entity: Entity, model: Model) {
    this.definition = definition;
    this.entity = entity;
    this.model = model;
  }
  compute(): unknown {
    return this.definition.compute(this.entity, this.model);
  }
  equal(a: unknown, b: unknown): boolean {
    return this.definition.equal ? this.definition.equal(a, b) : Object.is(a, b);
  }
}

const termName = (term: Term | undefined): string | undefined =>
  term?.kind === 'name' ? term.text : term?.kind === 'text' ? term.plain : undefined;

function checkLet(entry: Entry): readonly LowerProblem[] {
  const name = entry.groups[0]?.[0];
  const ok =
    name?.kind === 'name' && entry.groups[1]?.[0].kind === 'equals' && entry.groups[2] !== undefined && entry.groups.length === 3;
  return ok
    ? []
    : [
        {
          code: 'LNT102',
          severity: 'error',
          message: 'A value is named with "let NAME = VALUE", for example: let offset = 100.',
          start: entry.word.start,
          end: Math.max(entry.word.end, entry.groups.at(-1)?.at(-1)?.end ?? 0),
        },
      ];
}

function checkDirective(entry: Entry): readonly LowerProblem[] {
  const term = entry.groups[0]?.[0];
  if (entry.word.text === 'lintel') {
    if (term?.kind === 'number' && term.text === '1') return [];
    return [
      {
        code: 'LNT103',
        severity: 'error',
        message: 'This Lintel knows edition 1 of the language: lintel 1.',
        start: term?.start ?? entry.word.start,
        end: term?.end ?? entry.word.end,
        suggestions: term ? ['1'] : [],
      },
    ];
  }
  if (term?.kind === 'text' && term.plain !== undefined) return [];
  const example = entry.word.text === 'import' ? 'import "common/networks.lintel"' : 'catalog "vendor-hcl.json"';
  return [
    {
      code: 'LNT102',
      severity: 'error',
      message: `"${entry.word.text}" takes the path of a file in quotes: ${example}.`,
      start: entry.word.start,
      end: entry.word.end,
    },
  ];
}

const holdCache = new Map<string, boolean>();
/** Whether a kind can stand somewhere inside of another (or is it). */
function mayHold(owner: KindName, kind: KindName): boolean {
  const key = `${owner}>${kind}`;
  const known = holdCache.get(key);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  const visit = (word: string): boolean => {
    if (word === kind) return true;
    if (seen.has(word)) return false;
    seen.add(word);
    return (kindOf(word)?.children ?? []).some(visit);
  };
  const answer = visit(owner);
  holdCache.set(key, answer);
  return answer;
}

/** Names that chunks declare apart from entities (profiles, `let`), each read as a dependency. With two of a name, none counts. */
function createNames<T>(runtime: Runtime): {
  get(name: string): T | undefined;
  names(): Iterable<string>;
  add(name: string, value: T, owner: unknown): void;
  remove(owner: unknown): void;
} {
  const lists = new Map<string, { cell: ReturnType<typeof runtime.cell<number>>; items: { value: T; owner: unknown }[] }>();
  const byOwner = new Map<unknown, string[]>();
  const list = (name: string) => {
    return upsert(lists, name, () => ({ cell: runtime.cell<number>(0), items: [] as { value: T; owner: unknown }[] }));
  };
  return {
    get(name) {
      const found = list(name);
      found.cell.get();
      return found.items.length === 1 ? found.items[0]?.value : undefined;
    },
    *names() {
      for (const [name, found] of lists) if (found.items.length > 0) yield name;
    },
    add(name, value, owner) {
      const found = list(name);
      found.items.push({ value, owner });
      byOwner.set(owner, [...(byOwner.get(owner) ?? []), name]);
      found.cell.set(found.cell.peek() + 1);
    },
    remove(owner) {
      for (const name of byOwner.get(owner) ?? []) {
        const found = list(name);
        found.items = found.items.filter((item) => item.owner !== owner);
        found.cell.set(found.cell.peek() + 1);
      }
      byOwner.delete(owner);
    },
  };
}
