/** What somebody may have meant by a name that is none. Pure. */

/** A selection that means nothing, in words for the user. */
export class SelectionProblem extends Error {}

/** `; did you mean "esx1"?`, or a full stop. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = known
    .map((each) => ({ each, off: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, off }) => Number.isFinite(off) && off <= Math.max(2, Math.floor(Math.min(name.length, each.length) / 3)))
    .sort((a, b) => a.off - b.off);
  const [best] = near;
  if (best) return `; did you mean "${best.each}"?`;
  return known.length > 0 && known.length <= 12 ? `; there is ${known.join(', ')}.` : '.';
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8 || a.length > 200) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
