/** A picture as a file to take away. */
import type { Connection } from 'vscode-languageserver';
import { createOldDesigns } from '../analysis/oldDesign.ts';
import { pictureOf } from '../analysis/picture.ts';
import { createPlacing, type Placing } from '../analysis/placing.ts';
import { titleFactsOf } from '../analysis/titleFacts.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { withChangeList } from '../topology/diff.ts';
import { type TitleFacts, withTitleBlock } from '../topology/export/titleBlock.ts';
import type { LayoutRunner } from '../topology/layout.ts';
import { placesIn } from '../topology/places.ts';
import { viewNamed } from '../topology/views/index.ts';
import { type ExportPictureParams, type ExportPictureResult, exportPictureRequest } from './protocol.ts';

/** What a file is made of that is no plain SVG. */
export interface FileToMake {
  readonly svg: string;
  readonly title: string;
  readonly facts: TitleFacts;
  readonly format: 'png' | 'pdf' | 'html';
  readonly theme: 'auto' | 'light' | 'dark' | 'print';
}

/** Comes from the entry file, which has the fonts. `message` beside a file says what it could not set. */
export type MakeFile = (picture: FileToMake) => Promise<ExportPictureResult>;

export function registerExports(
  connection: Connection,
  fresh: () => Workspace | undefined,
  run: LayoutRunner,
  makeFile: MakeFile,
  placing: Placing = createPlacing(),
): void {
  const olds = createOldDesigns();
  connection.onRequest(exportPictureRequest, async (params: ExportPictureParams): Promise<ExportPictureResult> => {
    const workspace = fresh();
    const design = workspace?.designs(params.uri)[0];
    if (!workspace || !design) return { message: 'There is no such design any more.' };
    try {
      const { format, theme: wanted = 'auto', titleBlock, uri, against: older, places: sent = '', ...choice } = params;
      // Paper and pixels cannot follow whoever looks at them.
      const theme = wanted === 'auto' && (format === 'png' || format === 'pdf') ? 'light' : wanted;
      const { against } = older === undefined ? {} : olds(older, design);
      const view = viewNamed(choice.view);
      const picture = await pictureOf(workspace, design, run, theme, choice, {
        places: placesIn(placing.follow(design, sent), view.id),
        ...(against === undefined ? {} : { against }),
      });
      if (picture.nodes === 0) return { message: `There is nothing to draw yet: ${view.empty}.` };
      const facts = titleFactsOf(design, decodeURIComponent(design.root), view.title, '1 of 1');
      // What is signed at a review is the list as well.
      const listed =
        against === undefined || picture.differences === undefined
          ? picture.svg
          : withChangeList(picture.svg, { label: against.label, ...picture.differences });
      const svg = titleBlock ? withTitleBlock(listed, facts) : listed;
      if (format === 'svg') return { text: svg };
      return await makeFile({ svg, title: picture.title, facts, format, theme });
    } catch (error) {
      connection.console.error(`export: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return { message: `The picture could not be made: ${error instanceof Error ? error.message : String(error)}` };
    }
  });
}
