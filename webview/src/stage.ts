/**
 * Panning and zooming: d3-zoom for the gestures, a short glide for what the page does by itself. The picture is moved as one
 * layer of the page (a CSS transform of the whole drawing), which the browser does without drawing its boxes again.
 */

import { select } from 'd3-selection';
import { type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
import { make } from './elements.ts';
import type { Box } from './geometry.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface StoredView {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export interface Stage {
  /** Puts another drawing on the stage; what the user looks at stays where it is. */
  setPicture(size: Size): void;
  /** Shows all of it, however small. */
  fit(glide: boolean): void;
  /**
   * The first sight of a picture: all of it when that can be read, else a part at a size that can be, with the box in the
   * middle, or the upper left corner when there is none.
   */
  open(box: Box | undefined): void;
  zoomBy(factor: number): void;
  /** Moves only as far as needed to see the box, and not at all when it is in sight. */
  bringIntoView(box: Box): void;
  /** Puts the box in the middle, at a scale at which it can be read. */
  goTo(box: Box): void;
  /** Moves the picture without a glide, in px of the window. */
  shift(dx: number, dy: number): void;
  view(): StoredView;
  restore(view: StoredView): void;
  /** Whether it is as it was opened: neither moved nor fitted since. */
  isOpening(): boolean;
  /** Whether the user has moved or scaled the picture since it was last fitted. */
  isTouched(): boolean;
  /** The room for the picture has another size: one that nobody has moved is laid into it anew. */
  resized(box: Box | undefined): void;
}

/** What the stage tells. */
export interface StageEvents {
  /** The view has come to rest at another place. */
  readonly rested: () => void;
  /** The view has moved; called within the gesture, so it has to be quick. */
  readonly moved: (view: StoredView) => void;
  /** Whether a press at a place of the window may move the picture. */
  readonly mayPan: (target: EventTarget | null, x: number, y: number) => boolean;
}

const margin = 24;
const limits = { least: 0.02, most: 4 } as const;
/** Below this scale names cannot be read. */
const readable = 0.55;
/** A thing that one goes to is shown at least this large. */
const close = 0.7;
/** A drawing that covers no more than this many windows is kept as a finished layer while it moves. */
const layerLimit = 600;
/** A movement is over after this pause: the wheel turns in steps. In ms. */
const settleTime = 140;
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * @param surface what the gestures are made on; the drawing is moved within it
 * @param svg the drawing
 */
export function createStage(surface: HTMLElement, svg: SVGSVGElement, events: StageEvents): Stage {
  let size: Size = { width: 0, height: 0 };
  let transform: ZoomTransform = zoomIdentity;
  /** What the user has asked for: nothing yet, all of the picture, or a place of his own. */
  let wish: 'opening' | 'whole' | 'own' = 'opening';
  let frame = 0;

  let ending = 0;
  /** Whether it is being moved: then it is a layer that is only pushed about. */
  let isMoving = false;
  surface.append(make('div', 'shield'));

  const begin = (): void => {
    clearTimeout(ending);
    if (isMoving) return;
    isMoving = true;
    const covered = (size.width * size.height * transform.k ** 2) / Math.max(1, surface.clientWidth * surface.clientHeight);
    svg.classList.toggle('moving', covered < layerLimit);
  };
  const rest = (): void => {
    isMoving = false;
    svg.classList.remove('moving');
    events.rested();
  };
  const place = (): void => {
    svg.style.setProperty('transform', `translate(${transform.x}px, ${transform.y}px) scale(${transform.k})`);
    events.moved(transform);
  };
  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([limits.least, limits.most])
    // The left button moves what it is on, else the picture; the middle one always the picture.
    .filter((event: Event) => {
      if (!(event instanceof MouseEvent)) return true;
      if (event.type === 'wheel') return true;
      if (event.ctrlKey || event.button > 1) return false;
      return event.button === 1 || event.type !== 'mousedown' || events.mayPan(event.target, event.clientX, event.clientY);
    })
    .on('zoom', (event: { readonly transform: ZoomTransform; readonly sourceEvent: unknown }) => {
      transform = event.transform;
      begin();
      place();
      if (event.sourceEvent !== null && event.sourceEvent !== undefined) {
        wish = 'own';
        cancelAnimationFrame(frame);
        surface.classList.toggle('panned', event.sourceEvent instanceof MouseEvent && event.sourceEvent.type === 'mousemove');
      }
    })
    .on('end', () => {
      surface.classList.remove('panned');
      clearTimeout(ending);
      ending = window.setTimeout(rest, settleTime);
    });
  const selection = select(surface);
  // A double click opens the text; it must not zoom as well.
  selection.call(behaviour).on('dblclick.zoom', null);

  const apply = (next: ZoomTransform): void => {
    selection.call(behaviour.transform, next);
  };
  const room = (): Size => ({ width: surface.clientWidth, height: surface.clientHeight });

  /** An animated change of our own: quick at first, then gentle. */
  const glideTo = (next: ZoomTransform): void => {
    cancelAnimationFrame(frame);
    if (reducedMotion.matches) {
      apply(next);
      return;
    }
    const from = transform;
    const begun = performance.now();
    const step = (now: number): void => {
      const share = Math.max(0, Math.min(1, (now - begun) / 240));
      const eased = 1 - (1 - share) ** 3;
      const between = (a: number, b: number): number => a + (b - a) * eased;
      apply(zoomIdentity.translate(between(from.x, next.x), between(from.y, next.y)).scale(between(from.k, next.k)));
      if (share < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
  };

  /** All of the picture, in the middle of the room. */
  const fitted = (): ZoomTransform => {
    const { width, height } = room();
    if (size.width === 0 || width === 0) return zoomIdentity;
    const k = Math.min(1.25, (width - 2 * margin) / size.width, (height - 2 * margin) / size.height);
    const scale = Math.max(limits.least, k);
    return zoomIdentity
      .translate((width - size.width * scale) / 2, Math.max(margin / 2, (height - size.height * scale) / 2))
      .scale(scale);
  };
  /** A box in the middle, as far as the picture's own edges allow. */
  const centred = (box: Box, scale: number): ZoomTransform => {
    const { width, height } = room();
    const along = (start: number, length: number, whole: number, space: number): number => {
      if (whole * scale <= space - 2 * margin) return (space - whole * scale) / 2;
      const wanted = length * scale > space - 2 * margin ? margin - start * scale : space / 2 - (start + length / 2) * scale;
      return Math.min(margin / 2, Math.max(space - margin / 2 - whole * scale, wanted));
    };
    return zoomIdentity
      .translate(along(box.x, box.width, size.width, width), along(box.y, box.height, size.height, height))
      .scale(scale);
  };
  const opened = (box: Box | undefined): ZoomTransform => {
    const whole = fitted();
    return whole.k >= readable ? whole : centred(box ?? { x: 0, y: 0, width: 0, height: 0 }, readable);
  };

  return {
    setPicture(next) {
      size = next;
      svg.setAttribute('width', String(size.width));
      svg.setAttribute('height', String(size.height));
      // Some of the picture always stays in sight.
      behaviour.translateExtent([
        [-size.width, -size.height],
        [size.width * 2, size.height * 2],
      ]);
      place();
    },
    fit(glide) {
      wish = 'whole';
      if (glide) glideTo(fitted());
      else apply(fitted());
    },
    open(box) {
      wish = 'opening';
      apply(opened(box));
    },
    zoomBy(factor) {
      wish = 'own';
      const { width, height } = room();
      const k = Math.max(limits.least, Math.min(limits.most, transform.k * factor));
      const ratio = k / transform.k;
      glideTo(
        zoomIdentity
          .translate(width / 2 - (width / 2 - transform.x) * ratio, height / 2 - (height / 2 - transform.y) * ratio)
          .scale(k),
      );
    },
    bringIntoView(box) {
      const { width, height } = room();
      const [left, top] = transform.apply([box.x, box.y]);
      const [right, bottom] = transform.apply([box.x + box.width, box.y + box.height]);
      const dx = shortfall(left, right, width);
      const dy = shortfall(top, bottom, height);
      if (dx !== 0 || dy !== 0) glideTo(zoomIdentity.translate(transform.x + dx, transform.y + dy).scale(transform.k));
    },
    goTo(box) {
      wish = 'own';
      glideTo(centred(box, Math.max(close, transform.k)));
    },
    shift(dx, dy) {
      wish = 'own';
      apply(zoomIdentity.translate(transform.x + dx, transform.y + dy).scale(transform.k));
    },
    view: () => ({ x: transform.x, y: transform.y, k: transform.k }),
    restore({ x, y, k }) {
      wish = 'own';
      apply(zoomIdentity.translate(x, y).scale(k));
    },
    isOpening: () => wish === 'opening',
    isTouched: () => wish === 'own',
    resized(box) {
      if (wish === 'opening') apply(opened(box));
      else if (wish === 'whole') apply(fitted());
    },
  };
}

/** How far to move so that the piece from `low` to `high` is seen; a piece larger than the view only has to touch its middle. */
function shortfall(low: number, high: number, room: number): number {
  if (high - low > room - 2 * margin) return high < room / 3 || low > (room * 2) / 3 ? room / 2 - (low + high) / 2 : 0;
  if (low < margin) return margin - low;
  return high > room - margin ? room - margin - high : 0;
}
