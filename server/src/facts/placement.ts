/**
 * Who stands where: hosts in clusters, VMs on hosts, and what may move a VM. The one source for these questions.
 *
 * `vm … on HOST` says where a VM normally runs; `pin must` and affinity rules (`must`) say where it has to stay. Whatever the
 * design leaves open is `undefined` here (or an empty list of hosts): unknown, not no.
 *
 * Everything about one VM is one fact of plain strings (`placement`), so that an edit of a host wakes only those who ask for
 * something that it changed. The functions below are what rules call; each takes the model, through which reads are recorded.
 */
import { type Entity, is, sameData } from '../model/entity.ts';
import type { FactDefinition, IndexDefinition, Model } from '../model/model.ts';

// ── indexes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Host name → the clusters that it is in. */
export const clusterOfHost: IndexDefinition = {
  name: 'clusterOfHost',
  level: 2,
  kinds: ['cluster'],
  keys: (entity, model) => (is(entity, 'cluster') ? hostNamesOf(entity, model) : []),
};

/** VM name → affinity and anti-affinity rules that name it. */
export const rulesOfVm: IndexDefinition = {
  name: 'rulesOfVm',
  level: 2,
  kinds: ['affinity', 'anti-affinity'],
  keys: (entity, model) =>
    is(entity, 'affinity') || is(entity, 'anti-affinity')
      ? model.resolveAll(entity.props.vms, entity, 'vm').map((vm) => vm.name)
      : [],
};

/** Cluster name → its VMs; `on HOST` counts for the cluster of that host. */
export const vmsByCluster: IndexDefinition = {
  name: 'vmsByCluster',
  level: 3,
  kinds: ['vm'],
  keys: (entity, model) => {
    const cluster = clusterOf(entity, model);
    return cluster ? [cluster.name] : [];
  },
};

/** Host name → VMs that normally run there: `on HOST`, or pinned to it. */
export const vmsOnHost: IndexDefinition = {
  name: 'vmsOnHost',
  level: 3,
  kinds: ['vm'],
  keys: (entity, model) => {
    const home = is(entity, 'vm') ? model.fact(placement, entity).home : undefined;
    return home === undefined ? [] : [home];
  },
};

// ── clusters ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a cluster says that matters for its VMs, in plain values. */
export interface ClusterState {
  /** Names of its hosts, in the order of the design. */
  readonly hosts: readonly string[];
  /** HA: on, off, or not said. */
  readonly ha?: boolean;
  /** VMs are moved while they run, by DRS or by hand; undefined when the design does not say. */
  readonly migrates?: boolean;
  /** VMs are moved without being asked (DRS fully automated). */
  readonly automatic: boolean;
}

const clusterState: FactDefinition<ClusterState> = {
  name: 'clusterState',
  equal: sameData,
  compute: (entity, model) => {
    if (!is(entity, 'cluster')) return { hosts: [], automatic: false };
    const { ha, drs } = entity.props;
    const live = entity.props['live-migration'];
    const migrates = live ?? (drs === undefined ? undefined : drs !== 'off' || undefined);
    return {
      hosts: hostNamesOf(entity, model),
      ...(ha ? { ha: ha.value !== 'off' } : {}),
      ...(migrates !== undefined ? { migrates } : {}),
      automatic: drs === 'fully-automated' && live !== false,
    };
  },
};

const hostNamesOf = (cluster: Entity<'cluster'>, model: Model): readonly string[] => [
  ...new Set(model.resolveAll(cluster.props.hosts, cluster, 'host').map((host) => host.name)),
];

/** A cluster's hosts by name, its HA and its live migration, as far as said. */
export const stateOf = (cluster: Entity<'cluster'>, model: Model): ClusterState => model.fact(clusterState, cluster);

/** The hosts of a cluster. */
export const hostsOf = (cluster: Entity<'cluster'>, model: Model): readonly Entity<'host'>[] =>
  named(stateOf(cluster, model).hosts, model);

/** The VMs of a cluster (also those that only say `on` one of its hosts). Woken by every edit of one of them. */
export const vmsOf = (cluster: Entity<'cluster'>, model: Model): readonly Entity<'vm'>[] =>
  model.lookup<'vm'>(vmsByCluster, cluster.name);

/** The cluster that a VM or a host belongs to. A host in two clusters by mistake belongs to the first. */
export function clusterOf(entity: Entity, model: Model): Entity<'cluster'> | undefined {
  if (is(entity, 'vm')) {
    const own = model.resolve(entity.props.in, entity, 'cluster');
    if (own) return own;
    const host = model.resolve(entity.props.on, entity, 'host');
    return host ? clusterOf(host, model) : undefined;
  }
  if (is(entity, 'host')) return model.lookup<'cluster'>(clusterOfHost, entity.name)[0];
  return is(entity, 'cluster') ? entity : undefined;
}

// ── VMs ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Where one VM stands and what may move it. Hosts and clusters by name. */
export interface Placement {
  readonly cluster?: string;
  /** Where it normally runs: the host that it is pinned to, `on`, or the one that a should-rule prefers. */
  readonly home?: string;
  /** The one host that it must run on (`pin must`, or must-rules that leave one host). */
  readonly pinned?: string;
  /** Hosts on which it may come to run; empty when the design does not say. */
  readonly hosts: readonly string[];
  /** Those of them that its should-rules prefer; all of them without such rules. */
  readonly preferred: readonly string[];
  /** HA starts it again on another host. */
  readonly ha?: boolean;
  readonly ft: boolean;
  /** It is moved while it runs. */
  readonly migrates?: boolean;
  /** It is moved without being asked. */
  readonly automatic: boolean;
}

const placement: FactDefinition<Placement> = {
  name: 'placement',
  equal: sameData,
  compute: (entity, model) => {
    if (!is(entity, 'vm')) return { hosts: [], preferred: [], ft: false, automatic: false };
    const { props } = entity;
    const on = model.resolve(props.on, entity, 'host')?.name;
    const cluster = clusterOf(entity, model);
    const state = cluster && stateOf(cluster, model);
    const tied = hostRules(entity, model);
    const must = tied.filter((rule) => rule.strength === 'must');
    const wanted = must.filter((rule) => !rule.away);
    const allowed = (name: string): boolean => must.every((rule) => rule.hosts.includes(name) !== rule.away);
    const pool = (state && state.hosts.length > 0 ? state.hosts : (wanted[0]?.hosts ?? (on === undefined ? [] : [on]))).filter(
      allowed,
    );
    const pinned = wanted.length > 0 && pool.length === 1 ? pool[0] : undefined;
    const stays = pinned !== undefined || props.drs === 'off';
    const ha = haOf(props.ha, state);
    const migrates = stays ? false : state?.migrates;
    // Without HA and live migration nothing takes a VM from the host that it is said to run on.
    const fixed = on !== undefined && wanted.length === 0 && ha !== true && migrates !== true;
    const hosts = fixed ? [on] : pool;
    const preferred = hosts.filter((name) => tied.every((rule) => rule.hosts.includes(name) !== rule.away));
    const home = pinned ?? on ?? (preferred.length === 1 ? preferred[0] : undefined);
    return {
      ...(cluster ? { cluster: cluster.name } : {}),
      ...(home !== undefined ? { home } : {}),
      ...(pinned !== undefined ? { pinned } : {}),
      hosts,
      preferred: preferred.length > 0 ? preferred : hosts,
      ...(ha !== undefined ? { ha } : {}),
      ft: props.ft === true,
      ...(migrates !== undefined ? { migrates } : {}),
      automatic: !stays && state?.automatic === true && (props.drs === undefined || props.drs === 'fully-automated'),
    };
  },
};

function haOf(own: Entity<'vm'>['props']['ha'], state: ClusterState | undefined): boolean | undefined {
  if (own?.value === 'off' || own?.restart === 'disabled') return false;
  if (state?.ha !== undefined) return state.ha;
  return own ? true : undefined;
}

/** All of it at once. */
export const placementOf = (vm: Entity<'vm'>, model: Model): Placement => model.fact(placement, vm);

/** Hosts on which a VM may come to run, by its place, HA, live migration and must-rules. Empty: the design does not say. */
export const candidateHosts = (vm: Entity<'vm'>, model: Model): readonly Entity<'host'>[] =>
  named(placementOf(vm, model).hosts, model);

/** Where a VM normally runs: `on`, or the host that it is pinned to. */
export const homeHost = (vm: Entity<'vm'>, model: Model): Entity<'host'> | undefined => one(placementOf(vm, model).home, model);

/** The one host that a VM must run on: `pin` (must, if not said), or must-rules that leave only one. */
export const pinnedHost = (vm: Entity<'vm'>, model: Model): Entity<'host'> | undefined =>
  one(placementOf(vm, model).pinned, model);

/**
 * Whether HA starts a VM again elsewhere. False: said so for the VM or its cluster; undefined: the cluster does not say. A VM that
 * asks for HA counts as having it unless its cluster has switched it off.
 */
export const haOn = (vm: Entity<'vm'>, model: Model): boolean | undefined => placementOf(vm, model).ha;

/** Whether a VM runs with a shadow (vSphere or everRun Fault Tolerance). */
export const ftOn = (vm: Entity<'vm'>): boolean => vm.props.ft === true;

/** Whether a VM is moved while it runs (DRS or live migration, not switched off or pinned for it); undefined when not said. */
export const migrates = (vm: Entity<'vm'>, model: Model): boolean | undefined => placementOf(vm, model).migrates;

// ── rules that tie VMs to hosts and to each other ─────────────────────────────────────────────────────────────────────

/** A rule that ties a VM to hosts, or (`away`) keeps it off them, and where it is said. */
export interface HostRule {
  readonly strength: 'must' | 'should';
  readonly hosts: readonly string[];
  readonly away: boolean;
  readonly at: Entity<'vm' | 'affinity' | 'anti-affinity'>;
  readonly prop: string;
}

/** All rules that tie a VM to hosts: its pin, affinity and anti-affinity entries with `hosts`. A strength that is not said is `must`. */
function hostRules(vm: Entity<'vm'>, model: Model): readonly HostRule[] {
  const rules: HostRule[] = [];
  const { pin } = vm.props;
  const host = model.resolve(pin?.host, vm, 'host');
  if (pin && host) rules.push({ strength: pin.strength ?? 'must', hosts: [host.name], away: false, at: vm, prop: 'pin' });
  for (const entry of model.lookup<'affinity' | 'anti-affinity'>(rulesOfVm, vm.name)) {
    const hosts = model.resolveAll(entry.props.hosts, entry, 'host').map((each) => each.name);
    if (hosts.length === 0) continue;
    rules.push({
      strength: entry.props.strength ?? 'must',
      hosts,
      away: entry.kind === 'anti-affinity',
      at: entry,
      prop: 'hosts',
    });
  }
  return rules;
}

/** The anti-affinity entries that keep two VMs apart, strict ones first. */
export function antiAffinityOf(a: Entity<'vm'>, b: Entity<'vm'>, model: Model): readonly Entity<'anti-affinity'>[] {
  const others = new Set<Entity>(model.lookup(rulesOfVm, b.name));
  return model
    .lookup(rulesOfVm, a.name)
    .filter((entry): entry is Entity<'anti-affinity'> => entry.kind === 'anti-affinity' && others.has(entry))
    .sort((x, y) => Number(x.props.strength === 'should') - Number(y.props.strength === 'should'));
}

/**
 * What keeps two machines on different hosts:
 * - `hosts`: they have no host in common (different clusters, pins, `on` without anything that moves them; physical machines)
 * - `must`, `should`: an anti-affinity rule; `should` also: should-rules that prefer different hosts for them
 * - `placed`: they are on different hosts and nothing moves them unasked; HA may still start one beside the other
 * - `no`: nothing does
 * - `together`: they cannot but share a host
 * - `unknown`: the design does not say where one of them runs
 */
export type Separation = 'hosts' | 'must' | 'should' | 'placed' | 'no' | 'together' | 'unknown';

export function separated(a: Entity<'vm' | 'physical'>, b: Entity<'vm' | 'physical'>, model: Model): Separation {
  if (a === b) return 'together';
  if (!is(a, 'vm') || !is(b, 'vm')) return 'hosts';
  const left = placementOf(a, model);
  const right = placementOf(b, model);
  const known = left.hosts.length > 0 && right.hosts.length > 0;
  if (known && !left.hosts.some((host) => right.hosts.includes(host))) return 'hosts';
  if (left.hosts.length === 1 && right.hosts.length === 1) return 'together';
  const [rule] = antiAffinityOf(a, b, model);
  // The rule and the places that the design gives contradict each other: a power-off test would find them side by side.
  if (rule) return left.home !== undefined && left.home === right.home ? 'together' : (rule.props.strength ?? 'must');
  if (known && !left.preferred.some((host) => right.preferred.includes(host))) return 'should';
  if (left.home !== undefined && right.home !== undefined && left.home !== right.home && !left.automatic && !right.automatic)
    return 'placed';
  return known ? 'no' : 'unknown';
}

// ── hypervisors ───────────────────────────────────────────────────────────────────────────────────────────────────────

type Hypervisor = NonNullable<Entity<'host'>['props']['hypervisor']>;

/** The hypervisor of a host, of a cluster, or of the hosts that a VM may run on, if those that say it agree on the product. */
export function productOf(entity: Entity, model: Model): Hypervisor['product'] {
  const cluster = is(entity, 'vm') ? clusterOf(entity, model) : is(entity, 'cluster') ? entity : undefined;
  if (cluster && stateOf(cluster, model).hosts.length > 0) return model.fact(clusterProduct, cluster);
  return agreed(is(entity, 'host') ? [entity] : is(entity, 'vm') ? candidateHosts(entity, model) : []);
}

const clusterProduct: FactDefinition<Hypervisor['product']> = {
  name: 'clusterProduct',
  compute: (entity, model) => (is(entity, 'cluster') ? agreed(hostsOf(entity, model)) : undefined),
};

function agreed(hosts: readonly Entity<'host'>[]): Hypervisor['product'] {
  const products = new Set(hosts.flatMap((host) => host.props.hypervisor?.product ?? []));
  return products.size === 1 ? [...products][0] : undefined;
}

const named = (names: readonly string[], model: Model): readonly Entity<'host'>[] =>
  names.flatMap((name) => model.find('host', name) ?? []);
const one = (name: string | undefined, model: Model): Entity<'host'> | undefined =>
  name === undefined ? undefined : model.find('host', name);
