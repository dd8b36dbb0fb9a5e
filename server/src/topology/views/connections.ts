/** What is connected without a line of its own: a VM with its port groups, networks, datastores, licences and host. */
import { networksOf, portgroupsOf } from '../../facts/network.ts';
import { homeHost } from '../../facts/placement.ts';
import { type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { namedBy } from '../../model/references.ts';
import type { GraphEdge } from '../graph.ts';

export interface Standing {
  readonly model: Model;
  /** What has a box, by the id of the box. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** Ids of the boxes that are in the picture. */
  readonly known: ReadonlySet<string>;
  readonly lines: readonly GraphEdge[];
  /** The id under which a thing is drawn. */
  readonly drawn: (entity: Entity) => string;
}

/** For each box the boxes that the design joins it with, where no line does; both ways. */
export function connections({ drawn, entities, known, lines, model }: Standing): ReadonlyMap<string, ReadonlySet<string>> {
  const links = new Map<string, Set<string>>();
  const joined = new Map<string, Set<string>>();
  const put = (map: Map<string, Set<string>>, from: string, to: string): void => {
    const own = map.get(from);
    if (own === undefined) map.set(from, new Set([to]));
    else own.add(to);
  };
  for (const { from, to } of lines) {
    put(joined, from, to);
    put(joined, to, from);
  }
  for (const [id, entity] of entities) {
    if (!known.has(id)) continue;
    for (const other of partnersOf(entity, entities, model)) {
      const to = boxOf(other, known, drawn);
      if (to === undefined || to === id || isWithin(id, to) || isWithin(to, id) || joined.get(id)?.has(to)) continue;
      put(links, id, to);
      put(links, to, id);
    }
  }
  return links;
}

/** The box of a thing, or of what it is a part of. */
function boxOf(entity: Entity, known: ReadonlySet<string>, drawn: Standing['drawn']): string | undefined {
  for (let at: Entity | undefined = entity; at; at = at.parent) {
    const id = drawn(at);
    if (known.has(id)) return id;
  }
  return undefined;
}

const isWithin = (id: string, outer: string): boolean => id.startsWith(`${outer}/`);

/** What a thing names, with what its parts that have no box of their own name. */
function* partnersOf(entity: Entity, entities: ReadonlyMap<string, Entity>, model: Model): Generator<Entity> {
  yield* namedBy(entity, model);
  if (is(entity, 'vm')) {
    const home = homeHost(entity, model);
    if (home) yield home;
    for (const part of entity.children) {
      if (is(part, 'nic')) {
        yield* networksOf(part, model);
        yield* portgroupsOf(part, model);
      } else yield* namedBy(part, model);
    }
    return;
  }
  yield* networksOf(entity, model);
  for (const part of entity.children) if (!entities.has(idOf(part))) yield* namedBy(part, model);
}
