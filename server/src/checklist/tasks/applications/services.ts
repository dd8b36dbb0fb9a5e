import { placementOf } from '../../../facts/placement.ts';
import { isNativeE3, machinesOf, redundantSets, type Service } from '../../../facts/services.ts';
import { is } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { powershell, ps } from '../../command.ts';
import { apartText } from '../../derive/apart.ts';
import { duration, names, span } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, codes, say } from '../../text.ts';

export const directories = defineTask({
  id: 'applications/directory',
  phase: 'applications',
  title: 'Active Directory',
  role: 'OT engineer',
  record: 'output of dcdiag and repadmin, source of time',
  closes: ['ADT001', 'ADT002', 'ADT003', 'ADT004', 'ADT007'],
  *items(model) {
    for (const service of model.all('service')) {
      const directory = service.props['active-directory'];
      if (!directory) continue;
      const controllers = model.resolveAll(directory.controllers, service, 'vm', 'physical');
      const [first, ...others] = controllers;
      yield {
        subject: service,
        prop: 'active-directory',
        part: 'directory',
        what: say`Set up domain ${code(directory.domain)} on ${names(controllers)}${controllers.length < 2 ? say`, and a second domain controller: ${undefined}` : ''}.`,
        detail: [
          ...others.map((other) => (first ? apartText(first, other, model) : [])),
          say`Time: the first controller takes it from ${undefined}, all others from the domain; time synchronization by the hypervisor is off for controllers`,
          say`No snapshots, no copies of running controllers; backup of the system state`,
          say`The hosts start without the domain: local accounts tried out`,
        ],
        expected: say`No errors; with one controller off, users and services still log on.`,
        commands: powershell(
          'PowerShell of a domain controller',
          ps`dcdiag.exe /q`,
          ps`repadmin.exe /replsummary`,
          ps`w32tm.exe /query /status`,
        ),
      };
    }
  },
});

/** Services that are nothing of the above, or that have more to be told. */
const modes = {
  single: 'runs once',
  'active-standby': 'a second one takes over',
  'active-active': 'several share the work',
  ft: 'masked by fault tolerance',
} as const;

export const services = defineTask({
  id: 'applications/service',
  phase: 'applications',
  title: 'Services',
  role: 'OT engineer',
  record: 'who has checked what, on which screens',
  expected: 'its users have worked with it.',
  intro: 'The objective is what the acceptance tests are measured against.',
  columns: ['Service', 'Runs on', 'How', 'Needs', 'Availability', 'May be away', 'May lose', 'If a host fails'],
  closes: ['CLU036', 'CLU037', 'SCD012'],
  *items(model) {
    for (const service of model.all('service')) {
      const { objective, mode } = service.props;
      const machines = machinesOf(service, model);
      const needs = model.resolveAll(service.props.needs, service, 'service').map((other) => other.name);
      const how =
        mode === undefined ? (redundantSets(service, model).length > 0 ? 'a second one takes over' : undefined) : modes[mode];
      const percent = objective?.availability;
      yield {
        subject: service,
        part: 'service',
        what: [
          [code(service.name)],
          names(machines),
          how === undefined ? (machines.length === 1 ? ['runs once'] : [{ gap: true }]) : [how],
          needs.length === 0 ? [] : codes(needs),
          percent === undefined ? [{ gap: true }] : say`${percent} % (${downtime(percent)} a year)`,
          [duration(objective?.rto) ?? { gap: true }],
          [duration(objective?.rpo) ?? { gap: true }],
          [failureText(service, machines, model)],
        ],
      };
    }
  },
});

/** 99.99 % of a year is 52.6 minutes. */
function downtime(percent: number): string {
  const seconds = ((100 - percent) / 100) * 365 * 86_400;
  if (seconds >= 5400) return `${Math.round(seconds / 360) / 10} h`;
  return seconds >= 90 ? `${Math.round(seconds / 6) / 10} min` : `${Math.round(seconds * 10) / 10} s`;
}

/** How long a service is away when the host under it fails, by what protects it. */
function failureText(service: Service, machines: ReturnType<typeof machinesOf>, model: Model): string {
  const domain = service.props['e3-domain'];
  if (isNativeE3(service, model)) return `switchover, ${domain?.switchover ? span(domain.switchover) : '2 s to 30 s'}`;
  const vms = machines.filter((machine) => is(machine, 'vm'));
  if (vms.length > 0 && vms.every((vm) => placementOf(vm, model).ft)) return 'nothing (FT)';
  if (redundantSets(service, model).length > 0) return 'the other one takes over';
  if (vms.length > 0 && vms.every((vm) => placementOf(vm, model).ha === true))
    return 'restart by HA, 30 s to 60 s and the start of the guest';
  return vms.length > 0 &&
    vms.some((vm) => placementOf(vm, model).ha === undefined && placementOf(vm, model).cluster !== undefined)
    ? '____'
    : 'until the host is repaired, or the backup is restored';
}

export const fileServers = defineTask({
  id: 'applications/files',
  phase: 'applications',
  title: 'File servers and vCenter',
  role: 'virtualization engineer',
  record: 'shares with their rights; address of the manager',
  *items(model) {
    for (const service of model.all('service')) {
      const files = service.props['file-server'];
      const machines = names(machinesOf(service, model));
      if (files) {
        yield {
          subject: service,
          prop: 'file-server',
          part: 'files',
          what: say`Set up the file server ${machines} (service ${code(service.name)}): shares ${codes(files.shares ?? [])}${files.dfs === true ? ', replicated by DFS' : ''}.`,
          expected: say`Rights checked with a user of each group${files.dfs === true ? say`; a file written on one server appears on the other within ${undefined}; no database lies on it` : ''}.`,
        };
      }
      if (service.props.vcenter === true) {
        yield {
          subject: service,
          prop: 'vcenter',
          part: 'vcenter',
          what: say`Put vCenter on ${machines} into service: certificate, time, backup by file to ${undefined}, account for emergencies.`,
          expected: say`All hosts are connected by name; HA goes on without vCenter (switch it off once).`,
        };
      }
    }
  },
});
