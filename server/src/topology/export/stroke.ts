/** Curves to straight pieces, and lines of some width to outlines that can be filled. */

import type { Pen } from './drawing.ts';
import type { Path } from './pathData.ts';
import type { Polygon } from './raster.ts';

export interface Run {
  /** x and y in turns. */
  readonly points: readonly number[];
  readonly isClosed: boolean;
}

/** The path in straight pieces, scaled. */
export function flatten(path: Path, scale: number): readonly Run[] {
  const runs: { points: number[]; isClosed: boolean }[] = [];
  let points: number[] = [];
  const begin = (x: number, y: number): void => {
    points = [x, y];
    runs.push({ points, isClosed: false });
  };
  for (const step of path) {
    if (step.op === 'Z') {
      const run = runs.at(-1);
      if (run !== undefined) run.isClosed = true;
      continue;
    }
    const [x, y] = [step.x * scale, step.y * scale];
    if (step.op === 'M') begin(x, y);
    else {
      const open = runs.at(-1);
      if (open?.isClosed === true) begin(points[0] ?? 0, points[1] ?? 0);
      if (step.op === 'L') points.push(x, y);
      else addCurve(points, step.x1 * scale, step.y1 * scale, step.x2 * scale, step.y2 * scale, x, y);
    }
  }
  return runs;
}

function addCurve(points: number[], x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
  const [x0, y0] = [points.at(-2) ?? 0, points.at(-1) ?? 0];
  const length = Math.hypot(x1 - x0, y1 - y0) + Math.hypot(x2 - x1, y2 - y1) + Math.hypot(x - x2, y - y2);
  const count = Math.max(2, Math.min(48, Math.ceil(Math.sqrt(length) * 1.6)));
  for (let at = 1; at <= count; at++) {
    const t = at / count;
    const u = 1 - t;
    const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    points.push(a * x0 + b * x1 + c * x2 + d * x, a * y0 + b * y1 + c * y2 + d * y);
  }
}

/**
 * Outlines that together cover the line. All run the same way round, so what overlaps is inside. Corners are round; so are the
 * ends where the pen says so.
 */
export function strokePolygons(runs: readonly Run[], pen: Pen, scale: number): readonly Polygon[] {
  const half = (pen.width * scale) / 2;
  const dash = pen.dash.map((length) => length * scale);
  const isDashed = dash.length > 0 && dash.some((length) => length > 0);
  const pieces = isDashed ? runs.flatMap((run) => dashed(run, dash)) : runs;
  return pieces.flatMap(({ points, isClosed }) =>
    strokeRun(isClosed ? [...points, points[0] ?? 0, points[1] ?? 0] : points, isClosed, half, pen.isRound),
  );
}

function strokeRun(points: readonly number[], isClosed: boolean, half: number, isRound: boolean): readonly Polygon[] {
  const out: Polygon[] = [];
  const last = points.length - 2;
  for (let at = 0; at < last; at += 2) {
    const [x0, y0, x1, y1] = [points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0, points[at + 3] ?? 0];
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length === 0) continue;
    const [nx, ny] = [(-(y1 - y0) / length) * half, ((x1 - x0) / length) * half];
    out.push([x0 - nx, y0 - ny, x1 - nx, y1 - ny, x1 + nx, y1 + ny, x0 + nx, y0 + ny]);
  }
  // Pens finer than a pixel show no corner.
  if (half <= 0.5) return out;
  for (let at = 0; at <= last; at += 2) {
    const isEnd = !isClosed && (at === 0 || at === last);
    if (isEnd ? isRound : turns(points, at, isClosed)) out.push(disc(points[at] ?? 0, points[at + 1] ?? 0, half));
  }
  return out;
}

/** Whether the line changes its direction here. */
function turns(points: readonly number[], at: number, isClosed: boolean): boolean {
  const last = points.length - 2;
  const before = at > 0 ? at - 2 : isClosed ? last - 2 : -2;
  const after = at < last ? at + 2 : isClosed ? 2 : -2;
  if (before < 0 || after < 0) return false;
  const [x, y] = [points[at] ?? 0, points[at + 1] ?? 0];
  const [ax, ay] = [x - (points[before] ?? 0), y - (points[before + 1] ?? 0)];
  const [bx, by] = [(points[after] ?? 0) - x, (points[after + 1] ?? 0) - y];
  return Math.abs(ax * by - ay * bx) > 1e-6 || ax * bx + ay * by < 0;
}

function disc(x: number, y: number, radius: number): Polygon {
  const count = Math.max(8, Math.ceil(radius * 5));
  return Array.from({ length: count * 2 }, (_, at) => {
    const angle = (Math.floor(at / 2) * 2 * Math.PI) / count;
    return at % 2 === 0 ? x + Math.cos(angle) * radius : y + Math.sin(angle) * radius;
  });
}

function dashed({ points, isClosed }: Run, dash: readonly number[]): readonly Run[] {
  const all = isClosed ? [...points, points[0] ?? 0, points[1] ?? 0] : points;
  const pattern = dash.length % 2 === 0 ? dash : [...dash, ...dash];
  const runs: Run[] = [];
  let [index, left] = [0, pattern[0] ?? 1];
  let current: number[] = [all[0] ?? 0, all[1] ?? 0];
  for (let at = 0; at < all.length - 2; at += 2) {
    let [x, y] = [all[at] ?? 0, all[at + 1] ?? 0];
    const [endX, endY] = [all[at + 2] ?? 0, all[at + 3] ?? 0];
    for (let length = Math.hypot(endX - x, endY - y); length > 0; ) {
      const step = Math.min(left, length);
      [x, y] = [x + ((endX - x) * step) / length, y + ((endY - y) * step) / length];
      [length, left] = [length - step, left - step];
      if (index % 2 === 0) current.push(x, y);
      if (left > 1e-9) continue;
      if (index % 2 === 0) runs.push({ points: current, isClosed: false });
      index = (index + 1) % pattern.length;
      left = Math.max(pattern[index] ?? 1, 1e-3);
      current = [x, y];
    }
  }
  if (index % 2 === 0 && current.length > 2) runs.push({ points: current, isClosed: false });
  return runs;
}
