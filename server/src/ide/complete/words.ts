/** Proposals for words: properties that are not said yet, things that may stand here, and what a profile brings along. */

import { clusterOf } from '../../facts/placement.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { ChunkState, Project } from '../../model/project.ts';
import type { Hypervisor, Kind, Prop } from '../../schema/types.ts';
import { hypervisors as allHypervisors } from '../../schema/types.ts';
import { directives, kindOf, kinds, kindWords } from '../../schema/vocabulary.ts';
import { needsQuotes } from '../../values/name.ts';
import type { Context } from '../context.ts';
import { directiveMarkdown, kindMarkdown, propMarkdown, usageOf } from '../describe/vocabulary.ts';
import { type Block, type Expectation, isBelow, topOf } from '../reading/marks.ts';
import { type Base, basesOf, declaredBelow, namesOf, saidBy } from '../reading/reading.ts';
import { plainName } from '../reading/walk.ts';
import { CompletionItemKind, type Proposal, ranked } from './item.ts';
import { asksAgain, kindSnippet, propSnippet } from './snippets.ts';

type Words = Extract<Expectation, { readonly is: 'words' }>;

/** Groups of the list, in order. */
const groups = { props: 10, children: 20, overrides: 15, inherited: 30, far: 40 } as const;

const stop = (number: number, text: string): string => `\${${number}:${text}}`;

export function topProposals(): readonly Proposal[] {
  const proposals: Proposal[] = [];
  let at = 0;
  for (const word of kindWords()) {
    const kind = kindOf(word);
    if (kind?.top) proposals.push(kindProposal(kind, word, ranked(groups.props, at++), true));
  }
  const shapes: Readonly<Record<keyof typeof directives, string>> = {
    lintel: 'lintel 1',
    import: 'import "$1"',
    catalog: 'catalog "$1"',
    let: `let ${stop(1, 'name')} = ${stop(2, 'value')}`,
    profile: `profile ${stop(1, 'name')} of ${stop(2, 'host')} {\n\t$0\n}`,
  };
  for (const word of Object.keys(directives) as (keyof typeof directives)[]) {
    proposals.push({
      label: word,
      kind: CompletionItemKind.Keyword,
      text: shapes[word],
      snippet: true,
      doc: directiveMarkdown(word),
      rank: ranked(groups.children, at++),
      again: word === 'import' || word === 'catalog',
    });
  }
  return proposals;
}

function kindProposal(kind: Kind, word: string, rank: string, wholeLine: boolean): Proposal {
  return {
    label: word,
    kind: CompletionItemKind.Class,
    detail: kind.doc.split(/[.:;(]/)[0]?.trim() ?? '',
    doc: kindMarkdown(kind),
    rank,
    ...(wholeLine ? { text: kindSnippet(kind, word), snippet: true } : { text: `${word} ` }),
  };
}

/** Kinds that a profile can be of. */
export function kindOfProposals(): readonly Proposal[] {
  return Object.values(kinds as Readonly<Record<string, Kind>>)
    .filter((kind) => kind.naming !== 'none')
    .map((kind, at) => ({
      label: kind.word,
      kind: CompletionItemKind.Class,
      text: `${kind.word} `,
      doc: kindMarkdown(kind),
      rank: ranked(kind.children.length > 0 || kind.word === 'vm' ? 0 : 1, at),
    }));
}

export function wordProposals(context: Context, words: Words): readonly Proposal[] {
  const { block, owner, path, line, far } = words;
  const { reading } = context;
  const project = context.place.design?.project;
  const said = saidBy(reading, block);
  const bases = basesOf(reading, block, project);
  const here = hypervisorsAt(context, block);
  const proposals: Proposal[] = [];
  Object.entries(owner.props).forEach(([word, prop], at) => {
    const full = [...path, word].join('.');
    if (said.has(full) && !prop.many) return;
    if (prop.hypervisors && here && !prop.hypervisors.some((name) => here.has(name))) return;
    const inherited = path.length === 0 ? inheritedFrom(bases, full, project) : undefined;
    proposals.push(
      propProposal(
        word,
        prop,
        far ? ranked(groups.far, at) : ranked(inherited ? groups.inherited : groups.props - path.length, at),
        inherited,
      ),
    );
  });
  if (words.children) {
    block.kind.children.forEach((word, at) => {
      const kind = kindOf(word);
      if (kind) proposals.push(kindProposal(kind, word, ranked(far ? groups.far : groups.children, at), line));
    });
    if (line) proposals.push(...overrideProposals(context, block));
  }
  return proposals;
}

function propProposal(word: string, prop: Prop, rank: string, inherited: string | undefined): Proposal {
  const snippet = propSnippet(word, prop);
  const [first] = Object.values(prop.operands);
  const follows = !first?.optional || Object.keys(prop.props).length > 0;
  const model = snippet !== undefined && /^model "/.test(snippet);
  return {
    label: word,
    kind: CompletionItemKind.Property,
    rank,
    detail: inherited ?? usageOf(word, prop),
    doc: propMarkdown(word, prop),
    ...(model
      ? { text: `${word} "$1"`, snippet: true, again: true }
      : snippet !== undefined
        ? { text: snippet, snippet: true }
        : { text: follows ? `${word} ` : word, again: follows && (!first || asksAgain(first)) }),
  };
}

/** "from profile esxi: 256GB", when a profile says a property already. */
function inheritedFrom(bases: readonly Base[], full: string, project: Project | undefined): string | undefined {
  const base = bases.findLast(
    (candidate) => candidate.profile !== undefined && saidBy(candidate.reading, candidate.block).has(full),
  );
  if (!base?.profile) return undefined;
  const text = (project?.profileSource(base.profile)?.home as ChunkState | undefined)?.chunk.text ?? '';
  const values = base.reading.marks.filter((mark) => mark.is === 'value' && mark.block === base.block && mark.path[0] === full);
  const [first, last] = [values[0], values.at(-1)];
  return `from profile ${base.profile}${first && last ? `: ${text.slice(first.start, last.end)}` : ''}`;
}

/** Children that are there already, to say more about: `vmk0 address …`. */
function overrideProposals(context: Context, block: Block): readonly Proposal[] {
  const { reading } = context;
  const project = context.place.design?.project;
  const own = new Set(
    reading.blocks
      .filter((candidate) => isBelow(candidate, block))
      .flatMap((candidate) => namesOf(candidate, project).map((name) => `${candidate.kind.word} ${name}`)),
  );
  return declaredBelow(reading, block, project)
    .filter(({ kind, name, profile }) => profile !== undefined && !needsQuotes(name) && !own.has(`${kind.word} ${name}`))
    .map(({ kind, name, profile }, at) => ({
      label: name,
      kind: CompletionItemKind.Reference,
      text: `${name} `,
      detail: `${kind.word} of profile ${profile ?? ''}`,
      doc: `Says more about the ${kind.word} that profile ${profile ?? ''} declares.`,
      rank: ranked(groups.overrides, at),
      again: true,
    }));
}

/** Hypervisors that what is said here can run on; undefined when nobody knows. */
function hypervisorsAt(context: Context, block: Block): ReadonlySet<Hypervisor> | undefined {
  const top = topOf(block);
  const found = new Set<Hypervisor>();
  const add = (product: unknown): void => {
    const known = allHypervisors.find((name) => name === product);
    if (known) found.add(known);
  };
  const { reading } = context;
  const project = context.place.design?.project;
  for (const source of [{ reading, block: top }, ...basesOf(reading, top, project)]) {
    for (const mark of source.reading.marks)
      if (mark.is === 'value' && mark.block === source.block && mark.key === 'product' && mark.path[0] === 'hypervisor')
        add(plainName(mark.term));
  }
  const name = plainName(top.name);
  if (found.size === 0 && project && name !== undefined)
    for (const host of hostsOf(project, project.model.find(top.kind.word as 'host', name))) add(host.props.hypervisor?.product);
  return found.size > 0 ? found : undefined;
}

function hostsOf(project: Project, entity: Entity | undefined): readonly Entity<'host'>[] {
  const { model } = project;
  if (!entity) return [];
  if (is(entity, 'host')) return [entity];
  if (is(entity, 'dvswitch')) return model.resolveAll(entity.props.hosts, entity, 'host');
  if (!is(entity, 'vm') && !is(entity, 'cluster')) return [];
  const own = is(entity, 'vm') ? model.resolve(entity.props.on, entity, 'host') : undefined;
  const cluster = own ? undefined : clusterOf(entity, model);
  return own ? [own] : cluster ? model.resolveAll(cluster.props.hosts, cluster, 'host') : [];
}
