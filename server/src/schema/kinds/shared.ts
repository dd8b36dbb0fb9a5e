/** Properties that several kinds have. */
import {
  choice,
  flag,
  hexid,
  int,
  list,
  mac as macType,
  op,
  optional,
  port,
  prop,
  quantity,
  record,
  ref,
  text,
  word,
} from '../types.ts';

export const owner = prop(text(), 'Who answers for it: a person, a team, a company.', { example: 'owner "OT engineering"' });
export const tag = list(word(), 'Words to group and filter by, for example `critical` or `phase-2`.', {
  example: 'tag critical, phase-2',
});
export const note = prop(text(), 'A remark for the reader; it appears in the checklist beside the item.');
export const model = prop(text(), 'Model as the vendor writes it. It is looked up in the hardware catalogue.', {
  example: 'model "PowerEdge R660"',
});
export const serial = prop(text(), 'Serial number, for the as-built record.');
export const rack = prop(ref('rack'), 'The rack that it stands in: its failure domain for fire, water and power.', {
  example: 'rack r1',
});
export const unit = prop(int(1, 60), 'Lowest rack unit that it occupies, counted from the bottom.');
export const height = prop(int(1, 60), 'Height in rack units.');
export const psu = list(
  word(),
  'One entry for each power supply: the feed of the rack that it hangs on (`psu A, B`). A bare number says how many there are and leaves the feeds open (`psu 2`).',
  { example: 'psu A, B' },
);
/** What every device in a rack says of itself. */
export const device = { model, serial, rack, unit, height, psu, owner, tag, note } as const;
export const mtu = prop(
  int(68, 65535),
  'Largest frame payload in bytes: 1500, or 9000 for jumbo frames (switches are usually set to 9216).',
  { example: 'mtu 9000' },
);
export const pci = prop(
  hexid(),
  'PCI id, vendor:device or vendor:device:subvendor:subdevice. The surest way to find a device in the hardware catalogue.',
  { example: 'pci 8086:1572' },
);
export const driver = record(
  { name: op(word(), 'Name of the driver, for example `i40en`.'), version: optional(word(), 'Version of the driver.') },
  {},
  'Driver that the hypervisor uses for the device.',
  { example: 'driver i40en 2.6.1' },
);
export const firmware = prop(word(), 'Firmware version of the device, as its vendor writes it.', { example: 'firmware 9.20' });
export const mac = prop(macType(), 'MAC address.', { example: 'mac 00:50:56:01:02:03' });
export const speed = prop(quantity('rate'), 'Line speed.', { example: 'speed 10Gbps' });
export const cable = prop(port(), 'Switch port that the cable goes to.', { example: 'port sw-a/12' });
export const accept = choice({ accept: 'Allowed.', reject: 'Refused.' });
export const security = record(
  {},
  {
    promiscuous: prop(accept, 'Whether a VM may see the frames of others.'),
    'forged-transmits': prop(accept, 'Whether a VM may send with a MAC address that is not its own.'),
    'mac-changes': prop(accept, 'Whether a VM may change its MAC address.'),
  },
  'Security policy.',
  { hypervisors: ['esxi'], example: 'security promiscuous reject forged-transmits reject mac-changes reject' },
);
export const teaming = prop(
  choice({
    'active-active':
      'All uplinks carry traffic; each virtual port is bound to one (ESXi: route based on originating virtual port).',
    'active-standby': 'One uplink carries traffic, the next takes over (Linux bond mode 1).',
    'ip-hash': 'Each flow is spread by source and destination address; needs one static EtherChannel on the switch side.',
    'mac-hash': 'Bound by source MAC address.',
    'load-based': 'Moves ports away from a loaded uplink; needs a distributed switch on ESXi.',
    explicit: 'The first active uplink that works carries everything: a failover order, no load balancing.',
    'switch-embedded': 'Hyper-V switch-embedded teaming (SET).',
    lacp: 'Dynamic link aggregation (IEEE 802.1AX); on ESXi only on a distributed switch.',
  }),
  'How traffic is spread over the uplinks.',
  { example: 'teaming active-active' },
);
/** Kinds of physical disks. */
export const diskTypes = {
  ssd: 'Flash on SAS or SATA.',
  nvme: 'Flash on PCI Express.',
  sas: 'Spinning disk on SAS, 10,000 or 15,000 rpm.',
  nlsas: 'Spinning disk, 7,200 rpm, SAS.',
  sata: 'Spinning disk, 7,200 rpm, SATA.',
} as const;
export const disks = record(
  {
    count: op(int(1, 1000), 'How many.'),
    size: { ...op(quantity('size'), 'Size of each.'), after: 'x' },
    type: optional(choice(diskTypes), 'Kind of disk.'),
  },
  {},
  'Disks: how many, of what size and kind.',
  { example: 'disks 8 x 1.92TB ssd' },
);
export const raid = prop(
  choice({
    0: 'Striping: no redundancy.',
    1: 'Mirror.',
    5: 'One disk of parity.',
    6: 'Two disks of parity.',
    10: 'Striped mirrors.',
    50: 'Striped RAID 5.',
    60: 'Striped RAID 6.',
  }),
  'RAID level.',
  { example: 'raid 10' },
);
export const critical = flag('Production stands still without it.');
