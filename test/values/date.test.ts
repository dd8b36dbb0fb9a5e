import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarDate, compareDate, daysBetween, parseDate } from '../../server/src/values/date.ts';
import { isProblem } from '../../server/src/values/problem.ts';

const date = (text: string): CalendarDate => {
  const parsed = parseDate(text);
  if (isProblem(parsed)) throw new Error(parsed.problem);
  return parsed;
};

describe('dates', () => {
  it('reads calendar dates', () => {
    expect(date('2027-01-31')).toEqual({ year: 2027, month: 1, day: 31, text: '2027-01-31' });
    expect(date('2028-02-29').day).toBe(29);
  });

  it.each([
    ['2027-02-29', '2027-02-28'],
    ['2027-31-01', '2027-01-31'],
    ['2027/1/31', '2027-01-31'],
    ['31.1.2027', '2027-01-31'],
    ['20270131', '2027-01-31'],
    ['2027-00-10', undefined],
    ['1/2/2027', undefined],
    ['1899-01-01', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('%s is a problem that suggests %s', (text, suggestion) => {
    const parsed = parseDate(text);
    expect(isProblem(parsed) ? parsed.suggestion : 'a date').toBe(suggestion);
  });

  it('counts days as the calendar does, and orders', () => {
    const days = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
      .map((each) => each.toISOString().slice(0, 10));
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(daysBetween(date(a), date(b))).toBe((Date.parse(b) - Date.parse(a)) / 86_400_000);
        expect(Math.sign(compareDate(date(a), date(b)))).toBe(Math.sign(Date.parse(a) - Date.parse(b)));
      }),
    );
  });

  it('never throws, and what it suggests is a date', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}$/)),
        (text) => {
          const parsed = parseDate(text);
          if (isProblem(parsed) && parsed.suggestion !== undefined) expect(isProblem(parseDate(parsed.suggestion))).toBe(false);
        },
      ),
    );
  });
});
