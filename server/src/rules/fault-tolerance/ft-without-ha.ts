import { clusterOf, productOf, stateOf } from '../../facts/placement.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'FT001',
  name: 'fault-tolerance/ft-without-ha',
  severity: 'error',
  on: ['vm'],
  summary: 'A VM uses vSphere Fault Tolerance in a cluster without HA',
  why: 'Fault Tolerance stands on HA: HA notices that a host has failed, and starts a new shadow VM on another one. vCenter does not let FT be switched on for a VM whose cluster has no HA.',
  remedy: 'Switch HA on for the cluster, with at least two hosts that can run the VM and its shadow, better three.',
  sources: [
    'VMware vSphere API, reasons for Fault Tolerance configuration issues',
    'Fujitsu, "Server virtualization" white paper',
  ],
  fixable: true,
  check(vm, { model, report, ask }) {
    if (vm.props.ft !== true || productOf(vm, model) !== 'esxi') return;
    const cluster = clusterOf(vm, model);
    if (!cluster) {
      ask({ prop: 'in', message: `Which cluster is ${vm.name} in? Fault Tolerance needs a cluster with HA.` });
      return;
    }
    const { ha } = stateOf(cluster, model);
    if (ha === true) return;
    if (ha === undefined) {
      ask({
        at: cluster,
        prop: 'ha',
        message: `Does ${cluster.name} have HA? ${vm.name} uses Fault Tolerance, which needs it.`,
        fix: {
          title: `Switch HA on for ${cluster.name}`,
          safety: 'unsafe',
          ops: [{ op: 'set', on: cluster, prop: 'ha', text: '' }],
        },
      });
      return;
    }
    report({
      prop: 'ft',
      message: `${vm.name} uses Fault Tolerance, but HA is off in ${cluster.name}: FT cannot be switched on there. Switch HA on, or do without FT.`,
      related: [{ at: cluster, prop: 'ha', message: 'HA is off here' }],
      fix: {
        title: `Switch HA on for ${cluster.name}`,
        safety: 'unsafe',
        ops: [{ op: 'replace', on: cluster, prop: 'ha.value', text: 'on' }],
      },
    });
  },
  examples: {
    bad: [
      {
        title: 'FT where HA is off',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha off }
vm SCADA in plant {
  ft yes
     ^^^
}`,
        fixed: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha on }
vm SCADA in plant {
  ft yes
}`,
      },
    ],
    good: [
      {
        title: 'FT in an HA cluster',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
vm SCADA in plant vcpu 2 { ft yes }`,
      },
      {
        title: 'Whether there is HA is not said: a question, no accusation',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3]
        ^^^^^ hint
vm SCADA in plant vcpu 2 { ft yes }`,
      },
      {
        title: 'everRun has a Fault Tolerance of its own',
        text: `host node[1..2] hypervisor everrun 7.9
cluster pair hosts node[1..2] { ha off }
vm SCADA in pair vcpu 2 { ft yes }`,
      },
    ],
  },
});
