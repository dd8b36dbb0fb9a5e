/** How strictly a design is checked: severities from settings and from `policy`, and findings that `waive` accepts for a time. */
import { type Entity, enclosing } from '../model/entity.ts';
import type { Project } from '../model/project.ts';
import type { Severity } from './finding.ts';

export type PolicyInput = Severity | 'off';

export interface Policy {
  /** Severity of a rule's finding, or undefined when the rule is off. */
  severity(code: string, own: Severity): Severity | undefined;
  /** The waiver that accepts a finding on an entity, if there is one. */
  waiver(code: string, entity: Entity): Waiver | undefined;
  readonly waivers: readonly Waiver[];
}

export interface Waiver {
  readonly entity: Entity<'waive'>;
  readonly expired: boolean;
  used: boolean;
}

export function policyOf(project: Project, settings: ReadonlyMap<string, PolicyInput>, today: string | undefined): Policy {
  const { model } = project;
  const levels = new Map(settings);
  for (const policy of model.all('policy')) {
    for (const line of policy.props.severity ?? [])
      if (line.rule !== undefined && line.level !== undefined) levels.set(line.rule.toUpperCase(), line.level);
  }
  const waivers = model.all('waive').map((entity): Waiver & { targets: readonly Entity[] | undefined } => ({
    entity,
    expired: today !== undefined && entity.props.until !== undefined && entity.props.until < today,
    used: false,
    targets: entity.props.on?.flatMap((ref) => [...model.candidates(ref, entity, ['*'])]),
  }));
  const covers = (targets: readonly Entity[] | undefined, entity: Entity): boolean => {
    if (!targets) return true;
    for (let at: Entity | undefined = entity; at; at = at.parent) if (targets.includes(at)) return true;
    return targets.some((target) => target.kind === 'cluster' && enclosing(entity, 'cluster') === target);
  };
  return {
    severity(code, own) {
      const level = levels.get(code);
      return level === 'off' ? undefined : (level ?? own);
    },
    waiver(code, entity) {
      const found = waivers.find(
        (waiver) => waiver.entity.props.finding?.toUpperCase() === code && covers(waiver.targets, entity),
      );
      if (found) found.used = true;
      return found && !found.expired ? found : undefined;
    },
    waivers,
  };
}
