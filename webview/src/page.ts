/** What the parts of the page share: the picture that is shown, the view of it, and what is picked out in it. */

import type { FromPage } from '../../server/src/lsp/protocol.ts';
import { type Focus, markFocus } from './focus.ts';
import { idOf, nodesOf } from './geometry.ts';
import type { Net } from './net.ts';
import { readNet } from './readNet.ts';
import type { Stage } from './stage.ts';
import type { Tooltip } from './tooltip.ts';

export interface Page {
  /** What is pointed at: all the room that the picture has, also where nothing is drawn. */
  readonly surface: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly stage: Stage;
  readonly tooltip: Tooltip;
  readonly focus: Focus;
  readonly post: (message: FromPage) => void;
  /** Shows a thing in the text; with `preserveFocus` false the editor takes the keyboard. */
  readonly reveal: (id: string, preserveFocus: boolean) => void;
  /** When the page last had something shown in the text, in ms since the page was opened. */
  readonly revealedAt: () => number;
  /** Keeps the present state over a reload. */
  readonly save: () => void;
  /** The picture that is shown; undefined before the first one and while a message stands in its place. */
  readonly drawing: () => SVGGElement | undefined;
  /** Its boxes by id, in reading order. */
  readonly nodes: () => ReadonlyMap<string, SVGGElement>;
  /** What hangs together in it; read when it is first asked for. */
  readonly net: () => Net;
  /** The box that an element of the picture belongs to. */
  readonly nodeAt: (target: EventTarget | null) => SVGGElement | undefined;
  /** Selects a thing, or nothing; marks and keeps it. Tells nobody. */
  readonly select: (id: string | undefined) => void;
  /** Marks the picture anew after `focus` has changed. */
  readonly mark: () => void;
  /** Puts another picture in place. */
  readonly setDrawing: (drawing: SVGGElement | undefined) => void;
  /** Called when another picture is in place. */
  readonly onDrawing: (listener: (drawing: SVGGElement) => void) => void;
  /** Called when the picture has been marked anew. */
  readonly onMark: (listener: () => void) => void;
}

export interface PageParts extends Pick<Page, 'surface' | 'svg' | 'stage' | 'tooltip' | 'focus' | 'post' | 'save'> {
  /** Called when something else is selected. */
  readonly selected: () => void;
}

/** Joins the parts. */
export function createPage(parts: PageParts): Page {
  let drawing: SVGGElement | undefined;
  let nodes: ReadonlyMap<string, SVGGElement> = new Map();
  let net: Net | undefined;
  const drawingListeners: ((drawing: SVGGElement) => void)[] = [];
  const markListeners: (() => void)[] = [];
  let revealedAt = Number.NEGATIVE_INFINITY;
  const mark = (): void => {
    if (drawing !== undefined) markFocus(drawing, parts.focus);
    for (const listener of markListeners) listener();
  };
  return {
    ...parts,
    reveal(id, preserveFocus) {
      revealedAt = performance.now();
      parts.post({ type: 'reveal', id, preserveFocus });
    },
    revealedAt: () => revealedAt,
    drawing: () => drawing,
    nodes: () => nodes,
    net() {
      net ??= readNet(drawing ?? parts.svg);
      return net;
    },
    nodeAt(target) {
      const element = target instanceof Element ? target.closest('[data-id], .lt-marks [data-for]') : null;
      const id = idOf(element);
      return id === undefined ? undefined : nodes.get(id);
    },
    select(id) {
      parts.focus.selected = id;
      parts.focus.second = undefined;
      mark();
      parts.save();
      parts.selected();
    },
    mark,
    setDrawing(next) {
      drawing = next;
      nodes = next === undefined ? new Map() : nodesOf(next);
      net = undefined;
      if (next !== undefined) for (const listener of drawingListeners) listener(next);
    },
    onDrawing: (listener) => void drawingListeners.push(listener),
    onMark: (listener) => void markListeners.push(listener),
  };
}
