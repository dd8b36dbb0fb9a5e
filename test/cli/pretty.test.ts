import { describe, expect, it } from 'vitest';
import { broken, clean, folderOf, lintel, uncoloured, unsafe } from './kit.ts';

describe('lintel check, for people', () => {
  it('shows findings by file with the line, what is related and what would mend it, hints last', async () => {
    const folder = folderOf({
      'b.lintel': 'network plant purpose production vlan 10\nhost esx1 {\n\tvswitch v { portgroup p on plan }\n}\n',
      'a.lintel': 'network ops purpose production vlan 5000\nnetwork ops purpose production vlan 6\n',
    });
    const { out } = await lintel(folder, ['check', 'a.lintel', 'b.lintel']);
    expect(out).toMatchInlineSnapshot(`
      "a.lintel
        1:37  error NET023  VLAN 5000 of network ops does not exist: the id goes from 1 to 4094 (0 for untagged). Correct the id.
          1 | network ops purpose production vlan 5000
            |                                     ^^^^

        2:9  error LNT203  There is another network "ops" in this design; a name belongs to one thing.
          2 | network ops purpose production vlan 6
            |         ^^^
            = see a.lintel:1:9: The other network "ops"

      b.lintel
        3:29  error LNT201  There is no network "plan" in this design; did you mean "plant"?
          3 |   vswitch v { portgroup p on plan }
            |                              ^^^^
            = fix available: Change to plant

      3 errors in 2 files.
      "
    `);
  });

  it('lists hints at the end, and not without end', async () => {
    const text = Array.from({ length: 30 }, (_, at) => `network n${at} purpose production vlan 500${at}\n`).join('');
    const { code, out } = await lintel(folderOf({ 'a.lintel': text }), ['check', '--rule', 'NET023=hint']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Hints: /);
    expect(out).toContain('  and 10 other hints (--format json lists all)\n\n30 hints in 1 file.\n');
  });

  it('colours only a terminal, and not when asked not to', async () => {
    const folder = folderOf({ 'a.lintel': broken });
    const colours = async (
      args: readonly string[],
      terminal: boolean,
      env: Readonly<Record<string, string>> = {},
    ): Promise<boolean> => (await lintel(folder, args, { terminal, env })).out.includes('\x1b[');
    expect(await colours(['check'], true)).toBe(true);
    expect(await colours(['check'], true, { NO_COLOR: '' })).toBe(true);
    expect(await colours(['check'], false)).toBe(false);
    expect(await colours(['check'], false, { FORCE_COLOR: '1' })).toBe(false);
    expect(await colours(['check', '--no-color'], true)).toBe(false);
    expect(await colours(['check'], true, { NO_COLOR: '1' })).toBe(false);
    expect(await colours(['check'], true, { TERM: 'dumb' })).toBe(false);
    expect(await colours(['check', '--format', 'json'], true)).toBe(false);
    expect(await colours(['check', '--format', 'sarif'], true)).toBe(false);
    expect(await colours(['rules', '--no-color'], true)).toBe(false);
    expect(await colours(['rules'], true)).toBe(true);
    expect(await colours(['explain', 'NET023'], true, { NO_COLOR: '1' })).toBe(false);
  });

  it('says the same with and without colours', async () => {
    const folder = folderOf({ 'a.lintel': `${broken}colour red\n` });
    const coloured = uncoloured((await lintel(folder, ['check'], { terminal: true })).out);
    expect(coloured).toBe((await lintel(folder, ['check'])).out);
  });

  it('puts the carets below wide signs, tabs and in long lines', async () => {
    const long = `network plant purpose production ${'zone level-3 '.repeat(20)}vlan 5000 ${'// tail '.repeat(40)}`;
    const folder = folderOf({ 'a.lintel': `network "主控网络" purpose\tproduction vlan 5000\n${long}\n` });
    const { out } = await lintel(folder, ['check']);
    const lines = out.split('\n');
    const width = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);
    for (const [at, line] of lines.entries()) {
      if (!line.includes(' error NET023 ')) continue;
      const [text = '', carets = ''] = lines.slice(at + 1);
      expect(text.length).toBeLessThan(121);
      expect(carets).toMatch(/^ +\| +\^{4}$/);
      expect(width(text.slice(0, text.indexOf('5000')))).toBe(carets.indexOf('^'));
    }
    expect(out).toContain('...');
  });
});

describe('terminal injection', () => {
  const evil = '\x1b]0;owned\x07\x1b[31m\x9b2J\u202e\u2066\u200f';
  const isSafe = (text: string): void => expect(text).not.toMatch(unsafe);

  it('is spelled out in messages, excerpts, related places and hints', async () => {
    const name = `"${evil}"`;
    const folder = folderOf({
      'a.lintel': `network ${name} purpose production vlan 5000\nnetwork ${name} vlan 4\nhost h { vswitch v { portgroup p on ${name} vlan 9999 } }\n${evil} red\nwaive NET023 on ${name} until 2000-01-01 because ${name}\n`,
    });
    for (const args of [
      ['check'],
      ['check', '--rule', 'NET023=hint'],
      ['check', '--format', 'json'],
      ['check', '--format', 'sarif'],
    ]) {
      const { code, err, out } = await lintel(folder, args);
      expect(code).toBe(1);
      isSafe(out + err);
    }
    expect((await lintel(folder, ['check'])).out).toContain('<U+001B>]0;owned<U+0007>');
    const coloured = await lintel(folder, ['check'], { terminal: true });
    isSafe(uncoloured(coloured.out));
  });

  it('is spelled out in file names and arguments', async () => {
    const folder = folderOf({ [`${evil}.lintel`]: broken, [`${evil}/no.txt`]: '' });
    for (const args of [
      ['check'],
      ['check', evil],
      ['check', `no${evil}`],
      [evil],
      ['check', `--${evil}`],
      ['check', '--format', evil],
      ['check', '--rule', `${evil}=off`],
      ['check', '--rule', evil],
      ['explain', evil],
      ['check', '--today', evil],
      ['format', '--check'],
      ['format'],
      ['graph', evil, '-o', evil],
      ['graph', '-o', `${evil}/`],
      ['checklist', '-o', `${evil}.md`],
    ]) {
      const { err, out } = await lintel(folder, args);
      isSafe(out + err);
    }
  });

  it('does not come out of a picture or a list on a terminal', async () => {
    const folder = folderOf({ 'a.lintel': `host "${evil}" hypervisor esxi 8.0u3\n` });
    for (const command of ['graph', 'checklist']) {
      const { code, err, out } = await lintel(folder, [command, '-o', '-'], { terminal: true });
      expect(code).toBe(0);
      isSafe(out + err);
    }
  });
});

describe('lintel check --format json', () => {
  it('has the promised shape', async () => {
    const folder = folderOf({ 'sub/a.lintel': 'network n vlan 1\nnetwork n vlan 2\n', 'b.lintel': clean });
    const { code, out } = await lintel(folder, ['check', '--format', 'json', 'sub', 'b.lintel', 'gone.lintel']);
    expect(code).toBe(2);
    const report = JSON.parse(out) as { findings: Record<string, unknown>[]; summary: unknown; problems: unknown };
    expect(Object.keys(report)).toEqual(['findings', 'summary', 'problems']);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toEqual({
      rule: 'LNT203',
      severity: 'error',
      message: expect.any(String) as string,
      file: 'sub/a.lintel',
      range: { start: { line: 1, character: 8 }, end: { line: 1, character: 9 } },
      related: [
        {
          file: 'sub/a.lintel',
          range: { start: { line: 0, character: 8 }, end: { line: 0, character: 9 } },
          message: expect.any(String) as string,
        },
      ],
      fixable: false,
    });
    expect(report.summary).toEqual({ files: 2, error: 1, warning: 0, info: 0, hint: 0, waived: 0 });
    expect(report.problems).toEqual([{ file: 'gone.lintel', reason: 'There is no such file or folder.' }]);
    expect(Object.keys(JSON.parse((await lintel(folder, ['check', 'b.lintel', '--format', 'json'])).out) as object)).toEqual([
      'findings',
      'summary',
    ]);
  });
});
