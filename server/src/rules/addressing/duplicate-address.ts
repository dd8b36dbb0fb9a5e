import { type AddressUse, addressesOf, holdersOf, migrationsOf, spoken, stackOf, subnetOf } from '../../facts/network.ts';
import { type Entity, enclosing, is, sameData } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { type Cidr, contains, type Ip, isNetworkOrBroadcast, makeIp } from '../../values/ip.ts';
import { quoteName } from '../../values/name.ts';
import { andList } from '../../values/words.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  code: 'ADR001',
  name: 'addressing/duplicate-address',
  severity: 'error',
  on: ['vmkernel', 'nic', 'host', 'port', 'controller', 'switch', 'physical'],
  summary: 'The same IP address is given to two things',
  why: 'Neighbours send to whichever of the two answered last. Connections go to one and then to the other, and both look broken at times; on a storage or management network that takes hosts out of the cluster.',
  remedy:
    'Give one of the two a free address. With ranges, count on: `admin.host(10 + i)`. If the same address is used on purpose in separate networks, put those into different routing domains (`vrf`).',
  sources: ['RFC 5227: IPv4 address conflict detection', 'Lintel rule catalogue, ADR001'],
  fixable: true,
  check(entity, { model, report }) {
    const uses = addressesOf(entity, model);
    for (const [at, use] of uses.entries()) {
      const { ip, network } = use;
      if (!ip) continue;
      const holders = holdersOf(ip, network, model).filter((other) => other !== entity);
      const others = holders.filter((other) => !sameThing(entity, other, model));
      // The controller card of a server is a computer of its own.
      const mine =
        use.prop === 'out-of-band' &&
        (uses.slice(0, at).some((earlier) => earlier.ip?.text === ip.text) ||
          holders.some((other) => other.unit === entity.unit));
      const gateway = network?.props.gateway === ip.text && ownGateway(entity);
      const [first] = others;
      // Of those that share an address, the first by id keeps it.
      const taken = others.length > 0 && first && isLater(entity, use, others, model);
      if (!mine && !gateway && !taken) continue;
      const who = mine
        ? `the management of ${entity.name} itself`
        : gateway
          ? `the gateway of network ${network.name}`
          : andList(others.map(spoken), 3);
      report({
        prop: use.prop,
        message: `${ip.text} of ${spoken(entity)} belongs to ${who} already: whoever sends to it reaches one or the other. Give one of them another address.`,
        related:
          gateway && network
            ? [{ at: network, prop: 'gateway', message: `Gateway of network ${network.name}` }]
            : others.slice(0, 3).map((other) => ({ at: other, prop: 'address', message: `${spoken(other)} has ${ip.text}` })),
        ...fixOf(use, ip, others, model),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'Copied from the first server',
        text: `network control purpose production vlan 100 subnet 10.4.100.0/22 gateway 10.4.100.1

vm E3-A { nic eth0 on control address control.host(21) }
vm SQL  { nic eth0 on control address control.host(21) }
                                      ^^^^^^^^^^^^^^^^`,
        fixed: `network control purpose production vlan 100 subnet 10.4.100.0/22 gateway 10.4.100.1

vm E3-A { nic eth0 on control address control.host(21) }
vm SQL  { nic eth0 on control address control.host(22) }`,
      },
      {
        title: 'One address for a whole range of hosts',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1

host esx[1..3] {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management address 10.4.10.11 }
                                                                                               ^^^^^^^^^^
}`,
      },
      {
        title: 'The controller card of a server is a computer of its own',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1

host esx1 {
  hypervisor  esxi 8.0u3
  address     admin.host(11)
  out-of-band admin.host(11)
              ^^^^^^^^^^^^^^
}`,
        fixed: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1

host esx1 {
  hypervisor  esxi 8.0u3
  address     admin.host(11)
  out-of-band admin.host(12)
}`,
      },
      {
        title: 'The address of the gateway',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management address admin.host(1) }
                                                                                               ^^^^^^^^^^^^^
}`,
        fixed: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management address admin.host(2) }
}`,
      },
    ],
    good: [
      {
        title: 'Counted on',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1

host esx[i in 1..3] {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management address admin.host(10 + i) }
}`,
      },
      {
        title: 'The management address of the host is that of its adapter',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24

host esx1 {
  hypervisor esxi 8.0u3
  address    admin.host(11)
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management address admin.host(11) }
}`,
      },
      {
        title: 'A VM takes over the address of the server that it was made from',
        text: `network office purpose production vlan 100 subnet 10.4.100.0/24 gateway 10.4.100.1

physical old-erp address office.host(40)
vm ERP { nic eth0 on office address office.host(40) }
migration erp from old-erp to ERP`,
      },
      {
        title: 'A NAS moves its address from one controller to the other',
        text: `network nas purpose nfs vlan 20 subnet 10.4.20.0/24

array nas-1 protocol nfs {
  controller A { port p0 speed 10Gbps address nas.host(10) }
  controller B { port p0 speed 10Gbps address nas.host(10) }
}
physical server-1 address nas.host(20)
physical server-2 address nas.host(20) standby-for server-1`,
      },
      {
        title: 'Isolated networks of two sites',
        text: `network san-north purpose iscsi subnet 192.168.130.0/24
network san-south purpose iscsi subnet 192.168.130.0/24

array north { controller A { port p0 speed 10Gbps address san-north.host(10) } }
array south { controller A { port p0 speed 10Gbps address san-south.host(10) } }`,
      },
    ],
  },
});

/** Two entries that rightly have one address. */
function sameThing(a: Entity, b: Entity, model: Model): boolean {
  if (a.unit === b.unit) {
    // A machine, and the adapter that carries its address; an array's controllers, and the ports of a NAS, whose address moves along.
    if (a.parent === undefined || b.parent === undefined || is(a, 'controller') || is(b, 'controller')) return true;
    return is(a, 'port') && is(b, 'port') && isNas(a, b);
  }
  if (is(a, 'switch') && is(b, 'switch')) return stackOf(a, model) !== undefined && stackOf(a, model) === stackOf(b, model);
  const [left, right] = [a.unit.root, b.unit.root];
  if (standsBy(left, right, model) || standsBy(right, left, model)) return true;
  const migrations = model.lookup(migrationsOf, right.name);
  return model.lookup(migrationsOf, left.name).some((migration) => migrations.includes(migration));
}

/** A cold spare that takes over, address and all. */
const standsBy = (spare: Entity, other: Entity, model: Model): boolean =>
  is(spare, 'physical') &&
  model.resolveAll(spare.props['standby-for'], spare, 'host', 'physical', 'vm').includes(other as Entity<'vm'>);

function isNas(a: Entity<'port'>, b: Entity<'port'>): boolean {
  const array = enclosing(a, 'array');
  const file = (protocol: string | undefined): boolean => protocol === 'nfs' || protocol === 'smb';
  return array?.props.type === 'nas' || file(array?.props.protocol) || (file(a.props.protocol) && file(b.props.protocol));
}

/** Routers, layer-3 switches, firewall VMs and firewall computers may be the gateway; these are not. */
const ownGateway = (entity: Entity): boolean =>
  entity.kind === 'vmkernel' ||
  entity.kind === 'host' ||
  entity.kind === 'controller' ||
  (entity.kind === 'port' && entity.unit.root.kind === 'array');

const isLater = (entity: Entity, use: AddressUse, others: readonly Entity[], model: Model): boolean => {
  const all = use.ip ? holdersOf(use.ip, use.network, model) : [];
  return others.some((other) => all.indexOf(other) < all.indexOf(entity));
};

/** The next free address, unless several members of a range may share the text that would be changed. */
function fixOf({ entity, prop, network }: AddressUse, ip: Ip, others: readonly Entity[], model: Model): Pick<Report, 'fix'> {
  const subnet = network && subnetOf(network);
  const written = writtenAt(entity, prop);
  if (
    !subnet ||
    !network ||
    others.some((other) => withoutNumber(other) === withoutNumber(entity) && sameData(writtenAt(other, 'address'), written))
  )
    return {};
  const free = nextFree(ip, subnet, network, model);
  if (!free) return {};
  const text = 'host' in written ? `${quoteName(network.name)}.host(${free.value - subnet.first})` : free.text;
  return { fix: { title: `Change to ${free.text}`, safety: 'unsafe', ops: [{ op: 'replace', on: entity, prop, text }] } };
}

/** The nearest free address behind one; undefined when the next hundred are taken. */
function nextFree(ip: Ip, subnet: Cidr, network: Entity<'network'>, model: Model): Ip | undefined {
  for (let step = 1n; step <= 100n; step += 1n) {
    const next = makeIp(ip.family, ip.value + step);
    if (!contains(subnet, next) || isNetworkOrBroadcast(next, subnet)) return undefined;
    if (next.text !== network.props.gateway && holdersOf(next, network, model).length === 0) return next;
  }
  return undefined;
}

/** The address as the design writes it. */
const writtenAt = (entity: Entity, prop: string): object =>
  (entity.props as Readonly<Record<string, object | undefined>>)[prop] ?? {};

const withoutNumber = (entity: Entity): string => entity.unit.root.name.replace(/\d+/g, '#');
