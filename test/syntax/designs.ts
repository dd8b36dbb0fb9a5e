/** Designs for property tests: every way to write an entry, comments in odd places, all line ends. */
import fc from 'fast-check';

const pick = (...texts: string[]) => fc.constantFrom(...texts);
const join = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''));
const many = (part: fc.Arbitrary<string>, size: number) => fc.array(part, { maxLength: size }).map((texts) => texts.join(''));

const name = pick('esx1', 'vmnic0', 'plant', 'vlan', 'subnet', 'purpose', 'vmotion', 'on', 'a', 'E3-A', 'größe');
const word = pick('network', 'network', 'nic', 'nic', 'vlan', 'subnet', 'memory', 'vm', 'disk', 'host');
const value = fc.oneof(
  name,
  name,
  pick(
    '10',
    '10.4.10.0/24',
    '512GB',
    '8.0u3',
    '2s..30s',
    '100 .. 120',
    '100-120',
    '"VM Network"',
    '"a // b"',
    '"{i + 1} x"',
    '"x{"',
    '2027-01-31',
    '00:11:22:33:44:55',
    'fe80::1',
    'esx[1..16]',
    'esx[ i  in 01 .. 16 ]',
    'sw-a/(10+i)',
    '(2*( 1 +i))',
    'admin.host( 10 + i )',
    'E3-*',
    'esx[1,3 ..4].vmnic0',
    'a[1 /* in */ ..2]',
    'sw-a/u1',
    '=',
    '"ein sehr langer Name, der Platz braucht"',
  ),
);
const block = pick('/* c */', '/**/', '/* two\n   lines */', '/*\n * star\n   * star\n */', '/* ; { */');
const line = pick('// note', '// note  ', '//', '// a { b ; "');
const doc = pick('/// doc', '///', '/// more  ');
const space = fc.oneof(
  { weight: 12, arbitrary: pick(' ', ' ', '  ', '   ', '\t') },
  { weight: 1, arbitrary: join(pick(' ', ''), block, pick(' ', '  ')) },
);
const end = pick('\n', '\n', '\n', '\n\n', '\n\n\n', '\n  \n');
const comma = fc.oneof(
  { weight: 6, arbitrary: pick(',', ', ', ' , ') },
  { weight: 2, arbitrary: pick(',\n      ', ',\n\n        ') },
  {
    weight: 1,
    arbitrary: join(
      pick(
        ', // why\n      ',
        ',\n    // why\n       ',
        ', /* b */ ',
        ' /* b */, ',
        ',\n      /* b */ ',
        ', /* b */\n          ',
        ', /// d\n        ',
      ),
    ),
  },
);
const group = fc
  .tuple(
    value,
    fc.oneof(
      { weight: 5, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.tuple(comma, value), { minLength: 1, maxLength: 7 }) },
    ),
  )
  .map(([first, more]) => first + more.flat().join(''));
const head = fc
  .tuple(
    word,
    fc.array(fc.tuple(space, group), { maxLength: 5 }),
    fc.option(fc.tuple(pick(' : ', ':', '  :  ', ' /* p */ : '), group), { freq: 6 }),
    fc.array(fc.tuple(space, group), { maxLength: 1 }),
  )
  .map(
    ([first, groups, profiles, more]) =>
      first + groups.flat().join('') + (profiles ? profiles.join('') + more.flat().join('') : ''),
  );

/** A body on one line. */
const inline: fc.Arbitrary<string> = fc.letrec<{ body: string; entry: string }>((tie) => ({
  body: fc
    .tuple(
      pick('{', '{ '),
      fc.array(fc.tuple(tie('entry'), pick('; ', ';', ' ; ', '; /* s */ ', ' /* s */; ')), { maxLength: 3 }),
      fc.boolean(),
      pick(' }', '}', ' /* e */ }'),
    )
    .map(
      ([open, list, last, close]) =>
        open + list.map(([entry, sep], at) => entry + (last && at === list.length - 1 ? '' : sep)).join('') + close,
    ),
  entry: fc.oneof(
    { depthSize: 'small' },
    head.map((text) => text.replaceAll(/\n|\/\/.*/g, ' ')),
    join(
      head.map((text) => text.replaceAll(/\n|\/\/.*/g, ' ')),
      pick(' ', ''),
      tie('body'),
    ),
  ),
})).body;

const item = (depth: number): fc.Arbitrary<string> => {
  const margin = fc.oneof(
    { weight: 3, arbitrary: fc.constant('  '.repeat(depth)) },
    { weight: 1, arbitrary: pick('', '  ', '    ', '\t', '\u00A0') },
  );
  const after = fc.oneof(
    { weight: 6, arbitrary: end },
    { weight: 1, arbitrary: join(pick(' ', '', ' ; ', ';  '), fc.oneof(line, doc, block, join(block, pick(' '), line)), end) },
    { weight: 1, arbitrary: pick(';\n', ' ;;\n', '; \n;\n\n') },
  );
  const semicolon = join(pick('; ', ';', ' ; /* b */ '), head);
  const entry = fc.oneof(
    { weight: 6, arbitrary: join(margin, head, after) },
    { weight: 1, arbitrary: join(margin, head, semicolon, after) },
    { weight: 1, arbitrary: join(margin, block, pick(' ', '\n'), head, after) },
    { weight: 2, arbitrary: join(margin, head, pick(' ', ''), inline, after) },
  );
  const comment = join(margin, fc.oneof(line, doc, doc, block, join(block, pick(' '), block), join(block, pick(' '), doc)), end);
  if (depth >= 3) return fc.oneof({ weight: 4, arbitrary: entry }, { weight: 1, arbitrary: comment });
  const nested = join(
    margin,
    head,
    pick(' ', '', ' /* o */ '),
    pick('{'),
    pick('\n', '\n', ' // open\n', ' /* x */\n', '\n\n', ' /// d\n', ' '),
    many(
      fc.constant(0).chain(() => item(depth + 1)),
      5,
    ),
    fc.constant('  '.repeat(depth)),
    pick('}', '}', '}', '/* z */ }'),
    after,
  );
  return fc.oneof(
    { weight: 5, arbitrary: entry },
    { weight: 2, arbitrary: comment },
    { weight: 2, arbitrary: nested },
    { weight: 1, arbitrary: pick(';\n', '\n', ';\n\n', '\u00A0\n') },
  );
};

const eol = (text: string, kind: number): string =>
  kind === 0
    ? text.replaceAll('\n', '\r\n')
    : kind === 1
      ? text.replace('\n', '\r\n')
      : kind === 2
        ? text.replaceAll('\n', '\r')
        : text;
/** Designs that are mostly whole. */
export const design = fc
  .tuple(many(item(0), 9), fc.nat(12), pick('', '', '', '\uFEFF', 'end', '  '))
  .map(([text, kind, edge]) => eol(edge === '\uFEFF' ? edge + text : edge === 'end' ? text.trimEnd() : text + edge, kind));
/** And designs in the middle of typing. */
export const broken = fc
  .tuple(
    design,
    fc.array(fc.tuple(fc.nat(), pick('{', '}', '"', '/*', '*/', ',', ':', '[', '(', '\n', ';', '///', ' ', '#', '\u00A0', '')), {
      maxLength: 3,
    }),
  )
  .map(([text, cuts]) => {
    let out = text;
    for (const [where, insert] of cuts) {
      const at = out.length === 0 ? 0 : where % (out.length + 1);
      out = out.slice(0, at) + insert + out.slice(insert === '' ? at + 2 : at);
    }
    return out;
  });
