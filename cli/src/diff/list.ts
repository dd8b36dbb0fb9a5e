/** The list of differences as text for a terminal, and below a picture. */
import { sketchOf } from '../../../server/src/analysis/picture.ts';
import { type ChangeList, differenceText, withChangeList } from '../../../server/src/topology/diff.ts';
import type { Choice } from '../../../server/src/topology/views/index.ts';
import type { Chosen } from '../designs.ts';
import { plain } from '../text/plain.ts';
import type { Sink } from '../world.ts';
import type { Old } from './old.ts';

type Lists = NonNullable<Awaited<ReturnType<typeof sketchOf>>['differences']>;

/** What differs in a choice, without a picture being laid out. Rejects with a `SelectionProblem` when the choice means nothing. */
export async function listOf(chosen: Chosen, old: Old, choice: Choice): Promise<Lists | undefined> {
  return (await sketchOf(chosen.workspace, chosen.design, choice, undefined, old)).differences;
}

/** Prints the list. */
export function printList(out: Sink, old: Old, { changes, counts, elsewhere }: Lists): void {
  const lines = (which: Lists['changes']): string => which.map((each) => `  ${plain(differenceText(each))}\n`).join('');
  if (changes.length + elsewhere.length === 0) out.write(`No differences from ${old.label}.\n`);
  else out.write(`Compared with ${old.label}: ${counts}${changes.length === 0 ? ' in the picture' : ''}.\n${lines(changes)}`);
  if (elsewhere.length > 0) out.write(`Not in the picture:\n${lines(elsewhere)}`);
}

/** A picture with the list below it. */
export function withList<P extends { readonly svg: string; readonly differences?: Lists }>(picture: P, old: Old | undefined): P {
  if (old === undefined || picture.differences === undefined) return picture;
  const list: ChangeList = { label: old.label, ...picture.differences };
  return { ...picture, svg: withChangeList(picture.svg, list) };
}
