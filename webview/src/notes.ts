/** A line above the picture: what it could not show, and why. It can be put away, and comes back when it says something else. */

import { make } from './elements.ts';
import { iconButton } from './icons.ts';

export interface Notes {
  readonly element: HTMLElement;
  readonly show: (text: string | undefined) => void;
}

/** The line, hidden until there is something to say. */
export function createNotes(): Notes {
  let away = '';
  let shown = '';
  const words = make('span', 'note-words');
  words.setAttribute('role', 'status');
  const element = make('div', 'note', words);
  element.hidden = true;
  element.append(
    iconButton('close', 'Put this note away', () => {
      away = shown;
      element.hidden = true;
    }),
  );
  return {
    element,
    show(text) {
      shown = text ?? '';
      words.textContent = shown;
      element.hidden = shown === '' || shown === away;
    },
  };
}
