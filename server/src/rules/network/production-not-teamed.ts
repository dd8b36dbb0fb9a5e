import { carriersOf, dvswitchMembers, hostOf, isProduction, networkOf, nicsOf, uplinksOf } from '../../facts/network.ts';
import { is } from '../../model/entity.ts';
import { quoteName } from '../../values/name.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'NET008',
  name: 'network/production-not-teamed',
  severity: 'warning',
  on: ['portgroup'],
  summary: 'Port group of production VMs is held to one NIC of the team',
  why: 'The switch has several uplinks, but the failover order of the port group leaves it only one: when that cable or port fails, its VMs are off the network although a working NIC is next to it. HA does not react, since the host is not isolated.',
  remedy:
    'Name the other uplinks as standby, or take the failover order of the port group out so that it uses that of the switch.',
  sources: [
    'Jakka, "Network Considerations for Virtualization" (2010)',
    'VMware vSphere 8, Networking: teaming and failover policy',
  ],
  coveredBy: ['NET007'],
  fixable: true,
  check(entity, { model, report }) {
    const on = entity.parent;
    if (!is(on, 'vswitch') && !is(on, 'dvswitch')) return;
    const said = [entity, on].find(({ props }) => props.active ?? props.standby ?? props.unused);
    const host = hostOf(entity) ?? (is(on, 'dvswitch') ? dvswitchMembers(on, model)[0] : undefined);
    if (!said || !host || nicsOf(on.props.uplinks, host).length < 2) return;
    const uplinks = uplinksOf(entity, host, model);
    const [only] = carriersOf(uplinks);
    // A plane of a redundant pair of networks has its other half elsewhere.
    if (
      !only ||
      carriersOf(uplinks).length > 1 ||
      !isProduction(entity, model) ||
      networkOf(entity, model)?.props.plane !== undefined
    )
      return;
    const rest = uplinks.unused.map((nic) => nic.name);
    report({
      at: said,
      prop: said.props.active ? 'active' : 'unused',
      message: `"${entity.name}" of ${entity.unit.root.name} uses ${only.name} alone of the uplinks of ${on.name}: when that link fails, its VMs are off the network. Make ${andList(rest)} its standby.`,
      related: [{ at: only, message: 'The only NIC that it uses' }],
      ...(said === entity && !entity.props.unused && !entity.props.standby
        ? {
            fix: {
              title: `Make ${andList(rest)} standby`,
              safety: 'unsafe' as const,
              ops: [{ op: 'set' as const, on: entity, prop: 'standby', text: rest.map(quoteName).join(', ') }],
            },
          }
        : {}),
    });
  },
  examples: {
    bad: [
      {
        title: 'The failover order names one NIC',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant active vmnic0
                                      ^^^^^^
  }
}`,
        fixed: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant active vmnic0 standby vmnic1
  }
}`,
      },
      {
        title: 'The other one is unused',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant unused vmnic1
                                      ^^^^^^
  }
}`,
      },
    ],
    good: [
      {
        title: 'One active, one standby',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant active vmnic0 standby vmnic1
  }
}`,
      },
      {
        title: 'Bound iSCSI ports have one NIC each on purpose',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[2..3] speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2, vmnic3 {
    vmkernel vmk3 on san services iscsi address san.host(11) port-binding active vmnic2 unused vmnic3
    vmkernel vmk4 on san services iscsi address san.host(12) port-binding active vmnic3 unused vmnic2
  }
}`,
      },
    ],
  },
});
