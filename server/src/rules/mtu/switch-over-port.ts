import { type SwitchPort, spoken, switchPortOf, virtualSwitchesOf } from '../../facts/network.ts';
import { descendantsOf, type Entity, is } from '../../model/entity.ts';
import { andList } from '../../values/words.ts';
import { defineRule, type Report, type RuleContext } from '../rule.ts';

export default defineRule({
  code: 'MTU002',
  name: 'mtu/switch-over-port',
  severity: 'error',
  on: ['host', 'array'],
  summary: 'MTU of a virtual switch or storage port is larger than that of its switch port',
  why: 'Jumbo frames have to fit through everything on their way. A physical switch that is left at 1500 drops them without a word: small packets pass, so the link looks well, and disk traffic hangs or crawls.',
  remedy:
    'Raise the MTU of the physical switch (to 9216 as a rule, which leaves room for headers), or lower that of the virtual switch and its adapters.',
  sources: ['VMware vSphere 6.5, Storage: jumbo frames with iSCSI', 'VMware, "Jumbo Frames in vSphere 4.0" (2010)'],
  fixable: true,
  check(entity, context) {
    if (is(entity, 'host'))
      for (const { entity: on, uplinks } of virtualSwitchesOf(entity, context.model))
        compare(on, on.props.mtu, uplinks, entity.name, context);
    else if (is(entity, 'array'))
      for (const port of descendantsOf(entity, 'port'))
        compare(port, port.props.mtu ?? entity.props.mtu, [port], entity.name, context);
  },
  examples: {
    bad: [
      {
        title: 'The physical switch was left at its default',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

switch sw-a ports 24 mtu 1500

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps port sw-a/1
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 { vmkernel vmk3 on san services iscsi address san.host(11) }
                                      ^^^^
}`,
        fixed: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

switch sw-a ports 24 mtu 9216

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps port sw-a/1
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 { vmkernel vmk3 on san services iscsi address san.host(11) }
}`,
      },
      {
        title: 'The port of the array',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

switch sw-a ports 24 mtu 9216 { port 24 mtu 1500 }

array san-1 {
  controller A { port p0 speed 10Gbps address san.host(2) port sw-a/24 mtu 9000 }
                                                                           ^^^^
}`,
        fixed: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

switch sw-a ports 24 mtu 9216 { port 24 mtu 9216 }

array san-1 {
  controller A { port p0 speed 10Gbps address san.host(2) port sw-a/24 mtu 9000 }
}`,
      },
    ],
    good: [
      {
        title: 'The switch passes more than the hosts send',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

switch sw-a ports 24 mtu 9216

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps port sw-a/1
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 { vmkernel vmk3 on san services iscsi address san.host(11) }
}`,
      },
      {
        title: 'The physical switch does not say: a question',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24 mtu 9000

switch sw-a ports 24
       ^^^^ hint

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps port sw-a/1
  vswitch vSwitch2 uplinks vmnic2 mtu 9000 { vmkernel vmk3 on san services iscsi address san.host(11) }
}`,
      },
      {
        title: 'Ordinary frames need no word on MTU',
        text: `switch sw-a ports 24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 1Gbps port sw-a/1
  vswitch vSwitch0 uplinks vmnic0
}`,
      },
    ],
  },
});

type Cabled = Entity<'nic'> | Entity<'port'>;

/** One end that sends frames of a size, against the switch ports that it is cabled to. */
function compare(
  at: Entity,
  mtu: number | undefined,
  ends: readonly Cabled[],
  owner: string,
  { model, report, ask }: RuleContext,
): void {
  if (mtu === undefined) return;
  const ports = ends.flatMap((end) => switchPortOf(end, model) ?? []);
  for (const port of ports) {
    if (port.mtu === undefined && mtu > 1500)
      ask({
        at: port.switch,
        prop: 'mtu',
        message: `Frames of ${mtu} bytes go through ${port.switch.name} (from ${spoken(at)}): which MTU has it? Many switches drop them unless they are told otherwise.`,
        fix: {
          title: `Set the MTU of ${port.switch.name} to ${roomy(mtu)}`,
          safety: 'unsafe',
          ops: [{ op: 'set', on: port.switch, prop: 'mtu', text: String(roomy(mtu)) }],
        },
      });
  }
  const small = ports.filter((port) => port.mtu !== undefined && port.mtu < mtu);
  if (small.length === 0) return;
  const least = Math.min(...small.map((port) => port.mtu ?? mtu));
  const what = at.unit.root.name === owner ? spoken(at) : `${spoken(at)} (on ${owner})`;
  report({
    at,
    prop: 'mtu',
    message: `${what} has an MTU of ${mtu}, and ${andList(small.map((port) => port.path))} ${small.length === 1 ? 'passes' : 'pass'} only ${least}: larger frames are dropped there. Set ${small.length === 1 ? 'it' : 'them'} to ${roomy(mtu)}.`,
    related: small.map((port) => ({ at: sayer(port), prop: 'mtu', message: `MTU of ${port.path}` })),
    fix: {
      title: `Set the MTU of ${andList([...new Set(small.map((port) => (sayer(port) === port.switch ? port.switch.name : port.path)))])} to ${roomy(mtu)}`,
      safety: 'unsafe',
      ops: small.map((port) => raise(port, mtu)),
    },
  });
}

/** Where the MTU of a port is said. */
const sayer = (port: SwitchPort): Entity => (port.port?.props.mtu === undefined ? port.switch : port.port);

const raise = (port: SwitchPort, mtu: number): NonNullable<Report['fix']>['ops'][number] => ({
  op: 'set',
  on: sayer(port),
  prop: 'mtu',
  text: String(roomy(mtu)),
});

/** What switches are usually set to for jumbo frames. */
const roomy = (mtu: number): number => (mtu > 1500 && mtu <= 9000 ? 9216 : mtu);
