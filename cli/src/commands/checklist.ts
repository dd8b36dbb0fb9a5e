/** `lintel checklist`: the deployment checklist of a design as Markdown. */
import { checklistMarkdown } from '../../../server/src/analysis/checklist.ts';
import { openDesign } from '../designs.ts';
import { writeOutput } from '../files/write.ts';
import { count, plain } from '../text/plain.ts';
import { exitCodes, type World } from '../world.ts';
import { noteErrors } from './notes.ts';

export async function checklist(
  world: World,
  path: string | undefined,
  { output }: { readonly output: string },
): Promise<number> {
  const chosen = await openDesign(world, path);
  const { items, markdown } = checklistMarkdown(chosen.workspace, chosen.design);
  const written = writeOutput(world, output, markdown, 'checklist.md');
  if (written !== undefined) world.out.write(`${plain(written)}: ${count(items, 'task')} to tick off.\n`);
  noteErrors(world, chosen);
  return exitCodes.clean;
}
