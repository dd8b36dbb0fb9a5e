/**
 * Puts each line together from its parts in the containers that it passes, in the picture's coordinates, and finds where lines
 * of one trunk part. Pure.
 */

import type { GraphEdge, GraphNode } from '../graph.ts';
import { displayText, textWidth } from '../measure.ts';
import type { NetworkStyle } from '../networkStyle.ts';
import type { Placed, PlacedEdge, PlacedText } from '../placed.ts';
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
  for (const { edge, hops } of wires) {
    const way = follow(hops, places);
    const points = bundleKeys(hops).every((key) => bundles.get(key) === 1) ? withoutJogs(way, { start: false, end: false }) : way;
    if (points.length < 2) continue;
    const side = edge.role === 'cable' || edge.role === 'power' ? (sides.get(edge.from) ?? sides.get(edge.to)) : undefined;
    const network = edge.network === undefined ? undefined : styles.get(edge.network);
    const label = labelOf(edge, points);
    out.push({
      edge,
      points,
      ...(side === undefined ? {} : { side }),
      ...(network === undefined ? {} : { network }),
      ...(label === undefined ? {} : { label }),
    });
  }
  return out;
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

/** A short label stands beside the last vertical piece, where the line arrives. */
function labelOf(edge: GraphEdge, points: readonly Point[]): PlacedText | undefined {
  if (edge.label === undefined) return undefined;
  const text = displayText(edge.label);
  const width = textWidth(text, 'small');
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return undefined;
  if (before.y === end.y) {
    return Math.abs(end.x - before.x) < width + 8
      ? undefined
      : { x: (end.x + before.x) / 2, y: end.y - 4, text, style: 'small', anchor: 'middle' };
  }
  return width > 64 || end.y - before.y < 14 ? undefined : { x: end.x + 4, y: end.y - 4, text, style: 'small' };
}

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
    const side = node.role === 'nic' && node.parent !== undefined ? sides.get(node.parent) : undefined;
    if (side !== undefined && !sides.has(node.id)) sides.set(node.id, side);
  }
  return sides;
}
