/** Pictures to export, the fonts to set them in, and just enough of a reader to see what came out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { type FontPair, openFont } from '../../../server/src/topology/export/font.ts';
import type { Graph } from '../../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../../server/src/topology/layoutInProcess.ts';
import { renderSvg, type Theme } from '../../../server/src/topology/svg.ts';

const run = cachedRunner(createInProcessRunner());

export const draw = async (graph: Graph, theme: Theme = 'light'): Promise<string> =>
  renderSvg(await placeGraph(graph, run), { theme });

const open = (name: string): ReturnType<typeof openFont> =>
  openFont(readFileSync(join(import.meta.dirname, '../../../node_modules/dejavu-fonts-ttf/ttf', `${name}.ttf`)));

export const fonts: FontPair = { regular: open('DejaVuSans'), bold: open('DejaVuSans-Bold') };

export const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes);

export interface ReadPdf {
  readonly text: string;
  /** Every stream, unpacked, by the number of its object. */
  readonly streams: ReadonlyMap<number, Uint8Array>;
  /** Each text as a reader copies it. */
  readonly texts: readonly string[];
  /** Objects that are not where the table says. */
  readonly lost: readonly number[];
}

/** Reads a document of ours; throws where it is not sound. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const text = Buffer.from(bytes).toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const table = text.slice(start).split('\n');
  if (table[0] !== 'xref') throw new Error('no table where the end says');
  const offsets = table
    .slice(3, table.indexOf('trailer') < 0 ? undefined : table.indexOf('trailer'))
    .map((line) => Number(line.slice(0, 10)));
  const lost = offsets.flatMap((offset, at) => (text.startsWith(`${at + 1} 0 obj\n`, offset) ? [] : [at + 1]));
  const streams = new Map<number, Uint8Array>();
  offsets.forEach((offset, at) => {
    const head = /^\d+ 0 obj\n<< [^\n]*\/Length (\d+) >>\nstream\n/.exec(text.slice(offset, offset + 300));
    if (head === null) return;
    const from = offset + head[0].length;
    streams.set(at + 1, inflateSync(bytes.subarray(from, from + Number(head[1]))));
  });
  const maps = [0, 1].map((face) => {
    const font = Number(new RegExp(`/F${face} (\\d+) 0 R`).exec(text)?.[1]);
    const object = text.slice(offsets[font - 1]).split('endobj')[0] ?? '';
    const map = streams.get(Number(/\/ToUnicode (\d+) 0 R/.exec(object)?.[1]));
    const lines = Buffer.from(map ?? [])
      .toString('latin1')
      .matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>\n/g);
    return new Map(
      [...lines].map(([, code = '', units = '']) => [
        code,
        String.fromCharCode(...(units.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16))),
      ]),
    );
  });
  const content = Buffer.from(streams.get(Number(/\/Contents (\d+) 0 R/.exec(text)?.[1])) ?? []).toString('latin1');
  const texts = [...content.matchAll(/BT \/F([01]) .*? <([0-9A-F]*)> Tj ET/g)].map(([, face, codes = '']) =>
    (codes.match(/.{4}/g) ?? []).map((code) => maps[Number(face)]?.get(code) ?? '').join(''),
  );
  return { text, streams, texts, lost };
}

export interface ReadPng {
  readonly width: number;
  readonly height: number;
  /** `rrggbb` at a place. */
  at(x: number, y: number): string;
}

/** Reads a picture of ours: 8 bit RGB, filters 0 and 2. */
export function readPng(bytes: Uint8Array): ReadPng {
  const data = Buffer.from(bytes);
  const [width, height] = [data.readUInt32BE(16), data.readUInt32BE(20)];
  const packed: Buffer[] = [];
  for (let at = 8; at < data.length; at += data.readUInt32BE(at) + 12)
    if (data.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(data.subarray(at + 8, at + 8 + data.readUInt32BE(at)));
  const rows = inflateSync(Buffer.concat(packed));
  const stride = width * 3;
  const pixels = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++)
    for (let at = 0; at < stride; at++)
      pixels[row * stride + at] =
        (rows[row * (stride + 1) + 1 + at] ?? 0) + (rows[row * (stride + 1)] === 2 ? (pixels[(row - 1) * stride + at] ?? 0) : 0);
  return {
    width,
    height,
    at: (x, y) => Buffer.from(pixels.subarray(y * stride + x * 3, y * stride + x * 3 + 3)).toString('hex'),
  };
}
