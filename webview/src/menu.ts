/** A small menu: of a box under the pointer, or of what the toolbar has no room for. One is open at a time. */

import { make } from './elements.ts';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  /** Set on what can be on or off. */
  readonly isOn?: boolean;
  readonly isDisabled?: boolean;
}

let close: ((returnsFocus: boolean) => void) | undefined;

/** Closes the open menu, if there is one. */
function closeMenu(): void {
  close?.(false);
}

/**
 * Opens a menu at a place of the window.
 * @param items groups, with a line between them; empty ones are left out
 * @param name what a screen reader calls the menu
 */
export function openMenu(name: string, items: readonly (readonly MenuItem[])[], x: number, y: number): void {
  closeMenu();
  const before = document.activeElement;
  const element = make('div', 'menu');
  element.setAttribute('role', 'menu');
  element.setAttribute('aria-label', name);
  for (const group of items.filter((each) => each.length > 0)) {
    if (element.childElementCount > 0) element.append(separator());
    for (const item of group)
      element.append(
        itemElement(item, (run) => {
          close?.(true);
          run();
        }),
      );
  }
  const outside = (event: Event): void => {
    if (!(event.target instanceof Node && element.contains(event.target))) close?.(false);
  };
  close = (returnsFocus) => {
    close = undefined;
    element.remove();
    for (const type of ['pointerdown', 'wheel'] as const) window.removeEventListener(type, outside, true);
    window.removeEventListener('blur', closeMenu);
    if (returnsFocus && (before instanceof HTMLElement || before instanceof SVGElement)) before.focus({ preventScroll: true });
  };
  for (const type of ['pointerdown', 'wheel'] as const) window.addEventListener(type, outside, true);
  window.addEventListener('blur', closeMenu);
  element.addEventListener('keydown', (event) => {
    if (onKey(element, event.key)) event.preventDefault();
    event.stopPropagation();
  });
  element.addEventListener('contextmenu', (event) => event.preventDefault());
  document.body.append(element);
  const { offsetWidth: width, offsetHeight: height } = element;
  element.style.setProperty('left', `${Math.max(2, Math.min(x, innerWidth - width - 4))}px`);
  element.style.setProperty('top', `${Math.max(2, y + height > innerHeight - 4 ? Math.min(y, innerHeight) - height : y)}px`);
  itemsOf(element)[0]?.focus();
}

const itemsOf = (element: HTMLElement): readonly HTMLElement[] => [
  ...element.querySelectorAll<HTMLElement>('button:not(:disabled)'),
];

function onKey(element: HTMLElement, key: string): boolean {
  const items = itemsOf(element);
  const at = document.activeElement instanceof HTMLElement ? items.indexOf(document.activeElement) : -1;
  const go = (to: number): void => items.at(to % Math.max(1, items.length))?.focus();
  if (key === 'ArrowDown') go(at + 1);
  else if (key === 'ArrowUp') go(at <= 0 ? -1 : at - 1);
  else if (key === 'Home') go(0);
  else if (key === 'End') go(-1);
  else if (key === 'Escape' || key === 'Tab') close?.(true);
  else return false;
  return true;
}

function itemElement(item: MenuItem, choose: (run: () => void) => void): HTMLButtonElement {
  const element = make('button', 'menu-item', item.label);
  element.type = 'button';
  element.tabIndex = -1;
  element.disabled = item.isDisabled === true;
  element.setAttribute('role', item.isOn === undefined ? 'menuitem' : 'menuitemcheckbox');
  if (item.isOn !== undefined) element.setAttribute('aria-checked', String(item.isOn));
  element.addEventListener('click', () => choose(item.run));
  return element;
}

function separator(): HTMLElement {
  const element = make('div', 'menu-line');
  element.setAttribute('role', 'separator');
  return element;
}
