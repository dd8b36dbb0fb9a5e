import type { Entity } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'NET023',
  name: 'network/vlan-out-of-range',
  severity: 'error',
  on: ['network', 'portgroup', 'vmkernel'],
  summary: 'VLAN id outside of 0 to 4094',
  why: 'The VLAN tag of IEEE 802.1Q has twelve bits, and 4095 is reserved: a switch refuses such an id. Only a port group of a vSphere standard switch gives 4095 a meaning (all tags are passed to the guest).',
  remedy: 'Use an id from 1 to 4094, or 0 for untagged traffic.',
  sources: ['IEEE 802.1Q', 'Lintel rule catalogue, NET023'],
  check(entity, { report }) {
    const { vlan } = entity.props;
    if (vlan === undefined || vlan <= 4094 || (vlan === 4095 && entity.kind === 'portgroup')) return;
    report({
      prop: 'vlan',
      message: `VLAN ${vlan} of ${describe(entity)} does not exist: the id goes from 1 to 4094 (0 for untagged). Correct the id.`,
    });
  },
  examples: {
    bad: [
      {
        title: 'An id that no switch takes',
        text: 'network plant purpose production vlan 5000\n                                      ^^^^',
      },
    ],
    good: [
      { title: 'An ordinary id', text: 'network plant purpose production vlan 100' },
      { title: 'Guest tagging', text: 'host esx1 {\n  vswitch vSwitch0 {\n    portgroup "Trunk" vlan 4095\n  }\n}' },
    ],
  },
});

const describe = (entity: Entity): string => `${entity.kind} ${entity.name}`;
