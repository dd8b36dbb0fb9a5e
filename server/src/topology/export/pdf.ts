/**
 * Drawing → PDF: vectors, and text that can be selected and searched, in fonts that go along. The same drawing gives the same
 * bytes: no clock, no random id. Each character has a code of its own that leads back to it, so also a character which the font
 * cannot show is found and copied as what it is.
 */

import type { Drawing, DrawnPath, DrawnText, Paint } from './drawing.ts';
import { type Font, type FontPair, settingOf } from './font.ts';
import type { Path } from './pathData.ts';
import { subsetFont } from './subset.ts';

export type Paper = 'fit' | 'a3' | 'a4';

export interface PdfOptions {
  readonly fonts: FontPair;
  /** zlib's deflate. */
  readonly deflate: (bytes: Uint8Array) => Uint8Array;
  readonly paper?: Paper;
  readonly author?: string;
  readonly subject?: string;
  /** `2026-11-20`; without one the document has no date. */
  readonly date?: string;
}

/** Points; landscape. */
const sheets = { a3: [1190.55, 841.89], a4: [841.89, 595.28] } as const;
const margin = 28.35;
/** Largest side of a page that every reader shows. */
const largest = 14400;

/** Makes the document. */
export function renderPdf(drawing: Drawing, options: PdfOptions): Uint8Array {
  const page = pageOf(drawing, options.paper ?? 'fit');
  const faces = [createFace(options.fonts.regular), createFace(options.fonts.bold)] as const;
  const alphas = new Map<number, string>();
  const content: string[] = [`q ${num(page.scale)} 0 0 ${num(-page.scale)} ${num(page.x)} ${num(page.height - page.y)} cm`];
  for (const item of drawing.items) content.push(item.kind === 'path' ? pathText(item, alphas) : textText(item, faces));
  content.push('Q');

  const file = createFile();
  const states = [...alphas].map(([alpha, name]) => `/${name} << /CA ${num(alpha)} /ca ${num(alpha)} >>`).join(' ');
  const fonts = faces.map((face, at) => `/F${at} ${writeFace(face, at, file, options.deflate)} 0 R`).join(' ');
  const stream = file.stream('', options.deflate(ascii(content.join('\n'))));
  const [pages, one] = [file.reserve(), file.reserve()];
  file.put(pages, `<< /Type /Pages /Kids [${one} 0 R] /Count 1 >>`);
  file.put(
    one,
    `<< /Type /Page /Parent ${pages} 0 R /MediaBox [0 0 ${num(page.width)} ${num(page.height)}] /Contents ${stream} 0 R ` +
      `/Resources << /Font << ${fonts} >> /ExtGState << ${states} >> >> >>`,
  );
  const root = file.add(`<< /Type /Catalog /Pages ${pages} 0 R /ViewerPreferences << /DisplayDocTitle true >> >>`);
  const facts = [
    ['Title', drawing.title],
    ['Author', options.author],
    ['Subject', options.subject ?? drawing.description],
    ['Creator', 'Lintel'],
    ['Producer', 'Lintel'],
  ].flatMap(([key, value]) => (value === undefined || value === '' ? [] : [`/${key} ${unicode(value)}`]));
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(options.date ?? '');
  if (day !== null) facts.push(`/CreationDate (D:${day.slice(1).join('')}000000Z)`);
  const info = file.add(`<< ${facts.join(' ')} >>`);
  return file.done(root, info);
}

function pageOf(
  { width, height }: Drawing,
  paper: Paper,
): { width: number; height: number; scale: number; x: number; y: number } {
  if (paper === 'fit') {
    const scale = Math.min(0.75, largest / Math.max(width, height));
    return { width: width * scale, height: height * scale, scale, x: 0, y: 0 };
  }
  const [long, short] = sheets[paper];
  // A picture that is taller than wide stands upright.
  const [w, h] = width >= height ? [long, short] : [short, long];
  const scale = Math.min((w - 2 * margin) / width, (h - 2 * margin) / height);
  return { width: w, height: h, scale, x: (w - width * scale) / 2, y: (h - height * scale) / 2 };
}

// ── what is painted ──────────────────────────────────────────────────────────────────────────────────────────────────

const num = (value: number): string => String(Math.round(value * 1000) / 1000);

function colour(hex: string): string {
  return [1, 3, 5].map((at) => num(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(' ');
}

function steps(path: Path): string {
  return path
    .map((step) => {
      if (step.op === 'Z') return 'h';
      const end = `${num(step.x)} ${num(step.y)}`;
      if (step.op === 'C') return `${num(step.x1)} ${num(step.y1)} ${num(step.x2)} ${num(step.y2)} ${end} c`;
      return `${end} ${step.op === 'M' ? 'm' : 'l'}`;
    })
    .join(' ');
}

function pathText({ path, fill, pen, clip }: DrawnPath, alphas: Map<number, string>): string {
  const out: string[] = [];
  const see = (paint: Paint): void => {
    if (paint.alpha >= 1) return;
    const name = alphas.get(paint.alpha) ?? `G${alphas.size}`;
    alphas.set(paint.alpha, name);
    out.push(`/${name} gs`);
  };
  const guard = clip !== undefined || (fill?.alpha ?? 1) < 1 || (pen?.alpha ?? 1) < 1;
  const within = (inner: () => void): void => {
    if (guard) out.push('q');
    if (clip !== undefined) out.push(`${num(clip.x)} ${num(clip.y)} ${num(clip.width)} ${num(clip.height)} re W n`);
    inner();
    if (guard) out.push('Q');
  };
  if (fill !== undefined)
    within(() => {
      see(fill);
      out.push(`${colour(fill.colour)} rg ${steps(path)} f`);
    });
  if (pen !== undefined && pen.width > 0)
    within(() => {
      see(pen);
      const cap = pen.isRound ? 1 : 0;
      out.push(`${colour(pen.colour)} RG ${num(pen.width)} w ${cap} J 1 j [${pen.dash.map(num).join(' ')}] 0 d ${steps(path)} S`);
    });
  return out.join('\n');
}

function textText(text: DrawnText, faces: readonly [Face, Face]): string {
  const face = faces[text.bold ? 1 : 0];
  const { left: x, stretch, width } = settingOf(face.font, text);
  const narrow = stretch < 1 ? num(stretch) : '1';
  const halo =
    text.halo === undefined
      ? ''
      : `${colour(text.halo)} rg ${num(x - 1.5)} ${num(text.y - text.size * 0.8)} ${num(width + 3)} ${num(text.size)} re f\n`;
  const codes = [...text.text].map((character) => hex(face.codeOf(character), 4)).join('');
  return (
    `${halo}BT /F${text.bold ? 1 : 0} ${num(text.size)} Tf ${num(text.spacing)} Tc ${colour(text.colour)} rg ` +
    `${narrow} 0 0 -1 ${num(x)} ${num(text.y)} Tm <${codes}> Tj ET`
  );
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

// ── fonts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Face {
  readonly font: Font;
  /** Characters in the order of their codes; the first has code 1. */
  readonly characters: readonly string[];
  codeOf(character: string): number;
}

function createFace(font: Font): Face {
  const codes = new Map<string, number>();
  const characters: string[] = [];
  return {
    font,
    characters,
    codeOf(character) {
      const known = codes.get(character);
      if (known !== undefined) return known;
      characters.push(character);
      codes.set(character, characters.length);
      return characters.length;
    },
  };
}

function writeFace({ font, characters }: Face, at: number, file: PdfFile, deflate: PdfOptions['deflate']): number {
  const glyphs = characters.map((character) => font.glyphOf(character.codePointAt(0) ?? 0));
  const name = `LINTEL+DejaVuSans${at === 1 ? '-Bold' : ''}`;
  const em = (units: number): string => num((units * 1000) / font.unitsPerEm);
  const outlines = subsetFont(font, glyphs);
  const program = file.stream(`/Length1 ${outlines.length} `, deflate(outlines));
  const map = new Uint8Array((glyphs.length + 1) * 2);
  glyphs.forEach((glyph, code) => {
    map[code * 2 + 2] = glyph >> 8;
    map[code * 2 + 3] = glyph & 255;
  });
  const toGlyph = file.stream('', deflate(map));
  const toText = file.stream('', deflate(ascii(unicodeMap(characters))));
  const descriptor = file.add(
    `<< /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [${font.box.map(em).join(' ')}] /ItalicAngle 0 ` +
      `/Ascent ${em(font.ascent)} /Descent ${em(font.descent)} /CapHeight 729 /StemV ${at === 1 ? 140 : 80} /FontFile2 ${program} 0 R >>`,
  );
  const widths = glyphs.map((glyph) => em(font.advanceOf(glyph))).join(' ');
  const inner = file.add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ` +
      `/FontDescriptor ${descriptor} 0 R /DW 600 /W [1 [${widths}]] /CIDToGIDMap ${toGlyph} 0 R >>`,
  );
  return file.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${inner} 0 R] /ToUnicode ${toText} 0 R >>`,
  );
}

function unicodeMap(characters: readonly string[]): string {
  const lines = characters.map((character, at) => `<${hex(at + 1, 4)}> <${utf16(character)}>`);
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, at) => lines.slice(at * 100, at * 100 + 100));
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <FFFF> endcodespacerange',
    ...blocks.map((block) => `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`),
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

const utf16 = (text: string): string => Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at), 4)).join('');

/** A text string of the document's facts. */
const unicode = (text: string): string => `<FEFF${utf16(text)}>`;

// ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface PdfFile {
  reserve(): number;
  put(id: number, body: string): void;
  add(body: string): number;
  stream(entries: string, bytes: Uint8Array): number;
  done(root: number, info: number): Uint8Array;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);
}

function createFile(): PdfFile {
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  let size = 0;
  const write = (part: string | Uint8Array): void => {
    const bytes = typeof part === 'string' ? ascii(part) : part;
    parts.push(bytes);
    size += bytes.length;
  };
  const reserve = (): number => offsets.push(0);
  const object = (id: number, ...body: readonly (string | Uint8Array)[]): void => {
    offsets[id - 1] = size;
    for (const part of [`${id} 0 obj\n`, ...body, '\nendobj\n']) write(part);
  };
  const put = (id: number, body: string): void => object(id, body);
  write('%PDF-1.6\n%\xe2\xe3\xcf\xd3\n');
  return {
    reserve,
    put,
    add(body) {
      const id = reserve();
      put(id, body);
      return id;
    },
    stream(entries, bytes) {
      const id = reserve();
      object(id, `<< ${entries}/Filter /FlateDecode /Length ${bytes.length} >>\nstream\n`, bytes, '\nendstream');
      return id;
    },
    done(root, info) {
      const start = size;
      write(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`);
      for (const offset of offsets) write(`${String(offset).padStart(10, '0')} 00000 n \n`);
      write(`trailer\n<< /Size ${offsets.length + 1} /Root ${root} 0 R /Info ${info} 0 R >>\nstartxref\n${start}\n%%EOF\n`);
      const out = new Uint8Array(size);
      let at = 0;
      for (const part of parts) {
        out.set(part, at);
        at += part.length;
      }
      return out;
    },
  };
}
