/** What formatting knows of a chunk by itself; kept for a while, since an edit elsewhere does not change it. */
import { parseChunk } from '../parse.ts';
import type { Chunk } from '../sourceFile.ts';
import { renderAlone } from './align.ts';
import { layoutRows } from './layout.ts';
import type { Row } from './row.ts';
import { sameMeaning } from './same.ts';

export interface ChunkLayout {
  /** Absent: the chunk is left alone. */
  readonly rows: readonly Row[] | undefined;
  /** A blank line stands below the last row. */
  readonly blankBelow: boolean;
  /** Line ends in the source. */
  readonly crlf: number;
  readonly otherEnds: number;
}

const byteOrderMark = '\uFEFF';
const blankAtEnd = /(?:^|\r\n|\n|\r(?!\n))[ \t\f\v\u00A0\uFEFF]*(?:\r\n|\n|\r)[ \t]*$/;

/** Rows are larger than their text, so only those used last are kept: enough for a design of some 20,000 lines. */
const kept = 4096;
const layouts = new WeakMap<Chunk, { layout: ChunkLayout | undefined }>();
const recent: ({ layout: ChunkLayout | undefined } | undefined)[] = new Array(kept);
let next = 0;

export function layoutOf(chunk: Chunk): ChunkLayout {
  const known = layouts.get(chunk);
  if (known?.layout) return known.layout;
  const layout = makeLayout(chunk);
  const held = known ?? { layout };
  held.layout = layout;
  const oldest = recent[next];
  if (oldest) oldest.layout = undefined;
  recent[next] = held;
  next = (next + 1) % kept;
  layouts.set(chunk, held);
  return layout;
}

/** The byte order mark of a file, which only its first chunk can have. */
export const markOf = (chunk: Chunk): string => (chunk.text.startsWith(byteOrderMark) ? byteOrderMark : '');

function makeLayout(chunk: Chunk): ChunkLayout {
  const { text, parsed } = chunk;
  const crlf = text.split('\r\n').length - 1;
  const ends = { crlf, otherEnds: chunk.lines - crlf };
  const rows = parsed.problems.length > 0 ? undefined : layoutRows(text, parsed.entries, parsed.comments);
  return { rows: rows && keeps(chunk, rows) ? rows : undefined, blankBelow: blankAtEnd.test(text), ...ends };
}

/** Formatting never changes what a design says. Should it ever be about to, the chunk stays as it is. */
function keeps(chunk: Chunk, rows: readonly Row[]): boolean {
  const text = rows.map((row) => `${row.blank ? '\n' : ''}${renderAlone(row)}\n`).join('');
  const [old, fresh] = [squeezed(chunk.text), squeezed(text)];
  // Other widths of the same spaces mean the same, except in front of a continued line; the rest is read again.
  return (
    (old === fresh && !rows.some((row) => row.text.includes('\n'))) ||
    sameMeaning(chunk.parsed, chunk.text, parseChunk(text), text)
  );
}

const squeezed = (text: string): string =>
  text
    .trim()
    .replace(/[ \t]+/g, ' ')
    .replaceAll('\r\n', '\n');
