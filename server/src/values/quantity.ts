/**
 * Numbers with units. A quantity is written without a space (`10Gbps`, `1.92TB`, `99.95%`) and becomes a number in its
 * dimension's base unit, so that rules compare plain numbers. Adding a unit is one line in the table below.
 */
import { isProblem, problem, shown, type ValueProblem } from './problem.ts';

export type Dimension =
  | 'size'
  | 'rate'
  | 'frequency'
  | 'duration'
  | 'percent'
  | 'power'
  | 'current'
  | 'iops'
  | 'length'
  | 'rackUnits';

/** A parsed quantity: `value` in the dimension's base unit, `unit` as it was written (`''` for a plain number). */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

interface DimensionInfo {
  /** What the base unit is called in prose. */
  readonly base: string;
  /** Unit → size in base units, smallest first. These are also the units that printing picks from. */
  readonly units: Readonly<Record<string, number>>;
  /** Accepted as well, never printed. */
  readonly also?: Readonly<Record<string, number>>;
  /** Frequent slips, in lower case → the unit that was meant. */
  readonly slips?: Readonly<Record<string, string>>;
  /** Decimal places that a value keeps, in base units. */
  readonly decimals: number;
  /** The likeliest unit of a number that was written without one; `''` when a plain number is fine. */
  readonly bare: (value: number) => string;
}

const KI = 1024;

/**
 * Every dimension. Sizes are binary because that is what the field means: 1GB of memory is 2^30 bytes, and the
 * hypervisors count disks the same way; network rates are decimal for the same reason.
 */
const table: Readonly<Record<Dimension, DimensionInfo>> = {
  size: {
    base: 'bytes',
    units: { B: 1, KB: KI, MB: KI ** 2, GB: KI ** 3, TB: KI ** 4, PB: KI ** 5 },
    also: { KiB: KI, MiB: KI ** 2, GiB: KI ** 3, TiB: KI ** 4, PiB: KI ** 5 },
    slips: { k: 'KB', m: 'MB', g: 'GB', t: 'TB', p: 'PB', go: 'GB', mo: 'MB', to: 'TB', gig: 'GB', bytes: 'B', byte: 'B' },
    decimals: 0,
    bare: (value) => (value >= 2048 ? 'MB' : 'GB'),
  },
  rate: {
    base: 'bits per second',
    units: { bps: 1, Kbps: 1e3, Mbps: 1e6, Gbps: 1e9, Tbps: 1e12 },
    also: { kbps: 1e3 },
    slips: {
      k: 'Kbps',
      m: 'Mbps',
      g: 'Gbps',
      t: 'Tbps',
      'kb/s': 'Kbps',
      'mb/s': 'Mbps',
      'gb/s': 'Gbps',
      'tb/s': 'Tbps',
      'mbit/s': 'Mbps',
      'gbit/s': 'Gbps',
      mbit: 'Mbps',
      gbit: 'Gbps',
      mb: 'Mbps',
      gb: 'Gbps',
      gbe: 'Gbps',
      ge: 'Gbps',
      mbe: 'Mbps',
    },
    decimals: 0,
    bare: (value) => (value > 400 ? 'Mbps' : 'Gbps'),
  },
  frequency: {
    base: 'hertz',
    units: { Hz: 1, kHz: 1e3, MHz: 1e6, GHz: 1e9 },
    slips: { g: 'GHz', m: 'MHz', k: 'kHz', ghertz: 'GHz' },
    decimals: 0,
    bare: (value) => (value >= 20 ? 'MHz' : 'GHz'),
  },
  duration: {
    base: 'seconds',
    units: { ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400, w: 604_800 },
    // A month and a year are rounded (30 and 365 days): retention and renewal periods need no calendar.
    also: {
      day: 86_400,
      days: 86_400,
      week: 604_800,
      weeks: 604_800,
      month: 2_592_000,
      months: 2_592_000,
      year: 31_536_000,
      years: 31_536_000,
    },
    slips: {
      m: 'min',
      mn: 'min',
      mins: 'min',
      minute: 'min',
      minutes: 'min',
      sec: 's',
      secs: 's',
      second: 's',
      seconds: 's',
      hr: 'h',
      hrs: 'h',
      hour: 'h',
      hours: 'h',
      msec: 'ms',
      y: 'years',
      mo: 'months',
    },
    decimals: 6,
    bare: () => 'min',
  },
  percent: { base: 'percent', units: { '%': 1 }, slips: { percent: '%', pct: '%', pc: '%' }, decimals: 6, bare: () => '%' },
  power: {
    base: 'watts or volt-amperes',
    units: { W: 1, kW: 1e3, MW: 1e6 },
    also: { VA: 1, kVA: 1e3, MVA: 1e6 },
    slips: { watt: 'W', watts: 'W', k: 'kW' },
    decimals: 3,
    bare: () => 'W',
  },
  current: { base: 'amperes', units: { mA: 0.001, A: 1 }, slips: { amp: 'A', amps: 'A' }, decimals: 6, bare: () => 'A' },
  iops: {
    base: 'I/O operations per second',
    units: { '': 1, kIOPS: 1e3 },
    also: { IOPS: 1 },
    slips: { k: 'kIOPS' },
    decimals: 0,
    bare: () => '',
  },
  length: {
    base: 'metres',
    units: { mm: 0.001, cm: 0.01, m: 1, km: 1e3 },
    slips: { meter: 'm', metre: 'm', meters: 'm', metres: 'm' },
    decimals: 6,
    bare: () => 'm',
  },
  rackUnits: { base: 'rack units', units: { U: 1 }, also: { '': 1, HE: 1, RU: 1 }, slips: {}, decimals: 1, bare: () => '' },
};

/** All dimensions, in the order of the reference manual. */
export const dimensions: readonly Dimension[] = Object.keys(table) as Dimension[];

const MAX_TEXT = 64;
const MAX_VALUE = 1e18;

/**
 * Reads a quantity.
 * @param text as written, without spaces around or inside: `10Gbps`, `1.92TB`, `99.95%`, `20000` (iops)
 * @param dimension what the place asks for
 * @returns the value in base units (bytes, bit/s, Hz, s, %, W, A, m …), or why it is none. Never throws.
 */
export function parseQuantity(text: string, dimension: Dimension): Quantity | ValueProblem {
  const info = table[dimension];
  if (text.length > MAX_TEXT) return problem(`${shown(text)} is too long for a ${label(dimension)}`);
  const match = /^(\d+(?:\.\d+)?)([^\d\s.,+-][^\s]*)?$/u.exec(text);
  if (match === null) return malformed(text, dimension);
  const digits = match[1] ?? '';
  const unit = match[2] ?? '';
  const factor = factorOf(info, unit);
  if (factor === undefined) return wrongUnit(text, digits, unit, dimension);
  const value = roundTo(Number(digits) * factor, info.decimals);
  return value <= MAX_VALUE ? { value, unit } : problem(`${shown(text)} is larger than any ${label(dimension)} can be`);
}

/**
 * Prints a value the way an engineer would write it: the unit whose exact number is shortest, and at least 1.
 * @param value in base units; a negative one gets a sign (a difference in a message), NaN or infinity prints `?`
 * @param dimension what it is
 * @param like a unit whose family to stay in (`kVA` prints volt-amperes); default the dimension's usual units
 */
export function formatQuantity(value: number, dimension: Dimension, like = ''): string {
  if (!Number.isFinite(value)) return '?';
  if (value < 0) return `-${formatQuantity(-value, dimension, like)}`;
  const info = table[dimension];
  const wanted = roundTo(value, info.decimals);
  const family = /VA$/.test(like) ? info.also : info.units;
  let best: { readonly number: string; readonly unit: string } | undefined;
  // Largest unit first and `<`: of two numbers of one length the larger unit wins (10min, not 10 of anything smaller).
  for (const [unit, factor] of Object.entries(family ?? info.units).reverse()) {
    if (wanted < factor) continue;
    const number = shortest(wanted, factor, info.decimals);
    if (number !== undefined && (best === undefined || costOf(number) < costOf(best.number))) best = { number, unit };
  }
  return best !== undefined ? `${best.number}${best.unit}` : `${trimZeros(wanted.toFixed(info.decimals))}${baseUnit(info)}`;
}

/**
 * The units of a dimension, smallest first, as completion offers them; aliases (`KiB`, `VA`, `days`) come after.
 * A plain number, where one is allowed, is not listed.
 */
export function unitsOf(dimension: Dimension): readonly string[] {
  const info = table[dimension];
  return [...Object.keys(info.units), ...Object.keys(info.also ?? {})].filter((unit) => unit !== '');
}

/** What the base unit of a dimension is called in prose: `bytes`, `bits per second`, … */
export function baseUnitName(dimension: Dimension): string {
  return table[dimension].base;
}

/** A dimension in prose: `rack units` for `rackUnits`. */
function label(dimension: Dimension): string {
  return dimension === 'rackUnits' ? 'number of rack units' : dimension === 'iops' ? 'number of IOPS' : dimension;
}

function factorOf(info: DimensionInfo, unit: string): number | undefined {
  if (Object.hasOwn(info.units, unit)) return info.units[unit];
  return info.also !== undefined && Object.hasOwn(info.also, unit) ? info.also[unit] : undefined;
}

/** The unit that was probably meant: same letters in another case, a known slip, or `undefined`. */
function meantUnit(info: DimensionInfo, unit: string): string | undefined {
  const lower = unit.toLowerCase();
  const slips = info.slips ?? {};
  const sameLetters = [...Object.keys(info.units), ...Object.keys(info.also ?? {})].find(
    (known) => known.toLowerCase() === lower,
  );
  return sameLetters ?? (Object.hasOwn(slips, lower) ? slips[lower] : undefined);
}

function wrongUnit(text: string, digits: string, unit: string, dimension: Dimension): ValueProblem {
  const info = table[dimension];
  const kind = label(dimension);
  if (unit === '') return problem(`${shown(text)} needs a unit (${kind})`, `${digits}${info.bare(Number(digits))}`);
  const meant = meantUnit(info, unit);
  if (meant !== undefined)
    return problem(`${shown(unit)} is not a unit of ${kind}; did you mean \`${meant}\``, `${digits}${meant}`);
  return problem(`${shown(unit)} is not a unit of ${kind}; use ${unitsOf(dimension).slice(0, 6).join(', ')}`);
}

/** Not even a number and a unit: mend the frequent shapes (a space, a decimal comma, `.5GB`), refuse the rest. */
function malformed(text: string, dimension: Dimension): ValueProblem {
  const tidy = text
    .trim()
    .replace(/\s+/gu, '')
    .replace(/^\./u, '0.')
    .replace(/^(\d+),(\d)/u, '$1.$2');
  if (tidy !== text) {
    const mended = parseQuantity(tidy, dimension);
    const better = isProblem(mended) ? mended.suggestion : tidy;
    if (better !== undefined) return problem(`${shown(text)} is not a ${label(dimension)}`, better);
  }
  if (/^-\s*\d/u.test(text)) return problem(`${shown(text)} is negative; a ${label(dimension)} cannot be`);
  return problem(`${shown(text)} is not a ${label(dimension)}; write a number and a unit`, undefined);
}

/** Characters to read; a fraction costs one more, so that 20350 beats 20.35kIOPS while 1.5TB still beats 1536GB. */
function costOf(number: string): number {
  return number.length + (number.includes('.') ? 1 : 0);
}

/** The shortest decimal that gives `wanted` back, with at most three places; `undefined` when there is none. */
function shortest(wanted: number, factor: number, decimals: number): string | undefined {
  for (let places = 0; places <= 3; places += 1) {
    const text = (wanted / factor).toFixed(places);
    if (roundTo(Number(text) * factor, decimals) === wanted) return trimZeros(text);
  }
  return undefined;
}

function roundTo(value: number, decimals: number): number {
  // Beyond 2^53 there are no decimals left to round, and toFixed prints an exponent from 1e21 on.
  return value >= Number.MAX_SAFE_INTEGER ? Math.round(value) : Number(value.toFixed(decimals));
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/0+$/u, '').replace(/\.$/u, '') : text;
}

function baseUnit(info: DimensionInfo): string {
  return Object.entries(info.units).find(([, factor]) => factor === 1)?.[0] ?? '';
}
