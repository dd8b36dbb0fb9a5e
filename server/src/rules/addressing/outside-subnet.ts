import { type AddressUse, addressesOf, spoken, subnetOf } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import { isNetworkOrBroadcast } from '../../values/ip.ts';
import { defineRule, type Report } from '../rule.ts';
import { misfit, moved, usable } from './shared.ts';

export default defineRule({
  code: 'ADR004',
  name: 'addressing/outside-subnet',
  severity: 'error',
  on: ['vmkernel', 'nic', 'host', 'port', 'controller', 'switch', 'physical'],
  summary: 'IP address outside of its subnet, or the network or broadcast address of it',
  why: 'An adapter reaches its neighbours directly only if the address lies in the subnet of its network. With one outside it sends everything to a gateway that it cannot reach either; the first and last address of an IPv4 subnet belong to nobody.',
  remedy: 'Choose a free address of the subnet, or correct the network that the adapter is on.',
  sources: ['RFC 950 and RFC 1122: subnets and special addresses', 'RFC 3021: 31-bit prefixes'],
  fixable: true,
  check(entity, { model, report, ask }) {
    for (const use of addressesOf(entity, model)) {
      const { network, prop, ip } = use;
      if (use.problem !== undefined) {
        const block = use.counted && subnetOf(use.counted.from);
        report({
          prop,
          message: `${spoken(entity)} gets no address: host(${use.counted?.n ?? ''}) is not among those of ${block?.text ?? 'the subnet'}${block ? ` (${usable(block)})` : ''}. Choose another number, or make the subnet larger.`,
          ...declared(use.counted?.from),
        });
        continue;
      }
      if (!network) continue;
      const subnet = subnetOf(network);
      if (!subnet) {
        if (use.open)
          ask({
            at: network,
            prop: 'subnet',
            message: `Addresses such as ${network.name}.host(n) are counted from the subnet of ${network.name}: which is it?`,
          });
        continue;
      }
      const wrong = ip && misfit(ip, subnet);
      if (!ip || !wrong) continue;
      const better =
        'ip' in (literalOf(use) ?? {}) && !isNetworkOrBroadcast(ip, subnet) ? moved(ip, subnet, network, model) : undefined;
      report({
        prop,
        message: `${ip.text} of ${spoken(entity)} ${wrong}, the subnet of network ${network.name}: it cannot be reached there. Choose a free address of the subnet.`,
        ...declared(network),
        ...(better
          ? {
              fix: {
                title: `Change to ${better.text}`,
                safety: 'unsafe' as const,
                ops: [
                  {
                    op: 'replace' as const,
                    on: entity,
                    prop,
                    text: `${better.text}${use.prefix === undefined ? '' : `/${subnet.prefix}`}`,
                  },
                ],
              },
            }
          : {}),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'A slip in the third number',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel vmk0 on admin services management address 10.4.11.11
                                                       ^^^^^^^^^^
  }
}`,
        fixed: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel vmk0 on admin services management address 10.4.10.11
  }
}`,
      },
      {
        title: 'More hosts than the subnet has addresses',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/28

host esx[i in 1..16] {
  hypervisor esxi 8.0u3
  nic vmnic2 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2 { vmkernel vmk2 on san services iscsi address san.host(i) }
                                                                                ^^^^^^^^^^^
}`,
      },
      {
        title: 'The broadcast address',
        text: `network dmz purpose production vlan 200 subnet 10.4.200.0/26
vm Web { nic eth0 on dmz address 10.4.200.63 }
                                 ^^^^^^^^^^^`,
      },
    ],
    good: [
      {
        title: 'Counted from the subnet',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1

host esx[i in 1..3] {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management address admin.host(10 + i) }
}`,
      },
      {
        title: 'A point-to-point network has two addresses',
        text: `network corosync purpose cluster vlan 50 subnet 10.4.50.0/31

host pve[i in 1..2] {
  hypervisor proxmox 8.2
  nic eno4 speed 10Gbps
  vswitch vmbr1 type bridge uplinks eno4 { adapter vmbr1 on corosync services cluster address corosync.host(i - 1) }
}`,
      },
      {
        title: 'The subnet is not known yet',
        text: `network plant purpose production vlan 100
vm Historian { nic eth0 on plant address 10.4.100.21 }`,
      },
    ],
  },
});

const declared = (network: Entity<'network'> | undefined): Pick<Report, 'related'> =>
  network ? { related: [{ at: network, prop: 'subnet', message: `Subnet of network ${network.name}` }] } : {};

/** The address as the design writes it. */
const literalOf = ({ entity, prop }: AddressUse): object | undefined =>
  (entity.props as Readonly<Record<string, object | undefined>>)[prop];
