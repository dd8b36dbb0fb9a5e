/**
 * The viewpoints as data: each answers one question about the same model. What draws a picture picks one by its id; what offers
 * a choice lists them in this order.
 */
import { atOnce } from '../../base/steps.ts';
import { type Entity, idOf } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import type { KindName } from '../../schema/vocabulary.ts';
import type { FoldChoice, Selection, TopologyChoice } from '../choice.ts';
import { type Folded, foldSteps } from '../fold.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { connections } from './connections.ts';
import { allFacts } from './facts.ts';
import { licencesGraph } from './licences.ts';
import { networkGraph } from './network.ts';
import { overviewGraph, drawnKinds as overviewKinds } from './overview.ts';
import { physicalGraph } from './physical.ts';
import { placementGraph } from './placement.ts';
import { redundancyGraph } from './redundancy.ts';
import { type About, aboutNodes, focused, select } from './select.ts';
import type { Building, GroupOf } from './shared.ts';
import { storageGraph } from './storage.ts';
import { SelectionProblem, suggestion } from './suggest.ts';
import { zonesGraph } from './zones.ts';

export type { Selection, TopologyChoice as Choice } from '../choice.ts';
export { type FilterNames, filterNames } from './filters.ts';
export type { GroupOf } from './shared.ts';
export { SelectionProblem } from './suggest.ts';

export interface View {
  readonly id: string;
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
  /** What to declare when there is nothing to draw. */
  readonly empty: string;
  readonly build: (model: Model, title: string, groupOf: GroupOf) => Building;
}

const overview: View = {
  id: 'overview',
  title: 'Overview',
  question: 'What is there, and how does it hang together?',
  empty: 'declare a host, a network or a switch',
  build: overviewGraph,
};

export const views: readonly View[] = [
  overview,
  {
    id: 'physical',
    title: 'Physical',
    question: 'Where does each device stand, what feeds it, and what is it cabled to?',
    empty: 'declare a rack, a switch or a host',
    build: physicalGraph,
  },
  {
    id: 'network',
    title: 'Network',
    question: 'How does traffic get from a port group to the cable?',
    empty: 'declare a network, a switch, or a host with a vswitch',
    build: networkGraph,
  },
  {
    id: 'storage',
    title: 'Storage',
    question: 'On what does each VM’s data lie, and by which ways do the hosts reach it?',
    empty: 'declare an array, a datastore, or a VM with a disk',
    build: storageGraph,
  },
  {
    id: 'placement',
    title: 'Placement',
    question: 'Which VM runs where, and what is left when a host fails?',
    empty: 'declare a host, a cluster or a VM',
    build: placementGraph,
  },
  {
    id: 'redundancy',
    title: 'Redundancy',
    question: 'What fails together, and what do both sides of a pair share?',
    empty: 'declare a service, and on which machines it runs',
    build: redundancyGraph,
  },
  {
    id: 'licences',
    title: 'Licences',
    question: 'Which machine needs which licence, and where is its key?',
    empty: 'declare a license',
    build: licencesGraph,
  },
  {
    id: 'zones',
    title: 'Zones',
    question: 'Which security zones are there, what stands in them, and what joins them?',
    empty: 'declare a network, and say its zone',
    build: zonesGraph,
  },
];

/** A view by its id; the overview when none is said. Throws a `SelectionProblem` for a name that is none. */
export function viewNamed(id: string | undefined): View {
  const found = id === undefined ? overview : views.find((view) => view.id === id);
  if (found) return found;
  const ids = views.map((view) => view.id);
  throw new SelectionProblem(`There is no view "${id ?? ''}"${suggestion(id ?? '', ids)}`);
}

/** Everything that a view shows of a design, with what is known of each box: what selections and folds start from. */
export interface Whole {
  readonly graph: Graph;
  readonly about: () => ReadonlyMap<string, About>;
  /** The thing behind a box; boxes that the picture adds have none. */
  readonly entity: (id: string) => Entity | undefined;
  /** Some boxes of the graph with all that is to be told of them: facts, and what they are connected with that no line shows. */
  readonly told: (folded: Folded) => Graph;
}

/** Builds a view of a whole design, thing by thing. Throws a `SelectionProblem` for the name of no view. */
export function* wholeSteps(model: Model, title: string, groupOf: GroupOf, view?: string): Generator<undefined, Whole> {
  const chosen = viewNamed(view);
  const name = chosen === overview ? title : `${title} – ${chosen.title.toLowerCase()}`;
  const { entities, ...graph } = yield* chosen.build(model, name, groupOf);
  let about: ReadonlyMap<string, About> | undefined;
  return {
    graph,
    about: () => {
      about ??= aboutNodes(graph, model);
      return about;
    },
    entity: (id) => entities.get(id),
    told: (folded) => told(folded, entities, model),
  };
}

/** The same at once. */
export function wholeOf(model: Model, title: string, groupOf: GroupOf, view?: string): Whole {
  return atOnce(wholeSteps(model, title, groupOf, view));
}

function told({ graph, shownAs }: Folded, entities: ReadonlyMap<string, Entity>, model: Model): Graph {
  const drawnEntities = new Map<string, Entity>();
  for (const { id } of graph.nodes) {
    const entity = entities.get(id);
    if (entity) drawnEntities.set(id, entity);
  }
  const links = connections({
    model,
    entities: drawnEntities,
    known: new Set(graph.nodes.map((node) => node.id)),
    lines: graph.edges,
    drawn: (entity) => shownAs(idOf(entity)) ?? idOf(entity),
  });
  const nodes = graph.nodes.map((node): GraphNode => {
    const entity = drawnEntities.get(node.id);
    const facts = entity ? allFacts(entity, model, node.facts ?? []) : (node.facts ?? []);
    const joined = new Set([...(node.links ?? []), ...(links.get(node.id) ?? [])]);
    return { ...node, ...(facts.length > 0 ? { facts } : {}), ...(joined.size > 0 ? { links: [...joined] } : {}) };
  });
  return { ...graph, nodes };
}

/**
 * The part of a view that is chosen; all of it when nothing is. Throws a `SelectionProblem` when the choice means nothing in it.
 * @param found ids of the boxes with findings of the chosen severity or a worse one
 */
export function partOf(whole: Whole, choice: Selection, found: ReadonlySet<string> = new Set()): Graph {
  const { cluster, focus, network, service, severity, site, tag } = choice;
  const severe = severity === undefined ? undefined : severityWords[severity];
  const parts = [focus, site, cluster, network, tag, service, severe].filter((part) => part !== undefined);
  if (parts.length === 0) return whole.graph;
  return select({ ...whole.graph, title: `${whole.graph.title}: ${parts.join(', ')}` }, choice, whole.about(), found);
}

const severityWords = { error: 'errors', warning: 'warnings and worse', info: 'findings' } as const;

/** Folds a part of a view. What is opened or shut may be called by its name too; throws a `SelectionProblem` for one that is none. */
export function foldPart(whole: Whole, part: Graph, { open, shut }: FoldChoice): Generator<undefined, Folded> {
  // Ids of boxes that are gone are passed by; only a name can be wrong.
  const idsOf = (names: readonly string[] = []): readonly string[] =>
    names.map((name) => (name === '*' || name.includes(':') ? name : focused(name, whole.about())));
  return foldSteps(part, { open: idsOf(open), shut: idsOf(shut) });
}

/** The folded graph of a choice. Throws a `SelectionProblem` when the choice means nothing in this design. */
export function graphOf(model: Model, title: string, groupOf: GroupOf, choice: TopologyChoice = {}): Graph {
  const whole = wholeOf(model, title, groupOf, choice.view);
  return whole.told(atOnce(foldPart(whole, partOf(whole, choice), choice)));
}

/** Kinds that have a box in some view. */
export const drawnKinds: ReadonlySet<KindName> = new Set<KindName>([...overviewKinds, 'dvswitch', 'fabric', 'pdu', 'feed']);
