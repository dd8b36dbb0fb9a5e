import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../server/src/values/problem.ts';
import { type Dimension, dimensions, formatQuantity, parseQuantity, unitsOf } from '../../server/src/values/quantity.ts';

const value = (text: string, dimension: Dimension) => {
  const parsed = parseQuantity(text, dimension);
  return isProblem(parsed) ? parsed : parsed.value;
};

describe('parseQuantity', () => {
  it.each([
    ['512GB', 'size', 512 * 2 ** 30],
    ['1.92TB', 'size', Math.round(1.92 * 2 ** 40)],
    ['256GiB', 'size', 256 * 2 ** 30],
    ['0B', 'size', 0],
    ['10Gbps', 'rate', 1e10],
    ['2.5Gbps', 'rate', 2.5e9],
    ['100kbps', 'rate', 1e5],
    ['2.4GHz', 'frequency', 2.4e9],
    ['500ms', 'duration', 0.5],
    ['4h', 'duration', 14_400],
    ['60days', 'duration', 5_184_000],
    ['99.95%', 'percent', 99.95],
    ['6kVA', 'power', 6000],
    ['750W', 'power', 750],
    ['500mA', 'current', 0.5],
    ['20000', 'iops', 20_000],
    ['20kIOPS', 'iops', 20_000],
    ['3m', 'length', 3],
    ['42U', 'rackUnits', 42],
    ['42', 'rackUnits', 42],
  ] as const)('%s as %s', (text, dimension, expected) => {
    expect(value(text, dimension)).toBe(expected);
  });

  it.each([
    ['512', 'size', '512GB'],
    ['16384', 'size', '16384MB'],
    ['10', 'rate', '10Gbps'],
    ['1000', 'rate', '1000Mbps'],
    ['10G', 'rate', '10Gbps'],
    ['10Gb/s', 'rate', '10Gbps'],
    ['10gbps', 'rate', '10Gbps'],
    ['16gb', 'size', '16GB'],
    ['16 GB', 'size', '16GB'],
    ['16 gb', 'size', '16GB'],
    ['1,92TB', 'size', '1.92TB'],
    ['.5TB', 'size', '0.5TB'],
    ['2.4', 'frequency', '2.4GHz'],
    ['15m', 'duration', '15min'],
    ['99.9', 'percent', '99.9%'],
  ] as const)('%s as %s is a problem that suggests %s', (text, dimension, suggestion) => {
    expect(parseQuantity(text, dimension)).toMatchObject({ suggestion, problem: expect.stringContaining('`') });
  });

  it.each(['', '-3GB', 'GB', '1e3GB', '1.GB', '3GBx', '10Gbits', 'toString', '1__proto__', '1constructor', '９GB'])(
    '%s is no size',
    (text) => {
      expect(isProblem(parseQuantity(text, 'size'))).toBe(true);
    },
  );

  it('refuses absurd numbers and texts', () => {
    expect(isProblem(parseQuantity(`${'9'.repeat(40)}GB`, 'size'))).toBe(true);
    expect(isProblem(parseQuantity('9'.repeat(5000), 'size'))).toBe(true);
  });

  it('never throws, and what it suggests parses', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[ -]?[0-9]{0,5}[.,]?[0-9]{0,3} ?[A-Za-z%/]{0,6}$/));
    fc.assert(
      fc.property(texts, fc.constantFrom(...dimensions), (text, dimension) => {
        const parsed = parseQuantity(text, dimension);
        if (isProblem(parsed) && parsed.suggestion !== undefined) {
          expect(isProblem(parseQuantity(parsed.suggestion, dimension))).toBe(false);
        }
      }),
    );
  });
});

describe('formatQuantity', () => {
  it.each([
    [274_877_906_944, 'size', '256GB'],
    [1.5 * 2 ** 40, 'size', '1.5TB'],
    [Math.round(1.92 * 2 ** 40), 'size', '1.92TB'],
    [0, 'size', '0B'],
    [1e9, 'rate', '1Gbps'],
    [60, 'duration', '1min'],
    [90, 'duration', '90s'],
    [86_400, 'duration', '1d'],
    [0.25, 'duration', '250ms'],
    [99.95, 'percent', '99.95%'],
    [2.4e9, 'frequency', '2.4GHz'],
    [20_000, 'iops', '20kIOPS'],
    [20_350, 'iops', '20350'],
    [1.5, 'rackUnits', '1.5U'],
    [-3 * 2 ** 30, 'size', '-3GB'],
    [Number.NaN, 'size', '?'],
  ] as const)('%d of %s', (number, dimension, text) => {
    expect(formatQuantity(number, dimension)).toBe(text);
  });

  it('stays in volt-amperes when asked', () => {
    expect(formatQuantity(6000, 'power', 'kVA')).toBe('6kVA');
    expect(formatQuantity(6000, 'power')).toBe('6kW');
  });

  it('round-trips whole base units and everything that was written with a unit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...dimensions), fc.nat({ max: 2 ** 52 }), (dimension, number) => {
        expect(value(formatQuantity(number, dimension), dimension)).toBe(number);
      }),
    );
    fc.assert(
      fc.property(
        fc
          .constantFrom(...dimensions)
          .chain((dimension) => fc.tuple(fc.constant(dimension), fc.constantFrom(...unitsOf(dimension)))),
        fc.nat({ max: 800 }),
        fc.nat({ max: 999 }),
        ([dimension, unit], whole, part) => {
          const first = value(`${whole}.${part}${unit}`, dimension);
          expect(first).toBeTypeOf('number');
          if (typeof first === 'number') expect(value(formatQuantity(first, dimension), dimension)).toBe(first);
        },
      ),
    );
  });
});
