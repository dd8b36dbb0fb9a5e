/** Lines, their junctions and the key of lines as SVG. */

import { assertNever } from '../../base/assertNever.ts';
import { type EdgeRole, tieRoles } from '../graph.ts';
import type { Point } from '../layout/elkGraph.ts';
import type { LineKind, Placed, PlacedEdge, PlacedKey, PlacedNode, SignKind } from '../placed.ts';
import { lineNames, speedText } from '../words.ts';
import { changeClass, changeSample, halosSvg } from './changes.ts';
import { keptSvg, plugSvg } from './gauges.ts';
import { lookClasses, textSvg } from './nodes.ts';
import { escapeLines, escapeXml, px } from './text.ts';

const cornerRadius = 5;

/** All lines, and the dots where those of one trunk part. */
export function edgesSvg(placed: Placed): string {
  const names = namesOf(placed.nodes);
  const lines = placed.edges.map((edge) => {
    const { id, from, to } = edge.edge;
    return (
      `<path class="${classesOf(edge)}" data-edge="${escapeXml(id)}" data-from="${escapeXml(from)}" data-to="${escapeXml(to)}"${readableSvg(edge)} d="${path(edge.points)}">` +
      `<title>${escapeLines(described(edge, names))}</title></path>`
    );
  });
  const dots = placed.junctions.map(({ x, y, edge }) => {
    const owner = placed.edges[edge];
    return owner === undefined
      ? ''
      : `<circle class="lt-dot ${colourClasses(owner)}" cx="${px(x)}" cy="${px(y)}" r="${owner.edge.speed !== undefined && owner.edge.speed >= 1e10 ? 3.2 : 2.6}"/>`;
  });
  const labels = placed.edges.map((edge) => (edge.label === undefined ? '' : textSvg(edge.label, ' lt-label')));
  const ties = placed.edges.map((edge) => (tieRoles.has(edge.edge.role) ? tieSvg(edge) : ''));
  return halosSvg(placed.edges, path) + lines.join('') + dots.join('') + ties.join('') + labels.join('');
}

/** What the page needs to tell in words: what kind of line it is, how fast, called what, in which LAG and network. */
function readableSvg({ edge, network }: PlacedEdge): string {
  const said: readonly (readonly [string, string | undefined])[] = [
    ['role', edge.role],
    ['speed', edge.speed === undefined ? undefined : speedText(edge.speed)],
    ['label', edge.label],
    ['lag', edge.lag],
    ['network', network?.label],
    ['change', edge.change],
    ['count', (edge.count ?? 1) > 1 ? String(edge.count) : undefined],
  ];
  return said.map(([name, value]) => (value === undefined || value === '' ? '' : ` data-${name}="${escapeXml(value)}"`)).join('');
}

function classesOf(edge: PlacedEdge): string {
  return `lt-edge ${colourClasses(edge)} lt-w${widthClass(edge.edge.speed)}${changeClass(edge.edge.change)}`;
}

function colourClasses(edge: PlacedEdge): string {
  const classes = [`lt-e-${edge.edge.role}`];
  if (edge.side !== undefined) classes.push(`lt-s-${edge.side}`);
  if (edge.network !== undefined) classes.push(`lt-en${edge.network.colour}`);
  return classes.join(' ');
}

function widthClass(speed: number | undefined): number {
  if (speed === undefined) return 1;
  return speed < 1e9 ? 5 : speed < 1e10 ? 0 : speed < 2.5e10 ? 2 : speed < 1e11 ? 3 : 4;
}

/** What boxes are called, parts with what they are parts of: `esx1 vmnic0`. */
function namesOf(nodes: readonly PlacedNode[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const visit = ({ children, node, shape }: PlacedNode, owner: string | undefined): void => {
    const isPart = owner !== undefined && (shape === 'socket' || shape === 'row');
    if (node !== undefined) names.set(node.id, isPart ? `${owner} ${node.label}` : node.label);
    for (const child of children) visit(child, node?.label ?? owner);
  };
  for (const node of nodes) visit(node, undefined);
  return names;
}

/** The tooltip: what kind of line between which things, then its name, speed, number and group. */
function described({ edge, network }: PlacedEdge, names: ReadonlyMap<string, string>): readonly string[] {
  const [from, to] = [edge.from, edge.to].map((id) => names.get(id) ?? id);
  const lines = [`${lineNames[edge.role] ?? edge.role}: ${from} – ${to}`];
  const more = [
    edge.label,
    (edge.count ?? 1) > 1 ? `${edge.count} lines` : undefined,
    network === undefined ? undefined : `network ${network.label}`,
    edge.speed === undefined ? undefined : speedText(edge.speed),
    edge.lag === undefined ? undefined : `LAG ${edge.lag}`,
  ].filter((part) => part !== undefined && part !== '');
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

/** Drawn on a tie, so that its sort is read without its colour: an equals sign, one struck through, an arrow to and fro, a bolt. */
const tieSigns: Readonly<Partial<Record<EdgeRole, string>>> = {
  affinity: 'M-3 -1.6h6M-3 1.6h6',
  apart: 'M-3 -1.6h6M-3 1.6h6M2 -4L-2 4',
  pair: 'M-3.6 0h7.2M-1.6 -2.2L-3.8 0L-1.6 2.2M1.6 -2.2L3.8 0L1.6 2.2',
  lockstep: 'M-3 -2.6v5.2M0 -2.6v5.2M3 -2.6v5.2',
};

/** The sign of a tie, in the middle of its longest piece. */
function tieSvg({ edge, points }: PlacedEdge): string {
  let best: { readonly length: number; readonly x: number; readonly y: number } | undefined;
  points.slice(1).forEach((b, at) => {
    const a = points[at] ?? b;
    const length = Math.abs(b.x - a.x) + Math.abs(b.y - a.y);
    if (best === undefined || length > best.length) best = { length, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  });
  return best === undefined ? '' : tieSignSvg(edge.role, best.x, best.y, edge.id);
}

function tieSignSvg(role: EdgeRole, x: number, y: number, id?: string): string {
  const owner = id === undefined ? '' : ` data-for-edge="${escapeXml(id)}"`;
  return `<g class="lt-tie lt-tie-${role}"${owner} transform="translate(${px(x)} ${px(y)})"><circle r="6.5"/><path d="${tieSigns[role] ?? ''}"/></g>`;
}

/** What the kinds of line, box and bar mean. */
export function keySvg(entries: readonly PlacedKey[]): string {
  const samples = entries.map((entry) => {
    const { kind, text } = entry;
    if ('change' in kind) return changeSample(kind.change, entry.x, entry.y, entry.width) + textSvg(text);
    return `${'sign' in kind ? signSampleSvg(kind.sign, entry) : lineSampleSvg(kind, entry)}${textSvg(text)}`;
  });
  return samples.length === 0 ? '' : `<g class="lt-key" role="group" aria-label="Key">${samples.join('')}</g>`;
}

function lineSampleSvg(kind: LineKind, { width, x, y }: PlacedKey): string {
  const side = kind.side === undefined ? '' : ` lt-s-${kind.side}`;
  const line = `<path class="lt-edge lt-e-${kind.role}${side} lt-w${widthClass(kind.speed)}" d="M${px(x)} ${px(y)}h${width}"/>`;
  return tieRoles.has(kind.role) ? line + tieSignSvg(kind.role, x + width / 2, y) : line;
}

function signSampleSvg(sign: SignKind['sign'], { width, x, y }: PlacedKey): string {
  const box = (name: string): string =>
    `<g class="${name}"><rect class="lt-shape" x="${px(x + 2)}" y="${px(y - 6)}" width="${width - 4}" height="12" rx="3"/></g>`;
  const bar = (name: string, inside: string): string =>
    `<rect class="lt-bar" x="${px(x)}" y="${px(y - 3.5)}" width="${width}" height="7" rx="1.5"/>${inside}` +
    (name === '' ? '' : `<rect class="${name}" x="${px(x)}" y="${px(y - 3.5)}" width="${width * 0.7}" height="7" rx="1.5"/>`) +
    `<rect class="lt-bar-frame" x="${px(x)}" y="${px(y - 3.5)}" width="${width}" height="7" rx="1.5"/>`;
  switch (sign) {
    case 'ghost':
    case 'idle':
      return box(`lt-node lt-leaf ${lookClasses[sign]}`);
    case 'shared':
      return box('lt-node lt-leaf lt-shared');
    case 'lag':
      return `<rect class="lt-lag" x="${px(x)}" y="${px(y - 7)}" width="${width}" height="14" rx="6"/>`;
    case 'plug':
    case 'unplugged':
      return plugSvg({ name: 'A', used: sign === 'plug' }, x + 5, y - 7);
    case 'used':
      return bar('lt-bar-used', '');
    case 'over':
      return bar('lt-bar-over', '');
    case 'kept':
      return bar('', keptSvg(x + 8, y - 3.5, width - 8));
    default:
      return assertNever(sign);
  }
}
