import {
  address,
  choice,
  cidr,
  decimal,
  flag,
  int,
  ip,
  kind,
  list,
  op,
  port as portRef,
  prop,
  quantity,
  record,
  ref,
  vlans,
  word,
  wwn,
} from '../types.ts';
import {
  cable,
  device,
  driver,
  firmware,
  height,
  mac,
  model,
  mtu,
  note,
  owner,
  pci,
  psu,
  rack,
  security,
  serial,
  speed,
  tag,
  teaming,
  unit,
} from './shared.ts';

/** What a network is for: the traffic classes of the field. */
export const purposes = choice({
  management: 'Administration of hosts, switches and storage.',
  production: 'What the VMs talk to each other and to the plant or the office over.',
  vmotion: 'Live migration of running VMs (vMotion, Live Migration, XenMotion).',
  'ft-logging': 'vSphere Fault Tolerance: keeps the shadow VM in lockstep.',
  iscsi: 'Block storage over IP.',
  nfs: 'File storage over IP (NFS).',
  smb: 'File storage over IP (SMB 3).',
  vsan: 'Traffic of hyper-converged storage (vSAN, Ceph, S2D).',
  cluster: 'Cluster communication and heartbeat (WSFC, Corosync, guest clusters).',
  backup: 'Backup traffic.',
  replication: 'Replication to another site or array.',
  provisioning: 'Templates, images, cold migration.',
  'out-of-band': 'Server controllers (iDRAC, iLO, iRMC, BMC).',
});

export const network = kind('network', {
  area: 'physical network',
  top: true,
  labelled: true,
  doc: 'A network as the design means it: one VLAN with one subnet and one purpose. Everything that stands on it names it.',
  example: 'network vmotion purpose vmotion vlan 30 subnet 10.4.30.0/24',
  props: {
    purpose: prop(purposes, 'What it is for. The rules on isolation depend on it.', { example: 'purpose vmotion' }),
    vlan: prop(int(), 'VLAN id, 1 to 4094; 0 for untagged.', { example: 'vlan 30' }),
    subnet: prop(cidr(), 'Address block.', { example: 'subnet 10.4.30.0/24' }),
    gateway: prop(ip(), 'Default gateway. A network without one is not routed.', { example: 'gateway 10.4.30.1' }),
    mtu,
    plane: prop(
      choice({ A: 'First of a redundant pair.', B: 'Second of a redundant pair.' }),
      'Side of a redundant pair of networks (iSCSI A and B).',
      { example: 'plane A' },
    ),
    zone: prop(word(), 'Security zone (IEC 62443), for example `level-3` or `dmz`.', { example: 'zone level-3' }),
    level: prop(decimal(), 'Purdue level of the zone: 0 to 5, 3.5 for the DMZ.', { example: 'level 3.5' }),
    bandwidth: prop(quantity('rate'), 'What it has to carry at peak.', { example: 'bandwidth 400Mbps' }),
    vrf: prop(word(), 'Routing domain. Equal addresses in different routing domains do not collide.', { example: 'vrf plant-b' }),
    dns: list(ip(), 'Name servers.'),
    owner,
    tag,
    note,
  },
});

export const switchKind = kind('switch', {
  area: 'physical network',
  top: true,
  labelled: true,
  children: ['port'],
  doc: 'A physical network switch.',
  example: 'switch sw-a model "Catalyst 9300-48T" ports 48 speed 1Gbps psu A, B rack r1',
  props: {
    model,
    serial,
    rack,
    unit,
    height,
    psu,
    mtu,
    owner,
    tag,
    note,
    ports: prop(int(1, 1024), 'Number of access ports.', { example: 'ports 48' }),
    speed,
    'uplink-ports': record({ count: op(int(1, 128), 'How many.') }, { speed }, 'Faster ports, named `u1`, `u2`, … (`sw-a/u1`).', {
      example: 'uplink-ports 8 speed 10Gbps',
    }),
    address: prop(address(), 'Management address.'),
    on: prop(ref('network'), 'Network of the management address.'),
    trunk: prop(vlans(), 'VLANs that every port carries tagged unless the port says something else.', {
      example: 'trunk 10, 20, 100-120',
    }),
    release: prop(word(), 'Release of the switch software.'),
    redundant: flag('A modular switch with two supervisors.'),
  },
});

export const port = kind('port', {
  area: 'physical network',
  doc: 'A port of a switch, or several (`port 1..12`); or a front-end port of a storage controller.',
  example: 'port 1..12 trunk 10, 20, 100-120',
  props: {
    trunk: prop(vlans(), 'Tagged VLANs that it carries.', { example: 'trunk 10, 20, 100-120' }),
    access: prop(int(), 'The one untagged VLAN that it carries.', { example: 'access 30' }),
    native: prop(int(), 'VLAN of untagged frames on a trunk.', { example: 'native 1' }),
    lag: record(
      { name: op(word(), 'Name of the channel, for example `po1`. Ports of one name form one link aggregation group.') },
      {
        mode: prop(
          choice({ static: 'EtherChannel without negotiation (mode on).', lacp: 'Negotiated by LACP.' }),
          'How the group is formed; static if not said.',
        ),
      },
      'Link aggregation group that it belongs to.',
      { example: 'lag po1 mode static' },
    ),
    mtu,
    speed,
    note,
    edge: flag('Spanning tree treats it as an edge port (PortFast).'),
    port: prop(portRef(), 'Switch port that the cable goes to (for a storage port).', { example: 'port sw-a/u1' }),
    address: prop(address(), 'IP address (for an iSCSI or NFS port).', { example: 'address storage-a.host(10)' }),
    on: prop(ref('network'), 'Network of the address.'),
    wwpn: prop(wwn(), 'Port name of a Fibre Channel port.'),
    fabric: prop(ref('fabric'), 'Fibre Channel fabric that it is connected to.'),
    protocol: prop(
      choice({ iscsi: 'iSCSI.', fc: 'Fibre Channel.', sas: 'SAS.', nfs: 'NFS.', smb: 'SMB.' }),
      'Protocol, if the ports of the array differ.',
    ),
  },
});

export const stack = kind('stack', {
  area: 'physical network',
  top: true,
  labelled: true,
  doc: 'Switches that act as one for link aggregation: a stack, or a pair with multi-chassis LAG.',
  example: 'stack core members sw-a, sw-b',
  props: {
    members: list(ref('switch'), 'The switches.', { example: 'members sw-a, sw-b' }),
    type: prop(
      choice({
        stack: 'One control plane: an update or a fault of the master can take all members down.',
        mlag: 'Two control planes (MLAG, vPC, VSX).',
      }),
      'What holds them together.',
    ),
    note,
  },
});

export const router = kind('router', {
  area: 'physical network',
  top: true,
  labelled: true,
  aliases: ['firewall'],
  doc: 'A router or firewall between networks.',
  example: 'firewall fw-1 connects control, dmz',
  props: {
    ...device,
    connects: list(ref('network'), 'Networks that it joins.', { example: 'connects control, dmz' }),
    partner: prop(ref('router'), 'The other one of a redundant pair.'),
    port: prop(portRef(), 'Switch port that it is cabled to.'),
  },
});

export const link = kind('link', {
  area: 'physical network',
  top: true,
  naming: 'optional',
  doc: 'A cable between switches.',
  example: 'link core-1 from sw-a/u1 to sw-b/u1 speed 10Gbps',
  props: {
    from: prop(portRef(), 'One end.'),
    to: prop(portRef(), 'The other end.'),
    speed,
    note,
    trunk: prop(vlans(), 'VLANs that it carries.'),
  },
});

export const fabric = kind('fabric', {
  area: 'storage',
  top: true,
  labelled: true,
  doc: 'A Fibre Channel fabric; redundant designs have two, A and B.',
  example: 'fabric fab-a speed 32Gbps switches fc-a',
  props: { speed, switches: list(ref('switch'), 'Fibre Channel switches of the fabric.'), note },
});

export const nic = kind('nic', {
  area: 'compute',
  doc: 'A network adapter: a physical port of a host (`nic vmnic0`), or the virtual adapter of a VM.',
  example: 'nic vmnic0 speed 10Gbps model "Intel X710" port sw-a/1',
  props: {
    speed,
    model,
    mac,
    note,
    pci,
    driver,
    firmware,
    port: cable,
    on: prop(ref('portgroup', 'network'), 'Port group that a virtual adapter is connected to.', { example: 'on "VM Network"' }),
    address: prop(address(), 'IP address.', { example: 'address control.host(21)' }),
    adapter: prop(
      choice({
        vmxnet3: 'VMware paravirtual.',
        synthetic: 'Hyper-V network adapter.',
        virtio: 'KVM paravirtual.',
        e1000: 'Emulated Intel adapter: slow.',
        e1000e: 'Emulated Intel adapter: slow.',
        legacy: 'Hyper-V legacy adapter: slow.',
        rtl8139: 'Emulated Realtek adapter: slow.',
        'sr-iov': 'Virtual function of a physical adapter.',
      }),
      'Virtual hardware of a VM’s adapter.',
      { example: 'adapter vmxnet3' },
    ),
    vmq: flag('Supports virtual machine queues.', { hypervisors: ['hyperv'] }),
    slot: prop(word(), 'Where the card sits: slot or on-board position.'),
  },
});

export const vswitch = kind('vswitch', {
  area: 'virtual network',
  children: ['portgroup', 'vmkernel'],
  doc: 'A virtual switch of a host: standard vSwitch, Hyper-V virtual switch, Linux or XenServer bridge, Open vSwitch.',
  example: 'vswitch vSwitch0 uplinks vmnic0, vmnic1 { vmkernel vmk0 on admin services management }',
  props: {
    type: prop(
      choice({
        standard: 'vSphere standard switch.',
        external: 'Hyper-V switch on a physical adapter.',
        internal: 'Hyper-V switch between the VMs and the parent partition.',
        private: 'Hyper-V switch between VMs only.',
        bridge: 'Linux bridge or XenServer network.',
        ovs: 'Open vSwitch.',
      }),
      'What kind of switch it is.',
      { example: 'type external' },
    ),
    uplinks: list(ref('nic'), 'Physical adapters under it.', { example: 'uplinks vmnic0, vmnic1' }),
    mtu,
    note,
    teaming,
    active: list(ref('nic'), 'Uplinks that carry traffic, in failover order; all of them if not said.', {
      example: 'active vmnic0',
    }),
    standby: list(ref('nic'), 'Uplinks that take over when an active one fails.', { example: 'standby vmnic1' }),
    unused: list(ref('nic'), 'Uplinks that must not be used.'),
    'failure-detection': prop(
      choice({ link: 'Link state only.', beacon: 'Beacon probing: needs three uplinks or more.' }),
      'How a failed uplink is noticed.',
    ),
    security,
  },
});

export const dvswitch = kind('dvswitch', {
  area: 'virtual network',
  top: true,
  children: ['portgroup'],
  doc: 'A distributed virtual switch: one switch over many hosts.',
  example: 'dvswitch dvs-1 hosts esx[1..3] uplinks vmnic0, vmnic1 { portgroup "Control" on control }',
  props: {
    ...vswitch.props,
    hosts: list(ref('host'), 'Hosts that are members.', { example: 'hosts esx[1..3]' }),
    release: prop(word(), 'Version of the switch.'),
    nioc: flag('Network I/O Control: shares and limits per kind of traffic.'),
  },
});

const teamed = {
  active: vswitch.props.active,
  standby: vswitch.props.standby,
  unused: vswitch.props.unused,
  teaming: vswitch.props.teaming,
} as const;

export const portgroup = kind('portgroup', {
  area: 'virtual network',
  doc: 'A port group: a label with a VLAN that VMs connect to. The label is one name on all hosts of a cluster, so that a VM finds its network wherever it runs.',
  example: 'portgroup "Control" on control',
  props: {
    ...teamed,
    note,
    on: prop(ref('network'), 'Network that it gives access to; the VLAN comes from there.', { example: 'on control' }),
    vlan: prop(int(), 'VLAN id, if it differs from the network’s (4095 passes all tags to the guest).', { example: 'vlan 100' }),
    security: vswitch.props.security,
    'failure-detection': vswitch.props['failure-detection'],
  },
});

/** What a host's own adapter is used for. */
export const services = choice({
  management: 'Administration of the host.',
  vmotion: 'Live migration.',
  'ft-logging': 'vSphere Fault Tolerance.',
  iscsi: 'iSCSI initiator.',
  nfs: 'NFS client.',
  smb: 'SMB client.',
  vsan: 'Hyper-converged storage.',
  cluster: 'Cluster communication.',
  backup: 'Backup.',
  replication: 'Replication.',
  provisioning: 'Provisioning, cold migration.',
});

export const vmkernel = kind('vmkernel', {
  area: 'virtual network',
  aliases: ['adapter'],
  doc: 'An adapter of the host itself on a virtual switch: VMkernel adapter (ESXi), virtual adapter of the parent partition (Hyper-V), address of a bridge (Linux).',
  example: 'vmkernel vmk1 on migration services vmotion address migration.host(11)',
  props: {
    ...teamed,
    mtu,
    mac,
    note,
    on: prop(ref('network'), 'Network that it is in.', { example: 'on admin' }),
    services: list(services, 'Traffic that it carries.', { example: 'services management, vmotion' }),
    address: prop(address(), 'IP address.', { example: 'address admin.host(11)' }),
    vlan: prop(int(), 'VLAN id, if it differs from the network’s.'),
    gateway: prop(ip(), 'Gateway, if it differs from the network’s.'),
    portgroup: prop(ref('portgroup'), 'Port group that it stands on; on a distributed switch.', {
      example: 'portgroup "vMotion"',
    }),
    'port-binding': flag('Bound to the software iSCSI adapter.', { hypervisors: ['esxi'] }),
  },
});
