/**
 * Paths and ways drawn over the picture: lines in colours and dashes of their own, what several of them share in another look,
 * outlines around what they pass. Only classes and shapes; colours are the style sheet's.
 */

import { append } from './append.ts';
import { makeSvg } from './elements.ts';
import { type Box, boxOf } from './geometry.ts';
import { type Step, stepKey } from './net.ts';

export interface Route {
  /** Last part of its class: `p0`, `network`. */
  readonly look: string;
  readonly things: Iterable<string>;
  readonly steps: Iterable<{ readonly from: string; readonly step: Step }>;
}

export interface DrawnRoutes {
  /** Lights up one of them, or all again. */
  readonly light: (at: number | undefined) => void;
  readonly remove: () => void;
}

/** Draws over a picture that stands in the page. @param ends what the routes lead from and to: outlined strongly */
export function drawRoutes(
  view: Element,
  nodes: ReadonlyMap<string, SVGGElement>,
  routes: readonly Route[],
  ends: readonly string[],
): DrawnRoutes {
  const layer = makeSvg('g', { class: 'lt-routes', 'aria-hidden': 'true' });
  const parts: { readonly element: Element; readonly of: readonly number[] }[] = [];
  const put = (of: readonly number[], elements: readonly Element[]): void => {
    for (const element of elements) parts.push({ element, of });
  };
  const { steps, things } = uses(routes);
  const lines = new Map(
    [...view.querySelectorAll('path[data-edge]')].map((line) => [line.getAttribute('data-edge') ?? '', line]),
  );
  for (const { from, of, step } of steps.values()) {
    if (step.by === 'line') for (const { id } of step.lines) put(of, strokes(lines.get(id)?.getAttribute('d') ?? ''));
    if (step.by !== 'link') continue;
    const [a, b] = [nodes.get(from), nodes.get(step.to)];
    if (a !== undefined && b !== undefined) put(of, strokes(connector(boxOf(a), boxOf(b)), 'lt-route-link'));
  }
  for (const [id, of] of things) {
    const node = nodes.get(id);
    if (node !== undefined) put(of, [outline(boxOf(node), ends.includes(id))]);
  }
  const dress = (lit: number | undefined): void => {
    for (const { element, of } of parts) {
      const isLit = lit !== undefined && of.includes(lit);
      const only = isLit ? lit : of.length === 1 ? of[0] : undefined;
      const look = only === undefined ? 'shared' : (routes[only]?.look ?? 'shared');
      const base = (element.getAttribute('class') ?? '').replace(/ lt-(look-\S+|lit|unlit)/g, '');
      element.setAttribute('class', `${base} lt-look-${look}${lit === undefined ? '' : isLit ? ' lt-lit' : ' lt-unlit'}`);
      if (isLit) layer.append(element);
    }
  };
  // Lines of a bundle lie upon each other: all grounds below all strokes, so that each colour shows in the gaps of the others.
  const isGround = ({ element }: { readonly element: Element }): boolean => element.classList.contains('lt-route-case');
  layer.append(...[...parts.filter(isGround), ...parts.filter((part) => !isGround(part))].map(({ element }) => element));
  dress(undefined);
  view.querySelector('.lt-edges')?.after(layer);
  return { light: dress, remove: () => layer.remove() };
}

function uses(routes: readonly Route[]): {
  readonly things: ReadonlyMap<string, readonly number[]>;
  readonly steps: ReadonlyMap<string, { readonly from: string; readonly step: Step; readonly of: readonly number[] }>;
} {
  const things = new Map<string, number[]>();
  const steps = new Map<string, { from: string; step: Step; of: number[] }>();
  routes.forEach((route, at) => {
    for (const id of new Set(route.things)) {
      append(things, id, at);
    }
    for (const { from, step } of route.steps) {
      const key = stepKey(from, step.to);
      const known = steps.get(key);
      if (known === undefined) steps.set(key, { from, step, of: [at] });
      else if (known.of.at(-1) !== at) known.of.push(at);
    }
  });
  return { things, steps };
}

/** A stroke upon a wider one of the ground's colour, so that it stands out from what it crosses. */
const strokes = (d: string, extra = ''): readonly Element[] =>
  d === '' ? [] : [makeSvg('path', { class: 'lt-route-case', d }), makeSvg('path', { class: `lt-route ${extra}`.trim(), d })];

const room = 3;

function outline({ height, width, x, y }: Box, isEnd: boolean): Element {
  return makeSvg('rect', {
    class: isEnd ? 'lt-route-box lt-route-end' : 'lt-route-box',
    x: x - room,
    y: y - room,
    width: width + 2 * room,
    height: height + 2 * room,
    rx: 6,
  });
}

/** Straight from border to border; from inside of a box to its border when one holds the other. */
function connector(a: Box, b: Box): string {
  const centre = ({ height, width, x, y }: Box): readonly [number, number] => [x + width / 2, y + height / 2];
  const [ax, ay] = centre(a);
  const [bx, by] = centre(b);
  const edge = (box: Box, x: number, y: number, dx: number, dy: number): string => {
    const share = Math.min(
      dx === 0 ? Number.POSITIVE_INFINITY : box.width / 2 / Math.abs(dx),
      dy === 0 ? Number.POSITIVE_INFINITY : box.height / 2 / Math.abs(dy),
    );
    return Number.isFinite(share) ? `${x + dx * share} ${y + dy * share}` : `${x} ${y}`;
  };
  return `M${edge(a, ax, ay, bx - ax, by - ay)}L${edge(b, bx, by, ax - bx, ay - by)}`;
}
