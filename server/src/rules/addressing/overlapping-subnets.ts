import { hostOf, membersOfNetwork, subnetOf, subnetsWithin, withinKey } from '../../facts/network.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { hostCount } from '../../values/ip.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'ADR006',
  name: 'addressing/overlapping-subnets',
  severity: 'error',
  on: ['network'],
  summary: 'Two networks of one routing domain have overlapping subnets',
  why: 'A router knows one way to an address. When two VLANs use the same addresses, it sends to one of them, and part of the machines in the other cannot be reached, or answer to the wrong side. A host that stands in both picks one adapter for both.',
  remedy:
    'Give each VLAN a subnet of its own. If the two are kept apart on purpose (two plants behind NAT), say so with `vrf` at the networks.',
  sources: ['RFC 1122: requirements for Internet hosts', 'Lintel rule catalogue, ADR006'],
  check(entity, { model, report }) {
    const subnet = is(entity, 'network') ? subnetOf(entity) : undefined;
    if (!is(entity, 'network') || !subnet) return;
    for (const inner of model.lookup<'network'>(subnetsWithin, withinKey(subnet, entity))) {
      const its = subnetOf(inner);
      // Of two equal blocks, the one that comes later by name is reported.
      if (inner === entity || !its || (its.prefix === subnet.prefix && inner.name <= entity.name)) continue;
      if (entity.props.vlan !== undefined && entity.props.vlan === inner.props.vlan && its.prefix === subnet.prefix) continue;
      const routed = entity.props.gateway !== undefined && inner.props.gateway !== undefined;
      const host = routed ? undefined : inBoth(entity, inner, model);
      if (!routed && !host) continue;
      const vlans =
        entity.props.vlan !== undefined && inner.props.vlan !== undefined && entity.props.vlan !== inner.props.vlan
          ? ` (VLAN ${inner.props.vlan} and VLAN ${entity.props.vlan})`
          : '';
      report({
        at: inner,
        prop: 'subnet',
        message: `${its.text} of network ${inner.name} ${its.text === subnet.text ? 'is also the subnet' : `lies inside of ${subnet.text}`} of network ${entity.name}${vlans}: ${hostCount(its)} addresses exist twice, and ${host ? `${host.name}, which stands in both,` : 'the router'} finds only one of the two. Renumber one network.`,
        related: [{ at: entity, prop: 'subnet', message: `Subnet of network ${entity.name}` }],
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'The DMZ lies inside of the plant network',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22 gateway 10.4.100.1
network dmz   purpose production vlan 200 subnet 10.4.102.0/24 gateway 10.4.102.1
                                                 ^^^^^^^^^^^^^`,
      },
      {
        title: 'Two storage networks with the same addresses on one host',
        text: `network storage-a purpose iscsi vlan 21 subnet 10.4.21.0/24
network storage-b purpose iscsi vlan 22 subnet 10.4.21.0/24
                                               ^^^^^^^^^^^^

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[2..3] speed 10Gbps
  vswitch iscsi-a uplinks vmnic2 { vmkernel vmk3 on storage-a services iscsi address storage-a.host(11) }
  vswitch iscsi-b uplinks vmnic3 { vmkernel vmk4 on storage-b services iscsi address storage-b.host(12) }
}`,
      },
    ],
    good: [
      {
        title: 'Neighbours',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22 gateway 10.4.100.1
network dmz   purpose production vlan 200 subnet 10.4.104.0/24 gateway 10.4.104.1`,
      },
      {
        title: 'Two plants built alike, in routing domains of their own',
        text: `network control-1 purpose production vrf plant-1 vlan 100 subnet 192.168.10.0/24 gateway 192.168.10.1
network control-2 purpose production vrf plant-2 vlan 100 subnet 192.168.10.0/24 gateway 192.168.10.1`,
      },
      {
        title: 'Isolated networks at two sites: nobody stands in both',
        text: `network san-north purpose iscsi vlan 20 subnet 192.168.130.0/24
network san-south purpose iscsi vlan 20 subnet 192.168.130.0/24`,
      },
    ],
  },
});

/** A host that stands in two networks. */
function inBoth(a: Entity<'network'>, b: Entity<'network'>, model: Model): Entity<'host'> | undefined {
  const hostsIn = (network: Entity<'network'>): readonly Entity<'host'>[] =>
    model.lookup(membersOfNetwork, network.name).flatMap((member) => (is(member, 'vmkernel') ? (hostOf(member) ?? []) : []));
  const other = new Set(hostsIn(b));
  return hostsIn(a).find((host) => other.has(host));
}
