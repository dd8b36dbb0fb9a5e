import {
  carriersOf,
  carries,
  type SwitchPort,
  spoken,
  switchPortOf,
  uplinksOf,
  type VirtualSwitch,
  virtualSwitchesOf,
  vlanOf,
} from '../../facts/network.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { formatVlanSet, vlanSet } from '../../values/vlan.ts';
import { andList } from '../../values/words.ts';
import { defineRule, type Report } from '../rule.ts';
import { onWire } from './shared.ts';

export default defineRule({
  code: 'NET021',
  name: 'network/vlan-not-trunked',
  severity: 'error',
  on: ['host'],
  summary: 'VLAN of a port group is not on the trunk of the switch port',
  why: 'The switch drops frames of a VLAN that its port does not carry. With one of two uplinks forgotten, the fault shows only after a failover: the VMs that land on that uplink are silently cut off.',
  remedy:
    'Add the VLAN to the trunk of every switch port behind an active or standby uplink, or correct the VLAN of the network.',
  sources: [
    'IEEE 802.1Q',
    'Fujitsu white paper on virtualization solutions for PRIMERGY (virtual and physical network must agree)',
  ],
  fixable: true,
  check(entity, { model, report }) {
    if (!is(entity, 'host')) return;
    for (const own of virtualSwitchesOf(entity, model)) {
      for (const [first, ...others] of lostOn(own, entity, model)) {
        if (!first) continue;
        const { user, vlan, missing } = first;
        const local = user.unit.root === entity;
        report({
          at: local ? user : (missing[0]?.nic ?? user),
          prop: local ? (user.props.vlan === undefined ? 'on' : 'vlan') : 'port',
          message: `VLAN ${vlan} (${andList([first, ...others].map((lost) => (is(lost.user, 'portgroup') ? `"${lost.user.name}"` : lost.user.name)))} of ${entity.name}) is not on the trunk of ${andList(missing.map(({ nic, port }) => `${port.path} (${nic.name})`))}: the switch drops its frames there. Add VLAN ${vlan} to the trunk.`,
          related: [
            ...missing.map(({ port }) => ({ ...trunkOf(port), message: `Trunk of ${port.path}` })),
            ...others.slice(0, 3).map((lost) => ({ at: lost.user, message: `${spoken(lost.user)} is in VLAN ${vlan} as well` })),
          ],
          fix: {
            title: `Add VLAN ${vlan} to the trunk of ${andList([...new Set(missing.map(({ port }) => (trunkOf(port).at === port.switch ? port.switch.name : port.path)))])}`,
            safety: 'unsafe',
            ops: missing.map(({ port }) => widen(port, vlan)),
          },
        });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'The second switch was forgotten',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22
network dmz   purpose production vlan 200 subnet 10.4.200.0/24

switch sw-a ports 24 trunk 10, 100, 200
switch sw-b ports 24 trunk 10, 100

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 10Gbps port sw-a/1
  nic vmnic1 speed 10Gbps port sw-b/1
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    portgroup "DMZ" on dmz
                       ^^^
  }
}`,
        fixed: `network plant purpose production vlan 100 subnet 10.4.100.0/22
network dmz   purpose production vlan 200 subnet 10.4.200.0/24

switch sw-a ports 24 trunk 10, 100, 200
switch sw-b ports 24 trunk 10, 100, 200

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 10Gbps port sw-a/1
  nic vmnic1 speed 10Gbps port sw-b/1
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    portgroup "DMZ" on dmz
  }
}`,
      },
      {
        title: 'A distributed switch: the finding stands at the cable of the host',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

switch sw-a ports 24 {
  port 1..8 trunk 10, 20-30
}
host esx[i in 1..2] {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 25Gbps port sw-a/(i)
                               ^^^^^^^^
  nic vmnic1 speed 25Gbps
}
dvswitch dvs-1 hosts esx[1..2] uplinks vmnic0, vmnic1 { portgroup "Plant" on plant }`,
        fixed: `network plant purpose production vlan 100 subnet 10.4.100.0/22

switch sw-a ports 24 {
  port 1..8 trunk 10, 20-30, 100
}
host esx[i in 1..2] {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 25Gbps port sw-a/(i)
  nic vmnic1 speed 25Gbps
}
dvswitch dvs-1 hosts esx[1..2] uplinks vmnic0, vmnic1 { portgroup "Plant" on plant }`,
      },
    ],
    good: [
      {
        title: 'All VLANs on both trunks',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

switch sw-a ports 24 trunk 10, 100-120
switch sw-b ports 24 trunk 10, 100-120

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 10Gbps port sw-a/1
  nic vmnic1 speed 10Gbps port sw-b/1
  vswitch vSwitch1 uplinks vmnic0, vmnic1 { portgroup "Plant" on plant }
}`,
      },
      {
        title: 'The switch says nothing of VLANs',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

switch sw-a ports 24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 { portgroup "Plant" on plant }
}`,
      },
      {
        title: 'Untagged, as the native VLAN of the trunk',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24

switch sw-a ports 24 { port 1..8 trunk 20, 30 native 10 }

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 10Gbps port sw-a/1
  vswitch vSwitch0 uplinks vmnic0 { vmkernel vmk0 on admin services management address admin.host(11) }
}`,
      },
    ],
  },
});

interface Lost {
  readonly user: Entity<'portgroup'> | Entity<'vmkernel'>;
  readonly vlan: number;
  /** Uplinks whose switch ports do not carry the VLAN. */
  readonly missing: readonly { readonly nic: Entity<'nic'>; readonly port: SwitchPort }[];
}

/** Whose frames a switch port drops; those of one VLAN and the same ports together, since they are mended together. */
function lostOn(own: VirtualSwitch, host: Entity<'host'>, model: Model): Iterable<readonly Lost[]> {
  const groups = new Map<string, Lost[]>();
  for (const user of onWire(own)) {
    const vlan = vlanOf(user, model);
    if (vlan === undefined || vlan === 0 || vlan > 4094) continue;
    const missing = carriersOf(uplinksOf(user, host, model)).flatMap((nic) => {
      const port = switchPortOf(nic, model);
      return port?.trunk && carries(port, vlan) === 'no' ? [{ nic, port }] : [];
    });
    if (missing.length === 0) continue;
    const key = `${vlan} ${missing
      .map(({ port }) => port.path)
      .sort()
      .join(' ')}`;
    groups.set(key, [...(groups.get(key) ?? []), { user, vlan, missing }]);
  }
  return groups.values();
}

/** Where the trunk of a port is said: at the port, else at its switch for all ports. */
const trunkOf = (
  port: SwitchPort,
): { readonly at: SwitchPort['switch'] | NonNullable<SwitchPort['port']>; readonly prop: 'trunk' } => ({
  at: port.port?.props.trunk ? port.port : port.switch,
  prop: 'trunk',
});

const widen = (port: SwitchPort, vlan: number): NonNullable<Report['fix']>['ops'][number] => ({
  op: 'set',
  on: trunkOf(port).at,
  prop: 'trunk',
  text: formatVlanSet(vlanSet([...(port.trunk?.ranges ?? []), [vlan, vlan]])),
});
