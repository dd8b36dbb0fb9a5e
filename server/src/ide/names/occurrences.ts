/** Every place that names something. Readings are made only of chunks whose text has the letters of the name; what counts is what a name resolves to. */
import type { Span } from '../../base/span.ts';
import type { Entity } from '../../model/entity.ts';
import { type ChunkState, entryOf, type Project } from '../../model/project.ts';
import type { Term } from '../../syntax/ast.ts';
import { saidOf } from '../describe/origins.ts';
import { type Block, isBelow, type MarkOf, type Reading, topOf } from '../reading/marks.ts';
import { namesOf, readingOf } from '../reading/reading.ts';
import { plainName } from '../reading/walk.ts';
import { indexesDeclared, indexOwner, variableUses } from './expressions.ts';
import { kindsMeant, namesThings, type Part, partsOf } from './resolve.ts';
import { chunksNaming, chunksWith, type Look, lookFor } from './spread.ts';
import { isLetUse, type Target } from './target.ts';

/** A place that names the target. */
export interface Occurrence {
  readonly state: ChunkState;
  readonly span: Span;
  readonly declares: boolean;
  /** The whole value or name that the span is in. */
  readonly term: Term;
  readonly block?: Block;
  /** Of a reference to things: what the name means, and what it could mean. */
  readonly part?: Part;
  readonly mark?: MarkOf<'value'>;
}

export function occurrencesOf(project: Project, target: Target): readonly Occurrence[] {
  switch (target.is) {
    case 'things':
      return [...declarationsOf(project, target.entities), ...referencesTo(project, target.entities)];
    case 'lines':
      return linesOf(project, target.state, target.top, target.kind, target.name);
    case 'profile':
      return profileOccurrences(project, target.name);
    case 'let':
      return letOccurrences(project, target.name);
    case 'index':
      return indexOccurrences(project, target);
    default:
      return target satisfies never;
  }
}

/** Places that declare or refine entities, each once. */
export function declarationsOf(project: Project, entities: readonly Entity[]): readonly Occurrence[] {
  const found = new Map<ChunkState, Map<number, Occurrence>>();
  for (const entity of entities) {
    for (const said of linesAbout(project, entity)) {
      const own = found.get(said.state) ?? new Map<number, Occurrence>();
      found.set(said.state, own);
      if (own.has(said.word.start)) continue;
      const block = readingOf(said.state.chunk, project).blocks.find((candidate) => candidate.word.start === said.word.start);
      const term = block?.name;
      own.set(said.word.start, {
        state: said.state,
        span: term ?? said.word,
        declares: true,
        term: term ?? block?.word ?? { kind: 'name', text: '', ...said.word },
        ...(block ? { block } : {}),
      });
    }
  }
  return [...found.values()].flatMap((own) => [...own.values()]);
}

/** Where an entity is declared and refined; a top-level thing has one line, and needs no trace. */
function linesAbout(project: Project, entity: Entity): readonly { readonly state: ChunkState; readonly word: Span }[] {
  if (entity.parent) return saidOf(project, entity, '');
  const holder = project.holderOf(entity);
  const entry = holder && entryOf(holder);
  return holder && entry ? [{ state: holder.state, word: { start: entry.word.start, end: entry.word.end } }] : [];
}

/** Values that name any of some entities. */
export function referencesTo(project: Project, entities: readonly Entity[]): readonly Occurrence[] {
  const wanted = new Set(entities);
  const names = [...new Set(entities.map((entity) => entity.name))];
  const kinds = new Set<string>(entities.map((entity) => entity.kind));
  const found: Occurrence[] = [];
  const look = lookFor(names);
  for (const state of chunksNaming(project, entities)) {
    for (const { mark, part } of namedIn(project, state, readingOf(state.chunk, project), look, kinds)) {
      if (part.entities.some((entity) => wanted.has(entity)))
        found.push({ state, span: part.span, declares: false, term: mark.term, block: mark.block, part, mark });
    }
  }
  return found;
}

/** Parts of a chunk's values that could name things of some names and kinds. */
function* namedIn(
  project: Project,
  state: ChunkState,
  reading: Reading,
  look: Look,
  kinds: ReadonlySet<string>,
): Generator<{ readonly mark: MarkOf<'value'>; readonly part: Part }> {
  for (const mark of reading.marks) {
    if (mark.is !== 'value' || !namesThings(mark.operand.type.kind)) continue;
    if (!look(state.chunk.text.slice(mark.start, mark.end))) continue;
    // The last part of a name has one of its type's kinds; parts in front of it may have any.
    const to = kindsMeant(mark.operand.type.kind);
    if (mark.term.kind !== 'path' && !to.includes('*') && !to.some((kind) => kinds.has(kind))) continue;
    for (const part of partsOf(project, state, mark, 'all')) yield { mark, part };
  }
}

/** In a profile that nobody uses: its own lines. */
function linesOf(project: Project, state: ChunkState, top: Block, kind: string, name: string): readonly Occurrence[] {
  const reading = readingOf(state.chunk, project);
  const own = reading.blocks.find((candidate) => candidate.word.start === top.word.start) ?? top;
  const found: Occurrence[] = [];
  for (const block of reading.blocks)
    if (
      block.name &&
      block.kind.word === kind &&
      (block === own || isBelow(block, own)) &&
      namesOf(block, project).includes(name)
    )
      found.push({ state, span: block.name, declares: true, term: block.name, block });
  for (const mark of reading.marks)
    if (
      mark.is === 'value' &&
      topOf(mark.block) === own &&
      kindsMeant(mark.operand.type.kind).includes(kind) &&
      plainName(mark.term) === name
    )
      found.push({ state, span: mark, declares: false, term: mark.term, block: mark.block, mark });
  return found;
}

function profileOccurrences(project: Project, name: string): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const state of chunksWith(project, lookFor([name]))) {
    for (const mark of readingOf(state.chunk, project).marks) {
      if (mark.is === 'profile' && plainName(mark.term) === name)
        found.push({ state, span: mark, declares: mark.declares, term: mark.term, ...(mark.block ? { block: mark.block } : {}) });
    }
  }
  return found;
}

function letOccurrences(project: Project, name: string): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const state of chunksWith(project, lookFor([name]))) {
    const reading = readingOf(state.chunk, project);
    for (const mark of reading.marks) {
      if (mark.is === 'let' && mark.term.text === name) found.push({ state, span: mark, declares: true, term: mark.term });
      else if (mark.is === 'value' && mark.term.kind === 'name' && mark.term.text === name && isLetUse(project, mark))
        found.push({ state, span: mark, declares: false, term: mark.term, block: mark.block });
    }
    for (const { variable, mark, block } of variableUses(reading)) {
      if (variable.name === name && 'term' in mark && !indexOwner(block, name))
        found.push({ state, span: variable, declares: false, term: mark.term, ...(block ? { block } : {}) });
    }
  }
  return found;
}

function indexOccurrences(project: Project, target: Extract<Target, { readonly is: 'index' }>): readonly Occurrence[] {
  const { state, name } = target;
  const reading = readingOf(state.chunk, project);
  const ownerStart = target.owner?.word.start;
  const found: Occurrence[] = [];
  for (const block of reading.blocks) {
    if (block.word.start !== ownerStart || !block.name) continue;
    for (const index of indexesDeclared(block))
      if (index.name === name && index.span) found.push({ state, span: index.span, declares: true, term: block.name, block });
  }
  for (const { variable, mark, block } of variableUses(reading)) {
    if (variable.name !== name || !('term' in mark) || !block) continue;
    const owner = indexOwner(block, name);
    if (owner?.word.start === ownerStart && topOf(block).word.start === target.top.word.start)
      found.push({ state, span: variable, declares: false, term: mark.term, block });
  }
  return found;
}
