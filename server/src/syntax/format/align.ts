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
import { bodyCell, columns, indent, lineWidth, type Row, tableWidth } from './row.ts';

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
    texts.push(...alignSecond(singles));
    singles = [];
  };
  for (let at = 0; at < block.length; ) {
    const first = block[at];
    if (!first) break;
    let end = at + 1;
    while (block[end]?.cells[0]?.text === first.cells[0]?.text) end += 1;
    if (end - at > 1) {
      flush();
      texts.push(...alignColumns(block.slice(at, end)));
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

/** Comments behind adjacent rows stand below each other, unless one of the rows is too long for that. */
function addTrailing(block: readonly Row[], texts: readonly string[], lines: string[]): void {
  const widths = texts.map(columns);
  const margin = indent(block[0]?.level ?? 0);
  for (let at = 0; at < block.length; ) {
    let end = at;
    let widest = 0;
    while (end < block.length && block[end]?.trailing !== '') {
      widest = Math.max(widest, widths[end] ?? 0);
      end += 1;
    }
    if (end === at) end += 1;
    for (; at < end; at += 1) {
      const trailing = block[at]?.trailing ?? '';
      const pad = margin.length + widest > lineWidth ? 2 : widest - (widths[at] ?? 0) + 2;
      lines.push(`${margin}${texts[at] ?? ''}${trailing === '' ? '' : ' '.repeat(pad) + trailing}`);
    }
  }
}

/** Different properties below each other: the values start in one column. */
function alignSecond(rows: readonly Row[]): readonly string[] {
  const pairs = rows.filter((row) => row.cells.length > 1);
  if (pairs.length < 2) return rows.map((row) => row.text);
  const widest = Math.max(...pairs.map((row) => columns(row.cells[0]?.text ?? '')));
  const rests = pairs.map((row) => columns(row.text) - columns(row.cells[0]?.text ?? '') - 1);
  const start = startOf(widest, gapOf(pairs, 1), rests, tableWidth - indent(rows[0]?.level ?? 0).length);
  if (start === undefined) return rows.map((row) => row.text);
  return rows.map((row) => {
    const [word, ...rest] = row.cells;
    return rest.length === 0 ? row.text : padTo(word?.text ?? '', start) + rest.map((cell) => cell.text).join(' ');
  });
}

/** Entries of the same word: column by column, until the rows have different shapes. */
function alignColumns(rows: readonly Row[]): string[] {
  const texts = rows.map((row) => row.cells[0]?.text ?? '');
  const widths = texts.map(columns);
  const rests = rows.map((row) => columns(row.text) - columns(row.cells[0]?.text ?? '') - 1);
  const room = tableWidth - indent(rows[0]?.level ?? 0).length;
  let aligning = true;
  let afterHeading = true;
  const longest = Math.max(...rows.map((row) => row.cells.length));
  for (let k = 1; k < longest; k += 1) {
    const present: number[] = [];
    rows.forEach((row, at) => {
      if (row.cells.length > k) present.push(at);
    });
    if (present.length < 2) aligning = false;
    const here = present.map((at) => rows[at]?.cells[k]);
    const shared = here[0]?.name;
    const heading = shared !== undefined && here.every((cell) => cell?.name === shared);
    let start: number | undefined;
    if (aligning && !afterHeading) {
      const widest = Math.max(...present.map((at) => widths[at] ?? 0));
      const gap = gapOf(present.flatMap((at) => rows[at] ?? []), k);
      start = startOf(widest, gap, present.map((at) => rests[at] ?? 0), room);
      if (start === undefined) aligning = false;
    }
    for (const at of present) {
      const cell = rows[at]?.cells[k]?.text ?? '';
      const text = padTo(texts[at] ?? '', start ?? (widths[at] ?? 0) + 1) + cell;
      texts[at] = text;
      widths[at] = columns(text);
      rests[at] = (rests[at] ?? 0) - 1 - columns(cell);
    }
    // Names that differ where a heading could stand: from here on the rows speak of different things.
    if (!heading && !afterHeading && here.some((cell) => cell?.name !== undefined)) aligning = false;
    afterHeading = heading;
  }
  return texts;
}

/** Where a column starts; undefined when what follows (`rests`) would then be pushed too far to the right. */
function startOf(widest: number, gap: number, rests: readonly number[], room: number): number | undefined {
  const rest = Math.max(...rests);
  // One space is tried before giving up: the next run would find only one in the result, and must come to the same.
  for (let start = widest + gap; start > widest; start -= 1) if (start + rest <= room) return start;
  return undefined;
}

/** One space in front of a column, or two where the author has left at least two in every row. */
function gapOf(rows: readonly Row[], column: number): number {
  return rows.every((row) => (row.cells[column]?.gap ?? 1) >= 2) ? 2 : 1;
}

function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}
