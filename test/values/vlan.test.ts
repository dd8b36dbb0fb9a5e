import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../server/src/values/problem.ts';
import {
  containsVlan,
  formatVlanSet,
  missingVlans,
  parseVlan,
  parseVlanSet,
  type VlanSet,
  vlanSet,
} from '../../server/src/values/vlan.ts';

const set = (text: string): VlanSet => {
  const parsed = parseVlanSet(text);
  if (isProblem(parsed)) throw new Error(parsed.problem);
  return parsed;
};

describe('VLANs', () => {
  it('reads ids', () => {
    expect(parseVlan('0')).toEqual({ id: 0 });
    expect(parseVlan('4095')).toEqual({ id: 4095 });
    expect(['4096', '-1', '1.5', 'ten', ''].map((text) => isProblem(parseVlan(text)))).toEqual([true, true, true, true, true]);
  });

  it('reads, merges and prints sets', () => {
    expect(formatVlanSet(set('10, 20, 100-120'))).toBe('10, 20, 100-120');
    expect(formatVlanSet(set('12,10,11,11..30 , 5'))).toBe('5, 10-30');
    expect(formatVlanSet(set('7,8'))).toBe('7, 8');
    expect(containsVlan(set('100-120'), 110)).toBe(true);
    expect(containsVlan(set('100-120'), 121)).toBe(false);
  });

  it('tells what a trunk lacks', () => {
    expect(formatVlanSet(missingVlans(set('10, 20-25'), set('10-12, 21, 30')))).toBe('11, 12, 30');
    expect(missingVlans(set('0-4095'), set('1-4094')).ranges).toEqual([]);
  });

  it.each([
    ['120-100', '100-120'],
    ['10,,20', undefined],
    ['10-', undefined],
    ['10-5000', undefined],
  ])('%s is a problem that suggests %s', (text, suggestion) => {
    const parsed = parseVlanSet(text);
    expect(isProblem(parsed) ? parsed.suggestion : 'a set').toBe(suggestion);
  });

  it('round-trips, agrees with plain sets, never throws', () => {
    const ranges = fc.array(fc.tuple(fc.nat({ max: 4095 }), fc.nat({ max: 4095 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(ranges, ranges, (some, others) => {
        const [a, b] = [vlanSet(some), vlanSet(others)];
        expect(parseVlanSet(formatVlanSet(a))).toEqual(a);
        const missing = missingVlans(a, b);
        for (const id of [0, 1, 4094, 4095, ...[...some, ...others].flatMap(([from, to]) => [from - 1, from, to, to + 1])]) {
          expect(containsVlan(missing, id)).toBe(containsVlan(b, id) && !containsVlan(a, id));
        }
      }),
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9,. -]{0,30}$/)),
        (text) => void [parseVlan(text), parseVlanSet(text)],
      ),
    );
  });
});
