/** Proposals for what is cabled and addressed: ports of switches, addresses of networks, the free ones first. */
import { subnetOf } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import type { Project } from '../../model/project.ts';
import { needsQuotes } from '../../values/name.ts';
import type { Context } from '../context.ts';
import { summaryOf } from '../describe/entity.ts';
import { indexesOf } from '../names/expressions.ts';
import type { Block } from '../reading/marks.ts';
import { basesOf } from '../reading/reading.ts';
import { plainName } from '../reading/walk.ts';
import { freeHost, freeHostBase, freePortBase, portsOf } from './free.ts';
import { CompletionItemKind, type Proposal, ranked } from './item.ts';
import { iconOf } from './names.ts';

/** Switches with so many of them that counting the free ports of each would be felt. */
const maxCounted = 20;

export function portProposals(context: Context, block: Block, project: Project): readonly Proposal[] {
  const { model } = project;
  const [device] = context.path;
  if (device === undefined) {
    // A path starts with a plain name.
    const switches = model.all('switch').filter((entity) => !needsQuotes(entity.name));
    return switches.map((entity, at) => ({
      label: `${entity.name}/`,
      kind: iconOf('switch'),
      text: `${entity.name}/`,
      detail: switches.length <= maxCounted ? freeText(entity, project) : summaryOf(entity, model),
      rank: ranked(1, at),
      again: true,
    }));
  }
  const found = model.find('switch', device);
  if (!found) return [];
  const index = indexesOf(block, project).find((candidate) => candidate.values.length > 1);
  const base = index && freePortBase(found, index, model);
  const many: Proposal[] =
    index && base !== undefined
      ? [
          {
            label: reckoned(base, index.name),
            kind: CompletionItemKind.Value,
            detail: `ports ${base + (index.values[0] ?? 0)} to ${base + (index.values.at(-1) ?? 0)}, all free`,
            rank: ranked(0),
          },
        ]
      : [];
  return [
    ...many,
    ...portsOf(found, model).map(
      ({ name, by }, at): Proposal => ({
        label: name,
        kind: CompletionItemKind.Value,
        detail: by ?? 'free',
        rank: ranked(by === undefined ? 1 : 2, at),
      }),
    ),
  ];
}

const freeText = (device: Entity<'switch'>, project: Project): string => {
  const ports = portsOf(device, project.model);
  return ports.length === 0
    ? summaryOf(device, project.model)
    : `${ports.filter((port) => port.by === undefined).length} of ${ports.length} ports free`;
};

const reckoned = (base: number, index: string): string => (base === 0 ? `(${index})` : `(${base} + ${index})`);

/** Networks with so many of them that reckoning the next free address of each would be felt. */
const maxReckoned = 12;

export function addressProposals(context: Context, block: Block, project: Project): readonly Proposal[] {
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
    return next
      ? [{ label: next.text, kind: CompletionItemKind.Function, detail: next.detail, rank: ranked(0) }]
      : [{ label: 'host()', kind: CompletionItemKind.Function, text: 'host($1)', snippet: true, rank: ranked(0) }];
  }
  const own = networkNamed(context, block);
  const networks = likely(
    context,
    model.all('network').filter((network) => subnetOf(network) && !needsQuotes(network.name)),
    own,
  );
  const proposals = networks.map((network, at): Proposal => {
    const first = network.name === own;
    const next = first || networks.length <= maxReckoned ? call(network) : undefined;
    return {
      label: `${network.name}.${next?.text ?? 'host()'}`,
      kind: iconOf('network'),
      text: `${network.name}.${next?.text ?? 'host($1)'}`,
      ...(next ? {} : { snippet: true }),
      detail: next?.detail ?? summaryOf(network, model),
      rank: ranked(first ? 0 : 1, at),
    };
  });
  return [
    ...proposals,
    { label: 'dhcp', kind: CompletionItemKind.EnumMember, detail: 'Given by a DHCP server.', rank: ranked(2) },
  ];
}

/** More than this are not proposed at once. */
const maxNetworks = 100;

/** Of very many networks, the one that the thing stands on, and those that have what is typed. */
function likely(context: Context, networks: readonly Entity<'network'>[], own: string | undefined): readonly Entity<'network'>[] {
  if (networks.length <= maxNetworks) return networks;
  const typed = context.partial.toLowerCase();
  return networks
    .filter((network) => network.name === own || network.name.toLowerCase().includes(typed))
    .sort((a, b) => Number(b.name === own) - Number(a.name === own))
    .slice(0, maxNetworks);
}

/** The network that a block, or its profile, says it stands on. */
function networkNamed(context: Context, block: Block): string | undefined {
  const project = context.place.design?.project;
  const sources = [...basesOf(context.reading, block, project), { reading: context.reading, block }].reverse();
  for (const source of sources)
    for (const mark of source.reading.marks)
      if (mark.is === 'value' && mark.block === source.block && mark.path.join() === 'on') return plainName(mark.term);
  return undefined;
}

/** The next free number inside of `NETWORK.host(…)`. */
export function numberProposals(context: Context, block: Block, project: Project): readonly Proposal[] {
  const network = context.path[0] === undefined ? undefined : project.model.find('network', context.path[0]);
  if (!network) return [];
  const index = indexesOf(block, project).find((candidate) => candidate.values.length > 1);
  const many = index && freeHostBase(network, index, project.model);
  if (index && many)
    return [
      {
        label: `${many.base} + ${index.name}`,
        kind: CompletionItemKind.Value,
        detail: `${many.first} to ${many.last}, all free`,
        rank: ranked(0),
      },
    ];
  const one = freeHost(network, project.model);
  return one ? [{ label: String(one.number), kind: CompletionItemKind.Value, detail: `${one.ip}, free`, rank: ranked(0) }] : [];
}

/** The first address of the subnet that the same thing says. */
export function gatewayProposals(context: Context, block: Block): readonly Proposal[] {
  const mark = context.reading.marks.find(
    (candidate) => candidate.is === 'value' && candidate.block === block && candidate.operand.type.kind.is === 'cidr',
  );
  const match = mark?.is === 'value' && mark.term.kind === 'ipv4' ? /^(\d+\.\d+\.\d+)\.(\d+)\//.exec(mark.term.text) : null;
  return match
    ? [
        {
          label: `${match[1]}.${Number(match[2]) + 1}`,
          kind: CompletionItemKind.Value,
          detail: 'first address of the subnet',
          rank: ranked(0),
          whole: true,
        },
      ]
    : [];
}
