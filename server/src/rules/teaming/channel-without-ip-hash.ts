import { spoken, teamingOf, virtualSwitchesOf } from '../../facts/network.ts';
import { is } from '../../model/entity.ts';
import { andList } from '../../values/words.ts';
import { defineRule, type Report } from '../rule.ts';
import { cabledUplinks, type TeamedEntity, teamedOn, teamingWords } from './shared.ts';

export default defineRule({
  code: 'TEAM002',
  name: 'teaming/channel-without-ip-hash',
  severity: 'error',
  on: ['host'],
  summary: 'Static EtherChannel on the switch, and the team does not balance by IP hash',
  why: 'The switch sends a frame for a VM through any port of the channel. With every other load balancing ESXi expects it on the one uplink that the VM is bound to and drops what comes on the others: some connections work, some do not, and ping proves nothing.',
  remedy:
    'Set `teaming ip-hash` on the switch and its port groups with all uplinks active, or take the switch ports out of the channel.',
  sources: [
    'VMware vSphere 8, Networking: route based on IP hash',
    'VMware vSphere 6.7, Networking: teaming and failover policy',
  ],
  fixable: true,
  check(entity, { model, report, ask }) {
    if (!is(entity, 'host') || entity.props.hypervisor?.product !== 'esxi') return;
    for (const own of virtualSwitchesOf(entity, model)) {
      for (const teamed of teamedOn(own)) {
        const teaming = teamingOf(teamed, entity, model);
        const channel = cabledUplinks(teamed, entity, model).filter(
          ({ port }) => port.lag?.mode === 'static' && (teaming !== 'lacp' || port.lag.modeSaid),
        );
        const [first] = channel;
        if (!first || channel.length < 2 || teaming === 'ip-hash') continue;
        const where = `${andList(channel.map(({ port }) => port.path))} (${entity.name}) form static channel ${first.port.lag?.name ?? ''}`;
        const fix = ordered(teamed)
          ? undefined
          : ({
              title: `Balance ${teamed.name} by IP hash`,
              safety: 'unsafe',
              ops: [{ op: 'set', on: teamed, prop: 'teaming', text: 'ip-hash' }],
            } satisfies Report['fix']);
        if (teaming === undefined) {
          ask({
            at: teamed,
            prop: 'teaming',
            message: `${where}, which needs IP hash on ESXi: does ${spoken(teamed)} balance so? If so, say teaming ip-hash; its default is another.`,
            ...(fix ? { fix } : {}),
          });
          continue;
        }
        report({
          at: teamed,
          prop: 'teaming',
          message: `${where}, and ${spoken(teamed)} uses ${teamingWords[teaming]}: ESXi drops what comes on another uplink than it expects. Balance by IP hash, or take the ports out of the channel.`,
          related: channel.map(({ port }) => ({ at: port.port ?? port.switch, prop: 'lag', message: `Channel of ${port.path}` })),
          ...(fix ? { fix } : {}),
        });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'A channel under the usual load balancing',
        text: `switch sw-a ports 24 {
  port 1..2 lag po1 mode static
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming active-active
                                                  ^^^^^^^^^^^^^
}`,
        fixed: `switch sw-a ports 24 {
  port 1..2 lag po1 mode static
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash
}`,
      },
    ],
    good: [
      {
        title: 'Channel and IP hash',
        text: `switch sw-a ports 24 {
  port 1..2 lag po1 mode static
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash
}`,
      },
      {
        title: 'No channel, no IP hash',
        text: `switch sw-a ports 24
switch sw-b ports 24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 10Gbps port sw-a/1
  nic vmnic1 speed 10Gbps port sw-b/1
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming active-active
}`,
      },
      {
        title: 'The team says nothing: a question',
        text: `switch sw-a ports 24 {
  port 1..2 lag po1
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1
          ^^^^^^^^ hint
}`,
      },
      {
        title: 'A Linux bond of its own kind',
        text: `switch sw-a ports 24 {
  port 1..2 lag po1 mode static
}
host pve1 {
  hypervisor proxmox 8.2
  nic eno[i in 1..2] speed 10Gbps port sw-a/(i)
  vswitch vmbr0 type bridge uplinks eno1, eno2 teaming mac-hash
}`,
      },
    ],
  },
});

/** Whether an order of uplinks is said, which IP hash does not allow (TEAM003). */
const ordered = ({ props }: TeamedEntity): boolean => (props.standby ?? props.unused ?? props.active) !== undefined;
