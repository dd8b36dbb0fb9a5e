/**
 * The card with what is known of the thing under the pointer or the focus: name, kind, facts in two columns, findings with their
 * signs. It stays while the pointer is on it, and always within the window.
 */

import { type Card, severityNames, signs } from './describe.ts';
import { make } from './elements.ts';

/** Where the card is about: a point of the window, or the outline of a box. */
export interface Anchor {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Tooltip {
  /** Shows a card beside an anchor, after a moment. The same subject again changes nothing. */
  show(subject: string, card: Card, anchor: Anchor): void;
  /** The pointer has left: the card goes too, unless the pointer goes on to the card. */
  leave(): void;
  hide(): void;
  isOpen(): boolean;
}

/** Milliseconds. */
const [delay, whenOpen, grace] = [280, 160, 260] as const;
/** Space to the window's border, px. */
const margin = 8;

/** @param parent the element that the card is put into */
export function createTooltip(parent: HTMLElement): Tooltip {
  const element = make('div', 'tooltip');
  element.setAttribute('role', 'tooltip');
  element.hidden = true;
  parent.append(element);
  let timer = 0;
  let wanted: string | undefined;

  const hide = (): void => {
    clearTimeout(timer);
    wanted = undefined;
    element.hidden = true;
  };
  const leave = (): void => {
    if (wanted === undefined) return;
    wanted = undefined;
    clearTimeout(timer);
    timer = window.setTimeout(hide, element.hidden ? 0 : grace);
  };
  element.addEventListener('pointerenter', () => clearTimeout(timer));
  element.addEventListener('pointerleave', () => {
    wanted = undefined;
    clearTimeout(timer);
    timer = window.setTimeout(hide, grace);
  });

  return {
    show(subject, card, anchor) {
      if (subject === wanted) return;
      wanted = subject;
      clearTimeout(timer);
      timer = window.setTimeout(
        () => {
          element.replaceChildren(...contents(card));
          element.hidden = false;
          element.scrollTop = 0;
          place(element, anchor);
        },
        element.hidden ? delay : whenOpen,
      );
    },
    leave,
    hide,
    isOpen: () => !element.hidden,
  };
}

/** Right of the anchor or left of it, else below or above; moved as far as it takes to be seen whole. */
function place(element: HTMLElement, { bottom, left, right, top }: Anchor): void {
  element.style.setProperty('left', '0');
  element.style.setProperty('top', '0');
  const { offsetHeight: height, offsetWidth: width } = element;
  const gap = 12;
  const fitsRight = right + gap + width <= innerWidth - margin;
  const fitsLeft = left - gap - width >= margin;
  const x = fitsRight ? right + gap : fitsLeft ? left - gap - width : left;
  const isBeside = fitsRight || fitsLeft;
  const y = isBeside ? top : bottom + gap + height <= innerHeight - margin ? bottom + gap : top - gap - height;
  const within = (at: number, size: number, whole: number): number => Math.max(margin, Math.min(at, whole - size - margin));
  element.style.setProperty('left', `${within(x, width, innerWidth)}px`);
  element.style.setProperty('top', `${within(y, height, innerHeight)}px`);
}

function contents({ facts, findings, kind, prose, title }: Card): readonly HTMLElement[] {
  const out: HTMLElement[] = [make('strong', '', title)];
  if (kind !== '') out.push(make('div', 'sub', kind));
  if (facts.length > 0) {
    const rows = facts.flatMap(([label, value]) => [make('dt', '', label), make('dd', '', value)]);
    out.push(make('dl', '', ...rows));
  }
  out.push(...prose.map((line) => make('p', '', line)));
  if (findings.length > 0) {
    const items = findings.map(({ severity, text }) => {
      const sign = make('span', 'sign', signs[severity]);
      sign.title = severityNames[severity];
      return make('li', `finding finding-${severity}`, sign, make('span', '', text));
    });
    out.push(make('ul', '', ...items));
  }
  return out;
}
