/** Brackets between boxes: through the gaps, or not at all. */
import { describe, expect, test } from 'vitest';
import type { GraphEdge } from '../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import type { PlacedNode } from '../../server/src/topology/placed.ts';
import { tiesOf } from '../../server/src/topology/ties.ts';
import { faults } from '../kit/geometry.ts';
import { builder } from '../kit/graphs.ts';

const box = (id: string, x: number, y: number, width = 100, height = 40, children: readonly PlacedNode[] = []): PlacedNode => ({
  node: { id, role: 'vm', label: id },
  shape: children.length > 0 ? 'frame' : 'card',
  depth: 0,
  x,
  y,
  width,
  height,
  texts: [],
  badges: [],
  links: [],
  children,
});
const tie = (from: string, to: string): GraphEdge => ({ id: `${from}-${to}`, role: 'apart', from, to });

describe('a tie', () => {
  test('is straight between neighbours of a row and of a column', () => {
    const nodes = [box('a', 0, 0), box('b', 120, 0), box('c', 0, 60)];
    const [row, column] = tiesOf([tie('a', 'b'), tie('a', 'c')], nodes, []);
    expect(row?.points).toEqual([
      { x: 100, y: 20 },
      { x: 120, y: 20 },
    ]);
    expect(column?.points).toEqual([
      { x: 50, y: 40 },
      { x: 50, y: 60 },
    ]);
  });

  test('goes around what stands between', () => {
    const nodes = [box('a', 0, 0), box('b', 120, 0), box('c', 240, 0)];
    const [around] = tiesOf([tie('a', 'c')], nodes, []);
    expect(around?.points).toHaveLength(4);
    const ys = new Set(around?.points.slice(1, -1).map((point) => point.y));
    expect(ys.size).toBe(1);
    const [y = 20] = ys;
    expect(y < 0 || y > 40).toBe(true);
  });

  test('two ties of the same boxes do not lie upon each other', () => {
    const [one, two] = tiesOf(
      [tie('a', 'b'), { ...tie('a', 'b'), id: '2', role: 'affinity' }],
      [box('a', 0, 0), box('b', 120, 0)],
      [],
    );
    expect(one?.points[0]?.y).not.toBe(two?.points[0]?.y);
  });

  test('is left out where no gap leads, and between a box and one that it holds', () => {
    const walled = [box('a', 0, 0), box('wall', 101, -300, 18, 700), box('b', 120, 0)];
    expect(tiesOf([tie('a', 'b')], walled, [])).toEqual([]);
    const inner = box('inner', 10, 10, 20, 10);
    expect(tiesOf([tie('outer', 'inner')], [box('outer', 0, 0, 100, 100, [inner])], [])).toEqual([]);
    expect(tiesOf([tie('a', 'nobody')], [box('a', 0, 0)], [])).toEqual([]);
  });

  test('joins VMs of different hosts through their frames, and crosses no other box', async () => {
    const b = builder('ties');
    for (const host of ['h1', 'h2', 'h3']) {
      b.node(host, 'host', host);
      for (const vm of ['a', 'b', 'c', 'd']) b.node(`${host}${vm}`, 'vm', `${host}${vm}`, { parent: host });
    }
    b.edge('apart', 'h1a', 'h3d');
    b.edge('affinity', 'h1a', 'h1d');
    b.edge('lockstep', 'h2b', 'h3b');
    const placed = await placeGraph(b.done(), cachedRunner(createInProcessRunner()));
    expect(faults(placed)).toEqual([]);
    expect(placed.edges.map((edge) => edge.edge.role).sort()).toEqual(['affinity', 'apart', 'lockstep']);
  });
});
