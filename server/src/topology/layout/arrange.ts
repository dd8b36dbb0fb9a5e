/**
 * A container in which the user has put boxes somewhere. The layout as it would be without them is the start: dragged boxes get
 * their places (x as said, y in the row that they were dropped on), the others make room by the least movement, and ELK draws
 * the lines anew. Nothing overlaps, lines go down from row to row as ever.
 */

import { type ArrangedRow, type Arrangement, arrangement } from './arrangeInput.ts';
import { chooseRows, type Row, type Standing, snap } from './choose.ts';
import type { ElkGraph, LayoutRunner, Point } from './elkGraph.ts';
import { crop, type FlowResult } from './flow.ts';
import type { FlowRequest } from './flowInput.ts';
import { gateKey, hopKey, type LaidChild } from './laid.ts';
import type { Item } from './outline.ts';
import { joinAtFork, straighten } from './paths.ts';
import { gap } from './rows.ts';

/** Upper left corners by box, in px from the corner of the frame around it. */
export type Wanted = ReadonlyMap<Item, Point>;

/** Lays a container out anew around the boxes that have a place; as it was when all of them stand there anyhow. */
export async function arrange(request: FlowRequest, base: FlowResult, wanted: Wanted, run: LayoutRunner): Promise<FlowResult> {
  const { left, top } = request.padding;
  const places = new Map<Item, Point>();
  for (const { laid } of base.children) {
    const place = wanted.get(laid.item);
    if (place !== undefined) places.set(laid.item, { x: Math.max(left, place.x), y: Math.max(top, place.y) });
  }
  const stays = ({ laid, x, y }: LaidChild): boolean => {
    const place = places.get(laid.item);
    return place === undefined || (Math.abs(place.x - x) < 1 && Math.abs(place.y - y) < 1);
  };
  if (base.children.every(stays)) return base;
  const standing = new Map(
    base.children.map((child): [Item, Standing] => {
      const place = places.get(child.laid.item);
      return [child.laid.item, { ...child, ...(place === undefined ? {} : { wanted: place }) }];
    }),
  );
  const rows = request.rows.flatMap((row): readonly Row[] => {
    const boxes = row.flatMap((laid) => standing.get(laid.item) ?? []);
    return boxes.length === 0
      ? []
      : [
          {
            boxes,
            top: Math.min(...boxes.map((box) => box.y)),
            bottom: Math.max(...boxes.map((box) => box.y + box.laid.height)),
            closed: boxes.every((box) => box.laid.content?.shape === 'socket'),
          },
        ];
  });
  const chosen = chooseRows(rows, request.hops, { least: left, gap: Math.min(request.gap, gap) });
  const arranged = chosen.map(
    (row): ArrangedRow =>
      row.boxes.map((box) => ({ laid: box.laid, x: box.wanted?.x ?? box.x, fixed: box.wanted !== undefined })),
  );
  const input = arrangement(request, arranged, base);
  return lower(chosen, crop(read(chosen, input, await run(input.graph), request), request), request);
}

function read(rows: readonly Row[], input: Arrangement, result: ElkGraph, request: FlowRequest): FlowResult {
  const nodes = new Map((result.children ?? []).map((child) => [child.id, child]));
  // ELK begins at the left; what the user moved to the right has to stay there.
  const slips = (result.children ?? []).map((child) => (input.lefts.get(child.id) ?? 0) - (child.x ?? 0));
  const slip = Math.max(...slips);
  const children = rows.flatMap((row) =>
    row.boxes.map(({ laid }): LaidChild => {
      const node = nodes.get(input.ids.get(laid.item) ?? '');
      if (node?.x === undefined || node.y === undefined) throw new Error('the layout engine lost a box');
      return { laid, x: Math.round(node.x + slip), y: Math.round(node.y) };
    }),
  );
  const gates = new Map<string, number>();
  for (const { id, side, bundle } of input.gates)
    gates.set(gateKey(side, bundle), Math.round((nodes.get(id)?.x ?? 0) + slip + 1));
  const sections = new Map((result.edges ?? []).map((edge) => [edge.id, edge.sections?.[0]]));
  const points = (ids: readonly string[]): readonly Point[] =>
    ids.flatMap((id) => {
      const section = sections.get(id);
      const way = section === undefined ? [] : [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
      return way.map((point) => ({ x: Math.round(point.x + slip), y: Math.round(point.y) }));
    });
  const hops = new Map<string, readonly Point[]>();
  for (const [key, { ways, hop }] of input.edges) {
    const [first, second] = ways.map(points);
    if (first === undefined) continue;
    const outwards = (way: readonly Point[]): readonly Point[] => (hop.peer === 'top' ? way : [...way].reverse());
    hops.set(key, straighten(second === undefined ? first : joinAtFork(outwards(first), outwards(second))));
  }
  const right = Math.max(
    ...children.map((child) => child.x + child.laid.width),
    ...[...hops.values()].flatMap((way) => way.map((point) => point.x + 4)),
  );
  return { width: right + request.padding.right, height: Math.round(result.height ?? 0), children, gates, hops };
}

/** Boxes that were dropped below the upper edge of their row go down, and what is below the row makes room. */
function lower(rows: readonly Row[], result: FlowResult, request: FlowRequest): FlowResult {
  const at = new Map(result.children.map((child) => [child.laid.item, child]));
  const tops = new Map<Item, number>();
  const steps: { readonly from: number; readonly by: number }[] = [];
  let sum = 0;
  for (const row of rows) {
    const boxes = row.boxes.flatMap((box) => {
      const child = at.get(box.laid.item);
      return child === undefined ? [] : [{ child, wanted: box.wanted?.y }];
    });
    const end = Math.max(...boxes.map(({ child }) => child.y + child.laid.height));
    let grown = 0;
    for (const { child, wanted } of boxes) {
      const down = wanted === undefined || row.closed ? 0 : wanted - (child.y + sum);
      const y = child.y + (down < snap ? 0 : down);
      tops.set(child.laid.item, y + sum);
      grown = Math.max(grown, y + child.laid.height - end);
    }
    if (grown > 0) steps.push({ from: end, by: grown });
    sum += grown;
  }
  const move = (y: number): number => steps.reduce((moved, step) => (y >= step.from ? moved + step.by : moved), y);
  const ways = new Map(result.hops);
  for (const hop of request.hops) {
    const key = hopKey(hop);
    const points = result.hops.get(key);
    if (points === undefined || ways.get(key) !== points) continue;
    const ends = [hop.upper, hop.lower].map((port) => {
      const top = tops.get(port.owner);
      return top === undefined ? undefined : port.side === 'top' ? top : top + (at.get(port.owner)?.laid.height ?? 0);
    });
    ways.set(
      key,
      points.map((point, index) => {
        const y = index === 0 ? ends[0] : index === points.length - 1 ? ends[1] : undefined;
        return { x: point.x, y: y ?? move(point.y) };
      }),
    );
  }
  return {
    ...result,
    height: result.height + sum,
    children: result.children.map((child) => ({ ...child, y: tops.get(child.laid.item) ?? child.y })),
    hops: ways,
  };
}
