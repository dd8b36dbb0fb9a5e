/**
 * Every path between two things of the picture, shortest first, that means something: a path goes through what carries traffic,
 * data or a licence, never through what merely holds things (a site, a rack, a cluster), and never where nothing can pass (from
 * one uplink of a virtual switch to another). Pure, and bounded however tangled the picture is.
 */

import { framesOf, type Net, type Step, type Thing } from './net.ts';

/** A path: the things on the way, both ends included, and how one gets from each to the next. */
export interface Path {
  readonly ids: readonly string[];
  readonly steps: readonly Step[];
}

export interface Paths {
  readonly paths: readonly Path[];
  /** There are more than were asked for, or so many ways to try that not all were. */
  readonly more: boolean;
  /** There is no path of traffic, data or a licence: this is the shortest way in which the two hang together. */
  readonly isLoose: boolean;
}

export interface Limits {
  /** Most paths to give. */
  readonly most: number;
  /** Most steps of a path. */
  readonly steps: number;
  /** Most steps to try before giving up: bounds the time. */
  readonly work: number;
}

export const usualLimits: Limits = { most: 8, steps: 18, work: 150_000 };

/** What a rule of passing looks at: where one comes from, is, and goes to. */
interface Passing {
  readonly net: Net;
  readonly before: Thing;
  readonly at: Thing;
  readonly after: Thing;
  readonly into: Step;
  readonly onward: Step;
  readonly ends: readonly [Thing, Thing];
}

/** All paths between two things. None when they are the same, or when the picture has none of them. */
export function pathsBetween(net: Net, from: string, to: string, limits: Limits = usualLimits): Paths {
  const [start, end] = [net.things.get(from), net.things.get(to)];
  if (start === undefined || end === undefined || from === to) return { paths: [], more: false, isLoose: false };
  const ends = [start, end] as const;
  const strict = search(net, ends, limits, (passing) => canPass(passing) && isSensible(passing), limits.steps);
  if (strict.paths.length > 0) return { ...strict, isLoose: false };
  // What two things lean on in common, or are fed by, is worth to be seen as well, but only the shortest of it.
  return { ...search(net, ends, limits, canPass, 0), isLoose: true };
}

/** @param longer how many steps longer than the shortest path another one may be */
function search(
  net: Net,
  ends: readonly [Thing, Thing],
  limits: Limits,
  passes: (passing: Passing) => boolean,
  longer: number,
): Omit<Paths, 'isLoose'> {
  const [start, end] = ends;
  const distance = distancesTo(net, end.id, limits.steps);
  const shortest = distance.get(start.id);
  const found: Path[] = [];
  let work = limits.work;
  if (shortest === undefined) return { paths: found, more: false };
  const ids = [start.id];
  const steps: Step[] = [];
  const onPath = new Set(ids);
  /** Paths of exactly so many steps more. False when the work is used up or there are enough. */
  const walk = (at: Thing, left: number): boolean => {
    for (const step of net.steps.get(at.id) ?? []) {
      work -= 1;
      if (work < 0) return false;
      const next = net.things.get(step.to);
      if (
        next === undefined ||
        onPath.has(next.id) ||
        isTie(step) ||
        (distance.get(next.id) ?? Number.POSITIVE_INFINITY) > left - 1
      )
        continue;
      if ((next === end) !== (left === 1)) continue;
      const into = steps.at(-1);
      const before = net.things.get(ids.at(-2) ?? '');
      if (into !== undefined && before !== undefined && !passes({ net, before, at, after: next, into, onward: step, ends }))
        continue;
      if (left === 1) {
        found.push({ ids: [...ids, next.id], steps: [...steps, step] });
        if (found.length > limits.most) return false;
        continue;
      }
      ids.push(next.id);
      steps.push(step);
      onPath.add(next.id);
      const goesOn = walk(next, left - 1);
      onPath.delete(next.id);
      steps.pop();
      ids.pop();
      if (!goesOn) return false;
    }
    return true;
  };
  let complete = true;
  for (let length = Math.max(1, shortest); complete && length <= limits.steps; length += 1) {
    const [first] = found;
    if (first !== undefined && length > first.steps.length + longer) break;
    complete = walk(start, length);
  }
  return { paths: found.slice(0, limits.most), more: !complete };
}

const isTie = ({ lines }: Step): boolean => lines.length > 0 && lines.every((line) => ties.has(line.role));

/** The fewest steps from each thing to the end, whatever may be passed: a path cannot be shorter. */
function distancesTo(net: Net, end: string, most: number): ReadonlyMap<string, number> {
  const distance = new Map([[end, 0]]);
  let rim = [end];
  for (let steps = 1; steps <= most && rim.length > 0; steps += 1) {
    const next: string[] = [];
    for (const id of rim) {
      for (const { to } of net.steps.get(id) ?? []) {
        if (distance.has(to)) continue;
        distance.set(to, steps);
        next.push(to);
      }
    }
    rim = next;
  }
  return distance;
}

const narrowFrames: ReadonlySet<string> = new Set([
  'host',
  'physical',
  'vm',
  'vswitch',
  'array',
  'pool',
  'usbhub',
  'network',
  'rack',
]);
const wideFrames: ReadonlySet<string> = new Set(['site', 'room', 'rack', 'cluster', 'zone']);
const adapters: ReadonlySet<string> = new Set(['nic', 'hba', 'port']);
const onSwitch: ReadonlySet<string> = new Set(['portgroup', 'vmkernel']);
const hostParts: ReadonlySet<string> = new Set([...adapters, ...onSwitch, 'vswitch']);
const storage: ReadonlySet<string> = new Set(['array', 'pool', 'lun', 'datastore']);
const keys: ReadonlySet<string> = new Set(['license', 'usbhub', 'product']);
const supplies: ReadonlySet<string> = new Set(['ups', 'pdu', 'feed']);
/** Lines that say something of two machines, but lead from neither to the other. */
const ties: ReadonlySet<string> = new Set(['affinity', 'apart', 'lockstep', 'pair']);
const towardsSwitch: ReadonlySet<string> = new Set([...adapters, 'vswitch']);
const routers: ReadonlySet<string> = new Set(['router']);
const members: ReadonlySet<string> = new Set(['vm', 'physical', 'host', 'vmkernel']);
/** What several things of one kind may lean on: it joins two of them, but is no way from one of them to somewhere else. */
const hubs: ReadonlySet<string> = new Set([
  'network',
  'portgroup',
  'datastore',
  'lun',
  'pool',
  'service',
  'license',
  'usbhub',
  'host',
]);

const isOf = (step: Step, role: string): boolean => step.lines.length > 0 && step.lines.every((line) => line.role === role);
const both = ({ after, before }: Passing, set: ReadonlySet<string>): boolean => set.has(before.role) && set.has(after.role);
const either = ({ after, before }: Passing, set: ReadonlySet<string>): boolean => set.has(before.role) || set.has(after.role);
const joins = ({ after, before }: Passing, one: string, other: string): boolean =>
  (before.role === one && after.role === other) || (before.role === other && after.role === one);

/** Whether one of the ends is of some kind, or stands in such a thing: a port of an array belongs to storage. */
function endsIn({ ends, net }: Passing, set: ReadonlySet<string>): boolean {
  return ends.some((end) => set.has(end.role) || framesOf(net, end.id).some((frame) => set.has(frame.role)));
}

/** What can never be passed: a frame that only holds things, and a device at a place where nothing gets through. */
function canPass(passing: Passing): boolean {
  const { at, into, onward } = passing;
  // Out of a thing into the frame around it, or into a thing from there: the frame itself is on the way.
  const isFrame = into.by === 'out' || onward.by === 'in';
  if (isFrame && !narrowFrames.has(at.role)) return false;
  // A rack hands on the power that it is fed with; for all else it only holds things, as a cluster does.
  if (wideFrames.has(at.role) && !(at.role === 'rack' && (isOf(into, 'power') || isOf(onward, 'power')))) return false;
  switch (at.role) {
    case 'vswitch':
    case 'array':
      return !both(passing, adapters);
    case 'host':
    case 'physical':
      return !both(passing, hostParts);
    case 'nic':
    case 'hba':
    case 'port':
      return !(isOf(into, 'cable') && isOf(onward, 'cable')) && passing.before.role !== passing.after.role;
    default:
      return true;
  }
}

/** What an engineer would call a path of traffic, data or a licence. */
function isSensible(passing: Passing): boolean {
  const { after, at, before, ends, into, onward } = passing;
  const isPower = supplies.has(at.role) || isOf(into, 'power') || isOf(onward, 'power');
  if (endsIn(passing, supplies)) return supplies.has(at.role) || at.role === 'rack';
  if (isPower) return false;
  if (hubs.has(at.role) && ends.includes(before) && ends.includes(after)) return true;
  const toStorage = endsIn(passing, storage);
  if (before.role === after.role && hubs.has(at.role)) return storage.has(at.role) && ends.every((end) => storage.has(end.role));
  switch (at.role) {
    case 'network':
      // From a machine to the router that joins its network to others.
      return either(passing, routers) && [before, after].some((thing) => members.has(thing.role) && ends.includes(thing));
    case 'switch':
      return into.by === 'line' && onward.by === 'line';
    case 'router':
    case 'fabric':
      return !either(passing, wideFrames);
    case 'vmkernel':
      return !both(passing, towardsSwitch);
    case 'vm':
      return before.role === 'service' || after.role === 'service' || (either(passing, keys) && endsIn(passing, keys));
    case 'license':
    case 'product':
      return endsIn(passing, keys);
    case 'usbhub':
      return either(passing, keys) && either(passing, adapters);
    case 'service':
      return isDownward(passing);
    case 'host':
      if (either(passing, wideFrames)) return !either(passing, new Set(['switch', 'router']));
      return !either(passing, hostParts) && !joins(passing, 'vm', 'datastore');
    case 'nic':
      // What is behind an uplink is the cable; the host around it is nearer to the virtual switch itself.
      return !joins(passing, 'vswitch', 'host');
    case 'vswitch':
      return !both(passing, onSwitch);
    case 'portgroup':
      // The disks of a machine are not reached by its own network.
      return !both(passing, towardsSwitch) && !(toStorage && either(passing, new Set(['vm'])));
    case 'datastore':
      return toStorage && !joins(passing, 'vm', 'host') && !joins(passing, 'vm', 'cluster');
    case 'array':
    case 'pool':
    case 'lun':
      return toStorage;
    default:
      return true;
  }
}

/** From what needs something down to what it needs. */
function isDownward({ at, into, onward }: Passing): boolean {
  const isDown = (step: Step, from: string): boolean => step.lines.some((line) => line.from === from);
  return isDown(onward, at.id) ? !isDown(into, at.id) : isDown(into, at.id);
}

/** Which of the paths use each thing and each step, by place in the list: what several share is told from what one has alone. */
export interface Shares {
  readonly things: ReadonlyMap<string, readonly number[]>;
  /** By `stepKey`. */
  readonly steps: ReadonlyMap<string, { readonly from: string; readonly step: Step; readonly paths: readonly number[] }>;
}

/** The same for both directions. */
export const stepKey = (a: string, b: string): string => JSON.stringify([a, b].toSorted());

/** What the paths have in common. */
export function sharesOf(paths: readonly Path[]): Shares {
  const things = new Map<string, number[]>();
  const steps = new Map<string, { readonly from: string; readonly step: Step; readonly paths: number[] }>();
  paths.forEach(({ ids, steps: way }, at) => {
    for (const id of ids) {
      const known = things.get(id);
      if (known === undefined) things.set(id, [at]);
      else known.push(at);
    }
    way.forEach((step, index) => {
      const from = ids[index] ?? '';
      const key = stepKey(from, step.to);
      const known = steps.get(key);
      if (known === undefined) steps.set(key, { from, step, paths: [at] });
      else known.paths.push(at);
    });
  });
  return { things, steps };
}
