/** Whether a new name would mean something else, or something more, than it should. */
import { rangeOfSpot } from '../../analysis/locate.ts';
import { type Entity, pathOf } from '../../model/entity.ts';
import type { Project } from '../../model/project.ts';
import { expandPath } from '../../model/terms.ts';
import type { KindName } from '../../schema/vocabulary.ts';
import { readingOf } from '../reading/reading.ts';
import type { Closure } from './closure.ts';
import { referencesTo } from './occurrences.ts';
import { kindsMeant } from './resolve.ts';
import type { Refusal } from './spelling.ts';
import { chunksWith } from './spread.ts';

/** The name that an entity gets. */
const renewed = ({ shape }: Closure, entity: Entity, name: string): string =>
  shape.is === 'whole' ? name : name + entity.name.slice(shape.base.length);

/** A thing that has the new name already, where that matters. */
export function clashWith(project: Project, closure: Closure, name: string): Refusal | undefined {
  const { model } = project;
  /** Kinds that the references to what is renamed could mean. */
  const meant = new Set(
    closure.references.flatMap(({ part, mark }) => (part && mark && part.span.end === mark.end ? part.to : [])),
  );
  const checked = new Set<string>();
  for (const entity of closure.entities) {
    const fresh = renewed(closure, entity, name);
    const siblings = entity.parent?.children ?? [];
    const same = [...siblings, ...model.candidates({ ref: [fresh] }, entity, [entity.kind])].find(
      (other) =>
        other.kind === entity.kind &&
        other.name === fresh &&
        !closure.entities.has(other) &&
        (other.parent === entity.parent || isKnownByName(other, project)),
    );
    if (same) return { refusal: `There is ${article(same.kind)} "${pathOf(same)}" already.` };
    if (checked.has(fresh)) continue;
    checked.add(fresh);
    // Things of another kind matter where a name could mean both.
    for (const other of model.candidates({ ref: [fresh] }, entity, ['*'])) {
      if (closure.entities.has(other) || other.kind === entity.kind) continue;
      if (meant.has(other.kind) || referencesTo(project, [other]).some(({ part }) => part?.to.includes(entity.kind) ?? false)) {
        return { refusal: `There is ${article(other.kind)} "${pathOf(other)}", and names here could then mean both.` };
      }
    }
  }
  return undefined;
}

/** Known by its own name in the whole design, so that two of them clash wherever they stand. */
function isKnownByName(entity: Entity, project: Project): boolean {
  return !entity.parent || project.model.all(entity.kind).includes(entity as never);
}

/** A pattern such as `E3-*` that would take in what it did not, or lose what it had. */
export function globChanged(project: Project, closure: Closure, name: string): Refusal | undefined {
  const kinds = new Set<string>([...closure.entities].map((entity) => entity.kind));
  for (const state of chunksWith(project, (text) => text.includes('*'))) {
    for (const mark of readingOf(state.chunk, project).marks) {
      if (mark.is !== 'value' || mark.term.kind !== 'path' || !mark.term.pieces.some((piece) => piece.kind === 'star')) continue;
      const line = rangeOfSpot({ state, span: mark }).range.start.line + 1;
      const to = kindsMeant(mark.operand.type.kind);
      if (!to.some((kind) => kinds.has(kind as KindName))) continue;
      for (const { segments, glob } of expandPath(mark.term, { vars: new Map(), let: () => undefined }, () => {})) {
        const pattern = segments.at(-1);
        if (!glob || pattern === undefined || segments.length > 1) continue;
        for (const entity of closure.entities) {
          if (!to.includes(entity.kind)) continue;
          const [before, after] = [fits(pattern, entity.name), fits(pattern, renewed(closure, entity, name))];
          if (before !== after)
            return {
              refusal: before
                ? `${pattern} in line ${line} covers ${entity.name} and would no longer.`
                : `${pattern} in line ${line} would then cover ${renewed(closure, entity, name)} as well.`,
            };
        }
      }
    }
  }
  return undefined;
}

function fits(pattern: string, name: string): boolean {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'))
      .join('.*')}$`,
    'u',
  ).test(name);
}

const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`);
