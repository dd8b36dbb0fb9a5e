/**
 * How a design is written: two spaces a block, one space between values, tables in columns. Works chunk by chunk; what a chunk
 * looks like depends on the chunk itself and on the one-line entries directly above and below it, with which it may form a
 * table. A chunk with syntax problems stays as it is to the byte, so formatting is safe in the middle of typing.
 */
import { renderRows } from './format/align.ts';
import { layoutOf, markOf } from './format/chunk.ts';
import type { Row } from './format/row.ts';
import { type Chunk, chunkStarts, lineStarts, openSource, type Place, placeIn, type SourceFile } from './sourceFile.ts';

/** Replaces whole lines of one chunk. Edits are in the order of the file and do not overlap. */
export interface FormatEdit {
  /** Index of the chunk. */
  readonly chunk: number;
  /** Places in the file. */
  readonly range: { readonly start: Place; readonly end: Place };
  readonly newText: string;
}

/** The whole text, formatted. */
export function formatText(text: string): string {
  return formattedChunks(openSource(text)).join('');
}

/** What to replace so that the file becomes `formatText` of its text; lines that stay are not touched. */
export function formatEdits(file: SourceFile): readonly FormatEdit[] {
  return editsOf(file, 0, Number.POSITIVE_INFINITY);
}

/** Those edits of `formatEdits` that belong to chunks with a line from `firstLine` to `lastLine` (zero-based, both included). */
export function formatRange(file: SourceFile, firstLine: number, lastLine: number): readonly FormatEdit[] {
  return editsOf(file, firstLine, lastLine);
}

function editsOf(file: SourceFile, firstLine: number, lastLine: number): readonly FormatEdit[] {
  const starts = chunkStarts(file);
  const edits: FormatEdit[] = [];
  formattedChunks(file).forEach((text, at) => {
    const chunk = file.chunks[at];
    const start = starts[at] ?? 0;
    // The last line of a file may have no line end.
    const touched = start <= lastLine && (start + chunkLines(chunk) > firstLine || at === file.chunks.length - 1);
    if (chunk && touched && text !== chunk.text) lineEdits(chunk, at, start, text, edits);
  });
  return edits;
}

const chunkLines = (chunk: Chunk | undefined): number => chunk?.lines ?? 0;

/** The text of each chunk as it should be; the chunk's own string when nothing changes. */
function formattedChunks(file: SourceFile): readonly string[] {
  const layouts = file.chunks.map(layoutOf);
  const last = layouts.findLastIndex((layout) => layout.rows === undefined || layout.rows.length > 0);
  // Blank lines and tables reach over chunks, so all rows are set in one go; `undefined` parts what must not form a table.
  const all: (Row | undefined)[] = [];
  const blanks: boolean[] = [];
  let parted = true;
  layouts.forEach((layout, at) => {
    const { rows } = layout;
    const bottom = rows?.at(-1);
    // A `///` line that belonged to nothing must not come to belong to the next chunk.
    const blank = (layout.blankBelow || (bottom?.doc === true && bottom.level === 0)) && at < last && !(rows?.length === 0 && parted);
    blanks.push(blank);
    for (const row of rows ?? []) all.push(row);
    if (blank || !rows) all.push(undefined);
    parted = rows ? blank || (rows.length === 0 && parted) : layout.blankBelow;
  });
  const lines = renderRows(all);
  const lineEnd = lineEndOf(file);
  let line = 0;
  return file.chunks.map((chunk, at) => {
    const rows = layouts[at]?.rows;
    if (!rows) return chunk.text;
    let text = markOf(chunk);
    for (const row of rows) {
      text += `${row.blank ? '\n' : ''}${lines[line] ?? ''}\n`;
      line += 1;
    }
    if (blanks[at]) text += '\n';
    if (lineEnd !== '\n') text = text.replaceAll('\n', lineEnd);
    return text === chunk.text ? chunk.text : text;
  });
}

/** CRLF where most lines end so. Lines that are left alone count only when there are no others: the second run must agree. */
function lineEndOf(file: SourceFile): string {
  let [own, ownOther, left, leftOther] = [0, 0, 0, 0];
  for (const chunk of file.chunks) {
    const { rows, crlf, otherEnds } = layoutOf(chunk);
    if (rows) {
      own += crlf;
      ownOther += otherEnds;
    } else {
      left += crlf;
      leftOther += otherEnds;
    }
  }
  return (own + ownOther > 0 ? own > ownOther : left > leftOther) ? '\r\n' : '\n';
}

/** One edit for each run of lines that differ; one for all between the first and the last such line when lines come or go. */
function lineEdits(chunk: Chunk, at: number, firstLine: number, text: string, edits: FormatEdit[]): void {
  const offsets = [...lineStarts(chunk)];
  if (offsets.at(-1) !== chunk.text.length) offsets.push(chunk.text.length);
  const old = offsets.slice(1).map((stop, line) => chunk.text.slice(offsets[line] ?? 0, stop));
  const fresh = text === '' ? [] : text.split(/(?<=\n)/);
  const place = (line: number): Place => {
    const { line: own, character } = placeIn(chunk, offsets[line] ?? chunk.text.length);
    return { line: firstLine + own, character };
  };
  const edit = (from: number, to: number, freshTo: number): void => {
    edits.push({ chunk: at, range: { start: place(from), end: place(to) }, newText: fresh.slice(from, freshTo).join('') });
  };
  if (old.length === fresh.length) {
    for (let line = 0; line < old.length; line += 1) {
      const from = line;
      while (line < old.length && old[line] !== fresh[line]) line += 1;
      if (line > from) edit(from, line, line);
    }
    return;
  }
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  edit(head, old.length - tail, fresh.length - tail);
}
