/** The analysis with everything that Lintel knows: the vocabulary's checks, all rules, all indexes, the bundled catalogue. */
import { bundledCatalogs } from '../catalog/bundled.ts';
import { indexes } from '../facts/indexes.ts';
import { wordOfAnother } from '../model/applies.ts';
import type { Check } from '../model/model.ts';
import { twice, unknownName } from '../model/references.ts';
import { rules } from '../rules/generated/index.ts';
import type { Rule } from '../rules/rule.ts';
import { asCheck } from '../rules/run.ts';
import type { RuleInfo } from './finding.ts';
import type { Host } from './host.ts';
import type { PolicyInput } from './policy.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

export interface LintelOptions {
  readonly host: Host;
  readonly severities?: ReadonlyMap<string, PolicyInput>;
  /** Today, `2026-11-20`; waivers and licences expire against it. */
  readonly today?: string;
  /** Other rules than the built-in ones, for tests. */
  readonly rules?: readonly Rule[];
}

const languageChecks: readonly Check[] = [unknownName, twice, wordOfAnother];

export function createLintel(options: LintelOptions): Workspace {
  return createWorkspace({
    host: options.host,
    indexes,
    checks: [...languageChecks, ...(options.rules ?? rules).map(asCheck)],
    bundledCatalogs: bundledCatalogs(),
    ...(options.severities ? { severities: options.severities } : {}),
    ...(options.today !== undefined ? { today: options.today } : {}),
  });
}

/** What front ends tell of the rules, in order of their codes. */
export function ruleInfos(): readonly RuleInfo[] {
  return [...rules]
    .sort((a, b) => collator.compare(a.code, b.code))
    .map((rule) => ({
      code: rule.code,
      name: rule.name,
      severity: rule.severity,
      fixable: rule.fixable ?? false,
      summary: rule.summary,
      why: rule.why,
      remedy: rule.remedy,
      sources: rule.sources,
    }));
}

const collator = new Intl.Collator('en', { numeric: true });
