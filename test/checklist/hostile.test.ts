/** Names may hold anything. None of it may change the shape of the Markdown, or reach a shell as more than one word. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checklist } from '../../server/src/checklist/build.ts';
import { ps, psGet, sh } from '../../server/src/checklist/command.ts';
import { escapeCode, escapeWords } from '../../server/src/checklist/render/escape.ts';
import { renderMarkdown } from '../../server/src/checklist/render/markdown.ts';
import { itemsOf, listOf, plant } from './plant.ts';

/** Findings differ with the names; they have a test of their own. */
const quiet = (list: Checklist): string =>
  renderMarkdown({ ...list, before: { findings: [], waivers: list.before.waivers, questions: 0 } });
const rendered = (suffix: string): string => {
  const more = (plain: string): string => plain + suffix;
  return quiet(listOf(plant(more, more)));
};

const fence = /^( *)(`{3,})(powershell|sh)$/;

/** What a Markdown parser would make of each line: the kind of block, and the number of cells. */
function shapeOf(markdown: string): {
  readonly shape: readonly string[];
  readonly commands: readonly string[];
  readonly inline: readonly string[];
} {
  const shape: string[] = [];
  const commands: string[] = [];
  const inline: string[] = [];
  let open: string | undefined;
  let language = '';
  for (const line of markdown.split('\n')) {
    const start = open === undefined ? fence.exec(line) : null;
    if (start) {
      open = `${start[1]}${start[2]}`;
      language = start[3] ?? '';
      shape.push(`fence ${language}`);
    } else if (open !== undefined) {
      if (line === open) {
        shape.push('fence end');
        open = undefined;
      } else {
        shape.push('command');
        commands.push(
          language === 'powershell'
            ? line.replace(/['‘’‚‛](?:[^'‘’‚‛]|['‘’‚‛]{2})*['‘’‚‛]/gu, 'Q')
            : line.replace(/'[^']*'(?:\\''[^']*')*/gu, 'Q'),
        );
      }
    } else {
      inline.push(line);
      if (line.startsWith('|')) shape.push(`row ${line.split('|').length}`);
      else shape.push(/^(?:#{1,3} | *- (?:\[ \] )?)/.exec(line)?.[0] ?? (line === '' ? 'blank' : 'text'));
    }
  }
  return {
    shape,
    commands: commands.map((line) =>
      line.replace(/^# [A-Z]{2,3}-[0-9A-Z]{5,12}$/, '# ID').replace(/^( *# (?:Power)?Shell of ).*$/, '$1 N'),
    ),
    inline,
  };
}

/** What is left of a line without code and escapes: nothing in it may be Markdown but our own stars and boxes. */
const bare = (line: string): string =>
  line
    .replace(/`[^`]*`/g, '')
    .replace(/<code>[^<>`|]*<\/code>/g, '')
    .replace(/\\[*[\]~#_]/g, '')
    .replace(/^ *- \[ \] /, '');

// A space and a wildcard, so that both lists quote and compare names in the same way.
const tame = shapeOf(rendered(' a?z'));

function expectSame(suffix: string): void {
  const wild = shapeOf(rendered(`${suffix} ?z`));
  expect(wild.shape).toEqual(tame.shape);
  expect(wild.commands).toEqual(tame.commands);
  for (const line of wild.inline) expect(bare(line)).not.toMatch(/[<>`[\]~]|&(?!#\d+;)/);
}

const nasty = [
  '"]|<script>alert(1)</script>',
  '`',
  '```',
  '$(rm -rf /)',
  '${x}',
  ' --help',
  "'",
  "''",
  '’',
  '“',
  '|',
  '\\',
  '\\|',
  '[x](http://e.com)',
  '![',
  '<!--',
  '-->',
  '&lt;',
  '*',
  '**',
  '_',
  '~~',
  '#',
  '; reboot',
  '& calc',
  '%PATH%',
  '!',
  '{',
  '}',
  '\n',
  '//',
  '@everyone',
  'www.e.com',
  '$$',
  '^',
  ',',
  '=',
  ':',
  'ü',
  '漢',
];
const safe = nasty.filter((text) => text !== '\n');

describe('hostile names', () => {
  it.each(['"]|<script>alert(1)</script>`$(rm -rf /)`', "' ’ ‘; reboot #", '```', '\\|\\`', ' -rf --help'])(
    'leave the shape of the Markdown and of the commands alone: %s',
    (suffix) => expectSame(suffix),
  );

  it('leave it alone in any combination', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...safe), { minLength: 1, maxLength: 5 }), (parts) => expectSame(parts.join(''))),
      { numRuns: 6 },
    );
  }, 60_000);

  it('with line breaks and invisible signs make no commands, and are shown as escapes', () => {
    for (const sign of ['\n# x\n```\n- [ ] y', '\u202e', '\u2028']) {
      const list = listOf(plant((plain) => `${plain}${sign}z`));
      const markdown = quiet(list);
      expect(/[\u202e\u2028\r]/.test(markdown)).toBe(false);
      expect(markdown.includes('No command is given')).toBe(true);
      for (const command of itemsOf(list).flatMap((item) => item.commands))
        expect(command.lines.join('\n')).not.toContain(`${sign}z`);
      const { shape } = shapeOf(markdown);
      expect(shape.filter((kind) => /^(?:row|#)/.test(kind))).toEqual(tame.shape.filter((kind) => /^(?:row|#)/.test(kind)));
    }
  }, 60_000);

  it('escape to text that has nothing of Markdown in it', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'grapheme' })), { maxLength: 6 }), (parts) => {
        for (const text of [escapeWords(parts.join('')), escapeCode(parts.join(''))]) {
          expect(text).not.toMatch(/[\n\r|]/);
          expect(bare(text)).not.toMatch(/[<>`[\]~*|]|&(?!#\d+;)/);
        }
      }),
    );
  });

  it('stay one word for a POSIX shell', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(...safe, 'a', ' ', '-'), { minLength: 1, maxLength: 6 }), {
          minLength: 1,
          maxLength: 20,
        }),
        (names) => {
          const texts = names.map((parts) => parts.join(''));
          const line = sh`printf '%s\n' ${texts}`;
          expect(execFileSync('/bin/sh', ['-c', line ?? ''], { encoding: 'utf8', cwd: '/', env: {} })).toBe(
            `${texts.join('\n')}\n`,
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it('stay one text for PowerShell, and never a wildcard', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...safe), { minLength: 1, maxLength: 6 }), (parts) => {
        const text = parts.join('');
        const line = ps`Get-VM -Name ${text}` ?? '';
        const [, quoted = ''] = /^Get-VM -Name '(.*)'$/su.exec(line) ?? [];
        // Every quote inside is doubled, in whatever type; taken back, it is the name.
        expect(quoted.replace(/(['‘’‚‛])\1/gu, '')).not.toMatch(/['‘’‚‛]/u);
        expect(quoted.replace(/(['‘’‚‛])\1/gu, '$1')).toBe(text);
      }),
    );
    expect(psGet('VM', ['a', 'b']).quoted).toBe("Get-VM -Name 'a', 'b'");
    expect(psGet('VM', ['*']).quoted).toBe("Get-VM | Where-Object { $_.Name -in '*' }");
    expect(sh`rm ${'-rf'} ${'a b'} ${undefined} ${'a\nb'}`).toBeUndefined();
    expect(sh`xe vm-start name=${'-rf'} ${undefined}`).toBe("xe vm-start name='-rf' ____");
  });
});
