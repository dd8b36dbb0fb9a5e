/**
 * The viewpoints as data: each answers one question about the same model. What draws a picture picks one by its id; what offers
 * a choice lists them in this order.
 */
import type { Model } from '../../model/project.ts';
import type { KindName } from '../../schema/vocabulary.ts';
import type { Graph } from '../graph.ts';
import { licencesGraph } from './licences.ts';
import { networkGraph } from './network.ts';
import { overviewGraph, drawnKinds as overviewKinds } from './overview.ts';
import { physicalGraph } from './physical.ts';
import { placementGraph } from './placement.ts';
import { redundancyGraph } from './redundancy.ts';
import { aboutNodes, type Selection, select } from './select.ts';
import { type GroupOf, unfolded } from './shared.ts';
import { storageGraph } from './storage.ts';
import { SelectionProblem, suggestion } from './suggest.ts';
import { zonesGraph } from './zones.ts';

export type { Selection } from './select.ts';
export type { GroupOf } from './shared.ts';
export { SelectionProblem } from './suggest.ts';

/** Which picture of a design: a view, and perhaps a part of it. */
export interface Choice extends Selection {
  /** Id of a view; the overview unless told. */
  readonly view?: string;
}

export interface View {
  readonly id: string;
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
  /** What to declare when there is nothing to draw. */
  readonly empty: string;
  readonly build: (model: Model, title: string, groupOf: GroupOf) => Graph;
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

/** More boxes than this around one thing are no focus. */
const focusLimit = 2500;

/** The graph of a choice. Throws a `SelectionProblem` when the choice means nothing in this design. */
export function graphOf(model: Model, title: string, groupOf: GroupOf, choice: Choice = {}): Graph {
  const view = viewNamed(choice.view);
  const name = view === overview ? title : `${title} – ${view.title.toLowerCase()}`;
  const parts = [choice.focus, choice.site, choice.cluster, choice.network, choice.tag].filter((part) => part !== undefined);
  if (parts.length === 0) return view.build(model, name, groupOf);
  // A member of a range has a box of its own when somebody asks for it.
  const whole = view.build(model, `${name}: ${parts.join(', ')}`, choice.focus === undefined ? groupOf : unfolded);
  const part = select(whole, choice, aboutNodes(whole, model));
  if (choice.focus !== undefined && part.nodes.length > focusLimit)
    throw new SelectionProblem(
      `There are ${part.nodes.length} things so close to "${choice.focus}"; choose a smaller depth, or a filter.`,
    );
  return part;
}

/** Kinds that have a box in some view. */
export const drawnKinds: ReadonlySet<KindName> = new Set<KindName>([...overviewKinds, 'dvswitch', 'fabric']);
