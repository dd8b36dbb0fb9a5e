/**
 * Which edges become lines, and through which borders each line passes. Membership (a VM in a network, on a datastore) is shown
 * on the box itself and by highlighting, because hundreds of crossing lines tell nobody anything; cables, uplinks and what depends
 * on what are lines. Lines with one end in common share a trunk: they carry the same bundle key through every border on the way.
 */

import { type Graph, type GraphEdge, tieRoles } from '../graph.ts';
import { type Chips, displayText, socketRoles, textWidth } from '../measure.ts';
import type { NetworkStyle } from '../networkStyle.ts';
import { type Line, mergeLines } from './merge.ts';
import type { Item, Outline } from './outline.ts';

export type Side = 'top' | 'bottom';

/** A place where a line meets a box, or (`owner` is the container itself) passes the container's border. */
export interface Port {
  readonly owner: Item;
  readonly side: Side;
  readonly bundle: string;
  /** Reading order of the thing at the line's other end: lines leave a box in the order in which they arrive. */
  readonly far: number;
}

/** The part of a line inside one container; `upper` comes first. */
export interface Hop {
  readonly container: Item;
  readonly upper: Port;
  readonly lower: Port;
  /** Both ends stand in the same band: the line leaves both on this side and turns there. */
  readonly peer?: Side;
  /** Between neighbours: px that its name takes. */
  readonly named?: number;
  /** Side of the redundant pair that the line's trunk belongs to. */
  readonly hubSide?: 'A' | 'B';
}

export interface Wire {
  readonly edge: GraphEdge;
  /** From the upper end to the lower. */
  readonly hops: readonly Hop[];
}

export interface Wiring {
  readonly wires: readonly Wire[];
  /** Neighbours of each node, drawn or not. */
  readonly links: ReadonlyMap<string, readonly string[]>;
  readonly chips: ReadonlyMap<string, Chips>;
}

/** More lines of one kind than this nobody can follow: they are merged at the frames around their ends. */
const tooMany = 160;
/** Up to so many VMs have lines from the datastores that they lie on, in views that give them a row of their own; else a VM names them. */
const fewVms = 40;
const mergeable: ReadonlySet<string> = new Set(['placement', 'licence', 'needs']);

/** Sorts the graph's edges into lines and memberships. */
export function wire(graph: Graph, tree: Outline, styles: ReadonlyMap<string, NetworkStyle>): Wiring {
  const links = new Map<string, string[]>();
  const chips = new Map<string, { networks: NetworkStyle[]; stores: string[] }>();
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const chipsOf = (id: string): { networks: NetworkStyle[]; stores: string[] } => {
    const known = chips.get(id);
    if (known !== undefined) return known;
    const fresh = { networks: [], stores: [] };
    chips.set(id, fresh);
    return fresh;
  };
  const wear = (id: string, network: string | undefined): void => {
    const style = network === undefined ? undefined : styles.get(network);
    if (style !== undefined && !chipsOf(id).networks.includes(style)) chipsOf(id).networks.push(style);
  };
  for (const node of graph.nodes) {
    wear(node.id, node.network);
    if (node.network !== undefined && node.network !== node.id && nodes.has(node.network)) link(links, node.id, node.network);
    for (const other of node.links ?? []) if (nodes.has(other)) link(links, node.id, other);
  }
  const lines: GraphEdge[] = [];
  const seen = new Set<string>();
  const vms = graph.nodes.filter(({ role }) => role === 'vm');
  const showsDisks = vms.length <= fewVms && vms.every(({ band }) => band !== undefined);
  for (const edge of graph.edges) {
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    if (from === undefined || to === undefined || from === to || seen.has(edge.id)) continue;
    seen.add(edge.id);
    link(links, from.id, to.id);
    if (edge.role === 'network') {
      wear(from.id, to.role === 'network' ? to.id : to.network);
      wear(to.id, from.role === 'network' ? from.id : from.network);
    }
    lines.push(edge);
    if (showsDisks) continue;
    if (edge.role === 'storage' && from.role === 'vm' && to.role === 'datastore') chipsOf(from.id).stores.push(to.label);
    if (edge.role === 'storage' && to.role === 'vm' && from.role === 'datastore') chipsOf(to.id).stores.push(from.label);
  }
  const drawn = drawable(lines, tree, showsDisks);
  return { wires: route(drawn, tree), links, chips };
}

function link(links: Map<string, string[]>, a: string, b: string): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const known = links.get(from);
    if (known === undefined) links.set(from, [to]);
    else if (!known.includes(to)) known.push(to);
  }
}

function drawable(edges: readonly GraphEdge[], tree: Outline, showsDisks: boolean): readonly Line[] {
  const backed = new Set<Item>();
  const lines: Line[] = [];
  for (const edge of edges) {
    const from = tree.byId.get(edge.from);
    const to = tree.byId.get(edge.to);
    if (
      from === undefined ||
      to === undefined ||
      edge.role === 'network' ||
      tieRoles.has(edge.role) ||
      holds(from, to) ||
      holds(to, from)
    )
      continue;
    const [one, other] = [from.role, to.role];
    if (one === 'vm' && other === 'vm') continue;
    if (!showsDisks && ((one === 'vm' && other === 'datastore') || (other === 'vm' && one === 'datastore'))) continue;
    if (edge.role === 'power' && !(isSupply(from) && isSupply(to))) continue;
    if (edge.role === 'storage')
      for (const [a, b] of [
        [from, to],
        [to, from],
      ] as const)
        if (isArrayPart(b)) backed.add(a);
    lines.push({ edge, from, to });
  }
  // Every host mounts every datastore: where the way there is drawn anyhow (host, cable, array), the mount adds nothing.
  const said = lines.filter(
    ({ edge, from, to }) =>
      edge.role !== 'storage' || !((isCompute(from) && backed.has(to)) || (isCompute(to) && backed.has(from))),
  );
  return mergeLines(said, mergeable, tooMany);
}

const isSupply = (item: Item): boolean =>
  item.role === 'ups' ||
  item.role === 'pdu' ||
  item.role === 'feed' ||
  item.role === 'rack' ||
  item.role === 'room' ||
  item.role === 'site' ||
  // Where a view says its rows, lines of supply are what it is about.
  item.node?.band !== undefined;
const isArrayPart = (item: Item): boolean => item.role === 'array' || item.role === 'pool' || item.role === 'lun';
const isCompute = (item: Item): boolean => item.role === 'host' || item.role === 'cluster' || item.role === 'physical';

function holds(container: Item, item: Item): boolean {
  for (let at: Item | undefined = item; at !== undefined; at = at.parent) if (at === container) return true;
  return false;
}

function route(lines: readonly Line[], tree: Outline): readonly Wire[] {
  const degree = new Map<string, number>();
  const key = (item: Item, edge: GraphEdge): string => `${item.order}|${edge.role}`;
  for (const { edge, from, to } of lines)
    for (const end of [from, to]) degree.set(key(end, edge), (degree.get(key(end, edge)) ?? 0) + 1);
  const wires: Wire[] = [];
  for (const { edge, from, to } of lines) {
    const [fromPath, toPath] = paths(from, to, tree.root);
    const a = fromPath.at(-1);
    const b = toPath.at(-1);
    const common = a?.parent;
    if (a === undefined || b === undefined || common === undefined) continue;
    const swap = b.rank < a.rank;
    // Cables are above the boxes, what depends on what is below them.
    const peer = a.rank !== b.rank || !standAbreast(a, b) ? undefined : edge.role === 'cable' ? 'top' : 'bottom';
    const [upper, lower] = swap ? [toPath, fromPath] : [fromPath, toPath];
    const [top, bottom] = swap ? [to, from] : [from, to];
    const hub = hubOf(top, bottom, edge, (item) => degree.get(key(item, edge)) ?? 0);
    // In a host each uplink is a line of its own; to a distributed switch each host has one.
    const uplink = edge.role === 'uplink' || edge.role === 'standby';
    const bundle =
      common.role === 'host' || common.role === 'physical'
        ? `e${wires.length}`
        : `${hub.order}|${uplink ? (hub === bottom ? a : b).order : ''}|${edge.role}|${edge.speed ?? ''}|${edge.network ?? ''}|${edge.lag ?? ''}`;
    const hubSide = sideOf(hub) ?? sideOf(hub === top ? bottom : top);
    const way = hops(upper, lower, common, bundle, peer, peer === undefined ? undefined : edge.label);
    wires.push({ edge, hops: hubSide === undefined ? way : way.map((hop) => ({ ...hop, hubSide })) });
  }
  return wires;
}

/** The side of a thing, or of what it is a part of. */
function sideOf(item: Item): 'A' | 'B' | undefined {
  for (let at: Item | undefined = item; at !== undefined; at = at.parent) if (at.node?.side !== undefined) return at.node.side;
  return undefined;
}

/** The end at which lines of one kind meet: the supply, the switch, else the end with more of them. */
function hubOf(top: Item, bottom: Item, edge: GraphEdge, degree: (item: Item) => number): Item {
  if (edge.role === 'power') return bottom.role === 'ups' || bottom.role === 'pdu' ? bottom : top;
  const [topSwitches, bottomSwitches] = [top, bottom].map(
    (item) => edge.role === 'cable' && (item.role === 'switch' || item.role === 'router'),
  );
  if (topSwitches !== bottomSwitches) return topSwitches === true ? top : bottom;
  return degree(bottom) > degree(top) ? bottom : top;
}

/** Boxes that always stand side by side, so that a line between them cannot go from one band to the next. */
function standAbreast(a: Item, b: Item): boolean {
  return [a, b].some(
    (item) => item.kind !== 'leaf' || item.role === 'host' || item.role === 'physical' || item.role === 'switch',
  );
}

/** The boxes from each end up to (not including) the innermost box that holds both. */
function paths(from: Item, to: Item, root: Item): readonly [readonly Item[], readonly Item[]] {
  const above = (item: Item): Item[] => {
    const path: Item[] = [];
    for (let at: Item | undefined = item; at !== undefined && at !== root; at = at.parent) path.push(at);
    return path;
  };
  const a = above(from);
  const b = above(to);
  while (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-1)) {
    a.pop();
    b.pop();
  }
  return a.at(-1) === b.at(-1) ? [[], []] : [a, b];
}

function hops(
  upper: readonly Item[],
  lower: readonly Item[],
  common: Item,
  bundle: string,
  peer: Side | undefined,
  label: string | undefined,
): readonly Hop[] {
  const out: Hop[] = [];
  const [upperSide, lowerSide]: readonly [Side, Side] = peer === undefined ? ['bottom', 'top'] : [peer, peer];
  const [upperHops, upperPort] = climb(upper, upperSide, bundle, lower[0]?.order ?? 0);
  const [lowerHops, lowerPort] = climb(lower, lowerSide, bundle, upper[0]?.order ?? 0);
  const across: Hop = {
    container: common,
    upper: upperPort,
    lower: lowerPort,
    ...(peer === undefined ? {} : { peer }),
    ...(label === undefined ? {} : { named: textWidth(displayText(label), 'small') }),
  };
  out.push(...upperHops, across, ...lowerHops.reverse());
  return out;
}

/** From an end outwards: the hop inside each box on the way, and the port of the outermost. */
function climb(path: readonly Item[], side: Side, bundle: string, far: number): readonly [Hop[], Port] {
  const out: Hop[] = [];
  const [end] = path;
  if (end === undefined) throw new Error('a line without an end');
  let port: Port = { owner: end, side, bundle, far };
  for (const container of path.slice(1)) {
    // Cells of a grid and sockets keep gates of their own; in a flow, lines of one bundle meet before they leave.
    const own = isSocket(port) ? `s${port.owner.order}` : container.kind === 'pack' ? `c${port.owner.order}|${bundle}` : bundle;
    const gate: Port = { owner: container, side, bundle: own, far };
    out.push({ container, upper: side === 'top' ? gate : port, lower: side === 'top' ? port : gate });
    port = gate;
  }
  return [out, port];
}

/** A NIC sits on its host's border: its line needs no way inside the host. */
export function isSocket(port: Port): boolean {
  return (
    port.side === 'top' &&
    socketRoles.has(port.owner.role) &&
    port.owner.parent?.kind === 'flow' &&
    port.owner.parent.role !== 'root' &&
    port.owner.kind === 'leaf'
  );
}
