/** The parser is total: whatever comes, a tree comes out, and a broken line spoils that line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseChunk } from '../../server/src/syntax/parse.ts';
import { openSource } from '../../server/src/syntax/sourceFile.ts';

const runs = Number(process.env.LINTEL_FUZZ ?? 250);

const token = fc.constantFrom(
  'host',
  'a',
  'E3-A',
  'in',
  'i',
  '1',
  '10Gbps',
  '8.0u3',
  '10.4.0.0/24',
  'fe80::1',
  '00:11:22:33:44:55',
  '2027-01-31',
  '"x"',
  '"{i',
  '"{i + 1}"',
  '"',
  '"\\',
  '"\\q"',
  '..',
  '.',
  '/',
  ',',
  ':',
  ';',
  '=',
  '+',
  '-',
  '*',
  '%',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '//',
  '///',
  '/*',
  '*/',
  '\n',
  '\n  ',
  '\r\n',
  '\r',
  ' ',
  ' ',
  ' ',
  '\t',
  '\0',
  '\u00A0',
  '\uFEFF',
  '\uD800',
  '😀',
  'é',
  '#',
  '\u2028',
);
const soup = fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(''));
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  soup,
  soup,
);

/** Every object with a start and an end, and the span that must hold it. */
function checkSpans(value: unknown, start: number, end: number): void {
  if (Array.isArray(value)) for (const part of value) checkSpans(part, start, end);
  else if (typeof value === 'object' && value !== null) {
    let [from, to] = [start, end];
    if ('start' in value && 'end' in value) {
      expect(value.start).toBeGreaterThanOrEqual(start);
      expect(value.end).toBeLessThanOrEqual(end);
      expect(value.end).toBeGreaterThanOrEqual(Number(value.start));
      [from, to] = [Number(value.start), Number(value.end)];
    }
    for (const part of Object.values(value)) checkSpans(part, from, to);
  }
}

const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (key === 'start' || key === 'end' || key === 'headEnd' ? undefined : part)),
  );

/** Entries with the place in the whole text where they start. */
function entriesOf(text: string): { readonly at: number; readonly entry: unknown }[] {
  let base = 0;
  return openSource(text).chunks.flatMap((chunk) => {
    const found = chunk.parsed.entries.map((entry) => ({ at: base + entry.start, entry: plain(entry) }));
    base += chunk.text.length;
    return found;
  });
}

describe('any text', () => {
  test('gives a tree, and spans lie inside of the text and of each other', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { entries, comments, problems } = parseChunk(text);
        checkSpans(entries, 0, text.length);
        checkSpans(comments, 0, text.length);
        for (const { start, end, fix } of problems) {
          checkSpans({ start, end }, 0, text.length);
          if (fix) checkSpans(fix.at, 0, text.length);
        }
      }),
      { numRuns: runs * 3 },
    );
  });

  test('entries, terms and comments stand in the order of the text', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { entries, comments } = parseChunk(text);
        let edge = 0;
        for (const entry of entries) {
          expect(entry.start).toBeGreaterThanOrEqual(edge);
          edge = entry.end;
          let inner = entry.word.end;
          for (const term of entry.groups.flat()) {
            expect(term.start).toBeGreaterThanOrEqual(inner);
            inner = term.end;
          }
          if (entry.body) expect(entry.body.start).toBeGreaterThanOrEqual(inner);
        }
        expect(comments.map((comment) => comment.start)).toEqual(
          comments.map((comment) => comment.start).toSorted((a, b) => a - b),
        );
      }),
      { numRuns: runs * 2 },
    );
  });

  test('chunks are the text, cut up', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(
          openSource(text)
            .chunks.map((chunk) => chunk.text)
            .join(''),
        ).toBe(text);
      }),
      { numRuns: runs },
    );
  });
});

describe('a broken line', () => {
  const whole = fc.constantFrom(
    'network admin vlan 10 subnet 10.4.10.0/24\n',
    '/// The first one\nhost esx1 : esxi {\n  memory 256GB // enough\n  nic vmnic0 speed 1Gbps { port sw-a/1 }\n  vswitch v uplinks vmnic0, vmnic1 {\n    portgroup "VM Network"\n  }\n}\n',
    'vm E3-A in scada { os "Windows Server 2022"; vcpu 4 }\n\n',
    '// a comment\nlink esx1.vmnic0 to sw-a/1\n',
    '/* a block */ cluster c hosts esx[1..3]\n',
    'service "x" {\n\n  servers a,\n    b,\n    c\n}\n',
  );
  const design = fc.array(whole, { minLength: 1, maxLength: 6 });
  const junk = fc
    .oneof(soup, fc.string({ unit: 'binary', maxLength: 40 }))
    .map((text) => text.replaceAll(/[\r\n]/g, ' '))
    .filter((text) => !/^\s*\/\/\//.test(text));

  test('in the first column costs no other entry', () => {
    fc.assert(
      fc.property(design, fc.nat(6), junk, (parts, where, line) => {
        // A line with a sign in the first column; what is indented belongs to the entry above, see below.
        const broken = `x${line}\n`;
        const at = where % (parts.length + 1);
        const before = parts.slice(0, at).join('');
        const after = parts.slice(at).join('');
        const inside = (place: number): boolean => place >= before.length && place < before.length + broken.length;
        const found = entriesOf(before + broken + after).filter(({ at: place }) => !inside(place));
        expect(found.map(({ entry }) => entry)).toEqual(entriesOf(before + after).map(({ entry }) => entry));
      }),
      { numRuns: runs * 2 },
    );
  });

  test('that ends with a stray comma draws nothing in', () => {
    const words = (text: string): readonly string[] =>
      entriesOf(text).map(({ entry }) => (entry as { word: { text: string } }).word.text);
    expect(words('x}{,\nnetwork admin vlan 10\n')).toEqual(['x', 'network']);
    expect(words('x,\n/// The first one\nhost esx1 {\n}\n')).toEqual(['x', 'host']);
    // A list that goes on in the first column stays one.
    expect(words('service "x" servers a,\nb,\n"c d"\nvm y\n')).toEqual(['service', 'vm']);
  });

  test('inside of a block costs no other entry of the design', () => {
    fc.assert(
      fc.property(design, fc.nat(6), fc.nat(20), junk, (parts, where, which, line) => {
        const at = where % parts.length;
        const lines = (parts[at] ?? '').split('\n');
        const indented = lines.flatMap((text, k) => (text.startsWith('  ') ? [k] : []));
        fc.pre(indented.length > 0);
        lines[indented[which % indented.length] ?? 0] = `  ${line}`;
        const others = (list: readonly string[]): unknown[] => list.flatMap((part) => entriesOf(part).map(({ entry }) => entry));
        const [before, after] = [parts.slice(0, at), parts.slice(at + 1)];
        const found = entriesOf([...before, lines.join('\n'), ...after].join('')).map(({ entry }) => entry);
        const [head, tail] = [others(before), others(after)];
        expect(found.slice(0, head.length)).toEqual(head);
        expect(tail.length === 0 ? [] : found.slice(-tail.length)).toEqual(tail);
      }),
      { numRuns: runs * 2 },
    );
  });

  test('without braces costs no other line of its block', () => {
    const tame = junk.map((text) => text.replaceAll(/[{}(),]|\/\*|\*\//g, ' ')).filter((text) => !/^\s*\/\/\//.test(text));
    fc.assert(
      fc.property(tame, fc.nat(3), (line, where) => {
        const lines = ['  memory 256GB', '  nic vmnic0 speed 1Gbps', '  vswitch v uplinks vmnic0, vmnic1', '  psu A, B'];
        const body = (list: readonly string[]): string => `host a {\n${list.join('\n')}\n}\n`;
        const bodyOf = (text: string): readonly unknown[] =>
          openSource(text).chunks[0]?.parsed.entries[0]?.body?.entries.map(plain) ?? [];
        const before = bodyOf(body(lines));
        const found = bodyOf(body([...lines.slice(0, where), `  ${line}`, ...lines.slice(where)]));
        expect(found.slice(0, where)).toEqual(before.slice(0, where));
        expect(where === lines.length ? [] : found.slice(where - lines.length)).toEqual(before.slice(where));
      }),
      { numRuns: runs },
    );
  });
});

describe('continued lists', () => {
  test('go on below each other, whatever follows the last value', () => {
    const { entries, problems } = parseChunk('host a {\n  members b,\n    c,\n    d speed 1Gbps {\n    x 1\n  }\n}\n');
    expect(problems).toEqual([]);
    expect(entries[0]?.body?.entries[0]?.groups.map((group) => group.length)).toEqual([3, 1, 1]);
  });

  test('stop at a line that starts an entry of its own', () => {
    const { entries, problems } = parseChunk('host a {\n  members b,\n    c,\n  vlan 3\n}\n');
    expect(entries[0]?.body?.entries.map((entry) => entry.word.text)).toEqual(['members', 'vlan']);
    expect(problems.map((problem) => problem.code)).toEqual(['LNT001']);
  });
});

describe('`///` lines', () => {
  const docs = (text: string): (string | undefined)[] =>
    openSource(text).chunks.flatMap((chunk) => chunk.parsed.entries.map((entry) => entry.doc));

  test('belong to what stands directly below', () => {
    expect(docs('/// one\n/// two\nhost a\n/// apart\n\nhost b\n')).toEqual(['one\ntwo', undefined]);
  });

  test('behind an entry they belong to nothing', () => {
    expect(docs('host a /// not of b\nhost b\n')).toEqual([undefined, undefined]);
    expect(parseChunk('host a {\n  vlan 1 /// not of mtu\n  mtu 9000\n}\n').entries[0]?.body?.entries[1]?.doc).toBeUndefined();
  });

  test('a byte order mark or a comment in front parts nothing', () => {
    expect(docs('\uFEFF/// one\nhost a\n')).toEqual(['one']);
    expect(openSource('/* x */ host a\nhost b\n').chunks).toHaveLength(2);
  });
});

describe('in finite time and on a finite stack', () => {
  const fill = (text: string, size = 300_000): string => text.repeat(Math.floor(size / text.length));
  test.each<[string, string]>([
    ['braces', fill('{')],
    ['closing braces', fill('}')],
    ['nested blocks', fill('a {')],
    ['parentheses', `host ${fill('(')}`],
    ['brackets', `host a${fill('[(')}`],
    ['parentheses in a text', `host "{${fill('(')}1}"`],
    ['braces in a text', `host "${fill('{')}"`],
    ['one line of words, a megabyte', `host ${fill('a ', 999_000)}`],
    ['one line of blocks', `host {${fill('a {b 1};')}}`],
    ['one text', `host "${fill('x')}"`],
    ['a path', `host a${fill('.a')}`],
    ['a sum', `host (1${fill('+1')})`],
    ['hexadecimal groups', `host ${fill('aaaa:')}`],
    ['a long list', `host ${fill('a,\n  ')}b`],
    ['blocks in a block', `host a {\n${fill('  b {\n  }\n')}}\n`],
    ['documented entries', `host a {\n${fill('  /// d\n  b 1\n')}}\n`],
    ['blocks left open', fill('host a {\n')],
    ['comments left open', fill('/* a\n')],
    ['a long comment', `/*${fill('x\n')}*/`],
    ['NUL', fill('\0')],
    ['more than a megabyte', fill('host a ', 1_200_000)],
  ])('%s', (_name, text) => {
    // What is more than proportional to the text does not end within the time that a test has.
    const { chunks } = openSource(text);
    expect(chunks.reduce((length, chunk) => length + chunk.text.length, 0)).toBe(text.length);
    for (const chunk of chunks) expect(chunk.parsed.problems.length).toBeGreaterThanOrEqual(0);
  });
});
