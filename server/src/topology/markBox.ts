/** Where the sign of a finding hangs on a box: at its upper right corner, outside of what the box says. Pure. */

import { stackDepth, textWidth } from './measure.ts';
import type { PlacedNode, Rectangle } from './placed.ts';

/** Side of the sign, px. */
export const markSize = 15;

/** The number on the sign; empty for a single finding. */
export function markLabel(count: number): string {
  return count > 99 ? '99+' : count > 1 ? String(count) : '';
}

/** The sign's place on the sheet. */
export function markBox(placed: PlacedNode, count: number): Rectangle {
  const label = markLabel(count);
  const width = markSize + (label === '' ? 0 : textWidth(label, 'code') + 4);
  const stack = (placed.node?.count ?? 1) > 1 && placed.shape !== 'frame' ? stackDepth : 0;
  const right = placed.x + placed.width - stack;
  // A NIC on the edge of its host has the corner for its own sign.
  const isShared = placed.children.some(({ shape, x, width: taken }) => shape === 'socket' && x + taken + markSize > right);
  // The boxes of a list stand closer than others, and a NIC is all text.
  const rise = placed.shape === 'row' ? 5 : placed.shape === 'socket' ? 9 : 7;
  // A number makes it longer: it stands out further, as far as the room in a row goes.
  const overhang = placed.shape === 'row' ? Math.min(14, Math.max(5, width - 22)) : 5;
  return { x: isShared ? right - 4 : right - width + overhang, y: placed.y - rise, width, height: markSize };
}
