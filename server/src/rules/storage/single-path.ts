import { arraysReachedBy, isMapped, pathsTo } from '../../facts/storage.ts';
import { pathOf } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'STO004',
  name: 'storage/single-path',
  severity: 'warning',
  on: ['host'],
  summary: 'A host reaches a storage array over a single path',
  why: 'A path is one adapter of the host, one way through the network or fabric, and one port of the array. With one path, a pulled cable, a switch that restarts for an update or a controller that changes over freezes every VM of the host at once; the guests see disks that do not answer.',
  remedy:
    'Give the host a second adapter on another card and switch, and use a port of the other controller: at least two paths that share nothing. Set multipathing on the datastore to round robin if the array’s vendor asks for it.',
  sources: [
    'VMware vSphere, Storage: Fibre Channel SAN requirements',
    'Fujitsu, "Server virtualization" white paper (multipath)',
  ],
  check(host, { model, report }) {
    for (const array of arraysReachedBy(host, model)) {
      const { paths, complete } = pathsTo(host, array, model);
      const [only] = paths;
      if (!only || paths.length > 1 || !complete || !isMapped(host, array, model)) continue;
      report({
        at: only.initiator,
        message: `${host.name} reaches ${array.name} over one path only, from ${only.initiator.name} to port ${pathOf(only.port)}: if one part of it fails, all VMs of ${host.name} lose their disks. Add a second adapter on another card and switch, and use a port of another controller.`,
        related: [{ at: only.port, message: `The only port of ${array.name} that ${host.name} reaches` }],
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'Two controllers, but the host is in the network of one only',
        text: `network storage-a purpose iscsi vlan 21 subnet 10.4.21.0/24
network storage-b purpose iscsi vlan 22 subnet 10.4.22.0/24
array san-1 protocol iscsi {
  controller A { port p0 address storage-a.host(10) }
  controller B { port p0 address storage-b.host(10) }
  lun vmfs-1 size 4TB
}
host esx1 hypervisor esxi 8.0u3 {
  nic vmnic2 speed 10Gbps
  vswitch iscsi-a uplinks vmnic2 { vmkernel vmk3 on storage-a services iscsi }
                                            ^^^^
}`,
      },
      {
        title: 'One HBA, one port of the array in its fabric',
        text: `fabric fab-a
fabric fab-b
array san-1 protocol fc {
  controller A { port p0 fabric fab-a }
  controller B { port p0 fabric fab-b }
}
host esx1 hypervisor esxi 8.0u3 {
  hba vmhba2 type fc fabric fab-a
      ^^^^^^
}`,
      },
    ],
    good: [
      {
        title: 'Two networks, two adapters, two controllers',
        text: `network storage-a purpose iscsi vlan 21 subnet 10.4.21.0/24
network storage-b purpose iscsi vlan 22 subnet 10.4.22.0/24
array san-1 protocol iscsi {
  controller A { port p0 address storage-a.host(10) }
  controller B { port p0 address storage-b.host(10) }
  lun vmfs-1 size 4TB
}
host esx1 hypervisor esxi 8.0u3 {
  nic vmnic2 speed 10Gbps
  nic vmnic3 speed 10Gbps
  vswitch iscsi-a uplinks vmnic2 { vmkernel vmk3 on storage-a services iscsi }
  vswitch iscsi-b uplinks vmnic3 { vmkernel vmk4 on storage-b services iscsi }
}`,
      },
      {
        title: 'Six ports a host: one adapter, but two ports of the array (shared parts are another matter)',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24
array san-1 protocol iscsi {
  controller A { port p0 address san.host(10) }
  controller B { port p0 address san.host(11) }
}
host esx1 hypervisor esxi 8.0u3 {
  nic vmnic1 speed 1Gbps
  vswitch vSwitch1 uplinks vmnic1 { vmkernel vmk1 on san services iscsi }
}`,
      },
      {
        title: 'The array does not say its ports yet',
        text: `fabric fab-a
array san-1 protocol fc { controller A; controller B }
host esx1 hypervisor esxi 8.0u3 { hba vmhba2 type fc fabric fab-a }`,
      },
      {
        title: 'A NAS: its paths are those of the network',
        text: `network nas purpose nfs vlan 23 subnet 10.4.23.0/24
array nas-1 type nas protocol nfs { controller A { port p0 address nas.host(10) } }
host esx1 hypervisor esxi 8.0u3 {
  nic vmnic2 speed 10Gbps
  nic vmnic3 speed 10Gbps
  vswitch vSwitch2 uplinks vmnic2, vmnic3 { vmkernel vmk3 on nas services nfs }
}`,
      },
    ],
  },
});
