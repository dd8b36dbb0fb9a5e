/** `check --format json`: for scripts. The shape is promised in docs/cli.md. */
import type { Range, Severity } from '../../../server/src/analysis/finding.ts';
import { safeJson } from '../text/plain.ts';
import type { Report } from './report.ts';

/** Lines and characters are counted from zero, characters in UTF-16 units, the end is exclusive: as the language server does. */
export interface JsonReport {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: Severity;
    readonly message: string;
    readonly file: string;
    readonly range: Range;
    readonly related?: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
    readonly fixable: boolean;
  }[];
  readonly summary: Readonly<Record<Severity | 'files' | 'waived', number>>;
  /** Only where something could not be read. */
  readonly problems?: readonly { readonly file: string; readonly reason: string }[];
}

export function renderJson(report: Report): string {
  const { counts, files, items, problems, waived } = report;
  const { error, warning, info, hint } = counts;
  return safeJson({
    findings: items.map(({ file, finding, related }) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      file,
      range: rangeOf(finding.range),
      ...(related.length > 0 ? { related: related.map((other) => ({ ...other, range: rangeOf(other.range) })) } : {}),
      fixable: finding.fixable,
    })),
    summary: { files: files.length, error, warning, info, hint, waived: waived.length },
    ...(problems.length > 0 ? { problems: problems.map(({ file, reason }) => ({ file, reason })) } : {}),
  } satisfies JsonReport);
}

const rangeOf = ({ start, end }: Range): Range => ({
  start: { line: start.line, character: start.character },
  end: { line: end.line, character: end.character },
});
