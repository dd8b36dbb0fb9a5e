/** Walking along the lines of a box: one of its connections at a time is lit up and told, and can be followed to its other end. */

import type { Announcer } from './announce.ts';
import { connectionsOf, fullName, stepWords } from './describe.ts';
import { boxOf, type Direction } from './geometry.ts';
import type { Step } from './net.ts';
import type { Page } from './page.ts';
import { type DrawnRoutes, drawRoutes } from './routes.ts';
import type { Tree } from './tree.ts';

export interface Along {
  /** Chooses the next connection of the focused box, or the one before. */
  readonly choose: (by: 1 | -1) => void;
  /** Goes along the chosen connection; says whether there was one. */
  readonly follow: () => boolean;
  /** Goes along the connection that leads in a direction. */
  readonly go: (direction: Direction) => void;
  /** Lets go of the chosen connection; says whether there was one. */
  readonly drop: () => boolean;
}

/** Lets the keys walk along lines. */
export function createAlong(page: Page, tree: Tree, announcer: Announcer): Along {
  let chosen: { readonly from: string; readonly at: number; readonly drawn: DrawnRoutes } | undefined;

  const drop = (): boolean => {
    const was = chosen;
    chosen = undefined;
    was?.drawn.remove();
    return was !== undefined;
  };
  const arrive = (step: Step, words: string): void => {
    const node = page.nodes().get(step.to);
    drop();
    if (node === undefined) return;
    tree.focus(node);
    announcer.say(words);
  };
  const here = (): { readonly id: string; readonly steps: readonly Step[] } | undefined => {
    const id = page.nodeAt(document.activeElement)?.dataset.id;
    return id === undefined ? undefined : { id, steps: connectionsOf(page.net(), id) };
  };
  const nothing = (): void => announcer.say('No lines here');
  document.addEventListener('focusin', ({ target }) => {
    if (chosen !== undefined && page.nodeAt(target)?.dataset.id !== chosen.from) drop();
  });
  page.onDrawing(() => void drop());

  return {
    drop,
    choose(by) {
      const view = page.drawing();
      const place = here();
      if (view === undefined || place === undefined) return;
      const { id, steps } = place;
      const former = chosen?.from === id ? chosen.at : by === 1 ? -1 : 0;
      const at = (former + by + steps.length) % Math.max(1, steps.length);
      const step = steps[at];
      if (step === undefined) {
        nothing();
        return;
      }
      drop();
      const drawn = drawRoutes(
        view,
        page.nodes(),
        [{ look: 'along', things: [step.to], steps: [{ from: id, step }] }],
        [step.to],
      );
      chosen = { from: id, at, drawn };
      page.tooltip.hide();
      announcer.say(`${at + 1} of ${steps.length}: ${stepWords(step)}, to ${fullName(page.net(), step.to)}. Enter goes there`);
    },
    follow() {
      if (chosen === undefined) return false;
      const step = connectionsOf(page.net(), chosen.from)[chosen.at];
      if (step === undefined) return drop();
      arrive(step, `${stepWords(step)}, to ${fullName(page.net(), step.to)}`);
      return true;
    },
    go(direction) {
      const place = here();
      if (place === undefined) return;
      const step = leading(page, place.id, place.steps, direction);
      if (step === undefined) announcer.say('No line leads there');
      else arrive(step, `${stepWords(step)}, to ${fullName(page.net(), step.to)}`);
    },
  };
}

/** The connection whose other end lies in a direction: the straightest, drawn ones before others, the nearest of equals. */
function leading(page: Page, id: string, steps: readonly Step[], direction: Direction): Step | undefined {
  const start = page.nodes().get(id);
  if (start === undefined) return undefined;
  const a = boxOf(start);
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  let best: { readonly step: Step; readonly cost: number } | undefined;
  for (const step of steps) {
    const node = page.nodes().get(step.to);
    if (node === undefined) continue;
    const b = boxOf(node);
    const dx = b.x + b.width / 2 - a.x - a.width / 2;
    const dy = b.y + b.height / 2 - a.y - a.height / 2;
    const [ahead, aside] = isAcross ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
    // Vertical ways lead far aside in a picture of bands: what lies ahead at all counts as ahead.
    if (ahead < 4 || (isAcross && aside > ahead * 4)) continue;
    const cost = ahead + aside * 0.6 + (step.by === 'line' ? 0 : 10_000);
    if (best === undefined || cost < best.cost) best = { step, cost };
  }
  return best?.step;
}
