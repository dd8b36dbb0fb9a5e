/** The virtual side of the network: which switches a host has, what stands on them, and which NICs carry it. */
import { childrenOf, descendantsOf, type Entity, enclosing, is } from '../../model/entity.ts';
import type { FactDefinition, IndexDefinition, Model } from '../../model/model.ts';
import type { Ref } from '../../schema/types.ts';
import type { Props } from '../../schema/vocabulary.ts';

/** A virtual switch as one host has it: a standard switch of its own, or its share of a distributed one. */
export interface VirtualSwitch {
  readonly entity: Entity<'vswitch'> | Entity<'dvswitch'>;
  readonly host: Entity<'host'>;
  /** The host's NICs under it, in the order in which the design names them. */
  readonly uplinks: readonly Entity<'nic'>[];
  /** Whether the design names its uplinks, and this host has every one of them. */
  readonly uplinksKnown: boolean;
  readonly portgroups: readonly Entity<'portgroup'>[];
  /** Adapters of this host that stand on it. */
  readonly vmkernels: readonly Entity<'vmkernel'>[];
}

/** NICs behind a switch, a port group or an adapter, after what it overrides. */
export interface Uplinks {
  readonly active: readonly Entity<'nic'>[];
  readonly standby: readonly Entity<'nic'>[];
  readonly unused: readonly Entity<'nic'>[];
  /** False when the design leaves the uplinks open: nothing can be concluded from empty lists then. */
  readonly known: boolean;
}

/** What has uplinks. */
export type Teamed = Entity<'vswitch'> | Entity<'dvswitch'> | Entity<'portgroup'> | Entity<'vmkernel'>;
export type Teaming = NonNullable<Props<'vswitch'>['teaming']>;
export type Service = NonNullable<Props<'vmkernel'>['services']>[number];

/** Host name → distributed switches that it is a member of. */
export const dvswitchesOfHost: IndexDefinition = {
  name: 'dvswitchesOfHost',
  level: 2,
  kinds: ['dvswitch'],
  keys: (entity, model) =>
    is(entity, 'dvswitch') ? model.resolveAll(entity.props.hosts, entity, 'host').map((host) => host.name) : [],
};

/** The hosts that are members of a distributed switch. */
export const dvswitchMembers = (dvswitch: Entity<'dvswitch'>, model: Model): readonly Entity<'host'>[] =>
  model.resolveAll(dvswitch.props.hosts, dvswitch, 'host');

const noNics: readonly Entity<'nic'>[] = [];

/** The host that an entity is part of. */
export const hostOf = (entity: Entity): Entity<'host'> | undefined => enclosing(entity, 'host');

/** All adapters of a host: those in its switches, and those that stand on a distributed switch. */
export const vmkernelsOf = (host: Entity<'host'>): readonly Entity<'vmkernel'>[] => descendantsOf(host, 'vmkernel');

/** Adapters of a host that carry a kind of traffic. */
export const vmkernelsFor = (host: Entity<'host'>, ...services: readonly Service[]): readonly Entity<'vmkernel'>[] =>
  vmkernelsOf(host).filter((adapter) => adapter.props.services?.some((service) => services.includes(service)));

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);

const switchesFact: FactDefinition<readonly VirtualSwitch[]> = {
  name: 'virtualSwitches',
  compute(entity, model) {
    if (!is(entity, 'host')) return [];
    const dvswitches = model.lookup<'dvswitch'>(dvswitchesOfHost, entity.name);
    return [
      ...childrenOf(entity, 'vswitch').map((own) =>
        view(own, entity, childrenOf(own, 'portgroup'), [...childrenOf(own, 'vmkernel'), ...looseAdapters(entity, own, model)]),
      ),
      ...dvswitches.map((shared) => view(shared, entity, childrenOf(shared, 'portgroup'), looseAdapters(entity, shared, model))),
    ];
  },
  equal: (a, b) =>
    a.length === b.length &&
    a.every((item, at) => {
      const other = b[at];
      return (
        other !== undefined &&
        item.entity === other.entity &&
        sameList(item.uplinks, other.uplinks) &&
        sameList(item.vmkernels, other.vmkernels)
      );
    }),
};

/** Adapters that are written beside the switches and name their port group. */
const looseAdapters = (host: Entity<'host'>, onto: Entity, model: Model): readonly Entity<'vmkernel'>[] =>
  childrenOf(host, 'vmkernel').filter((adapter) => portgroupOf(adapter, model)?.parent === onto);

function view(
  entity: VirtualSwitch['entity'],
  host: Entity<'host'>,
  portgroups: VirtualSwitch['portgroups'],
  vmkernels: VirtualSwitch['vmkernels'],
): VirtualSwitch {
  const uplinks = nicsOf(entity.props.uplinks, host);
  return {
    entity,
    host,
    portgroups,
    vmkernels,
    uplinks,
    uplinksKnown: uplinks.length > 0 && uplinks.length >= (entity.props.uplinks?.length ?? 0),
  };
}

/** Own switches of a host, and distributed ones that it is a member of. */
export function virtualSwitchesOf(host: Entity<'host'>, model: Model): readonly VirtualSwitch[] {
  return model.fact(switchesFact, host);
}

/** The NICs of one host that names stand for; on a distributed switch `vmnic0` is a NIC of every member. */
export function nicsOf(refs: readonly Ref[] | undefined, host: Entity<'host'>): readonly Entity<'nic'>[] {
  if (!refs) return noNics;
  const nics = childrenOf(host, 'nic');
  const found: Entity<'nic'>[] = [];
  for (const { ref, glob } of refs) {
    const name = ref.at(-1) ?? '';
    if (ref.length > 1 && ref[0] !== host.name) continue;
    for (const nic of nics) if ((glob ? globMatches(name, nic.name) : nic.name === name) && !found.includes(nic)) found.push(nic);
  }
  return found;
}

/** `*` stands for any run of characters. */
function globMatches(glob: string, name: string): boolean {
  const [head = '', ...rest] = glob.split('*');
  if (!name.startsWith(head)) return false;
  let at = head.length;
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return name.length - part.length >= at && name.endsWith(part);
    const next = name.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return at === name.length;
}

/** The port group that an adapter names. A label that several hosts have means the one of its own host, or of a distributed switch. */
export function portgroupOf(adapter: Entity<'vmkernel'>, model: Model): Entity<'portgroup'> | undefined {
  const { portgroup } = adapter.props;
  if (!portgroup || portgroup.glob) return undefined;
  const host = hostOf(adapter);
  const found = model
    .candidates(portgroup, adapter, ['portgroup'])
    .filter((entity): entity is Entity<'portgroup'> => is(entity, 'portgroup'));
  const own = found.find((entity) => hostOf(entity) === host);
  if (own) return own;
  const shared = found.filter((entity) => entity.parent?.kind === 'dvswitch');
  const member = host ? model.lookup<'dvswitch'>(dvswitchesOfHost, host.name) : [];
  return shared.find((entity) => member.some((dvswitch) => dvswitch === entity.parent)) ?? shared[0];
}

/** The switch that a port group or an adapter stands on, as its host has it. */
function virtualSwitchOf(
  entity: Entity<'portgroup'> | Entity<'vmkernel'>,
  host: Entity<'host'>,
  model: Model,
): VirtualSwitch | undefined {
  return virtualSwitchesOf(host, model).find((own) =>
    is(entity, 'portgroup') ? entity.parent === own.entity : own.vmkernels.includes(entity),
  );
}

/** An adapter or port group and what it inherits its teaming from, nearest first; the switch is the last. */
function layersOf(
  entity: Teamed,
  host: Entity<'host'>,
  model: Model,
): { readonly overrides: readonly (Entity<'portgroup'> | Entity<'vmkernel'>)[]; readonly on: VirtualSwitch | undefined } {
  if (is(entity, 'vswitch') || is(entity, 'dvswitch'))
    return { overrides: [], on: virtualSwitchesOf(host, model).find((own) => own.entity === entity) };
  const above = is(entity, 'vmkernel') ? portgroupOf(entity, model) : undefined;
  return { overrides: above ? [entity, above] : [entity], on: virtualSwitchOf(entity, host, model) };
}

/** The load balancing in force; undefined when nobody says it. */
export function teamingOf(entity: Teamed, host: Entity<'host'>, model: Model): Teaming | undefined {
  const { overrides, on } = layersOf(entity, host, model);
  return overrides.find((layer) => layer.props.teaming !== undefined)?.props.teaming ?? on?.entity.props.teaming;
}

/**
 * The NICs of a host that carry what stands on a port group, an adapter or a switch. The nearest layer that says an order counts;
 * uplinks that it does not name are unused, except behind `active-standby`, where they wait.
 */
export function uplinksOf(entity: Teamed, host: Entity<'host'>, model: Model): Uplinks {
  const { overrides, on } = layersOf(entity, host, model);
  if (!on?.uplinksKnown) return { active: noNics, standby: noNics, unused: noNics, known: false };
  const said = [...overrides, on.entity].find(({ props }) => props.active ?? props.standby ?? props.unused);
  const mode = teamingOf(entity, host, model);
  const standby = nicsOf(said?.props.standby, host);
  const unused = nicsOf(said?.props.unused, host);
  const named = nicsOf(said?.props.active, host);
  const rest = on.uplinks.filter((nic) => !named.includes(nic) && !standby.includes(nic) && !unused.includes(nic));
  if (named.length > 0)
    return mode === 'active-standby' && standby.length === 0
      ? { active: named, standby: rest, unused, known: true }
      : { active: named, standby, unused: [...unused, ...rest], known: true };
  if (mode === 'active-standby' && standby.length === 0)
    return { active: rest.slice(0, 1), standby: rest.slice(1), unused, known: true };
  return { active: rest, standby, unused, known: true };
}

/** Active and standby NICs together. */
export const carriersOf = (uplinks: Uplinks): readonly Entity<'nic'>[] => [...uplinks.active, ...uplinks.standby];
