/** Speaks to those who cannot see: a part of the page that screen readers read out when it changes. */

import { make } from './elements.ts';

export interface Announcer {
  /** Says it when the screen reader has nothing more urgent to say; the last one said within a moment wins. */
  readonly say: (text: string) => void;
}

/** Long enough for several changes of one action to become one message. */
const pause = 60;

/** @param parent the element that the live region is put into */
export function createAnnouncer(parent: HTMLElement): Announcer {
  const region = make('div', 'spoken');
  region.setAttribute('aria-live', 'polite');
  region.setAttribute('aria-atomic', 'true');
  parent.append(region);
  let timer = 0;
  return {
    say(text) {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        // The same words again are a change only when they were gone.
        region.textContent = '';
        region.textContent = text;
      }, pause);
    },
  };
}
