import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { maxFileSize, resolveImport } from '../../server/src/analysis/host.ts';
import { createDiskHost, designsBelow, pathOfUri, uriOfPath } from '../../server/src/node/diskHost.ts';
import { folderOf } from './kit.ts';

const posix = process.platform !== 'win32';

describe('the disk as a host', () => {
  it('reads files below its folders, and nothing else', () => {
    const folder = folderOf({
      'work/a.lintel': 'host a\n',
      'work/deep/b.json': '{}',
      'other/c.lintel': 'host c\n',
      'workshop/d.lintel': '',
    });
    const uri = (path: string): string => uriOfPath(join(folder, path));
    const host = createDiskHost([uri('work')]);
    expect(host.read(uri('work/a.lintel'))).toEqual({ bytes: Buffer.from('host a\n') });
    expect(host.allows(uri('work/deep/b.json'))).toBe(true);
    expect(host.read(uri('work/missing.lintel'))).toBeUndefined();
    expect(host.allows(uri('work/missing/too.lintel'))).toBe(true);
    for (const path of ['other/c.lintel', 'workshop/d.lintel', 'work/../other/c.lintel', '']) {
      expect(host.allows(uri(path)), path).toBe(false);
      expect(host.read(uri(path)), path).toBeUndefined();
    }
    for (const strange of [
      '',
      'untitled:a',
      'http://x/a.lintel',
      'file://host/a',
      'file:///a%2Fb',
      'file:///%00',
      `${uri('work')}/%00`,
      'file:///%',
    ]) {
      expect(host.allows(strange), strange).toBe(false);
      expect(host.read(strange), strange).toBeUndefined();
    }
  });

  it('has nothing without folders', () => {
    const folder = folderOf({ 'a.lintel': '' });
    const host = createDiskHost(['untitled:1']);
    expect(host.allows(uriOfPath(join(folder, 'a.lintel')))).toBe(false);
    expect(host.list()).toEqual([]);
  });

  it('gives a reason for what is no file, and for what is too long, without reading it', () => {
    const folder = folderOf({ 'big.lintel': '' });
    mkdirSync(join(folder, 'dir.lintel'));
    truncateSync(join(folder, 'big.lintel'), 60 * maxFileSize);
    const failed: string[] = [];
    const host = createDiskHost([uriOfPath(folder)], { failed: (path) => failed.push(path) });
    expect(host.read(uriOfPath(join(folder, 'dir.lintel')))).toEqual({ reason: 'This is a folder, not a file.' });
    expect(host.read(uriOfPath(join(folder, 'big.lintel')))).toEqual({
      reason: 'The file is 960 MB long; a design of more than 16 MB is not read.',
    });
    truncateSync(join(folder, 'big.lintel'), maxFileSize);
    expect(host.read(uriOfPath(join(folder, 'big.lintel')))).toMatchObject({ bytes: { length: maxFileSize } });
    expect(failed).toEqual([]);
  });

  it.runIf(posix)('resolves links before it decides', () => {
    const folder = folderOf({ 'work/a.lintel': 'host a\n', 'work/lib/b.lintel': '', 'other/c.lintel': '' });
    const link = (target: string, at: string): void => symlinkSync(target, join(folder, at));
    link('../other', 'work/out');
    link('../other/c.lintel', 'work/c.lintel');
    link('lib', 'work/inner');
    link('loop', 'work/loop');
    link('../other/none.lintel', 'work/dangling.lintel');
    link('work', 'alias');
    const host = createDiskHost([uriOfPath(join(folder, 'alias'))]);
    const uri = (path: string): string => uriOfPath(join(folder, path));
    expect(host.read(uri('alias/a.lintel'))).toBeDefined();
    expect(host.read(uri('work/inner/b.lintel'))).toBeDefined();
    for (const path of ['work/c.lintel', 'work/out/c.lintel']) {
      expect(host.allows(uri(path)), path).toBe(false);
      expect(host.read(uri(path)), path).toBeUndefined();
    }
    expect(host.read(uri('work/dangling.lintel'))).toBeUndefined();
    expect(host.read(uri('work/loop/x'))).toEqual({ reason: 'This symbolic link leads in a circle.' });
    expect(host.list().map(pathOfUri)).toEqual(['alias/a.lintel', 'alias/lib/b.lintel'].map((path) => join(folder, path)));
  });

  it.runIf(posix)('does not wait for a pipe', () => {
    const folder = folderOf();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(createDiskHost([uriOfPath(folder)]).read(uriOfPath(join(folder, 'pipe')))).toEqual({
      reason: 'This is a device or a pipe, not a file.',
    });
    expect(createDiskHost(['file:///']).read('file:///dev/zero')).toEqual({ reason: 'This is a device or a pipe, not a file.' });
  });

  it('lists designs below its folders, each once, in order', () => {
    const folder = folderOf({
      'b.lintel': '',
      'a/z.lintel': '',
      'a/.lintel': '',
      'a/x.LINTEL': '',
      'node_modules/n.lintel': '',
      '.git/g.lintel': '',
      'c d/ü+[1].lintel': '',
      'e.lintel.bak': '',
    });
    const uris = createDiskHost([uriOfPath(folder), uriOfPath(join(folder, 'a'))]).list();
    expect(uris.map((uri) => pathOfUri(uri)?.slice(folder.length + 1))).toEqual(['a/z.lintel', 'b.lintel', 'c d/ü+[1].lintel']);
    // Spelled as an import of them is.
    expect(uris).toContain(resolveImport(`${uriOfPath(folder)}/b.lintel`, 'c d/ü+[1].lintel'));
  });

  it('keeps the spelling of the folder that the editor gave', () => {
    const folder = folderOf({ 'my plant (new)/a.lintel': '' });
    const uri = `${uriOfPath(folder)}/my%20plant%20%28new%29`;
    expect(createDiskHost([`${uri}/`]).list()).toEqual([`${uri}/a.lintel`]);
    expect(createDiskHost([uri]).allows(`${uri}/a.lintel`)).toBe(true);
  });

  it('tells of folders that it cannot look into', () => {
    const failed: string[] = [];
    expect(designsBelow(join(folderOf(), 'none'), (_path, reason) => failed.push(reason))).toEqual([]);
    expect(failed).toEqual(['This folder does not exist.']);
  });
});
