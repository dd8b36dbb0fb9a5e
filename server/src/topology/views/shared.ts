/** What the views have in common: a sheet that boxes and lines are put on, folding of large designs, and words of boxes. */
import { clusterOf } from '../../facts/placement.ts';
import { type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import { formatQuantity } from '../../values/quantity.ts';
import type { EdgeRole, Fact, Graph, GraphEdge, GraphNode, NodeRole } from '../graph.ts';

/** Above so many boxes the members of ranges and equal VMs are drawn as one box with their count. */
const foldAbove = 900;

/** Which member of which line an entity is; entities of one group may be folded into one box. */
export type GroupOf = (entity: Entity) => string;

/** Given instead of a `GroupOf`: nothing is folded, however much there is. */
export const unfolded: GroupOf = idOf;

export type Add = (entity: Entity, role: NodeRole, extra?: Partial<Omit<GraphNode, 'id' | 'role'>>) => void;
export type Link = (role: EdgeRole, from: string, to: string, extra?: Partial<GraphEdge>) => void;
export type Drawn = (entity: Entity) => string;

/** A picture under construction. */
export interface Sheet {
  readonly model: Model;
  readonly add: Add;
  readonly link: Link;
  /** A box for something that the design does not declare as a thing of its own, such as a security zone. */
  readonly put: (node: GraphNode) => void;
  /** The id under which an entity is drawn: its own, or that of the box it is folded into. */
  readonly drawn: Drawn;
  /** Whether an entity has a box already. */
  readonly has: (entity: Entity) => boolean;
  /** The graph of what was added; boxes whose parent is missing and lines without an end are left out. */
  readonly done: (networks?: readonly Entity<'network'>[]) => Graph;
}

/** @param groupOf tells which entities come from one line (members of a range) */
export function openSheet(model: Model, title: string, groupOf: GroupOf): Sheet {
  const sheet = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const folded = foldedIds(model, groupOf);
  const drawn: Drawn = (entity) => {
    const root = folded.get(rootOf(entity));
    return root ? idOf(entity).replace(idOf(rootOf(entity)), () => idOf(root.first)) : idOf(entity);
  };
  const add: Add = (entity, role, extra = {}) => {
    const group = entity.parent ? undefined : folded.get(entity);
    if (folded.get(rootOf(entity)) && folded.get(rootOf(entity))?.first !== rootOf(entity)) return;
    const label = group ? `${group.first.name} … ${group.last.name}` : (extra.label ?? entity.label ?? entity.name);
    sheet.set(idOf(entity), {
      id: idOf(entity),
      role,
      ...extra,
      label,
      ...(entity.doc !== undefined ? { doc: entity.doc } : {}),
      ...(group ? { count: group.count } : {}),
    });
  };
  const link: Link = (role, from, to, extra = {}) => {
    if (from === to) return;
    const id = `${role} ${from} ${to}`;
    if (!edges.has(id)) edges.set(id, { id, role, from, to, ...extra });
  };
  const done: Sheet['done'] = (networks = model.all('network')) => {
    const nodes = [...sheet.values()].filter((node) => node.parent === undefined || sheet.has(node.parent));
    const known = new Set(nodes.map((node) => node.id));
    return {
      title,
      nodes,
      edges: [...edges.values()].filter((edge) => known.has(edge.from) && known.has(edge.to)),
      networks: networks.map((network) => ({
        id: idOf(network),
        label: network.name,
        ...(network.props.purpose !== undefined ? { purpose: network.props.purpose } : {}),
      })),
    };
  };
  return {
    model,
    add,
    link,
    put: (node) => void sheet.set(node.id, node),
    drawn,
    has: (entity) => sheet.has(drawn(entity)),
    done,
  };
}

const rootOf = (entity: Entity): Entity => entity.unit.root;

function foldedIds(
  model: Model,
  groupOf: GroupOf,
): Map<Entity, { readonly first: Entity; readonly last: Entity; readonly count: number }> {
  const hosts = model.all('host');
  const vms = model.all('vm');
  const boxes = hosts.reduce((sum, host) => sum + 4 + host.children.length * 2, 0) + vms.length;
  const result = new Map<Entity, { first: Entity; last: Entity; count: number }>();
  if (boxes <= foldAbove || groupOf === unfolded) return result;
  const groups = new Map<string, Entity[]>();
  for (const entity of [...hosts, ...vms]) {
    const place = is(entity, 'vm') || is(entity, 'host') ? (clusterOf(entity, model)?.name ?? '') : '';
    // VMs written one by one are told apart by what they are, not by which line says them.
    const like =
      entity.kind === 'vm'
        ? `vm ${place} ${JSON.stringify([entity.props.os, entity.props.vcpu, entity.props.memory])}`
        : `host ${place} ${groupOf(entity)}`;
    const list = groups.get(like);
    if (list) list.push(entity);
    else groups.set(like, [entity]);
  }
  for (const list of groups.values()) {
    const [first] = list;
    const last = list.at(-1);
    if (first && last && list.length > 1) for (const entity of list) result.set(entity, { first, last, count: list.length });
  }
  return result;
}

/** The second line of a box; empty parts are left out. */
export const words = (...parts: readonly (string | undefined)[]): { detail: string } | Record<never, never> => {
  const said = parts.filter((part): part is string => part !== undefined && part !== '');
  return said.length > 0 ? { detail: said.join(' · ') } : {};
};
export const fact = (label: string, value: string | undefined): Fact[] =>
  value === undefined || value === '' ? [] : [{ label, value }];
/** `256GB` as people print it: `256 GB`. */
export const spaced = (text: string): string => text.replace(/^([\d.]+)([A-Za-z%]+)$/, '$1 $2');
export const size = (bytes: number | undefined): string | undefined =>
  bytes === undefined ? undefined : spaced(formatQuantity(bytes, 'size'));
export const rate = (bits: number | undefined): string | undefined =>
  bits === undefined ? undefined : spaced(formatQuantity(bits, 'rate'));

/** `sw-a`, `ups_B`, `fabric A`: the side that a name ends on. */
export const sideOf = (name: string): { side?: 'A' | 'B' } => {
  const side = /[-_ .]([ab])$/i.exec(name)?.[1]?.toUpperCase();
  return side === 'A' || side === 'B' ? { side } : {};
};

/** Bytes as whole GB with the unit left off, for `160 of 256 GB`. */
export const gigabytes = (bytes: number): number => Math.round(bytes / 1024 ** 3);

/** `3 hosts`, `1 host`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
