/** The list of what differs as a panel below a picture: what a design review goes through, line by line. Pure. */
import { sheetOf } from '../export/sheet.ts';
import { displayText, ellipsize, textWidth } from '../measure.ts';
import type { TextStyle } from '../placed.ts';
import { signSvg } from '../svg/changes.ts';
import { escapeXml, px } from '../svg/text.ts';
import type { Difference } from './graphs.ts';

/** What is listed. */
export interface ChangeList {
  /** What the design is compared with: `HEAD~1`. */
  readonly label: string;
  readonly changes: readonly Difference[];
  /** What differs and has no box in the picture. */
  readonly elsewhere: readonly Difference[];
}

const side = 28;
const padding = 14;
const columnWidth = { least: 340, most: 560 } as const;
const columnGap = 28;
const indent = 28;
const lineHeight = 15;
const rowGap = 9;
/** More than this nobody reads on a sheet; the command line prints them all. */
const mostRows = 240;
const mostLines = 6;

interface Row {
  readonly height: number;
  readonly isHeading?: boolean;
  /** SVG with its upper left corner at a place. */
  readonly draw: (x: number, y: number) => string;
}

/** The picture with the list below it; the picture as it was when it does not begin as one of ours. */
export function withChangeList(svg: string, list: ChangeList): string {
  const sheet = sheetOf(svg);
  if (sheet === undefined || list.changes.length + list.elsewhere.length === 0) return svg;
  const width = Math.max(sheet.width, columnWidth.least + 2 * (side + padding));
  const inner = width - 2 * (side + padding);
  const most = Math.max(1, Math.floor((inner + columnGap) / (columnWidth.least + columnGap)));
  const wide = Math.min(columnWidth.most, Math.floor((inner + columnGap) / most) - columnGap);
  const columns = inColumns(rowsOf(list, wide), most);
  const heightOf = (column: readonly Row[]): number => column.reduce((sum, row) => sum + row.height, 0);
  const top = sheet.height;
  const panelHeight = 40 + Math.max(...columns.map(heightOf)) + 6;
  const title = `Changes since ${displayText(list.label)}`;
  const drawn = columns
    .map((column, at) => {
      let y = top + 40;
      return column
        .map((row) => {
          const text = row.draw(side + padding + at * (wide + columnGap), y);
          y += row.height;
          return text;
        })
        .join('');
    })
    .join('');
  return sheet.extended(
    width,
    top + panelHeight + side,
    `<g class="lt-changes" role="list" aria-label="${escapeXml(title)}">` +
      `<g class="lt-panel lt-d0" aria-hidden="true"><rect class="lt-shape" x="${side}" y="${px(top)}" width="${px(width - 2 * side)}" height="${px(panelHeight)}" rx="6"/></g>` +
      `<text class="lt-t-title" x="${side + padding}" y="${px(top + 24)}">${escapeXml(ellipsize(title, 'title', inner))}</text>${drawn}</g>`,
  );
}

function rowsOf({ changes, elsewhere }: ChangeList, width: number): readonly Row[] {
  const row = (difference: Difference): Row => rowOf(difference, width - indent);
  const rows = [...changes.map(row), ...(elsewhere.length === 0 ? [] : [heading('Not in this picture'), ...elsewhere.map(row)])];
  const more = rows.length - mostRows;
  return more > 1 ? [...rows.slice(0, mostRows), heading(`and ${more} more`)] : rows;
}

const heading = (text: string): Row => ({
  height: 26,
  isHeading: true,
  draw: (x, y) => `<text class="lt-t-panel" x="${px(x)}" y="${px(y + 16)}">${escapeXml(text)}</text>`,
});

function rowOf({ change, label, role, what }: Difference, room: number): Row {
  const tail = ` ${role}, ${change}`;
  const name = wrapped(displayText(label), 'title', room);
  const last = textWidth(name.at(-1) ?? '', 'title') + 4;
  const fits = last + textWidth(tail, 'detail') <= room;
  const lines = [...(fits ? [] : [tail.trim()]), ...(what === undefined ? [] : wrapped(displayText(what), 'detail', room))];
  return {
    height: 3 + (name.length + lines.length) * lineHeight + rowGap,
    draw: (x, y) => {
      const said = `${label}, ${role}, ${change}${what === undefined ? '' : `: ${what}`}`;
      const texts = lines.map(
        (line, at) =>
          `<text class="lt-t-detail" x="${px(x + indent)}" y="${px(y + 13 + (name.length + at) * lineHeight)}">${escapeXml(line)}</text>`,
      );
      return (
        `<g role="listitem" aria-label="${escapeXml(said)}">${signSvg(change, x, y + 1)}` +
        name
          .map(
            (line, at) =>
              `<text class="lt-t-title" x="${px(x + indent)}" y="${px(y + 13 + at * lineHeight)}">${escapeXml(line)}</text>`,
          )
          .join('') +
        (fits
          ? `<text class="lt-t-detail" x="${px(x + indent + last)}" y="${px(y + 13 + (name.length - 1) * lineHeight)}">${escapeXml(tail.trim())}</text>`
          : '') +
        `${texts.join('')}</g>`
      );
    },
  };
}

/** A text in lines of a width; a word that is wider than that is cut. */
function wrapped(text: string, style: TextStyle, room: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, style) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else if (lines.length === mostLines) {
      lines[mostLines - 1] = ellipsize(`${last ?? ''} …`, style, room);
      break;
    } else lines.push(ellipsize(word, style, room));
  }
  return lines;
}

/** Rows one after the other in columns of about equal height. */
function inColumns(rows: readonly Row[], most: number): readonly (readonly Row[])[] {
  const total = rows.reduce((sum, row) => sum + row.height, 0);
  const least = Math.max(...rows.map((row) => row.height), 160);
  const wanted = Math.max(least, total / most);
  const columns: Row[][] = [[]];
  let height = 0;
  for (const row of rows) {
    // A heading stands above what it is about.
    const next = row.isHeading === true ? row.height * 2 : row.height / 2;
    if (height > 0 && height + next > wanted && columns.length < most) {
      columns.push([]);
      height = 0;
    }
    columns.at(-1)?.push(row);
    height += row.height;
  }
  return columns;
}
