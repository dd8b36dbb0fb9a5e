/**
 * Differences as SVG: outlines are the style sheet's, each sort with a stroke pattern and a sign of its own, so that they are told
 * apart without colour. Signs stand at the upper left of boxes (findings stand at the upper right) and near the ends of lines.
 */
import { changeOrder } from '../diff/list.ts';
import type { Change, GraphNode } from '../graph.ts';
import type { Point } from '../layout/elkGraph.ts';
import { textWidth } from '../measure.ts';
import type { Placed, PlacedEdge, PlacedNode } from '../placed.ts';
import { escapeXml, px } from './text.ts';

/** Classes and attributes of what differs; nothing for what does not. */
export const changeClass = (change: Change | undefined): string => (change === undefined ? '' : ` lt-c-${change}`);

/** Whether a picture shows a difference: the rest of it is drawn faint then. */
export function showsChanges(placed: Placed): boolean {
  const inside = (nodes: readonly PlacedNode[]): boolean =>
    nodes.some(({ children, node }) => node?.change !== undefined || inside(children));
  return inside(placed.nodes) || placed.edges.some(({ edge }) => edge.change !== undefined);
}

/** What a screen reader says of what became of a box. */
export function changeWords({ change, changes = [] }: GraphNode): readonly string[] {
  return change === undefined ? [] : [change, ...changes];
}

/** Lines of a tooltip: `Changed: vcpu 4 → 8`. */
export function changeLines({ change, changes = [] }: GraphNode): readonly string[] {
  if (change === undefined) return [];
  const word = change.replace(/^./, (first) => first.toUpperCase());
  return changes.length === 0 ? [word] : changes.map((text) => `${word}: ${text}`);
}

interface Sign {
  readonly width: number;
  readonly shape: string;
  readonly stroke: string;
}

/** 15 px high; a disc, a square, a diamond and an arrow's shaft. */
const signs: Readonly<Record<Change, Sign>> = {
  added: { width: 15, shape: 'M7.5 0a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15z', stroke: 'M7.5 3.8v7.4M3.8 7.5h7.4' },
  removed: { width: 15, shape: 'M.5 .5h14v14h-14z', stroke: 'M3.8 7.5h7.4' },
  changed: { width: 17, shape: 'M8.5 -1L17 7.5L8.5 16L0 7.5z', stroke: 'M8.5 4.2L11.6 9.8H5.4z' },
  moved: { width: 21, shape: 'M0 1h14.5L21 7.5L14.5 14H0z', stroke: 'M3.6 7.5h11M11.2 4.3l3.4 3.2-3.4 3.2' },
};

/** The sign of a sort with its upper left corner at a place. */
export function signSvg(change: Change, x: number, y: number, scale = 1): string {
  const { shape, stroke } = signs[change];
  const place = `translate(${px(x)} ${px(y)})${scale === 1 ? '' : ` scale(${scale})`}`;
  return `<g class="lt-sign lt-c-${change}" transform="${place}"><path class="lt-sign-shape" d="${shape}"/><path class="lt-sign-stroke" d="${stroke}"/></g>`;
}

/** Width of a sign, px. */
export const signWidth = (change: Change): number => signs[change].width;

/** A sample for the key: an outline of the sort with its sign. */
export function changeSample(change: Change, x: number, y: number, width: number): string {
  return `<path class="lt-change lt-c-${change}" d="M${px(x)} ${px(y)}h${px(width)}"/>${signSvg(change, x + (width - signs[change].width * 0.7) / 2, y - 5.25, 0.7)}`;
}

/** The wide faint strokes below lines that differ. */
export function halosSvg(edges: readonly PlacedEdge[], path: (points: readonly Point[]) => string): string {
  return changeOrder
    .map((change) => {
      const own = edges.filter(({ edge }) => edge.change === change).map(({ points }) => path(points));
      // One path for all: where lines share their way, the stroke is no darker.
      return own.length === 0 ? '' : `<path class="lt-halo lt-c-${change}" d="${own.join('')}"/>`;
    })
    .join('');
}

/** Px that the sign of opening and shutting takes at the upper left corner. */
const foldSign = 18;

/**
 * The signs of boxes and lines, and the strokes through the names of what is gone.
 * @param hasFolds whether boxes carry the sign of opening and shutting in that corner
 */
export function signsSvg(placed: Placed, hasFolds = false): string {
  const changes = new Map<string, Change>();
  const out: string[] = [];
  const visit = (node: PlacedNode, around: GraphNode | undefined): void => {
    const change = node.node?.change;
    if (node.node !== undefined && change !== undefined) {
      changes.set(node.node.id, change);
      const strike = change === 'removed' ? strikeSvg(node) : '';
      // A part of what came or went needs no sign of its own.
      const sign =
        (change === 'added' || change === 'removed') && around?.change === change && node.node.id.startsWith(`${around.id}/`)
          ? ''
          : signSvg(change, node.x - 6 + (hasFolds && node.node.fold !== undefined ? foldSign : 0), node.y - 7);
      if (strike + sign !== '') out.push(`<g data-for="${escapeXml(node.node.id)}">${strike}${sign}</g>`);
    }
    for (const child of node.children) visit(child, node.node ?? around);
  };
  for (const node of placed.nodes) visit(node, undefined);
  for (const { edge, points } of placed.edges) {
    if (edge.change === undefined || [edge.from, edge.to].some((id) => changes.get(id) === edge.change)) continue;
    const at = alongPath(points, 16);
    const scale = 0.8;
    if (at !== undefined) out.push(signSvg(edge.change, at.x - (signWidth(edge.change) * scale) / 2, at.y - 7.5 * scale, scale));
  }
  return out.length === 0 ? '' : `<g class="lt-signs" aria-hidden="true">${out.join('')}</g>`;
}

/** A stroke through the name: export to paper knows no text decoration. */
function strikeSvg({ texts }: PlacedNode): string {
  const [title] = texts;
  if (title === undefined) return '';
  const width = textWidth(title.text, title.style);
  const left = title.anchor === 'middle' ? title.x - width / 2 : title.anchor === 'end' ? title.x - width : title.x;
  return `<path class="lt-strike" d="M${px(left - 2)} ${px(title.y - 4)}h${px(width + 4)}"/>`;
}

/** The point so many px along a line, or its middle when it is short. */
function alongPath(points: readonly Point[], wanted: number): Point | undefined {
  const lengths = points.slice(1).map((point, at) => Math.hypot(point.x - (points[at]?.x ?? 0), point.y - (points[at]?.y ?? 0)));
  let left = Math.min(wanted, lengths.reduce((sum, length) => sum + length, 0) / 2);
  for (const [at, length] of lengths.entries()) {
    const [a, b] = [points[at], points[at + 1]];
    if (a === undefined || b === undefined) return undefined;
    if (left <= length) {
      const share = length === 0 ? 0 : left / length;
      return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
    }
    left -= length;
  }
  return points[0];
}

const patterns: Readonly<Record<Change, string>> = { added: 'none', removed: '4 3', changed: '9 3 2 3', moved: '14 4' };

/** Names and small print in a box; the codes of networks keep their colours. */
const texts = (...boxes: readonly string[]): string =>
  boxes.flatMap((box) => ['title', 'detail', 'small'].map((style) => `${box}>.lt-t-${style}`)).join(',');

/** Rules that draw differences; the rest of the picture steps back, and stays readable. */
export function changeRules(c: (token: Change | 'ink' | 'dim' | 'bg') => string): string {
  const sorts = changeOrder
    .map(
      (change) =>
        `.lt-diff .lt-c-${change}>.lt-shape{stroke:${c(change)};stroke-width:2.5;stroke-opacity:1;stroke-dasharray:${patterns[change]}}` +
        `${texts(`.lt-diff .lt-node.lt-c-${change}`, `.lt-diff .lt-plates .lt-c-${change}`)}{fill:${c('ink')}}.lt-diff .lt-c-${change}>.lt-icon{stroke-opacity:1}` +
        `.lt-diff .lt-edge.lt-c-${change}{stroke-opacity:1}.lt-halo.lt-c-${change}{stroke:${c(change)}}.lt-c-${change}>.lt-sign-shape{fill:${c(change)}}` +
        `.lt-change.lt-c-${change}{stroke:${c(change)};stroke-dasharray:${patterns[change]}}`,
    )
    .join('');
  return [
    `.lt-diff .lt-shape,.lt-diff .lt-edge{stroke-opacity:.45}.lt-diff .lt-icon{stroke-opacity:.6}.lt-diff .lt-dot{fill-opacity:.45}`,
    // Who asks for contrast gets it from all borders; sign and pattern are enough to tell what differs.
    '.vscode-high-contrast .lt-diff .lt-shape,.vscode-high-contrast-light .lt-diff .lt-shape{stroke-opacity:.85}',
    `${texts('.lt-diff .lt-node', '.lt-diff .lt-plates g')},.lt-diff .lt-edges .lt-label{fill:${c('dim')}}`,
    sorts,
    `.lt-diff .lt-edge.lt-c-removed{stroke:${c('removed')};stroke-dasharray:4 3}`,
    '.lt-halo{fill:none;stroke-width:7;stroke-opacity:.28;stroke-linejoin:round}',
    `.lt-sign-shape{stroke:${c('bg')};stroke-width:1.2}.lt-sign-stroke{fill:none;stroke:${c('bg')};stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}`,
    `.lt-strike{fill:none;stroke:${c('removed')};stroke-width:1.4}.lt-change{fill:none;stroke-width:2.5}`,
    '.lt-signs{pointer-events:none}',
  ].join('');
}
