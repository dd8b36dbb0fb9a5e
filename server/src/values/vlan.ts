/** VLAN ids (0..4095) and sets of them, as a trunk carries: `10, 20, 100-120`. */
import { isProblem, problem, shown, type ValueProblem } from './problem.ts';

/** Highest id that the 12-bit tag has. 4095 means "all" to a standard vSwitch; 0 means untagged. */
const MAX_VLAN = 4095;

/** A set of ids as sorted, merged, inclusive ranges. */
export interface VlanSet {
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Reads one id. @returns an object, so that 0 is no falsy answer; never throws */
export function parseVlan(text: string): { readonly id: number } | ValueProblem {
  if (/^\d{1,4}$/u.test(text)) {
    const id = Number(text);
    if (id <= MAX_VLAN) return { id };
  }
  return problem(`${shown(text)} is not a VLAN id (0 to ${MAX_VLAN})`);
}

/** Reads a list of ids and ranges: `10, 20, 100-120` (`..` works as well as `-`). Never throws. */
export function parseVlanSet(text: string): VlanSet | ValueProblem {
  if (text.length > 16_384) return problem(`${shown(text)} is too long for a list of VLANs`);
  const ranges: (readonly [number, number])[] = [];
  for (const part of text.split(',')) {
    const range = parseRange(part.trim());
    if (isProblem(range)) return range;
    ranges.push(range.range);
  }
  return vlanSet(ranges);
}

/** The set of some ranges, sorted and merged; ids outside 0..4095 are cut off. */
export function vlanSet(ranges: readonly (readonly [from: number, to: number])[]): VlanSet {
  const sorted = ranges
    .map(([from, to]) => [Math.max(0, Math.min(from, to)), Math.min(MAX_VLAN, Math.max(from, to))] as const)
    .filter(([from, to]) => from <= to)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return { ranges: merged };
}

/** Whether a set has an id. */
export function containsVlan(set: VlanSet, id: number): boolean {
  return set.ranges.some(([from, to]) => id >= from && id <= to);
}

/** The ids of `wanted` that `carried` lacks; empty when the trunk carries them all. */
export function missingVlans(carried: VlanSet, wanted: VlanSet): VlanSet {
  const missing: [number, number][] = [];
  for (const [from, to] of wanted.ranges) {
    let next = from;
    for (const [a, b] of carried.ranges) {
      if (b < next || a > to) continue;
      if (a > next) missing.push([next, a - 1]);
      next = Math.max(next, b + 1);
    }
    if (next <= to) missing.push([next, to]);
  }
  return vlanSet(missing);
}

/** Prints a set: `10, 20, 100-120`; the empty set prints as an empty text. */
export function formatVlanSet(set: VlanSet): string {
  return set.ranges
    .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}-${to}`))
    .join(', ');
}

function parseRange(text: string): { readonly range: readonly [number, number] } | ValueProblem {
  const match = /^(\d+)\s*(?:-|\.\.)\s*(\d+)$/u.exec(text);
  const from = parseVlan(match?.[1] ?? text);
  if (isProblem(from)) return from;
  const to = match === null ? from : parseVlan(match[2] ?? '');
  if (isProblem(to)) return to;
  if (to.id < from.id) return problem(`the range ${shown(text)} runs backwards`, `${to.id}-${from.id}`);
  return { range: [from.id, to.id] };
}
