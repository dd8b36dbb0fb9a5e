/** What holds for every design, whole or broken: formatting is a fixed point, changes no meaning, and loses nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutOf } from '../../server/src/syntax/format/chunk.ts';
import { commentWords } from '../../server/src/syntax/format/same.ts';
import { formatEdits, formatRange, formatText } from '../../server/src/syntax/format.ts';
import { locate, openSource, type Place, type SourceFile, textOf } from '../../server/src/syntax/sourceFile.ts';

const runs = Number(process.env.LINTEL_FUZZ ?? 400);

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
    { weight: 1, arbitrary: pick('', '  ', '    ', '\t') },
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
const design = fc
  .tuple(many(item(0), 9), fc.nat(12), pick('', '', '', '\uFEFF', 'end', '  '))
  .map(([text, kind, edge]) => eol(edge === '\uFEFF' ? edge + text : edge === 'end' ? text.trimEnd() : text + edge, kind));
/** And designs in the middle of typing. */
const broken = fc
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

const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (key === 'start' || key === 'end' || key === 'headEnd' ? undefined : part)),
  );
const meaning = (file: SourceFile): unknown => plain(file.chunks.flatMap((chunk) => chunk.parsed.entries));

/** Each comment with the signs of the design that stand before it, and whether any of them stands on its line. */
function commentsOf(file: SourceFile): unknown[] {
  let signs = 0;
  return file.chunks.flatMap((chunk) => {
    let at = 0;
    const count = (stop: number): void => {
      signs += chunk.text.slice(at, stop).replaceAll(/[\s;]/g, '').length;
    };
    const found = chunk.parsed.comments.map((comment) => {
      count(comment.start);
      at = comment.end;
      const front =
        chunk.text
          .slice(0, comment.start)
          .split(/[\r\n]/)
          .at(-1) ?? '';
      return {
        text: commentWords(comment, chunk.text),
        signs,
        behind: comment.kind === 'block' ? undefined : /[^\s;]/.test(front),
      };
    });
    count(chunk.text.length);
    return found;
  });
}

/** The text with all edits applied at once, as an editor does it. */
function applied(file: SourceFile): string {
  let text = textOf(file);
  const offset = (place: Place): number => {
    const { chunk, offset: own } = locate(file, place);
    return file.chunks.slice(0, chunk).reduce((sum, { text: before }) => sum + before.length, own);
  };
  let below = text.length;
  for (const { range, newText } of formatEdits(file).toReversed()) {
    const [start, end] = [offset(range.start), offset(range.end)];
    expect(end).toBeLessThanOrEqual(below);
    text = text.slice(0, start) + newText + text.slice(end);
    below = start;
  }
  return text;
}

describe.each([
  ['whole', design],
  ['broken', broken],
] as const)('%s designs', (kind, arbitrary) => {
  test('formatting is a fixed point', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const once = formatText(text);
        expect(formatText(once)).toBe(once);
      }),
      { numRuns: runs },
    );
  });

  test('formatting changes neither meaning nor comments', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const before = openSource(text);
        const after = openSource(formatText(text));
        expect(meaning(after)).toEqual(meaning(before));
        expect(commentsOf(after)).toEqual(commentsOf(before));
      }),
      { numRuns: runs },
    );
  });

  test('chunks with problems stay as they are, all others are formatted', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const file = openSource(text);
        const after = formatText(text);
        let at = 0;
        for (const chunk of file.chunks) {
          if (chunk.parsed.problems.length > 0) {
            const found = after.indexOf(chunk.text, at);
            expect(found).toBeGreaterThanOrEqual(at);
            at = found + chunk.text.length;
          } else {
            // The guard against changes of meaning is never needed, except for a list under a comment that ends further right.
            if (layoutOf(chunk).rows === undefined) expect(chunk.text).toMatch(/\/\*[^/]*[\r\n][^/]*\*\/[^\r\n]*,/);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  test('edits give the formatted text', () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(30), fc.nat(10), (text, first, count) => {
        const file = openSource(text);
        expect(applied(file)).toBe(formatText(text));
        const all = formatEdits(file);
        for (const edit of formatRange(file, first, first + count)) expect(all).toContainEqual(edit);
      }),
      { numRuns: runs },
    );
  });

  if (kind === 'whole') {
    test('no trailing spaces, no two blank lines, one line end at the end', () => {
      fc.assert(
        fc.property(arbitrary, (text) => {
          const file = openSource(text);
          fc.pre(file.chunks.every((chunk) => layoutOf(chunk).rows !== undefined));
          const after = formatText(text).replace('\uFEFF', '').replaceAll('\r\n', '\n');
          expect(after).not.toMatch(/[ \t]\n|\n\n\n|^\n|\n\n$|\r/);
          expect(after === '' || after.endsWith('\n')).toBe(true);
        }),
        { numRuns: runs },
      );
    });
  }
});
