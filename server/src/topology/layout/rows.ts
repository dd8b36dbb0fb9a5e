/**
 * The bands of a container as rows: how a band that is too long for a screen is broken, and which boxes are kept in line with
 * each other. Pure.
 */

import type { Laid } from './laid.ts';
import { computeBand } from './outline.ts';
import type { Hop } from './wires.ts';

/** Distance between neighbours of a band. */
export const gap = 24;

/** Height of the tallest. */
export const heightOf = (laids: readonly Laid[]): number => Math.max(0, ...laids.map((laid) => laid.height));

/** Width of boxes beside each other. */
export function rowWidth(row: readonly Laid[], between: number): number {
  return row.reduce((sum, laid) => sum + laid.width + between, row.length === 0 ? 0 : -between);
}

/** The bands of a container. A band of frames that would be too long for a screen becomes several. */
export function rowsOf(laids: readonly Laid[], hops: readonly Hop[], gridArea: number): readonly (readonly Laid[])[] {
  const bands = new Map<number, Laid[]>();
  for (const laid of [...laids].sort((a, b) => a.item.rank - b.item.rank || a.item.order - b.item.order)) {
    bands.set(laid.item.rank, [...(bands.get(laid.item.rank) ?? []), laid]);
  }
  return [...bands].flatMap(([rank, band]) =>
    rank === computeBand || !hops.some((hop) => within(hop, band)) ? wrap(band, rank, gridArea) : [band],
  );
}

function within(hop: Hop, band: readonly Laid[]): boolean {
  return [hop.upper, hop.lower].every((port) => band.some((laid) => laid.item === port.owner));
}

const screenRatio = 1.6;
/** About what a VM takes in a grid, px². */
export const cellArea = 180 * 88;

function wrap(band: readonly Laid[], rank: number, gridArea: number): readonly (readonly Laid[])[] {
  // Storage stands beside the first row, wherever the rest has to go.
  const frames = band.filter((laid) => laid.item.role !== 'storage' && laid.item.role !== 'array');
  if (frames.length < band.length && frames.length > 0) {
    const [first, ...others] = wrap(frames, rank, gridArea);
    return [[...(first ?? []), ...band.filter((laid) => !frames.includes(laid))], ...others];
  }
  const width = rowWidth(band, gap);
  if (width < (rank === computeBand ? (band.length < 5 ? 3600 : 0) : 1500)) return [band];
  let best: { readonly cost: number; readonly columns: number } = { cost: Infinity, columns: band.length };
  for (let columns = 1; columns <= band.length; columns += 1) {
    const count = Math.ceil(band.length / columns);
    const each = width / count;
    const ratio = each / (count * (heightOf(band) + 60) + gridArea / each);
    const ragged = count * columns - band.length;
    const cost = Math.abs(Math.log(ratio / screenRatio)) + (0.6 * ragged) / columns;
    if (cost < best.cost) best = { cost, columns };
  }
  const rows: Laid[][] = [];
  for (let at = 0; at < band.length; at += best.columns) rows.push(band.slice(at, at + best.columns));
  return rows;
}

/** Keeps the columns of a grid of equal frames, and centres rows under each other that no line joins. */
export function alignment(
  rows: readonly (readonly Laid[])[],
  between: number,
  hops: readonly Hop[],
): readonly (readonly [Laid, number, Laid, number])[] {
  const out: (readonly [Laid, number, Laid, number])[] = [];
  rows.forEach((row, at) => {
    const above = rows[at - 1];
    const isBar = row.length === 1 && row[0]?.item.role === 'vswitch' && row[0].width >= rowWidth(above ?? [], between);
    if (above === undefined || (!isBar && hops.some((hop) => joins(hop, above, row)))) return;
    if (row.length > 1 && row.every((laid, column) => laid.children.length > 0 && laid.width === above[column]?.width)) {
      row.forEach((laid, column) => {
        const upper = above[column];
        if (upper !== undefined) out.push([upper, upper.width / 2, laid, laid.width / 2]);
      });
      return;
    }
    // A band of several rows is as wide as its first row, so what follows begins where it begins.
    if (above[0] !== undefined && row[0] !== undefined && above[0].item.rank === rows[at - 2]?.[0]?.item.rank) {
      out.push([above[0], 2, row[0], 2]);
      return;
    }
    const [upper, lower] = [middle(above), middle(row)];
    if (upper === undefined || lower === undefined) return;
    const [upperOdd, lowerOdd] = [above.length % 2 === 1, row.length % 2 === 1];
    const shift = upperOdd === lowerOdd ? 0 : between / 2;
    out.push([
      upper,
      upperOdd ? upper.width / 2 - shift : upper.width,
      lower,
      lowerOdd ? lower.width / 2 - (upperOdd ? 0 : shift) : lower.width,
    ]);
  });
  return out;
}

/** The middle box of a row, or the left one of the two in the middle. */
function middle(row: readonly Laid[]): Laid | undefined {
  return row[Math.floor((row.length - 1) / 2)];
}

function joins(hop: Hop, above: readonly Laid[], below: readonly Laid[]): boolean {
  return above.some((laid) => laid.item === hop.upper.owner) && below.some((laid) => laid.item === hop.lower.owner);
}
