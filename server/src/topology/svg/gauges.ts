/** What boxes show besides words: how full they are, and which power feeds they hang on. */

import { isOver } from '../bars.ts';
import type { Plug } from '../graph.ts';
import { barThickness, plugPitch, stackDepth } from '../measure.ts';
import type { PlacedBar, PlacedNode } from '../placed.ts';
import { escapeXml, px } from './text.ts';

/** The bars of a box: what is in use, and from where on the rest is kept for failed hosts. */
export function barsSvg(bars: readonly PlacedBar[] | undefined): string {
  return (bars ?? []).map((placed) => barSvg(placed)).join('');
}

function barSvg({ bar, width, x, y }: PlacedBar): string {
  const share = (part: number): number => Math.max(0, Math.min(1, bar.total > 0 ? part / bar.total : 0));
  const kept = share(bar.reserve ?? 0);
  const used = share(bar.used);
  const free = 1 - kept;
  return (
    box('lt-bar', x, y, width) +
    box('lt-bar-used', x, y, (isOver(bar) ? free : used) * width) +
    (isOver(bar) ? box('lt-bar-over', x + Math.min(free * width, width - 4), y, Math.max(4, (used - free) * width)) : '') +
    (kept > 0 ? keptSvg(x + free * width, y, kept * width) : '') +
    box('lt-bar-frame', x, y, width)
  );
}

const box = (name: string, x: number, y: number, width: number): string =>
  width <= 0 ? '' : `<rect class="${name}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${barThickness}" rx="1.5"/>`;

/** Hatched, with a mark where it begins. */
export function keptSvg(x: number, y: number, width: number): string {
  let strokes = '';
  for (let at = 3; at < width; at += 3.5) strokes += `M${px(x + at)} ${px(y + barThickness - 1)}V${px(y + 1)}`;
  return `<path class="lt-bar-kept" d="M${px(x)} ${px(y - 2)}V${px(y + barThickness + 2)}${strokes}"/>`;
}

/** The plugs at the right side of a device; an empty one is a feed that it does not hang on. */
export function plugsSvg({ height, node, width, x, y }: PlacedNode): string {
  const feeds = node?.feeds ?? [];
  const stack = (node?.count ?? 1) > 1 ? stackDepth : 0;
  const start = x + width - stack - 8 - feeds.length * plugPitch;
  return feeds.map((plug, at) => plugSvg(plug, start + at * plugPitch, y + (height - stack) / 2 - 7)).join('');
}

/** One plug of 15 × 14 px. */
export function plugSvg({ name, used }: Plug, x: number, y: number): string {
  const short =
    [...name].length <= 2 ? name : (/[-_ .]([ab])$/i.exec(name)?.[1]?.toUpperCase() ?? [...name].slice(0, 2).join(''));
  const side = short === 'A' || short === 'B' ? ` lt-plug-${short}` : '';
  const text = `<text class="lt-t-code lt-plug-text" x="${px(x + 7.5)}" y="${px(y + 10.5)}" text-anchor="middle">${escapeXml(short)}</text>`;
  return used
    ? `<g class="lt-plug${side}"><rect x="${px(x)}" y="${px(y)}" width="15" height="14" rx="3"/>${text}</g>`
    : `<g class="lt-unplugged"><rect x="${px(x)}" y="${px(y)}" width="15" height="14" rx="3"/>${text}<path d="M${px(x + 2)} ${px(y + 12)}L${px(x + 13)} ${px(y + 2)}"/></g>`;
}
