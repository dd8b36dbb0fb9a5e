/**
 * The three ways of a virtual machine that an engineer asks for first: to the network, to its storage, to its licence. Found in
 * what the picture shows; where it does not show a part, the words that the picture carries still tell it. Pure.
 */

import type { Card } from './describe.ts';
import { framesOf, type Net, type Step, stepKey, type Thing } from './net.ts';

export type WayKind = 'network' | 'storage' | 'licence';

export interface Way {
  readonly kind: WayKind;
  readonly things: ReadonlySet<string>;
  /** By `stepKey`. */
  readonly steps: ReadonlyMap<string, { readonly from: string; readonly step: Step }>;
  /** One line for each branch: `control → Control → vSwitch1 → vmnic0, vmnic1 → sw-a, sw-b`. Never empty. */
  readonly words: readonly string[];
  /** The picture shows it; else the words are all there is. */
  readonly isShown: boolean;
  /** There is something to tell. */
  readonly isKnown: boolean;
}

/** Roles that come next on a way; from certain roles only where it says so. */
interface Level {
  readonly roles: readonly string[];
  readonly from?: readonly string[];
}

const networkLevels: readonly Level[] = [
  { roles: ['vswitch'], from: ['portgroup'] },
  { roles: ['nic'], from: ['vswitch'] },
  { roles: ['switch', 'router'], from: ['nic'] },
];
const storageLevels: readonly Level[] = [
  { roles: ['lun', 'pool', 'array'], from: ['datastore'] },
  { roles: ['pool', 'array'], from: ['lun'] },
  { roles: ['array'], from: ['pool', 'lun'] },
  { roles: ['nic', 'hba', 'port'], from: ['array'] },
  { roles: ['switch', 'router', 'fabric'], from: ['nic', 'hba', 'port'] },
];
const licenceLevels: readonly Level[] = [
  { roles: ['usbhub', 'host', 'physical', 'product'], from: ['license'] },
  { roles: ['nic'], from: ['usbhub'] },
  { roles: ['switch', 'router'], from: ['nic'] },
];

/** The ways of a virtual machine; none for anything else. */
export function waysOf(net: Net, id: string, card: Card): readonly Way[] {
  const machine = net.things.get(id);
  if (machine?.role !== 'vm') return [];
  const near = (roles: readonly string[]): readonly Step[] =>
    (net.steps.get(id) ?? []).filter((step) => roles.includes(net.things.get(step.to)?.role ?? ''));
  const groups = near(['portgroup']);
  const networks = near(['network']).map((step) => {
    const own = groups.filter((group) => (net.steps.get(step.to) ?? []).some(({ to }) => to === group.to));
    return { first: step, next: own };
  });
  const loose = groups.filter((group) => !networks.some(({ next }) => next.includes(group)));
  const host = framesOf(net, id).find((frame) => frame.role === 'host');
  const onHost = (thing: Thing): boolean => host === undefined || thing.role !== 'nic' || framesOf(net, thing.id).includes(host);
  return [
    wayOf(
      'network',
      [
        ...networks.map(({ first, next }) => follow(net, id, [first, ...next], networkLevels, onHost)),
        ...(loose.length > 0 ? [follow(net, id, loose, networkLevels, onHost)] : []),
      ],
      card,
    ),
    wayOf(
      'storage',
      oneBranch(near(['datastore']), (steps) => follow(net, id, steps, storageLevels)),
      card,
    ),
    wayOf(
      'licence',
      near(['license']).map((step) => follow(net, id, [step], licenceLevels)),
      card,
    ),
  ];
}

const oneBranch = (steps: readonly Step[], go: (steps: readonly Step[]) => Branch): readonly Branch[] =>
  steps.length === 0 ? [] : [go(steps)];

interface Branch {
  readonly things: readonly string[];
  readonly steps: readonly { readonly from: string; readonly step: Step }[];
  readonly words: string;
}

/** Goes on level by level from the first steps, and puts the names of each level together. */
function follow(
  net: Net,
  start: string,
  first: readonly Step[],
  levels: readonly Level[],
  keeps: (thing: Thing) => boolean = () => true,
): Branch {
  const seen = new Set([start]);
  const steps: { from: string; step: Step }[] = [];
  const words: string[] = [];
  const take = (from: string, step: Step): readonly Thing[] => {
    const thing = net.things.get(step.to);
    if (thing === undefined || !keeps(thing)) return [];
    steps.push({ from, step });
    if (seen.has(thing.id)) return [];
    seen.add(thing.id);
    return [thing];
  };
  let rim = first.flatMap((step) => take(start, step));
  for (const role of new Set(rim.map((thing) => thing.role)))
    words.push(
      names(
        net,
        rim.filter((thing) => thing.role === role),
      ),
    );
  const reached = [...rim];
  for (const { from = [], roles } of levels) {
    rim = reached
      .filter((thing) => from.includes(thing.role))
      .flatMap((thing) =>
        (net.steps.get(thing.id) ?? [])
          .filter((step) => step.to !== start && roles.includes(net.things.get(step.to)?.role ?? ''))
          .flatMap((step) => take(thing.id, step)),
      );
    if (rim.length > 0) words.push(names(net, rim));
    reached.push(...rim);
  }
  return { things: [...seen], steps, words: words.join(' → ') };
}

/** Most names of one level to write out. */
const mostNames = 4;

function names(net: Net, things: readonly Thing[]): string {
  const own = listed(things.map((thing) => thing.name));
  // Which host carries the machine decides which of its port groups it is.
  const hosts = things.flatMap((thing) =>
    thing.role === 'portgroup' ? framesOf(net, thing.id).flatMap((frame) => (frame.role === 'host' ? [frame.name] : [])) : [],
  );
  return hosts.length === 0 ? own : `${own} on ${listed(hosts)}`;
}

function listed(names: readonly string[]): string {
  const all = [...new Set(names)];
  const rest = all.length - mostNames;
  return `${all.slice(0, mostNames).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Labels of facts that tell a way where no box does. */
const factNames: Readonly<Record<WayKind, RegExp>> = {
  network: /^(networks?|address(es)?|adapters?( .*)?|port groups?)$/i,
  storage: /^(disk.*|datastores?|storage|data|system|log|backup|os)$/i,
  licence: /^(licen[cs]es?|product|keys?|dongles?)$/i,
};

/** Most branches to write out. */
const mostBranches = 4;

function wayOf(kind: WayKind, branches: readonly Branch[], card: Card): Way {
  const told = card.facts.filter(([label]) => factNames[kind].test(label)).map(([label, value]) => `${label}: ${value}`);
  const rest = branches.length - mostBranches;
  const words = branches.slice(0, mostBranches).map((branch) => branch.words);
  if (rest > 0) words.push(`and ${rest} more`);
  if (words.length === 0) words.push(...(told.length > 0 ? [...told, 'the way is not in this view'] : ['none in this view']));
  return {
    kind,
    things: new Set(branches.flatMap((branch) => branch.things)),
    steps: new Map(
      branches.flatMap((branch) => branch.steps.map((entry) => [stepKey(entry.from, entry.step.to), entry] as const)),
    ),
    words,
    isShown: branches.length > 0,
    isKnown: branches.length > 0 || told.length > 0,
  };
}
