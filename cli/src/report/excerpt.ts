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

/** UTF-16 units that are looked at on either side of a range and inside it: a line may be a megabyte long. */
const reach = 500;

/** What is shown of a range; undefined where there is no such line, or nothing on it. */
export function excerpt(source: SourceFile, range: Range, width: number): Excerpt | undefined {
  const line = lineText(source, range.start.line);
  if (line === undefined || line.trim() === '') return undefined;
  const start = Math.min(range.start.character, line.length);
  const stop = Math.max(start, range.end.line === range.start.line ? range.end.character : line.length);
  // Safe text may be longer than the original: each part is made safe on its own, so that the carets stay below theirs.
  const head = safe(line.slice(Math.max(0, start - reach), start));
  const middle = safe(line.slice(start, Math.min(stop, start + reach)));
  const tail = safe(line.slice(stop, stop + reach));
  return cut(start > reach ? `...${head}` : head, middle, line.length > stop + reach ? `${tail}...` : tail, width);
}

const safe = (text: string): string => plain(text.replaceAll('\t', '  '));

/** Makes the parts fit: first what follows the range gives way, then what precedes it, both to half of the room at the least. */
function cut(before: string, marked: string, after: string, width: number): Excerpt {
  const middle = widthOf(marked) > width - 20 ? `${take(marked, Math.max(1, width - 23))}...` : marked;
  const room = Math.max(0, width - widthOf(middle));
  const left = Math.max(room - widthOf(after), Math.floor(room / 2));
  const head = widthOf(before) > left ? `...${takeLast(before, Math.max(0, left - 3))}` : before;
  const right = Math.max(0, room - widthOf(head));
  const tail = widthOf(after) > right ? `${take(after, Math.max(0, right - 3))}...` : after;
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
