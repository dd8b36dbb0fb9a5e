/** Pictures to take away: what the SVG says is what paper and pixels show, and the same picture gives the same bytes. */
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { outlineOf, settingOf, unsettable } from '../../../server/src/topology/export/font.ts';
import { parsePath, rectPath } from '../../../server/src/topology/export/pathData.ts';
import { renderPdf } from '../../../server/src/topology/export/pdf.ts';
import { pngSize, renderPng } from '../../../server/src/topology/export/png.ts';
import { fillPolygons } from '../../../server/src/topology/export/raster.ts';
import { readSvg } from '../../../server/src/topology/export/readSvg.ts';
import { flatten, strokePolygons } from '../../../server/src/topology/export/stroke.ts';
import { withTitleBlock } from '../../../server/src/topology/export/titleBlock.ts';
import { characterWidth } from '../../../server/src/topology/fontWidths.ts';
import { builder, scadaPlant } from '../../kit/graphs.ts';
import { deflate, draw, fonts, readPdf, readPng } from './kit.ts';

const plant = await draw(scadaPlant());
const drawing = readSvg(plant);
const textsIn = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]+)<\/text>/g)].map(([, text = '']) =>
    text
      .replaceAll('&amp;', '&')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'"),
  );

/** Names that mean something in one format or another, and scripts that the fonts lack. */
const hostile = [
  '</script><script>alert(1)//',
  '<b>&amp;"\'',
  '(\\) Tj ET %',
  ']]>-->',
  'ÄÖ żółć Ωμ Привет',
  '日本 サーバ',
  '\u202eevil',
];
function hostilePicture(): Promise<string> {
  const b = builder(hostile[0] ?? '');
  for (const [at, name] of hostile.entries()) b.node(`n${at}`, 'host', name);
  return draw(b.done());
}

describe('reading the picture', () => {
  test('every text and every shape arrives, in colours', () => {
    expect(drawing.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []))).toEqual(textsIn(plant));
    expect(drawing.title).toBe(/aria-label="([^"]*)"/.exec(plant)?.[1]);
    for (const item of drawing.items) {
      if (item.kind === 'text') expect(item.colour).toMatch(/^#[0-9a-f]{6}$/);
      else expect(item.path.length).toBeGreaterThan(1);
    }
  });

  test('rules count as in CSS: class before tag, more before fewer, later before earlier, parents before ancestors', () => {
    const svg = (rules: string): string =>
      `<svg xmlns="x" viewBox="0 0 9 9"><style>${rules}</style><g class="a"><g class="b"><rect class="c d" fill="#000001" width="1" height="1"/></g></g></svg>`;
    const fill = (rules: string): string | undefined => {
      const [item] = readSvg(svg(rules)).items;
      return item?.kind === 'path' ? item.fill?.colour : undefined;
    };
    expect(fill('')).toBe('#000001');
    expect(fill('rect{fill:#000002}')).toBe('#000002');
    expect(fill('.c{fill:#000003}rect{fill:#000002}')).toBe('#000003');
    expect(fill('.a .c{fill:#000004}.c{fill:#000003}')).toBe('#000004');
    expect(fill('.c{fill:#000003}.d{fill:#000005}')).toBe('#000005');
    expect(fill('.a>.c{fill:#000006}')).toBe('#000001');
    expect(fill('.b>.c.d{fill:#123}')).toBe('#112233');
    expect(fill('.c:hover{fill:#000007}@media (x){.c{fill:#000008}}')).toBe('#000001');
    expect(fill('.a{fill:#000009}')).toBe('#000001');
    expect(fill('.c{fill:none}')).toBeUndefined();
  });

  test('paths: relative, repeated, with arcs; broken ones draw nothing', () => {
    expect(parsePath('m1 1 2 0v3h-2z')).toEqual([
      { op: 'M', x: 1, y: 1 },
      { op: 'L', x: 3, y: 1 },
      { op: 'L', x: 3, y: 4 },
      { op: 'L', x: 1, y: 4 },
      { op: 'Z' },
    ]);
    const half = parsePath('M0 0a5 5 0 1 0 10 0').at(-1);
    expect(half?.op === 'C' && [Math.round(half.x), Math.round(half.y)]).toEqual([10, 0]);
    expect(parsePath('M0 0L5')).toEqual([]);
    expect(parsePath('nonsense')).toEqual([]);
  });
});

describe('fonts', () => {
  test('no text is wider than the boxes are made for; ASCII is never narrowed for it', () => {
    const ranges = [
      [0x20, 0x7e],
      [0xa1, 0x17f],
      [0x391, 0x3c9],
      [0x410, 0x44f],
    ] as const;
    const narrowed: string[] = [];
    for (const [from, to] of ranges)
      for (let code = from; code <= to; code++)
        for (const bold of [false, true]) {
          const text = String.fromCodePoint(code).repeat(20);
          const { stretch, width } = settingOf(bold ? fonts.bold : fonts.regular, {
            text,
            bold,
            size: 10,
            x: 0,
            shift: 0,
            spacing: 0,
          });
          expect(width, text).toBeLessThanOrEqual((characterWidth(code, bold) * 200) / 1000 + 0.01);
          if (stretch < 0.995) narrowed.push(text[0] ?? '');
        }
    expect(narrowed.filter((character) => character < '\u007f')).toEqual([]);
    expect(narrowed).toContain('Ш');
  });

  test('outlines, composed ones too', () => {
    const points = (character: string): number =>
      outlineOf(fonts.regular, fonts.regular.glyphOf(character.codePointAt(0) ?? 0)).length;
    expect(points('A')).toBeGreaterThan(8);
    expect(points('Ä')).toBeGreaterThan(points('A'));
    expect(points(' ')).toBe(0);
  });

  test('what cannot be set is known', () => {
    expect(unsettable(fonts.regular, 'esx1 Ä Ω я · → ×')).toEqual([]);
    expect(unsettable(fonts.regular, '日a日ש')).toEqual(['日', 'ש']);
  });
});

describe('PDF', () => {
  const pdf = renderPdf(drawing, { fonts, deflate, author: 'M. Duarte', date: '2026-11-20' });

  test('is sound, and all text can be copied', () => {
    const { lost, text, texts } = readPdf(pdf);
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(lost).toEqual([]);
    expect(texts).toEqual(textsIn(plant));
    expect(text).toContain(
      `/MediaBox [0 0 ${Math.round(drawing.width * 750) / 1000} ${Math.round(drawing.height * 750) / 1000}]`,
    );
    expect(text).toContain('/CreationDate (D:20261120000000Z)');
    expect(text).toContain(
      `/Author <FEFF${[...'M. Duarte'].map((c) => c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')).join('')}>`,
    );
  });

  test('is the same each time, and small', () => {
    expect(
      Buffer.from(renderPdf(readSvg(plant), { fonts, deflate, author: 'M. Duarte', date: '2026-11-20' })).equals(
        Buffer.from(pdf),
      ),
    ).toBe(true);
    expect(pdf.length).toBeLessThan(150_000);
    expect(Buffer.from(renderPdf(drawing, { fonts, deflate })).includes('Date')).toBe(false);
  });

  test('goes onto a sheet whole', () => {
    for (const paper of ['a3', 'a4'] as const) {
      const { streams, text } = readPdf(renderPdf(drawing, { fonts, deflate, paper }));
      const [, w = '0', h = '0'] = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
      const content = Buffer.from(streams.get(Number(/\/Contents (\d+)/.exec(text)?.[1])) ?? []).toString('latin1');
      const [, scale = '0'] = /^q ([\d.]+) 0 0/.exec(content) ?? [];
      expect(Number(w) > Number(h)).toBe(true);
      expect([drawing.width * Number(scale) < Number(w), drawing.height * Number(scale) < Number(h)]).toEqual([true, true]);
    }
  });

  test('names cannot become commands, and none is replaced', async () => {
    const svg = await hostilePicture();
    const { lost, texts } = readPdf(renderPdf(readSvg(svg), { fonts, deflate }));
    expect(lost).toEqual([]);
    expect(texts).toEqual(textsIn(svg));
    expect(texts).toContain('日本 サーバ');
    expect(texts).toContain('(\\) Tj ET %');
  });
});

describe('PNG', () => {
  const png = renderPng(drawing, { fonts, deflate, scale: 1 });

  test('has the size asked for, sound chunks, and the same bytes each time', () => {
    expect(Buffer.from(png.subarray(0, 8)).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    const data = Buffer.from(png);
    const names: string[] = [];
    for (let at = 8; at < data.length; at += data.readUInt32BE(at) + 12) {
      const length = data.readUInt32BE(at);
      names.push(data.toString('latin1', at + 4, at + 8));
      expect(data.readUInt32BE(at + 8 + length)).toBe(crc32(data.subarray(at + 4, at + 8 + length)));
    }
    expect(names).toEqual(['IHDR', 'pHYs', 'iTXt', 'IDAT', 'IEND']);
    for (const scale of [0.5, 1, 2]) {
      const { height, width } = readPng(renderPng(drawing, { fonts, deflate, scale }));
      expect([width, height]).toEqual([Math.ceil(drawing.width * scale), Math.ceil(drawing.height * scale)]);
    }
    expect(Buffer.from(renderPng(readSvg(plant), { fonts, deflate, scale: 1 })).equals(data)).toBe(true);
  });

  test('paper is white in the light, ink is where text is', async () => {
    const picture = readPng(png);
    expect(picture.at(1, 1)).toBe('ffffff');
    const heading = drawing.items.find((item) => item.kind === 'text');
    const [x, y] = heading?.kind === 'text' ? [Math.round(heading.x), Math.round(heading.y)] : [0, 0];
    const around = Array.from({ length: 20 * 14 }, (_, at) => picture.at(x + (at % 20), y - 13 + Math.floor(at / 20)));
    expect(around).toContain('1b2129');
    expect(readPng(renderPng(readSvg(await draw(scadaPlant(), 'dark')), { fonts, deflate, scale: 1 })).at(1, 1)).toBe('171b20');
  });

  test('no text leaves the picture', () => {
    for (const item of drawing.items) {
      if (item.kind !== 'text') continue;
      const { left, width } = settingOf(item.bold ? fonts.bold : fonts.regular, item);
      expect(left >= 0 && left + width <= drawing.width, item.text).toBe(true);
    }
  });

  test('knows its limits', () => {
    expect(pngSize(drawing, 2).fits).toBe(true);
    expect(pngSize({ ...drawing, width: 20_000, height: 20_000 }, 1).fits).toBe(false);
    expect(pngSize({ ...drawing, width: 31_000, height: 10 }, 1).fits).toBe(false);
  });
});

describe('pixels', () => {
  const grey = (polygons: readonly (readonly number[])[], alpha = 1): readonly string[] => {
    const canvas = { width: 4, height: 4, pixels: new Uint8Array(48).fill(255) };
    fillPolygons(canvas, polygons, '#000000', alpha);
    return Array.from({ length: 4 }, (_, row) =>
      Array.from({ length: 4 }, (_, at) => String(canvas.pixels[(row * 4 + at) * 3])).join(' '),
    );
  };
  const box = (x: number, y: number, w: number, h: number): readonly number[] => [x, y, x + w, y, x + w, y + h, x, y + h];

  test('edges are smooth, overlaps count once, holes stay open, nothing is painted outside', () => {
    expect(grey([box(1, 1, 2, 2)])).toEqual(['255 255 255 255', '255 0 0 255', '255 0 0 255', '255 255 255 255']);
    expect(grey([box(1, 1, 1.5, 1)])[1]).toBe('255 0 128 255');
    expect(grey([box(0, 0, 2, 1), box(1, 0, 2, 1)])[0]).toBe('0 0 0 255');
    expect(grey([box(0, 0, 4, 1), [1, 0, 1, 1, 3, 1, 3, 0]])[0]).toBe('0 255 255 0');
    expect(grey([box(-9, -9, 30, 30)])).toEqual(Array.from({ length: 4 }, () => '0 0 0 0'));
    expect(grey([box(0, 0, 1, 1)], 0.5)[0]).toBe('128 255 255 255');
    expect(grey([box(9, 9, 3, 3)])[3]).toBe('255 255 255 255');
  });

  test('lines have the width of their pen and dashes their lengths', () => {
    const pen = { colour: '#000000', alpha: 1, width: 2, dash: [], isRound: false };
    const area = (polygon: readonly number[]): number => {
      let sum = 0;
      for (let at = 0; at < polygon.length; at += 2) {
        const next = (at + 2) % polygon.length;
        sum += (polygon[at] ?? 0) * (polygon[next + 1] ?? 0) - (polygon[next] ?? 0) * (polygon[at + 1] ?? 0);
      }
      return sum / 2;
    };
    const line = flatten(parsePath('M0 0H10'), 1);
    expect(strokePolygons(line, pen, 1).map(area)).toEqual([20]);
    expect(strokePolygons(line, { ...pen, dash: [3, 2] }, 1).map(area)).toEqual([6, 6]);
    expect(strokePolygons(flatten(rectPath(0, 0, 10, 10, 0), 1), pen, 1).every((polygon) => area(polygon) > 0)).toBe(true);
  });
});

describe('the title block', () => {
  const facts = {
    design: 'Riverside <plant>',
    drawing: 'Overview',
    sheet: '1 of 1',
    author: 'M. Duarte',
    revision: 'B',
    date: '2026-11-20',
    customer: 'Riverside Water',
  };

  test('stands below the picture, says all, and is part of every format', () => {
    const svg = withTitleBlock(plant, facts);
    const framed = readSvg(svg);
    expect(framed.height).toBeGreaterThan(drawing.height + 100);
    expect(framed.width).toBe(drawing.width);
    const { texts } = readPdf(renderPdf(framed, { fonts, deflate }));
    for (const value of Object.values(facts)) expect(texts).toContain(value);
    expect(svg).not.toContain('<plant>');
    expect(svg).toContain(`<rect class="lt-bg" width="${framed.width}" height="${framed.height}"/>`);
    const blocks = framed.items.slice(drawing.items.length);
    for (const item of blocks) if (item.kind === 'text') expect(item.y > drawing.height && item.y < framed.height).toBe(true);
  });

  test('a picture smaller than the block grows; what was not said is a dash', async () => {
    const b = builder('x');
    b.node('a', 'host', 'a');
    const small = readSvg(withTitleBlock(await draw(b.done()), { design: 'x', drawing: 'Overview', sheet: '1' }));
    expect(small.width).toBeGreaterThan(480);
    expect(small.items.filter((item) => item.kind === 'text' && item.text === '–')).toHaveLength(4);
    expect(withTitleBlock('nonsense', facts)).toBe('nonsense');
  });
});
