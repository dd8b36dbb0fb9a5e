/** Shows the pictures that the panel sends: puts them in place, keeps what the user looks at, and plays what moved. */

import type { ToPage } from '../../server/src/lsp/protocol.ts';
import { pictureKey } from './choice.ts';
import { makeSvg } from './elements.ts';
import { type Box, boxOf } from './geometry.ts';
import { animateFrom, snapshot } from './motion.ts';
import type { Page } from './page.ts';
import { parsePicture } from './picture.ts';
import type { Store } from './store.ts';

export type PictureMessage = Extract<ToPage, { readonly type: 'picture' }>;

export interface Show {
  /** Shows a picture, or the message in its place; says whether there is a picture. */
  readonly picture: (data: PictureMessage) => boolean;
  /** The text's cursor stands in a thing, or in none. */
  readonly highlight: (id: string | null, choose: boolean) => void;
  /** Selects a thing and goes there, now or when a picture comes that has it: the first of the ids that is drawn. */
  readonly reach: (ids: readonly string[]) => void;
  /** The room for the picture has another size. */
  readonly resized: () => void;
}

/** A highlight that comes this soon after the page has had something shown in the text is the answer to that, in ms. */
const answerTime = 1500;

export interface ShowEvents {
  /** A picture is in place, not yet laid into the room. */
  readonly placed: (view: SVGGElement, data: PictureMessage) => void;
  /** It is laid into the room: says how far it was moved after that to keep something where it was, in px of the window. */
  readonly settled: () => { readonly dx: number; readonly dy: number };
}

/** @param message where the words stand when there is no picture */
export function createShow(page: Page, store: Store, message: HTMLElement, events: ShowEvents): Show {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let shownText = '';
  let shownKey: string | undefined;
  /** The picture has just come for the first time: the first thing that is lit up decides which part of it is shown. */
  let isFresh = false;
  /** Ids of what is to be reached: the thing first, then what may stand for it. */
  let wanted: readonly string[] = [];
  /** The thing that the text's cursor stood in last. */
  let cursor: string | undefined;

  const put = (data: PictureMessage): boolean => {
    const picture = data.svg === '' ? undefined : parsePicture(data.svg);
    message.hidden = picture !== undefined;
    page.svg.toggleAttribute('hidden', picture === undefined);
    if (picture === undefined) {
      message.textContent =
        data.message ?? (data.svg === '' ? 'There is nothing to draw yet.' : 'The picture could not be read.');
      shownText = '';
      return false;
    }
    const old = page.drawing();
    const before = old === undefined ? undefined : snapshot(old);
    const focused = document.activeElement?.getAttribute('data-id') ?? undefined;
    const key = pictureKey(data.choice, store.viewOf(data.choice));
    sheet.replaceSync(picture.css);
    prepare(picture.view);
    const description = makeSvg('desc', {}, new Text(`${data.title}. ${picture.description}`));
    page.svg.replaceChildren(description, ...picture.defs, picture.view);
    page.svg.setAttribute('aria-label', data.title);
    page.setDrawing(picture.view);
    const nodes = page.nodes();
    const isOther =
      key !== shownKey ||
      (before !== undefined && before.boxes.size > 0 && ![...before.boxes.keys()].some((id) => nodes.has(id)));
    page.stage.setPicture(picture);
    events.placed(picture.view, data);
    const memory = store.showing(data.choice, data.title);
    if (isOther) {
      page.focus.selected = memory.selected ?? page.focus.selected;
      isFresh = memory.place === undefined && page.focus.current === undefined;
      if (memory.place === undefined) page.stage.open(currentBox());
      else page.stage.restore(memory.place);
    }
    shownKey = key;
    if (focused !== undefined) nodes.get(focused)?.focus({ preventScroll: true });
    page.mark();
    const { dx, dy } = events.settled();
    const { k } = page.stage.view();
    if (before !== undefined && !isOther) animateFrom(before, picture.view, { dx: -dx / k, dy: -dy / k });
    arrive();
    return true;
  };
  /** Goes to the thing that was to be reached as soon as it is drawn. */
  const arrive = (): void => {
    const id = wanted.find((each) => page.nodes().has(each));
    const node = page.nodes().get(id ?? '');
    if (node === undefined) return;
    // What stands for the thing is not waited for any longer; the thing itself may still come to light.
    wanted = wanted.slice(0, wanted.indexOf(id ?? ''));
    page.select(id);
    page.stage.goTo(boxOf(node));
  };

  const reach = (ids: readonly string[]): void => {
    wanted = ids;
    arrive();
  };
  const currentBox = (): Box | undefined => {
    const node = page.nodes().get(page.focus.current ?? '') ?? page.nodes().get(page.focus.selected ?? '');
    return node === undefined ? undefined : boxOf(node);
  };

  return {
    picture(data) {
      page.tooltip.hide();
      if (data.svg !== '' && data.svg === shownText) return true;
      shownText = data.svg;
      return put(data);
    },
    highlight(id, choose) {
      page.focus.current = id ?? undefined;
      if (id === null) {
        page.mark();
        return;
      }
      const { selected } = page.focus;
      // The cursor goes on to another thing, and not because the page has sent it there: what was selected dims the picture no more.
      const goesOn = cursor !== undefined && id !== cursor && performance.now() - page.revealedAt() > answerTime;
      cursor = id;
      if (choose) {
        reach([id]);
        return;
      }
      if (goesOn && selected !== undefined && id !== selected) page.select(undefined);
      else page.mark();
      const node = page.nodes().get(id);
      if (node === undefined) return;
      if (isFresh && page.stage.isOpening()) page.stage.open(boxOf(node));
      else page.stage.bringIntoView(boxOf(node));
      isFresh = false;
    },
    reach,
    resized() {
      if (page.drawing() !== undefined) page.stage.resized(currentBox());
    },
  };
}

/** Tooltips are the page's own, so the picture's titles become data; thin lines get a wider one to point at. */
function prepare(view: SVGGElement): void {
  for (const title of view.querySelectorAll('title')) {
    title.parentElement?.setAttribute('data-tip', title.textContent ?? '');
    title.remove();
  }
  for (const line of view.querySelectorAll<SVGPathElement>('path[data-edge]')) {
    const [d, tip] = [line.getAttribute('d') ?? '', line.getAttribute('data-tip') ?? ''];
    line.before(makeSvg('path', { class: 'lt-hit', d, 'data-tip': tip }));
  }
}

/** Tells the panel when the browser has drawn: the frame after next begins when this one is on the screen. */
export function reportPaint(page: Page, revision: number, isShown: boolean): void {
  const nodes = isShown ? page.nodes().size : 0;
  requestAnimationFrame(() => requestAnimationFrame(() => page.post({ type: 'painted', revision, nodes })));
}
