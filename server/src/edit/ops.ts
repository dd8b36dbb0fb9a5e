/** Edits in terms of the design: what a fix says, before anyone knows where in the text that is. Made into text edits by apply.ts. */
import type { Entity } from '../model/entity.ts';

export type EditOp =
  /** Gives a property a value (operands as they are written): changes it where it is said, or adds it. */
  | { readonly op: 'set'; readonly on: Entity; readonly prop: string; readonly text: string }
  /** Replaces just the value at a property path (`uplinks.1`, `hypervisor.release`). */
  | { readonly op: 'replace'; readonly on: Entity; readonly prop: string; readonly text: string }
  /** Takes a property out, or a whole entity. */
  | { readonly op: 'remove'; readonly on: Entity; readonly prop?: string }
  /** Adds a line to an entity's body. */
  | { readonly op: 'add'; readonly to: Entity; readonly text: string }
  /** Adds a top-level entry below the one that an entity belongs to. */
  | { readonly op: 'append'; readonly after: Entity; readonly text: string };

export interface FixRequest {
  readonly title: string;
  /** `safe`: cannot make a working design worse, may be applied without a look. */
  readonly safety: 'safe' | 'unsafe';
  readonly ops: readonly EditOp[];
}
