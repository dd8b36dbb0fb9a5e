/** Reads a TrueType font: which glyph a character has, how wide it is, what it looks like. */

import { characterWidth } from '../fontWidths.ts';
import type { DrawnText } from './drawing.ts';
import type { Path, PathStep } from './pathData.ts';

export interface Table {
  readonly offset: number;
  readonly length: number;
}

export interface Font {
  readonly data: DataView;
  readonly tables: ReadonlyMap<string, Table>;
  readonly unitsPerEm: number;
  readonly glyphCount: number;
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [left: number, bottom: number, right: number, top: number];
  /** 0 where the font has none. */
  glyphOf(codePoint: number): number;
  /** In font units. */
  advanceOf(glyph: number): number;
  /** Where a glyph's outline is stored. */
  storeOf(glyph: number): Table;
}

/** The two weights that pictures are set in. */
export interface FontPair {
  readonly regular: Font;
  readonly bold: Font;
}

/** Opens a font. */
export function openFont(bytes: Uint8Array): Font {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, Table>();
  for (let at = 0; at < data.getUint16(4); at++) {
    const entry = 12 + at * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => data.getUint8(entry + byte)));
    tables.set(tag, { offset: data.getUint32(entry + 8), length: data.getUint32(entry + 12) });
  }
  const start = (tag: string): number => {
    const table = tables.get(tag);
    if (table === undefined) throw new Error(`the font has no table ${tag}`);
    return table.offset;
  };
  const [head, hhea, hmtx, loca, glyf] = [start('head'), start('hhea'), start('hmtx'), start('loca'), start('glyf')];
  const metrics = data.getUint16(hhea + 34);
  const isLong = data.getInt16(head + 50) === 1;
  const placeOf = (glyph: number): number => (isLong ? data.getUint32(loca + glyph * 4) : data.getUint16(loca + glyph * 2) * 2);
  const characters = readCharacters(data, start('cmap'));
  return {
    data,
    tables,
    unitsPerEm: data.getUint16(head + 18),
    glyphCount: data.getUint16(start('maxp') + 4),
    ascent: data.getInt16(hhea + 4),
    descent: data.getInt16(hhea + 6),
    box: [data.getInt16(head + 36), data.getInt16(head + 38), data.getInt16(head + 40), data.getInt16(head + 42)],
    glyphOf: (codePoint) => characters.get(codePoint) ?? 0,
    advanceOf: (glyph) => data.getUint16(hmtx + Math.min(glyph, metrics - 1) * 4),
    storeOf: (glyph) => ({ offset: glyf + placeOf(glyph), length: placeOf(glyph + 1) - placeOf(glyph) }),
  };
}

/** The character map, from the widest Unicode table that there is (formats 4 and 12). */
function readCharacters(data: DataView, cmap: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let at = 0; at < data.getUint16(cmap + 2); at++) {
    const table = cmap + data.getUint32(cmap + 4 + at * 8 + 4);
    const format = data.getUint16(table);
    if (format === 12) {
      for (let group = 0; group < data.getUint32(table + 12); group++) {
        const entry = table + 16 + group * 12;
        const [from, to, glyph] = [data.getUint32(entry), data.getUint32(entry + 4), data.getUint32(entry + 8)];
        for (let code = from; code <= to; code++) found.set(code, glyph + code - from);
      }
    } else if (format === 4 && data.getUint16(cmap + 4 + at * 8) !== 1) readSegments(data, table, found);
  }
  return found;
}

function readSegments(data: DataView, table: number, found: Map<number, number>): void {
  const size = data.getUint16(table + 6);
  for (let at = 0; at < size; at += 2) {
    const [to, from] = [data.getUint16(table + 14 + at), data.getUint16(table + 16 + size + at)];
    const delta = data.getUint16(table + 16 + size * 2 + at);
    const rangeAt = table + 16 + size * 3 + at;
    const range = data.getUint16(rangeAt);
    for (let code = from; code <= to && code !== 0xffff; code++) {
      const raw = range === 0 ? code : data.getUint16(rangeAt + range + (code - from) * 2);
      const glyph = raw === 0 && range !== 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0 && !found.has(code)) found.set(code, glyph);
    }
  }
}

/** The glyphs that a composed glyph is made of, and where in the font each is named. */
export function partsOf(
  font: Font,
  glyph: number,
): readonly { readonly glyph: number; readonly x: number; readonly y: number; readonly matrix: readonly number[] }[] {
  const { data } = font;
  const { offset, length } = font.storeOf(glyph);
  if (length === 0 || data.getInt16(offset) >= 0) return [];
  const parts = [];
  let at = offset + 10;
  let flags = 0x20;
  while ((flags & 0x20) !== 0) {
    flags = data.getUint16(at);
    const part = data.getUint16(at + 2);
    const areWords = (flags & 1) !== 0;
    const [x, y] = areWords ? [data.getInt16(at + 4), data.getInt16(at + 6)] : [data.getInt8(at + 4), data.getInt8(at + 5)];
    at += areWords ? 8 : 6;
    const count = (flags & 8) !== 0 ? 1 : (flags & 0x40) !== 0 ? 2 : (flags & 0x80) !== 0 ? 4 : 0;
    const values = Array.from({ length: count }, (_, index) => data.getInt16(at + index * 2) / 16384);
    at += count * 2;
    const [a = 1, b = a, c = 0, d = 1] = values;
    const isOffset = (flags & 2) !== 0;
    parts.push({ glyph: part, x: isOffset ? x : 0, y: isOffset ? y : 0, matrix: count === 4 ? [a, b, c, d] : [a, 0, 0, b] });
  }
  return parts;
}

/** The outline of a glyph in font units, y upwards. */
export function outlineOf(font: Font, glyph: number, depth = 0): Path {
  const { data } = font;
  const { offset, length } = font.storeOf(glyph);
  if (length === 0 || depth > 5) return [];
  const contours = data.getInt16(offset);
  if (contours < 0) {
    return partsOf(font, glyph).flatMap(({ glyph: part, x, y, matrix: [a = 1, b = 0, c = 0, d = 1] }) => {
      const move = (px: number, py: number): readonly [number, number] => [a * px + c * py + x, b * px + d * py + y];
      return outlineOf(font, part, depth + 1).map((step): PathStep => {
        if (step.op === 'Z') return step;
        const [ex, ey] = move(step.x, step.y);
        if (step.op !== 'C') return { op: step.op, x: ex, y: ey };
        const [[x1, y1], [x2, y2]] = [move(step.x1, step.y1), move(step.x2, step.y2)];
        return { op: 'C', x1, y1, x2, y2, x: ex, y: ey };
      });
    });
  }
  const ends = Array.from({ length: contours }, (_, at) => data.getUint16(offset + 10 + at * 2));
  const points = readPoints(data, offset + 10 + contours * 2, (ends.at(-1) ?? -1) + 1);
  return ends.flatMap((end, at) => contourPath(points.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, end + 1)));
}

interface GlyphPoint {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

function readPoints(data: DataView, start: number, count: number): readonly GlyphPoint[] {
  let at = start + 2 + data.getUint16(start);
  const flags: number[] = [];
  while (flags.length < count) {
    const flag = data.getUint8(at++);
    flags.push(flag);
    if ((flag & 8) !== 0) for (let again = data.getUint8(at++); again > 0; again--) flags.push(flag);
  }
  const axis = (short: number, same: number): readonly number[] => {
    let value = 0;
    return flags.slice(0, count).map((flag) => {
      if ((flag & short) !== 0) value += (flag & same) !== 0 ? data.getUint8(at++) : -data.getUint8(at++);
      else if ((flag & same) === 0) {
        value += data.getInt16(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = axis(2, 16);
  const ys = axis(4, 32);
  return xs.map((x, index) => ({ x, y: ys[index] ?? 0, on: ((flags[index] ?? 0) & 1) !== 0 }));
}

/** Quadratic splines with implied points to cubic curves. */
function contourPath(points: readonly GlyphPoint[]): Path {
  const [first, second] = points;
  if (first === undefined || second === undefined) return [];
  const middle = (a: GlyphPoint, b: GlyphPoint): GlyphPoint => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true });
  const start = first.on ? first : middle(first, points.at(-1) ?? first);
  const out: PathStep[] = [{ op: 'M', x: start.x, y: start.y }];
  let from = start;
  let control: GlyphPoint | undefined;
  const to = (end: GlyphPoint): void => {
    if (control === undefined) out.push({ op: 'L', x: end.x, y: end.y });
    else {
      const third = (a: number, b: number): number => a + ((b - a) * 2) / 3;
      out.push({
        op: 'C',
        x1: third(from.x, control.x),
        y1: third(from.y, control.y),
        x2: third(end.x, control.x),
        y2: third(end.y, control.y),
        x: end.x,
        y: end.y,
      });
    }
    [from, control] = [end, undefined];
  };
  for (const point of first.on ? points.slice(1) : points) {
    if (point.on) to(point);
    else {
      if (control !== undefined) to(middle(control, point));
      control = point;
    }
  }
  to(start);
  return [...out, { op: 'Z' }];
}

/** How a text is set in this font. */
export interface Setting {
  /** Left end of the text. */
  readonly left: number;
  readonly width: number;
  /** Below 1 where the letters are narrowed. */
  readonly stretch: number;
}

/** Sets a text. What is wider than the boxes were made for (a name of nothing but Ш) is narrowed, so that no text is cut. */
export function settingOf(
  font: Font,
  { bold, shift, size, spacing, text, x }: Omit<DrawnText, 'kind' | 'colour' | 'y'>,
): Setting {
  let [units, planned, count] = [0, 0, 0];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    units += font.advanceOf(font.glyphOf(code));
    planned += characterWidth(code, bold);
    count++;
  }
  const natural = (units * size) / font.unitsPerEm;
  const stretch = natural === 0 ? 1 : Math.min(1, (planned * size) / 1000 / natural);
  const width = (natural + count * spacing) * stretch;
  return { left: x - width * shift, width, stretch };
}

/** Scripts whose letters join or run from right to left: they need more than one glyph after the other. */
const needsShaping =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Lao}]/u;

/** The characters of a text that this font cannot set as they should stand, each once. */
export function unsettable(font: Font, text: string): readonly string[] {
  return [...new Set(text)].filter(
    (character) => needsShaping.test(character) || font.glyphOf(character.codePointAt(0) ?? 0) === 0,
  );
}
