/** `lintel check`: what is wrong with the designs, for people, for scripts, for code scanning. */
import type { Severity } from '../../../server/src/analysis/finding.ts';
import type { PolicyInput } from '../../../server/src/analysis/policy.ts';
import { openDesigns } from '../designs.ts';
import type { FailLevel, Format } from '../options.ts';
import { renderJson } from '../report/json.ts';
import { renderPretty } from '../report/pretty.ts';
import { type Report, reportOf } from '../report/report.ts';
import { renderSarif } from '../report/sarif.ts';
import { findRule, likeRules } from '../rules/catalogue.ts';
import { hasColours, paint } from '../text/colour.ts';
import { plain } from '../text/plain.ts';
import { exitCodes, UsageError, type World } from '../world.ts';

export interface CheckOptions {
  readonly format: Format;
  readonly failOn: FailLevel;
  /** `CODE=severity`, as written. */
  readonly rule: readonly string[];
  readonly today?: string;
  readonly color: boolean;
}

export async function check(world: World, paths: readonly string[], options: CheckOptions): Promise<number> {
  const severities = severitiesOf(options.rule);
  const today = options.today === undefined ? world.today : dateOf(options.today);
  const opened = await openDesigns(world, paths, { severities, today });
  const report = reportOf(world, opened);
  const exitCode = exitCodeOf(report, options.failOn);
  if (options.format === 'json') world.out.write(renderJson(report));
  else if (options.format === 'sarif') {
    const { homepage, version } = world;
    world.out.write(renderSarif(report, { version, exitCode, severities, ...(homepage !== undefined ? { homepage } : {}) }));
  } else if (report.files.length > 0) {
    const { out } = world;
    world.out.write(
      renderPretty(report, paint(hasColours(world, out, options.color)), out.isTerminal ? Math.max(60, out.columns ?? 120) : 120),
    );
  }
  for (const { file, reason } of report.problems) world.err.write(`lintel: ${plain(file)}: ${plain(reason)}\n`);
  return exitCode;
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** What could not be read outweighs what was found: the result is not complete. */
function exitCodeOf({ items, problems }: Report, failOn: Severity): number {
  if (problems.length > 0) return exitCodes.usage;
  return items.some(({ finding }) => ranks[finding.severity] <= ranks[failOn]) ? exitCodes.findings : exitCodes.clean;
}

const levels = new Set<string>(['error', 'warning', 'info', 'hint', 'off'] satisfies readonly PolicyInput[]);
const isLevel = (text: string): text is PolicyInput => levels.has(text);

/** `--rule NET023=warning` … → severities by code. */
export function severitiesOf(assignments: readonly string[]): ReadonlyMap<string, PolicyInput> {
  return new Map(
    assignments.map((assignment) => {
      const [, word, level] = /^([^=]+)=(.*)$/.exec(assignment) ?? [];
      if (word === undefined || level === undefined) {
        throw new UsageError(
          `--rule takes a rule and its severity, for example --rule NET023=warning; "${plain(assignment)}" is not of that form.`,
        );
      }
      const rule = findRule(word);
      if (!rule) throw new UsageError(`There is no rule "${plain(word)}". ${likeRules(word)}`);
      if (!isLevel(level))
        throw new UsageError(`"${plain(level)}" is no severity for ${rule.code}; it is error, warning, info, hint or off.`);
      if (rule.name.startsWith('language/') && !adjustable.has(rule.code)) {
        throw new UsageError(`${rule.code} is a part of the language; its severity is fixed.`);
      }
      return [rule.code, level] as const;
    }),
  );
}

/** Codes of the language that a policy reaches (server/src/analysis/collect.ts): those that need the whole design. */
const adjustable: ReadonlySet<string> = new Set(['LNT201', 'LNT202', 'LNT203']);

/** A day of the calendar, written `2027-01-31`. */
function dateOf(text: string): string {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  const date =
    year === undefined || month === undefined || day === undefined ? undefined : new Date(Date.UTC(year, month - 1, day));
  if (date?.getUTCDate() !== day || date === undefined)
    throw new UsageError(`--today takes a day, for example 2027-01-31; "${plain(text)}" is none.`);
  return text;
}
