import { ftUseOf, hasAdapterFor } from '../../facts/cluster.ts';
import { clusterOf } from '../../facts/placement.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'FT002',
  name: 'fault-tolerance/no-ft-adapter',
  severity: 'error',
  on: ['host'],
  summary: 'A host that may run an FT VM or its shadow has no adapter for FT logging',
  why: 'The primary VM sends everything that happens to it to its shadow over the FT logging network. A host without a VMkernel adapter for that can hold neither of the two: vCenter leaves it out, and after a failure the VM may find no host for a new shadow.',
  remedy:
    'Add a VMkernel adapter with the ft-logging service, on a network and an uplink of its own. If the VM is only meant for certain hosts, say that with an affinity rule.',
  sources: [
    'VMware vSphere API, reasons for Fault Tolerance configuration issues',
    'VMware vSphere 5.1, Configure networking for Fault Tolerance hosts',
  ],
  check(host, { model, report }) {
    const cluster = clusterOf(host, model);
    if (!cluster || host.props.hypervisor?.product !== 'esxi') return;
    const { vms, hosts } = ftUseOf(cluster, model);
    if (hosts.length < 2 || !hosts.includes(host.name) || hasAdapterFor(host, 'ft-logging', model) !== false) return;
    const names = vms.map((vm) => vm.name);
    report({
      message: `${host.name} has no VMkernel adapter for FT logging, so ${andList(names)} (Fault Tolerance) can run neither there nor with ${names.length === 1 ? 'its shadow' : 'a shadow'} there. Add one with the ft-logging service on a network of its own.`,
    });
  },
  examples: {
    bad: [
      {
        title: 'vMotion, but nothing for FT',
        text: `network admin     purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1
network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
host esx[1..2] {
     ^^^^^^^^^
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel vmk0 on admin     services management
    vmkernel vmk1 on migration services vmotion
  }
}
cluster plant hosts esx[1..2] { ha; drs fully-automated }
vm SCADA in plant vcpu 1 { ft yes }`,
      },
    ],
    good: [
      {
        title: 'An adapter for FT logging on every host',
        text: `network admin     purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1
network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24
host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic[0..3] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel vmk0 on admin     services management
    vmkernel vmk1 on migration services vmotion
  }
  vswitch vSwitch1 uplinks vmnic2, vmnic3 { vmkernel vmk2 on lockstep services ft-logging }
}
cluster plant hosts esx[1..2] { ha; drs fully-automated }
vm SCADA in plant vcpu 1 { ft yes }`,
      },
      {
        title: 'No VM uses FT',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1
host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management }
}
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 1`,
      },
      {
        title: 'Adapters are not designed yet',
        text: 'host esx[1..2] hypervisor esxi 8.0u3\ncluster plant hosts esx[1..2] { ha }\nvm SCADA in plant vcpu 1 { ft yes }',
      },
    ],
  },
});
