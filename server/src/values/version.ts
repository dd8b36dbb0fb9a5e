/**
 * Releases as vendors write them: `8.0u3`, `8.0 U2`, `7.0u3c`, `6.x`, `2012 R2`, `12 SP5`, `19c`, `4.2.1`. Semantic
 * versioning knows none of these, so comparing is done here: part by part, missing parts being zero.
 */
import { problem, shown, type ValueProblem } from './problem.ts';

/** A parsed release. */
export interface Version {
  /** The dotted numbers: `[8, 0]`; a trailing `x` is left out and noted in `any`. */
  readonly numbers: readonly number[];
  /** `u3` → 3. Ranks like a third number: VMware writes 8.0 U3 and 8.0.3 for one release. */
  readonly update: number;
  /** `r2` → 2 (Windows Server 2012 R2, Oracle 11g R2); `23h2` → 2 likewise. */
  readonly release: number;
  /** `sp1` → 1. */
  readonly servicePack: number;
  /** `cu10` → 10 (SQL Server, Citrix). */
  readonly cumulative: number;
  /** A letter: `7.0u3c` → `c`, `19c` → `c`; `''` without one. */
  readonly letter: string;
  /** `6.x`: any release of the 6 line. */
  readonly any: boolean;
  /** Canonical spelling: lower case, no spaces. */
  readonly text: string;
}

const tags = { r: 'release', h: 'release', sp: 'servicePack', cu: 'cumulative', u: 'update' } as const;
const numbersPattern = /^(\d{1,9}(?:\.\d{1,9}){0,5})(\.x$)?/u;
const tagPattern = /^[\s.-]*(sp|cu|r|h|u)\s*(\d{1,6})([a-z](?![a-z\d]))?/u;
/** A letter of the number itself: the g of `11gr2`, the c of `19c`. What reads as a tag is a tag: `2019cu10`. */
const letterPattern = /^\s?(?!(?:sp|cu|r|h|u)\s*\d)([a-z])(?=$|[\s.-]*(?:sp|cu|r|h|u)\s*\d)/u;

/** Reads a release. Spaces and hyphens before a tag and any case are fine. Never throws. */
export function parseVersion(text: string): Version | ValueProblem {
  const plain = text.length <= 48 ? shortTags(text.trim().toLowerCase()) : '';
  const head = numbersPattern.exec(plain);
  if (head === null) return noVersion(text);
  const numbers = (head[1] ?? '').split('.').map(Number);
  const any = head[2] !== undefined;
  const values = { update: 0, release: 0, servicePack: 0, cumulative: 0 };
  const seen = new Set<string>();
  let rest = plain.slice(head[0].length);
  let letter = letterPattern.exec(rest)?.[1] ?? '';
  if (letter === 'x') return problem(`${shown(text)} is not a release`, `${numbers.join('.')}.x`);
  let canonical = `${numbers.join('.')}${any ? '.x' : ''}${letter}`;
  if (letter !== '') rest = rest.slice(rest.indexOf(letter) + 1);
  for (let tag = tagPattern.exec(rest); tag !== null; tag = tagPattern.exec(rest)) {
    const kind = tag[1] as keyof typeof tags;
    if (seen.has(tags[kind])) return noVersion(text);
    seen.add(tags[kind]);
    values[tags[kind]] = Number(tag[2]);
    letter = tag[3] ?? letter;
    canonical += `${kind}${Number(tag[2])}${tag[3] ?? ''}`;
    rest = rest.slice(tag[0].length);
  }
  return rest === '' ? { numbers, ...values, letter, any, text: canonical } : noVersion(text);
}

/**
 * Order of two releases in the vendor's sense: 8.0 < 8.0u1 < 8.0u2 < 8.1; 2008 < 2008r2 < 2012; 7.0u3 < 7.0u3c; 4.2 =
 * 4.2.0. A whole line (`6.x`) sorts just before its first release.
 * @returns negative, zero or positive
 */
export function compareVersion(a: Version, b: Version): number {
  const left = ranks(a);
  const right = ranks(b);
  for (let index = 0; index < Math.max(left.numbers.length, right.numbers.length); index += 1) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  for (let index = 0; index < left.tags.length; index += 1) {
    const difference = (left.tags[index] ?? 0) - (right.tags[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.letter !== b.letter) return a.letter < b.letter ? -1 : 1;
  return Number(b.any) - Number(a.any);
}

/**
 * Whether a release is a floor or newer.
 * @returns `undefined` when the design leaves it open: `6.x` is at least 6.0 and not at least 7.0, but 6.5 is unknown
 */
export function atLeast(version: Version, floor: Version): boolean | undefined {
  if (!version.any) return compareVersion(version, { ...floor, any: false }) >= 0;
  const lowest = { ...version, any: false };
  if (compareVersion(lowest, floor) >= 0) return true;
  const line = version.numbers.length;
  return sameStart(version, floor, line) ? undefined : false;
}

/** Whether a release belongs to a pattern: `6.x` takes every 6 release, anything else its equal. */
export function matchesVersion(version: Version, pattern: Version): boolean {
  return pattern.any ? sameStart(version, pattern, pattern.numbers.length) : compareVersion(version, pattern) === 0;
}

/** Whether two releases share their first numbers: 8.0u2 and 8.0u3 share two. */
function sameStart(a: Version, b: Version, length: number): boolean {
  for (let index = 0; index < length; index += 1) if ((a.numbers[index] ?? 0) !== (b.numbers[index] ?? 0)) return false;
  return true;
}

/** Tags that some documents write out: `8.0 Update 3`, `2008 Service Pack 2`, `2012 Release 2`. */
function shortTags(text: string): string {
  return text
    .replace(/\bupdate\b\s*/gu, 'u')
    .replace(/\bservice\s+pack\b\s*/gu, 'sp')
    .replace(/\brelease\b\s*/gu, 'r');
}

/** An update ranks as the number after the first two, so that 8.0u3, 8.0.3 and nothing else are equal. */
function ranks(version: Version): { readonly numbers: readonly number[]; readonly tags: readonly number[] } {
  const numbers = [...version.numbers];
  if (version.update > 0) {
    while (numbers.length < 2) numbers.push(0);
    numbers.push(version.update);
  }
  return { numbers, tags: [version.release, version.servicePack, version.cumulative] };
}

function noVersion(text: string): ValueProblem {
  return problem(`${shown(text)} is not a release such as 8.0u3, 2012r2 or 4.2.1`);
}
