import { ftUseOf, hasAdapterFor } from '../../facts/cluster.ts';
import { clusterOf, stateOf } from '../../facts/placement.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'MIG001',
  name: 'migration/no-migration-adapter',
  severity: 'error',
  on: ['host'],
  summary: 'A vSphere host of a cluster with live migration has no vMotion adapter',
  why: 'vMotion needs a VMkernel adapter with the vMotion service on the source and on the target. A host without one cannot give its VMs away before maintenance and cannot take any: DRS leaves it out, and Fault Tolerance, which starts its shadow VM by vMotion, does not work with it.',
  remedy:
    'Add a VMkernel adapter with the vmotion service on the migration network of the cluster, on uplinks with room for it. If VMs are never moved, say "live-migration no" for the cluster.',
  sources: [
    'VMware vSphere 8, vMotion networking requirements',
    'VMware vSphere 5.1, Configure networking for Fault Tolerance hosts',
  ],
  check(host, { model, report }) {
    if (host.props.hypervisor?.product !== 'esxi') return;
    const cluster = clusterOf(host, model);
    if (!cluster || stateOf(cluster, model).hosts.length < 2) return;
    const ft = ftUseOf(cluster, model).hosts.includes(host.name);
    if ((stateOf(cluster, model).migrates !== true && !ft) || hasAdapterFor(host, 'vmotion', model) !== false) return;
    const why =
      cluster.props.drs !== undefined && cluster.props.drs !== 'off'
        ? 'DRS moves VMs'
        : ft
          ? 'FT starts shadow VMs by vMotion'
          : 'VMs are moved while they run';
    report({
      message: `In ${cluster.name} ${why}, but ${host.name} has no VMkernel adapter with the vmotion service: VMs can neither leave nor enter it. Add one on the migration network, or say "live-migration no" for the cluster.`,
      related: [{ at: cluster, message: `${cluster.name} has live migration` }],
    });
  },
  examples: {
    bad: [
      {
        title: 'The new host has a management adapter only',
        text: `network admin     purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1
network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
profile esxi of host {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management }
}
host esx[1..2] : esxi { vswitch vSwitch0 { vmkernel vmk1 on migration services vmotion } }
host esx3 : esxi
     ^^^^
cluster plant hosts esx[1..3] { ha; drs fully-automated }`,
      },
    ],
    good: [
      {
        title: 'An adapter for vMotion on every host',
        text: `network admin     purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1
network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel vmk0 on admin     services management
    vmkernel vmk1 on migration services vmotion
  }
}
cluster plant hosts esx[1..2] { ha; drs fully-automated }`,
      },
      {
        title: 'The purpose of the network says it',
        text: `network migration purpose vmotion vlan 30 subnet 10.4.30.0/24
host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk1 on migration }
}
cluster plant hosts esx[1..2] { drs manual }`,
      },
      {
        title: 'HA without live migration',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1
host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management }
}
cluster plant hosts esx[1..2] { ha; live-migration no }`,
      },
      {
        title: 'Adapters are not designed yet',
        text: 'host esx[1..2] hypervisor esxi 8.0u3\ncluster plant hosts esx[1..2] { drs fully-automated }',
      },
    ],
  },
});
