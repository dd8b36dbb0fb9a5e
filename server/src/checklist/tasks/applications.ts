/** Application redundancy: what each service needs to take over from itself, and what it needs from others. */
import { hypervisorName } from '../../facts/hardware.ts';
import { e3Licences } from '../../facts/licences.ts';
import { antiAffinityOf, placementOf, productOf, separated } from '../../facts/placement.ts';
import { databaseMachines, e3Servers, isNativeE3, machinesOf, redundantSets, type Service } from '../../facts/services.ts';
import { poolsOf } from '../../facts/storage.ts';
import { type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import { type Command, powershell, ps } from '../command.ts';
import { duration, name, refText, span } from '../show.ts';
import { defineTask } from '../task.ts';
import { code, codes, say, type Text } from '../text.ts';

const names = (machines: readonly { readonly name: string }[]): Text => codes(machines.map((machine) => machine.name));

const refs = (list: readonly { readonly ref: readonly string[] }[] | undefined): readonly string[] => (list ?? []).map((ref) => refText(ref) ?? '');

/** What keeps two machines apart, in words for the one who checks it. */
function apartText(a: Entity, b: Entity, model: Model): Text {
  if (!(is(a, 'vm') || is(a, 'physical')) || !(is(b, 'vm') || is(b, 'physical'))) return say`${name(a)} and ${name(b)}`;
  const how = separated(a, b, model);
  const rule = is(a, 'vm') && is(b, 'vm') ? antiAffinityOf(a, b, model)[0] : undefined;
  const words = {
    hosts: 'never on one host', must: 'kept apart by a rule that must hold', should: 'kept apart by a rule that may be broken', placed: 'placed on different hosts; HA may bring them together',
    no: 'nothing keeps them apart: clear this first', together: 'on one host: clear this first', unknown: undefined,
  } as const;
  return say`${name(a)} and ${name(b)}: ${words[how]}${rule && rule.name !== '' ? say` (${code(rule.name)})` : ''}`;
}

// ── Elipse E3 and Power ───────────────────────────────────────────────────────────────────────────────────────────────

function e3Steps(service: Service, model: Model): readonly Text[] {
  const domain = service.props['e3-domain'];
  const servers = e3Servers(service, model);
  const [main, ...others] = servers;
  const unlicensed = servers.filter((server) => model.lookup(e3Licences, `for ${idOf(server)}`).length === 0);
  const files = domain?.['project-files'];
  const fileWords = { dfs: 'replicated by DFS (project files only, never the database)', copy: 'copied to each server', share: 'on one network share' } as const;
  return [
    say`The same version and patch on ${names(servers)}: ${domain?.version}`,
    ...(unlicensed.length > 0 ? [say`A server licence for each; the design has none for ${names(unlicensed)}: ${undefined}`] : [say`A server licence for each, installed`]),
    ...others.map((other) => (main ? apartText(main, other, model) : [])),
    say`Domain file on all servers, main server ${code(main?.name)}`,
    say`Project files and libraries (PRJ, LIB): ${files === undefined ? undefined : fileWords[files]}`,
    say`Hands-Off mode: ${domain?.['hands-off'] === undefined ? undefined : domain['hands-off'] ? 'on (E3 4.5 and later)' : 'off'}`,
    ...(isNativeE3(service, model) ? [say`Integrity address that both servers ping: ${code(domain?.['integrity-address'])}`] : []),
    say`Copying of the historical database by E3: ${domain?.['database-sync'] === undefined ? undefined : domain['database-sync'] ? 'on' : 'off (the database lies on shared storage)'}`,
    ...((domain?.studio ?? []).length > 0 ? [say`E3 Studio on ${codes(refs(domain?.studio))}`] : []),
  ];
}

export const e3Domains = defineTask({
  id: 'applications/e3-domain',
  phase: 'applications',
  title: 'Elipse E3 and Power domains',
  role: 'OT engineer',
  record: 'state of both servers in E3 Admin, versions, domain file',
  closes: ['SCD001', 'SCD002', 'SCD003', 'SCD005', 'SCD006', 'SCD009', 'SCD010', 'LIC007'],
  *items(model) {
    for (const service of model.all('service')) {
      const domain = service.props['e3-domain'];
      if (!domain) continue;
      const product = service.props['power-domain'] === true ? 'Elipse Power' : 'Elipse E3';
      yield {
        subject: service,
        prop: 'e3-domain',
        part: 'e3',
        what: say`Set up the ${product} domain of ${code(service.name)} on ${names(e3Servers(service, model))}${isNativeE3(service, model) ? ' with hot standby' : ''}.`,
        detail: e3Steps(service, model),
        expected: isNativeE3(service, model) ? say`One server is active, the other in standby; the switchover takes ${domain.switchover ? span(domain.switchover) : '2 s to 30 s (typical; measure it)'}.` : say`The domain runs on its one server.`,
      };
    }
  },
});

export const plantManagers = defineTask({
  id: 'applications/plant-manager',
  phase: 'applications',
  title: 'Elipse Plant Manager',
  role: 'OT engineer',
  record: 'version, state of the interface servers, a value of each source',
  closes: ['SCD014', 'SCD015', 'SCD016', 'SCD017', 'DBS003', 'DBS007'],
  *items(model) {
    for (const service of model.all('service')) {
      const epm = service.props['plant-manager'];
      if (!epm) continue;
      yield {
        subject: service,
        prop: 'plant-manager',
        part: 'epm',
        what: say`Install Elipse Plant Manager ${epm.version} on ${code(refText(epm.server))}, database on ${code(refText(epm.database))}.`,
        detail: [
          say`Database files on ${code(refText(epm.data))}, log files on ${code(refText(epm.log))}: two volumes`,
          say`Interface servers at the sources, with their own buffers: ${codes(refs(epm.interfaces))}`,
          say`The database starts before the server`,
        ],
        expected: say`After ten minutes without the server, the values of that time arrive from the buffers.`,
      };
    }
  },
});

// ── databases ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const databaseNames = { 'sql-server': 'Microsoft SQL Server', oracle: 'Oracle Database', postgresql: 'PostgreSQL', mysql: 'MySQL or MariaDB' } as const;

/** Two volumes, and whether they share their disks. */
function volumeText(service: Service, model: Model): Text {
  const database = service.props.database;
  const pools = (list: readonly { readonly ref: readonly string[] }[] | undefined): readonly string[] =>
    model.resolveAll(list, service, 'datastore').flatMap((store) => poolsOf(store, model).map((pool) => pool.name));
  const shared = pools(database?.data).filter((pool) => pools(database?.log).includes(pool));
  return say`Data files on ${codes(refs(database?.data))}, transaction log on ${codes(refs(database?.log))}${shared.length > 0 ? say`; both lie on the disks of ${codes([...new Set(shared)])}` : ''}`;
}

export const databases = defineTask({
  id: 'applications/database',
  phase: 'applications',
  title: 'Databases',
  role: 'OT engineer',
  record: 'version, paths of the files, result of a consistency check',
  closes: ['DBS001', 'DBS002', 'DBS004', 'DBS006'],
  *items(model) {
    for (const service of model.all('service')) {
      const { database } = service.props;
      if (!database) continue;
      const machines = databaseMachines(service, model);
      const vm = machines.find((machine) => is(machine, 'vm'));
      const product = vm && productOf(vm, model);
      yield {
        subject: service,
        prop: 'database',
        part: 'database',
        what: say`Install ${database.product === undefined ? undefined : databaseNames[database.product]} ${database.version} on ${names(machines)} (service ${code(service.name)}).`,
        detail: [
          volumeText(service, model),
          say`Memory limit of the database ${undefined}; maintenance plan; accounts with the rights that they need and no more`,
          ...(database.product === 'oracle' && product !== undefined && product !== 'oraclevm' ? [say`Statement of Oracle’s support for ${hypervisorName(product)} is on file`] : []),
        ],
        expected: say`Values of the plant are written and read back; the log does not grow over a backup.`,
      };
    }
  },
});

// ── guest clusters, directories, files ────────────────────────────────────────────────────────────────────────────────

const clusterCheck = (nodes: readonly string[]): readonly Command[] => powershell('PowerShell of one node', ps`Test-Cluster -Node ${nodes}`, ps`(Get-Cluster).SameSubnetThreshold; (Get-Cluster).SameSubnetDelay`);

export const guestClusters = defineTask({
  id: 'applications/failover-cluster',
  phase: 'applications',
  title: 'Failover clusters in VMs',
  role: 'OT engineer',
  record: 'report of the validation, owner of each role',
  closes: ['GCL001', 'GCL002', 'GCL003', 'GCL005', 'GCL009'],
  *items(model) {
    for (const service of model.all('service')) {
      const cluster = service.props['failover-cluster'];
      if (!cluster) continue;
      const nodes = model.resolveAll(cluster.nodes, service, 'vm', 'physical');
      const [first, ...others] = nodes;
      yield {
        subject: service,
        prop: 'failover-cluster',
        part: 'cluster',
        what: say`Make the failover cluster of ${code(service.name)} from ${names(nodes)}.`,
        detail: [
          say`Shared disks ${codes(refs(cluster.shared))}, heartbeat in ${code(refText(cluster.heartbeat))}, witness ${cluster.witness}`,
          ...others.map((other) => (first ? apartText(first, other, model) : [])),
          say`Missed heartbeats that are tolerated: 10 at 1 s in one subnet, 20 where the nodes are migrated while they run`,
        ],
        expected: say`Validation without errors; each role has run on each node.`,
        commands: clusterCheck(nodes.map((node) => node.name)),
      };
    }
  },
});

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
        commands: powershell('PowerShell of a domain controller', ps`dcdiag.exe /q`, ps`repadmin.exe /replsummary`, ps`w32tm.exe /query /status`),
      };
    }
  },
});

/** Services that are nothing of the above, or that have more to be told. */
const modes = { single: 'runs once', 'active-standby': 'a second one takes over', 'active-active': 'several share the work', ft: 'masked by fault tolerance' } as const;

export const services = defineTask({
  id: 'applications/service',
  phase: 'applications',
  title: 'Services',
  role: 'OT engineer',
  record: 'who has checked what, on which screens',
  intro: 'The objective is what the acceptance tests are measured against.',
  columns: ['Service', 'Runs on', 'How', 'Needs', 'Availability', 'May be away', 'May lose', 'If a host fails'],
  closes: ['CLU036', 'CLU037', 'SCD012'],
  *items(model) {
    for (const service of model.all('service')) {
      const { objective, mode } = service.props;
      const machines = machinesOf(service, model);
      const needs = model.resolveAll(service.props.needs, service, 'service').map((other) => other.name);
      const how = mode === undefined ? (redundantSets(service, model).length > 0 ? 'a second one takes over' : undefined) : modes[mode];
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
export function failureText(service: Service, machines: ReturnType<typeof machinesOf>, model: Model): string {
  const domain = service.props['e3-domain'];
  if (isNativeE3(service, model)) return `switchover, ${domain?.switchover ? span(domain.switchover) : '2 s to 30 s'}`;
  const vms = machines.filter((machine) => is(machine, 'vm'));
  if (vms.length > 0 && vms.every((vm) => placementOf(vm, model).ft)) return 'nothing (FT)';
  if (redundantSets(service, model).length > 0) return 'the other one takes over';
  if (vms.length > 0 && vms.every((vm) => placementOf(vm, model).ha === true)) return 'restart by HA, 30 s to 60 s and the start of the guest';
  return vms.length > 0 && vms.some((vm) => placementOf(vm, model).ha === undefined && placementOf(vm, model).cluster !== undefined) ? '____' : 'until the host is repaired, or the backup is restored';
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

export const applications = [e3Domains, plantManagers, databases, guestClusters, directories, fileServers, services];
