import { dvswitchMembers, hostOf, portgroupOf, spoken } from '../../facts/network.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { defineRule } from '../rule.ts';
import type { TeamedEntity } from './shared.ts';

const orders = ['standby', 'unused', 'active'] as const;

export default defineRule({
  code: 'TEAM003',
  name: 'teaming/ip-hash-standby',
  severity: 'error',
  on: ['vswitch', 'dvswitch', 'portgroup', 'vmkernel'],
  summary: 'IP hash with uplinks that are standby or unused',
  why: 'The switch spreads what it sends over all ports of the channel, also over those that ESXi has set aside. Frames that arrive on a standby or unused uplink are dropped, so a part of all connections fails.',
  remedy: 'Make all uplinks active on the switch and on every port group that inherits IP hash from it.',
  sources: [
    'VMware vSphere 8, Networking: route based on IP hash',
    'VMware vSphere 6.7, Networking: teaming and failover policy',
  ],
  fixable: true,
  check(entity, { model, report }) {
    if (!teamed(entity)) return;
    const layers = layersOf(entity, model);
    const [on] = layers.slice(-1);
    if (!on || (!is(on, 'vswitch') && !is(on, 'dvswitch')) || productOf(on, model) !== 'esxi') return;
    if (layers.find(({ props }) => props.teaming)?.props.teaming !== 'ip-hash') return;
    const { active, standby, unused } = entity.props;
    const all = on.props.uplinks?.length ?? 0;
    const aside = standby?.length || unused?.length || (active && active.length < all ? active.length : 0);
    if (!aside) return;
    const prop = standby ? 'standby' : unused ? 'unused' : 'active';
    report({
      prop,
      message: `${spoken(entity)} balances by IP hash and ${prop === 'active' ? 'uses only a part of the uplinks' : `has ${prop} uplinks`}: what the channel sends to the others is lost. Make all uplinks of ${on.name} active.`,
      ...(layers[0] === on || entity.props.teaming
        ? {}
        : { related: [{ at: on, prop: 'teaming', message: 'IP hash comes from here' }] }),
      fix: {
        title: `Make all uplinks of ${entity.name} active`,
        safety: 'unsafe',
        ops: orders.flatMap((order) => (entity.props[order] ? [{ op: 'remove' as const, on: entity, prop: order }] : [])),
      },
    });
  },
  examples: {
    bad: [
      {
        title: 'Half of a channel on standby',
        text: `host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash active vmnic0 standby vmnic1
                                                                                ^^^^^^
}`,
        fixed: `host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash
}`,
      },
      {
        title: 'A port group with an order of its own',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash {
    portgroup "Plant" on plant active vmnic1 standby vmnic0
                                                     ^^^^^^
  }
}`,
        fixed: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash {
    portgroup "Plant" on plant
  }
}`,
      },
    ],
    good: [
      {
        title: 'All uplinks active',
        text: `host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash active vmnic0, vmnic1
}`,
      },
      {
        title: 'Standby under another load balancing',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming explicit {
    portgroup "Plant" on plant active vmnic1 standby vmnic0
  }
}`,
      },
    ],
  },
});

const teamed = (entity: Entity): entity is TeamedEntity =>
  is(entity, 'vswitch') || is(entity, 'dvswitch') || is(entity, 'portgroup') || is(entity, 'vmkernel');

/** An entity and what it inherits its teaming from, the switch last. */
function layersOf(entity: TeamedEntity, model: Model): readonly TeamedEntity[] {
  if (is(entity, 'vswitch') || is(entity, 'dvswitch')) return [entity];
  const above = is(entity, 'vmkernel') ? portgroupOf(entity, model) : undefined;
  const on = (above ?? entity).parent;
  return [entity, ...(above ? [above] : []), ...(on && teamed(on) ? [on] : [])];
}

function productOf(on: Entity<'vswitch'> | Entity<'dvswitch'>, model: Model): string | undefined {
  const host = is(on, 'dvswitch') ? dvswitchMembers(on, model)[0] : hostOf(on);
  return host?.props.hypervisor?.product;
}
