/**
 * The picture as assistive technology meets it: a tree of things in frames, of which one at a time can be reached by the Tab key.
 * Boxes get their level, their place among their siblings, and a description of facts, findings and connections.
 */

import { append } from './append.ts';
import { describe } from './describe.ts';
import { makeSvg } from './elements.ts';
import { frameOf } from './geometry.ts';
import type { Page } from './page.ts';

/** Up to so many boxes are described at once, for readers that look without moving the focus; the rest when the focus comes. */
const mostAtOnce = 400;

export interface Tree {
  /** The box that the Tab key leads to. */
  readonly active: () => SVGGElement | undefined;
  /** Moves the focus of the keyboard. */
  readonly focus: (node: SVGGElement) => void;
}

/** Follows the pictures of the page. */
export function createTree(page: Page): Tree {
  let activeId: string | undefined;

  const active = (): SVGGElement | undefined => {
    const nodes = page.nodes();
    return (
      nodes.get(activeId ?? '') ??
      nodes.get(page.focus.selected ?? '') ??
      nodes.get(page.focus.current ?? '') ??
      nodes.values().next().value
    );
  };
  const activate = (node: SVGGElement): void => {
    active()?.setAttribute('tabindex', '-1');
    activeId = node.dataset.id;
    node.setAttribute('tabindex', '0');
    describeBox(page, node);
  };
  page.onDrawing((view) => {
    const nodes = [...page.nodes().values()];
    makeTree(view, nodes);
    if (nodes.length <= mostAtOnce) for (const node of nodes) describeBox(page, node);
    active()?.setAttribute('tabindex', '0');
  });
  page.onMark(() => {
    const { second, selected } = page.focus;
    for (const node of page.drawing()?.querySelectorAll('[aria-selected="true"]') ?? [])
      node.setAttribute('aria-selected', 'false');
    for (const id of [selected, second])
      page
        .nodes()
        .get(id ?? '')
        ?.setAttribute('aria-selected', 'true');
    if (document.activeElement?.closest('[data-id]') !== null) return;
    for (const node of page.drawing()?.querySelectorAll('[data-id][tabindex="0"]') ?? []) node.setAttribute('tabindex', '-1');
    if (selected !== undefined && page.nodes().has(selected)) activeId = selected;
    active()?.setAttribute('tabindex', '0');
  });
  document.addEventListener('focusin', ({ target }) => {
    const node = page.nodeAt(target);
    if (node !== undefined && node === target) activate(node);
  });
  return {
    active,
    focus(node) {
      activate(node);
      node.focus({ preventScroll: true });
    },
  };
}

function describeBox(page: Page, node: SVGGElement): void {
  if (node.hasAttribute('aria-description')) return;
  node.setAttribute('aria-description', describe(page.net(), node.dataset.id ?? '', node.dataset.tip ?? ''));
}

function makeTree(view: SVGGElement, nodes: readonly SVGGElement[]): void {
  const root = view.querySelector('.lt-nodes');
  root?.setAttribute('role', 'tree');
  root?.setAttribute('aria-label', 'Things in the picture');
  root?.setAttribute('aria-multiselectable', 'true');
  // What lines say is in the descriptions of their ends.
  for (const part of view.querySelectorAll('.lt-edges, .lt-key, .lt-nodes text')) part.setAttribute('aria-hidden', 'true');
  // The legend may have a box again: it is no other thing.
  const own = new Set<Element>(nodes);
  for (const node of view.querySelectorAll('.lt-node[data-id]')) {
    if (own.has(node)) continue;
    node.setAttribute('tabindex', '-1');
    node.setAttribute('aria-hidden', 'true');
  }
  const siblings = new Map<Element | null, SVGGElement[]>();
  const levels = new Map<Element | null, number>([[null, 0]]);
  for (const node of nodes) {
    const frame = frameOf(node) ?? null;
    append(siblings, frame, node);
    const level = (levels.get(frame) ?? 0) + 1;
    levels.set(node, level);
    node.setAttribute('role', 'treeitem');
    node.setAttribute('tabindex', '-1');
    node.setAttribute('aria-level', String(level));
    node.setAttribute('aria-selected', 'false');
    const { fold } = node.dataset;
    if (fold !== undefined) node.setAttribute('aria-expanded', String(fold === 'open'));
  }
  for (const [frame, inside] of siblings) {
    inside.forEach((node, at) => {
      node.setAttribute('aria-posinset', String(at + 1));
      node.setAttribute('aria-setsize', String(inside.length));
    });
    if (frame !== null) groupOf(frame);
  }
}

/** Items of a tree stand in groups in their parent item. */
function groupOf(frame: Element): void {
  const inside = [...frame.children].filter((child) => child.classList.contains('lt-node'));
  frame.append(makeSvg('g', { role: 'group', class: 'lt-inner' }, ...inside));
}
