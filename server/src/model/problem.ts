/** What the language itself finds wrong: unknown words, missing values, names of nothing. Rules come on top of it. */
import type { Span } from '../base/span.ts';

export type LanguageCode =
  | 'LNT101'
  | 'LNT102'
  | 'LNT103'
  | 'LNT104'
  | 'LNT105'
  | 'LNT106'
  | 'LNT107'
  | 'LNT108'
  | 'LNT201'
  | 'LNT202'
  | 'LNT203'
  | 'LNT204'
  | 'LNT205'
  | 'LNT301'
  | 'LNT302'
  | 'LNT303'
  | 'LNT304'
  | 'LNT305'
  | 'LNT401'
  | 'LNT402';

/** A problem at a place of the chunk that was lowered. */
export interface LowerProblem extends Span {
  readonly code: LanguageCode;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** Texts that would be right in place of the span, likeliest first. */
  readonly suggestions?: readonly string[];
}
