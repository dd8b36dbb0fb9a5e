/** Clusters: what their VMs need, what is left of them when hosts fail, where Fault Tolerance runs, which CPUs they have. */
import { type Cpu, classifyCpu, cpuGeneration } from '../catalog/cpu.ts';
import type { CpuVendor } from '../catalog/cpuTable.ts';
import { type Entity, is, sameData } from '../model/entity.ts';
import type { FactDefinition, Model } from '../model/model.ts';
import { isProblem } from '../values/problem.ts';
import { atLeast, parseVersion } from '../values/version.ts';
import { networkOf, vmkernelsOf } from './network.ts';
import { ftOn, hostsOf, placementOf, productOf, stateOf, vmsOf } from './placement.ts';

type Cluster = Entity<'cluster'>;

export const MB = 1024 ** 2;
export const GB = 1024 ** 3;

/** Whether a release is a given one or newer; undefined when it is not said, or left open (`6.x`). */
export function isSince(release: string | undefined, floor: string): boolean | undefined {
  const [own, least] = [parseVersion(release ?? ''), parseVersion(floor)];
  return isProblem(own) || isProblem(least) ? undefined : atLeast(own, least);
}

// ── failures ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How many hosts may fail at once: said by `failures`, by the admission control, or 1. */
export function failuresToTolerate(cluster: Cluster): number {
  const { failures, admission } = cluster.props.ha ?? {};
  const admitted =
    admission?.policy === 'failures' && /^\d+$/.test(admission.amount ?? '') ? Number(admission.amount) : undefined;
  return failures ?? admitted ?? 1;
}

// ── what the VMs need ─────────────────────────────────────────────────────────────────────────────────────────────────

/** What HA has to start again, in bytes and virtual processors. */
export interface HaLoad {
  /** Memory of the VMs once, with what the hypervisor adds for each. */
  readonly memory: number;
  readonly vcpus: number;
  /** The same for the shadows of FT VMs: needed as well, as long as there are two hosts to run on. */
  readonly shadowMemory: number;
  readonly shadowVcpus: number;
  readonly vms: number;
  readonly shadows: number;
  /** VMs that do not say how much memory they have; they count as none. */
  readonly unsaid: number;
}

const haLoad: FactDefinition<HaLoad> = {
  name: 'haLoad',
  equal: sameData,
  compute: (entity, model) => {
    const load = { memory: 0, vcpus: 0, shadowMemory: 0, shadowVcpus: 0, vms: 0, shadows: 0, unsaid: 0 };
    if (!is(entity, 'cluster')) return load;
    const product = productOf(entity, model);
    for (const vm of vmsOf(entity, model)) {
      const { ha, ft } = placementOf(vm, model);
      if (ha !== true) continue;
      const memory = vm.props.memory === undefined ? 0 : vm.props.memory + overhead(product, vm.props.memory, vm.props.vcpu ?? 1);
      const vcpus = vm.props.vcpu ?? 0;
      load.vms += 1;
      load.memory += memory;
      load.vcpus += vcpus;
      if (vm.props.memory === undefined) load.unsaid += 1;
      if (!ft) continue;
      load.shadows += 1;
      load.shadowMemory += memory;
      load.shadowVcpus += vcpus;
    }
    return load;
  },
};

/** What the VMs of a cluster that HA protects need. */
export const haLoadOf = (cluster: Cluster, model: Model): HaLoad => model.fact(haLoad, cluster);

/**
 * Memory that the hypervisor needs for a VM besides its own. Hyper-V: 32 MB and 8 MB for each GB above the first (2008 R2 rule).
 * ESXi: a straight line through VMware's table for 6.5 and 6.7, which fits it within 1 MB from 256 MB to 16 GB. Others: not known.
 */
function overhead(product: ReturnType<typeof productOf>, memory: number, vcpus: number): number {
  const above = Math.max(0, memory / GB - 1);
  if (product === 'hyperv') return (32 + 8 * above) * MB;
  if (product === 'esxi') return (25.9 + 7.58 * above + 4 * (vcpus - 1)) * MB;
  return 0;
}

// ── what the hosts have ───────────────────────────────────────────────────────────────────────────────────────────────

/** What one host offers to VMs; absent where the design does not say it. */
export interface HostCapacity {
  readonly host: string;
  readonly memory?: number;
  readonly cores?: number;
}

const clusterCapacity: FactDefinition<readonly HostCapacity[]> = {
  name: 'clusterCapacity',
  equal: sameData,
  compute: (entity, model) => (is(entity, 'cluster') ? hostsOf(entity, model).map(capacityOfHost) : []),
};

/** What each host of a cluster offers. */
export const capacityOf = (cluster: Cluster, model: Model): readonly HostCapacity[] => model.fact(clusterCapacity, cluster);

/** The parent partition of Hyper-V takes at least this much, said or not (2008 R2 rule: 512 MB to 1 GB). */
const parentPartition = 512 * MB;

function capacityOfHost(host: Entity<'host'>): HostCapacity {
  const { memory, reserve, cpu, hypervisor } = host.props;
  const kept = reserve?.memory ?? (hypervisor?.product === 'hyperv' ? parentPartition : 0);
  return {
    host: host.name,
    ...(memory !== undefined ? { memory: Math.max(0, memory - kept) } : {}),
    ...(cpu?.cores !== undefined ? { cores: Math.max(0, (cpu.count ?? 1) * cpu.cores - (reserve?.cores ?? 0)) } : {}),
  };
}

/** What is left when the hosts with the most of something fail; undefined when a host does not say how much it has. */
export function leftAfter(
  capacity: readonly HostCapacity[],
  of: 'memory' | 'cores',
  failures: number,
): { readonly left: number; readonly failed: readonly string[]; readonly alive: number } | undefined {
  const sized = capacity.flatMap((each) => (each[of] === undefined ? [] : [{ host: each.host, size: each[of] }]));
  if (sized.length < capacity.length) return undefined;
  // Among equals the last ones fail, as a reader would count.
  const ordered = sized.map((each, at) => ({ ...each, at })).sort((a, b) => b.size - a.size || b.at - a.at);
  const alive = ordered.slice(failures);
  return {
    left: alive.reduce((sum, each) => sum + each.size, 0),
    failed: ordered
      .slice(0, failures)
      .sort((a, b) => a.at - b.at)
      .map((each) => each.host),
    alive: alive.length,
  };
}

// ── Fault Tolerance ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The VMs of a cluster that run with vSphere Fault Tolerance, and the hosts where they or their shadows may run. */
export interface FtUse {
  readonly vms: readonly { readonly name: string; readonly vcpu?: number; readonly home?: string }[];
  readonly hosts: readonly string[];
}

const ftUse: FactDefinition<FtUse> = {
  name: 'ftUse',
  equal: sameData,
  compute: (entity, model) => {
    if (!is(entity, 'cluster') || productOf(entity, model) !== 'esxi') return { vms: [], hosts: [] };
    const vms = vmsOf(entity, model).filter(ftOn);
    const places = vms.map((vm) => ({ vm, ...placementOf(vm, model) }));
    const used = new Set(places.flatMap((place) => place.hosts));
    return {
      vms: places.map(({ vm, home }) => ({
        name: vm.name,
        ...(vm.props.vcpu !== undefined ? { vcpu: vm.props.vcpu } : {}),
        ...(home !== undefined ? { home } : {}),
      })),
      hosts: stateOf(entity, model).hosts.filter((name) => used.has(name)),
    };
  },
};

/** FT VMs of a vSphere cluster; none for other hypervisors. */
export const ftUseOf = (cluster: Cluster, model: Model): FtUse => model.fact(ftUse, cluster);

// ── processors ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What the design and the catalogue tell of a host's processors. */
export interface HostCpu {
  readonly host: string;
  readonly vendor?: CpuVendor;
  readonly cpu?: Cpu;
}

const clusterCpus: FactDefinition<readonly HostCpu[]> = {
  name: 'clusterCpus',
  equal: sameData,
  compute: (entity, model) => (is(entity, 'cluster') ? hostsOf(entity, model).map(cpuOfHost) : []),
};

/** Processors of a cluster's hosts. */
export const cpusOf = (cluster: Cluster, model: Model): readonly HostCpu[] => model.fact(clusterCpus, cluster);

function cpuOfHost(host: Entity<'host'>): HostCpu {
  const { model: name, generation } = host.props.cpu ?? {};
  const cpu =
    (name === undefined ? undefined : classifyCpu(name)) ??
    (generation === undefined ? undefined : cpuGeneration(generation.toLowerCase()));
  const vendor = cpu?.vendor ?? vendorByName(name ?? '');
  return { host: host.name, ...(vendor ? { vendor } : {}), ...(cpu ? { cpu } : {}) };
}

/** A model that the table does not know still says whose it is. */
function vendorByName(name: string): CpuVendor | undefined {
  if (/\b(?:intel|xeon|pentium|celeron|core i\d)\b/iu.test(name)) return 'intel';
  return /\b(?:amd|epyc|opteron|ryzen|threadripper)\b/iu.test(name) ? 'amd' : undefined;
}

// ── adapters ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Whether a host has an adapter for live migration or FT logging: by the services that it says, or by the purpose of its network.
 * Undefined when the design has no adapters for the host, or leaves open what one of them is for.
 */
export function hasAdapterFor(host: Entity<'host'>, service: 'vmotion' | 'ft-logging', model: Model): boolean | undefined {
  const adapters = vmkernelsOf(host);
  let open = adapters.length === 0;
  for (const adapter of adapters) {
    const { services } = adapter.props;
    const purpose = services ? undefined : networkOf(adapter, model)?.props.purpose;
    if (services?.includes(service) || purpose === service) return true;
    if (!services && purpose === undefined) open = true;
  }
  return open ? undefined : false;
}
