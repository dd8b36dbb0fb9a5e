/** `lintel graph`: pictures of a design as SVG, PNG, PDF or HTML: one view or a part of it, or every view into a folder. */
import { join } from 'node:path';
import { pictureOf } from '../../../server/src/analysis/picture.ts';
import { placesIn } from '../../../server/src/topology/places.ts';
import { type Choice, SelectionProblem, viewNamed, views } from '../../../server/src/topology/views/index.ts';
import { type Chosen, openDesign } from '../designs.ts';
import type { Old } from '../diff/old.ts';
import { type Output, type OutputOptions, outputOf, titleFacts, writePicture } from '../export/output.ts';
import { readPlaces } from '../files/places.ts';
import { count, plain } from '../text/plain.ts';
import { exitCodes, UsageError, type World } from '../world.ts';
import { noteErrors } from './notes.ts';

export interface GraphOptions extends Omit<Choice, 'depth'>, Omit<OutputOptions, 'output'> {
  readonly depth?: string;
  readonly output?: string;
  /** A file, a folder or a revision of Git to compare with. */
  readonly diff?: string;
  /** Whether the list of differences goes below the picture. */
  readonly list?: boolean;
  /** Whether dragged boxes stand where the file beside the design says. */
  readonly places?: boolean;
}

type Layout = Awaited<ReturnType<World['openLayout']>>;

export async function graph(world: World, path: string | undefined, options: GraphOptions): Promise<number> {
  const choice = choiceOf(options);
  const { diff, list = true, output: target, places = true } = options;
  if (target === undefined && diff === undefined) throw new UsageError("required option '-o, --output <FILE>' not specified");
  const output = target === undefined ? undefined : outputOf({ ...options, output: target });
  const chosen = await openDesign(world, path);
  const old = diff === undefined ? undefined : await (await import('../diff/old.ts')).openOld(world, chosen, diff, path);
  if (old !== undefined) await tell(world, chosen, old, choice, target === '-');
  if (target !== undefined && output !== undefined)
    await draw(world, chosen, choice, {
      target,
      output,
      ...(old === undefined ? {} : { old }),
      hasList: list,
      places: places ? readPlaces(world, chosen) : '',
    });
  noteErrors(world, chosen);
  return exitCodes.clean;
}

/** What is drawn, and where it goes. */
interface Sheet {
  readonly target: string;
  readonly output: Output;
  readonly old?: Old;
  readonly hasList: boolean;
  /** Text of the file of dragged places. */
  readonly places: string;
}

/** The list of differences; of all views that of the overview, which leaves the least out. */
async function tell(world: World, chosen: Chosen, old: Old, choice: Choice, isPiped: boolean): Promise<void> {
  if (old.note !== undefined) world.err.write(`${old.note}\n`);
  const { listOf, printList } = await import('../diff/list.ts');
  try {
    const list = await listOf(chosen, old, choice.view === 'all' ? { ...choice, view: 'overview' } : choice);
    if (list !== undefined) printList(isPiped ? world.err : world.out, old, list);
  } catch (error) {
    // Some other view may have what the overview has not; drawing tells.
    if (choice.view !== 'all' || !(error instanceof SelectionProblem)) throw usage(error);
  }
}

async function draw(world: World, chosen: Chosen, choice: Choice, sheet: Sheet): Promise<void> {
  const { output, target } = sheet;
  const layout = await world.openLayout();
  try {
    if (choice.view === 'all') await drawAll(world, chosen, layout, choice, sheet);
    else {
      const picture = await drawn(chosen, layout, choice, sheet);
      if (picture.nodes === 0)
        throw new UsageError(`${plain(chosen.root)}: there is nothing to draw yet; ${viewNamed(choice.view).empty}.`);
      const facts = titleFacts(chosen, viewNamed(choice.view).title, '1 of 1');
      const written = await writePicture(world, target, picture, facts, output);
      if (written !== undefined) report(world, written, picture);
    }
  } finally {
    layout.close();
  }
}

/** What is asked for, checked before anything is read. */
function choiceOf({ cluster, depth, focus, network, open, service, severity, shut, site, tag, view }: GraphOptions): Choice {
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
    ...(service === undefined ? {} : { service }),
    ...(severity === undefined ? {} : { severity }),
    ...(open === undefined ? {} : { open }),
    ...(shut === undefined ? {} : { shut }),
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

async function drawn(chosen: Chosen, layout: Layout, choice: Choice, sheet: Sheet): ReturnType<typeof pictureOf> {
  try {
    return await pictured(chosen, layout, choice, sheet);
  } catch (error) {
    throw usage(error);
  }
}

async function pictured(chosen: Chosen, layout: Layout, choice: Choice, sheet: Sheet): ReturnType<typeof pictureOf> {
  const { hasList, old, output } = sheet;
  const places = placesIn(sheet.places, viewNamed(choice.view).id);
  const options = { places, ...(old === undefined ? {} : { against: old }) };
  const picture = await pictureOf(chosen.workspace, chosen.design, layout.run, output.theme, choice, options);
  return hasList && old !== undefined ? (await import('../diff/list.ts')).withList(picture, old) : picture;
}

const report = (
  world: World,
  written: string,
  { nodes, note, title }: { readonly nodes: number; readonly note?: string; readonly title: string },
): void => {
  if (note !== undefined) world.err.write(`${note}\n`);
  world.out.write(`${plain(written)}: the topology of ${plain(title)}, ${count(nodes, 'box', 'boxes')}.\n`);
};

/** One file for each view that has something to show; a view in which a chosen thing does not occur is left out and said. */
async function drawAll(world: World, chosen: Chosen, layout: Layout, choice: Choice, sheet: Sheet): Promise<void> {
  const { output, target: folder } = sheet;
  if (folder === '-' || /\.(svg|png|pdf|html?)$/i.test(folder))
    throw new UsageError('--view all writes one file for each view; name a folder with -o.');
  const reasons: string[] = [];
  let written = 0;
  for (const { empty, id, title } of views) {
    try {
      const picture = await pictured(chosen, layout, { ...choice, view: id }, sheet);
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
