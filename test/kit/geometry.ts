/** Checks of a placed picture that hold for every design: what a careful draughtsman would not do. */

import { textWidth } from '../../server/src/topology/measure.ts';
import type { Placed, PlacedNode, Rectangle } from '../../server/src/topology/placed.ts';

/** Everything that is wrong with a picture, in words; an empty list when nothing is. */
export function faults(placed: Placed): readonly string[] {
  const found: string[] = [];
  const page: Rectangle = { x: 0, y: 0, width: placed.width, height: placed.height };
  overlaps(placed.nodes, found);
  for (const node of placed.nodes) checkNode(node, page, found);
  for (const text of placed.heading)
    if (text.x + textWidth(text.text, text.style) > placed.width) found.push(`the heading leaves the sheet: ${text.text}`);
  checkEdges(placed, found);
  return found;
}

/** All boxes of a picture, outer before inner. */
export function allNodes(nodes: readonly PlacedNode[]): readonly PlacedNode[] {
  return nodes.flatMap((node) => [node, ...allNodes(node.children)]);
}

/** The box of a node of the graph. */
export function boxOf(placed: Placed, id: string): PlacedNode {
  const found = allNodes(placed.nodes).find((node) => node.node?.id === id);
  if (found === undefined) throw new Error(`nothing in the picture is ${id}`);
  return found;
}

const name = (node: PlacedNode): string => node.node?.id ?? node.texts[0]?.text ?? node.shape;

function overlaps(siblings: readonly PlacedNode[], found: string[]): void {
  siblings.forEach((a, at) => {
    for (const b of siblings.slice(at + 1)) {
      if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
        found.push(`${name(a)} overlaps ${name(b)}`);
    }
    overlaps(a.children, found);
  });
}

function within(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x - 0.5 &&
    inner.y >= outer.y - 0.5 &&
    inner.x + inner.width <= outer.x + outer.width + 0.5 &&
    inner.y + inner.height <= outer.y + outer.height + 0.5
  );
}

function checkNode(node: PlacedNode, parent: Rectangle, found: string[]): void {
  if (!within(node, parent)) found.push(`${name(node)} leaves its frame`);
  for (const value of [node.x, node.y, node.width, node.height])
    if (!Number.isFinite(value)) found.push(`${name(node)} has no place`);
  const box = node.plate ?? node;
  for (const text of node.texts) {
    const width = textWidth(text.text, text.style);
    const left = text.anchor === 'middle' ? text.x - width / 2 : text.x;
    if (left < box.x - 0.5 || left + width > box.x + box.width + 0.5) found.push(`the text ${text.text} leaves ${name(node)}`);
    if (text.y > box.y + box.height || text.y < box.y + 8) found.push(`the text ${text.text} is above or below ${name(node)}`);
  }
  for (const badge of node.badges)
    if (badge.x < box.x || badge.x + 23 > box.x + box.width) found.push(`a badge leaves ${name(node)}`);
  if (node.plate !== undefined && !within(node.plate, node)) found.push(`the name of ${name(node)} leaves it`);
  for (const child of node.children) checkNode(child, node, found);
}

function checkEdges(placed: Placed, found: string[]): void {
  const boxes = allNodes(placed.nodes).filter((node) => node.shape !== 'block');
  for (const { edge, points } of placed.edges) {
    const others = boxes.filter((box) => !holds(box, edge.from) && !holds(box, edge.to));
    points.forEach((b, at) => {
      const a = points[at - 1];
      if (a === undefined) return;
      if (a.x !== b.x && a.y !== b.y) found.push(`${edge.id} is not square: ${a.x},${a.y} ${b.x},${b.y}`);
      for (const box of others) {
        const inside =
          Math.min(a.x, b.x) < box.x + box.width - 1 &&
          Math.max(a.x, b.x) > box.x + 1 &&
          Math.min(a.y, b.y) < box.y + box.height - 1 &&
          Math.max(a.y, b.y) > box.y + 1;
        // A line that ends at a frame stays outside of it, but what stands in the frame is reached by no line.
        if (inside) found.push(`${edge.id} runs through ${name(box)}`);
      }
    });
  }
}

function holds(box: PlacedNode, id: string): boolean {
  return box.node?.id === id || box.children.some((child) => holds(child, id));
}
