/**
 * A box with its insides in place, in coordinates of its own corner: what laying out one container gives and its parent builds
 * on. Boxes are laid out from the inside out, so a finished box is a rectangle with gates for the lines that pass its border.
 */

import { type BoxContent, countWidth, displayText, measureBars, textWidth } from '../measure.ts';
import type { Point } from './elkGraph.ts';
import type { Item } from './outline.ts';
import type { Hop, Port } from './wires.ts';

/** Where a frame's name stands: above its contents, between its sockets and its contents, or below. */
export type PlateAt = 'top' | 'middle' | 'bottom' | 'none';

export interface LaidChild {
  readonly laid: Laid;
  readonly x: number;
  readonly y: number;
}

export interface Laid {
  readonly item: Item;
  readonly width: number;
  readonly height: number;
  /** Contents of a leaf. */
  readonly content?: BoxContent;
  readonly plate: PlateAt;
  /** Upper edge of the plate's strip. */
  readonly plateY: number;
  readonly children: readonly LaidChild[];
  /** Where lines pass the border: gate key → x. */
  readonly gates: ReadonlyMap<string, number>;
  /** Frames that no line joins to the rest: they may stand wherever the sheet has room. */
  readonly floats?: readonly Laid[];
  /** The lines inside: hop key → points, from the upper end to the lower. */
  readonly hops: ReadonlyMap<string, readonly Point[]>;
}

export const plateHeight = 28;
const tallPlateHeight = 38;

/** Small frames have their detail below the name, to stay narrow. */
export function hasTallPlate(item: Item): boolean {
  return (item.role === 'vswitch' || item.role === 'pool') && item.node?.detail !== undefined;
}

/** Height of the strip for a frame's name. */
export function plateHeightOf(item: Item): number {
  return nameHeightOf(item) + measureBars(item.node?.bars, 0, 0).height;
}

/** Height of the name and detail alone; a frame's bars stand below them. */
export function nameHeightOf(item: Item): number {
  return hasTallPlate(item) ? tallPlateHeight : plateHeight;
}

/** Where the text of a plate begins. */
export const plateTextX = 10 + 16 + 7;

/** Width that a frame has to have for its name as far as `most` px, and for its bars whatever they take. */
export function leastWidth(item: Item, most: number): number {
  const bars = measureBars(item.node?.bars, 0, 0).width;
  return Math.max(Math.min(most, plateWidth(item)), bars === 0 ? 0 : plateTextX + bars + 26);
}

/** Width of a frame's name with its icon and detail, when there is room for all of it. */
export function plateWidth(item: Item): number {
  const { node, title } = item;
  if (node === undefined) return title === undefined ? 0 : textWidth(title, 'panel') + 16;
  const detail = node.detail === undefined ? 0 : textWidth(displayText(node.detail), 'detail') + 8;
  if (hasTallPlate(item))
    return 10 + 16 + 7 + Math.max(textWidth(displayText(node.label), 'title') + countWidth(node), detail - 8) + 24;
  return 10 + 16 + 7 + textWidth(displayText(node.label), 'title') + countWidth(node) + detail + 26;
}

/** Key of a port among those of one container's hops. */
export function portKey(port: Port, container: Item): string {
  return port.owner === container ? gateKey(port.side, port.bundle) : `${port.owner.order}:${port.side}:${port.bundle}`;
}

/** Key of a gate among those of one box. */
export function gateKey(side: Port['side'], bundle: string): string {
  return `gate:${side}:${bundle}`;
}

/** Key of a hop among those of one container. */
export function hopKey(hop: Hop): string {
  return `${portKey(hop.upper, hop.container)}>${portKey(hop.lower, hop.container)}`;
}

/** The same box, larger: frames of equal rank in a row look alike. The gates below move with the border, their lines are drawn on to it. */
export function stretch(laid: Laid, width: number, height: number): Laid {
  if (laid.width >= width && laid.height >= height) return laid;
  const taller = Math.max(0, height - laid.height);
  return {
    ...laid,
    width: Math.max(width, laid.width),
    height: laid.height + taller,
    plateY: laid.plate === 'bottom' ? laid.plateY + taller : laid.plateY,
    ...(laid.content === undefined ? {} : { content: grow(laid.content, Math.max(width, laid.width), laid.height + taller) }),
  };
}

function grow(content: BoxContent, width: number, height: number): BoxContent {
  const dx = (width - content.width) / 2;
  const dy = Math.floor((height - content.height) / 2);
  return {
    ...content,
    width,
    height,
    ...(content.icon === undefined ? {} : { icon: { ...content.icon, y: content.icon.y + dy } }),
    texts: content.texts.map((text) => ({ ...text, x: text.anchor === 'middle' ? text.x + dx : text.x, y: text.y + dy })),
    badges: content.badges.map((badge) => ({ ...badge, y: badge.y + dy })),
    ...(content.bars === undefined ? {} : { bars: content.bars.map((bar) => ({ ...bar, y: bar.y + dy })) }),
  };
}

/** Boxes with the largest width and height among them. */
export function equalize(boxes: readonly Laid[]): readonly Laid[] {
  const width = Math.max(...boxes.map((box) => box.width));
  const height = Math.max(...boxes.map((box) => box.height));
  return boxes.map((box) => stretch(box, width, height));
}
