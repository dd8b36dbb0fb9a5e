/**
 * Where a path may go on: through what carries traffic, data or a licence, never through what merely holds things (a site, a rack,
 * a cluster), and never where nothing can pass (from one uplink of a virtual switch to another). Pure.
 */

import { framesOf, type Net, type Step, type Thing } from './net.ts';

/** What a rule of passing looks at: where one comes from, is, and goes to. */
export interface Passing {
  readonly net: Net;
  readonly before: Thing;
  readonly at: Thing;
  readonly after: Thing;
  readonly into: Step;
  readonly onward: Step;
  readonly ends: readonly [Thing, Thing];
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
export function canPass(passing: Passing): boolean {
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
export function isSensible(passing: Passing): boolean {
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

/** Whether a step is only such a line. */
export const isTie = ({ lines }: Step): boolean => lines.length > 0 && lines.every((line) => ties.has(line.role));
