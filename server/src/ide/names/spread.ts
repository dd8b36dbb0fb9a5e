/**
 * Where a name could be written: a quick look at the text, so that only a few chunks are read. Whatever a name is put together of
 * (a range, arithmetic, a pattern, quotes), the look must not miss it; what it finds is resolved before it counts.
 */
import type { Entity } from '../../model/entity.ts';
import { type ChunkState, entryOf, type Project } from '../../model/project.ts';
import type { Entry } from '../../syntax/ast.ts';
import { plainName } from '../reading/walk.ts';

/** Tells whether a text may hold a spelling of some names. */
export type Look = (text: string) => boolean;

/** More differently built names than this are looked for everywhere. */
const maxShapes = 40;
/** Patterns such as `E3-*`: what stands in front of the first `*`, and the sign before that. */
const patterns = /(^|[^\p{L}\p{N}_-])([\p{L}\p{N}_-]*)\*(?!\/)/gu;

/** Whether a text has a pattern that a name could fit. */
function hasPattern(text: string, names: readonly string[]): boolean {
  if (!text.includes('*')) return false;
  for (const [, before = '', start = ''] of text.matchAll(patterns)) {
    if (before === '/' && start === '') continue;
    if (before === ']' || before === ')' || before === '"' || names.some((name) => name.startsWith(start))) return true;
  }
  return false;
}

/** `esx2` may be written `esx2`, `esx[1..3]`, `esx(i)` or `"esx{i}"`; all that stays the same are the letters. */
export function lookFor(names: readonly string[]): Look {
  const shapes = new Map<string, string[][]>();
  for (const name of names) {
    const parts = name.split(/(\d+)/);
    const shape = parts.filter((_, at) => at % 2 === 0).join('\0');
    const list = shapes.get(shape) ?? [];
    list.push(parts);
    shapes.set(shape, list);
  }
  if (shapes.size === 0 || shapes.size > maxShapes || names.some((name) => name === '' || /\p{Cc}/u.test(name)))
    return () => true;
  const spelling = new RegExp([...shapes.values()].map(shapePattern).join('|'), 'u');
  return (text) => spelling.test(text) || hasPattern(text, names);
}

function shapePattern(names: readonly (readonly string[])[]): string {
  const [first = []] = names;
  return first
    .map((part, at) => {
      if (at % 2 === 0) return escaped(part);
      const digits = names.every((parts) => parts[at] === part) ? part : '\\d+';
      return `(?:${digits}|\\d*(?:\\[[^\\n]*?\\]|\\([^\\n]*?\\)|\\{[^\\n]*?\\})\\d*)`;
    })
    .join('');
}

/** The letters of a name in a regular expression; in quotes, some signs have a backslash in front. */
function escaped(text: string): string {
  return text.replace(/["\\^$.*+?()[\]{}|/]/g, (sign) =>
    sign === '"' ? '\\\\?"' : `${'\\{}'.includes(sign) ? '\\\\?' : ''}\\${sign}`,
  );
}

/** Chunks that may name some entities, in the order of files. */
export function chunksNaming(project: Project, entities: readonly Entity[]): readonly ChunkState[] {
  const named = lookFor([...new Set(entities.map((entity) => entity.name))]);
  const [first] = entities;
  const nested =
    entities.every((entity) => entity.parent) && first !== undefined && !project.model.all(first.kind).includes(first as never);
  if (!nested) return chunksWith(project, named);
  // What is known inside of its owner only is named there, in the owner's profiles, by way of the owner, and by distributed switches.
  const homes = homesOf(project, entities);
  const owners = lookFor([...new Set(entities.flatMap((entity) => ownersOf(entity)))]);
  return chunksWith(
    project,
    (text) => named(text) && (owners(text) || /\bdvswitch\b/.test(text)),
    (state) => homes.has(state) && named(state.chunk.text),
  );
}

export function chunksWith(
  project: Project,
  look: Look,
  also: (state: ChunkState) => boolean = () => false,
): readonly ChunkState[] {
  const found: ChunkState[] = [];
  for (const uri of project.files().keys())
    for (const state of project.chunks(uri)) if (look(state.chunk.text) || also(state)) found.push(state);
  return found;
}

function ownersOf(entity: Entity): readonly string[] {
  const names: string[] = [];
  for (let at = entity.parent; at; at = at.parent) names.push(at.name);
  return names;
}

/** Chunks in which the things that hold some entities are declared, and those of the profiles that they use. */
function homesOf(project: Project, entities: readonly Entity[]): ReadonlySet<ChunkState> {
  const homes = new Set<ChunkState>();
  const seen = new Set<string>();
  const visit = (entry: Entry | undefined): void => {
    for (const term of entry?.profiles ?? []) {
      const name = plainName(term);
      const source = name === undefined || seen.has(name) ? undefined : project.profileSource(name);
      if (!source || name === undefined) continue;
      seen.add(name);
      homes.add(source.home as ChunkState);
      visit(source.entry);
    }
  };
  const lines = new Set<string>();
  for (const unit of new Set(entities.map((entity) => entity.unit))) {
    const holder = project.holderOf(unit.root);
    if (!holder) continue;
    homes.add(holder.state);
    // Members of a range share their line.
    const line = `${holder.state.uri} ${holder.state.line} ${holder.entryAt}`;
    if (lines.has(line)) continue;
    lines.add(line);
    visit(entryOf(holder));
  }
  return homes;
}
