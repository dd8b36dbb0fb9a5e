/** A font with the outlines of some glyphs only. Glyphs keep their numbers, so nothing that refers to them has to change. */

import { type Font, partsOf } from './font.ts';

const kept = ['OS/2', 'cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'] as const;

/** The font with the given glyphs, and those that they are made of. */
export function subsetFont(font: Font, glyphs: Iterable<number>): Uint8Array {
  const wanted = new Set([0]);
  const want = (glyph: number): void => {
    if (wanted.has(glyph) && glyph !== 0) return;
    wanted.add(glyph);
    for (const part of partsOf(font, glyph)) want(part.glyph);
  };
  for (const glyph of glyphs) want(glyph);
  const sorted = [...wanted].filter((glyph) => glyph < font.glyphCount).sort((a, b) => a - b);
  const padded = (length: number): number => Math.ceil(length / 4) * 4;
  const total = sorted.reduce((sum, glyph) => sum + padded(font.storeOf(glyph).length), 0);
  const glyf = new Uint8Array(total);
  const loca = new DataView(new ArrayBuffer((font.glyphCount + 1) * 4));
  let at = 0;
  for (let glyph = 0; glyph < font.glyphCount; glyph++) {
    loca.setUint32(glyph * 4, at);
    if (!wanted.has(glyph)) continue;
    const { offset, length } = font.storeOf(glyph);
    glyf.set(bytesOf(font, offset, length), at);
    at += padded(length);
  }
  loca.setUint32(font.glyphCount * 4, at);
  const tables = kept.flatMap((tag): readonly { readonly tag: string; readonly bytes: Uint8Array }[] => {
    const table = font.tables.get(tag);
    if (table === undefined) return [];
    if (tag === 'glyf') return [{ tag, bytes: glyf }];
    if (tag === 'loca') return [{ tag, bytes: new Uint8Array(loca.buffer) }];
    const bytes = bytesOf(font, table.offset, table.length).slice();
    // Offsets are long now.
    if (tag === 'head') new DataView(bytes.buffer).setInt16(50, 1);
    return [{ tag, bytes }];
  });
  return assemble(tables);
}

function bytesOf({ data }: Font, offset: number, length: number): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset + offset, length);
}

function assemble(tables: readonly { readonly tag: string; readonly bytes: Uint8Array }[]): Uint8Array {
  const start = 12 + tables.length * 16;
  const padded = (length: number): number => Math.ceil(length / 4) * 4;
  const out = new Uint8Array(start + tables.reduce((sum, { bytes }) => sum + padded(bytes.length), 0));
  const view = new DataView(out.buffer);
  const power = Math.floor(Math.log2(tables.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, 2 ** power * 16);
  view.setUint16(8, power);
  view.setUint16(10, (tables.length - 2 ** power) * 16);
  let at = start;
  tables.forEach(({ tag, bytes }, index) => {
    out.set(bytes, at);
    const entry = 12 + index * 16;
    for (let byte = 0; byte < 4; byte++) out[entry + byte] = tag.charCodeAt(byte);
    let sum = 0;
    for (let word = at; word < at + padded(bytes.length); word += 4) sum = (sum + view.getUint32(word)) >>> 0;
    view.setUint32(entry + 4, sum);
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, bytes.length);
    at += padded(bytes.length);
  });
  return out;
}
