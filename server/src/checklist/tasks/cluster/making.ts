/** Cluster: making it and its high availability, for each kind of cluster in its own words. */
import { capacityOf, failuresToTolerate, haLoadOf, leftAfter } from '../../../facts/cluster.ts';
import { hypervisorName } from '../../../facts/hardware.ts';
import { ftOn, hostsOf, productOf, vmsOf } from '../../../facts/placement.ts';
import type { Entity } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { clusterCommand, haCommand } from '../../commands/cluster.ts';
import { called, count, type Product, refText } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { codes, say, type Text } from '../../text.ts';

type Cluster = Entity<'cluster'>;

/** What people call a cluster of a product. */
const clusterWord = (product: Product | undefined): string =>
  product === 'esxi'
    ? 'vSphere cluster'
    : product === 'hyperv'
      ? 'failover cluster'
      : product === 'xenserver'
        ? 'pool'
        : product === 'oraclevm'
          ? 'server pool'
          : product === undefined
            ? 'cluster'
            : `${hypervisorName(product)} cluster`;

/** What comes before anything else. */
function makingOf(cluster: Cluster, product: Product | undefined): readonly Text[] {
  const baseline = cluster.props.evc ?? cluster.props['cpu-baseline'];
  switch (product) {
    case 'esxi':
      return [
        say`EVC first, before the first VM runs: ${baseline}`,
        say`vCenter has the names of the hosts, not their addresses`,
      ];
    case 'hyperv':
      return [
        say`Validate first: all tests, no error; keep the report. Validate again after every change of hardware`,
        say`Cluster name ${undefined}, address ${undefined}`,
        say`Processor compatibility of the VMs: ${cluster.props['cpu-baseline']}`,
      ];
    case 'xenserver':
      return [
        say`Join the hosts one by one to the master; then bond the management adapters`,
        say`CPU baseline of the pool: ${baseline}`,
      ];
    case 'proxmox':
      return [
        say`Link 0 of Corosync on a network of its own, link 1 on another one; round trip below 5 ms`,
        say`CPU type of the VMs: ${baseline}`,
      ];
    case 'kvm':
    case 'oraclevm':
      return [
        say`CPU type of the cluster: ${baseline}`,
        say`Power management (fence agent) of each host: ${cluster.props.fencing}; try it once on each host`,
      ];
    case 'everrun':
      return [say`Both nodes in sync; quorum server at a third place: ${cluster.props.witness}`];
    case 'nutanix':
      return [
        say`Redundancy factor ${undefined}; virtual address of the cluster ${undefined}`,
        say`Witness: ${cluster.props.witness}`,
      ];
    default:
      return [];
  }
}

export const making = defineTask({
  id: 'cluster/make',
  phase: 'cluster',
  title: 'Making the cluster',
  role: 'virtualization engineer',
  record: 'screenshot of the members; report of the validation',
  expected: 'all hosts joined, no warning that nobody can explain.',
  closes: ['MIG003', 'CLU010', 'CLU026', 'CLU034'],
  *items(model) {
    for (const cluster of model.all('cluster')) {
      const product = productOf(cluster, model);
      const hosts = hostsOf(cluster, model);
      yield {
        subject: cluster,
        what: say`Make the ${clusterWord(product)} ${called(cluster, model)} of ${codes(hosts.map((host) => host.name))}.`,
        detail: makingOf(cluster, product),
        commands: clusterCommand(cluster, product, hosts, model),
      };
    }
  },
});

function admissionText(cluster: Cluster, hosts: number): Text {
  const { admission } = cluster.props.ha ?? {};
  const failures = failuresToTolerate(cluster);
  const least = hosts > 0 ? Math.ceil((100 * failures) / hosts) : undefined;
  switch (admission?.policy) {
    case 'reserve':
      return say`Admission control: reserve ${admission.amount} of CPU and of memory (${count(failures, 'host')} of ${hosts} is ${least} %)`;
    case 'failures':
      return say`Admission control: ${admission.amount} host failures`;
    case 'dedicated':
      return say`Admission control: dedicated failover host ${undefined}`;
    case 'off':
      return say`Admission control: off`;
    default:
      return say`Admission control: ${undefined} (${count(failures, 'host')} of ${hosts} is ${least} %)`;
  }
}

const responses = { none: 'leave the VMs running', shutdown: 'shut the VMs down', 'power-off': 'power the VMs off' } as const;

function haSteps(cluster: Cluster, product: Product | undefined, hosts: number, model: Model): readonly Text[] {
  const ha = cluster.props.ha ?? {};
  const heartbeats = (ha.heartbeat ?? []).map((ref) => refText(ref) ?? '');
  switch (product) {
    case 'esxi':
      return [
        admissionText(cluster, hosts),
        say`Heartbeat datastores: ${codes(heartbeats)}`,
        say`Isolation addresses: ${codes(ha['isolation-address'] ?? [])}; an isolated host shall ${ha['isolation-response'] === undefined ? undefined : responses[ha['isolation-response']]}`,
        say`VM monitoring: ${ha.monitoring === undefined ? undefined : { vm: 'restart a VM whose tools fall silent', application: 'restart a VM whose application falls silent', off: 'off' }[ha.monitoring]}`,
        ...(ha['max-ft-vms'] === undefined ? [] : [say`das.maxftvmsperhost: ${ha['max-ft-vms']}`]),
      ];
    case 'hyperv':
      return [
        say`Witness: ${cluster.props.witness}`,
        say`VMs that start by themselves after a failure: every one but those with HA off`,
      ];
    case 'xenserver':
      return [say`Heartbeat SR: ${codes(heartbeats)}`, say`Host failures to tolerate: ${failuresToTolerate(cluster)}`];
    case 'proxmox':
      return [say`Third vote: ${cluster.props.witness}`, say`Fencing: ${cluster.props.fencing ?? 'watchdog of each node'}`];
    case 'kvm':
    case 'oraclevm':
      return [say`Fencing: ${cluster.props.fencing}; leases on shared storage for the VMs that must never run twice`];
    case 'everrun':
      return [
        say`HA or FT, VM by VM: FT for ${codes(
          vmsOf(cluster, model)
            .filter(ftOn)
            .map((vm) => vm.name),
        )}`,
      ];
    default:
      return [admissionText(cluster, hosts)];
  }
}

/** What is left for the VMs when the largest hosts have failed. */
function roomText(cluster: Cluster, model: Model): Text {
  const load = haLoadOf(cluster, model);
  const failures = failuresToTolerate(cluster);
  const left = leftAfter(capacityOf(cluster, model), 'memory', failures);
  const open = load.unsaid > 0 ? `, ${count(load.unsaid, 'VM')} without a size not counted` : '';
  const gb = (bytes: number): string => `${Math.round(bytes / 1024 ** 3)} GB`;
  return say`With ${count(failures, 'host')} failed, ${left ? gb(left.left) : undefined} of memory remain for ${gb(load.memory)} of VMs under HA${open}.`;
}

export const ha = defineTask({
  id: 'cluster/ha',
  phase: 'cluster',
  title: 'High availability',
  role: 'virtualization engineer',
  record: 'screenshot of the settings',
  closes: ['CLU001', 'CLU003', 'CLU004', 'CLU005', 'CLU008', 'CLU020', 'STO024', 'STO026'],
  *items(model) {
    for (const cluster of model.all('cluster')) {
      const state = cluster.props.ha;
      const product = productOf(cluster, model);
      const off = state?.value === 'off';
      const hosts = hostsOf(cluster, model).length;
      yield {
        subject: cluster,
        prop: 'ha',
        what: off
          ? say`Leave HA of ${called(cluster, model)} off.`
          : say`Switch HA of ${called(cluster, model)} ${state ? 'on' : say`on or leave it off: ${undefined}`}.`,
        ...(off
          ? {}
          : {
              detail: haSteps(cluster, product, hosts, model),
              expected: roomText(cluster, model),
              commands: haCommand(cluster, product, model),
            }),
      };
    }
  },
});
