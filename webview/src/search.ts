/**
 * Search by name and role, in all of the design: what is folded away is found too. The page asks the panel; answers that come
 * late are dropped.
 */

import type { FoundThing, FromPage } from '../../server/src/lsp/protocol.ts';
import { make } from './elements.ts';
import { icon } from './icons.ts';

export interface Search {
  /** The field with its sign; stands in the toolbar. */
  readonly element: HTMLElement;
  /** The list of what was found; under the field. */
  readonly list: HTMLElement;
  /** Takes the keyboard to the field. */
  readonly enter: () => void;
  /** An answer of the panel. */
  readonly found: (serial: number, things: readonly FoundThing[]) => void;
  /** Looks for one thing by its id, and goes there when it is found. @param label what it is called */
  readonly seek: (id: string, label: string) => void;
}

/** Names listed at once; one who does not find his among them types another letter. */
const most = 40;
/** Typing is answered after this pause, in ms. */
const pause = 120;

/**
 * @param choose goes to a thing
 * @param leave takes the keyboard back to the picture
 */
export function createSearch(post: (message: FromPage) => void, choose: (thing: FoundThing) => void, leave: () => void): Search {
  const field = make('input', '');
  field.type = 'search';
  field.placeholder = 'Search';
  field.title = 'Search by name or role (/ or Ctrl+F)';
  field.setAttribute('aria-label', 'Search the design');
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-expanded', 'false');
  field.setAttribute('aria-controls', 'found');
  field.setAttribute('spellcheck', 'false');
  const list = make('div', 'found');
  list.id = 'found';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Found');
  list.hidden = true;
  const element = make('span', 'search', icon('search'), field);

  let serial = 0;
  let timer = 0;
  let things: readonly FoundThing[] = [];
  let active = 0;
  let sought: { readonly serial: number; readonly id: string } | undefined;
  /** Enter came before the answer. */
  let isHasty = false;

  const ask = (text: string): number => {
    serial += 1;
    post({ type: 'find', serial, text });
    return serial;
  };
  const hide = (): void => {
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const take = (thing: FoundThing | undefined): void => {
    if (thing === undefined) return;
    hide();
    leave();
    choose(thing);
  };
  const mark = (at: number): void => {
    active = Math.max(0, Math.min(things.length - 1, at));
    [...list.children].forEach((option, index) => {
      option.setAttribute('aria-selected', String(index === active && things.length > 0));
      if (index !== active) return;
      field.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    });
  };
  const showThings = (found: readonly FoundThing[]): void => {
    things = found.slice(0, most);
    list.replaceChildren(
      ...things.map((thing, at) => optionOf(thing, at, () => take(thing))),
      ...(found.length === 0 ? [make('div', 'nothing', 'Nothing is called that.')] : []),
      ...(found.length > most ? [make('div', 'nothing', `${found.length - most} more`)] : []),
    );
    list.hidden = false;
    const { left, bottom } = element.getBoundingClientRect();
    list.style.setProperty('left', `${Math.max(4, Math.min(left, innerWidth - list.offsetWidth - 4))}px`);
    list.style.setProperty('top', `${bottom + 3}px`);
    field.setAttribute('aria-expanded', 'true');
    mark(0);
  };

  field.addEventListener('input', () => {
    clearTimeout(timer);
    isHasty = false;
    const text = field.value.trim();
    if (text === '') hide();
    else timer = window.setTimeout(() => ask(text), pause);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(active + 1);
    else if (event.key === 'ArrowUp') mark(active - 1);
    else if (event.key === 'Enter') {
      if (!list.hidden) take(things[active]);
      else isHasty = field.value.trim() !== '';
    } else if (event.key === 'Escape') {
      if (!list.hidden) hide();
      else {
        field.value = '';
        leave();
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener('blur', hide);
  field.addEventListener('focus', () => {
    if (field.value.trim() !== '') ask(field.value.trim());
  });
  // The field keeps the keyboard while an entry is clicked.
  list.addEventListener('pointerdown', (event) => event.preventDefault());

  return {
    element,
    list,
    enter() {
      field.focus();
      field.select();
    },
    found(answered, found) {
      if (sought?.serial === answered) {
        const { id } = sought;
        sought = undefined;
        const thing = found.find((each) => each.id === id);
        if (thing !== undefined) choose(thing);
      } else if (answered === serial && document.activeElement === field) {
        showThings(found);
        if (isHasty) take(things[0]);
        isHasty = false;
      }
    },
    seek(id, label) {
      sought = { id, serial: ask(label) };
    },
  };
}

function optionOf(thing: FoundThing, at: number, take: () => void): HTMLElement {
  const element = make('div', 'option', make('span', 'option-name', thing.label), make('span', 'sub', thing.role));
  if (thing.detail !== undefined && thing.detail !== '') element.append(make('span', 'sub option-detail', thing.detail));
  element.id = `found-${at}`;
  element.setAttribute('role', 'option');
  element.addEventListener('click', take);
  return element;
}
