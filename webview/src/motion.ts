/**
 * Shows what moved: boxes glide from where they were, new ones and lines that changed fade in. Works on the difference between
 * two pictures by id, after the new one is in place (first, last, invert, play), so nothing depends on it.
 */

import { type Box, boxOf, frameOf, idOf, nodesOf } from './geometry.ts';

export interface Snapshot {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly lines: ReadonlyMap<string, string>;
}

const timing: KeyframeAnimationOptions = { duration: 220, easing: 'cubic-bezier(.2,.7,.2,1)' };
/** More moving boxes than this are a new picture, not a change of one. */
const most = 400;

/** What is where. */
export function snapshot(view: Element): Snapshot {
  const boxes = new Map([...nodesOf(view)].map(([id, node]) => [id, boxOf(node)]));
  const lines = new Map(
    [...view.querySelectorAll('[data-edge]')].map((line) => [line.getAttribute('data-edge') ?? '', line.getAttribute('d') ?? '']),
  );
  return { boxes, lines };
}

/**
 * Plays the way from the former picture to the present one.
 * @param shift how far the present one as a whole has been moved against the former, in px of the picture
 */
export function animateFrom(before: Snapshot, view: Element, shift: { readonly dx: number; readonly dy: number }): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const nodes = nodesOf(view);
  const moves = new Map<string, { readonly dx: number; readonly dy: number }>();
  const resized: (readonly [Element, Box, Box])[] = [];
  for (const [id, node] of nodes) {
    const [old, now] = [before.boxes.get(id), boxOf(node)];
    if (old === undefined) continue;
    const [dx, dy] = [old.x - now.x + shift.dx, old.y - now.y + shift.dy];
    if (Math.abs(dx) > 0.5 || Math.abs(dy) > 0.5) moves.set(id, { dx, dy });
    if (Math.abs(old.width - now.width) > 1 || Math.abs(old.height - now.height) > 1) resized.push([node, old, now]);
  }
  if (moves.size > most || resized.length > most) return;
  for (const [node, old, now] of resized) stretch(node, old, now);
  for (const [id, node] of nodes) {
    if (!before.boxes.has(id)) node.animate([{ opacity: 0 }, { opacity: 1 }], timing);
    const own = moves.get(id) ?? { dx: 0, dy: 0 };
    // A box moves along with the frame around it: only its own part of the way is left to play.
    const outer = moves.get(frameBefore(node, before) ?? '') ?? { dx: 0, dy: 0 };
    if (before.boxes.has(id)) glide(node, own.dx - outer.dx, own.dy - outer.dy);
  }
  for (const satellite of view.querySelectorAll('[data-for]')) {
    const move = moves.get(satellite.getAttribute('data-for') ?? '');
    if (move !== undefined) glide(satellite, move.dx, move.dy);
  }
  for (const line of view.querySelectorAll('[data-edge]')) {
    if (before.lines.get(line.getAttribute('data-edge') ?? '') !== line.getAttribute('d'))
      line.animate([{ opacity: 0 }, { opacity: 1 }], { ...timing, duration: 320 });
  }
}

/** Id of the frame around a box, if that was there before. */
function frameBefore(node: Element, before: Snapshot): string | undefined {
  const id = idOf(frameOf(node) ?? null);
  return id !== undefined && before.boxes.has(id) ? id : undefined;
}

function glide(element: Element, dx: number, dy: number): void {
  if (Math.abs(dx) < 0.5 && Math.abs(dy) < 0.5) return;
  element.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: 'translate(0px, 0px)' }], timing);
}

/** A frame grows or shrinks to what it holds now. */
function stretch(node: Element, old: Box, now: Box): void {
  for (const shape of node.querySelectorAll(':scope > .lt-shape'))
    shape.animate(
      [
        { width: `${old.width}px`, height: `${old.height}px` },
        { width: `${now.width}px`, height: `${now.height}px` },
      ],
      timing,
    );
}
