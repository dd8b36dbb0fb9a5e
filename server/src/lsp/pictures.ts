/** Custom requests: the picture, places of things, the checklist. */
import type { Connection } from 'vscode-languageserver';
import { checklistMarkdown } from '../analysis/checklist.ts';
import { findThings } from '../analysis/findThings.ts';
import { createOldDesigns } from '../analysis/oldDesign.ts';
import { filtersOf, pictureOf } from '../analysis/picture.ts';
import { createPlacing, type Placing } from '../analysis/placing.ts';
import { locationOf, thingIdAt } from '../analysis/things.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { thingOf } from '../topology/foldTree.ts';
import { cachedRunner, type LayoutRunner } from '../topology/layout.ts';
import { placesIn } from '../topology/places.ts';
import { drawnKinds, SelectionProblem, viewNamed, views } from '../topology/views/index.ts';
import { registerPlaces } from './places.ts';
import {
  type ChecklistParams,
  type ChecklistResult,
  checklistRequest,
  type FindThingsParams,
  type FindThingsResult,
  findThingsRequest,
  type LocateParams,
  type LocateResult,
  locateRequest,
  type ThingAtParams,
  type ThingAtResult,
  type TopologyChoice,
  type TopologyParams,
  type TopologyResult,
  thingAtRequest,
  topologyRequest,
} from './protocol.ts';
import { pause } from './scheduler.ts';

const isPart = ({ cluster, focus, network, service, severity, site, tag }: TopologyChoice): boolean =>
  [cluster, focus, network, service, severity, site, tag].some((part) => part !== undefined);

export function registerPictures(
  connection: Connection,
  fresh: () => Workspace | undefined,
  layout: LayoutRunner,
  placing: Placing = createPlacing(),
): void {
  const run = cachedRunner(layout);
  registerPlaces(connection, fresh, run, placing);
  const olds = createOldDesigns();
  const offered = views.map(({ id, question, title }) => ({ id, title, question }));
  connection.onRequest(
    topologyRequest,
    async ({ uri, against: older, places: sent = '', ...choice }: TopologyParams): Promise<TopologyResult> => {
      const workspace = fresh();
      const design = workspace?.designs(uri)[0];
      const nothing = { revision: workspace?.revision() ?? 0, svg: '', title: '', views: offered };
      if (!workspace || !design)
        return { ...nothing, message: 'Open a design (a file that ends in .lintel) to see its picture.' };
      // Its thread starts while the graph is made.
      layout.prepare?.();
      const said = { ...nothing, filters: filtersOf(workspace, design) };
      try {
        const text = placing.follow(design, sent);
        const places = placesIn(text, viewNamed(choice.view).id);
        const { against, note: oldNote } = older === undefined ? {} : olds(older, design);
        const picture = await pictureOf(workspace, design, run, 'vscode', choice, {
          places,
          pause,
          ...(against === undefined ? {} : { against }),
        });
        const { differences, nodes, placed, svg, title } = picture;
        const notes = [oldNote, picture.note].filter((text) => text !== undefined).join(' ');
        const compared = {
          revision: picture.revision,
          ...(notes === '' ? {} : { note: notes }),
          ...(differences === undefined ? {} : { changes: [...differences.changes, ...differences.elsewhere] }),
        };
        const dragged = { ...(placed === undefined ? {} : { placed }), ...(text === sent ? {} : { places: text }) };
        if (nodes > 0) return { ...said, ...dragged, ...compared, svg, title };
        if (isPart(choice))
          return { ...said, title, message: 'Nothing in this view fits what is chosen. Choose less, or another view.' };
        const { empty, title: view } = viewNamed(choice.view);
        const where = choice.view === undefined || choice.view === 'overview' ? '' : ` in the view ${view}`;
        return {
          ...said,
          title,
          message: `There is nothing to draw yet${where}. ${empty.replace(/^./, (first) => first.toUpperCase())}, and it appears here.`,
        };
      } catch (error) {
        if (error instanceof SelectionProblem) return { ...said, message: error.message };
        connection.console.error(`topology: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return {
          ...said,
          message: `The picture could not be laid out: ${error instanceof Error ? error.message : String(error)}`,
        };
      }
    },
  );
  connection.onRequest(findThingsRequest, async ({ uri, text, ...choice }: FindThingsParams): Promise<FindThingsResult> => {
    const workspace = fresh();
    const design = workspace?.designs(uri)[0];
    if (!workspace || !design || typeof text !== 'string') return [];
    try {
      return await findThings(workspace, design, choice, text, pause);
    } catch (error) {
      // Where the choice means nothing there is nothing to find; the picture itself says why.
      if (error instanceof SelectionProblem) return [];
      throw error;
    }
  });
  connection.onRequest(locateRequest, ({ uri, id }: LocateParams): LocateResult | null => {
    const workspace = fresh();
    return (workspace && locationOf(workspace, uri, thingOf(id))) ?? null;
  });
  connection.onRequest(thingAtRequest, ({ uri, position }: ThingAtParams): ThingAtResult => {
    const workspace = fresh();
    const id = workspace && thingIdAt(workspace, uri, position, drawnKinds);
    return id === undefined ? null : { id };
  });
  connection.onRequest(checklistRequest, ({ uri }: ChecklistParams): ChecklistResult | null => {
    const workspace = fresh();
    const design = workspace?.designs(uri)[0];
    return workspace && design ? checklistMarkdown(workspace, design) : null;
  });
}
