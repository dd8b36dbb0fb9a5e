/**
 * A box is put somewhere else by hand: with the pointer, after a few px, or with Alt and the arrow keys. Its lines step back
 * until the picture comes with them laid anew. A frame is taken by its upper edge, where its name is, so that the picture can
 * still be moved by any other place.
 */

import { arrowKeys, boxOf, type Direction, idOf, idsIn, linesAt } from './geometry.ts';
import type { Page } from './page.ts';

export interface Drag {
  /** Alt and an arrow key, or Escape while a box is moved. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  /** Another picture is in place. */
  readonly settle: () => void;
  /** Whether a press at this place takes a box, and so must not move the picture. */
  readonly takes: (target: EventTarget | null, x: number, y: number) => boolean;
}

/** A press becomes a drag after this many px of the window. */
const threshold = 4;
/** A frame can be taken by this much of its upper edge, in px of the picture. */
const grip = 30;
/** One press of an arrow key, in px of the picture; with Shift a fine step. */
const steps = { coarse: 10, fine: 2 } as const;
/** Several presses become one place: sent when the keys have rested this long, in ms. */
const rest = 350;

interface Point {
  readonly x: number;
  readonly y: number;
}

const ways: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** Where a box stands in the frame around it; undefined when it cannot be put elsewhere. */
export function placeOf(node: Element | undefined): Point | undefined {
  const [x, y] = (node?.getAttribute('data-at') ?? '').split(' ').map(Number);
  return x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y) ? undefined : { x, y };
}

/** Listens to presses on boxes that may be moved. */
export function createDrag(page: Page): Drag {
  /** The box that is moved, where the pointer took it, and how far it has come in px of the picture. */
  let held:
    | { readonly node: SVGGElement; readonly id: string; readonly start: Point; readonly at: Point; by: Point; isMoving: boolean }
    | undefined;
  let timer = 0;
  /** The click that ends a drag is none. */
  let swallows = false;

  const draggableAt = (target: EventTarget | null, x: number, y: number): SVGGElement | undefined => {
    if (target instanceof Element && target.closest('[data-fold-sign]') !== null) return undefined;
    const node = page.nodeAt(target);
    if (node === undefined || placeOf(node) === undefined) return undefined;
    return node.classList.contains('lt-leaf') || isGrip(node, x, y) ? node : undefined;
  };
  const isGrip = (node: SVGGElement, x: number, y: number): boolean => {
    const { left, top } = page.surface.getBoundingClientRect();
    const view = page.stage.view();
    const box = boxOf(node);
    const [inX, inY] = [(x - left - view.x) / view.k - box.x, (y - top - view.y) / view.k - box.y];
    return inX >= 0 && inX <= box.width && inY >= -2 && inY <= grip;
  };
  const move = (by: Point): void => {
    if (held === undefined) return;
    held.by = by;
    for (const element of partsOf(held.node)) element.setAttribute('transform', `translate(${by.x} ${by.y})`);
  };
  const begin = (node: SVGGElement, id: string, start: Point, at: Point): void => {
    held = { node, id, start, at, by: { x: 0, y: 0 }, isMoving: false };
  };
  const lift = (): void => {
    if (held === undefined || held.isMoving) return;
    held.isMoving = true;
    page.tooltip.hide();
    page.svg.classList.add('dragging');
    held.node.classList.add('lt-dragged');
    for (const line of linesAt(page.svg, idsIn(held.node))) line.classList.add('lt-loose');
  };
  /** Puts the box back to where the picture has it. */
  const drop = (): void => {
    clearTimeout(timer);
    if (held === undefined) return;
    const { node } = held;
    held = undefined;
    for (const element of partsOf(node)) element.removeAttribute('transform');
    node.classList.remove('lt-dragged');
    page.svg.classList.remove('dragging');
    for (const line of page.svg.querySelectorAll('.lt-loose')) line.classList.remove('lt-loose');
  };
  /** Tells the panel; the box stays where it was put until the picture comes. */
  const put = (): void => {
    clearTimeout(timer);
    if (held === undefined) return;
    const { id, at, by } = held;
    if (Math.abs(by.x) < 1 && Math.abs(by.y) < 1) {
      drop();
      return;
    }
    page.svg.classList.remove('dragging');
    page.post({ type: 'place', id, at: { x: Math.round(at.x + by.x), y: Math.round(at.y + by.y) } });
  };
  /** Its signs, its name and the pin that are drawn apart from it, also those of what stands in it. */
  const partsOf = (node: SVGGElement): readonly Element[] => {
    const ids = idsIn(node);
    const others =
      page.drawing()?.querySelectorAll('.lt-plates > [data-for], .lt-marks > [data-for], .lt-pins > [data-for]') ?? [];
    return [node, ...[...others].filter((other) => ids.has(idOf(other) ?? ''))];
  };

  page.surface.addEventListener('pointerdown', (event) => {
    swallows = false;
    if (event.button !== 0 || event.ctrlKey || event.pointerType === 'touch') return;
    const node = draggableAt(event.target, event.clientX, event.clientY);
    const at = placeOf(node);
    if (node === undefined || at === undefined) return;
    drop();
    begin(node, node.dataset.id ?? '', { x: event.clientX, y: event.clientY }, at);
  });
  window.addEventListener('pointermove', (event) => {
    if (held === undefined || event.buttons !== 1) return;
    const [dx, dy] = [event.clientX - held.start.x, event.clientY - held.start.y];
    if (!held.isMoving && Math.hypot(dx, dy) < threshold) return;
    lift();
    const { k } = page.stage.view();
    move({ x: dx / k, y: dy / k });
  });
  window.addEventListener('pointerup', (event) => {
    if (held === undefined || event.button !== 0) return;
    if (!held.isMoving) {
      held = undefined;
      return;
    }
    swallows = true;
    put();
  });
  window.addEventListener('pointercancel', drop);
  for (const type of ['click', 'dblclick'] as const)
    page.surface.addEventListener(
      type,
      (event) => {
        if (!swallows) return;
        swallows = false;
        event.stopPropagation();
      },
      true,
    );

  const nudge = (event: KeyboardEvent): boolean => {
    const direction = arrowKeys[event.key];
    const node = page.nodeAt(document.activeElement) ?? page.nodes().get(page.focus.selected ?? '');
    const at = placeOf(node);
    if (direction === undefined || !event.altKey || event.ctrlKey || event.metaKey || node === undefined || at === undefined)
      return false;
    const way = ways[direction];
    const step = event.shiftKey ? steps.fine : steps.coarse;
    if (held?.node !== node) {
      drop();
      begin(node, node.dataset.id ?? '', { x: 0, y: 0 }, at);
      lift();
    }
    const { x, y } = held?.by ?? { x: 0, y: 0 };
    move({ x: x + way.x * step, y: y + way.y * step });
    clearTimeout(timer);
    timer = window.setTimeout(put, rest);
    return true;
  };

  return {
    onKey(event) {
      if (event.key === 'Escape' && held?.isMoving === true) {
        swallows = true;
        drop();
        return true;
      }
      return nudge(event);
    },
    settle() {
      // The former picture's elements are gone with all that was done to them.
      clearTimeout(timer);
      held = undefined;
      page.svg.classList.remove('dragging');
    },
    takes: (target, x, y) => draggableAt(target, x, y) !== undefined,
  };
}
