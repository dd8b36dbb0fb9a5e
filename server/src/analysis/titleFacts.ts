/** The facts of a drawing's title block: what the design's own entry says, or the name of its root file. */
import type { TitleFacts } from '../topology/export/titleBlock.ts';
import type { Design } from './workspace.ts';

/**
 * @param file what the design is called when it has no entry of its own
 * @param drawing what the sheet shows
 * @param sheet `1 of 1`
 */
export function titleFactsOf({ project }: Design, file: string, drawing: string, sheet: string): TitleFacts {
  const [design] = project.model.all('design');
  if (!design) return { design: file.replace(/^.*[/\\]/u, '').replace(/\.lintel$/u, ''), drawing, sheet };
  const { author, customer, date, owner, revision } = design.props;
  const writer = author ?? owner;
  return {
    design: design.label ?? design.name,
    drawing,
    sheet,
    ...(customer === undefined ? {} : { customer }),
    ...(writer === undefined ? {} : { author: writer }),
    ...(revision === undefined ? {} : { revision }),
    ...(date === undefined ? {} : { date }),
  };
}
