/** `lintel graph`: pictures of a design as SVG, PNG, PDF or HTML: one view or a part of it, or every view into a folder. */
import { join } from 'node:path';
import { pictureOf } from '../../../server/src/analysis/picture.ts';
import { type Choice, SelectionProblem, viewNamed, views } from '../../../server/src/topology/views/index.ts';
import { type Chosen, openDesign } from '../designs.ts';
import { type Output, type OutputOptions, outputOf, titleFacts, writePicture } from '../export/output.ts';
import type { PictureTheme } from '../options.ts';
import { count, plain } from '../text/plain.ts';
import { exitCodes, UsageError, type World } from '../world.ts';
import { noteErrors } from './notes.ts';

export interface GraphOptions extends Omit<Choice, 'depth'>, OutputOptions {
  readonly depth?: string;
}

type Layout = Awaited<ReturnType<World['openLayout']>>;

export async function graph(world: World, path: string | undefined, options: GraphOptions): Promise<number> {
  const choice = choiceOf(options);
  const output = outputOf(options);
  const chosen = await openDesign(world, path);
  const layout = await world.openLayout();
  try {
    if (choice.view === 'all') await drawAll(world, chosen, layout, choice, options.output, output);
    else {
      const picture = await drawn(chosen, layout, output.theme, choice);
      if (picture.nodes === 0)
        throw new UsageError(`${plain(chosen.root)}: there is nothing to draw yet; ${viewNamed(choice.view).empty}.`);
      const facts = titleFacts(chosen, viewNamed(choice.view).title, '1 of 1');
      const written = await writePicture(world, options.output, picture, facts, output);
      if (written !== undefined) report(world, written, picture);
    }
    noteErrors(world, chosen);
    return exitCodes.clean;
  } finally {
    layout.close();
  }
}

/** What is asked for, checked before anything is read. */
function choiceOf({ cluster, depth, focus, network, site, tag, view }: GraphOptions): Choice {
  if (view !== 'all') checkView(view);
  if (depth !== undefined && !/^\d{1,2}$/.test(depth)) throw new UsageError(`--depth ${plain(depth)} is no number from 0 to 99.`);
  if (depth !== undefined && focus === undefined)
    throw new UsageError('--depth says how far to look around a --focus; name one.');
  return {
    ...(view === undefined ? {} : { view }),
    ...(focus === undefined ? {} : { focus }),
    ...(depth === undefined ? {} : { depth: Number(depth) }),
    ...(site === undefined ? {} : { site }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(network === undefined ? {} : { network }),
    ...(tag === undefined ? {} : { tag }),
  };
}

const checkView = (view: string | undefined): void => {
  try {
    viewNamed(view);
  } catch (error) {
    throw usage(error);
  }
};

const usage = (error: unknown): unknown => (error instanceof SelectionProblem ? new UsageError(plain(error.message)) : error);

async function drawn(chosen: Chosen, layout: Layout, theme: PictureTheme, choice: Choice): ReturnType<typeof pictureOf> {
  try {
    return await pictureOf(chosen.workspace, chosen.design, layout.run, theme, choice);
  } catch (error) {
    throw usage(error);
  }
}

const report = (world: World, written: string, { nodes, title }: { readonly nodes: number; readonly title: string }): void => {
  world.out.write(`${plain(written)}: the topology of ${plain(title)}, ${count(nodes, 'box', 'boxes')}.\n`);
};

/** One file for each view that has something to show; a view in which a chosen thing does not occur is left out and said. */
async function drawAll(
  world: World,
  chosen: Chosen,
  layout: Layout,
  choice: Choice,
  folder: string,
  output: Output,
): Promise<void> {
  if (folder === '-' || /\.(svg|png|pdf|html?)$/i.test(folder))
    throw new UsageError('--view all writes one file for each view; name a folder with -o.');
  const reasons: string[] = [];
  let written = 0;
  for (const { empty, id, title } of views) {
    try {
      const picture = await pictureOf(chosen.workspace, chosen.design, layout.run, output.theme, { ...choice, view: id });
      if (picture.nodes === 0) {
        reasons.push(`${id}: nothing to draw yet; ${empty}.`);
        continue;
      }
      const facts = titleFacts(chosen, title, String(written + 1));
      const name = await writePicture(world, join(folder, `${id}.${output.format}`), picture, facts, output);
      if (name !== undefined) report(world, name, picture);
      written += 1;
    } catch (error) {
      if (!(error instanceof SelectionProblem)) throw error;
      reasons.push(`${id}: ${plain(error.message)}`);
    }
  }
  if (written === 0) throw new UsageError(`${plain(chosen.root)}: there is nothing to draw.\n  ${reasons.join('\n  ')}`);
  for (const reason of reasons) world.err.write(`${reason}\n`);
}
