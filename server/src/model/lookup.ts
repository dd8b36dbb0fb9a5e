/** The model over the tables: what a name means from where it stands, and facts, each computed once and remembered. */

import type { Derivation, Memo, Runtime } from '../base/reactive.ts';
import { upsert } from '../base/upsert.ts';
import type { Catalog } from '../catalog/types.ts';
import type { Ref } from '../schema/types.ts';
import type { KindName } from '../schema/vocabulary.ts';
import { type Entity, walk } from './entity.ts';
import type { FactDefinition, Model } from './model.ts';
import { matcher, type Tables } from './tables.ts';

/** Kinds whose equal names in several places are one thing, or are told apart by the reader. */
const sharedNames = new Set<KindName>(['portgroup']);

/** @param catalogs reads the catalogues as a dependency */
export function createModel(runtime: Runtime, tables: Tables, catalogs: () => readonly Catalog[]): Model {
  const { namesLike, ofKind, ofName, read, underKey } = tables;
  /** Things of a name, of one kind or of any. */
  const named = (kind: string, name: string): readonly Entity[] => {
    const found = read(ofName(name));
    return kind === '*' || found.every((entity) => entity.kind === kind) ? found : found.filter((entity) => entity.kind === kind);
  };

  const below = (entity: Entity, name: string, found: Entity[]): void => {
    for (const child of entity.children) {
      if (child.name === name) found.push(child);
      below(child, name, found);
    }
  };
  const local = (from: Entity, name: string, to: readonly string[]): readonly Entity[] => {
    // From the inside out: the nearest enclosing block that has it.
    for (let at: Entity | undefined = from; at; at = at.parent) {
      const found: Entity[] = [];
      below(at, name, found);
      const fit = found.filter((entity) => to.includes(entity.kind) && entity !== from);
      if (fit.length > 0) return fit;
    }
    return [];
  };
  const candidates = (ref: Ref, from: Entity, to: readonly string[]): readonly Entity[] => {
    const [first = '', ...rest] = ref.ref;
    const any = to.includes('*');
    if (rest.length === 0) {
      if (!any) {
        const near = local(from, first, to);
        if (near.length > 0) return near;
      }
      const found: Entity[] = [];
      if (any) found.push(...named('*', first));
      else for (const kind of to) found.push(...named(kind, first));
      return found;
    }
    const starts = named('*', first);
    const ends: Entity[] = [];
    for (const start of starts) {
      if (start.kind === 'usbhub' && to.includes('usbhub') && rest.length === 1) {
        ends.push(start);
        continue;
      }
      let level: Entity[] = [start];
      for (const segment of rest) {
        const next: Entity[] = [];
        for (const entity of level) below(entity, segment, next);
        level = next;
      }
      ends.push(...level.filter((entity) => any || to.includes(entity.kind)));
    }
    return ends;
  };
  const model: Model = {
    all: (kind) => read(ofKind(kind)) as never,
    find: (kind, name) => {
      const found = named(kind, name);
      return (found.length === 1 ? found[0] : undefined) as never;
    },
    candidates,
    exists: (kind, name) => namesLike(kind, name).length > 0,
    resolve: (ref, from, ...to) => {
      if (!ref || ref.glob) return undefined;
      const found = candidates(ref, from, to);
      return (
        found.length === 1 || (found.length > 1 && found.every((entity) => sharedNames.has(entity.kind))) ? found[0] : undefined
      ) as never;
    },
    resolveAll: (refs, from, ...to) => {
      const result: Entity[] = [];
      for (const ref of refs ?? []) {
        if (ref.glob) {
          const pattern = ref.ref.at(-1) ?? '';
          if (ref.ref.length === 1)
            for (const kind of to) for (const name of namesLike(kind, pattern)) result.push(...named(kind, name));
          else
            for (const owner of named('*', ref.ref[0] ?? ''))
              for (const entity of walk(owner)) {
                if ((to as readonly string[]).includes(entity.kind) && matcher(pattern)(entity.name)) result.push(entity);
              }
          continue;
        }
        const found = model.resolve(ref, from, ...to);
        if (found) result.push(found);
      }
      return [...new Set(result)] as never;
    },
    catalogs,
    lookup: (index, key) => read(underKey(index, key)) as never,
    fact: (definition, entity) => {
      const own = definition as FactDefinition<unknown>;
      const perEntity = upsert(facts, own, () => new WeakMap<Entity, Memo<unknown>>());
      const memo = upsert(perEntity, entity, () => runtime.memo(new FactOf(own, entity, model)));
      return runtime.value(memo) as never;
    },
  };
  const facts = new Map<FactDefinition<unknown>, WeakMap<Entity, Memo<unknown>>>();
  return model;
}

/** A fact of an entity; an object of its own rather than a closure, since there are many. */
class FactOf implements Derivation<unknown> {
  readonly definition: FactDefinition<unknown>;
  readonly entity: Entity;
  readonly model: Model;
  constructor(definition: FactDefinition<unknown>, entity: Entity, model: Model) {
    this.definition = definition;
    this.entity = entity;
    this.model = model;
  }
  compute(): unknown {
    return this.definition.compute(this.entity, this.model);
  }
  equal(a: unknown, b: unknown): boolean {
    return this.definition.equal ? this.definition.equal(a, b) : Object.is(a, b);
  }
}
