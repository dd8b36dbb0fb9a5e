/** `lintel graph`: the picture of a design as one SVG file. */
import { pictureOf } from '../../../server/src/analysis/picture.ts';
import { openDesign } from '../designs.ts';
import { writeOutput } from '../files/write.ts';
import type { PictureTheme } from '../options.ts';
import { count, plain } from '../text/plain.ts';
import { exitCodes, UsageError, type World } from '../world.ts';
import { noteErrors } from './notes.ts';

export interface GraphOptions {
  readonly output: string;
  readonly theme: PictureTheme;
}

export async function graph(world: World, path: string | undefined, { output, theme }: GraphOptions): Promise<number> {
  const chosen = await openDesign(world, path);
  const layout = await world.openLayout();
  try {
    const picture = await pictureOf(chosen.workspace, chosen.design, layout.run, theme);
    if (picture.nodes === 0) {
      throw new UsageError(`${plain(chosen.root)}: there is nothing to draw yet; declare a host, a network or a switch.`);
    }
    const written = writeOutput(world, output, picture.svg, 'topology.svg');
    if (written !== undefined)
      world.out.write(`${plain(written)}: the topology of ${plain(picture.title)}, ${count(picture.nodes, 'box', 'boxes')}.\n`);
    noteErrors(world, chosen);
    return exitCodes.clean;
  } finally {
    layout.close();
  }
}
