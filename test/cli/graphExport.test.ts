/** `lintel graph` into PNG, PDF and HTML: what is asked for, what is refused, and that the built program does it on old Nodes too. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type GraphOptions, graph } from '../../cli/src/commands/graph.ts';
import { formatOf, outputOf } from '../../cli/src/export/output.ts';
import { UsageError, type World } from '../../cli/src/world.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { readPdf, readPng } from '../topology/export/kit.ts';
import { folderOf, lintel } from './kit.ts';

const root = join(import.meta.dirname, '../..');
const plant = 'design p "Plant <1>" { author "M. Duarte"; revision "B"; date 2026-11-20 }\nhost esx1\nhost esx2\n';

/** The command itself, with options that no flag gives yet. */
async function drawn(cwd: string, options: Partial<GraphOptions> & { readonly output: string }): Promise<string> {
  let text = '';
  const sink = {
    write(more: string) {
      text += more;
    },
    isTerminal: false,
  };
  const world: World = {
    out: sink,
    err: sink,
    cwd,
    env: {},
    today: '2026-11-20',
    version: '1.2.3',
    now: () => 0,
    readInput: async () => new Uint8Array(),
    openLayout: async () => ({ run: createInProcessRunner(), close: () => {} }),
    serve: async () => {},
  };
  await graph(world, undefined, { theme: 'auto', ...options });
  return text;
}

describe('the format', () => {
  it('is what the ending says, SVG for any other', () => {
    expect(['a.svg', 'a.PNG', 'x.y/a.pdf', 'a.html', 'a.htm', 'a', '-', '/dev/null', 'pdf'].map(formatOf)).toEqual([
      'svg',
      'png',
      'pdf',
      'html',
      'html',
      'svg',
      'svg',
      'svg',
      'svg',
    ]);
    expect(outputOf({ output: 'a.pdf', theme: 'auto', format: 'png' })).toMatchObject({
      format: 'png',
      theme: 'light',
      scale: 2,
    });
    expect(outputOf({ output: 'a.html', theme: 'auto' }).theme).toBe('auto');
    expect([
      outputOf({ output: 'a', theme: 'print' }).hasTitleBlock,
      outputOf({ output: 'a', theme: 'print', titleBlock: false }).hasTitleBlock,
    ]).toEqual([true, false]);
  });

  it('refuses what makes no sense, and says why', () => {
    const refused = (options: Partial<GraphOptions>): string => {
      try {
        outputOf({ output: 'a.png', theme: 'auto', ...options });
        return '';
      } catch (error) {
        return error instanceof UsageError ? error.message : 'internal';
      }
    };
    for (const scale of ['0', '17', 'x', '-1', '1e9', '']) expect(refused({ scale })).toContain('is no number from 0.1 to 16');
    expect(refused({ scale: '2', output: 'a.pdf' })).toContain('--scale is for PNG');
    expect(refused({ paper: 'a4' })).toContain('--paper is for PDF');
    expect(refused({ format: 'pdf', output: '-' })).toContain('PDF goes into a file');
    expect(refused({ scale: '.5' })).toBe('');
  });
});

describe('lintel graph -o', () => {
  it('writes a PDF with the facts of the design', async () => {
    const folder = folderOf({ 'a.lintel': plant });
    const { code, err, out } = await lintel(folder, ['graph', '-o', 'out/a.pdf', '--theme', 'print']);
    expect([code, err, out]).toEqual([0, '', 'out/a.pdf: the topology of Plant <1> · revision B, 2 boxes.\n']);
    const { lost, text, texts } = readPdf(readFileSync(join(folder, 'out/a.pdf')));
    expect(lost).toEqual([]);
    expect(texts).toEqual(expect.arrayContaining(['esx1', 'esx2', 'Plant <1>', 'Overview', 'M. Duarte', '2026-11-20', '1 of 1']));
    expect(text).toContain('/CreationDate (D:20261120000000Z)');
    await lintel(folder, ['graph', '-o', 'b.pdf', '--theme', 'print']);
    expect(readFileSync(join(folder, 'b.pdf')).equals(readFileSync(join(folder, 'out/a.pdf')))).toBe(true);
  });

  it('writes a PNG at a scale, or says which scale fits', async () => {
    const folder = folderOf({ 'a.lintel': plant });
    expect((await lintel(folder, ['graph', '-o', '2.png'])).code).toBe(0);
    await drawn(folder, { output: '1.png', scale: '1' });
    const [one, two] = ['1.png', '2.png'].map((name) => readPng(readFileSync(join(folder, name))));
    expect(two?.width).toBe((one?.width ?? 0) * 2);
    const wide = folderOf({ 'a.lintel': Array.from({ length: 100 }, (_, at) => `host h${at}\n`).join('') });
    const refusal = await drawn(wide, { output: 'a.png', scale: '16' }).catch((error: unknown) =>
      error instanceof UsageError ? error.message : 'internal',
    );
    expect(refusal).toContain('larger than Lintel makes');
    expect(Number(/up to scale ([\d.]+) fits/.exec(refusal)?.[1])).toBeGreaterThan(0.5);
  });

  it.runIf(existsSync(join(root, 'dist/webview.js')))('writes one HTML file that asks for nothing', async () => {
    const folder = folderOf({ 'a.lintel': plant });
    expect((await lintel(folder, ['graph', '-o', 'a.html'])).code).toBe(0);
    const html = readFileSync(join(folder, 'a.html'), 'utf8');
    expect(html).toContain("default-src 'none'; script-src 'sha256-");
    expect(html).not.toMatch(/(src|href)="http/);
    expect(html).toContain('<title>Plant &lt;1&gt; · revision B</title>');
  });

  it('every view in a format, each as a sheet', async () => {
    const folder = folderOf({ 'a.lintel': plant });
    await drawn(folder, { output: 'out', view: 'all', format: 'pdf', theme: 'print' });
    const names = readdirSync(join(folder, 'out'));
    expect(names).toContain('overview.pdf');
    expect(names.every((name) => name.endsWith('.pdf'))).toBe(true);
    await expect(drawn(folder, { output: 'all.pdf', view: 'all' })).rejects.toThrow('name a folder');
  });

  it('names the characters that its fonts cannot set, and keeps them', async () => {
    const folder = folderOf({ 'a.lintel': 'host esx1 "制御サーバ"\n' });
    const { code, err } = await lintel(folder, ['graph', '-o', 'a.pdf']);
    expect(code).toBe(0);
    expect(err).toContain('cannot set these characters as they should stand: 制 御 サ ー バ.');
    expect(readPdf(readFileSync(join(folder, 'a.pdf'))).texts.join(' ')).toContain('制御サーバ');
  });

  it('does not write over a design or a folder, nor pixels to a terminal', async () => {
    const folder = folderOf({ 'a.lintel': plant, 'out.pdf/x': '' });
    for (const [target, reason] of [
      ['out.pdf', 'is a folder'],
      ['a.lintel', 'is the name of a design'],
      ['a.lintel/x.pdf', 'is a file, not a folder'],
    ]) {
      const { code, err } = await lintel(folder, ['graph', 'a.lintel', '-o', target ?? '']);
      expect([code, err.includes(reason ?? '')]).toEqual([2, true]);
    }
    await expect(drawn(folder, { output: 'a.lintel', format: 'png' })).rejects.toThrow('is the name of a design');
    expect(readFileSync(join(folder, 'a.lintel'), 'utf8')).toBe(plant);
  });
});

const bundle = join(root, 'dist/lintel.mjs');
const installed = [...new Set([process.execPath, '/usr/bin/node'])].filter((node) => existsSync(node));
const runBundle = promisify(execFile);
describe.runIf(existsSync(bundle))('the bundle', () => {
  it('writes every format, the same bytes each time and with each Node', { timeout: 60_000 }, async () => {
    const folder = folderOf({ 'a.lintel': plant });
    const nodes = installed.length > 1 ? installed : [process.execPath, process.execPath];
    const formats = ['png', 'pdf', 'html'];
    const runs = nodes.flatMap((node, at) => formats.map((format) => ({ node, name: `${at}.${format}` })));
    const told = await Promise.all(
      runs.map(({ name, node }) => runBundle(node, [bundle, 'graph', '-o', name], { cwd: folder, encoding: 'utf8' })),
    );
    expect(told.map(({ stderr }) => stderr)).toEqual(runs.map(() => ''));
    for (const format of formats) {
      const files = nodes.map((_, at) => readFileSync(join(folder, `${at}.${format}`)));
      expect(files.every((bytes) => files[0]?.equals(bytes))).toBe(true);
      expect(files[0]?.length).toBeGreaterThan(1000);
    }
    expect(readPdf(readFileSync(join(folder, '0.pdf'))).texts).toContain('esx1');
    expect(readPng(readFileSync(join(folder, '0.png'))).width).toBeGreaterThan(100);
  });
});
