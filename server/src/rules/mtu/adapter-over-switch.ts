import { mtuOf, networkOf, spoken, virtualSwitchesOf } from '../../facts/network.ts';
import { is } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'MTU001',
  name: 'mtu/adapter-over-switch',
  severity: 'error',
  on: ['host'],
  summary: 'MTU of an adapter is larger than that of its virtual switch',
  why: 'The virtual switch drops frames that are larger than its MTU. Small packets pass, so ping and login work, and the first large transfer hangs: storage paths flap, migrations stop half way.',
  remedy: 'Raise the MTU of the virtual switch to that of the adapter; the physical switches have to carry it too.',
  sources: ['VMware vSphere 6.5, Storage: jumbo frames with iSCSI', 'VMware, "Jumbo Frames in vSphere 4.0" (2010)'],
  fixable: true,
  check(entity, { model, report, ask }) {
    if (!is(entity, 'host')) return;
    for (const own of virtualSwitchesOf(entity, model)) {
      const on = own.entity;
      for (const adapter of own.vmkernels) {
        const mtu = mtuOf(adapter, model);
        if (mtu === undefined) continue;
        const fix = {
          title: `Set the MTU of ${on.name} to ${mtu}`,
          safety: 'unsafe' as const,
          ops: [{ op: 'set' as const, on, prop: 'mtu', text: String(mtu) }],
        };
        if (on.props.mtu === undefined) {
          if (mtu > 1500)
            ask({
              at: on,
              prop: 'mtu',
              message: `${spoken(adapter)} sends frames of ${mtu} bytes through ${on.name}: which MTU has the switch? Its default, 1500, drops them.`,
              fix,
            });
          continue;
        }
        if (mtu <= on.props.mtu) continue;
        const network = adapter.props.mtu === undefined ? networkOf(adapter, model) : undefined;
        report({
          at: adapter,
          prop: network ? 'on' : 'mtu',
          message: `${spoken(adapter)} has an MTU of ${mtu}${network ? ` (from network ${network.name})` : ''}, and ${on.name} passes only ${on.props.mtu}: it drops the larger frames. Set the MTU of ${on.name} to ${mtu}.`,
          related: [{ at: on, prop: 'mtu', message: `MTU of ${on.name}` }],
          fix,
        });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'Jumbo frames on the adapter, not on the switch',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 mtu 1500 {
    vmkernel vmk3 on san services iscsi address san.host(11) mtu 9000
                                                                 ^^^^
  }
}`,
        fixed: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 {
    vmkernel vmk3 on san services iscsi address san.host(11) mtu 9000
  }
}`,
      },
    ],
    good: [
      {
        title: 'The same from end to end',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 { vmkernel vmk3 on san services iscsi address san.host(11) }
}`,
      },
      {
        title: 'A switch may pass more than an adapter sends',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0 mtu 9000 { vmkernel vmk0 on admin services management address admin.host(11) mtu 1500 }
}`,
      },
      {
        title: 'The switch does not say: a question',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 { vmkernel vmk3 on san services iscsi address san.host(11) }
          ^^^^^^^^ hint
}`,
      },
    ],
  },
});
