/** docs/cli.md says what the program says, and the built program says it too. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { broken, folderOf, lintel } from './kit.ts';

const root = join(import.meta.dirname, '../..');
const docs = readFileSync(join(root, 'docs/cli.md'), 'utf8');
const bundle = join(root, 'dist/lintel.mjs');

describe('docs/cli.md', () => {
  it('names every command and every option', async () => {
    const { out } = await lintel('/', ['--help']);
    const commands = [...out.matchAll(/^ {2}([a-z]+) .*\[(?:options)\]|^ {2}(lsp|rules) /gm)].map(
      ([, one, other]) => one ?? other ?? '',
    );
    expect(commands).toEqual(['check', 'format', 'graph', 'checklist', 'rules', 'explain', 'lsp']);
    for (const command of commands) {
      const help = (await lintel('/', [command, '--help'])).out;
      const section = docs.slice(docs.search(new RegExp(`^## .*\\b${command}\\b`, 'm')));
      expect(section, command).toContain(`lintel ${command}`);
      for (const [option] of help.matchAll(/--[a-z-]+/g)) {
        if (!['--help', '--output'].includes(option)) expect(section, `${command} ${option}`).toContain(option);
      }
    }
  });

  it('names every exit code', async () => {
    const { out } = await lintel('/', ['--help']);
    for (const code of ['0', '1', '2', '3']) {
      expect(out).toMatch(new RegExp(`^ {2}${code} {2}`, 'm'));
      expect(docs).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
    }
  });

  it('shows JSON of the shape that is written', async () => {
    const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(docs)?.[1] ?? '') as unknown;
    const folder = folderOf({ 'a.lintel': 'network ops vlan 1\nnetwork ops vlan 2\n' });
    const written = JSON.parse((await lintel(folder, ['check', '--format', 'json'])).out) as unknown;
    const shape = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shape)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, own]) => [key, shape(own)]))
          : typeof value;
    expect(JSON.stringify(shape(shown))).toBe(JSON.stringify(shape(written)));
  });
});

describe.runIf(existsSync(bundle))('the bundle', () => {
  const start = (cwd: string, ...args: readonly string[]): { readonly status: number | null; readonly stdout: string } =>
    spawnSync(process.execPath, [bundle, ...args], { cwd, encoding: 'utf8', timeout: 30_000 });

  it('checks', { timeout: 60_000 }, () => {
    const { status, stdout } = start(folderOf({ 'a.lintel': broken }), 'check');
    expect(status).toBe(1);
    expect(stdout).toContain('1:39  error NET023');
  });

  it('refuses', { timeout: 60_000 }, () => {
    expect(start(folderOf(), 'check', 'missing.lintel')).toMatchObject({ status: 2, stdout: '' });
  });
});
