/** What the names in a value stand for, each part of a path by itself. */
import type { Span } from '../../base/span.ts';
import { childrenOf, type Entity, is } from '../../model/entity.ts';
import type { ChunkState, Project } from '../../model/project.ts';
import { expandPath } from '../../model/terms.ts';
import type { Ref, ValueKind } from '../../schema/types.ts';
import { type KindName, kinds } from '../../schema/vocabulary.ts';
import type { Expr, Piece, Term } from '../../syntax/ast.ts';
import type { MarkOf } from '../reading/marks.ts';
import { type Bound, boundOf, type Extent } from './bound.ts';

/** One part of a name and what it means. */
export interface Part {
  readonly span: Span;
  readonly entities: readonly Entity[];
  /** The text has `*` in it. */
  readonly glob: boolean;
  /** Kinds that could be meant here. */
  readonly to: readonly string[];
}

const noProblems = (): void => {};

/** Whether values of a type can name things. */
export function namesThings(kind: ValueKind): boolean {
  return kind.is === 'ref' || kind.is === 'port' || kind.is === 'address';
}

/** Kinds that a type's names may have. */
export function kindsMeant(kind: ValueKind): readonly string[] {
  return kind.is === 'ref' ? kind.to : kind.is === 'port' ? ['switch'] : kind.is === 'address' ? ['network'] : [];
}

/** Kinds that stand inside of others, so that where a name is said can matter. */
const nested = new Set(Object.values(kinds).flatMap((kind) => kind.children as readonly string[]));

/** Stands for any place in a design, where only names of the whole design are looked up. */
const anywhere: Bound = (() => {
  const unit = { id: '', serial: -1 } as { id: string; serial: number; root: Entity };
  const entity = { kind: 'design', name: '', props: {}, children: [], unit } as unknown as Entity;
  unit.root = entity;
  return { entity, vars: new Map() };
})();

/** Whether arithmetic makes part of a name. */
export function isReckoned(term: Term): boolean {
  if (term.kind === 'expr') return true;
  if (term.kind === 'text') return term.plain === undefined;
  return (
    term.kind === 'path' &&
    term.pieces.some(
      (piece) =>
        (piece.kind === 'call' && hasVariable(piece.expr)) ||
        (piece.kind === 'quoted' && piece.text.plain === undefined) ||
        (piece.kind === 'index' &&
          piece.items.some((item) => hasVariable(item.from) || (item.to !== undefined && hasVariable(item.to)))),
    )
  );
}

function hasVariable(expr: Expr): boolean {
  return expr.kind === 'var' || (expr.kind === 'op' && (hasVariable(expr.left) || hasVariable(expr.right)));
}

/** What a value's names mean. `first` looks at one member of each range, which is enough where no arithmetic makes the name. */
export function partsOf(project: Project, state: ChunkState, mark: MarkOf<'value'>, extent: Extent = 'first'): readonly Part[] {
  const { term, operand, block } = mark;
  const { kind } = operand.type;
  if (!namesThings(kind)) return [];
  const to = kindsMeant(kind);
  const reckoned = isReckoned(term);
  const placed = reckoned || to.some((word) => word !== '*' && nested.has(word as KindName));
  const bound = placed ? boundOf(project, state, block, reckoned ? extent : extent === 'all' ? 'each' : 'first') : [anywhere];
  const parts = new Map<number, { span: Span; entities: Set<Entity>; glob: boolean; to: readonly string[] }>();
  const spans = segmentSpans(term);
  for (const { entity: from, vars } of bound.length > 0 ? bound : [anywhere]) {
    for (const { segments, glob, host } of expandPath(
      term,
      { vars, let: (name) => project.environment().let(name) },
      noProblems,
    )) {
      if (kind.is === 'address' && host === undefined) continue;
      const found = meant(project, from, { ref: segments, ...(glob ? { glob } : {}) }, kind, to);
      segments.forEach((_, at) => {
        const span = spans[at];
        if (!span) return;
        const part = parts.get(at) ?? { span, entities: new Set<Entity>(), glob, to: at === segments.length - 1 ? to : ['*'] };
        parts.set(at, part);
        for (const entity of found[at] ?? []) part.entities.add(entity);
      });
    }
  }
  return [...parts.values()].map((part) => ({ ...part, entities: [...part.entities] }));
}

/** Entities for each segment of a name. */
function meant(project: Project, from: Entity, ref: Ref, kind: ValueKind, to: readonly string[]): readonly (readonly Entity[])[] {
  const { model } = project;
  const [first = '', ...rest] = ref.ref;
  if (kind.is === 'port') {
    const devices = model.candidates({ ref: [first] }, from, ['switch']);
    return [
      devices,
      rest.length === 0
        ? []
        : devices.flatMap((device) => device.children.filter((child) => child.kind === 'port' && child.name === rest[0])),
    ];
  }
  const ends = endsOf(project, from, ref, to);
  // Parts in front of the last are what the things found stand in.
  return ref.ref.map((segment, at) =>
    at === ref.ref.length - 1 && !ref.glob && ends.some((entity) => entity.name === segment)
      ? ends
      : at === ref.ref.length - 1 && ref.glob
        ? ends
        : [...new Set(ends.flatMap((entity) => around(entity).filter((candidate) => candidate.name === segment)))],
  );
}

function endsOf(project: Project, from: Entity, ref: Ref, to: readonly string[]): readonly Entity[] {
  const { model } = project;
  // The uplinks of a distributed switch are names on each of its hosts.
  const root = from.unit.root;
  if (is(root, 'dvswitch') && to.includes('nic') && ref.ref.length === 1) {
    const nics = model.resolveAll(root.props.hosts, root, 'host').flatMap((host) => childrenOf(host, 'nic'));
    return nics.filter((nic) => nic.name === ref.ref[0]);
  }
  if (ref.glob) return to.includes('*') ? [] : model.resolveAll([ref], from, ...(to as KindName[]));
  return model.candidates(ref, from, to);
}

function around(entity: Entity): readonly Entity[] {
  const list: Entity[] = [];
  for (let at: Entity | undefined = entity; at; at = at.parent) list.push(at);
  return list;
}

/** Where each segment of a name stands; the `.host(…)` of an address is none. */
export function segmentSpans(term: Term): readonly Span[] {
  if (term.kind !== 'path') return [{ start: term.start, end: term.end }];
  const groups = segmentPieces(term.pieces);
  return groups.map((pieces) => ({ start: pieces[0]?.start ?? term.start, end: pieces.at(-1)?.end ?? term.start }));
}

/** Pieces of a path by segment. */
export function segmentPieces(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const groups: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === 'dot' || piece.kind === 'slash') groups.push([]);
    else groups.at(-1)?.push(piece);
  }
  return groups;
}
