/** Panning and zooming: d3-zoom for the gestures, a short glide for what the page does by itself. */

import { select } from 'd3-selection';
import { type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
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
  setPicture(view: SVGGElement, size: Size): void;
  /** Shows all of it. */
  fit(glide: boolean): void;
  zoomBy(factor: number): void;
  /** Moves only as far as needed to see the box, and not at all when it is in sight. */
  bringIntoView(box: Box): void;
  view(): StoredView;
  restore(view: StoredView): void;
  /** Whether the user has moved or scaled the picture since it was last fitted. */
  isTouched(): boolean;
}

const margin = 24;
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** @param changed called when the view has come to rest at another place */
export function createStage(svg: SVGSVGElement, changed: () => void): Stage {
  let drawing: SVGGElement | undefined;
  let size: Size = { width: 0, height: 0 };
  let transform: ZoomTransform = zoomIdentity;
  let touched = false;
  let frame = 0;

  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.05, 4])
    .on('zoom', (event: { readonly transform: ZoomTransform; readonly sourceEvent: unknown }) => {
      transform = event.transform;
      drawing?.setAttribute('transform', transform.toString());
      if (event.sourceEvent !== null && event.sourceEvent !== undefined) {
        touched = true;
        cancelAnimationFrame(frame);
      }
    })
    .on('end', () => changed());
  const selection = select(svg);
  // A double click opens the text; it must not zoom as well.
  selection.call(behaviour).on('dblclick.zoom', null);

  const apply = (next: ZoomTransform): void => {
    selection.call(behaviour.transform, next);
  };
  const viewport = (): Size => ({ width: svg.clientWidth, height: svg.clientHeight });

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
      const share = Math.min(1, (now - begun) / 240);
      const eased = 1 - (1 - share) ** 3;
      const between = (a: number, b: number): number => a + (b - a) * eased;
      apply(zoomIdentity.translate(between(from.x, next.x), between(from.y, next.y)).scale(between(from.k, next.k)));
      if (share < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
  };

  const fitted = (): ZoomTransform => {
    const { width, height } = viewport();
    if (size.width === 0 || width === 0) return zoomIdentity;
    const k = Math.min(1.25, (width - 2 * margin) / size.width, (height - 2 * margin) / size.height);
    const scale = Math.max(0.05, k);
    return zoomIdentity
      .translate((width - size.width * scale) / 2, Math.max(margin / 2, (height - size.height * scale) / 2))
      .scale(scale);
  };

  return {
    setPicture(view, next) {
      drawing = view;
      size = next;
      // Some of the picture always stays in sight.
      behaviour.translateExtent([
        [-size.width, -size.height],
        [size.width * 2, size.height * 2],
      ]);
      drawing.setAttribute('transform', transform.toString());
    },
    fit(glide) {
      touched = false;
      if (glide) glideTo(fitted());
      else apply(fitted());
    },
    zoomBy(factor) {
      touched = true;
      const { width, height } = viewport();
      const k = Math.max(0.05, Math.min(4, transform.k * factor));
      const ratio = k / transform.k;
      glideTo(
        zoomIdentity
          .translate(width / 2 - (width / 2 - transform.x) * ratio, height / 2 - (height / 2 - transform.y) * ratio)
          .scale(k),
      );
    },
    bringIntoView(box) {
      const { width, height } = viewport();
      const [left, top] = transform.apply([box.x, box.y]);
      const [right, bottom] = transform.apply([box.x + box.width, box.y + box.height]);
      const dx = shift(left, right, width);
      const dy = shift(top, bottom, height);
      if (dx !== 0 || dy !== 0) glideTo(zoomIdentity.translate(transform.x + dx, transform.y + dy).scale(transform.k));
    },
    view: () => ({ x: transform.x, y: transform.y, k: transform.k }),
    restore({ x, y, k }) {
      touched = true;
      apply(zoomIdentity.translate(x, y).scale(k));
    },
    isTouched: () => touched,
  };
}

/** How far to move so that the piece from `low` to `high` is seen; a piece larger than the view only has to touch its middle. */
function shift(low: number, high: number, room: number): number {
  if (high - low > room - 2 * margin) return high < room / 3 || low > (room * 2) / 3 ? room / 2 - (low + high) / 2 : 0;
  if (low < margin) return margin - low;
  return high > room - margin ? room - margin - high : 0;
}
