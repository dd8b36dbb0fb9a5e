/**
 * From the model back to the text. Findings name entities and properties; here they get places. A member is bound once more with
 * a tracer, only for what is shown, and what was found is kept as long as the chunks that it lies in.
 */
import type { Span } from '../base/span.ts';
import type { Anchor, Entity } from '../model/entity.ts';
import type { Origin } from '../model/lower/draft.ts';
import { traceMember } from '../model/lower.ts';
import { type ChunkState, entryOf, type Holder, type Project } from '../model/project.ts';
import { placeIn } from '../syntax/sourceFile.ts';
import type { Location } from './finding.ts';

/** A place: a span of a chunk. */
export interface Spot {
  readonly state: ChunkState;
  readonly span: Span;
}

/** `vswitch:vSwitch0/vmkernel:vmk0`: where an entity stands below its unit; '' for the unit itself. */
export function pathInUnit(entity: Entity): string {
  if (!entity.parent) return '';
  const above = pathInUnit(entity.parent);
  return `${above === '' ? '' : `${above}/`}${entity.kind}:${entity.name}`;
}

export interface Trace {
  /** `path#prop` → every place that said it, the last one in force. */
  readonly origins: ReadonlyMap<string, readonly (Origin & { readonly state: ChunkState })[]>;
}

const traces = new WeakMap<
  Holder,
  { readonly state: ChunkState; readonly states: ReadonlySet<ChunkState>; readonly trace: Trace }
>();

/** Where everything of a unit was said. */
export function traceOf(project: Project, holder: Holder): Trace {
  const known = traces.get(holder);
  if (known && known.state === holder.state && [...known.states].every((state) => state.alive)) return known.trace;
  const origins = new Map<string, (Origin & { state: ChunkState })[]>();
  const states = new Set<ChunkState>([holder.state]);
  const entry = entryOf(holder);
  if (entry)
    traceMember(entry, holder.data.name, project.environment(), holder.state, (path, prop, origin) => {
      const state = origin.home as ChunkState;
      states.add(state);
      const key = `${path}#${prop}`;
      const list = origins.get(key);
      if (list) list.push({ ...origin, state });
      else origins.set(key, [{ ...origin, state }]);
    });
  const trace = { origins };
  traces.set(holder, { state: holder.state, states, trace });
  return trace;
}

/** The tightest place of an anchor: the property's value, else the nearest enclosing property, else the entity's name. */
export function spotOf(project: Project, anchor: Anchor): Spot | undefined {
  const holder = project.holderOf(anchor.entity);
  if (!holder) return undefined;
  const { origins } = traceOf(project, holder);
  const path = pathInUnit(anchor.entity);
  for (let prop = anchor.prop ?? ''; ; prop = prop.includes('.') ? prop.slice(0, prop.lastIndexOf('.')) : '') {
    const origin = origins.get(`${path}#${prop}`)?.at(-1);
    if (origin) return { state: origin.state, span: origin.span };
    if (prop === '') break;
  }
  const entry = entryOf(holder);
  return entry && { state: holder.state, span: entry.word };
}

/** The origin in force of a property (or of the entity itself, with ''). */
export function originOf(project: Project, entity: Entity, prop: string): (Origin & { readonly state: ChunkState }) | undefined {
  const holder = project.holderOf(entity);
  return holder
    ? traceOf(project, holder)
        .origins.get(`${pathInUnit(entity)}#${prop}`)
        ?.at(-1)
    : undefined;
}

/** File and range of a spot in the present text. */
export function rangeOfSpot(spot: Spot): Location {
  const start = placeIn(spot.state.chunk, spot.span.start);
  const end = placeIn(spot.state.chunk, spot.span.end);
  const { line } = spot.state;
  return {
    uri: spot.state.uri,
    range: {
      start: { line: line + start.line, character: start.character },
      end: { line: line + end.line, character: end.character },
    },
  };
}
