/**
 * What a finding is known by from one run to the next: not where it stands but what it is about. It stays the same when lines are
 * added above it, when the message counts differently, and when another finding is mended.
 */
import { createHash } from 'node:crypto';
import { lineText } from './excerpt.ts';
import type { Item, Report } from './report.ts';

/** One fingerprint an item, in their order. Equal ones are numbered. */
export function fingerprints(report: Report, items: readonly Item[]): readonly string[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const hash = createHash('sha256').update(identityOf(report, item)).digest('hex').slice(0, 32);
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return `${hash}:${number}`;
  });
}

/** The rule, the file, the thing, and the text that is marked; without a thing, the whole line. */
function identityOf(report: Report, { file, finding }: Item): string {
  const { range, rule, subject } = finding;
  const source = report.source(file);
  const line = (source && lineText(source, range.start.line)) ?? '';
  const marked = line.slice(range.start.character, range.end.line === range.start.line ? range.end.character : undefined);
  return [rule, file, subject ?? collapsed(line), collapsed(marked)].join('\0');
}

/** Spacing is a matter of the formatter. */
const collapsed = (text: string): string => text.slice(0, 2000).replace(/\s+/g, ' ').trim();
