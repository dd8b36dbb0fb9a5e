/** How a name is written in its several places, and how a new one is put there. */
import type { Span } from '../../base/span.ts';
import type { Prop } from '../../schema/types.ts';
import { kindOf, kinds } from '../../schema/vocabulary.ts';
import type { Piece, Term } from '../../syntax/ast.ts';
import { needsQuotes, quoteName, quoteString } from '../../values/name.ts';
import { plainName } from '../reading/walk.ts';
import type { Occurrence } from './occurrences.ts';
import { segmentPieces } from './resolve.ts';

/** What is renamed: a whole name, or the letters in front of a range's numbers. */
export type Shape = { readonly is: 'whole'; readonly name: string } | { readonly is: 'base'; readonly base: string };

export interface Respelled {
  readonly span: Span;
  readonly text: string;
}
/** Why a name cannot be changed where it stands, for people. */
export interface Refusal {
  readonly refusal: string;
}
export const refused = (answer: object): answer is Refusal => 'refusal' in answer;

/**
 * Words that could be taken for something else where a name stands: properties, and values that may be left out. A name that is one
 * of them is written in quotes.
 */
const words: ReadonlySet<string> = (() => {
  const all = new Set<string>(['yes', 'no', 'dhcp']);
  const visit = (props: Readonly<Record<string, Prop>>, operands: readonly string[]): void => {
    for (const [word, prop] of Object.entries(props)) {
      all.add(word);
      for (const { type, optional } of Object.values(prop.operands))
        if (type.kind.is === 'choice' && (optional || operands.includes(word)))
          for (const choice of Object.keys(type.kind.of)) all.add(choice);
      visit(prop.props, []);
    }
  };
  for (const kind of Object.values(kinds)) visit(kind.props as Readonly<Record<string, Prop>>, kind.operands);
  return all;
})();

/** A name standing by itself. Quotes that were there without need are somebody's taste and stay. */
export function spelled(name: string, before?: string): string {
  const taste = before?.startsWith('"') && !needsQuotes(before.slice(1, -1));
  return taste || words.has(name) ? quoteString(name) : quoteName(name);
}

/** Whether something can stand in front of a range's numbers. */
export function isBase(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(text);
}

/** The letters in front of the numbers of a name that a range or an index makes; undefined when it is not made so. */
export function baseOf(term: Term): string | undefined {
  if (term.kind !== 'path') return undefined;
  const [first, second] = term.pieces;
  return first?.kind === 'word' && (second?.kind === 'index' || second?.kind === 'call') ? first.text : undefined;
}

/** The edit that gives an occurrence the new name, or why there is none. */
export function respell(occurrence: Occurrence, shape: Shape, name: string): Respelled | Refusal {
  const { term, span, block } = occurrence;
  const renew = (old: string): string | undefined =>
    shape.is === 'whole'
      ? old === shape.name
        ? name
        : undefined
      : old.startsWith(shape.base)
        ? name + old.slice(shape.base.length)
        : undefined;
  if (block?.override && span.start === block.word.start) {
    const made = renew(block.word.text);
    if (made === undefined) return cannot(occurrence);
    // A line cannot start with a name in quotes; with the word of its kind in front it says the same.
    return {
      span,
      text: needsQuotes(made) || words.has(made) || kindOf(made) ? `${block.kind.word} ${quoteString(made)}` : made,
    };
  }
  if (term.kind === 'path')
    return respellPath(
      occurrence,
      segmentPieces(term.pieces).find((pieces) => pieces[0]?.start === span.start) ?? [],
      shape,
      name,
      renew,
    );
  const plain = plainName(term);
  if (plain !== undefined && term.kind !== 'number') {
    const made = renew(plain);
    return made === undefined
      ? cannot(occurrence)
      : { span: term, text: spelled(made, occurrence.state.chunk.text.slice(term.start, term.end)) };
  }
  if (
    term.kind === 'text' &&
    shape.is === 'base' &&
    typeof term.parts[0] === 'string' &&
    term.parts[0].startsWith(shape.base) &&
    isBase(shape.base)
  ) {
    return { span: { start: term.start + 1, end: term.start + 1 + shape.base.length }, text: name };
  }
  return cannot(occurrence);
}

function respellPath(
  occurrence: Occurrence,
  pieces: readonly Piece[],
  shape: Shape,
  name: string,
  renew: (old: string) => string | undefined,
): Respelled | Refusal {
  const [first, second] = pieces;
  if (first?.kind === 'word') {
    if (second === undefined) {
      const made = renew(first.text);
      return made === undefined ? cannot(occurrence) : { span: first, text: quoteName(made) };
    }
    // `esx[1..3]`, `esx(i)`: the letters in front are the base, or the name is put together in a way that cannot be told apart.
    return shape.is === 'base' && first.text === shape.base ? { span: first, text: name } : cannot(occurrence);
  }
  const quoted = first?.kind === 'quoted' && second === undefined ? first.text.plain : undefined;
  const made = quoted === undefined ? undefined : renew(quoted);
  return first && made !== undefined ? { span: first, text: quoteName(made) } : cannot(occurrence);
}

const cannot = ({ state, span }: Occurrence): Refusal => {
  const written = state.chunk.text.slice(span.start, span.end);
  return { refusal: `${written} names it by way of a range or a pattern. Write the names out there, then rename.` };
};
