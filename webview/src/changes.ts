/** A comparison of two states of the design: against what, how much differs, and a list of it that leads to each thing. */

import type { ChangeItem } from '../../server/src/lsp/protocol.ts';
import { make } from './elements.ts';
import { icon, iconButton } from './icons.ts';

export interface Changes {
  readonly element: HTMLElement;
  /** Shows what differs; hides the list when nothing is compared. @param against with what it is compared, in words */
  readonly show: (items: readonly ChangeItem[] | undefined, against: string | undefined) => void;
}

type Kind = ChangeItem['change'];
const kinds: readonly (readonly [Kind, string, string])[] = [
  ['added', '+', 'added'],
  ['removed', '−', 'removed'],
  ['changed', '~', 'changed'],
  ['moved', '→', 'moved'],
];
/** Entries listed at once: a design that is another one altogether is no list to read. */
const most = 500;

/**
 * @param choose goes to a thing
 * @param end ends the comparison
 */
export function createChanges(choose: (item: ChangeItem) => void, end: () => void): Changes {
  const hidden = new Set<Kind>();
  let items: readonly ChangeItem[] = [];
  let isOpen = true;
  const element = make('section', 'changes');
  element.setAttribute('aria-label', 'Comparison');
  element.hidden = true;
  const heading = make('span', 'changes-heading');
  const toggle = make('button', 'changes-toggle', icon('expand'), heading);
  toggle.type = 'button';
  const body = make('div', 'changes-body');
  body.id = 'changes';
  toggle.setAttribute('aria-controls', body.id);
  const setOpen = (open: boolean): void => {
    isOpen = open;
    body.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
  };
  toggle.addEventListener('click', () => setOpen(!isOpen));
  setOpen(innerWidth >= 800);
  const filter = make('div', 'changes-kinds');
  filter.setAttribute('role', 'group');
  filter.setAttribute('aria-label', 'Kinds of difference');
  const list = make('ul', 'changes-list');
  body.append(filter, list);
  element.append(make('div', 'changes-head', toggle, iconButton('close', 'End the comparison', end)), body);

  const fill = (): void => {
    const shown = items.filter((item) => !hidden.has(item.change));
    list.replaceChildren(
      ...shown.slice(0, most).map((item) => entryOf(item, choose)),
      ...(shown.length > most ? [make('li', 'nothing', `and ${shown.length - most} more`)] : []),
    );
  };
  const kindButton = (kind: Kind, sign: string, word: string): HTMLElement => {
    const count = items.filter((item) => item.change === kind).length;
    const button = make('button', `kind is-${kind}`, make('span', 'sign', sign), `${count} ${word}`);
    button.type = 'button';
    button.disabled = count === 0;
    button.setAttribute('aria-pressed', String(!hidden.has(kind)));
    button.addEventListener('click', () => {
      if (!hidden.delete(kind)) hidden.add(kind);
      button.setAttribute('aria-pressed', String(!hidden.has(kind)));
      fill();
    });
    return button;
  };
  return {
    element,
    show(next, against) {
      element.hidden = next === undefined && against === undefined;
      if (element.hidden) return;
      items = next ?? [];
      const number =
        items.length === 0 ? 'no difference' : `${items.length} ${items.length === 1 ? 'difference' : 'differences'}`;
      heading.textContent = against === undefined ? capital(number) : `Compared with ${against}: ${number}`;
      filter.hidden = items.length === 0;
      filter.replaceChildren(...kinds.map(([kind, sign, word]) => kindButton(kind, sign, word)));
      fill();
    },
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function entryOf(item: ChangeItem, choose: (item: ChangeItem) => void): HTMLElement {
  const [, sign = '', word = ''] = kinds.find(([kind]) => kind === item.change) ?? [];
  const mark = make('span', `sign is-${item.change}`, sign);
  mark.setAttribute('aria-label', word);
  mark.setAttribute('role', 'img');
  const words = make('span', 'words', make('span', 'name', item.label), ' ', make('span', 'sub', item.role));
  if (item.what !== undefined && item.what !== '') words.append(make('span', 'what', item.what));
  const button = make('button', 'change', mark, words);
  button.type = 'button';
  button.addEventListener('click', () => choose(item));
  return make('li', '', button);
}
