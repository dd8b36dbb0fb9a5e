/** Drawing → PNG, with our own fonts: the same pixels on each machine. */

import type { Drawing, DrawnPath, DrawnText } from './drawing.ts';
import { type FontPair, outlineOf, settingOf } from './font.ts';
import { rectPath } from './pathData.ts';
import { type Canvas, fillPolygons, type Polygon, type Window } from './raster.ts';
import { flatten, strokePolygons } from './stroke.ts';

export interface PngOptions {
  readonly fonts: FontPair;
  /** zlib's deflate. */
  readonly deflate: (bytes: Uint8Array) => Uint8Array;
  /** Pixels a px of the picture. */
  readonly scale: number;
}

/** Most pixels of a picture, all together and along one side. */
export const pngLimits = { pixels: 80_000_000, side: 30_000 } as const;

/** Size in pixels at a scale, and whether that is within the limits. */
export function pngSize(
  { width, height }: Drawing,
  scale: number,
): { readonly width: number; readonly height: number; readonly fits: boolean } {
  const [w, h] = [Math.max(1, Math.ceil(width * scale)), Math.max(1, Math.ceil(height * scale))];
  return { width: w, height: h, fits: w <= pngLimits.side && h <= pngLimits.side && w * h <= pngLimits.pixels };
}

/** Paints the picture. */
export function renderPng(drawing: Drawing, { fonts, deflate, scale }: PngOptions): Uint8Array {
  const { width, height } = pngSize(drawing, scale);
  const canvas: Canvas = { width, height, pixels: new Uint8Array(width * height * 3).fill(255) };
  for (const item of drawing.items) {
    if (item.kind === 'path') paintPath(canvas, item, scale);
    else paintText(canvas, item, fonts, scale);
  }
  return encode(canvas, drawing.title, scale, deflate);
}

function paintPath(canvas: Canvas, { path, fill, pen, clip }: DrawnPath, scale: number): void {
  const window: Window | undefined = clip && {
    left: Math.round(clip.x * scale),
    top: Math.round(clip.y * scale),
    right: Math.round((clip.x + clip.width) * scale),
    bottom: Math.round((clip.y + clip.height) * scale),
  };
  const runs = flatten(path, scale);
  if (fill !== undefined)
    fillPolygons(
      canvas,
      runs.map((run) => run.points),
      fill.colour,
      fill.alpha,
      window,
    );
  if (pen === undefined || pen.width <= 0) return;
  const outlines = strokePolygons(runs, pen, scale);
  // Long lines piece by piece: the box around all of one would be most of the picture. Not where what lies behind shines through.
  const groups = pen.alpha < 1 ? [outlines] : grouped(outlines);
  for (const group of groups) fillPolygons(canvas, group, pen.colour, pen.alpha, window);
}

function grouped(polygons: readonly Polygon[]): readonly (readonly Polygon[])[] {
  const small: Polygon[] = [];
  const large: Polygon[][] = [];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of polygons) {
    for (let at = 0; at < polygon.length; at += 2) {
      const [x, y] = [polygon[at] ?? 0, polygon[at + 1] ?? 0];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
    small.push(polygon);
    large.push([polygon]);
  }
  return (right - left) * (bottom - top) < 20_000 ? [small] : large;
}

function paintText(canvas: Canvas, text: DrawnText, fonts: FontPair, scale: number): void {
  const font = text.bold ? fonts.bold : fonts.regular;
  const { left, stretch, width } = settingOf(font, text);
  let x = left;
  if (text.halo !== undefined) {
    const ground = rectPath(x - 1.5, text.y - text.size * 0.8, width + 3, text.size, 2);
    fillPolygons(
      canvas,
      flatten(ground, scale).map((run) => run.points),
      text.halo,
      1,
    );
  }
  const unit = text.size / font.unitsPerEm;
  const outlines: Polygon[] = [];
  for (const character of text.text) {
    const glyph = font.glyphOf(character.codePointAt(0) ?? 0);
    for (const { points } of flatten(outlineOf(font, glyph), unit * scale))
      outlines.push(points.map((value, at) => (at % 2 === 0 ? x * scale + value * stretch : text.y * scale - value)));
    x += (font.advanceOf(glyph) * unit + text.spacing) * stretch;
  }
  fillPolygons(canvas, outlines, text.colour, 1);
}

// ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function encode({ width, height, pixels }: Canvas, title: string, scale: number, deflate: PngOptions['deflate']): Uint8Array {
  // Each row as its difference from the one above: most are equal.
  const stride = width * 3;
  const rows = new Uint8Array(height * (stride + 1));
  for (let row = 0; row < height; row++) {
    const [to, from] = [row * (stride + 1), row * stride];
    rows[to] = row === 0 ? 0 : 2;
    for (let at = 0; at < stride; at++)
      rows[to + 1 + at] = (pixels[from + at] ?? 0) - (row === 0 ? 0 : (pixels[from + at - stride] ?? 0));
  }
  const perMetre = Math.round((96 * scale) / 0.0254);
  const parts = [
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', [...big(width), ...big(height), 8, 2, 0, 0, 0]),
    chunk('pHYs', [...big(perMetre), ...big(perMetre), 1]),
    chunk('iTXt', [...new TextEncoder().encode('Title'), 0, 0, 0, 0, 0, ...new TextEncoder().encode(title)]),
    chunk('IDAT', deflate(rows)),
    chunk('IEND', []),
  ];
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const big = (value: number): readonly number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function chunk(type: string, body: ArrayLike<number>): Uint8Array {
  const out = new Uint8Array(body.length + 12);
  out.set(big(body.length));
  for (let at = 0; at < 4; at++) out[4 + at] = type.charCodeAt(at);
  out.set(body, 8);
  let sum = 0xffffffff;
  for (let at = 4; at < out.length - 4; at++) sum = (remainders[(sum ^ (out[at] ?? 0)) & 255] ?? 0) ^ (sum >>> 8);
  out.set(big((sum ^ 0xffffffff) >>> 0), out.length - 4);
  return out;
}
