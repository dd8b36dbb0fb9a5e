/**
 * More is shown as one comes closer. Three levels, as classes on the drawing: far (frames and their names, lines, findings),
 * middle (names of all), near (everything). Nothing is laid out again: small print is made invisible by the style sheet, and
 * names are enlarged where their box has room for it, so that they can be read at any scale.
 */

import { type Box, boxOf } from './geometry.ts';

export type ZoomLevel = 'far' | 'middle' | 'near';

/** Scales below which a level ends. */
const edges = { far: 0.4, middle: 0.7 } as const;
/** Below this lines are drawn wider, since they would hardly be seen. */
const veryFar = 0.16;
/** Size of a name in the picture, in px; and the sizes on the screen that are aimed at, and that is the least worth showing. */
const nameSize = 13;
const aims = { outer: 15, inner: 12, middle: 11, least: 6.5 } as const;
/** More leaves than this keep their names as they are. */
const mostLeaves = 1500;
/** More boxes than this are a large picture. */
const large = 1500;
/** Names are set anew when the scale has changed by this factor. */
const step = 1.12;

/** The level of a scale. */
export function levelOf(scale: number): ZoomLevel {
  return scale < edges.far ? 'far' : scale < edges.middle ? 'middle' : 'near';
}

export interface ZoomLevels {
  /** Another picture is in place. */
  readonly setPicture: (view: SVGGElement) => void;
  /** The scale is another one. While it changes, a large picture keeps its level: to draw it anew takes longer than a frame. */
  readonly scale: (scale: number, isMoving: boolean) => void;
}

/** A name that can be enlarged. */
export interface Name {
  /** Its left end and its baseline, and how long it is. */
  readonly x: number;
  readonly y: number;
  readonly length: number;
  readonly box: Box;
  /** A frame with frames in it that have names, a frame or shut box without, or one box among others. */
  readonly kind: 'outer' | 'inner' | 'leaf';
}

/** Where a name stands at a scale: how many times as large, and moved by how much; undefined when there is no room for it. */
function placeName(name: Name, scale: number): { readonly factor: number; readonly dx: number; readonly dy: number } | undefined {
  const { x, y, length, box, kind } = name;
  const level = levelOf(scale);
  if (level === 'near') return { factor: 1, dx: 0, dy: 0 };
  if (level === 'far' && kind === 'leaf') return undefined;
  const isCentred = level === 'far' && kind === 'inner';
  const aim = level === 'middle' ? aims.middle : aims[kind === 'outer' ? 'outer' : 'inner'];
  const start = level === 'far' ? box.x + 6 : x;
  const room = isCentred ? box.width - 6 : box.x + box.width - start - 4;
  const height = kind === 'outer' ? box.height / 3 : box.height - 4;
  const factor = Math.max(
    kind === 'leaf' ? 0.9 : 0,
    Math.min(aim / (nameSize * scale), room / Math.max(1, length), height / (nameSize * 1.25)),
  );
  if (level === 'far' && factor * nameSize * scale < aims.least) return undefined;
  if (factor <= 1 && level === 'middle' && kind !== 'leaf') return { factor: 1, dx: 0, dy: 0 };
  // The middle of a letter is about a third of its size above the baseline.
  const third = (nameSize * factor) / 3;
  const left = isCentred ? box.x + (box.width - length * factor) / 2 : start;
  const top = box.y + nameSize * factor + 3;
  const baseline = isCentred ? box.y + box.height / 2 + third : Math.max(y, top);
  return { factor, dx: left - x * factor, dy: baseline - y * factor };
}

/** @param svg the drawing that the levels are classes of */
export function createZoomLevels(svg: SVGSVGElement): ZoomLevels {
  let view: SVGGElement | undefined;
  let names: readonly (readonly [SVGTextElement, Name])[] | undefined;
  let at = Number.NaN;
  let frame = 0;
  let latest = 1;
  let isLarge = false;

  const set = (): void => {
    const level = levelOf(latest);
    svg.classList.toggle('lt-far', level === 'far');
    svg.classList.toggle('lt-middle', level === 'middle');
    svg.classList.toggle('lt-veryfar', latest < veryFar);
    if (view === undefined) return;
    if (level === 'near' && names === undefined) return;
    names ??= namesOf(view);
    for (const [text, name] of names) {
      const place = placeName(name, latest);
      text.classList.toggle('lt-tiny', place === undefined);
      // A name that stands in the middle of a box takes the room of what else is in it.
      text.parentElement?.classList.toggle('lt-named', level === 'far' && place !== undefined);
      if (place === undefined || (place.factor === 1 && place.dx === 0 && place.dy === 0)) text.removeAttribute('transform');
      else text.setAttribute('transform', `matrix(${place.factor} 0 0 ${place.factor} ${place.dx} ${place.dy})`);
    }
    enlargeMarks(view, latest);
    enlargeSigns(view, latest);
  };
  return {
    setPicture(next) {
      view = next;
      names = undefined;
      at = Number.NaN;
      isLarge = next.querySelectorAll('[data-id]').length > large;
    },
    scale(scale, isMoving) {
      if (isMoving && isLarge) return;
      latest = scale;
      const now = scale >= edges.middle ? Number.POSITIVE_INFINITY : Math.round(Math.log(scale) / Math.log(step));
      if (now === at) return;
      at = now;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(set);
    },
  };
}

function namesOf(view: SVGGElement): readonly (readonly [SVGTextElement, Name])[] {
  const out: (readonly [SVGTextElement, Name])[] = [];
  const add = (text: Element | null, box: Box, kind: Name['kind']): void => {
    if (!(text instanceof SVGTextElement)) return;
    const length = text.getComputedTextLength();
    if (length <= 0) return;
    out.push([text, { x: Number(text.getAttribute('x')), y: Number(text.getAttribute('y')), length, box, kind }]);
  };
  const titles = new Map<string, Element | null>();
  for (const plate of view.querySelectorAll('.lt-plates > [data-for]'))
    titles.set(plate.getAttribute('data-for') ?? '', plate.querySelector('.lt-t-title'));
  const outer = new Set<Element>();
  const leaves = view.querySelectorAll<SVGGElement>('.lt-leaf[data-id]');
  for (const frame of view.querySelectorAll<SVGGElement>('.lt-frame[data-id]')) {
    const isOuter = frame.querySelector('.lt-frame[data-id], [data-fold="shut"]') !== null;
    if (isOuter) outer.add(frame);
    add(
      titles.get(frame.dataset.id ?? '') ?? frame.querySelector(':scope > .lt-t-title'),
      boxOf(frame),
      isOuter ? 'outer' : 'inner',
    );
  }
  for (const leaf of leaves) {
    const frame = leaf.parentElement?.closest('.lt-frame[data-id]') ?? null;
    const isAlone = leaf.dataset.fold === 'shut' || frame === null || outer.has(frame);
    if (isAlone || leaves.length <= mostLeaves)
      add(leaf.querySelector(':scope > .lt-t-title'), boxOf(leaf), isAlone ? 'inner' : 'leaf');
  }
  return out;
}

/** Findings are seen from afar: their signs shrink less than the boxes, each about the corner that it stands on. */
function enlargeMarks(view: SVGGElement, scale: number): void {
  const factor = Math.max(1, Math.min(3, 0.75 / scale));
  for (const mark of view.querySelectorAll('.lt-marks > .lt-mark')) {
    const shape = mark.querySelector('.lt-mark-shape');
    if (factor === 1 || shape === null) {
      mark.removeAttribute('transform');
      continue;
    }
    const number = (name: string): number => Number(shape.getAttribute(name));
    const [x, y] = [number('x') + number('width') - 5, number('y') + 7];
    mark.setAttribute('transform', `matrix(${factor} 0 0 ${factor} ${x * (1 - factor)} ${y * (1 - factor)})`);
  }
}

/** The signs that open and shut boxes can be hit from afar as well; each grows about its middle. */
function enlargeSigns(view: SVGGElement, scale: number): void {
  const factor = Math.max(1, Math.min(2, 0.5 / scale));
  for (const sign of view.querySelectorAll<SVGGElement>('[data-fold-sign]')) {
    const base = sign.dataset.base ?? sign.getAttribute('transform') ?? '';
    sign.dataset.base = base;
    const middle = Number(sign.querySelector('circle')?.getAttribute('cx') ?? 0);
    const aside = middle * (1 - factor);
    sign.setAttribute('transform', factor === 1 ? base : `${base} translate(${aside} ${aside}) scale(${factor})`);
  }
}
