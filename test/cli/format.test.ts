import { chmodSync, linkSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { folderOf, lintel } from './kit.ts';

const messy = 'host   esx1 {\nmemory 256GB\n}\n';
const neat = 'host esx1 {\n  memory 256GB\n}\n';
const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

describe('lintel format', () => {
  it('rewrites what is not in form, and names it', async () => {
    const folder = folderOf({ 'a.lintel': messy, 'sub/b.lintel': neat, 'node_modules/c.lintel': messy });
    expect(await lintel(folder, ['format'])).toEqual({ code: 0, out: 'a.lintel\n', err: '1 of 2 files formatted.\n' });
    expect(read(folder, 'a.lintel')).toBe(neat);
    expect(read(folder, 'node_modules/c.lintel')).toBe(messy);
    expect(await lintel(folder, ['format'])).toEqual({ code: 0, out: '', err: '2 files are formatted already.\n' });
    expect(readdirSync(folder).sort()).toEqual(['a.lintel', 'node_modules', 'sub']);
  });

  it('only looks with --check', async () => {
    const folder = folderOf({ 'a.lintel': messy, 'b.lintel': neat });
    const { code, err, out } = await lintel(folder, ['format', '--check']);
    expect({ code, out }).toEqual({ code: 1, out: 'a.lintel\n' });
    expect(err).toContain('1 of 2 files would be written differently');
    expect(read(folder, 'a.lintel')).toBe(messy);
    expect((await lintel(folder, ['format', '--check', 'b.lintel'])).code).toBe(0);
  });

  it('does not touch a file that stays as it is', async () => {
    const folder = folderOf({ 'b.lintel': neat });
    const before = statSync(join(folder, 'b.lintel'));
    await lintel(folder, ['format']);
    const after = statSync(join(folder, 'b.lintel'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  it('goes from standard input to standard output', async () => {
    const folder = folderOf();
    expect(await lintel(folder, ['format', '--stdin'], { input: messy })).toEqual({ code: 0, out: neat, err: '' });
    expect(await lintel(folder, ['format', '--stdin'], { input: '' })).toEqual({ code: 0, out: '', err: '' });
    expect((await lintel(folder, ['format', '--stdin', '--check'], { input: messy })).code).toBe(1);
    expect(await lintel(folder, ['format', '--stdin', '--check'], { input: neat })).toEqual({ code: 0, out: '', err: '' });
    expect((await lintel(folder, ['format', '--stdin', 'a.lintel'])).code).toBe(2);
    const binary = await lintel(folder, ['format', '--stdin'], { input: new Uint8Array([0, 1]) });
    expect(binary).toMatchObject({ code: 2, out: '' });
    expect(binary.err).toContain('Standard input: ');
  });

  it('keeps encoding, line ends, rights and links', async () => {
    const folder = folderOf({
      'mark.lintel': `\ufeff${messy}`,
      'le.lintel': Buffer.from(`\ufeff${messy}`, 'utf16le'),
      'be.lintel': Buffer.from(`\ufeff${messy}`, 'utf16le').swap16(),
      'crlf.lintel': messy.replaceAll('\n', '\r\n'),
    });
    if (process.platform !== 'win32') {
      chmodSync(join(folder, 'mark.lintel'), 0o640);
      symlinkSync('mark.lintel', join(folder, 'link.lintel'));
    }
    expect((await lintel(folder, ['format'])).err).toBe('4 of 4 files formatted.\n');
    expect(read(folder, 'mark.lintel')).toBe(`\ufeff${neat}`);
    expect(readFileSync(join(folder, 'le.lintel'), 'utf16le')).toBe(`\ufeff${neat}`);
    expect(
      Buffer.from(readFileSync(join(folder, 'be.lintel')))
        .swap16()
        .toString('utf16le'),
    ).toBe(`\ufeff${neat}`);
    expect(read(folder, 'crlf.lintel')).toBe(neat.replaceAll('\n', '\r\n'));
    if (process.platform !== 'win32') expect(statSync(join(folder, 'mark.lintel')).mode & 0o777).toBe(0o640);
  });

  it('leaves lines with syntax problems alone', async () => {
    const folder = folderOf({ 'a.lintel': `host   x   "open\n${messy}` });
    await lintel(folder, ['format']);
    expect(read(folder, 'a.lintel')).toContain('host   x   "open\n');
  });

  it.runIf(process.platform !== 'win32')('formats the file behind a link that is named', async () => {
    const folder = folderOf({ 'real.lintel': messy });
    symlinkSync('real.lintel', join(folder, 'link.lintel'));
    linkSync(join(folder, 'real.lintel'), join(folder, 'twin.txt'));
    expect((await lintel(folder, ['format', 'link.lintel'])).code).toBe(0);
    expect(read(folder, 'real.lintel')).toBe(neat);
    expect(read(folder, 'link.lintel')).toBe(neat);
    expect(readdirSync(folder).sort()).toEqual(['link.lintel', 'real.lintel', 'twin.txt']);
  });
});
