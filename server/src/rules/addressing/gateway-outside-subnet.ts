import { networkOf, subnetOf } from '../../facts/network.ts';
import { is } from '../../model/entity.ts';
import { parseIp } from '../../values/ip.ts';
import { isProblem } from '../../values/problem.ts';
import { defineRule } from '../rule.ts';
import { misfit, moved } from './shared.ts';

export default defineRule({
  code: 'ADR005',
  name: 'addressing/gateway-outside-subnet',
  severity: 'error',
  on: ['network', 'vmkernel'],
  summary: 'Default gateway is not in the subnet of its network',
  why: 'A gateway is asked for by ARP in the own subnet. One outside of it is never found, so nothing in the network reaches other networks: no DNS, no time, no vCenter, and HA may take the host for isolated.',
  remedy: 'Give the address that the router has in this subnet, often the first or the last usable one.',
  sources: ['RFC 1122: requirements for Internet hosts', 'VMware vSphere 6.5, Availability: isolation addresses'],
  fixable: true,
  check(entity, { model, report }) {
    if (!(is(entity, 'network') || is(entity, 'vmkernel')) || entity.props.gateway === undefined) return;
    const network = is(entity, 'network') ? entity : networkOf(entity, model);
    const subnet = network && subnetOf(network);
    const gateway = parseIp(entity.props.gateway);
    if (!subnet || isProblem(gateway)) return;
    const wrong = misfit(gateway, subnet);
    if (!wrong) return;
    const better = moved(gateway, subnet, network, model);
    report({
      prop: 'gateway',
      message: `Gateway ${gateway.text} of ${is(entity, 'network') ? `network ${network.name}` : entity.name} ${wrong}: nothing in network ${network.name} can reach it. Give the router's address in this subnet.`,
      related: [{ at: network, prop: 'subnet', message: `Subnet of network ${network.name}` }],
      ...(better
        ? {
            fix: {
              title: `Change to ${better.text}`,
              safety: 'unsafe' as const,
              ops: [{ op: 'replace' as const, on: entity, prop: 'gateway', text: better.text }],
            },
          }
        : {}),
    });
  },
  examples: {
    bad: [
      {
        title: 'Copied from another network',
        text: `network admin purpose management vlan 10  subnet 10.4.10.0/24  gateway 10.4.10.1
network plant purpose production vlan 100 subnet 10.4.100.0/22 gateway 10.4.10.1
                                                                       ^^^^^^^^^`,
        fixed: `network admin purpose management vlan 10  subnet 10.4.10.0/24  gateway 10.4.10.1
network plant purpose production vlan 100 subnet 10.4.100.0/22 gateway 10.4.102.1`,
      },
      {
        title: 'The network address itself',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22 gateway 10.4.100.0
                                                                       ^^^^^^^^^^`,
      },
    ],
    good: [
      {
        title: 'First usable address, last usable address, none',
        text: `network admin     purpose management vlan 10  subnet 10.4.10.0/24  gateway 10.4.10.1
network plant     purpose production vlan 100 subnet 10.4.100.0/22 gateway 10.4.103.254
network migration purpose vmotion    vlan 30  subnet 10.4.30.0/24`,
      },
      {
        title: 'IPv6 gateways are link-local as a rule',
        text: 'network plant6 purpose production vlan 100 subnet fd00:4:100::/64 gateway fe80::1',
      },
    ],
  },
});
