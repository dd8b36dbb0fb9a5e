/** "Did you mean …": the candidates nearest to a mistyped word. */
import { distance } from 'fastest-levenshtein';

/**
 * The nearest of some words, best first.
 * @param word what was typed; case does not matter
 * @param candidates what would have been right there
 * @param max how many at most
 * @returns nothing rather than something far-fetched: at most a third of the letters (and always one) may differ
 */
export function nearest(word: string, candidates: Iterable<string>, max = 3): readonly string[] {
  const typed = word.toLowerCase();
  if (typed === '' || typed.length > 100) return [];
  const near: { readonly candidate: string; readonly score: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const score = scoreOf(typed, candidate.toLowerCase());
    if (score !== undefined) near.push({ candidate, score });
  }
  near.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
  return near.slice(0, Math.max(0, max)).map(({ candidate }) => candidate);
}

/** Smaller is nearer; `undefined` is too far. A word typed halfway (`port` for `portgroup`) counts as near. */
function scoreOf(typed: string, candidate: string): number | undefined {
  if (candidate.length > 120 || candidate === '') return undefined;
  const prefix = typed.length >= 2 && candidate.startsWith(typed);
  if (prefix) return 0.5 + (candidate.length - typed.length) / 100;
  const limit = Math.max(1, Math.floor(typed.length / 3));
  // The length difference alone is a lower bound: most candidates need no distance.
  if (Math.abs(typed.length - candidate.length) > limit) return undefined;
  const edits = swapped(typed, candidate) ? 1 : distance(typed, candidate);
  if (edits > limit || edits >= typed.length) return undefined;
  let shared = 0;
  while (shared < typed.length && typed[shared] === candidate[shared]) shared += 1;
  return edits - Math.min(shared, 8) / 20;
}

/** Two neighbouring letters changed places: the commonest slip, which Levenshtein counts as two. */
function swapped(typed: string, candidate: string): boolean {
  if (typed.length !== candidate.length) return false;
  let at = 0;
  while (at < typed.length && typed[at] === candidate[at]) at += 1;
  return typed[at] === candidate[at + 1] && typed[at + 1] === candidate[at] && typed.slice(at + 2) === candidate.slice(at + 2);
}
