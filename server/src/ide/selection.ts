/** Growing selections: the word, the value, the property with its values, the line, the body, and so on outwards. */
import type { Position, SelectionRange } from 'vscode-languageserver-types';
import type { Workspace } from '../analysis/workspace.ts';
import type { Span } from '../base/span.ts';
import type { Body, Entry, Term } from '../syntax/ast.ts';
import { segmentSpans } from './names/resolve.ts';
import { placeAt, rangeIn, readingAt } from './place.ts';
import type { Mark } from './reading/marks.ts';

export function selectionRanges(workspace: Workspace, uri: string, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => selectionAt(workspace, uri, position));
}

function selectionAt(workspace: Workspace, uri: string, position: Position): SelectionRange {
  const here: SelectionRange = { range: { start: position, end: position } };
  const place = placeAt(workspace, uri, position);
  if (!place) return here;
  const { offset, chunk } = place;
  const spans: Span[] = [{ start: 0, end: Math.max(chunk.text.trimEnd().length, offset) }];
  const add = (span: Span | undefined): void => {
    if (span && span.start <= offset && offset <= span.end) spans.push({ start: span.start, end: span.end });
  };
  const visit = (entry: Entry): void => {
    if (entry.start > offset || offset > entry.end) return;
    add(entry);
    add({ start: entry.start, end: entry.headEnd });
    add(inside(entry.body));
    for (const inner of entry.body?.entries ?? []) visit(inner);
    for (const group of entry.groups) {
      add({ start: group[0].start, end: group.at(-1)?.end ?? group[0].end });
      for (const term of group) addTerm(term, add);
    }
    add(entry.word);
  };
  for (const entry of chunk.parsed.entries) visit(entry);
  for (const span of phrases(readingAt(place).marks)) add(span);
  // From the outside in, each inside of the one before.
  const nested: Span[] = [];
  for (const span of spans.sort((x, y) => y.end - y.start - (x.end - x.start))) {
    const around = nested.at(-1);
    const grows = around && (span.start !== around.start || span.end !== around.end);
    if (!around || (grows && around.start <= span.start && span.end <= around.end)) nested.push(span);
  }
  let made: SelectionRange | undefined;
  for (const span of nested) made = { range: rangeIn(place, span), ...(made ? { parent: made } : {}) };
  return made ?? here;
}

function addTerm(term: Term, add: (span: Span) => void): void {
  add(term);
  if (term.kind === 'text') add({ start: term.start + 1, end: Math.max(term.start + 1, term.end - 1) });
  if (term.kind === 'path') for (const span of segmentSpans(term)) add(span);
}

const inside = (body: Body | undefined): Span | undefined =>
  body && { start: body.start + 1, end: body.closed ? body.end - 1 : body.end };

/** A property's word with its values. */
function phrases(marks: readonly Mark[]): readonly Span[] {
  const found: Span[] = [];
  for (const [at, mark] of marks.entries()) {
    if (mark.is !== 'prop') continue;
    let { end } = mark;
    for (const next of marks.slice(at + 1)) {
      const inner =
        (next.is === 'value' || next.is === 'prop') &&
        next.block === mark.block &&
        mark.path.every((word, k) => next.path[k] === word);
      if (!inner && next.is !== 'joiner') break;
      end = next.end;
    }
    found.push({ start: mark.start, end });
  }
  return found;
}
