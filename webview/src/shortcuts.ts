/** Keys beyond those of the picture itself: for the search and for folds. */

import { foldOf } from './folds.ts';
import type { KeyHandler } from './keys.ts';
import type { Page } from './page.ts';

/** `/` and Ctrl+F lead to the search. @param isThere whether it can be seen */
export function searchKey(isThere: () => boolean, enter: () => void): KeyHandler {
  return (event) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const isFind = event.key.toLowerCase() === 'f' && isCommand && !event.shiftKey;
    if (event.altKey || !isThere() || !(isFind || (event.key === '/' && !isCommand))) return false;
    enter();
    return true;
  };
}

/** Alt+Enter opens or shuts the box that has the keyboard, or the selected one. */
export function foldKey(page: Page, toggle: (id: string) => void): KeyHandler {
  return (event) => {
    if (event.key !== 'Enter' || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    const id = page.nodeAt(document.activeElement)?.dataset.id ?? page.focus.selected;
    if (id === undefined || foldOf(page.nodes().get(id)) === undefined) return false;
    toggle(id);
    return true;
  };
}

/** VS Code hears the keys of a page as well and has its own for some of these (Alt and an arrow goes back): not when they are taken. */
export function keptFromEditor(handler: KeyHandler): KeyHandler {
  return (event) => {
    const isTaken = handler(event);
    if (isTaken) event.stopImmediatePropagation();
    return isTaken;
  };
}
