/** The menu of a box: by the right button, the Menu key or Shift+F10. */

import { foldOf } from './folds.ts';
import { type MenuItem, openMenu } from './menu.ts';
import type { Page } from './page.ts';

export interface BoxActions {
  /** There is no text to go to, and nobody to make another picture. */
  readonly isAlone: boolean;
  readonly focus: (id: string) => void;
  readonly toggle: (id: string) => void;
  readonly isPlaced: (id: string) => boolean;
  readonly hasPlaced: () => boolean;
  /** Lets the layout place a box again, or all of the view. */
  readonly free: (id: string | undefined) => void;
  readonly copy: (text: string) => void;
}

/** Listens for the menu; says whether a key was one of its. */
export function createContextMenu(page: Page, actions: BoxActions): (event: KeyboardEvent) => boolean {
  const open = (node: SVGGElement, x: number, y: number): void => {
    const id = node.dataset.id ?? '';
    const name = node.dataset.name ?? id;
    const fold = foldOf(node);
    page.tooltip.hide();
    page.select(id);
    const only = (condition: boolean, item: MenuItem): readonly MenuItem[] => (condition ? [item] : []);
    openMenu(
      name,
      [
        only(!actions.isAlone, { label: 'Go to text', run: () => page.reveal(id, false) }),
        [
          ...only(!actions.isAlone, { label: 'Focus on this', run: () => actions.focus(id) }),
          ...only(fold !== undefined, { label: fold === 'shut' ? 'Open' : 'Shut', run: () => actions.toggle(id) }),
        ],
        [
          ...only(actions.isPlaced(id), { label: 'Free its place', run: () => actions.free(id) }),
          ...only(actions.hasPlaced(), { label: 'Free all places of this view', run: () => actions.free(undefined) }),
        ],
        [{ label: 'Copy name', run: () => actions.copy(name) }],
      ],
      x,
      y,
    );
  };
  page.surface.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    const node = page.nodeAt(event.target);
    // The Menu key is answered as a key: its event has no place of its own.
    if (node !== undefined && event.button === 2) open(node, event.clientX, event.clientY);
  });
  return (event) => {
    if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return false;
    const node = page.nodeAt(document.activeElement) ?? page.nodes().get(page.focus.selected ?? '');
    if (node === undefined) return false;
    const { left, top, width, height } = node.getBoundingClientRect();
    open(node, left + Math.min(24, width / 2), top + Math.min(24, height / 2));
    return true;
  };
}
