/**
 * What a careful draughtsman would not do, on every example in every view and on designs made by chance; and the pictures of the
 * examples, byte by byte. After a change that is meant: LINTEL_GOLDEN=1, then look at the files and at `git diff`.
 */

import { readdirSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Graph, type NodeRole, tieRoles } from '../../server/src/topology/graph.ts';
import { outline } from '../../server/src/topology/layout/outline.ts';
import { wire } from '../../server/src/topology/layout/wires.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { networkStyles } from '../../server/src/topology/networkStyle.ts';
import type { Placed } from '../../server/src/topology/placed.ts';
import { renderSvg } from '../../server/src/topology/svg.ts';
import { roleNames } from '../../server/src/topology/words.ts';
import { crossings, hiddenLines, labelFaults, laidUpon, looseFrames, markFaults, pairFaults } from '../kit/drawing.ts';
import { chanceOf, generated, oneOfEach, recipes } from '../kit/generated.ts';
import { allNodes, boxOf, faults } from '../kit/geometry.ts';
import { golden, overBudget, renew, renews } from '../kit/golden.ts';
import { builder } from '../kit/graphs.ts';
import { exampleNames, picturesOf } from '../kit/pictures.ts';

const run = cachedRunner(createInProcessRunner());
const lineRoles = [
  'cable',
  'uplink',
  'standby',
  'network',
  'storage',
  'placement',
  'licence',
  'power',
  'needs',
  'conduit',
  'bypass',
] as const;
const pictures = exampleNames.flatMap(picturesOf);
const graphs: readonly (readonly [string, Graph])[] = [
  ...pictures.map(({ name, graph }) => [name, graph] as const),
  ['generated: one of everything', oneOfEach(Object.keys(roleNames) as readonly NodeRole[], lineRoles)],
  ...recipes.map(([name, recipe]) => [`generated: ${name}`, generated(recipe)] as const),
];
const drawn = new Map<string, Promise<Placed>>();
const pictureOf = (name: string, graph: Graph): Promise<Placed> => {
  const known = drawn.get(name) ?? placeGraph(graph, run);
  drawn.set(name, known);
  return known;
};

describe.each(graphs)('%s', (name, graph) => {
  test('boxes beside or within each other, labels clear of all, lines square and around the boxes, A left of B', async () => {
    const placed = await pictureOf(name, graph);
    expect([...faults(placed), ...labelFaults(placed), ...hiddenLines(placed), ...pairFaults(placed)]).toEqual([]);
  });

  test('a finding on every box: no sign covers another, a label, a text or a box of its neighbours', async () => {
    for (const count of [1, 9, 12, 100]) expect([count, markFaults(await pictureOf(name, graph), count)]).toEqual([count, []]);
  });

  test('every box and every line that the view says is there', async () => {
    const placed = await pictureOf(name, graph);
    const ids = allNodes(placed.nodes).flatMap((node) => node.node?.id ?? []);
    // A network that is a frame stands in the legend too.
    expect([...new Set(ids)].toSorted()).toEqual(graph.nodes.map((node) => node.id).toSorted());
    const { wires } = wire(graph, outline(graph), networkStyles(graph.networks));
    const lines = placed.edges.filter(({ edge }) => !tieRoles.has(edge.role)).map(({ edge }) => edge.id);
    expect(lines).toEqual(wires.map(({ edge }) => edge.id));
    const ties = graph.edges.filter(({ role }) => tieRoles.has(role)).map(({ id }) => id);
    expect(
      placed.edges
        .filter(({ edge }) => tieRoles.has(edge.role))
        .map(({ edge }) => edge.id)
        .toSorted(),
    ).toEqual(ties.toSorted());
  });

  test('neither a tower nor a ribbon', async () => {
    const { width, height } = await pictureOf(name, graph);
    if (width > 1200 || height > 1200) expect(width / height).toBeLessThan(6);
    if (width > 1200 || height > 1200) expect(width / height).toBeGreaterThan(0.4);
  });
});

describe('what is counted does not grow', () => {
  test('crossings, lines upon each other, labels left out, loose frames: see golden/quality.json', async () => {
    const measured: Record<string, Record<string, number>> = {};
    for (const [name, graph] of graphs) {
      const placed = await pictureOf(name, graph);
      measured[name] = {
        crossings: crossings(placed).length,
        upon: laidUpon(placed).length,
        unlabelled: placed.edges.filter(({ edge, label }) => (edge.label ?? '').trim() !== '' && label === undefined).length,
        loose: looseFrames(placed).length,
      };
    }
    expect(overBudget('quality.json', measured)).toEqual([]);
    const known = Object.keys(JSON.parse(golden('quality.json') ?? '{}') as object);
    if (!renews) expect(known).toEqual(Object.keys(measured));
  });
});

/** The plant in every view; of the others those that show most. */
const shown = pictures.filter(
  ({ name, example, view }) =>
    name === `${example}.${view}` && (example === 'scada-plant' || view === 'overview' || view === 'network'),
);

describe('golden pictures', () => {
  test.each(shown.map(({ name, graph }) => [name, graph] as const))('%s', async (name, graph) => {
    const svg = renderSvg(await pictureOf(name, graph), { theme: 'light' });
    renew(`${name}.svg`, svg);
    const known = golden(`${name}.svg`);
    expect(known, `there is no golden file ${name}.svg yet: run with LINTEL_GOLDEN=1`).toBeDefined();
    // Not toEqual: a difference of two long lines helps nobody.
    expect(known === svg, `the picture differs from golden/${name}.svg; if that is meant, run with LINTEL_GOLDEN=1`).toBe(true);
  });

  test('there are no others, and they stay small', () => {
    const folder = new URL('./golden/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.svg'));
    expect(files.toSorted()).toEqual(shown.map(({ name }) => `${name}.svg`).toSorted());
    expect(files.reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0)).toBeLessThan(3_000_000);
  });
});

describe('racks', () => {
  const rack = (): Graph => {
    const b = builder('rack');
    b.node('r1', 'rack', 'r1', { detail: '42 U' });
    b.node('sw', 'switch', 'sw', { parent: 'r1', order: 5, side: 'A' });
    b.node('low', 'host', 'low', { parent: 'r1', order: 30 });
    b.node('high', 'host', 'high', { parent: 'r1', order: 10, detail: 'U40' });
    b.node('loose', 'physical', 'loose', { parent: 'r1' });
    b.node('far', 'switch', 'far', { side: 'B' });
    b.edge('cable', 'low', 'sw', { speed: 1e9, label: '7' });
    b.edge('cable', 'high', 'far', { speed: 1e9, label: '8' });
    b.edge('cable', 'low', 'far', { speed: 1e9, label: '9' });
    return b.done();
  };

  test('devices stand in one column in the order of their units, those without a unit last', async () => {
    const placed = await placeGraph(rack(), run);
    const boxes = ['sw', 'high', 'low', 'loose'].map((id) => boxOf(placed, id));
    expect(new Set(boxes.map(({ x, width }) => `${x} ${width}`)).size).toBe(1);
    expect(boxes.map(({ y }) => y)).toEqual(boxes.map(({ y }) => y).toSorted((a, b) => a - b));
  });

  test('cables of side A lie left of the devices, those of side B right, and carry their names', async () => {
    const placed = await placeGraph(rack(), run);
    const [left, right] = [boxOf(placed, 'low').x, boxOf(placed, 'low').x + boxOf(placed, 'low').width];
    const line = (from: string, to: string) => placed.edges.find(({ edge }) => edge.from === from && edge.to === to);
    const inside = line('low', 'sw')?.points ?? [];
    expect(inside.every(({ x }) => x <= left)).toBe(true);
    expect(Math.min(...inside.map(({ x }) => x))).toBeLessThan(left);
    const outside = line('low', 'far')?.points ?? [];
    expect(outside.some(({ x }) => x > right)).toBe(true);
    expect(outside.some(({ x, y }) => x === right && y > boxOf(placed, 'low').y)).toBe(true);
    expect(placed.edges.map(({ label }) => label?.text)).toEqual(['7', '8', '9']);
    expect([...faults(placed), ...labelFaults(placed)]).toEqual([]);
  });
});

describe.each(['needs', 'licence', 'placement'] as const)('many lines of one kind: %s', (role) => {
  const many = (count: number): Graph => {
    const b = builder(role);
    const chance = chanceOf(count);
    const user = { needs: 'service', licence: 'license', placement: 'host' } as const;
    for (const cluster of ['c1', 'c2']) b.node(cluster, 'cluster', cluster);
    for (let n = 0; n < count; n += 1) b.node(`vm${n}`, 'vm', `vm${n}`, { parent: n % 2 === 0 ? 'c1' : 'c2' });
    for (let n = 0; n < 5; n += 1) b.node(`s${n}`, user[role], `s${n}`);
    for (let n = 0; n < count; n += 1) b.edge(role, `s${chance(5)}`, `vm${n}`);
    return b.done();
  };

  test.each([24, 25, 160])('%i are all drawn, each to its box', async (count) => {
    const graph = many(count);
    const placed = await placeGraph(graph, run);
    expect(placed.edges.map(({ edge }) => edge)).toEqual(graph.edges);
    for (const { edge, points } of placed.edges) expect([edge.id, points.length > 1]).toEqual([edge.id, true]);
  });

  test.each([161, 400])('%i are merged with their number, and none is lost', async (count) => {
    const placed = await placeGraph(many(count), run);
    expect(placed.edges.length).toBeLessThanOrEqual(10);
    expect(placed.edges.reduce((sum, { edge }) => sum + (edge.count ?? 1), 0)).toBe(count);
    for (const { edge, label } of placed.edges) {
      expect(['c1', 'c2']).toContain(edge.to);
      expect(label?.text).toBe(`×${edge.count}`);
    }
    expect(faults(placed)).toEqual([]);
  });
});
