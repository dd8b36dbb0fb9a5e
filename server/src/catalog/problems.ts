/** Collects what is wrong with a catalogue file, with lines and columns instead of offsets. */
import { lastStart } from '../base/lastStart.ts';
import type { Place, Report } from './shape.ts';
import type { CatalogProblem } from './types.ts';

const MAX_PROBLEMS = 200;

/** A list of problems that is being filled through `report`. */
export interface ProblemCollection {
  readonly report: Report;
  /** In the order of the file; at most 200, the last of which then says that there are more. */
  readonly sorted: () => readonly CatalogProblem[];
}

/** An empty collection for a file with this text. */
export function collectProblems(text: string): ProblemCollection {
  const problems: (CatalogProblem & { readonly at: number })[] = [];
  let lineStarts: readonly number[] | undefined;
  let more = false;
  const report: Report = (severity, message, place, pointer, suggestion) => {
    more ||= problems.length >= MAX_PROBLEMS - 1;
    if (more) return;
    lineStarts ??= lineStartsOf(text);
    problems.push({ severity, message, pointer, ...rangeOf(lineStarts, place), ...given({ suggestion }), at: place.start });
  };
  const sorted = () => {
    const found: CatalogProblem[] = problems.toSorted((a, b) => a.at - b.at).map(({ at: _, ...problem }) => problem);
    if (more)
      found.push({
        severity: 'warning',
        message: 'There are more problems than are shown',
        pointer: '',
        ...rangeOf([0], nowhere),
      });
    return found;
  };
  return { report, sorted };
}

const nowhere: Place = { start: 0, end: 0 };

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that have a value; absent and `undefined` are different things under exactOptionalPropertyTypes. */
export function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

function rangeOf(lineStarts: readonly number[], place: Place): Pick<CatalogProblem, 'line' | 'column' | 'endLine' | 'endColumn'> {
  const [start, end] = [positionOf(lineStarts, place.start), positionOf(lineStarts, place.end)];
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column of an offset, from zero. */
function positionOf(starts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  const line = lastStart(starts, offset);
  return { line, column: offset - (starts[line] ?? 0) };
}
