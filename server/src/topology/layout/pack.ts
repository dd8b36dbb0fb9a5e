/**
 * Grids: like things in equal cells, row by row in the order of the text, without ELK, since nothing is routed between them.
 * Lines from outside reach a cell straight from the border or through the gaps between cells. Pure.
 */

import type { Point } from './elkGraph.ts';
import { equalize, gateKey, hopKey, type Laid, type LaidChild, leastWidth, plateHeightOf } from './laid.ts';
import type { Item } from './outline.ts';
import type { Hop, Port, Side } from './wires.ts';

interface Grid {
  readonly columns: number;
  readonly gapX: number;
  readonly gapY: number;
  readonly padding: number;
}

/** Where along its row a line goes that leaves by a gate, when that is known. */
export type Aim = (bundle: string) => number | undefined;

/** Lays a grid out; `wide` is the width that it should about fill. */
export function pack(item: Item, cells: readonly Laid[], hops: readonly Hop[], wide: number, aim: Aim = () => undefined): Laid {
  const said = unique(hops);
  const ways = waysOf(cells, item, said, aim);
  const plain = gridOf(item, cells.length, Math.max(0, ...cells.map((cell) => cell.width)), wide);
  const shafts = shaftsOf(cells.length, plain, ways, aim);
  const grid = withRoom(withNames(plain, said), shafts, ways);
  const twoWay = isTwoWay(shafts);
  const boxes = filling(item, equalize(cells), grid, wide);
  const cellWidth = boxes[0]?.width ?? 0;
  const cellHeight = boxes[0]?.height ?? 0;
  const framed = item.node !== undefined || item.title !== undefined;
  const top = (framed ? plateHeightOf(item) : 0) + roomForPeers(cells, said);
  const rows = Math.ceil(boxes.length / grid.columns);
  const inner = grid.columns * (cellWidth + grid.gapX) - grid.gapX;
  const isWide = item.role === 'vswitch' && !isInHost(item);
  const open = isOpen(item, wide);
  const width = Math.max(inner + 2 * grid.padding, framed ? leastWidth(item, 300) : 0, isWide || open ? wide : 0);
  const height = top + rows * (cellHeight + grid.gapY) - grid.gapY + (framed ? Math.max(plain.padding, 8) : 0);
  const spread = item.node !== undefined && grid.columns === 1 && !isWide && shafts.size === 0;
  const left = spread || open ? grid.padding : Math.round((width - inner) / 2);
  const children = boxes.map(
    (laid, at): LaidChild => ({
      laid: spread ? (equalize([laid, { ...laid, width: width - 2 * grid.padding }])[0] ?? laid) : laid,
      x: left + (at % grid.columns) * (cellWidth + grid.gapX),
      y: top + Math.floor(at / grid.columns) * (cellHeight + grid.gapY),
    }),
  );
  const gates = new Map<string, number>();
  const lines = new Map<string, readonly Point[]>();
  said
    .filter((hop) => hop.peer !== undefined)
    .forEach((hop, peers) => {
      lines.set(hopKey(hop), peerLine(children, hop, top, peers));
    });
  for (const [index, mine] of ways) {
    const child = children[index];
    if (child === undefined) continue;
    mine.forEach(({ port, gate, hop }, lane) => {
      const shaft = isOuter(index, cells.length, grid.columns, port.side) ? undefined : shafts.get(index % grid.columns);
      const points = stub(child, port.side, {
        lane,
        lanes: mine.length,
        grid,
        height,
        isTwoWay: twoWay,
        shaft: shaft === undefined ? undefined : shaft.indexOf(laneKey(port, gate)) - (shaft.length - 1) / 2,
      });
      gates.set(gateKey(gate.side, gate.bundle), points.at(-1)?.x ?? 0);
      lines.set(hopKey(hop), port.side === 'top' ? [...points].reverse() : points);
    });
  }
  return { item, width, height, plate: framed ? 'top' : 'none', plateY: 0, children, gates, hops: lines };
}

/** A line between a cell and the border. */
interface Way {
  readonly port: Port;
  readonly gate: Port;
  readonly hop: Hop;
}

/** The lines of each cell, by its place, in the order of where they go. */
function waysOf(cells: readonly Laid[], item: Item, hops: readonly Hop[], aim: Aim): ReadonlyMap<number, readonly Way[]> {
  const places = new Map(cells.map((cell, at) => [cell.item, at]));
  const out = new Map<number, Way[]>();
  for (const hop of hops) {
    if (hop.peer !== undefined) continue;
    const [port, gate] = hop.upper.owner === item ? [hop.lower, hop.upper] : [hop.upper, hop.lower];
    const at = places.get(port.owner);
    if (at !== undefined) out.set(at, [...(out.get(at) ?? []), { port, gate, hop }]);
  }
  const goal = ({ port, gate }: Way): number => aim(gate.bundle) ?? port.far;
  for (const mine of out.values()) mine.sort((a, b) => goal(a) - goal(b));
  return out;
}

/** Each cell has gates of its own; this is the trunk that its line becomes a part of. */
const trunkOf = (gate: Port): string => gate.bundle.slice(gate.bundle.indexOf('|') + 1);

/** A lane beside a column: of a trunk, upwards or downwards. */
const laneKey = (port: Port, gate: Port): string => `${port.side} ${trunkOf(gate)}`;

/** Cells at the border reach it straight. */
function isOuter(index: number, count: number, columns: number, side: Side): boolean {
  return side === 'top' ? index < columns : index + columns >= count;
}

/** The trunks that pass beside each column, from left to right: each has a lane there. */
function shaftsOf(
  count: number,
  grid: Grid,
  ways: ReadonlyMap<number, readonly Way[]>,
  aim: Aim,
): ReadonlyMap<number, readonly string[]> {
  const goals = new Map<number, Map<string, number>>();
  for (const [index, mine] of ways) {
    for (const { port, gate } of mine) {
      if (isOuter(index, count, grid.columns, port.side)) continue;
      const key = index % grid.columns;
      const known = goals.get(key) ?? new Map<string, number>();
      goals.set(key, known.set(laneKey(port, gate), aim(gate.bundle) ?? port.far));
    }
  }
  return new Map([...goals].map(([key, trunks]) => [key, [...trunks].sort(([, a], [, b]) => a - b).map(([trunk]) => trunk)]));
}

/** Gaps as wide as the names of lines between neighbours need. */
function withNames(grid: Grid, hops: readonly Hop[]): Grid {
  const named = Math.max(0, ...hops.map((hop) => hop.named ?? 0));
  return named === 0 ? grid : { ...grid, gapX: Math.max(grid.gapX, Math.min(120, named) + 14) };
}

/** Distance between lanes. */
const lanePitch = 5;

/** Whether lines leave the cells both upwards and downwards: then each kind has its half of the gap between two rows. */
function isTwoWay(shafts: ReadonlyMap<number, readonly string[]>): boolean {
  const lanes = [...shafts.values()].flat();
  return lanes.some((lane) => lane.startsWith('top')) && lanes.some((lane) => lane.startsWith('bottom'));
}

/** Gaps as wide as the lanes in them need. */
function withRoom(grid: Grid, shafts: ReadonlyMap<number, readonly string[]>, ways: ReadonlyMap<number, readonly Way[]>): Grid {
  if (shafts.size === 0) return grid;
  const across = Math.max(...[...shafts.values()].map((trunks) => trunks.length));
  const down = Math.max(...[...ways.values()].map((mine) => mine.length));
  const gapX = Math.max(grid.gapX, 10 + lanePitch * (across - 1));
  const room = 10 + lanePitch * (down - 1);
  const gapY = Math.max(grid.gapY, isTwoWay(shafts) ? 2 * room : room);
  return { ...grid, gapX, gapY, padding: Math.max(grid.padding, gapX) };
}

/** A grid of several rows takes the whole width, so that its edges are in line with the boxes above it. */
function filling(item: Item, cells: readonly Laid[], grid: Grid, wide: number): readonly Laid[] {
  const first = cells[0];
  if (first !== undefined && isOpen(item, wide)) {
    const each = Math.floor((wide + grid.gapX) / grid.columns) - grid.gapX;
    return equalize([...cells, { ...first, width: Math.min(each, first.width * 1.5) }]).slice(0, -1);
  }
  if (
    first === undefined ||
    item.node !== undefined ||
    item.role === 'switch' ||
    item.role === 'physical' ||
    item.role === 'host' ||
    cells.length <= grid.columns
  )
    return cells;
  const each = Math.floor((wide + grid.gapX) / grid.columns) - grid.gapX;
  return equalize([...cells, { ...first, width: Math.min(each, first.width * 1.5) }]).slice(0, -1);
}

function gridOf(item: Item, count: number, cellWidth: number, wide: number): Grid {
  const rowLike = item.role === 'vswitch' || item.role === 'portgroup' || item.role === 'vmkernel';
  // LUNs stand as far apart as the datastores on them, so that the lines between are straight.
  const grid = rowLike
    ? { gapX: 6, gapY: 6, padding: 8 }
    : item.role === 'pool'
      ? { gapX: 20, gapY: 8, padding: 12 }
      : { gapX: 20, gapY: 20, padding: item.node === undefined && item.title === undefined ? 0 : 14 };
  const columns = columnsOf(item, count, cellWidth + grid.gapX, wide);
  return { ...grid, columns: Math.max(1, isOpen(item, wide) ? columns : Math.min(count, columns)) };
}

function columnsOf(item: Item, count: number, pitch: number, wide: number): number {
  const fitting = Math.max(1, Math.floor((wide + 8) / pitch));
  if (item.role === 'switch') return 8;
  if (item.role === 'physical' || item.role === 'host') return Math.ceil(count / 4);
  if (item.role === 'pool') return Math.min(4, count);
  if (isInHost(item) && item.role !== 'vm') return Math.ceil(count / 6);
  // More than one row: in steps, so that a little more or less room does not send every VM to another row.
  if (isOpen(item, wide))
    return fitting <= 6 || count <= fitting ? fitting : fitting <= 12 ? fitting - (fitting % 2) : fitting - (fitting % 4);
  const rows = Math.ceil(count / fitting);
  if (item.node === undefined || item.role === 'vswitch') return Math.ceil(count / rows);
  const wanted = Math.ceil(Math.sqrt(count * 1.6));
  return Math.ceil(count / Math.ceil(count / wanted));
}

/** Below this width a grid is as wide as its cells. */
export const narrow = 440;

/**
 * VMs below their hosts: as many columns as fit and cells from the left, so that one more VM takes the next cell and no other moves.
 */
function isOpen(item: Item, wide: number): boolean {
  return item.role === 'vm' && item.node === undefined && wide > narrow;
}

const isInHost = (item: Item): boolean => item.parent?.role === 'host' || item.parent?.role === 'physical';

function unique(hops: readonly Hop[]): readonly Hop[] {
  return [...new Map(hops.map((hop) => [hopKey(hop), hop])).values()];
}

interface StubSite {
  /** Place among the lines of the same cell, and their number. */
  readonly lane: number;
  readonly lanes: number;
  readonly grid: Grid;
  readonly height: number;
  readonly isTwoWay: boolean;
  /** Lane beside the column, from the middle of the gap; absent where nothing is between the cell and the border. */
  readonly shaft: number | undefined;
}

/** From a cell to the border: straight where nothing is in the way, else through the gap beside its column. */
function stub(child: LaidChild, side: Side, site: StubSite): readonly Point[] {
  const { grid, lanes, shaft } = site;
  const offset = site.lane - (lanes - 1) / 2;
  const stack = (child.laid.item.node?.count ?? 1) > 1 ? 6 : 0;
  const pitch = Math.min(12, (child.laid.width - stack - 16) / Math.max(1, lanes - 1));
  const x = Math.round(child.x + (child.laid.width - stack) / 2 + offset * pitch);
  const y = side === 'top' ? child.y : child.y + child.laid.height - stack;
  const border = side === 'top' ? 0 : site.height;
  if (shaft === undefined)
    return [
      { x, y },
      { x, y: border },
    ];
  const middle = grid.gapY / (site.isTwoWay ? 4 : 2) + offset * lanePitch;
  const gapY = Math.round(side === 'top' ? child.y - middle : child.y + child.laid.height + middle);
  const gapX = Math.round(child.x - grid.gapX / 2 + shaft * lanePitch);
  return [
    { x, y },
    { x, y: gapY },
    { x: gapX, y: gapY },
    { x: gapX, y: border },
  ];
}

/** Lines between boxes that are not neighbours go over those between them. */
function roomForPeers(cells: readonly Laid[], hops: readonly Hop[]): number {
  const far = unique(hops).filter(
    (hop) => hop.peer !== undefined && Math.abs(indexOf(cells, hop.upper.owner) - indexOf(cells, hop.lower.owner)) > 1,
  );
  return far.length === 0 ? 0 : 8 + far.length * 6;
}

function indexOf(cells: readonly Laid[], child: Item): number {
  return cells.findIndex((cell) => cell.item === child);
}

function peerLine(children: readonly LaidChild[], hop: Hop, top: number, lane: number): readonly Point[] {
  const at = [hop.upper.owner, hop.lower.owner].map((owner) => children.findIndex((child) => child.laid.item === owner));
  const [a, b] = [children[at[0] ?? -1], children[at[1] ?? -1]];
  if (a === undefined || b === undefined) return [];
  if (a.y === b.y && Math.abs((at[0] ?? 0) - (at[1] ?? 0)) === 1) {
    const y = Math.round(a.y + a.laid.height / 2) + (lane % 2 === 0 ? lane / 2 : -(lane + 1) / 2) * 8;
    return a.x < b.x
      ? [
          { x: a.x + a.laid.width, y },
          { x: b.x, y },
        ]
      : [
          { x: a.x, y },
          { x: b.x + b.laid.width, y },
        ];
  }
  const y = top - 8 - lane * 6;
  const middle = (child: LaidChild): number => Math.round(child.x + child.laid.width / 2);
  return [
    { x: middle(a), y: a.y },
    { x: middle(a), y },
    { x: middle(b), y },
    { x: middle(b), y: b.y },
  ];
}
