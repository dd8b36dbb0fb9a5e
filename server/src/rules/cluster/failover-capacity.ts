import { capacityOf, failuresToTolerate, GB, type HaLoad, haLoadOf, leftAfter } from '../../facts/cluster.ts';
import { stateOf } from '../../facts/placement.ts';
import type { Entity } from '../../model/entity.ts';
import { andList } from '../../values/words.ts';
import { defineRule, type RuleContext } from '../rule.ts';

/** Virtual processors for one core that planners usually go to; a rule of thumb, not a limit. */
const vcpusPerCore = 4;

export default defineRule({
  code: 'CLU003',
  name: 'cluster/failover-capacity',
  severity: 'error',
  on: ['cluster'],
  summary: 'The VMs that HA protects do not fit on the hosts that are left after a failure',
  why: 'HA needs room: the memory of the VMs of a failed host has to be free on the others. Where it is not, VMs stay down, in an order that nobody chose, or run so short of memory that they might as well. The check lets the largest hosts fail (one, unless "failures" says more), counts the VMs with HA and what the hypervisor adds for each, and counts VMs with Fault Tolerance twice.',
  remedy:
    'Add memory or a host, move VMs elsewhere, or switch HA off for those that can wait. The processors are a warning only: VMs that share cores get slower, they do not stay down.',
  sources: [
    'VMware vSphere 6.0, Availability: admission control best practices',
    'Proxmox VE, HA manager',
    'Microsoft, "Plan for Hyper-V scalability in Windows Server"',
    'Stratus, "Virtualization and availability" (manufacturing)',
    'Elipse Software, Virtualization Guide (FT doubles the hardware)',
  ],
  check(cluster, context) {
    const failures = failuresToTolerate(cluster);
    const { ha, hosts } = stateOf(cluster, context.model);
    if (ha !== true || hosts.length < 2 || failures === 0) return;
    const load = haLoadOf(cluster, context.model);
    if (load.vms === 0) return;
    checkMemory(cluster, failures, load, context);
    checkCores(cluster, failures, load, context);
  },
  examples: {
    bad: [
      {
        title: 'Each host full: nothing is left for the other’s VMs',
        text: `host esx[1..2] hypervisor esxi 8.0u3 memory 128GB
cluster plant hosts esx[1..2] { ha admission reserve 50% }
                    ^^^^^^^^^
vm SCADA-A in plant memory 64GB
vm SCADA-B in plant memory 64GB
vm SQL     in plant memory 96GB`,
      },
      {
        title: 'The largest host fails first',
        text: `host pve1 hypervisor proxmox 8.2 memory 512GB
host pve2 hypervisor proxmox 8.2 memory 128GB
host pve3 hypervisor proxmox 8.2 memory 128GB
cluster lab hosts pve[1..3] { ha }
                  ^^^^^^^^^
vm GIS in lab memory 160GB
vm ERP in lab memory 160GB`,
      },
      {
        title: 'Enough memory, but ten virtual processors for a core (a warning)',
        text: `host hv[1..2] hypervisor hyperv 2022 cpu 1 x "Xeon Silver 4314" cores 8 memory 512GB
cluster office hosts hv[1..2] { ha }
                     ^^^^^^^^ warning
vm TS[1..10] in office vcpu 8 memory 32GB`,
      },
    ],
    good: [
      {
        title: 'Room for the failure of any one host',
        text: `host esx[1..3] hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6426Y" cores 16 memory 256GB
cluster plant hosts esx[1..3] { ha admission reserve 34% }
vm SCADA-A in plant vcpu 4 memory 16GB
vm SCADA-B in plant vcpu 4 memory 16GB
vm SQL     in plant vcpu 8 memory 64GB`,
      },
      {
        title: 'What can wait does without HA',
        text: `host esx[1..2] hypervisor esxi 8.0u3 memory 128GB
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant memory 64GB
vm TEST  in plant memory 96GB ha off`,
      },
      {
        title: 'The memory of the hosts is not said yet',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant memory 640GB`,
      },
      {
        title: 'One host does not say its memory, and it matters: a question',
        text: `host esx1 hypervisor esxi 8.0u3 memory 128GB
host esx2 hypervisor esxi 8.0u3
     ^^^^ hint
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant memory 96GB`,
      },
    ],
  },
});

function checkMemory(cluster: Entity<'cluster'>, failures: number, load: HaLoad, { model, report, ask }: RuleContext): void {
  const capacity = capacityOf(cluster, model);
  const silent = capacity.filter((each) => each.memory === undefined);
  const known = capacity.filter((each) => each.memory !== undefined);
  if (known.length === 0) return;
  // Hosts that do not say their memory have none for the moment: what fits even so needs no question.
  const least = leftAfter(known, 'memory', failures);
  if (!least || need(least.alive) <= least.left) return;
  if (silent.length > 0) {
    for (const { host } of silent) {
      const at = model.find('host', host);
      if (at)
        ask({
          at,
          prop: 'memory',
          message: `How much memory does ${host} have? Whether the VMs of ${cluster.name} fit when a host fails depends on it.`,
        });
    }
    return;
  }
  const rest = least.alive === 0 ? 'no host is left' : `the rest of ${cluster.name} has ${Math.floor(least.left / GB)}GB`;
  const shadows =
    least.alive > 1 && load.shadows > 0 ? ` and ${load.shadows === 1 ? 'one FT shadow' : `${load.shadows} FT shadows`}` : '';
  const one = load.vms === 1 && shadows === '';
  const vms = load.vms === 1 ? 'the one VM' : `the ${load.vms} VMs`;
  report({
    prop: 'hosts',
    message: `When ${andList(least.failed)} ${least.failed.length === 1 ? 'fails' : 'fail'}, ${rest}, but ${vms} with HA${shadows} ${one ? 'needs' : 'need'} ${Math.ceil(need(least.alive) / GB)}GB: ${one ? 'it does' : 'some do'} not start again. Add memory or a host, or switch HA off for VMs that can wait.`,
  });

  /** A shadow needs a host of its own. */
  function need(alive: number): number {
    return load.memory + (alive > 1 ? load.shadowMemory : 0);
  }
}

function checkCores(cluster: Entity<'cluster'>, failures: number, load: HaLoad, { model, report }: RuleContext): void {
  const rest = leftAfter(capacityOf(cluster, model), 'cores', failures);
  if (!rest || rest.left === 0) return;
  const vcpus = load.vcpus + (rest.alive > 1 ? load.shadowVcpus : 0);
  if (vcpus <= vcpusPerCore * rest.left) return;
  report({
    prop: 'hosts',
    severity: 'warning',
    message: `When ${andList(rest.failed)} ${rest.failed.length === 1 ? 'fails' : 'fail'}, ${vcpus} virtual processors of VMs with HA share the ${rest.left} cores that ${cluster.name} has left, ${(vcpus / rest.left).toFixed(1)} for each; up to ${vcpusPerCore} is what planners usually go to. Add cores or a host, or measure that the VMs are idle most of the time.`,
  });
}
