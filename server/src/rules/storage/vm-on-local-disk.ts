import { placementOf, productOf } from '../../facts/placement.ts';
import { datastoreOf, visibilityOf } from '../../facts/storage.ts';
import { childrenOf, type Entity } from '../../model/entity.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';

/** These copy local disks between their hosts by themselves. */
const mirrored: readonly (string | undefined)[] = ['everrun', 'nutanix'];

export default defineRule({
  code: 'STO001',
  name: 'storage/vm-on-local-disk',
  severity: 'error',
  on: ['vm'],
  summary: 'A VM that HA, FT or live migration relies on lies on a disk that one host sees',
  why: 'High availability starts a VM again on another host from the same files; it does not copy them. Files on a disk inside a host are gone for all others at the very moment when they are needed, and a load balancer cannot move such a VM either.',
  remedy:
    'Move the disk to a datastore that all hosts of the cluster see: a LUN, a share, or hyper-converged storage. If the VM may stay down with its host, say so with "ha off".',
  sources: [
    'Elipse Software, Virtualization Guide',
    'VMware vSphere, Availability: HA checklist',
    'VMware vSphere, vMotion host and storage requirements',
    'XenServer, High availability',
    'Proxmox VE, HA manager',
    'Fujitsu, "Server virtualization" white paper',
  ],
  check(vm, { model, report }) {
    const place = placementOf(vm, model);
    const need = place.ft ? 'FT' : place.ha === true ? 'HA' : place.migrates === true ? 'migration' : undefined;
    // A VM that may run on one host only is lost with it anyway; CLU014 speaks of that.
    if (!need || place.hosts.length < 2 || mirrored.includes(productOf(vm, model))) return;
    const told = new Set<Entity>();
    for (const disk of childrenOf(vm, 'disk')) {
      const datastore = datastoreOf(disk, model);
      if (!datastore || told.has(datastore)) continue;
      const { seen, hosts } = visibilityOf(datastore, model);
      if (seen !== 'local' && (seen !== 'hosts' || hosts.length !== 1)) continue;
      told.add(datastore);
      const only = hosts[0] === undefined ? 'is inside one host' : `only ${hosts[0]} sees`;
      const where = `a disk of ${vm.name} is on ${datastore.name}, which ${only}`;
      const others = andList(place.hosts.filter((name) => name !== hosts[0]));
      const message = {
        FT: `FT keeps a shadow of ${vm.name} ready on a second host, but ${where}.`,
        HA: `HA is to start ${vm.name} again on ${others} when its host fails, but ${where}: there it cannot start.`,
        migration: `${vm.name} is to be moved between hosts while it runs, but ${where}: it stays where it is, and maintenance of that host stops it.`,
      }[need];
      report({
        at: disk,
        prop: 'on',
        cause: datastore,
        severity: need === 'migration' ? 'warning' : 'error',
        message: `${message} Move the disk to a datastore that all hosts see, or say "${need === 'migration' ? 'drs off' : need === 'HA' ? 'ha off' : 'ft no'}" for the VM.`,
        related: [{ at: datastore, message: `${datastore.name} is seen by ${hosts[0] ?? 'one host'} only` }],
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'HA, with the disk inside a host',
        text: `host esx1 hypervisor esxi 8.0u3 { disk local1 960GB count 2 raid 1 }
host esx2 hypervisor esxi 8.0u3
cluster plant hosts esx1, esx2 { ha }
datastore local-1 vmfs 6 on esx1.local1
vm SCADA in plant {
  disk 120GB on local-1
                ^^^^^^^
}`,
      },
      {
        title: 'A LUN that is mapped to a single host',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
array san-1 protocol fc { lun vmfs-1 size 4TB hosts esx1 }
datastore ds-vm vmfs 6 on san-1.vmfs-1
vm SCADA in plant {
  disk 120GB on ds-vm
                ^^^^^
  disk 500GB on ds-vm
}`,
      },
      {
        title: 'Live migration without HA: the VM cannot be moved (a warning)',
        text: `host hv1 hypervisor hyperv 2022
host hv2 hypervisor hyperv 2022
cluster office hosts hv1, hv2 live-migration yes
datastore d-drive ntfs hosts hv1
vm FILES in office { disk 500GB on d-drive }
                                   ^^^^^^^ warning`,
      },
    ],
    good: [
      {
        title: 'A LUN for all hosts',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
array san-1 protocol fc { lun vmfs-1 size 4TB }
datastore ds-vm vmfs 6 on san-1.vmfs-1
vm SCADA in plant { disk 120GB on ds-vm }`,
      },
      {
        title: 'A VM that stays with its host, and says so',
        text: `host esx1 hypervisor esxi 8.0u3 { disk local1 960GB count 2 raid 1 }
host esx2 hypervisor esxi 8.0u3
cluster plant hosts esx1, esx2 { ha }
datastore local-1 vmfs 6 on esx1.local1
vm PROBE on esx1 { ha off; disk 40GB on local-1 }`,
      },
      {
        title: 'vSAN: local disks that the cluster shares',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
datastore vsan-1 vsan on plant
vm SCADA in plant { disk 120GB on vsan-1 }`,
      },
      {
        title: 'A single host without a cluster',
        text: `host host1 hypervisor hyperv 2022 { disk d1 2TB count 4 raid 10 }
datastore vms ntfs on host1.d1
vm DC1 on host1 { disk 100GB on vms }`,
      },
      {
        title: 'everRun mirrors local disks between its two hosts',
        text: `host node[1..2] hypervisor everrun 7.9 { disk d1 2TB count 4 raid 10 }
cluster pair hosts node[1..2] { ha }
datastore group-1 local on node1.d1, node2.d1
vm SCADA in pair { disk 120GB on group-1 }`,
      },
      {
        title: 'The datastore does not say yet what it lies on',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
datastore ds-vm vmfs 6
vm SCADA in plant { disk 120GB on ds-vm }`,
      },
    ],
  },
});
