/** The graph of a design beside an older state of it: what both draw, as one, and what differs that no box of the picture shows. */
import { upsert } from '../base/upsert.ts';
import { compareGraphs, countWords, type Difference, grouped } from '../topology/diff.ts';
import type { Graph } from '../topology/graph.ts';
import type { Whole } from '../topology/views/index.ts';
import { type ComparedDesigns, compareDesigns, type EntityChange } from './compare.ts';
import type { Design } from './workspace.ts';

/** An older state of a design. */
export interface Against {
  /** What it is called: `HEAD~1`. */
  readonly label: string;
  /** Undefined where the design did not exist: then everything has been added. */
  readonly design: Design | undefined;
}

/** What a view shows of both states, with everything that differs. */
export interface ComparedWhole extends Whole {
  /** What differs in the picture, in its order. */
  readonly differences: readonly Difference[];
  /** What differs and has no box in this view. */
  readonly undrawn: readonly Difference[];
}

/**
 * Compares what a view shows of two states.
 * @param now the view of the present state
 * @param then the same view of the older one
 */
export function compareWholes(design: Design, now: Whole, against: Against, then: Whole | undefined): ComparedWhole {
  const before = then?.graph ?? { ...now.graph, nodes: [], edges: [], networks: [] };
  const designs = compareDesigns(against.design, design);
  const { words, undrawn } = wordsOf(designs, before, now.graph);
  const { differences, graph } = compareGraphs(before, now.graph, { ...designs, words });
  const gone = new Set(graph.nodes.filter(({ change }) => change === 'removed').map(({ id }) => id));
  let about: ReturnType<Whole['about']> | undefined;
  return {
    graph: { ...graph, against: against.label },
    about: () => {
      about ??= aboutBoth(gone, now, then, designs);
      return about;
    },
    entity: now.entity,
    told: (folded) => {
      const present = now.told(folded);
      const lost = folded.graph.nodes.filter(({ id }) => gone.has(id));
      if (then === undefined || lost.length === 0) return present;
      const old = then.told({ ...folded, graph: { ...folded.graph, nodes: lost, edges: [] } }).nodes;
      const byId = new Map(old.map((node) => [node.id, node]));
      return { ...present, nodes: present.nodes.map((node) => byId.get(node.id) ?? node) };
    },
    differences,
    undrawn: undrawn.map(plainChange),
  };
}

/** What is gone can be chosen by the names that it had. */
function aboutBoth(
  gone: ReadonlySet<string>,
  now: Whole,
  then: Whole | undefined,
  { same }: ComparedDesigns,
): ReturnType<Whole['about']> {
  const about = new Map(now.about());
  for (const [old, known] of then?.about() ?? []) {
    const id = same(old) ?? old;
    if (gone.has(id)) about.set(id, known);
  }
  return about;
}

/** What differs, as people read it. */
export interface DifferenceLists {
  /** In the picture, in its order. */
  readonly changes: readonly Difference[];
  /** What has no box in the picture. */
  readonly elsewhere: readonly Difference[];
  /** `2 added, 1 changed`: things of the picture. */
  readonly counts: string;
}

/** The lists of what differs: in a part of the picture, and elsewhere. Like changes are one line. */
export function differencesIn({ differences, undrawn }: ComparedWhole, part: Graph): DifferenceLists {
  const shown = new Set(part.nodes.map(({ id }) => id));
  const changes = differences.filter(({ id }) => shown.has(id));
  const elsewhere = [...differences.filter(({ id }) => !shown.has(id)), ...undrawn];
  return { changes: grouped(changes), elsewhere: grouped(elsewhere), counts: countWords(changes) };
}

const plainChange = ({ change, id, label, role, what }: EntityChange): Difference => ({
  change,
  id,
  label,
  role,
  ...(what === undefined ? {} : { what }),
});

interface Rolled {
  readonly role: string;
  readonly name: string;
  readonly text: string;
}

/**
 * What the model says of each box: what differs on itself, then on the parts of it that the view draws no boxes of (disks, ports).
 * What is in no box is left over.
 */
function wordsOf(
  { changes, isKnown, same }: ComparedDesigns,
  before: Graph,
  after: Graph,
): { readonly words: (id: string) => readonly string[] | undefined; readonly undrawn: readonly EntityChange[] } {
  const parents = new Map(after.nodes.map(({ id, parent }) => [id, parent]));
  const gone = new Set(before.nodes.map(({ id }) => id).filter((id) => same(id) === undefined));
  const stays = new Set(before.nodes.map(({ id, parent }) => JSON.stringify([same(id), parent && same(parent)])));
  const own = new Map<string, readonly string[]>();
  const inside = new Map<string, Rolled[]>();
  const undrawn: EntityChange[] = [];
  const drawn = (id: string): boolean => parents.has(id) || gone.has(id);
  for (const change of changes) {
    const { change: became, id, move, name, parent, role, what, words } = change;
    if (drawn(id)) {
      const isTold = move === undefined || !stays.has(JSON.stringify([id, parents.get(id)]));
      own.set(id, [...(isTold ? [] : [move]), ...words]);
      continue;
    }
    let around = parent;
    while (around !== undefined && !drawn(around)) around = outer(around);
    if (around === undefined) {
      undrawn.push(change);
      continue;
    }
    const text = became === 'added' || became === 'removed' ? became : (what ?? '');
    const known = inside.get(around);
    const rolled = { role, name, text };
    if (known === undefined) inside.set(around, [rolled]);
    else known.push(rolled);
  }
  return {
    words: (id) => (isKnown(id) ? [...(own.get(id) ?? []), ...rolledUp(inside.get(id) ?? [])] : undefined),
    undrawn,
  };
}

/** `host:esx1/nic:n0` stands in `host:esx1`. */
const outer = (id: string): string | undefined => (id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : undefined);

const mostNamed = 4;

/** `NIC vmnic0, vmnic1: speed 1Gbps → 10Gbps`; `disk disk2 added`. */
function rolledUp(parts: readonly Rolled[]): readonly string[] {
  const groups = new Map<string, Rolled[]>();
  for (const part of parts) {
    const key = JSON.stringify([part.role, part.text]);
    upsert(groups, key, () => []).push(part);
  }
  return [...groups.values()].map((group) => {
    const [{ role, text } = { role: '', text: '' }] = group;
    const names = group.slice(0, mostNamed).map(({ name }) => name);
    const more = group.length > mostNamed ? ` and ${group.length - mostNamed} more` : '';
    const isWhole = text === 'added' || text === 'removed';
    return `${role} ${names.join(', ')}${more}${isWhole ? ' ' : ': '}${text}`;
  });
}
