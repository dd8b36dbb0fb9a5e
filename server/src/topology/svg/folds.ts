/** The sign at the corner of a box that can be opened or shut. */
import type { PlacedNode } from '../placed.ts';
import { escapeXml, px } from './text.ts';

/** Chevrons as in a tree of folders: to the right when shut, down when open. */
const chevrons = { shut: 'M5.2 3.6l3.2 3.2-3.2 3.2', open: 'M3.6 5.2l3.2 3.2 3.2-3.2' } as const;

/** `data-fold` of a box: how it is; for scripts and styles. */
export const foldAttribute = ({ node }: PlacedNode): string => (node?.fold === undefined ? '' : ` data-fold="${node.fold}"`);

/** The sign itself, at the upper left corner; assistive technology has the state from the box. */
export function foldSign({ node, x, y }: PlacedNode): string {
  if (node?.fold === undefined) return '';
  return (
    `<g class="lt-fold" data-fold-sign="${escapeXml(node.id)}" transform="translate(${px(x - 6)} ${px(y - 6)})" aria-hidden="true">` +
    `<title>${node.fold === 'shut' ? 'Open' : 'Fold'}</title><circle cx="6.8" cy="6.8" r="6.3"/><path d="${chevrons[node.fold]}"/></g>`
  );
}
