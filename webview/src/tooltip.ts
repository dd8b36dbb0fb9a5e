/** What is known of the thing under the pointer or the focus: the picture's own titles, set in columns. */

export interface Tooltip {
  /** Shows the text at a place of the window, after a moment. */
  show(text: string, x: number, y: number): void;
  hide(): void;
}

const delay = 280;

/** @param parent the element that the tooltip is put into */
export function createTooltip(parent: HTMLElement): Tooltip {
  const element = document.createElement('div');
  element.className = 'tooltip';
  element.setAttribute('role', 'tooltip');
  element.hidden = true;
  parent.append(element);
  let timer = 0;

  const place = (x: number, y: number): void => {
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = Math.max(4, Math.min(x + 14, innerWidth - width - 8));
    const below = y + 18;
    const top = below + height > innerHeight - 8 ? Math.max(4, y - height - 10) : below;
    element.style.setProperty('left', `${left}px`);
    element.style.setProperty('top', `${top}px`);
  };

  return {
    show(text, x, y) {
      clearTimeout(timer);
      timer = window.setTimeout(
        () => {
          element.replaceChildren(...contents(text));
          element.hidden = false;
          place(x, y);
        },
        element.hidden ? delay : 40,
      );
    },
    hide() {
      clearTimeout(timer);
      element.hidden = true;
    },
  };
}

/** Heading, subheading, `label: value` lines as a table, the rest as paragraphs. */
function contents(text: string): readonly HTMLElement[] {
  const [heading = '', subheading = '', ...lines] = text.split('\n');
  const out = [make('strong', heading)];
  if (subheading !== '') out.push(make('div', subheading, 'sub'));
  const table = document.createElement('dl');
  for (const line of lines) {
    const fact = /^([^:⚠]{1,24}): (.*)$/u.exec(line);
    if (fact === null) out.push(make('p', line, line.startsWith('⚠') ? 'finding' : ''));
    else table.append(make('dt', fact[1] ?? ''), make('dd', fact[2] ?? ''));
  }
  if (table.childElementCount > 0) out.splice(subheading === '' ? 1 : 2, 0, table);
  return out;
}

function make(tag: string, text: string, className = ''): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className !== '') element.className = className;
  return element;
}
