/** The pointer over the picture: clicks select and go to the text, and what is under the pointer is explained. */

import { type Card, cardOf, lineCard } from './describe.ts';
import { boxOf } from './geometry.ts';
import type { Page } from './page.ts';
import type { Reading } from './reading.ts';

/** Listens to the pointer and to the focus of the keyboard. */
export function listenToPointer(page: Page, reading: Reading): void {
  const { surface, tooltip } = page;
  surface.addEventListener('click', ({ ctrlKey, metaKey, shiftKey, target }) => {
    const id = page.nodeAt(target)?.dataset.id;
    if (ctrlKey || metaKey || shiftKey) {
      if (id !== undefined) reading.selectSecond(id);
      return;
    }
    page.select(id);
    if (id !== undefined) page.reveal(id, true);
  });
  surface.addEventListener('dblclick', ({ target }) => {
    const id = page.nodeAt(target)?.dataset.id;
    if (id !== undefined) page.reveal(id, false);
  });
  surface.addEventListener('pointermove', ({ buttons, clientX, clientY, target }) => {
    const found = buttons === 0 ? subjectAt(page, target) : undefined;
    if (found === undefined) tooltip.leave();
    else tooltip.show(found.subject, found.card, { left: clientX, right: clientX, top: clientY, bottom: clientY });
  });
  surface.addEventListener('pointerleave', () => tooltip.leave());
  surface.addEventListener('pointerdown', () => tooltip.hide());
  surface.addEventListener('wheel', () => tooltip.hide(), { passive: true });
  // On the document: with a listener for focus the drawing itself would become a stop of the Tab key.
  document.addEventListener('focusin', ({ target }) => {
    const node = page.nodeAt(target);
    if (node === undefined || !node.matches(':focus-visible')) return;
    page.stage.bringIntoView(boxOf(node));
    const shape = node.querySelector(':scope > .lt-shape') ?? node;
    tooltip.show(node.dataset.id ?? '', cardOf(node.dataset.tip ?? ''), shape.getBoundingClientRect());
  });
  document.addEventListener('focusout', () => tooltip.hide());
}

/** The box or the line at a place of the picture, with its card. A box's mark and name plate belong to the box. */
function subjectAt(page: Page, target: EventTarget | null): { readonly subject: string; readonly card: Card } | undefined {
  if (!(target instanceof Element)) return undefined;
  const hit = target.closest('.lt-hit');
  const drawn = hit === null ? target.closest('[data-edge]') : hit.nextElementSibling;
  if (drawn !== null) {
    const id = drawn.getAttribute('data-edge');
    const line = page.net().lines.find((candidate) => candidate.id === id);
    return line === undefined ? undefined : { subject: `line ${line.id}`, card: lineCard(page.net(), line) };
  }
  const node = page.nodeAt(target);
  return node === undefined ? undefined : { subject: node.dataset.id ?? '', card: cardOf(node.dataset.tip ?? '') };
}
