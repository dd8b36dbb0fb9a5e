/**
 * The brackets between boxes that are tied to or from each other (affinity, anti-affinity, pairs, Fault Tolerance). They decide
 * nothing in the layout: when everything has its place, a way is looked for through the gaps between the boxes. Where there is
 * none the tie is left out; the boxes' tooltips have it. Pure.
 */

import { type GraphEdge, tieRoles } from './graph.ts';
import type { Point } from './layout/elkGraph.ts';
import type { PlacedEdge, PlacedNode, Rectangle } from './placed.ts';

/** Distances from a box at which a bracket may run, px: half of the gap between neighbours, then beside others. */
const distances = [10, 6, 14] as const;
/** How far around two boxes is looked for what is in the way, px. */
const reach = 120;

interface Stand {
  readonly box: PlacedNode;
  /** The frames around it, innermost first. */
  readonly around: readonly PlacedNode[];
}

/** The ties of a graph as lines of the picture; `lines` are those that are there already. */
export function tiesOf(
  edges: readonly GraphEdge[],
  nodes: readonly PlacedNode[],
  lines: readonly PlacedEdge[],
): readonly PlacedEdge[] {
  const ties = edges.filter((edge) => tieRoles.has(edge.role));
  if (ties.length === 0) return [];
  const stands = new Map<string, Stand>();
  const boxes: PlacedNode[] = [];
  const visit = (box: PlacedNode, around: readonly PlacedNode[]): void => {
    if (box.node !== undefined) stands.set(box.node.id, { box, around });
    if (box.shape !== 'block') boxes.push(box);
    const inner = box.shape === 'block' ? around : [box, ...around];
    for (const child of box.children) visit(child, inner);
  };
  for (const box of nodes) visit(box, []);
  const drawn: (readonly Point[])[] = lines.map((line) => line.points);
  return ties.flatMap((edge): readonly PlacedEdge[] => {
    const [from, to] = [stands.get(edge.from), stands.get(edge.to)];
    if (from === undefined || to === undefined || from.around.includes(to.box) || to.around.includes(from.box)) return [];
    const points = bestWay(from, to, boxes, drawn);
    if (points === undefined) return [];
    drawn.push(points);
    return [{ edge, points }];
  });
}

function bestWay(
  from: Stand,
  to: Stand,
  boxes: readonly PlacedNode[],
  drawn: readonly (readonly Point[])[],
): readonly Point[] | undefined {
  const region = grown(union(from.box, to.box), reach);
  const holders = new Set([from.box, to.box, ...from.around, ...to.around]);
  const solid: Rectangle[] = [];
  for (const box of boxes) {
    if (!meets(region, box)) continue;
    if (!holders.has(box) || box === from.box || box === to.box) solid.push(box);
    else if (box.plate !== undefined) solid.push(box.plate);
  }
  const near = drawn.filter((points) => points.some((point) => contains(region, point)));
  let best: { readonly cost: number; readonly points: readonly Point[] } | undefined;
  for (const points of waysBetween(from, to)) {
    if (pieces(points).some(([a, b]) => solid.some((box) => passes(a, b, box)))) continue;
    const cost = costOf(points, near);
    if (best === undefined || cost < best.cost) best = { cost, points };
  }
  return best?.points;
}

/** Straight where the boxes face each other, else around them by the nearest gaps. */
function* waysBetween(from: Stand, to: Stand): Generator<readonly Point[]> {
  const [a, b] = [from.box, to.box];
  yield* straight(a, b);
  const [ax, bx] = [Math.round(a.x + a.width / 2), Math.round(b.x + b.width / 2)];
  const [ay, by] = [Math.round(a.y + a.height / 2), Math.round(b.y + b.height / 2)];
  const frames = [a, b, ...from.around.slice(0, 2), ...to.around.slice(0, 2)];
  for (const d of distances) {
    const levels = new Set(frames.flatMap((box) => [box.y - d, box.y + box.height + d]));
    const columns = (box: Rectangle): readonly [start: number, channel: number][] => [
      [box.x + box.width, box.x + box.width + d],
      [box.x, box.x - d],
    ];
    for (const y of levels) {
      const [leaveA, leaveB] = [y > ay ? a.y + a.height : a.y, y > by ? b.y + b.height : b.y];
      yield [
        { x: ax, y: leaveA },
        { x: ax, y },
        { x: bx, y },
        { x: bx, y: leaveB },
      ];
      for (const [startA, channelA] of columns(a))
        for (const [startB, channelB] of columns(b))
          yield [
            { x: startA, y: ay },
            { x: channelA, y: ay },
            { x: channelA, y },
            { x: channelB, y },
            { x: channelB, y: by },
            { x: startB, y: by },
          ];
    }
  }
}

function* straight(a: Rectangle, b: Rectangle): Generator<readonly Point[]> {
  const [top, bottom] = [Math.max(a.y, b.y), Math.min(a.y + a.height, b.y + b.height)];
  if (bottom - top > 12) {
    const [left, right] = a.x < b.x ? [a, b] : [b, a];
    // Two ties between the same boxes stand below each other.
    for (const share of [0.5, 0.28, 0.72]) {
      const y = Math.round(top + (bottom - top) * share);
      yield [
        { x: left.x + left.width, y },
        { x: right.x, y },
      ];
    }
  }
  const [left, right] = [Math.max(a.x, b.x), Math.min(a.x + a.width, b.x + b.width)];
  if (right - left <= 12) return;
  const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
  for (const share of [0.5, 0.35, 0.65]) {
    const x = Math.round(left + (right - left) * share);
    yield [
      { x, y: upper.y + upper.height },
      { x, y: lower.y },
    ];
  }
}

function costOf(points: readonly Point[], drawn: readonly (readonly Point[])[]): number {
  let cost = points.length * 30;
  for (const [a, b] of pieces(points)) {
    cost += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    for (const other of drawn) for (const [c, d] of pieces(other)) cost += between(a, b, c, d);
  }
  return cost;
}

/** What two pieces of line cost that cross each other, or lie upon each other. */
function between(a: Point, b: Point, c: Point, d: Point): number {
  const overlap = (p: number, q: number, r: number, s: number): number =>
    Math.min(Math.max(p, q), Math.max(r, s)) - Math.max(Math.min(p, q), Math.min(r, s));
  const [dx, dy] = [overlap(a.x, b.x, c.x, d.x), overlap(a.y, b.y, c.y, d.y)];
  if (dx < 0 || dy < 0) return 0;
  return dx > 0 && dy > 0 ? 25 : 25 + 20 * (dx + dy > 4 ? 1 : 0) * Math.min(20, dx + dy);
}

const pieces = (points: readonly Point[]): readonly (readonly [Point, Point])[] =>
  points.slice(1).map((point, at) => [points[at] ?? point, point] as const);

function passes(a: Point, b: Point, box: Rectangle): boolean {
  return (
    Math.min(a.x, b.x) < box.x + box.width - 0.5 &&
    Math.max(a.x, b.x) > box.x + 0.5 &&
    Math.min(a.y, b.y) < box.y + box.height - 0.5 &&
    Math.max(a.y, b.y) > box.y + 0.5
  );
}

function union(a: Rectangle, b: Rectangle): Rectangle {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

const grown = (box: Rectangle, by: number): Rectangle => ({
  x: box.x - by,
  y: box.y - by,
  width: box.width + 2 * by,
  height: box.height + 2 * by,
});

const meets = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const contains = (box: Rectangle, { x, y }: Point): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
