/**
 * What a rule is. One file per rule under `rules/<category>/`, its default export made with `defineRule`: identity, policy, prose,
 * selection, check and examples stand together, and the documentation, the settings, the SARIF rule table and the tests are
 * derived from there.
 */
import type { FixRequest } from '../edit/ops.ts';
import type { Entity } from '../model/entity.ts';
import type { Model } from '../model/model.ts';
import type { KindName } from '../schema/vocabulary.ts';

export type RuleSeverity = 'error' | 'warning' | 'info' | 'hint';

export interface Report {
  /** What the finding is about; the entity under check if not said. */
  readonly at?: Entity;
  /** The property that is wrong (`uplinks`, `uplinks.1`, `hypervisor.release`): the finding stands on its value. */
  readonly prop?: string;
  /** What is wrong with this design, why it matters, what to do: one or two sentences that name the things. */
  readonly message: string;
  readonly severity?: RuleSeverity;
  /** Other places that matter. */
  readonly related?: readonly { readonly at: Entity; readonly prop?: string; readonly message: string }[];
  readonly fix?: FixRequest;
  /** What the finding comes from, when that is something else than what it stands on: findings of one cause silence each other (`coveredBy`). */
  readonly cause?: Entity;
}

export interface RuleContext {
  readonly model: Model;
  report(finding: Report): void;
  /**
   * Asks for something that the design does not say and the rule needs: a hint, never an accusation, and at most once for a
   * thing and property, however many rules ask.
   */
  ask(about: { readonly at?: Entity; readonly prop: string; readonly message: string; readonly fix?: FixRequest }): void;
}

/** A design in text, perhaps several files under `--- name` headers; in a bad one `^^^` under a line marks where the finding stands. */
export interface Example {
  readonly title: string;
  readonly text: string;
  /** For a bad example of a rule with a fix: the text after the first fix. */
  readonly fixed?: string;
}

export interface Rule<K extends KindName = KindName> {
  /** Short, permanent. */
  readonly code: string;
  /** Equals the path below `rules/`: `network/management-isolated`. */
  readonly name: string;
  readonly severity: RuleSeverity;
  /** Kinds that it looks at. */
  readonly on: readonly K[];
  /** At most 90 characters, no full stop. */
  readonly summary: string;
  readonly why: string;
  readonly remedy: string;
  /** Where it is from: a vendor document, a standard, a seed. */
  readonly sources: readonly string[];
  /** Codes of more specific rules: where one of them finds the same cause, this one is silent and is linked instead. */
  readonly coveredBy?: readonly string[];
  /** Findings carry a fix at least in some cases. */
  readonly fixable?: boolean;
  check(entity: Entity<K>, context: RuleContext): void;
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

export function defineRule<K extends KindName>(rule: Rule<K>): Rule<K> {
  return rule;
}
