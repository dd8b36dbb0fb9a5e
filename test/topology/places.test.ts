import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placesUri } from '../../server/src/lsp/protocol.ts';
import {
  largestPlaces,
  mostStrays,
  PlacesProblem,
  placedIds,
  placesBeside,
  placesIn,
  withNames,
  withoutView,
  withPlace,
} from '../../server/src/topology/places.ts';

const put = (text: string, view: string, id: string, x: number, y: number): string => withPlace(text, { view, id, at: { x, y } });
const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

const name = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    'esx1',
    'VM Network',
    '',
    'x',
    '/',
    'a/b',
    'a"b',
    'c\\',
    '{1}',
    'a\nb',
    '\u2028',
    '__proto__',
    '# x',
    '<<<<<<<',
  ),
);
const id = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom('host', 'vm', 'vswitch', 'x'), name), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([kind, own]) => `${kind}:${own}`).join('/')),
  name,
);
const entry = fc.record({
  view: fc.constantFrom('overview', 'network', 'storage'),
  id,
  x: fc.integer({ min: 0, max: 1_000_000 }),
  y: fc.integer({ min: 0, max: 1_000_000 }),
});

describe('the file of places', () => {
  test('is read by people: a heading, then one line for each box, in the words of the design and sorted', () => {
    let text = put('', 'overview', 'host:esx1/vswitch:VM Network', 12.4, 30);
    text = put(text, 'network', 'switch:sw-a', 0, 8);
    text = put(text, 'overview', 'host:esx1', 100, 0);
    expect(text.startsWith('# ')).toBe(true);
    expect(lines(text)).toEqual([
      'network  switch sw-a  x 0  y 8',
      'overview  host esx1  x 100  y 0',
      'overview  host esx1 / vswitch "VM Network"  x 12  y 30',
    ]);
  });

  test('stands beside the root file of the design, and is not taken for a design; the client says the same', () => {
    expect(placesBeside('file:///a/plant.lintel')).toBe('file:///a/plant.lintel-places');
    expect(placesBeside('/a.lintel/plant.lintel').endsWith('.lintel')).toBe(false);
    for (const root of ['file:///a/plant.lintel', 'untitled:x', '/a.lintel/b.lintel'])
      expect(placesUri(root)).toBe(placesBeside(root));
  });

  test('gives back every place that was put in, whatever things are called', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        let text = '';
        const wanted = new Map<string, Map<string, { x: number; y: number }>>();
        for (const { view, id: own, x, y } of entries) {
          text = put(text, view, own, x, y);
          const known = wanted.get(view) ?? new Map<string, { x: number; y: number }>();
          wanted.set(view, known.set(own, { x, y }));
        }
        for (const view of ['overview', 'network', 'storage'])
          expect(new Map(placesIn(text, view))).toEqual(wanted.get(view) ?? new Map());
        expect(lines(text)).toHaveLength([...wanted.values()].reduce((sum, ids) => sum + ids.size, 0));
      }),
    );
  });

  test('does not depend on the order in which boxes were dragged', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { maxLength: 8, selector: (one) => `${one.view} ${one.id}` }), (entries) => {
        const drag = (all: typeof entries): string => all.reduce((text, one) => put(text, one.view, one.id, one.x, one.y), '');
        expect(drag(entries)).toBe(drag(entries.toReversed()));
      }),
    );
  });

  test('changes the line of the box and no other', () => {
    const before = [
      '# mine',
      'overview  host a  x 1  y 1',
      'overview   host  b x 2 y 2',
      '',
      'overview host c x 3 y 3 # what?',
      'overview  host d  x 4  y 4',
      '',
    ].join('\n');
    const after = put(before, 'overview', 'host:b', 20, 20);
    expect(after).toBe(before.replace('overview   host  b x 2 y 2', 'overview  host b  x 20  y 20'));
    expect(withPlace(after, { view: 'overview', id: 'host:b', at: null })).toBe(
      before.replace('overview   host  b x 2 y 2\n', ''),
    );
    expect(withPlace(before, { view: 'network', id: 'host:b', at: null })).toBe(before);
  });

  test('keeps line ends as they are', () => {
    const text = put('# mine\r\noverview  host a  x 1  y 1\r\n', 'overview', 'host:b', 2, 2);
    expect(text).toBe('# mine\r\noverview  host a  x 1  y 1\r\noverview  host b  x 2  y 2\r\n');
  });

  test('is gone with the last place', () => {
    const text = put(put('', 'overview', 'host:a', 1, 1), 'network', 'host:a', 1, 1);
    const half = withPlace(text, { view: 'overview', id: 'host:a', at: null });
    expect(lines(half)).toEqual(['network  host a  x 1  y 1']);
    expect(withPlace(half, { view: 'network', id: 'host:a', at: null })).toBe('');
    expect(withoutView(half, 'network')).toBe('');
    expect(withoutView(text, 'network')).toBe(put('', 'overview', 'host:a', 1, 1));
  });
});

describe('after a merge', () => {
  test('the lines of both sides hold, of two for one box the last one', () => {
    const base = put('', 'overview', 'host:b', 1, 1);
    const ours = put(base, 'overview', 'host:a', 10, 10);
    const theirs = put(put(base, 'overview', 'host:c', 30, 30), 'overview', 'host:a', 99, 99);
    const union = `${ours}${lines(theirs).join('\n')}\n`;
    expect(new Map(placesIn(union, 'overview'))).toEqual(
      new Map([
        ['host:a', { x: 99, y: 99 }],
        ['host:b', { x: 1, y: 1 }],
        ['host:c', { x: 30, y: 30 }],
      ]),
    );
    const put1 = put(union, 'overview', 'host:a', 5, 5);
    expect(lines(put1).filter((line) => line.includes('host a'))).toEqual(['overview  host a  x 5  y 5']);
  });

  test('markers of a conflict are survived, and stay for Git', () => {
    const text = [
      '<<<<<<< HEAD',
      'overview  host a  x 1  y 1',
      '=======',
      'overview  host a  x 2  y 2',
      'overview  host b  x 3  y 3',
      '>>>>>>> theirs',
      '',
    ].join('\n');
    expect([...placesIn(text, 'overview').keys()]).toEqual(['host:a', 'host:b']);
    expect(placesIn(text, 'overview').get('host:a')).toEqual({ x: 2, y: 2 });
    expect(put(text, 'overview', 'host:c', 4, 4)).toContain('<<<<<<< HEAD\n');
  });

  test('lines for things that are not there stay, up to a limit, until all of the view is freed', () => {
    const strays = Array.from({ length: mostStrays + 10 }, (_, at) => `overview  host gone${1000 + at}  x 1  y 1\n`).join('');
    const exists = (known: string): boolean => known === 'host:a';
    const text = withPlace(strays, { view: 'overview', id: 'host:a', at: { x: 1, y: 1 } }, exists);
    expect(placesIn(text, 'overview').has('host:gone1010')).toBe(true);
    expect(placesIn(text, 'overview').has('host:gone1009')).toBe(false);
    expect(lines(text)).toHaveLength(mostStrays + 1);
    expect(withoutView(text, 'overview')).toBe('');
  });
});

describe('a file that is something else', () => {
  test('is never a reason to fail, and loses nothing that is not about the box', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(fc.constantFrom('\n', 'overview host a x 1 y 2', '"')),
        (junk, more) => {
          const text = `${junk}${more.join('')}`;
          const after = withPlace(put(text, 'storage', 'vm:zz', 7, 7), { view: 'storage', id: 'vm:zz', at: null });
          const kept = (all: string): readonly string[] =>
            all
              .replace(/^\uFEFF/, '')
              .split(/\r?\n/)
              .filter((line) => line.trim() !== '' && !line.startsWith('# Where') && !line.startsWith('# the view'));
          expect(kept(after)).toEqual(kept(text));
          expect(placesIn(after, 'overview')).toEqual(placesIn(text, 'overview'));
        },
      ),
    );
  });

  test.each([
    'overview host a x -1 y 2',
    'overview host a x 1.5 y 2',
    'overview host a x 99999999 y 2',
    'overview host a y 1 x 2',
    'overview host a x 1 y 2 z 3',
    'Overview host a x 1 y 2',
    'overview "host a x 1 y 2',
    'overview host a / x 1 y 2',
    'overview host / x 1 y 2',
    `overview host ${'a'.repeat(5000)} x 1 y 2`,
  ])('the line %j says nothing', (line) => {
    expect(placesIn(line, 'overview').size).toBe(0);
  });

  test('that is too large is left alone', () => {
    const text = 'overview host a x 1 y 2\n'.repeat(largestPlaces / 20);
    expect(placesIn(text, 'overview').size).toBe(0);
    expect(() => put(text, 'overview', 'host:a', 1, 1)).toThrow(PlacesProblem);
    expect(() => withoutView(text, 'overview')).toThrow('too large');
    expect(withNames(text, () => 'host:b')).toBe(text);
  });
});

describe('names', () => {
  const text = ['overview  host a  x 1  y 1', 'overview  host a / nic n  x 2  y 2', 'storage  host b  x 3  y 3', ''].join('\n');

  test('change in every view and stand where they belong', () => {
    const renamed = withNames(text, (own) =>
      own === 'host:a' || own.startsWith('host:a/') ? own.replace('host:a', 'host:z') : undefined,
    );
    expect(lines(renamed)).toEqual([
      'overview  host z  x 1  y 1',
      'overview  host z / nic n  x 2  y 2',
      'storage  host b  x 3  y 3',
    ]);
    expect(placedIds(renamed)).toEqual(['host:z', 'host:z/nic:n', 'host:b']);
  });

  test('win over a line that was left from an older thing of that name', () => {
    const both = put(text, 'overview', 'host:z', 9, 9);
    const renamed = withNames(both, (own) => (own === 'host:a' ? 'host:z' : undefined));
    expect(placesIn(renamed, 'overview').get('host:z')).toEqual({ x: 1, y: 1 });
    expect(lines(renamed).filter((line) => line.includes('host z'))).toHaveLength(1);
  });

  test('that do not change leave every byte', () => {
    expect(withNames(`${text}junk`, () => undefined)).toBe(`${text}junk`);
  });
});
