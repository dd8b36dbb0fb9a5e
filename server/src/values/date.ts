/** Calendar dates `2027-01-31`. No clock and no time zone: whoever compares with today gets today from its host. */
import { problem, shown, type ValueProblem } from './problem.ts';

/** A valid date of the Gregorian calendar. */
export interface CalendarDate {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  /** 1..31 */
  readonly day: number;
  /** Canonical `YYYY-MM-DD`. */
  readonly text: string;
}

/** Reads `2027-01-31`. Other spellings, and days that a month lacks, are problems that suggest the likeliest date. */
export function parseDate(text: string): CalendarDate | ValueProblem {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (match === null) return problem(`${shown(text)} is not a date; write year-month-day, such as 2027-01-31`, mend(text));
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900) return problem(`${shown(text)}: the year is before 1900`);
  if (month < 1 || month > 12) return problem(`${shown(text)}: there is no month ${month}`, mend(`${year}-${day}-${month}`));
  const last = daysInMonth(year, month);
  if (day >= 1 && day <= last) return { year, month, day, text };
  return problem(`${shown(text)}: that month has ${last} days`, print(year, month, day < 1 ? 1 : last));
}

/** Order of two dates: negative, zero or positive. */
export function compareDate(a: CalendarDate, b: CalendarDate): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: CalendarDate, b: CalendarDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** Days of a month (1..12) of a year. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 0000-03-01: counting years from March puts the leap day last, which makes the arithmetic plain. */
function dayNumber(date: CalendarDate): number {
  const year = date.month > 2 ? date.year : date.year - 1;
  const month = (date.month + 9) % 12;
  return (
    365 * year +
    Math.floor(year / 4) -
    Math.floor(year / 100) +
    Math.floor(year / 400) +
    Math.floor((153 * month + 2) / 5) +
    date.day -
    1
  );
}

/** `2027/1/31`, `31.1.2027`, `20270131`; `1/2/2027` stays without a suggestion, since it has two meanings. */
function mend(text: string): string | undefined {
  const iso = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/u.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u.exec(text);
  const [year, month, day] = iso !== null ? [iso[1], iso[2], iso[3]] : dotted !== null ? [dotted[3], dotted[2], dotted[1]] : [];
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  return y >= 1900 && m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m) ? print(y, m, d) : undefined;
}

function print(year: number, month: number, day: number): string {
  return `${year}-${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}`;
}
