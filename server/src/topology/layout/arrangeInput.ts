/**
 * What ELK is asked where the user has put boxes somewhere: every box has its place already, and so has every point at which a
 * line passes a row, so that ELK routes the lines from row to row and moves nothing. Ids are numbers, no name is in it.
 */

import { socketRoles } from '../measure.ts';
import type { ElkEdge, ElkGraph, ElkPort } from './elkGraph.ts';
import type { FlowResult } from './flow.ts';
import { commonOptions, type FlowRequest } from './flowInput.ts';
import { gateKey, hopKey, type Laid, portKey } from './laid.ts';
import type { Item } from './outline.ts';
import { gap } from './rows.ts';
import { type Body, separate } from './separate.ts';
import type { Hop, Port, Side } from './wires.ts';

/** A row as it will be drawn: boxes with their left edges; `fixed` ones stay. */
export type ArrangedRow = readonly { readonly laid: Laid; readonly x: number; readonly fixed: boolean }[];

export interface Arrangement {
  readonly graph: ElkGraph;
  /** Box → id of its ELK node. */
  readonly ids: ReadonlyMap<Item, string>;
  /** Id of an ELK node → where it stands. */
  readonly lefts: ReadonlyMap<string, number>;
  readonly gates: readonly { readonly id: string; readonly side: Side; readonly bundle: string }[];
  /** Hop → the ELK edges that make it up, one after the other; between peers, from the point above or below them to each. */
  readonly edges: ReadonlyMap<string, { readonly ways: readonly (readonly string[])[]; readonly hop: Hop }>;
}

interface Spot extends Body {
  readonly id: string;
  readonly kind: 'box' | 'pass' | 'knot' | 'gate';
  readonly layer: number;
  readonly height: number;
  readonly ports: Map<string, { readonly id: string; readonly side: Side; x: number }>;
  x: number;
  /** Places at which its middle would like to be, of which the mean counts. */
  readonly wishes: number[];
}

/** Where a line ends: at a port of a spot. */
interface End {
  readonly spot: Spot;
  readonly port: string;
}

/** A line from one spot down to another, layer by layer. */
interface Run {
  readonly upper: End;
  readonly lower: End;
}

/** Distances that keep lines apart from boxes and from each other, px. */
const clear = 12;
const lane = 8;
/** A line that would have to step aside by no more than this goes straight instead. */
const kink = 8;

/** The spots of all layers: gates above, then in turn the points where peers meet and a row, gates below. */
interface Sheet {
  readonly layers: readonly Spot[][];
  add(kind: Spot['kind'], layer: number, size?: Partial<Pick<Spot, 'x' | 'width' | 'height' | 'fixed'>>): Spot;
}

function sheetOf(rows: number): Sheet {
  const layers: Spot[][] = Array.from({ length: 2 * rows + 3 }, () => []);
  let serial = 0;
  return {
    layers,
    add(kind, layer, size = {}) {
      const weight = kind === 'box' ? 1 : 0.001;
      const point = { x: 0, width: 2, height: 1, fixed: false, ...size };
      const spot: Spot = { id: `${kind.slice(0, 1)}${serial}`, kind, layer, weight, ports: new Map(), wishes: [], ...point };
      serial += 1;
      layers[layer]?.push(spot);
      return spot;
    },
  };
}

/** Rows from top to bottom with their boxes, and the layout without the user's places, from which lines keep what they can. */
export function arrangement(request: FlowRequest, rows: readonly ArrangedRow[], base: FlowResult): Arrangement {
  const { item } = request;
  const hops = usable(request, rows, base);
  const sheet = sheetOf(rows.length);
  const boxes = new Map<Item, Spot>();
  rows.forEach((row, at) => {
    for (const { laid, x, fixed } of row)
      boxes.set(laid.item, sheet.add('box', 2 * at + 2, { x, width: laid.width, height: laid.height, fixed }));
  });
  addPorts(hops, item, boxes, base);
  const gates = new Map<string, Gate>();
  const runs = runsOf(hops, item, sheet, boxes, gates);
  const wires = wiresOf([...runs.values()].flat(), sheet);
  const between = Math.min(request.gap, gap);
  const apart = (a: Spot, b: Spot): number => (a.kind === 'box' && b.kind === 'box' ? between : a.kind === b.kind ? lane : clear);
  const isRow = (spots: readonly Spot[]): boolean => spots.some((spot) => spot.kind === 'box');
  for (const spots of sheet.layers) if (isRow(spots)) settle(spots, request.padding.left, apart);
  sortPorts(hops, item, boxes);
  wishForGates(sheet, wires.edges);
  for (const spots of sheet.layers) if (!isRow(spots)) settle(spots, request.padding.left, apart);
  const edges = new Map(
    [...runs].map(([hop, own]) => [hopKey(hop), { ways: own.map((run) => wires.ways.get(run) ?? []), hop }] as const),
  );
  return {
    graph: {
      id: 'root',
      layoutOptions: options(request),
      children: sheet.layers.flatMap((spots) => spots.map(nodeOf)),
      edges: wires.edges,
    },
    ids: new Map([...boxes].map(([owner, { id }]) => [owner, id])),
    lefts: new Map(sheet.layers.flat().map(({ id, x }) => [id, x])),
    gates: [...gates.values()].map(({ spot, side, bundle }) => ({ id: spot.id, side, bundle })),
    edges,
  };
}

interface Gate {
  readonly spot: Spot;
  readonly side: Side;
  readonly bundle: string;
}

/** Each line as runs down the layers: one, or between peers one from the point where they meet to each. */
function runsOf(
  hops: readonly Hop[],
  item: Item,
  sheet: Sheet,
  boxes: ReadonlyMap<Item, Spot>,
  gates: Map<string, Gate>,
): ReadonlyMap<Hop, readonly Run[]> {
  const knots = new Map<string, Spot>();
  const end = (port: Port): End => {
    const box = boxes.get(port.owner);
    if (box !== undefined) return { spot: box, port: portKey(port, item) };
    const key = gateKey(port.side, port.bundle);
    const spot = gates.get(key)?.spot ?? sheet.add('gate', port.side === 'top' ? 0 : sheet.layers.length - 1);
    spot.ports.set('', { id: `${spot.id}p`, side: port.side === 'top' ? 'bottom' : 'top', x: 1 });
    gates.set(key, { spot, side: port.side, bundle: port.bundle });
    return { spot, port: '' };
  };
  const meeting = (bundle: string, peer: Side, ends: readonly End[]): End => {
    const at = ends.map(({ spot }) => spot.layer);
    const layer = peer === 'top' ? Math.min(...at) - 1 : Math.max(...at) + 1;
    const key = `${layer}|${bundle}`;
    const spot = knots.get(key) ?? sheet.add('knot', layer);
    spot.ports.set('', { id: `${spot.id}p`, side: peer === 'top' ? 'bottom' : 'top', x: 1 });
    spot.wishes.push(...ends.map(xOf));
    knots.set(key, spot);
    return { spot, port: '' };
  };
  const out = new Map<Hop, readonly Run[]>();
  for (const hop of hops) {
    const [upper, lower] = [end(hop.upper), end(hop.lower)];
    if (hop.peer === undefined) {
      out.set(hop, [{ upper, lower }]);
      continue;
    }
    const point = meeting(hop.upper.bundle, hop.peer, [upper, lower]);
    const run = (other: End): Run => (hop.peer === 'top' ? { upper: point, lower: other } : { upper: other, lower: point });
    out.set(hop, [run(upper), run(lower)]);
  }
  return out;
}

/** The ELK edges of the runs, with a point for every layer that a line passes. Lines that share an end share their way. */
function wiresOf(
  runs: readonly Run[],
  sheet: Sheet,
): { readonly edges: readonly ElkEdge[]; readonly ways: ReadonlyMap<Run, readonly string[]> } {
  const edges = new Map<string, ElkEdge>();
  const connect = (from: string, to: string): string => {
    const key = `${from}>${to}`;
    const known = edges.get(key) ?? { id: `e${edges.size}`, sources: [from], targets: [to] };
    edges.set(key, known);
    return known.id;
  };
  const users = new Map<string, number>();
  for (const { upper, lower } of runs) for (const end of [upper, lower]) users.set(keyOf(end), (users.get(keyOf(end)) ?? 0) + 1);
  const filled = sheet.layers.map((spots) => spots.length > 0);
  const passes = new Map<string, Spot>();
  const pass = (layer: number, trunk: End): Spot => {
    const key = `${layer}|${keyOf(trunk)}`;
    const known = passes.get(key);
    if (known !== undefined) return known;
    const spot = sheet.add('pass', layer, { height: Math.max(...(sheet.layers[layer] ?? []).map(({ height }) => height)) });
    spot.ports.set('i', { id: `${spot.id}i`, side: 'top', x: 1 });
    spot.ports.set('o', { id: `${spot.id}o`, side: 'bottom', x: 1 });
    passes.set(key, spot);
    return spot;
  };
  const ways = new Map<Run, readonly string[]>();
  for (const run of runs) {
    const { upper, lower } = run;
    const [trunk, branch] = (users.get(keyOf(upper)) ?? 0) >= (users.get(keyOf(lower)) ?? 0) ? [upper, lower] : [lower, upper];
    const ids: string[] = [];
    let from = portOf(upper);
    for (let layer = upper.spot.layer + 1; layer < lower.spot.layer; layer += 1) {
      if (filled[layer] !== true) continue;
      const spot = pass(layer, trunk);
      // A gate goes where its line is straight, so it is the other end that counts.
      spot.wishes.push(xOf(trunk.spot.kind === 'gate' ? branch : trunk));
      ids.push(connect(from, `${spot.id}i`));
      from = `${spot.id}o`;
    }
    ways.set(run, [...ids, connect(from, portOf(lower))]);
  }
  return { edges: [...edges.values()], ways };
}

/** A gate stands above or below the ends of its lines. */
function wishForGates(sheet: Sheet, edges: readonly ElkEdge[]): void {
  const places = new Map<string, { readonly spot: Spot; readonly x: number }>();
  for (const spot of sheet.layers.flat())
    for (const port of spot.ports.values()) places.set(port.id, { spot, x: spot.x + port.x });
  for (const { sources, targets } of edges) {
    const [from, to] = [places.get(sources[0] ?? ''), places.get(targets[0] ?? '')];
    if (from === undefined || to === undefined) continue;
    if (from.spot.kind === 'gate') from.spot.wishes.push(to.x);
    if (to.spot.kind === 'gate') to.spot.wishes.push(from.x);
  }
}

const mean = (values: readonly number[]): number =>
  Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
const keyOf = ({ spot, port }: End): string => `${spot.id} ${port}`;
const xOf = ({ spot, port }: End): number => spot.x + (spot.ports.get(port)?.x ?? spot.width / 2);
const portOf = ({ spot, port }: End): string => spot.ports.get(port)?.id ?? '';

/** Gives the spots of a layer their places; points go as near as they can to where they would like to be. */
function settle(spots: readonly Spot[], least: number, apart: (a: Spot, b: Spot) => number): void {
  for (const spot of spots) if (spot.wishes.length > 0) spot.x = mean(spot.wishes) - 1;
  const first = separate(spots, least, apart);
  // Where a few px decide, it is the boxes that make way: a line with a kink looks like a slip of the pen.
  const straight = spots.map((spot, at): Spot => {
    const x = first[at] ?? spot.x;
    return spot.kind === 'box' ? spot : Math.abs(x - spot.x) <= kink ? { ...spot, weight: 100 } : { ...spot, x };
  });
  const places = separate(straight, least, apart);
  spots.forEach((spot, at) => {
    spot.x = places[at] ?? spot.x;
  });
}

/** Lines whose ends are both here, and of which the layout knows the way: each once. */
function usable({ item, hops }: FlowRequest, rows: readonly ArrangedRow[], base: FlowResult): readonly Hop[] {
  const here = new Set(rows.flatMap((row) => row.map(({ laid }) => laid.item)));
  const known = new Map<string, Hop>();
  for (const hop of hops) {
    const key = hopKey(hop);
    if ((base.hops.get(key)?.length ?? 0) < 2 || known.has(key)) continue;
    if ([hop.upper, hop.lower].every(({ owner }) => owner === item || here.has(owner))) known.set(key, hop);
  }
  return [...known.values()];
}

/** Lines meet a box where they met it before, in its own coordinates. */
function addPorts(hops: readonly Hop[], item: Item, boxes: ReadonlyMap<Item, Spot>, base: FlowResult): void {
  const lefts = new Map(base.children.map((child) => [child.laid.item, child.x]));
  for (const hop of hops) {
    const points = base.hops.get(hopKey(hop)) ?? [];
    for (const [port, point] of [
      [hop.upper, points[0]],
      [hop.lower, points.at(-1)],
    ] as const) {
      const box = boxes.get(port.owner);
      const key = portKey(port, item);
      if (box === undefined || point === undefined || box.ports.has(key)) continue;
      const x = Math.max(0, Math.min(box.width, Math.round(point.x - (lefts.get(port.owner) ?? 0))));
      box.ports.set(key, { id: `${box.id}p${box.ports.size}`, side: port.side, x });
    }
  }
}

/** Lines leave a plain box in the order in which they arrive; frames and sockets have their gates where they have them. */
function sortPorts(hops: readonly Hop[], item: Item, boxes: ReadonlyMap<Item, Spot>): void {
  for (const [owner, box] of boxes) {
    if (owner.kind !== 'leaf' || socketRoles.has(owner.role)) continue;
    for (const side of ['top', 'bottom'] as const) {
      const aims = new Map<string, number[]>();
      for (const { upper, lower } of hops) {
        for (const [near, far] of [
          [upper, lower],
          [lower, upper],
        ] as const) {
          const there = boxes.get(far.owner);
          if (near.owner !== owner || near.side !== side || there === undefined) continue;
          const key = portKey(near, item);
          aims.set(key, [...(aims.get(key) ?? []), there.x + (there.ports.get(portKey(far, item))?.x ?? 0)]);
        }
      }
      const ports = [...aims.keys()].flatMap((key) => {
        const port = box.ports.get(key);
        return port === undefined ? [] : [{ port, aim: mean(aims.get(key) ?? []) }];
      });
      const places = ports.map(({ port }) => port.x).sort((a, b) => a - b);
      ports
        .sort((a, b) => a.aim - b.aim)
        .forEach(({ port }, at) => {
          port.x = places[at] ?? port.x;
        });
    }
  }
}

function options(request: FlowRequest): Readonly<Record<string, string>> {
  return {
    ...commonOptions(request),
    'elk.layered.crossingMinimization.strategy': 'INTERACTIVE',
    'elk.layered.nodePlacement.strategy': 'INTERACTIVE',
    // Everything has its place: the distances within a row must not move it.
    'elk.spacing.nodeNode': '2',
    'elk.spacing.portPort': '2',
    'elk.spacing.edgeNode': '2',
  };
}

function nodeOf(spot: Spot): ElkGraph {
  return {
    id: spot.id,
    x: spot.x,
    y: spot.layer * 1000,
    width: spot.width,
    height: spot.height,
    layoutOptions: {
      'elk.partitioning.partition': String(spot.layer),
      'elk.portConstraints': 'FIXED_POS',
      'elk.alignment': spot.kind === 'gate' && spot.layer > 0 ? 'BOTTOM' : 'TOP',
    },
    ports: [...spot.ports.values()].map(
      (port): ElkPort => ({
        id: port.id,
        x: port.x,
        y: port.side === 'top' ? 0 : spot.height,
        width: 0,
        height: 0,
        layoutOptions: { 'elk.port.side': port.side === 'top' ? 'NORTH' : 'SOUTH' },
      }),
    ),
  };
}
