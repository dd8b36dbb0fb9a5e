/**
 * Lines of which there are too many to follow become few: each runs to the frame or grid around its end instead, and one line with
 * a number stands for all between the same two boxes. Nothing is left out: the numbers add up. Pure.
 */

import type { GraphEdge } from '../graph.ts';
import type { Item } from './outline.ts';

/** A line before it has a way: the edge, and the boxes at its ends. */
export interface Line {
  readonly edge: GraphEdge;
  readonly from: Item;
  readonly to: Item;
}

/** The lines; those of a role of which there are more than `limit` are merged, as far as there are frames to merge them at. */
export function mergeLines(lines: readonly Line[], roles: ReadonlySet<string>, limit: number): readonly Line[] {
  let out = lines;
  for (const role of roles) {
    const mine = out.filter(({ edge }) => edge.role === role);
    if (mine.length > limit) out = [...out.filter(({ edge }) => edge.role !== role), ...merged(mine, limit)];
  }
  return out;
}

function merged(lines: readonly Line[], limit: number): readonly Line[] {
  let out = lines;
  while (out.length > limit) {
    // First the ends of which there are more: many VMs, few services.
    const [froms, tos] = [new Set(out.map(({ from }) => from)).size, new Set(out.map(({ to }) => to)).size];
    const ends: readonly ('from' | 'to')[] = froms > tos ? ['from', 'to'] : ['to', 'from'];
    const next = ends.map((end) => join(out.map((line) => lift(line, end)))).find((tried) => tried.length < out.length);
    if (next === undefined) return out;
    out = next;
  }
  return out;
}

/** The line to the box around one of its ends, unless the other end stands in that box too. */
function lift(line: Line, end: 'from' | 'to'): Line {
  const item = line[end];
  const around = item.parent;
  const other = end === 'from' ? line.to : line.from;
  if (around === undefined || around.parent === undefined || holds(around, other)) return line;
  const id = around.node?.id;
  return { ...line, [end]: around, edge: id === undefined ? line.edge : { ...line.edge, [end]: id } };
}

function holds(container: Item, item: Item): boolean {
  for (let at: Item | undefined = item; at !== undefined; at = at.parent) if (at === container) return true;
  return false;
}

function join(lines: readonly Line[]): readonly Line[] {
  const out = new Map<string, Line>();
  for (const line of lines) {
    const { edge, from, to } = line;
    const key = JSON.stringify([from.order, to.order, edge.network]);
    const known = out.get(key);
    if (known === undefined) {
      out.set(key, line);
      continue;
    }
    const { label, ...rest } = known.edge;
    const count = (rest.count ?? 1) + (edge.count ?? 1);
    out.set(key, { ...known, edge: { ...rest, ...(label === edge.label && label !== undefined ? { label } : {}), count } });
  }
  return [...out.values()];
}
