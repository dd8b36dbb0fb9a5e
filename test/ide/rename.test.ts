import { describe, expect, it } from 'vitest';
import { readingOf } from '../../server/src/ide/reading/reading.ts';
import { prepareRename, refused, rename } from '../../server/src/ide/rename.ts';
import { placeIn } from '../../server/src/syntax/sourceFile.ts';
import { findingsOf, mainUri, open, show } from '../kit/lintel.ts';
import { applyEdits, at, renamed, slice } from './kit.ts';
import { plant } from './sample.ts';

const prepared = (text: string): string => {
  const { workspace, fixture, uri, position } = at(text);
  const answer = prepareRename(workspace, uri, position);
  return refused(answer)
    ? `refused: ${answer.refusal}`
    : `${slice(fixture.files.get(uri) ?? '', answer.range)} = ${answer.placeholder}`;
};

describe('rename', () => {
  it('renames a thing where it is named, and nothing that only looks alike', () => {
    expect(renamed('host <|>a "a"\nvm b on a note "a"\nnetwork a2', 'esx')).toBe(
      'host esx "a"\nvm b on esx note "a"\nnetwork a2',
    );
  });

  it('puts quotes where they are needed, and takes them where they were', () => {
    expect(renamed('service <|>Mail\nservice Web needs Mail', 'E-mail, office')).toBe(
      'service "E-mail, office"\nservice Web needs "E-mail, office"',
    );
    expect(renamed('service "My M<|>ail"\nservice Web needs "My Mail"', 'Mail')).toBe('service Mail\nservice Web needs Mail');
    expect(renamed('service "M<|>ail"\nservice Web needs Mail', 'Post')).toBe('service "Post"\nservice Web needs Post');
    expect(renamed('vm <|>a\nvm b start-after a', 'os')).toBe('vm "os"\nvm b start-after "os"');
    expect(renamed('vm <|>a', '"x y"')).toBe('vm "x y"');
  });

  it('puts a name in quotes at the head of a path', () => {
    expect(renamed('host <|>a { usb u }\nlicense l { hardkey at a/u }', 'a b')).toBe(
      'host "a b" { usb u }\nlicense l { hardkey at "a b"/u }',
    );
  });

  it('renames the letters of a range and all its uses', () => {
    const text =
      'host e<|>sx[i in 1..3] {\n  nic n\n}\ncluster c hosts esx[1..3]\nvm v on esx2\nvm w[i in 1..2] on esx(i)\nwaive X on esx1.n\nhost esxi';
    expect(prepared(text)).toBe('esx = esx');
    expect(renamed(text, 'node-')).toBe(
      'host node-[i in 1..3] {\n  nic n\n}\ncluster c hosts node-[1..3]\nvm v on node-2\nvm w[i in 1..2] on node-(i)\nwaive X on node-1.n\nhost esxi',
    );
    expect(prepared('host esx[1..3]\nvm v on es<|>x2')).toBe('esx = esx');
    expect(renamed('host esx[1..3]\nvm v on es<|>x2', 'a b')).toMatch(/^refused: Numbers follow/);
  });

  it('refuses what a range names together with others', () => {
    expect(renamed('host <|>a1\nhost a2\ncluster c hosts a[1..2]', 'x')).toBe(
      'refused: a[1..2] names it together with others. Write the names out there, then rename.',
    );
  });

  it('refuses to change what a pattern covers', () => {
    expect(renamed('vm <|>E3-A\nbackup b vms E3-*', 'SQL')).toBe('refused: E3-* in line 2 covers E3-A and would no longer.');
    expect(renamed('vm E3-A\nvm <|>SQL\nbackup b {\n  vms E3-*\n}', 'E3-S')).toBe(
      'refused: E3-* in line 4 would then cover E3-S as well.',
    );
    expect(renamed('vm <|>E3-A\nbackup b vms E3-*', 'E3-B')).toBe('vm E3-B\nbackup b vms E3-*');
  });

  it('renames a child with the profile that declares it and every host that refines it', () => {
    const text =
      'profile p of host {\n  vswitch v uplinks n0 { vmkernel vm<|>k0 }\n  nic n0\n}\nhost a : p {\n  vmk0 mtu 9000\n}\nhost b : p { vmkernel vmk0 mtu 1500 }\nwaive X on a.vmk0';
    expect(renamed(text, 'mgmt')).toBe(
      'profile p of host {\n  vswitch v uplinks n0 { vmkernel mgmt }\n  nic n0\n}\nhost a : p {\n  mgmt mtu 9000\n}\nhost b : p { vmkernel mgmt mtu 1500 }\nwaive X on a.mgmt',
    );
    // A line cannot start with quotes, nor with a word of the language.
    expect(renamed(text, 'my net')).toContain('host a : p {\n  vmkernel "my net" mtu 9000\n}');
    expect(renamed(text, 'disk')).toContain('host a : p {\n  vmkernel "disk" mtu 9000\n}');
    expect(renamed(text, 'rack')).toContain('host a : p {\n  vmkernel "rack" mtu 9000\n}');
  });

  it('renames NICs of hosts that share a profile’s uplinks together', () => {
    const text = 'profile p of host { vswitch v uplinks n }\nhost a : p { nic <|>n }\nhost b : p { nic n }\nhost c { nic n }';
    expect(renamed(text, 'm')).toBe(
      'profile p of host { vswitch v uplinks m }\nhost a : p { nic m }\nhost b : p { nic m }\nhost c { nic n }',
    );
  });

  it('renames a port group on every host', () => {
    const text =
      'host a { vswitch v { portgroup "VM N<|>et" } }\nhost b { vswitch v { portgroup "VM Net" } }\nvm x { nic e on "VM Net" }';
    expect(renamed(text, 'Plant')).toBe(
      'host a { vswitch v { portgroup Plant } }\nhost b { vswitch v { portgroup Plant } }\nvm x { nic e on Plant }',
    );
  });

  it('renames profiles, named values and indexes', () => {
    expect(renamed('profile <|>p of host { memory 1GB }\nprofile q of host : p\nhost a : p, q', 'base')).toBe(
      'profile base of host { memory 1GB }\nprofile q of host : base\nhost a : base, q',
    );
    expect(renamed('let <|>n = 3\nnetwork a vlan n\nhost h[i in 1..2] { unit (n + i) note "{n}" }\nnetwork n', 'base')).toBe(
      'let base = 3\nnetwork a vlan base\nhost h[i in 1..2] { unit (base + i) note "{base}" }\nnetwork n',
    );
    expect(renamed('host h[<|>i in 1..2] { unit (i) note "no {i}" }\nhost g[i in 1..2] { unit (i) }', 'n')).toBe(
      'host h[n in 1..2] { unit (n) note "no {n}" }\nhost g[i in 1..2] { unit (i) }',
    );
  });

  it('refuses names that are taken', () => {
    expect(renamed('host <|>a\nhost b', 'b')).toBe('refused: There is a host "b" already.');
    expect(renamed('host a {\n  nic <|>m\n  nic n\n}', 'n')).toBe('refused: There is a nic "a.n" already.');
    expect(renamed('host a[1..2]\nhost b1\nvm v on <|>a1', 'b')).toBe('refused: There is a host "b1" already.');
    expect(renamed('profile <|>p of host { }\nprofile q of host { }', 'q')).toBe('refused: There is a profile "q" already.');
    expect(renamed('profile p of host { nic <|>a; nic b }', 'b')).toBe('refused: This profile has a nic "b" already.');
    expect(renamed('let <|>a = 1\nlet b = 2', 'b')).toBe('refused: There is a value named "b" already.');
    expect(renamed('host a { vswitch v { portgroup <|>x; portgroup y } }', 'y')).toBe(
      'refused: There is a portgroup "a.v.y" already.',
    );
  });

  it('lets two kinds have one name, unless something could mean both', () => {
    expect(renamed('host a\nvm <|>b', 'a')).toBe('host a\nvm a');
    expect(renamed('host a\nvm <|>b\nlicense l { softkey for b }', 'a')).toBe(
      'refused: There is a host "a", and names here could then mean both.',
    );
    expect(renamed('host a\nvm <|>b\nlicense l { softkey for a }', 'a')).toBe(
      'refused: There is a host "a", and names here could then mean both.',
    );
  });

  it('refuses what has no name of its own', () => {
    expect(prepared('ho<|>st a')).toMatch(/^refused: Put the cursor on a name/);
    expect(prepared('switch s { port 1<|>..4 mtu 9000 }')).toBe('refused: Ports are called by their number.');
    expect(prepared('host "esx{i}<|>.local" {\n}')).toMatch(/^refused: This name is put together/);
    expect(prepared('host a[1..3] { unit (<|>i) }')).toBe(
      'refused: This index has no name of its own. Give it one first: [i in 1..3].',
    );
    expect(prepared('profile p of host { unit (<|>i) }\nhost a[1..3] : p')).toBe(
      'refused: This index belongs to the ranges that use the profile; rename it there.',
    );
    expect(renamed('profile p of host { unit (i) }\nhost a[<|>i in 1..3] : p', 'k')).toBe(
      'refused: Profile p reckons with "i" as well, for everything that uses it.',
    );
    expect(renamed('host <|>a', ' ')).toBe('refused: A name is some text on one line.');
  });

  it('edits every file of every design that has the file', () => {
    const text =
      '--- one.lintel\nimport "lib.lintel"\nfirewall f1 connects lan\n--- two.lintel\nimport "lib.lintel"\nfirewall f2 connects lan\n--- lib.lintel\nnetwork <|>lan\n--- other.lintel\nnetwork lan\nfirewall f connects lan';
    expect(renamed(text, 'office')).toBe(
      text
        .replace('<|>', '')
        .replace(/f(\d) connects lan/g, 'f$1 connects office')
        .replace('lib.lintel\nnetwork lan', 'lib.lintel\nnetwork office'),
    );
  });

  it('breaks nothing: every name of the sample can be renamed, and renamed back', () => {
    const { workspace } = open(plant);
    const project = workspace.designs(mainUri)[0]!.project;
    const language = (text: string): string =>
      show(findingsOf(text, { rules: [] }).filter((finding) => finding.rule !== 'LNT204'));
    expect(language(plant)).toBe('');
    const names: string[] = [];
    for (const state of project.chunks(mainUri)) {
      for (const mark of readingOf(state.chunk, project).marks) {
        if (mark.is !== 'name' && mark.is !== 'profile' && mark.is !== 'let') continue;
        const place = placeIn(state.chunk, mark.start);
        const position = { line: state.line + place.line, character: place.character };
        const before = prepareRename(workspace, mainUri, position);
        const edit = rename(workspace, mainUri, position, 'E3-zz');
        const name = state.chunk.text.slice(mark.start, mark.end);
        if (refused(before) || refused(edit)) {
          names.push(`${name}: refused`);
          continue;
        }
        const text = applyEdits(plant, edit.changes?.[mainUri] ?? []);
        const back = rename(open(text).workspace, mainUri, position, before.placeholder);
        const restored = refused(back) ? back.refusal : applyEdits(text, back.changes?.[mainUri] ?? []);
        names.push(`${name}: ${language(text) || (restored === plant ? 'fine' : restored)}`);
      }
    }
    expect(names.filter((line) => !line.endsWith(': fine'))).toEqual([]);
    expect(names.length).toBeGreaterThan(35);
  });
});
