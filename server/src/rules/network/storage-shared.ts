import { hostOf, networkOf, type Service, spoken, vmkernelsOf } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';
import { declared, networkProp } from './shared.ts';

const storage: readonly Service[] = ['iscsi', 'nfs', 'smb'];
/** Traffic that comes in bursts, or that must not be disturbed, on a network of a disk. */
const foreign: readonly Service[] = ['management', 'vmotion', 'ft-logging'];
const foreignPurposes: Readonly<Record<string, string>> = {
  production: 'for production',
  management: 'for management',
  vmotion: 'for live migration',
  'ft-logging': 'for Fault Tolerance',
};

export default defineRule({
  code: 'NET002',
  name: 'network/storage-shared',
  severity: 'warning',
  on: ['vmkernel'],
  summary: 'IP storage shares a network with other traffic',
  why: 'For a VM, IP storage is its disk. When a migration or the VMs themselves fill the network, disk commands time out: guests set their volumes read-only, databases lose transactions. Whoever can listen in such a network also reads the disks, as iSCSI and NFS are not encrypted.',
  remedy:
    'Give iSCSI, NFS and SMB storage a VLAN and, where there are enough ports, uplinks of their own; two of them for redundant paths. Management and live migration go elsewhere.',
  sources: ['Jakka, "Network Considerations for Virtualization" (2010)', 'VMware vSphere 7, Storage: NFS networking guidelines'],
  check(entity, { model, report }) {
    const services = entity.props.services ?? [];
    const own = services.filter((service) => storage.includes(service));
    const network = networkOf(entity, model);
    if (own.length === 0 || !network) return;
    // SMB Direct carries storage, live migration and cluster traffic together by design (Hyper-V).
    const disturbing = own.every((service) => service === 'smb') ? foreign.filter((service) => service !== 'vmotion') : foreign;
    const purpose = network.props.purpose;
    const others = otherServices(entity, disturbing, (adapter) => networkOf(adapter, model) === network);
    const wrongPurpose =
      purpose !== undefined &&
      Object.hasOwn(foreignPurposes, purpose) &&
      (purpose === 'production' || disturbing.some((service) => service === purpose));
    if (!wrongPurpose && others.length === 0) return;
    const shares = wrongPurpose
      ? `network ${network.name} is ${foreignPurposes[purpose]}`
      : `network ${network.name} also carries ${andList(others)}`;
    report({
      prop: networkProp(entity),
      message: `${spoken(entity)} carries ${andList(own)} storage, and ${shares}: when that fills the link, the disks of the VMs stall. Give storage a network of its own.`,
      related: [declared(network)],
    });
  },
  examples: {
    bad: [
      {
        title: 'NFS over the management network',
        text: `network admin purpose management vlan 10 subnet 10.4.10.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 1Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel vmk0 on admin services management address admin.host(11)
    vmkernel vmk1 on admin services nfs        address admin.host(12)
                     ^^^^^
  }
}`,
      },
      {
        title: 'Live migration in the iSCSI network',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[0..1] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    vmkernel vmk1 on san services iscsi   address san.host(11)
                     ^^^
    vmkernel vmk2 on san services vmotion address san.host(12)
  }
}`,
      },
    ],
    good: [
      {
        title: 'Two storage networks that carry nothing else',
        text: `network storage-a purpose iscsi vlan 21 subnet 10.4.21.0/24
network storage-b purpose iscsi vlan 22 subnet 10.4.22.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[2..3] speed 10Gbps
  vswitch iscsi-a uplinks vmnic2 { vmkernel vmk3 on storage-a services iscsi address storage-a.host(11) }
  vswitch iscsi-b uplinks vmnic3 { vmkernel vmk4 on storage-b services iscsi address storage-b.host(11) }
}`,
      },
      {
        title: 'SMB Direct carries storage and live migration together',
        text: `network rdma-1 purpose smb vlan 711 subnet 10.7.1.0/24

host hv1 {
  hypervisor hyperv 2022
  nic nic3 speed 25Gbps
  vswitch Storage type external uplinks nic3 { adapter SMB1 on rdma-1 services smb, vmotion, cluster address rdma-1.host(11) }
}`,
      },
      {
        title: 'A guest with its own iSCSI initiator is in the storage network rightly',
        text: `network san purpose iscsi vlan 20 subnet 10.4.20.0/24

host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic[2..3] speed 10Gbps
  vswitch vSwitch1 uplinks vmnic2, vmnic3 {
    portgroup "Guest iSCSI" on san
    vmkernel  vmk3 on san services iscsi address san.host(11)
  }
}
vm SQL on esx1 { nic eth1 on "Guest iSCSI" address san.host(50) }`,
      },
    ],
  },
});

/** Other traffic in the same network: of the adapter itself, or of its neighbours in the host. */
function otherServices(
  entity: Entity<'vmkernel'>,
  disturbing: readonly Service[],
  inNetwork: (adapter: Entity<'vmkernel'>) => boolean,
): readonly string[] {
  const host = hostOf(entity);
  const adapters = host ? vmkernelsOf(host).filter((adapter) => adapter === entity || inNetwork(adapter)) : [entity];
  return [
    ...new Set(
      adapters.flatMap((adapter) =>
        (adapter.props.services ?? [])
          .filter((service) => disturbing.includes(service))
          .map((service) => `${service} (${adapter.name})`),
      ),
    ),
  ];
}
