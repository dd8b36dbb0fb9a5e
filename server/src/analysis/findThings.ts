/** Things of a picture by what somebody remembers of them: name, label, address, what their box says. Those in shut boxes too. */
import { addressesOf } from '../facts/network.ts';
import { type Entity, pathOf } from '../model/entity.ts';
import type { Model } from '../model/model.ts';
import type { FoundThing } from '../topology/choice.ts';
import type { Choice } from '../topology/views/index.ts';
import { type Sketch, sketchOf } from './picture.ts';
import type { Design, Workspace } from './workspace.ts';

/** More are no help to who looks for one. */
const mostFound = 100;

/** The things of a choice that a text means, the best matches first; an id means that thing only. Rejects with a `SelectionProblem` when the choice means nothing. */
export async function findThings(
  workspace: Workspace,
  design: Design,
  choice: Choice,
  text: string,
  pause?: () => Promise<void>,
): Promise<readonly FoundThing[]> {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const sketch = await sketchOf(workspace, design, choice, pause);
  const words = wordsOf(sketch, design.project.model);
  const found: { readonly at: number; readonly rank: number }[] = [];
  for (const [at, { haystack, id, names }] of words.entries()) {
    if (id === text.trim()) return [foundAt(sketch, at)];
    const rank = rankOf(wanted, names, haystack);
    if (rank !== undefined) found.push({ at, rank });
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, mostFound)
    .map(({ at }) => foundAt(sketch, at));
}

interface Words {
  readonly id: string;
  readonly names: readonly string[];
  readonly haystack: string;
}

const known = new WeakMap<Sketch, readonly Words[]>();

function wordsOf(sketch: Sketch, model: Model): readonly Words[] {
  const before = known.get(sketch);
  if (before) return before;
  const words = sketch.part.nodes.map(({ detail = '', facts = [], id, label }): Words => {
    const entity = sketch.entity(id);
    const names = [label, ...(entity ? [entity.name, pathOf(entity)] : [])].map((name) => name.toLowerCase());
    const said = [detail, ...facts.map((fact) => fact.value), ...(entity ? addressesIn(entity, model) : [])];
    return { id, names, haystack: said.join('\n').toLowerCase() };
  });
  known.set(sketch, words);
  return words;
}

/** Addresses of a thing, and of its parts that have no box of their own. */
function addressesIn(entity: Entity, model: Model): readonly string[] {
  const own = addressesOf(entity, model).flatMap(({ ip }) => ip?.text ?? []);
  if (entity.kind !== 'vm') return own;
  return [...own, ...entity.children.flatMap((child) => addressesOf(child, model).flatMap(({ ip }) => ip?.text ?? []))];
}

/** The name itself, its beginning, a part of it, or something that is said of it. */
function rankOf(wanted: string, names: readonly string[], haystack: string): number | undefined {
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  if (names.some((name) => name.includes(wanted))) return 2;
  return haystack.includes(wanted) ? 3 : undefined;
}

function foundAt({ folded, part }: Sketch, at: number): FoundThing {
  const node = part.nodes[at];
  if (node === undefined) throw new Error('a thing that was found is gone');
  const { detail, id, label, role } = node;
  return {
    id,
    role,
    label,
    ...(detail === undefined ? {} : { detail }),
    shownAs: folded.shownAs(id) ?? id,
    within: folded.within(id),
  };
}
