/** The title block of a drawing: what a design review signs. Put below a picture, at the right, as on a paper drawing. */

import { ellipsize, textWidth } from '../measure.ts';
import type { TextStyle } from '../placed.ts';
import { escapeXml, px } from '../svg/text.ts';
import { sheetOf } from './sheet.ts';

export interface TitleFacts {
  readonly design: string;
  /** What the sheet shows. */
  readonly drawing: string;
  readonly customer?: string;
  readonly author?: string;
  readonly revision?: string;
  readonly date?: string;
  readonly sheet: string;
}

const cellHeight = 34;
const padding = 8;
const gap = 16;
const side = 28;

interface Cell {
  readonly label: string;
  readonly value: string;
  readonly style: TextStyle;
  readonly least: number;
}

/** The picture with a title block below it; the picture as it was when it does not begin as one of ours. */
export function withTitleBlock(svg: string, facts: TitleFacts): string {
  const sheet = sheetOf(svg);
  if (sheet === undefined) return svg;
  const rows = columns(rowsOf(facts));
  const blockWidth = Math.max(...rows.map((row) => row.reduce((sum, { width }) => sum + width, 0)));
  const width = Math.max(sheet.width, blockWidth + 2 * side);
  const height = sheet.height + gap + rows.length * cellHeight + side;
  return sheet.extended(width, height, blockSvg(rows, width - side - blockWidth, sheet.height + gap));
}

function rowsOf({ author, customer, date, design, drawing, revision, sheet }: TitleFacts): readonly (readonly Cell[])[] {
  const cell = (label: string, value: string | undefined, least: number, style: TextStyle = 'detail'): Cell => ({
    label,
    value: value === undefined || value === '' ? '–' : value,
    style,
    least,
  });
  return [
    [cell('Design', design, 260, 'title'), cell('Customer', customer, 200)],
    [cell('Drawing', drawing, 260, 'title'), cell('Author', author, 200)],
    [
      cell('Revision', revision, 80, 'title'),
      cell('Date', date, 100),
      cell('Sheet', sheet, 80),
      cell('Checked', ' ', 100),
      cell('Approved', ' ', 100),
    ],
  ];
}

type Sized = Cell & { readonly width: number };

/** Rows of equal width: the last cell of each takes what is left. */
function columns(rows: readonly (readonly Cell[])[]): readonly (readonly Sized[])[] {
  const sized = rows.map((row) =>
    row.map((cell) => {
      const value = ellipsize(cell.value, cell.style, 420);
      return { ...cell, value, width: Math.max(cell.least, textWidth(value, cell.style) + 2 * padding) };
    }),
  );
  // The first two rows stand in columns.
  const left = Math.max(sized[0]?.[0]?.width ?? 0, sized[1]?.[0]?.width ?? 0);
  const aligned = sized.map((row, at) => row.map((cell, index) => (at < 2 && index === 0 ? { ...cell, width: left } : cell)));
  const total = Math.max(...aligned.map((row) => row.reduce((sum, { width }) => sum + width, 0)));
  return aligned.map((row) => {
    const spare = total - row.reduce((sum, { width }) => sum + width, 0);
    return row.map((cell, index) => (index === row.length - 1 ? { ...cell, width: cell.width + spare } : cell));
  });
}

function blockSvg(rows: readonly (readonly Sized[])[], left: number, top: number): string {
  const out: string[] = [];
  rows.forEach((row, at) => {
    let x = left;
    const y = top + at * cellHeight;
    for (const cell of row) {
      out.push(
        `<rect class="lt-shape" x="${px(x)}" y="${px(y)}" width="${px(cell.width)}" height="${cellHeight}"/>` +
          `<text class="lt-t-small" x="${px(x + padding)}" y="${px(y + 12)}">${cell.label}</text>` +
          `<text class="lt-t-${cell.style}" x="${px(x + padding)}" y="${px(y + 27)}">${escapeXml(cell.value)}</text>`,
      );
      x += cell.width;
    }
  });
  return `<g class="lt-title-block" role="group" aria-label="Title block">${out.join('')}</g>`;
}
