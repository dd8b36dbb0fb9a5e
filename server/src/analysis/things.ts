/** Between the picture and the text: which thing stands at a place, and where a thing stands. */
import { type Entity, idOf, walk } from '../model/entity.ts';
import type { KindName } from '../schema/vocabulary.ts';
import { locate } from '../syntax/sourceFile.ts';
import { declaredBehind } from '../topology/views/made.ts';
import type { Location, Position } from './finding.ts';
import { pathInUnit, rangeOfSpot, spotOf, traceOf } from './locate.ts';
import type { Design, Workspace } from './workspace.ts';

/** The entity of an id (`host:esx1/vswitch:vSwitch0`). */
export function entityById(design: Design, id: string): Entity | undefined {
  const { project } = design;
  for (const uri of project.files().keys()) {
    for (const holder of project.holders(uri)) {
      if (id !== holder.id && !id.startsWith(`${holder.id}/`)) continue;
      for (const entity of walk(holder.unit.root)) if (idOf(entity) === id) return entity;
    }
  }
  return undefined;
}

/** Where a thing is declared: its name. What a view has made of things (a zone, a product, an FT shadow) leads to the first of them. */
export function locationOf(workspace: Workspace, uri: string, id: string): Location | undefined {
  for (const design of workspace.designs(uri)) {
    const entity = entityById(design, id) ?? declaredBehind(id, design.project.model);
    const spot = entity && spotOf(design.project, { entity });
    if (spot) return rangeOfSpot(spot);
  }
  return undefined;
}

/** The id of the thing at a place, for the picture. */
export function thingIdAt(
  workspace: Workspace,
  uri: string,
  position: Position,
  kinds: ReadonlySet<KindName>,
): string | undefined {
  const entity = thingAt(workspace, uri, position, kinds);
  return entity && idOf(entity);
}

/** The innermost thing whose declaration encloses a place, of the given kinds; in a profile, that of the first thing that uses it. */
export function thingAt(workspace: Workspace, uri: string, position: Position, kinds: ReadonlySet<KindName>): Entity | undefined {
  const source = workspace.source(uri);
  if (!source) return undefined;
  const { chunk, offset } = locate(source, position);
  for (const design of workspace.designs(uri)) {
    const state = design.project.chunks(uri)[chunk];
    if (!state) continue;
    const profiles = state.chunk.parsed.entries.flatMap((entry) =>
      entry.word.text === 'profile' && entry.groups[0]?.[0].kind === 'name' ? [entry.groups[0][0].text] : [],
    );
    const holders = state.holders.length > 0 ? state.holders : profiles.length > 0 ? usersOf(design, profiles) : [];
    for (const holder of holders) {
      const { origins } = traceOf(design.project, holder);
      let best: { entity: Entity; length: number } | undefined;
      for (const entity of walk(holder.unit.root)) {
        if (!kinds.has(entity.kind)) continue;
        for (const origin of origins.get(`${pathInUnit(entity)}#`) ?? []) {
          const length = origin.entry.end - origin.entry.start;
          if (
            origin.state === state &&
            origin.entry.start <= offset &&
            offset <= origin.entry.end &&
            (!best || length <= best.length)
          )
            best = { entity, length };
        }
      }
      if (best) return best.entity;
    }
  }
  return undefined;
}

function usersOf(design: Design, profiles: readonly string[]): ReturnType<Design['project']['chunks']>[number]['holders'] {
  for (const uri of design.project.files().keys()) {
    for (const holder of design.project.holders(uri)) {
      const entry = holder.state.chunk.parsed.entries[holder.entryAt];
      if (entry?.profiles?.some((term) => term.kind === 'name' && profiles.includes(term.text))) return [holder];
    }
  }
  return [];
}
