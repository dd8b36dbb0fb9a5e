/**
 * Readings of chunks, kept while the chunk and the profiles that it uses stay as they are. Only what somebody looks at is read, and
 * only the last few hundred readings are kept: they are larger than their text.
 */
import type { Project } from '../../model/project.ts';
import { membersOf } from '../../model/terms.ts';
import type { Kind } from '../../schema/types.ts';
import type { Entry } from '../../syntax/ast.ts';
import type { Chunk } from '../../syntax/sourceFile.ts';
import { type Block, type Expectation, isBelow, type Mark, type Reading } from './marks.ts';
import { readTop } from './top.ts';
import { plainName, type Walk } from './walk.ts';

/** What is asked of a design: its profiles and named values. */
export type Names = Pick<Project, 'profileSource' | 'environment'> | undefined;

const kept = 512;
const recent: Chunk[] = [];
const byChunk = new Map<Chunk, Reading>();
const byProfile = new WeakMap<Entry, Reading>();
let made = 0;

/** How many readings were made so far, for tests that count work. */
export function readingsMade(): number {
  return made;
}

/** Reads a chunk. */
export function readingOf(chunk: Chunk, names: Names): Reading {
  const known = byChunk.get(chunk);
  if (known && stillHolds(known.profiles, names)) return known;
  const reading = read(chunk.parsed.entries, names);
  if (!known) {
    recent.push(chunk);
    const oldest = recent.length > kept ? recent.shift() : undefined;
    if (oldest) byChunk.delete(oldest);
  }
  byChunk.set(chunk, reading);
  return reading;
}

/** Reads entries that are no chunk's own: a profile, or a text with a probe in it. */
export function read(entries: readonly Entry[], names: Names, probe?: Walk['probe']): Reading {
  made += 1;
  const marks: Mark[] = [];
  const blocks: Block[] = [];
  const profiles = new Map<string, Entry | undefined>();
  const reading: Reading = { marks, blocks, profiles };
  const walk: Walk = {
    marks,
    blocks,
    inherits: (block, name) => inheritedKind(reading, block, name, names),
    ...(probe ? { probe } : {}),
  };
  for (const entry of entries) readTop(walk, entry);
  // Words come in their order; only profiles are told before what stands in front of them on the line.
  marks.sort((a, b) => a.start - b.start);
  return reading;
}

/** Whether profiles that were looked into are still what they were. */
export function stillHolds(profiles: ReadonlyMap<string, Entry | undefined>, names: Names): boolean {
  for (const [name, entry] of profiles) if (names?.profileSource(name)?.entry !== entry) return false;
  return true;
}

/** Profiles that are being read: one that is made of itself ends here. */
const underWay: string[] = [];

/** What a profile says; undefined when there is none of that name. `into` notes what was looked at. */
export function profileReading(name: string, names: Names, into?: Reading): Reading | undefined {
  const entry = names?.profileSource(name)?.entry;
  into?.profiles.set(name, entry);
  if (!entry || underWay.includes(name)) return undefined;
  let known = byProfile.get(entry);
  if (!known || !stillHolds(known.profiles, names)) {
    underWay.push(name);
    try {
      known = read([entry], names);
    } finally {
      underWay.pop();
    }
    byProfile.set(entry, known);
  }
  for (const [key, value] of known.profiles) into?.profiles.set(key, value);
  return known;
}

/** A block of a profile that says something about the same thing. */
export interface Base {
  readonly block: Block;
  readonly reading: Reading;
  /** Absent for a line above in the same text. */
  readonly profile?: string;
}

/** What a block builds on, the weakest first: its profiles, and what was said above about the same child. */
export function basesOf(from: Reading, block: Block, names: Names): readonly Base[] {
  const { parent } = block;
  if (!parent) {
    return (block.entry.profiles ?? []).flatMap((term) => {
      const name = plainName(term);
      const found = name === undefined ? undefined : profileReading(name, names, from);
      const top = found?.blocks.find((candidate) => candidate.profile === name && !candidate.parent);
      return found && top && name !== undefined
        ? [...basesOf(found, top, names), { block: top, reading: found, profile: name }]
        : [];
    });
  }
  const own = namesOf(block, names);
  if (own.length === 0) return [];
  const same = (candidate: Block): boolean =>
    candidate !== block && candidate.kind === block.kind && namesOf(candidate, names).some((name) => own.includes(name));
  const above = basesOf(from, parent, names).flatMap((base) =>
    base.reading.blocks
      .filter((candidate) => isBelow(candidate, base.block) && same(candidate))
      .map((candidate) => ({ ...base, block: candidate })),
  );
  const beside = from.blocks
    .filter((candidate) => candidate.entry.start < block.entry.start && isBelow(candidate, parent) && same(candidate))
    .map((candidate) => ({ block: candidate, reading: from }));
  return [...above, ...beside];
}

function inheritedKind(from: Reading, block: Block, name: string, names: Names): Kind | undefined {
  const has = (candidate: Block): boolean => namesOf(candidate, names).includes(name);
  const own = from.blocks.find((candidate) => isBelow(candidate, block) && has(candidate));
  if (own) return own.kind;
  for (const base of basesOf(from, block, names)) {
    const found = base.reading.blocks.find((candidate) => isBelow(candidate, base.block) && has(candidate));
    if (found) return found.kind;
  }
  return undefined;
}

/** Things declared somewhere below a block, its profiles included, each kind and name once, in the order of the text. */
export function declaredBelow(
  from: Reading,
  block: Block,
  names: Names,
): readonly { readonly kind: Kind; readonly name: string; readonly block: Block; readonly profile?: string }[] {
  const found = new Map<string, { kind: Kind; name: string; block: Block; profile?: string }>();
  const add = (candidate: Block, profile?: string): void => {
    for (const name of namesOf(candidate, names)) {
      const key = `${candidate.kind.word} ${name}`;
      if (!found.has(key))
        found.set(key, { kind: candidate.kind, name, block: candidate, ...(profile !== undefined ? { profile } : {}) });
    }
  };
  for (const base of basesOf(from, block, names))
    for (const candidate of base.reading.blocks) if (isBelow(candidate, base.block)) add(candidate, base.profile);
  for (const candidate of from.blocks) if (isBelow(candidate, block)) add(candidate);
  return [...found.values()];
}

const nameCache = new WeakMap<Block, readonly string[]>();
const noProblems = (): void => {};
/** Members that are looked at, at most, when a range makes names of children. */
const maxNames = 512;

/** The names that a block declares: one, or those of its range. */
export function namesOf(block: Block, names: Names): readonly string[] {
  const known = nameCache.get(block);
  if (known) return known;
  const plain = plainName(block.name);
  const answer =
    plain !== undefined
      ? [plain]
      : block.name
        ? membersOf(block.name, { vars: new Map([['i', 1]]), let: (name) => names?.environment().let(name) }, noProblems)
            .slice(0, maxNames)
            .map((member) => member.name)
        : [];
  nameCache.set(block, answer);
  return answer;
}

/** All a chunk expects at an offset of a text that has a sign of its own there. */
export function expectationsIn(
  entries: readonly Entry[],
  names: Names,
  at: number,
): { readonly reading: Reading; readonly expectations: readonly Expectation[] } {
  const found: Expectation[] = [];
  return { reading: read(entries, names, { at, found }), expectations: found };
}

/** Words that a block says already, as paths (`ha`, `ha.restart`). */
export function saidBy(from: Reading, block: Block): ReadonlySet<string> {
  const said = new Set<string>();
  for (const mark of from.marks) if (mark.is === 'prop' && mark.block === block) said.add(mark.path.join('.'));
  for (const mark of from.marks) if (mark.is === 'value' && mark.block === block) said.add(mark.path.join('.'));
  return said;
}
