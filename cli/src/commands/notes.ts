/** What a picture or a list made of a faulty design says about that. */
import type { Chosen } from '../designs.ts';
import { reportOf } from '../report/report.ts';
import { count, plain } from '../text/plain.ts';
import type { World } from '../world.ts';

/** Errors leave gaps in what is made of a design; the user is told, and the exit code stays that of the command. */
export function noteErrors(world: World, chosen: Chosen): void {
  const { counts } = reportOf(world, chosen);
  if (counts.error > 0) {
    world.err.write(
      `The design has ${count(counts.error, 'error')}; parts may be missing. "lintel check ${plain(chosen.root)}" shows where.\n`,
    );
  }
}
