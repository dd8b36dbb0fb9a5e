import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/generated/index.ts';
import { broken, clean, folderOf, lintel } from './kit.ts';

const plant =
  'design riverside\nhost esx1 hypervisor esxi 8.0u3 {\n  nic vmnic0 speed 10Gbps\n  vswitch vSwitch0 uplinks vmnic0\n}\n';
const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

describe('lintel graph', () => {
  it('writes a picture, in folders that it makes, and says so', async () => {
    const folder = folderOf({ 'plant.lintel': plant });
    const { code, err, out } = await lintel(folder, ['graph', '-o', 'out/pictures/plant.svg']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^out\/pictures\/plant\.svg: the topology of .*riverside.*, \d+ boxes\.\n$/);
    const svg = read(folder, 'out/pictures/plant.svg');
    expect(svg).toMatch(/^<svg [\s\S]*esx1[\s\S]*<\/svg>\n$/);
    expect((await lintel(folder, ['graph', 'plant.lintel', '-o', '-'])).out).toBe(svg);
    expect(readdirSync(join(folder, 'out/pictures'))).toEqual(['plant.svg']);
  });

  it('knows its themes', async () => {
    const folder = folderOf({ 'plant.lintel': plant });
    const svgs = await Promise.all(
      ['auto', 'light', 'dark', 'print'].map(async (theme) => (await lintel(folder, ['graph', '-o', '-', '--theme', theme])).out),
    );
    expect(new Set(svgs).size).toBe(4);
    expect((await lintel(folder, ['graph', '-o', '-', '--theme', 'vscode'])).code).toBe(2);
  });

  it('draws a design with errors, and says that it has some', async () => {
    const folder = folderOf({ 'plant.lintel': `${plant}${broken}` });
    const { code, err } = await lintel(folder, ['graph', '-o', 'a.svg']);
    expect(code).toBe(0);
    expect(err).toContain('"lintel check plant.lintel" shows where');
  });

  it('wants one design: the only one, main.lintel, or the one named', async () => {
    const folder = folderOf({ 'a.lintel': plant, 'b.lintel': 'import "c.lintel"\nhost b1\n', 'c.lintel': 'host c1\n' });
    const { code, err } = await lintel(folder, ['graph', '-o', '-']);
    expect(code).toBe(2);
    expect(err).toBe('lintel: There are 2 designs here; say which one is meant:\n  a.lintel\n  b.lintel\n');
    const named = await lintel(folder, ['graph', 'b.lintel', '-o', '-']);
    expect(named.out).toContain('b1');
    expect(named.out).toContain('c1');
    const main = await lintel(folderOf({ 'a.lintel': plant, 'main.lintel': 'host m1\n' }), ['graph', '-o', '-']);
    expect(main.out).toContain('m1');
    expect(main.out).not.toContain('esx1');
  });

  it('says when there is nothing to draw', async () => {
    const { code, err } = await lintel(folderOf({ 'a.lintel': '// soon\n' }), ['graph', '-o', '-']);
    expect(code).toBe(2);
    expect(err).toContain('nothing to draw');
  });
});

describe('lintel checklist', () => {
  it('writes Markdown', async () => {
    const folder = folderOf({ 'plant.lintel': plant });
    const { code, err, out } = await lintel(folder, ['checklist', '.', '-o', 'list.md']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^list\.md: \d+ tasks? to tick off\.\n$/);
    expect(read(folder, 'list.md')).toBe((await lintel(folder, ['checklist', '-o', '-'])).out);
  });
});

describe('-o', () => {
  it.each([
    ['.', 'is a folder; name a file in it'],
    ['sub', 'sub/topology.svg'],
    ['new/', 'is a folder'],
    ['plant.lintel', 'is the name of a design'],
    ['plant.lintel/x.svg', 'a part of the path is a file'],
  ])('refuses %s', async (target, words) => {
    const folder = folderOf({ 'plant.lintel': plant, 'sub/x.txt': '' });
    const { code, err, out } = await lintel(folder, ['graph', 'plant.lintel', '-o', target]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
    expect(read(folder, 'plant.lintel')).toBe(plant);
    expect(readdirSync(folder).sort()).toEqual(['plant.lintel', 'sub']);
  });

  it.runIf(process.platform !== 'win32')('replaces a file in one step, keeps its rights and goes through links', async () => {
    const folder = folderOf({ 'plant.lintel': plant, 'real/old.svg': 'old' });
    symlinkSync('real/old.svg', join(folder, 'link.svg'));
    const before = statSync(join(folder, 'real/old.svg'));
    expect((await lintel(folder, ['graph', '-o', 'link.svg'])).code).toBe(0);
    expect(read(folder, 'real/old.svg')).toContain('<svg');
    expect(statSync(join(folder, 'real/old.svg')).ino).not.toBe(before.ino);
    expect(statSync(join(folder, 'real/old.svg')).mode).toBe(before.mode);
    expect((await lintel(folder, ['graph', '-o', '/dev/null'])).code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('is not needed by what writes nothing', async () => {
    const folder = folderOf({ 'a.lintel': clean });
    mkdirSync(join(folder, 'out'));
    expect((await lintel(folder, ['check', '-o', 'x'])).code).toBe(2);
  });
});

describe('lintel rules and explain', () => {
  it('lists all rules for scripts', async () => {
    const { code, out } = await lintel(folderOf(), ['rules', '--format', 'json']);
    expect(code).toBe(0);
    const listed = JSON.parse(out) as Record<string, unknown>[];
    expect(listed).toHaveLength(rules.length);
    for (const rule of listed) expect(Object.keys(rule)).toEqual(['code', 'name', 'severity', 'fixable', 'sources']);
    expect(listed.find(({ code: own }) => own === 'NET023')).toMatchObject({
      name: 'network/vlan-out-of-range',
      severity: 'error',
      fixable: false,
    });
  });

  it('lists all rules for people', async () => {
    const { out } = await lintel(folderOf(), ['rules']);
    for (const { code, severity, summary } of rules)
      expect(out).toContain(`  ${code.padEnd(8)} ${severity.padEnd(8)} ${summary}`);
    expect(out).toContain(`${rules.length} rules.`);
  });

  it('explains every rule by code and name, whatever the case', async () => {
    const folder = folderOf();
    for (const { code, name, remedy, summary } of rules) {
      const { code: exit, out } = await lintel(folder, ['explain', code.toLowerCase()]);
      expect(exit).toBe(0);
      const flat = out.replace(/\s+/g, ' ');
      for (const part of [code, name, summary, remedy, 'Why', 'What to do', 'Example with'])
        expect(flat).toContain(part.replace(/\s+/g, ' '));
      expect((await lintel(folder, ['explain', name.toUpperCase()])).out).toBe(out);
    }
  });

  it('explains every code of the language that the server reports', async () => {
    const server = join(import.meta.dirname, '../../server/src');
    const sources = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const codes = new Set(
      sources.flatMap((file) =>
        [...read(server, file).matchAll(/(?:code: |rule: |report\()'(LNT\d{3})'/g)].map(([, code]) => code ?? ''),
      ),
    );
    expect(codes.size).toBeGreaterThan(15);
    for (const code of codes) expect(await lintel('/', ['explain', code]), code).toMatchObject({ code: 0 });
  });

  it('explains the codes of the language', async () => {
    const { code, out } = await lintel(folderOf(), ['explain', 'LNT201']);
    expect(code).toBe(0);
    expect(out).toContain('A name of nothing');
  });

  it('helps with a wrong code', async () => {
    const { code, err } = await lintel(folderOf(), ['explain', 'vlan-out-of']);
    expect(code).toBe(2);
    expect(err).toContain('Perhaps NET023 (network/vlan-out-of-range)?');
  });
});

describe('lintel lsp', () => {
  it('hands over to the server', async () => {
    let served = 0;
    const serve = async (): Promise<void> => {
      served += 1;
    };
    expect(await lintel(folderOf(), ['lsp', '--stdio'], { world: { serve } })).toEqual({ code: 0, out: '', err: '' });
    expect(served).toBe(1);
  });
});
