import { hostOf, networkOf, nicsOf, spoken, uplinksOf, virtualSwitchesOf, vmkernelsFor } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import { quoteName } from '../../values/name.ts';
import { defineRule, type Report } from '../rule.ts';
import { networkProp } from './shared.ts';

export default defineRule({
  code: 'NET005',
  name: 'network/ft-logging-shared',
  severity: 'error',
  on: ['vmkernel'],
  summary: 'FT logging shares its network or its only uplink with vMotion',
  why: 'Fault Tolerance sends every input of the primary VM to its shadow and lets the guest wait for the answer. A vMotion takes all the bandwidth that it gets: on the same link it slows the protected VM down, and in the worst case the shadow falls behind and protection is lost just when it is needed.',
  remedy:
    'Give FT logging a VLAN and subnet of its own and another active uplink than vMotion. With two NICs that is one active and the other standby for vMotion, and the other way round for FT logging.',
  sources: [
    'VMware vSphere 8, Availability: Fault Tolerance requirements',
    'VMware vSphere 5.1, Availability: configure networking for hosts with Fault Tolerance',
    'Jakka, "Network Considerations for Virtualization" (2010)',
    'Fujitsu white paper on virtualization solutions for PRIMERGY',
  ],
  coveredBy: ['NET006'],
  fixable: true,
  check(entity, { model, report }) {
    const host = hostOf(entity);
    if (!host || !entity.props.services?.includes('ft-logging')) return;
    if (entity.props.services.includes('vmotion')) {
      report({
        prop: 'services',
        message: `${spoken(entity)} carries FT logging and vMotion at once: a migration then slows the protected VMs down. Give FT logging an adapter, a VLAN and an active uplink of its own.`,
      });
      return;
    }
    const network = networkOf(entity, model);
    for (const other of vmkernelsFor(host, 'vmotion')) {
      if (network && networkOf(other, model) === network) {
        report({
          prop: networkProp(entity),
          message: `FT logging (${entity.name}) and vMotion (${other.name}) of ${host.name} are both in network ${network.name}: a migration then slows the protected VMs down. Put FT logging in a network of its own.`,
          related: [{ at: other, message: `vMotion of ${host.name}` }],
        });
        continue;
      }
      const own = uplinksOf(entity, host, model);
      const its = uplinksOf(other, host, model);
      const [nic] = own.active;
      if (!nic || own.active.length !== 1 || its.active.length !== 1 || its.active[0] !== nic) continue;
      const place = placeOf(entity, host, model);
      // Without a standby, another uplink of the switch will do, unless somebody has set it aside on purpose.
      const aside = nicsOf(entity.props.unused, host);
      const spare = own.standby[0] ?? own.unused.find((uplink) => !aside.includes(uplink));
      report({
        ...place,
        // One NIC for both is one missing NIC: NET006 says that.
        cause: host,
        message: `FT logging (${entity.name}) and vMotion (${other.name}) of ${host.name} both run over ${nic.name}: a migration then slows the protected VMs down. ${spare ? `Make ${spare.name} the active uplink of ${entity.name} and ${nic.name} its standby.` : 'Give FT logging another active uplink.'}`,
        related: [{ at: other, message: `vMotion of ${host.name} uses the same uplink` }],
        ...(spare ? { fix: swap(entity, spare, nic) } : {}),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'One network for both',
        text: `network migration purpose vmotion vlan 30 subnet 10.4.30.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    vmkernel vmk1 on migration services vmotion    active vmnic0 standby vmnic1
    vmkernel vmk2 on migration services ft-logging active vmnic1 standby vmnic0
                     ^^^^^^^^^
  }
}`,
      },
      {
        title: 'Two NICs, and both use the same one',
        text: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    vmkernel vmk1 on migration services vmotion    active vmnic0 standby vmnic1
    vmkernel vmk2 on lockstep  services ft-logging active vmnic0 standby vmnic1
                                                          ^^^^^^
  }
}`,
        fixed: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    vmkernel vmk1 on migration services vmotion    active vmnic0 standby vmnic1
    vmkernel vmk2 on lockstep  services ft-logging active vmnic1 standby vmnic0
  }
}`,
      },
      {
        title: 'Both held to one NIC, while the other lies idle',
        text: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    vmkernel vmk1 on migration services vmotion    active vmnic0
    vmkernel vmk2 on lockstep  services ft-logging active vmnic0
                                                          ^^^^^^
  }
}`,
        fixed: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    vmkernel vmk1 on migration services vmotion    active vmnic0
    vmkernel vmk2 on lockstep  services ft-logging active vmnic1 standby vmnic0
  }
}`,
      },
      {
        title: 'One adapter for both',
        text: `network migration purpose vmotion vlan 30 subnet 10.4.30.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    vmkernel vmk1 on migration services vmotion, ft-logging
                                        ^^^^^^^^^^^^^^^^^^^
  }
}`,
      },
    ],
    good: [
      {
        title: 'Each is active where the other waits',
        text: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    vmkernel vmk1 on migration services vmotion    active vmnic0 standby vmnic1
    vmkernel vmk2 on lockstep  services ft-logging active vmnic1 standby vmnic0
  }
}`,
      },
      {
        title: 'Six ports: each kind of traffic has its own',
        text: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24

host esx1 {
  hypervisor esxi 5.5
  nic vmnic[0..5] speed 1Gbps
  vswitch vSwitch2 uplinks vmnic2 { vmkernel vmk2 on migration services vmotion }
  vswitch vSwitch3 uplinks vmnic3 { vmkernel vmk3 on lockstep services ft-logging }
}`,
      },
      {
        title: 'The uplinks are not decided yet',
        text: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24

host esx1 {
  hypervisor esxi 8.0u3
  vswitch vSwitch1 {
    vmkernel vmk1 on migration services vmotion
    vmkernel vmk2 on lockstep  services ft-logging
  }
}`,
      },
    ],
  },
});

/** Where the order of the uplinks is said: by the adapter, else by its switch. */
function placeOf(
  adapter: Entity<'vmkernel'>,
  host: Entity<'host'>,
  model: Parameters<typeof uplinksOf>[2],
): Pick<Report, 'at' | 'prop'> {
  if (adapter.props.active) return { prop: 'active' };
  const on = virtualSwitchesOf(host, model).find((own) => own.vmkernels.includes(adapter));
  return adapter.props.portgroup
    ? { prop: 'portgroup' }
    : on?.entity.props.active && on.entity.unit === adapter.unit
      ? { at: on.entity, prop: 'active' }
      : {};
}

const swap = (adapter: Entity<'vmkernel'>, active: Entity<'nic'>, standby: Entity<'nic'>): NonNullable<Report['fix']> => ({
  title: `Make ${active.name} active and ${standby.name} standby for ${adapter.name}`,
  safety: 'unsafe',
  // What is said of the order stays in one place: a profile may say the one half, and this host nothing of it.
  ops: adapter.props.standby
    ? [
        { op: 'set', on: adapter, prop: 'active', text: quoteName(active.name) },
        { op: 'set', on: adapter, prop: 'standby', text: quoteName(standby.name) },
      ]
    : [{ op: 'set', on: adapter, prop: 'active', text: `${quoteName(active.name)} standby ${quoteName(standby.name)}` }],
});
