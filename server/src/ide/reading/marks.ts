/**
 * What the words of a text are, told by the vocabulary: which word opens a thing, which names a property, which value it has and of
 * which type. Lowering asks the same questions to get at values; here the answers keep their places, and broken lines keep theirs.
 */
import type { Span } from '../../base/span.ts';
import type { Kind, Operand, Prop } from '../../schema/types.ts';
import type { Directive } from '../../schema/vocabulary.ts';
import type { Entry, NameTerm, Term } from '../../syntax/ast.ts';

/** A line, with its body, that says something about a thing: declares it, refines it, or stands in a profile. */
export interface Block {
  readonly kind: Kind;
  /** What stands behind the word; of a child that shares its parent's line, its part of the line. */
  readonly entry: Entry;
  readonly word: NameTerm;
  /** Absent for what has no name. */
  readonly name?: Term;
  readonly parent?: Block;
  /** Outermost block of a profile: what the profile is called. */
  readonly profile?: string;
  /** The line starts with the name of a thing that is there already: `vmk0 address …`. */
  readonly override: boolean;
}

/** A stretch of text and what it is. */
export type Mark = Span &
  (
    | { readonly is: 'directive'; readonly word: Directive; readonly entry: Entry }
    | { readonly is: 'path'; readonly word: 'import' | 'catalog'; readonly term: Term }
    /** The word that opens a thing, or the kind behind `of`. */
    | { readonly is: 'kind'; readonly kind: Kind; readonly block?: Block }
    | { readonly is: 'name'; readonly block: Block; readonly term: Term }
    | { readonly is: 'label'; readonly block: Block; readonly term: Term }
    /** A profile: declared, or used behind `:`. */
    | { readonly is: 'profile'; readonly term: Term; readonly declares: boolean; readonly kind?: Kind; readonly block?: Block }
    | { readonly is: 'let'; readonly term: NameTerm }
    | { readonly is: 'letValue'; readonly term: Term }
    | { readonly is: 'prop'; readonly prop: Prop; readonly path: readonly string[]; readonly block: Block }
    | {
        readonly is: 'value';
        readonly prop: Prop;
        readonly path: readonly string[];
        readonly key: string;
        readonly operand: Operand;
        readonly term: Term;
        readonly block: Block;
      }
    /** A word of the form: `of`, the `x` of `2 x "Xeon"`. */
    | { readonly is: 'joiner' }
    /** A word that means nothing where it stands. */
    | { readonly is: 'unknown'; readonly block?: Block }
  );

export type MarkOf<I extends Mark['is']> = Extract<Mark, { readonly is: I }>;

/** What could stand at a place. Told only when somebody looks for it (completion). */
export type Expectation =
  /** The first word of a line at the top of a design. */
  | { readonly is: 'top' }
  /** A property, at the start of a line or on it; `children`: or a thing. */
  | {
      readonly is: 'words';
      readonly owner: { readonly props: Readonly<Record<string, Prop>> };
      readonly path: readonly string[];
      readonly block: Block;
      readonly children: boolean;
      readonly line: boolean;
      readonly far?: true;
    }
  | {
      readonly is: 'operand';
      readonly operand: Operand;
      readonly key: string;
      readonly prop: Prop;
      readonly path: readonly string[];
      readonly block: Block;
    }
  | { readonly is: 'joiner'; readonly text: string }
  | { readonly is: 'name'; readonly block: Block }
  | { readonly is: 'profile'; readonly block?: Block; readonly kind?: Kind }
  | { readonly is: 'kindOf' }
  | { readonly is: 'path'; readonly word: 'import' | 'catalog' }
  | { readonly is: 'edition' }
  | { readonly is: 'letValue' };

/** All that was read of some entries. Marks are in the order of the text. */
export interface Reading {
  readonly marks: readonly Mark[];
  readonly blocks: readonly Block[];
  /** Profiles that were looked into, and what they were then: a reading is as good as they are. Grows when more is asked. */
  readonly profiles: Map<string, Entry | undefined>;
}

/** The outermost block around a block. */
export function topOf(block: Block): Block {
  return block.parent ? topOf(block.parent) : block;
}

/** Whether a block stands somewhere inside of another. */
export function isBelow(block: Block, above: Block): boolean {
  for (let at = block.parent; at; at = at.parent) if (at === above) return true;
  return false;
}

/** The innermost mark that an offset touches; of two that meet there, the one that starts. */
export function markAt(reading: Reading, offset: number): Mark | undefined {
  let found: Mark | undefined;
  for (const mark of reading.marks) {
    if (mark.start > offset) break;
    if (mark.end >= offset) found = mark;
  }
  return found;
}

/** The innermost block whose line or body holds an offset. */
export function blockAt(reading: Reading, offset: number): Block | undefined {
  let found: Block | undefined;
  for (const block of reading.blocks)
    if (
      block.entry.start <= offset &&
      offset <= block.entry.end &&
      (!found || isBelow(block, found) || block.entry.start >= found.entry.start)
    )
      found = block;
  return found;
}
