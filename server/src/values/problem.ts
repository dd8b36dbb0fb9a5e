/**
 * What every parser of a value answers when the text is no such value. Values are plain data in, plain data out: nothing
 * here knows of files, positions or vocabularies, and nothing throws, since the text is whatever stands in the editor.
 */

/** Why a text is not the value asked for, and the likeliest text that would be. */
export interface ValueProblem {
  /** One sentence without a trailing full stop, naming the offending text in back quotes. */
  readonly problem: string;
  /** A text that parses; offered as a quick fix. Absent when nothing is likelier than anything else. */
  readonly suggestion?: string;
}

/**
 * A problem with or without a suggestion.
 * @param problem one sentence, no trailing full stop
 * @param suggestion text that would parse; `undefined` leaves the field out
 */
export function problem(problem: string, suggestion?: string): ValueProblem {
  return suggestion === undefined ? { problem } : { problem, suggestion };
}

/** Whether a parser's answer is a problem. Narrows the type, so that the rest of the function has the value. */
export function isProblem<T extends object>(answer: T | ValueProblem): answer is ValueProblem {
  return 'problem' in answer;
}

/** The text as a message shows it: in back quotes, control characters blanked and cut to 40 characters. */
export function shown(text: string): string {
  const safe = text.replace(/[\p{Cc}\u2028\u2029`]/gu, ' ');
  return `\`${safe.length > 40 ? `${safe.slice(0, 39)}…` : safe}\``;
}
