/** A drawn picture → the content of the file that was asked for. Loaded only where it is no plain SVG. */
import { type FileRequest, makeFile } from '../../../server/src/node/export/makeFile.ts';
import { ExportProblem } from '../../../server/src/node/export/problem.ts';
import { plain } from '../text/plain.ts';
import { UsageError, type World } from '../world.ts';

/** The content of the file. Characters that the fonts lack are named on standard error. */
export function exportPicture(world: World, picture: FileRequest): string | Uint8Array {
  try {
    const { content, warning } = makeFile(picture);
    if (warning !== undefined) world.err.write(`${plain(warning)}\n`);
    return content;
  } catch (error) {
    throw error instanceof ExportProblem ? new UsageError(error.message) : error;
  }
}
