/** Hover: what a word means, what a name stands for, what a value comes to and who said it. */
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver-types';
import { resolveImport } from '../analysis/host.ts';
import { ruleInfos } from '../analysis/lintel.ts';
import type { Workspace } from '../analysis/workspace.ts';
import type { Span } from '../base/span.ts';
import { subnetOf } from '../facts/network.ts';
import type { Entity } from '../model/entity.ts';
import type { ChunkState, Project } from '../model/project.ts';
import { expandPath } from '../model/terms.ts';
import { propText } from '../schema/valueText.ts';
import { hostOf } from '../values/ip.ts';
import { isProblem } from '../values/problem.ts';
import { parseQuantity } from '../values/quantity.ts';
import { catalogMarkdown, deviceMarkdown, releaseMarkdown } from './describe/catalog.ts';
import { declared, entityMarkdown } from './describe/entity.ts';
import { othersMarkdown, saidOf } from './describe/origins.ts';
import { code, directiveMarkdown, formatted, kindMarkdown, plain, propMarkdown, verbatim } from './describe/vocabulary.ts';
import { boundOf, holdersOf } from './names/bound.ts';
import { indexesOf, variablesIn } from './names/expressions.ts';
import { profileUsers } from './names/profiles.ts';
import { partsOf } from './names/resolve.ts';
import { type Place, placeAt, rangeIn, readingAt } from './place.ts';
import { type Block, type Mark, type MarkOf, markAt, topOf } from './reading/marks.ts';
import { namesOf } from './reading/reading.ts';
import { plainName } from './reading/walk.ts';

/** How many members of a range are spelled out. */
const mostMembers = 6;

interface Told {
  readonly text: string;
  readonly span?: Span;
}

export function hover(workspace: Workspace, uri: string, position: Position): Hover | undefined {
  const place = placeAt(workspace, uri, position);
  if (!place) return undefined;
  const mark = markAt(readingAt(place), place.offset);
  const told = mark && tell(workspace, place, mark);
  if (!mark || !told || told.text === '') return undefined;
  return { contents: { kind: MarkupKind.Markdown, value: told.text }, range: rangeIn(place, told.span ?? mark) };
}

function tell(workspace: Workspace, place: Place, mark: Mark): Told | undefined {
  const project = place.design?.project;
  const variable =
    'term' in mark
      ? variablesIn(mark.term).find((candidate) => candidate.start <= place.offset && place.offset <= candidate.end)
      : undefined;
  if (variable)
    return { text: variableMarkdown(variable.name, 'block' in mark ? mark.block : undefined, project), span: variable };
  switch (mark.is) {
    case 'directive':
      return { text: plain(directiveMarkdown(mark.word)).replace(/\\`/g, '`') };
    case 'path':
      return project ? { text: fileMarkdown(workspace, place, mark) } : undefined;
    case 'kind':
      return { text: kindMarkdown(mark.kind) };
    case 'name':
      return project && place.state ? { text: nameMarkdown(project, place.state, mark.block) } : undefined;
    case 'profile':
      return project ? { text: profileMarkdown(project, mark) } : undefined;
    case 'let':
      return { text: letMarkdown(mark.term.text, project) };
    case 'prop':
      return {
        text: [propMarkdown(mark.path.at(-1) ?? '', mark.prop), inForce(project, place, mark)]
          .filter((part) => part !== '')
          .join('\n\n---\n\n'),
      };
    case 'value':
      return valueMarkdown(place, project, mark);
    case 'label':
    case 'letValue':
    case 'joiner':
    case 'unknown':
      return undefined;
    default:
      return mark satisfies never;
  }
}

/** What other places say of a property, and what a member of a range has. */
function inForce(project: Project | undefined, place: Place, mark: MarkOf<'prop'> | MarkOf<'value'>): string {
  const { state } = place;
  const [bound] = project && state ? boundOf(project, state, mark.block, 'first') : [];
  if (!project || !state || !bound) return '';
  const [name = ''] = mark.path;
  const said = saidOf(project, bound.entity, mark.path.join('.'));
  const own = said.find(
    (candidate) =>
      candidate.state === state &&
      candidate.word.start <= mark.start &&
      mark.start <= Math.max(candidate.span.end, candidate.word.end),
  );
  const prop = declared(bound.entity, name);
  const value = (bound.entity.props as Readonly<Record<string, unknown>>)[name];
  const others = own ? othersMarkdown(said, state, own.word.start) : '';
  return others === '' || !prop ? others : `In force: ${verbatim(`${name} ${propText(prop, value)}`)}\n\n${others}`;
}

function nameMarkdown(project: Project, state: ChunkState, block: Block): string {
  const [first] = boundOf(project, state, block, 'first');
  if (!first) return `**${block.kind.word}**\n\n${block.kind.doc}`;
  const names = namesOf(block, project);
  const range = names.length > 1 ? `${names.length} members: ${memberList(names)}\n\n---\n\n` : '';
  const units = block.parent ? holdersOf(project, state, topOf(block), 'all').map((holder) => holder.data.name) : [];
  const shared = names.length <= 1 && units.length > 1 ? `On ${units.length} things: ${memberList(units)}\n\n---\n\n` : '';
  return `${range}${shared}${entityMarkdown(first.entity, project)}`;
}

const memberList = (names: readonly string[]): string =>
  names.length <= mostMembers
    ? names.map(verbatim).join(', ')
    : `${names
        .slice(0, mostMembers - 2)
        .map(verbatim)
        .join(', ')}, … ${verbatim(names.at(-1) ?? '')}`;

function profileMarkdown(project: Project, mark: MarkOf<'profile'>): string {
  const name = plainName(mark.term) ?? '';
  const source = project.profileSource(name);
  if (!source) return '';
  const users = profileUsers(project, name);
  const members = users.flatMap((user) => user.holders.map((holder) => holder.data.name));
  const used =
    members.length === 0
      ? 'Nobody uses it yet.'
      : `Used by ${members.length === 1 ? '' : `${members.length}: `}${memberList(members)}.`;
  const kind = mark.kind ?? mark.block?.kind;
  return [
    `**profile** ${verbatim(name)}${kind ? ` of ${verbatim(kind.word)}` : ''}`,
    ...(source.entry.doc === undefined ? [] : [plain(source.entry.doc)]),
    used,
  ].join('\n\n');
}

function letMarkdown(name: string, project: Project | undefined): string {
  const source = project?.letSource(name);
  if (!source) return '';
  const text = source.state.chunk.text.slice(source.entry.start, source.entry.headEnd);
  return [code(text), ...(source.entry.doc === undefined ? [] : [plain(source.entry.doc)])].join('\n\n');
}

function variableMarkdown(name: string, block: Block | undefined, project: Project | undefined): string {
  const index = block ? indexesOf(block, project).find((candidate) => candidate.name === name) : undefined;
  if (index)
    return `Index ${verbatim(name)}: ${index.values.length} values, ${index.values[0] ?? ''} to ${index.values.at(-1) ?? ''}.`;
  const named = letMarkdown(name, project);
  return named !== '' || !block ? named : `Index ${verbatim(name)} of the range that uses this profile.`;
}

function fileMarkdown(workspace: Workspace, place: Place, mark: MarkOf<'path'>): string {
  const path = plainName(mark.term) ?? '';
  const target = resolveImport(place.uri, path);
  if (target === undefined) return '';
  const link = `[${plain(path)}](${target})`;
  if (mark.word === 'catalog') return `${link}\n\n${catalogMarkdown(place.design?.project.model.catalogs() ?? [], path)}`;
  const states = place.design?.project.chunks(target) ?? [];
  if (!workspace.source(target)) return `${link}\n\nThis file is not there.`;
  const counts = new Map<string, number>();
  for (const holder of states.flatMap((state) => state.holders))
    counts.set(holder.data.kind, (counts.get(holder.data.kind) ?? 0) + 1);
  return `${link}\n\n${counts.size === 0 ? 'Declares nothing.' : `Declares ${[...counts].map(([kind, count]) => `${count} ${verbatim(kind)}`).join(', ')}.`}`;
}

function valueMarkdown(place: Place, project: Project | undefined, mark: MarkOf<'value'>): Told | undefined {
  const { operand, term, path, key, prop } = mark;
  const { kind } = operand.type;
  const parts: string[] = [];
  const word = plainName(term);
  if (kind.is === 'choice' && word !== undefined && Object.hasOwn(kind.of, word))
    parts.push(`${verbatim(word)} – ${kind.of[word] ?? ''}`);
  if (kind.is === 'quantity' && word !== undefined && !isProblem(parseQuantity(word, kind.dimension)))
    parts.push(`${verbatim(word)} – ${formatted(word, kind.dimension)}`);
  if (kind.is === 'word' && (key === 'rule' || path[0] === 'finding')) parts.push(ruleMarkdown(word));
  if (project && word !== undefined) {
    const catalogs = project.model.catalogs();
    if (kind.is === 'text') parts.push(deviceMarkdown(catalogs, mark.block, path, key, word));
    if (kind.is === 'version' && path[0] === 'hypervisor') parts.push(releaseMarkdown(catalogs, readingAt(place), mark, word));
  }
  if (project && place.state) {
    const named = namesMarkdown(project, place.state, mark, place.offset);
    if (named) return named;
    if (kind.is !== 'ref' && term.kind === 'name' && project.letSource(term.text) && kind.is !== 'choice' && kind.is !== 'word')
      parts.push(letMarkdown(term.text, project));
  }
  const about = parts.filter((part) => part !== '');
  const own = about.length > 0 ? about : [`${verbatim(path.join(' '))} – ${operand.doc ?? prop.doc}`];
  return { text: [...own, inForce(project, place, mark)].filter((part) => part !== '').join('\n\n') };
}

function ruleMarkdown(code: string | undefined): string {
  const rule = ruleInfos().find((candidate) => candidate.code === code?.toUpperCase());
  return rule ? `**${rule.code}** ${rule.summary}\n\n${rule.why}\n\n${rule.remedy}` : '';
}

/** What a name in a value stands for; for `NETWORK.host(…)` the addresses that it gives. */
function namesMarkdown(project: Project, state: ChunkState, mark: MarkOf<'value'>, offset: number): Told | undefined {
  const parts = partsOf(project, state, mark, 'few');
  const at = parts.find((part) => part.span.start <= offset && offset <= part.span.end);
  const address = mark.operand.type.kind.is === 'address' ? addressMarkdown(project, state, mark) : '';
  const entities = at?.entities ?? [];
  if (!at) return address === '' ? undefined : { text: address };
  const [first] = entities;
  if (!first) return address === '' ? undefined : { text: address };
  const names = [...new Set(entities.map((entity) => entity.name))];
  const list = names.length > 1 ? `${names.length}: ${memberList(names)}` : '';
  const text = [list, list !== '' ? `---\n\n${entityMarkdown(first, project)}` : entityMarkdown(first, project), address]
    .filter((part) => part !== '')
    .join('\n\n');
  return { text, span: at.span };
}

function addressMarkdown(project: Project, state: ChunkState, mark: MarkOf<'value'>): string {
  if (mark.term.kind !== 'path') return '';
  const { model } = project;
  const lines: string[] = [];
  const members = holdersOf(project, state, topOf(mark.block), 'all').length;
  const bound = boundOf(project, state, mark.block, 'few');
  const told = (entity: Entity): string => (entity.parent ? `${entity.unit.root.name} ${entity.name}` : entity.name);
  for (const { entity, vars } of bound.slice(0, mostMembers)) {
    const [expanded] = expandPath(mark.term, { vars, let: (name) => project.environment().let(name) }, () => {});
    const network = expanded && model.resolve({ ref: expanded.segments }, entity, 'network');
    const subnet = network && subnetOf(network);
    if (!subnet || expanded.host === undefined) continue;
    const ip = hostOf(subnet, expanded.host);
    lines.push(`- ${told(entity)}: ${isProblem(ip) ? ip.problem : `${verbatim(`${ip.text}/${subnet.prefix}`)}`}`);
  }
  if (members > mostMembers) lines.push(`- … ${members - mostMembers} more`);
  return lines.join('\n');
}
