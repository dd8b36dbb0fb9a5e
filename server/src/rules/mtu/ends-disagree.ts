import { clusterMtus, hostOf, networkOf, type Service, spoken, storagePortsOfNetwork } from '../../facts/network.ts';
import { clusterOf } from '../../facts/placement.ts';
import { enclosing, is } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

const bulk: readonly Service[] = ['iscsi', 'nfs', 'smb', 'vsan', 'vmotion', 'replication'];

export default defineRule({
  code: 'MTU003',
  name: 'mtu/ends-disagree',
  severity: 'error',
  on: ['vmkernel', 'port'],
  summary: 'Ends of a storage or migration network have different MTUs',
  why: 'An end that sends jumbo frames to one that takes 1500 bytes gets no answer: within one subnet nobody tells it that the frame was too large. Logins work, as they are small, and the first read or write of a block hangs.',
  remedy:
    'Set the same MTU on all adapters and storage ports of the network. Say it once, at the network (`mtu 9000`), and leave it out at the adapters.',
  sources: ['VMware vSphere 6.5, Storage: jumbo frames with iSCSI', 'VMware, "Jumbo Frames in vSphere 4.0" (2010)'],
  fixable: true,
  check(entity, { model, report }) {
    const network = networkOf(entity, model);
    if (!network || !(is(entity, 'vmkernel') || is(entity, 'port'))) return;
    if (is(entity, 'vmkernel') && !entity.props.services?.some((service) => bulk.includes(service))) return;
    const own = is(entity, 'port') ? (entity.props.mtu ?? enclosing(entity, 'array')?.props.mtu) : entity.props.mtu;
    if (own === undefined) return;
    const at = entity.props.mtu === undefined ? (enclosing(entity, 'array') ?? entity) : entity;
    const said = network.props.mtu;
    if (said !== undefined) {
      if (own === said) return;
      report({
        at,
        prop: 'mtu',
        message: `${spoken(entity)} has an MTU of ${own}, and its network ${network.name} has ${said}: the larger frames get lost. Set it to ${said}.`,
        related: [{ at: network, prop: 'mtu', message: `MTU of network ${network.name}` }],
        fix: { title: `Set the MTU to ${said}`, safety: 'unsafe', ops: [{ op: 'set', on: at, prop: 'mtu', text: String(said) }] },
      });
      return;
    }
    if (is(entity, 'port')) return;
    const target = model
      .lookup<'port'>(storagePortsOfNetwork, network.name)
      .find((port) => (port.props.mtu ?? enclosing(port, 'array')?.props.mtu ?? own) !== own);
    if (target) {
      const its = target.props.mtu ?? enclosing(target, 'array')?.props.mtu ?? 0;
      report({
        prop: 'mtu',
        message: `${spoken(entity)} has an MTU of ${own}, and ${spoken(target)} in the same network ${network.name} has ${its}: the larger frames get lost. Set both to the same value.`,
        related: [{ at: target, prop: 'mtu', message: `MTU of ${spoken(target)}` }],
      });
      return;
    }
    const host = hostOf(entity);
    const cluster = host && clusterOf(host, model);
    const usual = cluster && clusterMtus(cluster, model).get(network.name);
    if (!host || !usual || usual.mtu === own) return;
    report({
      prop: 'mtu',
      message: `${spoken(entity)} has an MTU of ${own}, and ${usual.adapter} of ${usual.host} in the same network ${network.name} has ${usual.mtu}: the larger frames get lost. Set it to ${usual.mtu}.`,
      fix: {
        title: `Set the MTU to ${usual.mtu}`,
        safety: 'unsafe',
        ops: [{ op: 'set', on: entity, prop: 'mtu', text: String(usual.mtu) }],
      },
    });
  },
  examples: {
    bad: [
      {
        title: 'An adapter that differs from its network',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 {
    vmkernel vmk3 on san services iscsi address san.host(11) mtu 1500
                                                                 ^^^^
  }
}`,
        fixed: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 {
    vmkernel vmk3 on san services iscsi address san.host(11) mtu 9000
  }
}`,
      },
      {
        title: 'The array was left at 1500',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24

array san-1 mtu 1500 {
  controller A { port p0 speed 10Gbps address san.host(2) }
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 {
    vmkernel vmk3 on san services iscsi address san.host(11) mtu 9000
                                                                 ^^^^
  }
}`,
      },
      {
        title: 'One host of the cluster',
        text: `network migration purpose vmotion vlan 30 subnet 10.4.30.0/24

host esx[i in 1..2] {
  hypervisor esxi 8.0u3
  nic vmnic1 speed 10Gbps
  vswitch vSwitch1 uplinks vmnic1 mtu 9000 { vmkernel vmk1 on migration services vmotion address migration.host(10 + i) mtu 9000 }
}
host esx3 {
  hypervisor esxi 8.0u3
  nic vmnic1 speed 10Gbps
  vswitch vSwitch1 uplinks vmnic1 mtu 9000 { vmkernel vmk1 on migration services vmotion address migration.host(13) mtu 1500 }
                                                                                                                        ^^^^
}
cluster plant hosts esx[1..3]`,
        fixed: `network migration purpose vmotion vlan 30 subnet 10.4.30.0/24

host esx[i in 1..2] {
  hypervisor esxi 8.0u3
  nic vmnic1 speed 10Gbps
  vswitch vSwitch1 uplinks vmnic1 mtu 9000 { vmkernel vmk1 on migration services vmotion address migration.host(10 + i) mtu 9000 }
}
host esx3 {
  hypervisor esxi 8.0u3
  nic vmnic1 speed 10Gbps
  vswitch vSwitch1 uplinks vmnic1 mtu 9000 { vmkernel vmk1 on migration services vmotion address migration.host(13) mtu 9000 }
}
cluster plant hosts esx[1..3]`,
      },
    ],
    good: [
      {
        title: 'The network says it, the ends follow',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

array san-1 mtu 9000 {
  controller A { port p0 speed 10Gbps address san.host(2) }
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 { vmkernel vmk3 on san services iscsi address san.host(11) }
}`,
      },
      {
        title: 'Management of another host may differ',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24 mtu 1500

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0 mtu 1500 { vmkernel vmk0 on admin services management address admin.host(11) mtu 1400 }
}`,
      },
    ],
  },
});
