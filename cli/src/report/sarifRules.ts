/** The rule table of a SARIF report: every rule with its prose, so that a viewer needs no other source. */
import type { ReportingDescriptor } from 'sarif';
import type { RuleInfo, Severity } from '../../../server/src/analysis/finding.ts';
import type { PolicyInput } from '../../../server/src/analysis/policy.ts';
import { catalogue } from '../rules/catalogue.ts';

export interface RuleTable {
  readonly rules: readonly ReportingDescriptor[];
  /** Index of a code; -1 for none. */
  indexOf(code: string): number;
}

type Level = 'note' | 'warning' | 'error';

/** SARIF knows no hints; they are notes, and a property tells them apart. */
export function levelOf(severity: Severity | Exclude<PolicyInput, 'off'>): Level {
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}

/** @param used codes that occur; one that the catalogue lacks gets a bare entry, so that no index is wrong */
export function ruleTable(used: readonly string[], homepage: string | undefined): RuleTable {
  const known = catalogue();
  const codes = new Set(known.map(({ code }) => code));
  const unknown = [...new Set(used)].filter((code) => !codes.has(code)).sort();
  const rules = [...known.map((rule) => descriptorOf(rule, homepage)), ...unknown.map((id): ReportingDescriptor => ({ id }))];
  const places = new Map(rules.map(({ id }, at) => [id, at]));
  return { rules, indexOf: (code) => places.get(code) ?? -1 };
}

function descriptorOf(rule: RuleInfo, homepage: string | undefined): ReportingDescriptor {
  const { code, fixable, name, severity } = rule;
  const level = levelOf(severity);
  const category = name.split('/')[0] ?? name;
  return {
    id: code,
    name: pascal(name),
    shortDescription: { text: stopped(rule.summary) },
    fullDescription: { text: stopped(rule.why) },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    ...(homepage !== undefined ? { helpUri: pageOf(rule, homepage) } : {}),
    defaultConfiguration: { level },
    properties: {
      tags: [category],
      severity,
      // What GitHub shows beside the title.
      'problem.severity': level === 'note' ? 'recommendation' : level,
      fixable,
    },
  };
}

/** `network/vlan-out-of-range` → `NetworkVlanOutOfRange`. */
const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

const stopped = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The page of a rule in the documentation of the project; the codes of the language share one. */
function pageOf({ code, name }: RuleInfo, homepage: string): string {
  const root = homepage.replace(/#.*$/, '').replace(/\/+$/, '');
  const docs = /^https:\/\/github\.com\/[^/]+\/[^/]+$/.test(root) ? `${root}/blob/main/docs` : `${root}/docs`;
  return name.startsWith('language/') ? `${docs}/language.md` : `${docs}/rules/${code}.md`;
}

function helpText({ remedy, sources, summary, why }: RuleInfo): string {
  const parts = [stopped(summary), `Why: ${stopped(why)}`, `What to do: ${stopped(remedy)}`];
  return [...parts, ...(sources.length > 0 ? [`Sources: ${sources.join('; ')}.`] : [])].join('\n\n');
}

function helpMarkdown({ code, remedy, sources, summary, why }: RuleInfo): string {
  const parts = [`# ${code}: ${summary}`, `## Why\n\n${stopped(why)}`, `## What to do\n\n${stopped(remedy)}`];
  return [...parts, ...(sources.length > 0 ? [`## Sources\n\n${sources.map((source) => `- ${source}`).join('\n')}`] : [])].join(
    '\n\n',
  );
}
