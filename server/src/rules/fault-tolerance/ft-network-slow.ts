import { ftUseOf, isSince } from '../../facts/cluster.ts';
import { switchPortOf, uplinksOf, vmkernelsFor } from '../../facts/network.ts';
import { clusterOf } from '../../facts/placement.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { formatQuantity } from '../../values/quantity.ts';
import { defineRule } from '../rule.ts';

const needed = 10e9;

export default defineRule({
  code: 'FT003',
  name: 'fault-tolerance/ft-network-slow',
  severity: 'error',
  on: ['host'],
  summary: 'FT of a VM with several virtual processors runs over less than 10 Gb/s',
  why: 'Since vSphere 6.0 Fault Tolerance copies the changed memory of the primary to its shadow many times a second, and the primary waits for it. For more than one virtual processor VMware asks for a 10 Gb/s logging network with low latency; on gigabit the VM slows down to what the line carries, or FT drops its shadow.',
  remedy:
    'Put the FT logging adapter on a 10 Gb/s uplink, best of its own, and cable it to a port of that speed. Or give the VM one virtual processor, if that is enough for it.',
  sources: ['VMware vSphere 8, Availability: Fault Tolerance requirements, limits and licensing'],
  check(host, { model, report }) {
    const cluster = clusterOf(host, model);
    if (!cluster || isSince(host.props.hypervisor?.release, '6.0') !== true) return;
    const { vms, hosts } = ftUseOf(cluster, model);
    const wide = vms.find((vm) => vm.vcpu !== undefined && vm.vcpu > 1);
    if (!wide || !hosts.includes(host.name)) return;
    for (const adapter of vmkernelsFor(host, 'ft-logging')) {
      const slow = uplinksOf(adapter, host, model).active.find((nic) => (speedOf(nic, model) ?? needed) < needed);
      const speed = slow && speedOf(slow, model);
      if (!slow || speed === undefined) continue;
      report({
        at: adapter,
        message: `FT of ${wide.name} (${wide.vcpu} virtual processors) needs 10Gbps for its logging, but ${adapter.name} of ${host.name} goes out on ${slow.name} at ${formatQuantity(speed, 'rate')}. Put it on a 10Gbps uplink.`,
        related: [{ at: slow, prop: 'speed', message: `${slow.name} carries the FT logging` }],
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'Four virtual processors over a gigabit port',
        text: `network lockstep purpose ft-logging vlan 40 subnet 10.4.40.0/24
host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic3 speed 1Gbps
  vswitch vSwitch3 uplinks vmnic3 { vmkernel vmk3 on lockstep services ft-logging }
                                             ^^^^
}
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 4 { ft yes }`,
      },
    ],
    good: [
      {
        title: 'A 10 Gb/s uplink for FT logging',
        text: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24
host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic[2..3] speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 { vmkernel vmk2 on migration services vmotion }
  vswitch vSwitch3 uplinks vmnic3 { vmkernel vmk3 on lockstep  services ft-logging }
}
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 2 { ft yes }`,
      },
      {
        title: 'Six gigabit ports on vSphere 4.1: FT of one virtual processor',
        text: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24
host esx[1..2] {
  hypervisor esxi 4.1
  nic vmnic[2..3] speed 1Gbps
  vswitch vSwitch2 uplinks vmnic2 { vmkernel vmk2 on migration services vmotion }
  vswitch vSwitch3 uplinks vmnic3 { vmkernel vmk3 on lockstep  services ft-logging }
}
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 1 { ft yes }`,
      },
    ],
  },
});

/** A NIC is as fast as the port that it is cabled to, as far as the two say it. */
function speedOf(nic: Entity<'nic'>, model: Model): number | undefined {
  const speeds = [nic.props.speed, switchPortOf(nic, model)?.speed].filter((speed) => speed !== undefined);
  return speeds.length === 0 ? undefined : Math.min(...speeds);
}
