/**
 * Graph → placed picture. Pure but for the injected runner, which does ELK's part elsewhere. The same structure gives the same
 * places: nothing here looks at time, chance or the order of completion, and ELK's input carries no names, so an edit that
 * changes no size and no connection is answered from the cache without running a layout.
 */

import type { Graph, GraphNode } from './graph.ts';
import { layBox } from './layout/boxes.ts';
import { compose } from './layout/compose.ts';
import type { ElkGraph, LayoutRunner, Point } from './layout/elkGraph.ts';
import { type Item, isMovable, outline } from './layout/outline.ts';
import { type Hop, wire } from './layout/wires.ts';
import { networkStyles } from './networkStyle.ts';
import type { Placed } from './placed.ts';

export type { ElkGraph, LayoutRunner } from './layout/elkGraph.ts';

/**
 * Lays a graph out. `places` are boxes that the user has put somewhere, by id: the upper left corner of each in px from that of the
 * frame around it; what is not in the picture or cannot be moved is left out of account. Rejects with a readable `Error` when the
 * layout engine fails.
 */
export async function placeGraph(
  said: Graph,
  run: LayoutRunner,
  places: ReadonlyMap<string, Point> = new Map(),
): Promise<Placed> {
  const graph = tidy(said);
  const styles = networkStyles(graph.networks);
  const tree = outline(graph);
  const wiring = wire(graph, tree, styles);
  const hops = new Map<Item, Hop[]>();
  for (const { hops: way } of wiring.wires) {
    for (const hop of way) {
      const known = hops.get(hop.container);
      if (known === undefined) hops.set(hop.container, [hop]);
      else known.push(hop);
    }
  }
  const wanted = new Map<Item, Point>();
  for (const [id, place] of places) {
    const item = tree.byId.get(id);
    if (item !== undefined && isMovable(item) && Number.isFinite(place.x) && Number.isFinite(place.y)) wanted.set(item, place);
  }
  const root = await layBox(tree.root, { run, hops, chips: wiring.chips, wanted });
  const placed = compose({ graph, tree, wiring, styles, root });
  const held = [...wanted.keys()].flatMap((item) =>
    root.floats?.some((laid) => laid.item === item) ? [] : (item.node?.id ?? []),
  );
  return held.length === 0 ? placed : { ...placed, held };
}

/** An empty detail is none: it must not take a line of its box. */
function tidy(graph: Graph): Graph {
  const nodes = graph.nodes.map((node): GraphNode => {
    if (node.detail === undefined || node.detail.trim() !== '') return node;
    const { detail: _, ...rest } = node;
    return rest;
  });
  return { ...graph, nodes };
}

/** A runner that remembers: the same input is laid out once, also while it is on its way. Failures are not remembered. */
export function cachedRunner(run: LayoutRunner, capacity = 256): LayoutRunner {
  const known = new Map<string, Promise<ElkGraph>>();
  return (input) => {
    const key = JSON.stringify(input);
    const hit = known.get(key);
    if (hit !== undefined) {
      // Moved to the end: the oldest unused goes first.
      known.delete(key);
      known.set(key, hit);
      return hit;
    }
    const result = run(input);
    known.set(key, result);
    result.catch(() => known.delete(key));
    for (const oldest of known.keys()) {
      if (known.size <= capacity) break;
      known.delete(oldest);
    }
    return result;
  };
}
