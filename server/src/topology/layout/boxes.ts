/**
 * Lays the tree of boxes out from the inside out: leaves are measured, grids packed, the rest handed to ELK container by
 * container. Here are the habits that make it a drawing rather than a graph: equal frames for equal things, hosts in rows that
 * suit a screen, NICs as sockets on a host's upper edge above the vSwitch that they belong to.
 */

import { type Chips, measureLeaf, socketRoles } from '../measure.ts';
import { arrange, type Wanted } from './arrange.ts';
import { column } from './column.ts';
import type { LayoutRunner } from './elkGraph.ts';
import { type FlowResult, flow } from './flow.ts';
import type { FlowRequest } from './flowInput.ts';
import { cellOrder, holdRow } from './hold.ts';
import { equalize, gateKey, type Laid, type LaidChild, leastWidth, type PlateAt, plateHeightOf, portKey } from './laid.ts';
import { computeBand, type Item } from './outline.ts';
import { type Aim, narrow, pack } from './pack.ts';
import { alignment, byAim, cellArea, gap, heightOf, rowsOf, rowWidth } from './rows.ts';
import type { Hop } from './wires.ts';

export interface BoxContext {
  readonly run: LayoutRunner;
  readonly hops: ReadonlyMap<Item, readonly Hop[]>;
  readonly chips: ReadonlyMap<string, Chips>;
  /** Boxes that the user has put somewhere. */
  readonly wanted: Wanted;
}

const noChips: Chips = { networks: [], stores: [] };
const defaultWidth = 1000;
/** Between frames of a band of several rows: the lines to the later rows pass there. */
const wideGap = 60;

/** Lays a box and everything in it out. `wide` is the width that a grid should about fill. */
export async function layBox(item: Item, context: BoxContext, wide = defaultWidth): Promise<Laid> {
  if (item.kind === 'leaf' && item.node !== undefined) {
    const content = measureLeaf(item.node, context.chips.get(item.node.id) ?? noChips, item.parent?.node !== undefined);
    return {
      item,
      width: content.width,
      height: content.height,
      content,
      plate: 'none',
      plateY: 0,
      children: [],
      gates: new Map(),
      hops: new Map(),
    };
  }
  const hops = context.hops.get(item) ?? [];
  if (item.kind === 'column') return column(item, await layAll(item.children, context, wide), hops);
  if (item.kind === 'pack') return layGrid(item, context, wide);
  return layFlow(item, hops, context, wide);
}

/** A grid; members that the user has put somewhere stand in the cells there. */
async function layGrid(item: Item, context: BoxContext, wide: number, aim?: Aim): Promise<Laid> {
  const cells = await layAll(item.children, context, wide);
  const hops = context.hops.get(item) ?? [];
  const grid = pack(item, cells, hops, wide, aim);
  if (!item.children.some((child) => context.wanted.has(child))) return grid;
  const own = new Map(cells.map((cell) => [cell.item, cell]));
  const order = cellOrder(grid, context.wanted).flatMap((laid) => own.get(laid.item) ?? []);
  return pack(item, order, hops, wide, aim);
}

function layAll(items: readonly Item[], context: BoxContext, wide: number): Promise<readonly Laid[]> {
  return Promise.all(items.map((item) => layBox(item, context, wide)));
}

/** Switches last: their ports stand in the order in which the lines arrive below. */
async function layInTurn(
  items: readonly Item[],
  hops: readonly Hop[],
  context: BoxContext,
  wide: number,
): Promise<readonly Laid[]> {
  const isSwitches = (item: Item): boolean => item.kind === 'pack' && item.role === 'switch';
  const laids = new Map<Item, Laid>();
  for (const laid of await layAll(
    items.filter((item) => !isSwitches(item)),
    context,
    wide,
  ))
    laids.set(laid.item, laid);
  const starts = new Map<Item, number>();
  let x = 0;
  for (const item of items) {
    starts.set(item, x);
    x += (laids.get(item)?.width ?? 0) + gap;
  }
  const aims = new Map<string, number[]>();
  for (const { upper, lower } of hops) {
    const target = (starts.get(lower.owner) ?? 0) + (laids.get(lower.owner)?.gates.get(gateKey(lower.side, lower.bundle)) ?? 0);
    aims.set(upper.bundle, [...(aims.get(upper.bundle) ?? []), target]);
  }
  const aim = (bundle: string): number | undefined => {
    const found = aims.get(bundle);
    return found === undefined ? undefined : found.reduce((sum, at) => sum + at, 0) / found.length;
  };
  for (const item of items) if (isSwitches(item)) laids.set(item, await layGrid(item, context, wide, aim));
  return items.flatMap((item) => laids.get(item) ?? []);
}

const isSocketItem = (item: Item): boolean => item.kind === 'leaf' && socketRoles.has(item.role);

async function layFlow(item: Item, hops: readonly Hop[], context: BoxContext, wide: number): Promise<Laid> {
  const floating = item.role === 'root' ? item.children.filter((child) => floats(child, hops)) : [];
  const standing = item.children.filter((child) => !floating.includes(child));
  const fixed = standing.filter((child) => !fillsWidth(child));
  const alike = equalizeGroups(await layInTurn(fixed, hops, context, wide));
  const gridArea = item.children.reduce((sum, child) => sum + (fillsWidth(child) ? child.children.length * cellArea : 0), 0);
  const sockets =
    item.node === undefined
      ? []
      : orderSockets(
          alike.filter((laid) => isSocketItem(laid.item)),
          hops,
        );
  const boxes = alike.filter((laid) => !sockets.includes(laid));
  const above = rowsOf(boxes, hops, gridArea);
  const between =
    socketRowGap(sockets, item) ??
    (above.some((row, at) => at > 0 && row[0]?.item.rank === above[at - 1]?.[0]?.item.rank) ? wideGap : gap);
  const shaft = between === wideGap ? wideGap + 8 * new Set(hops.map((hop) => portKey(hop.upper, item))).size : 0;
  const inner = Math.max(...above.map((row) => rowWidth(row, between) + shaft), rowWidth(sockets, 8), narrow);
  const grids = await layAll(standing.filter(fillsWidth), context, inner);
  const rows = byAim(rowsOf([...boxes, ...grids], hops, gridArea), hops);
  const plate = plateOf(item, sockets, hops);
  const framed = plate !== 'none';
  const side = item.role === 'root' ? 0 : item.role === 'host' || item.role === 'physical' ? 10 : 16;
  const strip = plate === 'middle' ? heightOf(sockets) : 0;
  const top = plate === 'bottom' ? 0 : (framed ? plateHeightOf(item) : 0) + strip + (item.role === 'storage' ? 4 : 0);
  const bottom = (plate === 'bottom' ? plateHeightOf(item) : 0) + (item.role === 'root' ? 0 : 10);
  const socketRow = plate === 'middle' ? [] : [sockets].filter((row) => row.length > 0);
  const inside = hops.filter((hop) => ![hop.upper, hop.lower].some((port) => port.bundle.startsWith('s') && port.owner === item));
  const request: FlowRequest = {
    item,
    hops: inside,
    rows: [...socketRow, ...rows],
    gap: between,
    aligned: alignment([...socketRow, ...rows], between, hops),
    padding: { top, bottom, left: side, right: side },
  };
  const result: FlowResult =
    request.rows.length === 0
      ? { width: 2 * side, height: top + bottom, children: [], gates: new Map(), hops: new Map() }
      : await flow(request, context.run);
  const named = framed ? leastWidth(item, 440) : 0;
  const least = Math.max(named + 12, rowWidth(sockets, 8) + 2 * side);
  const settled = await arrange(request, centred(result, Math.max(result.width, least)), context.wanted, context.run);
  const { children, hops: lines } = settled;
  const row = plate === 'middle' ? holdRow(spread(sockets, Math.max(settled.width, least)), context.wanted, side, 8) : [];
  const width = Math.max(settled.width, least, ...row.map((child) => child.x + child.laid.width + side));
  const gates = new Map(settled.gates);
  for (const child of [...children, ...row]) {
    if (sockets.includes(child.laid))
      gates.set(gateKey('top', `s${child.laid.item.order}`), Math.round(child.x + child.laid.width / 2));
  }
  return {
    item,
    width,
    height: settled.height,
    plate,
    plateY: plate === 'bottom' ? settled.height - plateHeightOf(item) - 2 : strip,
    children: [...row, ...children],
    gates,
    floats: await layAll(floating, context, wide),
    hops: lines,
  };
}

/** In the middle of a frame that its name makes wider, in whole px. */
function centred(result: FlowResult, width: number): FlowResult {
  const shift = (width - result.width) / 2;
  return {
    width,
    height: Math.round(result.height),
    children: result.children.map((child) => ({ ...child, x: Math.round(child.x + shift), y: Math.round(child.y) })),
    gates: new Map([...result.gates].map(([key, x]) => [key, Math.round(x + shift)])),
    hops: new Map(
      [...result.hops].map(([key, points]) => [
        key,
        points.map((point) => ({ x: Math.round(point.x + shift), y: Math.round(point.y) })),
      ]),
    ),
  };
}

/** Site, room, racks and their supply, when only they themselves are connected. */
function floats(item: Item, hops: readonly Hop[]): boolean {
  const isPlace = item.role === 'places' || item.role === 'site' || item.role === 'room' || item.role === 'rack';
  return (
    isPlace &&
    item.rank < computeBand &&
    item.kind !== 'leaf' &&
    !hops.some((hop) => hop.upper.owner === item || hop.lower.owner === item)
  );
}

/** Inside a host things stand closer, so that a NIC's line to its vSwitch is straight. */
function socketRowGap(sockets: readonly Laid[], item: Item): number | undefined {
  return sockets.length > 0 || item.role === 'host' || item.role === 'physical' ? 10 : undefined;
}

/** Grids of VMs and distributed switches are as wide as the hosts above them. */
function fillsWidth(item: Item): boolean {
  return (
    item.kind === 'pack' &&
    item.role !== 'switch' &&
    item.role !== 'physical' &&
    item.role !== 'host' &&
    (item.node === undefined
      ? item.role !== 'storage'
      : item.role === 'vswitch' && item.parent?.role !== 'host' && item.parent?.role !== 'physical')
  );
}

/** Equal frames for equal things: it is differences that should catch the eye, and those stand inside. */
function equalizeGroups(laids: readonly Laid[]): readonly Laid[] {
  const groups = new Map<string, Laid[]>();
  for (const laid of laids) {
    const key = `${laid.item.role}:${laid.item.kind === 'leaf'}`;
    groups.set(key, [...(groups.get(key) ?? []), laid]);
  }
  const equal = new Map<Item, Laid>();
  for (const group of groups.values()) {
    const role = group[0]?.item.role;
    const whole = role === 'cluster' || role === 'site' || role === 'room';
    for (const laid of whole ? group : role === 'vswitch' || role === 'rack' ? sameHeight(group) : equalizeAlike(group))
      equal.set(laid.item, laid);
  }
  return laids.map((laid) => equal.get(laid.item) ?? laid);
}

/** Frames that differ much stay as they are: empty room in a small one would look like something left out. */
function equalizeAlike(group: readonly Laid[]): readonly Laid[] {
  const out = new Map<Laid, Laid>();
  let left = [...group];
  while (left.length > 0) {
    const width = Math.max(...left.map((laid) => laid.width));
    const wide = left.filter((laid) => laid.width >= alikeShare * width);
    const height = heightOf(wide);
    const alike = wide.filter((laid) => laid.height >= alikeShare * height);
    equalize(alike).forEach((laid, at) => {
      const before = alike[at];
      if (before !== undefined) out.set(before, laid);
    });
    left = left.filter((laid) => !out.has(laid));
  }
  return group.map((laid) => out.get(laid) ?? laid);
}

const alikeShare = 0.7;

function sameHeight(group: readonly Laid[]): readonly Laid[] {
  const height = heightOf(group);
  return group.map((laid) => equalize([laid, { ...laid, height }])[0] ?? laid);
}

/** A NIC stands above the first vSwitch that it feeds; those that feed none stand last. */
function orderSockets(sockets: readonly Laid[], hops: readonly Hop[]): readonly Laid[] {
  const feeds = (laid: Laid): number =>
    Math.min(Infinity, ...hops.filter((hop) => hop.upper.owner === laid.item).map((hop) => hop.lower.owner.order));
  return [...sockets].sort((a, b) => {
    const [first, second] = [feeds(a), feeds(b)];
    return first === second ? a.item.order - b.item.order : first - second;
  });
}

function plateOf(item: Item, sockets: readonly Laid[], hops: readonly Hop[]): PlateAt {
  if (item.node === undefined && item.title === undefined) return 'none';
  if (sockets.length === 0) return 'top';
  const isPassed = hops.some(
    (hop) =>
      sockets.some((laid) => laid.item === hop.upper.owner && hop.upper.side === 'bottom') ||
      (hop.upper.owner === item && hop.upper.side === 'top' && !isSocketItem(hop.lower.owner)),
  );
  return isPassed ? 'bottom' : 'middle';
}

function spread(sockets: readonly Laid[], width: number): readonly LaidChild[] {
  let x = Math.round((width - rowWidth(sockets, 8)) / 2);
  return sockets.map((laid) => {
    const child = { laid, x, y: 0 };
    x += laid.width + 8;
    return child;
  });
}
