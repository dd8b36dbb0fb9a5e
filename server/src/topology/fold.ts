/**
 * Folding: a shut box stands for everything in it. What is shut follows from the size of the picture, from the inside out (devices
 * first, then like things, racks and clusters, rooms, sites, at last crowds), until it can be read; what the user has opened or shut
 * goes before that, up to a number of boxes that can still be drawn. Pure: graph in, graph out.
 */
import { atOnce } from '../base/steps.ts';
import type { FoldChoice } from './choice.ts';
import { type Box, boxesOf, countsOf, crowded, heldWords, isGroup } from './foldTree.ts';
import type { Graph, GraphEdge, GraphMark, GraphNode, NodeRole } from './graph.ts';

/** Numbers of boxes. */
export interface FoldLimits {
  /** A picture of up to so many is drawn open. */
  readonly legible?: number;
  /** More than this is not drawn, whatever the user has opened. */
  readonly most?: number;
}

export interface Folded {
  readonly graph: Graph;
  /** Id of the box that a thing is drawn as: itself, or the shut one that it is in; `undefined` for what is not in the graph. */
  readonly shownAs: (id: string) => string | undefined;
  /** Shut boxes around a thing, outermost first: open, they show it. */
  readonly within: (id: string) => readonly string[];
  /** What stayed shut although the user opened it, in words. */
  readonly note?: string;
}

/** Boxes that are read without searching; what a picture opens with. */
export const legible = 200;
/** Boxes that are laid out in bearable time. */
export const most = 1200;
/** Chips in the legend of networks. */
const mostNetworks = 120;

/** What is shut at which step, when a picture is too large; the inner before the outer. */
const steps: Readonly<Partial<Record<NodeRole, number>>> = { room: 4, site: 5, rack: 3, cluster: 3, service: 3, network: 3 };
const laterSteps: ReadonlySet<string> = new Set(['zone', 'product', 'fabric']);
const groupStep = 2;
const lastStep = 5;
const never = Number.POSITIVE_INFINITY;

function stepOf(box: Box): number {
  if (isGroup(box)) return groupStep;
  // Who opens a device wants to see all of it.
  if (box.parent !== undefined && !isGroup(box.parent) && [1, never].includes(stepOf(box.parent))) return never;
  return steps[box.role] ?? (laterSteps.has(box.role) ? 3 : 1);
}

/** Folds a graph. Ids of boxes stay; a box for several like things is called after its first member (`all:host:h1`). */
export function fold(graph: Graph, choice: FoldChoice = {}, limits: FoldLimits = {}): Folded {
  return atOnce(foldSteps(graph, choice, limits));
}

/** The same in steps of a few milliseconds each, so that whoever folds a large graph can let others go first. */
export function* foldSteps(graph: Graph, choice: FoldChoice = {}, limits: FoldLimits = {}): Generator<undefined, Folded> {
  const { legible: enough = legible, most: bound = most } = limits;
  const shut = new Set(choice.shut);
  // What the user shuts must not open something else, so the size of all of it decides.
  const small = graph.nodes.length <= enough && graph.edges.filter(isLine).length <= enough * linesPerBox;
  const gathered = boxesOf(graph, !small);
  const { byId } = gathered;
  yield;
  let step = 0;
  if (!small)
    for (step = 1; step < lastStep; step += 1) {
      const isLegibleNow = isLegible(graph, gathered.roots, enough, (box) => stepOf(box) > step);
      yield;
      if (isLegibleNow) break;
    }
  const inView = (boxes: readonly Box[]): number => countSeen(boxes, (box) => stepOf(box) > step);
  const roots = small ? gathered.roots : crowded(gathered.roots, byId, inView(gathered.roots) - enough / 2, inView);
  const said = choice.open ?? [];
  const opened = (said.includes(everything) ? outerFirst(byId.values()) : said).filter((id) => !shut.has(id));
  // More opened boxes never mean fewer to draw: the first so many that can be drawn are found by halving.
  const seen = (count: number): number => {
    const open = new Set(opened.slice(0, count));
    return countSeen(roots, (box) => isOpen(box, step, shut, open));
  };
  let honoured = opened.length;
  if (seen(honoured) > bound) {
    let tooMany = honoured;
    honoured = 0;
    while (tooMany - honoured > 1) {
      const middle = (honoured + tooMany) >> 1;
      if (seen(middle) > bound) tooMany = middle;
      else honoured = middle;
    }
  }
  yield;
  const open = new Set(opened.slice(0, honoured));
  const shown = show(roots, (box) => isOpen(box, step, shut, open));
  const refused = opened.slice(honoured).filter((id) => shown.get(byId.get(id)?.id ?? '')?.id === id).length;
  const shownAs = (id: string): string | undefined => shown.get(id)?.id;
  yield;
  return {
    graph: yield* draw(graph, byId, shown, (box) => isOpen(box, step, shut, open)),
    shownAs,
    within: (id) => {
      const out: string[] = [];
      for (let at = byId.get(id)?.parent; at !== undefined; at = at.parent) if (!isOpen(at, step, shut, open)) out.unshift(at.id);
      return out;
    },
    ...(refused === 0
      ? {}
      : {
          note: `More than ${bound} boxes cannot be drawn at once: ${refused === 1 ? 'one box that was opened stays' : `${refused} boxes that were opened stay`} folded. Fold others, or choose a part of the design.`,
        }),
  };
}

const everything = '*';

/** Ids of all boxes that hold others, so that opening only some of them opens whole layers. */
function outerFirst(boxes: Iterable<Box>): readonly string[] {
  const depths = new Map<string, number>();
  for (const box of boxes) {
    if (box.children.length === 0) continue;
    let depth = 0;
    for (let at = box.parent; at !== undefined; at = at.parent) depth += 1;
    depths.set(box.id, depth);
  }
  return [...depths].sort(([, a], [, b]) => a - b).map(([id]) => id);
}

/** Lines beside a box that can still be followed with the eye. */
const linesPerBox = 1.25;
/** Membership and supply are signs on the boxes as a rule, and no lines. */
const isLine = ({ role }: GraphEdge): boolean => role !== 'network' && role !== 'power';

/** Whether so much can be read: not too many boxes, and not too many lines between them. */
function isLegible(graph: Graph, roots: readonly Box[], enough: number, isOpenBox: (box: Box) => boolean): boolean {
  if (countSeen(roots, isOpenBox) > enough) return false;
  const shown = show(roots, isOpenBox);
  const places = new Map<Box, number>();
  for (const box of shown.values()) if (!places.has(box)) places.set(box, places.size);
  const placeOf = (id: string): number | undefined => {
    const box = shown.get(id);
    return box && places.get(box);
  };
  const lines = new Set<number>();
  for (const edge of graph.edges) {
    const from = placeOf(edge.from);
    const to = placeOf(edge.to);
    if (from === undefined || to === undefined || from === to || !isLine(edge)) continue;
    lines.add(Math.min(from, to) * places.size + Math.max(from, to));
  }
  return lines.size <= enough * linesPerBox;
}

function isOpen(box: Box, step: number, shut: ReadonlySet<string>, open: ReadonlySet<string>): boolean {
  return !shut.has(box.id) && (open.has(box.id) || stepOf(box) > step);
}

function countSeen(boxes: readonly Box[], isOpenBox: (box: Box) => boolean): number {
  let count = 0;
  const left = [...boxes];
  for (let box = left.pop(); box !== undefined; box = left.pop()) {
    count += 1;
    if (box.children.length > 0 && isOpenBox(box)) for (const child of box.children) left.push(child);
  }
  return count;
}

/** The box that each box is drawn as. */
function show(roots: readonly Box[], isOpenBox: (box: Box) => boolean): ReadonlyMap<string, Box> {
  const shown = new Map<string, Box>();
  const left: (readonly [Box, Box | undefined])[] = roots.map((box) => [box, undefined]);
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [box, inside] = next;
    shown.set(box.id, inside ?? box);
    if (box.children.length === 0) continue;
    const cover = inside ?? (isOpenBox(box) ? undefined : box);
    for (const child of box.children) left.push([child, cover]);
  }
  return shown;
}

function* draw(
  graph: Graph,
  byId: ReadonlyMap<string, Box>,
  shown: ReadonlyMap<string, Box>,
  isOpenBox: (box: Box) => boolean,
): Generator<undefined, Graph> {
  const nodes: GraphNode[] = [];
  const done = new Set<Box>();
  const emit = (box: Box): void => {
    if (done.has(box)) return;
    done.add(box);
    // A box for like things comes before its first member, which the graph lists; so do those around it.
    if (box.parent !== undefined && isGroup(box.parent) && shown.get(box.parent.id) === box.parent) emit(box.parent);
    nodes.push(nodeOf(box, shown, isOpenBox));
  };
  let hidden = false;
  for (const { id } of graph.nodes) {
    const box = shown.get(id);
    if (box === undefined) continue;
    if (box.id !== id) hidden = true;
    emit(box);
  }
  const networks = legendOf(graph, nodes);
  if (!hidden && nodes.length === graph.nodes.length) return { ...graph, nodes, networks };
  yield;
  const counts = countsOf(byId.values());
  yield;
  return { ...graph, nodes, edges: edgesOf(graph.edges, shown), networks, counts };
}

/** The networks that the picture shows a colour of, as many as a legend can hold. */
function legendOf(graph: Graph, nodes: readonly GraphNode[]): Graph['networks'] {
  if (graph.networks.length <= mostNetworks) return graph.networks;
  const worn = new Set(nodes.flatMap((node) => (node.role === 'network' ? [] : (node.network ?? []))));
  const first = graph.networks.filter(({ id }) => worn.has(id));
  return (first.length > 0 ? first : graph.networks).slice(0, mostNetworks);
}

function nodeOf(box: Box, shown: ReadonlyMap<string, Box>, isOpenBox: (box: Box) => boolean): GraphNode {
  const { parent: _, ...own } = box.node;
  const parent = box.parent === undefined ? {} : { parent: box.parent.id };
  const links = linksOf(box.node, box, shown);
  if (box.children.length === 0) return { ...own, ...parent, ...links };
  if (isOpenBox(box)) return { ...own, ...parent, ...links, fold: 'open' };
  return { ...standIn(box, shown), ...parent };
}

function linksOf(node: GraphNode, box: Box, shown: ReadonlyMap<string, Box>): Pick<GraphNode, 'links'> {
  if (node.links === undefined) return {};
  const links = new Set(node.links.map((id) => shown.get(id)?.id ?? id));
  links.delete(box.id);
  return { links: [...links] };
}

/** A shut box: what it says, and what is to be said of the things in it. */
function standIn(box: Box, shown: ReadonlyMap<string, Box>): GraphNode {
  const { parent: _, ...own } = box.node;
  const links = new Set(own.links?.map((id) => shown.get(id)?.id ?? id));
  const shared = new Set(own.shared);
  const within: Box[] = [];
  const left = [...box.children];
  for (let inner = left.pop(); inner !== undefined; inner = left.pop()) {
    within.push(inner);
    for (const id of inner.node.links ?? []) links.add(shown.get(id)?.id ?? id);
    for (const sets of inner.node.shared ?? []) shared.add(sets);
    for (const child of inner.children) left.push(child);
  }
  links.delete(box.id);
  const held = heldWords(countsOf(within));
  const said =
    held.main === undefined || isGroup(box)
      ? { facts: [...(own.facts ?? []), ...(held.all === undefined ? [] : [{ label: 'Holds', value: held.all }])] }
      : {
          detail: held.main,
          facts: [
            ...(own.detail === undefined ? [] : [{ label: 'Says', value: own.detail }]),
            ...(own.facts ?? []),
            { label: 'Holds', value: held.all ?? held.main },
          ],
        };
  return {
    ...own,
    ...said,
    ...(links.size > 0 ? { links: [...links] } : {}),
    ...(shared.size > 0 ? { shared: [...shared] } : {}),
    fold: 'shut',
  };
}

interface Joined {
  readonly first: GraphEdge;
  readonly from: string;
  readonly to: string;
  readonly all: GraphEdge[];
}

/** Lines end at the box that their ends are drawn as; several of one role between the same two boxes become one. */
function edgesOf(edges: readonly GraphEdge[], shown: ReadonlyMap<string, Box>): readonly GraphEdge[] {
  const joined = new Map<string, Joined>();
  const moved = new Set<Joined>();
  for (const edge of edges) {
    const from = shown.get(edge.from)?.id;
    const to = shown.get(edge.to)?.id;
    if (from === undefined || to === undefined || (from === to && edge.from !== edge.to)) continue;
    const [one, other] = from < to ? [from, to] : [to, from];
    const key = `${edge.role} ${one.length} ${one} ${other}`;
    let known = joined.get(key);
    if (known === undefined) {
      known = { first: edge, from, to, all: [] };
      joined.set(key, known);
    }
    known.all.push(edge);
    if (from !== edge.from || to !== edge.to) moved.add(known);
  }
  return [...joined.values()].flatMap((line) => (moved.has(line) ? [oneLine(line)] : line.all));
}

function oneLine({ first, from, to, all }: Joined): GraphEdge {
  const count = all.reduce((sum, edge) => sum + (edge.count ?? 1), 0);
  const same = <K extends 'network' | 'lag' | 'label'>(key: K): Partial<GraphEdge> =>
    first[key] !== undefined && all.every((edge) => edge[key] === first[key]) ? { [key]: first[key] } : {};
  const speed = Math.max(...all.map((edge) => edge.speed ?? 0));
  const changes = new Set(all.map((edge) => edge.change));
  const [change] = changes;
  const changed = changes.size === 1 ? change : 'changed';
  return {
    id: `${first.role} ${from} ${to}`,
    role: first.role,
    from,
    to,
    ...(count > 1 ? { count } : same('label')),
    ...same('network'),
    ...same('lag'),
    ...(speed > 0 ? { speed } : {}),
    ...(changed === undefined ? {} : { change: changed }),
  };
}

const severities: readonly GraphMark['severity'][] = ['error', 'warning', 'info', 'hint'];
/** Findings that a shut box tells one by one. */
const mostMessages = 12;

/** Marks of things inside of shut boxes add up on these; what is not in the graph has none. */
export function foldMarks(marks: readonly GraphMark[], shownAs: Folded['shownAs']): readonly GraphMark[] {
  const all = new Map<string, GraphMark[]>();
  for (const mark of marks) {
    const id = shownAs(mark.id);
    if (id === undefined) continue;
    const known = all.get(id);
    if (known) known.push(mark);
    else all.set(id, [mark]);
  }
  return [...all].map(([id, parts]) => {
    const [only] = parts;
    if (only !== undefined && parts.length === 1 && only.id === id) return only;
    const told = parts
      .flatMap(({ messages, severities: own, severity }) =>
        messages.map((text, at) => ({ text, severity: own?.[at] ?? severity })),
      )
      .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
    const more = told.length - mostMessages;
    const first = more > 1 ? told.slice(0, mostMessages) : told;
    const worst = Math.min(...parts.map((mark) => severities.indexOf(mark.severity)));
    return {
      id,
      severity: severities[worst] ?? 'hint',
      count: parts.reduce((sum, mark) => sum + mark.count, 0),
      messages: [...first.map(({ text }) => text), ...(more > 1 ? [`and ${more} more`] : [])],
      severities: [...first.map(({ severity }) => severity), ...(more > 1 ? ['hint' as const] : [])],
    };
  });
}
