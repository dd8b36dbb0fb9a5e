import { hostsOf, stateOf } from '../../facts/placement.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'CLU001',
  name: 'cluster/ha-with-one-host',
  severity: 'error',
  on: ['cluster'],
  summary: 'An HA cluster has a single host',
  why: 'High availability means that another host starts the VMs of a failed one. With one host there is no other: the switch is on, and nothing happens when it counts.',
  remedy:
    'Add a second host with room for the VMs, or leave HA out and plan the outage: spare parts, a restore to another machine, a service contract.',
  sources: ['VMware vSphere, Availability: HA checklist', 'Elipse Software, Virtualization Guide'],
  check(cluster, { model, report }) {
    const named = cluster.props.hosts;
    if (!named || stateOf(cluster, model).ha !== true) return;
    // A name that means nothing is reported as such; it still was meant to be a host.
    const lost = named.filter((ref) => !ref.glob && !model.resolve(ref, cluster, 'host')).length;
    const [only, ...others] = hostsOf(cluster, model);
    if (others.length + lost > 0 || !only) return;
    report({
      prop: 'hosts',
      message: `${cluster.name} has HA, but ${only.name} is its only host: when it fails there is no other to start the VMs on. Add a host, or take HA out.`,
    });
  },
  examples: {
    bad: [
      {
        title: 'HA over one host',
        text: 'host esx1 hypervisor esxi 8.0u3\ncluster plant hosts esx1 { ha }\n                    ^^^^',
      },
      {
        title: 'The second host is still in another cluster',
        text: `host hv[1..2] hypervisor hyperv 2022
cluster office hosts hv1 { ha; failover-cluster yes }
                     ^^^
cluster test hosts hv2`,
      },
    ],
    good: [
      { title: 'Two hosts', text: 'host esx[1..2] hypervisor esxi 8.0u3\ncluster plant hosts esx[1..2] { ha }' },
      { title: 'One host, and no HA', text: 'host esx1 hypervisor esxi 8.0u3\ncluster plant hosts esx1 { ha off }' },
      { title: 'Hosts not said yet', text: 'cluster plant { ha }' },
    ],
  },
});
