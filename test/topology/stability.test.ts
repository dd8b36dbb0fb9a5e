import { describe, expect, test } from 'vitest';
import type { Graph } from '../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { generated, recipes } from '../kit/generated.ts';
import { overBudget } from '../kit/golden.ts';
import { fleet, racks, scadaPlant, twoSites } from '../kit/graphs.ts';
import { edits, movement } from '../kit/movement.ts';
import { picturesOf } from '../kit/pictures.ts';

const run = cachedRunner(createInProcessRunner(), 4096);
const recipe = (name: string): Graph => {
  const found = recipes.find(([each]) => each === name);
  if (found === undefined) throw new Error(`there is no recipe ${name}`);
  return generated(found[1]);
};
const graphs: readonly (readonly [string, Graph])[] = [
  ['the SCADA plant', scadaPlant()],
  ['two sites', twoSites()],
  ['six hosts', fleet(6, 4)],
  ['racks', racks()],
  ['distributed switches', recipe('distributed switches')],
  ...picturesOf('scada-plant').map(({ name, graph }) => [name, graph] as const),
];

describe('an edit moves only what it must', () => {
  test('how far the whole shifts, how many boxes move beside that and how far, on the sheet and within frames that were not edited: see golden/stability.json', async () => {
    const measured: Record<string, Record<string, number>> = {};
    for (const [name, graph] of graphs) {
      const before = await placeGraph(graph, run);
      for (const edit of edits(graph)) {
        const { shift, moved, furthest, within } = movement(before, await placeGraph(edit.graph, run), edit.frame);
        measured[`${name}: ${edit.name}`] = { shift, moved, furthest, within };
      }
    }
    expect(overBudget('stability.json', measured)).toEqual([]);
  }, 60_000);

  test.each(graphs)('a new name of the same length and another VLAN move nothing: %s', async (_, graph) => {
    const before = await placeGraph(graph, run);
    for (const edit of edits(graph).filter(({ name }) => name === 'rename a VM' || name === 'change a VLAN'))
      expect([edit.name, movement(before, await placeGraph(edit.graph, run), edit.frame).named]).toEqual([edit.name, []]);
  });

  test('one more VM in a cluster takes the next cell: hosts, switches, storage and the other VMs stay', async () => {
    for (const graph of [scadaPlant(), fleet(6, 3)]) {
      const before = await placeGraph(graph, run);
      const [added] = edits(graph);
      if (added === undefined) throw new Error('no edit');
      const { named } = movement(before, await placeGraph(added.graph, run), added.frame);
      const roles = new Map(graph.nodes.map((node) => [node.id, node.role]));
      // Below the VMs a new row moves the rest down.
      for (const moved of named) expect(['service', 'license', 'network']).toContain(roles.get(moved.split(' ')[0] ?? ''));
    }
  });
});
