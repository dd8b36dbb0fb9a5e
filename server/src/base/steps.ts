/** Work in steps: a generator that yields wherever somebody else may go first, and at the end returns what it made. */

/** Does all of it at once. */
export function atOnce<T>(work: Generator<undefined, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}
