/** What the language itself says: words, values, names. */
import { describe, expect, test } from 'vitest';
import { findingsOf, mainUri, open, show } from '../kit/lintel.ts';

const shown = (text: string): string => show(findingsOf(text, { rules: [] }));
/** The data of a unit, for what a line came to. */
function data(text: string, id: string): unknown {
  const { workspace } = open(text, { rules: [] });
  for (const holder of workspace.designs(mainUri)[0]?.project.holders(mainUri) ?? []) if (holder.id === id) return holder.data;
  return undefined;
}

describe('one shape', () => {
  test('inline and in a block mean the same', () => {
    const inline = data('network a purpose vmotion vlan 30 subnet 10.4.30.0/24', 'network:a');
    expect(data('network a {\n  purpose vmotion\n  vlan 30\n  subnet 10.4.30.0/24\n}', 'network:a')).toEqual(inline);
    expect(data('network a { purpose vmotion; vlan 30; subnet 10.4.30.0/24 }', 'network:a')).toEqual(inline);
    expect(data('network a purpose vmotion {\n  vlan 30 subnet 10.4.30.0/24\n}', 'network:a')).toEqual(inline);
  });

  test('several entries share a line', () => {
    const apart = data('rack r { feed A from u; feed B from v }\nups u\nups v', 'rack:r');
    expect(data('rack r { feed A from u  feed B from v }\nups u\nups v', 'rack:r')).toEqual(apart);
    expect(data('rack r feed A from u feed B from v\nups u\nups v', 'rack:r')).toEqual(apart);
  });

  test('a word belongs to the innermost property that knows it', () => {
    expect(data('vm a ha restart high vcpu 4', 'vm:a')).toMatchObject({ props: { ha: { restart: 'high' }, vcpu: 4 } });
    expect(data('host h cpu 2 x "Xeon" cores 16 memory 64GB', 'host:h')).toMatchObject({
      props: { cpu: { count: 2, model: 'Xeon', cores: 16 }, memory: 64 * 2 ** 30 },
    });
  });
});

describe('reuse', () => {
  test('what an entry says itself wins; profiles apply left to right; children are refined by name', () => {
    const text =
      'profile a of host { memory 1GB; psu A, B; nic x speed 1Gbps }\nprofile b of host { memory 2GB }\nhost h : a, b { nic x mac 00:50:56:00:00:01 }\nhost k : b, a { memory 3GB }';
    expect(data(text, 'host:h')).toMatchObject({
      props: { memory: 2 * 2 ** 30, psu: ['A', 'B'] },
      children: [{ kind: 'nic', name: 'x', props: { speed: 1e9, mac: '00:50:56:00:00:01' } }],
    });
    expect(data(text, 'host:k')).toMatchObject({ props: { memory: 3 * 2 ** 30 } });
  });

  test('ranges, leading zeros, arithmetic', () => {
    const text =
      'switch sw ports 48\nnetwork n subnet 10.0.0.0/24\nrack r[1..2]\nhost h[i in 08..10] {\n  rack r[i % 2 + 1]\n  nic a port sw/(2 * i)\n  address n.host(10 + i)\n}';
    expect(shown(text)).toBe('');
    expect(data(text, 'host:h09')).toMatchObject({
      props: { rack: { ref: ['r2'] }, address: { network: { ref: ['n'] }, host: 19 } },
      children: [{ props: { port: { ref: ['sw', '18'] } } }],
    });
  });

  test('let names a value', () => {
    expect(data('let ram = 64GB\nlet base = 10\nhost h { memory ram }\nnetwork n vlan (base + 5)', 'host:h')).toMatchObject({
      props: { memory: 64 * 2 ** 30 },
    });
    expect(data('let base = 10\nnetwork n vlan (base + 5)', 'network:n')).toMatchObject({ props: { vlan: 15 } });
  });

  test('a profile problem is told where the profile stands, once', () => {
    expect(shown('profile p of host { memry 1GB }\nhost a : p\nhost b : p')).toBe(
      '1:21-26 LNT101 error: "host" has no property "memry"; did you mean "memory"?',
    );
  });

  test('a finding on a range names its line once and says which members', () => {
    expect(shown('host h[1..6] { rack r9 }')).toBe(
      '1:21-23 LNT201 error: There is no rack "r9" in this design. The same for h2, h3, h4 and 2 more.',
    );
  });
});

describe('words, values and names', () => {
  test('each problem stands on its very token and offers the nearest', () => {
    expect(shown('netwrk a vlan 3')).toBe(
      '1:1-7 LNT101 error: "netwrk" is no word that a line can start with here; did you mean "network"?',
    );
    expect(shown('host h { memory 256 }')).toMatch(/^1:17-20 LNT103 error: .*unit/);
    expect(shown('network a purpose managment')).toMatch(/^1:19-28 LNT103 error: "managment" is not known here/);
    expect(shown('host h { psu }')).toMatch(/^1:10-13 LNT102 error: "psu" needs/);
    expect(shown('portgroup x')).toMatch(/^1:1-10 LNT105 error: "portgroup" stands inside of "vswitch" or "dvswitch"/);
    expect(shown('host h { nic a; nic a }')).toMatch(/^1:21-22 LNT104 error: "h" has a nic "a" already/);
    expect(shown('vm a vcpu 2 vcpu 4')).toBe('1:13-17 LNT108 warning: "vcpu" is said twice in this line; the last one counts.');
  });

  test('a broken value keeps the rest of its line', () => {
    const text = 'network a vlan subnet 10.0.0.0/24';
    expect(shown(text)).toMatch(/^1:11-15 LNT102/);
    expect(data(text, 'network:a')).toMatchObject({ props: { subnet: '10.0.0.0/24' } });
  });

  test('an ambiguous name lists what it could be', () => {
    expect(shown('array a { lun x }\narray b { lun x }\ndatastore d on x')).toBe(
      '3:16-17 LNT202 error: "x" could be a.x (lun) or b.x (lun): write the longer name.',
    );
    expect(shown('array a { lun x }\narray b { lun x }\ndatastore d on a.x')).toBe('');
  });

  test('a switch has the ports that it says', () => {
    expect(
      shown('switch s ports 8 uplink-ports 2 speed 10Gbps\nhost h { nic a port s/9; nic b port s/u2; nic c port s/u3 }'),
    ).toBe(
      '2:21-24 LNT201 error: Switch s has no port 9: it has ports 1 to 8 and u1 to u2.\n2:54-58 LNT201 error: Switch s has no port u3: it has ports 1 to 8 and u1 to u2.',
    );
  });

  test('a word of another hypervisor', () => {
    expect(shown('host h hypervisor hyperv 2022\ncluster c hosts h { evc intel-icelake }\nvm v on h generation 2')).toMatch(
      /^2:25-38 LNT205 warning: "evc" says something about esxi; this runs on hyperv/,
    );
  });

  test('a waiver accepts for a time, and says when it is over', () => {
    const design = (until: string): string => `network a vlan 5000\nwaive NET023 on a until ${until} because "tests"`;
    expect(show(findingsOf(design('2027-01-01')))).toBe('');
    expect(show(findingsOf(design('2026-01-01')))).toMatch(
      /NET023 error[\s\S]*LNT204 warning: This waiver ended on 2026-01-01; NET023 counts again/,
    );
    expect(show(findingsOf('network a vlan 5\nwaive NET023 on a until 2027-01-01 because "tests"'))).toMatch(
      /LNT204 info: There is nothing left to waive/,
    );
  });

  test('a policy changes severities', () => {
    expect(show(findingsOf('network a vlan 5000\npolicy { severity NET023 warning }'))).toMatch(/NET023 warning/);
    expect(show(findingsOf('network a vlan 5000\npolicy { severity NET023 off }'))).toBe('');
  });
});

describe('names and numbers at the edge', () => {
  test('a name in quotes may start a path, a range or an address', () => {
    const text =
      'network "Plant net" subnet 10.0.0.0/24\nswitch "Core 1" ports 8\nhost "esx 1" { usb u1; nic a port "Core 1"/3; address "Plant net".host(5) }\nlicense l { hardkey at "esx 1"/u1 }';
    expect(shown(text)).toBe('');
    expect(data(text, 'host:esx 1')).toMatchObject({ props: { address: { network: { ref: ['Plant net'] }, host: 5 } } });
    expect(data('host "esx "[1..2]', 'host:esx 2')).toBeDefined();
  });

  test('i-1 reckons, whatever its spaces', () => {
    expect(data('host h[1..2] { unit (i-1 + 5) }', 'host:h2')).toMatchObject({ props: { unit: 6 } });
    expect(data('host h[1..2] { unit (i - 1 + 5) }', 'host:h2')).toMatchObject({ props: { unit: 6 } });
  });

  test('children have profiles, too', () => {
    const text = 'profile fast of nic { speed 10Gbps }\nhost h { nic a : fast { mac 00:50:56:00:00:01 } }';
    expect(data(text, 'host:h')).toMatchObject({ children: [{ props: { speed: 1e10, mac: '00:50:56:00:00:01' } }] });
    expect(shown('host h { nic a : fasst }\nprofile fast of nic { speed 10Gbps }')).toMatch(
      /^1:18-23 LNT107 error: There is no profile "fasst"; did you mean "fast"/,
    );
  });
});
