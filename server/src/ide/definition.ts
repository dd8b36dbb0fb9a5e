/** Go to definition: from a name to the line that declares it. */
import type { Location, Position } from 'vscode-languageserver-types';
import { resolveImport } from '../analysis/host.ts';
import { rangeOfSpot } from '../analysis/locate.ts';
import type { Workspace } from '../analysis/workspace.ts';
import type { ChunkState, Project } from '../model/project.ts';
import { declarationsOf, type Occurrence, occurrencesOf } from './names/occurrences.ts';
import { type Target, targetAt } from './names/target.ts';
import { placeAt, readingAt } from './place.ts';
import { markAt } from './reading/marks.ts';
import { plainName } from './reading/walk.ts';

/** More places than this are a list that nobody reads. */
const most = 50;

export function definition(workspace: Workspace, uri: string, position: Position): Location[] {
  const place = placeAt(workspace, uri, position);
  if (!place) return [];
  const mark = markAt(readingAt(place), place.offset);
  if (mark?.is === 'path') {
    const target = resolveImport(uri, plainName(mark.term) ?? '');
    return target === undefined
      ? []
      : [{ uri: target, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } }];
  }
  const found = targetAt(place);
  const project = place.design?.project;
  if (!found || !project || !place.state) return [];
  return unique(
    declared(project, found.target, place.state, found.mark.is === 'name' ? found.span.start : -1).map(locationOf),
  ).slice(0, most);
}

export const locationOf = ({ state, span }: Pick<Occurrence, 'state' | 'span'>): Location => rangeOfSpot({ state, span });

/** Each place once, in the order of files and lines. */
export function unique(locations: readonly Location[]): Location[] {
  const seen = new Map<string, Location>();
  for (const location of locations) {
    const { start, end } = location.range;
    seen.set(`${location.uri} ${start.line}:${start.character}-${end.line}:${end.character}`, location);
  }
  return [...seen.values()].sort((a, b) =>
    a.uri === b.uri
      ? a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character
      : a.uri < b.uri
        ? -1
        : 1,
  );
}

/**
 * Declarations of what a name means. A thing may be declared by a profile and refined by its user: from a use, the nearer line is
 * wanted; from a refining line, the one that it refines.
 */
function declared(project: Project, target: Target, here: ChunkState, at: number): readonly Pick<Occurrence, 'state' | 'span'>[] {
  const source =
    target.is === 'profile'
      ? project.profileSource(target.name)
      : target.is === 'let'
        ? project.letSource(target.name)
        : undefined;
  const term = source?.entry.groups[0]?.[0];
  if (source && term) return [{ state: ('home' in source ? source.home : source.state) as ChunkState, span: term }];
  // Declared twice, or where no table knows it.
  if (target.is !== 'things') return occurrencesOf(project, target).filter((occurrence) => occurrence.declares);
  const found: Pick<Occurrence, 'state' | 'span'>[] = [];
  for (const entity of target.entities) {
    const all = declarationsOf(project, [entity]);
    const others = all.filter((occurrence) => occurrence.state !== here || occurrence.span.start !== at);
    // On the only line that declares it, that line itself: editors then show the references.
    const near = at >= 0 ? [] : others.filter((occurrence) => occurrence.state === here);
    const [first] = near.length > 0 ? near : others.length > 0 ? others : all;
    if (first) found.push(first);
    if (found.length >= most) break;
  }
  return found;
}
