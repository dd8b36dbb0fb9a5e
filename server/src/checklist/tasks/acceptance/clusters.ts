/** Acceptance of clusters: fault tolerance, live migration, isolation, load with one host down. */

import { capacityOf, failuresToTolerate, leftAfter } from '../../../facts/cluster.ts';
import { uplinksOf, vmkernelsFor } from '../../../facts/network.ts';
import { ftOn, hostsOf, placementOf, productOf, stateOf, vmsOf } from '../../../facts/placement.ts';
import type { Entity } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { type Command, powercli, powershell, ps, psGet, sh, shell } from '../../command.ts';
import { called, count, GB, names, rate, size } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { both, code, only, say } from '../../text.ts';

type Vm = Entity<'vm'>;

type Host = Entity<'host'>;

/** The slowest link that carries live migration among some hosts; undefined where the design leaves it open. */
function migrationLink(hosts: readonly Host[], model: Model): number | undefined {
  const speeds = hosts.map((host) => {
    const nics = vmkernelsFor(host, 'vmotion').flatMap((adapter) => uplinksOf(adapter, host, model).active);
    const known = nics.flatMap((nic) => nic.props.speed ?? []);
    return known.length === 0 ? undefined : Math.max(...known);
  });
  return speeds.length === 0 || speeds.includes(undefined) ? undefined : Math.min(...speeds.map((speed) => speed ?? 0));
}

/** t = RAM in GB × 8.6 / usable Gbit/s; a link gives 90 % of its speed. */
function migrationSeconds(memory: number | undefined, link: number | undefined): number | undefined {
  if (memory === undefined || link === undefined || link <= 0) return undefined;
  return ((memory / GB) * 8.6) / ((link / 1e9) * 0.9);
}

function moveCommand(vm: Vm, hosts: readonly string[], model: Model): readonly Command[] {
  // Where it stands is seen on the day; a VM with a home of its own goes to any other host.
  const { home } = placementOf(vm, model);
  const other = home === undefined ? undefined : hosts.find((host) => host !== home);
  switch (productOf(vm, model)) {
    case 'esxi':
      return powercli(
        ps`Measure-Command { Move-VM -VM (${psGet('VM', [vm.name])}) -Destination (${other === undefined ? { quoted: 'Get-VMHost -Name ____' } : psGet('VMHost', [other])}) } | Select-Object TotalSeconds`,
      );
    case 'hyperv':
      return powershell(
        'PowerShell of one host',
        ps`Measure-Command { Move-ClusterVirtualMachineRole -Name ${vm.name} -Node ${other} -MigrationType Live } | Select-Object TotalSeconds`,
      );
    case 'xenserver':
      return shell('Shell of the pool master', sh`time xe vm-migrate vm=${vm.name} host=${other} live=true`);
    case 'proxmox':
      return shell('Shell of the node where it runs', sh`time qm migrate ____ ${other} --online   # id of ${vm.name}`);
    case 'kvm':
      return shell(
        'Shell of the host where it runs',
        sh`time virsh migrate --live --domain=${vm.name} --desturi=${other === undefined ? undefined : `qemu+ssh://${other}/system`}`,
      );
    default:
      return [];
  }
}

const seconds = (value: number | undefined): string | undefined =>
  value === undefined
    ? undefined
    : value < 1
      ? 'below 1 s'
      : value >= 300
        ? `${Math.round(value / 6) / 10} min`
        : `${Math.ceil(value)} s`;

export const liveMigration = defineTask({
  id: 'acceptance/live-migration',
  phase: 'acceptance',
  title: 'Live migration of each VM',
  role: 'commissioning engineer',
  record: 'duration there and back, lost pings, what the client showed',
  expected: 'about the estimate, at most one lost ping, the client notices nothing.',
  intro:
    'There and back, with a ping every 100 ms and a client open. The estimate is the memory over the link without what changes meanwhile: a busy VM takes longer. At most one ping is lost.',
  columns: ['VM', 'Between', 'Memory', 'Link', 'Estimate'],
  blanks: ['There', 'Back', 'Lost pings'],
  closes: ['MIG001', 'MIG009', 'MIG010'],
  *items(model) {
    for (const vm of model.all('vm')) {
      const place = placementOf(vm, model);
      if (place.migrates === false || place.hosts.length < 2) continue;
      const hosts = place.hosts.flatMap((each) => model.find('host', each) ?? []);
      const link = migrationLink(hosts, model);
      yield {
        subject: vm,
        what: [
          [code(vm.name)],
          names(hosts, 4),
          only(size(vm.props.memory)),
          only(rate(link)),
          only(seconds(migrationSeconds(vm.props.memory, link))),
        ],
        commands: moveCommand(vm, place.hosts, model),
      };
    }
  },
});

export const isolation = defineTask({
  id: 'acceptance/isolation',
  phase: 'acceptance',
  title: 'A host is cut off',
  role: 'commissioning engineer',
  record: 'events of the cluster, on which hosts each VM ran',
  closes: ['CLU008', 'CLU009', 'CLU025'],
  *items(model) {
    for (const cluster of model.all('cluster')) {
      if (stateOf(cluster, model).ha === false) continue;
      const [host] = hostsOf(cluster, model);
      if (!host || hostsOf(cluster, model).length < 2) continue;
      const management = vmkernelsFor(host, 'management')[0];
      const uplinks = management ? uplinksOf(management, host, model) : undefined;
      const nics = uplinks?.known ? [...uplinks.active, ...uplinks.standby] : [];
      const response = cluster.props.ha?.['isolation-response'];
      const words = {
        none: 'its VMs keep running',
        shutdown: 'its VMs are shut down and start elsewhere',
        'power-off': 'its VMs are switched off and start elsewhere',
      } as const;
      yield {
        subject: cluster,
        part: 'isolation',
        prop: 'ha',
        what: say`Cut the management network of one host of ${called(cluster, model)}, ${code(host.name)} for example: pull ${names(nics)}.`,
        expected: say`Within about 30 s, ${response === undefined ? undefined : words[response]}; no VM runs twice. Back in: no VM moves without need.`,
      };
      const votes = hostsOf(cluster, model).length;
      const product = productOf(cluster, model);
      if (cluster.props.witness !== undefined || product === 'proxmox' || product === 'hyperv') {
        yield {
          subject: cluster,
          part: 'witness',
          prop: 'witness',
          what: say`Take the third vote of ${called(cluster, model)} away (${cluster.props.witness}), then give it back.`,
          expected: say`${count(votes, 'host')} stay quorate, no VM moves, an alarm arrives.`,
        };
      }
    }
  },
});

export const load = defineTask({
  id: 'acceptance/load',
  phase: 'acceptance',
  title: 'Full load with one host down',
  role: 'commissioning engineer',
  record: 'CPU, memory, IOPS, latency and network over an hour, as a graph',
  closes: ['CLU003', 'VMX024'],
  *items(model) {
    for (const cluster of model.all('cluster')) {
      const failures = failuresToTolerate(cluster);
      const memory = leftAfter(capacityOf(cluster, model), 'memory', failures);
      const cores = leftAfter(capacityOf(cluster, model), 'cores', failures);
      const vms = vmsOf(cluster, model);
      const used = vms.reduce((sum, vm) => sum + (vm.props.memory ?? 0), 0);
      const vcpus = vms.reduce((sum, vm) => sum + (vm.props.vcpu ?? 0), 0);
      const ratio = cores && cores.left > 0 ? `${Math.round((vcpus / cores.left) * 10) / 10} vCPU a core` : undefined;
      if (vms.length === 0) continue;
      yield {
        subject: cluster,
        part: 'load',
        what: say`Run ${called(cluster, model)} at the peak of its day with ${count(failures, 'host')} in maintenance.`,
        detail: [
          say`By the design: ${size(used)} of memory on ${memory ? size(memory.left) : undefined}, ${vcpus} vCPU on ${cores?.left} cores (${ratio})`,
        ],
        expected: say`CPU below 80 %, no swapping and no ballooning, CPU ready below 5 %, latency of the storage below 20 ms; the screens are as fast as before. Measured: ${undefined}`,
      };
    }
  },
});

export const faultTolerance = defineTask({
  id: 'acceptance/ft',
  phase: 'acceptance',
  title: 'Fault tolerance',
  role: 'commissioning engineer',
  record: 'lost pings, state of the secondary after the test',
  closes: ['FT001', 'FT002', 'FT018', 'FT019'],
  *items(model) {
    for (const vm of model.all('vm').filter(ftOn)) {
      const product = productOf(vm, model);
      const hosts = placementOf(vm, model).hosts;
      yield {
        subject: vm,
        part: 'ft',
        prop: 'ft',
        what: say`Take the host of the primary of ${called(vm, model)} away.`,
        expected: both(
          say`0 s: the secondary goes on, no ping and no value is lost${hosts.length > 2 && product === 'esxi' ? '; a new secondary starts on a third host' : ''}`,
          say`a fault of the guest itself is not masked. Measured: ${undefined}`,
        ),
      };
    }
  },
});
