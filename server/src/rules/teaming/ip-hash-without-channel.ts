import { spoken, virtualSwitchesOf } from '../../facts/network.ts';
import { is } from '../../model/entity.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';
import { type Cabled, cabledUplinks, teamedOn } from './shared.ts';

export default defineRule({
  code: 'TEAM001',
  name: 'teaming/ip-hash-without-channel',
  severity: 'error',
  on: ['host'],
  summary: 'IP hash without one static EtherChannel on the switch side',
  why: 'With IP hash one VM sends through several uplinks. A switch that does not treat their ports as one channel sees the same MAC address jump between ports: it learns and forgets in turns, and connections stall or break. A standard switch speaks no LACP, so the channel has to be static.',
  remedy:
    'Put the switch ports of all uplinks into one static link aggregation group (`lag po1 mode static`), or choose a load balancing that needs nothing of the switch, such as `active-active`.',
  sources: [
    'VMware vSphere 8, Networking: route based on IP hash',
    'VMware vSphere 6.7, Networking: teaming and failover policy',
  ],
  fixable: true,
  check(entity, { model, report, ask }) {
    if (!is(entity, 'host') || entity.props.hypervisor?.product !== 'esxi') return;
    for (const own of virtualSwitchesOf(entity, model)) {
      for (const teamed of teamedOn(own)) {
        const cabled = teamed.props.teaming === 'ip-hash' ? cabledUplinks(teamed, entity, model) : [];
        if (cabled.length < 2) continue;
        const what = `${spoken(teamed)} balances by IP hash`;
        const related = cabled.map(({ port }) => ({
          at: port.port ?? port.switch,
          prop: 'lag',
          message: `${port.path}${port.lag ? ` is in channel ${port.lag.name} (${port.lag.mode === 'lacp' ? 'LACP' : 'static'})` : ' is in no channel'}`,
        }));
        const outside = cabled.filter(({ port }) => !port.lag);
        if (outside.length === cabled.length) {
          ask({
            at: teamed,
            prop: 'teaming',
            message: `${what}: are ${paths(cabled)} one static channel on the switch? Say so at the ports, for example: lag po1 mode static.`,
          });
          continue;
        }
        const names = new Set(cabled.map(({ port }) => port.lag?.name));
        const negotiated = cabled.filter(({ port }) => port.lag?.mode === 'lacp');
        const fault =
          outside.length > 0
            ? `${paths(outside)} ${outside.length === 1 ? 'is' : 'are'} in no channel`
            : names.size > 1
              ? `${paths(cabled)} are in ${names.size} different channels`
              : negotiated.length > 0
                ? `${paths(negotiated)} negotiate${negotiated.length === 1 ? 's' : ''} the channel by LACP`
                : undefined;
        if (!fault) continue;
        const unbundle = outside.length === 0 && names.size === 1;
        report({
          at: teamed,
          prop: 'teaming',
          message: `${what}, and ${fault}: addresses jump between the ports and connections break. ${unbundle ? 'Make the channel static.' : 'Put all of these ports into one static channel.'}`,
          related,
          ...(unbundle
            ? {
                fix: {
                  title: `Make channel ${[...names][0] ?? ''} static`,
                  safety: 'unsafe' as const,
                  ops: negotiated.flatMap(({ port }) =>
                    port.port ? [{ op: 'replace' as const, on: port.port, prop: 'lag.mode', text: 'static' }] : [],
                  ),
                },
              }
            : {}),
        });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'LACP on the switch, IP hash on a standard switch',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

switch sw-a ports 24 {
  port 1..2 lag po1 mode lacp
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash { portgroup "Plant" on plant }
                                                  ^^^^^^^
}`,
        fixed: `network plant purpose production vlan 100 subnet 10.4.100.0/22

switch sw-a ports 24 {
  port 1..2 lag po1 mode static
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash { portgroup "Plant" on plant }
}`,
      },
      {
        title: 'One of the two ports is not in the channel',
        text: `switch sw-a ports 24 {
  port 1 lag po1 mode static
  port 2 edge
}
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash
                                                  ^^^^^^^
}`,
      },
    ],
    good: [
      {
        title: 'One static channel over a stack',
        text: `switch sw-a ports 24 { port 1 lag po1 mode static }
switch sw-b ports 24 { port 1 lag po1 mode static }
stack core members sw-a, sw-b

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 10Gbps port sw-a/1
  nic vmnic1 speed 10Gbps port sw-b/1
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash
}`,
      },
      {
        title: 'The switch side is not written down yet: a question',
        text: `switch sw-a ports 24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[i in 0..1] speed 10Gbps port sw-a/(i + 1)
  vswitch vSwitch1 uplinks vmnic0, vmnic1 teaming ip-hash
                                                  ^^^^^^^ hint
}`,
      },
    ],
  },
});

const paths = (cabled: readonly Cabled[]): string => andList(cabled.map(({ port }) => port.path));
