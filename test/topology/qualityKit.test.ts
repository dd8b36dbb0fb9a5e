/** The measures themselves: each sees what it is there to see. */

import { describe, expect, test } from 'vitest';
import { placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import type { Placed, PlacedEdge } from '../../server/src/topology/placed.ts';
import { crossings, hiddenLines, labelFaults, laidUpon, looseFrames, markFaults, pairFaults } from '../kit/drawing.ts';
import { boxOf } from '../kit/geometry.ts';
import { overBudget, renews } from '../kit/golden.ts';
import { builder, scadaPlant } from '../kit/graphs.ts';
import { edits, movement } from '../kit/movement.ts';

const run = createInProcessRunner();
const plant = placeGraph(scadaPlant(), run);
const edgeAt = (points: PlacedEdge['points'], id = 'needs:a->b', from = 'a', to = 'b'): PlacedEdge => ({
  edge: { id, role: 'needs', from, to },
  points,
});
const withEdges = (placed: Placed, edges: readonly PlacedEdge[]): Placed => ({ ...placed, edges, junctions: [] });

describe('what is wrong is seen', () => {
  test('two lines that cross, once for each place; not where they only meet', async () => {
    const level = edgeAt([
      { x: 0, y: 10 },
      { x: 100, y: 10 },
    ]);
    const upright = edgeAt(
      [
        { x: 50, y: 0 },
        { x: 50, y: 20 },
      ],
      'needs:c->d',
      'c',
      'd',
    );
    const meeting = edgeAt(
      [
        { x: 70, y: 10 },
        { x: 70, y: 20 },
      ],
      'needs:e->f',
      'e',
      'f',
    );
    expect(crossings(withEdges(await plant, [level, upright, meeting]))).toEqual([{ x: 50, y: 10 }]);
  });

  test('a line that lies upon one of another thing, but not a trunk', async () => {
    const points = [
      { x: 0, y: 10 },
      { x: 100, y: 10 },
    ];
    const [a, other, trunk] = [edgeAt(points), edgeAt(points, 'needs:c->d', 'c', 'd'), edgeAt(points, 'needs:a->d', 'a', 'e')];
    expect(laidUpon(withEdges(await plant, [a, other]))).toHaveLength(1);
    expect(laidUpon(withEdges(await plant, [a, trunk]))).toEqual([]);
  });

  test('a label on a box, on another label, and under a line', async () => {
    const placed = await plant;
    const box = boxOf(placed, 'SQL');
    const label = { x: box.x + 4, y: box.y + 14, text: 'u7', style: 'small' } as const;
    const [first] = placed.edges;
    if (first === undefined) throw new Error('no line');
    const onBox = withEdges(placed, [{ ...first, label }]);
    expect(labelFaults(onBox).some((fault) => fault.includes('covers SQL'))).toBe(true);
    const onEachOther = withEdges(placed, [
      { ...first, label },
      { ...edgeAt([]), label },
    ]);
    expect(labelFaults(onEachOther).some((fault) => fault.includes('covers the label u7'))).toBe(true);
    const struck = withEdges(placed, [
      {
        ...edgeAt([
          { x: 0, y: label.y - 3 },
          { x: 4000, y: label.y - 3 },
        ]),
        label,
      },
    ]);
    expect(labelFaults(struck).some((fault) => fault.includes('runs through the label'))).toBe(true);
  });

  test('a line under the name of a frame, B left of A, a frame that is too large, a sign on a neighbour', async () => {
    const placed = await plant;
    const name = boxOf(placed, 'scada').texts[0];
    const under = edgeAt([
      { x: (name?.x ?? 0) + 5, y: 0 },
      { x: (name?.x ?? 0) + 5, y: 4000 },
    ]);
    expect(hiddenLines(withEdges(placed, [under]))).toContain('needs:a->b runs under the name of scada');
    const swapped = { ...placed, nodes: [boxOf(placed, 'sw-a'), boxOf(placed, 'sw-b')].map((node) => ({ ...node, x: -node.x })) };
    expect(pairFaults(swapped)).toEqual(['sw-b (B) stands left of sw-a (A)']);
    const scada = boxOf(placed, 'scada');
    expect(looseFrames({ ...placed, edges: [], nodes: [{ ...scada, height: scada.height * 3 }] })).toContain('scada');
    const [a, b] = [boxOf(placed, 'E3-A'), boxOf(placed, 'E3-B')];
    const close = { ...placed, edges: [], nodes: [a, { ...b, x: a.x + a.width + 1, y: a.y }] };
    expect(markFaults(close, 1)).toContain('the sign of E3-A covers E3-B');
  });

  test.skipIf(renews)('a measure over its budget, and one without', () => {
    expect(overBudget('none.json', { plant: { crossings: 1 } })).toEqual(['plant has no budget: run with LINTEL_GOLDEN=1']);
    const [over] = overBudget('quality.json', { 'scada-plant.overview': { crossings: 100_000 } });
    expect(over).toMatch(/^scada-plant\.overview: crossings 100000, at most \d+ allowed$/);
  });

  test('movement: what all have in common is told apart from what moved beside it', async () => {
    const b = builder('rows');
    for (const id of ['a', 'b', 'c']) b.node(id, 'switch', id);
    const before = await placeGraph(b.done(), run);
    const flat = before.nodes.flatMap((node) => (node.shape === 'block' ? node.children : [node]));
    const all = { ...before, nodes: flat.map((node) => ({ ...node, x: node.x + 30 })) };
    expect(movement({ ...before, nodes: flat }, all)).toMatchObject({ boxes: 3, shift: 30, moved: 0 });
    const one = { ...before, nodes: flat.map((node, at) => ({ ...node, y: node.y + (at === 0 ? 7 : 0) })) };
    expect(movement({ ...before, nodes: flat }, one)).toMatchObject({ shift: 0, moved: 1, furthest: 7 });
  });

  test('the edits are those that people make', () => {
    expect(edits(scadaPlant()).map(({ name }) => name)).toEqual([
      'add a VM',
      'remove a VM',
      'rename a VM',
      'rename a VM to a longer name',
      'change a VLAN',
      'add a NIC',
      'add a host',
    ]);
  });
});
