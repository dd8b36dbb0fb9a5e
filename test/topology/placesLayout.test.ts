import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Graph } from '../../server/src/topology/graph.ts';
import { cachedRunner, type ElkGraph, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import type { Placed, PlacedNode } from '../../server/src/topology/placed.ts';
import type { Place } from '../../server/src/topology/places.ts';
import { renderSvg } from '../../server/src/topology/svg.ts';
import { generated } from '../kit/generated.ts';
import { allNodes, boxOf, faults } from '../kit/geometry.ts';
import { builder, fleet, folded, scadaPlant, smallHyperV, twoSites } from '../kit/graphs.ts';

const engine = createInProcessRunner();
const run = cachedRunner(engine, 2000);

const at = (placed: Placed, id: string): Place => boxOf(placed, id).within ?? { x: Number.NaN, y: Number.NaN };

/** The picture with boxes dragged from where they stand by themselves. */
async function dragged(graph: Graph, moves: Readonly<Record<string, readonly [number, number]>>): Promise<Placed> {
  const plain = await placeGraph(graph, run);
  const places = new Map(
    Object.entries(moves).map(([id, [x, y]]): [string, Place] => [id, { x: at(plain, id).x + x, y: at(plain, id).y + y }]),
  );
  return placeGraph(graph, run, places);
}

/** Boxes that have another place in what is around them. */
function moved(before: Placed, after: Placed): readonly string[] {
  const places = new Map(
    allNodes(before.nodes).flatMap(({ node, within }) => (node && within ? [[node.id, within] as const] : [])),
  );
  return allNodes(after.nodes).flatMap(({ node, within }) => {
    const was = node && places.get(node.id);
    return node && within && was && (Math.abs(was.x - within.x) > 2 || Math.abs(was.y - within.y) > 2) ? [node.id] : [];
  });
}

describe('with nothing placed', () => {
  test('the layout is as ever, and the engine is asked the same', async () => {
    const asked: string[] = [];
    const runner = (input: ElkGraph): Promise<ElkGraph> => {
      asked.push(JSON.stringify(input));
      return run(input);
    };
    for (const graph of [scadaPlant(), twoSites()]) {
      asked.length = 0;
      const plain = await placeGraph(graph, runner);
      const without = asked.splice(0).toSorted();
      expect(await placeGraph(graph, runner, new Map([['nobody', { x: 1, y: 1 }]]))).toEqual(plain);
      expect(asked.toSorted().join() === without.join()).toBe(true);
    }
  });

  test('a place where the box stands anyhow changes nothing', async () => {
    const plain = await placeGraph(scadaPlant(), run);
    const { held, ...same } = await placeGraph(scadaPlant(), run, new Map([['esx2', at(plain, 'esx2')]]));
    expect(held).toEqual(['esx2']);
    expect(same).toEqual(plain);
  });
});

describe('a dragged box', () => {
  test('stands where it was put, and the others stay or make room', async () => {
    const plain = await placeGraph(scadaPlant(), run);
    const placed = await dragged(scadaPlant(), { esx3: [300, 0] });
    expect(at(placed, 'esx3')).toEqual({ x: at(plain, 'esx3').x + 300, y: at(plain, 'esx3').y });
    expect(at(placed, 'esx1')).toEqual(at(plain, 'esx1'));
    expect(at(placed, 'esx2')).toEqual(at(plain, 'esx2'));
    expect(boxOf(placed, 'scada').width).toBeGreaterThan(boxOf(plain, 'scada').width);
    expect(placed.held).toEqual(['esx3']);
  });

  test('takes the place of another, which makes room by the least movement', async () => {
    const plain = await placeGraph(scadaPlant(), run);
    const places = new Map([['esx3', at(plain, 'esx1')]]);
    const placed = await placeGraph(scadaPlant(), run, places);
    expect(at(placed, 'esx3')).toEqual(at(plain, 'esx1'));
    const xs = ['esx3', 'esx1', 'esx2'].map((id) => at(placed, id).x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(moved(plain, placed).filter((id) => id.startsWith('esx2/'))).toEqual([]);
    expect(faults(placed)).toEqual([]);
  });

  test('gets a row of its own where it is dropped below the others, and the frame grows around it', async () => {
    const plain = await placeGraph(scadaPlant(), run);
    const placed = await dragged(scadaPlant(), { 'esx1/iscsi-b': [-200, 400] });
    const [was, now] = [at(plain, 'esx1/iscsi-b'), at(placed, 'esx1/iscsi-b')];
    expect(now).toEqual({ x: was.x - 200, y: was.y + 400 });
    expect(boxOf(placed, 'esx1').height).toBeGreaterThan(boxOf(plain, 'esx1').height + 300);
    expect(at(placed, 'esx1/vSwitch0')).toEqual(at(plain, 'esx1/vSwitch0'));
  });

  test('stands a little lower than its neighbours when it was put there, but in line with them when it was nearly so', async () => {
    const plain = await placeGraph(scadaPlant(), run);
    const low = await dragged(scadaPlant(), { esx2: [0, 60] });
    expect(at(low, 'esx2')).toEqual({ x: at(plain, 'esx2').x, y: at(plain, 'esx2').y + 60 });
    expect(at(low, 'esx1')).toEqual(at(plain, 'esx1'));
    const nearly = await dragged(scadaPlant(), { esx2: [10, 15] });
    expect(at(nearly, 'esx2')).toEqual({ x: at(plain, 'esx2').x + 10, y: at(nearly, 'esx1').y });
  });

  test('never goes above what feeds it, so that every line goes down', async () => {
    const placed = await dragged(scadaPlant(), { scada: [0, -2000], SCADA: [0, -2000], 'Process database': [0, -2000] });
    const tops = ['sw-a', 'scada', 'SCADA', 'Process database'].map((id) => boxOf(placed, id).y);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    expect(faults(placed)).toEqual([]);
  });

  test('of a grid takes the nearest cell, and the others flow around it', async () => {
    const plain = await placeGraph(scadaPlant(), run);
    const order = (placed: Placed): readonly string[] =>
      ['E3-A', 'E3-B', 'SQL', 'ELIC'].toSorted((a, b) => boxOf(placed, a).x - boxOf(placed, b).x);
    expect(order(plain)).toEqual(['E3-A', 'E3-B', 'SQL', 'ELIC']);
    const step = boxOf(plain, 'E3-B').x - boxOf(plain, 'E3-A').x;
    const placed = await dragged(scadaPlant(), { 'E3-A': [2 * step + 9, 12] });
    expect(order(placed)).toEqual(['E3-B', 'SQL', 'E3-A', 'ELIC']);
    expect(boxOf(placed, 'E3-A').x - boxOf(placed, 'E3-B').x).toBe(2 * step);
  });

  test('two that were put in one place (a merge does that) stand side by side', async () => {
    const plain = await placeGraph(scadaPlant(), run);
    const place = at(plain, 'esx2');
    const placed = await placeGraph(
      scadaPlant(),
      run,
      new Map([
        ['esx3', place],
        ['esx1', place],
      ]),
    );
    expect(faults(placed)).toEqual([]);
    expect(Math.min(at(placed, 'esx1').x, at(placed, 'esx3').x)).toBe(place.x);
  });

  test('on the border of its host stays on the border', async () => {
    const plain = await placeGraph(scadaPlant(), run);
    const placed = await dragged(scadaPlant(), { 'esx1/vmnic3': [-60, 200] });
    expect(at(placed, 'esx1/vmnic3')).toEqual({ x: at(plain, 'esx1/vmnic3').x - 60, y: at(plain, 'esx1/vmnic3').y });
  });

  test('stays where it is when the design around it grows', async () => {
    const plain = await placeGraph(scadaPlant(), run);
    const places = new Map([['esx3', { x: at(plain, 'esx3').x + 100, y: at(plain, 'esx3').y }]]);
    const [before, after] = [
      await placeGraph(scadaPlant(), run, places),
      await placeGraph(scadaPlant({ extraVm: true }), run, places),
    ];
    expect(at(after, 'esx3')).toEqual(at(before, 'esx3'));
  });

  test('is dragged from the place that the picture says', async () => {
    const placed = await dragged(scadaPlant(), { esx3: [300, 0] });
    const { x, y } = at(placed, 'esx3');
    expect(renderSvg(placed)).toMatch(new RegExp(`data-id="esx3"[^>]* data-at="${x} ${y}"`));
    const floating = boxOf(placed, 'plant');
    expect(floating.within).toBeUndefined();
  });
});

describe('any drags', () => {
  const drags = fc.array(
    fc.record({ box: fc.nat(400), x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -600, max: 600 }) }),
    { minLength: 1, maxLength: 6 },
  );
  const designs = fc.oneof(
    fc.constantFrom(scadaPlant(), smallHyperV(), fleet(5, 3), folded(), twoSites()),
    fc
      .record({
        seed: fc.nat(40),
        hosts: fc.integer({ min: 1, max: 5 }),
        vms: fc.nat(8),
        services: fc.nat(3),
        distributed: fc.nat(1),
      })
      .map(generated),
  );
  const movable = (placed: Placed): readonly PlacedNode[] =>
    allNodes(placed.nodes).filter((node) => node.node !== undefined && node.within !== undefined);

  test('leave a picture without faults, with all boxes and all lines, the same every time', async () => {
    await fc.assert(
      fc.asyncProperty(designs, drags, async (graph, moves) => {
        const plain = await placeGraph(graph, run);
        const boxes = movable(plain);
        const places = new Map(
          moves.flatMap(({ box, x, y }): readonly [string, Place][] => {
            const { node, within } = boxes[box % boxes.length] ?? {};
            return node === undefined || within === undefined
              ? []
              : [[node.id, { x: Math.max(0, within.x + x), y: Math.max(0, within.y + y) }]];
          }),
        );
        const placed = await placeGraph(graph, run, places);
        expect(faults(placed)).toEqual([]);
        expect(movable(placed)).toHaveLength(boxes.length);
        expect(placed.edges.map(({ edge }) => edge.id)).toEqual(plain.edges.map(({ edge }) => edge.id));
        expect(await placeGraph(graph, run, new Map([...places].reverse()))).toEqual({
          ...placed,
          held: placed.held?.toReversed(),
        });
      }),
      { numRuns: 25, seed: 11 },
    );
  });

  test('places that mean nothing are survived', async () => {
    const odd = [Number.NaN, -5, 1e9, Number.POSITIVE_INFINITY];
    const b = builder('odd');
    b.node('a', 'host', 'a');
    b.node('b', 'host', 'b');
    for (const x of odd)
      for (const y of odd) {
        const placed = await placeGraph(b.done(), run, new Map([['a', { x, y }]]));
        expect(faults(placed)).toEqual([]);
      }
  });
});
