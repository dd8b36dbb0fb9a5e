import { networkOf, spoken } from '../../facts/network.ts';
import { is } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';
import { amongVms, declared, networkProp } from './shared.ts';

export default defineRule({
  code: 'NET003',
  name: 'network/migration-on-production',
  severity: 'warning',
  on: ['vmkernel', 'nic'],
  summary: 'Live migration shares a network with VMs',
  why: 'A live migration sends the whole memory of a VM at line speed, and VMs that share the network starve meanwhile. What it sends is everything that the VM knows, passwords and process data included: who is in the same network can read it, or with encryption at least see and disturb it.',
  remedy:
    'Give live migration a VLAN of its own without a gateway (`network migration purpose vmotion …`) and an adapter in it on every host. No VM is connected to it.',
  sources: [
    'Jakka, "Network Considerations for Virtualization" (2010)',
    'Microsoft, Network recommendations for a Hyper-V cluster in Windows Server 2012',
    'Proxmox VE Administration Guide: Cluster Manager, Migration Network',
  ],
  coveredBy: ['NET004'],
  check(entity, { model, report }) {
    if (is(entity, 'vmkernel')) {
      const shared = entity.props.services?.includes('vmotion') ? amongVms(entity, model) : undefined;
      if (shared)
        report({
          prop: networkProp(entity),
          message: `${spoken(entity)} carries live migration in ${shared.because}. Each migration sends the memory of a VM through it at line speed: give it a network of its own.`,
          related: [declared(shared.network)],
        });
    } else if (is(entity, 'nic') && is(entity.parent, 'vm')) {
      const network = networkOf(entity, model);
      if (network?.props.purpose === 'vmotion')
        report({
          prop: 'on',
          message: `${spoken(entity)} is connected to network ${network.name}, over which the memory of all VMs is migrated: whoever controls this VM can listen. Connect it to a production network.`,
          related: [declared(network)],
        });
    }
  },
  examples: {
    bad: [
      {
        title: 'Migration among the VMs',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    vmkernel  vmk1 on plant services vmotion address plant.host(31)
                      ^^^^^
  }
}`,
      },
      {
        title: 'A VM in the migration network',
        text: `network migration purpose vmotion vlan 30 subnet 10.4.30.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "vMotion VMs" on migration
    vmkernel  vmk1 on migration services vmotion address migration.host(11)
  }
}
vm Monitor on esx1 { nic eth0 on "vMotion VMs" }
                                 ^^^^^^^^^^^^^`,
      },
    ],
    good: [
      {
        title: 'A network for migration alone',
        text: `network plant     purpose production vlan 100 subnet 10.4.100.0/22
network migration purpose vmotion    vlan 30  subnet 10.4.30.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    vmkernel  vmk1 on migration services vmotion address migration.host(11)
  }
}
vm ERP on esx1 { nic eth0 on "Plant" }`,
      },
      {
        title: 'Management and migration together, apart from the VMs',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel vmk0 on admin services management, vmotion address admin.host(11)
  }
}`,
      },
    ],
  },
});
