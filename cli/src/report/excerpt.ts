/** The line of a design that a finding stands on, with carets under what is meant. */
import type { Range } from '../../../server/src/analysis/finding.ts';
import { chunkAtLine, chunkStarts, lineStarts, type SourceFile } from '../../../server/src/syntax/sourceFile.ts';
import { plain, widthOf } from '../text/plain.ts';

/** A line without its end; undefined beyond the end of the file. */
export function lineText(source: SourceFile, line: number): string | undefined {
  const at = chunkAtLine(source, line);
  const chunk = source.chunks[at];
  if (!chunk) return undefined;
  const starts = lineStarts(chunk);
  const own = line - (chunkStarts(source)[at] ?? 0);
  const start = starts[own];
  return start === undefined ? undefined : chunk.text.slice(start, starts[own + 1] ?? chunk.text.length).replace(/[\r\n]+$/, '');
}

export interface Excerpt {
  /** The line, safe to print; cut on both sides when it is long. */
  readonly text: string;
  /** Spaces and carets, to stand below it. */
  readonly carets: string;
}

/** What is shown of a range; undefined where the file has no such line. */
export function excerpt(source: SourceFile, range: Range, width: number): Excerpt | undefined {
  const line = lineText(source, range.start.line);
  if (line === undefined || line.trim() === '') return undefined;
  const stop = range.end.line === range.start.line ? range.end.character : line.length;
  // Safe text may be longer than the original: each part is made safe on its own, so that the carets stay below theirs.
  const [before, marked, after] = [line.slice(0, range.start.character), line.slice(range.start.character, stop), line.slice(stop)].map(safe);
  return cut(before ?? '', marked ?? '', after ?? '', width);
}

const safe = (text: string): string => plain(text.replaceAll('\t', '  '));

function cut(before: string, marked: string, after: string, width: number): Excerpt {
  let [head, middle, tail] = [before.trimStart().length < before.length ? before : before, marked, after];
  if (widthOf(middle) > width - 20) middle = `${take(middle, Math.max(1, width - 23))}...`;
  const room = width - widthOf(middle);
  if (widthOf(head) + widthOf(tail) > room) {
    const left = Math.max(room - widthOf(tail), Math.floor(room / 2));
    if (widthOf(head) > left) head = `...${takeLast(head, Math.max(0, left - 3))}`;
    const right = room - widthOf(head);
    if (widthOf(tail) > right) tail = `${take(tail, Math.max(0, right - 3))}...`;
  }
  return { text: (head + middle + tail).trimEnd(), carets: ' '.repeat(widthOf(head)) + '^'.repeat(Math.max(1, widthOf(middle))) };
}

/** The longest start of a text that is no wider than `width`. */
function take(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const sign of text) {
    used += widthOf(sign);
    if (used > width) break;
    taken += sign;
  }
  return taken;
}

/** The longest end of a text that is no wider than `width`. */
function takeLast(text: string, width: number): string {
  const signs = [...text];
  let from = signs.length;
  for (let used = 0; from > 0; from -= 1) {
    used += widthOf(signs[from - 1] ?? '');
    if (used > width) break;
  }
  return signs.slice(from).join('');
}
