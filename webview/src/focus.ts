/**
 * What is picked out: the thing that the user selected with everything that it is connected with, and the thing that the cursor
 * of the text stands in. Only classes on elements; colours are the style sheet's.
 */

import { nodesOf } from './geometry.ts';

export interface Focus {
  selected: string | undefined;
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
  for (const id of related) nodes.get(id)?.classList.add('lt-related');
  for (const satellite of view.querySelectorAll('[data-for]'))
    if (related.has(satellite.getAttribute('data-for') ?? '')) satellite.classList.add('lt-related');
}

/** The thing, what it holds, the frames around it, and what any of these (but the frames) is connected with; marks the lines on the way. */
function relatedTo(selected: SVGGElement, view: Element, nodes: ReadonlyMap<string, SVGGElement>): ReadonlySet<string> {
  const inside = new Set([selected, ...selected.querySelectorAll<SVGGElement>('[data-id]')].map((node) => node.dataset.id ?? ''));
  const related = new Set(inside);
  for (const id of inside) for (const link of linksOf(nodes.get(id))) related.add(link);
  for (const line of view.querySelectorAll('[data-edge]')) {
    const ends = [line.getAttribute('data-from') ?? '', line.getAttribute('data-to') ?? ''];
    if (!ends.some((end) => inside.has(end))) continue;
    line.classList.add('lt-related');
    raise(line);
    for (const end of ends) related.add(end);
  }
  for (const id of [...related]) {
    for (
      let frame = nodes.get(id)?.parentElement?.closest<SVGGElement>('[data-id]');
      frame;
      frame = frame.parentElement?.closest<SVGGElement>('[data-id]')
    ) {
      related.add(frame.dataset.id ?? '');
    }
  }
  return related;
}

/** Lines of one trunk lie upon each other: the one that matters has to lie on top. */
function raise(line: Element): void {
  const hit = line.previousElementSibling;
  const top = line.parentElement?.querySelector('.lt-dot, text') ?? null;
  if (hit?.classList.contains('lt-hit') === true) line.parentElement?.insertBefore(hit, top);
  line.parentElement?.insertBefore(line, top);
}

function linksOf(node: SVGGElement | undefined): readonly string[] {
  try {
    const links: unknown = JSON.parse(node?.dataset.links ?? '[]');
    return Array.isArray(links) ? links.filter((link) => typeof link === 'string') : [];
  } catch {
    return [];
  }
}
