import { carriersOf, ftVmsOnHost, uplinksOf, vmkernelsFor } from '../../facts/network.ts';
import { is } from '../../model/entity.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'NET006',
  name: 'network/ft-few-nics',
  severity: 'error',
  on: ['host'],
  summary: 'A host for FT VMs has one NIC for FT logging and vMotion together',
  why: 'vSphere asks for at least two NICs on a host that runs fault-tolerant VMs: one for FT logging, one for vMotion. With one NIC, every migration (and the creation of a new shadow is one) stands in the way of the logging that keeps the shadow in step, and when it fails, both are gone.',
  remedy:
    'Add a second NIC to the switch, active for FT logging where the first is active for vMotion. Three or more NICs keep both redundant.',
  sources: [
    'VMware vSphere 5.1, Availability: configure networking for hosts with Fault Tolerance',
    'VMware vSphere 8, Availability: Fault Tolerance requirements',
  ],
  check(entity, { model, report }) {
    if (!is(entity, 'host')) return;
    const [logging] = vmkernelsFor(entity, 'ft-logging');
    const adapters = vmkernelsFor(entity, 'ft-logging', 'vmotion');
    if (!logging || vmkernelsFor(entity, 'vmotion').length === 0) return;
    const uplinks = adapters.map((adapter) => uplinksOf(adapter, entity, model));
    const nics = [...new Set(uplinks.flatMap(carriersOf))];
    const [only] = nics;
    if (!only || nics.length > 1 || uplinks.some((each) => !each.known)) return;
    const vms = model.lookup<'vm'>(ftVmsOnHost, entity.name);
    if (vms.length === 0) return;
    report({
      at: logging,
      prop: 'services',
      cause: entity,
      message: `${entity.name} can run ${andList(
        vms.map((vm) => vm.name),
        3,
      )} with Fault Tolerance, and has ${only.name} alone for FT logging and vMotion; vSphere asks for two NICs at least. Give the switch a second uplink, active for one of the two.`,
      related: [{ at: only, message: 'The one NIC for both' }],
    });
  },
  examples: {
    bad: [
      {
        title: 'One NIC for both',
        text: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24

host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic1 {
    vmkernel vmk1 on migration services vmotion
    vmkernel vmk2 on lockstep  services ft-logging
                                        ^^^^^^^^^^
  }
}
cluster plant hosts esx[1..2] { ha }
vm Historian in plant { ft yes }`,
      },
    ],
    good: [
      {
        title: 'Two NICs, each active for one',
        text: `network migration purpose vmotion    vlan 30 subnet 10.4.30.0/24
network lockstep  purpose ft-logging vlan 40 subnet 10.4.40.0/24

host esx[1..2] {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    vmkernel vmk1 on migration services vmotion    active vmnic0 standby vmnic1
    vmkernel vmk2 on lockstep  services ft-logging active vmnic1 standby vmnic0
  }
}
cluster plant hosts esx[1..2] { ha }
vm Historian in plant { ft yes }`,
      },
    ],
  },
});
