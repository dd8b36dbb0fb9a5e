/** Graphs as the views make them out of real designs, for tests of the layout and of the page, and for looking at pictures. */

import type { EdgeRole, Graph, GraphEdge, GraphNode, NodeRole } from '../../server/src/topology/graph.ts';

type Extra = Partial<Omit<GraphNode, 'id' | 'role' | 'label'>>;
type EdgeExtra = Partial<Omit<GraphEdge, 'id' | 'role' | 'from' | 'to'>>;

interface Builder {
  node(id: string, role: NodeRole, label: string, extra?: Extra): string;
  edge(role: EdgeRole, from: string, to: string, extra?: EdgeExtra): void;
  network(id: string, purpose: string, detail: string): void;
  done(): Graph;
}

/** A graph under construction. */
export function builder(title: string): Builder {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const networks: { id: string; label: string; purpose?: string }[] = [];
  return {
    node(id, role, label, extra = {}) {
      nodes.push({ id, role, label, ...extra });
      return id;
    },
    edge(role, from, to, extra = {}) {
      edges.push({ id: `${role}:${from}->${to}`, role, from, to, ...extra });
    },
    network(id, purpose, detail) {
      nodes.push({ id, role: 'network', label: id, detail });
      networks.push({ id, label: id, purpose });
    },
    done: () => ({ title, nodes, edges, networks }),
  };
}

const gigabit = 1e9;

function plantNetworks(b: Builder): void {
  b.network('admin', 'management', 'VLAN 10 · 10.4.10.0/24');
  b.network('storage-a', 'iSCSI', 'VLAN 21 · 10.4.21.0/24 · MTU 9000');
  b.network('storage-b', 'iSCSI', 'VLAN 22 · 10.4.22.0/24 · MTU 9000');
  b.network('migration', 'vMotion', 'VLAN 30 · 10.4.30.0/24');
  b.network('lockstep', 'FT logging', 'VLAN 40 · 10.4.40.0/24');
  b.network('control', 'production', 'VLAN 100 · 10.4.100.0/22');
  b.network('dmz', 'production', 'VLAN 200 · 10.4.200.0/24');
}

function esxHost(b: Builder, id: string, parent: string, n: number): void {
  b.node(id, 'host', id, {
    parent,
    detail: 'PowerEdge R660 · ESXi 8.0 U3',
    facts: [
      { label: 'CPU', value: '2 × Xeon Gold 6426Y, 32 cores' },
      { label: 'Memory', value: '256 GB' },
      { label: 'Rack', value: n <= 2 ? 'r1' : 'r2' },
    ],
  });
  for (let k = 0; k < 6; k += 1)
    b.node(`${id}/vmnic${k}`, 'nic', `vmnic${k}`, {
      parent: id,
      detail: k < 4 ? '10 Gbps · Intel X710' : '1 Gbps · Broadcom BCM5720',
    });
  const v = (name: string, detail: string): string => b.node(`${id}/${name}`, 'vswitch', name, { parent: id, detail });
  v('vSwitch0', 'MTU 1500');
  v('vSwitch1', 'MTU 1500');
  v('iscsi-a', 'MTU 9000');
  v('iscsi-b', 'MTU 9000');
  b.node(`${id}/vmk0`, 'vmkernel', 'vmk0', { parent: `${id}/vSwitch0`, network: 'admin', detail: `10.4.10.${10 + n}` });
  b.node(`${id}/Control`, 'portgroup', 'Control', { parent: `${id}/vSwitch1`, network: 'control', detail: 'VLAN 100' });
  b.node(`${id}/DMZ`, 'portgroup', 'DMZ', { parent: `${id}/vSwitch1`, network: 'dmz', detail: 'VLAN 200' });
  b.node(`${id}/vmk1`, 'vmkernel', 'vmk1', { parent: `${id}/vSwitch1`, network: 'migration', detail: `10.4.30.${10 + n}` });
  b.node(`${id}/vmk2`, 'vmkernel', 'vmk2', { parent: `${id}/vSwitch1`, network: 'lockstep', detail: `10.4.40.${10 + n}` });
  b.node(`${id}/vmk3`, 'vmkernel', 'vmk3', { parent: `${id}/iscsi-a`, network: 'storage-a', detail: `10.4.21.${20 + n}` });
  b.node(`${id}/vmk4`, 'vmkernel', 'vmk4', { parent: `${id}/iscsi-b`, network: 'storage-b', detail: `10.4.22.${20 + n}` });
  for (const [nic, vs] of [
    [4, 'vSwitch0'],
    [5, 'vSwitch0'],
    [0, 'vSwitch1'],
    [1, 'vSwitch1'],
    [2, 'iscsi-a'],
    [3, 'iscsi-b'],
  ] as const) {
    b.edge('uplink', `${id}/vmnic${nic}`, `${id}/${vs}`, { speed: (nic < 4 ? 10 : 1) * gigabit });
  }
  for (let k = 0; k < 6; k += 1) {
    b.edge('cable', `${id}/vmnic${k}`, k % 2 === 0 ? 'sw-a' : 'sw-b', {
      speed: (k < 4 ? 10 : 1) * gigabit,
      label: k < 4 ? `u${1 + n}` : String(n),
    });
  }
}

function plantBase(b: Builder): void {
  b.node('plant', 'site', 'Riverside plant');
  b.node('server-room', 'room', 'server-room', { parent: 'plant' });
  b.node('ups-a', 'ups', 'ups-a', { parent: 'server-room', detail: '6 kVA · 20 min', side: 'A' });
  b.node('ups-b', 'ups', 'ups-b', { parent: 'server-room', detail: '6 kVA · 20 min', side: 'B' });
  b.node('r1', 'rack', 'r1', { parent: 'server-room', detail: '42 U' });
  b.node('r2', 'rack', 'r2', { parent: 'server-room', detail: '42 U' });
  for (const rack of ['r1', 'r2'])
    for (const side of ['a', 'b']) b.edge('power', `ups-${side}`, rack, { label: side.toUpperCase() });
  plantNetworks(b);
  b.node('sw-a', 'switch', 'sw-a', { detail: 'Catalyst 9300-48T · rack r1', side: 'A' });
  b.node('sw-b', 'switch', 'sw-b', { detail: 'Catalyst 9300-48T · rack r2', side: 'B' });
  b.edge('cable', 'sw-a', 'sw-b', { speed: 10 * gigabit, label: 'stack core' });
}

function plantStorage(b: Builder): void {
  b.node('san-1', 'array', 'san-1', { detail: 'PowerVault ME5024 · rack r1' });
  b.node('san-1/A/p0', 'nic', 'A p0', { parent: 'san-1', detail: '10 Gbps', side: 'A' });
  b.node('san-1/B/p0', 'nic', 'B p0', { parent: 'san-1', detail: '10 Gbps', side: 'B' });
  b.edge('cable', 'san-1/A/p0', 'sw-a', { speed: 10 * gigabit, label: 'u1' });
  b.edge('cable', 'san-1/B/p0', 'sw-b', { speed: 10 * gigabit, label: 'u1' });
  b.node('san-1/fast', 'pool', 'fast', { parent: 'san-1', detail: 'RAID 10 · 8 × 1.92 TB SSD' });
  for (const [lun, size, store] of [
    ['vmfs-1', '4 TB', 'ds-vm'],
    ['sql-data', '1 TB', 'ds-data'],
    ['sql-log', '200 GB', 'ds-log'],
  ] as const) {
    b.node(`san-1/fast/${lun}`, 'lun', lun, { parent: 'san-1/fast', detail: size });
    b.node(store, 'datastore', store, { detail: 'VMFS 6' });
    b.edge('storage', store, `san-1/fast/${lun}`);
  }
}

function vm(
  b: Builder,
  id: string,
  parent: string,
  detail: string,
  networks: readonly string[],
  stores: readonly string[],
  extra: Extra = {},
): void {
  b.node(id, 'vm', id, { parent, detail, facts: [{ label: 'Guest', value: 'Windows Server 2022' }], ...extra });
  for (const network of networks) b.edge('network', id, network);
  for (const store of stores) b.edge('storage', id, store);
}

/** The plant of the sketch: two racks, two switches, an array, a cluster of three hosts, four VMs, seven networks, services, licences. */
export function scadaPlant(options: { readonly extraVm?: boolean; readonly dongles?: boolean } = {}): Graph {
  const b = builder('riverside · SCADA platform of the Riverside water plant');
  plantBase(b);
  b.node('scada', 'cluster', 'scada', { detail: 'HA reserve 34% · DRS fully automated · EVC Ice Lake' });
  for (let n = 1; n <= 3; n += 1) esxHost(b, `esx${n}`, 'scada', n);
  plantStorage(b);
  vm(b, 'E3-A', 'scada', '4 vCPU · 16 GB', ['control'], ['ds-vm'], { doc: 'Elipse E3 server, hot' });
  vm(b, 'E3-B', 'scada', '4 vCPU · 16 GB', ['control'], ['ds-vm']);
  vm(b, 'SQL', 'scada', '8 vCPU · 64 GB', ['control'], ['ds-vm', 'ds-data', 'ds-log']);
  vm(b, 'ELIC', 'scada', '2 vCPU · 4 GB', ['dmz'], ['ds-vm']);
  if (options.extraVm === true) vm(b, 'Historian', 'scada', '8 vCPU · 32 GB', ['control', 'dmz'], ['ds-vm']);
  b.node('SCADA', 'service', 'SCADA', { detail: '99.99% · RTO 1 min' });
  b.node('Process database', 'service', 'Process database', { detail: 'SQL Server 2022' });
  b.edge('needs', 'SCADA', 'E3-A');
  b.edge('needs', 'SCADA', 'E3-B');
  b.edge('needs', 'SCADA', 'Process database');
  b.edge('needs', 'Process database', 'SQL');
  for (const side of ['a', 'b']) {
    b.node(`e3-${side}`, 'license', `e3-${side}`, {
      detail: options.dongles === true ? 'hardkey' : 'softkey · 2027-06-30',
      ...(options.dongles === true ? { parent: 'keys' } : {}),
    });
    b.edge('licence', `e3-${side}`, `E3-${side.toUpperCase()}`);
  }
  if (options.dongles === true) {
    b.node('keys', 'usbhub', 'keys', { detail: 'AnywhereUSB 24 Plus' });
    b.node('keys/eth0', 'nic', 'eth0', { parent: 'keys', detail: '1 Gbps' });
    b.node('keys/eth1', 'nic', 'eth1', { parent: 'keys', detail: '1 Gbps' });
    b.edge('cable', 'keys/eth0', 'sw-a', { speed: gigabit, label: '20' });
    b.edge('cable', 'keys/eth1', 'sw-b', { speed: gigabit, label: '20' });
  }
  return b.done();
}

/** A small business: one Hyper-V host, its switch, three VMs. */
export function smallHyperV(): Graph {
  const b = builder('corner shop');
  b.network('office', 'production', '192.168.1.0/24');
  b.node('sw', 'switch', 'sw', { detail: '24 ports · 1 Gbps' });
  b.node('hv1', 'host', 'hv1', { detail: 'Hyper-V 2022' });
  for (let k = 0; k < 2; k += 1) {
    b.node(`hv1/eth${k}`, 'nic', `eth${k}`, { parent: 'hv1', detail: '1 Gbps' });
    b.edge('cable', `hv1/eth${k}`, 'sw', { speed: gigabit });
  }
  b.node('hv1/external', 'vswitch', 'external', { parent: 'hv1', detail: 'SET team' });
  b.edge('uplink', 'hv1/eth0', 'hv1/external', { speed: gigabit });
  b.edge('standby', 'hv1/eth1', 'hv1/external', { speed: gigabit });
  b.node('hv1/LAN', 'portgroup', 'LAN', { parent: 'hv1/external', network: 'office' });
  b.node('local', 'datastore', 'local', { parent: 'hv1', detail: 'NTFS · 2 TB' });
  for (const id of ['DC1', 'Files', 'Accounts']) vm(b, id, 'hv1', '2 vCPU · 8 GB', ['office'], ['local']);
  b.node('DC2', 'physical', 'DC2', { detail: 'second domain controller' });
  b.node('Domain', 'service', 'Domain');
  b.edge('needs', 'Domain', 'DC1');
  b.edge('needs', 'Domain', 'DC2');
  return b.done();
}

/** Many hosts of many VMs in one cluster, two switches. */
export function fleet(hosts = 16, perHost = 10): Graph {
  const b = builder(`fleet of ${hosts} hosts`);
  plantBase(b);
  b.node('scada', 'cluster', 'prod', { detail: 'HA · DRS' });
  for (let n = 1; n <= hosts; n += 1) esxHost(b, `esx${String(n).padStart(2, '0')}`, 'scada', n);
  plantStorage(b);
  for (let n = 1; n <= hosts * perHost; n += 1)
    vm(b, `vm${String(n).padStart(3, '0')}`, 'scada', '2 vCPU · 8 GB', [n % 5 === 0 ? 'dmz' : 'control'], ['ds-vm']);
  return b.done();
}

/** A folded fleet: one host stands for sixteen, one VM for a hundred and sixty. */
export function folded(): Graph {
  const b = builder('folded fleet');
  plantBase(b);
  b.node('scada', 'cluster', 'prod', { detail: 'HA · DRS' });
  esxHost(b, 'esx[1..16]', 'scada', 1);
  const graph = b.done();
  const nodes = graph.nodes.map((node) => (node.id === 'esx[1..16]' ? { ...node, count: 16 } : node));
  const vms: GraphNode = {
    id: 'web[1..160]',
    role: 'vm',
    label: 'web[1..160]',
    detail: '2 vCPU · 8 GB',
    parent: 'scada',
    count: 160,
  };
  return {
    ...graph,
    nodes: [...nodes, vms],
    edges: [...graph.edges, { id: 'network:web->control', role: 'network', from: vms.id, to: 'control' }],
  };
}

/** Nothing written yet. */
export function emptyGraph(): Graph {
  return { title: 'untitled', nodes: [], edges: [], networks: [] };
}

/** Two sites with a stretched cluster's halves, core and access switches, a distributed switch, Fibre Channel storage, a witness. */
export function twoSites(): Graph {
  const b = builder('stretched');
  b.network('mgmt', 'management', 'VLAN 10');
  b.network('apps', 'production', 'VLAN 100');
  for (const [site, side] of [
    ['north', 'A'],
    ['south', 'B'],
  ] as const) {
    b.node(site, 'site', `Site ${site}`);
    b.node(`${site}/core`, 'router', `core-${site}`, { parent: site, detail: 'Firewall pair' });
    b.node(`${site}/sw`, 'switch', `sw-${site}`, { parent: site, detail: '48 × 25 Gbps', side });
    b.edge('cable', `${site}/core`, `${site}/sw`, { speed: 1e10 });
    b.node(`${site}/c`, 'cluster', `prod-${site}`, { parent: site, detail: 'vSAN' });
    b.node(`${site}/dvs`, 'vswitch', `dvs-${site}`, { parent: `${site}/c`, detail: 'distributed · MTU 9000' });
    for (const group of ['Management', 'Applications'])
      b.node(`${site}/${group}`, 'portgroup', group, {
        parent: `${site}/dvs`,
        network: group === 'Management' ? 'mgmt' : 'apps',
      });
    for (let n = 1; n <= 2; n += 1) {
      const host = `${site}/esx${n}`;
      b.node(host, 'host', `esx-${site}-${n}`, { parent: `${site}/c`, detail: 'ESXi 8.0 U3' });
      for (let k = 0; k < 2; k += 1) {
        b.node(`${host}/vmnic${k}`, 'nic', `vmnic${k}`, { parent: host, detail: '25 Gbps' });
        b.edge('cable', `${host}/vmnic${k}`, `${site}/sw`, { speed: 25e9 });
        b.edge('uplink', `${host}/vmnic${k}`, `${site}/dvs`, { speed: 25e9 });
      }
    }
    for (const id of ['web', 'db']) vm(b, `${id}-${site}`, `${site}/c`, '4 vCPU · 16 GB', ['apps'], [`${site}/vsan`]);
    b.node(`${site}/vsan`, 'datastore', `vsan-${site}`, { parent: `${site}/c`, detail: 'vSAN · 20 TB' });
  }
  b.edge('cable', 'north/core', 'south/core', { speed: 1e10, label: 'dark fibre' });
  b.node('witness', 'host', 'witness', { detail: 'third place' });
  b.node('shop', 'service', 'Web shop', { detail: '99.95%' });
  b.edge('needs', 'shop', 'web-north');
  b.edge('needs', 'shop', 'web-south');
  return b.done();
}

/** Machines in racks: switches, hosts with local VMs and a directly attached array, as they stand in the room. */
export function racks(): Graph {
  const b = builder('machine room by rack');
  b.network('lan', 'production', 'VLAN 1');
  b.node('room', 'room', 'Machine room');
  for (const rack of ['r1', 'r2']) {
    b.node(rack, 'rack', rack, { parent: 'room', detail: '42 U' });
    b.node(`sw-${rack}`, 'switch', `sw-${rack}`, { parent: rack, detail: '48 ports' });
    b.node(`kvm-${rack}`, 'host', `kvm-${rack}`, { parent: rack, detail: 'Proxmox VE 8' });
    for (let k = 0; k < 2; k += 1) b.node(`kvm-${rack}/eno${k}`, 'nic', `eno${k}`, { parent: `kvm-${rack}`, detail: '10 Gbps' });
    b.node(`kvm-${rack}/sas`, 'hba', 'sas0', { parent: `kvm-${rack}`, detail: '12 Gbps' });
    b.node(`kvm-${rack}/vmbr0`, 'vswitch', 'vmbr0', { parent: `kvm-${rack}`, detail: 'Linux bridge' });
    b.node(`kvm-${rack}/lan`, 'portgroup', 'lan', { parent: `kvm-${rack}/vmbr0`, network: 'lan' });
    b.edge('uplink', `kvm-${rack}/eno0`, `kvm-${rack}/vmbr0`);
    b.edge('standby', `kvm-${rack}/eno1`, `kvm-${rack}/vmbr0`);
    for (const id of ['a', 'b']) vm(b, `${rack}-${id}`, `kvm-${rack}`, '2 vCPU', ['lan'], ['ds']);
  }
  for (const rack of ['r1', 'r2']) {
    b.edge('cable', `kvm-${rack}/eno0`, 'sw-r1', { speed: 1e10 });
    b.edge('cable', `kvm-${rack}/eno1`, 'sw-r2', { speed: 1e10 });
    b.edge('cable', `kvm-${rack}/sas`, `das/${rack}`, { speed: 12e9 });
  }
  b.node('das', 'array', 'das', { parent: 'r1', detail: 'MSA 2060' });
  for (const rack of ['r1', 'r2']) b.node(`das/${rack}`, 'hba', `port ${rack}`, { parent: 'das', detail: '12 Gbps' });
  b.node('das/p', 'pool', 'pool', { parent: 'das' });
  b.node('das/l', 'lun', 'lun0', { parent: 'das/p', detail: '8 TB' });
  b.node('ds', 'datastore', 'ds', { detail: 'LVM' });
  b.edge('storage', 'ds', 'das/l');
  return b.done();
}
