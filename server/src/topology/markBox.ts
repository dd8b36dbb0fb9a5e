/** Where the sign of a finding hangs on a box: at its upper right corner, outside of what the box says. Pure. */

import { stackDepth, textWidth } from './measure.ts';
import type { PlacedNode, Rectangle } from './placed.ts';

/** Side of the sign, px. */
const markSize = 15;

/**
 * The number on the sign of a box; empty for a single finding. Where there is room for one character (on a NIC, on a row, at a host
 * with a NIC in its corner) more than nine are a plus, and their number stands in the tooltip.
 */
export function markLabel(placed: PlacedNode, count: number): string {
  if (count > 9 && (placed.shape === 'socket' || placed.shape === 'row' || isShared(placed))) return '+';
  return count > 99 ? '99+' : count > 1 ? String(count) : '';
}

/** Whether a NIC on the edge of the frame has the corner for its own sign. */
function isShared({ children, width, x }: PlacedNode): boolean {
  return children.some((child) => child.shape === 'socket' && child.x + child.width + signWidth > x + width);
}

/** Width of the longest sign, px. */
const signWidth = markSize + textWidth('99+', 'code') + 4;

/** The sign's place on the sheet. */
export function markBox(placed: PlacedNode, count: number): Rectangle {
  const label = markLabel(placed, count);
  const width = markSize + (label === '' ? 0 : textWidth(label, 'code') + 4);
  const stack = (placed.node?.count ?? 1) > 1 && placed.shape !== 'frame' ? stackDepth : 0;
  const right = placed.x + placed.width - stack;
  // The boxes of a list stand closer than others, and a NIC is all text.
  const rise = placed.shape === 'row' ? 5 : placed.shape === 'socket' ? 9 : 7;
  return { x: isShared(placed) ? right - 4 : right - width + 5, y: placed.y - rise, width, height: markSize };
}
