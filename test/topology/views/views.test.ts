import { describe, expect, it } from 'vitest';
import type { Graph, GraphNode } from '../../../server/src/topology/graph.ts';
import { placeGraph } from '../../../server/src/topology/layout.ts';
import { renderSvg } from '../../../server/src/topology/svg.ts';
import { graphOf, viewNamed, views } from '../../../server/src/topology/views/index.ts';
import { faults } from '../../kit/geometry.ts';
import { assertWellFormed } from '../../kit/xml.ts';
import { example, groupOf, modelOf, run } from './kit.ts';

const examples = ['scada-plant', 'small-business', 'six-ports', 'broken-on-purpose'];
const plant = example('scada-plant');
const view = (id: string, model = plant): Graph => graphOf(model, 'A plant', groupOf, { view: id });
const node = (graph: Graph, id: string): GraphNode => {
  const found = graph.nodes.find((each) => each.id === id);
  if (!found) throw new Error(`no box ${id}`);
  return found;
};
const lines = (graph: Graph, role: string): readonly string[] =>
  graph.edges.filter((edge) => edge.role === role).map((edge) => `${edge.from} ${edge.to}`);

describe.each(examples)('every view of %s', (name) => {
  const model = example(name);
  it.each(views.map(({ id }) => id))('%s has no faults and comes out the same every time', async (id) => {
    const graph = view(id, model);
    const ids = graph.nodes.map((each) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    const placed = await placeGraph(graph, run);
    expect(faults(placed)).toEqual([]);
    expect(renderSvg(await placeGraph(view(id, example(name)), run))).toBe(renderSvg(placed));
  });
});

describe('the views of the SCADA plant', () => {
  it('physical: racks hold their devices with units, feeds and cables', () => {
    const graph = view('physical');
    const rack = 'site:plant/room:server-room/rack:r1';
    expect(node(graph, 'host:esx2')).toMatchObject({ parent: rack, detail: 'U22 · PowerEdge R660 · A + B' });
    expect(node(graph, 'host:esx2').facts).toContainEqual({ label: 'Power A', value: 'UPS ups-a' });
    expect(node(graph, 'host:esx2').facts).toContainEqual({ label: 'Cable vmnic0', value: 'sw-a/u3, 10 Gbps' });
    expect(graph.edges.find((edge) => edge.id === 'cable host:esx2 switch:sw-a')).toMatchObject({ speed: 1e10, label: '2 ×' });
    expect(lines(graph, 'power')).toContain('site:plant/room:server-room/ups:ups-a host:esx2');
    const hosts = graph.nodes.filter((each) => each.role === 'host').map((each) => each.label);
    expect(hosts).toEqual(['esx3', 'esx2', 'esx1']);
    expect(graph.nodes.some((each) => each.role === 'vm')).toBe(false);
  });

  it('network: an adapter that overrides the order of its switch says what carries it', () => {
    const graph = view('network');
    const vmk1 = node(graph, 'host:esx1/vswitch:vSwitch1/vmkernel:vmk1');
    expect(vmk1).toMatchObject({ detail: '10.4.30.11 · vmnic0 (vmnic1)', network: 'network:migration' });
    expect(vmk1.facts).toContainEqual({ label: 'Standby', value: 'vmnic1' });
    expect(lines(graph, 'uplink')).toContain('host:esx1/nic:vmnic2 host:esx1/vswitch:iscsi-a');
  });

  it('network: standby, unused and LAG are told apart', () => {
    const graph = view(
      'network',
      modelOf(
        'switch sw-1 ports 8 { port 1..2 lag po1 mode lacp }\nhost h1 {\n  nic n0 port sw-1/1\n  nic n1 port sw-1/2\n  nic n2\n  nic n3\n  vswitch v uplinks n0, n1, n2 { active n0\n standby n1\n unused n2 }\n}\n',
      ),
    );
    expect(lines(graph, 'uplink')).toEqual(['host:h1/nic:n0 host:h1/vswitch:v']);
    expect(lines(graph, 'standby')).toEqual(['host:h1/nic:n1 host:h1/vswitch:v']);
    expect(['n0', 'n1', 'n2', 'n3'].map((name) => node(graph, `host:h1/nic:${name}`).detail)).toEqual([
      'LAG po1',
      'LAG po1',
      'unused',
      'unused',
    ]);
    expect(graph.edges.find((edge) => edge.role === 'cable')?.label).toBe('1 po1');
    expect(node(graph, 'switch:sw-1').facts).toContainEqual({ label: 'LAG po1 (lacp)', value: '1, 2' });
  });

  it('network: a distributed switch stands beside its hosts', () => {
    const graph = view(
      'network',
      modelOf('network n vlan 5\nhost h[1..2] { nic n0 }\ndvswitch d hosts h[1..2] uplinks n0 { portgroup "P" on n }\n'),
    );
    expect(node(graph, 'dvswitch:d/portgroup:P')).toMatchObject({ parent: 'dvswitch:d', network: 'network:n' });
    expect(lines(graph, 'uplink')).toEqual(['host:h1/nic:n0 dvswitch:d', 'host:h2/nic:n0 dvswitch:d']);
  });

  it('storage: the way from a host to the data of a VM is closed', () => {
    const graph = view('storage');
    expect(lines(graph, 'cable')).toContain('host:esx1/vswitch:iscsi-a/vmkernel:vmk3 network:storage-a');
    expect(lines(graph, 'cable')).toContain('array:san-1/controller:A/port:p0 network:storage-a');
    expect(node(graph, 'array:san-1/lun:sql-log').parent).toBe('array:san-1/pool:fast');
    expect(lines(graph, 'storage')).toContain('datastore:ds-log array:san-1/lun:sql-log');
    expect(lines(graph, 'storage')).toContain('vm:SQL datastore:ds-log');
    expect(node(graph, 'network:storage-b')).toMatchObject({ side: 'B', detail: 'iSCSI network · VLAN 22 · MTU 9000' });
  });

  it('placement: use, reserve, and who keeps apart from whom', () => {
    const graph = view('placement');
    expect(node(graph, 'cluster:scada')).toMatchObject({
      parent: 'site:plant',
      detail: '108 of 768 GB · 20 vCPU on 96 cores · N+1: 101 of 512 GB',
    });
    expect(node(graph, 'vm:SRV-KEY')).toMatchObject({ parent: 'host:esx2', detail: '2 vCPU · 8 GB · pinned · HA off' });
    expect(node(graph, 'vm:E3-A').detail).toContain('apart from E3-B');
    expect(graph.edges).toContainEqual(
      expect.objectContaining({ from: 'vm:E3-A', to: 'vm:E3-B', role: 'placement', label: 'apart' }),
    );
  });

  it('redundancy: what both sides of a pair lean on is marked', () => {
    const graph = view('redundancy');
    expect(node(graph, 'array:san-1')).toMatchObject({
      detail: 'shared by both · PowerVault ME5024',
      shared: ['E3-A and E3-B (servers of the E3 domain)'],
    });
    const vms = graph.nodes.filter((each) => each.role === 'vm').map((each) => each.label);
    expect(vms.slice(0, 2)).toEqual(['E3-A', 'E3-B']);
    expect(node(graph, 'vm:E3-B').facts).toContainEqual({ label: 'Side of the pair', value: 'B' });
    expect(graph.nodes.filter((each) => each.shared)).toHaveLength(1);
    expect(lines(graph, 'needs')).toContain('service:SCADA vm:E3-A');
  });

  it('redundancy: one rack, one UPS and one switch under two hosts are shared', () => {
    const graph = view(
      'redundancy',
      modelOf(
        'ups u\nrack r { feed A from u }\nswitch s ports 4\nnetwork n\nhost h[i in 1..2] { rack r\n psu A\n nic n0 port s/(i)\n vswitch v uplinks n0 { portgroup "P" on n } }\nvm A on h1\nvm B on h2\nservice "S" { on A, B\n mode active-standby }\n',
      ),
    );
    expect(
      graph.nodes
        .filter((each) => each.shared)
        .map((each) => each.id)
        .sort(),
    ).toEqual(['rack:r', 'switch:s', 'ups:u']);
  });

  it('licences: keys stand in what holds them', () => {
    const graph = view('licences');
    expect(node(graph, 'license:historian')).toMatchObject({ parent: 'usbhub:keys', detail: 'historian · hardkey in port 1' });
    expect(node(graph, 'license:reports')).toMatchObject({ parent: 'host:esx2', label: 'Elipse Plant Manager Reports' });
    expect(node(graph, 'license:e3-a')).toMatchObject({ parent: 'vm:E3-A', detail: 'e3-a · softkey · until 2027-06-30' });
    expect(node(graph, 'vm:ELIC').detail).toBe('scada · renews softkeys');
    expect(lines(graph, 'licence')).toContain('license:historian vm:SQL');
  });

  it('zones: by level, with the firewall between them', () => {
    const graph = view('zones');
    expect(graph.nodes.filter((each) => each.role === 'room').map((each) => each.label)).toEqual([
      'level-3.5',
      'level-3',
      'Zone not said',
    ]);
    expect(node(graph, 'vm:ELIC').parent).toBe('network:dmz');
    expect(node(graph, 'network:dmz').parent).toBe('zone:level-3.5');
    expect(lines(graph, 'cable')).toContain('router:fw-1 network:dmz');
    expect(node(graph, 'router:fw-1').detail).toBe('FortiGate 100F · between 2 zones');
  });
});

const hostile = `network "<b>&\\"x" vlan 7 zone "]]>" purpose iscsi
switch "../etc:a/b" ports 8
rack "r<1>"
host "h:1/2" { rack "r<1>"
 nic "n/0" port "../etc:a/b"/1
 vswitch "v<script>" uplinks "n/0" { portgroup "p&q" on "<b>&\\"x" } }
array "a&" { pool "p<" raid 5 disks 3 x 1TB
 lun "l>" size 1TB in "p<" }
datastore "d'\\"" vmfs 6 on "a&"."l>"
cluster "c" hosts "h:1/2"
vm "\u202Eevil $& $1" in c { vcpu 1
 disk 1GB on "d'\\""
 nic e on "p&q" }
vm "__proto__" on "h:1/2"
service "<svg onload=x>" { on "\u202Eevil $& $1", "__proto__"
 mode active-standby }
license "constructor" { product "<img>"
 softkey for "__proto__" }
`;

describe('what is hard to draw', () => {
  it.each(views.map(({ id }) => id))('%s draws hostile names as text', async (id) => {
    const placed = await placeGraph(view(id, modelOf(hostile)), run);
    expect(faults(placed)).toEqual([]);
    const svg = renderSvg(placed);
    assertWellFormed(svg);
    for (const tag of ['<b>', '<script', '<img', '<svg onload']) expect(svg).not.toContain(tag);
  });

  it('the hostile design is understood', () => {
    expect(view('overview', modelOf(hostile)).nodes.length).toBeGreaterThan(15);
    for (const { id } of views) expect(view(id, modelOf(hostile)).nodes.length, id).toBeGreaterThan(1);
  });

  it.each(views.map(({ id }) => id))('%s of an empty design is empty, and says what to declare', (id) => {
    expect(view(id, modelOf('')).nodes).toEqual([]);
    expect(viewNamed(id).empty).toMatch(/^declare a/);
  });

  it('a thousand hosts and ten thousand VMs are folded in every view', () => {
    const vms = Array.from(
      { length: 20 },
      (_, at) =>
        `cluster c${at} hosts h[${at * 50 + 1}..${at * 50 + 50}]\nvm v${at}-[1..500] in c${at} { vcpu 2\n memory 4GB }\n`,
    );
    const model = modelOf(`host h[1..1000] { nic n0\n memory 256GB }\n${vms.join('')}`);
    for (const { id } of views) {
      const before = performance.now();
      const { nodes } = view(id, model);
      expect(nodes.length, id).toBeLessThan(400);
      expect(performance.now() - before, id).toBeLessThan(5000);
    }
  });
});
