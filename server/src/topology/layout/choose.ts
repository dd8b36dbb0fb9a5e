/**
 * In which row a box stands that the user has dragged up or down: in the row that it was dropped on, or in one of its own between
 * two rows, whichever puts it nearer to where it was dropped and moves less of the rest; but never above what feeds it or below
 * what hangs on it, so that every line still goes down. Pure.
 */

import type { Point } from './elkGraph.ts';
import type { Laid } from './laid.ts';
import type { Item } from './outline.ts';
import { separate } from './separate.ts';
import type { Hop } from './wires.ts';

/** A box of a row with the place that the layout gave it, and the one that the user did. */
export interface Standing {
  readonly laid: Laid;
  readonly x: number;
  readonly y: number;
  readonly wanted?: Point;
}

export interface Row {
  readonly boxes: readonly Standing[];
  readonly top: number;
  readonly bottom: number;
  /** Sockets stay in their row, and nothing else comes into it. */
  readonly closed: boolean;
}

interface Dragged extends Standing {
  readonly wanted: Point;
}

/** About what is between two rows, px. */
const between = 40;
/** A box dropped this near to the upper edge of its row stands in line with the row, px. */
export const snap = 24;

/** The room of a row: where it begins at the left, and the least distance of neighbours, px. */
export interface Room {
  readonly least: number;
  readonly gap: number;
}

/** The rows with every dragged box in the row where it was dropped. */
export function chooseRows(rows: readonly Row[], hops: readonly Hop[], room: Room): readonly Row[] {
  const dragged = rows.flatMap((row) => (row.closed ? [] : row.boxes.filter(isDragged)));
  // From top to bottom, so that the rows above a box are where they will be drawn.
  dragged.sort((a, b) => a.wanted.y - b.wanted.y || a.wanted.x - b.wanted.x || a.laid.item.order - b.laid.item.order);
  const settled = new Set<Standing>();
  let out = rows;
  for (const box of dragged) {
    const { above, below, others } = roomFor(out, box, hops);
    let best: Option = { cost: Infinity, at: above + 1, joins: false };
    for (let at = above + 1; at <= below; at += 1) {
      const options = [alone(others, at, box), ...(at < below ? [joining(others, at, box, settled, room)] : [])];
      for (const option of options) if (option.cost < best.cost) best = option;
    }
    settled.add(box);
    out = restack(apply(others, best, box), rows, settled);
  }
  return out;
}

function isDragged(box: Standing): box is Dragged {
  return box.wanted !== undefined;
}

interface Option {
  readonly cost: number;
  readonly at: number;
  readonly joins: boolean;
}

/** The rows without a box, and the last row above and the first row below that it has to keep to. */
function roomFor(
  rows: readonly Row[],
  box: Standing,
  hops: readonly Hop[],
): { readonly others: readonly Row[]; readonly above: number; readonly below: number } {
  const others = rows
    .map((row): Row => ({ ...row, boxes: row.boxes.filter((other) => other !== box) }))
    .filter((row) => row.boxes.length > 0);
  const rowOf = (item: Item): number => others.findIndex((row) => row.boxes.some((other) => other.laid.item === item));
  let above = others.findLastIndex((row) => row.closed);
  let below = others.length;
  for (const { peer, upper, lower } of hops) {
    if (peer !== undefined) continue;
    if (lower.owner === box.laid.item) above = Math.max(above, rowOf(upper.owner));
    if (upper.owner === box.laid.item && rowOf(lower.owner) >= 0) below = Math.min(below, rowOf(lower.owner));
  }
  return { others, above, below };
}

/** In a row of its own before the row `at`: how far that is from where it was dropped, and how much the picture grows. */
function alone(rows: readonly Row[], at: number, { laid, wanted }: Dragged): Option {
  const [before, next] = [rows[at - 1], rows[at]];
  const top = Math.max(wanted.y, before === undefined ? 0 : before.bottom + between);
  const end = top + laid.height;
  const grown = next === undefined ? end - (before?.bottom ?? 0) : Math.max(0, end + between - next.top);
  const middle = wanted.y + laid.height / 2;
  const passed = Math.max(
    0,
    before === undefined ? 0 : middleOf(before) - middle,
    next === undefined ? 0 : middle - middleOf(next),
  );
  return { cost: 2 * (top - wanted.y + passed) + grown, at, joins: false };
}

const middleOf = (row: Row): number => (row.top + row.bottom) / 2;

/** In a row among others: the same, and how far the farthest has to make room. */
function joining(
  rows: readonly Row[],
  at: number,
  { laid, wanted }: Dragged,
  settled: ReadonlySet<Standing>,
  room: Room,
): Option {
  const row = rows[at];
  if (row === undefined) return { cost: Infinity, at, joins: true };
  // In line with the row: that is where it was meant to be, whoever has to make room.
  if (Math.abs(wanted.y - row.top) < snap) return { cost: 0, at, joins: true };
  const bodies = [
    { x: wanted.x, width: laid.width, fixed: true, weight: 1 },
    ...row.boxes
      .filter((box) => box.wanted === undefined || settled.has(box))
      .map((box) => ({ x: box.wanted?.x ?? box.x, width: box.laid.width, fixed: box.wanted !== undefined, weight: 1 })),
  ];
  const places = separate(bodies, room.least, () => room.gap);
  const pushed = Math.max(...bodies.map((body, index) => Math.abs((places[index] ?? 0) - body.x)));
  const cost = 2 * Math.max(0, row.top - wanted.y) + Math.max(0, wanted.y + laid.height - row.bottom) + pushed;
  return { cost, at, joins: true };
}

function apply(rows: readonly Row[], { at, joins }: Option, box: Dragged): readonly Row[] {
  if (joins) return rows.map((row, index) => (index === at ? { ...row, boxes: [...row.boxes, box] } : row));
  return rows.toSpliced(at, 0, { boxes: [box], top: box.wanted.y, bottom: box.wanted.y + box.laid.height, closed: false });
}

/** The rows where they come to stand about, one below the other. */
function restack(rows: readonly Row[], before: readonly Row[], settled: ReadonlySet<Standing>): readonly Row[] {
  const distances = new Map(
    before.flatMap((row, at) => row.boxes.map((box) => [box.laid, row.top - (before[at - 1]?.bottom ?? 0)] as const)),
  );
  let bottom = 0;
  return rows.map((row, at): Row => {
    const stayed = row.boxes.find((box) => !settled.has(box));
    const distance = at === 0 ? before[0]?.top : stayed === undefined ? undefined : distances.get(stayed.laid);
    const top = bottom + (distance ?? between);
    bottom = Math.max(
      ...row.boxes.map((box) => {
        const low = settled.has(box) && box.wanted !== undefined && box.wanted.y > top + snap ? box.wanted.y : top;
        return low + box.laid.height;
      }),
    );
    return { ...row, top, bottom };
  });
}
