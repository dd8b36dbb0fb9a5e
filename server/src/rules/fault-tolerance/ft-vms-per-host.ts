import { ftUseOf, isSince } from '../../facts/cluster.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';

const standard = 4;

export default defineRule({
  code: 'FT005',
  name: 'fault-tolerance/ft-vms-per-host',
  severity: 'warning',
  on: ['cluster'],
  summary: 'More FT VMs than the hosts of a cluster may hold',
  why: 'vSphere allows four FT VMs on one host, primaries and shadows counted alike (das.maxftvmsperhost). Beyond that no further VM with FT can be started there, and after a failure some run without a shadow.',
  remedy:
    'Spread the FT VMs over more hosts, keep FT for the few that need it, or raise the limit ("max-ft-vms") where the FT network has been measured to carry it.',
  sources: ['VMware vSphere 8, Availability: Fault Tolerance requirements, limits and licensing'],
  check(cluster, { model, report }) {
    const limit = cluster.props.ha?.['max-ft-vms'] ?? standard;
    const { vms, hosts } = ftUseOf(cluster, model);
    // 0 takes the limit off; before 6.0 FT was another thing.
    if (
      vms.length === 0 ||
      hosts.length < 2 ||
      limit === 0 ||
      isSince(model.find('host', hosts[0] ?? '')?.props.hypervisor?.release, '6.0') === false
    )
      return;
    const prop = cluster.props.ha?.['max-ft-vms'] === undefined ? 'hosts' : 'ha.max-ft-vms';
    const room = limit * hosts.length;
    if (2 * vms.length > room) {
      report({
        prop,
        message: `The ${vms.length} FT VMs of ${cluster.name} make ${2 * vms.length} with their shadows, but ${hosts.length} hosts hold ${limit} each, ${room} in all. Use FT for fewer VMs, add a host, or raise max-ft-vms.`,
      });
      return;
    }
    for (const host of hosts) {
      const here = vms.filter((vm) => vm.home === host).map((vm) => vm.name);
      if (here.length > limit)
        report({
          prop,
          message: `${here.length} FT VMs run on ${host} (${andList(here)}), where ${limit} may run, shadows included. Spread them over the hosts of ${cluster.name}, or raise max-ft-vms.`,
        });
    }
  },
  examples: {
    bad: [
      {
        title: 'Five FT VMs on two hosts',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
                    ^^^^^^^^^
vm LINE[1..5] in plant vcpu 2 { ft yes }`,
      },
      {
        title: 'A limit that was set lower',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] {
  ha max-ft-vms 1
                ^
}
vm LINE[1..2] in plant vcpu 2 { ft yes }`,
      },
    ],
    good: [
      {
        title: 'Four FT VMs on three hosts',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
vm LINE[1..4] in plant vcpu 2 { ft yes }`,
      },
      {
        title: 'The limit was raised',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha max-ft-vms 8 }
vm LINE[1..5] in plant vcpu 2 { ft yes }`,
      },
    ],
  },
});
