/** What the picture is of, as the user has chosen it: a viewpoint, a part of it, what is folded. Plain functions on plain data. */

import type { TopologyChoice } from '../../server/src/lsp/protocol.ts';

/** The parts of a choice that filter by a name or by a severity, in the order in which the page shows them. */
export const filterNames = ['site', 'cluster', 'network', 'tag', 'service', 'severity'] as const;
export type FilterName = (typeof filterNames)[number];

/** The choice with some of it set anew; `undefined` takes a part away. */
export function chosen(
  choice: TopologyChoice,
  next: { readonly [K in keyof TopologyChoice]?: TopologyChoice[K] | undefined },
): TopologyChoice {
  return Object.fromEntries(Object.entries({ ...choice, ...next }).filter(([, value]) => value !== undefined && !isEmpty(value)));
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Opens and shuts boxes on top of what was opened and shut before. */
export function folded(choice: TopologyChoice, open: readonly string[], shut: readonly string[]): TopologyChoice {
  const [opens, shuts] = [new Set(open), new Set(shut)];
  return chosen(choice, {
    open: [...new Set([...(choice.open ?? []).filter((id) => !shuts.has(id)), ...open])],
    shut: [...new Set([...(choice.shut ?? []).filter((id) => !opens.has(id)), ...shut])],
  });
}

/** Two choices with the same key show the same part of the same viewpoint; folds do not make another picture of it. */
export function pictureKey(choice: TopologyChoice, view: string): string {
  return JSON.stringify([view, choice.focus ?? null, choice.depth ?? 1, ...filterNames.map((name) => choice[name] ?? null)]);
}

/** Whether two choices are the same in every part. */
export function isSame(a: TopologyChoice, b: TopologyChoice): boolean {
  const text = (choice: TopologyChoice): string =>
    JSON.stringify(Object.entries(choice).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  return text(a) === text(b);
}
