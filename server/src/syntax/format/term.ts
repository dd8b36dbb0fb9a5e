/** The text of one value. Only what stands in brackets is set anew; strings, numbers and names are printed as written. */
import type { Term } from '../ast.ts';
import * as T from '../tokens.ts';

const source = (pattern: unknown): string => (pattern instanceof RegExp ? pattern.source : '(?!)');
/** Numbers and names, dots, operators, the rest of what may stand in brackets. The same patterns as the lexer's. */
const pieces = new RegExp(
  `[ \\t\\f\\v\\u00A0\\uFEFF]*(?:((?:${source(T.NumberLike.PATTERN)})|(?:${source(T.Name.PATTERN)}))|(\\.\\.)|([-+*/%])|(,)|([()[\\]]))`,
  'gy',
);
/** Brackets that cannot be written otherwise. */
const tidy = /^[[(]\w*(?:\.\.\w+)?[\])]$/;

/** `[i in 01 .. 16]` → `[i in 01..16]`, `(10+i)` → `(10 + i)`; unchanged when anything unknown stands in it. */
function bracketText(text: string): string {
  if (tidy.test(text)) return text;
  let out = '';
  let wordBefore = false;
  let done = 0;
  for (const match of text.matchAll(pieces)) {
    const [whole, word, dots, operator, comma, bracket] = match;
    done += whole.length;
    if (word !== undefined) out += wordBefore ? ` ${word}` : word;
    else if (operator !== undefined) out += ` ${operator} `;
    else if (comma !== undefined) out += ', ';
    else out += dots ?? bracket ?? '';
    wordBefore = word !== undefined;
  }
  return done === text.length ? out : text;
}

/** The text of a term that holds no comment. */
export function termText(term: Term, text: string): string {
  switch (term.kind) {
    case 'expr':
      return bracketText(text.slice(term.start, term.end));
    case 'between':
      return `${term.from.text}${text.slice(term.from.end, term.to.start).trim()}${term.to.text}`;
    case 'path':
      return term.pieces
        .map((piece) => {
          const own = text.slice(piece.start, piece.end);
          return piece.kind === 'index' || piece.kind === 'call' ? bracketText(own) : own;
        })
        .join('');
    default:
      return text.slice(term.start, term.end);
  }
}
