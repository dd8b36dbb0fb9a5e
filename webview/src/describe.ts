/**
 * The picture in words: what a box or a line is, what it is connected with, which way a path goes. The same words are shown in
 * cards and lists and spoken by screen readers. Pure; names are given on as plain text.
 */

import { framesOf, type Line, type Net, type Step, type Thing } from './net.ts';
import type { Path } from './paths.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** What a card shows of a box or of a line. */
export interface Card {
  readonly title: string;
  readonly kind: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly prose: readonly string[];
  readonly findings: readonly { readonly severity: Severity; readonly text: string }[];
}

/** The signs that the picture's texts put before findings. */
const severityOf: Readonly<Record<string, Severity>> = { '✖': 'error', '⚠': 'warning', ℹ: 'info', '…': 'hint' };
export const signs: Readonly<Record<Severity, string>> = { error: '✖', warning: '⚠', info: 'ℹ', hint: '…' };
export const severityNames: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
  hint: 'Hint',
};

/** Reads the text that the picture carries for a box: name, kind, `label: value` lines, prose, findings. */
export function cardOf(text: string): Card {
  const [title = '', kind = '', ...lines] = text.split('\n');
  const facts: (readonly [string, string])[] = [];
  const prose: string[] = [];
  const findings: { severity: Severity; text: string }[] = [];
  for (const line of lines) {
    const severity = line.charAt(1) === ' ' ? severityOf[line.charAt(0)] : undefined;
    const fact = /^([^:]{1,24}): (.*)$/u.exec(line);
    if (severity !== undefined) findings.push({ severity, text: line.slice(2) });
    else if (fact !== null) facts.push([fact[1] ?? '', fact[2] ?? '']);
    else if (line !== '') prose.push(line);
  }
  return { title, kind, facts, prose, findings };
}

const lineNames: Readonly<Record<string, string>> = {
  cable: 'cable',
  uplink: 'uplink',
  standby: 'standby uplink',
  network: 'network connection',
  storage: 'storage connection',
  placement: 'placement (runs on)',
  licence: 'licence',
  power: 'power feed',
  needs: 'dependency (needs)',
  affinity: 'rule: kept on one host',
  apart: 'rule: kept apart',
  lockstep: 'Fault Tolerance',
  conduit: 'way through a firewall or router',
  bypass: 'way past the firewall',
};

/** `10 Gbps cable`, `4 uplinks`. */
function lineKind(line: Line): string {
  const name = lineNames[line.role] ?? (line.role === '' ? 'connection' : line.role);
  const many = (line.count ?? 1) > 1 ? `${line.count} × ` : '';
  return `${many}${line.speed === undefined ? '' : `${line.speed} `}${name}`;
}

/** What a card shows of a line: its ends by name, and what is known of it. */
export function lineCard(net: Net, line: Line): Card {
  const facts: (readonly [string, string])[] = [
    ['From', fullName(net, line.from)],
    ['To', fullName(net, line.to)],
  ];
  const more: readonly (readonly [string, string | undefined])[] = [
    ['Speed', line.speed],
    ['LAG', line.lag],
    ['Network', line.network],
    ['Lines', line.count === undefined ? undefined : String(line.count)],
    [line.role === 'cable' ? 'Port' : 'Label', line.label],
  ];
  for (const [label, value] of more) if (value !== undefined && value !== '') facts.push([label, value]);
  return {
    title: `${fullName(net, line.from)} – ${fullName(net, line.to)}`,
    kind: lineNames[line.role] ?? line.role,
    facts,
    prose: [],
    findings: [],
  };
}

const owners: ReadonlySet<string> = new Set(['host', 'physical', 'array', 'usbhub']);

/** The device that a part belongs to. */
function ownerOf(net: Net, id: string): Thing | undefined {
  return framesOf(net, id).find((frame) => owners.has(frame.role));
}

const nameOf = (net: Net, id: string): string => net.things.get(id)?.name ?? id;

/** The name with that of the device it is part of: `esx1/vmnic0`. VMs are not parts of hosts. */
export function fullName(net: Net, id: string): string {
  const thing = net.things.get(id);
  const owner = thing === undefined || thing.role === 'vm' ? undefined : ownerOf(net, id);
  return owner === undefined ? nameOf(net, id) : `${owner.name}/${nameOf(net, id)}`;
}

/** A path as one reads it: `E3-A → esx1/Control → vSwitch1 → vmnic0 → sw-a`. Each device is named once. */
export function pathWords(net: Net, { ids }: Path): string {
  let device: string | undefined;
  const words = ids.map((id) => {
    const thing = net.things.get(id);
    if (thing !== undefined && owners.has(thing.role)) {
      device = id;
      return thing.name;
    }
    const owner = thing?.role === 'vm' ? undefined : ownerOf(net, id);
    const isSame = owner !== undefined && owner.id === device;
    device = owner?.id;
    return isSame ? nameOf(net, id) : fullName(net, id);
  });
  return words.join(' → ');
}

/** How one gets from a thing to the next: `by a 10 Gbps cable`, `in it`. */
export function stepWords(step: Step): string {
  if (step.by === 'in') return 'inside it';
  if (step.by === 'out') return 'around it';
  const kinds = [...new Set(step.lines.map(lineKind))];
  const ports = step.lines.flatMap((line) => (line.label === undefined ? [] : [line.label]));
  const port = step.lines.every((line) => line.role === 'cable') && ports.length > 0 ? `, port ${ports.join(', ')}` : '';
  return kinds.length === 0 ? 'belongs together' : `${kinds.join(', ')}${port}`;
}

/** Most connections to name in one breath. */
const mostSpoken = 8;

/** Where a thing stands: `in cluster prod, 3 of 8`; the place among its like. */
function placeWords(net: Net, id: string): string {
  const thing = net.things.get(id);
  const frame = thing?.parent === undefined ? undefined : net.things.get(thing.parent);
  if (thing === undefined || frame === undefined) return '';
  const like = (net.inside.get(frame.id) ?? []).filter((other) => other.role === thing.role);
  const at = like.length < 2 ? '' : `, ${like.indexOf(thing) + 1} of ${like.length}`;
  return `in ${roleWord(frame.role)} ${frame.name}${at}`;
}

const roleWord = (role: string): string => (role === 'vm' ? 'virtual machine' : role === 'vswitch' ? 'vSwitch' : role);

/** What a thing is connected with: `connected with sw-a by 10 Gbps cable, port u2; belongs together with control`. */
export function connectionWords(net: Net, id: string): string {
  const steps = connectionsOf(net, id);
  const drawn = steps.filter((step) => step.by === 'line').map((step) => `${fullName(net, step.to)} by ${stepWords(step)}`);
  const others = steps.filter((step) => step.by === 'link').map((step) => fullName(net, step.to));
  const part = (lead: string, list: readonly string[]): readonly string[] => {
    if (list.length === 0) return [];
    const rest = list.length - mostSpoken;
    return [`${lead} ${list.slice(0, mostSpoken).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
  };
  return [...part('connected with', drawn), ...part('belongs together with', others)].join('; ');
}

/** The ways from a thing that are not just the frame around it or what is in it. */
export function connectionsOf(net: Net, id: string): readonly Step[] {
  return (net.steps.get(id) ?? []).filter((step) => step.by === 'line' || step.by === 'link');
}

/** All that a screen reader says of a box beyond its name: where it stands, facts, prose, findings, connections. */
export function describe(net: Net, id: string, tip: string): string {
  const { facts, findings, prose } = cardOf(tip);
  const inside = net.inside.get(id)?.length ?? 0;
  return [
    placeWords(net, id),
    ...facts.map(([label, value]) => `${label}: ${value}`),
    ...prose,
    ...findings.map(({ severity, text }) => `${severityNames[severity]}: ${text}`),
    inside > 0 ? `${inside} ${inside === 1 ? 'thing' : 'things'} inside` : '',
    connectionWords(net, id),
  ]
    .filter((part) => part !== '')
    .join('. ');
}
