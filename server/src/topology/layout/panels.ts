/** What the picture adds around the drawing: title and the panel of networks. Pure. */

import type { Graph, GraphNode } from '../graph.ts';
import { badgeSize, displayText, ellipsize, textWidth } from '../measure.ts';
import type { NetworkStyle } from '../networkStyle.ts';
import type { PlacedNode, PlacedText, Rectangle } from '../placed.ts';
import { summaryNouns } from '../words.ts';
import { type Laid, plateHeight } from './laid.ts';
import type { Outline } from './outline.ts';
import type { Wiring } from './wires.ts';

/** All that the finished picture is put together from. */
export interface Sheet {
  readonly graph: Graph;
  readonly tree: Outline;
  readonly wiring: Wiring;
  readonly styles: ReadonlyMap<string, NetworkStyle>;
  readonly root: Laid;
}

/** Around everything. */
export const margin = 28;

/** Name of a panel, in its plate. */
export function panelTitle(title: string, plate: Rectangle): PlacedText {
  return { x: plate.x + 8, y: plate.y + 18, text: title, style: 'panel' };
}

/** Title and summary. */
export function headingOf(graph: Graph): readonly PlacedText[] {
  const summary = summaryOf(graph);
  return [
    { x: margin, y: 38, text: ellipsize(displayText(graph.title), 'heading', 900), style: 'heading' },
    { x: margin, y: 58, text: summary === '' ? 'Nothing to draw yet' : summary, style: 'detail' },
  ];
}

/** What is in the picture, in numbers. */
export function summaryOf(graph: Graph): string {
  const parts: string[] = [];
  for (const [role, one, many] of summaryNouns) {
    const members = graph.nodes.filter((node) => node.role === role && node.look !== 'ghost');
    const all =
      graph.counts === undefined ? members.reduce((sum, node) => sum + (node.count ?? 1), 0) : (graph.counts[role] ?? 0);
    const count = role === 'network' ? Math.max(graph.networks.length, all) : all;
    if (count > 0) parts.push(`${count} ${count === 1 ? one : many}`);
  }
  const against = graph.against === undefined ? '' : `${parts.length > 0 ? ' — ' : ''}compared with ${graph.against}`;
  return `${parts.join(' · ')}${against}`;
}

interface Chip {
  readonly node: GraphNode;
  readonly style: NetworkStyle | undefined;
  readonly detail: string;
}

function chipsOf(tree: Outline, styles: ReadonlyMap<string, NetworkStyle>): readonly Chip[] {
  const nodes = new Map(tree.networks.map((node) => [node.id, node]));
  const ids = new Set([...styles.keys(), ...nodes.keys()]);
  return [...ids].map((id) => {
    const style = styles.get(id);
    const node = nodes.get(id) ?? ({ id, role: 'network', label: style?.label ?? id } satisfies GraphNode);
    return { node, style, detail: [style?.purpose, node.detail].filter((part) => part !== undefined && part !== '').join(' · ') };
  });
}

const chipText = 9 + badgeSize.width + 8;
const chipGap = 10;

function chipWidth(chip: Chip): number {
  const text = Math.max(textWidth(displayText(chip.node.label), 'title'), textWidth(displayText(chip.detail), 'small'));
  return Math.ceil(Math.min(300, chipText + text + 12) / 4) * 4;
}

/** At least room for a few chips beside each other, so that the panel of a small design is no tower. */
export function networksWidth(tree: Outline, styles: ReadonlyMap<string, NetworkStyle>): number {
  const chips = chipsOf(tree, styles);
  if (chips.length === 0) return 0;
  return Math.min(chips.length, 3) * (Math.max(...chips.map(chipWidth)) + chipGap) + 24;
}

/** The networks as chips with their code, name, purpose and addresses: the legend of the colours. */
export function networksPanel(sheet: Sheet, y: number, width: number): PlacedNode | undefined {
  const chips = chipsOf(sheet.tree, sheet.styles);
  if (chips.length === 0) return undefined;
  const inner = width - 2 * margin - 32;
  const least = Math.max(...chips.map(chipWidth));
  const fitting = Math.max(1, Math.floor((inner + chipGap) / (least + chipGap)));
  const columns = Math.ceil(chips.length / Math.ceil(chips.length / fitting));
  const each = Math.min(300, Math.floor((inner + chipGap) / columns) - chipGap);
  const height = 38;
  const children = chips.map((chip, at): PlacedNode => {
    const x = margin + 16 + (at % columns) * (each + chipGap);
    const top = y + plateHeight + Math.floor(at / columns) * (height + 8);
    const texts: PlacedText[] = [
      {
        x: x + chipText,
        y: top + (chip.detail === '' ? 23 : 17),
        text: ellipsize(displayText(chip.node.label), 'title', each - chipText - 10),
        style: 'title',
      },
    ];
    if (chip.detail !== '')
      texts.push({
        x: x + chipText,
        y: top + 30,
        text: ellipsize(displayText(chip.detail), 'small', each - chipText - 10),
        style: 'small',
      });
    return {
      node: chip.node,
      shape: 'chip',
      depth: 1,
      x,
      y: top,
      width: each,
      height,
      texts,
      badges: chip.style === undefined ? [] : [{ x: x + 9, y: top + 12, style: chip.style }],
      ...(chip.style === undefined ? {} : { network: chip.style }),
      links: sheet.wiring.links.get(chip.node.id) ?? [],
      children: [],
    };
  });
  const rows = Math.ceil(chips.length / columns);
  const plate = { x: margin + 8, y, width: 100, height: plateHeight };
  return {
    shape: 'panel',
    depth: 0,
    x: margin,
    y,
    width: width - 2 * margin,
    height: plateHeight + rows * (height + 8) + 6,
    texts: [panelTitle('Networks', plate)],
    badges: [],
    plate,
    links: [],
    children,
  };
}
