/**
 * Dragged boxes follow their things: the file of places calls a box by the id of its thing, and a thing may be called otherwise
 * from one keystroke to the next. For each design it is kept where in the text the things with a place stood when they were last
 * seen; when one is gone and one of its kind is new at the very same place, that is the same thing with another name.
 */
import { type Entity, idOf } from '../model/entity.ts';
import { placedIds, withNames } from '../topology/places.ts';
import type { Design } from './workspace.ts';

export interface Placing {
  /** The text of the file of places, with the names that the things have now; what was not renamed stays as it is. */
  follow(design: Design, text: string): string;
  /** The text last given for the design with this root file; undefined when there was none. */
  textOf(root: string): string | undefined;
}

/** Parts of an id, with room for names that have a stroke in them. What has more is no thing of ours, and is not followed. */
const deepest = 24;
/** So many designs are remembered; the one that was not asked for longest goes first. */
const mostDesigns = 50;

export function createPlacing(): Placing {
  const designs = new Map<string, { readonly text: string; readonly seen: Map<string, Seen> }>();
  return {
    follow(design, text) {
      const before = designs.get(design.root);
      designs.delete(design.root);
      if (text === '') return text;
      const siblings = readerOf(design);
      const seen = new Map<string, Seen>();
      const known = knownBy(before?.seen);
      const renamed = new Map<string, string>();
      for (const id of placedIds(text)) {
        if (id.split('/', deepest + 1).length > deepest) continue;
        const now = trace(id, siblings, known, seen);
        if (now !== undefined && now !== id) renamed.set(id, now);
      }
      designs.set(design.root, { text, seen });
      for (const root of designs.keys()) {
        if (designs.size <= mostDesigns) break;
        designs.delete(root);
      }
      return withNames(text, (id) => renamed.get(id));
    },
    textOf: (root) => designs.get(root)?.text,
  };
}

/** A thing as it was when it was last there. */
interface Seen {
  /** Id that it had then. */
  readonly id: string;
  /** Ids of all that stood beside it, itself among them, in the order of the text. */
  readonly beside: readonly string[];
  /** Id of what it stood in, or its file. */
  readonly around: string;
  /** Ids that it had before: the file may have been written with one of them. */
  readonly names: readonly string[];
}

/** So many former names are remembered: those of one word that is typed anew. */
const mostNames = 40;

/** What was seen, by the name that the file has for it, or one that it had on the way. */
function knownBy(seen: ReadonlyMap<string, Seen> = new Map()): { get(id: string): Seen | undefined } {
  const former = new Map<string, Seen>();
  for (const thing of seen.values()) for (const name of thing.names) former.set(name, thing);
  return { get: (id) => seen.get(id) ?? former.get(id) };
}

/** What stands side by side in a thing (by id) or a file (by address), and what there is at all. */
interface Reader {
  beside(around: string): readonly string[];
  /** What a thing stands in, or its file; undefined when it is not there. */
  around(id: string): string | undefined;
}

function readerOf({ project }: Design): Reader {
  const lists = new Map<string, readonly string[]>();
  const homes = new Map<string, string>();
  const add = (around: string, entities: readonly Entity[]): void => {
    const ids = entities.map(idOf);
    lists.set(around, ids);
    for (const id of ids) homes.set(id, around);
    for (const entity of entities) if (entity.children.length > 0) add(idOf(entity), entity.children);
  };
  for (const uri of project.files().keys())
    add(
      uri,
      [...project.holders(uri)].map((holder) => holder.unit.root),
    );
  return { beside: (around) => lists.get(around) ?? [], around: (id) => homes.get(id) };
}

/** The id that a thing of the file has now; its trace is kept in `seen` under the name that the file has for it. */
function trace(
  id: string,
  reader: Reader,
  before: { get(id: string): Seen | undefined },
  seen: Map<string, Seen>,
): string | undefined {
  const known = before.get(id);
  const note = (now: string, around: string): string => {
    const names = known === undefined || known.id === now ? (known?.names ?? []) : [...known.names, known.id].slice(-mostNames);
    seen.set(id, { id: now, beside: reader.beside(around), around, names });
    return now;
  };
  const here = reader.around(id);
  // A file may name a box without naming what it is in, and that may get another name.
  const outer = id.slice(0, Math.max(0, id.lastIndexOf('/')));
  const outerNow = outer === '' ? undefined : trace(outer, reader, before, seen);
  if (here !== undefined) return note(id, here);
  const moved = outerNow === undefined || outerNow === outer ? undefined : `${outerNow}${id.slice(outer.length)}`;
  const at = moved === undefined ? undefined : reader.around(moved);
  if (moved !== undefined && at !== undefined) return note(moved, at);
  if (known === undefined) return undefined;
  const current = reader.around(known.id);
  if (current !== undefined) return note(known.id, current);
  const around = outerNow ?? known.around;
  const found = sameSpot(known, reader.beside(around), around);
  if (found !== undefined) return note(found, around);
  seen.set(id, known);
  return undefined;
}

/**
 * What stands where a thing stood: between the same neighbours, of the same kind and new. Where several are gone (the members of a
 * range), as many new ones have to be there, and they are the same in their order.
 */
function sameSpot(known: Seen, beside: readonly string[], around: string): string | undefined {
  const rebased = (id: string): string => (known.around === around ? id : `${around}${id.slice(known.around.length)}`);
  const then = known.beside.map(rebased);
  const [was, is] = [new Set(then), new Set(beside)];
  const own = rebased(known.id);
  const kind = kindOf(own);
  const gone = runs(then, is, kind).find((run) => run.ids.includes(own));
  const fresh = runs(beside, was, kind).find((run) => run.after === gone?.after);
  return gone?.ids.length === fresh?.ids.length ? fresh?.ids[gone?.ids.indexOf(own) ?? -1] : undefined;
}

/** Things of a kind that are in one list only, by what stands before them in both. */
function runs(
  list: readonly string[],
  common: ReadonlySet<string>,
  kind: string,
): readonly { readonly after: string | undefined; readonly ids: readonly string[] }[] {
  const out: { after: string | undefined; ids: string[] }[] = [];
  let after: string | undefined;
  for (const id of list) {
    if (common.has(id)) after = id;
    else if (kindOf(id) === kind) {
      const last = out.at(-1);
      if (last !== undefined && last.after === after) last.ids.push(id);
      else out.push({ after, ids: [id] });
    }
  }
  return out;
}

function kindOf(id: string): string {
  const [, kind = ''] = /(?:^|\/)([a-z]+):[^/]*$/.exec(id) ?? [];
  return kind;
}
