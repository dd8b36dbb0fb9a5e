/**
 * Tables. Rows that stand directly below each other (no blank line, no comment, no open block between) are set in columns:
 *
 * - entries with the same word in all their columns, as long as the rows agree on what is a heading and what is a value: a
 *   bare name that all rows share is a heading (`vlan`), what follows it a value;
 * - different properties of one body in their second column.
 *
 * A column that the author set off by two or more spaces in every row stays set off by two. All of it depends on nothing but the
 * rows of the run, so that the same run looks the same wherever it stands.
 */
import { bodyCell, columns, indent, lineWidth, type Row, tableGap, tableWidth } from './row.ts';

/** The lines of the rows, without line ends; `undefined` among the rows parts what is above from what is below. */
export function renderRows(rows: readonly (Row | undefined)[]): string[] {
  const lines: string[] = [];
  let block: Row[] = [];
  const flush = (): void => {
    if (block.length > 0) renderBlock(block, lines);
    block = [];
  };
  for (const row of rows) {
    if (!row || row.blank || row.level !== block[0]?.level || row.cells.length === 0) flush();
    if (row) block.push(row);
    if (row?.cells.length === 0) flush();
  }
  flush();
  return lines;
}

/** A row on its own, as it stands in no table. */
export function renderAlone(row: Row): string {
  return `${indent(row.level)}${row.text}${row.trailing === '' ? '' : `  ${row.trailing}`}`;
}

/** Rows that stand directly below each other. */
function renderBlock(block: readonly Row[], lines: string[]): void {
  const [only] = block;
  if (block.length === 1 && only) {
    lines.push(renderAlone(only));
    return;
  }
  const texts: string[] = [];
  let singles: Row[] = [];
  const flush = (): void => {
    alignSecond(singles, texts);
    singles = [];
  };
  for (let at = 0; at < block.length; ) {
    const first = block[at];
    if (!first) break;
    let end = at + 1;
    while (block[end]?.cells[0]?.text === first.cells[0]?.text) end += 1;
    if (end - at > 1) {
      flush();
      alignColumns(block.slice(at, end), texts);
    } else if (first.level > 0 && first.cells.at(-1)?.name !== bodyCell) singles.push(first);
    else {
      flush();
      texts.push(first.text);
    }
    at = end;
  }
  flush();
  addTrailing(block, texts, lines);
}

/** Comments behind adjacent rows stand below each other, unless the rows are too long or too different for that. */
function addTrailing(block: readonly Row[], texts: readonly string[], lines: string[]): void {
  const widths = texts.map(columns);
  const margin = indent(block[0]?.level ?? 0);
  for (let at = 0; at < block.length; ) {
    let end = at;
    while (end < block.length && block[end]?.trailing !== '') end += 1;
    const run = widths.slice(at, end);
    const widest = most(run);
    const together = margin.length + widest <= lineWidth && widest - least(run) <= tableGap;
    if (end === at) end += 1;
    for (; at < end; at += 1) {
      const trailing = block[at]?.trailing ?? '';
      const pad = together ? widest - (widths[at] ?? 0) + 2 : 2;
      lines.push(`${margin}${texts[at] ?? ''}${trailing === '' ? '' : ' '.repeat(pad) + trailing}`);
    }
  }
}

/** Different properties below each other: the values start in one column. */
function alignSecond(rows: readonly Row[], texts: string[]): void {
  const pairs = rows.filter((row) => row.cells.length > 1);
  const words = pairs.map((row) => columns(row.cells[0]?.text ?? ''));
  const rests = pairs.map((row, at) => columns(row.text) - (words[at] ?? 0) - 1);
  const start = pairs.length < 2 ? undefined : startOf(words, gapOf(pairs, 1), rests, roomOf(rows));
  for (const row of rows) {
    const [word, ...rest] = row.cells;
    const own = word?.text ?? '';
    texts.push(
      start === undefined || rest.length === 0
        ? row.text
        : `${own}${' '.repeat(start - columns(own))}${rest.map((cell) => cell.text).join(' ')}`,
    );
  }
}

/** A row on its way through the columns. */
interface Line {
  readonly row: Row;
  text: string;
  width: number;
  /** Width of the cells that are still to come, one space apart. */
  rest: number;
}

/** Entries of the same word: column by column, until the rows have different shapes. */
function alignColumns(rows: readonly Row[], texts: string[]): void {
  const lines = rows.map((row): Line => {
    const text = row.cells[0]?.text ?? '';
    const width = columns(text);
    return { row, text, width, rest: columns(row.text) - width - 1 };
  });
  const room = roomOf(rows);
  let afterHeading = true;
  let column = 1;
  for (let present = lines; ; column += 1) {
    present = present.filter(({ row }) => row.cells.length > column);
    if (present.length < 2) break;
    const name = present[0]?.row.cells[column]?.name;
    const heading = name !== undefined && present.every(({ row }) => row.cells[column]?.name === name);
    let start: number | undefined;
    if (!afterHeading) {
      const above = present.map(({ row }) => row);
      start = startOf(
        present.map(({ width }) => width),
        gapOf(above, column),
        present.map(({ rest }) => rest),
        room,
      );
      if (start === undefined) break;
    }
    for (const line of present) append(line, column, start ?? line.width + 1);
    // Names that differ where a heading could stand: from here on the rows speak of different things.
    const parting = !heading && !afterHeading && present.some(({ row }) => row.cells[column]?.name !== undefined);
    afterHeading = heading;
    if (parting) {
      column += 1;
      break;
    }
  }
  for (const line of lines) {
    const rest = line.row.cells.slice(column);
    texts.push(rest.length === 0 ? line.text : `${line.text} ${rest.map((cell) => cell.text).join(' ')}`);
  }
}

function append(line: Line, column: number, start: number): void {
  const text = line.row.cells[column]?.text ?? '';
  const width = columns(text);
  line.text += ' '.repeat(start - line.width) + text;
  line.width = start + width;
  line.rest -= width + 1;
}

const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);
const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const roomOf = (rows: readonly Row[]): number => tableWidth - indent(rows[0]?.level ?? 0).length;

/** Where a column starts; undefined when that would leave too wide a gap or push what follows (`rests`) too far to the right. */
function startOf(widths: readonly number[], gap: number, rests: readonly number[], room: number): number | undefined {
  const rest = most(rests);
  if (most(widths) - least(widths) > tableGap) return undefined;
  // One space is tried before giving up: the next run would find only one in the result, and must come to the same.
  for (let space = gap; space > 0; space -= 1) {
    const start = most(widths) + space;
    if (start + rest <= room) return start;
  }
  return undefined;
}

/** One space in front of a column, or two where the author has left at least two in every row. */
function gapOf(rows: readonly Row[], column: number): number {
  return rows.every((row) => (row.cells[column]?.gap ?? 1) >= 2) ? 2 : 1;
}
