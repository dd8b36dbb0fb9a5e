/**
 * The bands of a container as rows: how a band that is too long for a screen is broken, and which boxes are kept in line with
 * each other. Pure.
 */

import { gateKey, type Laid } from './laid.ts';
import { computeBand, type Item } from './outline.ts';
import type { Hop, Port } from './wires.ts';

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
    rank === computeBand || !hops.some((hop) => within(hop, band))
      ? wrap(band, {
          rank,
          gridArea,
          isLed: hops.some(({ lower, upper }) => band.some(({ item }) => item === lower.owner || item === upper.owner)),
          beside: [],
          rest: [...bands.values()].reduce((sum, other) => sum + (other === band ? 0 : heightOf(other) + betweenRows), 0),
        })
      : [band],
  );
}

function within(hop: Hop, band: readonly Laid[]): boolean {
  return [hop.upper, hop.lower].every((port) => band.some((laid) => laid.item === port.owner));
}

/** About what lies between two rows, lines and all, px. */
const betweenRows = 60;
const screenRatio = 1.6;
/** Wider than this for its height is a ribbon. */
const ribbon = 4.5;
/** About what a VM takes in a grid, px². */
export const cellArea = 180 * 88;

interface Band {
  readonly rank: number;
  /** What grids below take, px². */
  readonly gridArea: number;
  /** Whether lines run to it from other bands. */
  readonly isLed: boolean;
  /** What stands beside its first row: storage. */
  readonly beside: readonly Laid[];
  /** Height of the bands above and below, px. */
  readonly rest: number;
}

function wrap(band: readonly Laid[], about: Band): readonly (readonly Laid[])[] {
  const { beside, gridArea, isLed, rank, rest } = about;
  // Storage stands beside the first row, wherever the rest has to go.
  const frames = band.filter((laid) => laid.item.role !== 'storage' && laid.item.role !== 'array');
  if (frames.length < band.length && frames.length > 0) {
    const storage = band.filter((laid) => !frames.includes(laid));
    const [first, ...others] = wrap(frames, { ...about, beside: storage });
    return [[...(first ?? []), ...storage], ...others];
  }
  // A grid has a row to itself.
  const grids = band.filter((laid) => isGrid(laid));
  if (grids.length > 0 && grids.length < band.length) {
    const others = band.filter((laid) => !isGrid(laid));
    return [...wrap(others, about), ...grids.map((grid) => [grid])];
  }
  const width = rowWidth(band, gap);
  // A few hosts beside each other are what one compares; other frames may as well stand below each other, the more so where no
  // line comes down to them.
  const few = rank === computeBand && band.length < 5 && width < 3600;
  const isHosts = band[0]?.item.role === 'host';
  const isFlat = !isHosts && width > ribbon * (heightOf(band) + gridArea / Math.max(1, width));
  if (width < 1500 || (few && !isFlat && (isHosts || isLed))) return [band];
  let best: { readonly cost: number; readonly rows: readonly (readonly Laid[])[] } = { cost: Infinity, rows: [band] };
  for (const limit of limits(band)) {
    const rows = fill(band, limit);
    const full = rows.map((row, at) => (at === 0 ? [...row, ...beside] : row));
    const widest = Math.max(...full.map((row) => rowWidth(row, gap)));
    const area = full.reduce((sum, row) => sum + widest * (heightOf(row) + betweenRows), 0);
    const used = full.flat().reduce((sum, laid) => sum + (laid.width + gap) * (laid.height + betweenRows), 0);
    const ratio = widest / (area / widest + gridArea / widest + rest);
    // A last row of one small box looks forgotten.
    const lonely = Math.max(0, 0.5 - rowWidth(rows.at(-1) ?? [], gap) / widest);
    const cost = Math.abs(Math.log(ratio / screenRatio)) + 1.2 * Math.max(0, 1 - used / area) + 1.2 * lonely + 0.08 * rows.length;
    if (cost < best.cost - 1e-9) best = { cost, rows };
  }
  return best.rows;
}

/** Above this number only rows that begin with the first box are tried. */
const fewBoxes = 24;

/** Widths that a row may have: those of any neighbours, or, of many, of the first ones. */
function limits(band: readonly Laid[]): ReadonlySet<number> {
  const out = new Set<number>();
  band.forEach((_, start) => {
    if (start > 0 && band.length > fewBoxes) return;
    for (let end = start + 1; end <= Math.min(band.length, start + 2 * fewBoxes); end += 1)
      out.add(rowWidth(band.slice(start, end), gap));
  });
  return out;
}

const isGrid = ({ item }: Laid): boolean =>
  item.kind === 'pack' && item.node === undefined && (item.role === 'vm' || item.role === 'service' || item.role === 'license');

/** Boxes in reading order, as many in each row as fit. */
function fill(band: readonly Laid[], limit: number): readonly (readonly Laid[])[] {
  const rows: Laid[][] = [];
  let width = Infinity;
  for (const laid of band) {
    if (width + gap + laid.width > limit) {
      rows.push([]);
      width = -gap;
    }
    rows.at(-1)?.push(laid);
    width += gap + laid.width;
  }
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
    const isWide = row.length === 1 && (row[0]?.width ?? 0) >= rowWidth(above ?? [], between);
    const isBar = isWide && row[0]?.item.role === 'vswitch';
    const isFull = isWide && row[0]?.item.role === 'vm' && row[0].item.kind === 'pack';
    if (above === undefined || (!isBar && !isFull && hops.some((hop) => joins(hop, above, row)))) return;
    if (isFull && above[0] !== undefined && row[0] !== undefined) {
      out.push([above[0], 2, row[0], 2]);
      return;
    }
    if (row.length > 1 && row.every((laid, column) => laid.children.length > 0 && laid.width === above[column]?.width)) {
      row.forEach((laid, column) => {
        const upper = above[column];
        if (upper !== undefined) out.push([upper, upper.width / 2, laid, laid.width / 2]);
      });
      return;
    }
    // A band of several rows is as wide as its first row, so the others and what follows begin where it begins.
    if (above[0] !== undefined && row[0] !== undefined && above[0].item.rank === row[0].item.rank) {
      out.push([above[0], 2, row[0], 2]);
      return;
    }
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

/** What stands where its lines come from, unless the design says a place. */
const followers: ReadonlySet<string> = new Set(['service', 'license', 'product']);

/**
 * The same rows; services and licences in each stand in the order of what they use in the rows above, so that their lines need not
 * cross. What uses nothing above stands last, where it pushes nothing aside.
 */
export function byAim(rows: readonly (readonly Laid[])[], hops: readonly Hop[]): readonly (readonly Laid[])[] {
  const starts = new Map<Item, number>();
  const gates = new Map<Item, Laid['gates']>();
  const out: (readonly Laid[])[] = [];
  for (const row of rows) {
    const follows = row.length > 1 && row.every(({ item }) => isFollower(item));
    const sorted = follows ? sortByAim(row, hops, (port) => xOf(port, starts, gates)) : row;
    let x = -rowWidth(sorted, gap) / 2;
    for (const laid of sorted) {
      starts.set(laid.item, x);
      gates.set(laid.item, laid.content === undefined ? laid.gates : new Map([['', laid.width / 2]]));
      x += laid.width + gap;
    }
    out.push(sorted);
  }
  return out;
}

function isFollower({ kind, role, node }: Item): boolean {
  return kind === 'leaf' && followers.has(role) && node?.order === undefined && node?.side === undefined;
}

function xOf(port: Port, starts: ReadonlyMap<Item, number>, gates: ReadonlyMap<Item, Laid['gates']>): number | undefined {
  const start = starts.get(port.owner);
  const mine = gates.get(port.owner);
  return start === undefined ? undefined : start + (mine?.get(gateKey(port.side, port.bundle)) ?? mine?.get('') ?? 0);
}

function sortByAim(row: readonly Laid[], hops: readonly Hop[], x: (port: Port) => number | undefined): readonly Laid[] {
  const aims = new Map<Laid, number>();
  for (const laid of row) {
    const found = hops.flatMap(({ upper, lower }) => (lower.owner === laid.item ? (x(upper) ?? []) : []));
    aims.set(laid, found.length === 0 ? Number.POSITIVE_INFINITY : found.reduce((sum, at) => sum + at, 0) / found.length);
  }
  return [...row].sort((a, b) => {
    const [first, second] = [aims.get(a) ?? 0, aims.get(b) ?? 0];
    return first === second ? 0 : first - second;
  });
}
