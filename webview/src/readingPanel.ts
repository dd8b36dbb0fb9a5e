/** The small panel beside the picture: the paths between two things or the ways of a machine, in words, each with its look. */

import { make, makeSvg, textButton } from './elements.ts';

export interface Entry {
  /** Last part of the class of its look: `p0`, `network`; absent where the picture does not show it. */
  readonly look?: string;
  readonly title?: string;
  readonly words: readonly string[];
}

export interface PanelContent {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** Told below the list. */
  readonly note?: string;
  /** Parts in more than one entry are drawn: the legend says how. */
  readonly hasShared: boolean;
  /** How many of the entries there are drawn as one calls it: `paths`, `ways`. */
  readonly noun: string;
}

export interface ReadingPanel {
  readonly show: (content: PanelContent) => void;
  readonly hide: () => void;
  /** Stands in the corner where it covers fewer of these places of the window; what comes first counts most. */
  readonly keepClearOf: (places: readonly DOMRect[]) => void;
}

export interface PanelActions {
  /** An entry is pointed at or has the focus (or none is). */
  readonly light: (at: number | undefined) => void;
  readonly close: () => void;
}

/** @param parent the element that the panel is put into */
export function createReadingPanel(parent: HTMLElement, actions: PanelActions): ReadingPanel {
  const heading = make('h2', '');
  const close = textButton('reading-close', '×', actions.close);
  close.title = 'Close (Escape)';
  close.setAttribute('aria-label', 'Close');
  const list = make('ol', '');
  const foot = make('p', '');
  const element = make('section', 'reading', make('header', '', heading, close), list, foot);
  element.hidden = true;
  parent.append(element);

  /** The entry that was clicked stays lit. */
  let held: number | undefined;
  const hold = (at: number | undefined): void => {
    held = at;
    for (const [index, button] of [...list.querySelectorAll('button')].entries())
      button.setAttribute('aria-pressed', String(index === at));
    actions.light(held);
  };
  const item = (entry: Entry, at: number): HTMLElement => {
    const words = entry.words.map((line) => make('span', '', line));
    const text = make('span', '', ...(entry.title === undefined ? [] : [make('b', '', entry.title)]), ...words);
    const button = make('button', '', sample(entry.look), text);
    button.type = 'button';
    button.setAttribute('aria-pressed', 'false');
    button.disabled = entry.look === undefined;
    button.addEventListener('pointerenter', () => actions.light(at));
    button.addEventListener('pointerleave', () => actions.light(held));
    button.addEventListener('focus', () => actions.light(at));
    button.addEventListener('blur', () => actions.light(held));
    button.addEventListener('click', () => hold(held === at ? undefined : at));
    return make('li', '', button);
  };
  return {
    show(content) {
      held = undefined;
      heading.textContent = content.title;
      element.setAttribute('aria-label', content.title);
      list.replaceChildren(...content.entries.map(item));
      foot.replaceChildren();
      if (content.hasShared) {
        foot.append(make('span', 'reading-key', sample('shared'), make('span', '', `part of several ${content.noun}`)));
      }
      if (content.note !== undefined) foot.append(make('span', '', content.note));
      foot.hidden = foot.childElementCount === 0;
      element.hidden = false;
    },
    keepClearOf(places) {
      const covered = (): number => {
        const own = element.getBoundingClientRect();
        const covers = ({ bottom, left, right, top }: DOMRect): boolean =>
          left < own.right && right > own.left && top < own.bottom && bottom > own.top;
        return places.reduce((sum, place, at) => sum + (covers(place) ? (at < 2 ? 100 : 1) : 0), 0);
      };
      element.classList.remove('at-right');
      const left = covered();
      element.classList.add('at-right');
      element.classList.toggle('at-right', covered() < left);
    },
    hide() {
      element.hidden = true;
      list.replaceChildren();
    },
  };
}

/** A piece of line as the picture shows it. */
function sample(look: string | undefined): Element {
  const line = look === undefined ? [] : [makeSvg('path', { d: 'M2 5h30', class: `lt-route lt-look-${look}` })];
  return makeSvg('svg', { viewBox: '0 0 34 10', class: 'reading-sample', 'aria-hidden': 'true' }, ...line);
}
