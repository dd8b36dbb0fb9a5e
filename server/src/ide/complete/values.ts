/** Proposals for values, by their type. */
import { ruleInfos } from '../../analysis/lintel.ts';
import type { Project } from '../../model/project.ts';
import type { ValueKind } from '../../schema/types.ts';
import { quoteName, quoteString } from '../../values/name.ts';
import { isProblem } from '../../values/problem.ts';
import { parseQuantity, unitsOf } from '../../values/quantity.ts';
import type { Context } from '../context.ts';
import { formatted } from '../describe/vocabulary.ts';
import { indexesOf } from '../names/expressions.ts';
import type { Block, Expectation } from '../reading/marks.ts';
import { plainName } from '../reading/walk.ts';
import { devicesFor, modelProposals, releaseProposals } from './hardware.ts';
import { CompletionItemKind, type Proposal, ranked } from './item.ts';
import { nameProposals } from './names.ts';
import { addressProposals, gatewayProposals, numberProposals, portProposals } from './network.ts';

type OperandAt = Extract<Expectation, { readonly is: 'operand' }>;
export interface Proposals {
  readonly proposals: readonly Proposal[];
  readonly cut?: boolean;
}

export function valueProposals(context: Context, at: OperandAt): Proposals {
  const { block, operand } = at;
  const { kind } = operand.type;
  const project = context.place.design?.project;
  if (context.arithmetic)
    return {
      proposals: [
        ...(kind.is === 'address' && project ? numberProposals(context, block, project) : []),
        ...variableProposals(context, block),
      ],
    };
  switch (kind.is) {
    case 'choice':
      return { proposals: choiceProposals(kind) };
    case 'yesno':
      return {
        proposals: [
          { label: 'yes', kind: CompletionItemKind.EnumMember, rank: ranked(1) },
          { label: 'no', kind: CompletionItemKind.EnumMember, rank: ranked(1, 1) },
        ],
      };
    case 'quantity':
    case 'between':
      return { proposals: unitProposals(context, kind, at.prop.example) };
    case 'ref':
      return nameProposals(context, block, kind.to, operand.list, saidBeside(context, at));
    case 'port':
      return { proposals: project ? portProposals(context, block, project) : [] };
    case 'address':
      return { proposals: project ? addressProposals(context, block, project) : [] };
    case 'version':
      return { proposals: releaseProposals(context, block, at.path) };
    case 'text':
    case 'word':
      return { proposals: wordValues(context, at, project) };
    case 'ip':
      return { proposals: at.path.at(-1) === 'gateway' ? gatewayProposals(context, block) : [] };
    default:
      return { proposals: [] };
  }
}

/** What the list names already, but for the word under the cursor. */
function saidBeside(context: Context, { block, path, key }: OperandAt): ReadonlySet<string> {
  const own = context.term;
  return new Set(
    context.reading.marks.flatMap((mark) =>
      mark.is === 'value' && mark.block === block && mark.key === key && mark.term !== own && mark.path.join() === path.join()
        ? (plainName(mark.term) ?? [])
        : [],
    ),
  );
}

function choiceProposals(kind: Extract<ValueKind, { readonly is: 'choice' }>): readonly Proposal[] {
  return Object.entries(kind.of).map(([word, doc], at) => ({
    label: word,
    kind: CompletionItemKind.EnumMember,
    detail: doc,
    rank: ranked(1, at),
  }));
}

/** `10` → `10Gbps`: the likeliest unit first. */
function unitProposals(
  context: Context,
  kind: Extract<ValueKind, { readonly is: 'quantity' | 'between' }>,
  example: string | undefined,
): readonly Proposal[] {
  const digits = /^\d+(?:\.\d+)?/.exec(typed(context))?.[0];
  if (digits === undefined) {
    const value = kind.is === 'quantity' ? example?.split(' ')[1] : undefined;
    return value === undefined || isProblem(parseQuantity(value, kind.dimension))
      ? []
      : [{ label: value, kind: CompletionItemKind.Value, detail: 'for example', rank: ranked(1) }];
  }
  const meant = parseQuantity(digits, kind.dimension);
  const likely = isProblem(meant) ? meant.suggestion : undefined;
  return unitsOf(kind.dimension).map((unit, at) => ({
    label: `${digits}${unit}`,
    kind: CompletionItemKind.Unit,
    rank: ranked(`${digits}${unit}` === likely ? 0 : 1, at),
    whole: true,
    detail: formatted(`${digits}${unit}`, kind.dimension),
  }));
}

/** What stands of the value in front of the cursor: the word alone would lack what is before a dot. */
function typed(context: Context): string {
  return context.place.chunk.text.slice(context.value.start, context.place.offset);
}

export function variableProposals(context: Context, block: Block): readonly Proposal[] {
  const project = context.place.design?.project;
  const indexes = indexesOf(block, project);
  const inProfile = indexes.length === 0 ? [{ name: 'i', values: [] }] : indexes;
  return [
    ...inProfile.map(
      ({ name, values }, at): Proposal => ({
        label: name,
        kind: CompletionItemKind.Variable,
        detail: values.length > 0 ? `index, ${values[0]} to ${values.at(-1)}` : 'index of the range',
        rank: ranked(1, at),
      }),
    ),
    ...[...(project?.letNames() ?? [])].map(
      (name, at): Proposal => ({ label: name, kind: CompletionItemKind.Constant, detail: 'named value', rank: ranked(2, at) }),
    ),
  ];
}

/** Texts: models of the catalogues, codes of rules, else what others of the kind say. */
function wordValues(context: Context, at: OperandAt, project: Project | undefined): readonly Proposal[] {
  const { block, path, key } = at;
  if (block.kind.area === 'governance' && (path[0] === 'finding' || key === 'rule')) {
    return ruleInfos().map((rule, index) => ({
      label: rule.code,
      kind: CompletionItemKind.Value,
      detail: rule.summary,
      doc: `**${rule.summary}**\n\n${rule.why}`,
      rank: ranked(0, index),
    }));
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
    for (const step of keys)
      value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
    for (const item of Array.isArray(value) ? (value as readonly unknown[]) : [value])
      if (typeof item === 'string' && item !== '' && item.length < 60) counts.set(item, (counts.get(item) ?? 0) + 1);
    if (counts.size >= maxUsed) break;
  }
  const { is } = operand.type.kind;
  // A sentence belongs to one thing; a word, or a text that others share, to many.
  return [...counts]
    .filter(
      ([text, count]) =>
        (count > 1 || text !== partial) &&
        (is === 'word' || count > 1 || keys[0] === 'os' || keys[0] === 'model' || keys[0] === 'owner'),
    )
    .map(([text, count], index) => ({
      label: text,
      kind: CompletionItemKind.Value,
      text: is === 'word' ? quoteName(text) : quoteString(text),
      detail: count > 1 ? `used ${count} times in this design` : 'used in this design',
      rank: ranked(0, index),
    }));
}
