/** Custom requests: the picture, places of things, the checklist. */
import type { Connection } from 'vscode-languageserver';
import { checklistMarkdown } from '../analysis/checklist.ts';
import { pictureOf } from '../analysis/picture.ts';
import { locationOf, thingIdAt } from '../analysis/things.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { cachedRunner, type LayoutRunner } from '../topology/layout.ts';
import { drawnKinds, SelectionProblem, viewNamed, views } from '../topology/views/index.ts';
import {
  type ChecklistParams,
  type ChecklistResult,
  checklistRequest,
  type LocateParams,
  type LocateResult,
  locateRequest,
  type ThingAtParams,
  type ThingAtResult,
  type TopologyParams,
  type TopologyResult,
  thingAtRequest,
  topologyRequest,
} from './protocol.ts';

export function registerPictures(connection: Connection, fresh: () => Workspace | undefined, layout: LayoutRunner): void {
  const run = cachedRunner(layout);
  const offered = views.map(({ id, question, title }) => ({ id, title, question }));
  connection.onRequest(topologyRequest, async ({ uri, ...choice }: TopologyParams): Promise<TopologyResult> => {
    const workspace = fresh();
    const design = workspace?.designs(uri)[0];
    const said = { revision: workspace?.revision() ?? 0, svg: '', title: '', views: offered };
    if (!workspace || !design) return { ...said, message: 'Open a design (a file that ends in .lintel) to see its picture.' };
    try {
      const { nodes, svg, title } = await pictureOf(workspace, design, run, 'vscode', choice);
      if (nodes > 0) return { ...said, svg, title };
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
      return { ...said, message: `The picture could not be laid out: ${error instanceof Error ? error.message : String(error)}` };
    }
  });
  connection.onRequest(locateRequest, ({ uri, id }: LocateParams): LocateResult | null => {
    const workspace = fresh();
    return (workspace && locationOf(workspace, uri, id)) ?? null;
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
