/**
 * Which piece a place lies in, where pieces follow each other without gaps: lines of a text, chunks of a file.
 * @param starts where the pieces start, in order
 * @param count how many of them to look at
 * @returns index of the last one that starts at or before the place; 0 when none does
 */
export function lastStart(starts: ArrayLike<number>, place: number, count = starts.length): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
