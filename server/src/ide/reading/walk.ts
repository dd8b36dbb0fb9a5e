/** What a walk over entries carries along. */
import type { Span } from '../../base/span.ts';
import type { Kind } from '../../schema/types.ts';
import type { Group, Term } from '../../syntax/ast.ts';
import type { Block, Expectation, Mark } from './marks.ts';

/** What a walk needs, and where it puts what it finds. */
export interface Walk {
  readonly marks: Mark[];
  readonly blocks: Block[];
  /** The kind of a thing that a block has from a profile or from a line above, by its name. */
  inherits(block: Block, name: string): Kind | undefined;
  /** The place to tell expectations of. */
  readonly probe?: Probe;
}

/** A place to tell expectations of; they are collected in the order of the walk. */
export interface Probe {
  readonly at: number;
  readonly found: Expectation[];
}

export const spanOf = (span: Span): Span => ({ start: span.start, end: span.end });
export const endOf = (group: Group): number => group.at(-1)?.end ?? group[0].end;
/** Whether the probe lies in a span; it is a sign of its own, so its end does not count. */
export const probed = (walk: Walk, span: Span | undefined): boolean =>
  walk.probe !== undefined && span !== undefined && span.start <= walk.probe.at && walk.probe.at < span.end;
export const groupProbed = (walk: Walk, group: Group | undefined): boolean =>
  group !== undefined && probed(walk, { start: group[0].start, end: endOf(group) });

export const expect = (walk: Walk, expectation: Expectation): void => void walk.probe?.found.push(expectation);

/** The text of a name that is written out; undefined for ranges and arithmetic. */
export function plainName(term: Term | undefined): string | undefined {
  return term?.kind === 'name' || term?.kind === 'number' ? term.text : term?.kind === 'text' ? term.plain : undefined;
}
