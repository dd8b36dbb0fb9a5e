/**
 * From the text to the model: which entities a block says something about. A range has several, a profile those of all its users.
 * The trace of lowering knows, so nothing is guessed here.
 */
import type { Trace } from '../../analysis/locate.ts';
import { pathInUnit, traceOf } from '../../analysis/locate.ts';
import { type Entity, walk } from '../../model/entity.ts';
import { type ChunkState, entryOf, type Holder, type Project } from '../../model/project.ts';
import { membersOf } from '../../model/terms.ts';
import { type Block, topOf } from '../reading/marks.ts';
import { profileUsers } from './profiles.ts';

/** An entity that a block is about, with the range indexes that hold for it. */
export interface Bound {
  readonly entity: Entity;
  readonly vars: ReadonlyMap<string, number>;
}

/** Which members to look at: the first of all, some, the first and the last, the first of each line that declares some, or all. */
export type Extent = 'first' | 'few' | 'ends' | 'each' | 'all';

/** More members than this of one line or profile are not looked at one by one. */
const most = 2_000;

const noProblems = (): void => {};

/** Holders that an outermost block makes: its own members, or for a profile those of its users. */
export function holdersOf(project: Project, state: ChunkState, top: Block, extent: Extent): readonly Holder[] {
  const lines =
    top.profile !== undefined
      ? profileUsers(project, top.profile).map((user) => user.holders)
      : [state.holders.filter((holder) => entryOf(holder)?.start === top.entry.start)];
  if (extent === 'each') return lines.flatMap((holders) => holders.slice(0, 1)).slice(0, most);
  const holders = lines.flat();
  if (extent === 'ends') return holders.filter((_, at) => at === 0 || at === holders.length - 1);
  return holders.slice(0, extent === 'first' ? 1 : extent === 'few' ? few : most);
}

const few = 6;

const indexes = new WeakMap<Trace, ReadonlyMap<ChunkState, ReadonlyMap<number, readonly Entity[]>>>();

/** Entities of a unit by the place of the word that says something about them. */
function entitiesByWord(project: Project, holder: Holder): ReadonlyMap<ChunkState, ReadonlyMap<number, readonly Entity[]>> {
  const trace = traceOf(project, holder);
  const known = indexes.get(trace);
  if (known && holderIsSame(known, holder)) return known;
  const index = new Map<ChunkState, Map<number, Entity[]>>();
  for (const entity of walk(holder.unit.root)) {
    for (const origin of trace.origins.get(`${pathInUnit(entity)}#`) ?? []) {
      const words = index.get(origin.state) ?? new Map<number, Entity[]>();
      index.set(origin.state, words);
      const list = words.get(origin.word.start);
      if (!list) words.set(origin.word.start, [entity]);
      else if (!list.includes(entity)) list.push(entity);
    }
  }
  indexes.set(trace, index);
  return index;
}

/** Views are made anew when data changes, even where every place stays. */
function holderIsSame(index: ReadonlyMap<ChunkState, ReadonlyMap<number, readonly Entity[]>>, holder: Holder): boolean {
  for (const words of index.values()) for (const [entity] of words.values()) return entity?.unit === holder.unit;
  return false;
}

/** What a block is about. */
export function boundOf(project: Project, state: ChunkState, block: Block, extent: Extent): readonly Bound[] {
  const found: Bound[] = [];
  for (const holder of holdersOf(project, state, topOf(block), extent)) {
    // A line at the top is about its own members; what stands deeper, or in a profile, the trace knows.
    const entities = block.parent
      ? (entitiesByWord(project, holder).get(state)?.get(block.word.start) ?? [])
      : [holder.unit.root];
    for (const entity of extent === 'first' || extent === 'each' ? entities.slice(0, 1) : entities) {
      found.push({ entity, vars: varsOf(project, holder, block, entity) });
      if (found.length >= most) return found;
    }
  }
  return found;
}

/** Range indexes that hold where a block speaks about an entity. */
function varsOf(project: Project, holder: Holder, block: Block, entity: Entity): ReadonlyMap<string, number> {
  const env = project.environment();
  const scopeOf = (vars: ReadonlyMap<string, number>) => ({ vars, let: env.let });
  let vars: ReadonlyMap<string, number> = new Map();
  const member = (term: Block['name'], names: readonly string[]): void => {
    if (term && term.kind !== 'name' && term.kind !== 'text')
      vars = membersOf(term, scopeOf(vars), noProblems).find((candidate) => names.includes(candidate.name))?.vars ?? vars;
  };
  member(entryOf(holder)?.groups[0]?.[0], [holder.data.name]);
  const chain: Block[] = [];
  for (let at: Block | undefined = block; at?.parent; at = at.parent) chain.unshift(at);
  const around: string[] = [];
  for (let at: Entity | undefined = entity; at; at = at.parent) around.push(at.name);
  for (const step of chain) member(step.name, around);
  return vars;
}
