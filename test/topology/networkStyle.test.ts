import { describe, expect, test } from 'vitest';
import { networkStyles, paletteSize, placeNetworks } from '../../server/src/topology/networkStyle.ts';

const stylesOf = (...names: readonly string[]) =>
  networkStyles(placeNetworks(names.map((name) => ({ id: `network:${name}`, label: name }))));
const names = ['admin', 'storage-a', 'storage-b', 'migration', 'lockstep', 'control', 'dmz'];

describe('colours of networks', () => {
  test('are all different as long as there are enough, then come again with a pattern', () => {
    const many = Array.from({ length: 20 }, (_, at) => `n${at}`);
    for (const count of [1, 7, 8, 20]) {
      const looks = [...stylesOf(...many.slice(0, count)).values()].map(({ colour, pattern }) => `${colour} ${pattern}`);
      expect(new Set(looks).size).toBe(count);
    }
    const plain = [...stylesOf(...many).values()].filter(({ pattern }) => pattern === 0);
    expect(plain).toHaveLength(paletteSize);
  });

  test('hang on the name, not on the order or on the neighbours', () => {
    const usual = stylesOf(...names);
    const colourOf = (styles: ReturnType<typeof stylesOf>, name: string) => styles.get(`network:${name}`)?.colour;
    const turned = stylesOf(...names.toReversed());
    for (const name of names) expect(colourOf(turned, name)).toBe(colourOf(usual, name));
    // One network more, whatever its name: the others keep their colours, but for the one or two whose place it takes.
    const moved = ['arriving', 'backup', 'cameras', 'guests', 'office', 'voice', 'zebra'].map(
      (added) => names.filter((name) => colourOf(stylesOf(...names, added), name) !== colourOf(usual, name)).length,
    );
    expect(moved.reduce((sum, count) => sum + count, 0) / moved.length).toBeLessThan(1.5);
  });
});
