/**
 * Opening and shutting boxes: by the sign on a box, by Alt+Enter, by the menu, all at once. The picture comes back from the
 * server; the box that was opened or shut stays where it was on the screen.
 */

import { chosen, folded } from './choice.ts';
import { boxOf, idOf } from './geometry.ts';
import type { Page } from './page.ts';
import type { Store } from './store.ts';

export type Fold = 'open' | 'shut';

export interface Folds {
  /** Opens what is shut and shuts what is open. */
  readonly toggle: (id: string) => void;
  readonly shutAll: () => void;
  /** Opens all, as far as it can be drawn. */
  readonly openAll: () => void;
  /** Opens the frames around a thing. */
  readonly openAround: (ids: readonly string[]) => void;
  /**
   * Called with each picture that is in place.
   * @returns how far the picture was moved on the screen so that the box stays put, in px
   */
  readonly settle: () => { readonly dx: number; readonly dy: number };
}

/** Id that stands for every box; the server draws no more of them than can be drawn. */
const every = '*';

/** What can be done with a box: undefined when it holds nothing. */
export function foldOf(node: Element | undefined): Fold | undefined {
  const fold = node?.getAttribute('data-fold');
  return fold === 'open' || fold === 'shut' ? fold : undefined;
}

/** Listens to clicks on the signs. */
export function createFolds(page: Page, store: Store): Folds {
  /** The box that shall stay where it is, and where that is on the screen. */
  let anchor: { readonly id: string; readonly left: number; readonly top: number } | undefined;

  const all = (fold: Fold): readonly string[] => [...page.nodes()].filter(([, node]) => foldOf(node) === fold).map(([id]) => id);
  const cornerOf = (id: string): { readonly left: number; readonly top: number } | undefined => {
    const node = page.nodes().get(id);
    if (node === undefined) return undefined;
    const { x, y, k } = page.stage.view();
    const box = boxOf(node);
    return { left: box.x * k + x, top: box.y * k + y };
  };
  const hold = (id: string): void => {
    const corner = cornerOf(id);
    anchor = corner === undefined ? undefined : { id, ...corner };
  };
  const toggle = (id: string): void => {
    const fold = foldOf(page.nodes().get(id));
    if (fold === undefined) return;
    hold(id);
    page.tooltip.hide();
    store.choose(folded(store.choice(), fold === 'shut' ? [id] : [], fold === 'open' ? [id] : []));
  };
  const signAt = (target: EventTarget | null): string | undefined => {
    const sign = target instanceof Element ? target.closest('[data-fold-sign]') : null;
    if (sign === null) return undefined;
    const named = sign.getAttribute('data-fold-sign') ?? '';
    const around = sign.closest('[data-id], [data-for]');
    return page.nodes().has(named) ? named : idOf(around);
  };
  // Before the click selects: opening a box is not choosing it.
  for (const type of ['click', 'dblclick'] as const)
    page.surface.addEventListener(
      type,
      (event) => {
        const id = signAt(event.target);
        if (id === undefined) return;
        event.stopPropagation();
        if (type === 'click') toggle(id);
      },
      true,
    );

  return {
    toggle,
    shutAll() {
      const open = all('open');
      if (open.length > 0) store.choose(folded(chosen(store.choice(), { open: undefined }), [], open));
    },
    openAll() {
      store.choose(chosen(store.choice(), { open: [every], shut: undefined }));
    },
    openAround(ids) {
      store.choose(folded(store.choice(), ids, []));
    },
    settle() {
      const held = anchor;
      anchor = undefined;
      const corner = held === undefined ? undefined : cornerOf(held.id);
      if (held === undefined || corner === undefined) return { dx: 0, dy: 0 };
      const moved = { dx: held.left - corner.left, dy: held.top - corner.top };
      if (moved.dx !== 0 || moved.dy !== 0) page.stage.shift(moved.dx, moved.dy);
      return moved;
    },
  };
}
