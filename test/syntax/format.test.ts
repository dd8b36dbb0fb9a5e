/** How a design looks when it is formatted: one before and after for each point of the style. */
import { describe, expect, test } from 'vitest';
import { formatText } from '../../server/src/syntax/format.ts';

/** Lines as an array, so that indentation and blank lines are seen for what they are. */
const formatted = (...lines: string[]): string[] =>
  formatText(`${lines.join('\n')}\n`)
    .split('\n')
    .slice(0, -1);
const unchanged = (...lines: string[]): void => expect(formatted(...lines)).toEqual(lines);

describe('blocks', () => {
  test('two spaces a block, braces where they belong', () => {
    expect(
      formatted(
        'host esx1{',
        '    memory 256GB',
        '\tvswitch v',
        '  vswitch w uplinks vmnic0   {',
        ' portgroup "P" on plant}',
        '}',
      ),
    ).toEqual([
      'host esx1 {',
      '  memory  256GB',
      '  vswitch v',
      '  vswitch w uplinks vmnic0 {',
      '    portgroup "P" on plant',
      '  }',
      '}',
    ]);
  });

  test('one line stays one line while it fits', () => {
    expect(formatted('rack r1 units 42 {feed A from ups-a;feed B from ups-b;}')).toEqual([
      'rack r1 units 42 { feed A from ups-a; feed B from ups-b }',
    ]);
    unchanged('vm a { disk d { size 1GB; on ds }; ha high }');
    unchanged('host a {}', 'host b {', '}');
    const long = 'a-rather-long-value another-rather-long-value a-third-rather-long-value';
    expect(formatted(`host a { memory ${long}; cpu 2; nic n { speed 1Gbps } }`)).toEqual([
      'host a {',
      `  memory ${long}`,
      '  cpu    2',
      '  nic n { speed 1Gbps }',
      '}',
    ]);
  });

  test('several lines stay several lines', () => {
    unchanged('vm a {', '  vcpu 4', '}');
  });

  test('semicolons part entries on one line only', () => {
    expect(formatted('vlan 3; mtu 9000;', ';', 'host a {', '  x 1;', '  y 2; z 3', '}')).toEqual([
      'vlan 3',
      'mtu 9000',
      'host a {',
      '  x 1',
      '  y 2',
      '  z 3',
      '}',
    ]);
  });

  test('entries of the file start in the first column', () => {
    expect(formatted('  host a', '    host b {', '      x 1', '    }')).toEqual(['host a', 'host b {', '  x 1', '}']);
  });
});

describe('spaces', () => {
  test('one between values, around operators and behind commas; none in ranges', () => {
    expect(formatted('host  esx[ i  in 01 .. 16 ]:esxi ,  base   rack r[i%2]')).toEqual([
      'host esx[i in 01..16] : esxi, base rack r[i % 2]',
    ]);
    expect(formatted('x sw-a/u(1+i)  (10+ i*( 2 -1 ))  2s .. 30s  a[1,3 ..4].b')).toEqual([
      'x sw-a/u(1 + i) (10 + i * (2 - 1)) 2s..30s a[1, 3..4].b',
    ]);
    expect(formatted('let n=5', '', 'host a:b')).toEqual(['let n = 5', '', 'host a : b']);
  });

  test('texts and numbers as written', () => {
    unchanged('x "a  //  b" 1.92TB', '', 'y "{i+1}  {GUID}" 007 8.0u3 99.95%');
  });

  test('no spaces at the end of a line, one blank line at most, one line end at the end', () => {
    expect(formatText('\n\nhost a  \n\n\n\nhost b {   \n\n  x 1\n\n\n  y 2\n\n}\n\n\n')).toBe(
      'host a\n\nhost b {\n  x 1\n\n  y 2\n}\n',
    );
    expect(formatText('host a')).toBe('host a\n');
    expect(formatText('')).toBe('');
    expect(formatText('\n \n')).toBe('');
  });

  test('CRLF where most lines have it', () => {
    expect(formatText('host a\r\nhost  b\r\nhost c\n')).toBe('host a\r\nhost b\r\nhost c\r\n');
    expect(formatText('host a\r\nhost  b\nhost c\n')).toBe('host a\nhost b\nhost c\n');
    expect(formatText('/* a\r\n b */\r\nhost a')).toBe('/* a\r\n b */\r\nhost a\r\n');
  });
});

describe('lists', () => {
  test('are joined when they fit', () => {
    expect(formatted('cluster c hosts a,', '    b,', '  d  ha yes')).toEqual(['cluster c hosts a, b, d ha yes']);
  });

  test('go on below, four further in, when they do not', () => {
    const hosts = Array.from({ length: 20 }, (_, at) => `esx-host-${at + 10}`);
    const lines = formatted('site s {', `  cluster c hosts ${hosts.join(', ')} ha yes {`, '    drs manual', '  }', '}');
    expect(lines).toEqual([
      'site s {',
      `  cluster c hosts ${hosts.slice(0, 7).join(', ')},`,
      `      ${hosts.slice(7, 15).join(', ')},`,
      `      ${hosts.slice(15).join(', ')} ha yes {`,
      '    drs manual',
      '  }',
      '}',
    ]);
    unchanged(...lines);
  });

  test('keep the lines that comments need', () => {
    expect(formatted('members a, // the first', '  b,', ' // about d', '  d,e')).toEqual([
      'members a,  // the first',
      '    b,',
      '    // about d',
      '    d, e',
    ]);
    expect(formatted('members a, /* not */ b')).toEqual(['members a, /* not */ b']);
  });
});

describe('columns', () => {
  test('one-line entries of the same word, across chunks', () => {
    expect(
      formatted(
        'network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1',
        'network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000',
        'network migration purpose vmotion vlan 130 subnet 10.4.130.0/24',
      ),
    ).toEqual([
      'network admin     purpose management vlan 10  subnet 10.4.10.0/24 gateway 10.4.10.1',
      'network san       purpose iscsi      vlan 20  subnet 10.4.20.0/24 mtu 9000',
      'network migration purpose vmotion    vlan 130 subnet 10.4.130.0/24',
    ]);
  });

  test('set off by two where the author did so in every row', () => {
    unchanged('switch a   ports 48  psu 2', 'switch bb  ports 8   psu 2');
    expect(formatted('switch a   ports 48  psu 2', 'switch bb ports 8  psu 2')).toEqual([
      'switch a  ports 48  psu 2',
      'switch bb ports 8   psu 2',
    ]);
  });

  test('properties in their second column', () => {
    expect(formatted('network v {', '  purpose vmotion', '  vlan 30', '  tagged', '  subnet 10.4.30.0/24', '}')).toEqual([
      'network v {',
      '  purpose vmotion',
      '  vlan    30',
      '  tagged',
      '  subnet  10.4.30.0/24',
      '}',
    ]);
  });

  test('a run of one word parts the properties around it', () => {
    unchanged(
      'host a {',
      '  memory 256GB',
      '  psu    A, B',
      '  nic vmnic[0..3] speed 10Gbps',
      '  nic vmnic4      speed 1Gbps',
      '  cpu 2 x "Xeon"',
      '}',
    );
  });

  test('end where the rows differ in shape', () => {
    unchanged('disk 120GB on ds-vm', 'disk 1TB   purpose data on ds-data', 'disk 80GB  on ds-log purpose log');
  });

  test('bodies on one line are a column', () => {
    unchanged('license e3-a   { product "E3"; hardkey at keys/1 }', 'license e3-bcd { product "E3" }');
  });

  test('blank lines, comments and blocks part them', () => {
    unchanged(
      'nic a speed 1Gbps',
      '',
      'nic bcd speed 1Gbps',
      '// note',
      'nic ef speed 1Gbps',
      'nic g {',
      '  speed 1Gbps',
      '}',
      'nic hij speed 1Gbps',
    );
  });

  test('entries with different words at the top of the file are no table', () => {
    unchanged('site a', 'datastore b', 'vm c in d');
  });

  test('are given up where they would tear the rows apart or push them too far', () => {
    const wide = 'y'.repeat(50);
    unchanged(`x "${wide}" z 1`, 'x "a" z 1', 'x "b" z 1');
    const row = (size: number): string => `x "${'y'.repeat(size)}" z ${'1'.repeat(105 - size)}`;
    unchanged(row(70), row(35));
    unchanged('host a {', `  note "${wide}${wide}"  // one`, '  x    1  // two', '}');
  });
});

describe('comments', () => {
  test('trail by two spaces, in a column below each other', () => {
    expect(formatted('host a {// open', ' vlan 30 // one', ' mtu 9000// two', ' x 1', '}    /* shut */')).toEqual([
      'host a {  // open',
      '  vlan 30    // one',
      '  mtu  9000  // two',
      '  x    1',
      '}  /* shut */',
    ]);
  });

  test('stand in front of what they stood in front of', () => {
    expect(
      formatted(
        '// top',
        'host a {',
        '// in',
        '    /// doc',
        '  x 1',
        '      // last',
        '}',
        '  // still about a',
        '// about b',
        'host b /* mid */ rack r1 /* end */ {',
        ' y 2',
        '}',
      ),
    ).toEqual([
      '// top',
      'host a {',
      '  // in',
      '  /// doc',
      '  x 1',
      '  // last',
      '}',
      '  // still about a',
      '// about b',
      'host b /* mid */ rack r1 /* end */ {',
      '  y 2',
      '}',
    ]);
  });

  test('over several lines move as one when they have stars, and not otherwise', () => {
    expect(formatted('host a {', '/*', '* b', '*/', '      /* c', '   d */', 'x 1', '}')).toEqual([
      'host a {',
      '  /*',
      '   * b',
      '   */',
      '  /* c',
      '   d */',
      '  x 1',
      '}',
    ]);
  });

  test('a `///` line that belongs to nothing does not come to belong to something', () => {
    expect(formatted('/// doc', ';', 'host a')).toEqual(['/// doc', '', 'host a']);
    unchanged('/// doc', '', 'host a', '  /// of nothing', 'host b');
  });
});

describe('broken text', () => {
  test('stays as it is, chunk by chunk', () => {
    const broken = ['host  b {', '    memory   256GB ]', '', '', '  x "', '}'];
    expect(formatted('host  a', ...broken, 'host  c')).toEqual(['host a', ...broken, 'host c']);
    expect(formatted('nic a speed 1', 'nic  = [', 'nic bcd speed 1')).toEqual(['nic a speed 1', 'nic  = [', 'nic bcd speed 1']);
  });
});

test('10,000 lines, formatted twice, stay as they are', () => {
  const part =
    'network n purpose production vlan 3  subnet 10.4.3.0/24\n\n/// doc\nhost h : esxi {\n vlan 30\n    memory 256GB // c\n  nic vmnic0 speed 1Gbps port sw-a/(10+i)\n  nic vmnic10 speed 10Gbps port sw-b/(10+i)\n  members a, b, c\n}\n';
  const once = formatText(part.repeat(1000));
  expect(formatText(once)).toBe(once);
  expect(once.split('\n').length).toBeGreaterThan(10_000);
});
