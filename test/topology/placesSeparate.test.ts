import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { separate } from '../../server/src/topology/layout/separate.ts';

const box = (x: number, width: number, fixed = false): { x: number; width: number; fixed: boolean; weight: number } => ({
  x,
  width,
  fixed,
  weight: 1,
});
const gap = (): number => 10;

describe('boxes of a row', () => {
  test('that have room stay where they are', () => {
    expect(separate([box(0, 50), box(60, 50), box(300, 50)], 0, gap)).toEqual([0, 60, 300]);
  });

  test('make room to the side to which it is shorter', () => {
    expect(separate([box(100, 50), box(120, 50, true), box(165, 50)], 0, gap)).toEqual([60, 120, 180]);
  });

  test('share the way when none of them is held', () => {
    expect(separate([box(100, 50), box(100, 50)], 0, gap)).toEqual([70, 130]);
  });

  test('go past a held one when there is no room before it', () => {
    expect(separate([box(0, 50), box(20, 50, true), box(200, 50)], 0, gap)).toEqual([80, 20, 200]);
  });

  test('never overlap, never leave to the left, and held ones stay unless they are in each other’s way', () => {
    const body = fc.record({
      x: fc.integer({ min: -200, max: 2000 }),
      width: fc.integer({ min: 1, max: 400 }),
      fixed: fc.boolean(),
      weight: fc.constantFrom(1, 0.001, 100),
    });
    fc.assert(
      fc.property(fc.array(body, { maxLength: 12 }), fc.integer({ min: 0, max: 30 }), (bodies, least) => {
        const places = separate(bodies, least, gap);
        const placed = bodies.map((own, at) => ({ ...own, at: places[at] ?? Number.NaN })).toSorted((a, b) => a.at - b.at);
        placed.forEach((own, index) => {
          expect(own.at).toBeGreaterThanOrEqual(least);
          const next = placed[index + 1];
          if (next !== undefined) expect(own.at + own.width + 10).toBeLessThanOrEqual(next.at);
        });
        const held = bodies.filter((own) => own.fixed);
        if (held.length === 1 && held[0] !== undefined) expect(places[bodies.indexOf(held[0])]).toBe(Math.max(least, held[0].x));
      }),
    );
  });
});
