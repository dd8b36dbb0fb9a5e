/**
 * A drawn picture → the content of a file that is no plain SVG, for the command line and the language server. It weighs more than
 * all the rest together (fonts, the page): entry files load it when the first file is made.
 */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Drawing } from '../../topology/export/drawing.ts';
import { type FontPair, openFont, unsettable } from '../../topology/export/font.ts';
import { htmlDocument } from '../../topology/export/html.ts';
import { renderPdf } from '../../topology/export/pdf.ts';
import { pngLimits, pngSize, renderPng } from '../../topology/export/png.ts';
import { readSvg } from '../../topology/export/readSvg.ts';
import type { TitleFacts } from '../../topology/export/titleBlock.ts';
import { fontFile, pageFiles } from './assets.ts';
import { ExportProblem } from './problem.ts';

export interface FileRequest {
  readonly svg: string;
  readonly title: string;
  readonly facts: TitleFacts;
  readonly format: 'png' | 'pdf' | 'html';
  readonly theme: 'auto' | 'light' | 'dark' | 'print';
  /** Pixels for each px of the picture (PNG). */
  readonly scale: number;
  /** The page (PDF): as large as the picture, or a sheet of paper. */
  readonly paper: 'fit' | 'a3' | 'a4';
}

export interface MadeFile {
  /** Text (HTML) or bytes (PNG, PDF). */
  readonly content: string | Uint8Array;
  /** Characters that the built-in font cannot set as they should stand, in words; absent when it can set all. */
  readonly warning?: string;
}

/** The content of the file. Throws an `ExportProblem` when the picture cannot be made so. */
export function makeFile(picture: FileRequest): MadeFile {
  if (picture.format === 'html') return { content: html(picture) };
  const fonts: FontPair = { regular: openFont(fontFile('DejaVuSans')), bold: openFont(fontFile('DejaVuSans-Bold')) };
  const drawing = readSvg(picture.svg);
  const warning = unset(drawing, fonts, picture.format);
  return { content: bytesOf(drawing, fonts, picture), ...(warning === undefined ? {} : { warning }) };
}

function bytesOf(drawing: Drawing, fonts: FontPair, picture: FileRequest): Uint8Array {
  if (picture.format === 'png') return png(drawing, fonts, picture.scale);
  const { author, customer, date } = picture.facts;
  return renderPdf(drawing, {
    fonts,
    deflate: (bytes) => deflateSync(bytes, { level: 9 }),
    paper: picture.paper,
    ...(author === undefined ? {} : { author }),
    ...(date === undefined ? {} : { date }),
    ...(customer === undefined ? {} : { subject: `${customer} · ${drawing.description}` }),
  });
}

function html({ svg, theme, title }: FileRequest): string {
  const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
  return htmlDocument({ svg, title, theme, page: pageFiles(), hash });
}

function png(drawing: Drawing, fonts: FontPair, scale: number): Uint8Array {
  const { fits, height, width } = pngSize(drawing, scale);
  if (!fits) {
    const share = Math.min(
      Math.sqrt(pngLimits.pixels / (drawing.width * drawing.height)),
      pngLimits.side / Math.max(drawing.width, drawing.height),
    );
    const best = Math.floor(share * 100) / 100;
    throw new ExportProblem(
      `a PNG of ${width} × ${height} pixels (scale ${scale}) is larger than Lintel makes; up to scale ${best} fits, and SVG, PDF and HTML have no such limit.`,
    );
  }
  return renderPng(drawing, { fonts, scale, deflate: (bytes) => deflateSync(bytes, { level: 6 }) });
}

function unset(drawing: Drawing, fonts: FontPair, format: 'png' | 'pdf'): string | undefined {
  const found = new Set<string>();
  for (const item of drawing.items)
    if (item.kind === 'text')
      for (const character of unsettable(item.bold ? fonts.bold : fonts.regular, item.text)) found.add(character);
  if (found.size === 0) return undefined;
  const named = [...found].slice(0, 20).join(' ');
  const rest = found.size > 20 ? ` and ${found.size - 20} more` : '';
  const search = format === 'pdf' ? ' Searching and copying find them all the same.' : '';
  return `The built-in font cannot set these characters as they should stand: ${named}${rest}.${search} SVG and HTML show them in the reader's own font.`;
}
