import type { FixRequest } from '../../edit/ops.ts';
import { clusterOf, haOn, pinnedHost, stateOf } from '../../facts/placement.ts';
import { type Entity, is } from '../../model/entity.ts';
import { quoteName } from '../../values/name.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  code: 'CLU014',
  name: 'cluster/must-rule-defeats-ha',
  severity: 'error',
  on: ['vm', 'affinity'],
  summary: 'A must-rule ties an HA VM to one host, so HA cannot start it anywhere else',
  why: 'A must-rule is never broken, not even by HA. A VM that must run on one host stays down when that host fails, whatever its restart priority says, and the design promises an availability that it does not have.',
  remedy:
    'Use a should-rule: the VM runs on its host as long as that is up. If it really depends on the host (a dongle, a card, a local disk), say "ha off" and plan for the outage.',
  sources: ['VMware vSphere 8, Resource Management: VM-host affinity rules', 'Elipse Software, Virtualization Guide'],
  coveredBy: ['USB003'],
  fixable: true,
  check(entity, context) {
    const { model } = context;
    if (is(entity, 'vm')) {
      const { pin } = entity.props;
      if (!pin || pin.strength === 'should') return;
      tell(
        entity,
        entity,
        'pin',
        [{ op: 'set', on: entity, prop: 'pin', text: `should ${quoteName(pinnedHost(entity, model)?.name ?? '')}` }],
        context,
      );
      return;
    }
    if (
      !is(entity, 'affinity') ||
      entity.props.strength === 'should' ||
      model.resolveAll(entity.props.hosts, entity, 'host').length !== 1
    )
      return;
    for (const vm of model.resolveAll(entity.props.vms, entity, 'vm')) {
      if (!vm.props.pin)
        tell(
          vm,
          entity,
          'hosts',
          [{ op: entity.props.strength ? 'replace' : 'set', on: entity, prop: 'strength', text: 'should' }],
          context,
        );
    }
  },
  examples: {
    bad: [
      {
        title: 'Pinned, with HA on',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
vm HISTORIAN in plant {
  pin must esx2
      ^^^^^^^^^
}`,
        fixed: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
vm HISTORIAN in plant {
  pin should esx2
}`,
      },
      {
        title: 'The same by an affinity rule',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
vm ORA in plant
affinity oracle must vms ORA hosts esx3
                                   ^^^^`,
        fixed: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
vm ORA in plant
affinity oracle should vms ORA hosts esx3`,
      },
    ],
    good: [
      {
        title: 'A should-rule: HA may break it',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
vm HISTORIAN in plant { pin should esx2 }`,
      },
      {
        title: 'Pinned, and HA off for this VM',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
vm HISTORIAN in plant { pin must esx2; ha off }`,
      },
      {
        title: 'A must-rule with two hosts leaves HA a choice',
        text: `host esx[1..4] hypervisor esxi 8.0u3
cluster plant hosts esx[1..4] { ha }
vm ORA in plant
affinity oracle must vms ORA hosts esx3, esx4`,
      },
    ],
  },
});

function tell(vm: Entity<'vm'>, at: Entity, prop: string, ops: FixRequest['ops'], { model, report }: RuleContext): void {
  const host = pinnedHost(vm, model);
  const cluster = clusterOf(vm, model);
  if (!host || !cluster || stateOf(cluster, model).hosts.length < 2 || haOn(vm, model) !== true) return;
  report({
    at,
    prop,
    cause: vm,
    message: `${vm.name} must run on ${host.name} and nowhere else, so HA leaves it down when ${host.name} fails. Make it "should", or say "ha off" for the VM if it depends on that host.`,
    fix: { title: 'Make it a should-rule', safety: 'unsafe', ops },
  });
}
