/**
 * From the flat list of nodes to the tree of boxes that will be laid out, inside out: what stands in what, which boxes form a
 * grid ("pack") and which are layered and connected by lines ("flow"), and the band of each role from top to bottom. This is
 * where the drawing conventions of the field live; sizes, places and lines come later.
 */

import { type Graph, type GraphEdge, type GraphNode, type NodeRole, tieRoles } from '../graph.ts';
import { socketRoles } from '../measure.ts';

export interface Item {
  /** Absent for a panel or block that the picture adds. */
  readonly node?: GraphNode;
  readonly title?: string;
  /** The family of things in it: its own role, or that of a block's members. */
  readonly role: NodeRole | 'root' | 'storage' | 'places';
  readonly kind: 'leaf' | 'pack' | 'column' | 'flow';
  /** Reading order over the whole picture. */
  readonly order: number;
  readonly children: readonly Item[];
  readonly parent: Item | undefined;
  /** Band inside the parent, from top to bottom. */
  readonly rank: number;
}

interface Draft extends Item {
  kind: Item['kind'];
  order: number;
  rank: number;
  children: Draft[];
  parent: Draft | undefined;
}

/** Whether the user may put a box elsewhere; the units of a rack are where the design says. */
export function isMovable(item: Item): boolean {
  return item.node !== undefined && item.parent !== undefined && item.parent.kind !== 'column';
}

export interface Outline {
  readonly root: Item;
  readonly byId: ReadonlyMap<string, Item>;
  /** Networks are drawn as the legend, in a panel of their own. */
  readonly networks: readonly GraphNode[];
}

/** The bands, top to bottom: supply, ways into the site, switching, computing, its inner layers, storage, what the business uses. */
const bands: Readonly<Record<NodeRole, number>> = {
  ups: 0,
  pdu: 0.5,
  feed: 4,
  site: 1,
  room: 1,
  rack: 1,
  router: 2,
  fabric: 2,
  switch: 3,
  nic: 4,
  hba: 4,
  port: 4,
  cluster: 5,
  host: 5,
  physical: 5,
  usbhub: 5,
  zone: 5,
  vswitch: 6,
  portgroup: 7,
  vmkernel: 7,
  vm: 8,
  array: 9,
  pool: 10,
  lun: 11,
  datastore: 12,
  service: 13,
  product: 13,
  license: 13,
  network: 14,
};
export const computeBand = bands.host;

const places: ReadonlySet<string> = new Set(['site', 'room', 'rack', 'ups', 'pdu', 'feed']);
const storageRoles: ReadonlySet<string> = new Set(['array', 'pool', 'lun', 'datastore']);
/** Grids whatever their number; other equal leaves become a grid only when a row of them would be too long. */
const gridRoles: ReadonlySet<string> = new Set(['vm', 'switch', 'portgroup', 'vmkernel', 'physical']);
/** Order of neighbours in one band: what carries the work first, what it leans on beside it. */
const neighbours: readonly Item['role'][] = ['cluster', 'host', 'physical', 'usbhub', 'array', 'storage'];
/** What stands in layers where the design orders it. */
const layered: ReadonlySet<string> = new Set(['zone']);
const longRow = 8;

/** The tree of boxes of a graph. Unknown parents, cycles of parents and repeated ids are survived: the node stands at the top, or is left out. */
export function outline(graph: Graph): Outline {
  const drafts = new Map<string, Draft>();
  const networks: GraphNode[] = [];
  const parents = new Set(graph.nodes.map((node) => node.parent));
  for (const node of graph.nodes) {
    if (drafts.has(node.id)) continue;
    if (node.role === 'network' && !parents.has(node.id)) {
      if (!networks.some((known) => known.id === node.id)) networks.push(node);
      continue;
    }
    drafts.set(node.id, {
      node,
      role: node.role,
      kind: 'leaf',
      order: 0,
      rank: node.band ?? bands[node.role],
      children: [],
      parent: undefined,
    });
  }
  const root: Draft = { role: 'root', kind: 'flow', order: 0, rank: 0, children: [], parent: undefined };
  for (const draft of drafts.values()) {
    const parent = draft.node?.parent === undefined ? undefined : drafts.get(draft.node.parent);
    draft.parent = parent === undefined || isWithin(parent, draft) ? root : parent;
    draft.parent.children.push(draft);
  }
  shape(root, joins(graph.edges));
  number(root, { next: 0 }, usersOrder(graph));
  return { root, byId: drafts, networks };
}

function isWithin(item: Item, ancestor: Item): boolean {
  for (let at: Item | undefined = item; at !== undefined; at = at.parent) if (at === ancestor) return true;
  return false;
}

type Joined = (a: Item, b: Item) => boolean;

/** Whether two nodes are the ends of an edge of a kind that would be drawn between siblings. */
function joins(edges: readonly GraphEdge[]): Joined {
  const pairs = new Set<string>();
  for (const edge of edges) if (!tieRoles.has(edge.role)) pairs.add(JSON.stringify([edge.from, edge.to]));
  return (a, b) => pairs.has(JSON.stringify([a.node?.id, b.node?.id]));
}

function shape(item: Draft, joined: Joined): void {
  item.children.sort((a, b) => a.rank - b.rank || orderOf(a) - orderOf(b) || sideRank(a) - sideRank(b));
  for (const child of item.children) shape(child, joined);
  if (item.children.length === 0) {
    if (item.role !== 'root') item.kind = 'leaf';
    return;
  }
  if (places.has(item.role) && item.node?.band === undefined) item.rank = isPlaceOnly(item) ? bands.site : computeBand;
  if (item.role === 'root') gatherPlaces(item);
  if (item.role === 'root' || item.role === 'site' || item.role === 'room') gatherStorage(item, joined);
  if (item.role === 'vswitch') sortByKind(item);
  if (item.role === 'rack' && item.children.every((child) => child.children.length === 0)) {
    item.kind = 'column';
    return;
  }
  rankByOrder(item);
  item.kind = isGrid(item, joined) ? 'pack' : 'flow';
  if (item.kind === 'flow') gatherGrids(item, joined);
}

/** Where the design says a place among siblings; those without one stand last. */
function orderOf(item: Item): number {
  return item.node?.order ?? Number.MAX_SAFE_INTEGER;
}

/** Frames with places of their own stand below each other, a row for each place: levels of zones, units of a rack. */
function rankByOrder(item: Draft): void {
  for (const rank of new Set(item.children.map((child) => child.rank))) {
    const band = item.children.filter((child) => child.rank === rank);
    const ordered = band.filter((child) => child.node?.order !== undefined);
    if (ordered.length === 0 || !(item.role === 'rack' || ordered.some((child) => layered.has(child.role)))) continue;
    const places = [...new Set(ordered.map(orderOf))].sort((a, b) => a - b);
    for (const child of band) {
      const at = places.indexOf(orderOf(child));
      child.rank = rank + (at < 0 ? places.length : at) / (places.length + 1);
    }
  }
}

/** In a redundant pair A stands left of B; anything else keeps the order of the text. */
function sideRank(item: Item): number {
  return item.node?.side === undefined ? 0 : item.node.side === 'A' ? -1 : 1;
}

function sortByKind(item: Draft): void {
  item.children.sort((a, b) => Number(a.role === 'vmkernel') - Number(b.role === 'vmkernel'));
}

function isPlaceOnly(item: Item): boolean {
  return item.children.every((child) => places.has(child.role) && isPlaceOnly(child));
}

function isGrid(item: Item, joined: Joined): boolean {
  const first = item.children[0];
  if (first === undefined || item.role === 'root' || socketRoles.has(first.role)) return false;
  return (
    item.children.every((child) => child.children.length === 0 && child.rank === first.rank) && !anyJoined(item.children, joined)
  );
}

function anyJoined(items: readonly Item[], joined: Joined): boolean {
  return items.length <= 64 && items.some((a) => items.some((b) => a !== b && joined(a, b)));
}

function isJoined(item: Item, others: readonly Item[], joined: Joined): boolean {
  return others.length <= 64 && others.some((other) => other !== item && (joined(item, other) || joined(other, item)));
}

/** Supply and racks that nobody put into a site or room get a frame as if somebody had. */
function gatherPlaces(item: Draft): void {
  const loose = item.children.filter(
    (child) =>
      child.node?.band === undefined &&
      child.role !== 'site' &&
      child.role !== 'room' &&
      places.has(child.role) &&
      isPlaceOnly(child),
  );
  if (loose.length < 2) return;
  const panel: Draft = {
    title: 'Racks and power',
    role: 'places',
    kind: 'flow',
    order: 0,
    rank: bands.site,
    children: loose,
    parent: item,
  };
  for (const member of loose) member.parent = panel;
  item.children = item.children.filter((child) => !loose.includes(child));
  insertByRank(item, panel);
}

/** Arrays and what stands on them become one panel, with their cables on its top like those of a host. */
function gatherStorage(item: Draft, joined: Joined): void {
  const members = item.children.filter((child) => storageRoles.has(child.role) && child.node?.band === undefined);
  if (members.length < 2 || (members.length === item.children.length && item.role !== 'root')) return;
  const panel: Draft = {
    title: 'Storage',
    role: 'storage',
    kind: 'flow',
    order: 0,
    rank: computeBand,
    children: members,
    parent: item,
  };
  for (const member of members) member.parent = panel;
  item.children = item.children.filter((child) => !members.includes(child));
  insertByRank(item, panel);
  panel.kind = isGrid(panel, joined) ? 'pack' : 'flow';
  if (panel.kind === 'flow') gatherGrids(panel, joined);
}

function gatherGrids(item: Draft, joined: Joined): void {
  const ranks = new Set(item.children.map((child) => child.rank));
  for (const rank of ranks) {
    const band = item.children.filter((child) => child.rank === rank);
    // Among many hosts those of which nothing is drawn inside stand together, as they need less room.
    const isMixed = band.length > longRow && band.some((child) => child.role === 'host' && child.children.length > 0);
    const isGridRole = (child: Item): boolean => gridRoles.has(child.role) || (isMixed && child.role === 'host');
    const role = band.find((child) => child.children.length === 0 && (rank !== computeBand || isGridRole(child)))?.role;
    const alike = band.filter((child) => child.children.length === 0 && (rank !== computeBand || child.role === role));
    // What leans on its neighbours needs room for the lines between them; the rest can still be a grid.
    const leaves = role === 'switch' || role === 'vm' ? alike : alike.filter((leaf) => !isJoined(leaf, alike, joined));
    if (
      role === undefined ||
      rank === bands.nic ||
      (ranks.size === 1 && leaves.length === item.children.length && !gridRoles.has(role))
    )
      continue;
    const isLoose = role === 'host' && isMixed;
    const isRow = leaves.some((leaf) => leaf.node?.band !== undefined);
    if ((!gridRoles.has(role) || isRow) && !isLoose && leaves.length <= longRow) continue;
    if ((role === 'switch' || role === 'physical' || isLoose) && leaves.length < 2) continue;
    const block: Draft = { role, kind: 'pack', order: 0, rank, children: leaves, parent: item };
    for (const leaf of leaves) leaf.parent = block;
    item.children = item.children.filter((child) => !leaves.includes(child));
    insertByRank(item, block);
  }
}

function insertByRank(item: Draft, added: Draft): void {
  const at = item.children.findIndex((child) => child.rank > added.rank);
  item.children.splice(at < 0 ? item.children.length : at, 0, added);
}

const standOn: ReadonlySet<string> = new Set(['needs', 'licence', 'storage']);

/**
 * What uses a thing of the band above stands below it: the mean place of what it uses. Datastores stand as their LUNs do, and what
 * stands on datastores as those do.
 */
function usersOrder(graph: Graph): ReadonlyMap<string, number> {
  const at = new Map(graph.nodes.map((node, index) => [node.id, index]));
  const bandOf = new Map(graph.nodes.map((node) => [node.id, node.band ?? bands[node.role]]));
  const stores = new Map<string, number[]>();
  const uses = new Map<string, string[]>();
  for (const edge of graph.edges) {
    if (!standOn.has(edge.role)) continue;
    for (const [user, thing] of [
      [edge.from, edge.to],
      [edge.to, edge.from],
    ] as const) {
      const [below, above] = [bandOf.get(user) ?? 0, bandOf.get(thing) ?? 0];
      if (below === bands.service && above < bands.service) uses.set(user, [...(uses.get(user) ?? []), thing]);
      if (below === bands.datastore && above >= bands.array && above < bands.datastore)
        stores.set(user, [...(stores.get(user) ?? []), at.get(thing) ?? 0]);
    }
  }
  const out = new Map([...stores].map(([id, places]) => [id, mean(places)]));
  for (const [id, things] of uses) out.set(id, mean(things.map((thing) => out.get(thing) ?? at.get(thing) ?? 0)));
  return out;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function number(item: Draft, counter: { next: number }, users: ReadonlyMap<string, number>): void {
  const place = (child: Item): number => {
    if (child.rank === computeBand) return neighbours.indexOf(child.role);
    if (child.rank !== bands.service && child.rank !== bands.datastore) return 0;
    return users.get(child.node?.id ?? '') ?? (child.role === 'vm' ? Number.MAX_SAFE_INTEGER : 0);
  };
  if (item.kind === 'column')
    item.children.sort((a, b) => Number(a.rank >= bands.rack) - Number(b.rank >= bands.rack) || orderOf(a) - orderOf(b));
  else item.children.sort((a, b) => a.rank - b.rank || orderOf(a) - orderOf(b) || place(a) - place(b));
  item.order = counter.next;
  counter.next += 1;
  for (const child of item.children) number(child, counter, users);
}
