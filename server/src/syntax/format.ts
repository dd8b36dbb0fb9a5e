/**
 * How a design is written: two spaces a block, one space between values, tables in columns. Works chunk by chunk; what a chunk
 * looks like depends on the chunk itself and on the one-line entries directly above and below it, with which it may form a
 * table. A chunk with syntax problems stays as it is to the byte, so formatting is safe in the middle of typing.
 */
import { renderRows } from './format/align.ts';
import { type ChunkLayout, layoutOf, markOf } from './format/chunk.ts';
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
    const blank =
      (layout.blankBelow || (bottom?.doc === true && bottom.level === 0)) && at < last && !(rows?.length === 0 && parted);
    blanks.push(blank);
    for (const row of rows ?? []) all.push(row);
    if (blank || !rows) all.push(undefined);
    parted = rows ? blank || (rows.length === 0 && parted) : layout.blankBelow;
  });
  const lines = renderRows(all);
  const lineEnd = lineEndOf(layouts);
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
function lineEndOf(layouts: readonly ChunkLayout[]): string {
  let [own, ownOther, left, leftOther] = [0, 0, 0, 0];
  for (const { rows, crlf, otherEnds } of layouts) {
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

/**
 * One edit for each run of lines that differ. Blank lines that come or go are seen as such; where lines are joined or parted, the
 * rest of the chunk up to the last such line is one edit.
 */
function lineEdits(chunk: Chunk, at: number, firstLine: number, text: string, edits: FormatEdit[]): void {
  const offsets = [...lineStarts(chunk)];
  if (offsets.at(-1) !== chunk.text.length) offsets.push(chunk.text.length);
  const old = offsets.slice(1).map((stop, line) => chunk.text.slice(offsets[line] ?? 0, stop));
  const fresh = text === '' ? [] : text.split(/(?<=\n)/);
  const place = (line: number): Place => {
    const { line: own, character } = placeIn(chunk, offsets[line] ?? chunk.text.length);
    return { line: firstLine + own, character };
  };
  let from = 0;
  let freshFrom = 0;
  const flush = (to: number, freshTo: number): void => {
    if (to > from || freshTo > freshFrom) {
      edits.push({ chunk: at, range: { start: place(from), end: place(to) }, newText: fresh.slice(freshFrom, freshTo).join('') });
    }
  };
  let line = 0;
  let freshLine = 0;
  while (line < old.length && freshLine < fresh.length) {
    const [one, other] = [old[line] ?? '', fresh[freshLine] ?? ''];
    if (one === other) {
      flush(line, freshLine);
      line += 1;
      freshLine += 1;
      [from, freshFrom] = [line, freshLine];
    } else if (signs(one) === signs(other)) {
      line += 1;
      freshLine += 1;
    } else if (signs(one) === '') line += 1;
    else if (other.trim() === '') freshLine += 1;
    else break;
  }
  let [end, freshEnd] = [old.length, fresh.length];
  for (; end > line && freshEnd > freshLine && old[end - 1] === fresh[freshEnd - 1]; end -= 1) freshEnd -= 1;
  flush(end, freshEnd);
}

/** What stays of a line when it is formatted. */
const signs = (line: string): string => line.replace(/[\s;]+/g, '');
