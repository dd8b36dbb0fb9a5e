/** Network inside of the hosts: virtual switches, port groups, adapters of the hosts, and the tests that frames get through. */
import {
  mtuOf,
  networkOf,
  portgroupOf,
  teamingOf,
  uplinksOf,
  type VirtualSwitch,
  virtualSwitchesOf,
  vmkernelsFor,
  vmkernelsOf,
} from '../../facts/network.ts';
import { descendantsOf, type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { type AlikeHosts, alikeHosts, forAll, them } from '../alike.ts';
import { adapterCommand, type Frame, framesCommand } from '../commands/adapter.ts';
import { dvswitchCommand, portgroupCommand, vswitchCommand } from '../commands/vswitch.ts';
import { tagOf, tagText } from '../derive/tagging.ts';
import { addressText, collator, ipOf, name, productOfHost } from '../show.ts';
import { type Draft, defineTask } from '../task.ts';
import { code, codes, only, say, type Text } from '../text.ts';

type Host = Entity<'host'>;

const nicNames = (nics: readonly Entity<'nic'>[]): Text => codes(nics.map((nic) => nic.name));

const teamingWords: Readonly<Record<string, string>> = {
  'active-active': 'all uplinks active, by virtual port',
  'active-standby': 'active and standby',
  'ip-hash': 'by IP hash',
  'mac-hash': 'by MAC address',
  'load-based': 'by load',
  explicit: 'explicit failover order',
  'switch-embedded': 'switch-embedded (SET)',
  lacp: 'LACP',
};

/** What has to be the same on two hosts for their switches to be one item. */
const switchSignature = (own: VirtualSwitch): unknown => [own.entity.props, own.uplinks.map((nic) => nic.name)];

/** Virtual switches by name, over hosts that have them alike. */
function* switchGroups(model: Model): Iterable<{ readonly group: AlikeHosts; readonly own: VirtualSwitch }> {
  const own = (host: Host): readonly VirtualSwitch[] =>
    virtualSwitchesOf(host, model).filter((each) => each.entity.unit === host.unit);
  const switchNames = [...new Set(model.all('host').flatMap((host) => own(host).map((each) => each.entity.name)))].sort(
    collator.compare,
  );
  for (const each of switchNames) {
    const has = (host: Host): VirtualSwitch | undefined => own(host).find((candidate) => candidate.entity.name === each);
    const hosts = model.all('host').filter((host) => has(host) !== undefined);
    for (const group of alikeHosts(model, (host) => has(host) && switchSignature(has(host) as VirtualSwitch), hosts)) {
      const first = has(group.first);
      if (first) yield { group, own: first };
    }
  }
}

const policyText = (security: Entity<'vswitch'>['props']['security']): readonly Text[] =>
  security
    ? [
        say`Security: promiscuous mode ${security.promiscuous}, forged transmits ${security['forged-transmits']}, MAC changes ${security['mac-changes']}`,
      ]
    : [];

export const vswitches = defineTask({
  id: 'network/vswitch',
  phase: 'network',
  title: 'Virtual switches',
  role: 'virtualization engineer',
  record: 'screenshot of the switch on each host',
  expected: 'all uplinks show link, in the order of the design.',
  intro: 'The same on every host that is ticked: names, uplinks, order.',
  closes: ['NET007', 'NET016', 'TEAM001', 'TEAM003', 'TEAM007'],
  *items(model) {
    for (const { group, own } of switchGroups(model)) {
      const device = own.entity as Entity<'vswitch'>;
      const { active, standby, unused, known } = uplinksOf(device, group.first, model);
      const teaming = teamingOf(device, group.first, model);
      const isolated = device.props.type === 'internal' || device.props.type === 'private';
      yield {
        ...forAll(group),
        subject: device,
        part: device.name,
        prop: 'uplinks',
        what: isolated
          ? say`Build ${code(device.name)} (${device.props.type}, no uplinks) on ${them(group.members)}.`
          : say`Build ${code(device.name)} on ${them(group.members)}, uplinks ${nicNames(own.uplinks)}.`,
        detail: [
          ...(isolated || own.uplinks.length < 2
            ? []
            : [
                say`Teaming: ${teaming === undefined ? undefined : (teamingWords[teaming] ?? teaming)}${known && standby.length > 0 ? say`; active ${nicNames(active)}, standby ${nicNames(standby)}` : ''}`,
              ]),
          ...(unused.length > 0 ? [say`Not used: ${nicNames(unused)}`] : []),
          ...(isolated ? [] : [say`MTU ${device.props.mtu ?? 1500}`]),
          ...(device.props['failure-detection'] === undefined
            ? []
            : [say`Failure detection: ${device.props['failure-detection'] === 'link' ? 'link state' : 'beacon probing'}`]),
          ...policyText(device.props.security),
        ],
        commands: vswitchCommand(device, own, group.members, uplinksOf(device, group.first, model), teaming, model),
      };
    }
  },
});

export const dvswitches = defineTask({
  id: 'network/dvswitch',
  phase: 'network',
  title: 'Distributed switches',
  role: 'virtualization engineer',
  record: 'export of the switch configuration',
  expected: 'all hosts joined, none out of sync.',
  closes: ['NET018', 'TEAM008'],
  *items(model) {
    for (const device of model.all('dvswitch')) {
      const hosts = model.resolveAll(device.props.hosts, device, 'host');
      const uplinks = (device.props.uplinks ?? []).map((ref) => ref.ref.at(-1) ?? '');
      yield {
        subject: device,
        what: say`Create ${code(device.name)} (version ${device.props.release}) and join the hosts with uplinks ${codes(uplinks)}; the management adapter moves last, one uplink at a time.`,
        members: hosts.map((host) => host.name),
        detail: [
          say`Teaming: ${device.props.teaming === undefined ? undefined : (teamingWords[device.props.teaming] ?? device.props.teaming)}; MTU ${device.props.mtu ?? 1500}; Network I/O Control ${device.props.nioc === undefined ? undefined : device.props.nioc ? 'on' : 'off'}`,
          ...policyText(device.props.security),
        ],
        commands: dvswitchCommand(device, hosts, uplinks.length, model),
      };
    }
  },
});

// ── port groups ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Port groups by label, each with the hosts that have it in the same way. */
function* portgroupItems(model: Model): Iterable<Draft> {
  const labels = [...new Set(model.all('portgroup').map((group) => group.name))].sort(collator.compare);
  for (const label of labels) {
    const all = model.all('portgroup').filter((group) => group.name === label);
    for (const shared of all.filter((group) => group.parent?.kind === 'dvswitch')) yield portgroupItem(shared, undefined, model);
    const of = (host: Host): Entity<'portgroup'> | undefined => all.find((group) => group.unit === host.unit);
    const hosts = model.all('host').filter((host) => of(host) !== undefined);
    for (const alikeOnes of alikeHosts(model, (host) => [of(host)?.props, of(host)?.parent?.name], hosts)) {
      const group = of(alikeOnes.first);
      if (group) yield portgroupItem(group, alikeOnes, model);
    }
  }
}

function portgroupItem(group: Entity<'portgroup'>, alikeOnes: AlikeHosts | undefined, model: Model): Draft {
  const host = alikeOnes?.first;
  const network = networkOf(group, model);
  const own = host && uplinksOf(group, host, model);
  const order =
    own?.known && (group.props.active ?? group.props.standby ?? group.props.unused)
      ? [
          say`Active ${nicNames(own.active)}${own.standby.length > 0 ? say`, standby ${nicNames(own.standby)}` : ''}${own.unused.length > 0 ? say`, unused ${nicNames(own.unused)}` : ''}`,
        ]
      : [];
  return {
    ...(alikeOnes ? forAll(alikeOnes) : {}),
    subject: group,
    part: `${group.parent?.kind === 'dvswitch' ? idOf(group.parent) : ''}${group.name}`,
    prop: 'on',
    what: say`Make port group ${code(group.name)} on ${code(group.parent?.name)}${alikeOnes ? say` of ${them(alikeOnes.members)}` : ''}: ${tagText(group, model)}, network ${code(network?.name)}.`,
    detail: [
      ...order,
      ...policyText(group.props.security),
      ...(host?.props.hypervisor?.product === 'hyperv'
        ? [say`Hyper-V has no port groups: the VLAN is set on the adapter of each VM`]
        : []),
    ],
    expected: say`VMs on it reach ${network?.props.gateway === undefined ? say`each other in network ${code(network?.name)}` : say`the gateway ${code(network.props.gateway)} of network ${code(network.name)}`}.`,
    commands: portgroupCommand(group, tagOf(group, model), own, alikeOnes?.members ?? [], model),
  };
}

export const portgroups = defineTask({
  id: 'network/portgroup',
  phase: 'network',
  title: 'Port groups',
  role: 'virtualization engineer',
  record: 'list of port groups with their VLANs, from all hosts',
  intro: 'One label, letter by letter, on all hosts: a VM that moves looks for it.',
  closes: ['NET016', 'NET017', 'NET034'],
  items: portgroupItems,
});

// ── adapters ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const adapters = defineTask({
  id: 'network/adapter',
  phase: 'network',
  title: 'Adapters of the hosts',
  role: 'virtualization engineer',
  record: 'list of adapters of each host with address, services and MTU',
  expected: 'the adapter answers from the other hosts of its network.',
  intro:
    'VMkernel adapters on ESXi (each with a port group called like its network), virtual adapters of the parent partition on Hyper-V, addresses of bridges elsewhere. On ESXi the management adapter has been set with the hypervisor.',
  columns: ['Adapter', 'On', 'Address', 'VLAN', 'MTU', 'Carries', 'Uplinks'],
  closes: ['NET001', 'NET002', 'NET003', 'NET005', 'ADR001'],
  *items(model) {
    for (const host of model.all('host')) {
      const [management] = vmkernelsFor(host, 'management');
      for (const adapter of vmkernelsOf(host)) {
        // On ESXi it is there from the start, and has been set with the hypervisor.
        if (adapter === management && productOfHost(host) === 'esxi') continue;
        const own = uplinksOf(adapter, host, model);
        const device = is(adapter.parent, 'vswitch') ? adapter.parent : portgroupOf(adapter, model);
        const uplinks = own.known
          ? say`${nicNames(own.active)}${own.standby.length > 0 ? say`, standby ${nicNames(own.standby)}` : ''}`
          : only(undefined);
        yield {
          subject: adapter,
          prop: 'address',
          what: [
            [name(adapter)],
            only(code(device?.name)),
            [code(addressText(adapter, model))],
            only(tagText(adapter, model)),
            only(mtuOf(adapter, model) ?? 1500),
            only(adapter.props.services?.join(', ')),
            uplinks,
          ],
          commands: adapterCommand(adapter, host, tagOf(adapter, model), mtuOf(adapter, model), model),
        };
      }
    }
  },
});

// ── frames ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** For each network: who has an adapter in it, and whom he has to reach. */
function framesIn(network: Entity<'network'>, model: Model): readonly Frame[] {
  const adapters = model.all('host').flatMap((host) =>
    vmkernelsOf(host)
      .filter((adapter) => networkOf(adapter, model) === network)
      .map((adapter) => ({ host, adapter, ip: ipOf(adapter, model) })),
  );
  const targets = model.all('array').flatMap((array) =>
    descendantsOf(array, 'port')
      .filter((port) => networkOf(port, model) === network)
      .flatMap((port) => ipOf(port, model) ?? []),
  );
  return adapters.map(({ host, adapter }, at): Frame => {
    const next = adapters[(at + 1) % adapters.length];
    const others =
      targets.length > 0
        ? targets
        : next && next.host !== host
          ? [next.ip]
          : network.props.gateway === undefined
            ? []
            : [network.props.gateway];
    return { host, adapter, to: others };
  });
}

export const frames = defineTask({
  id: 'network/frames',
  phase: 'network',
  title: 'Frames get through',
  role: 'network engineer',
  record: 'output of the commands, from every host',
  intro: 'Whole frames, without fragmentation: one switch with a small MTU on the way, and storage stalls under load only.',
  closes: ['MTU001', 'MTU002', 'MTU003'],
  *items(model) {
    for (const network of model.all('network')) {
      const found = framesIn(network, model).filter((frame) => frame.to.length > 0);
      const [first] = found;
      if (!first) continue;
      const mtu = network.props.mtu ?? 1500;
      yield {
        subject: network,
        prop: 'mtu',
        what: say`Send frames of ${mtu} bytes through network ${code(network.name)} (${mtu - 28} bytes of payload), from ${codes([...new Set(found.map((frame) => frame.host.name))])}.`,
        expected: say`No loss, no "message too long"; round trip ${undefined} ms.`,
        commands: framesCommand(found, mtu - 28),
      };
    }
  },
});

export const virtualNetwork = [vswitches, dvswitches, portgroups, adapters, frames];
