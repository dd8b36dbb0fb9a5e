/** How far boxes move when a design is edited: on the sheet, and within the frame around them. */

import type { Graph, GraphNode } from '../../server/src/topology/graph.ts';
import type { Placed, PlacedNode } from '../../server/src/topology/placed.ts';

export interface Movement {
  /** Boxes in both pictures. */
  readonly boxes: number;
  /** How far most boxes moved together, px: what the sheet gained or lost at its left or top. A panel can hold its view against it. */
  readonly shift: number;
  /** Boxes that moved more than a px on the sheet, beside that. */
  readonly moved: number;
  /** Furthest on the sheet beside that, px. */
  readonly furthest: number;
  /** Furthest within its frame, px, of boxes whose frame is not the one that was edited. */
  readonly within: number;
  /** Which those were. */
  readonly named: readonly string[];
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly around: string | undefined;
}

function spots(
  nodes: readonly PlacedNode[],
  frame: { x: number; y: number; id?: string },
  out = new Map<string, Spot>(),
): ReadonlyMap<string, Spot> {
  for (const node of nodes) {
    const id = node.node?.id;
    if (id !== undefined) out.set(id, { x: node.x, y: node.y, dx: node.x - frame.x, dy: node.y - frame.y, around: frame.id });
    spots(node.children, node.shape === 'block' ? frame : { x: node.x, y: node.y, ...(id === undefined ? {} : { id }) }, out);
  }
  return out;
}

/** What moved; `edited` is the frame in which something was added, removed or changed: what stands in it may make room. */
export function movement(before: Placed, after: Placed, edited?: string): Movement {
  const [old, now] = [before, after].map((placed) => spots(placed.nodes, { x: 0, y: 0 }));
  let [boxes, moved, furthest, within] = [0, 0, 0, 0];
  const named: string[] = [];
  const common = commonShift(old ?? new Map(), now ?? new Map());
  for (const [id, a] of old ?? []) {
    const b = now?.get(id);
    if (b === undefined) continue;
    boxes += 1;
    const onSheet = Math.hypot(b.x - a.x - common.x, b.y - a.y - common.y);
    if (onSheet > 1) {
      moved += 1;
      named.push(`${id} ${Math.round(b.x - a.x)},${Math.round(b.y - a.y)}`);
    }
    furthest = Math.max(furthest, onSheet);
    if (a.around !== undefined && a.around === b.around && a.around !== edited)
      within = Math.max(within, Math.hypot(a.dx - b.dx, a.dy - b.dy));
  }
  const shift = Math.round(Math.hypot(common.x, common.y));
  return { boxes, shift, moved, furthest: Math.round(furthest), within: Math.round(within), named };
}

/** The movement that most boxes have in common. */
function commonShift(old: ReadonlyMap<string, Spot>, now: ReadonlyMap<string, Spot>): { readonly x: number; readonly y: number } {
  const votes = new Map<string, { readonly x: number; readonly y: number; count: number }>();
  for (const [id, a] of old) {
    const b = now.get(id);
    if (b === undefined) continue;
    const [x, y] = [Math.round(b.x - a.x), Math.round(b.y - a.y)];
    const known = votes.get(`${x},${y}`) ?? { x, y, count: 0 };
    known.count += 1;
    votes.set(`${x},${y}`, known);
  }
  return [...votes.values()].reduce((best, vote) => (vote.count > best.count ? vote : best), { x: 0, y: 0, count: 0 });
}

/** An edit as the user makes it: what becomes of the graph, and in which frame. */
export interface Edit {
  readonly name: string;
  readonly frame?: string;
  readonly graph: Graph;
}

const first = (graph: Graph, role: GraphNode['role'], has: (node: GraphNode) => boolean = () => true): GraphNode | undefined =>
  graph.nodes.find((node) => node.role === role && has(node));

/** The usual edits of a design; those for which it has nothing are left out. */
export function edits(graph: Graph): readonly Edit[] {
  const out: Edit[] = [];
  const add = (name: string, frame: string | undefined, change: Partial<Graph>): void => {
    out.push({ name, graph: { ...graph, ...change }, ...(frame === undefined ? {} : { frame }) });
  };
  const without = (node: GraphNode): Partial<Graph> => {
    const gone = (id: string): boolean => id === node.id || id.startsWith(`${node.id}/`);
    return {
      nodes: graph.nodes.filter(({ id }) => !gone(id)),
      edges: graph.edges.filter(({ from, to }) => !gone(from) && !gone(to)),
    };
  };
  const changed = (node: GraphNode, by: Partial<GraphNode>): Partial<Graph> => ({
    nodes: graph.nodes.map((other) => (other === node ? { ...node, ...by } : other)),
  });
  const vm = first(graph, 'vm');
  if (vm !== undefined) {
    add('add a VM', vm.parent, {
      nodes: [...graph.nodes, { ...vm, id: 'new-vm', label: 'New-1' }],
      edges: [
        ...graph.edges,
        ...graph.edges
          .filter((edge) => edge.from === vm.id && edge.role === 'network')
          .map((edge) => ({ ...edge, id: `new ${edge.id}`, from: 'new-vm' })),
      ],
    });
    add('remove a VM', vm.parent, without(vm));
    add('rename a VM', vm.parent, changed(vm, { label: `${vm.label.slice(0, -1)}Z` }));
    add('rename a VM to a longer name', vm.parent, changed(vm, { label: `${vm.label}-of-the-second-line` }));
  }
  const group = first(graph, 'portgroup', (node) => node.detail?.startsWith('VLAN') === true);
  if (group !== undefined) add('change a VLAN', group.parent, changed(group, { detail: 'VLAN 107' }));
  const host =
    first(graph, 'host', (node) => node.parent !== undefined && graph.nodes.some((other) => other.parent === node.id)) ??
    first(graph, 'host');
  if (host === undefined) return out;
  const nic = first(graph, 'nic', (node) => node.parent === host.id);
  if (nic !== undefined)
    add('add a NIC', host.id, { nodes: [...graph.nodes, { ...nic, id: `${host.id}/new-nic`, label: 'vmnic9' }] });
  const renamed = (id: string): string =>
    id === host.id || id.startsWith(`${host.id}/`) ? `new-host${id.slice(host.id.length)}` : id;
  const isOf = (id: string): boolean => id === host.id || id.startsWith(`${host.id}/`);
  const copies = graph.nodes
    .filter(({ id, role }) => isOf(id) && role !== 'vm')
    .map(
      (node): GraphNode => ({
        ...node,
        id: renamed(node.id),
        label: node === host ? 'esx9' : node.label,
        ...(node.parent === undefined ? {} : { parent: renamed(node.parent) }),
      }),
    );
  const lines = graph.edges
    .filter(({ from, to, role }) => (isOf(from) || isOf(to)) && (role === 'cable' || role === 'uplink' || role === 'standby'))
    .map((edge) => ({ ...edge, id: `new ${edge.id}`, from: renamed(edge.from), to: renamed(edge.to) }));
  add('add a host', host.parent, { nodes: [...graph.nodes, ...copies], edges: [...graph.edges, ...lines] });
  return out;
}
