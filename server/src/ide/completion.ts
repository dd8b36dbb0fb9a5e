/** Completion: what may be written where the cursor is, the likeliest first. */
import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver-types';
import { resolveImport } from '../analysis/host.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { profileHead } from '../model/lower/profiles.ts';
import type { ChunkState } from '../model/project.ts';
import type { Kind } from '../schema/types.ts';
import { needsQuotes, quoteName, quoteString } from '../values/name.ts';
import { CompletionItemKind, itemOf, type Proposal, ranked } from './complete/item.ts';
import { type Proposals, valueProposals, variableProposals } from './complete/values.ts';
import { kindOfProposals, topProposals, wordProposals } from './complete/words.ts';
import { type Context, contextAt } from './context.ts';
import { placeAt } from './place.ts';
import { type Block, blockAt, type Expectation } from './reading/marks.ts';
import { declaredBelow } from './reading/reading.ts';

export interface CompletionOptions {
  /** Files that the host knows, for the paths of `import` and `catalog`; those of open designs are known without. */
  readonly files?: readonly string[];
}

/** Characters behind which an editor should ask by itself. */
export const completionTriggers: readonly string[] = ['.', '/', ':', '"', ',', '('];

const nothing: CompletionList = { isIncomplete: false, items: [] };

export function completion(
  workspace: Workspace,
  uri: string,
  position: Position,
  options: CompletionOptions = {},
): CompletionList {
  const place = placeAt(workspace, uri, position);
  const context = place && contextAt(place);
  if (!place || !context) return nothing;
  const items = new Map<string, CompletionItem>();
  let cut = false;
  for (const [at, expectation] of context.expectations.entries()) {
    const found = proposalsFor(context, workspace, expectation, options);
    cut ||= found.cut ?? false;
    for (const proposal of found.proposals) {
      const key = `${proposal.label} ${proposal.kind}`;
      // What is expected first is likelier.
      if (!items.has(key)) items.set(key, itemOf(context, { ...proposal, rank: `${at}${proposal.rank}` }));
    }
  }
  const around = items.size === 0 && context.arithmetic ? blockAt(context.reading, place.offset) : undefined;
  if (around) for (const proposal of variableProposals(context, around)) items.set(proposal.label, itemOf(context, proposal));
  return { isIncomplete: cut, items: [...items.values()].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)) };
}

function proposalsFor(context: Context, workspace: Workspace, expectation: Expectation, options: CompletionOptions): Proposals {
  switch (expectation.is) {
    case 'top':
      return { proposals: context.quoted ? [] : topProposals() };
    case 'words':
      return { proposals: context.quoted ? [] : wordProposals(context, expectation) };
    case 'operand':
      return valueProposals(context, expectation);
    case 'joiner':
      return {
        proposals: [
          {
            label: expectation.text,
            kind: CompletionItemKind.Keyword,
            text: `${expectation.text} `,
            rank: ranked(0),
            again: true,
          },
        ],
      };
    case 'kindOf':
      return { proposals: kindOfProposals() };
    case 'profile':
      // Only what stands at the top builds on profiles.
      return { proposals: expectation.block?.parent ? [] : profileProposals(context, expectation.kind) };
    case 'name':
      return { proposals: inheritedNames(context, expectation.block) };
    case 'path':
      return { proposals: pathProposals(workspace, context, expectation.word, options.files ?? []) };
    case 'edition':
      return { proposals: [{ label: '1', kind: CompletionItemKind.Value, rank: ranked(0) }] };
    case 'letValue':
      return { proposals: [] };
    default:
      return expectation satisfies never;
  }
}

function profileProposals(context: Context, kind: Kind | undefined): readonly Proposal[] {
  const project = context.place.design?.project;
  const proposals: Proposal[] = [];
  for (const name of project?.profileNames() ?? []) {
    const source = project?.profileSource(name);
    const head = source && profileHead(source.entry);
    if (!source || !head?.kind || (kind && head.kind !== kind)) continue;
    // A profile does not build on itself.
    if (
      source.home === context.place.state &&
      source.entry.start <= context.place.offset &&
      context.place.offset <= source.entry.end
    )
      continue;
    proposals.push({
      label: name,
      kind: CompletionItemKind.Interface,
      text: quoteName(name),
      detail: `profile of ${head.kind.word}`,
      rank: ranked(0, proposals.length),
      ...(source.entry.doc !== undefined ? { doc: source.entry.doc } : {}),
    });
  }
  return proposals;
}

/** Names of things that a profile has declared here already: to say more about one of them. */
function inheritedNames(context: Context, block: Block): readonly Proposal[] {
  if (!block.parent || context.quoted) return [];
  return declaredBelow(context.reading, block.parent, context.place.design?.project)
    .filter(({ kind, profile, name }) => kind === block.kind && profile !== undefined && !needsQuotes(name))
    .map(({ name, profile }, at) => ({
      label: name,
      kind: CompletionItemKind.Reference,
      detail: `of profile ${profile ?? ''}`,
      rank: ranked(0, at),
    }));
}

function pathProposals(
  workspace: Workspace,
  context: Context,
  word: 'import' | 'catalog',
  files: readonly string[],
): readonly Proposal[] {
  const { uri } = context.place;
  const known = new Set(files);
  for (const root of workspace.roots()) {
    for (const design of workspace.designs(root)) {
      for (const file of design.project.files().keys()) known.add(file);
      for (const state of design.project.notable()) for (const target of linked(state, word)) known.add(target);
    }
  }
  const ending = word === 'import' ? '.lintel' : '.json';
  const said = new Set(context.place.design?.project.chunks(uri).flatMap((state) => linked(state, word)));
  return [...known]
    .filter((file) => file !== uri && file.endsWith(ending) && !said.has(file))
    .flatMap((file) => relativePath(uri, file) ?? [])
    .sort()
    .map((path, at) => ({
      label: path,
      kind: CompletionItemKind.File,
      text: quoteString(path),
      rank: ranked(path.startsWith('../') ? 1 : 0, at),
    }));
}

const linked = (state: ChunkState, word: 'import' | 'catalog'): readonly string[] =>
  state.links.filter((link) => link.word === word).flatMap((link) => resolveImport(state.uri, link.path) ?? []);

/** The path that an import writes to get from one file to another; undefined when none leads there. */
function relativePath(from: string, to: string): string | undefined {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same += 1;
  // Another machine or drive.
  if (same < 3) return undefined;
  try {
    return [...here.slice(same).map(() => '..'), ...there.slice(same).map(decodeURIComponent)].join('/');
  } catch {
    return undefined;
  }
}
