/**
 * From laid-out boxes to the finished sheet: absolute places, names on the frames where no line passes, the panel of networks,
 * the key of lines, the title. Pure.
 */

import { keyHeight, keyOf } from '../key.ts';
import { badgeSize, type Chips, countWidth, displayText, ellipsize, measureBars, textWidth } from '../measure.ts';
import type { Placed, PlacedBadge, PlacedNode, PlacedText, Rectangle } from '../placed.ts';
import { tiesOf } from '../ties.ts';
import { labelled } from './labels.ts';
import { hasTallPlate, type Laid, nameHeightOf, plateHeight, plateHeightOf, plateTextX } from './laid.ts';
import { junctions, lines, type Places, sidesOf } from './lines.ts';
import { type Item, isMovable } from './outline.ts';
import { headingOf, margin, networksPanel, networksWidth, panelTitle, type Sheet, summaryOf } from './panels.ts';
import type { Wiring } from './wires.ts';

const headingHeight = 76;

/** The finished picture. */
export function compose(sheet: Sheet): Placed {
  const { graph, tree, wiring, styles, root } = sheet;
  const heading = headingOf(graph);
  const headingWidth = Math.max(...heading.map((text) => textWidth(text.text, text.style)), 320);
  const floats = root.floats ?? [];
  const floatsWidth = floats.reduce((sum, laid) => sum + laid.width + floatGap, 0);
  const width = Math.max(root.width, headingWidth, floatsWidth, networksWidth(tree, styles)) + 2 * margin;
  const places = new Map<Item, { laid: Laid; x: number; y: number }>();
  const left = Math.round((width - root.width) / 2);
  const top = placeFloats(sheet, { width, left, headingWidth }, places);
  locate(root, left, top, places);
  const boxes = [
    ...floats.map((laid) => fixed(placeBox(laid, places, wiring, 0))),
    ...root.children.map((child) => placeBox(child.laid, places, wiring, 0)),
  ];
  const wired = lines(wiring.wires, places, styles, sidesOf(graph.nodes));
  const drawn = labelled([...wired, ...tiesOf(graph.edges, boxes, wired)], boxes, width);
  const content = Math.max(top + root.height, ...floats.map((laid) => (places.get(laid.item)?.y ?? 0) + laid.height));
  const networks = networksPanel(sheet, content + (boxes.length > 0 ? 24 : 0), width);
  const bottom = networks === undefined ? content : networks.y + networks.height;
  const key = keyOf(drawn, boxes, { x: margin + 16, y: bottom + 24, right: width - margin });
  const empty = boxes.length === 0 && networks === undefined;
  const height = empty ? headingHeight + 40 : bottom + keyHeight(key) + margin - 4;
  return {
    title: displayText(graph.title),
    summary: summaryOf(graph),
    width,
    height,
    heading,
    nodes: networks === undefined ? boxes : [...boxes, networks],
    edges: drawn,
    junctions: junctions(drawn, wiring.wires),
    networks: [...styles.values()],
    key,
  };
}

const floatGap = 24;

interface Site {
  readonly width: number;
  /** x of the root's corner. */
  readonly left: number;
  readonly headingWidth: number;
}

/** Puts the floating frames at the upper right, above what stands there. Returns how far down the rest has to begin. */
function placeFloats(sheet: Sheet, site: Site, places: Map<Item, { laid: Laid; x: number; y: number }>): number {
  const { root } = sheet;
  const floats = root.floats ?? [];
  if (floats.length === 0) return headingHeight;
  const total = floats.reduce((sum, laid) => sum + laid.width + floatGap, -floatGap);
  const start = site.width - margin - total;
  const beside = start > margin + site.headingWidth + 2 * floatGap;
  const y = beside ? 24 : headingHeight;
  const tallest = Math.max(...floats.map((laid) => laid.height));
  const free = highest(root, start - floatGap - site.left);
  const top = Math.max(headingHeight, y + tallest + floatGap - free);
  let x = start;
  for (const laid of floats) {
    locate(laid, Math.round(x), y, places);
    x += laid.width + floatGap;
  }
  return Math.round(top);
}

/** The upper edge of what the root has right of `from`, boxes and lines. */
function highest(root: Laid, from: number): number {
  let top = root.height;
  for (const child of root.children) if (child.x + child.laid.width > from) top = Math.min(top, child.y);
  for (const points of root.hops.values()) {
    for (let at = 1; at < points.length; at += 1) {
      const [a, b] = [points[at - 1], points[at]];
      if (a !== undefined && b !== undefined && Math.max(a.x, b.x) > from) top = Math.min(top, a.y, b.y);
    }
  }
  return top;
}

/** What floats has its place from the sheet: it cannot be moved. */
function fixed({ within: _, ...box }: PlacedNode): PlacedNode {
  return box;
}

function locate(laid: Laid, x: number, y: number, places: Map<Item, { laid: Laid; x: number; y: number }>): void {
  places.set(laid.item, { laid, x, y });
  for (const child of laid.children) locate(child.laid, x + child.x, y + child.y, places);
}

function placeBox(laid: Laid, places: Places, wiring: Wiring, depth: number): PlacedNode {
  const place = places.get(laid.item) ?? { x: 0, y: 0 };
  const { node, title } = laid.item;
  const chips: Chips | undefined = node === undefined ? undefined : wiring.chips.get(node.id);
  const around = laid.item.parent !== undefined && isMovable(laid.item) ? places.get(laid.item.parent) : undefined;
  const common = {
    x: place.x,
    y: place.y,
    width: laid.width,
    height: laid.height,
    depth,
    ...(node === undefined ? {} : { node }),
    ...(around === undefined ? {} : { within: { x: place.x - around.x, y: place.y - around.y } }),
    links: node === undefined ? [] : (wiring.links.get(node.id) ?? []),
    ...(chips?.networks[0] === undefined || node?.network === undefined ? {} : { network: chips.networks[0] }),
  };
  if (laid.content !== undefined) {
    const move = <T extends { readonly x: number; readonly y: number }>(thing: T): T => ({
      ...thing,
      x: thing.x + place.x,
      y: thing.y + place.y,
    });
    const { bars, icon, texts, badges, shape } = laid.content;
    return {
      ...common,
      shape,
      texts: texts.map(move),
      badges: badges.map(move),
      children: [],
      ...(icon === undefined ? {} : { icon: move(icon) }),
      ...(bars === undefined ? {} : { bars: bars.map(move) }),
    };
  }
  const inner = laid.plate === 'none' ? depth : depth + 1;
  const children = laid.children.map((child) => placeBox(child.laid, places, wiring, inner));
  if (laid.plate === 'none') return { ...common, shape: 'block', texts: [], badges: [], children };
  const plate = plateOf(laid, place, chips);
  return {
    ...common,
    shape: node === undefined ? 'panel' : 'frame',
    children,
    ...plate,
    ...(title === undefined ? {} : { texts: [panelTitle(title, plate.plate)] }),
  };
}

type Plate = Pick<PlacedNode, 'texts' | 'badges' | 'icon' | 'bars'> & { readonly plate: Rectangle };

/** A frame's name, moved along its strip to where no line passes, as far as there is such a place. */
function plateOf(laid: Laid, place: { readonly x: number; readonly y: number }, chips: Chips | undefined): Plate {
  const { node, title } = laid.item;
  const room = laid.width - 12;
  const texts: PlacedText[] = [];
  const badges: PlacedBadge[] = [];
  if (node === undefined) {
    return {
      texts,
      badges,
      plate: {
        x: place.x + 4,
        y: place.y + laid.plateY,
        width: Math.min(room, textWidth(title ?? '', 'panel') + 16),
        height: plateHeight,
      },
    };
  }
  const textX = plateTextX;
  const label = ellipsize(displayText(node.label), 'title', room - textX - 8 - countWidth(node));
  let x = textX + textWidth(label, 'title') + countWidth(node);
  texts.push({ x: textX, y: 18.5, text: label, style: 'title' });
  const nameOnly = Math.min(x + 10, laid.width - 4);
  for (const style of (chips?.networks ?? []).slice(0, 4)) {
    if (x + 8 + badgeSize.width > room) break;
    badges.push({ x: x + 8, y: 7, style });
    x += badgeSize.width + 6;
  }
  if (node.detail !== undefined && hasTallPlate(laid.item)) {
    const detail = ellipsize(displayText(node.detail), 'small', room - textX - 8);
    texts.push({ x: textX, y: 31, text: detail, style: 'small' });
    x = Math.max(x, textX + textWidth(detail, 'small'));
  } else if (node.detail !== undefined && room - x > 40) {
    const detail = ellipsize(displayText(node.detail), 'detail', room - x - 12);
    texts.push({ x: x + 8, y: 18.5, text: detail, style: 'detail' });
    x += 8 + textWidth(detail, 'detail');
  }
  const block = measureBars(node.bars, textX, nameHeightOf(laid.item) - 2);
  texts.push(...block.texts);
  x = Math.max(x, textX + block.width);
  const full = Math.min(x + 10, laid.width - 4);
  const clear = clearPlace(laid, full);
  // Where no line may be hidden, the name alone has to do; the detail is in the tooltip.
  const short = clear === undefined ? clearPlace(laid, nameOnly) : undefined;
  const cut = clear === undefined && short === undefined ? widestClear(laid) : undefined;
  if (short !== undefined || cut !== undefined) {
    texts.splice(1);
    badges.length = 0;
  }
  let width = short === undefined ? full : nameOnly;
  if (cut !== undefined) {
    const text = ellipsize(displayText(node.label), 'title', cut.width - textX - 10 - countWidth(node));
    texts.splice(0, 1, { x: textX, y: 18.5, text, style: 'title' });
    width = Math.ceil(textX + textWidth(text, 'title') + countWidth(node)) + 8;
  }
  const dx = place.x + (clear ?? short ?? cut?.x ?? 2);
  const dy = place.y + laid.plateY;
  return {
    plate: { x: dx, y: dy, width, height: plateHeightOf(laid.item) },
    ...(block.bars.length === 0 || short !== undefined || cut !== undefined
      ? {}
      : { bars: block.bars.map((bar) => ({ ...bar, x: bar.x + dx, y: bar.y + dy })) }),
    icon: { x: dx + 10, y: dy + (hasTallPlate(laid.item) ? 11 : 6), size: 16 },
    texts: texts.map((text) => ({ ...text, x: text.x + dx, y: text.y + dy })),
    badges: badges.map((badge) => ({ ...badge, x: badge.x + dx, y: badge.y + dy })),
  };
}

/** Where lines pass the strip of a frame's name, from the left. */
function passing(laid: Laid): readonly number[] {
  return [...laid.gates]
    .filter(([key]) => key.startsWith(`gate:${laid.plate}:`))
    .map(([, x]) => x)
    .sort((a, b) => a - b);
}

function clearPlace(laid: Laid, width: number): number | undefined {
  if (laid.plate === 'middle') return 2;
  const lines = passing(laid);
  for (const start of [2, ...lines.map((x) => x + 6)]) {
    if (start + width <= laid.width - 2 && lines.every((x) => x < start - 2 || x > start + width + 2)) return start;
  }
  return undefined;
}

/** The widest part of the strip that no line passes, when a shortened name is still worth reading there. */
function widestClear(laid: Laid): { readonly x: number; readonly width: number } | undefined {
  const lines = passing(laid);
  let best = { x: 2, width: 0 };
  for (const [at, x] of [-4, ...lines].entries()) {
    const room = (lines[at] ?? laid.width + 4) - x - 12;
    if (room > best.width) best = { x: x + 6, width: room };
  }
  return best.width < 90 ? undefined : best;
}
