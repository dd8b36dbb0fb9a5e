/** Rules as checks of the model: adapts `defineRule` to the engine and guards it. */

import type { FixRequest } from '../edit/ops.ts';
import type { Entity } from '../model/entity.ts';
import type { Check, Finding } from '../model/model.ts';
import type { Rule } from './rule.ts';

/** A finding of a rule, with what front ends need beyond the model's own. */
export interface RuleFinding extends Finding {
  readonly fix?: FixRequest;
  readonly cause: Entity;
  /** Set on a question (`ask`): the property that is asked for. */
  readonly asks?: string;
}

export function asCheck(rule: Rule): Check {
  return {
    code: rule.code,
    kinds: rule.on,
    run(entity, model, report) {
      rule.check(entity, {
        model,
        report(finding) {
          const at = finding.at ?? entity;
          const full: RuleFinding = {
            code: rule.code,
            severity: finding.severity ?? rule.severity,
            at: { entity: at, ...(finding.prop !== undefined ? { prop: finding.prop } : {}) },
            message: finding.message,
            cause: finding.cause ?? at,
            ...(finding.related
              ? {
                  related: finding.related.map((item) => ({
                    at: { entity: item.at, ...(item.prop !== undefined ? { prop: item.prop } : {}) },
                    message: item.message,
                  })),
                }
              : {}),
            ...(finding.fix ? { fix: finding.fix } : {}),
            ...(rule.coveredBy ? { coveredBy: rule.coveredBy } : {}),
          };
          report(full);
        },
        ask(about) {
          const at = about.at ?? entity;
          const full: RuleFinding = {
            code: rule.code,
            severity: 'hint',
            at: { entity: at, prop: about.prop },
            message: about.message,
            cause: at,
            asks: about.prop,
            ...(about.fix ? { fix: about.fix } : {}),
          };
          report(full);
        },
      });
    },
  };
}
