/** A drawn picture → the content of the file that was asked for. Loaded only where it is no plain SVG. */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Drawing } from '../../../server/src/topology/export/drawing.ts';
import { type FontPair, openFont, unsettable } from '../../../server/src/topology/export/font.ts';
import { htmlDocument } from '../../../server/src/topology/export/html.ts';
import { renderPdf } from '../../../server/src/topology/export/pdf.ts';
import { pngLimits, pngSize, renderPng } from '../../../server/src/topology/export/png.ts';
import { readSvg } from '../../../server/src/topology/export/readSvg.ts';
import type { TitleFacts } from '../../../server/src/topology/export/titleBlock.ts';
import type { Paper, PictureFormat, PictureTheme } from '../options.ts';
import { plain } from '../text/plain.ts';
import { UsageError, type World } from '../world.ts';
import { fontFile, pageFiles } from './assets.ts';

export interface Export {
  readonly svg: string;
  readonly title: string;
  readonly facts: TitleFacts;
  readonly format: Exclude<PictureFormat, 'svg'>;
  readonly theme: PictureTheme;
  readonly scale: number;
  readonly paper: Paper;
}

/** The content of the file. Characters that the fonts lack are named on standard error. */
export function exportPicture(world: World, picture: Export): string | Uint8Array {
  if (picture.format === 'html') return html(picture);
  const fonts: FontPair = { regular: openFont(fontFile('DejaVuSans')), bold: openFont(fontFile('DejaVuSans-Bold')) };
  const drawing = readSvg(picture.svg);
  warn(world, drawing, fonts, picture.format);
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

function html({ svg, theme, title }: Export): string {
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
    throw new UsageError(
      `a PNG of ${width} × ${height} pixels (scale ${scale}) is larger than Lintel makes; up to scale ${best} fits, and SVG, PDF and HTML have no such limit.`,
    );
  }
  return renderPng(drawing, { fonts, scale, deflate: (bytes) => deflateSync(bytes, { level: 6 }) });
}

function warn(world: World, drawing: Drawing, fonts: FontPair, format: 'png' | 'pdf'): void {
  const found = new Set<string>();
  for (const item of drawing.items)
    if (item.kind === 'text')
      for (const character of unsettable(item.bold ? fonts.bold : fonts.regular, item.text)) found.add(character);
  if (found.size === 0) return;
  const named = [...found].slice(0, 20).join(' ');
  const rest = found.size > 20 ? ` and ${found.size - 20} more` : '';
  const search = format === 'pdf' ? ' Searching and copying find them all the same.' : '';
  world.err.write(
    `The built-in font cannot set these characters as they should stand: ${plain(named)}${rest}.${search} SVG and HTML show them in the reader's own font.\n`,
  );
}
