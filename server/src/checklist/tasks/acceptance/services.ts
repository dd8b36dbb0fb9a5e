import { e3Servers, isNativeE3, redundantSets } from '../../../facts/services.ts';
import type { Entity } from '../../../model/entity.ts';
import { duration, name, names, span } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, only, say, type Text } from '../../text.ts';

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
        yield {
          subject: service,
          part,
          prop: 'e3-domain',
          what: [[code(service.name)], how, part === 'back' ? say`the same time; no value is lost, no alarm comes twice` : takes],
        };
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
    const label = (network: Entity<'network'>): Text =>
      say`${name(network)} (${network.props.zone === undefined ? `level ${network.props.level ?? '____'}` : network.props.zone})`;
    const zoneOf = (network: Entity<'network'>): string => network.props.zone ?? String(network.props.level);
    for (const [at, from] of zoned.entries()) {
      for (const to of zoned.slice(at + 1)) {
        if (zoneOf(from) === zoneOf(to)) continue;
        const [a, b] = [from.props.level, to.props.level];
        const far = a !== undefined && b !== undefined && Math.abs(a - b) > 1;
        yield {
          subject: from,
          part: to.name,
          prop: 'zone',
          what: [
            label(from),
            label(to),
            far
              ? say`nothing at all gets through: the way leads over the zone between them`
              : say`only what the firewall’s list allows`,
          ],
        };
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
  expected: 'the longest interruption is shorter than what is allowed.',
  columns: ['Service', 'May be away', 'May lose', 'Availability'],
  blanks: ['Longest interruption (test)', 'Met'],
  closes: ['CLU037'],
  *items(model) {
    for (const service of model.all('service')) {
      const { objective } = service.props;
      yield {
        subject: service,
        part: 'objective',
        prop: 'objective',
        what: [
          [code(service.name)],
          only(duration(objective?.rto)),
          only(duration(objective?.rpo)),
          only(objective?.availability === undefined ? undefined : `${objective.availability} %`),
        ],
      };
    }
  },
});
