/**
 * A design: the files that import each other, as entities that find each other by name. It is kept up to date chunk by chunk;
 * what is derived (names, indexes, checks) hangs on the reactive runtime and is redone only where something it read changed.
 *
 * Levels of a flush: 0 chunks become units · 1 names · 2 to 4 indexes (each may read lower ones) · 5 checks.
 */

import { createRuntime, type Watcher } from '../base/reactive.ts';
import type { Catalog } from '../catalog/types.ts';
import { type KindName, kindOf, kinds } from '../schema/vocabulary.ts';
import type { Entry, SyntaxProblem, Term } from '../syntax/ast.ts';
import { type Chunk, chunkStarts, mayStartWith, type SourceFile } from '../syntax/sourceFile.ts';
import { checkDirective, checkLet, checkProfileLine } from './directives.ts';
import { type Entity, type EntityData, sameData, type Unit, viewsOf, walk } from './entity.ts';
import { createModel } from './lookup.ts';
import type { Environment } from './lower/draft.ts';
import { lowerEntry } from './lower.ts';
import type { Check, Finding, IndexDefinition, Model } from './model.ts';
import { createNames } from './names.ts';
import type { LowerProblem } from './problem.ts';
import { type Bucket, createTables, type Puts } from './tables.ts';

export type { Check, FactDefinition, Finding, IndexDefinition, Model, Related } from './model.ts';

/** A unit of a design (one thing with all that is in it), where it stands in the text, and what hangs on it. */
export interface Holder {
  readonly id: string;
  readonly serial: number;
  unit: Unit;
  data: EntityData;
  state: ChunkState;
  /** Which entry of its chunk says it. */
  entryAt: number;
  /** For each level that puts the unit into tables: bucket, entity, bucket, entity, … */
  puts: Puts[];
  watchers: Watcher[];
  checks: CheckState[];
}

interface CheckState {
  readonly holder: Holder;
  readonly check: Check;
  watcher: Watcher | undefined;
  findings: readonly Finding[];
}

/** A chunk of a file, and what it says. */
export interface ChunkState {
  readonly uri: string;
  readonly chunk: Chunk;
  /** Problems of the form of the text. */
  syntax: readonly SyntaxProblem[];
  /** Problems of words and values. */
  problems: readonly LowerProblem[];
  holders: Holder[];
  watcher: Watcher | undefined;
  /** First line in its file; kept up to date when text above moves. */
  line: number;
  /** `import` and `catalog` lines. */
  readonly links: readonly { readonly word: 'import' | 'catalog'; readonly path: string; readonly term: Term }[];
  alive: boolean;
}

/** Nested kinds that are known by their own name in the whole design. */
const globalKinds = new Set<KindName>(['room', 'rack', 'ups', 'pdu', 'pool', 'lun', 'export', 'portgroup']);

const CHECKS = 5;
/** Most checks find nothing; they share one empty list. */
const none: readonly Finding[] = [];
const noPuts: Puts = [];
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

/** The entry that says a unit, in the present text. */
export function entryOf(holder: Holder): Entry | undefined {
  return holder.state.chunk.parsed.entries[holder.entryAt];
}

export function createProject(indexes: readonly IndexDefinition[], checks: readonly Check[]): Project {
  const runtime = createRuntime(CHECKS + 1);
  const tables = createTables(runtime, indexes);
  const files = new Map<string, { source: SourceFile; states: ChunkState[] }>();
  const holdersBySerial = new Map<number, Holder>();
  const notableChunks = new Set<ChunkState>();
  const limbo = new Map<string, Holder[]>();
  const withFindings = new Set<CheckState>();
  /** What failed, by who failed; forgotten when it works again. */
  const crashed = new Map<unknown, { readonly code: string; readonly error: unknown }>();
  let serial = 0;
  const catalogs = runtime.cell<readonly Catalog[]>([]);
  const model = createModel(runtime, tables, () => catalogs.get());
  const profiles = createNames<{ entry: Entry; home: unknown }>(runtime);
  const lets = createNames<{ entry: Entry; state: ChunkState; term: Term }>(runtime);
  const indexLevels = [2, 3, 4] as const;

  const checksFor = new Map<KindName, readonly Check[]>();
  for (const kind of Object.keys(kinds) as KindName[])
    checksFor.set(
      kind,
      checks.filter((check) => check.kinds === 'all' || check.kinds.includes(kind)),
    );

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

  const put = (holder: Holder, slot: number, entries: Puts): void => {
    const before = holder.puts[slot] ?? noPuts;
    if (before.length === entries.length && before.every((item, at) => item === entries[at])) return;
    tables.replace(before, entries);
    const puts = [...holder.puts];
    while (puts.length < slot) puts.push(noPuts);
    puts[slot] = entries.length === 0 ? noPuts : entries.slice();
    holder.puts = puts.slice();
  };

  const nameUnit = (holder: Holder): void => {
    const entries: (Bucket | Entity)[] = [];
    for (const entity of walk(holder.unit.root)) {
      if (entity.parent && !globalKinds.has(entity.kind)) continue;
      entries.push(tables.ofKind(entity.kind), entity);
      if (entity.name !== '') entries.push(tables.ofName(entity.name), entity);
    }
    tables.countNames(holder.puts[0] ?? noPuts, -1);
    put(holder, 0, entries);
    tables.countNames(holder.puts[0] ?? noPuts, 1);
  };

  const indexUnit = (holder: Holder, level: number): void => {
    const entries: (Bucket | Entity)[] = [];
    for (const index of indexes) {
      if (index.level !== level) continue;
      for (const entity of walk(holder.unit.root)) {
        if (!index.kinds.includes(entity.kind)) continue;
        try {
          for (const key of index.keys(entity, model)) entries.push(tables.underKey(index, key), entity);
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
    tables.countNames(holder.puts[0] ?? noPuts, -1);
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
      if (word === 'profile') problems.push(...checkProfileLine(entry, environment));
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
    nameRevision: () => tables.nameRevision(),
    nameCount: () => tables.nameCount(),
    environment: () => environment,
    profileSource: (name) => profiles.get(name),
    letSource: (name) => lets.get(name),
    profileNames: () => profiles.names(),
    letNames: () => lets.names(),
    runs: () => runtime.runs(),
    crashes: () => [...crashed.values()],
  };
}

const termName = (term: Term | undefined): string | undefined =>
  term?.kind === 'name' ? term.text : term?.kind === 'text' ? term.plain : undefined;

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
