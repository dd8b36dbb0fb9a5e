/** The keys of the picture. Fields and buttons of the page keep theirs. */

import type { Along } from './along.ts';
import type { Announcer } from './announce.ts';
import { arrowKeys, type Direction, neighbour } from './geometry.ts';
import type { Help } from './help.ts';
import type { Page } from './page.ts';
import type { Reading } from './reading.ts';
import type { Tree } from './tree.ts';

/** Takes a key when it knows it, and says whether it did. */
export type KeyHandler = (event: KeyboardEvent) => boolean;

/** What the keys act on. */
export interface KeyParts {
  readonly tree: Tree;
  readonly along: Along;
  readonly reading: Reading;
  readonly help: Help;
  readonly announcer: Announcer;
}

/**
 * Listens to the keys.
 * @param others asked before the picture's own keys, also with Ctrl and Alt: the first that takes a key has it
 */
export function listenToKeys(page: Page, others: readonly KeyHandler[], parts: KeyParts): void {
  const find = createTypeAhead(page);
  /** The first end of a path, as long as it is still what is selected. */
  let marked: string | undefined;

  const mark = (id: string): void => {
    const { second, selected } = page.focus;
    if (marked !== undefined && marked === selected && second === undefined && id !== marked) {
      parts.reading.selectSecond(id);
      return;
    }
    marked = id;
    page.select(id);
    const name = page.net().things.get(id)?.name ?? id;
    parts.announcer.say(`${name} is the first end of a path. Go to another box and press p`);
  };

  const onKey = (event: KeyboardEvent): boolean => {
    if (page.drawing() === undefined) return event.key === 'Escape' && parts.help.close();
    const { key } = event;
    const node = page.nodeAt(document.activeElement);
    const id = node?.dataset.id;
    const direction = arrowKeys[key];
    const isOnButton = event.target instanceof HTMLButtonElement;
    if (event.altKey) return false;
    if (event.ctrlKey || event.metaKey || (event.shiftKey && key === 'Enter')) {
      if (direction !== undefined && id !== undefined) parts.along.go(direction);
      else if (key === 'Enter' && id !== undefined) parts.reading.selectSecond(id);
      else return false;
      return true;
    }
    if (key === 'Escape') return goBack();
    if (key === '?') {
      parts.help.toggle();
      return true;
    }
    if (isOnButton) return false;
    if (direction !== undefined) walk(direction);
    else if (key === 'Home' || key === 'End') end(key);
    else if (id !== undefined && find.isTyping() && find.type(key)) return true;
    else if (key === '+' || key === '=') page.stage.zoomBy(1.3);
    else if (key === '-' || key === '_') page.stage.zoomBy(1 / 1.3);
    else if (key === '0') page.stage.fit(true);
    else if (key === ']') parts.along.choose(1);
    else if (key === '[') parts.along.choose(-1);
    else if (key === 'p' && id !== undefined) mark(id);
    else if (key === 'Enter' && parts.along.follow()) return true;
    else if ((key === 'Enter' || key === ' ') && id !== undefined) {
      page.select(id);
      // Enter goes to the text; the space bar only shows it there.
      page.reveal(id, key === ' ');
    } else return id !== undefined && find.type(key);
    return true;
  };

  /** One step back: what was opened last goes first. */
  const goBack = (): boolean => {
    if (parts.help.close() || parts.along.drop()) return true;
    if (page.tooltip.isOpen()) {
      page.tooltip.hide();
      return true;
    }
    if (parts.reading.back()) return true;
    marked = undefined;
    page.focus.current = undefined;
    page.select(undefined);
    page.tooltip.hide();
    return true;
  };

  const walk = (direction: Direction): void => {
    const drawing = page.drawing();
    if (drawing === undefined) return;
    const from = page.nodeAt(document.activeElement);
    const next = from === undefined ? parts.tree.active() : neighbour(from, direction, drawing, page.nodes().values());
    if (next !== undefined) parts.tree.focus(next);
  };
  const end = (key: string): void => {
    const nodes = [...page.nodes().values()];
    const node = key === 'Home' ? nodes[0] : nodes.at(-1);
    if (node !== undefined) parts.tree.focus(node);
  };
  find.onFound((node) => parts.tree.focus(node));

  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isField(event.target)) return;
    if (others.some((other) => other(event)) || onKey(event)) event.preventDefault();
  });
}

/** A place where keys are typed text or a choice of its own. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLSelectElement || target instanceof HTMLInputElement;
}

/** Letters typed within this time of each other, in milliseconds, belong to one name. */
const typingPause = 900;

/** Goes to the box whose name begins with what is typed; the same letter again goes to the next of them. */
function createTypeAhead(page: Page): {
  readonly type: (key: string) => boolean;
  readonly isTyping: () => boolean;
  readonly onFound: (listener: (node: SVGGElement) => void) => void;
} {
  let typed = '';
  let at = Number.NEGATIVE_INFINITY;
  let found: (node: SVGGElement) => void = () => undefined;
  const isTyping = (): boolean => typed !== '' && performance.now() - at < typingPause;
  return {
    isTyping,
    onFound: (listener) => {
      found = listener;
    },
    type(key) {
      if ([...key].length !== 1 || key === ' ' || !/[\p{L}\p{N}._-]/u.test(key)) return false;
      const letter = key.toLocaleLowerCase();
      const isSame = isTyping() && [...typed].every((each) => each === letter);
      typed = isTyping() && !isSame ? typed + letter : letter;
      at = performance.now();
      const nodes = [...page.nodes().values()];
      const focused = page.nodeAt(document.activeElement);
      const here = focused === undefined ? 0 : nodes.indexOf(focused);
      // A longer beginning may still fit where one is; a single letter always goes on.
      const start = typed.length > 1 ? here : here + 1;
      const order = [...nodes.slice(start), ...nodes.slice(0, start)];
      const next = order.find((node) => (node.dataset.name ?? '').toLocaleLowerCase().startsWith(typed));
      if (next !== undefined) found(next);
      return true;
    },
  };
}
