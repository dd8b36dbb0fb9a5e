import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../server/src/values/problem.ts';
import { atLeast, compareVersion, matchesVersion, parseVersion, type Version } from '../../server/src/values/version.ts';

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (isProblem(parsed)) throw new Error(parsed.problem);
  return parsed;
};

describe('releases', () => {
  it.each([
    ['8.0u3', '8.0u3'],
    ['8.0 U2', '8.0u2'],
    ['8.0 Update 3', '8.0u3'],
    ['7.0u3c', '7.0u3c'],
    ['6.x', '6.x'],
    ['6.X', '6.x'],
    ['2019', '2019'],
    ['2012r2', '2012r2'],
    ['2008R2', '2008r2'],
    ['2008 R2 SP1', '2008r2sp1'],
    ['4.2.1', '4.2.1'],
    ['15-SP5', '15sp5'],
    ['2019 CU10', '2019cu10'],
    ['11gR2', '11gr2'],
    ['12cR2', '12cr2'],
    ['19c', '19c'],
    ['23H2', '23h2'],
    ['08.00', '8.0'],
    ['8.0.3a', '8.0.3a'],
  ])('%s prints as %s', (text, canonical) => {
    expect(version(text).text).toBe(canonical);
    expect(version(canonical)).toEqual(version(text));
  });

  it.each(['', 'x', '8.', '8..0', '8.0u', '.8', '8.0u3u4', '8.0 gold', '6.x.1', '6.xu3', 'v8', '8.0u3-', '-1', '8.0r2h2'])(
    '%j is none or odd, but never throws',
    (text) => {
      const parsed = parseVersion(text);
      if (text !== '8.0u') expect(isProblem(parsed)).toBe(true);
    },
  );

  it('suggests 6.x for 6x', () => {
    expect(parseVersion('6x')).toMatchObject({ suggestion: '6.x' });
  });

  it('orders them as the vendors mean them', () => {
    const sorted = [
      '4.2',
      '4.2.1',
      '6.x',
      '6.0',
      '6.0u3',
      '6.5',
      '7.0',
      '7.0u3',
      '7.0u3c',
      '8.0',
      '8.0u1',
      '8.0u2',
      '8.1',
      '9',
      '2008',
      '2008sp2',
      '2008r2',
      '2008r2sp1',
      '2012',
    ];
    for (const [index, text] of sorted.entries()) {
      for (const later of sorted.slice(index + 1)) {
        expect(compareVersion(version(text), version(later)), `${text} < ${later}`).toBeLessThan(0);
        expect(compareVersion(version(later), version(text)), `${later} > ${text}`).toBeGreaterThan(0);
      }
    }
    expect(compareVersion(version('8'), version('8.0.0'))).toBe(0);
    expect(compareVersion(version('8.0.3'), version('8.0u3'))).toBe(0);
    expect(compareVersion(version('11g'), version('11gr2'))).toBeLessThan(0);
  });

  it('answers floors, and leaves open what is open', () => {
    expect(atLeast(version('8.0u2'), version('8.0u2'))).toBe(true);
    expect(atLeast(version('8.0u1'), version('8.0u2'))).toBe(false);
    expect(atLeast(version('6.x'), version('6.0'))).toBe(true);
    expect(atLeast(version('6.x'), version('6.5'))).toBeUndefined();
    expect(atLeast(version('6.x'), version('7.0'))).toBe(false);
    expect(atLeast(version('6.x'), version('5.5'))).toBe(true);
    expect(atLeast(version('6.0'), version('6.x'))).toBe(true);
  });

  it('matches lines', () => {
    expect(matchesVersion(version('6.7u3'), version('6.x'))).toBe(true);
    expect(matchesVersion(version('7.0'), version('6.x'))).toBe(false);
    expect(matchesVersion(version('8.0.3'), version('8.0u3'))).toBe(true);
  });

  it('is a total order, round-trips, never throws', () => {
    const texts = fc.stringMatching(/^[0-9]{1,2}(\.[0-9]{1,2}){0,2}(\.x|r2|u[1-9]c?|sp[1-4]|[a-c])?$/);
    const versions = texts.map(parseVersion).filter((parsed): parsed is Version => !isProblem(parsed));
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(parseVersion(a.text)).toEqual(a);
        expect(Math.sign(compareVersion(a, b))).toBe(-Math.sign(compareVersion(b, a)) + 0);
        if (compareVersion(a, b) <= 0 && compareVersion(b, c) <= 0) expect(compareVersion(a, c)).toBeLessThanOrEqual(0);
      }),
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9.xrspcu -]{0,50}$/)),
        (text) => void parseVersion(text),
      ),
    );
  });
});
