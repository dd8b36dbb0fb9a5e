/** What the name at a place stands for: a thing, a profile, a named value, the index of a range. */
import type { Span } from '../../base/span.ts';
import type { Entity } from '../../model/entity.ts';
import type { ChunkState, Project } from '../../model/project.ts';
import { type Place, readingAt } from '../place.ts';
import { type Block, isBelow, type Mark, type MarkOf, markAt, type Reading, topOf } from '../reading/marks.ts';
import { namesOf } from '../reading/reading.ts';
import { plainName } from '../reading/walk.ts';
import { boundOf } from './bound.ts';
import { indexOwner, variablesIn } from './expressions.ts';
import { isReckoned, kindsMeant, partsOf } from './resolve.ts';

export type Target =
  | { readonly is: 'things'; readonly entities: readonly Entity[] }
  /** A thing that stands in a profile which nobody uses: it has no entity, only lines. */
  | { readonly is: 'lines'; readonly state: ChunkState; readonly top: Block; readonly kind: string; readonly name: string }
  | { readonly is: 'profile'; readonly name: string }
  | { readonly is: 'let'; readonly name: string }
  /** `owner`: the block whose range declares it; absent in a profile, where it is the user's. */
  | { readonly is: 'index'; readonly name: string; readonly state: ChunkState; readonly owner?: Block; readonly top: Block };

export interface Targeted {
  readonly target: Target;
  /** The name itself. */
  readonly span: Span;
  readonly mark: Mark;
}

export function targetAt(place: Place): Targeted | undefined {
  const project = place.design?.project;
  const { state } = place;
  if (!project || !state) return undefined;
  const reading = readingAt(place);
  const mark = markAt(reading, place.offset);
  if (!mark) return undefined;
  const block = 'block' in mark ? mark.block : undefined;
  const variable = 'term' in mark ? variablesIn(mark.term).find((candidate) => on(candidate, place.offset)) : undefined;
  if (variable) {
    const target = variableTarget(project, state, variable.name, block);
    return target && { target, span: variable, mark };
  }
  const declared = mark.is === 'name' && mark.term.kind === 'path' ? indexAt(mark, place.offset) : undefined;
  if (declared && block)
    return { target: { is: 'index', name: declared.text, state, owner: block, top: topOf(block) }, span: declared, mark };
  switch (mark.is) {
    case 'name':
      return { target: thingsOf(project, state, mark.block), span: mark, mark };
    case 'profile': {
      const name = plainName(mark.term);
      return name === undefined ? undefined : { target: { is: 'profile', name }, span: mark, mark };
    }
    case 'let':
      return { target: { is: 'let', name: mark.term.text }, span: mark, mark };
    case 'value':
      return valueTarget(project, state, reading, mark, place.offset);
    default:
      return undefined;
  }
}

const on = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;

function indexAt(mark: MarkOf<'name'>, offset: number): (Span & { readonly text: string }) | undefined {
  if (mark.term.kind !== 'path') return undefined;
  for (const piece of mark.term.pieces)
    if (piece.kind === 'index' && piece.variable && on(piece.variable, offset)) return piece.variable;
  return undefined;
}

function variableTarget(project: Project, state: ChunkState, name: string, block: Block | undefined): Target | undefined {
  const owner = indexOwner(block, name);
  if (block && owner) return { is: 'index', name, state, owner, top: topOf(block) };
  if (project.letSource(name)) return { is: 'let', name };
  return block && topOf(block).profile !== undefined ? { is: 'index', name, state, top: topOf(block) } : undefined;
}

function thingsOf(project: Project, state: ChunkState, block: Block): Target {
  const bound = boundOf(project, state, block, 'all');
  if (bound.length > 0) return { is: 'things', entities: [...new Set(bound.map(({ entity }) => entity))] };
  return { is: 'lines', state, top: topOf(block), kind: block.kind.word, name: namesOf(block, project)[0] ?? '' };
}

function valueTarget(
  project: Project,
  state: ChunkState,
  reading: Reading,
  mark: MarkOf<'value'>,
  offset: number,
): Targeted | undefined {
  const { term } = mark;
  const { kind } = mark.operand.type;
  if (term.kind === 'name' && isLetUse(project, mark)) return { target: { is: 'let', name: term.text }, span: mark, mark };
  const partAt = (extent: 'few' | 'all') => partsOf(project, state, mark, extent).find((candidate) => on(candidate.span, offset));
  const some = partAt('few');
  // Only where arithmetic makes the name, every member may mean another thing.
  const part = some && isReckoned(term) && some.entities.length > 1 ? partAt('all') : some;
  if (part && part.entities.length > 0 && !part.glob)
    return { target: { is: 'things', entities: part.entities }, span: part.span, mark };
  const name = plainName(term);
  const top = topOf(mark.block);
  // In a profile that nobody uses, names mean what the profile itself declares.
  const local =
    name === undefined
      ? undefined
      : reading.blocks.find(
          (candidate) =>
            isBelow(candidate, top) &&
            kindsMeant(kind).includes(candidate.kind.word) &&
            namesOf(candidate, project).includes(name),
        );
  return local && name !== undefined && top.profile !== undefined
    ? { target: { is: 'lines', state, top, kind: local.kind.word, name }, span: mark, mark }
    : undefined;
}

/** Whether a bare word stands for a named value; where a name as such could be meant, it does not. */
export function isLetUse(project: Project, mark: MarkOf<'value'>): boolean {
  const { is } = mark.operand.type.kind;
  return (
    mark.term.kind === 'name' &&
    is !== 'ref' &&
    is !== 'port' &&
    is !== 'choice' &&
    is !== 'yesno' &&
    is !== 'word' &&
    project.letSource(mark.term.text) !== undefined
  );
}
