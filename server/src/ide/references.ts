/** Find references, and the highlights of the name under the cursor. */
import { type DocumentHighlight, DocumentHighlightKind, type Location, type Position } from 'vscode-languageserver-types';
import { pathInUnit } from '../analysis/locate.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { type Entity, walk } from '../model/entity.ts';
import type { Project } from '../model/project.ts';
import type { KindName } from '../schema/vocabulary.ts';
import { locationOf, unique } from './definition.ts';
import { occurrencesOf } from './names/occurrences.ts';
import { type Target, targetAt } from './names/target.ts';
import { placeAt } from './place.ts';

export function references(workspace: Workspace, uri: string, position: Position, includeDeclaration: boolean): Location[] {
  const place = placeAt(workspace, uri, position);
  const found = place && targetAt(place);
  if (!place?.design || !found) return [];
  const locations: Location[] = [];
  for (const design of workspace.designs(uri)) {
    const target = design === place.design ? found.target : sameIn(found.target, design.project);
    if (target)
      for (const occurrence of occurrencesOf(design.project, target))
        if (includeDeclaration || !occurrence.declares) locations.push(locationOf(occurrence));
  }
  return unique(locations);
}

export function documentHighlights(workspace: Workspace, uri: string, position: Position): DocumentHighlight[] {
  const place = placeAt(workspace, uri, position);
  const found = place && targetAt(place);
  const project = place?.design?.project;
  if (!found || !project) return [];
  const own = occurrencesOf(project, found.target).filter((occurrence) => occurrence.state.uri === uri);
  const writes = new Set(own.filter((occurrence) => occurrence.declares).map((occurrence) => keyOf(locationOf(occurrence))));
  return unique(own.map(locationOf)).map((location) => ({
    range: location.range,
    kind: writes.has(keyOf(location)) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

const keyOf = ({ range }: Location): string => `${range.start.line}:${range.start.character}`;

/** The same target in another design that the file belongs to: things are found again by their names. */
export function sameIn(target: Target, project: Project): Target | undefined {
  if (target.is !== 'things') return target.is === 'profile' || target.is === 'let' ? target : undefined;
  const entities = target.entities.flatMap((entity) => sameEntity(entity, project));
  return entities.length > 0 ? { is: 'things', entities } : undefined;
}

function sameEntity(entity: Entity, project: Project): readonly Entity[] {
  const { root } = entity.unit;
  const path = pathInUnit(entity);
  return project.model
    .all(root.kind as KindName)
    .filter((other) => other.name === root.name)
    .flatMap((other) => [...walk(other)].filter((candidate) => pathInUnit(candidate) === path));
}
