/** Which boxes there are, what stands in what, and where, in the picture's own coordinates: read from the picture itself. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const number = (element: Element, name: string): number => Number(element.getAttribute(name) ?? 0);

function rectOf(element: Element): Box {
  return { x: number(element, 'x'), y: number(element, 'y'), width: number(element, 'width'), height: number(element, 'height') };
}

/** All boxes that stand for something, by id, in reading order. Where the legend has a box again, the first one counts. */
export function nodesOf(view: Element): ReadonlyMap<string, SVGGElement> {
  const nodes = new Map<string, SVGGElement>();
  for (const node of view.querySelectorAll<SVGGElement>('.lt-node[data-id]')) {
    const id = node.dataset.id ?? '';
    if (!nodes.has(id)) nodes.set(id, node);
  }
  return nodes;
}

/** The box that an element stands for: itself, or the one whose name, sign or pin it is. */
export function idOf(element: Element | null): string | undefined {
  return element?.getAttribute('data-id') ?? element?.getAttribute('data-for') ?? undefined;
}

/** The box around a box. */
export function frameOf(node: Element): SVGGElement | undefined {
  return node.parentElement?.closest<SVGGElement>('[data-id]') ?? undefined;
}

/** Ids of a box and of all that stands in it. */
export function idsIn(node: Element): ReadonlySet<string> {
  return new Set([node, ...node.querySelectorAll('[data-id]')].flatMap((each) => idOf(each) ?? []));
}

/** Adds the frames around boxes to their ids. */
export function withFrames(ids: Iterable<string>, nodes: ReadonlyMap<string, SVGGElement>): ReadonlySet<string> {
  const all = new Set(ids);
  for (const id of [...all])
    for (let frame = nodes.get(id); frame !== undefined; frame = frameOf(frame)) all.add(idOf(frame) ?? '');
  return all;
}

/** What a drawn line joins. */
export function endsOf(line: Element): readonly [from: string, to: string] {
  return [line.getAttribute('data-from') ?? '', line.getAttribute('data-to') ?? ''];
}

/** Lines that begin or end at one of some boxes. */
export function linesAt(view: Element, ids: ReadonlySet<string>): readonly Element[] {
  return [...view.querySelectorAll('[data-edge]')].filter((line) => endsOf(line).some((end) => ids.has(end)));
}

/** The outline of a box. A folded range is drawn as a stack, whose last sheet is the front one. */
export function boxOf(node: Element): Box {
  const shapes = [...node.children].filter((child) => child.classList.contains('lt-shape'));
  const front = shapes.at(-1);
  return front === undefined ? { x: 0, y: 0, width: 0, height: 0 } : rectOf(front);
}

/** What stands for a thing when moving between things: the box of a leaf, the name of a frame. */
function handleOf(node: Element, view: Element): Box {
  const id = node.getAttribute('data-id') ?? '';
  const plate = node.classList.contains('lt-frame')
    ? view.querySelector(`.lt-plates [data-for="${CSS.escape(id)}"] .lt-plate`)
    : null;
  return plate === null ? boxOf(node) : rectOf(plate);
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** What the arrow keys mean. */
export const arrowKeys: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The nearest thing in a direction: what lies in the same row or column first, a step aside counts more than a step ahead. */
export function neighbour(
  from: Element,
  direction: Direction,
  view: Element,
  nodes: Iterable<SVGGElement>,
): SVGGElement | undefined {
  const start = handleOf(from, view);
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  let best: { readonly node: SVGGElement; readonly cost: number } | undefined;
  for (const node of nodes) {
    if (node === from) continue;
    const end = handleOf(node, view);
    const across = span(start.x, start.width, end.x, end.width);
    const down = span(start.y, start.height, end.y, end.height);
    const [ahead, aside] = isAcross ? [across, down] : [down, across];
    if (
      ahead.centre * sign < 4 ||
      (ahead.gap === 0 && aside.gap === 0) ||
      (ahead.gap === 0 && Math.abs(ahead.centre) < Math.abs(aside.centre))
    )
      continue;
    if (aside.gap > ahead.gap * 2 + 60) continue;
    const cost = ahead.gap + aside.gap * 2.5 + Math.abs(aside.centre) * 0.25;
    if (best === undefined || cost < best.cost) best = { node, cost };
  }
  return best?.node;
}

/** Space between two pieces of an axis, and the way from middle to middle. */
function span(a: number, aLength: number, b: number, bLength: number): { readonly gap: number; readonly centre: number } {
  return { gap: Math.max(0, b - (a + aLength), a - (b + bLength)), centre: b + bLength / 2 - (a + aLength / 2) };
}
