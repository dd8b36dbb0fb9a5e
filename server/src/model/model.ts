/**
 * What the rest of Lintel sees of a design: its things, found by kind, name, reference and index; facts derived from them; and what
 * a check says of them. Types only.
 */

import type { Catalog } from '../catalog/types.ts';
import type { Ref } from '../schema/types.ts';
import type { KindName } from '../schema/vocabulary.ts';
import type { Anchor, Entity } from './entity.ts';

/** A table that finds entities by something they say. `keys` may read the model (names, and indexes of a lower level). */
export interface IndexDefinition {
  readonly name: string;
  readonly level: 2 | 3 | 4;
  /** Kinds that it looks at, nested ones too. */
  readonly kinds: readonly KindName[];
  keys(entity: Entity, model: Model): Iterable<string>;
}

/** A value derived from an entity and what it refers to; kept until something that was read changes. */
export interface FactDefinition<T> {
  readonly name: string;
  compute(entity: Entity, model: Model): T;
  /** Stops the wave when the new value is as good as the old. */
  readonly equal?: (a: T, b: T) => boolean;
}

/** The design as facts and rules read it. Every read is recorded. */
export interface Model {
  /** Top-level (and other globally named) entities of a kind, in order of their ids. */
  all<K extends KindName>(kind: K): readonly Entity<K>[];
  /** The one entity of a kind and name; undefined when there is none, or more than one. */
  find<K extends KindName>(kind: K, name: string): Entity<K> | undefined;
  /** What a name means where it stands; undefined when it means nothing or is ambiguous (which is reported elsewhere). */
  resolve<K extends KindName>(ref: Ref | undefined, from: Entity, ...to: readonly K[]): Entity<K> | undefined;
  /** All that some names mean, globs and ranges included; unknown ones are left out. */
  resolveAll<K extends KindName>(refs: readonly Ref[] | undefined, from: Entity, ...to: readonly K[]): readonly Entity<K>[];
  /** Whether anything of a kind has this name; depends on the name alone, not on what it names. */
  exists(kind: KindName, name: string): boolean;
  /** Why a name means nothing: the candidates, none or several. */
  candidates(ref: Ref, from: Entity, to: readonly string[]): readonly Entity[];
  /** Entities that an index has under a key. */
  lookup<K extends KindName = KindName>(index: IndexDefinition, key: string): readonly Entity<K>[];
  /** Hardware catalogues in force: the bundled one and those of the design. */
  catalogs(): readonly Catalog[];
  /** A derived value. */
  fact<T>(definition: FactDefinition<T>, entity: Entity): T;
}

export interface Related {
  readonly at: Anchor;
  readonly message: string;
}

/** A finding in terms of the model; places in the text are looked up later. */
export interface Finding {
  readonly code: string;
  readonly severity?: 'error' | 'warning' | 'info' | 'hint';
  readonly at: Anchor;
  readonly message: string;
  readonly related?: readonly Related[];
  /** Opaque to the model: what the rule needs to make its fix. */
  readonly fix?: unknown;
  /** Things of the same cause: a more specific finding with one of these keys silences it. */
  readonly coveredBy?: readonly string[];
}

/** Something that looks at entities of some kinds and finds fault. */
export interface Check {
  readonly code: string;
  readonly kinds: readonly KindName[] | 'all';
  run(entity: Entity, model: Model, report: (finding: Finding) => void): void;
}
