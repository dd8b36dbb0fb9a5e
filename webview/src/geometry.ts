/** Where boxes are, in the picture's own coordinates, read from the picture itself. */

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

/** All boxes that stand for something, by id, in reading order. */
export function nodesOf(view: Element): ReadonlyMap<string, SVGGElement> {
  const nodes = new Map<string, SVGGElement>();
  for (const node of view.querySelectorAll<SVGGElement>('.lt-node[data-id]')) nodes.set(node.dataset.id ?? '', node);
  return nodes;
}

/** The outline of a box. A folded range is drawn as a stack, whose last sheet is the front one. */
export function boxOf(node: Element): Box {
  const shapes = [...node.children].filter((child) => child.classList.contains('lt-shape'));
  const front = shapes.at(-1);
  return front === undefined ? { x: 0, y: 0, width: 0, height: 0 } : rectOf(front);
}

/** The point that stands for a box when moving between boxes: the middle of a leaf, the name of a frame. */
export function anchorOf(node: Element, view: Element): { readonly x: number; readonly y: number } {
  const id = node.getAttribute('data-id') ?? '';
  const plate = node.classList.contains('lt-frame')
    ? view.querySelector(`.lt-plates [data-for="${CSS.escape(id)}"] .lt-plate`)
    : null;
  const box = plate === null ? boxOf(node) : rectOf(plate);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest box in a direction; a step aside counts more than a step ahead. */
export function neighbour(
  from: Element,
  direction: Direction,
  view: Element,
  nodes: Iterable<SVGGElement>,
): SVGGElement | undefined {
  const start = anchorOf(from, view);
  let best: { readonly node: SVGGElement; readonly cost: number } | undefined;
  for (const node of nodes) {
    if (node === from) continue;
    const end = anchorOf(node, view);
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const ahead = direction === 'left' ? -dx : direction === 'right' ? dx : direction === 'up' ? -dy : dy;
    const aside = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    if (ahead < 4 || aside > ahead * 3 + 40) continue;
    const cost = ahead + aside * 2.2;
    if (best === undefined || cost < best.cost) best = { node, cost };
  }
  return best?.node;
}
