/**
 * Lays the tree of boxes out from the inside out: leaves are measured, grids packed, the rest handed to ELK container by
 * container. Here are the habits that make it a drawing rather than a graph: equal frames for equal things, hosts in rows that
 * suit a screen, NICs as sockets on a host's upper edge above the vSwitch that they belong to.
 */

import { type Chips, measureLeaf } from '../measure.ts';
import type { LayoutRunner } from './elkGraph.ts';
import { type FlowResult, flow } from './flow.ts';
import { equalize, gateKey, type Laid, type LaidChild, type PlateAt, plateHeightOf, plateWidth, portKey } from './laid.ts';
import { computeBand, type Item } from './outline.ts';
import { pack } from './pack.ts';
import { alignment, cellArea, gap, heightOf, rowsOf, rowWidth } from './rows.ts';
import type { Hop } from './wires.ts';

export interface BoxContext {
  readonly run: LayoutRunner;
  readonly hops: ReadonlyMap<Item, readonly Hop[]>;
  readonly chips: ReadonlyMap<string, Chips>;
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
  if (item.kind === 'pack') return pack(item, await layAll(item.children, context, wide), hops, wide);
  return layFlow(item, hops, context, wide);
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
  for (const item of items)
    if (isSwitches(item))
      laids.set(item, pack(item, await layAll(item.children, context, wide), context.hops.get(item) ?? [], wide, aim));
  return items.flatMap((item) => laids.get(item) ?? []);
}

const isSocketItem = (item: Item): boolean => item.kind === 'leaf' && (item.role === 'nic' || item.role === 'hba');

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
  const inner = Math.max(...above.map((row) => rowWidth(row, between) + shaft), rowWidth(sockets, 8), 440);
  const grids = await layAll(standing.filter(fillsWidth), context, inner);
  const rows = rowsOf([...boxes, ...grids], hops, gridArea);
  const plate = plateOf(item, sockets, hops);
  const framed = plate !== 'none';
  const side = item.role === 'root' ? 0 : item.role === 'host' || item.role === 'physical' ? 10 : 16;
  const strip = plate === 'middle' ? heightOf(sockets) : 0;
  const top = plate === 'bottom' ? 0 : (framed ? plateHeightOf(item) : 0) + strip + (item.role === 'storage' ? 4 : 0);
  const bottom = (plate === 'bottom' ? plateHeightOf(item) : 0) + (item.role === 'root' ? 0 : 10);
  const socketRow = plate === 'middle' ? [] : [sockets].filter((row) => row.length > 0);
  const inside = hops.filter((hop) => ![hop.upper, hop.lower].some((port) => port.bundle.startsWith('s') && port.owner === item));
  const result: FlowResult =
    rows.length + socketRow.length === 0
      ? { width: 2 * side, height: top + bottom, children: [], gates: new Map(), hops: new Map() }
      : await flow(
          {
            item,
            hops: inside,
            rows: [...socketRow, ...rows],
            gap: between,
            aligned: alignment([...socketRow, ...rows], between, hops),
            padding: { top, bottom, left: side, right: side },
          },
          context.run,
        );
  const named = framed ? Math.min(360, plateWidth(item)) : 0;
  const width = Math.max(result.width, named + 12, rowWidth(sockets, 8) + 2 * side);
  const shift = (width - result.width) / 2;
  const children = result.children.map((child) => ({ ...child, x: Math.round(child.x + shift), y: Math.round(child.y) }));
  const loose = plate === 'middle' ? spread(sockets, width) : [];
  const gates = new Map([...result.gates].map(([key, x]) => [key, Math.round(x + shift)]));
  for (const child of [...children, ...loose]) {
    if (sockets.includes(child.laid))
      gates.set(gateKey('top', `s${child.laid.item.order}`), Math.round(child.x + child.laid.width / 2));
  }
  return {
    item,
    width,
    height: Math.round(result.height),
    plate,
    plateY: plate === 'bottom' ? Math.round(result.height) - plateHeightOf(item) - 2 : strip,
    children: [...loose, ...children],
    gates,
    floats: await layAll(floating, context, wide),
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
    for (const laid of whole ? group : role === 'vswitch' ? sameHeight(group) : equalize(group)) equal.set(laid.item, laid);
  }
  return laids.map((laid) => equal.get(laid.item) ?? laid);
}

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
