/** Acceptance of network, storage and power: what is pulled or switched off, what is expected to carry on. */
import { networkOf, stackOf, switchPortOf } from '../../facts/network.ts';
import { isMapped, pathsTo } from '../../facts/storage.ts';
import { childrenOf, descendantsOf, type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import { isStorage, type Left, losing, nicsOn, othersOn, sourcesOf, without } from '../impact.ts';
import { called, collator, count, duration, name, short } from '../show.ts';
import { defineTask } from '../task.ts';
import { both, code, codes, joined, nothing, only, say, type Text } from '../text.ts';
import { wholeDesign } from './power.ts';

type Host = Entity<'host'>;

const names = (things: readonly { readonly name: string }[], most?: number): Text => codes(things.map((thing) => thing.name), most);

const purposeOf = (left: Left, model: Model): string | undefined => networkOf(left.what, model)?.props.purpose;
const forStorage = (left: Left, model: Model): boolean => isStorage(left.what, purposeOf(left, model));

/** What is expected of the things that have lost NICs: they go on, or they are down. */
function outcome(lost: readonly Left[], host: Host, model: Model): Text {
  const going = lost.filter(({ left }) => left.length > 0);
  const down = lost.filter(({ left }) => left.length === 0);
  const storage = down.filter((each) => forStorage(each, model));
  const others = down.filter((each) => !forStorage(each, model));
  const goes = going.length === 0 ? nothing : say`${joined([...new Set(going.map(({ left }) => left.map((nic) => nic.name).sort(collator.compare).join('\n')))].map((list) => codes(list.split('\n'))), ' or ')} carries on, at most 1 s to 2 s of loss`;
  const paths = storage.length === 0 ? nothing : otherPaths(host, storage.map(({ what }) => what.name), model);
  const dead = others.length === 0 ? nothing : say`${names(others.map(({ what }) => what))} down until the cable is back`;
  return both(both(goes, paths), dead);
}

/** Storage goes on over the paths of the other adapters. */
function otherPaths(host: Host, gone: readonly string[], model: Model): Text {
  const left = model.all('array').flatMap((array) => pathsTo(host, array, model).paths.filter(({ initiator }) => !gone.includes(initiator.name)).map(({ initiator }) => initiator.name));
  return left.length === 0 ? say`no path to the storage is left: VMs stop` : say`I/O goes on over ${codes([...new Set(left)])}`;
}

export const uplinks = defineTask({
  id: 'acceptance/uplink',
  phase: 'acceptance',
  title: 'A cable of a host fails',
  role: 'commissioning engineer',
  record: 'lost pings, alarm, time until the cable is used again',
  intro: 'One at a time, with a ping every 100 ms to a VM, to the host and to a neighbour of each. HA starts nothing. (1 s to 2 s is a figure of the field: measure it.)',
  columns: ['Pull', 'Cable to', 'Carries', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['NET009', 'TEAM002', 'STO004'],
  *items(model) {
    for (const host of model.all('host')) {
      for (const nic of childrenOf(host, 'nic')) {
        const lost = without(host, [nic], model);
        if (lost.length === 0) continue;
        yield {
          subject: nic,
          prop: 'port',
          what: [[name(nic)], only(code(nic.props.port?.ref.join('/'))), names(lost.map(({ what }) => what), 8), outcome(lost, host, model)],
        };
      }
    }
  },
});

// ── switches ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Hit {
  readonly host: Host;
  readonly lost: readonly Left[];
}

/** The same loss on many hosts, said once: `vmk3 of esx1, esx2 and esx3`. */
function byThing(hits: readonly Hit[], pick: (left: Left) => boolean): readonly Text[] {
  const things = new Map<string, Set<string>>();
  for (const { host, lost } of hits) for (const left of lost) if (pick(left)) things.set(left.what.name, (things.get(left.what.name) ?? new Set()).add(host.name));
  const groups = new Map<string, string[]>();
  for (const [thing, hosts] of things) {
    const key = [...hosts].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), thing]);
  }
  return [...groups].map(([hosts, list]) => say`${codes(list.sort(collator.compare), 8)} of ${codes(hosts.split('\n'), 8)}`);
}

export const switches = defineTask({
  id: 'acceptance/switch',
  phase: 'acceptance',
  title: 'A switch fails',
  role: 'commissioning engineer',
  record: 'lost pings of each network, alarms, time until all ports are back',
  intro: 'Power off at all supplies. Coming back is part of the test: a port that is up before the switch forwards costs more than the failure.',
  closes: ['NET009', 'NET024', 'STO004'],
  *items(model) {
    for (const device of model.all('switch')) {
      const hits = model.all('host').map((host): Hit => ({ host, lost: without(host, nicsOn(host, device, model), model) })).filter(({ lost }) => lost.length > 0);
      const others = othersOn(device, model);
      const going = byThing(hits, ({ left }) => left.length > 0);
      const storage = byThing(hits, (left) => left.left.length === 0 && forStorage(left, model));
      const down = byThing(hits, (left) => left.left.length === 0 && !forStorage(left, model));
      const stack = stackOf(device, model);
      yield {
        subject: device,
        what: say`Power off ${called(device, model)}.`,
        detail: [
          ...(going.length > 0 ? [say`Carried on by the other switch: ${joined(going)}`] : []),
          ...(storage.length > 0 ? [say`Storage paths lost, others remain: ${joined(storage)}`] : []),
          ...(down.length > 0 ? [say`Down until the switch is back: ${joined(down)}`] : []),
          ...(others.length > 0 ? [say`Cut off besides: ${joined(others.map((entity) => name(entity)))}`] : []),
          ...(stack ? [say`${stack.props.type === 'mlag' ? 'The other member goes on by itself' : 'Another member leads the stack'} (${code(stack.name)})`] : []),
          ...(hits.length === 0 && others.length === 0 ? [say`The design has no cable to it: what hangs on it? ${undefined}`] : []),
        ],
        expected: going.length === 0 && storage.length === 0 ? say`What is down comes back by itself. Measured: ${undefined} s after power on` : say`At most 1 s to 2 s of loss for what is carried on, HA starts nothing, clients stay connected. Measured: going ${undefined} s, coming ${undefined} s`,
      };
    }
  },
});

// ── storage ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Hosts that have paths to an array. */
const usersOf = (array: Entity<'array'>, model: Model): readonly Host[] => model.all('host').filter((host) => isMapped(host, array, model) && pathsTo(host, array, model).paths.length > 0);

/** Paths that each host has left when some are gone: one number, or the range of them. */
function leftText(array: Entity<'array'>, gone: (port: Entity<'port'>, initiator: Entity) => boolean, model: Model): Text {
  const hosts = usersOf(array, model);
  const left = hosts.map((host) => pathsTo(host, array, model).paths.filter(({ port, initiator }) => !gone(port, initiator)).length);
  if (left.length === 0) return say`paths left: ${undefined}`;
  const [least, most] = [Math.min(...left), Math.max(...left)];
  if (least === 0) return say`a host loses its last path: VMs stop`;
  return say`I/O goes on, ${least === most ? count(least, 'path') : `${least} to ${most} paths`} left on each host`;
}

export const storagePaths = defineTask({
  id: 'acceptance/storage-path',
  phase: 'acceptance',
  title: 'A storage path fails',
  role: 'commissioning engineer',
  record: 'longest pause of the I/O, alarm, paths after plugging in again',
  intro: 'With I/O running in a VM. The paths of iSCSI adapters are tested with the cables of the hosts above.',
  columns: ['Pull', 'Where', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['STO003', 'STO004', 'STO006'],
  *items(model) {
    for (const array of model.all('array')) {
      for (const port of descendantsOf(array, 'port')) {
        const cable = switchPortOf(port, model)?.path ?? port.props.fabric?.ref.join('.');
        yield { subject: port, what: [[name(port)], only(code(cable)), leftText(array, (candidate) => candidate === port, model)] };
      }
      for (const hba of usersOf(array, model).flatMap((host) => childrenOf(host, 'hba')).filter((each) => each.props.type !== 'raid')) {
        yield { subject: hba, part: array.name, what: [[name(hba)], only(code(hba.props.fabric?.ref.join('.') ?? hba.props.array?.ref.join('.'))), leftText(array, (_port, initiator) => initiator === hba, model)] };
      }
    }
  },
});

export const storageUnits = defineTask({
  id: 'acceptance/storage-unit',
  phase: 'acceptance',
  title: 'A controller or a disk fails',
  role: 'commissioning engineer',
  record: 'longest pause of the I/O in the guest, rebuild time, alarm',
  closes: ['STO003', 'RAID002'],
  *items(model) {
    for (const array of model.all('array')) {
      for (const controller of childrenOf(array, 'controller')) {
        yield {
          subject: controller,
          what: say`Take controller ${name(controller)} out, under load.`,
          expected: say`${leftText(array, (port) => port.parent === controller, model)}; the pause stays below the disk time-out of the guests (60 s). Measured: ${undefined} s. Put back, the LUNs return to their controller.`,
        };
      }
    }
    for (const pool of model.all('pool')) {
      const { raid, spare } = pool.props;
      if (raid === '0') continue;
      yield {
        subject: pool,
        what: say`Pull one disk of ${name(pool)} (RAID ${raid}), under load.`,
        expected: say`Nothing stops; ${spare === undefined ? say`a spare takes over: ${undefined}` : spare > 0 ? 'the spare takes over' : 'the pool runs without redundancy until the disk is changed'}; an alarm arrives. Rebuilt after ${undefined} h`,
      };
    }
  },
});

// ── power ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const feeds = defineTask({
  id: 'acceptance/feed',
  phase: 'acceptance',
  title: 'A feed fails',
  role: 'site electrician',
  record: 'devices that went off, load of the other side, alarms',
  intro: 'Every device with two supplies stays on. Watch the load of the side that carries all.',
  columns: ['Switch off', 'On one supply', 'Goes off', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['PWR001', 'PWR002', 'PWR003'],
  *items(model) {
    for (const source of sourcesOf(model)) {
      const { some, all } = losing(source, model);
      if (some.length === 0 && all.length === 0) continue;
      const what = is(source, 'feed') ? say`feed ${code(source.name)} of ${short(source.parent, model)}` : say`${is(source, 'ups') ? 'output of UPS' : 'PDU'} ${short(source, model)}`;
      yield {
        subject: source,
        what: [what, some.length === 0 ? nothing : names(some, 8), all.length === 0 ? ['nothing'] : names(all, 8), all.length === 0 ? ['all goes on'] : say`as if ${all.length === 1 ? 'it' : 'all of them'} failed; the rest goes on`],
      };
    }
  },
});

export const battery = defineTask({
  id: 'acceptance/battery',
  phase: 'acceptance',
  title: 'Mains fail; cold start',
  role: 'commissioning engineer',
  record: 'time of each step, battery left, what had to be done by hand',
  closes: ['PWR004', 'PWR003'],
  *items(model) {
    const units = model.all('ups');
    const [first] = units;
    if (first) {
      const shutdown = units.some((ups) => ups.props.shutdown === true);
      yield {
        subject: first,
        scope: 'mains',
        prop: 'runtime',
        what: say`Take the mains from ${names(units)}${units.length > 1 ? ' at once' : ''}, at full load, until the battery is low.`,
        detail: units.map((ups) => say`${short(ups, model)} runs ${duration(ups.props.runtime)} by the design. Measured: ${undefined}`),
        expected: shutdown ? say`Everything stops in the order that was set up, before the battery is empty, and starts again when the mains are back.` : say`What happens when the battery is low: ${undefined}`,
      };
    }
    const subject = wholeDesign(model);
    if (!subject || model.all('host').length === 0) return;
    yield {
      subject,
      part: 'cold start',
      what: say`Start everything from cold: all off for ten minutes, then power on, hands off the keyboard.`,
      expected: say`Network, storage, hosts and VMs come up in the order of the recovery plan, the clusters have quorum, no VM starts before its storage. By hand: ${undefined}. Until all services run: ${undefined} min`,
    };
  },
});

export const networkTests = [uplinks, switches, storagePaths, storageUnits, feeds, battery];
