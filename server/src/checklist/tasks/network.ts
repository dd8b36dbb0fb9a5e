/** Network outside of the hosts: VLANs, switch ports, stacks, routers, names; the virtual side is in virtualNetwork.ts. */
import { addressesOf, carries, networkOf, portAt, type SwitchPort } from '../../facts/network.ts';
import { childrenOf, descendantsOf, type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { formatVlanSet } from '../../values/vlan.ts';
import { alike } from '../alike.ts';
import { vlansNeeded } from '../derive/cables.ts';
import { addressText, byName, called, collator, hubAddress, name, rate } from '../show.ts';
import { defineTask } from '../task.ts';
import { code, codes, joined, nothing, only, portList, say, type Text } from '../text.ts';

// ── VLANs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Switches that have to know a VLAN: by their settings, or by what is cabled to them. */
function switchesWith(vlan: number, model: Model): readonly string[] {
  const found = new Set<string>();
  for (const device of model.all('switch')) {
    const ports = childrenOf(device, 'port').map((port) => portAt({ ref: [device.name, port.name] }, model));
    const trunk = portAt({ ref: [device.name, '*'] }, model);
    if ([...ports, trunk].some((port) => port !== undefined && ['tagged', 'untagged'].includes(carries(port, vlan) ?? '')))
      found.add(device.name);
  }
  for (const host of model.all('host')) {
    for (const nic of childrenOf(host, 'nic'))
      if (vlansNeeded(nic, host, model).includes(vlan)) found.add(nic.props.port?.ref[0] ?? '');
  }
  found.delete('');
  return [...found].sort(collator.compare);
}

const purposeWords: Readonly<Record<string, string>> = {
  vmotion: 'live migration',
  'ft-logging': 'FT logging',
  iscsi: 'iSCSI',
  nfs: 'NFS',
  smb: 'SMB',
  vsan: 'hyper-converged storage',
};

export const vlans = defineTask({
  id: 'network/vlan',
  phase: 'network',
  title: 'VLANs and subnets',
  role: 'network engineer',
  record: 'VLAN list and routing table of the switches',
  expected: 'the VLAN shows on the switches of the row and on no others; the gateway answers.',
  intro: 'Create each VLAN on the switches of its row, on the trunks between them too. A network without gateway is not routed.',
  columns: ['VLAN', 'Network', 'For', 'Subnet', 'Gateway', 'MTU', 'Zone', 'On switches'],
  closes: ['NET023', 'ADR005', 'ADR007'],
  *items(model) {
    for (const network of [...model.all('network')].sort(
      (a, b) => (a.props.vlan ?? 4096) - (b.props.vlan ?? 4096) || byName(a, b),
    )) {
      const { vlan, purpose, subnet, gateway, mtu, zone } = network.props;
      const use = purpose === undefined ? undefined : (purposeWords[purpose] ?? purpose);
      const on = vlan === undefined || vlan === 0 ? [] : switchesWith(vlan, model);
      yield {
        subject: network,
        prop: 'vlan',
        what: [
          only(vlan === 0 ? 'untagged' : vlan),
          called(network, model),
          only(use),
          [code(subnet)],
          gateway === undefined ? ['none'] : [code(gateway)],
          only(mtu ?? 1500),
          zone === undefined ? nothing : [zone],
          vlan === 0 ? nothing : codes(on),
        ],
      };
    }
  },
});

// ── switch ports ──────────────────────────────────────────────────────────────────────────────────────────────────────

interface UsedPort {
  readonly port: SwitchPort;
  readonly settings: readonly Text[];
}

/** Ports of a switch that the design sets or uses, in order. */
function portsOf(device: Entity<'switch'>, model: Model): readonly UsedPort[] {
  const users = new Map<string, { readonly entity: Entity; readonly vlans: readonly number[] }>();
  const add = (entity: Entity<'nic'> | Entity<'port'> | Entity<'router'>, vlansOf: readonly number[]): void => {
    const [owner, port] = entity.props.port?.ref ?? [];
    if (owner === device.name && port !== undefined) users.set(port, { entity, vlans: vlansOf });
  };
  for (const host of model.all('host')) for (const nic of childrenOf(host, 'nic')) add(nic, vlansNeeded(nic, host, model));
  for (const owner of [...model.all('physical'), ...model.all('usbhub')])
    for (const nic of childrenOf(owner, 'nic')) add(nic, []);
  for (const array of model.all('array')) for (const port of descendantsOf(array, 'port')) add(port, []);
  for (const router of model.all('router')) add(router, []);
  const names = new Set([...childrenOf(device, 'port').map((port) => port.name), ...users.keys()]);
  return [...names].sort(collator.compare).flatMap((each): UsedPort[] => {
    const port = portAt({ ref: [device.name, each] }, model);
    const user = users.get(each);
    return port
      ? [
          {
            port,
            settings: settingsOf(
              port,
              user?.vlans ?? [],
              user && !is(user.entity.parent, 'host') ? networkOf(user.entity, model)?.props.vlan : undefined,
            ),
          },
        ]
      : [];
  });
}

/** The design says nothing of the port: its VLANs are taken from what is cabled to it. */
const open = ' (not said; from what is cabled to it)';

/** @param needed VLANs that have to arrive tagged; @param untagged the one that has to arrive without a tag */
function settingsOf(port: SwitchPort, needed: readonly number[], untagged: number | undefined): readonly Text[] {
  const tagged = needed.filter((vlan) => vlan > 0 && vlan < 4095);
  const mode =
    port.access !== undefined
      ? say`access, VLAN ${port.access}`
      : port.trunk
        ? say`trunk, VLANs ${formatVlanSet(port.trunk)}${port.native === undefined ? '' : `, native ${port.native}`}`
        : tagged.length > 0
          ? say`trunk, VLANs ${tagged.join(', ')}${open}`
          : untagged !== undefined && untagged > 0
            ? say`access, VLAN ${untagged}${open}`
            : say`mode and VLAN ${undefined}`;
  return [
    mode,
    ...(port.lag ? [say`channel ${code(port.lag.name)}, ${port.lag.mode === 'lacp' ? 'LACP active' : 'static (mode on)'}`] : []),
    ...(port.mtu === undefined ? [] : [say`MTU ${port.mtu}`]),
    ...(port.speed === undefined ? [] : [say`${rate(port.speed)}`]),
    ...(port.edge === undefined ? [] : [port.edge ? say`edge port` : say`no edge port`]),
  ];
}

const switchPorts = defineTask({
  id: 'network/switch-ports',
  phase: 'network',
  title: 'Switch ports',
  role: 'network engineer',
  record: 'configuration of the switch, saved',
  expected: 'the settings of the switch are these, line by line.',
  closes: ['NET021', 'NET022', 'NET025', 'TEAM001', 'TEAM002'],
  *items(model) {
    for (const device of model.all('switch')) {
      const groups = alike(portsOf(device, model), (used) => used.settings);
      if (groups.length === 0) continue;
      yield {
        subject: device,
        part: 'ports',
        what: say`Set the ports of ${called(device, model)}, describe each with the name of what is cabled to it, and shut down the rest.`,
        detail: groups.map(
          ({ first, members }) => say`${portList(members.map(({ port }) => port.name))}: ${joined(first.settings)}`,
        ),
      };
    }
  },
});

export const stacks = defineTask({
  id: 'network/stack',
  phase: 'network',
  title: 'Stacks and MLAG pairs',
  role: 'network engineer',
  record: 'state of the stack, member numbers, master',
  closes: ['TEAM005'],
  *items(model) {
    for (const stack of model.all('stack')) {
      const members = model.resolveAll(stack.props.members, stack, 'switch').map((device) => device.name);
      const mlag = stack.props.type === 'mlag';
      yield {
        subject: stack,
        what: say`Form ${called(stack, model)} of ${codes(members)}, as ${mlag ? 'an MLAG pair' : stack.props.type === 'stack' ? 'a stack' : say`${undefined} (stack or MLAG pair)`}; priorities such that ${code(members[0])} leads.`,
        expected: mlag
          ? say`Peer link up, both members active, the same VLANs on both.`
          : say`All members ready with the same release; an update restarts them ${undefined} (one by one, or all at once).`,
      };
    }
  },
});

export const routers = defineTask({
  id: 'network/router',
  phase: 'network',
  title: 'Routers and firewalls',
  role: 'network engineer',
  record: 'rule set with the owner of each rule, saved off the device',
  expected: 'a scan from each side finds what the list allows, and nothing else.',
  closes: ['SEC002', 'SEC005'],
  *items(model) {
    for (const router of model.all('router')) {
      const networks = model.resolveAll(router.props.connects, router, 'network');
      const partner = model.resolve(router.props.partner, router, 'router');
      yield {
        subject: router,
        prop: 'connects',
        what: say`Set up ${called(router, model)} between ${codes(networks.map((network) => network.name))}${partner ? say`, as one of a pair with ${code(partner.name)}` : ''}.`,
        detail: [
          ...networks.map(
            (network) =>
              say`${code(network.name)}: gateway ${code(network.props.gateway)}${network.props.zone === undefined ? '' : `, zone ${network.props.zone}`}`,
          ),
          say`Everything is refused but what this list allows (from, to, port, why): ${undefined}`,
          ...(partner ? [say`Switch over to ${code(partner.name)} and back: sessions continue`] : []),
        ],
      };
    }
  },
});

// ── names ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Named {
  readonly subject: Entity;
  readonly device: Entity;
  readonly address: string | undefined;
}

/** Addresses of VMs, computers, switches, storage and hubs; hosts have theirs with the hypervisor. */
function namedAddresses(model: Model): readonly Named[] {
  const of = (subject: Entity, device: Entity): readonly Named[] =>
    addressesOf(subject, model).map(() => ({ subject, device, address: addressText(subject, model) }));
  return [
    ...model.all('vm').flatMap((vm) => childrenOf(vm, 'nic').flatMap((nic) => of(nic, vm))),
    ...model
      .all('physical')
      .flatMap((machine) => [...of(machine, machine), ...childrenOf(machine, 'nic').flatMap((nic) => of(nic, machine))]),
    ...model.all('switch').flatMap((device) => of(device, device)),
    ...model.all('array').flatMap((array) => childrenOf(array, 'controller').flatMap((controller) => of(controller, controller))),
    ...model
      .all('usbhub')
      .flatMap((hub) => (hub.props.address ? [{ subject: hub, device: hub, address: hubAddress(hub, model) }] : [])),
  ];
}

const addressNames = defineTask({
  id: 'network/names',
  phase: 'network',
  title: 'Addresses and names',
  role: 'network engineer',
  record: 'export of the zone; every address answers to its name and back',
  expected: 'nothing else had the address; name and address lead to each other.',
  intro:
    'Reserve the addresses and enter A and PTR records. Nothing else answers on them yet: ping each before it is given away, and ask for it with nslookup both ways after that.',
  columns: ['Device', 'Address', 'Network', 'MAC'],
  blanks: ['Name in DNS'],
  closes: ['ADR001', 'ADR002', 'ADR004'],
  *items(model) {
    for (const { subject, device, address } of namedAddresses(model)) {
      const use = addressesOf(subject, model)[0];
      const mac = is(subject, 'nic') ? (subject.props.mac === undefined ? nothing : [code(subject.props.mac)]) : nothing;
      yield {
        subject,
        prop: 'address',
        what: [
          is(subject, 'nic') ? [name(subject)] : called(device, model),
          [code(address)],
          only(code(use?.network?.name)),
          mac,
        ],
      };
    }
  },
});

export const physicalNetwork = [vlans, switchPorts, stacks, routers, addressNames];
