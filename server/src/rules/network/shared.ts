/** What several rules on separated networks ask. */
import { networkOf, spoken, type VirtualSwitch, vmsOnNetwork } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { andList } from '../../values/words.ts';

/** A network that an adapter should not be in, and why: a clause that ends a sentence. */
export interface Shared {
  readonly network: Entity<'network'>;
  readonly because: string;
}

/** Whether an adapter stands where VMs do: by the purpose of its network, or, where that is not said, because VMs are on it. */
export function amongVms(adapter: Entity<'vmkernel'>, model: Model): Shared | undefined {
  const network = networkOf(adapter, model);
  return network && inProduction(network, model);
}

export function inProduction(network: Entity<'network'>, model: Model): Shared | undefined {
  if (network.props.purpose === 'production') return { network, because: `network ${network.name}, which is for production` };
  if (network.props.purpose !== undefined) return undefined;
  const vms = vmsOnNetwork(network, model);
  return vms.length === 0
    ? undefined
    : {
        network,
        because: `network ${network.name}, which ${andList(
          vms.map((vm) => vm.name),
          3,
        )} ${vms.length === 1 ? 'is' : 'are'} connected to`,
      };
}

/** Where a finding on an adapter's network stands: on the name of the network, else on the address that implies it. */
export const networkProp = (adapter: Entity<'vmkernel'>): string =>
  adapter.props.on ? 'on' : adapter.props.portgroup ? 'portgroup' : 'address';

/** Related place: the declaration of the network. */
export const declared = (network: Entity<'network'>): { readonly at: Entity; readonly message: string } => ({
  at: network,
  message: `Network ${spoken(network)} is declared here`,
});

/** What sends frames through a virtual switch of a host under a VLAN of its own: port groups, and adapters without one. */
export const onWire = (own: VirtualSwitch): readonly (Entity<'portgroup'> | Entity<'vmkernel'>)[] => [
  ...own.portgroups,
  ...own.vmkernels.filter((adapter) => !adapter.props.portgroup),
];
