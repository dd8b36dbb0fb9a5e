import {
  carriersOf,
  networkOf,
  type SwitchPort,
  spoken,
  switchPortOf,
  uplinksOf,
  virtualSwitchesOf,
  vlanOf,
} from '../../facts/network.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { formatVlanSet, vlanSet } from '../../values/vlan.ts';
import { defineRule, type Report } from '../rule.ts';
import { onWire } from './shared.ts';

export default defineRule({
  code: 'NET022',
  name: 'network/access-port-tagged',
  severity: 'error',
  on: ['host'],
  summary: 'Port group of one VLAN behind an access port of another',
  why: 'An access port carries one VLAN, untagged. It drops tagged frames, and puts untagged ones into its own VLAN, where the addresses of the port group mean nothing.',
  remedy:
    'Make the switch port a trunk that carries the VLANs of all port groups behind it, or set it to the VLAN of the one port group that uses it and send untagged (`vlan 0`).',
  sources: ['IEEE 802.1Q', 'VMware vSphere 8, Networking: VLAN configuration'],
  fixable: true,
  check(entity, { model, report }) {
    if (!is(entity, 'host')) return;
    for (const own of virtualSwitchesOf(entity, model)) {
      for (const user of onWire(own)) {
        for (const nic of carriersOf(uplinksOf(user, entity, model))) {
          const port = switchPortOf(nic, model);
          const wrong = port?.access === undefined || port.trunk ? undefined : mismatch(user, port, port.access, model);
          if (!port || !wrong) continue;
          const local = user.unit.root === entity;
          report({
            at: local ? user : nic,
            prop: local ? (user.props.vlan === undefined ? 'on' : 'vlan') : 'port',
            message: `${port.path} (${nic.name} of ${entity.name}) is an access port of VLAN ${port.access ?? 0}, and ${wrong.but}. ${wrong.remedy}`,
            related: [{ at: port.port ?? port.switch, prop: 'access', message: `Access VLAN of ${port.path}` }],
            fix: wrong.fix,
          });
          break;
        }
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'A port that was meant for administration',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

switch sw-a ports 24 {
  port 1 access 10
  port 2 trunk 100
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 { portgroup "Plant" on plant }
                                                                 ^^^^^
}`,
        fixed: `network plant purpose production vlan 100 subnet 10.4.100.0/22

switch sw-a ports 24 {
  port 1 trunk 10, 100
  port 2 trunk 100
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 { portgroup "Plant" on plant }
}`,
      },
      {
        title: 'Tagged, although the port hands out this VLAN untagged',
        text: `switch sw-a ports 24 { port 1 access 30 }

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 1Gbps port sw-a/1
  vswitch vSwitch2 uplinks vmnic0 { portgroup "Camera" vlan 30 }
                                                            ^^
}`,
        fixed: `switch sw-a ports 24 { port 1 access 30 }

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 1Gbps port sw-a/1
  vswitch vSwitch2 uplinks vmnic0 { portgroup "Camera" vlan 0 }
}`,
      },
    ],
    good: [
      {
        title: 'The access port of the same network: frames go untagged',
        text: `network migration purpose vmotion vlan 30 subnet 10.4.30.0/24

switch sw-a ports 24 { port 1 access 30 }

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 1Gbps port sw-a/1
  vswitch vSwitch2 uplinks vmnic2 { vmkernel vmk1 on migration services vmotion address migration.host(11) }
}`,
      },
      {
        title: 'Sent untagged',
        text: `switch sw-a ports 24 { port 1 access 30 }

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 1Gbps port sw-a/1
  vswitch vSwitch2 uplinks vmnic0 { portgroup "Camera" vlan 0 }
}`,
      },
    ],
  },
});

interface Mismatch {
  readonly but: string;
  readonly remedy: string;
  readonly fix: NonNullable<Report['fix']>;
}

/** Why frames of a port group do not pass an access port. A VLAN that comes from the network is sent untagged where the port is of that VLAN. */
function mismatch(
  user: Entity<'portgroup'> | Entity<'vmkernel'>,
  port: SwitchPort,
  access: number,
  model: Model,
): Mismatch | undefined {
  const vlan = vlanOf(user, model);
  const network = networkOf(user, model);
  const meant = vlan === 0 ? network?.props.vlan : vlan;
  if (meant === undefined || meant === 0 || meant > 4094) return undefined;
  const on = port.port ?? port.switch;
  if (meant !== access) {
    return {
      but: `${spoken(user)} is in VLAN ${meant}: its frames do not arrive`,
      remedy: `Make ${port.path} a trunk that carries both, or set it to VLAN ${meant}.`,
      fix: {
        title: `Make ${port.path} a trunk for VLANs ${access} and ${meant}`,
        safety: 'unsafe',
        ops: [
          { op: 'remove', on, prop: 'access' },
          {
            op: 'set',
            on,
            prop: 'trunk',
            text: formatVlanSet(
              vlanSet([
                [access, access],
                [meant, meant],
              ]),
            ),
          },
        ],
      },
    };
  }
  if (user.props.vlan !== meant || network?.props.vlan === meant) return undefined;
  return {
    but: `${spoken(user)} tags its frames with VLAN ${meant}: the port drops tagged frames`,
    remedy: `Send them untagged (vlan 0), or make ${port.path} a trunk.`,
    fix: {
      title: `Send the frames of ${user.name} untagged`,
      safety: 'unsafe',
      ops: [{ op: 'set', on: user, prop: 'vlan', text: '0' }],
    },
  };
}
