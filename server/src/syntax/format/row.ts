/** What formatting works on: a design as rows, and the rows that may stand in columns as cells. */

/** A block stays on one line, and a list is joined, as long as the line ends here. */
export const lineWidth = 110;
/** Columns may push a line this far, no further. */
export const tableWidth = 130;
/** Nor are spaces put in wider than this: one long row would tear all others apart. */
export const tableGap = 40;
/** One level of a block. */
export const indentStep = 2;
/** Further lines of a list, seen from the line of their entry. */
export const continuationStep = 4;

/** A piece of a row that may start in a column: the entry's word, a group, the profiles, a body on one line. */
export interface Cell {
  readonly text: string;
  /** Set for a bare name, `=` and a body: what may be a heading that all rows share. */
  readonly name: string | undefined;
  /** Spaces that the author left in front of it. */
  readonly gap: number;
}

/** The name of a cell that holds a body. */
export const bodyCell = '{';

/** One line of the result, or several when a list or a comment is longer than a line. */
export interface Row {
  readonly level: number;
  /** A blank line stands above. */
  readonly blank: boolean;
  /** Without the first line's indentation, everything one space apart. */
  readonly text: string;
  /** Empty when the row stands in no table: comments, opening and closing lines, whatever has a comment inside. */
  readonly cells: readonly Cell[];
  /** A `///` line, alone on its line. */
  readonly doc: boolean;
  /** Comments behind it on the same line. */
  trailing: string;
}

/** Columns that a text takes: pairs of surrogates count once. */
export function columns(text: string): number {
  return /[\uD800-\uDBFF]/.test(text) ? text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, 'x').length : text.length;
}

export const indent = (level: number): string => ' '.repeat(level * indentStep);
