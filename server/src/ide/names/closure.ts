/** What has to be renamed together: lines that declare several members, profiles that several things use, names that mean several things. */
import { type Entity, pathOf } from '../../model/entity.ts';
import type { Project } from '../../model/project.ts';
import { boundOf } from './bound.ts';
import { declarationsOf, type Occurrence, referencesTo } from './occurrences.ts';
import { baseOf, type Refusal, refused, type Shape } from './spelling.ts';

export interface Closure {
  readonly entities: ReadonlySet<Entity>;
  readonly declarations: readonly Occurrence[];
  readonly references: readonly Occurrence[];
  readonly shape: Shape;
}

const maxRounds = 12;

export function closureOf(project: Project, start: readonly Entity[]): Closure | Refusal {
  const entities = new Set(start);
  // A label is one name, wherever it is.
  for (const entity of start)
    if (entity.kind === 'portgroup')
      for (const other of project.model.all('portgroup')) if (other.name === entity.name) entities.add(other);
  for (let round = 0; round < maxRounds; round += 1) {
    const size = entities.size;
    const declarations = declarationsOf(project, [...entities]);
    for (const { state, block } of declarations)
      if (block) for (const { entity } of boundOf(project, state, block, 'all')) entities.add(entity);
    if (entities.size > size) continue;
    const shape = shapeOf(declarations, [...entities]);
    if (refused(shape)) return shape;
    const references = referencesTo(project, [...entities]).filter(
      (occurrence) => occurrence.part && !occurrence.part.glob && sameKinds(occurrence),
    );
    for (const { part } of references) {
      for (const entity of part?.entities ?? []) {
        if (entities.has(entity)) continue;
        // The same name of another host, say, by way of a profile that both use.
        if (shape.is === 'whole' && entity.name !== shape.name)
          return apart(references.find((occurrence) => occurrence.part === part));
        entities.add(entity);
      }
    }
    if (entities.size === size) return { entities, declarations, references, shape };
  }
  return { refusal: 'This name is bound up with too many others to be changed in one go.' };
}

/** A name that could mean things of several kinds means none of them until that is mended. */
const sameKinds = ({ part }: Occurrence): boolean => new Set(part?.entities.map((entity) => entity.kind)).size === 1;

const apart = (occurrence: Occurrence | undefined): Refusal => {
  const written = occurrence ? occurrence.state.chunk.text.slice(occurrence.term.start, occurrence.term.end) : 'A range';
  return { refusal: `${written} names it together with others. Write the names out there, then rename.` };
};

function shapeOf(declarations: readonly Occurrence[], entities: readonly Entity[]): Shape | Refusal {
  const bases = new Set<string>();
  for (const { term } of declarations) {
    if (term.kind === 'between' || term.kind === 'number') return { refusal: 'Ports are called by their number.' };
    if (term.kind === 'text' && term.plain === undefined)
      return { refusal: 'This name is put together in a text with {…}. Change that text where it is declared.' };
    const base = baseOf(term);
    if (term.kind === 'path' && base === undefined)
      return { refusal: 'This name is put together from several parts. Change it where it is declared.' };
    if (base !== undefined) bases.add(base);
  }
  const [base, other] = [...bases];
  if (other !== undefined)
    return {
      refusal: `Ranges that start with ${base ?? ''} and with ${other} declare the same things. Give them one name first.`,
    };
  if (base !== undefined) {
    const odd = entities.find((entity) => !entity.name.startsWith(base));
    return odd ? { refusal: `${pathOf(odd)} is declared together with it, but not named alike.` } : { is: 'base', base };
  }
  const names = [...new Set(entities.map((entity) => entity.name))];
  return names.length === 1 && names[0] !== undefined
    ? { is: 'whole', name: names[0] }
    : { refusal: 'Here stand several things at once; rename them one by one.' };
}
