/** The finding as every front end sees it: located, rendered, plain data. */

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Zero-based line and UTF-16 character, end exclusive (the LSP's). */
export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** One replacement in one file. */
export interface FileEdit extends Location {
  readonly newText: string;
}

/** A change that mends a finding; `safe` ones may be applied without a look. */
export interface Fix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly FileEdit[];
}

/** A finding of a rule or of the language itself. */
export interface LocatedFinding extends Location {
  /** Rule code (`NET001`), or a language code (`LNT…`). */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Model id of what it is about, for the picture and for fingerprints. */
  readonly subject?: string;
  readonly related?: readonly (Location & { readonly message: string })[];
  /** Fades the text (an unused or overridden value). */
  readonly unnecessary?: boolean;
  readonly fixable: boolean;
  /** Set when the design waives it: shown nowhere but in reports that list accepted risks. */
  readonly waived?: { readonly until?: string; readonly because?: string };
}

/** What `lintel rules`, SARIF and the docs tell of a rule. */
export interface RuleInfo {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly fixable: boolean;
  readonly summary: string;
  readonly why: string;
  readonly remedy: string;
  readonly sources: readonly string[];
}
