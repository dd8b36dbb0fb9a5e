/**
 * Every path between two things of the picture, shortest first, as far as it means something (see `passing.ts`). Pure, and bounded
 * however tangled the picture is.
 */

import type { Net, Step, Thing } from './net.ts';
import { canPass, isSensible, isTie, type Passing } from './passing.ts';

/** A path: the things on the way, both ends included, and how one gets from each to the next. */
export interface Path {
  readonly ids: readonly string[];
  readonly steps: readonly Step[];
}

export interface Paths {
  readonly paths: readonly Path[];
  /** There are more than were asked for, or so many ways to try that not all were. */
  readonly more: boolean;
  /** There is no path of traffic, data or a licence: this is the shortest way in which the two hang together. */
  readonly isLoose: boolean;
}

export interface Limits {
  /** Most paths to give. */
  readonly most: number;
  /** Most steps of a path. */
  readonly steps: number;
  /** Most steps to try before giving up: bounds the time. */
  readonly work: number;
}

export const usualLimits: Limits = { most: 8, steps: 18, work: 150_000 };

/** All paths between two things. None when they are the same, or when the picture has none of them. */
export function pathsBetween(net: Net, from: string, to: string, limits: Limits = usualLimits): Paths {
  const [start, end] = [net.things.get(from), net.things.get(to)];
  if (start === undefined || end === undefined || from === to) return { paths: [], more: false, isLoose: false };
  const ends = [start, end] as const;
  const strict = search(net, ends, limits, (passing) => canPass(passing) && isSensible(passing), limits.steps);
  if (strict.paths.length > 0) return { ...strict, isLoose: false };
  // What two things lean on in common, or are fed by, is worth to be seen as well, but only the shortest of it.
  return { ...search(net, ends, limits, canPass, 0), isLoose: true };
}

/** @param longer how many steps longer than the shortest path another one may be */
function search(
  net: Net,
  ends: readonly [Thing, Thing],
  limits: Limits,
  passes: (passing: Passing) => boolean,
  longer: number,
): Omit<Paths, 'isLoose'> {
  const [start, end] = ends;
  const distance = distancesTo(net, end.id, limits.steps);
  const shortest = distance.get(start.id);
  const found: Path[] = [];
  let work = limits.work;
  if (shortest === undefined) return { paths: found, more: false };
  const ids = [start.id];
  const steps: Step[] = [];
  const onPath = new Set(ids);
  /** Paths of exactly so many steps more. False when the work is used up or there are enough. */
  const walk = (at: Thing, left: number): boolean => {
    for (const step of net.steps.get(at.id) ?? []) {
      work -= 1;
      if (work < 0) return false;
      const next = net.things.get(step.to);
      if (
        next === undefined ||
        onPath.has(next.id) ||
        isTie(step) ||
        (distance.get(next.id) ?? Number.POSITIVE_INFINITY) > left - 1
      )
        continue;
      if ((next === end) !== (left === 1)) continue;
      const into = steps.at(-1);
      const before = net.things.get(ids.at(-2) ?? '');
      if (into !== undefined && before !== undefined && !passes({ net, before, at, after: next, into, onward: step, ends }))
        continue;
      if (left === 1) {
        found.push({ ids: [...ids, next.id], steps: [...steps, step] });
        if (found.length > limits.most) return false;
        continue;
      }
      ids.push(next.id);
      steps.push(step);
      onPath.add(next.id);
      const goesOn = walk(next, left - 1);
      onPath.delete(next.id);
      steps.pop();
      ids.pop();
      if (!goesOn) return false;
    }
    return true;
  };
  let complete = true;
  for (let length = Math.max(1, shortest); complete && length <= limits.steps; length += 1) {
    const [first] = found;
    if (first !== undefined && length > first.steps.length + longer) break;
    complete = walk(start, length);
  }
  return { paths: found.slice(0, limits.most), more: !complete };
}

/** The fewest steps from each thing to the end, whatever may be passed: a path cannot be shorter. */
function distancesTo(net: Net, end: string, most: number): ReadonlyMap<string, number> {
  const distance = new Map([[end, 0]]);
  let rim = [end];
  for (let steps = 1; steps <= most && rim.length > 0; steps += 1) {
    const next: string[] = [];
    for (const id of rim) {
      for (const { to } of net.steps.get(id) ?? []) {
        if (distance.has(to)) continue;
        distance.set(to, steps);
        next.push(to);
      }
    }
    rim = next;
  }
  return distance;
}
