/** Cables of a design: every adapter, storage port and link with both of its ends, and the VLANs that have to arrive. */
import {
  carriersOf,
  networkOf,
  type SwitchPort,
  switchPortOf,
  uplinksOf,
  virtualSwitchesOf,
  vlanOf,
} from '../../facts/network.ts';
import { childrenOf, descendantsOf, type Entity, is } from '../../model/entity.ts';
import type { FactDefinition, Model } from '../../model/model.ts';
import type { Ref } from '../../schema/types.ts';
import { formatVlanSet, vlanSet } from '../../values/vlan.ts';
import { name, rate, refText } from '../show.ts';
import { code, nothing, only, say, type Text } from '../text.ts';

type Nic = Entity<'nic'>;
type Host = Entity<'host'>;

/** One cable, as the installer sees it. */
export interface Cable {
  readonly subject: Entity;
  readonly prop?: string;
  /** Tells cables of one subject apart (stack cables). */
  readonly part?: string;
  readonly from: Text;
  readonly to: Text;
  readonly speed: Text;
  readonly vlans: Text;
}

// ── VLANs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** NIC → VLANs of what stands behind it on its host's virtual switches; 0 is untagged. */
const vlansByNic: FactDefinition<ReadonlyMap<Nic, ReadonlySet<number>>> = {
  name: 'checklistVlansByNic',
  compute(host, model) {
    const result = new Map<Nic, Set<number>>();
    if (!is(host, 'host')) return result;
    for (const own of virtualSwitchesOf(host, model)) {
      for (const user of [...own.portgroups, ...own.vmkernels]) {
        const vlan = vlanOf(user, model);
        if (vlan === undefined) continue;
        for (const nic of carriersOf(uplinksOf(user, host, model))) {
          const known = result.get(nic) ?? new Set<number>();
          result.set(nic, known.add(vlan));
        }
      }
    }
    return result;
  },
};

/** The VLANs that a host's NIC has to carry by what is built on it. */
export const vlansNeeded = (nic: Nic, host: Host, model: Model): readonly number[] =>
  [...(model.fact(vlansByNic, host).get(nic) ?? [])].sort((a, b) => a - b);

/** `10, 20 tagged`; `30 untagged`. */
function needText(vlans: readonly number[]): Text {
  const tagged = vlans.filter((vlan) => vlan > 0 && vlan < 4095);
  const parts = [
    ...(tagged.length > 0 ? [`${formatVlanSet(vlanSet(tagged.map((vlan) => [vlan, vlan] as const)))} tagged`] : []),
    ...(vlans.includes(4095) ? ['all tagged'] : []),
    ...(vlans.includes(0) ? ['untagged'] : []),
  ];
  return parts.length === 0 ? only(undefined) : [parts.join(', ')];
}

/** What a switch port is set to; undefined when the design does not say. */
function portText(port: SwitchPort | undefined): Text | undefined {
  if (port?.access !== undefined) return [`${port.access} untagged`];
  if (!port?.trunk) return undefined;
  return [`${formatVlanSet(port.trunk)} tagged${port.native === undefined ? '' : `, ${port.native} untagged`}`];
}

/** The VLAN of an adapter that is no uplink: its network's. An access port is what such a device expects. */
function networkVlan(entity: Nic | Entity<'port'> | Entity<'physical'>, model: Model): Text {
  const vlan = networkOf(entity, model)?.props.vlan;
  return vlan === undefined ? only(undefined) : vlan === 0 ? ['untagged'] : [`${vlan} untagged`];
}

// ── cables ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const toPort = (ref: Ref | undefined, port: SwitchPort | undefined): Text => {
  const text = only(code(refText(ref, '/')));
  return port?.lag ? say`${text} (${port.lag.name}, ${port.lag.mode === 'lacp' ? 'LACP' : 'static'})` : text;
};

function ofNic(nic: Nic, owner: Entity, model: Model): Cable {
  const port = switchPortOf(nic, model);
  const set = portText(port);
  const needed = is(owner, 'host') ? vlansNeeded(nic, owner, model) : [];
  const unused = is(owner, 'host') && needed.length === 0 && nic.props.port === undefined;
  return {
    subject: nic,
    prop: 'port',
    from: [name(nic)],
    to: toPort(nic.props.port, port),
    speed: only(rate(nic.props.speed ?? port?.speed)),
    vlans: set ?? (unused ? nothing : is(owner, 'host') ? needText(needed) : networkVlan(nic, model)),
  };
}

function ofHba(hba: Entity<'hba'>, model: Model): readonly Cable[] {
  const { type, speed } = hba.props;
  if (type === 'raid' || type === 'software-fcoe') return [];
  const array = model.resolve(hba.props.array, hba, 'array');
  const to = hba.props.array
    ? say`array ${name(array)}, port ${undefined}`
    : type === 'iscsi'
      ? only(undefined)
      : fabricEnd(hba.props.fabric, hba, model);
  return [
    { subject: hba, prop: hba.props.array ? 'array' : 'fabric', from: [name(hba)], to, speed: only(rate(speed)), vlans: nothing },
  ];
}

function fabricEnd(ref: Ref | undefined, from: Entity, model: Model): Text {
  const fabric = model.resolve(ref, from, 'fabric');
  if (!fabric) return say`fabric ${code(refText(ref))}`;
  const switches = model.resolveAll(fabric.props.switches, fabric, 'switch').map((device) => device.name);
  return say`fabric ${code(fabric.name)}, switch ${code(switches[0])} port ${undefined}`;
}

function ofStoragePort(port: Entity<'port'>, array: Entity<'array'>, model: Model): Cable {
  const base = { subject: port, from: [name(port)], speed: only(rate(port.props.speed)) } as const;
  const protocol = port.props.protocol ?? array.props.protocol;
  if (port.props.fabric || protocol === 'fc')
    return { ...base, prop: 'fabric', to: fabricEnd(port.props.fabric, port, model), vlans: nothing };
  if (protocol === 'sas') return { ...base, to: say`SAS adapter ${undefined}`, vlans: nothing };
  const end = switchPortOf(port, model);
  return { ...base, prop: 'port', to: toPort(port.props.port, end), vlans: portText(end) ?? networkVlan(port, model) };
}

function ofLink(link: Entity<'link'>): Cable {
  const { from, to, speed, trunk } = link.props;
  return {
    subject: link,
    part: `${refText(from, '/')} ${refText(to, '/')}`,
    from: only(code(refText(from, '/'))),
    to: only(code(refText(to, '/'))),
    speed: only(rate(speed)),
    vlans: trunk ? [`${formatVlanSet(trunk)} tagged`] : only(undefined),
  };
}

/** Cables that hold a stack together, in a ring where there are more than two; a pair with links of its own has them already. */
function ofStack(stack: Entity<'stack'>, model: Model): readonly Cable[] {
  const members = model.resolveAll(stack.props.members, stack, 'switch');
  const names = members.map((member) => member.name);
  const linked = model
    .all('link')
    .some((link) => names.includes(link.props.from?.ref[0] ?? '') && names.includes(link.props.to?.ref[0] ?? ''));
  if (linked || members.length < 2) return [];
  const word = stack.props.type === 'mlag' ? 'peer link' : 'stack';
  const pairs =
    members.length === 2
      ? [
          [members[0], members[1]],
          [members[0], members[1]],
        ]
      : members.map((member, at) => [member, members[(at + 1) % members.length]]);
  return pairs.map(([a, b], at) => ({
    subject: stack,
    part: members.length === 2 ? `cable ${at + 1}` : `${a?.name} ${b?.name}`,
    from: say`${name(a)} ${word} port ${undefined}`,
    to: say`${name(b)} ${word} port ${undefined}`,
    speed: word === 'stack' ? nothing : only(undefined),
    vlans: stack.props.type === 'mlag' ? ['all'] : nothing,
  }));
}

function ofController(host: Host, model: Model): readonly Cable[] {
  const network = model.all('network').find((each) => each.props.purpose === 'out-of-band');
  if (host.props['out-of-band'] === undefined && !network) return [];
  const vlan = network?.props.vlan;
  return [
    {
      subject: host,
      prop: 'out-of-band',
      part: 'bmc',
      from: say`${name(host)} server controller`,
      to: only(undefined),
      speed: ['1 Gbps'],
      vlans: vlan === undefined ? only(undefined) : [`${vlan} untagged`],
    },
  ];
}

/** A computer that becomes a VM: it stands where it is, and goes when the VM runs. */
export const isLeaving = (thing: Entity, model: Model): boolean =>
  is(thing, 'physical') &&
  model.all('migration').some((move) => model.resolve(move.props.from, move, 'physical', 'vm') === thing);

/** All cables, by device. */
export function cablesOf(model: Model): readonly Cable[] {
  const links = [...model.all('link')]
    .map(ofLink)
    .sort((a, b) => ((a.part ?? '') < (b.part ?? '') ? -1 : (a.part ?? '') > (b.part ?? '') ? 1 : 0));
  return [
    ...model
      .all('host')
      .flatMap((host) => [
        ...childrenOf(host, 'nic').map((nic) => ofNic(nic, host, model)),
        ...childrenOf(host, 'hba').flatMap((hba) => ofHba(hba, model)),
        ...ofController(host, model),
      ]),
    ...model
      .all('physical')
      .filter((machine) => !isLeaving(machine, model))
      .flatMap((machine) => ofMachine(machine, model)),
    ...model.all('array').flatMap((array) => descendantsOf(array, 'port').map((port) => ofStoragePort(port, array, model))),
    ...model.all('router').map(
      (router): Cable => ({
        subject: router,
        prop: 'port',
        from: [name(router)],
        to: toPort(router.props.port, switchPortOf(router, model)),
        speed: only(rate(switchPortOf(router, model)?.speed)),
        vlans: portText(switchPortOf(router, model)) ?? routedVlans(router, model),
      }),
    ),
    ...model.all('usbhub').flatMap((hub) => childrenOf(hub, 'nic').map((nic) => ofNic(nic, hub, model))),
    ...links,
    ...model.all('stack').flatMap((stack) => ofStack(stack, model)),
  ];
}

function ofMachine(machine: Entity<'physical'>, model: Model): readonly Cable[] {
  const nics = childrenOf(machine, 'nic');
  if (nics.length > 0) return nics.map((nic) => ofNic(nic, machine, model));
  return [
    {
      subject: machine,
      prop: 'on',
      from: [name(machine)],
      to: only(undefined),
      speed: only(undefined),
      vlans: networkVlan(machine, model),
    },
  ];
}

function routedVlans(router: Entity<'router'>, model: Model): Text {
  return needText(
    model
      .resolveAll(router.props.connects, router, 'network')
      .flatMap((network) => network.props.vlan ?? [])
      .sort((a, b) => a - b),
  );
}
