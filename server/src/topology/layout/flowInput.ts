/**
 * What ELK is asked for one container: the boxes in their bands, ports where lines meet them, points where lines pass the border
 * or turn. Ids are numbers in reading order and no name is in it, so equal structures ask the same and share a cached answer.
 */

import type { ElkEdge, ElkGraph, ElkPort } from './elkGraph.ts';
import { gateKey, hopKey, type Laid, portKey } from './laid.ts';
import type { Item } from './outline.ts';
import type { Hop, Port, Side } from './wires.ts';

/** What is to be laid out. */
export interface FlowRequest {
  readonly item: Item;
  /** Bands from top to bottom, each in reading order; consecutive rows of one rank are one band that was too long. */
  readonly rows: readonly (readonly Laid[])[];
  readonly hops: readonly Hop[];
  readonly padding: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  /** Distance between neighbours of a band. */
  readonly gap: number;
  /** Boxes to keep in line: the left box's x equals the right one's plus the given offset. */
  readonly aligned: readonly (readonly [Laid, number, Laid, number])[];
}

/** ELK's input for one container, and how to read its output. */
export interface Draft {
  readonly graph: ElkGraph;
  readonly laids: readonly Laid[];
  /** Hop → the ELK edges that make it up: one after the other, or, between peers, from the point above them to each. */
  readonly edges: ReadonlyMap<string, { readonly ids: readonly string[]; readonly hop: Hop }>;
  readonly gates: readonly { readonly id: string; readonly side: Side; readonly bundle: string }[];
}

interface Site {
  readonly laid: Laid;
  readonly id: string;
  readonly ports: Map<string, ElkPort>;
  /** Whether the ports stay where they are; else ELK spreads them along their side in the order that crosses least. */
  fixed: boolean;
}

/** Writes ELK's input: bands as partitions, gates and meeting points as points that take part in the layering. */
export function draft(request: FlowRequest): Draft {
  const { item, rows, hops } = request;
  const sites = new Map<Item, Site>();
  const laids = rows.flat();
  for (const laid of laids)
    sites.set(laid.item, {
      laid,
      id: `n${sites.size}`,
      ports: new Map(),
      fixed: laid.content === undefined || laid.content.shape === 'socket',
    });
  const gates = new Map<string, { id: string; side: Side; bundle: string }>();
  const edges = new Map<string, { ids: string[]; hop: Hop }>();
  const elkEdges: ElkEdge[] = [];
  const connected = new Map<string, string>();
  const knots = new Map<string, { id: string; side: Side; partition: number }>();
  const risers: Risers = new Map();
  const rowOf = new Map(rows.flatMap((row, at) => row.map((laid) => [laid.item, at] as const)));
  const usable = hops.filter((hop) => [hop.upper, hop.lower].every((port) => port.owner === item || sites.has(port.owner)));
  // A vSwitch meets its NICs at their own distance, so that the lines between them are straight.
  spreadPorts(usable, item, sites, (rows[0]?.[0]?.width ?? 0) + request.gap);
  const elkPort = (port: Port): string => {
    if (port.owner === item) {
      const key = gateKey(port.side, port.bundle);
      const gate = gates.get(key) ?? { id: `g${gates.size}`, side: port.side, bundle: port.bundle };
      gates.set(key, gate);
      return `${gate.id}p`;
    }
    return sites.get(port.owner)?.ports.get(portKey(port, item))?.id ?? '';
  };
  const connect = (from: string, to: string): string => {
    const key = `${from}>${to}`;
    const known = connected.get(key);
    if (known !== undefined) return known;
    const id = `e${elkEdges.length}`;
    connected.set(key, id);
    elkEdges.push({ id, sources: [from], targets: [to] });
    return id;
  };
  for (const hop of usable) {
    const key = hopKey(hop);
    if (edges.has(key)) continue;
    const [upper, lower] = [elkPort(hop.upper), elkPort(hop.lower)];
    if (hop.peer === undefined) {
      const ids: string[] = [];
      let from = upper;
      for (const row of passed(rows, rowOf.get(hop.upper.owner) ?? -1, rowOf.get(hop.lower.owner) ?? -1)) {
        const through = riser(risers, row, upper);
        ids.push(connect(from, `${through}i`));
        from = `${through}o`;
      }
      edges.set(key, { ids: [...ids, connect(from, lower)], hop });
      continue;
    }
    const ends = [hop.upper, hop.lower].map((port) => rowOf.get(port.owner) ?? 0);
    const partition = hop.peer === 'top' ? 2 * Math.min(...ends) + 1 : 2 * Math.max(...ends) + 3;
    const knot = knots.get(hop.upper.bundle) ?? { id: `k${knots.size}`, side: hop.peer, partition };
    knots.set(hop.upper.bundle, knot);
    const end = `${knot.id}p`;
    edges.set(key, {
      ids: hop.peer === 'top' ? [connect(end, upper), connect(end, lower)] : [connect(upper, end), connect(lower, end)],
      hop,
    });
  }
  const alignments = align(request, sites);
  const children: ElkGraph[] = [];
  for (const gate of gates.values()) if (gate.side === 'top') children.push(pointNode(gate.id, 'SOUTH', 0));
  for (const knot of knots.values()) children.push(pointNode(knot.id, knot.side === 'top' ? 'SOUTH' : 'NORTH', knot.partition));
  rows.forEach((row, at) => {
    const through = risers.get(at);
    if (through !== undefined) children.push(riserNode(at, through, row));
    row.forEach((laid, column) => {
      children.push(boxNode(sites.get(laid.item), laid, 2 * at + 2, column));
    });
  });
  for (const gate of gates.values()) if (gate.side === 'bottom') children.push(pointNode(gate.id, 'NORTH', 2 * rows.length + 3));
  const graph: ElkGraph = { id: 'root', layoutOptions: options(request), children, edges: [...elkEdges, ...alignments] };
  return { graph, laids, edges, gates: [...gates.values()] };
}

/** What holds for every container: bands as partitions, lines at right angles, distances between layers. */
export function commonOptions({ padding }: FlowRequest): Readonly<Record<string, string>> {
  const { top, right, bottom, left } = padding;
  return {
    'elk.algorithm': 'layered',
    'elk.direction': 'DOWN',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.partitioning.activate': 'true',
    'elk.separateConnectedComponents': 'false',
    'elk.padding': `[top=${top},left=${left},bottom=${bottom},right=${right}]`,
    'elk.spacing.edgeEdge': '8',
    'elk.layered.spacing.nodeNodeBetweenLayers': '28',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
    'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  };
}

function options(request: FlowRequest): Readonly<Record<string, string>> {
  return {
    ...commonOptions(request),
    // Keeps the order of boxes given by their positions and minimises the crossings of what is left. (Forcing the model order
    // instead, by considerModelOrder and forceNodeModelOrder, does not hold with partitions in elkjs 0.12.)
    'elk.layered.crossingMinimization.semiInteractive': 'true',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.nodePlacement.favorStraightEdges': 'true',
    'elk.spacing.nodeNode': String(request.gap),
    'elk.spacing.portPort': '20',
    'elk.spacing.edgeNode': '12',
  };
}

const portOptions = (side: 'NORTH' | 'SOUTH'): Readonly<Record<string, string>> => ({ 'elk.port.side': side });

function boxNode(site: Site | undefined, laid: Laid, partition: number, column: number): ElkGraph {
  return {
    id: site?.id ?? '',
    width: laid.width,
    height: laid.height,
    layoutOptions: { ...boxOptions(partition, column), ...(site === undefined || site.fixed ? {} : looseOptions) },
    ports: [...(site?.ports.values() ?? [])],
  };
}

function boxOptions(partition: number, column: number): Readonly<Record<string, string>> {
  return {
    'elk.partitioning.partition': String(partition),
    'elk.portConstraints': 'FIXED_POS',
    'elk.alignment': 'TOP',
    'elk.position': `(${column * 100},${partition * 100})`,
  };
}

const looseOptions: Readonly<Record<string, string>> = {
  'elk.portConstraints': 'FIXED_SIDE',
  'elk.portAlignment.default': 'CENTER',
};

/** A gate or a knot: a point that takes part in the layering like a box. */
function pointNode(id: string, side: 'NORTH' | 'SOUTH', partition: number): ElkGraph {
  return {
    id,
    width: 2,
    height: 1,
    layoutOptions: {
      'elk.partitioning.partition': String(partition),
      'elk.portConstraints': 'FIXED_POS',
      'elk.alignment': side === 'SOUTH' ? 'TOP' : 'BOTTOM',
    },
    ports: [{ id: `${id}p`, x: 1, y: side === 'NORTH' ? 0 : 1, width: 0, height: 0, layoutOptions: portOptions(side) }],
  };
}

/** Row → the lines that pass it, with the ids of their ways through. */
type Risers = Map<number, Map<string, string>>;

function riser(risers: Risers, row: number, line: string): string {
  const known = risers.get(row) ?? new Map<string, string>();
  risers.set(row, known);
  const id = known.get(line) ?? `r${row}_${known.size}`;
  known.set(line, id);
  return id;
}

/**
 * Lines to the later rows of a band pass the earlier ones together, in the middle, like cables in a shaft: a box of its own, so
 * that each trunk goes down once and the frames stay in columns.
 */
function riserNode(row: number, lines: ReadonlyMap<string, string>, boxes: readonly Laid[]): ElkGraph {
  const ids = [...lines.values()];
  const height = Math.max(...boxes.map((laid) => laid.height));
  return {
    id: `r${row}`,
    width: 8 * ids.length,
    height,
    layoutOptions: boxOptions(2 * row + 2, Math.floor(boxes.length / 2) - 0.5),
    ports: ids.flatMap((id, at): readonly ElkPort[] => [
      { id: `${id}i`, x: 4 + 8 * at, y: 0, width: 0, height: 0, layoutOptions: portOptions('NORTH') },
      { id: `${id}o`, x: 4 + 8 * at, y: height, width: 0, height: 0, layoutOptions: portOptions('SOUTH') },
    ]),
  };
}

/** The rows that a line has to pass because the band of its end goes on below them. */
function passed(rows: readonly (readonly Laid[])[], from: number, to: number): readonly number[] {
  const out: number[] = [];
  for (let at = Math.max(0, from); at < to; at += 1) {
    if (at !== from && rows[at]?.[0]?.item.rank === rows[to]?.[0]?.item.rank) out.push(at);
  }
  return out;
}

/** Gives each box its ports: at the gates that it has, else evenly about the middle of the side, in the order of the far ends. */
function spreadPorts(hops: readonly Hop[], item: Item, sites: ReadonlyMap<Item, Site>, socketPitch: number): void {
  const loose = new Map<string, { site: Site; port: Port; far: number[] }>();
  for (const hop of hops) {
    for (const port of [hop.upper, hop.lower]) {
      const site = sites.get(port.owner);
      if (site === undefined) continue;
      const key = portKey(port, item);
      const gate = site.laid.gates.get(gateKey(port.side, port.bundle));
      if (gate !== undefined) addPort(site, key, port.side, gate);
      else {
        const entry = loose.get(key) ?? { site, port, far: [] };
        entry.far.push(port.far);
        loose.set(key, entry);
      }
    }
  }
  for (const site of sites.values()) {
    for (const side of ['top', 'bottom'] as const) {
      const mine = [...loose].filter(([, entry]) => entry.site === site && entry.port.side === side);
      mine.sort(([, a], [, b]) => mean(a.far) - mean(b.far));
      const stack = (site.laid.item.node?.count ?? 1) > 1 && site.laid.content !== undefined ? 6 : 0;
      const pitch = pitchOf(site.laid, mine.length, socketPitch);
      const start = (site.laid.width - stack) / 2 - (pitch * (mine.length - 1)) / 2;
      const gates = [...site.laid.gates].flatMap(([key, x]) => (key.startsWith(gateKey(side, '')) ? [x] : []));
      mine.forEach(([key], at) => {
        addPort(site, key, side, freeOf(gates, Math.round(start + at * pitch), site.laid.width));
      });
    }
  }
}

/** The nearest place to `x` that is not on the line of a gate, if there is one. */
function freeOf(gates: readonly number[], x: number, width: number): number {
  const places = Array.from({ length: 9 }, (_, at) => x + (at % 2 === 0 ? 1 : -1) * Math.ceil(at / 2) * 8);
  return places.find((place) => place > 4 && place < width - 4 && gates.every((gate) => Math.abs(gate - place) >= 8)) ?? x;
}

function pitchOf(laid: Laid, count: number, socketPitch: number): number {
  const { role, parent } = laid.item;
  if (role !== 'vswitch') return Math.min(24, (laid.width - 24) / Math.max(1, count - 1));
  // A distributed switch is met from each host straight above it.
  return parent?.role === 'host' || parent?.role === 'physical'
    ? Math.min(socketPitch, (laid.width - 24) / Math.max(1, count - 1))
    : laid.width / count;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function addPort(site: Site, key: string, side: Side, x: number): void {
  if (site.ports.has(key)) return;
  site.ports.set(key, {
    id: `${site.id}p${site.ports.size}`,
    x,
    y: side === 'top' ? 0 : site.laid.height,
    width: 0,
    height: 0,
    layoutOptions: portOptions(side === 'top' ? 'NORTH' : 'SOUTH'),
  });
}

/** Lines that nobody sees and that ELK keeps straight: they hold the columns of a grid of frames in line. */
function align(request: FlowRequest, sites: ReadonlyMap<Item, Site>): readonly ElkEdge[] {
  const out: ElkEdge[] = [];
  request.aligned.forEach(([above, aboveX, below, belowX], at) => {
    const [a, b] = [sites.get(above.item), sites.get(below.item)];
    if (a === undefined || b === undefined) return;
    // A port that keeps things in line has to stay.
    a.fixed = true;
    b.fixed = true;
    addPort(a, `align${at}a`, 'bottom', aboveX);
    addPort(b, `align${at}b`, 'top', belowX);
    out.push({
      id: `a${at}`,
      sources: [a.ports.get(`align${at}a`)?.id ?? ''],
      targets: [b.ports.get(`align${at}b`)?.id ?? ''],
      layoutOptions: { 'elk.layered.priority.straightness': '50' },
    });
  });
  return out;
}
