/** What a picture is written as, and writing it. Small: only what a format needs is loaded, when it is asked for. */
import { titleFactsOf } from '../../../server/src/analysis/titleFacts.ts';
import type { TitleFacts } from '../../../server/src/topology/export/titleBlock.ts';
import type { Chosen } from '../designs.ts';
import { writeOutput } from '../files/write.ts';
import type { Paper, PictureFormat, PictureTheme } from '../options.ts';
import { plain } from '../text/plain.ts';
import { UsageError, type World } from '../world.ts';

/** What the command line says of the file to be made. */
export interface OutputOptions {
  readonly output: string;
  readonly theme: PictureTheme;
  readonly format?: PictureFormat;
  readonly scale?: string;
  readonly paper?: Paper;
  readonly titleBlock?: boolean;
}

export interface Output {
  readonly format: PictureFormat;
  /** What to draw in. */
  readonly theme: PictureTheme;
  readonly scale: number;
  readonly paper: Paper;
  readonly hasTitleBlock: boolean;
}

/** The format that the ending of a file's name says; SVG for any other. */
export function formatOf(output: string): PictureFormat {
  const ending = /\.(png|pdf|html?)$/i.exec(output)?.[1]?.toLowerCase();
  if (ending === 'png' || ending === 'pdf') return ending;
  return ending === undefined ? 'svg' : 'html';
}

/** What is asked for, checked before anything is drawn. */
export function outputOf(options: OutputOptions): Output {
  const { paper = 'fit', scale, theme } = options;
  const format = options.format ?? formatOf(options.output);
  const isPaper = format === 'png' || format === 'pdf';
  if (scale !== undefined && format !== 'png') throw new UsageError('--scale is for PNG; the other formats have no pixels.');
  if (scale !== undefined && !(/^\d*\.?\d+$/.test(scale) && Number(scale) >= 0.1 && Number(scale) <= 16))
    throw new UsageError(`--scale ${plain(scale)} is no number from 0.1 to 16.`);
  if (options.paper !== undefined && format !== 'pdf')
    throw new UsageError('--paper is for PDF; the other formats have no pages.');
  if (isPaper && options.output === '-')
    throw new UsageError(`${format.toUpperCase()} goes into a file, not to standard output; name one with -o.`);
  return {
    format,
    // Paper and pixels cannot follow whoever looks at them.
    theme: theme === 'auto' && isPaper ? 'light' : theme,
    scale: Number(scale ?? 2),
    paper,
    hasTitleBlock: options.titleBlock ?? theme === 'print',
  };
}

/** The facts of the title block: the design's own entry, or its file. */
export const titleFacts = (chosen: Chosen, drawing: string, sheet: string): TitleFacts =>
  titleFactsOf(chosen.design, chosen.root, drawing, sheet);

/** @returns the file as reports name it; undefined for standard output */
export async function writePicture(
  world: World,
  target: string,
  picture: { readonly svg: string; readonly title: string },
  facts: TitleFacts,
  output: Output,
): Promise<string | undefined> {
  const { format, hasTitleBlock } = output;
  const example = `topology.${format}`;
  const svg = hasTitleBlock
    ? (await import('../../../server/src/topology/export/titleBlock.ts')).withTitleBlock(picture.svg, facts)
    : picture.svg;
  if (format === 'svg') return writeOutput(world, target, svg, example);
  const { exportPicture } = await import('./exportPicture.ts');
  return writeOutput(world, target, exportPicture(world, { ...output, svg, title: picture.title, facts, format }), example);
}
