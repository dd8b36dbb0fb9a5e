/** What the views have in common: a sheet that boxes and lines are put on, folding of large designs, and words of boxes. */
import { type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { formatQuantity } from '../../values/quantity.ts';
import type { EdgeRole, Fact, Graph, GraphEdge, GraphNode, NodeRole } from '../graph.ts';
import { placeNetworks } from '../networkStyle.ts';

/** Which line of the text an entity comes from: members of one range share it. */
export type GroupOf = (entity: Entity) => string;

export type Add = (entity: Entity, role: NodeRole, extra?: Partial<Omit<GraphNode, 'id' | 'role'>>) => void;
export type Link = (role: EdgeRole, from: string, to: string, extra?: Partial<GraphEdge>) => void;
export type Drawn = (entity: Entity) => string;

/** All that a view shows, with the things behind the boxes by id: what is to be told of those that are drawn is looked up later. */
export interface Drawing extends Graph {
  readonly entities: ReadonlyMap<string, Entity>;
}

/** A view that is being built: it yields after each larger thing, so that whoever builds it can let others go first. */
export type Building = Generator<undefined, Drawing>;

/** A picture under construction. */
export interface Sheet {
  readonly model: Model;
  readonly add: Add;
  readonly link: Link;
  /** A box for something that the design does not declare as a thing of its own, such as a security zone. */
  readonly put: (node: GraphNode) => void;
  /** The id under which an entity is drawn. */
  readonly drawn: Drawn;
  /** Whether an entity has a box already. */
  readonly has: (entity: Entity) => boolean;
  /** The graph of what was added; boxes whose parent is missing and lines without an end are left out. */
  readonly done: (networks?: readonly Entity<'network'>[]) => Drawing;
}

/** @param groupOf tells which entities come from one line (members of a range) */
export function openSheet(model: Model, title: string, groupOf: GroupOf): Sheet {
  const sheet = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const entities = new Map<string, Entity>();
  const drawn: Drawn = idOf;
  const add: Add = (entity, role, extra = {}) => {
    const label = extra.label ?? entity.label ?? entity.name;
    const id = idOf(entity);
    entities.set(id, entity);
    sheet.set(id, {
      id,
      role,
      ...extra,
      label,
      ...(entity.doc !== undefined ? { doc: entity.doc } : {}),
      ...alikeOf(entity, groupOf),
    });
  };
  const link: Link = (role, from, to, extra = {}) => {
    if (from === to) return;
    const id = extra.id ?? `${role} ${from} ${to}`;
    if (!edges.has(id)) edges.set(id, { ...extra, id, role, from, to });
  };
  const done: Sheet['done'] = (networks = model.all('network')) => {
    const nodes = [...sheet.values()].filter((node) => node.parent === undefined || sheet.has(node.parent));
    const known = new Set(nodes.map((node) => node.id));
    const lines = [...edges.values()].filter((edge) => known.has(edge.from) && known.has(edge.to));
    const shown = new Set(networks.map(idOf));
    const all = model.all('network').map((network) => ({
      id: idOf(network),
      label: network.name,
      ...(network.props.purpose !== undefined ? { purpose: network.props.purpose } : {}),
    }));
    return { title, nodes, edges: lines, networks: placeNetworks(all).filter(({ id }) => shown.has(id)), entities };
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

/** What folding may put into one box (fold.ts): hosts and VMs of one make, and hosts that say nothing of themselves by their line. */
function alikeOf(entity: Entity, groupOf: GroupOf): { alike?: string } {
  if (is(entity, 'vm')) return { alike: JSON.stringify([entity.props.os, entity.props.vcpu, entity.props.memory]) };
  if (!is(entity, 'host')) return {};
  const { cpu, hypervisor, memory, model } = entity.props;
  const make = [model, hypervisor, cpu, memory];
  return { alike: make.some((part) => part !== undefined) ? JSON.stringify(make) : groupOf(entity) };
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
