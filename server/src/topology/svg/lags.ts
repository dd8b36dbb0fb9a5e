/** Link aggregation groups as SVG: a ring around the sockets of each group on each machine, as it is drawn around bundled cables. */

import type { Placed, PlacedNode } from '../placed.ts';
import { escapeXml, px } from './text.ts';

const around = 3;

/** Sockets of one group that stand beside each other share a ring; one that stands alone has its own. */
export function lagsSvg(placed: Placed): string {
  const groups = new Map<string, Set<string>>();
  const lagOf = new Map<string, string>();
  for (const { edge } of placed.edges) {
    if (edge.lag === undefined) continue;
    lagOf.set(edge.from, edge.lag);
    groups.set(edge.lag, (groups.get(edge.lag) ?? new Set()).add(edge.from));
  }
  if (groups.size === 0) return '';
  const rings: string[] = [];
  const visit = (box: PlacedNode): void => {
    rings.push(...ringsOf(box.children, lagOf));
    for (const child of box.children) visit(child);
  };
  for (const box of placed.nodes) visit(box);
  return rings.join('');
}

function ringsOf(siblings: readonly PlacedNode[], lagOf: ReadonlyMap<string, string>): readonly string[] {
  const sockets = siblings.filter((box) => box.shape === 'socket').toSorted((a, b) => a.x - b.x);
  const runs: { readonly lag: string; readonly boxes: PlacedNode[] }[] = [];
  let before: string | undefined;
  for (const box of sockets) {
    const lag = box.node === undefined ? undefined : lagOf.get(box.node.id);
    const run = runs.at(-1);
    if (lag !== undefined && lag === before && run !== undefined) run.boxes.push(box);
    else if (lag !== undefined) runs.push({ lag, boxes: [box] });
    before = lag;
  }
  return runs.map(({ lag, boxes }) => {
    const [first] = boxes;
    const last = boxes.at(-1);
    if (first === undefined || last === undefined) return '';
    const [x, y] = [first.x - around, first.y - around];
    const [width, height] = [last.x + last.width - first.x + 2 * around, first.height + 2 * around];
    return `<rect class="lt-lag" data-lag="${escapeXml(lag)}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="8"/>`;
  });
}
