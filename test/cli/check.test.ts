import { describe, expect, it } from 'vitest';
import { add, broken, clean, folderOf, lintel } from './kit.ts';

describe('lintel check: exit codes', () => {
  it('is 0 when nothing is found', async () => {
    expect(await lintel(folderOf({ 'a.lintel': clean }), ['check'])).toEqual({
      code: 0,
      out: 'Nothing found in 1 file.\n',
      err: '',
    });
  });

  it('is 1 when something counts', async () => {
    const { code, err, out } = await lintel(folderOf({ 'a.lintel': broken }), ['check']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('NET023');
  });

  it('depends on --fail-on', async () => {
    const folder = folderOf({ 'a.lintel': broken });
    const args = (level: string, failOn: string): string[] => ['check', '--rule', `NET023=${level}`, '--fail-on', failOn];
    expect((await lintel(folder, args('warning', 'error'))).code).toBe(0);
    expect((await lintel(folder, args('warning', 'warning'))).code).toBe(1);
    expect((await lintel(folder, args('info', 'warning'))).code).toBe(0);
    expect((await lintel(folder, args('info', 'info'))).code).toBe(1);
    expect((await lintel(folder, args('hint', 'info'))).code).toBe(0);
    expect((await lintel(folder, args('off', 'info'))).out).toBe('Nothing found in 1 file.\n');
  });

  it('is 2 for a path that is not there, after everything else was checked', async () => {
    const { code, err, out } = await lintel(folderOf({ 'a.lintel': broken }), ['check', 'a.lintel', 'b.lintel']);
    expect(code).toBe(2);
    expect(out).toContain('NET023');
    expect(err).toBe('lintel: b.lintel: There is no such file or folder.\n');
  });

  it('is 2 for a folder without designs', async () => {
    const folder = folderOf({ 'readme.md': '#', 'node_modules/x/a.lintel': broken, '.git/a.lintel': broken, '.lintel': broken });
    const { code, err, out } = await lintel(folder, ['check']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('There is no design in this folder');
    expect((await lintel(folder, ['check', 'readme.md'])).err).toContain('readme.md: This is no design');
    expect((await lintel(folder, ['check', ''])).code).toBe(2);
  });

  it.each([
    [['chek'], "unknown command 'chek'", 'Did you mean check?'],
    [['check', '--fromat', 'json'], "unknown option '--fromat'", 'Did you mean --format?'],
    [['check', '--format', 'xml'], "'xml' is invalid", 'pretty, json, sarif'],
    [['check', '--fail-on', 'hint'], "'hint' is invalid", 'error, warning, info'],
    [['check', '--rule', 'NET023'], '--rule takes a rule and its severity', ''],
    [['check', '--rule', 'NET023=loud'], 'is no severity', 'off'],
    [['check', '--rule', 'net23=off'], 'There is no rule "net23"', 'Perhaps NET023 (network/vlan-out-of-range)?'],
    [['check', '--rule', 'LNT101=off'], 'its severity is fixed', ''],
    [['check', '--today', '2027-02-29'], '--today takes a day', ''],
    [['check', '--today', 'tomorrow'], '--today takes a day', ''],
    [['graph'], 'required option', '-o, --output'],
    [['lsp'], 'needs --stdio', ''],
    [['explain'], 'missing required argument', ''],
    [['rules', 'surplus'], 'too many arguments', ''],
    [[], 'Usage: lintel', 'Exit codes'],
  ])('is 2 for %j', async (args, first, second) => {
    const { code, err, out } = await lintel(folderOf({ 'a.lintel': clean }), args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(first);
    expect(err).toContain(second);
  });

  it('is 3 for an error of Lintel itself, with the text to report', async () => {
    const layout = async (): Promise<never> => {
      throw new Error('the layout \x1b[2Jbroke');
    };
    const { code, err } = await lintel(folderOf({ 'a.lintel': 'host esx1 hypervisor esxi 8.0u3\n' }), ['graph', '-o', '-'], {
      world: { openLayout: layout },
    });
    expect(code).toBe(3);
    expect(err).toContain('Please report it');
    expect(err).toContain('the layout <U+001B>[2Jbroke');
  });

  it('knows its version and helps', async () => {
    const folder = folderOf();
    expect(await lintel(folder, ['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
    for (const args of [['--help'], ['help'], ['check', '--help'], ['help', 'graph']]) {
      const { code, err, out } = await lintel(folder, args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Usage: lintel');
    }
  });
});

describe('lintel check: which files', () => {
  it('checks every root design below a folder, and the files that they import', async () => {
    const folder = folderOf({
      'plant/main.lintel': 'import "common/nets.lintel"\nhost esx1 { vswitch v uplinks vmnic9 }\n',
      'plant/common/nets.lintel': broken,
      'other/deep/b.lintel': broken,
      'node_modules/c.lintel': broken,
      '.cache/d.lintel': broken,
    });
    const { out } = await lintel(folder, ['check', '--format', 'json']);
    const { findings, summary } = JSON.parse(out) as {
      findings: { file: string; rule: string }[];
      summary: Record<string, number>;
    };
    expect(findings.map(({ file, rule }) => `${file} ${rule}`)).toEqual([
      'other/deep/b.lintel NET023',
      'plant/common/nets.lintel NET023',
      'plant/main.lintel LNT201',
    ]);
    expect(summary).toEqual({ files: 3, error: 3, warning: 0, info: 0, hint: 0, waived: 0 });
  });

  it('takes single files, and each only once', async () => {
    const folder = folderOf({ 'a.lintel': broken, 'b.lintel': clean });
    const { out } = await lintel(folder, ['check', 'a.lintel', './a.lintel', '.', '--format', 'json']);
    expect((JSON.parse(out) as { findings: unknown[] }).findings).toHaveLength(1);
  });

  it('names files from the current folder, also those beside it', async () => {
    const folder = folderOf({ 'here/x.txt': '', 'there/a.lintel': broken, 'there/lib/n.lintel': clean });
    const { code, out } = await lintel(`${folder}/here`, ['check', '../there']);
    expect(code).toBe(1);
    expect(out).toContain('../there/a.lintel\n  1:39  error NET023');
  });

  it('lets waivers expire against --today', async () => {
    const folder = folderOf({ 'a.lintel': `${broken}waive NET023 on plant until 2027-01-31 because "the switch is replaced"\n` });
    const before = await lintel(folder, ['check', '--today', '2027-01-31']);
    expect(before.code).toBe(0);
    expect(before.out).toContain('1 finding is waived by the design.');
    const after = await lintel(folder, ['check', '--today', '2027-02-01']);
    expect(after.code).toBe(1);
    expect(after.out).toContain('LNT204');
  });

  it('lets a policy in the design win over --rule', async () => {
    const folder = folderOf({ 'a.lintel': `${broken}policy { severity NET023 warning }\n` });
    expect((await lintel(folder, ['check', '--rule', 'NET023=error'])).code).toBe(0);
  });
});

describe('lintel check: the same bytes on every run', () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`d${at % 3}/f${at}.lintel`, `${broken}host h${at} { vswitch v uplinks x, y }\n`]),
  );

  it.each(['pretty', 'json', 'sarif'])('as %s', async (format) => {
    const first = await lintel(folderOf(files), ['check', '--format', format]);
    const reversed = folderOf(Object.fromEntries(Object.entries(files).reverse()));
    expect(await lintel(reversed, ['check', '--format', format])).toEqual(first);
    expect(await lintel(reversed, ['check', 'd2', 'd0', 'd1', '--format', format])).toEqual(first);
  });
});

describe('lintel check: progress', () => {
  const files = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`f${at}.lintel`, clean]));
  const clock = (step: number): (() => number) => {
    let time = 0;
    return () => (time += step);
  };

  it('shows on a terminal when it takes longer than a second, and is taken away', async () => {
    const { err, out } = await lintel(folderOf(files), ['check'], { terminal: true, now: clock(400) });
    expect(err).toContain('\r\x1b[2KReading design 4 of 5 …');
    expect(err.endsWith('Checking 5 files …\r\x1b[2K')).toBe(true);
    expect(out).not.toContain('Reading');
  });

  it('shows at once when a large design is checked', async () => {
    const large = folderOf({ 'a.lintel': '// a long comment, and nothing else\n'.repeat(12_000) });
    expect((await lintel(large, ['check'], { terminal: true })).err).toBe('\r\x1b[2KChecking the design …\r\x1b[2K');
  });

  it('is silent when it is quick, and where nobody looks', async () => {
    const folder = folderOf(files);
    expect((await lintel(folder, ['check'], { terminal: true, now: clock(10) })).err).toBe('');
    expect((await lintel(folder, ['check'], { now: clock(5000) })).err).toBe('');
  });
});

describe('lintel check: imports', () => {
  it('says where a circle is, and ends', async () => {
    const folder = folderOf({
      'a.lintel': 'import "b.lintel"\n',
      'b.lintel': 'import "c.lintel"\n',
      'c.lintel': 'import "a.lintel"\n',
    });
    const { code, out } = await lintel(folder, ['check']);
    expect(code).toBe(1);
    expect(out).toContain('LNT302');
    expect(out).toContain('a.lintel → b.lintel → c.lintel → a.lintel');
  });

  it('does not leave the folder', async () => {
    const folder = folderOf({
      'secret.lintel': broken,
      'work/a.lintel': 'import "../secret.lintel"\nimport "../../../etc/passwd"\nimport "/etc/passwd"\nimport "missing.lintel"\n',
    });
    const { code, out } = await lintel(`${folder}/work`, ['check']);
    expect(code).toBe(1);
    expect(out.match(/LNT301/g)).toHaveLength(4);
    expect(out).toContain('leads out of the workspace');
    expect(out).toContain('There is no file "missing.lintel"');
    expect(out).not.toContain('NET023');
    // From above, the same import is fine.
    expect((await lintel(folder, ['check', 'work/a.lintel'])).out).toContain('secret.lintel\n  1:39  error NET023');
  });

  it('copes with an import of itself, of a folder and of strange paths', async () => {
    const folder = folderOf({
      'a.lintel':
        'import "a.lintel"\nimport "sub"\nimport "%2e%2e/x.lintel"\nimport "x\\\\y"\nimport "file:///etc/passwd"\nimport ""\n',
    });
    add(folder, { 'sub/x.txt': '' });
    const { code, err } = await lintel(folder, ['check']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });
});
