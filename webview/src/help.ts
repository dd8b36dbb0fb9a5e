/** The card with all keys. */

import { make } from './elements.ts';

export interface Help {
  readonly toggle: () => void;
  /** Closes it; says whether it was open. */
  readonly close: () => boolean;
}

/** A key, and what it does. */
export type KeyRow = readonly [keys: string, what: string];

/** The keys of the picture itself. */
export const pictureKeys: readonly KeyRow[] = [
  ['Tab', 'into the picture and out of it'],
  ['← → ↑ ↓', 'to the next box in that direction'],
  ['Home, End', 'to the first box, to the last'],
  ['a … z', 'to the next box whose name begins so'],
  ['] and [', 'choose a line of the box; Enter goes along it'],
  ['Ctrl + ← → ↑ ↓', 'along the line that leads there'],
  ['p', 'mark the first end of a path; at another box: show all paths'],
  ['Ctrl + click, Ctrl + Enter', 'paths between the selected box and this one'],
  ['+ − 0', 'closer, farther, show all'],
  ['Escape', 'back, step by step'],
  ['?', 'this card'],
];

/** Keys that a page without an editor around it has as well. */
export const fileKeys: readonly KeyRow[] = [
  ['Space, Enter', 'select'],
  ['/ or Ctrl + F', 'search'],
];

/** The keys of the page in the editor. */
export const editorKeys: readonly KeyRow[] = [
  ['Space', 'select, and show it in the text'],
  ['Enter', 'select, and go to the text'],
  ['/ or Ctrl + F', 'search'],
  ['Alt + Enter', 'open or shut the box'],
  ['Alt + ← → ↑ ↓', 'put the box elsewhere; with Shift by small steps'],
  ['Menu key, Shift + F10', 'what else can be done with the box'],
];

/** @param parent the element that the card is put into */
export function createHelp(parent: HTMLElement, rows: readonly KeyRow[]): Help {
  const entries = rows.flatMap(([keys, what]) => [make('dt', '', keys), make('dd', '', what)]);
  const element = make('div', 'help', make('h2', '', 'Keys'), make('dl', '', ...entries));
  element.setAttribute('role', 'dialog');
  element.setAttribute('aria-label', 'Keys of the picture');
  element.tabIndex = -1;
  element.hidden = true;
  parent.append(element);
  let before: Element | null = null;
  const close = (): boolean => {
    if (element.hidden) return false;
    element.hidden = true;
    if (before instanceof HTMLElement || before instanceof SVGElement) before.focus({ preventScroll: true });
    return true;
  };
  element.addEventListener('click', close);
  return {
    close,
    toggle() {
      if (close()) return;
      before = document.activeElement;
      element.hidden = false;
      element.focus();
    },
  };
}
