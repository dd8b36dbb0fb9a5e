import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsQuotes, quoteName, quoteString } from '../../server/src/values/name.ts';
import { nearest } from '../../server/src/values/suggest.ts';

describe('names', () => {
  it('quotes what the lexer would not take plain', () => {
    expect(['vSwitch0', 'esx-01', '_x', 'a'].filter(needsQuotes)).toEqual([]);
    const quoted = ['', '1a', 'a-', '-a', 'VM Network', 'a.b', 'é', 'a\n', 'a"b'];
    expect(quoted.filter(needsQuotes)).toEqual(quoted);
    expect(quoteName('vmnic0')).toBe('vmnic0');
    expect(quoteName('VM Network')).toBe('"VM Network"');
  });

  it('escapes so that unescaping gives the text back on one line', () => {
    expect(quoteString('a "b" \\ {i}\n')).toBe('"a \\"b\\" \\\\ \\{i}\\n"');
    const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const literal = quoteString(text);
        expect(literal).not.toMatch(/[\n\r]/);
        expect(literal.slice(1, -1).replace(/\\(.)/gsu, (_, escaped: string) => named[escaped] ?? escaped)).toBe(text);
      }),
    );
  });
});

describe('nearest', () => {
  const words = ['portgroup', 'vswitch', 'dvswitch', 'vmkernel', 'vm', 'vdi', 'datastore', 'nic', 'host', 'hosts', 'rack'];
  it.each([
    ['porgroup', ['portgroup']],
    ['PORTGROUP', ['portgroup']],
    ['port', ['portgroup']],
    ['vswich', ['vswitch', 'dvswitch']],
    ['data', ['datastore']],
    ['hots', ['host', 'hosts']],
    ['xyzzy', []],
    ['q', []],
    ['', []],
  ])('%s → %j', (word, expected) => {
    expect(nearest(word, words)).toEqual(expected);
  });

  it('gives at most as many as asked, of the candidates, without repeats, whatever it gets', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'binary' })),
        fc.nat({ max: 5 }),
        (word, candidates, max) => {
          const found = nearest(word, candidates, max);
          expect(found.length).toBeLessThanOrEqual(max);
          expect(new Set(found).size).toBe(found.length);
          expect(found.every((each) => candidates.includes(each))).toBe(true);
        },
      ),
    );
  });
});
