/** What formatting knows of a chunk by itself, kept as long as the chunk lives: an edit elsewhere does not lay it out again. */
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

const layouts = new WeakMap<Chunk, ChunkLayout>();

export function layoutOf(chunk: Chunk): ChunkLayout {
  let layout = layouts.get(chunk);
  if (!layout) {
    layout = makeLayout(chunk);
    layouts.set(chunk, layout);
  }
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
  return (old === fresh && !rows.some((row) => row.text.includes('\n'))) || sameMeaning(chunk.parsed, chunk.text, parseChunk(text), text);
}

const squeezed = (text: string): string => text.trim().replace(/[ \t]+/g, ' ').replaceAll('\r\n', '\n');
