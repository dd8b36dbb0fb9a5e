/**
 * The strip above the picture. What is used all the time is always there; the rest are buttons where there is room for them, and
 * entries of a menu where there is not.
 */

import { make } from './elements.ts';
import { type IconName, iconButton } from './icons.ts';
import { openMenu } from './menu.ts';

export interface ToolbarActions {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly focus: () => void;
  readonly foldAll: () => void;
  readonly openAll: () => void;
  readonly compare: () => void;
  readonly split: () => void;
  readonly export: () => void;
  readonly copyLink: () => void;
}

/** What of it can be used just now. */
export interface ToolbarState {
  /** Something is selected that can be focused on. */
  readonly canFocus: boolean;
  /** There are boxes to shut, and shut ones. */
  readonly canFold: boolean;
  readonly canOpen: boolean;
  readonly isComparing: boolean;
}

export interface Toolbar {
  readonly element: HTMLElement;
  readonly set: (state: ToolbarState) => void;
}

interface Entry {
  readonly icon: IconName;
  readonly label: string;
  readonly run: () => void;
  readonly key?: string;
  readonly isDisabled?: (state: ToolbarState) => boolean;
  readonly isOn?: (state: ToolbarState) => boolean;
}

/**
 * The toolbar.
 * @param fields what stands at its left: the viewpoint, the search, the filters
 * @param isAlone there is nobody to make another picture: what would need one is left out
 */
export function createToolbar(actions: ToolbarActions, fields: readonly HTMLElement[], isAlone = false): Toolbar {
  const focus: Entry = { icon: 'focus', label: 'Focus on this', run: actions.focus, isDisabled: (state) => !state.canFocus };
  const always: readonly Entry[] = [
    ...(isAlone ? [] : [focus]),
    { icon: 'zoomOut', label: 'Zoom out', run: actions.zoomOut, key: '−' },
    { icon: 'zoomIn', label: 'Zoom in', run: actions.zoomIn, key: '+' },
    { icon: 'fit', label: 'Fit to window', run: actions.fit, key: '0' },
  ];
  const all: readonly (readonly Entry[])[] = [
    [
      { icon: 'foldAll', label: 'Fold all', run: actions.foldAll, isDisabled: (state) => !state.canFold },
      { icon: 'openAll', label: 'Open all', run: actions.openAll, isDisabled: (state) => !state.canOpen },
    ],
    [
      {
        icon: 'compare',
        label: 'Compare with the last commit',
        run: actions.compare,
        isOn: (state) => state.isComparing,
      },
      { icon: 'split', label: 'Open a second panel', run: actions.split },
      { icon: 'export', label: 'Export the picture…', run: actions.export },
      { icon: 'link', label: 'Copy a link to this picture', run: actions.copyLink },
    ],
  ];
  const more = isAlone ? [] : all;
  let state: ToolbarState = { canFocus: false, canFold: false, canOpen: false, isComparing: false };
  const buttons: (readonly [HTMLButtonElement, Entry])[] = [];
  const add = (entry: Entry, className: string): HTMLElement => {
    const element = iconButton(
      entry.icon,
      entry.label,
      () => {
        if (entry.isDisabled?.(state) !== true) entry.run();
      },
      entry.key,
    );
    element.classList.add(className);
    buttons.push([element, entry]);
    return element;
  };
  const moreButton = iconButton('more', 'More', () => {
    const { left, bottom } = moreButton.getBoundingClientRect();
    const items = more.map((group) =>
      group.map((entry) => ({
        label: entry.label,
        run: entry.run,
        isDisabled: entry.isDisabled?.(state) === true,
        ...(entry.isOn === undefined ? {} : { isOn: entry.isOn(state) }),
      })),
    );
    openMenu('More', items, left, bottom + 2);
  });
  moreButton.classList.add('when-narrow');
  moreButton.setAttribute('aria-haspopup', 'menu');
  const group = make('div', 'buttons', ...always.map((entry) => add(entry, 'always')));
  for (const entries of more) group.append(make('span', 'gap when-wide'), ...entries.map((entry) => add(entry, 'when-wide')));
  if (more.length > 0) group.append(moreButton);

  const element = make('div', 'toolbar', ...fields, group);
  element.setAttribute('role', 'toolbar');
  element.setAttribute('aria-label', 'Picture');
  roving(group);
  const set = (next: ToolbarState): void => {
    state = next;
    for (const [button, entry] of buttons) {
      // Still a stop of the keyboard, so that the focus is not lost when a button has nothing to do.
      button.setAttribute('aria-disabled', String(entry.isDisabled?.(state) === true));
      if (entry.isOn !== undefined) button.setAttribute('aria-pressed', String(entry.isOn(state)));
    }
  };
  set(state);
  return { element, set };
}

/** The buttons are one stop of the Tab key; the arrow keys go from one to the next. */
function roving(group: HTMLElement): void {
  const all = (): readonly HTMLElement[] => [...group.querySelectorAll<HTMLElement>('button')];
  const stopAt = (target: HTMLElement): void => {
    for (const button of all()) button.tabIndex = button === target ? 0 : -1;
  };
  const [first] = all();
  if (first !== undefined) stopAt(first);
  group.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) stopAt(target);
  });
  group.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const seen = all().filter((button) => button.offsetParent !== null);
    const at = event.target instanceof HTMLElement ? seen.indexOf(event.target) : -1;
    seen.at((at + step) % seen.length)?.focus();
    event.preventDefault();
  });
}
