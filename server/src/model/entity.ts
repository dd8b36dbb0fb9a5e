/**
 * Entities: what a design declares, freed from its spelling. Data is position-free and structurally comparable, so that an edit
 * of comments or spacing changes nothing that hangs on it; a place in the text is looked up from an anchor when it is needed.
 */
import type { KindName, Props } from '../schema/vocabulary.ts';

/** What lowering gives: plain data, no references to text or to other entities. */
export interface EntityData {
  readonly kind: KindName;
  readonly name: string;
  readonly label?: string;
  readonly doc?: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly children: readonly EntityData[];
}

/** A declared thing as rules see it: typed by its kind, with its place in the design. */
export interface Entity<K extends KindName = KindName> {
  readonly kind: K;
  readonly name: string;
  readonly label?: string;
  readonly doc?: string;
  readonly props: Props<K>;
  readonly parent?: Entity;
  readonly children: readonly Entity[];
  readonly unit: Unit;
}

/** A top-level thing with all that it holds: what is checked, indexed and replaced as one. */
export interface Unit {
  /** `host:esx1`. Two units of one name share it; `serial` tells them apart. */
  readonly id: string;
  readonly serial: number;
  readonly root: Entity;
}

/** A place in the model that a finding points at: an entity, perhaps one of its properties (`hypervisor.release`, `uplinks.1`). */
export interface Anchor {
  readonly entity: Entity;
  readonly prop?: string;
}

/** Most things hold nothing: one list for all of them. */
const childless: Entity[] = [];

/** Builds the views of a unit's data. */
export function viewsOf(data: EntityData, unit: { id: string; serial: number }): Unit {
  const made = { id: unit.id, serial: unit.serial } as { id: string; serial: number; root: Entity };
  const view = (own: EntityData, parent: Entity | undefined): Entity => {
    const children: Entity[] = own.children.length === 0 ? childless : new Array(own.children.length);
    const entity = {
      kind: own.kind,
      name: own.name,
      ...(own.label !== undefined ? { label: own.label } : {}),
      ...(own.doc !== undefined ? { doc: own.doc } : {}),
      props: own.props,
      ...(parent ? { parent } : {}),
      children,
      unit: made,
    } as unknown as Entity;
    own.children.forEach((child, at) => {
      children[at] = view(child, entity);
    });
    return entity;
  };
  made.root = view(data, undefined);
  return made;
}

/** Whether an entity is of a kind, narrowing its type. */
export function is<K extends KindName>(entity: Entity | undefined, kind: K): entity is Entity<K> {
  return entity?.kind === kind;
}

/** Direct children of a kind. */
export function childrenOf<K extends KindName>(entity: Entity, kind: K): readonly Entity<K>[] {
  return entity.children.filter((child): child is Entity<K> => child.kind === kind);
}

/** All entities of a kind below an entity (itself not included), in order. */
export function descendantsOf<K extends KindName>(entity: Entity, kind: K): readonly Entity<K>[] {
  const found: Entity<K>[] = [];
  const visit = (at: Entity): void => {
    for (const child of at.children) {
      if (child.kind === kind) found.push(child as Entity<K>);
      visit(child);
    }
  };
  visit(entity);
  return found;
}

/** An entity and everything below it. */
export function* walk(entity: Entity): Generator<Entity> {
  yield entity;
  for (const child of entity.children) yield* walk(child);
}

/** The nearest enclosing entity of a kind, itself included. */
export function enclosing<K extends KindName>(entity: Entity, kind: K): Entity<K> | undefined {
  for (let at: Entity | undefined = entity; at; at = at.parent) if (at.kind === kind) return at as Entity<K>;
  return undefined;
}

/** `host:esx1/vswitch:vSwitch0`: unique in a design and stable across edits. */
export function idOf(entity: Entity): string {
  const own = `${entity.kind}:${entity.name}`;
  return entity.parent ? `${idOf(entity.parent)}/${own}` : own;
}

/** How people write it: `esx1.vSwitch0`, and a switch's port `sw-a/12`. */
export function pathOf(entity: Entity): string {
  if (!entity.parent) return entity.name;
  return `${pathOf(entity.parent)}${entity.kind === 'port' && entity.parent.kind === 'switch' ? '/' : '.'}${entity.name}`;
}

/** Deep equality of entity data (plain objects, arrays, primitives). */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Number.isNaN(a) && Number.isNaN(b);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => sameData(item, b[at]));
  if (Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && sameData(left[key], right[key]))
  );
}
