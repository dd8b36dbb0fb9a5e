/** How a thing is brought into a picture that does not show it: boxes are opened, filters let go of, the overview taken. */
import type { FoundThing, TopologyChoice } from '../../../server/src/lsp/protocol.ts';
import { portable } from './choice.ts';

/** Whether an SVG of ours draws a thing as a box of its own. */
export function draws(svg: string, id: string): boolean {
  return svg.includes(`data-id="${escapeAttribute(id)}"`);
}

export const escapeAttribute = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A thing, and what it stands in, innermost first: `host:a/nic:b` → itself, `host:a`. */
export function aboveThing(id: string): readonly string[] {
  const steps = id.split(/\/(?=[a-z][a-z-]*:)/);
  return steps.map((_, at) => steps.slice(0, steps.length - at).join('/'));
}

/** Choices to look for a thing in, the nearest to the present one first. */
export function widerChoices(choice: TopologyChoice): readonly TopologyChoice[] {
  const all = [choice, { ...portable(choice), ...folds(choice) }, {}];
  return all.filter((one, at) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at);
}

const folds = ({ open, shut }: TopologyChoice): TopologyChoice => ({ ...(open ? { open } : {}), ...(shut ? { shut } : {}) });

/** The choice with the boxes open that a thing is in. */
export function opened(choice: TopologyChoice, { within }: FoundThing): TopologyChoice {
  if (within.length === 0) return choice;
  const { shut = [], ...rest } = choice;
  const stillShut = shut.filter((id) => !within.includes(id));
  return {
    ...rest,
    open: [...new Set([...(choice.open ?? []), ...within])],
    ...(stillShut.length > 0 ? { shut: stillShut } : {}),
  };
}
