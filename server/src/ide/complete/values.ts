/** Proposals for values, by their type. */
import { ruleInfos } from '../../analysis/lintel.ts';
import { subnetOf } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import type { Project } from '../../model/project.ts';
import { formatted } from '../describe/vocabulary.ts';
import type { ValueKind } from '../../schema/types.ts';
import { parseQuantity, unitsOf } from '../../values/quantity.ts';
import { isProblem } from '../../values/problem.ts';
import { quoteName, quoteString } from '../../values/name.ts';
import type { Context } from '../context.ts';
import { summaryOf } from '../describe/entity.ts';
import type { Block, Expectation } from '../reading/marks.ts';
import { plainName } from '../reading/read.ts';
import { basesOf } from '../reading/reading.ts';
import { indexesOf } from '../names/expressions.ts';
import { freeHost, freeHostBase, freePortBase, portsOf } from './free.ts';
import { devicesFor, modelProposals, releaseProposals } from './hardware.ts';
import { CompletionItemKind, type Proposal, ranked } from './item.ts';
import { iconOf, nameProposals } from './names.ts';

type OperandAt = Extract<Expectation, { readonly is: 'operand' }>;
export interface Proposals {
  readonly proposals: readonly Proposal[];
  readonly cut?: boolean;
}

export function valueProposals(context: Context, at: OperandAt): Proposals {
  const { block, operand } = at;
  const { kind } = operand.type;
  const project = context.place.design?.project;
  if (context.arithmetic) return { proposals: [...(kind.is === 'address' && project ? numberProposals(context, block, project) : []), ...variableProposals(context, block)] };
  switch (kind.is) {
    case 'choice': return { proposals: choiceProposals(kind) };
    case 'yesno': return { proposals: [{ label: 'yes', kind: CompletionItemKind.EnumMember, rank: ranked(1) }, { label: 'no', kind: CompletionItemKind.EnumMember, rank: ranked(1, 1) }] };
    case 'quantity':
    case 'between': return { proposals: unitProposals(context, kind, at.prop.example) };
    case 'ref': return nameProposals(context, block, kind.to, operand.list, saidBeside(context, at));
    case 'port': return { proposals: project ? portProposals(context, block, project) : [] };
    case 'address': return { proposals: project ? addressProposals(context, block, project) : [] };
    case 'version': return { proposals: releaseProposals(context, block, at.path) };
    case 'text':
    case 'word': return { proposals: wordValues(context, at, project) };
    case 'ip': return { proposals: at.path.at(-1) === 'gateway' ? gatewayProposals(context, block) : [] };
    default: return { proposals: [] };
  }
}

/** What the list names already, but for the word under the cursor. */
function saidBeside(context: Context, { block, path, key }: OperandAt): ReadonlySet<string> {
  const own = context.term;
  return new Set(context.reading.marks.flatMap((mark) => (mark.is === 'value' && mark.block === block && mark.key === key && mark.term !== own && mark.path.join() === path.join() ? (plainName(mark.term) ?? []) : [])));
}

/** Switches with so many of them that counting the free ports of each would be felt. */
const maxCounted = 20;

function choiceProposals(kind: Extract<ValueKind, { readonly is: 'choice' }>): readonly Proposal[] {
  return Object.entries(kind.of).map(([word, doc], at) => ({ label: word, kind: CompletionItemKind.EnumMember, detail: doc, rank: ranked(1, at) }));
}

/** `10` → `10Gbps`: the likeliest unit first. */
function unitProposals(context: Context, kind: Extract<ValueKind, { readonly is: 'quantity' | 'between' }>, example: string | undefined): readonly Proposal[] {
  const digits = /^\d+(?:\.\d+)?/.exec(typed(context))?.[0];
  if (digits === undefined) {
    const value = kind.is === 'quantity' ? example?.split(' ')[1] : undefined;
    return value === undefined || isProblem(parseQuantity(value, kind.dimension)) ? [] : [{ label: value, kind: CompletionItemKind.Value, detail: 'for example', rank: ranked(1) }];
  }
  const meant = parseQuantity(digits, kind.dimension);
  const likely = isProblem(meant) ? meant.suggestion : undefined;
  return unitsOf(kind.dimension).map((unit, at) => ({
    label: `${digits}${unit}`, kind: CompletionItemKind.Unit, rank: ranked(`${digits}${unit}` === likely ? 0 : 1, at), whole: true,
    detail: formatted(`${digits}${unit}`, kind.dimension),
  }));
}

/** What stands of the value in front of the cursor: the word alone would lack what is before a dot. */
function typed(context: Context): string {
  return context.place.chunk.text.slice(context.value.start, context.place.offset);
}

function portProposals(context: Context, block: Block, project: Project): readonly Proposal[] {
  const { model } = project;
  const [device] = context.path;
  if (device === undefined) {
    const switches = model.all('switch');
    return switches.map((entity, at) => ({ label: `${entity.name}/`, kind: iconOf('switch'), text: `${quoteName(entity.name)}/`, detail: switches.length <= maxCounted ? freeText(entity, project) : summaryOf(entity, model), rank: ranked(1, at), again: true }));
  }
  const found = model.find('switch', device);
  if (!found) return [];
  const index = indexesOf(block, project).find((candidate) => candidate.values.length > 1);
  const base = index && freePortBase(found, index, model);
  const many: Proposal[] = index && base !== undefined ? [{ label: reckoned(base, index.name), kind: CompletionItemKind.Value, detail: `ports ${base + (index.values[0] ?? 0)} to ${base + (index.values.at(-1) ?? 0)}, all free`, rank: ranked(0) }] : [];
  return [...many, ...portsOf(found, model).map(({ name, by }, at): Proposal => ({ label: name, kind: CompletionItemKind.Value, detail: by ?? 'free', rank: ranked(by === undefined ? 1 : 2, at) }))];
}

const freeText = (device: Entity<'switch'>, project: Project): string => {
  const ports = portsOf(device, project.model);
  return ports.length === 0 ? summaryOf(device, project.model) : `${ports.filter((port) => port.by === undefined).length} of ${ports.length} ports free`;
};

const reckoned = (base: number, index: string): string => (base === 0 ? `(${index})` : `(${base} + ${index})`);

/** Networks with so many of them that reckoning the next free address of each would be felt. */
const maxReckoned = 12;

function addressProposals(context: Context, block: Block, project: Project): readonly Proposal[] {
  const { model } = project;
  const index = indexesOf(block, project).find((candidate) => candidate.values.length > 1);
  const call = (network: Entity<'network'>): { readonly text: string; readonly detail: string } | undefined => {
    const many = index && freeHostBase(network, index, model);
    if (index && many) return { text: `host(${many.base} + ${index.name})`, detail: `${many.first} to ${many.last}, all free` };
    const one = freeHost(network, model);
    return one && { text: `host(${one.number})`, detail: `${one.ip}, free` };
  };
  const [name] = context.path;
  if (name !== undefined) {
    const network = model.find('network', name);
    const next = network && call(network);
    return next ? [{ label: next.text, kind: CompletionItemKind.Function, detail: next.detail, rank: ranked(0) }] : [{ label: 'host()', kind: CompletionItemKind.Function, text: 'host($1)', snippet: true, rank: ranked(0) }];
  }
  const own = networkNamed(context, block);
  const networks = model.all('network').filter((network) => subnetOf(network));
  const proposals = networks.map((network, at): Proposal => {
    const first = network.name === own;
    const next = first || networks.length <= maxReckoned ? call(network) : undefined;
    const spelled = quoteName(network.name);
    return { label: `${network.name}.${next?.text ?? 'host()'}`, kind: iconOf('network'), text: `${spelled}.${next?.text ?? 'host($1)'}`, ...(next ? {} : { snippet: true }), detail: next?.detail ?? summaryOf(network, model), rank: ranked(first ? 0 : 1, at) };
  });
  return [...proposals, { label: 'dhcp', kind: CompletionItemKind.EnumMember, detail: 'Given by a DHCP server.', rank: ranked(2) }];
}

/** The network that a block, or its profile, says it stands on. */
function networkNamed(context: Context, block: Block): string | undefined {
  const project = context.place.design?.project;
  const sources = [...basesOf(context.reading, block, project), { reading: context.reading, block }].reverse();
  for (const source of sources) for (const mark of source.reading.marks) if (mark.is === 'value' && mark.block === source.block && mark.path.join() === 'on') return plainName(mark.term);
  return undefined;
}

/** The next free number inside of `NETWORK.host(…)`. */
function numberProposals(context: Context, block: Block, project: Project): readonly Proposal[] {
  const network = context.path[0] === undefined ? undefined : project.model.find('network', context.path[0]);
  if (!network) return [];
  const index = indexesOf(block, project).find((candidate) => candidate.values.length > 1);
  const many = index && freeHostBase(network, index, project.model);
  if (index && many) return [{ label: `${many.base} + ${index.name}`, kind: CompletionItemKind.Value, detail: `${many.first} to ${many.last}, all free`, rank: ranked(0) }];
  const one = freeHost(network, project.model);
  return one ? [{ label: String(one.number), kind: CompletionItemKind.Value, detail: `${one.ip}, free`, rank: ranked(0) }] : [];
}

export function variableProposals(context: Context, block: Block): readonly Proposal[] {
  const project = context.place.design?.project;
  const indexes = indexesOf(block, project);
  const inProfile = indexes.length === 0 ? [{ name: 'i', values: [] }] : indexes;
  return [
    ...inProfile.map(({ name, values }, at): Proposal => ({ label: name, kind: CompletionItemKind.Variable, detail: values.length > 0 ? `index, ${values[0]} to ${values.at(-1)}` : 'index of the range', rank: ranked(1, at) })),
    ...[...(project?.letNames() ?? [])].map((name, at): Proposal => ({ label: name, kind: CompletionItemKind.Constant, detail: 'named value', rank: ranked(2, at) })),
  ];
}

/** The first address of the subnet that the same thing says. */
function gatewayProposals(context: Context, block: Block): readonly Proposal[] {
  const mark = context.reading.marks.find((candidate) => candidate.is === 'value' && candidate.block === block && candidate.operand.type.kind.is === 'cidr');
  const match = mark?.is === 'value' && mark.term.kind === 'ipv4' ? /^(\d+\.\d+\.\d+)\.(\d+)\//.exec(mark.term.text) : null;
  return match ? [{ label: `${match[1]}.${Number(match[2]) + 1}`, kind: CompletionItemKind.Value, detail: 'first address of the subnet', rank: ranked(0), whole: true }] : [];
}

/** Texts: models of the catalogues, codes of rules, else what others of the kind say. */
function wordValues(context: Context, at: OperandAt, project: Project | undefined): readonly Proposal[] {
  const { block, path, key } = at;
  if (block.kind.area === 'governance' && (path[0] === 'finding' || key === 'rule')) {
    return ruleInfos().map((rule, index) => ({ label: rule.code, kind: CompletionItemKind.Value, detail: rule.summary, doc: `**${rule.summary}**\n\n${rule.why}`, rank: ranked(0, index) }));
  }
  if (!project) return [];
  const devices = devicesFor(block, path, key);
  const known = devices ? modelProposals(project, devices) : [];
  return [...usedBefore(at, project, context.partial), ...known];
}

const maxUsed = 50;
const maxLooked = 3_000;

/** What other things of the kind say here: one spelling for one thing. */
function usedBefore({ block, path, key, operand, prop }: OperandAt, project: Project, partial: string): readonly Proposal[] {
  const counts = new Map<string, number>();
  const keys = prop.record ? [...path, key] : path;
  for (const entity of project.model.all(block.kind.word as 'host').slice(0, maxLooked)) {
    let value: unknown = entity.props;
    for (const step of keys) value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
    for (const item of Array.isArray(value) ? (value as readonly unknown[]) : [value]) if (typeof item === 'string' && item !== '' && item.length < 60) counts.set(item, (counts.get(item) ?? 0) + 1);
    if (counts.size >= maxUsed) break;
  }
  const { is } = operand.type.kind;
  // A sentence belongs to one thing; a word, or a text that others share, to many.
  return [...counts].filter(([text, count]) => (count > 1 || text !== partial) && (is === 'word' || count > 1 || keys[0] === 'os' || keys[0] === 'model' || keys[0] === 'owner')).map(([text, count], index) => ({
    label: text, kind: CompletionItemKind.Value, text: is === 'word' ? quoteName(text) : quoteString(text), detail: count > 1 ? `used ${count} times in this design` : 'used in this design', rank: ranked(0, index),
  }));
}
