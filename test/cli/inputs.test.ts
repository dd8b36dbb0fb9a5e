/** What a command line meets on real disks: files that are no text, that are huge, that may not be read, that are no files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { broken, clean, folderOf, lintel } from './kit.ts';

const posix = process.platform !== 'win32';
const root = process.getuid?.() === 0;
const main = join(import.meta.dirname, '../../cli/src/main.ts');

describe('files that are no designs', () => {
  it.each<[string, Uint8Array | string, RegExp]>([
    ['binary', new Uint8Array([0x41, 0, 0x42, 0]), /LNT401.*binary/],
    ['latin-1', new Uint8Array([0x68, 0xf6, 0x73, 0x74]), /LNT401.*UTF-8/],
    ['20 MB', '// a long comment\n'.repeat(1_200_000), /LNT401.*21 MB/],
    ['broken UTF-16', new Uint8Array([0xff, 0xfe, 0x41]), /LNT401/],
  ])('are found as such: %s', async (_title, content, message) => {
    const folder = folderOf({ 'a.lintel': content, 'b.lintel': clean });
    const { code, err, out } = await lintel(folder, ['check']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(message);
    const formatted = await lintel(folder, ['format']);
    expect(formatted.code).toBe(2);
    expect(formatted.err).toContain('a.lintel: ');
    const drawn = await lintel(folder, ['graph', 'a.lintel', '-o', '-']);
    expect(drawn).toMatchObject({ code: 2, out: '' });
  });

  it('may be empty, or have no line end, or other line ends', async () => {
    for (const content of ['', '\ufeff', clean.trimEnd(), clean.replace('\n', '\r\n'), '\r\r']) {
      expect((await lintel(folderOf({ 'a.lintel': content }), ['check'])).code).toBe(0);
    }
    expect((await lintel(folderOf({ 'a.lintel': Buffer.from(`\ufeff${broken}`, 'utf16le') }), ['check'])).out).toContain(
      '1:39  error NET023',
    );
  });
});

describe('designs that are meant to hurt', () => {
  it('a range of a million members', async () => {
    const { code, out } = await lintel(folderOf({ 'a.lintel': 'host esx[1..1000000] { nic vmnic[0..99999] }\n' }), ['check']);
    expect(code).toBe(1);
    expect(out).toContain('LNT106');
  });

  it('one line of a megabyte, deep nesting, thousands of errors', async () => {
    const files = {
      'line.lintel': `network n purpose production vlan 5000 ${'x'.repeat(900_000)}\n`,
      'deep.lintel': 'host a {'.repeat(5000),
      'many.lintel': 'colour red\n'.repeat(3000),
    };
    const { code, out } = await lintel(folderOf(files), ['check']);
    expect(code).toBe(1);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(5000);
  });
});

describe.runIf(posix)('things that only look like files', () => {
  it('a folder named like a design is walked, a pipe is not read', async () => {
    const folder = folderOf({ 'x.lintel/a.lintel': broken });
    execFileSync('mkfifo', [join(folder, 'pipe.lintel')]);
    expect((await lintel(folder, ['check'])).out).toContain('x.lintel/a.lintel\n');
    const { code, out } = await lintel(folder, ['check', 'pipe.lintel']);
    expect(code).toBe(1);
    expect(out).toContain('LNT401  This is a device or a pipe');
  });

  it('links out of the folder are not followed', async () => {
    const folder = folderOf({
      'outside/secret.lintel': broken,
      'work/a.lintel': 'import "link.lintel"\nimport "dir/secret.lintel"\n',
    });
    symlinkSync('../outside/secret.lintel', join(folder, 'work/link.lintel'));
    symlinkSync('../outside', join(folder, 'work/dir'));
    symlinkSync('loop.lintel', join(folder, 'work/loop.lintel'));
    const { code, out } = await lintel(join(folder, 'work'), ['check']);
    expect(code).toBe(1);
    expect(out.match(/LNT301 {2}This path leads out of the workspace/g)).toHaveLength(2);
    expect(out).not.toContain('NET023');
    expect((await lintel(join(folder, 'work'), ['check', 'loop.lintel'])).err).toContain('leads in a circle');
    // A link that is asked for by name is meant.
    expect((await lintel(join(folder, 'work'), ['check', 'link.lintel'])).out).toContain('NET023');
  });
});

describe.runIf(posix)('files without permission', () => {
  it('are told, and the exit code is 2', { timeout: 60_000 }, () => {
    const folder = folderOf({ 'a.lintel': clean, 'locked.lintel': clean, 'sub/b.lintel': clean });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'locked.lintel'), 0);
    mkdirSync(join(folder, 'closed'), { mode: 0 });
    // Root may read everything: as somebody else then.
    const options = { cwd: folder, encoding: 'utf8', ...(root ? { uid: 65_534, gid: 65_534 } : {}), env: {} } as const;
    const { status, stderr, stdout } = spawnSync(process.execPath, [main, 'check'], options);
    expect(stderr).toContain('lintel: closed: There is no permission to read this folder.');
    expect(stderr).toContain('lintel: locked.lintel: There is no permission to read this file.');
    expect(stdout).toContain('locked.lintel\n  1:1  error LNT401  There is no permission to read this file.');
    expect(status).toBe(2);
    const graph = spawnSync(process.execPath, [main, 'checklist', 'a.lintel', '-o', 'list.md'], options);
    expect(graph.stderr).toContain('list.md cannot be written: there is no permission to write there.');
    expect(graph.status).toBe(2);
    chmodSync(join(folder, 'closed'), 0o755);
  });
});

describe('the program itself', () => {
  it('runs as a process and ends quietly when nobody reads', { timeout: 60_000 }, () => {
    const folder = folderOf({ 'a.lintel': 'colour red\n'.repeat(5000) });
    const { status, stderr, stdout } = spawnSync('sh', ['-c', `"${process.execPath}" "${main}" check | head -1`], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout: 'a.lintel\n' });
  });
});
