/**
 * Two states of a picture as one: what is, what was and is gone, and what became of each. Both graphs come from the same view,
 * nothing folded. Pure; knows nothing of the language: who does, tells which thing is which and what was said of it.
 */
import { upsert } from '../../base/upsert.ts';
import type { Change, Graph, GraphEdge, GraphNode } from '../graph.ts';
import { roleNames, speedText } from '../words.ts';
import { matchThings, type Thing } from './match.ts';

/** What the model knows of the things of a picture, beyond what is drawn. */
export interface Told {
  /** Id now of a thing then; undefined where it is gone, or no thing of the model. */
  readonly same: (then: string) => string | undefined;
  /** Whether a thing now was there then. */
  readonly wasThere: (now: string) => boolean;
  /** What a thing now was called, if that was something else. */
  readonly formerly: (now: string) => string | undefined;
  /** Whether a thing now stood in something else. */
  readonly hasMoved: (now: string) => boolean;
  /** What differs on a thing now and on what is in it, in words; undefined where the model does not know the id. */
  readonly words: (now: string) => readonly string[] | undefined;
}

/** A thing of the picture that differs. */
export interface Difference {
  readonly change: Change;
  readonly id: string;
  readonly role: string;
  readonly label: string;
  /** What is different, in words: `vcpu 4 → 8`. */
  readonly what?: string;
}

export interface Compared {
  /** What is and what was, with `change` on all that differs. */
  readonly graph: Graph;
  /** What differs, in the order of the picture; what only follows from something else says so. */
  readonly differences: readonly Difference[];
}

/** Compares two graphs of one view. Without `told`, what is drawn has to tell. */
export function compareGraphs(then: Graph, now: Graph, told?: Told): Compared {
  return compareSound(sound(then), sound(now), told);
}

/** Of one id the first counts. */
function sound(graph: Graph): Graph {
  const known = new Map<string, GraphNode>();
  for (const node of graph.nodes) if (!known.has(node.id)) known.set(node.id, node);
  return known.size === graph.nodes.length ? graph : { ...graph, nodes: [...known.values()] };
}

function compareSound(before: Graph, after: Graph, model: Told | undefined): Compared {
  const told = model ?? fromDrawn(before, after);
  const [then, now] = [new Map(before.nodes.map((node) => [node.id, node])), new Map(after.nodes.map((node) => [node.id, node]))];
  const back = new Map<string, GraphNode>();
  // Of what the model does not know (a zone, a feed) an equal id is the same.
  const unionId = (id: string): string => told.same(id) ?? id;
  for (const node of before.nodes) back.set(unionId(node.id), node);
  const isGone = (node: GraphNode): boolean => !now.has(unionId(node.id));
  // What went keeps its place: in what it stood in, or in what that has become.
  const gone = before.nodes.filter(isGone).map(
    (node): GraphNode => ({
      ...node,
      id: unionId(node.id),
      ...(node.parent === undefined ? {} : { parent: unionId(node.parent) }),
      ...(node.links === undefined ? {} : { links: node.links.map(unionId) }),
      ...(node.network === undefined ? {} : { network: unionId(node.network) }),
      ...(told.same(node.id) !== undefined ? { change: 'changed', changes: [left] } : { change: 'removed' }),
    }),
  );
  const nodes = merged(
    after.nodes.map((node) => changedNode(node, back.get(node.id), { then, now, told, unionId })),
    gone,
    before.nodes.map((node) => unionId(node.id)),
  );
  const edges = compareEdges(before, after, unionId);
  const graph: Graph = {
    ...after,
    nodes: nodes.map(apart),
    edges,
    networks: [
      ...after.networks,
      ...before.networks
        // Its colour may be another network's by now: it takes a free one.
        .map(({ style: _, ...network }) => ({ ...network, id: unionId(network.id) }))
        .filter(({ id }) => !after.networks.some((known) => known.id === id)),
    ],
  };
  return { graph, differences: differencesOf(graph, model) };
}

/** Without a model, what is drawn of things has to tell which is which. */
function fromDrawn(before: Graph, after: Graph): Told {
  const { moved, now, renamed } = matchThings(thingsOf(before), thingsOf(after));
  const there = new Set(now.values());
  return {
    same: (id) => now.get(id),
    wasThere: (id) => there.has(id),
    formerly: (id) => renamed.get(id),
    hasMoved: (id) => moved.has(id),
    words: () => undefined,
  };
}

const thingsOf = (graph: Graph): readonly Thing[] =>
  graph.nodes.map((node) => ({
    id: node.id,
    kind: node.role,
    name: node.label,
    ...(node.parent === undefined ? {} : { parent: node.parent }),
    traits: () => [
      ...(node.detail === undefined ? [] : [node.detail]),
      ...(node.network === undefined ? [] : [node.network]),
      ...(node.facts ?? []).map(({ label, value }) => `${label} ${value}`),
    ],
  }));

/** Of things that there are now and were then, and that the view shows of one state only. */
const result = 'as a result: ';
const entered = 'was not in this view before';
const left = 'not in this view any more';

interface Scene {
  readonly then: ReadonlyMap<string, GraphNode>;
  readonly now: ReadonlyMap<string, GraphNode>;
  readonly told: Told;
  readonly unionId: (then: string) => string;
}

function changedNode(node: GraphNode, old: GraphNode | undefined, { now, then, told, unionId }: Scene): GraphNode {
  if (old === undefined)
    return told.wasThere(node.id) ? { ...node, change: 'changed', changes: [entered] } : { ...node, change: 'added' };
  const words: string[] = [];
  const parent = old.parent === undefined ? undefined : unionId(old.parent);
  const stands = parent === node.parent;
  const hasMoved = !stands || told.hasMoved(node.id);
  if (!stands) words.push(arrow(nameOf(old.parent, then), nameOf(node.parent, now), 'in '));
  const said = told.words(node.id);
  const name = told.formerly(node.id);
  if (name !== undefined) words.push(`renamed from ${name}`);
  words.push(...(said ?? drawnWords(old, node, name !== undefined)));
  const follows = [
    ...(said === undefined || words.length > 0 ? [] : drawnWords(old, node, name !== undefined)),
    ...barWords(old, node),
  ];
  if (words.length === 0 && follows.length === 0) return node;
  const changes = [...unique(words), ...(follows.length === 0 ? [] : [`${result}${follows.join(', ')}`])];
  return { ...node, changes, change: hasMoved ? 'moved' : 'changed' };
}

const nameOf = (id: string | undefined, nodes: ReadonlyMap<string, GraphNode>): string | undefined =>
  id === undefined ? undefined : (nodes.get(id)?.label ?? id);

/** `a → b`, `now b`, `no longer a`; empty where both are nothing. Words that both begin with are said once: `VLAN 30 → 31`. */
function arrow(a: string | undefined, b: string | undefined, where = ''): string {
  if (a === undefined) return b === undefined ? '' : `now ${where}${b}`;
  if (b === undefined) return `no longer ${where}${a}`;
  const [one, two] = [a.split(' '), b.split(' ')];
  let same = 0;
  while (same < Math.min(one.length, two.length) - 1 && one[same] === two[same]) same += 1;
  return `${a} → ${two.slice(same).join(' ')}`;
}

/** Once each; a move that a property says as well is said by the move. */
function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)].filter((text, at, all) => !all.some((other, place) => place < at && text.endsWith(` ${other}`)));
}

/** What differs of what is drawn. */
function drawnWords(old: GraphNode, node: GraphNode, isNameKnown: boolean): readonly string[] {
  const words: string[] = [];
  if (!isNameKnown && old.label !== node.label) words.push(arrow(old.label, node.label));
  words.push(...detailWords(old.detail, node.detail));
  if ((old.count ?? 1) !== (node.count ?? 1)) words.push(`${old.count ?? 1} of them → ${node.count ?? 1}`);
  const shared = (which: GraphNode): string => (which.shared ?? []).join(', ');
  if (shared(old) !== shared(node))
    words.push(shared(node) === '' ? `no longer shared by ${shared(old)}` : `now shared by ${shared(node)}`);
  return words;
}

/** How full it is follows from what stands in it. */
function barWords(old: GraphNode, node: GraphNode): readonly string[] {
  const before = new Map((old.bars ?? []).map(({ label, text }) => [label, text]));
  return (node.bars ?? []).flatMap(({ label, text }) => {
    const was = before.get(label);
    return was === undefined || was === text ? [] : [`${label} ${was} → ${text}`];
  });
}

/** Second lines hold parts (`4 vCPU · 16 GB`): only those that differ are told. */
function detailWords(old: string | undefined, own: string | undefined): readonly string[] {
  const [a, b] = [old, own].map((text) => (text === undefined || text === '' ? [] : text.split(' · ')));
  const went = (a ?? []).filter((part) => b?.includes(part) !== true);
  const came = (b ?? []).filter((part) => a?.includes(part) !== true);
  const pairs = went.length === came.length;
  return pairs
    ? went.map((part, at) => arrow(part, came[at]))
    : [...went.map((part) => arrow(part, undefined)), ...came.map((part) => arrow(undefined, part))];
}

/** Folding puts like things into one box: what differs is like what differs in the same way, and nothing else. */
function apart(node: GraphNode): GraphNode {
  if (node.change === undefined || node.alike === undefined) return node;
  return { ...node, alike: JSON.stringify([node.alike, node.change, node.changes]) };
}

/** The present order, and what went behind what it stood behind. */
function merged(present: readonly GraphNode[], gone: readonly GraphNode[], order: readonly string[]): readonly GraphNode[] {
  const lost = new Map(gone.map((node) => [node.id, node]));
  const known = new Set(present.map(({ id }) => id));
  const behind = new Map<string, GraphNode[]>();
  let last = '';
  for (const id of order) {
    const node = lost.get(id);
    if (node !== undefined) {
      upsert(behind, last, () => []).push(node);
    } else if (known.has(id)) last = id;
  }
  return [...(behind.get('') ?? []), ...present.flatMap((node) => [node, ...(behind.get(node.id) ?? [])])];
}

const endsKey = ({ role, from, to }: GraphEdge): string => JSON.stringify([role, from, to]);

function compareEdges(before: Graph, after: Graph, unionId: (id: string) => string): readonly GraphEdge[] {
  const old = new Map<string, GraphEdge[]>();
  for (const edge of before.edges) {
    const mapped: GraphEdge = {
      ...edge,
      from: unionId(edge.from),
      to: unionId(edge.to),
      ...(edge.network === undefined ? {} : { network: unionId(edge.network) }),
    };
    upsert(old, endsKey(mapped), () => []).push(mapped);
  }
  const edges = after.edges.map((edge): GraphEdge => {
    const same = old.get(endsKey(edge)) ?? [];
    const at = Math.max(
      0,
      same.findIndex((other) => edgeWords(other, edge).length === 0),
    );
    const [match] = same.splice(at, 1);
    if (match === undefined) return { ...edge, change: 'added' };
    return edgeWords(match, edge).length === 0 ? edge : { ...edge, change: 'changed' };
  });
  const ids = new Set(edges.map(({ id }) => id));
  for (const edge of [...old.values()].flat()) {
    const id = ids.has(edge.id) ? `${edge.id} (before)` : edge.id;
    if (ids.has(id)) continue;
    ids.add(id);
    edges.push({ ...edge, id, change: 'removed' });
  }
  return edges;
}

/** What differs between two states of a line. */
function edgeWords(old: GraphEdge, own: GraphEdge): readonly string[] {
  const speed = (edge: GraphEdge): string | undefined => (edge.speed === undefined ? undefined : speedText(edge.speed));
  const said = (edge: GraphEdge): readonly (string | undefined)[] => [
    speed(edge),
    edge.label,
    edge.lag,
    edge.network,
    String(edge.count ?? 1),
  ];
  const present = said(own);
  return said(old).flatMap((text, at) => (text === present[at] ? [] : [arrow(text, present[at])]));
}

function differencesOf(graph: Graph, model: Told | undefined): readonly Difference[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  /** What it came, went or left the view with: it is a part of it, or no thing of the model itself. */
  const carrier = (node: GraphNode): GraphNode | undefined => {
    const parent = node.parent === undefined ? undefined : nodes.get(node.parent);
    if (parent === undefined || parent.change !== node.change) return undefined;
    const isPart = node.id.startsWith(`${parent.id}/`) || (model !== undefined && model.words(node.id) === undefined);
    const [said] = node.changes ?? [];
    const hasLeft = (said === entered || said === left) && parent.changes?.[0] === said;
    return (isPart && isWhole(node)) || hasLeft ? parent : undefined;
  };
  const inside = new Map<string, number>();
  for (const node of graph.nodes) {
    const seen = new Set<GraphNode>();
    for (let at = isWhole(node) ? carrier(node) : undefined; at !== undefined && !seen.has(at); at = carrier(at)) {
      seen.add(at);
      inside.set(at.id, (inside.get(at.id) ?? 0) + 1);
    }
  }
  const out: Difference[] = [];
  for (const node of graph.nodes) {
    if (node.change === undefined || carrier(node) !== undefined) continue;
    const within = inside.get(node.id) ?? 0;
    const thing = { change: node.change, id: node.id, role: roleNames[node.role], label: longName(node, nodes) };
    const follows = (node.changes ?? []).filter((text) => text.startsWith(result));
    const direct = (node.changes ?? []).filter((text) => !text.startsWith(result));
    const what = [...(within > 0 ? [`and ${within} ${within === 1 ? 'thing' : 'things'} in it`] : []), ...direct].join('; ');
    // What follows is a line of its own: the same was done to many, but it comes to something else for each.
    if (what !== '' || follows.length === 0) out.push({ ...thing, ...(what === '' ? {} : { what }) });
    for (const text of follows) out.push({ ...thing, what: text });
  }
  if (model === undefined) out.push(...lineDifferences(graph, nodes));
  return out;
}

const isWhole = ({ change }: GraphNode): boolean => change === 'added' || change === 'removed';

/** Frames that hold things that are no parts of them. */
const ownsParts = ({ role }: GraphNode): boolean => !['cluster', 'site', 'room', 'rack', 'zone'].includes(role);

/** A part is named with what it is part of: `esx1.vmnic0`. */
function longName(node: GraphNode, nodes: ReadonlyMap<string, GraphNode>): string {
  const parts: readonly GraphNode['role'][] = ['nic', 'hba', 'vswitch', 'portgroup', 'vmkernel', 'pool', 'lun'];
  let name = node.label;
  for (let at: GraphNode | undefined = node, deep = 0; at !== undefined && parts.includes(at.role) && deep < 4; deep += 1) {
    at = at.parent === undefined ? undefined : nodes.get(at.parent);
    if (at !== undefined && ownsParts(at)) name = `${at.label}.${name}`;
  }
  return name;
}

/** Lines that changed between things that did not. */
function lineDifferences(graph: Graph, nodes: ReadonlyMap<string, GraphNode>): readonly Difference[] {
  return graph.edges.flatMap((edge): readonly Difference[] => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (edge.change === undefined || from === undefined || to === undefined) return [];
    if (from.change !== undefined || to.change !== undefined) return [];
    return [{ change: edge.change, id: from.id, role: edge.role, label: `${from.label} – ${to.label}` }];
  });
}
