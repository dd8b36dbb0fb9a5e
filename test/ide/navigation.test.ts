import { describe, expect, it } from 'vitest';
import { definition } from '../../server/src/ide/definition.ts';
import { documentHighlights, references } from '../../server/src/ide/references.ts';
import { at, places } from './kit.ts';
import { plant } from './sample.ts';

const defined = (text: string): string => {
  const { workspace, fixture, uri, position } = at(text);
  return places(definition(workspace, uri, position), fixture);
};
const used = (text: string, includeDeclaration = true): string => {
  const { workspace, fixture, uri, position } = at(text);
  return places(references(workspace, uri, position, includeDeclaration), fixture);
};
const on = (text: string, into = 1, nth = 0): string => {
  let start = -1;
  for (let k = 0; k <= nth; k += 1) start = plant.indexOf(text, start + 1);
  return `${plant.slice(0, start + into)}<|>${plant.slice(start + into)}`;
};

describe('definition', () => {
  it('leads from a name to its line', () => {
    expect(defined('host a\nvm v on <|>a')).toBe('main 1:6 a');
    expect(defined(on('on "VM Network"', 5))).toBe('main 29:15 "VM Network"');
    expect(defined(on('san-1.vmfs-1', 7))).toBe('main 13:7 vmfs-1');
    expect(defined(on('san-1.vmfs-1', 2))).toBe('main 11:7 san-1');
    expect(defined(on('port sw-a/(i)', 6))).toBe('main 10:8 sw-a');
    expect(defined(on('admin.host(first', 2))).toBe('main 7:9 admin');
  });

  it('leads to the line of a range, once', () => {
    expect(defined(on('hosts esx[1..3]', 7))).toBe('main 32:6 esx[i in 1..3]');
    expect(defined('host a[1..3]\nvm v[i in 1..3] on <|>a(i)')).toBe('main 1:6 a[1..3]');
  });

  it('prefers the nearer line, and leads on to the profile', () => {
    expect(defined(on('uplinks vmnic0', 9))).toBe('main 23:7 vmnic[0..3]');
    expect(defined(on('vmk0 address admin.host(19)', 2))).toBe('main 25:14 vmk0');
    expect(defined(on('waive NET023 on esx1.vmk0', 22))).toBe('main 25:14 vmk0');
  });

  it('knows profiles, named values, indexes and files', () => {
    expect(defined(on(': esxi', 3))).toBe('main 18:9 esxi');
    expect(defined(on('(first + i)', 3))).toBe('main 16:5 first');
    expect(defined(on('(first + i)', 9))).toBe('main 32:10 i');
    expect(defined('--- lib.lintel\nnetwork n\n--- main.lintel\nimport "l<|>ib.lintel"')).toBe('lib 1:1 ');
  });

  it('crosses files', () => {
    expect(defined('--- lib.lintel\nnetwork lan\n--- main.lintel\nimport "lib.lintel"\nfirewall fw connects la<|>n')).toBe(
      'lib 1:9 lan',
    );
  });

  it('leads nowhere from words and from what does not exist', () => {
    expect(defined('ho<|>st a')).toBe('');
    expect(defined('vm v on no<|>body')).toBe('');
  });
});

describe('references', () => {
  it('finds what means the same thing, not what is written alike', () => {
    expect(used('host a\nvm <|>a\nvm v on a\nanti-affinity x must vms a, v\nnetwork n note "a"')).toBe('main 2:4 a\nmain 4:26 a');
  });

  it('finds names by way of ranges, patterns, paths and profiles', () => {
    expect(used(on('network admin', 9))).toBe('main 7:9 admin\nmain 25:22 admin\nmain 34:16 admin\nmain 40:16 admin');
    expect(used(on('vm E3-A', 4))).toBe('main 44:4 E3-A\nmain 50:33 E3-A\nmain 51:20 E3-*');
    expect(used(on('host esx[i', 6))).toBe('main 32:6 esx[i in 1..3]\nmain 43:21 esx[1..3]\nmain 52:17 esx1');
  });

  it('finds the lines that refine a thing', () => {
    expect(used(on('vmkernel vmk0', 10))).toBe('main 25:14 vmk0\nmain 34:3 vmk0\nmain 40:3 vmk0\nmain 52:22 vmk0');
    expect(used(on('nic vmnic[0..3]', 5)).split('\n')).toEqual([
      'main 23:7 vmnic[0..3]',
      'main 24:28 vmnic0',
      'main 24:36 vmnic1',
      'main 26:53 vmnic0',
      'main 26:68 vmnic1',
      'main 28:28 vmnic2',
      'main 28:36 vmnic3',
      'main 36:7 vmnic0',
      'main 41:7 vmnic0',
    ]);
  });

  it('leaves the declaration out when asked to', () => {
    expect(used(on('cluster scada', 9), false)).toBe('main 44:12 scada\nmain 49:12 scada');
  });

  it('keeps hosts apart that declare alike', () => {
    expect(used('host a {\n  nic <|>n\n  vswitch s uplinks n\n}\nhost b {\n  nic n\n  vswitch s uplinks n\n}')).toBe(
      'main 2:7 n\nmain 3:21 n',
    );
  });

  it('looks into a profile that nobody uses', () => {
    expect(used('profile p of host {\n  nic <|>n\n  vswitch s uplinks n\n}\nhost b { nic n }')).toBe('main 2:7 n\nmain 3:21 n');
  });

  it('finds profiles, named values and indexes', () => {
    expect(used(on('profile esxi', 9))).toBe('main 18:9 esxi\nmain 32:23 esxi\nmain 38:13 esxi');
    expect(used('let n = 3\nhost a[n in 1..2] { unit (n) }\nhost b { unit (<|>n) }\nnetwork l vlan n')).toBe(
      'main 1:5 n\nmain 3:16 n\nmain 4:16 n',
    );
    expect(used('host a[<|>k in 1..2] {\n  unit (k)\n  nic n[k in 1..2] port s/(k)\n  note "no {k}"\n}')).toBe(
      'main 1:8 k\nmain 2:9 k\nmain 4:13 k',
    );
  });

  it('looks into every file of every design that has the file', () => {
    const text =
      '--- one.lintel\nimport "lib.lintel"\nfirewall f1 connects lan\n--- two.lintel\nimport "lib.lintel"\nfirewall f2 connects lan\n--- lib.lintel\nnetwork <|>lan';
    expect(used(text)).toBe('lib 1:9 lan\none 2:22 lan\ntwo 2:22 lan');
  });
});

describe('highlights', () => {
  it('marks the name in its own file', () => {
    const { workspace, uri, position } = at(
      '--- lib.lintel\nfirewall f connects lan\n--- main.lintel\nimport "lib.lintel"\nnetwork <|>lan\nfirewall g connects lan',
    );
    expect(
      documentHighlights(workspace, uri, position).map(
        ({ range, kind }) => `${range.start.line}:${range.start.character} ${kind}`,
      ),
    ).toEqual(['1:8 3', '2:20 2']);
  });
});
