/** What shut boxes say of the differences in them. Pure. */
import type { Change, Graph, GraphNode } from '../graph.ts';

/**
 * Marks the shut boxes of a folded comparison.
 * @param union the graph before folding, with a `change` on what differs
 * @param folded the same, folded
 * @param shownAs id of the box that a thing is drawn as
 */
export function foldChanges(union: Graph, folded: Graph, shownAs: (id: string) => string | undefined): Graph {
  const inside = new Map<string, { count: number; readonly sorts: Set<Change | undefined> }>();
  for (const { change, id } of union.nodes) {
    const box = shownAs(id);
    if (box === undefined || box === id) continue;
    const known = inside.get(box) ?? { count: 0, sorts: new Set() };
    if (change !== undefined) known.count += 1;
    known.sorts.add(change);
    inside.set(box, known);
  }
  const own = new Map(union.nodes.map((node) => [node.id, node]));
  return {
    ...folded,
    nodes: folded.nodes.map((node): GraphNode => {
      const within = inside.get(node.id);
      if (within === undefined || within.count === 0) return node;
      const { change: _, ...rest } = node;
      const said = own.get(node.id);
      const [only] = within.sorts;
      // Like things of which all came, or all went, came or went together; else the box holds what changed.
      const change = said?.change ?? (said === undefined && within.sorts.size === 1 && only !== undefined ? only : 'changed');
      const words = `${within.count} ${within.count === 1 ? 'change' : 'changes'} inside`;
      return {
        ...rest,
        change,
        changes: [...(node.changes ?? []), words],
        detail: node.detail === undefined ? words : `${words} · ${node.detail}`,
      };
    }),
  };
}
