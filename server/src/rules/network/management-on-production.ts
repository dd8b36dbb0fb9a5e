import { networkOf, spoken, vmkernelsFor, vmkernelsOf } from '../../facts/network.ts';
import { is } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';
import { amongVms, declared, inProduction, networkProp } from './shared.ts';

export default defineRule({
  code: 'NET001',
  name: 'network/management-on-production',
  severity: 'warning',
  on: ['vmkernel', 'host'],
  summary: 'Management of a host shares a network with production VMs',
  why: 'Whoever reaches the management address of a hypervisor reaches every VM on it: a worm, a broadcast storm or a scan in the production network then hits the host itself. In a plant this also breaks the separation of zones. The adapter for administration, on Hyper-V that of the parent partition, belongs in a network of its own.',
  remedy:
    'Give administration its own VLAN and subnet (`network admin purpose management …`) and put the adapter there. If the network is the management network and only management VMs such as vCenter are on it, say so with `purpose management`.',
  sources: [
    'Jakka, "Network Considerations for Virtualization" (2010)',
    'Microsoft, Network recommendations for a Hyper-V cluster in Windows Server 2012',
  ],
  check(entity, { model, report }) {
    // One network for everything is the whole network of a small site: there is nothing yet to keep apart.
    const severity = (): { readonly severity?: 'info' } => (model.all('network').length === 1 ? { severity: 'info' } : {});
    if (is(entity, 'vmkernel')) {
      if (!entity.props.services?.includes('management')) return;
      const shared = amongVms(entity, model);
      if (shared)
        report({
          prop: networkProp(entity),
          message: `${spoken(entity)} carries management in ${shared.because}. Give administration a network of its own, so that trouble among the VMs does not reach the host.`,
          related: [declared(shared.network)],
          ...severity(),
        });
    } else if (is(entity, 'host') && vmkernelsFor(entity, 'management').length === 0) {
      const network = networkOf(entity, model);
      const shared = network && inProduction(network, model);
      if (!shared || vmkernelsOf(entity).some((adapter) => networkOf(adapter, model) === network)) return;
      report({
        prop: 'address',
        message: `The management address of ${spoken(entity)} is in ${shared.because}. Give administration a network of its own, so that trouble among the VMs does not reach the host.`,
        related: [declared(shared.network)],
        ...severity(),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'Management in the network of the VMs',
        text: `network admin purpose management vlan 10  subnet 10.4.10.0/24  gateway 10.4.10.1
network plant purpose production vlan 100 subnet 10.4.100.0/22 gateway 10.4.100.1

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel  vmk0 on plant services management address plant.host(11)
                      ^^^^^ warning
    portgroup "Plant" on plant
  }
}`,
      },
      {
        title: 'The purpose is not said, but VMs are there',
        text: `network admin   vlan 10 subnet 10.4.10.0/24
network servers vlan 20 subnet 10.4.20.0/24

host hv1 {
  hypervisor hyperv 2022
  nic nic1 speed 10Gbps
  vswitch External type external uplinks nic1 {
    portgroup "Servers" on servers
    adapter   Host on servers services management
                      ^^^^^^^
  }
}
vm ERP on hv1 { nic eth0 on "Servers" }`,
      },
      {
        title: 'A single network for everything is only worth knowing',
        text: `network lan purpose production subnet 192.168.1.0/24 gateway 192.168.1.1

host server1 {
  hypervisor hyperv 2022
  address    lan.host(10)
             ^^^^^^^^^^^^ info
}`,
      },
    ],
    good: [
      {
        title: 'Administration on its own',
        text: `network admin purpose management vlan 10  subnet 10.4.10.0/24
network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel  vmk0 on admin services management address admin.host(11)
    portgroup "Plant" on plant
  }
}`,
      },
      {
        title: 'The management VM belongs in the management network',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel  vmk0 on admin services management address admin.host(11)
    portgroup "Admin" on admin
  }
}
vm vcenter on esx1 { nic eth0 on "Admin" address admin.host(5) }`,
      },
    ],
  },
});
