/**
 * Placed picture → SVG text: the one renderer behind the preview, the command line, the pictures in documents and the golden
 * tests. Pure and quick; the same input gives the same bytes. Real text, no script, no link to anything outside, no style
 * attribute; every string of the model is escaped.
 */

import type { GraphMark, NodeRole } from './graph.ts';
import type { Placed, PlacedNode } from './placed.ts';
import { showsChanges, signsSvg } from './svg/changes.ts';
import { edgesSvg, keySvg } from './svg/edges.ts';
import { iconDefs } from './svg/icons.ts';
import { lagsSvg } from './svg/lags.ts';
import { marksSvg, nodeSvg, platesSvg, textSvg } from './svg/nodes.ts';
import { escapeXml, px } from './svg/text.ts';
import { patternDefs, styleSheet, type Theme } from './svg/theme.ts';

export type { Theme } from './svg/theme.ts';

export interface RenderOptions {
  /** Findings to show at the boxes' corners. */
  readonly marks?: readonly GraphMark[];
  /** `auto` unless told. */
  readonly theme?: Theme;
}

/** The picture as a standalone SVG document. */
export function renderSvg(placed: Placed, options: RenderOptions = {}): string {
  const marks = new Map((options.marks ?? []).map((mark) => [mark.id, mark]));
  const theme = options.theme ?? 'auto';
  const compares = showsChanges(placed);
  const [width, height] = [px(placed.width), px(placed.height)];
  const roles = new Set<NodeRole>();
  collectRoles(placed.nodes, roles);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="lt${compares ? ' lt-diff' : ''}" role="img" aria-label="${escapeXml(placed.title)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeXml(placed.title)}</title><desc>${escapeXml(placed.summary)}</desc>`,
    `<style>${styleSheet(theme, placed.networks, compares)}</style>`,
    `<defs>${iconDefs(roles)}${patternDefs(placed.networks)}</defs>`,
    `<rect class="lt-bg" width="${width}" height="${height}"/>`,
    `<g class="lt-heading">${placed.heading.map((text) => textSvg(text)).join('')}</g>`,
    `<g class="lt-nodes">${placed.nodes.map((node) => nodeSvg(node, marks, theme === 'vscode')).join('')}</g>`,
    `<g class="lt-edges">${edgesSvg(placed)}</g>`,
    `<g class="lt-lags" aria-hidden="true">${lagsSvg(placed)}</g>`,
    `<g class="lt-plates" aria-hidden="true">${platesSvg(placed.nodes)}</g>`,
    keySvg(placed.key),
    signsSvg(placed, theme === 'vscode'),
    `<g class="lt-marks">${marksSvg(placed.nodes, marks)}</g>`,
    '</svg>\n',
  ].join('');
}

function collectRoles(nodes: readonly PlacedNode[], roles: Set<NodeRole>): void {
  for (const placed of nodes) {
    if (placed.node !== undefined) roles.add(placed.node.role);
    collectRoles(placed.children, roles);
  }
}
