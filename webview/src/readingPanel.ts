/** The small panel beside the picture: the paths between two things or the ways of a machine, in words, each with its look. */

const svgNamespace = 'http://www.w3.org/2000/svg';

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
  const element = document.createElement('section');
  element.className = 'reading';
  element.hidden = true;
  const heading = make('h2', '');
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'reading-close';
  close.textContent = '×';
  close.title = 'Close (Escape)';
  close.setAttribute('aria-label', 'Close');
  close.addEventListener('click', actions.close);
  const list = document.createElement('ol');
  const foot = make('p', '');
  const head = document.createElement('header');
  head.append(heading, close);
  element.append(head, list, foot);
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
    const li = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-pressed', 'false');
    const text = document.createElement('span');
    if (entry.title !== undefined) text.append(make('b', entry.title));
    text.append(...entry.words.map((line) => make('span', line)));
    button.append(sample(entry.look), text);
    button.disabled = entry.look === undefined;
    button.addEventListener('pointerenter', () => actions.light(at));
    button.addEventListener('pointerleave', () => actions.light(held));
    button.addEventListener('focus', () => actions.light(at));
    button.addEventListener('blur', () => actions.light(held));
    button.addEventListener('click', () => hold(held === at ? undefined : at));
    li.append(button);
    return li;
  };
  return {
    show(content) {
      held = undefined;
      heading.textContent = content.title;
      element.setAttribute('aria-label', content.title);
      list.replaceChildren(...content.entries.map(item));
      foot.replaceChildren();
      if (content.hasShared) {
        const key = make('span', '', 'reading-key');
        key.append(sample('shared'), make('span', `part of several ${content.noun}`));
        foot.append(key);
      }
      if (content.note !== undefined) foot.append(make('span', content.note));
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
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 34 10');
  svg.setAttribute('class', 'reading-sample');
  svg.setAttribute('aria-hidden', 'true');
  if (look === undefined) return svg;
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', 'M2 5h30');
  path.setAttribute('class', `lt-route lt-look-${look}`);
  svg.append(path);
  return svg;
}

function make(tag: string, text: string, className = ''): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className !== '') element.className = className;
  return element;
}
