import { dvswitchMembers, isProduction, networkOf, nicsOf, spoken, virtualSwitchesOf } from '../../facts/network.ts';
import { childrenOf, type Entity, enclosing, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { quoteName } from '../../values/name.ts';
import { andList } from '../../values/words.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  code: 'NET007',
  name: 'network/single-uplink',
  severity: 'warning',
  on: ['vswitch', 'dvswitch'],
  summary: 'Virtual switch of production VMs has a single uplink',
  why: 'One pulled cable, one dead port or one switch in maintenance takes all VMs behind this switch off the network, while the host itself looks well: HA does not react, since the host is not isolated.',
  remedy: 'Give the switch a second physical adapter, on another card and another physical switch, and team the two.',
  sources: [
    'Jakka, "Network Considerations for Virtualization" (2010)',
    'VMware vSphere 6.5, Availability: network path redundancy',
  ],
  fixable: true,
  check(entity, { model, report }) {
    if (
      !(is(entity, 'vswitch') || is(entity, 'dvswitch')) ||
      !entity.props.uplinks ||
      entity.props.type === 'internal' ||
      entity.props.type === 'private'
    )
      return;
    const host = is(entity, 'dvswitch') ? dvswitchMembers(entity, model)[0] : enclosing(entity, 'host');
    const uplinks = host ? nicsOf(entity.props.uplinks, host) : [];
    const [only] = uplinks;
    if (!host || !only || uplinks.length > 1 || entity.props.uplinks.length > 1) return;
    // A plane of a redundant pair of networks has its other half elsewhere.
    const production = childrenOf(entity, 'portgroup').filter(
      (portgroup) => isProduction(portgroup, model) && networkOf(portgroup, model)?.props.plane === undefined,
    );
    if (production.length === 0) return;
    report({
      prop: 'uplinks',
      message: `${spoken(entity)} carries ${andList(
        production.map((portgroup) => `"${portgroup.name}"`),
        3,
      )} over ${only.name} alone: one cable or switch port takes these VMs off the network. Add a second uplink on another switch.`,
      related: [{ at: only, message: 'The only uplink' }],
      ...(is(entity, 'vswitch') ? fixOf(entity, only, host, model) : {}),
    });
  },
  examples: {
    bad: [
      {
        title: 'One NIC for the plant, while another is free',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0 { portgroup "Plant" on plant }
                           ^^^^^^
}`,
        fixed: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 { portgroup "Plant" on plant }
}`,
      },
      {
        title: 'A distributed switch with one uplink on every host',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 25Gbps
}
dvswitch dvs-1 hosts esx[1..2] uplinks vmnic0 { portgroup "Plant" on plant }
                                       ^^^^^^`,
      },
    ],
    good: [
      {
        title: 'Two uplinks for production, one for administration',
        text: `network admin purpose management vlan 10  subnet 10.4.10.0/24
network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..2] speed 1Gbps
  vswitch vSwitch0 uplinks vmnic0 { vmkernel vmk0 on admin services management }
  vswitch vSwitch1 uplinks vmnic1, vmnic2 { portgroup "Plant" on plant }
}`,
      },
      {
        title: 'A switch between VMs only',
        text: `host hv1 {
  hypervisor hyperv 2022
  vswitch Lab type private { portgroup "Lab" }
}
vm Test on hv1 { nic eth0 on "Lab" }`,
      },
      {
        title: 'Two planes, one uplink each',
        text: `network control-a purpose production plane A vlan 101 subnet 10.4.101.0/24
network control-b purpose production plane B vlan 102 subnet 10.4.102.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 1Gbps
  vswitch vSwitch1 uplinks vmnic0 { portgroup "Control A" on control-a }
  vswitch vSwitch2 uplinks vmnic1 { portgroup "Control B" on control-b }
}`,
      },
    ],
  },
});

/** Takes the one NIC that no switch uses, if there is exactly one and it is as fast. */
function fixOf(vswitch: Entity<'vswitch'>, only: Entity<'nic'>, host: Entity<'host'>, model: Model): Pick<Report, 'fix'> {
  const used = new Set(virtualSwitchesOf(host, model).flatMap((own) => own.uplinks));
  const free = childrenOf(host, 'nic').filter((nic) => !used.has(nic) && nic.props.speed === only.props.speed);
  const [nic] = free;
  if (!nic || free.length > 1) return {};
  return {
    fix: {
      title: `Add ${nic.name} as second uplink`,
      safety: 'unsafe',
      ops: [{ op: 'set', on: vswitch, prop: 'uplinks', text: `${quoteName(only.name)}, ${quoteName(nic.name)}` }],
    },
  };
}
