/**
 * The syntax tree: immutable plain data, no methods, no vocabulary. Offsets count from the start of the chunk that the tree
 * belongs to, so a tree stays valid when the text above it moves.
 */
import type { Span } from '../base/span.ts';

/** A word, some operands, perhaps profiles, perhaps a body. The one shape that everything has. */
export interface Entry extends Span {
  readonly word: NameTerm;
  readonly groups: readonly Group[];
  /** What stands behind `:`, absent without one. Inline properties that follow are in `groups`, from `profilesAt` on. */
  readonly profiles?: readonly Term[];
  readonly profilesAt?: number;
  readonly body?: Body;
  /** Text of the `///` lines above. */
  readonly doc?: string;
  /** End of the first line's terms (before the body). */
  readonly headEnd: number;
}

export interface Body extends Span {
  readonly entries: readonly Entry[];
  /** False when the closing brace is missing. */
  readonly closed: boolean;
}

/** Terms joined by commas: `vmnic0, vmnic1`. Nearly always one. */
export type Group = readonly [Term, ...Term[]];

export type Term = NameTerm | TextTerm | NumberTerm | LiteralTerm | PathTerm | BetweenTerm | ExprTerm | EqualsTerm;

export interface NameTerm extends Span {
  readonly kind: 'name';
  readonly text: string;
}
/** `"esx{i}.plant.local"`: pieces of text and expressions in braces. `plain` is set when there is no expression. */
export interface TextTerm extends Span {
  readonly kind: 'text';
  readonly parts: readonly (string | Expr)[];
  readonly plain?: string;
}
/** Anything that starts with a digit: `4`, `1.92TB`, `8.0u3`. */
export interface NumberTerm extends Span {
  readonly kind: 'number';
  readonly text: string;
}
/** Addresses, ids and dates: their form is their type. */
export interface LiteralTerm extends Span {
  readonly kind: 'ipv4' | 'ipv6' | 'mac' | 'wwn' | 'hexid' | 'date';
  readonly text: string;
}
/** `a..b` or `100-120`. */
export interface BetweenTerm extends Span {
  readonly kind: 'between';
  readonly from: NumberTerm;
  readonly to: NumberTerm;
}
/** `(10 + i)` on its own. */
export interface ExprTerm extends Span {
  readonly kind: 'expr';
  readonly expr: Expr;
}
export interface EqualsTerm extends Span {
  readonly kind: 'equals';
}
/** Pieces that touch: `esx1.vmnic0`, `sw-a/u[1 + i]`, `esx[1..16]`, `admin.host(10 + i)`, `E3-*`. */
export interface PathTerm extends Span {
  readonly kind: 'path';
  readonly pieces: readonly Piece[];
}
export type Piece =
  | ({ readonly kind: 'word'; readonly text: string } & Span)
  | ({ readonly kind: 'quoted'; readonly text: TextTerm } & Span)
  | ({ readonly kind: 'dot' | 'slash' | 'star' } & Span)
  | ({ readonly kind: 'index'; readonly variable?: NameTerm; readonly items: readonly IndexItem[] } & Span)
  | ({ readonly kind: 'call'; readonly expr: Expr } & Span);
export interface IndexItem {
  readonly from: Expr;
  readonly to?: Expr;
}

/** Whole-number arithmetic over range indexes and `let` values. */
export type Expr =
  | ({ readonly kind: 'int'; readonly text: string } & Span)
  | ({ readonly kind: 'var'; readonly name: string } & Span)
  | ({ readonly kind: 'op'; readonly op: '+' | '-' | '*' | '/' | '%'; readonly left: Expr; readonly right: Expr } & Span)
  | ({ readonly kind: 'hole' } & Span);

/** A place where the text is not in the language's form. */
export interface SyntaxProblem extends Span {
  readonly code: 'LNT001' | 'LNT002' | 'LNT003' | 'LNT004' | 'LNT005';
  readonly message: string;
  /** Text that mends it: replaces the span. */
  readonly fix?: { readonly title: string; readonly at: Span; readonly text: string };
}

export interface Comment extends Span {
  readonly kind: 'line' | 'doc' | 'block' | 'open';
}

/** What parsing one chunk gives; never an exception. */
export interface ParsedChunk {
  readonly entries: readonly Entry[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}
