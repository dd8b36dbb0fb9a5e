/**
 * Sizes of texts and boxes from a table of character widths: pure, so the server, the CLI and the tests agree to the pixel without
 * a browser. Widths err on the wide side; a text longer than its box may grow is shortened with an ellipsis, and the whole of it
 * stands in the box's tooltip. Knows nothing of places.
 */

import { characterWidth } from './fontWidths.ts';
import type { Bar, GraphNode, NodeRole } from './graph.ts';
import type { NetworkStyle } from './networkStyle.ts';
import type { PlacedBadge, PlacedBar, PlacedText, Shape, TextStyle } from './placed.ts';

/** Font size in px and weight of each style; svg/theme writes the same numbers into the style sheet. */
export const fonts: Readonly<Record<TextStyle, { readonly size: number; readonly bold: boolean }>> = {
  heading: { size: 20, bold: true },
  panel: { size: 11, bold: true },
  title: { size: 12.5, bold: true },
  detail: { size: 10.5, bold: false },
  small: { size: 9.5, bold: false },
  code: { size: 9.5, bold: true },
};

export const badgeSize = { width: 23, height: 14 } as const;

const ellipsis = '…';

/** Nearly every name: no need to look at it closer. */
const harmless = /^[ -~\u00a1-\u00ac\u00ae-\u02ff…–→]*$/;

/** What a text looks like in the picture: one line, without characters that XML forbids or that turn the reading direction around. */
export function displayText(text: string): string {
  if (harmless.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu, '\uFFFD');
}

/** Width of a text in px, rounded up. */
export function textWidth(text: string, style: TextStyle): number {
  const font = fonts[style];
  let thousandths = 0;
  for (const character of text) thousandths += characterWidth(character.codePointAt(0) ?? 0, font.bold);
  return Math.ceil((thousandths * font.size) / 1000);
}

/** The text, or as much of it as fits into `max` px with an ellipsis. */
export function ellipsize(text: string, style: TextStyle, max: number): string {
  if (textWidth(text, style) <= max) return text;
  const graphemes = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map((part) => part.segment);
  let low = 0;
  let high = graphemes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(graphemes.slice(0, middle).join('').trimEnd() + ellipsis, style) <= max) low = middle;
    else high = middle - 1;
  }
  return graphemes.slice(0, low).join('').trimEnd() + ellipsis;
}

/** What membership shows on a box itself, instead of a line across the picture. */
export interface Chips {
  readonly networks: readonly NetworkStyle[];
  /** Names of the datastores that it lives on. */
  readonly stores: readonly string[];
}

export interface BoxContent {
  readonly shape: Shape;
  readonly width: number;
  readonly height: number;
  /** Relative to the box's corner. */
  readonly icon?: { readonly x: number; readonly y: number; readonly size: number };
  readonly texts: readonly PlacedText[];
  readonly badges: readonly PlacedBadge[];
  readonly bars?: readonly PlacedBar[];
}

/** Thickness of a bar, px. */
export const barThickness = 7;
const barPitch = 14;
const barTrack = 88;

export interface BarBlock {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly PlacedBar[];
  readonly texts: readonly PlacedText[];
}

/** The bars of a box below each other, from (x, y): what of, how full, and the numbers. */
export function measureBars(bars: readonly Bar[] | undefined, x: number, y: number): BarBlock {
  if (bars === undefined || bars.length === 0) return { width: 0, height: 0, bars: [], texts: [] };
  const labels = bars.map((bar) => displayText(bar.label));
  const values = bars.map((bar) => displayText(bar.text));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => textWidth(text, 'small')));
  const start = x + widest(labels) + 6;
  const texts = bars.flatMap((_, at): PlacedText[] => {
    const base = y + at * barPitch + 9.5;
    return [
      { x, y: base, text: labels[at] ?? '', style: 'small' },
      { x: start + barTrack + 6, y: base, text: values[at] ?? '', style: 'small' },
    ];
  });
  return {
    width: start - x + barTrack + 6 + widest(values),
    height: bars.length * barPitch + 4,
    bars: bars.map((bar, at) => ({ x: start, y: y + at * barPitch + 2.5, width: barTrack, bar })),
    texts,
  };
}

/** Width of the plugs of a device at its right side, px. */
function plugsWidth(node: GraphNode): number {
  return (node.feeds ?? []).length * plugPitch;
}
export const plugPitch = 18;

/** Longest name and second line of a box, px: about 34 and 45 characters. What is longer is cut, and whole in the tooltip. */
const longest = { name: 264, detail: 250, row: 220 } as const;

const rowRoles: ReadonlySet<NodeRole> = new Set(['portgroup', 'vmkernel', 'lun', 'feed']);
/** What sits on the upper edge of the box that it belongs to, where its cable arrives. */
export const socketRoles: ReadonlySet<string> = new Set<NodeRole>(['nic', 'hba', 'port']);

/** The shape in which a box without children is drawn. */
function leafShape(role: NodeRole, nested: boolean): Shape {
  if (nested && socketRoles.has(role)) return 'socket';
  return rowRoles.has(role) ? 'row' : 'card';
}

/** Size and contents of a box without children. `nested` tells whether it stands in another box. */
export function measureLeaf(node: GraphNode, chips: Chips, nested: boolean): BoxContent {
  const shape = leafShape(node.role, nested);
  if (shape === 'socket') return socket(node);
  return shape === 'row' ? row(node, chips) : card(node, chips);
}

/** Px that a folded range's stack of boxes takes at the right and below. */
export const stackDepth = 6;

const round = (width: number): number => Math.ceil(width / 4) * 4;

function socket(node: GraphNode): BoxContent {
  const label = ellipsize(displayText(node.label), 'detail', 84);
  const detail = node.detail === undefined ? '' : ellipsize(shortSpeed(displayText(node.detail)), 'small', 84);
  const width = round(Math.max(56, textWidth(label, 'detail') + 14, textWidth(detail, 'small') + 14));
  const texts: PlacedText[] = [{ x: width / 2, y: 15, text: label, style: 'detail', anchor: 'middle' }];
  if (detail !== '') texts.push({ x: width / 2, y: 27, text: detail, style: 'small', anchor: 'middle' });
  return { shape: 'socket', width, height: detail === '' ? 22 : 34, texts, badges: [] };
}

/** `10 Gbps · Intel X710` says too much for a socket: its speed is what one looks for, the rest is in the tooltip. */
function shortSpeed(detail: string): string {
  return detail.split(' · ')[0] ?? detail;
}

/** Kept free behind the name in a row, px: the sign of a finding hangs lower there, since the next row is near. */
const signRoom = 12;

function row(node: GraphNode, chips: Chips): BoxContent {
  const badges: PlacedBadge[] = [];
  const style = chips.networks[0];
  const height = node.detail === undefined ? 24 : 36;
  if (style !== undefined) badges.push({ x: 9, y: (height - badgeSize.height) / 2, style });
  const textX = 9 + badgeSize.width + 7;
  const label = ellipsize(displayText(node.label), 'title', longest.row);
  const texts: PlacedText[] = [{ x: textX, y: node.detail === undefined ? 16.5 : 15.5, text: label, style: 'title' }];
  let widest = textWidth(label, 'title') + countWidth(node) + signRoom;
  if (node.detail !== undefined) {
    const detail = ellipsize(displayText(node.detail), 'small', longest.row);
    texts.push({ x: textX, y: 29, text: detail, style: 'small' });
    widest = Math.max(widest, textWidth(detail, 'small'));
  }
  const icon = style === undefined ? { x: 12, y: (height - 16) / 2, size: 16 } : undefined;
  return { shape: 'row', width: round(textX + widest + 10), height, texts, badges, ...(icon === undefined ? {} : { icon }) };
}

function card(node: GraphNode, chips: Chips): BoxContent {
  const textX = 36;
  const label = ellipsize(displayText(node.label), 'title', longest.name);
  const hasDetail = node.detail !== undefined;
  const texts: PlacedText[] = [{ x: textX, y: hasDetail ? 18 : 20, text: label, style: 'title' }];
  let right = textX + textWidth(label, 'title') + countWidth(node);
  let height = hasDetail ? 42 : 32;
  if (node.detail !== undefined) {
    const detail = ellipsize(displayText(node.detail), 'detail', longest.detail);
    texts.push({ x: textX, y: 33, text: detail, style: 'detail' });
    right = Math.max(right, textX + textWidth(detail, 'detail'));
  }
  const icon = { x: 9, y: (height - 20) / 2, size: 20 };
  const badges: PlacedBadge[] = [];
  if (chips.networks.length > 0 || chips.stores.length > 0) {
    let x = textX;
    const y = height - 3;
    for (const style of chips.networks.slice(0, 5)) {
      badges.push({ x, y, style });
      x += badgeSize.width + 4;
    }
    const stores = ellipsize(chips.stores.map(displayText).join(', '), 'small', Math.max(60, textX + longest.detail - x));
    if (stores !== '') {
      if (x > textX) x += 4;
      texts.push({ x, y: y + 10.5, text: stores, style: 'small' });
      x += textWidth(stores, 'small');
    }
    right = Math.max(right, x);
    height += badgeSize.height + 5;
  }
  const block = measureBars(node.bars, textX, height - 3);
  texts.push(...block.texts);
  right = Math.max(right, textX + block.width);
  height += block.height;
  const plugs = plugsWidth(node);
  const stack = (node.count ?? 1) > 1 ? stackDepth : 0;
  return {
    shape: 'card',
    width: round(Math.max(right + 12 + (plugs > 0 ? plugs + 6 : 0), 96) + stack),
    height: height + stack,
    icon,
    texts,
    badges,
    ...(block.bars.length > 0 ? { bars: block.bars } : {}),
  };
}

/** Width of the `×16` of a folded range, behind the name. */
export function countWidth(node: GraphNode): number {
  return (node.count ?? 1) > 1 ? textWidth(countText(node), 'code') + 16 : 0;
}

/** `×16`. */
export function countText(node: GraphNode): string {
  return `×${node.count ?? 1}`;
}
