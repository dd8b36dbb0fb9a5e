/** Lines, their junctions and the key of lines as SVG. */

import type { GraphEdge } from '../graph.ts';
import type { Point } from '../layout/elkGraph.ts';
import type { Placed, PlacedEdge, PlacedKey } from '../placed.ts';
import { speedText } from '../words.ts';
import { textSvg } from './nodes.ts';
import { escapeLines, escapeXml, px } from './text.ts';

const cornerRadius = 5;

/** All lines, and the dots where those of one trunk part. */
export function edgesSvg(placed: Placed): string {
  const lines = placed.edges.map((edge) => {
    const { id, from, to } = edge.edge;
    return (
      `<path class="${classesOf(edge)}" data-edge="${escapeXml(id)}" data-from="${escapeXml(from)}" data-to="${escapeXml(to)}" d="${path(edge.points)}">` +
      `<title>${escapeLines(described(edge.edge))}</title></path>`
    );
  });
  const dots = placed.junctions.map(({ x, y, edge }) => {
    const owner = placed.edges[edge];
    return owner === undefined
      ? ''
      : `<circle class="lt-dot ${colourClasses(owner)}" cx="${px(x)}" cy="${px(y)}" r="${owner.edge.speed !== undefined && owner.edge.speed >= 1e10 ? 3.2 : 2.6}"/>`;
  });
  const labels = placed.edges.map((edge) => (edge.label === undefined ? '' : textSvg(edge.label, ' lt-label')));
  return lines.join('') + dots.join('') + labels.join('');
}

function classesOf(edge: PlacedEdge): string {
  return `lt-edge ${colourClasses(edge)} lt-w${widthClass(edge.edge.speed)}`;
}

function colourClasses(edge: PlacedEdge): string {
  const classes = [`lt-e-${edge.edge.role}`];
  if (edge.side !== undefined) classes.push(`lt-s-${edge.side}`);
  if (edge.network !== undefined) classes.push(`lt-en${edge.network.colour}`);
  return classes.join(' ');
}

function widthClass(speed: number | undefined): number {
  if (speed === undefined) return 1;
  return speed < 1e10 ? 0 : speed < 2.5e10 ? 2 : speed < 1e11 ? 3 : 4;
}

function described(edge: GraphEdge): readonly string[] {
  const lines = [`${edge.role}: ${edge.from} – ${edge.to}`];
  const more = [edge.label, edge.speed === undefined ? undefined : speedText(edge.speed)].filter((part) => part !== undefined);
  if (more.length > 0) lines.push(more.join(' · '));
  return lines;
}

/** A polyline with softened corners. */
function path(points: readonly Point[]): string {
  let d = '';
  points.forEach((point, at) => {
    const before = points[at - 1];
    const after = points[at + 1];
    if (before === undefined) d += `M${px(point.x)} ${px(point.y)}`;
    else if (after === undefined) d += `L${px(point.x)} ${px(point.y)}`;
    else {
      const inward = towards(point, before);
      const outward = towards(point, after);
      d += `L${px(inward.x)} ${px(inward.y)}Q${px(point.x)} ${px(point.y)} ${px(outward.x)} ${px(outward.y)}`;
    }
  });
  return d;
}

function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  const share = length === 0 ? 0 : Math.min(cornerRadius, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}

/** What the kinds of line mean. */
export function keySvg(entries: readonly PlacedKey[]): string {
  const samples = entries.map(({ x, y, width, kind, text }) => {
    const side = kind.side === undefined ? '' : ` lt-s-${kind.side}`;
    return `<path class="lt-edge lt-e-${kind.role}${side} lt-w${widthClass(kind.speed)}" d="M${px(x)} ${px(y)}h${width}"/>${textSvg(text)}`;
  });
  return samples.length === 0 ? '' : `<g class="lt-key" role="group" aria-label="Kinds of line">${samples.join('')}</g>`;
}
