/** Zones: the security zones by level, the networks and machines in each, and the firewalls between them as conduits. */
import { addressOf, membersOfNetwork, networksOf } from '../../facts/network.ts';
import { childrenOf, type Entity, enclosing, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { counted, fact, type GroupOf, openSheet, type Sheet, words } from './shared.ts';

interface Zone {
  readonly id: string;
  readonly name: string | undefined;
  readonly level: string | undefined;
  readonly networks: readonly Entity<'network'>[];
}

export function zonesGraph(model: Model, title: string, groupOf: GroupOf): Graph {
  const sheet = openSheet(model, title, groupOf);
  const zones = zonesOf(model);
  const frames = zones.map(frameOf);
  for (const zone of zones) for (const network of zone.networks) drawNetwork(network, zone, sheet);
  for (const machine of [...model.all('vm'), ...model.all('physical')]) drawMachine(machine, zones, sheet);
  for (const router of model.all('router')) drawConduit(router, sheet);
  const graph = sheet.done();
  return { ...graph, nodes: [...frames.filter((frame) => graph.nodes.length > 0 && frame), ...graph.nodes] };
}
