/**
 * `check` for people: findings by file with the line they stand on, what they are related to and what would mend them; hints in
 * a short list at the end; a last line that says how it went. Plain ASCII apart from what the design itself says.
 */
import type { Severity } from '../../../server/src/analysis/finding.ts';
import type { Paint } from '../text/colour.ts';
import { count, list, plain } from '../text/plain.ts';
import { excerpt } from './excerpt.ts';
import type { Item, Report } from './report.ts';

/** So many hints are listed; a young design has one for everything that it does not say yet. */
const maxHints = 20;
/** A finding is related to so many places at the most before the rest is only counted. */
const maxRelated = 8;

export function renderPretty(report: Report, paint: Paint, width = 120): string {
  const lines: string[] = [];
  let file: string | undefined;
  for (const item of report.items) {
    if (item.finding.severity === 'hint') continue;
    if (item.file !== file) lines.push(paint.bold(plain(item.file)));
    file = item.file;
    lines.push(...block(report, item, paint, width), '');
  }
  lines.push(...hints(report, paint));
  lines.push(summary(report, paint));
  return `${lines.join('\n')}\n`;
}

/** A message may quote a word of the design, and such a word may be a megabyte long. */
const brief = (text: string): string => (text.length > 1000 ? `${plain(text.slice(0, 1000))}...` : plain(text));

const place = (line: number, character: number): string => `${line + 1}:${character + 1}`;

function block(report: Report, { file, finding, related }: Item, paint: Paint, width: number): string[] {
  const { range, rule, severity } = finding;
  const at = place(range.start.line, range.start.character);
  const lines = [`  ${at}  ${paint[severity](`${severity} ${plain(rule)}`)}  ${brief(finding.message)}`];
  const source = report.source(file);
  const shown = source && excerpt(source, range, width - 12);
  const margin = 4 + String(range.start.line + 1).length;
  if (shown) {
    lines.push(paint.dim(`    ${range.start.line + 1} | `) + shown.text);
    lines.push(paint.dim(`${' '.repeat(margin)} | `) + paint[severity](shown.carets));
  }
  const note = (text: string): void => {
    lines.push(`${' '.repeat(margin)} ${paint.dim('=')} ${text}`);
  };
  for (const other of related.slice(0, maxRelated)) {
    const where = `${plain(other.file)}:${place(other.range.start.line, other.range.start.character)}`;
    note(`see ${where}${other.message === '' ? '' : `: ${brief(other.message)}`}`);
  }
  if (related.length > maxRelated) note(`and ${count(related.length - maxRelated, 'other place')}`);
  if (finding.fixable) note(paint.dim(fixNote(finding.fixes().map(({ title }) => brief(title)))));
  return lines;
}

/** The fixes are applied in the editor; here it is enough to know what they would do. */
function fixNote(titles: readonly string[]): string {
  return titles.length === 0 ? 'fix available' : `fix available: ${titles.slice(0, 3).join(', or ')}`;
}

function hints(report: Report, paint: Paint): string[] {
  const all = report.items.filter(({ finding }) => finding.severity === 'hint');
  if (all.length === 0) return [];
  const lines = [paint.bold('Hints: what would let Lintel check more')];
  for (const { file, finding } of all.slice(0, maxHints)) {
    const { line, character } = finding.range.start;
    lines.push(`  ${plain(file)}:${place(line, character)}  ${brief(finding.message)} ${paint.dim(plain(finding.rule))}`);
  }
  if (all.length > maxHints)
    lines.push(paint.dim(`  and ${count(all.length - maxHints, 'other hint')} (--format json lists all)`));
  return [...lines, ''];
}

const words: Readonly<Record<Severity, readonly [string, string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['info', 'info'],
  hint: ['hint', 'hints'],
};

/** `2 errors and 1 warning in 1 of 3 files. 1 finding is waived.` */
function summary({ counts, files, items, waived }: Report, paint: Paint): string {
  const named = (['error', 'warning', 'info', 'hint'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => paint[severity](count(counts[severity], ...words[severity])));
  const touched = new Set(items.map(({ file }) => file)).size;
  const where = files.length === 1 ? 'in 1 file' : `in ${touched === files.length ? '' : `${touched} of `}${files.length} files`;
  const found =
    named.length > 0
      ? `${list(named)} ${where}.`
      : `Nothing found ${files.length === 1 ? 'in 1 file' : `in ${files.length} files`}.`;
  const accepted = waived.length > 0 ? ` ${count(waived.length, 'finding is', 'findings are')} waived by the design.` : '';
  return paint.bold(found) + accepted;
}
