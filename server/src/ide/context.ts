/**
 * What could stand at a position. The chunk is read once more with a sign of its own put in where the cursor is; whatever the walk
 * would have taken there is what is expected. So a half-typed word, a missing value or an open quote need no rules of their own.
 */
import type { Range } from 'vscode-languageserver-types';
import type { Span } from '../base/span.ts';
import type { Term } from '../syntax/ast.ts';
import { parseChunk } from '../syntax/parse.ts';
import { type Place, rangeIn } from './place.ts';
import type { Expectation, Mark, Reading } from './reading/marks.ts';
import { expectationsIn } from './reading/reading.ts';

/** A letter that no name has: it joins the word that it is put into. */
const sign = 'ꙮ';

export interface Context {
  readonly place: Place;
  readonly expectations: readonly Expectation[];
  /** The chunk with the sign in it; offsets up to the cursor are those of the text. */
  readonly reading: Reading;
  /** What is typed of the word under the cursor. */
  readonly partial: string;
  /** The word under the cursor, quotes included; empty between words. */
  readonly word: Span;
  /** The whole value under the cursor up to the end of the word (`10.4.3`, `esx1.vm`), for what is not told apart by words. */
  readonly value: Span;
  readonly quoted: boolean;
  /** Parts of the name in front of the cursor: `esx1` and `.` of `esx1.vm`. */
  readonly path: readonly string[];
  readonly separator: '.' | '/' | undefined;
  /** The cursor stands where index variables are reckoned with. */
  readonly arithmetic: boolean;
  /** The term under the cursor. */
  readonly term: Term | undefined;
}

/** A longer chunk than this is no design that somebody types in. */
const maxLength = 200_000;

const wordBefore = /[\p{L}\p{N}_-]*$/u;
const wordBehind = /^[\p{L}\p{N}_-]*/u;

/** The context at a place; undefined inside of a comment. */
export function contextAt(place: Place): Context | undefined {
  const { chunk, offset } = place;
  const { text } = chunk;
  if (text.length > maxLength) return undefined;
  if (
    chunk.parsed.comments.some(
      (comment) => comment.start < offset && (offset < comment.end || (offset === comment.end && comment.kind !== 'block')),
    )
  )
    return undefined;
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const quote = openQuote(text, lineStart, offset);
  const before = quote ?? offset - (wordBefore.exec(text.slice(lineStart, offset))?.[0].length ?? 0);
  const partial = text.slice(quote === undefined ? before : quote + 1, offset);
  const behind =
    quote === undefined ? (wordBehind.exec(text.slice(offset, offset + 200))?.[0].length ?? 0) : closing(text, offset);
  // In front of a word that is not being typed, something new is put in.
  const fresh = quote === undefined && partial === '' && behind > 0;
  const word = { start: before, end: fresh ? offset : offset + behind };
  const probed = `${text.slice(0, offset)}${sign}${fresh ? ' ' : ''}${text.slice(offset)}`;
  const { reading, expectations } = expectationsIn(parseChunk(probed).entries, place.design?.project, offset);
  const term = termAt(reading, offset);
  const { path, separator } = pathBefore(term, offset);
  const arithmetic = term !== undefined && inArithmetic(term, offset, probed);
  const value = { start: Math.min(term?.start ?? before, before), end: word.end };
  const context = { place, expectations, reading, value, path, separator, term, arithmetic };
  if (!arithmetic || quote === undefined) return { ...context, partial, word, quoted: quote !== undefined };
  // Arithmetic in a text is no text.
  const own = /[\p{L}\p{N}_]*$/u.exec(text.slice(quote, offset))?.[0] ?? '';
  return { ...context, partial: own, word: { start: offset - own.length, end: offset }, quoted: false };
}

/** The range that a proposal replaces. */
export function replaced(context: Context, whole = false): Range {
  return rangeIn(context.place, whole ? context.value : context.word);
}

/** Where the quote was opened that the offset stands in. */
function openQuote(text: string, lineStart: number, offset: number): number | undefined {
  let open: number | undefined;
  for (let at = lineStart; at < offset; at += 1) {
    const char = text[at];
    if (open !== undefined && char === '\\') at += 1;
    else if (char === '"') open = open === undefined ? at : undefined;
    else if (open === undefined && char === '/' && text[at + 1] === '/') return undefined;
  }
  return open;
}

/** How many characters behind an offset in quotes belong to it: up to the closing quote, if the line has one. */
function closing(text: string, offset: number): number {
  for (let at = offset; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\n' || char === '\r') return 0;
    if (char === '\\') at += 1;
    else if (char === '"') return at + 1 - offset;
  }
  return 0;
}

function termAt(reading: Reading, offset: number): Term | undefined {
  const found = reading.marks.findLast((mark: Mark) => 'term' in mark && mark.start <= offset && offset < mark.end);
  return found && 'term' in found ? found.term : undefined;
}

function pathBefore(term: Term | undefined, offset: number): Pick<Context, 'path' | 'separator'> {
  if (term?.kind !== 'path') return { path: [], separator: undefined };
  const path: string[] = [];
  let own = '';
  let separator: Context['separator'];
  for (const piece of term.pieces) {
    if (piece.start > offset || (piece.start <= offset && offset < piece.end && piece.kind !== 'dot' && piece.kind !== 'slash'))
      break;
    if (piece.kind === 'dot' || piece.kind === 'slash') {
      path.push(own);
      own = '';
      separator = piece.kind === 'dot' ? '.' : '/';
    } else if (piece.kind === 'word') own += piece.text;
    else if (piece.kind === 'quoted') own += piece.text.plain ?? '';
    else if (piece.kind === 'index') own += piece.items[0]?.from.kind === 'int' ? piece.items[0].from.text : '1';
    else if (piece.kind === 'call') own += '1';
  }
  return { path, separator };
}

function inArithmetic(term: Term, offset: number, text: string): boolean {
  if (term.kind === 'expr') return true;
  if (term.kind === 'path')
    return term.pieces.some(
      (piece) => (piece.kind === 'call' || piece.kind === 'index') && piece.start < offset && offset < piece.end,
    );
  if (term.kind !== 'text') return false;
  const before = text.slice(term.start, offset);
  const open = before.lastIndexOf('{');
  return open >= 0 && !before.slice(open).includes('}') && before[open - 1] !== '\\';
}
