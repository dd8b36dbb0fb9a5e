/** Custom requests: the picture, places of things, the checklist. */
import type { Connection } from 'vscode-languageserver';
import { checklistMarkdown } from '../analysis/checklist.ts';
import { pictureOf } from '../analysis/picture.ts';
import { locationOf, thingIdAt } from '../analysis/things.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { cachedRunner, type LayoutRunner } from '../topology/layout.ts';
import { drawnKinds } from '../topology/views/overview.ts';
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
  connection.onRequest(topologyRequest, async ({ uri }: TopologyParams): Promise<TopologyResult> => {
    const workspace = fresh();
    const design = workspace?.designs(uri)[0];
    const revision = workspace?.revision() ?? 0;
    if (!workspace || !design)
      return { revision, svg: '', title: '', message: 'Open a design (a file that ends in .lintel) to see its picture.' };
    try {
      const picture = await pictureOf(workspace, design, run, 'vscode');
      if (picture.nodes === 0)
        return {
          revision,
          svg: '',
          title: picture.title,
          message: 'There is nothing to draw yet. Declare a host, a network or a switch, and it appears here.',
        };
      return { revision, svg: picture.svg, title: picture.title };
    } catch (error) {
      connection.console.error(`topology: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return {
        revision,
        svg: '',
        title: '',
        message: `The picture could not be laid out: ${error instanceof Error ? error.message : String(error)}`,
      };
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
