/**
 * What is picked out: the thing that the user selected with everything that it is connected with, and the thing that the cursor
 * of the text stands in. Only classes on elements; colours are the style sheet's.
 */

import { endsOf, idOf, idsIn, linesAt, nodesOf, withFrames } from './geometry.ts';
import { linksOf } from './readNet.ts';

export interface Focus {
  selected: string | undefined;
  /** A second thing: the paths from the selected one to it are shown. */
  second?: string | undefined;
  current: string | undefined;
}

/** Marks the picture according to what is selected and current. Ids that it does not have mark nothing. */
export function markFocus(view: Element, focus: Focus): void {
  const nodes = nodesOf(view);
  for (const element of view.querySelectorAll('.lt-related, .lt-selected, .lt-current'))
    element.classList.remove('lt-related', 'lt-selected', 'lt-current');
  const current = focus.current === undefined ? undefined : nodes.get(focus.current);
  current?.classList.add('lt-current');
  const selected = focus.selected === undefined ? undefined : nodes.get(focus.selected);
  view.classList.toggle('lt-picking', selected !== undefined);
  if (selected === undefined) return;
  selected.classList.add('lt-selected');
  const related = relatedTo(selected, view, nodes);
  brighten(view, related);
}

/** What stands for these things does not step back: boxes, also those that the legend has again, their names and marks. */
export function brighten(view: Element, ids: ReadonlySet<string>): void {
  for (const element of view.querySelectorAll('.lt-node[data-id], [data-for]')) {
    if (ids.has(idOf(element) ?? '')) element.classList.add('lt-related');
  }
}

/** The thing, what it holds, the frames around it, and what any of these (but the frames) is connected with; marks the lines on the way. */
function relatedTo(selected: SVGGElement, view: Element, nodes: ReadonlyMap<string, SVGGElement>): ReadonlySet<string> {
  const inside = idsIn(selected);
  const related = new Set(inside);
  for (const id of inside) for (const link of linksOf(nodes.get(id))) related.add(link);
  for (const line of linesAt(view, inside)) {
    line.classList.add('lt-related');
    raise(line);
    for (const end of endsOf(line)) related.add(end);
  }
  return withFrames(related, nodes);
}

/** Lines of one trunk lie upon each other: the one that matters has to lie on top. */
function raise(line: Element): void {
  const hit = line.previousElementSibling;
  const top = line.parentElement?.querySelector('.lt-dot, text') ?? null;
  if (hit?.classList.contains('lt-hit') === true) line.parentElement?.insertBefore(hit, top);
  line.parentElement?.insertBefore(line, top);
}
