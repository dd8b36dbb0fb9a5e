/** Rack and power: where each thing stands, which supply hangs on which feed, what the UPSs carry and in which order all stops. */

import { feedOf, type PoweredKind, type PowerSource, poweredKinds, psuCount, psuFeedNames } from '../../facts/power.ts';
import { childrenOf, descendantsOf, type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { isLeaving } from '../derive/cables.ts';
import { startWaves } from '../derive/order.ts';
import { wholeDesign } from '../derive/whole.ts';
import { byName, called, count, duration, name, power as powerText, short } from '../show.ts';
import { type Draft, defineTask } from '../task.ts';
import { code, codes, nothing, only, say, type Text } from '../text.ts';

type Powered = Entity<PoweredKind>;

const powered = (model: Model): readonly Powered[] => poweredKinds.flatMap((kind): readonly Powered[] => model.all(kind));

export const sites = defineTask({
  id: 'power/site',
  phase: 'power',
  title: 'Sites',
  role: 'project lead',
  record: 'names and telephone numbers, access permits, delivery date',
  expected: 'everybody who has to can get in, and knows whom to call.',
  *items(model) {
    for (const site of model.all('site')) {
      const devices = count(descendantsOf(site, 'rack').length, 'rack');
      yield {
        subject: site,
        what: say`Clear access, unloading and working hours at ${called(site, model)}: address ${site.props.address}, ${devices}, contact ${site.props.owner}.`,
      };
    }
  },
});

export const rooms = defineTask({
  id: 'power/room',
  phase: 'power',
  title: 'Rooms',
  role: 'site electrician',
  record: 'measured temperature and load after a day at full load',
  closes: ['PWR007'],
  *items(model) {
    for (const room of model.all('room')) {
      yield {
        subject: room,
        prop: 'cooling',
        what: say`Check room ${called(room, model)}: cooling ${powerText(room.props.cooling)}, earth, access control, smoke detection.`,
        expected: say`Heat of ${codes(descendantsOf(room, 'rack').map((rack) => rack.name))} at full load (${undefined} kW) is less than the cooling takes away.`,
      };
    }
  },
});

export const racks = defineTask({
  id: 'power/rack',
  phase: 'power',
  title: 'Racks',
  role: 'site electrician',
  record: 'photo of front and back, protocol of the earth measurement',
  expected: 'earth below the limit of the site, both feeds live, phases as planned.',
  *items(model) {
    for (const rack of model.all('rack')) {
      const feeds = childrenOf(rack, 'feed').map((feed) => feed.name);
      yield {
        subject: rack,
        what: say`Set up rack ${called(rack, model)} (${rack.props.units} U): earth it, label it, mount power strips for feeds ${codes(feeds)} in different colours.`,
      };
    }
  },
});

/** A computer on a desk: no rack, no feeds. */
const isLoose = (thing: Entity): boolean =>
  is(thing, 'physical') && thing.props.rack === undefined && thing.props.psu === undefined;

/** Things that stand in a rack, with their place. */
function places(model: Model): readonly (Powered | Entity<'ups' | 'pdu'>)[] {
  return [...powered(model), ...model.all('ups'), ...model.all('pdu')].filter((thing) => !isLeaving(thing, model));
}

const mounting = defineTask({
  id: 'power/mounting',
  phase: 'power',
  title: 'Where everything stands',
  role: 'cabling technician',
  record: 'serial number, asset label, photo',
  expected: 'it stands where the row says and can be taken out again without moving anything else.',
  intro: 'Mount, label front and back with the name in the first column, and write down the serial number.',
  columns: ['Device', 'Model', 'Rack', 'Unit', 'Serial number'],
  closes: ['PWR006'],
  *items(model) {
    for (const thing of places(model)) {
      const {
        model: type,
        serial,
        rack,
        unit,
        height,
      } = thing.props as {
        model?: string;
        serial?: string;
        rack?: Entity<'host'>['props']['rack'];
        unit?: number;
        height?: number;
      };
      const inRack = model.resolve(rack, thing, 'rack') ?? (is(thing.parent, 'rack') ? thing.parent : undefined);
      const units =
        unit === undefined ? undefined : height === undefined || height === 1 ? String(unit) : `${unit} to ${unit + height - 1}`;
      yield {
        subject: thing,
        prop: 'rack',
        what: [
          called(thing, model),
          only(type),
          inRack
            ? [short(inRack, model)]
            : isLoose(thing)
              ? ['none']
              : is(thing, 'pdu') || is(thing, 'ups')
                ? [code(thing.parent?.name)]
                : only(undefined),
          (is(thing, 'pdu') && inRack) || isLoose(thing) ? nothing : only(units),
          only(serial),
        ],
      };
    }
  },
});

// ── power cables ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** `feed A of r1`, `UPS ups-a`. */
const sourceText = (source: PowerSource, model: Model): Text =>
  is(source, 'feed')
    ? say`feed ${code(source.name)} of ${short(source.parent, model)}`
    : say`${is(source, 'ups') ? 'UPS' : 'PDU'} ${short(source, model)}`;

/** What a thing hangs on. */
const supply = (thing: Entity<'feed' | 'pdu' | 'ups'>, model: Model): Text => {
  const source = model.resolve(thing.props.from, thing, 'ups', 'pdu', 'feed');
  return source ? sourceText(source, model) : is(thing, 'ups') ? say`mains, circuit ${undefined}` : only(undefined);
};

/** One row for each supply of a device. */
function* supplyCables(device: Powered, model: Model): Iterable<Draft> {
  const feeds = psuFeedNames(device);
  const number = psuCount(device) ?? 1;
  for (let at = 0; at < number; at += 1) {
    const feed = feeds?.[at];
    const source = feed === undefined ? undefined : feedOf(device, feed, model);
    const behind = source && is(source, 'feed') ? supply(source, model) : source ? nothing : only(undefined);
    yield {
      subject: device,
      part: `supply ${at + 1}`,
      prop: 'psu',
      what: [
        say`${name(device)} supply ${psuCount(device) === undefined ? undefined : at + 1}`,
        source ? sourceText(source, model) : feed === undefined ? only(undefined) : say`feed ${feed}`,
        behind,
      ],
    };
  }
}

const powerCables = defineTask({
  id: 'power/cables',
  phase: 'power',
  title: 'Power cables',
  role: 'site electrician',
  record: 'label on both ends, load of each feed measured',
  expected: 'each device runs on either of its supplies alone.',
  intro: 'The supplies of one device never share a feed. Pull each plug once before going on: the device stays on.',
  columns: ['From', 'To', 'Behind it'],
  closes: ['PWR001', 'PWR002'],
  *items(model) {
    for (const ups of model.all('ups'))
      yield { subject: ups, prop: 'from', what: [say`UPS ${short(ups, model)}`, supply(ups, model), nothing] };
    for (const pdu of model.all('pdu'))
      yield { subject: pdu, prop: 'from', what: [say`PDU ${short(pdu, model)}`, supply(pdu, model), nothing] };
    for (const rack of model.all('rack')) {
      for (const feed of [...childrenOf(rack, 'feed')].sort(byName))
        yield {
          subject: feed,
          prop: 'from',
          what: [say`feed ${code(feed.name)} of ${short(rack, model)}`, supply(feed, model), nothing],
        };
    }
    for (const device of powered(model)) if (!isLoose(device) && !isLeaving(device, model)) yield* supplyCables(device, model);
  },
});

// ── UPS ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Devices that have a supply behind a UPS. */
function carriedBy(ups: Entity<'ups'>, model: Model): readonly string[] {
  const reaches = (device: Powered): boolean =>
    (psuFeedNames(device) ?? []).some((feed) => {
      const seen = new Set<Entity>();
      for (
        let at: Entity<'feed' | 'pdu' | 'ups'> | undefined = feedOf(device, feed, model);
        at && !seen.has(at);
        at = model.resolve(at.props.from, at, 'ups', 'pdu', 'feed')
      ) {
        if (at === ups) return true;
        seen.add(at);
      }
      return false;
    });
  return powered(model)
    .filter(reaches)
    .map((device) => device.name);
}

const upsLoad = defineTask({
  id: 'power/ups',
  phase: 'power',
  title: 'UPS',
  role: 'site electrician',
  record: 'load in W with all feeds on, and with the other side off; battery date',
  expected: 'no alarm; the load of both sides fits on one.',
  closes: ['PWR003', 'PWR005'],
  *items(model) {
    for (const ups of model.all('ups')) {
      const { capacity, runtime, shutdown } = ups.props;
      yield {
        subject: ups,
        what: say`Put UPS ${called(ups, model)} into service: ${powerText(capacity, 'kVA')}, ${duration(runtime)} on battery; it supplies ${codes(carriedBy(ups, model))}.`,
        detail: [
          say`Load with all on ${undefined} W; with every other source off ${undefined} W, at most 80 % of ${powerText(capacity, 'kVA')}.`,
          say`Network card: address ${undefined}; alarms go to ${undefined}.`,
          shutdown === true
            ? say`Connect the shutdown software of the hosts: when the battery runs low, they stop in the order below.`
            : say`Shutdown of the hosts when the battery runs low: ${shutdown === false ? 'not wanted' : undefined}`,
        ],
      };
    }
  },
});

const shutdownOrder = defineTask({
  id: 'power/shutdown-order',
  phase: 'power',
  title: 'Shutdown order',
  role: 'virtualization engineer',
  record: 'configuration of the shutdown software, duration of a full run',
  closes: ['PWR004'],
  *items(model) {
    const subject = wholeDesign(model);
    const vms = model.all('vm');
    if (!subject || vms.length === 0 || (model.all('ups').length === 0 && model.all('cluster').length === 0)) return;
    const waves = [...startWaves(model)].reverse();
    const hosts = model.all('host').map((host) => host.name);
    const arrays = model.all('array').map((array) => array.name);
    const runtimes = model.all('ups').flatMap((ups) => ups.props.runtime ?? []);
    yield {
      subject,
      scope: 'design',
      what: say`Set up and load the order in which everything stops; starting goes the other way round.`,
      detail: [
        ...waves.map((wave, at) => say`Step ${at + 1}: ${wave.length === 1 ? 'VM' : 'VMs'} ${codes(wave.map((vm) => vm.name))}`),
        hosts.length === 1
          ? say`Step ${waves.length + 1}: host ${codes(hosts)}`
          : say`Step ${waves.length + 1}: hosts ${codes(hosts)}, last the one with the management server`,
        ...(arrays.length > 0 ? [say`Step ${waves.length + 2}: storage ${codes(arrays)}, after the last host is off`] : []),
      ],
      expected: say`All is down in ${undefined} min, less than the batteries last${runtimes.length === 0 ? '' : ` (${duration(Math.min(...runtimes))})`}.`,
    };
  },
});

export const rackAndPower = [sites, rooms, racks, mounting, powerCables, upsLoad, shutdownOrder];
