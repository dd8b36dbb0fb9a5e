/**
 * Finds a place for the name of each line: beside the line where it meets its thing, where no box, no name, no other line and no
 * other label is. A label that fits nowhere is left out (the tooltip has it) rather than written over something. Pure.
 */

import type { GraphEdge } from '../graph.ts';
import { markBox } from '../markBox.ts';
import { badgeSize, displayText, ellipsize, fonts, textWidth } from '../measure.ts';
import type { PlacedEdge, PlacedNode, PlacedText, Rectangle } from '../placed.ts';
import type { Point } from './elkGraph.ts';

/** Longest label, px. */
const widest = 120;
const style = 'small';
/** Height of its capitals, px. */
const ink = Math.ceil(fonts[style].size * 0.74);
/** Kept free around a label, px. */
const air = 2;
const cell = 64;
/** The longest sign is made room for. */
const manyFindings = 100;

/** The lines with their labels; `width` is that of the sheet. */
export function labelled(edges: readonly PlacedEdge[], nodes: readonly PlacedNode[], width: number): readonly PlacedEdge[] {
  if (edges.every(({ edge }) => labelText(edge) === undefined)) return edges;
  const taken = createTaken();
  const boxes = new Map<string, PlacedNode>();
  for (const node of nodes) gather(node, boxes);
  for (const node of nodes) takeNode(node, taken);
  for (const { points } of edges)
    points.slice(1).forEach((b, index) => {
      const a = points[index];
      if (a !== undefined) taken.add(piece(a, b));
    });
  const degree = new Map<string, number>();
  const ends = ({ edge }: PlacedEdge): readonly string[] => [`${edge.role} ${edge.from}`, `${edge.role} ${edge.to}`];
  for (const edge of edges) for (const end of ends(edge)) degree.set(end, (degree.get(end) ?? 0) + 1);
  return edges.map((edge) => {
    const said = labelText(edge.edge);
    if (said === undefined) return edge;
    const text = ellipsize(displayText(said), style, widest);
    const [from = 0, to = 0] = ends(edge).map((end) => degree.get(end) ?? 0);
    const quiet = from === to ? undefined : from > to ? edge.edge.to : edge.edge.from;
    for (const label of candidates(edge.points, text, quiet, (id) => touches(boxes.get(id), edge.points[0]))) {
      const box = inkBox(label);
      if (box.x < 4 || box.x + box.width > width - 4 || !taken.isFree(box)) continue;
      taken.add(box);
      return { ...edge, label };
    }
    return edge;
  });
}

/** What is written at a line: its name, and how many lines it stands for. */
function labelText(edge: GraphEdge): string | undefined {
  const count = (edge.count ?? 1) > 1 ? `×${edge.count}` : '';
  const parts = [edge.label?.trim() ?? '', count].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** Where the text could stand, the best place first. `quiet` is the end at which fewer lines meet. */
function candidates(
  points: readonly Point[],
  text: string,
  quiet: string | undefined,
  startsAt: (id: string) => boolean,
): readonly PlacedText[] {
  const width = textWidth(text, style);
  const back = [...points].reverse();
  const [first, second] = quiet !== undefined && startsAt(quiet) ? [points, back] : [back, points];
  return [...besideEnd(first, text, width), ...besideEnd(second, text, width)];
}

/** Along the first two pieces from an end. */
function besideEnd(points: readonly Point[], text: string, width: number): readonly PlacedText[] {
  const out: PlacedText[] = [];
  const at = (x: number, y: number): void => {
    out.push({ x, y, text, style });
  };
  points.slice(0, 2).forEach((a, index) => {
    const b = points[index + 1];
    if (b === undefined) return;
    const corner = index === 0 ? 0 : 6;
    if (a.x === b.x) {
      const down = b.y > a.y;
      for (let step = 4 + corner; step + ink + 2 <= Math.abs(b.y - a.y); step += 8) {
        const baseline = down ? a.y + step + ink : a.y - step;
        at(a.x + 4, baseline);
        at(a.x - 4 - width, baseline);
        if (step > 60) break;
      }
      return;
    }
    const right = b.x > a.x;
    for (let step = 4 + corner; step + width + 2 <= Math.abs(b.x - a.x); step += 12) {
      const x = right ? a.x + step : a.x - step - width;
      at(x, a.y - 4);
      at(x, a.y + 4 + ink);
      if (step > 120) break;
    }
  });
  return out;
}

function inkBox(label: PlacedText): Rectangle {
  const width = textWidth(label.text, label.style);
  return { x: label.x - 1, y: label.y - ink - 1, width: width + 2, height: ink + 2 };
}

function piece(a: Point, b: Point): Rectangle {
  return {
    x: Math.min(a.x, b.x) - air / 2,
    y: Math.min(a.y, b.y) - air / 2,
    width: Math.abs(a.x - b.x) + air,
    height: Math.abs(a.y - b.y) + air,
  };
}

function takeNode(node: PlacedNode, taken: Taken): void {
  // Findings come and go; the label would jump if it stood where their sign hangs.
  if (node.node !== undefined) taken.add(markBox(node, manyFindings));
  if (node.plate !== undefined) {
    for (const text of node.texts)
      taken.add({ x: text.x - 2, y: text.y - 12, width: textWidth(text.text, text.style) + 4, height: 15 });
    for (const { x, y } of node.badges) taken.add({ x, y, ...badgeSize });
    if (node.icon !== undefined) taken.add({ ...node.icon, width: node.icon.size, height: node.icon.size });
  } else if (node.shape !== 'block') taken.add(node);
  for (const child of node.children) takeNode(child, taken);
}

function gather(node: PlacedNode, boxes: Map<string, PlacedNode>): void {
  if (node.node !== undefined) boxes.set(node.node.id, node);
  for (const child of node.children) gather(child, boxes);
}

function touches(box: Rectangle | undefined, point: Point | undefined): boolean {
  if (box === undefined || point === undefined) return false;
  const slack = 8;
  return (
    point.x >= box.x - slack &&
    point.x <= box.x + box.width + slack &&
    point.y >= box.y - slack &&
    point.y <= box.y + box.height + slack
  );
}

interface Taken {
  readonly add: (box: Rectangle) => void;
  readonly isFree: (box: Rectangle) => boolean;
}

/** What is taken, in cells, so that asking costs the same in a large picture. */
function createTaken(): Taken {
  const cells = new Map<string, Rectangle[]>();
  const keys = (box: Rectangle): readonly string[] => {
    const out: string[] = [];
    for (let x = Math.floor(box.x / cell); x <= Math.floor((box.x + box.width) / cell); x += 1)
      for (let y = Math.floor(box.y / cell); y <= Math.floor((box.y + box.height) / cell); y += 1) out.push(`${x},${y}`);
    return out;
  };
  return {
    add: (box) => {
      for (const key of keys(box)) {
        const known = cells.get(key);
        if (known === undefined) cells.set(key, [box]);
        else known.push(box);
      }
    },
    isFree: (box) =>
      keys(box).every((key) =>
        (cells.get(key) ?? []).every(
          (other) =>
            box.x >= other.x + other.width ||
            other.x >= box.x + box.width ||
            box.y >= other.y + other.height ||
            other.y >= box.y + box.height,
        ),
      ),
  };
}
