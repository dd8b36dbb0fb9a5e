import { describe, expect, it } from 'vitest';
import { idOf } from '../../../server/src/model/entity.ts';
import { toldOf } from '../../../server/src/model/told.ts';
import type { Graph, GraphNode } from '../../../server/src/topology/graph.ts';
import { placeGraph } from '../../../server/src/topology/layout.ts';
import { type NetworkStyle, networkStyles } from '../../../server/src/topology/networkStyle.ts';
import { renderSvg } from '../../../server/src/topology/svg.ts';
import { graphOf, viewNamed, views } from '../../../server/src/topology/views/index.ts';
import { declaredBehind } from '../../../server/src/topology/views/made.ts';
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
    expect(node(graph, 'host:esx2')).toMatchObject({ parent: rack, detail: 'U22 · PowerEdge R660' });
    expect(node(graph, 'host:esx2').feeds).toEqual([
      { name: 'A', source: 'UPS ups-a', used: true },
      { name: 'B', source: 'UPS ups-b', used: true },
    ]);
    expect(node(graph, 'host:esx2').facts).toContainEqual({ label: 'Power A', value: 'UPS ups-a' });
    expect(node(graph, 'host:esx2').facts).toContainEqual({ label: 'Cable vmnic0', value: 'sw-a/u3, 10 Gbps' });
    expect(graph.edges.find((edge) => edge.id === 'cable host:esx2 switch:sw-a')).toMatchObject({ speed: 1e10, count: 2 });
    expect(graph.edges.find((edge) => edge.id === 'cable host:esx2 switch:sw-a 2')).toMatchObject({ speed: 1e9, label: '2' });
    expect(lines(graph, 'power')).toContain('site:plant/room:server-room/ups:ups-a host:esx2');
    expect(lines(graph, 'power')).toContain(`site:plant/room:server-room/ups:ups-a ${rack}/feed:A`);
    expect(node(graph, `${rack}/feed:A`)).toMatchObject({ role: 'feed', parent: rack, detail: 'from UPS ups-a', side: 'A' });
    const hosts = graph.nodes.filter((each) => each.role === 'host').map((each) => each.label);
    expect(hosts).toEqual(['esx3', 'esx2', 'esx1']);
    expect(graph.nodes.some((each) => each.role === 'vm')).toBe(false);
  });

  it('physical: a device on one feed only is seen, and one whose feeds come from one UPS', () => {
    const graph = view(
      'physical',
      modelOf(
        'ups u\npdu p from u capacity 16A outlets 8\nrack r units 42 { feed A from p\n feed B from u }\nhost one { rack r\n unit 4\n height 2\n psu A }\nhost two { rack r\n unit 9\n psu A, B }\nhost three { psu 2 }\n',
      ),
    );
    expect(node(graph, 'host:one').feeds?.map((plug) => plug.used)).toEqual([true, false]);
    expect(node(graph, 'host:one').facts).toContainEqual({ label: 'Power', value: 'only on feed A' });
    expect(node(graph, 'host:two').facts).toContainEqual({ label: 'Power', value: 'all feeds come from UPS u' });
    expect(node(graph, 'host:three').detail).toBe('2 PSUs');
    expect(node(graph, 'pdu:p')).toMatchObject({ role: 'pdu', detail: '16 A · 8 outlets' });
    expect(lines(graph, 'power')).toEqual(expect.arrayContaining(['ups:u pdu:p', 'pdu:p rack:r/feed:A', 'ups:u rack:r/feed:B']));
    // The highest unit stands on top, the feeds above all of them.
    const [one, two, feed] = ['host:one', 'host:two', 'rack:r/feed:B'].map((id) => node(graph, id).order ?? Number.NaN);
    expect(feed).toBeLessThan(two ?? Number.NaN);
    expect(two).toBeLessThan(one ?? Number.NaN);
    expect(node(graph, 'host:one').detail).toBe('U4–5');
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
    expect(['n1', 'n2', 'n3'].map((name) => node(graph, `host:h1/nic:${name}`).look)).toEqual([undefined, 'idle', 'idle']);
    expect(graph.edges.find((edge) => edge.role === 'cable')).toMatchObject({ label: '1', lag: 'po1' });
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
    expect(node(graph, 'network:storage-b')).toMatchObject({
      role: 'fabric',
      side: 'B',
      detail: 'iSCSI network · VLAN 22 · MTU 9000',
    });
    expect(node(graph, 'array:san-1/controller:A/port:p0').role).toBe('port');
    expect(node(graph, 'datastore:ds-data').bars).toEqual([
      { label: 'used', used: 800 * 1024 ** 3, total: 1024 ** 4, text: '800 GB of 1 TB' },
    ]);
    expect(node(graph, 'array:san-1/pool:fast').bars?.[0]?.text).toBe('5.2 TB of 7.68 TB');
  });

  it('storage: a port belongs to the side of its fabric, whichever controller it is on', () => {
    const graph = view(
      'storage',
      modelOf(
        'fabric fab-a\nfabric fab-b speed 32Gbps\nhost h { hba v type fc speed 32Gbps fabric fab-b }\narray s { controller A { port p0 fabric fab-a\n port p1 fabric fab-b }\n controller B { port p2 } }\n',
      ),
    );
    const side = (id: string): string | undefined => node(graph, id).side;
    expect(['A/port:p0', 'A/port:p1', 'B/port:p2'].map((id) => side(`array:s/controller:${id}`))).toEqual(['A', 'B', 'B']);
    expect(node(graph, 'fabric:fab-b')).toMatchObject({ role: 'fabric', side: 'B', detail: 'Fibre Channel fabric · 32 Gbps' });
    expect(node(graph, 'host:h/hba:v').detail).toBe('FC 32 Gbps');
  });

  it.each([
    ['raid 5 disks 4 x 1TB', '1 TB of 3 TB'],
    ['raid 6 disks 6 x 1TB', '1 TB of 4 TB'],
    ['raid 1 disks 2 x 1TB', '1 TB of 1 TB'],
    ['raid 50 disks 8 x 1TB', undefined],
    ['disks 8 x 1TB', undefined],
  ])('storage: what a pool gives: %s', (pool, text) => {
    const graph = view('storage', modelOf(`array a { pool p ${pool}\n lun l size 1TB in p }\n`));
    expect(node(graph, 'array:a/pool:p').bars?.[0]?.text).toBe(text);
  });

  it('placement: use, reserve, and who keeps apart from whom', () => {
    const graph = view('placement');
    const TB = 1024 ** 4;
    expect(node(graph, 'cluster:scada')).toMatchObject({
      parent: 'site:plant',
      detail: 'N+1: 101 of 512 GB',
      bars: [
        { label: 'RAM', used: (108 / 1024) * TB, reserve: 0.25 * TB, total: 0.75 * TB, text: '108 of 768 GB' },
        { label: 'CPU', used: 20, reserve: 32, total: 96, shareable: true, text: '20 vCPU on 96 cores' },
      ],
    });
    expect(node(graph, 'host:esx2').bars?.map((bar) => bar.text)).toEqual([
      '8 of 256 GB, at home',
      '2 vCPU on 32 cores, at home',
    ]);
    expect(node(graph, 'vm:SRV-KEY')).toMatchObject({ parent: 'host:esx2', detail: '2 vCPU · 8 GB · pinned · HA off' });
    expect(lines(graph, 'apart')).toEqual(['vm:E3-A vm:E3-B']);
    expect(node(graph, 'vm:E3-A').facts).toContainEqual({ label: 'Keeps apart from', value: 'E3-B' });
  });

  it('placement: FT has a shadow that takes as much again; VMs of one rule stand one after the other', () => {
    const graph = view(
      'placement',
      modelOf(
        'host h[1..2] { memory 64GB }\ncluster c hosts h[1..2] { ha on }\nvm a in c { memory 8GB\n ft yes }\nvm b in c { memory 4GB }\nvm z in c { memory 1GB }\naffinity should vms a, z\n',
      ),
    );
    expect(node(graph, 'vm:a/shadow')).toMatchObject({ look: 'ghost', parent: 'cluster:c', label: 'a' });
    expect(lines(graph, 'lockstep')).toEqual(['vm:a vm:a/shadow']);
    expect(graph.edges.find((edge) => edge.role === 'affinity')).toMatchObject({ from: 'vm:a', to: 'vm:z', label: 'should' });
    expect(graph.nodes.filter((each) => each.role === 'vm' && !each.look).map((each) => each.label)).toEqual(['a', 'z', 'b']);
    expect(node(graph, 'cluster:c').bars?.[0]?.text).toBe('21 of 128 GB');
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
    expect(lines(graph, 'pair')).toEqual(['vm:E3-A vm:E3-B']);
    // A VM that may run on any host has one line to the cluster, which holds them.
    expect(lines(graph, 'placement')).toContain('vm:SQL cluster:scada');
    expect(node(graph, 'host:esx1')).toMatchObject({ parent: 'cluster:scada' });
    const bands = ['service:SCADA', 'vm:E3-A', 'cluster:scada', 'array:san-1'].map((id) => node(graph, id).band ?? Number.NaN);
    expect(bands).toEqual([...bands].sort((a, b) => a - b));
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
    expect(node(graph, 'license:historian')).toMatchObject({ parent: 'usbhub:keys', detail: 'hardkey in port 1' });
    expect(node(graph, 'license:reports')).toMatchObject({ parent: 'host:esx2', detail: 'hardkey in usb1' });
    expect(node(graph, 'license:e3-a')).toMatchObject({ parent: 'vm:E3-A', detail: 'softkey · until 2027-06-30' });
    expect(node(graph, 'vm:ELIC').detail).toBe('scada · renews softkeys');
    expect(lines(graph, 'licence')).toContain('license:historian vm:SQL');
    expect(node(graph, 'product:Elipse E3 Server')).toMatchObject({ role: 'product', detail: '2 licences' });
    expect(lines(graph, 'licence')).toContain('product:Elipse E3 Server license:e3-b');
    expect(lines(graph, 'needs')).toContain('license:e3-a vm:ELIC');
  });

  it('zones: by level, with the firewall between them', () => {
    const graph = view('zones');
    const zones = graph.nodes.filter((each) => each.role === 'zone');
    expect(zones.map((each) => each.label)).toEqual(['level-3.5', 'level-3', 'Zone not said']);
    expect(node(graph, 'vm:ELIC').parent).toBe('network:dmz');
    expect(node(graph, 'network:dmz').parent).toBe('zone:level-3.5');
    expect(lines(graph, 'conduit')).toContain('router:fw-1 network:dmz');
    expect(graph.edges.find((edge) => edge.id === 'conduit router:fw-1 network:control')?.label).toBe('10.4.100.1');
    expect(node(graph, 'router:fw-1').detail).toBe('FortiGate 100F · between 2 zones');
    const [upper, lower] = zones.map((each) => each.band ?? Number.NaN);
    expect(upper).toBeLessThan(node(graph, 'router:fw-1').band ?? Number.NaN);
    expect(node(graph, 'router:fw-1').band).toBeLessThan(lower ?? Number.NaN);
  });

  it('zones: a machine in two of them leads past the firewall; a network in which nothing stands is reached at its zone', () => {
    const graph = view(
      'zones',
      modelOf(
        'network plant zone ot level 3\nnetwork office zone it level 4\nnetwork guests zone it\nfirewall f connects plant, guests\nphysical pc { nic a on plant\n nic b on office }\n',
      ),
    );
    expect(lines(graph, 'bypass')).toEqual(['physical:pc zone:it']);
    expect(node(graph, 'physical:pc').facts).toContainEqual({ label: 'Past the firewall', value: 'joins ot and it' });
    expect(lines(graph, 'conduit')).toEqual(['router:f network:plant', 'router:f zone:it']);
    expect(node(graph, 'zone:it').facts).toContainEqual({ label: 'Firewalls', value: 'f' });
  });
});

describe('what a box tells', () => {
  it.each(examples)('everything that the design of %s says of a thing is in the facts of its box', (name) => {
    const model = example(name);
    const missing: string[] = [];
    for (const { id } of views) {
      const graph = view(id, model);
      const boxes = new Map(graph.nodes.map((each) => [each.id, each]));
      for (const kind of [
        'host',
        'vm',
        'switch',
        'array',
        'datastore',
        'cluster',
        'license',
        'usbhub',
        'rack',
        'router',
      ] as const)
        for (const entity of model.all(kind)) {
          const box = boxes.get(idOf(entity));
          const labels = new Set(box?.facts?.map((fact) => fact.label));
          for (const told of toldOf(entity))
            if (box && told.prop !== 'height' && !labels.has(told.label)) missing.push(`${id}: ${idOf(entity)} ${told.label}`);
        }
    }
    expect(missing).toEqual([]);
  });

  it('addresses, VLANs, speeds, firmware: of adapters and of a VM with its parts', () => {
    const model = modelOf(
      'network n vlan 7 subnet 10.0.0.0/24 mtu 9000\nhost h { nic n0 speed 10Gbps model "X710" firmware 9.20 driver i40en 2.6.1 mac 00:50:56:00:00:01\n vswitch v uplinks n0 { portgroup "P" on n\n vmkernel k on n services vmotion address n.host(4) } }\ndatastore d vmfs 6\nvm m on h { os "Windows Server 2022"\n vcpu 2\n disk 40GB on d purpose system\n nic e on "P" address n.host(9) mac 00:50:56:00:00:02 }\n',
    );
    const facts = (viewId: string, id: string): readonly string[] =>
      node(view(viewId, model), id).facts?.map((fact) => `${fact.label}: ${fact.value}`) ?? [];
    expect(facts('network', 'host:h/nic:n0')).toEqual(
      expect.arrayContaining([
        'Speed: 10 Gbps',
        'Model: X710',
        'Firmware: 9.20',
        'Driver: i40en 2.6.1',
        'MAC address: 00:50:56:00:00:01',
      ]),
    );
    expect(facts('network', 'host:h/vswitch:v/vmkernel:k')).toEqual(
      expect.arrayContaining(['Address: 10.0.0.4', 'Network: n', 'VLAN: 7', 'MTU: 9000, from the network', 'Services: vmotion']),
    );
    expect(facts('overview', 'vm:m')).toEqual(
      expect.arrayContaining([
        'Operating system: Windows Server 2022',
        'Disk 1: 40 GB, on d, system',
        'Adapter e: 10.0.0.9, MAC 00:50:56:00:00:02, on P',
      ]),
    );
  });

  it('a USB hub says its address as a number', () => {
    expect(node(view('licences'), 'usbhub:keys').facts).toContainEqual({ label: 'Address', value: '10.4.200.20' });
  });

  it('links: a VM with what no line joins it to, and back', () => {
    const graph = view('overview');
    const links = node(graph, 'vm:E3-A').links ?? [];
    expect(links).toEqual(expect.arrayContaining(['cluster:scada', 'host:esx1/vswitch:vSwitch1/portgroup:Control']));
    expect(node(graph, 'host:esx3/vswitch:vSwitch1/portgroup:Control').links).toContain('vm:E3-A');
    const placed = view('placement');
    expect(node(placed, 'vm:SRV-KEY').links).toContain('cluster:scada');
    const ids = new Set(graph.nodes.map((each) => each.id));
    for (const each of graph.nodes) for (const link of each.links ?? []) expect(ids).toContain(link);
  });
});

describe('a box that a view makes of things', () => {
  it('leads to a declared one', () => {
    const model = modelOf('network n zone ot\nnetwork m level 2\nvm v { ft yes }\nlicense l { product "P" }\n');
    const behind = (id: string): string | undefined => declaredBehind(id, model)?.name;
    expect(['vm:v/shadow', 'zone:ot', 'zone:Level 2', 'product:P'].map(behind)).toEqual(['v', 'n', 'm', 'l']);
    expect(['vm:none/shadow', 'zone:none', 'product:none', 'vm:v', 'x'].map(behind)).toEqual(Array.from({ length: 5 }));
    for (const id of ['placement', 'zones', 'licences', 'redundancy'] as const)
      for (const each of view(id).nodes)
        if (/^(zone|product):|\/shadow$/.test(each.id)) expect(declaredBehind(each.id, plant), each.id).toBeDefined();
  });
});

describe('the colour of a network', () => {
  it('is the same in every view and under every filter', () => {
    const whole = networkStyles(view('overview').networks);
    expect(whole.size).toBe(7);
    const others = [
      ...['network', 'zones'].map((id) => view(id)),
      graphOf(plant, 'A plant', groupOf, { network: 'storage-b' }),
      graphOf(plant, 'A plant', groupOf, { view: 'network', focus: 'esx1.iscsi-b', depth: 1 }),
      graphOf(plant, 'A plant', groupOf, { view: 'network', focus: 'esx3.vSwitch0' }),
    ];
    for (const graph of others) {
      expect(graph.networks.length).toBeGreaterThan(0);
      for (const [id, { code, colour, pattern }] of networkStyles(graph.networks))
        expect({ id, code, colour, pattern }).toEqual({ id, ...pick(whole.get(id)) });
    }
    expect(others.some((graph) => graph.networks.length < 7)).toBe(true);
  });
});

const pick = (style: NetworkStyle | undefined): Partial<NetworkStyle> | undefined =>
  style && { code: style.code, colour: style.colour, pattern: style.pattern };

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
      const { nodes } = view(id, model);
      expect(nodes.length, id).toBeLessThan(400);
    }
  });
});
