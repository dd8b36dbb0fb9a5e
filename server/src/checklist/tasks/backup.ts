/** Backup and recovery: jobs, what they miss, configurations, the order of recovery, the spare that stands by. */

import { hypervisorName } from '../../facts/hardware.ts';
import { productOf } from '../../facts/placement.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { alikeHosts, forAll, them, vmHosts } from '../alike.ts';
import { type Command, powercli, powershell, ps, sh, shell } from '../command.ts';
import { startWaves } from '../derive/order.ts';
import { wholeDesign } from '../derive/whole.ts';
import { called, count, duration, type Product, productOfHost, size } from '../show.ts';
import { defineTask } from '../task.ts';
import { both, codes, joined, only, say, type Text } from '../text.ts';

type Backup = Entity<'backup'>;
type Vm = Entity<'vm'>;

const methods = {
  image: 'images of whole VMs',
  agent: 'agents in the guests',
  host: 'backup of the host with its VMs',
  snapshot: 'snapshots only, which is no backup',
} as const;

const coveredVms = (job: Backup, model: Model): readonly Vm[] => model.resolveAll(job.props.vms, job, 'vm');
const coveredHosts = (job: Backup, model: Model): readonly Entity<'host' | 'physical'>[] =>
  model.resolveAll(job.props.hosts, job, 'host', 'physical');

/** What a job covers, in words. */
function coverText(job: Backup, model: Model): Text {
  const vms = coveredVms(job, model).map((vm) => vm.name);
  const hosts = coveredHosts(job, model).map((host) => host.name);
  if (vms.length === 0 && hosts.length === 0) return only(undefined);
  return both(vms.length > 0 ? codes(vms) : [], hosts.length > 0 ? say`host ${codes(hosts)}` : [], ' and ');
}

/** Machines of databases and directories: their backup has to tell the application. */
function sensitive(vms: readonly Vm[], model: Model): readonly string[] {
  const machines = model
    .all('service')
    .flatMap((service) => [
      ...model.resolveAll(service.props.database?.on, service, 'vm'),
      ...model.resolveAll(service.props['active-directory']?.controllers, service, 'vm'),
    ]);
  return vms.filter((vm) => machines.includes(vm)).map((vm) => vm.name);
}

const jobs = defineTask({
  id: 'backup/job',
  phase: 'backup',
  title: 'Backup jobs',
  role: 'backup administrator',
  record: 'log of a full and of an incremental run, size and duration',
  closes: ['BKP002', 'BKP003', 'BKP004', 'BKP007', 'BKP009'],
  *items(model) {
    for (const job of model.all('backup')) {
      const { every, keep, to, copy, method, tool, 'application-aware': aware } = job.props;
      const told = sensitive(coveredVms(job, model), model);
      yield {
        subject: job,
        what: say`Set up job ${called(job, model)} with ${tool}: ${coverText(job, model)}, every ${duration(every)}.`,
        detail: [
          say`Method: ${method === undefined ? undefined : methods[method]}; to ${
            to === undefined || to.length === 0
              ? undefined
              : joined(
                  to.map((place) => only(place)),
                  ', ',
                  ' and ',
                )
          }; kept for ${duration(keep)}`,
          say`Further copy: ${copy ? say`${copy.kind} ${copy.where}` : undefined}. Three copies, two kinds of media, one in another place`,
          ...(told.length > 0 || aware !== undefined
            ? [
                say`Application-aware (VSS): ${aware === undefined ? undefined : aware ? 'yes' : 'no'}${told.length > 0 ? say`; it matters for ${codes(told)}` : ''}`,
              ]
            : []),
          say`Report by mail to ${undefined}; encryption key kept at ${undefined}`,
        ],
        expected: say`Two runs without an error, within ${undefined} h.`,
      };
    }
  },
});

const uncovered = defineTask({
  id: 'backup/uncovered',
  phase: 'backup',
  title: 'Not in any backup job',
  role: 'project lead',
  record: 'decision, with the name of the owner',
  expected: 'a decision, signed.',
  closes: ['BKP001'],
  *items(model) {
    const covered = new Set<Entity>(
      model.all('backup').flatMap((job) => [...coveredVms(job, model), ...coveredHosts(job, model)]),
    );
    const hostsCovered = (vm: Vm): boolean =>
      model
        .all('backup')
        .some(
          (job) =>
            job.props.method === 'host' &&
            coveredHosts(job, model).some((host) => model.resolve(vm.props.on, vm, 'host') === host),
        );
    const left = [
      ...model.all('vm').filter((vm) => !covered.has(vm) && !hostsCovered(vm)),
      ...model.all('physical').filter((machine) => !covered.has(machine) && machine.props['standby-for'] === undefined),
    ];
    for (const machine of left) {
      const source = model.all('migration').some((move) => model.resolve(move.props.from, move, 'physical', 'vm') === machine);
      yield {
        subject: machine,
        what: say`Decide about ${called(machine, model)}, which no job covers${source ? ' (until it has been moved)' : ''}: put it into job ${undefined}, or without backup because ${undefined}.`,
      };
    }
  },
});

// ── configurations ────────────────────────────────────────────────────────────────────────────────────────────────────

function configCommand(hosts: readonly Entity<'host'>[], model: Model): readonly Command[] {
  switch (hosts[0] && productOfHost(hosts[0])) {
    case 'esxi':
      return powercli(ps`${vmHosts(hosts, model)} | Get-VMHostFirmware -BackupConfiguration -DestinationPath ____`);
    case 'hyperv':
      return powershell('PowerShell of each host', ps`wbadmin.exe start systemstatebackup -backupTarget:____`);
    case 'xenserver':
      return shell(
        'Shell of the pool master',
        sh`xe pool-dump-database file-name=____`,
        sh`xe host-backup host=____ file-name=____`,
      );
    case 'proxmox':
      return shell('Shell of each host', sh`tar --create --gzip --file=____ /etc/pve /etc/network/interfaces /etc/corosync`);
    case 'kvm':
      return shell('Shell of each host', sh`tar --create --gzip --file=____ /etc/libvirt /etc/NetworkManager/system-connections`);
    default:
      return [];
  }
}

const configurations = defineTask({
  id: 'backup/configuration',
  phase: 'backup',
  title: 'Configurations',
  role: 'virtualization engineer',
  record: 'files with their checksums, in two places',
  expected: 'a file that has been opened and read once.',
  closes: ['BKP005'],
  *items(model) {
    for (const group of alikeHosts(model, () => '')) {
      const product = productOfHost(group.first);
      if (product === undefined) continue;
      yield {
        ...forAll(group),
        what: say`Save the configuration of ${them(group.members)} (${hypervisorName(product)}), and again after every change; to ${undefined}.`,
        commands: configCommand(group.members, model),
      };
    }
    const devices = [...model.all('switch'), ...model.all('router'), ...model.all('array'), ...model.all('usbhub')];
    const [first] = devices;
    if (first) {
      yield {
        subject: first,
        scope: 'devices',
        what: say`Save the configuration of the network and storage devices off the devices, to ${undefined}.`,
        members: devices.map((device) => device.name),
      };
    }
  },
});

// ── recovery ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const recoveryOrder = defineTask({
  id: 'backup/recovery',
  phase: 'backup',
  title: 'Recovery plan',
  role: 'project lead',
  record: 'the plan on paper, in two places; date of the last exercise',
  closes: ['DRP003', 'DRP007'],
  *items(model) {
    const subject = wholeDesign(model);
    if (!subject || model.all('vm').length === 0) return;
    const dongles = model.all('license').flatMap((license) => (license.props.hardkey ? [license.name] : []));
    const softkeys = model.all('license').flatMap((license) => (license.props.softkey ? [license.name] : []));
    const arrays = model.all('array').map((array) => array.name);
    const switches = model.all('switch').map((device) => device.name);
    const first = [
      ...(switches.length > 0 ? [say`network ${codes(switches)}`] : []),
      ...(arrays.length > 0 ? [say`storage ${codes(arrays)}`] : []),
      say`${model.all('host').length === 1 ? 'host' : 'hosts'} ${codes(model.all('host').map((host) => host.name))}`,
    ];
    yield {
      subject,
      scope: 'design',
      what: say`Write the recovery plan after the loss of everything, with a name and a telephone number for each step.`,
      detail: [
        say`Step 1: power, then ${joined(first)}`,
        ...startWaves(model).map(
          (wave, at) =>
            say`Step ${at + 2}: ${wave.length === 1 ? 'VM' : 'VMs'} ${codes(wave.map((vm) => vm.name))}; owner ${undefined}`,
        ),
        ...(dongles.length > 0 ? [say`Dongles ${codes(dongles)} are lost too: others from ${undefined}`] : []),
        ...(softkeys.length > 0
          ? [say`Softkeys ${codes(softkeys)} on other hardware: again from the vendor, telephone ${undefined}`]
          : []),
        say`Hardware until the repair: ${undefined}; images, keys and this list are kept at ${undefined}`,
      ],
      expected: say`Rehearsed on ${undefined}; took ${undefined} h.`,
    };
  },
});

export const standby = defineTask({
  id: 'backup/standby',
  phase: 'backup',
  title: 'Spare computers that stand by',
  role: 'backup administrator',
  record: 'what fits, the day of the last try',
  expected: 'ready to take over, as tried at the acceptance.',
  *items(model) {
    for (const machine of model.all('physical')) {
      const targets = model.resolveAll(machine.props['standby-for'], machine, 'host', 'physical', 'vm');
      if (targets.length === 0) continue;
      const hosts = targets.filter((target) => is(target, 'host'));
      const vms = model
        .all('vm')
        .filter((vm) => targets.includes(vm) || hosts.some((host) => model.resolve(vm.props.on, vm, 'host') === host));
      const needed = vms.reduce((sum, vm) => sum + (vm.props.memory ?? 0), 0);
      const runs = machine.props.runs;
      const native = [...new Set(vms.map((vm) => productOf(vm, model)))][0];
      yield {
        subject: machine,
        prop: 'standby-for',
        part: 'standby',
        what: say`Prepare ${called(machine, model)} to take over from ${codes(targets.map((target) => target.name))}.`,
        detail: [
          say`Runs ${runs === undefined ? undefined : runs === native ? hypervisorName(native as Product) : runs}; memory ${size(machine.props.memory)}, the ${count(vms.length, 'VM')} ${codes(vms.map((vm) => vm.name))} want ${size(needed)}${machine.props.memory !== undefined && needed > machine.props.memory * 0.8 ? say`: not all fit at once; these go first: ${undefined}` : ''}`,
          say`Free disk space ${undefined}; reaches the backup at ${undefined}; virtual switches with the same labels`,
          say`Updated and started at least every three months; kept at ${undefined}`,
        ],
      };
    }
  },
});

export const backup = [jobs, uncovered, configurations, recoveryOrder, standby];
