/** Who is in which network: adapters, port groups, VM NICs, storage ports. */
import { childrenOf, type Entity, enclosing, is, sameData } from '../../model/entity.ts';
import type { FactDefinition, IndexDefinition, Model } from '../../model/model.ts';
import type { Address } from '../../schema/types.ts';
import { hostsOf, placementOf } from '../placement.ts';
import { hostOf, portgroupOf, virtualSwitchesOf, vmkernelsOf } from './virtual.ts';

/**
 * Port group label → VM NICs that are connected to it, on whatever host (or network, where a NIC names that). It reads nothing but
 * the VM, so that editing a host does not go through all VMs.
 */
export const vmNicsOnLabel: IndexDefinition = {
  name: 'vmNicsOnLabel',
  level: 2,
  kinds: ['nic'],
  keys: (entity) => {
    const label = is(entity, 'nic') && entity.parent?.kind === 'vm' ? entity.props.on?.ref.at(-1) : undefined;
    return label === undefined ? [] : [label];
  },
};

/** Network name → what stands in it: adapters, port groups, NICs of VMs and other computers, storage ports, switches. */
export const membersOfNetwork: IndexDefinition = {
  name: 'membersOfNetwork',
  level: 3,
  kinds: ['vmkernel', 'portgroup', 'nic', 'port', 'switch', 'physical'],
  keys: (entity, model) => networksOf(entity, model).map((network) => network.name),
};

type Labels = ReadonlyMap<string, readonly Entity<'portgroup'>[]>;

const sameEntries = (a: ReadonlyMap<string, readonly Entity[]>, b: ReadonlyMap<string, readonly Entity[]>): boolean =>
  a.size === b.size &&
  [...a].every(([label, list]) => {
    const other = b.get(label);
    return other !== undefined && other.length === list.length && list.every((entity, at) => entity === other[at]);
  });

const labelsFact: FactDefinition<Labels> = {
  name: 'portgroupLabels',
  equal: sameEntries,
  compute(entity, model) {
    const labels = new Map<string, Entity<'portgroup'>[]>();
    const hosts = is(entity, 'cluster')
      ? model.resolveAll(entity.props.hosts, entity, 'host')
      : is(entity, 'host')
        ? [entity]
        : [];
    for (const host of hosts) {
      for (const portgroup of [
        ...virtualSwitchesOf(host, model).flatMap((own) => own.portgroups),
        ...childrenOf(host, 'portgroup'),
      ]) {
        const list = labels.get(portgroup.name);
        if (!list) labels.set(portgroup.name, [portgroup]);
        else if (!list.includes(portgroup)) list.push(portgroup);
      }
    }
    return labels;
  },
};

/** Label → networks. Keeps its value when hosts change in other ways, so that the VMs of a cluster are left in peace. */
const labelNetworksFact: FactDefinition<ReadonlyMap<string, readonly Entity<'network'>[]>> = {
  name: 'labelNetworks',
  equal: sameEntries,
  compute(entity, model) {
    const networks = new Map<string, readonly Entity<'network'>[]>();
    for (const [label, portgroups] of model.fact(labelsFact, entity)) {
      networks.set(label, [
        ...new Set(portgroups.flatMap((portgroup) => model.resolve(portgroup.props.on, portgroup, 'network') ?? [])),
      ]);
    }
    return networks;
  },
};

/** All port groups of a host, or of the hosts of a cluster, by label; those of distributed switches included. */
export function portgroupsByLabel(where: Entity<'host'> | Entity<'cluster'>, model: Model): Labels {
  return model.fact(labelsFact, where);
}

/** Where to look for the labels that a VM names: the one host that it can run on, else its cluster. */
function labelsFor(vm: Entity<'vm'>, model: Model): Entity<'host'> | Entity<'cluster'> | undefined {
  const { hosts, cluster } = placementOf(vm, model);
  if (hosts.length > 1 && cluster !== undefined) return model.find('cluster', cluster);
  return hosts[0] === undefined ? undefined : model.find('host', hosts[0]);
}

/** The port groups that a VM NIC finds on the hosts where its VM may run; all of that label when the VM has no place yet. */
export function portgroupsOf(nic: Entity<'nic'>, model: Model): readonly Entity<'portgroup'>[] {
  const { on } = nic.props;
  const vm = is(nic.parent, 'vm') ? nic.parent : undefined;
  if (!on) return [];
  const where = vm && labelsFor(vm, model);
  if (!vm || !where)
    return model.candidates(on, nic, ['portgroup']).filter((entity): entity is Entity<'portgroup'> => is(entity, 'portgroup'));
  const hosts = new Set(placementOf(vm, model).hosts);
  return (portgroupsByLabel(where, model).get(on.ref.at(-1) ?? '') ?? []).filter((portgroup) => {
    const host = hostOf(portgroup);
    return host === undefined || hosts.has(host.name);
  });
}

const networkOfAddress = (address: Address | undefined, from: Entity, model: Model): Entity<'network'> | undefined =>
  address && 'network' in address ? model.resolve(address.network, from, 'network') : undefined;

/** The networks that something stands in. A VM NIC has several only when its label means different networks on different hosts. */
export function networksOf(entity: Entity, model: Model): readonly Entity<'network'>[] {
  const one = (network: Entity<'network'> | undefined): readonly Entity<'network'>[] => (network ? [network] : []);
  if (is(entity, 'network')) return [entity];
  if (is(entity, 'portgroup')) return one(model.resolve(entity.props.on, entity, 'network'));
  if (is(entity, 'vmkernel')) {
    const own = model.resolve(entity.props.on, entity, 'network');
    const portgroup = own ? undefined : portgroupOf(entity, model);
    return one(
      own ??
        (portgroup && model.resolve(portgroup.props.on, portgroup, 'network')) ??
        networkOfAddress(entity.props.address, entity, model),
    );
  }
  if (is(entity, 'nic')) {
    const vm = is(entity.parent, 'vm') ? entity.parent : undefined;
    const label = entity.props.on?.ref.at(-1);
    if (label !== undefined && vm) {
      const where = labelsFor(vm, model);
      const found = where && model.fact(labelNetworksFact, where).get(label);
      if (found && found.length > 0) return found;
      // Without a place yet: one label is one network nearly always, so the first will do.
      const portgroup = where ? undefined : model.resolve(entity.props.on, entity, 'portgroup');
      const network = portgroup && model.resolve(portgroup.props.on, portgroup, 'network');
      if (network) return [network];
    }
    return one(model.resolve(entity.props.on, entity, 'network') ?? networkOfAddress(entity.props.address, entity, model));
  }
  if (is(entity, 'port') || is(entity, 'switch') || is(entity, 'physical'))
    return one(model.resolve(entity.props.on, entity, 'network') ?? networkOfAddress(entity.props.address, entity, model));
  if (is(entity, 'host') || is(entity, 'controller') || is(entity, 'export'))
    return one(networkOfAddress(entity.props.address, entity, model));
  return [];
}

/** The network that something stands in; undefined when the design does not say, or says several. */
export function networkOf(entity: Entity, model: Model): Entity<'network'> | undefined {
  const found = networksOf(entity, model);
  return found.length === 1 ? found[0] : undefined;
}

/** The VLAN of a network, a port group or an adapter: its own, else the port group's, else the network's; 0 is untagged. */
export function vlanOf(entity: Entity<'network'> | Entity<'portgroup'> | Entity<'vmkernel'>, model: Model): number | undefined {
  if (entity.props.vlan !== undefined) return entity.props.vlan;
  const above = is(entity, 'vmkernel') ? portgroupOf(entity, model)?.props.vlan : undefined;
  return above ?? (is(entity, 'network') ? undefined : networkOf(entity, model)?.props.vlan);
}

/** The MTU of an adapter: its own, else that of its network; undefined when neither says it. */
export function mtuOf(entity: Entity<'vmkernel'>, model: Model): number | undefined {
  return entity.props.mtu ?? networkOf(entity, model)?.props.mtu;
}

/** Network name → front-end ports of storage arrays in it. */
export const storagePortsOfNetwork: IndexDefinition = {
  name: 'storagePortsOfNetwork',
  level: 2,
  kinds: ['port'],
  keys: (entity, model) =>
    is(entity, 'port') && enclosing(entity, 'array') ? networksOf(entity, model).map((network) => network.name) : [],
};

/** The MTU that most adapters of a cluster in a network say, and one of them. */
export interface UsualMtu {
  readonly mtu: number;
  readonly host: string;
  readonly adapter: string;
}

const clusterMtusFact: FactDefinition<ReadonlyMap<string, UsualMtu>> = {
  name: 'clusterMtus',
  compute(entity, model) {
    const counts = new Map<string, Map<number, { readonly first: UsualMtu; count: number }>>();
    for (const host of is(entity, 'cluster') ? hostsOf(entity, model) : []) {
      for (const adapter of vmkernelsOf(host)) {
        const { mtu } = adapter.props;
        const network = mtu === undefined ? undefined : networkOf(adapter, model);
        if (mtu === undefined || !network) continue;
        const byMtu = counts.get(network.name) ?? new Map<number, { readonly first: UsualMtu; count: number }>();
        counts.set(network.name, byMtu);
        const known = byMtu.get(mtu);
        if (known) known.count += 1;
        else byMtu.set(mtu, { first: { mtu, host: host.name, adapter: adapter.name }, count: 1 });
      }
    }
    // The most frequent one; of equals the larger.
    return new Map(
      [...counts].flatMap(([network, byMtu]) => {
        const [usual] = [...byMtu.values()].sort((a, b) => b.count - a.count || b.first.mtu - a.first.mtu);
        return usual ? [[network, usual.first] as const] : [];
      }),
    );
  },
  equal: (a, b) => a.size === b.size && [...a].every(([name, usual]) => sameData(usual, b.get(name))),
};

/** Network name → the MTU that most adapters of the cluster's hosts say in it. */
export const clusterMtus = (cluster: Entity<'cluster'>, model: Model): ReadonlyMap<string, UsualMtu> =>
  model.fact(clusterMtusFact, cluster);

/** NICs of VMs on a label that may come to run on a host; VMs without a place yet count too. */
export function vmNicsOn(label: string, host: Entity<'host'>, model: Model): readonly Entity<'nic'>[] {
  return model.lookup<'nic'>(vmNicsOnLabel, label).filter((nic) => {
    const hosts = is(nic.parent, 'vm') ? placementOf(nic.parent, model).hosts : [];
    return hosts.length === 0 || hosts.includes(host.name);
  });
}

/** Whether a port group is for production: by the purpose of its network, or, where that is not said, because VMs are on it. */
export function isProduction(portgroup: Entity<'portgroup'>, model: Model): boolean {
  const purpose = networkOf(portgroup, model)?.props.purpose;
  if (purpose !== undefined) return purpose === 'production';
  const host = hostOf(portgroup);
  return (host ? vmNicsOn(portgroup.name, host, model) : model.lookup(vmNicsOnLabel, portgroup.name)).length > 0;
}

/** Whether VMs are connected to a network. Costly in a large design: ask only when its purpose is not said. */
export const vmsOnNetwork = (network: Entity<'network'>, model: Model): readonly Entity<'vm'>[] => [
  ...new Set(model.lookup(membersOfNetwork, network.name).flatMap((member) => (is(member.parent, 'vm') ? [member.parent] : []))),
];

/** Host name → VMs with Fault Tolerance whose primary or shadow may run there. */
export const ftVmsOnHost: IndexDefinition = {
  name: 'ftVmsOnHost',
  level: 3,
  kinds: ['vm'],
  keys: (entity, model) => (is(entity, 'vm') && entity.props.ft === true ? placementOf(entity, model).hosts : []),
};
