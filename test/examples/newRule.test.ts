/** `npm run new-rule`: in a copy of what it needs, so that the project itself stays as it is. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/generated/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import { newRule } from '../../tools/new-rule.ts';
import { findingsOf, fixture } from '../kit/lintel.ts';

const project = join(import.meta.dirname, '../..');

describe('new-rule refuses', () => {
  const taken = rules[0];
  it.each([
    ['no category', 'single-uplink', 'NET999', /no name of a rule/],
    ['capital letters', 'network/SingleUplink', 'NET999', /no name of a rule/],
    ['a way out', '../network/foo', 'NET999', /no name of a rule/],
    ['a path that is too deep', 'network/uplinks/foo', 'NET999', /no name of a rule/],
    ['an ending', 'network/foo.ts', 'NET999', /no name of a rule/],
    ['stray hyphens', 'network/foo-', 'NET999', /no name of a rule/],
    ['the folder of the index', 'generated/foo', 'NET999', /belongs to tools\/gen\.ts/],
    ['a name that the index skips', 'network/shared-uplink', 'NET999', /skips them/],
    ['a code in small letters', 'network/foo', 'net999', /no code of a rule/],
    ['a code without a number', 'network/foo', 'NETWORK', /no code of a rule/],
    ['a code of the language', 'network/foo', 'LNT999', /belong to the language/],
    ['a category that is a slip', 'netwrok/foo', 'NET999', /no category "netwrok".*network.*--new-category/],
    ['a code that is taken', 'network/foo', taken?.code ?? '', new RegExp(`is ${taken?.name} already\\. The next free code`)],
    ['a name that is taken', taken?.name ?? '', 'NET999', /There is a rule .* already/],
  ] as const)('%s', (_title, name, code, problem) => {
    const made = newRule(project, name, code);
    expect('problem' in made ? made.problem : 'accepted').toMatch(problem);
  });
});

describe('new-rule', () => {
  it('begins a category when it is told to', () => {
    const made = newRule(project, 'weather/storm', 'WTH001', { newCategory: true });
    expect('file' in made && made.file).toBe('server/src/rules/weather/storm.ts');
  });

  const root = mkdtempSync(join(tmpdir(), 'lintel-new-rule-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('writes a rule that works, and brings the index up to date', async () => {
    for (const part of ['server/src', 'tools', 'docs/rules', 'docs/language-reference.md', 'syntaxes', 'package.json']) {
      if (existsSync(join(project, part))) cpSync(join(project, part), join(root, part), { recursive: true });
    }
    mkdirSync(join(root, 'docs'), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'dir');
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, [join(root, 'tools/new-rule.ts'), ...args], { encoding: 'utf8' });

    const first = run('network/made-by-a-test', 'NET999');
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    expect(first.stdout).toMatch(
      /written: server\/src\/rules\/network\/made-by-a-test\.ts[\s\S]*vitest run test\/rules -t NET999/,
    );

    const text = readFileSync(join(root, 'server/src/rules/network/made-by-a-test.ts'), 'utf8');
    expect(text).toMatch(/code: 'NET999',\n {2}name: 'network\/made-by-a-test',/);
    expect(readFileSync(join(root, 'server/src/rules/generated/index.ts'), 'utf8')).toContain(
      "from '../network/made-by-a-test.ts'",
    );
    expect(existsSync(join(root, 'docs/rules/NET999.md'))).toBe(true);

    const { default: rule } = (await import(pathToFileURL(join(root, 'server/src/rules/network/made-by-a-test.ts')).href)) as {
      default: Rule;
    };
    expect(rule.summary.length).toBeLessThanOrEqual(90);
    for (const example of [...rule.examples.bad, ...rule.examples.good]) {
      const { files, marks } = fixture(example.text);
      const found = findingsOf({ files, marks: [] }, { rules: [rule] });
      expect(found.map(({ rule: code, range }) => ({ code, line: range.start.line, from: range.start.character }))).toEqual(
        marks.map(({ line, from }) => ({ code: 'NET999', line, from })),
      );
    }

    const again = run('network/made-by-a-test', 'NET998');
    expect(again.status).toBe(1);
    expect(again.stderr).toBe('There is a rule network/made-by-a-test already.\n');
    expect(run('network/foo').status).toBe(2);
    expect(run('network/foo', 'NET998', '--wrong').stderr).toMatch(/--wrong/);
  });
});
