/**
 * A rack as it stands in the room: its devices in one column, the highest unit on top, cables in channels at both sides of them,
 * those of side A at the left and those of side B at the right. Each trunk has a lane of its own; the lane that ends highest is
 * the innermost, so that few branches cross another lane. No engine: a rack is drawn the same whatever stands beside it. Pure.
 */

import type { Point } from './elkGraph.ts';
import { equalize, gateKey, hopKey, type Laid, type LaidChild, plateHeightOf, plateWidth, stretch } from './laid.ts';
import type { Item } from './outline.ts';
import type { Hop, Side } from './wires.ts';

const padding = 14;
const between = 8;
/** From a device to the nearest lane: room for the name of a port. */
const stubLength = 34;
const pitch = 9;

interface Lane {
  readonly bundle: string;
  readonly isLeft: boolean;
  /** Places of the devices that it meets, from the top. */
  readonly at: Set<number>;
  readonly gates: Set<Side>;
}

/** Lays a rack out; `hops` are its lines, inside and through its border. */
export function column(item: Item, cells: readonly Laid[], hops: readonly Hop[]): Laid {
  const places = new Map(cells.map((cell, at) => [cell.item, at]));
  const ways = [...new Map(hops.map((hop) => [hopKey(hop), hop])).values()].filter((hop) =>
    [hop.upper, hop.lower].every((port) => port.owner === item || places.has(port.owner)),
  );
  const lanes = lanesOf(ways, item, places);
  const [left, right] = [true, false].map((isLeft) => inOrder(lanes, isLeft, cells.length));
  const channel = (side: readonly Lane[] | undefined): number =>
    side === undefined || side.length === 0 ? 0 : stubLength + pitch * (side.length - 1);
  const margins = 2 * padding + channel(left) + channel(right);
  const widest = Math.max(...cells.map((cell) => cell.width));
  const boxWidth = Math.max(widest, Math.min(280, plateWidth(item) + 12) - margins);
  const x = padding + channel(left);
  const width = boxWidth + margins;
  let y = plateHeightOf(item) + 6;
  const children = equalWidths(cells, boxWidth).map((laid): LaidChild => {
    const child = { laid, x, y };
    y += laid.height + between;
    return child;
  });
  const height = y - between + padding;
  const laneX = new Map<Lane, number>();
  left?.forEach((lane, at) => {
    laneX.set(lane, x - stubLength - pitch * at);
  });
  right?.forEach((lane, at) => {
    laneX.set(lane, x + boxWidth + stubLength + pitch * at);
  });
  const gates = new Map<string, number>();
  for (const [lane, at] of laneX) for (const side of lane.gates) gates.set(gateKey(side, lane.bundle), at);
  const ports = portsOf(children, [left ?? [], right ?? []]);
  const lines = new Map<string, readonly Point[]>();
  for (const hop of ways) {
    const lane = lanes.get(hop.upper.bundle);
    if (lane === undefined) continue;
    const at = laneX.get(lane) ?? 0;
    const edge = lane.isLeft ? x : x + boxWidth;
    const half = (owner: Item): readonly Point[] => {
      const portY = ports.get(lane)?.get(places.get(owner) ?? -1);
      return portY === undefined
        ? []
        : [
            { x: edge, y: portY },
            { x: at, y: portY },
          ];
    };
    const [from, to] = [half(hop.upper.owner), half(hop.lower.owner)];
    const gate = [hop.upper, hop.lower].find((port) => port.owner === item);
    const border = gate === undefined ? [] : [{ x: at, y: gate.side === 'top' ? 0 : height }];
    lines.set(hopKey(hop), gate === hop.upper ? [...border, ...[...to].reverse()] : [...from, ...border, ...[...to].reverse()]);
  }
  return { item, width, height, plate: 'top', plateY: 0, children, gates, hops: lines };
}

function equalWidths(cells: readonly Laid[], width: number): readonly Laid[] {
  return cells.map((cell) =>
    cell.content === undefined ? stretch(cell, width, cell.height) : (equalize([cell, { ...cell, width }])[0] ?? cell),
  );
}

function lanesOf(ways: readonly Hop[], item: Item, places: ReadonlyMap<Item, number>): ReadonlyMap<string, Lane> {
  const lanes = new Map<string, Lane>();
  let balance = 0;
  for (const { upper, lower, hubSide } of ways) {
    let lane = lanes.get(upper.bundle);
    if (lane === undefined) {
      const isLeft = hubSide === undefined ? balance <= 0 : hubSide === 'A';
      balance += isLeft ? 1 : -1;
      lane = { bundle: upper.bundle, isLeft, at: new Set(), gates: new Set() };
      lanes.set(upper.bundle, lane);
    }
    for (const port of [upper, lower]) {
      if (port.owner === item) lane.gates.add(port.side);
      else lane.at.add(places.get(port.owner) ?? 0);
    }
  }
  return lanes;
}

/** The lanes of one side, the innermost first: those that leave at the top by where they end, short ones inside of long ones. */
function inOrder(lanes: ReadonlyMap<string, Lane>, isLeft: boolean, count: number): readonly Lane[] {
  const reach = ({ at, gates }: Lane): readonly [number, number] => [
    gates.has('top') ? -1 : Math.min(...at),
    gates.has('bottom') ? count : Math.max(...at),
  ];
  const length = (lane: Lane): number => reach(lane)[1] - reach(lane)[0];
  return [...lanes.values()]
    .filter((lane) => lane.isLeft === isLeft)
    .sort((a, b) => length(a) - length(b) || reach(b)[0] - reach(a)[0]);
}

/** Where on the side of each device each lane's line arrives: one that comes from above over those of the lanes further out. */
function portsOf(
  children: readonly LaidChild[],
  sides: readonly (readonly Lane[])[],
): ReadonlyMap<Lane, ReadonlyMap<number, number>> {
  const out = new Map<Lane, Map<number, number>>();
  for (const lanes of sides) {
    children.forEach((child, place) => {
      const mine = lanes.filter((lane) => lane.at.has(place));
      const goesDown = (lane: Lane): boolean => !lane.gates.has('top') && Math.min(...lane.at) === place;
      const ordered = [...mine.filter((lane) => !goesDown(lane)), ...mine.filter(goesDown).reverse()];
      ordered.forEach((lane, at) => {
        const y = Math.round(child.y + (child.laid.height * (at + 1)) / (ordered.length + 1));
        const known = out.get(lane) ?? new Map<number, number>();
        out.set(lane, known.set(place, y));
      });
    });
  }
  return out;
}
