import { address, choice, flag, int, kind, list, op, optional, prop, quantity, record, ref, text, word } from '../types.ts';
import { device, disks, mtu, note, owner, raid, tag } from './shared.ts';

export const array = kind('array', {
  area: 'storage',
  top: true,
  labelled: true,
  children: ['controller', 'pool', 'lun', 'export'],
  doc: 'A storage array, SAN or NAS.',
  example: 'array san-1 model "PowerVault ME5024" { controller A { port p0 address storage-a.host(10) } }',
  props: {
    ...device,
    mtu,
    protocol: prop(
      choice({
        iscsi: 'Block storage over IP.',
        fc: 'Fibre Channel.',
        sas: 'SAS, cabled directly.',
        nfs: 'File storage, NFS.',
        smb: 'File storage, SMB 3.',
      }),
      'How hosts reach it.',
      { example: 'protocol iscsi' },
    ),
    type: prop(
      choice({
        san: 'Block storage.',
        nas: 'File storage.',
        'active-passive': 'Each LUN is served by one controller at a time.',
      }),
      'What it is.',
    ),
    replicates: prop(ref('array'), 'Array that it copies its data to.'),
    release: prop(word(), 'Controller firmware.'),
    iops: prop(quantity('iops'), 'What it can do.'),
  },
});

export const controller = kind('controller', {
  area: 'storage',
  children: ['port'],
  doc: 'A controller (storage processor) of an array.',
  example: 'controller A { port p0 speed 10Gbps address storage-a.host(10) port sw-a/u1 }',
  props: { note, address: prop(address(), 'Management address.') },
});

export const pool = kind('pool', {
  area: 'storage',
  doc: 'A RAID group or disk pool of an array.',
  example: 'pool fast raid 10 disks 8 x 1.92TB ssd spare 1',
  props: { raid, disks, note, spare: prop(int(0, 100), 'Hot spare disks.', { example: 'spare 1' }) },
});

export const lun = kind('lun', {
  area: 'storage',
  aliases: ['volume'],
  doc: 'A LUN or volume of an array.',
  example: 'lun vmfs-1 size 4TB in fast',
  props: {
    note,
    size: prop(quantity('size'), 'Size.', { example: 'size 4TB' }),
    in: prop(ref('pool'), 'Pool that it is cut from.', { example: 'in fast' }),
    id: prop(int(0, 16383), 'LUN number that the hosts see.'),
    hosts: list(ref('host', 'physical'), 'Hosts that it is mapped to; all hosts of the cluster if not said.', {
      example: 'hosts esx[1..3]',
    }),
  },
});

export const exportKind = kind('export', {
  area: 'storage',
  doc: 'A share of a NAS.',
  example: 'export vms path "/vol/vms" size 4TB',
  props: {
    note,
    path: prop(text(), 'Path.', { example: 'path "/vol/vms"' }),
    size: prop(quantity('size'), 'Size.'),
    in: prop(ref('pool'), 'Pool that it is cut from.'),
    address: prop(address(), 'Address that it is mounted from.'),
    hosts: list(ref('host', 'physical'), 'Hosts that may mount it.'),
    'root-access': flag('No root squash for the hosts.'),
  },
});

export const datastore = kind('datastore', {
  area: 'storage',
  top: true,
  labelled: true,
  operands: ['type'],
  doc: 'What VMs keep their disks on: VMFS or NFS datastore, cluster shared volume, storage repository, local disk.',
  example: 'datastore ds-vm vmfs 6 on san-1.vmfs-1',
  props: {
    type: record(
      {
        kind: op(
          choice({
            vmfs: 'VMware file system on a LUN.',
            nfs: 'NFS mount.',
            smb: 'SMB 3 share.',
            vsan: 'Hyper-converged storage of the cluster.',
            csv: 'Hyper-V cluster shared volume.',
            sr: 'XenServer storage repository.',
            ceph: 'Ceph (RBD).',
            local: 'Disks inside one host.',
            ntfs: 'A volume of one Windows host.',
          }),
          'Kind.',
        ),
        version: optional(int(3, 41), 'Version of the file system or protocol.'),
      },
      {},
      'Kind of datastore, and its version.',
      { example: 'vmfs 6' },
    ),
    on: list(ref('lun', 'export', 'disk', 'pool', 'host', 'cluster'), 'LUN, export or local disk that it lies on.', {
      example: 'on san-1.vmfs-1',
    }),
    hosts: list(ref('host'), 'Hosts that see it; taken from the LUN or the cluster if not said.', { example: 'hosts esx[1..3]' }),
    size: prop(quantity('size'), 'Size, if not that of the LUN.', { example: 'size 4TB' }),
    multipath: prop(
      choice({ 'round-robin': 'All paths in turn.', fixed: 'One preferred path.', 'most-recent': 'The path last used.' }),
      'How paths are used.',
    ),
    owner,
    tag,
    note,
  },
});
