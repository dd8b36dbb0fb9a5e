/** Which rows there are, and what stands in which: the view of storage, and frames that no line holds in one row. */

import { describe, expect, test } from 'vitest';
import type { Graph } from '../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { hiddenLines, labelFaults } from '../kit/drawing.ts';
import { boxOf, faults } from '../kit/geometry.ts';
import { builder } from '../kit/graphs.ts';
import { picturesOf } from '../kit/pictures.ts';

const run = cachedRunner(createInProcessRunner());

describe('the view of storage', () => {
  const found = picturesOf('scada-plant').find(({ view }) => view === 'storage');
  if (found === undefined) throw new Error('the plant has no view of storage');
  const plant = found.graph;

  test('from top to bottom: networks, hosts, array, datastores, VMs', async () => {
    const placed = await placeGraph(plant, run);
    const tops = ['network:storage-a', 'host:esx1', 'array:san-1', 'datastore:ds-vm', 'vm:SQL'].map((id) => boxOf(placed, id).y);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    expect(new Set(tops).size).toBe(5);
  });

  test('VMs stand below their datastores in the order of these, with a line from each; a size only where there are several', async () => {
    const placed = await placeGraph(plant, run);
    const vms = plant.nodes.filter(({ role }) => role === 'vm').map(({ id }) => id);
    const order = vms.toSorted((a, b) => boxOf(placed, a).x - boxOf(placed, b).x);
    // All lie on ds-vm; SQL has its data and its log on the two right of it.
    expect(order.at(-1)).toBe('vm:SQL');
    const lines = placed.edges.filter(({ edge }) => edge.from.startsWith('vm:'));
    expect(lines.map(({ edge }) => edge.to).filter((to) => to === 'datastore:ds-vm')).toHaveLength(5);
    expect(lines.flatMap(({ label }) => label?.text ?? []).toSorted()).toEqual(['120 GB', '150 GB', '800 GB']);
  });

  const stores = (vms: number): Graph => {
    const b = builder('stores');
    for (const store of ['ds-1', 'ds-2']) b.node(store, 'datastore', store, { band: 12 });
    for (let n = 0; n < vms; n += 1) {
      b.node(`vm${n}`, 'vm', `vm${n}`, { band: 13 });
      b.edge('storage', `vm${n}`, n % 2 === 0 ? 'ds-2' : 'ds-1');
    }
    return b.done();
  };

  test.each([9, 40])('%i VMs have lines, those of one datastore beside each other', async (count) => {
    const placed = await placeGraph(stores(count), run);
    expect(placed.edges).toHaveLength(count);
    const boxes = Array.from({ length: count }, (_, at) => boxOf(placed, `vm${at}`));
    const reading = boxes.toSorted((a, b) => a.y - b.y || a.x - b.x).map(({ node }) => Number(node?.id.slice(2)) % 2);
    expect(reading).toEqual(reading.toSorted((a, b) => b - a));
    expect([...faults(placed), ...labelFaults(placed), ...hiddenLines(placed)]).toEqual([]);
  });

  test('more name their datastore instead', async () => {
    const placed = await placeGraph(stores(41), run);
    expect(placed.edges).toEqual([]);
    expect(boxOf(placed, 'vm0').texts.map(({ text }) => text)).toContain('ds-2');
  });
});

describe('frames that no line holds in one row', () => {
  const clusters = (count: number, vms: number): Graph => {
    const b = builder('clusters');
    for (let c = 0; c < count; c += 1) {
      b.node(`c${c}`, 'cluster', `cluster ${c}`);
      for (let h = 0; h < 3; h += 1)
        b.node(`c${c}h${h}`, 'host', `a host of cluster ${c}-${h}`, { parent: `c${c}`, detail: 'PowerEdge R660' });
      for (let n = 0; n < vms; n += 1) b.node(`c${c}vm${n}`, 'vm', `vm ${n}`, { parent: `c${c}`, detail: '2 vCPU · 8 GB' });
    }
    return b.done();
  };

  test.each([
    [2, 0, 1],
    [3, 30, 1],
    [4, 12, 2],
    [4, 30, 2],
  ])('%i clusters with %i VMs each stand in %i rows, as suits a screen', async (count, vms, rows) => {
    const placed = await placeGraph(clusters(count, vms), run);
    expect(new Set(Array.from({ length: count }, (_, at) => boxOf(placed, `c${at}`).y)).size).toBe(rows);
    if (rows > 1) expect(placed.width / placed.height).toBeLessThan(2.5);
  });

  test('one large and several small: the placement of the broken example', async () => {
    const graph = picturesOf('broken-on-purpose').find(({ view }) => view === 'placement')?.graph;
    if (graph === undefined) throw new Error('the example has no view of placement');
    const { height, width } = await placeGraph(graph, run);
    expect(width / height).toBeLessThan(2);
  });
});

describe('names', () => {
  test('of up to 34 characters are whole; what is longer is cut and stands in the tooltip', async () => {
    const b = builder('names');
    b.node('whole', 'product', 'Elipse Plant Manager Reports Suite');
    b.node('cut', 'product', 'Elipse Plant Manager Reports Suite, with all of its options');
    const placed = await placeGraph(b.done(), run);
    expect(boxOf(placed, 'whole').texts[0]?.text).toBe('Elipse Plant Manager Reports Suite');
    expect(boxOf(placed, 'cut').texts[0]?.text).toMatch(/^Elipse Plant Manager Reports.*…$/);
  });
});
