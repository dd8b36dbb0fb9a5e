/** What a picture is of, read from what came from outside: a link, the page, an earlier session. Anything may stand there. */
import type { TopologyChoice } from '../../../server/src/lsp/protocol.ts';

const texts = ['view', 'focus', 'site', 'cluster', 'network', 'tag', 'service'] as const;
const lists = ['open', 'shut'] as const;
const severities: ReadonlySet<unknown> = new Set(['error', 'warning', 'info']);

/** Longer is no name of a thing, and more are not opened by hand. */
const longestText = 500;
const mostBoxes = 1000;
const mostSteps = 99;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= longestText;

/** What of a value makes a choice; parts that are not as they should be are left out. */
export function readChoice(value: unknown): TopologyChoice {
  if (typeof value !== 'object' || value === null) return {};
  const given = value as Readonly<Record<string, unknown>>;
  const entries: [string, unknown][] = [];
  for (const name of texts) if (isText(given[name])) entries.push([name, given[name]]);
  const { depth, severity } = given;
  if (typeof depth === 'number' && Number.isInteger(depth) && depth >= 0 && depth <= mostSteps) entries.push(['depth', depth]);
  if (severities.has(severity)) entries.push(['severity', severity]);
  for (const name of lists) {
    const list = given[name];
    const boxes = Array.isArray(list) ? list.filter(isText).slice(0, mostBoxes) : [];
    if (boxes.length > 0) entries.push([name, boxes]);
  }
  return Object.fromEntries(entries);
}

/** Whether two choices are the same in every part. */
export function sameChoice(a: TopologyChoice, b: TopologyChoice): boolean {
  const sorted = (choice: TopologyChoice): string =>
    JSON.stringify(Object.entries(choice).sort(([left], [right]) => (left < right ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** What of a choice means something in any design: the viewpoint. Names, filters and folds are one design's own. */
export function portable({ view }: TopologyChoice): TopologyChoice {
  return view === undefined ? {} : { view };
}
