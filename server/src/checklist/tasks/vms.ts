/** Virtual machines: making each as the design has it, and what it needs before the application goes on. */
import { licensedMachines } from '../../facts/licences.ts';
import { networkOf, portgroupsOf } from '../../facts/network.ts';
import { candidateHosts, clusterOf, homeHost, productOf } from '../../facts/placement.ts';
import { childrenOf, type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { type Command, powercli, powershell, ps, sh, shell } from '../command.ts';
import { vmCommand } from '../commands/vm.ts';
import { startWaves } from '../derive/order.ts';
import { tagText } from '../derive/tagging.ts';
import { addressText, called, count, duration, refText, size, vlanText } from '../show.ts';
import { defineTask } from '../task.ts';
import { both, code, codes, joined, nothing, say, type Text } from '../text.ts';

type Vm = Entity<'vm'>;

/** VMs whose licence is bound to their adapter. */
const isLicensed = (vm: Vm, model: Model): boolean =>
  model.all('license').some((license) => license.props.softkey !== undefined && licensedMachines(license, model).includes(vm));

function placeText(vm: Vm, model: Model): Text {
  const cluster = clusterOf(vm, model);
  const home = homeHost(vm, model);
  if (cluster) return say`in cluster ${code(cluster.name)}${home ? say`, on ${code(home.name)}` : ''}`;
  return say`on ${code(home?.name ?? refText(vm.props.on))}`;
}

const diskLine = (disk: Entity<'disk'>): Text => {
  const { size: bytes, on, purpose, format, controller, shared } = disk.props;
  const more = [
    purpose,
    format,
    controller === undefined ? undefined : `controller ${controller}`,
    shared === true ? 'shared' : undefined,
  ].filter((part) => part !== undefined);
  return say`Disk ${/^(?:disk\d+)?$/.test(disk.name) ? '' : say`${code(disk.name)} `}${size(bytes)} on ${code(refText(on))}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
};

function nicLine(nic: Entity<'nic'>, vm: Vm, model: Model): Text {
  const [group] = portgroupsOf(nic, model);
  const vlan = group ? tagText(group, model) : vlanText(networkOf(nic, model)?.props.vlan);
  const mac =
    nic.props.mac === undefined
      ? isLicensed(vm, model)
        ? say`, static MAC ${undefined} (the licence is bound to it)`
        : nothing
      : say`, MAC ${code(nic.props.mac)}`;
  return say`Adapter ${code(nic.name)} on ${code(refText(nic.props.on))}${vlan === undefined ? '' : ` (${vlan})`}, ${nic.props.adapter ?? adapterDefault(vm, model)}, address ${code(addressText(nic, model))}${mac}`;
}

/** The paravirtual adapter of the hypervisor, where the design does not say which. */
const adapterDefault = (vm: Vm, model: Model): string => {
  const words: Readonly<Record<string, string>> = {
    esxi: 'vmxnet3',
    hyperv: 'synthetic adapter',
    kvm: 'virtio',
    proxmox: 'virtio',
    oraclevm: 'paravirtual',
    nutanix: 'virtio',
  };
  return words[productOf(vm, model) ?? ''] ?? 'paravirtual adapter';
};

/** Whether a VM is larger than one socket of a host that it may run on. */
function numaLine(vm: Vm, model: Model): readonly Text[] {
  const { vcpu } = vm.props;
  const cores = candidateHosts(vm, model).flatMap((host) => host.props.cpu?.cores ?? []);
  const least = cores.length === 0 ? undefined : Math.min(...cores);
  return vcpu === undefined || least === undefined || vcpu <= least
    ? []
    : [say`${vcpu} vCPU do not fit one socket (${least} cores): divide them evenly, no CPU hot add`];
}

const amounts = (resource: Vm['props']['reservation']): string =>
  [
    resource?.memory === undefined ? '' : `memory ${size(resource.memory)}`,
    resource?.cpu === undefined ? '' : `CPU ${resource.cpu / 1e9} GHz`,
  ]
    .filter((part) => part !== '')
    .join(', ');

function settings(vm: Vm, model: Model): readonly Text[] {
  const {
    hardware,
    generation,
    firmware,
    reservation,
    limit,
    passthrough,
    'hot-add': hotAdd,
    'cpu-affinity': affinity,
    zone,
  } = vm.props;
  const hard = [
    hardware === undefined ? undefined : `hardware version ${hardware}`,
    generation === undefined ? undefined : `generation ${generation}`,
    firmware === undefined ? undefined : firmware.toUpperCase(),
  ].filter((part) => part !== undefined);
  return [
    ...(hard.length > 0 ? [say`Virtual hardware: ${hard.join(', ')}`] : []),
    ...(reservation ? [say`Reserved: ${amounts(reservation)}`] : []),
    ...(limit ? [say`Limited to: ${amounts(limit)}`] : []),
    ...(passthrough ? [say`Passed through: ${codes(passthrough)}`] : []),
    ...(hotAdd ? [say`Hot add: ${hotAdd.join(', ')}`] : []),
    ...(affinity === undefined ? [] : [say`Bound to cores ${affinity}`]),
    ...(zone === undefined ? [] : [say`Zone ${zone}`]),
    ...numaLine(vm, model),
  ];
}

export const deploy = defineTask({
  id: 'vms/deploy',
  phase: 'vms',
  title: 'Making the VMs',
  role: 'virtualization engineer',
  record: 'screenshot of the settings; version of the tools; the result of the load test',
  intro:
    'In the order in which they start later. In each: guest tools or integration services, updates, page file on the system disk, no CD connected, no sleep, time from one source only, member of its domain, antivirus exceptions as the application’s vendor asks.',
  closes: ['VMX001', 'VMX012', 'VMX018', 'VMX020', 'ADR015', 'ADT007'],
  *items(model) {
    for (const vm of startWaves(model).flat()) {
      const { os, vcpu, memory, tools } = vm.props;
      const nics = childrenOf(vm, 'nic');
      const disks = childrenOf(vm, 'disk');
      const move = model.all('migration').find((each) => model.resolve(each.props.to, each, 'vm') === vm);
      yield {
        subject: vm,
        what: say`${move ? 'Prepare' : 'Make'} ${called(vm, model)} ${placeText(vm, model)}${move ? say`, for the move of ${code(refText(move.props.from))} below` : ''}: ${os}, ${vcpu} vCPU, ${size(memory)} of memory.`,
        detail: [
          ...(disks.length > 0 ? disks.map(diskLine) : [say`Disk ${undefined} on ${undefined}`]),
          ...(nics.length > 0 ? nics.map((nic) => nicLine(nic, vm, model)) : [say`Adapter ${undefined} on ${undefined}`]),
          ...settings(vm, model),
        ],
        expected:
          tools === 'none'
            ? say`Runs without guest tools, as the design wants it; reaches its network.`
            : say`Tools run (${tools === undefined || tools === 'installed' ? say`version ${undefined}` : `version ${tools}`}); no warning in the manager; the addresses answer.`,
        commands: move ? [] : vmCommand(vm, productOf(vm, model), model),
      };
    }
  },
});

// ── P2V and V2V ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Domain controllers, and systems that do not stay consistent while they are copied. */
const wantsOffline = (source: Entity<'physical'> | Vm, model: Model): boolean =>
  !/windows/iu.test(source.props.os ?? 'windows') ||
  /windows.*2000/iu.test(source.props.os ?? '') ||
  model
    .all('service')
    .some((service) =>
      model
        .resolveAll(service.props['active-directory']?.controllers, service, 'vm', 'physical')
        .some((machine) => machine === source),
    );

export const migrations = defineTask({
  id: 'vms/migration',
  phase: 'vms',
  title: 'Moves into VMs (P2V, V2V)',
  role: 'virtualization engineer',
  record: 'start and end of the outage, list of checks by the owner of the application',
  closes: ['P2V001', 'P2V003', 'P2V005', 'P2V006'],
  *items(model) {
    for (const move of model.all('migration')) {
      const { tool, mode, window, on, rollback, peaks } = move.props;
      const source = model.resolve(move.props.from, move, 'physical', 'vm');
      const offline = source && wantsOffline(source, model);
      yield {
        subject: move,
        what: say`Move ${code(source?.name ?? refText(move.props.from))} into ${code(refText(move.props.to))} with ${tool}, ${mode}, on ${on}, within ${duration(window)}.`,
        detail: [
          say`Before: measured peaks ${peaks}; licences that are bound to the hardware; backup that has been restored once`,
          ...(offline === true && mode !== 'offline'
            ? [say`This source has to be copied offline (domain controller, or a system that cannot be copied while it runs)`]
            : []),
          say`Switch the source off, or off the network, before the VM starts: never both at once`,
          say`After: remove old drivers and the vendor’s agents, install the tools, one adapter with the old address ${source && is(source, 'physical') ? code(addressText(source, model)) : code(undefined)} or the new one`,
          say`Put the VM into the backup job, take the source out of it`,
          say`Way back: ${rollback}`,
        ],
        expected: say`The owner of the application has checked it; the source stays untouched until ${undefined}.`,
      };
    }
  },
});

export const snapshots = defineTask({
  id: 'vms/snapshots',
  phase: 'vms',
  title: 'Snapshots and leftovers',
  role: 'virtualization engineer',
  record: 'empty list',
  closes: ['VMX015', 'VMX021', 'MIG011'],
  *items(model) {
    const products = [...new Set(model.all('vm').map((vm) => productOf(vm, model)))];
    for (const product of products) {
      const vms = model.all('vm').filter((vm) => productOf(vm, model) === product);
      const [first] = vms;
      if (!first) continue;
      const kept = vms.filter((vm) => (vm.props.snapshots?.count ?? 0) > 0);
      const keep =
        kept.length === 0
          ? nothing
          : joined(
              kept.map(
                (vm) =>
                  say`${code(vm.name)} may keep ${vm.props.snapshots?.count}${vm.props.snapshots?.age === undefined ? '' : ` for ${duration(vm.props.snapshots.age)}`}`,
              ),
            );
      yield {
        subject: first,
        scope: `snapshots:${product ?? ''}`,
        prop: 'snapshots',
        what: say`Before the handover, remove snapshots and connected images from ${vms.length > 8 ? count(vms.length, 'VM') : codes(vms.map((vm) => vm.name))}.`,
        expected: both(say`No snapshot older than 72 hours, no CD connected`, keep),
        commands: snapshotCommand(product),
      };
    }
  },
});

function snapshotCommand(product: ReturnType<typeof productOf>): readonly Command[] {
  switch (product) {
    case 'esxi':
      return powercli(
        ps`Get-VM | Get-Snapshot | Select-Object VM, Name, Created, SizeGB`,
        ps`Get-VM | Get-CDDrive | Where-Object { $_.ConnectionState.Connected } | Select-Object Parent, IsoPath`,
      );
    case 'hyperv':
      return powershell(
        'PowerShell of each host',
        ps`Get-VM | Get-VMSnapshot`,
        ps`Get-VM | Get-VMDvdDrive | Where-Object { $_.Path }`,
      );
    case 'xenserver':
      return shell('Shell of the pool master', sh`xe snapshot-list params=name-label,snapshot-of,snapshot-time`);
    case 'proxmox':
      return shell(
        'Shell of each host',
        sh`qm list | awk 'NR>1 {print $1}' | while read -r id; do echo "VM $id"; qm listsnapshot "$id"; done`,
      );
    case 'kvm':
      return shell('Shell of each host', sh`for vm in $(virsh list --all --name); do virsh snapshot-list --domain="$vm"; done`);
    default:
      return [];
  }
}

export const vmTasks = [deploy, migrations, snapshots];
