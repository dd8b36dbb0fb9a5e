/**
 * Puts each line together from its parts in the containers that it passes, in the picture's coordinates, and finds where lines
 * of one trunk part. Pure.
 */

import type { GraphEdge, GraphNode } from '../graph.ts';
import type { NetworkStyle } from '../networkStyle.ts';
import type { Placed, PlacedEdge } from '../placed.ts';
import type { Point } from './elkGraph.ts';
import { gateKey, hopKey, type Laid } from './laid.ts';
import type { Item } from './outline.ts';
import { join, straighten, withoutJogs } from './paths.ts';
import type { Hop, Port, Wire } from './wires.ts';

/** Where each box of the tree came to stand. */
export type Places = ReadonlyMap<Item, { readonly laid: Laid; readonly x: number; readonly y: number }>;

/** The lines of the picture. One whose way could not be found is left out rather than drawn through boxes. */
export function lines(
  wires: readonly Wire[],
  places: Places,
  styles: ReadonlyMap<string, NetworkStyle>,
  sides: ReadonlyMap<string, 'A' | 'B'>,
): readonly PlacedEdge[] {
  const out: PlacedEdge[] = [];
  const bundles = new Map<string, number>();
  for (const { hops } of wires) for (const key of bundleKeys(hops)) bundles.set(key, (bundles.get(key) ?? 0) + 1);
  const ways = wires.map(({ hops }) => follow(hops, places));
  const uprights = createUprights(ways);
  for (const [at, { edge, hops }] of wires.entries()) {
    const way = ways[at] ?? [];
    const isAlone = bundleKeys(hops).every((key) => bundles.get(key) === 1);
    const smooth = isAlone ? withoutJogs(way, { start: false, end: false }) : way;
    const points = smooth.length === way.length || uprights.isFree(smooth, at) ? smooth : way;
    if (points.length < 2) continue;
    if (points !== way) uprights.add(points, at);
    const side = edge.role === 'cable' || edge.role === 'power' ? sideOf(edge, sides) : undefined;
    const network = edge.network === undefined ? undefined : styles.get(edge.network);
    out.push({
      edge,
      points,
      ...(side === undefined ? {} : { side }),
      ...(network === undefined ? {} : { network }),
    });
  }
  return out;
}

interface Uprights {
  readonly add: (points: readonly Point[], line: number) => void;
  /** Whether no other line has an upright piece upon or close beside one of these. */
  readonly isFree: (points: readonly Point[], line: number) => boolean;
}

const strip = 16;
/** Least distance between two lines. */
const apart = 4;

/** The upright pieces of all lines, by place: a line that is smoothed must not come to lie upon another. */
function createUprights(ways: readonly (readonly Point[])[]): Uprights {
  const known = new Map<number, { readonly x: number; readonly top: number; readonly bottom: number; readonly line: number }[]>();
  const pieces = (points: readonly Point[]): readonly { readonly x: number; readonly top: number; readonly bottom: number }[] =>
    points.slice(1).flatMap((b, at) => {
      const a = points[at];
      return a === undefined || a.x !== b.x ? [] : [{ x: a.x, top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) }];
    });
  const add = (points: readonly Point[], line: number): void => {
    for (const piece of pieces(points)) {
      const key = Math.floor(piece.x / strip);
      known.set(key, known.get(key) ?? []);
      known.get(key)?.push({ ...piece, line });
    }
  };
  for (const [line, points] of ways.entries()) add(points, line);
  return {
    add,
    isFree: (points, line) =>
      pieces(points).every((piece) =>
        [-1, 0, 1].every((by) =>
          (known.get(Math.floor(piece.x / strip) + by) ?? []).every(
            (other) =>
              other.line === line ||
              Math.abs(other.x - piece.x) >= apart ||
              Math.min(other.bottom, piece.bottom) - Math.max(other.top, piece.top) <= 1,
          ),
        ),
      ),
  };
}

/** The side that a line belongs to; none when it joins the two. */
function sideOf(edge: GraphEdge, sides: ReadonlyMap<string, 'A' | 'B'>): 'A' | 'B' | undefined {
  const [from, to] = [sides.get(edge.from), sides.get(edge.to)];
  return from !== undefined && to !== undefined && from !== to ? undefined : (from ?? to);
}

function follow(hops: readonly Hop[], places: Places): readonly Point[] {
  let points: readonly Point[] = [];
  const turn = hops.findIndex(acrossContainers);
  for (const [at, hop] of hops.entries()) {
    const place = places.get(hop.container);
    if (place === undefined) return [];
    let part = inside(hop, place.laid);
    if (part === undefined) return [];
    // Outwards to the common container, then inwards; a hop is kept from its upper end, which may be the wrong one.
    if ((at < turn && hop.upper.owner === hop.container) || (at > turn && hop.lower.owner === hop.container))
      part = [...part].reverse();
    points = join(
      points,
      part.map((point) => ({ x: point.x + place.x, y: point.y + place.y })),
    );
  }
  return straighten(points);
}

/** The part of a line in one container, drawn on to the border where it passes it. */
function inside(hop: Hop, laid: Laid): readonly Point[] | undefined {
  const atGate = (port: Port): readonly Point[] => {
    if (port.owner !== hop.container) return [];
    const x = laid.gates.get(gateKey(port.side, port.bundle));
    return x === undefined ? [] : [{ x, y: port.side === 'top' ? 0 : laid.height }];
  };
  const stored = laid.hops.get(hopKey(hop));
  if (stored !== undefined && stored.length > 0) return [...atGate(hop.upper), ...stored, ...atGate(hop.lower)];
  // A socket lies on its host's border: the gate is the whole way.
  const gate = [...atGate(hop.upper), ...atGate(hop.lower)];
  return gate.length === 1 ? gate : undefined;
}

const bundleKeys = (hops: readonly Hop[]): readonly string[] =>
  hops.flatMap((hop) => (acrossContainers(hop) ? [hop.upper.bundle, hop.lower.bundle] : []));

const acrossContainers = (hop: Hop): boolean => hop.upper.owner !== hop.container && hop.lower.owner !== hop.container;

/** Points where a line of a trunk leaves it, so that a branch can be told from a crossing. */
export function junctions(edges: readonly PlacedEdge[], wires: readonly Wire[]): Placed['junctions'] {
  const bundles = new Map<string, number[]>();
  const bundleOf = new Map(wires.map((wire) => [wire.edge.id, wire.hops.find(acrossContainers)?.upper.bundle]));
  edges.forEach((edge, at) => {
    const bundle = bundleOf.get(edge.edge.id);
    if (bundle !== undefined) bundles.set(bundle, [...(bundles.get(bundle) ?? []), at]);
  });
  const out: { x: number; y: number; edge: number }[] = [];
  for (const members of bundles.values()) {
    if (members.length < 2) continue;
    for (const point of branchPoints(members.map((at) => edges[at]?.points ?? []))) out.push({ ...point, edge: members[0] ?? 0 });
  }
  return out;
}

/** A corner of one line that lies on another's straight piece, or from which three or more directions go. */
function branchPoints(paths: readonly (readonly Point[])[]): readonly Point[] {
  const directions = new Map<string, Set<string>>();
  const corners = new Map<string, Point>();
  for (const path of paths) for (const point of path.slice(1, -1)) corners.set(`${point.x},${point.y}`, point);
  for (const [key, corner] of corners) {
    const found = new Set<string>();
    for (const path of paths) {
      for (let at = 1; at < path.length; at += 1) {
        const [a, b] = [path[at - 1], path[at]];
        if (a === undefined || b === undefined) continue;
        if (a.x === b.x && a.x === corner.x) {
          if (Math.min(a.y, b.y) < corner.y && corner.y <= Math.max(a.y, b.y)) found.add('up');
          if (Math.min(a.y, b.y) <= corner.y && corner.y < Math.max(a.y, b.y)) found.add('down');
        } else if (a.y === b.y && a.y === corner.y) {
          if (Math.min(a.x, b.x) < corner.x && corner.x <= Math.max(a.x, b.x)) found.add('left');
          if (Math.min(a.x, b.x) <= corner.x && corner.x < Math.max(a.x, b.x)) found.add('right');
        }
      }
    }
    directions.set(key, found);
  }
  return [...corners].filter(([key]) => (directions.get(key)?.size ?? 0) > 2).map(([, point]) => point);
}

/** Which side of a redundant pair each node stands on: as the design says, else the first and the second of two switches. */
export function sidesOf(nodes: readonly GraphNode[]): ReadonlyMap<string, 'A' | 'B'> {
  const sides = new Map<string, 'A' | 'B'>();
  for (const node of nodes) if (node.side !== undefined) sides.set(node.id, node.side);
  const switches = nodes.filter((node) => node.role === 'switch');
  if (switches.length === 2 && switches.every((node) => node.side === undefined)) {
    for (const [at, node] of switches.entries()) sides.set(node.id, at === 0 ? 'A' : 'B');
  }
  for (const node of nodes) {
    const side = (node.role === 'nic' || node.role === 'port') && node.parent !== undefined ? sides.get(node.parent) : undefined;
    if (side !== undefined && !sides.has(node.id)) sides.set(node.id, side);
  }
  return sides;
}
