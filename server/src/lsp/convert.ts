/** Lintel's plain data to the protocol's. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import type { Severity } from '../analysis/finding.ts';
import type { WorkspaceFinding } from '../analysis/workspace.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** An editor is of no use with more than this many at once; the worst come first. */
export const maxDiagnostics = 1000;

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

export function toDiagnostics(findings: readonly WorkspaceFinding[]): Diagnostic[] {
  const shown = findings.filter((finding) => !finding.waived);
  const cut =
    shown.length <= maxDiagnostics
      ? shown
      : [...shown].sort((a, b) => weight[a.severity] - weight[b.severity]).slice(0, maxDiagnostics);
  const diagnostics = cut.map(
    (finding): Diagnostic => ({
      range: finding.range,
      severity: severities[finding.severity],
      code: finding.rule,
      source: 'lintel',
      message: finding.message,
      ...(finding.related
        ? { relatedInformation: finding.related.map(({ uri, range, message }) => ({ location: { uri, range }, message })) }
        : {}),
      ...(finding.unnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    }),
  );
  if (cut.length < shown.length) {
    diagnostics.push({
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      severity: DiagnosticSeverity.Information,
      source: 'lintel',
      message: `${shown.length - cut.length} more findings are not shown; mend the ones above first, or run "lintel check".`,
    });
  }
  return diagnostics;
}
