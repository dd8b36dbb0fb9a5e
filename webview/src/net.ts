/**
 * The picture as things that hang together: what is joined by a drawn line, what by a connection that is not drawn (a VM and its
 * datastore), and what stands in what. Plain data.
 */

import { append } from './append.ts';

/** A box of the picture. */
export interface Thing {
  readonly id: string;
  /** What it stands for: `host`, `vm`, `switch`, … */
  readonly role: string;
  readonly name: string;
  /** Id of the box that it stands in; absent at the top. */
  readonly parent?: string;
  /** Number of like things that it stands for. */
  readonly count?: number;
}

/** A drawn line. */
export interface Line {
  readonly id: string;
  /** `cable`, `uplink`, `standby`, … */
  readonly role: string;
  readonly from: string;
  readonly to: string;
  /** `10 Gbps`. */
  readonly speed?: string;
  readonly label?: string;
  readonly lag?: string;
  readonly network?: string;
  /** Number of lines that it stands for. */
  readonly count?: number;
}

/** How one gets from a thing to the next: along drawn lines, by a connection without a line, out of a box or into it. */
export interface Step {
  readonly to: string;
  readonly by: 'line' | 'link' | 'out' | 'in';
  /** The drawn lines between the two; empty unless `by` is `line`. */
  readonly lines: readonly Line[];
}

/** Names a step, the same for both directions. */
export const stepKey = (a: string, b: string): string => JSON.stringify([a, b].toSorted());

export interface Net {
  readonly things: ReadonlyMap<string, Thing>;
  readonly lines: readonly Line[];
  /** What stands in each frame, in the picture's order. */
  readonly inside: ReadonlyMap<string, readonly Thing[]>;
  /** Ways from each thing, drawn ones first, in the picture's order. */
  readonly steps: ReadonlyMap<string, readonly Step[]>;
}

/** What the picture says of a box beside its place. */
export interface ReadThing extends Thing {
  readonly links: readonly string[];
}

/** Joins things and lines. Lines without an end and links to what is not drawn are left out. */
export function netOf(read: readonly ReadThing[], lines: readonly Line[]): Net {
  const things = new Map<string, Thing>(read.map((thing) => [thing.id, thing]));
  const steps = new Map<string, Map<string, Step>>(read.map((thing) => [thing.id, new Map()]));
  const known = lines.filter((line) => things.has(line.from) && things.has(line.to) && line.from !== line.to);
  const add = (from: string, step: Step): void => {
    const own = steps.get(from);
    if (own !== undefined && !own.has(step.to)) own.set(step.to, step);
  };
  const between = new Map<string, Line[]>();
  for (const line of known) {
    const pair = JSON.stringify([line.from, line.to].toSorted());
    const others = between.get(pair);
    if (others !== undefined) others.push(line);
    else {
      const list = [line];
      between.set(pair, list);
      add(line.from, { to: line.to, by: 'line', lines: list });
      add(line.to, { to: line.from, by: 'line', lines: list });
    }
  }
  for (const { id, parent } of read) {
    if (parent === undefined || !things.has(parent)) continue;
    add(id, { to: parent, by: 'out', lines: [] });
    add(parent, { to: id, by: 'in', lines: [] });
  }
  for (const { id, links } of read) {
    for (const link of links) {
      if (link === id || !things.has(link)) continue;
      add(id, { to: link, by: 'link', lines: [] });
      add(link, { to: id, by: 'link', lines: [] });
    }
  }
  const inside = new Map<string, Thing[]>();
  for (const thing of things.values()) {
    if (thing.parent === undefined) continue;
    append(inside, thing.parent, thing);
  }
  const net = (): Net => ({
    things,
    inside,
    lines: known,
    steps: new Map([...steps].map(([id, own]) => [id, [...own.values()]])),
  });
  for (const [machine, group] of plugged(net())) {
    add(machine, { to: group, by: 'link', lines: [] });
    add(group, { to: machine, by: 'link', lines: [] });
  }
  return net();
}

/** A machine says its network; which port groups carry that on the hosts where it may run follows. */
function plugged(net: Net): readonly (readonly [machine: string, group: string])[] {
  const pairs: (readonly [string, string])[] = [];
  const near = (id: string, role: string): readonly Thing[] =>
    (net.steps.get(id) ?? []).flatMap((step) => {
      const thing = step.by === 'in' || step.by === 'out' ? undefined : net.things.get(step.to);
      return thing?.role === role ? [thing] : [];
    });
  for (const machine of net.things.values()) {
    if (machine.role !== 'vm' || near(machine.id, 'portgroup').length > 0) continue;
    for (const network of near(machine.id, 'network'))
      for (const group of near(network.id, 'portgroup')) if (canRunAt(net, machine, group)) pairs.push([machine.id, group.id]);
  }
  return pairs;
}

/** Whether a machine may run where a port group is, as far as the picture says. */
function canRunAt(net: Net, machine: Thing, group: Thing): boolean {
  const place = framesOf(net, group.id);
  const home = homeOf(net, machine);
  if (home === undefined || place.length === 0 || place.includes(home)) return true;
  return !place.some((frame) => frame.role === home.role || (home.role === 'host' && frame.role === 'cluster'));
}

/** The host or cluster that a machine stands in or is said to run on. */
function homeOf(net: Net, machine: Thing): Thing | undefined {
  const frame = framesOf(net, machine.id).find(({ role }) => role === 'host' || role === 'cluster');
  if (frame?.role === 'host') return frame;
  const placed = (net.steps.get(machine.id) ?? []).find((step) => step.lines.some((line) => line.role === 'placement'));
  const host = placed === undefined ? undefined : net.things.get(placed.to);
  return host?.role === 'host' ? host : frame;
}

/** The frames around a thing, innermost first. */
export function framesOf(net: Net, id: string): readonly Thing[] {
  const frames: Thing[] = [];
  const seen = new Set([id]);
  for (let at = net.things.get(id)?.parent; at !== undefined && !seen.has(at); at = net.things.get(at)?.parent) {
    seen.add(at);
    const frame = net.things.get(at);
    if (frame !== undefined) frames.push(frame);
  }
  return frames;
}
