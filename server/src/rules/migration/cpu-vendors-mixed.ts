import type { CpuVendor } from '../../catalog/cpuTable.ts';
import { cpusOf } from '../../facts/cluster.ts';
import { productOf, stateOf } from '../../facts/placement.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'MIG002',
  name: 'migration/cpu-vendors-mixed',
  severity: 'error',
  on: ['cluster'],
  summary: 'A cluster has hosts with Intel and with AMD processors',
  why: 'A running VM holds what it learnt about its processor when it started, and the instructions of Intel and AMD differ in ways that no baseline hides. Live migration between the two is refused, or, where the hypervisor lets it pass, the guest may crash later. A XenServer pool does not take such a host at all.',
  remedy:
    'Make two clusters, one for each vendor. VMs change over between them switched off. If VMs of this cluster are never moved while they run, say "live-migration no".',
  sources: [
    'VMware vSphere, EVC requirements for hosts',
    'XenServer, Resource pool requirements',
    'RHEL 6, Virtualization restrictions',
    'Microsoft, Hyper-V live migration and processor compatibility',
    'Proxmox VE, Cluster manager',
  ],
  check(cluster, { model, report }) {
    const { migrates } = stateOf(cluster, model);
    const product = productOf(cluster, model);
    if (migrates === false && product !== 'xenserver') return;
    const of = (vendor: CpuVendor): readonly string[] =>
      cpusOf(cluster, model)
        .filter((each) => each.vendor === vendor)
        .map((each) => each.host);
    const intel = of('intel');
    const amd = of('amd');
    const [few, many] = intel.length < amd.length ? [intel, amd] : [amd, intel];
    if (few.length === 0) return;
    const odd = few === intel ? 'Intel' : 'AMD';
    // Not refused by these, only not promised; and cold HA restarts do work.
    const certain = product === 'xenserver' || (migrates === true && product !== 'proxmox' && product !== 'kvm');
    const places = [few[0], many[0]].flatMap((name) => (name === undefined ? [] : (model.find('host', name) ?? [])));
    report({
      prop: 'hosts',
      severity: certain ? 'error' : 'warning',
      message: `In ${cluster.name} ${andList(few)} ${few.length === 1 ? 'has' : 'have'} ${odd} processors and ${andList(many)} ${odd === 'Intel' ? 'AMD' : 'Intel'}: ${product === 'xenserver' ? 'a pool takes processors of one vendor only' : 'a running VM cannot be moved between the two'}. Split the cluster by vendor${certain ? '' : ', or say "live-migration no" if VMs are never moved'}.`,
      related: places.map((at) => ({
        at,
        prop: 'cpu.model',
        message: `${at.name} has ${at.props.cpu?.model ?? 'other processors'}`,
      })),
    });
  },
  examples: {
    bad: [
      {
        title: 'An AMD server joins two Intel ones',
        text: `host esx[1..2] hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6426Y" cores 16
host esx3 hypervisor esxi 8.0u3 cpu 2 x "EPYC 9354" cores 32
cluster plant hosts esx[1..3] { ha; drs fully-automated }
                    ^^^^^^^^^`,
      },
      {
        title: 'HA only: a warning, since VMs are at least started again',
        text: `host hv1 hypervisor hyperv 2022 cpu 1 x "Xeon Silver 4314" cores 16
host hv2 hypervisor hyperv 2022 cpu 1 x "EPYC 7313" cores 16
cluster office hosts hv1, hv2 { ha }
                     ^^^^^^^^ warning`,
      },
    ],
    good: [
      {
        title: 'A cluster for each vendor',
        text: `host esx[1..2] hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6426Y" cores 16
host esx[3..4] hypervisor esxi 8.0u3 cpu 2 x "EPYC 9354" cores 32
cluster plant hosts esx[1..2] { drs fully-automated; evc intel-sapphirerapids }
cluster office hosts esx[3..4] { drs fully-automated; evc amd-zen4 }`,
      },
      {
        title: 'VMs are never moved while they run',
        text: `host hv1 hypervisor hyperv 2022 cpu 1 x "Xeon Silver 4314" cores 16
host hv2 hypervisor hyperv 2022 cpu 1 x "EPYC 7313" cores 16
cluster office hosts hv1, hv2 { ha; live-migration no }`,
      },
      {
        title: 'A processor that nobody knows',
        text: `host esx1 hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6426Y" cores 16
host esx2 hypervisor esxi 8.0u3 cpu 2 x "Acme 9000" cores 16
cluster plant hosts esx1, esx2 { drs fully-automated; evc intel-sapphirerapids }`,
      },
    ],
  },
});
