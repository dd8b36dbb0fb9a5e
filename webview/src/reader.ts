/** Joins all that reads the picture: pointer and keys, cards, paths and ways, the tree for screen readers, the spoken words. */

import { createAlong } from './along.ts';
import { createAnnouncer } from './announce.ts';
import { createHelp, type KeyRow, pictureKeys } from './help.ts';
import { type KeyHandler, listenToKeys } from './keys.ts';
import type { Page } from './page.ts';
import { listenToPointer } from './pointing.ts';
import { createReading } from './reading.ts';
import type { PictureMessage } from './show.ts';
import { createTree } from './tree.ts';

export interface Reader {
  /** A picture was shown, or a message in its place: another one than before is announced. */
  readonly pictureShown: (data: PictureMessage, view: string | undefined) => void;
}

/**
 * Makes a page that can be read.
 * @param others asked for a key before the picture itself
 * @param rows what these keys do, for the card of keys
 */
export function createReader(page: Page, others: readonly KeyHandler[], rows: readonly KeyRow[]): Reader {
  const announcer = createAnnouncer(document.body);
  const tree = createTree(page);
  const reading = createReading(page, announcer);
  const along = createAlong(page, tree, announcer);
  const help = createHelp(document.body, [...pictureKeys, ...rows]);
  listenToPointer(page, reading);
  listenToKeys(page, others, { along, announcer, help, reading, tree });
  let former: string | undefined;
  return {
    pictureShown(data, view) {
      const { against, choice, message, svg, title, views = [] } = data;
      const key = JSON.stringify([title, choice, message, against]);
      // The first picture is what the reader came for; what is said of it is its own title and description.
      const isOther = former !== undefined && key !== former;
      former = key;
      if (!isOther) return;
      const name = (views.find(({ id }) => id === (choice.view ?? view)) ?? views[0])?.title ?? 'Picture';
      const summary = page.svg.querySelector(':scope > desc')?.textContent ?? title;
      announcer.say(svg === '' ? (message ?? 'There is nothing to draw') : `${name}: ${summary}`);
    },
  };
}
