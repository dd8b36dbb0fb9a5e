import {
  address,
  after,
  choice,
  flag,
  hexid,
  int,
  ip,
  kind,
  list,
  op,
  optional,
  prop,
  quantity,
  record,
  ref,
  text,
  version,
  word,
  wwn,
} from '../types.ts';
import {
  critical,
  device,
  diskTypes,
  driver,
  firmware,
  model,
  note,
  owner,
  pci,
  psu,
  rack,
  raid,
  serial,
  speed,
  tag,
  unit,
} from './shared.ts';

export const cpu = record(
  { count: op(int(1, 64), 'Number of sockets.'), model: after('x', op(text(), 'Processor model.')) },
  {
    cores: prop(int(1, 1024), 'Cores of each socket.', { example: 'cores 16' }),
    threads: prop(int(1, 4096), 'Threads of the whole host, if not twice the cores.'),
    clock: prop(quantity('frequency'), 'Base clock.', { example: 'clock 2.8GHz' }),
    generation: prop(word(), 'Processor generation, if the catalogue does not know the model.'),
  },
  'Processors: sockets x model, and the cores of each.',
  { example: 'cpu 2 x "Xeon Gold 6426Y" cores 16' },
);

export const products = choice({
  esxi: 'VMware ESXi.',
  hyperv: 'Microsoft Hyper-V (as a role, or Hyper-V Server).',
  xenserver: 'XenServer, Citrix Hypervisor, XCP-ng.',
  kvm: 'KVM: RHEL, SLES, Ubuntu, oVirt.',
  proxmox: 'Proxmox VE.',
  oraclevm: 'Oracle VM, Oracle Linux Virtualization Manager.',
  nutanix: 'Nutanix AHV.',
  everrun: 'Stratus everRun, ztC Edge.',
  'vmware-workstation': 'VMware Workstation (hosted, for tests).',
  virtualbox: 'VirtualBox (hosted, for tests).',
});

export const host = kind('host', {
  area: 'compute',
  top: true,
  labelled: true,
  children: ['nic', 'hba', 'disk', 'usb', 'gpu', 'vswitch', 'vmkernel'],
  doc: 'A server that runs a hypervisor.',
  example: 'host esx1 : esxi { rack r1; nic vmnic0 speed 10Gbps port sw-a/1 }',
  props: {
    ...device,
    hypervisor: record(
      { product: op(products, 'Product.'), release: optional(version(), 'Release, for example `8.0u3` or `2019`.') },
      { edition: prop(word(), 'Edition of its licence, for example `enterprise-plus`, `standard`, `datacenter`, `free`.') },
      'Hypervisor and its release.',
      { example: 'hypervisor esxi 8.0u3' },
    ),
    cpu,
    memory: prop(quantity('size'), 'Installed memory.', { example: 'memory 256GB' }),
    reserve: record(
      {},
      {
        memory: prop(quantity('size'), 'Memory that the parent partition, dom0 or the hypervisor keeps.'),
        cores: prop(int(0, 256), 'Cores that it keeps.'),
      },
      'What the parent partition (Hyper-V), dom0 (XenServer) or the host itself keeps for itself.',
      { example: 'reserve memory 4GB' },
    ),
    address: prop(address(), 'Management address, if no adapter says it.'),
    'out-of-band': prop(address(), 'Address of its server controller (iDRAC, iLO, iRMC).', { example: 'out-of-band 10.4.12.11' }),
    dns: list(ip(), 'Name servers.'),
    ntp: list(word(), 'Time servers.', { example: 'ntp 10.4.10.1, 10.4.10.2' }),
    syslog: prop(word(), 'Where it sends its log.'),
    bios: record(
      {},
      {
        vt: flag('VT-x or AMD-V is on.'),
        nx: flag('No-execute is on.'),
        iommu: flag('VT-d or AMD-Vi is on.'),
        power: prop(
          choice({ performance: 'No power saving.', balanced: 'Balanced.', saving: 'Power saving.' }),
          'Power profile.',
        ),
      },
      'Firmware settings that virtualization depends on.',
      { example: 'bios vt yes nx yes' },
    ),
    boot: record(
      {
        device: op(
          choice({
            disk: 'Local disk.',
            m2: 'M.2 mirror (BOSS and the like).',
            usb: 'USB stick.',
            sd: 'SD card.',
            san: 'LUN on the storage array.',
            pxe: 'Network.',
          }),
          'Kind of device.',
        ),
        size: optional(quantity('size'), 'Its size.'),
      },
      {},
      'What it boots from.',
      { example: 'boot m2 480GB' },
    ),
    'fault-tolerant': flag('Hardware that masks its own faults (Stratus ftServer, ztC Edge).'),
    domain: prop(text(), 'Active Directory domain that it has joined.'),
    watchdog: flag('Has a hardware watchdog or a fence agent.'),
  },
});

export const hba = kind('hba', {
  area: 'compute',
  doc: 'A storage adapter of a host: Fibre Channel, hardware iSCSI, SAS or RAID.',
  example: 'hba vmhba2 type fc model "LPe32000" fabric fab-a',
  props: {
    type: prop(
      choice({
        fc: 'Fibre Channel.',
        iscsi: 'Hardware iSCSI.',
        sas: 'SAS.',
        raid: 'RAID controller for local disks.',
        'software-fcoe': 'Software FCoE (gone in ESXi 8.0).',
      }),
      'What it is.',
      { example: 'type fc' },
    ),
    model,
    pci,
    driver,
    firmware,
    speed,
    note,
    wwpn: prop(wwn(), 'Port name.', { example: 'wwpn 50:06:01:60:3b:a0:11:22' }),
    fabric: prop(ref('fabric'), 'Fibre Channel fabric that it is connected to.', { example: 'fabric fab-a' }),
    array: prop(ref('array'), 'Array that it is cabled to directly (SAS).'),
    cache: prop(
      choice({
        'write-back': 'Acknowledges before the disk has written.',
        'write-through': 'Acknowledges when the disk has written.',
      }),
      'Write cache of a RAID controller.',
    ),
    battery: flag('The cache is protected by battery or flash.'),
  },
});

export const disk = kind('disk', {
  area: 'compute',
  naming: 'optional',
  operands: ['size'],
  doc: 'A virtual disk of a VM (`disk 120GB on ds-vm`), or local disks of a host (`disk local1 960GB count 2 raid 1`).',
  example: 'disk 120GB on ds-vm purpose system',
  props: {
    size: prop(quantity('size'), 'Size.', { example: 'size 120GB' }),
    on: prop(ref('datastore'), 'Datastore that holds it.', { example: 'on ds-vm' }),
    purpose: prop(
      choice({
        system: 'Operating system.',
        data: 'Data files.',
        log: 'Transaction log.',
        temp: 'Temporary files.',
        archive: 'Archive.',
        backup: 'Backups.',
        quorum: 'Quorum of a guest cluster.',
      }),
      'What is on it.',
      { example: 'purpose data' },
    ),
    format: prop(
      choice({
        thin: 'Grows as it fills.',
        thick: 'Reserved, zeroed on first write.',
        eager: 'Reserved and zeroed at once.',
        fixed: 'Hyper-V fixed VHD.',
        dynamic: 'Hyper-V dynamic VHD.',
        vhd: 'Old Hyper-V format, 2 TB.',
        vhdx: 'Hyper-V format.',
        raw: 'Raw device mapping or pass-through disk.',
      }),
      'How it is provisioned.',
      { example: 'format thin' },
    ),
    controller: prop(word(), 'Virtual controller, for example `pvscsi`, `lsi`, `virtio-scsi`, `ide`.'),
    shared: flag('Shared between the nodes of a guest cluster.'),
    count: prop(int(1, 64), 'Number of physical disks behind it (local disks of a host).', { example: 'count 2' }),
    type: prop(choice({ ...diskTypes, usb: 'Attached by USB.' }), 'Kind of physical disk.'),
    raid,
    note,
  },
});

export const usb = kind('usb', {
  area: 'compute',
  doc: 'A USB port of a host.',
  example: 'usb usb1',
  props: {
    note,
    internal: flag('Inside the case.'),
    device: prop(hexid(), 'USB id of what is plugged in, vendor:product.', { example: 'device 0529:0001' }),
  },
});

export const gpu = kind('gpu', {
  area: 'compute',
  doc: 'A graphics or compute card.',
  example: 'gpu gpu0 model "NVIDIA A2"',
  props: { model, pci, driver, firmware, note },
});

export const physical = kind('physical', {
  area: 'compute',
  top: true,
  labelled: true,
  children: ['nic', 'disk', 'usb'],
  doc: 'A computer that is not a hypervisor host: a server that stays physical, a source of migration, an engineering station, a notebook that stands by as a spare.',
  example: 'physical notebook "Spare notebook" memory 16GB standby-for host1',
  props: {
    model,
    serial,
    rack,
    unit,
    psu,
    owner,
    tag,
    note,
    cpu,
    critical,
    memory: prop(quantity('size'), 'Installed memory.'),
    os: prop(text(), 'Operating system.', { example: 'os "Windows Server 2019"' }),
    address: prop(address(), 'IP address.'),
    on: prop(ref('network'), 'Network that it is in.'),
    'standby-for': list(ref('host', 'physical', 'vm'), 'What it takes over in an emergency.', { example: 'standby-for host1' }),
    runs: prop(word(), 'Hypervisor that it can run restored VMs on, for example `hyperv`.'),
  },
});
