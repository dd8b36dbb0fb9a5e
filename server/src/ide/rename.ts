/**
 * Rename: a thing, a profile, a named value or an index, in every file of every design that the file belongs to. What cannot be done
 * without changing what the design means is refused, and says why.
 */
import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { rangeOfSpot } from '../analysis/locate.ts';
import type { Workspace } from '../analysis/workspace.ts';
import type { ChunkState, Project } from '../model/project.ts';
import { parseChunk } from '../syntax/parse.ts';
import { placesBeside } from '../topology/places.ts';
import { needsQuotes } from '../values/name.ts';
import { clashWith, globChanged } from './names/clash.ts';
import { closureOf } from './names/closure.ts';
import { indexesDeclared, indexOwner, variableUses } from './names/expressions.ts';
import { type Occurrence, occurrencesOf } from './names/occurrences.ts';
import { placesEdit } from './names/places.ts';
import { isBase, type Refusal, type Respelled, refused, respell, type Shape, spelled } from './names/spelling.ts';
import { type Target, type Targeted, targetAt } from './names/target.ts';
import { type Place, placeAt, rangeIn } from './place.ts';
import { profileReading, readingOf } from './reading/reading.ts';
import { plainName } from './reading/walk.ts';
import { sameIn } from './references.ts';

export type { Refusal };
export { refused };

export interface Renamable {
  readonly range: Range;
  /** The name without quotes. */
  readonly placeholder: string;
}

/** The name that would be renamed, or why there is none. */
export function prepareRename(workspace: Workspace, uri: string, position: Position): Renamable | Refusal {
  const found = locateTarget(workspace, uri, position);
  if (refused(found)) return found;
  const { place, targeted, project } = found;
  const shape = shapeFor(project, targeted.target);
  if (refused(shape)) return shape;
  const text = place.chunk.text.slice(targeted.span.start, targeted.span.end);
  if (shape.is === 'base')
    return {
      range: rangeIn(place, {
        start: targeted.span.start + (text.startsWith('"') ? 1 : 0),
        end: targeted.span.start + (text.startsWith('"') ? 1 : 0) + shape.base.length,
      }),
      placeholder: shape.base,
    };
  return { range: rangeIn(place, targeted.span), placeholder: shape.name };
}

/** @param placesOf the text of the file of dragged places beside a design, as far as it is known; its lines are renamed too */
export function rename(
  workspace: Workspace,
  uri: string,
  position: Position,
  typed: string,
  placesOf: (root: string) => string | undefined = () => undefined,
): WorkspaceEdit | Refusal {
  const found = locateTarget(workspace, uri, position);
  if (refused(found)) return found;
  const { place, targeted } = found;
  const name = typed.trim().replace(/^"(.*)"$/u, '$1');
  if (name === '' || /[\p{Cc}]/u.test(name)) return { refusal: 'A name is some text on one line.' };
  const changes: Record<string, { range: Range; newText: string }[]> = {};
  const seen = new Set<string>();
  for (const design of workspace.designs(uri)) {
    const target = design === place.design ? targeted.target : sameIn(targeted.target, design.project);
    if (!target) continue;
    const edits = editsFor(design.project, target, name);
    if (refused(edits)) return edits;
    const broken = firstBroken(edits);
    if (broken) return broken;
    for (const { state, span, text } of edits) {
      const location = rangeOfSpot({ state, span });
      const key = `${location.uri} ${location.range.start.line}:${location.range.start.character}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const list = changes[location.uri] ?? [];
      list.push({ range: location.range, newText: text });
      changes[location.uri] = list;
    }
    const places = edits.length === 0 ? undefined : placesRenamed(design.project, target, name, placesOf(design.root) ?? '');
    if (places) changes[placesBeside(design.root)] = [places];
  }
  return { changes };
}

function placesRenamed(project: Project, target: Target, name: string, text: string): TextEdit | undefined {
  if (text === '' || target.is !== 'things') return undefined;
  const closure = closureOf(project, target.entities);
  return refused(closure) ? undefined : placesEdit(text, closure.entities, closure.shape, name);
}

type Edit = Respelled & { readonly state: ChunkState };

function locateTarget(
  workspace: Workspace,
  uri: string,
  position: Position,
): { readonly place: Place; readonly targeted: Targeted; readonly project: Project } | Refusal {
  const place = placeAt(workspace, uri, position);
  const project = place?.design?.project;
  if (!place || !project) return { refusal: 'This file belongs to no design yet.' };
  const targeted = targetAt(place);
  return targeted
    ? { place, targeted, project }
    : {
        refusal:
          'Put the cursor on a name: of a thing, a profile, a named value or an index. Words of the language keep their names.',
      };
}

function shapeFor(project: Project, target: Target): Shape | Refusal {
  switch (target.is) {
    case 'things': {
      const [first] = target.entities;
      if (first && target.entities.every((entity) => entity.name === '')) return { refusal: `This ${first.kind} has no name.` };
      const closure = closureOf(project, target.entities);
      return refused(closure) ? closure : closure.shape;
    }
    case 'index': {
      if (!target.owner) return { refusal: 'This index belongs to the ranges that use the profile; rename it there.' };
      const own = indexesDeclared(target.owner).find((index) => index.name === target.name);
      return own?.span
        ? { is: 'whole', name: target.name }
        : { refusal: `This index has no name of its own. Give it one first: [${target.name} in 1..3].` };
    }
    case 'lines':
    case 'profile':
    case 'let':
      return { is: 'whole', name: target.name };
    default:
      return target satisfies never;
  }
}

function editsFor(project: Project, target: Target, name: string): readonly Edit[] | Refusal {
  const shape = shapeFor(project, target);
  if (refused(shape)) return shape;
  if ((shape.is === 'base' ? shape.base : shape.name) === name) return [];
  switch (target.is) {
    case 'things': {
      const closure = closureOf(project, target.entities);
      if (refused(closure)) return closure;
      if (shape.is === 'base' && !isBase(name))
        return {
          refusal: `Numbers follow this name, so it is letters, digits, "_" and "-" without quotes, and starts with a letter.`,
        };
      const clash = clashWith(project, closure, name) ?? globChanged(project, closure, name);
      return clash ?? respellAll([...closure.declarations, ...closure.references], shape, name);
    }
    case 'lines': {
      if (occurrencesOf(project, { ...target, name }).some((occurrence) => occurrence.declares))
        return { refusal: `This profile has a ${target.kind} "${name}" already.` };
      return respellAll(occurrencesOf(project, target), shape, name);
    }
    case 'profile': {
      if (project.profileSource(name) || [...project.profileNames()].includes(name))
        return { refusal: `There is a profile "${name}" already.` };
      return occurrencesOf(project, target).map(({ state, span }) => ({
        state,
        span,
        text: spelled(name, state.chunk.text.slice(span.start, span.end)),
      }));
    }
    case 'let':
      return letEdits(project, target.name, name);
    case 'index':
      return indexEdits(project, target, name);
    default:
      return target satisfies never;
  }
}

function respellAll(occurrences: readonly Occurrence[], shape: Shape, name: string): readonly Edit[] | Refusal {
  const edits: Edit[] = [];
  for (const occurrence of occurrences) {
    const made = respell(occurrence, shape, name);
    if (refused(made)) return made;
    edits.push({ ...made, state: occurrence.state });
  }
  return edits;
}

function letEdits(project: Project, old: string, name: string): readonly Edit[] | Refusal {
  if (needsQuotes(name)) return { refusal: 'A named value is called by letters, digits, "_" and "-", and starts with a letter.' };
  if ([...project.letNames()].includes(name)) return { refusal: `There is a value named "${name}" already.` };
  const found = occurrencesOf(project, { is: 'let', name: old });
  for (const { term, block } of found) {
    if (term.kind === 'text' && !/^\w+$/.test(name))
      return { refusal: `"${old}" is used inside of a text, where a name has no "-".` };
    if (indexOwner(block, name)) return { refusal: `"${name}" is the index of a range where this value is used.` };
  }
  return found.map(({ state, span }) => ({ state, span, text: name }));
}

function indexEdits(
  project: Project,
  target: Extract<Target, { readonly is: 'index' }>,
  name: string,
): readonly Edit[] | Refusal {
  if (!/^[A-Za-z_]\w*$/.test(name))
    return { refusal: 'An index is called by letters, digits and "_", and starts with a letter.' };
  const found = occurrencesOf(project, target);
  const reading = readingOf(target.state.chunk, project);
  const owner = reading.blocks.find((block) => block.word.start === target.owner?.word.start);
  for (const { variable, block } of variableUses(reading)) {
    const inside =
      block && variable.name === name && owner && owner.entry.start <= variable.start && variable.start <= owner.entry.end;
    if (inside) return { refusal: `"${name}" means something else inside of this range already.` };
  }
  for (const term of target.top.entry.profiles ?? []) {
    const used = profileReading(plainName(term) ?? '', project);
    for (const { variable, block } of used ? variableUses(used) : []) {
      if (variable.name === target.name && !indexOwner(block, target.name))
        return {
          refusal: `Profile ${plainName(term) ?? ''} reckons with "${target.name}" as well, for everything that uses it.`,
        };
    }
  }
  return found.map(({ state, span }) => ({ state, span, text: name }));
}

/** Reads the changed chunks once more: a name that cannot be written where it is used is refused rather than breaking the line. */
function firstBroken(edits: readonly Edit[]): Refusal | undefined {
  const byState = new Map<ChunkState, Edit[]>();
  for (const edit of edits) byState.set(edit.state, [...(byState.get(edit.state) ?? []), edit]);
  for (const [state, own] of byState) {
    let { text } = state.chunk;
    for (const { span, text: made } of [...own].sort((a, b) => b.span.start - a.span.start))
      text = text.slice(0, span.start) + made + text.slice(span.end);
    const before = state.chunk.parsed.problems.length;
    if (parseChunk(text).problems.length > before) {
      const quoted = own.find((edit) => edit.text.startsWith('"'));
      return {
        refusal: quoted
          ? `${quoted.text} needs quotes, and it is used in a place that takes none, such as a path. Choose a name of letters, digits, "_" and "-".`
          : 'This name cannot be written in every place where it is used.',
      };
    }
  }
  return undefined;
}
