/** Acceptance of services: switchover, licences, restore, zones, and whether the objectives are met. */
import { hardkeyUsers, plugOf, softkeyUsers } from '../../facts/licences.ts';
import { psuCount, psuFeedNames } from '../../facts/power.ts';
import { e3Servers, isNativeE3, machinesOf, redundantSets } from '../../facts/services.ts';
import { childrenOf, type Entity } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import { called, duration, name, refText, size, span } from '../show.ts';
import { defineTask } from '../task.ts';
import { code, codes, only, say, type Text } from '../text.ts';

const names = (things: readonly { readonly name: string }[], most?: number): Text => codes(things.map((thing) => thing.name), most);

// ── switchover ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const switchover = defineTask({
  id: 'acceptance/switchover',
  phase: 'acceptance',
  title: 'Switchover of E3 and Power',
  role: 'OT engineer',
  record: 'time stamps of both servers and of a client, lost values and alarms',
  intro: 'At full load of drivers, alarms and screens. Each way on its own, then back.',
  columns: ['Service', 'How', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['SCD010', 'SCD001'],
  *items(model) {
    for (const service of model.all('service')) {
      if (!isNativeE3(service, model)) continue;
      const [main, standby] = e3Servers(service, model);
      const { switchover: stated } = service.props['e3-domain'] ?? {};
      const takes = say`${code(standby?.name)} active in ${stated ? span(stated) : '2 s to 30 s'}; alarms and historian go on`;
      const ways: readonly (readonly [string, Text])[] = [
        ['network', say`cut the network of ${code(main?.name)}`],
        ['activate', say`“Activate standby” in E3 Admin`],
        ['failure', say`stop the E3 server process on ${code(main?.name)} (ReportFailure)`],
        ['back', say`back to ${code(main?.name)}`],
      ];
      for (const [part, how] of ways) {
        yield { subject: service, part, prop: 'e3-domain', what: [[code(service.name)], how, part === 'back' ? say`the same time; no value is lost, no alarm comes twice` : takes] };
      }
    }
  },
});

export const otherPairs = defineTask({
  id: 'acceptance/pair',
  phase: 'acceptance',
  title: 'One machine of a pair fails',
  role: 'OT engineer',
  record: 'time until users work again, what they saw',
  closes: ['GCL001', 'ADT001', 'CLU015'],
  *items(model) {
    for (const service of model.all('service')) {
      for (const set of redundantSets(service, model)) {
        if (set.prop === 'e3-domain.servers') continue;
        const cluster = set.prop.startsWith('failover-cluster');
        yield {
          subject: service,
          part: set.prop,
          prop: set.prop,
          what: say`Switch off each of ${names(set.machines)} in turn (${set.what} of ${code(service.name)}).`,
          members: set.machines.map((machine) => machine.name),
          expected: say`${cluster ? 'The role starts on the other node: 5 s to 20 s until it is noticed, and the start of the role; the shared disk follows' : 'The other one serves the users'}${service.props.objective?.rto === undefined ? '' : `, within ${duration(service.props.objective.rto)}`}. Measured: ${undefined}`,
        };
      }
    }
  },
});

// ── licences ──────────────────────────────────────────────────────────────────────────────────────────────────────────

type Hub = Entity<'usbhub'>;

export const hubs = defineTask({
  id: 'acceptance/hub',
  phase: 'acceptance',
  title: 'Dongles and their hubs',
  role: 'OT engineer',
  record: 'licence shown by the application before, during and after; alarm',
  columns: ['Pull', 'Concerns', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['USB012', 'USB013', 'USB005'],
  *items(model) {
    const dongles = (hub: Hub): readonly Entity<'license'>[] => model.all('license').filter((license) => plugOf(license, model)?.at === 'hub' && (plugOf(license, model) as { readonly hub: Hub }).hub === hub);
    for (const hub of model.all('usbhub')) {
      const feeds = psuFeedNames(hub);
      const supplies = psuCount(hub) ?? 1;
      const nics = childrenOf(hub, 'nic');
      const licences = names(dongles(hub));
      const redundant = say`no licence is lost; an alarm arrives`;
      const lost = say`licences are lost; an alarm arrives, the application does what its vendor says: ${undefined}`;
      for (let at = 0; at < supplies; at += 1) yield { subject: hub, part: `supply ${at + 1}`, prop: 'psu', what: [say`supply ${feeds?.[at] === undefined ? at + 1 : code(feeds[at])} of ${name(hub)}`, licences, supplies > 1 ? redundant : lost] };
      for (const nic of nics) yield { subject: nic, what: [say`cable of ${name(nic)}`, licences, nics.length > 1 ? redundant : lost] };
    }
    for (const license of model.all('license')) {
      if (!license.props.hardkey) continue;
      const users = hardkeyUsers(license, model);
      yield { subject: license, part: 'pull', prop: 'hardkey', what: [say`dongle ${name(license)} out of ${code(refText(license.props.hardkey.at, '/'))}`, names(users), say`the application reports it, and runs on for ${undefined}; plugged in again, the licence is back without a restart: ${undefined}`] };
    }
  },
});

export const renewals = defineTask({
  id: 'acceptance/softkey',
  phase: 'acceptance',
  title: 'Renewal of softkeys',
  role: 'OT engineer',
  record: 'last day before and after, mail',
  columns: ['Licence', 'In', 'Last day', 'Renewed by', 'Expected'],
  blanks: ['Last day after'],
  closes: ['LIC003', 'LIC004'],
  *items(model) {
    for (const license of model.all('license')) {
      const { softkey } = license.props;
      if (!softkey) continue;
      const by = softkey['renewed-by'] ? [code(refText(softkey['renewed-by']))] : only(softkey.renewal);
      yield { subject: license, part: 'renewal', prop: 'softkey', what: [[name(license)], names(softkeyUsers(license, model)), only(softkey.expires), by, say`renewed by hand once; with the manager off, a mail warns ${undefined} days before the last one`] };
    }
  },
});

// ── backup ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The tightest objective of the services on some machines. */
function tightest(vms: readonly Entity[], model: Model, key: 'rto' | 'rpo'): number | undefined {
  const values = model.all('service').flatMap((service) => (machinesOf(service, model).some((machine) => vms.includes(machine)) ? (service.props.objective?.[key] ?? []) : []));
  return values.length === 0 ? undefined : Math.min(...values);
}

export const restores = defineTask({
  id: 'acceptance/restore',
  phase: 'acceptance',
  title: 'Restore',
  role: 'backup administrator',
  record: 'duration, state of the data, who has checked the application',
  closes: ['BKP007', 'DRP003', 'DRP007'],
  *items(model) {
    for (const job of model.all('backup')) {
      const vms = model.resolveAll(job.props.vms, job, 'vm');
      const [largest] = [...vms].sort((a, b) => volume(b) - volume(a) || (a.name < b.name ? -1 : 1));
      const [rto, rpo] = [tightest(vms, model, 'rto'), tightest(vms, model, 'rpo')];
      yield {
        subject: job,
        part: 'restore',
        prop: 'vms',
        what: say`Restore from ${called(job, model)}: ${largest ? say`the VM ${code(largest.name)} (the largest, ${size(volume(largest))}) beside the running one, without network` : say`a VM: ${undefined}`}, one file, and one database to a point in time.`,
        detail: [say`Last tried: ${job.props['restore-tested']}`, ...(job.props.copy ? [say`Once from the ${job.props.copy.kind} copy too`] : [])],
        expected: say`The application runs; took ${undefined}${rto === undefined ? '' : ` (a service on these VMs may be away for ${duration(rto)}; a restore is for what redundancy does not cover)`}; data not older than ${job.props.every === undefined ? undefined : duration(job.props.every)}${rpo !== undefined && job.props.every !== undefined && rpo < job.props.every ? say`, more than the ${duration(rpo)} that a service may lose` : ''}.`,
      };
    }
  },
});

/** Bytes of the disks of a VM. */
const volume = (vm: Entity<'vm'>): number => childrenOf(vm, 'disk').reduce((sum, disk) => sum + (disk.props.size ?? 0), 0);

export const spares = defineTask({
  id: 'acceptance/spare',
  phase: 'acceptance',
  title: 'The spare takes over',
  role: 'backup administrator',
  record: 'duration of each step, what was missing',
  *items(model) {
    for (const machine of model.all('physical')) {
      const targets = model.resolveAll(machine.props['standby-for'], machine, 'host', 'physical', 'vm');
      if (targets.length === 0) continue;
      const vms = model.all('vm').filter((vm) => targets.includes(vm) || targets.some((target) => target === model.resolve(vm.props.on, vm, 'host')));
      const rto = tightest(vms, model, 'rto');
      yield {
        subject: machine,
        part: 'take over',
        prop: 'standby-for',
        what: say`With ${names(targets)} switched off, restore ${names(vms)} from the backup onto ${called(machine, model)} and work with it for an hour.`,
        expected: say`Users work again within ${rto === undefined ? undefined : duration(rto)}; took ${undefined}. Way back to ${names(targets)} tried as well, with the data of the hour.`,
      };
    }
  },
});

// ── zones, objectives ─────────────────────────────────────────────────────────────────────────────────────────────────

export const zones = defineTask({
  id: 'acceptance/zone',
  phase: 'acceptance',
  title: 'Zones',
  role: 'network engineer',
  record: 'report of the scan, in both directions',
  intro: 'From a computer in the first network, scan the second, and the other way round.',
  columns: ['From', 'To', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['SEC001', 'SEC002', 'SEC005'],
  *items(model) {
    const zoned = model.all('network').filter((network) => network.props.zone !== undefined || network.props.level !== undefined);
    const label = (network: Entity<'network'>): Text => say`${name(network)} (${network.props.zone === undefined ? `level ${network.props.level ?? '____'}` : network.props.zone})`;
    const zoneOf = (network: Entity<'network'>): string => network.props.zone ?? String(network.props.level);
    for (const [at, from] of zoned.entries()) {
      for (const to of zoned.slice(at + 1)) {
        if (zoneOf(from) === zoneOf(to)) continue;
        const [a, b] = [from.props.level, to.props.level];
        const far = a !== undefined && b !== undefined && Math.abs(a - b) > 1;
        yield { subject: from, part: to.name, prop: 'zone', what: [label(from), label(to), far ? say`nothing at all gets through: the way leads over the zone between them` : say`only what the firewall’s list allows`] };
      }
    }
  },
});

export const objectives = defineTask({
  id: 'acceptance/objective',
  phase: 'acceptance',
  title: 'Are the objectives met?',
  role: 'project lead',
  record: 'the longest interruption over all tests above, with the id of its test',
  columns: ['Service', 'May be away', 'May lose', 'Availability'],
  blanks: ['Longest interruption (test)', 'Met'],
  closes: ['CLU037'],
  *items(model) {
    for (const service of model.all('service')) {
      const { objective } = service.props;
      yield { subject: service, part: 'objective', prop: 'objective', what: [[code(service.name)], only(duration(objective?.rto)), only(duration(objective?.rpo)), only(objective?.availability === undefined ? undefined : `${objective.availability} %`)] };
    }
  },
});

export const serviceTests = [switchover, otherPairs, hubs, renewals, restores, spares, zones, objectives];
