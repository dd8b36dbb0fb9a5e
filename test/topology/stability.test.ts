import { describe, expect, test } from 'vitest';
import type { Graph } from '../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { generated, recipes } from '../kit/generated.ts';
import { overBudget } from '../kit/golden.ts';
import { fleet, racks, scadaPlant, twoSites } from '../kit/graphs.ts';
import { type Edit, edits, type Movement, movement } from '../kit/movement.ts';
import { picturesOf } from '../kit/pictures.ts';

const run = cachedRunner(createInProcessRunner(), 4096);
const recipe = (name: string): Graph => {
  const found = recipes.find(([each]) => each === name);
  if (found === undefined) throw new Error(`there is no recipe ${name}`);
  return generated(found[1]);
};
const plant = scadaPlant();
const hosts = fleet(6, 4);
/** Of the views those that differ in how they are laid out: redundancy and licences are rows as storage is. */
const laidOut: ReadonlySet<string> = new Set(['overview', 'physical', 'network', 'storage', 'placement', 'zones']);
const graphs: readonly (readonly [string, Graph])[] = [
  ['the SCADA plant', plant],
  ['two sites', twoSites()],
  ['six hosts', hosts],
  ['racks', racks()],
  ['distributed switches', recipe('distributed switches')],
  ...picturesOf('scada-plant').flatMap(({ name, graph, view }) => (laidOut.has(view) ? [[name, graph] as const] : [])),
];

/** Edits with what they do, found out once for all tests. */
const known = new Map<Graph, Promise<readonly { readonly edit: Edit; readonly movement: Movement }[]>>();
function editsOf(graph: Graph): Promise<readonly { readonly edit: Edit; readonly movement: Movement }[]> {
  const found = known.get(graph) ?? measured(graph);
  known.set(graph, found);
  return found;
}

async function measured(graph: Graph): Promise<readonly { readonly edit: Edit; readonly movement: Movement }[]> {
  const before = await placeGraph(graph, run);
  const after = edits(graph).map(async (edit) => ({
    edit,
    movement: movement(before, await placeGraph(edit.graph, run), edit.frame),
  }));
  return Promise.all(after);
}

describe('an edit moves only what it must', () => {
  test('how far the whole shifts, how many boxes move beside that and how far, on the sheet and within frames that were not edited: see golden/stability.json', async () => {
    const table: Record<string, Record<string, number>> = {};
    for (const [name, graph] of graphs)
      for (const { edit, movement } of await editsOf(graph)) {
        const { shift, moved, furthest, within } = movement;
        table[`${name}: ${edit.name}`] = { shift, moved, furthest, within };
      }
    expect(overBudget('stability.json', table)).toEqual([]);
  }, 60_000);

  test.each(graphs)('a new name of the same length and another VLAN move nothing: %s', async (_, graph) => {
    for (const { edit, movement } of await editsOf(graph))
      if (edit.name === 'rename a VM' || edit.name === 'change a VLAN')
        expect([edit.name, movement.named]).toEqual([edit.name, []]);
  });

  test.each([
    ['the SCADA plant', plant],
    ['six hosts', hosts],
  ])('one more VM in a cluster takes the next cell, hosts, switches, storage and the other VMs stay: %s', async (_, graph) => {
    const added = (await editsOf(graph)).find(({ edit }) => edit.name === 'add a VM');
    const roles = new Map(graph.nodes.map((node) => [node.id, node.role]));
    expect(added).toBeDefined();
    // Below the VMs a new row moves the rest down.
    for (const moved of added?.movement.named ?? [])
      expect(['service', 'license', 'network']).toContain(roles.get(moved.split(' ')[0] ?? ''));
  });
});
