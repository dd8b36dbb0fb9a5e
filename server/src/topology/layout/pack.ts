/**
 * Grids: like things in equal cells, row by row in the order of the text, without ELK, since nothing is routed between them.
 * Lines from outside reach a cell straight from the border or through the gaps between cells. Pure.
 */

import type { Point } from './elkGraph.ts';
import { equalize, gateKey, hopKey, type Laid, type LaidChild, plateHeightOf, plateWidth } from './laid.ts';
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
  const grid = gridOf(item, cells.length, Math.max(0, ...cells.map((cell) => cell.width)), wide);
  const boxes = filling(item, equalize(cells), grid, wide);
  const cellWidth = boxes[0]?.width ?? 0;
  const cellHeight = boxes[0]?.height ?? 0;
  const framed = item.node !== undefined || item.title !== undefined;
  const top = (framed ? plateHeightOf(item) : 0) + roomForPeers(item, hops);
  const rows = Math.ceil(boxes.length / grid.columns);
  const inner = grid.columns * (cellWidth + grid.gapX) - grid.gapX;
  const isWide = item.role === 'vswitch' && !isInHost(item);
  const width = Math.max(inner + 2 * grid.padding, framed ? Math.min(220, plateWidth(item)) : 0, isWide ? wide : 0);
  const height = top + rows * (cellHeight + grid.gapY) - grid.gapY + (framed ? Math.max(grid.padding, 8) : 0);
  const spread = item.node !== undefined && grid.columns === 1 && !isWide;
  const left = spread ? grid.padding : Math.round((width - inner) / 2);
  const children = boxes.map(
    (laid, at): LaidChild => ({
      laid: spread ? (equalize([laid, { ...laid, width: width - 2 * grid.padding }])[0] ?? laid) : laid,
      x: left + (at % grid.columns) * (cellWidth + grid.gapX),
      y: top + Math.floor(at / grid.columns) * (cellHeight + grid.gapY),
    }),
  );
  const gates = new Map<string, number>();
  const lines = new Map<string, readonly Point[]>();
  const lanes = new Map<LaidChild, [Port, Port, Hop][]>();
  let peers = 0;
  for (const hop of unique(hops)) {
    if (hop.peer !== undefined) {
      lines.set(hopKey(hop), peerLine(children, hop, top, peers));
      peers += 1;
      continue;
    }
    const [outward, gate] = hop.upper.owner === item ? [hop.lower, hop.upper] : [hop.upper, hop.lower];
    const child = children.find((candidate) => candidate.laid.item === outward.owner);
    if (child !== undefined) lanes.set(child, [...(lanes.get(child) ?? []), [outward, gate, hop]]);
  }
  for (const [child, ways] of lanes) {
    ways.sort(([a, gateA], [b, gateB]) => (aim(gateA.bundle) ?? a.far) - (aim(gateB.bundle) ?? b.far));
    ways.forEach(([outward, gate, hop], lane) => {
      const offset = lane - (ways.length - 1) / 2;
      const points = stub(child, outward.side, { offset, grid, height, index: children.indexOf(child), count: children.length });
      gates.set(gateKey(gate.side, gate.bundle), points.at(-1)?.x ?? 0);
      lines.set(hopKey(hop), outward.side === 'top' ? [...points].reverse() : points);
    });
  }
  return { item, width, height, plate: framed ? 'top' : 'none', plateY: 0, children, gates, hops: lines };
}

/** A grid of several rows takes the whole width, so that its edges are in line with the boxes above it. */
function filling(item: Item, cells: readonly Laid[], grid: Grid, wide: number): readonly Laid[] {
  const first = cells[0];
  if (
    first === undefined ||
    item.node !== undefined ||
    item.role === 'switch' ||
    item.role === 'physical' ||
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
      : { gapX: 20, gapY: 20, padding: item.node === undefined ? 0 : 14 };
  return { ...grid, columns: Math.max(1, Math.min(count, columnsOf(item, count, cellWidth + grid.gapX, wide))) };
}

function columnsOf(item: Item, count: number, pitch: number, wide: number): number {
  const fitting = Math.max(1, Math.floor((wide + 8) / pitch));
  if (item.role === 'switch') return 8;
  if (item.role === 'physical') return Math.ceil(count / 4);
  if (item.role === 'pool') return Math.min(4, count);
  if (isInHost(item) && item.role !== 'vm') return Math.ceil(count / 6);
  const rows = Math.ceil(count / fitting);
  return item.node === undefined || item.role === 'vswitch' ? Math.ceil(count / rows) : Math.ceil(Math.sqrt(count * 1.6));
}

const isInHost = (item: Item): boolean => item.parent?.role === 'host' || item.parent?.role === 'physical';

function unique(hops: readonly Hop[]): readonly Hop[] {
  return [...new Map(hops.map((hop) => [hopKey(hop), hop])).values()];
}

interface StubSite {
  /** Place among the lines of the same cell, from the middle. */
  readonly offset: number;
  readonly grid: Grid;
  readonly height: number;
  readonly index: number;
  readonly count: number;
}

/** From a cell to the border: straight where nothing is in the way, else through the gap beside its column. */
function stub(child: LaidChild, side: Side, site: StubSite): readonly Point[] {
  const { grid, offset } = site;
  const stack = (child.laid.item.node?.count ?? 1) > 1 ? 6 : 0;
  const x = Math.round(child.x + child.laid.width / 2 - stack / 2 + offset * 12);
  const y = side === 'top' ? child.y : child.y + child.laid.height - stack;
  const border = side === 'top' ? 0 : site.height;
  const isOuter = side === 'top' ? site.index < grid.columns : site.index + grid.columns >= site.count;
  if (isOuter)
    return [
      { x, y },
      { x, y: border },
    ];
  const shift = Math.max(-6, Math.min(6, offset * 4));
  const gapY = side === 'top' ? child.y - grid.gapY / 2 + shift : child.y + child.laid.height + grid.gapY / 2 + shift;
  const gapX = Math.round(child.x - grid.gapX / 2 + shift);
  return [
    { x, y },
    { x, y: gapY },
    { x: gapX, y: gapY },
    { x: gapX, y: border },
  ];
}

/** Lines between boxes that are not neighbours go over those between them. */
function roomForPeers(item: Item, hops: readonly Hop[]): number {
  const far = unique(hops).filter(
    (hop) => hop.peer !== undefined && Math.abs(indexOf(item, hop.upper.owner) - indexOf(item, hop.lower.owner)) > 1,
  );
  return far.length === 0 ? 0 : 8 + far.length * 6;
}

function indexOf(item: Item, child: Item): number {
  return item.children.indexOf(child);
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
