/** Bad input loses nothing: a clear finding each, everything else keeps its meaning. */
import { describe, expect, test } from 'vitest';
import { createLintel } from '../../server/src/analysis/lintel.ts';
import vlanOutOfRange from '../../server/src/rules/network/vlan-out-of-range.ts';
import { defineRule, type Rule } from '../../server/src/rules/rule.ts';
import { openSource } from '../../server/src/syntax/sourceFile.ts';
import { findingsOf, memoryHost, show } from '../kit/lintel.ts';

const shown = (text: string): string => show(findingsOf(text));

/** Opens files of the host's side, as the command line does. */
function onDisk(files: Record<string, string | Uint8Array>, root = 'main.lintel'): string {
  const all = new Map(Object.entries(files).map(([name, content]) => [`file:///design/${name}`, content]));
  const workspace = createLintel({ host: memoryHost(all), today: '2026-11-20' });
  workspace.fileChanged(`file:///design/${root}`);
  workspace.update();
  return [...all.keys()]
    .map((uri) => show(workspace.findings(uri)))
    .filter((text) => text !== '')
    .join('\n');
}

describe('bad input', () => {
  test('a million members are refused at the range', () => {
    expect(shown('host h[1..1000000]\nnetwork a vlan 5000')).toBe(
      '1:7-19 LNT106 error: This range has 1,000,000 members; a design holds at most 10,000 in one range.\n2:16-20 NET023 error: VLAN 5000 of network a does not exist: the id goes from 1 to 4094 (0 for untagged). Correct the id.',
    );
  });

  test('a file cut off in the middle', () => {
    expect(shown('network a vlan 5000\nhost esx1 {\n  nic vmnic0 speed "')).toMatch(/^1:16-20 NET023.*\n2:11-12 LNT002.*\n3:/s);
  });

  test('a binary file, and one that is not UTF-8', () => {
    expect(onDisk({ 'main.lintel': new Uint8Array([0x4c, 0, 1, 2, 0x7f]) })).toMatch(/LNT401 error: This is a binary file/);
    expect(onDisk({ 'main.lintel': new Uint8Array([0x68, 0xff, 0xfe, 0x20]) })).toMatch(/LNT401 error: This file is not UTF-8/);
  });

  test('UTF-16 with its mark is read', () => {
    const text = 'network a vlan 5000';
    const bytes = new Uint8Array(2 + text.length * 2);
    bytes.set([0xff, 0xfe]);
    for (let at = 0; at < text.length; at += 1) bytes[2 + at * 2] = text.charCodeAt(at);
    expect(onDisk({ 'main.lintel': bytes })).toMatch(/^1:16-20 NET023/);
  });

  test('a file beyond the limit', () => {
    expect(onDisk({ 'main.lintel': new Uint8Array(17 * 1024 * 1024).fill(32) })).toMatch(/LNT401 error: The file is 17 MB long/);
  });

  test('one line of ten megabytes', () => {
    const text = `network a vlan 5000\nhost ${'x '.repeat(5_000_000)}\nnetwork b vlan 6000\n`;
    const workspace = createLintel({ host: memoryHost(new Map()) });
    workspace.setFile('file:///design/main.lintel', openSource(text));
    workspace.update();
    expect(workspace.findings('file:///design/main.lintel').map((finding) => finding.rule)).toEqual([
      'NET023',
      'LNT005',
      'NET023',
    ]);
  });

  test('deep nesting', () => {
    const text = `${'host a { '.repeat(100_000)}\nnetwork b vlan 6000`;
    expect(findingsOf(text).map((finding) => finding.rule)).toContain('NET023');
  });

  test('imports: a circle, a missing file, a way out of the workspace', () => {
    expect(onDisk({ 'main.lintel': 'import "b.lintel"\nnetwork a vlan 5000', 'b.lintel': 'import "main.lintel"' })).toMatch(
      /1:8-18 LNT302 error: These files import each other in a circle: main\.lintel → b\.lintel → main\.lintel[\s\S]*NET023[\s\S]*LNT302/,
    );
    expect(onDisk({ 'main.lintel': 'import "none.lintel"' })).toBe('1:8-21 LNT301 error: There is no file "none.lintel".');
    expect(onDisk({ 'main.lintel': 'import "../passwd.lintel"' })).toMatch(/LNT301 error: This path leads out of the workspace/);
    expect(
      onDisk({ 'main.lintel': 'import "/etc/passwd"\nimport "https://example.com/x.lintel"\nimport "..\\\\x.lintel"' }).match(
        /LNT301 error: An import is a path relative/g,
      ),
    ).toHaveLength(3);
  });

  test('names given twice', () => {
    expect(shown('network a vlan 1\nnetwork b vlan 2\nnetwork a vlan 3')).toMatch(
      /^3:9-10 LNT203 error: There is another network "a"/,
    );
  });

  test('a profile made of itself', () => {
    expect(shown('profile a of host : b { memory 1GB }\nprofile b of host : a { memory 2GB }\nhost h : a')).toMatch(
      /LNT107 error: This profile is made of itself: a → b → a/,
    );
  });

  test('words of JavaScript are words like any other', () => {
    const text =
      'host constructor { __proto__ 5; toString 3 }\nnetwork __proto__ vlan 5\nvm hasOwnProperty on constructor { nic x on __proto__ }\nlet valueOf = 3\nprofile constructor of host { }\nhost h2 : toString';
    expect(findingsOf(text).map((finding) => finding.rule)).toEqual(['LNT101', 'LNT101', 'LNT107']);
  });

  test('an empty file says nothing', () => {
    expect(shown('')).toBe('');
    expect(shown('\n\n  // nothing yet\n')).toBe('');
  });
});

test('a rule that fails costs itself only, and says so until it works again', () => {
  const broken = defineRule({
    ...vlanOutOfRange,
    code: 'XXX001',
    check: (entity) => {
      if (entity.name === 'bad') throw new Error('slip');
    },
  });
  const workspace = createLintel({ host: memoryHost(new Map()), rules: [broken, vlanOutOfRange] as unknown as Rule[] });
  const uri = 'file:///design/main.lintel';
  const rulesFound = (text: string): readonly string[] => {
    workspace.setFile(uri, openSource(text));
    workspace.update();
    return workspace.findings(uri).map((finding) => finding.rule);
  };
  expect(rulesFound('network bad vlan 5000')).toEqual(['LNT402', 'NET023']);
  expect(rulesFound('network good vlan 5000')).toEqual(['NET023']);
});
