/** Boxes, their names and their badges as SVG. */

import type { GraphMark, GraphNode } from '../graph.ts';
import { markBox, markLabel } from '../markBox.ts';
import { badgeSize, countText, fonts, stackDepth, textWidth } from '../measure.ts';
import type { NetworkStyle } from '../networkStyle.ts';
import type { PlacedBadge, PlacedNode, PlacedText } from '../placed.ts';
import { roleNames } from '../words.ts';
import { changeClass, changeLines, changeWords } from './changes.ts';
import { foldAttribute, foldSign } from './folds.ts';
import { barsSvg, plugsSvg } from './gauges.ts';
import { escapeLines, escapeXml, px } from './text.ts';

export type Marks = ReadonlyMap<string, GraphMark>;

/** How boxes look that do not work by themselves. */
export const lookClasses = { ghost: 'lt-shadow', idle: 'lt-idle' } as const;

/** A box and the boxes in it. @param signs whether boxes that can be opened or shut have a sign to click */
export function nodeSvg(placed: PlacedNode, marks: Marks, signs = false): string {
  const children = placed.children.map((child) => nodeSvg(child, marks, signs)).join('');
  if (placed.shape === 'block') return children;
  const { node } = placed;
  const classes = ['lt-node', `lt-${placed.shape}`, `lt-d${Math.min(2, placed.depth)}`];
  if (placed.shape !== 'frame' && placed.shape !== 'panel') classes.push('lt-leaf');
  if (node !== undefined) classes.push(`lt-r-${node.role}`);
  if (placed.network !== undefined) classes.push(`lt-wears${placed.network.colour}`);
  if (node?.look !== undefined) classes.push(lookClasses[node.look]);
  if ((node?.shared ?? []).length > 0) classes.push('lt-shared');
  const body = shapeSvg(placed) + contentSvg(placed);
  if (node === undefined)
    return `<g class="${classes.join(' ')}" aria-hidden="${placed.children.length === 0}">${body}${children}</g>`;
  const mark = marks.get(node.id);
  const role = placed.children.length > 0 ? 'group' : 'graphics-symbol';
  const links = placed.links.length === 0 ? '' : ` data-links="${escapeXml(JSON.stringify(placed.links))}"`;
  return (
    `<g class="${classes.join(' ')}${changeClass(node.change)}" data-id="${escapeXml(node.id)}"${readableSvg(node)}${foldAttribute(placed)}${withinSvg(placed)}${links} role="${role}" tabindex="0" aria-label="${escapeXml(spoken(placed, mark))}">` +
    `<title>${escapeLines(tooltip(placed, mark))}</title>${body}${children}${signs ? foldSign(placed) : ''}</g>`
  );
}

/** Where it stands in what is around it: the page adds to it how far it was dragged. Absent where it cannot be. */
function withinSvg({ within }: PlacedNode): string {
  return within === undefined ? '' : ` data-at="${px(within.x)} ${px(within.y)}"`;
}

/** What the page needs to tell in words: what it is, what it is called, how many it stands for. */
function readableSvg(node: GraphNode): string {
  const count = (node.count ?? 1) > 1 ? ` data-count="${node.count}"` : '';
  const change = node.change === undefined ? '' : ` data-change="${node.change}"`;
  return ` data-role="${node.role}" data-name="${escapeXml(node.label)}"${count}${change}`;
}

function rect(classes: string, x: number, y: number, width: number, height: number, radius: number): string {
  return `<rect class="${classes}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="${radius}"/>`;
}

function shapeSvg(placed: PlacedNode): string {
  const { x, y, width, height, shape } = placed;
  const radius = shape === 'frame' || shape === 'panel' ? 6 : shape === 'socket' ? 2 : 4;
  const count = placed.node?.count ?? 1;
  if (count > 1 && shape !== 'frame') {
    const [w, h] = [width - stackDepth, height - stackDepth];
    return [stackDepth, stackDepth / 2, 0].map((d) => rect('lt-shape', x + d, y + d, w, h, radius)).join('') + barSvg(placed, h);
  }
  if (count > 1) return rect('lt-shape', x + 4, y + 4, width, height, radius) + rect('lt-shape', x, y, width, height, radius);
  return rect('lt-shape', x, y, width, height, radius) + barSvg(placed, height);
}

/** A network's colour down the left edge of the box that wears it. */
function barSvg(placed: PlacedNode, height: number): string {
  if (placed.network === undefined || placed.shape === 'frame' || placed.shape === 'socket') return '';
  return `<rect class="lt-n${placed.network.colour}" x="${px(placed.x)}" y="${px(placed.y)}" width="4" height="${px(height)}" rx="2"/>`;
}

/** Icon, texts and badges of a leaf; those of a frame are in its plate. */
function contentSvg(placed: PlacedNode): string {
  return placed.plate !== undefined ? '' : nameSvg(placed) + barsSvg(placed.bars) + plugsSvg(placed);
}

function nameSvg(placed: PlacedNode): string {
  const { icon, node } = placed;
  const sign =
    icon === undefined || node === undefined
      ? ''
      : `<use class="lt-icon" href="#lt-i-${node.role}" x="${px(icon.x)}" y="${px(icon.y)}" width="${icon.size}" height="${icon.size}"/>`;
  const [title] = placed.texts;
  const count =
    node === undefined || (node.count ?? 1) < 2 || title === undefined
      ? ''
      : countSvg(countText(node), title.x + textWidth(title.text, title.style) + 6, title.y - 10.5);
  return sign + placed.texts.map((text) => textSvg(text)).join('') + placed.badges.map(badgeSvg).join('') + count;
}

/** A text where it was placed. */
export function textSvg(text: PlacedText, extra = ''): string {
  const anchor = text.anchor === undefined ? '' : ` text-anchor="${text.anchor}"`;
  return `<text class="lt-t-${text.style}${extra}" x="${px(text.x)}" y="${px(text.y)}"${anchor}>${escapeXml(text.text)}</text>`;
}

function countSvg(text: string, x: number, y: number): string {
  const width = textWidth(text, 'code') + 10;
  return (
    rect('lt-pill', x, y, width, 14, 7) +
    `<text class="lt-t-code lt-pill-text" x="${px(x + width / 2)}" y="${px(y + 10.5)}" text-anchor="middle">${escapeXml(text)}</text>`
  );
}

function badgeSvg(badge: PlacedBadge): string {
  const { x, y, style } = badge;
  const { width, height } = badgeSize;
  const pattern =
    style.pattern === 0
      ? ''
      : `<rect x="${px(x)}" y="${px(y)}" width="${width}" height="${height}" rx="3" fill="url(#lt-p${style.pattern})"/>` +
        `<rect class="lt-n${style.colour}" x="${px(x + 3)}" y="${px(y + 2)}" width="${width - 6}" height="${height - 4}" rx="2"/>`;
  return (
    `<rect class="lt-swatch lt-n${style.colour}" x="${px(x)}" y="${px(y)}" width="${width}" height="${height}" rx="3"/>${pattern}` +
    `<text class="lt-t-code lt-ni${style.colour}" x="${px(x + width / 2)}" y="${px(y + 10.5)}" text-anchor="middle">${escapeXml(style.code)}</text>`
  );
}

/** The names of frames, above the lines that pass; assistive technology has them from the frames themselves. */
export function platesSvg(nodes: readonly PlacedNode[]): string {
  return nodes
    .map((placed) => {
      const own = placed.plate === undefined ? '' : plateSvg(placed);
      return own + platesSvg(placed.children);
    })
    .join('');
}

function plateSvg(placed: PlacedNode): string {
  const { plate, node } = placed;
  if (plate === undefined) return '';
  const owner = node === undefined ? '' : ` data-for="${escapeXml(node.id)}"`;
  const change = node?.change === undefined ? '' : ` class="${changeClass(node.change).trim()}"`;
  return `<g${owner}${change}>${rect(`lt-plate lt-d${Math.min(2, placed.depth)}`, plate.x + 1, plate.y + 2, plate.width - 2, plate.height - 4, 4)}${nameSvg(placed)}${barsSvg(placed.bars)}</g>`;
}

/** Signs at the corners of boxes with findings: shape and number, then colour. */
export function marksSvg(nodes: readonly PlacedNode[], marks: Marks): string {
  return nodes
    .map((placed) => {
      const mark = placed.node === undefined ? undefined : marks.get(placed.node.id);
      return (mark === undefined || mark.count < 1 ? '' : markSvg(placed, mark)) + marksSvg(placed.children, marks);
    })
    .join('');
}

const markPaths: Readonly<Record<GraphMark['severity'], string>> = {
  error: 'M4 4l6 6M10 4l-6 6',
  warning: 'M7 3.2v4.6M7 10.4v.2',
  info: 'M7 6.6v4M7 3.6v.2',
  hint: 'M4 7h.1M7 7h.1M10 7h.1',
};

function markSvg(placed: PlacedNode, mark: GraphMark): string {
  const label = markLabel(placed, mark.count);
  const { x, y, width } = markBox(placed, mark.count);
  const radius = mark.severity === 'error' ? 3 : mark.severity === 'warning' ? 5 : 7.5;
  const text =
    label === '' ? '' : `<text class="lt-t-code" x="${px(x + 14)}" y="${px(y + 7 + fonts.code.size * 0.37)}">${label}</text>`;
  return (
    `<g class="lt-mark lt-m-${mark.severity}" data-for="${escapeXml(placed.node?.id ?? '')}" aria-hidden="true"><title>${escapeLines(mark.messages)}</title>` +
    `${rect('lt-mark-shape', x, y, width, 15, radius)}<path transform="translate(${px(x + 0.5)} ${px(y + 0.5)})" d="${markPaths[mark.severity]}"/>${text}</g>`
  );
}

const severityNames: Readonly<Record<GraphMark['severity'], readonly [string, string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
  hint: ['hint', 'hints'],
};

/** What stands before a finding in a tooltip; the page reads it too. */
const signs: Readonly<Record<GraphMark['severity'], string>> = { error: '✖', warning: '⚠', info: 'ℹ', hint: '…' };

function markWords(mark: GraphMark): string {
  return `${mark.count} ${severityNames[mark.severity][mark.count === 1 ? 0 : 1]}`;
}

/** What a screen reader says of a box. */
function spoken(placed: PlacedNode, mark: GraphMark | undefined): string {
  const { node } = placed;
  if (node === undefined) return '';
  const parts = [`${roleNames[node.role]} ${node.label}`];
  if ((node.count ?? 1) > 1) parts.push(`${node.count} of them`);
  if (node.detail !== undefined) parts.push(node.detail);
  for (const bar of node.bars ?? []) parts.push(`${bar.label} ${bar.text}`);
  const feeds = node.feeds ?? [];
  if (feeds.length > 0) parts.push(feeds.map(({ name, used }) => `${used ? '' : 'not '}on power feed ${name}`).join(', '));
  if (node.fold === 'shut') parts.push('folded');
  const networks = wornNetworks(placed);
  if (networks.length > 0 && node.role !== 'network') parts.push(`network ${networks.map((style) => style.label).join(', ')}`);
  parts.push(...changeWords(node));
  if (mark !== undefined && mark.count > 0) parts.push(markWords(mark));
  return parts.join(', ');
}

function wornNetworks(placed: PlacedNode): readonly NetworkStyle[] {
  const worn = placed.badges.map((badge) => badge.style);
  return placed.network === undefined || worn.includes(placed.network) ? worn : [placed.network, ...worn];
}

/** The tooltip: a heading, then lines of the form `label: value`, then prose and findings. */
function tooltip(placed: PlacedNode, mark: GraphMark | undefined): readonly string[] {
  const { node } = placed;
  if (node === undefined) return [];
  const lines = [
    `${node.label}${(node.count ?? 1) > 1 ? ` ${countText(node)}` : ''}`,
    `${roleNames[node.role]}${node.detail === undefined ? '' : ` · ${node.detail}`}`,
  ];
  lines.push(...changeLines(node));
  const networks = wornNetworks(placed);
  if (networks.length > 0 && node.role !== 'network') lines.push(`Network: ${networks.map((style) => style.label).join(', ')}`);
  if (node.role === 'network' && placed.network?.purpose !== undefined) lines.push(`Purpose: ${placed.network.purpose}`);
  for (const bar of node.bars ?? []) lines.push(`${bar.label}: ${bar.text}`);
  for (const fact of node.facts ?? []) lines.push(`${fact.label}: ${fact.value}`);
  if (node.doc !== undefined) lines.push(node.doc);
  if (mark !== undefined)
    lines.push(...mark.messages.map((message, at) => `${signs[mark.severities?.[at] ?? mark.severity]} ${message}`));
  return lines;
}
