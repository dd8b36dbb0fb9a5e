import {
  hostOf,
  isProduction,
  portgroupOf,
  portgroupsByLabel,
  vmkernelsOf,
  vmNicsOn,
  vmNicsOnLabel,
} from '../../facts/network.ts';
import { clusterOf } from '../../facts/placement.ts';
import { childrenOf, type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { quoteName, quoteString } from '../../values/name.ts';
import { nearest } from '../../values/suggest.ts';
import { andList } from '../../values/words.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  code: 'NET016',
  name: 'network/portgroup-missing',
  severity: 'error',
  on: ['host'],
  summary: 'A host of the cluster lacks a port group that the others have',
  why: 'A VM finds its network by the label of the port group. On a host that has no port group of exactly this label, vMotion refuses the VM, DRS leaves it where it is, and HA starts it without a network or not at all.',
  remedy:
    'Create the port group with the same label and VLAN on every host of the cluster, best through a profile that all hosts share, or use a distributed switch.',
  sources: [
    'VMware vSphere 8, vCenter Server and Host Management: host configuration for vMotion',
    'Fujitsu white paper on virtualization solutions for PRIMERGY',
    'Red Hat Enterprise Linux 7, Virtualization Deployment Guide: migration requirements',
  ],
  fixable: true,
  check(entity, { model, report }) {
    const cluster = is(entity, 'host') ? clusterOf(entity, model) : undefined;
    // A host whose virtual network is not drawn yet lacks nothing in particular.
    if (!cluster || !is(entity, 'host') || !entity.children.some((child) => is(child, 'vswitch') || is(child, 'portgroup')))
      return;
    const own = portgroupsByLabel(entity, model);
    for (const [label, others] of portgroupsByLabel(cluster, model)) {
      if (own.has(label) || others.some((other) => other.parent?.kind === 'dvswitch')) continue;
      const severity = weigh(label, others, entity, model);
      const [other] = others;
      if (!severity || !other) continue;
      const users = [...new Set(vmNicsOn(label, entity, model).map((nic) => nic.unit.root.name))];
      const hosts = others.map((each) => each.unit.root.name);
      const target = targetFor(other, entity);
      const [near] = nearest(
        label,
        [...own.keys()].filter((name) => !portgroupsOnAll(name, others, model)),
      );
      report({
        at: target ?? entity,
        severity,
        message: `${entity.name} has no port group "${label}", which ${andList(hosts)} of cluster ${cluster.name} ${hosts.length === 1 ? 'has' : 'have'}${near === undefined ? '' : ` (it has "${near}")`}: ${users.length > 0 ? `${andList(users, 3)} cannot run there` : 'a VM that uses it could not run there'}. Add it with the same label and VLAN.`,
        related: others.slice(0, 3).map((each) => ({ at: each, message: `"${label}" of ${each.unit.root.name}` })),
        ...(target
          ? {
              fix: {
                title: `Add port group "${label}" to ${target.name} of ${entity.name}`,
                safety: 'unsafe',
                ops: [{ op: 'add', to: target, text: lineFor(other) }],
              },
            }
          : {}),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'Forgotten on the second host',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22
network dmz   purpose production vlan 200 subnet 10.4.200.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    portgroup "DMZ"   on dmz
  }
}
host esx2 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
          ^^^^^^^^ error
    portgroup "Plant" on plant
  }
}
cluster scada hosts esx[1..2] { ha }
vm Web in scada { nic eth0 on "DMZ" }`,
        fixed: `network plant purpose production vlan 100 subnet 10.4.100.0/22
network dmz   purpose production vlan 200 subnet 10.4.200.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    portgroup "DMZ"   on dmz
  }
}
host esx2 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    portgroup "DMZ" on dmz
  }
}
cluster scada hosts esx[1..2] { ha }
vm Web in scada { nic eth0 on "DMZ" }`,
      },
      {
        title: 'Spelled otherwise, and nobody uses it yet',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  vswitch vSwitch1 { portgroup "Plant LAN" on plant }
          ^^^^^^^^ warning
}
host esx2 {
  hypervisor esxi 8.0u3
  vswitch vSwitch1 { portgroup "Plant-LAN" on plant }
          ^^^^^^^^ warning
}
cluster scada hosts esx[1..2]`,
        fixed: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  vswitch vSwitch1 { portgroup "Plant LAN" on plant; portgroup "Plant-LAN" on plant }
}
host esx2 {
  hypervisor esxi 8.0u3
  vswitch vSwitch1 { portgroup "Plant-LAN" on plant }
}
cluster scada hosts esx[1..2]`,
      },
    ],
    good: [
      {
        title: 'One profile for all hosts',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

profile esxi of host {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 { portgroup "Plant" on plant }
}
host esx[1..3] : esxi
cluster scada hosts esx[1..3] { ha }
vm Historian in scada { nic eth0 on "Plant" }`,
      },
      {
        title: 'Only a VM that is tied to its host needs it',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22
network keys  purpose production vlan 150 subnet 10.4.150.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    portgroup "Keys"  on keys
  }
}
host esx2 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 { portgroup "Plant" on plant }
}
cluster scada hosts esx[1..2] { ha }
vm KeyServer in scada { nic eth0 on "Keys"; pin must esx1; ha off }`,
      },
      {
        title: 'The network of the second host is not drawn yet',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  vswitch vSwitch1 { portgroup "Plant" on plant }
}
host esx2 { hypervisor esxi 8.0u3 }
cluster scada hosts esx[1..2]`,
      },
    ],
  },
});

/** An error when a VM may come to this host, nothing when its users never do, a warning for production that nobody uses yet. */
function weigh(label: string, others: readonly Entity<'portgroup'>[], host: Entity<'host'>, model: Model): Report['severity'] {
  if (vmNicsOn(label, host, model).length > 0) return 'error';
  if (model.lookup(vmNicsOnLabel, label).length > 0) return undefined;
  const forAdapters = others.some((other) =>
    vmkernelsOf(hostOf(other) ?? host).some((adapter) => portgroupOf(adapter, model) === other),
  );
  return !forAdapters && others.some((other) => other.props.on && isProduction(other, model)) ? 'warning' : undefined;
}

/** Whether the hosts that have the missing label have this one as well: then it is no other spelling of it. */
const portgroupsOnAll = (name: string, others: readonly Entity<'portgroup'>[], model: Model): boolean =>
  others.every((other) => {
    const host = hostOf(other);
    return host !== undefined && portgroupsByLabel(host, model).has(name);
  });

/** The switch where the port group belongs: of the same name as on the other hosts, else the only one. */
function targetFor(other: Entity<'portgroup'>, host: Entity<'host'>): Entity<'vswitch'> | undefined {
  const own = childrenOf(host, 'vswitch');
  return own.find((vswitch) => vswitch.name === other.parent?.name) ?? (own.length === 1 ? own[0] : undefined);
}

function lineFor({ name, props }: Entity<'portgroup'>): string {
  const network = props.on?.ref.map(quoteName).join('.');
  return `portgroup ${quoteString(name)}${network === undefined ? '' : ` on ${network}`}${props.vlan === undefined ? '' : ` vlan ${props.vlan}`}`;
}
