/** Polylines of horizontal and vertical pieces: joining, straightening. Pure geometry. */

import type { Point } from './elkGraph.ts';

/** Without points that repeat and points in the middle of a straight piece. */
export function straighten(points: readonly Point[]): readonly Point[] {
  const out: Point[] = [];
  for (const point of points) {
    const last = out.at(-1);
    const before = out.at(-2);
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    if (
      last !== undefined &&
      before !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))
    )
      out.pop();
    out.push(point);
  }
  return out;
}

/**
 * Without sidesteps of a few pixels, which a line made to keep its distance from a box: they look like slips of the pen. `free`
 * tells which ends may move; an end at a box stays.
 */
export function withoutJogs(
  points: readonly Point[],
  free: { readonly start: boolean; readonly end: boolean },
): readonly Point[] {
  const out = [...straighten(points)];
  for (let at = 1; at + 2 < out.length; at += 1) {
    const [a, b, c, d] = [out[at - 1], out[at], out[at + 1], out[at + 2]];
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
    if (a.x !== b.x || c.x !== d.x || b.y !== c.y || Math.abs(b.x - c.x) > 6) continue;
    const startStays = at === 1 && !free.start;
    const endStays = at + 2 === out.length - 1 && !free.end;
    if (startStays && endStays) continue;
    const x = endStays ? c.x : b.x;
    for (let k = at - 1; k <= at + 2; k += 1) out[k] = { x, y: out[k]?.y ?? 0 };
  }
  return straighten(out);
}

/** Joins two lines; a pixel lost in rounding must not become a kink. */
export function join(a: readonly Point[], b: readonly Point[]): readonly Point[] {
  const end = a.at(-1);
  const [start, second] = b;
  if (end === undefined || start === undefined) return [...a, ...b];
  const dx = end.x - start.x;
  if (dx === 0 || Math.abs(dx) > 2 || second === undefined || second.x !== start.x) return [...a, ...b];
  return [...a, { x: end.x, y: start.y }, { x: end.x, y: second.y }, ...b.slice(2)];
}

/** Two lines from one point as one from end to end: it turns where they part, not at the point that they share. */
export function joinAtFork(a: readonly Point[], b: readonly Point[]): readonly Point[] {
  let shared = 0;
  while (shared < Math.min(a.length, b.length) - 1 && same(a[shared], b[shared])) shared += 1;
  const meeting = a[shared - 1];
  return [...a.slice(shared).reverse(), ...(meeting === undefined ? [] : [meeting]), ...b.slice(shared)];
}

function same(a: Point | undefined, b: Point | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a.x - b.x) < 0.5 && Math.abs(a.y - b.y) < 0.5;
}
