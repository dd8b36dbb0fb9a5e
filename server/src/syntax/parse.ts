/** Text of a chunk in, tree and problems out; pure, total, never throws. */
import { Lexer } from 'chevrotain';
import type { Comment, Entry, ParsedChunk, SyntaxProblem } from './ast.ts';
import { LintelParser } from './parser.ts';
import * as T from './tokens.ts';

const lexer = new Lexer(T.allTokens, { positionTracking: 'onlyOffset', ensureOptimizations: true });
const parser = new LintelParser();

/** A block nested deeper than this is not parsed: nothing in the field nests so, and the stack is finite. */
const maxDepth = 64;

export function parseChunk(text: string): ParsedChunk {
  const lexed = lexer.tokenize(text);
  const problems: SyntaxProblem[] = [];
  for (const error of lexed.errors.slice(0, 20)) {
    problems.push({
      code: 'LNT005',
      message: 'This character has no place in a design; a name with special characters goes in quotes.',
      start: error.offset,
      end: error.offset + error.length,
    });
  }
  const comments: Comment[] = [];
  for (const token of lexed.groups.comments ?? []) {
    const kind =
      token.tokenType === T.DocComment
        ? 'doc'
        : token.tokenType === T.LineComment
          ? 'line'
          : token.tokenType === T.BlockComment
            ? 'block'
            : 'open';
    const stop = token.startOffset + token.image.length;
    comments.push({ kind, start: token.startOffset, end: stop });
    if (kind === 'open') {
      problems.push({
        code: 'LNT003',
        message: 'This comment is never closed; it is taken to end with its line.',
        start: token.startOffset,
        end: stop,
        fix: { title: 'Close the comment', at: { start: stop, end: stop }, text: ' */' },
      });
    }
  }
  let depth = 0;
  let deepest = 0;
  let dips = false;
  for (const token of lexed.tokens) {
    if (token.tokenType === T.LCurly || token.tokenType === T.LRound) depth += 1;
    else if (token.tokenType === T.RCurly || token.tokenType === T.RRound) depth -= 1;
    if (depth > deepest) deepest = depth;
    if (depth < 0) dips = true;
  }
  if (deepest > maxDepth) {
    problems.push({
      code: 'LNT002',
      message: `Blocks are nested more than ${maxDepth} deep here; nothing in a design needs that. This part is left out.`,
      start: 0,
      end: Math.min(text.length, 1),
    });
    return { entries: [], comments, problems };
  }
  parser.input = lexed.tokens;
  parser.text = text;
  parser.problems = problems;
  parser.byIndent = depth !== 0 || dips;
  const entries: Entry[] = parser.file();
  for (const error of parser.errors) {
    // The grammar is total; what still ends up here is shown rather than lost.
    const at = Number.isFinite(error.token.startOffset) ? error.token.startOffset : text.length;
    problems.push({
      code: 'LNT001',
      message: 'This line is not in the form "word values … { … }".',
      start: at,
      end: at + Math.max(1, error.token.image.length),
    });
  }
  return { entries: attachDocs(text, entries, comments), comments, problems };
}

/** Gives each entry the `///` lines that stand directly above it. */
function attachDocs(text: string, entries: readonly Entry[], comments: readonly Comment[]): readonly Entry[] {
  // One behind an entry, on its line, stands above nothing.
  const docs = comments.filter(
    (comment) =>
      comment.kind === 'doc' &&
      /(?:^|[\r\n])[ \t\f\v\u00A0\uFEFF]*$/.test(text.slice(Math.max(0, comment.start - 200), comment.start)),
  );
  if (docs.length === 0) return entries;
  const lastBefore = (offset: number): number => {
    let low = -1;
    let high = docs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((docs[middle]?.end ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const docAbove = (start: number): string | undefined => {
    const lines: string[] = [];
    let edge = start;
    for (let at = lastBefore(start); at >= 0; at -= 1) {
      const doc = docs[at];
      if (!doc) break;
      const gap = text.slice(doc.end, edge);
      if (!/^(?:\r\n|\n|\r)[ \t]*$/.test(gap)) break;
      lines.unshift(text.slice(doc.start + 3, doc.end).trim());
      edge = doc.start;
    }
    return lines.length > 0 ? lines.join('\n') : undefined;
  };
  const visit = (list: readonly Entry[]): readonly Entry[] =>
    list.map((entry) => {
      const doc = docAbove(entry.start);
      const body = entry.body && { ...entry.body, entries: visit(entry.body.entries) };
      return { ...entry, ...(body ? { body } : {}), ...(doc !== undefined ? { doc } : {}) };
    });
  return visit(entries);
}
