/**
 * The box under the pointer is outlined, without the frames around it. By a class and not by `:hover`: that holds for the frames as
 * well, and to take it back from them the browser would look through all boxes at each step of the pointer.
 */

import type { Page } from './page.ts';

/** Listens to the pointer. */
export function followHover(page: Page): void {
  let hovered: Element | undefined;
  const hover = (next: Element | undefined): void => {
    if (next === hovered) return;
    hovered?.classList.remove('lt-hover');
    next?.classList.add('lt-hover');
    hovered = next;
  };
  page.surface.addEventListener('pointerover', ({ target }) => hover(page.nodeAt(target)));
  page.surface.addEventListener('pointerleave', () => hover(undefined));
}
