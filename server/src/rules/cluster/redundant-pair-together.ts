import { failuresToTolerate } from '../../facts/cluster.ts';
import { clusterOf, homeHost, pinnedHost, separated, stateOf } from '../../facts/placement.ts';
import { redundantSets } from '../../facts/services.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { quoteName } from '../../values/name.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'CLU015',
  name: 'cluster/redundant-pair-together',
  severity: 'error',
  on: ['service'],
  summary: 'Nothing keeps the machines of a redundant service on different hosts',
  why: 'Two machines that back each other up are worth no more than one when they run on the same host: one failure takes both. A cluster places and moves VMs by load, and sooner or later it puts the two together unless a rule forbids it.',
  remedy:
    'Keep them apart with an anti-affinity rule. Where hosts are so few that a strict rule would keep HA from starting a VM again, make it "should": apart whenever possible, together rather than down.',
  sources: [
    'Elipse Software, Virtualization Guide (two servers on two hosts)',
    'VMware vSphere, Setup for Windows Server Failover Clustering',
    'VMware vSphere 8, Resource Management: VM-VM affinity rules',
  ],
  coveredBy: ['SCD002', 'ADT002', 'GCL002', 'GCL004'],
  fixable: true,
  check(service, { model, report }) {
    for (const set of redundantSets(service, model)) {
      const vms = set.machines.filter((machine): machine is Entity<'vm'> => is(machine, 'vm'));
      // One machine elsewhere (or a computer of its own) is enough for the service to live on.
      const [first] = vms;
      if (!first || vms.length < 2 || vms.length < set.machines.length || pairs(vms).some(([a, b]) => apart(a, b, model)))
        continue;
      const cluster = clusterOf(first, model);
      const hosts = cluster ? stateOf(cluster, model).hosts.length : 0;
      if (!cluster || hosts < 2) continue;
      const names = vms.map((vm) => vm.name);
      // A rule cannot part what is pinned to one host.
      const pinned = new Set(vms.map((vm) => pinnedHost(vm, model)?.name));
      const stuck = pinned.size === 1 && !pinned.has(undefined);
      const strength = vms.length <= hosts - failuresToTolerate(cluster) ? 'must' : 'should';
      const both = names.length === 2 ? 'both' : 'all';
      const home = homeHost(first, model)?.name;
      const how =
        home !== undefined && vms.every((vm) => homeHost(vm, model)?.name === home)
          ? `${both} run on ${home}`
          : `they may run on one host of ${cluster.name}`;
      report({
        prop: set.prop,
        cause: service,
        severity: set.prop === 'active-directory.controllers' ? 'warning' : 'error',
        message: `${service.name} relies on ${andList(names)} (${set.what}) to stand in for each other, but ${how}: when that host fails, ${both} are down. Keep them apart with an anti-affinity rule${stuck ? ' and without the pins' : ''}.`,
        related: vms.map((vm) => ({ at: vm, message: `${vm.name} is declared here` })),
        ...(stuck
          ? {}
          : {
              fix: {
                title: `Keep ${andList(names)} apart`,
                safety: 'unsafe',
                ops: [
                  {
                    op: 'append',
                    after: service,
                    text: `anti-affinity ${quoteName(`${slug(service.name)}-apart`)} ${strength} vms ${names.map(quoteName).join(', ')}`,
                  },
                ],
              },
            }),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'Two cluster nodes that DRS may put together',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster office hosts esx[1..3] { ha; drs fully-automated }
vm SQL-A in office
vm SQL-B in office
service "ERP database" {
  failover-cluster nodes SQL-A, SQL-B
                         ^^^^^^^^^^^^
}`,
        fixed: `host esx[1..3] hypervisor esxi 8.0u3
cluster office hosts esx[1..3] { ha; drs fully-automated }
vm SQL-A in office
vm SQL-B in office
service "ERP database" {
  failover-cluster nodes SQL-A, SQL-B
}
anti-affinity erp-database-apart must vms SQL-A, SQL-B`,
      },
      {
        title: 'Two hosts: should, so that HA may still put them together',
        text: `host hv[1..2] hypervisor hyperv 2022
cluster plant hosts hv[1..2] { ha }
vm MES-A in plant
vm MES-B in plant
service MES mode active-standby on MES-A, MES-B
                                   ^^^^^^^^^^^^`,
        fixed: `host hv[1..2] hypervisor hyperv 2022
cluster plant hosts hv[1..2] { ha }
vm MES-A in plant
vm MES-B in plant
service MES mode active-standby on MES-A, MES-B
anti-affinity mes-apart should vms MES-A, MES-B`,
      },
    ],
    good: [
      {
        title: 'Kept apart by a rule',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster office hosts esx[1..3] { ha; drs fully-automated }
vm SQL-A in office
vm SQL-B in office
anti-affinity sql-apart must vms SQL-A, SQL-B
service "ERP database" mode active-standby on SQL-A, SQL-B`,
      },
      {
        title: 'Two sites: should-rules prefer a site for each',
        text: `host a[1..2] hypervisor esxi 8.0u3
host b[1..2] hypervisor esxi 8.0u3
cluster stretched hosts a[1..2], b[1..2] { ha; drs fully-automated }
vm SQL-A in stretched
vm SQL-B in stretched
affinity site-a should vms SQL-A hosts a[1..2]
affinity site-b should vms SQL-B hosts b[1..2]
service "ERP database" mode active-standby on SQL-A, SQL-B`,
      },
      {
        title: 'Each on its own host, and nothing moves them unasked',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha; drs manual }
vm MES-A on esx1
vm MES-B on esx2
service MES mode active-standby on MES-A, MES-B`,
      },
      {
        title: 'One of the two is a computer of its own',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
physical MES-A
vm MES-B in plant
service MES mode active-standby on MES-A, MES-B`,
      },
      {
        title: 'Where they run is not said yet',
        text: `vm MES-A
vm MES-B
service MES mode active-standby on MES-A, MES-B`,
      },
    ],
  },
});

const pairs = <T>(items: readonly T[]): readonly (readonly [T, T])[] =>
  items.flatMap((a, at) => items.slice(at + 1).map((b) => [a, b] as const));

/** Kept apart, or at least not known to be able to meet. */
function apart(a: Entity<'vm'>, b: Entity<'vm'>, model: Model): boolean {
  const how = separated(a, b, model);
  return how !== 'no' && how !== 'together';
}

/** `ERP database` → `erp-database`, for the name of the rule. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
