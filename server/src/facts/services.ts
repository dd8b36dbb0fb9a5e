/** Applications: which machines serve what, redundant pairs, E3 domains, databases, directories. */
import { type Entity, idOf, is } from '../model/entity.ts';
import type { IndexDefinition, Model } from '../model/model.ts';
import type { Ref } from '../schema/types.ts';
import type { Machine } from './machine.ts';

export type Service = Entity<'service'>;

const machines = (refs: readonly (Ref | undefined)[] | undefined, service: Service, model: Model): readonly Machine[] =>
  model.resolveAll(
    refs?.filter((ref) => ref !== undefined),
    service,
    'vm',
    'physical',
    'host',
  );

/** The servers of a service's E3 or Power domain, the main one first. */
export function e3Servers(service: Service, model: Model): readonly Machine[] {
  return machines(service.props['e3-domain']?.servers, service, model);
}

/** How many entries a list of machines has: names that mean nothing count (that is reported elsewhere), the same name twice does not. */
export function machineCount(refs: readonly Ref[] | undefined, service: Service, model: Model): number {
  const lost = (refs ?? []).filter((ref) => !ref.glob && model.resolve(ref, service, 'vm', 'physical', 'host') === undefined);
  return machines(refs, service, model).length + new Set(lost.map((ref) => ref.ref.join('.'))).size;
}

/** Whether the domain relies on the native redundancy (hot standby) of E3: said, or meant by naming two servers. */
export function isNativeE3(service: Service, model: Model): boolean {
  const domain = service.props['e3-domain'];
  if (!domain || domain.redundancy === 'none') return false;
  return domain.redundancy === 'native' || machineCount(domain.servers, service, model) >= 2;
}

/** Machines that run the database of a service. */
export function databaseMachines(service: Service, model: Model): readonly Machine[] {
  const { database, on } = service.props;
  return database ? machines(database.on ?? on, service, model) : [];
}

/** Everything that a service runs on. */
export function machinesOf(service: Service, model: Model): readonly Machine[] {
  const {
    on,
    'e3-domain': e3,
    'plant-manager': epm,
    database,
    'active-directory': ad,
    'failover-cluster': cluster,
  } = service.props;
  return machines(
    [
      ...(on ?? []),
      ...(e3?.servers ?? []),
      epm?.server,
      epm?.database,
      ...(epm?.interfaces ?? []),
      ...(database?.on ?? []),
      ...(ad?.controllers ?? []),
      ...(cluster?.nodes ?? []),
    ],
    service,
    model,
  );
}

/** Machines of which one takes over from another: they must not fail together. */
export interface RedundantSet {
  readonly service: Service;
  /** What they are, for messages: `servers of the E3 domain`. */
  readonly what: string;
  /** Property of the service that names them. */
  readonly prop: string;
  readonly machines: readonly Machine[];
}

/** The redundant sets of a service; those of an E3 domain are SCD002's, all others are CLU015's. */
export function redundantSets(service: Service, model: Model): readonly RedundantSet[] {
  const { on, mode, 'e3-domain': e3, database, 'active-directory': ad, 'failover-cluster': cluster } = service.props;
  const sets: RedundantSet[] = [];
  const add = (what: string, prop: string, refs: readonly Ref[] | undefined): void => {
    const found = machines(refs, service, model);
    if (found.length >= 2) sets.push({ service, what, prop, machines: found });
  };
  if (isNativeE3(service, model)) add('servers of the E3 domain', 'e3-domain.servers', e3?.servers);
  add('nodes of the failover cluster', 'failover-cluster.nodes', cluster?.nodes);
  add('machines of the database', 'database.on', database?.on);
  add('domain controllers', 'active-directory.controllers', ad?.controllers);
  if (mode === 'active-standby' || mode === 'active-active') add('machines of the service', 'on', on);
  return sets;
}

/** Machine (id) → the services that run on it. */
export const servicesByMachine: IndexDefinition = {
  name: 'servicesByMachine',
  level: 2,
  kinds: ['service'],
  keys: (entity, model) => (is(entity, 'service') ? machinesOf(entity, model).map(idOf) : []),
};

/** Machine (id) → the services whose E3 domain has it as a server. */
export const e3ByServer: IndexDefinition = {
  name: 'e3ByServer',
  level: 2,
  kinds: ['service'],
  keys: (entity, model) => (is(entity, 'service') ? e3Servers(entity, model).map(idOf) : []),
};

/** Machine (id) → the services that use a licensed Elipse program on it: E3, Power or Plant Manager. */
export const elipseByMachine: IndexDefinition = {
  name: 'elipseByMachine',
  level: 2,
  kinds: ['service'],
  keys: (entity, model) =>
    is(entity, 'service')
      ? [...e3Servers(entity, model), ...machines([entity.props['plant-manager']?.server], entity, model)].map(idOf)
      : [],
};

/** Active Directory domain (lower case) → the services that describe it. */
export const servicesByDomain: IndexDefinition = {
  name: 'servicesByDomain',
  level: 2,
  kinds: ['service'],
  keys: (entity) => {
    const domain = is(entity, 'service') ? entity.props['active-directory']?.domain : undefined;
    return domain === undefined ? [] : [domain.toLowerCase()];
  },
};

/** `all` → services that renew licences (Elipse ELIC). */
export const licenceManagers: IndexDefinition = {
  name: 'licenceManagers',
  level: 2,
  kinds: ['service'],
  keys: (entity) => (is(entity, 'service') && entity.props['licence-manager'] === true ? ['all'] : []),
};

/** The machine of the one licence manager of a design; undefined when there is none, or more than one. */
export function licenceManager(model: Model): Machine | undefined {
  const [service, ...others] = model.lookup<'service'>(licenceManagers, 'all');
  return service && others.length === 0 ? machines(service.props.on, service, model)[0] : undefined;
}
