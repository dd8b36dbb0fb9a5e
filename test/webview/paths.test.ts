/** Paths between two things and the ways of a machine: found in plain data, without a page. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Graph } from '../../server/src/topology/graph.ts';
import { speedText } from '../../server/src/topology/words.ts';
import { cardOf, connectionWords, describe as describeBox, lineCard, pathWords } from '../../webview/src/describe.ts';
import { type Line, type Net, netOf, type ReadThing } from '../../webview/src/net.ts';
import { pathsBetween, usualLimits } from '../../webview/src/paths.ts';
import { waysOf } from '../../webview/src/ways.ts';
import { builder, fleet, racks, scadaPlant, smallHyperV, twoSites } from '../kit/graphs.ts';

/** As the picture tells it: membership in a network and disks on a datastore are links, all else is a drawn line. */
function netOfGraph(graph: Graph): Net {
  const roles = new Map(graph.nodes.map((node) => [node.id, node.role]));
  const isLink = (edge: Graph['edges'][number]): boolean =>
    edge.role === 'network' || (roles.get(edge.from) === 'vm' && roles.get(edge.to) === 'datastore');
  const things = graph.nodes.map(
    (node): ReadThing => ({
      id: node.id,
      role: node.role,
      name: node.label,
      links: [
        ...(node.network === undefined ? [] : [node.network]),
        ...graph.edges.filter((edge) => isLink(edge) && edge.from === node.id).map((edge) => edge.to),
      ],
      ...(node.parent === undefined ? {} : { parent: node.parent }),
    }),
  );
  const lines = graph.edges
    .filter((edge) => !isLink(edge))
    .map(
      ({ from, id, label, role, speed, to }): Line => ({
        id,
        role,
        from,
        to,
        ...(speed === undefined ? {} : { speed: speedText(speed) }),
        ...(label === undefined ? {} : { label }),
      }),
    );
  return netOf(things, lines);
}

const plant = netOfGraph(scadaPlant({ dongles: true }));
const words = (net: Net, from: string, to: string): readonly string[] =>
  pathsBetween(net, from, to).paths.map((path) => pathWords(net, path));

describe('paths between two things', () => {
  test('from a machine to a switch: over each host that may carry it, the direct ones first', () => {
    expect(words(plant, 'E3-A', 'sw-a')).toEqual([
      'E3-A → esx1/Control → vSwitch1 → vmnic0 → sw-a',
      'E3-A → esx2/Control → vSwitch1 → vmnic0 → sw-a',
      'E3-A → esx3/Control → vSwitch1 → vmnic0 → sw-a',
      'E3-A → esx1/Control → vSwitch1 → vmnic1 → sw-b → sw-a',
      'E3-A → esx2/Control → vSwitch1 → vmnic1 → sw-b → sw-a',
      'E3-A → esx3/Control → vSwitch1 → vmnic1 → sw-b → sw-a',
    ]);
  });

  test('from a machine to its storage: down its own disks, not over its network', () => {
    expect(words(plant, 'E3-A', 'san-1')).toEqual(['E3-A → ds-vm → san-1/vmfs-1 → fast → san-1']);
  });

  test('between hosts and an array: each NIC by its switch', () => {
    const found = words(plant, 'esx1', 'san-1');
    expect(found.slice(0, 6).toSorted()).toEqual(
      [0, 1, 2, 3, 4, 5].map((nic) => `esx1 → vmnic${nic} → sw-${'ab'[nic % 2]} → san-1/${'AB'[nic % 2]} p0 → san-1`),
    );
  });

  test('nothing goes from one uplink of a virtual switch to another, nor through a host or an array', () => {
    for (const [from, to] of [
      ['esx1', 'esx2'],
      ['E3-A', 'sw-b'],
      ['sw-a', 'sw-b'],
    ] as const) {
      for (const { ids } of pathsBetween(plant, from, to, { ...usualLimits, most: 60 }).paths) {
        const inner = ids.slice(1, -1).map((id) => plant.things.get(id)?.role);
        expect(inner.join(' ')).not.toMatch(/nic (vswitch|host|array) nic/);
        expect(inner.filter((role) => role === 'cluster' || role === 'rack' || role === 'site')).toEqual([]);
      }
    }
    expect(words(plant, 'sw-a', 'sw-b')).toEqual(['sw-a → sw-b']);
  });

  test('what two machines have in common joins them, and so does the way between their hosts', () => {
    const found = words(netOfGraph(racks()), 'r1-a', 'r2-b');
    expect(found).toEqual([
      'r1-a → lan → r2-b',
      'r1-a → ds → r2-b',
      'r1-a → kvm-r1/lan → vmbr0 → eno0 → sw-r1 → kvm-r2/eno0 → vmbr0 → lan → r2-b',
      'r1-a → kvm-r1/lan → vmbr0 → eno1 → sw-r2 → kvm-r2/eno1 → vmbr0 → lan → r2-b',
    ]);
  });

  test('a machine is carried on its own host or in its own cluster only', () => {
    expect(words(netOfGraph(smallHyperV()), 'DC1', 'sw')).toEqual([
      'DC1 → hv1/LAN → external → eth0 → sw',
      'DC1 → hv1/LAN → external → eth1 → sw',
    ]);
    for (const line of words(netOfGraph(twoSites()), 'web-north', 'north/sw')) expect(line).not.toContain('south');
  });

  test('where no traffic goes, the shortest connection there is, and said to be that', () => {
    const { isLoose, paths } = pathsBetween(plant, 'E3-A', 'san-1/fast/sql-log');
    expect(isLoose).toBe(true);
    expect(paths.map((path) => pathWords(plant, path))).toContain('E3-A → ds-vm → san-1/vmfs-1 → fast → sql-log');
    expect(new Set(paths.map(({ ids }) => ids.length))).toEqual(new Set([5]));
    expect(pathsBetween(plant, 'E3-A', 'sw-a').isLoose).toBe(false);
  });

  test('no path is no path', () => {
    expect(words(plant, 'plant', 'E3-A')).toEqual([]);
    expect(words(plant, 'E3-A', 'E3-A')).toEqual([]);
    expect(words(plant, 'E3-A', 'nobody')).toEqual([]);
  });

  test('from network to network over the router that joins them', () => {
    const b = builder('zones');
    for (const name of ['control', 'dmz']) b.node(name, 'network', name);
    b.node('fw', 'router', 'fw');
    b.node('A', 'vm', 'A', { parent: 'control' });
    b.node('B', 'vm', 'B', { parent: 'dmz' });
    for (const name of ['control', 'dmz']) b.edge('conduit', 'fw', name);
    expect(words(netOfGraph(b.done()), 'A', 'B')).toEqual(['A → control → fw → dmz → B']);
  });

  test('what is only said to stand somewhere is no way: a rack hands on power, nothing else', () => {
    const b = builder('rack');
    b.node('r1', 'rack', 'r1');
    b.node('ups', 'ups', 'ups');
    for (const name of ['esx1', 'esx2']) {
      b.node(name, 'host', name);
      b.edge('placement', name, 'r1');
    }
    b.edge('power', 'ups', 'r1');
    const net = netOfGraph(b.done());
    expect(words(net, 'esx1', 'esx2')).toEqual([]);
    expect(words(net, 'ups', 'esx1')).toEqual(['ups → r1 → esx1']);
  });

  test('machines kept apart are not joined by that', () => {
    const b = builder('apart');
    b.node('a', 'vm', 'a');
    b.node('b', 'vm', 'b');
    b.edge('apart', 'a', 'b');
    expect(words(netOfGraph(b.done()), 'a', 'b')).toEqual([]);
  });

  test('many paths: the shortest of them, and that there are more', () => {
    const { more, paths } = pathsBetween(netOfGraph(fleet(40, 1)), 'vm001', 'sw-a');
    expect([paths.length, more]).toEqual([usualLimits.most, true]);
    expect(new Set(paths.map(({ ids }) => ids.length))).toEqual(new Set([5]));
  });

  test('a tangle of switches ends in time', () => {
    const b = builder('tangle');
    for (let n = 0; n < 60; n += 1) b.node(`s${n}`, 'switch', `s${n}`);
    for (let n = 0; n < 60; n += 1) for (let m = n + 1; m < 60; m += 1) if ((n * m) % 59 !== 1) b.edge('cable', `s${n}`, `s${m}`);
    b.node('alone', 'switch', 'alone');
    b.edge('cable', 'alone', 's0');
    const net = netOfGraph(b.done());
    expect(pathsBetween(net, 'alone', 's59', { ...usualLimits, most: 1_000_000 }).more).toBe(true);
  });

  test('paths are simple, in order, without repetition, and follow what there is, in any picture', () => {
    const roles = [
      'vm',
      'network',
      'portgroup',
      'vswitch',
      'nic',
      'switch',
      'host',
      'array',
      'lun',
      'license',
      'service',
      'rack',
    ] as const;
    const id = fc.integer({ min: 0, max: 13 });
    const graphs = fc.record({
      nodes: fc.array(fc.record({ role: fc.constantFrom(...roles), parent: fc.option(id) }), { minLength: 2, maxLength: 14 }),
      edges: fc.array(fc.tuple(fc.constantFrom('cable', 'uplink', 'network', 'storage', 'licence', 'power'), id, id), {
        maxLength: 30,
      }),
    });
    fc.assert(
      fc.property(graphs, id, id, ({ edges, nodes }, from, to) => {
        const b = builder('any');
        // A box stands in one that came before it.
        nodes.forEach(({ parent, role }, at) => {
          b.node(`n${at}`, role, `n${at}`, parent === null || parent >= at ? {} : { parent: `n${parent}` });
        });
        for (const [role, one, other] of edges) b.edge(role as 'cable', `n${one}`, `n${other}`);
        const net = netOfGraph(b.done());
        const { paths } = pathsBetween(net, `n${from}`, `n${to}`);
        const lengths = paths.map(({ ids }) => ids.length);
        expect(lengths).toEqual(lengths.toSorted((a, z) => a - z));
        expect(new Set(paths.map(({ ids }) => ids.join(' '))).size).toBe(paths.length);
        for (const { ids, steps } of paths) {
          expect([ids[0], ids.at(-1), new Set(ids).size]).toEqual([`n${from}`, `n${to}`, ids.length]);
          for (const [at, step] of steps.entries()) expect(net.steps.get(ids[at] ?? '')).toContain(step);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the ways of a machine', () => {
  const ways = (net: Net, id: string, facts = ''): readonly (readonly [string, boolean, readonly string[]])[] =>
    waysOf(net, id, cardOf(`name\nkind\n${facts}`)).map((way) => [way.kind, way.isShown, way.words]);

  test('to the network, to the storage, to the licence', () => {
    expect(ways(plant, 'E3-A')).toEqual([
      ['network', true, ['control → Control on esx1, esx2, esx3 → vSwitch1 → vmnic0, vmnic1 → sw-a, sw-b']],
      ['storage', true, ['ds-vm → vmfs-1 → fast → san-1 → A p0, B p0 → sw-a, sw-b']],
      ['licence', true, ['e3-a → keys → eth0, eth1 → sw-a, sw-b']],
    ]);
  });

  test('what the view does not show is told where the picture knows it in words', () => {
    const b = builder('placement');
    b.node('A', 'vm', 'A');
    expect(ways(netOfGraph(b.done()), 'A', 'Network: control')).toEqual([
      ['network', false, ['Network: control', 'the way is not in this view']],
      ['storage', false, ['none in this view']],
      ['licence', false, ['none in this view']],
    ]);
  });

  test('on its own host it is carried there', () => {
    expect(ways(netOfGraph(racks()), 'r2-a')[0]).toEqual([
      'network',
      true,
      ['lan → lan on kvm-r2 → vmbr0 → eno0, eno1 → sw-r1, sw-r2'],
    ]);
  });

  test('only machines have them', () => expect(ways(plant, 'esx1')).toEqual([]));
});

describe('in words', () => {
  test('a box: where it stands, what it is connected with', () => {
    expect(
      describeBox(plant, 'E3-B', 'E3-B\nvirtual machine\nGuest: Windows\nhot standby\n✖ FT001: no\n⚠ NET003: one uplink'),
    ).toBe(
      'in cluster scada, 2 of 4. Guest: Windows. hot standby. Error: FT001: no. Warning: NET003: one uplink. ' +
        'connected with SCADA by dependency (needs), keys/e3-b by licence; belongs together with control, ds-vm, esx1/Control, esx2/Control, esx3/Control',
    );
    expect(connectionWords(plant, 'esx1/vmnic0')).toBe(
      'connected with esx1/vSwitch1 by 10 Gbps uplink, sw-a by 10 Gbps cable, port u2',
    );
    expect(connectionWords(plant, 'sw-a')).toMatch(/ and \d+ more$/);
  });

  test('a line: its ends by name and what is known of it', () => {
    const line: Line = {
      id: 'c',
      role: 'cable',
      from: 'esx1/vmnic0',
      to: 'sw-a',
      speed: '10 Gbps',
      lag: 'po1',
      network: 'control',
      label: 'u2',
    };
    expect(lineCard(plant, line)).toMatchObject({
      title: 'esx1/vmnic0 – sw-a',
      kind: 'cable',
      facts: [
        ['From', 'esx1/vmnic0'],
        ['To', 'sw-a'],
        ['Speed', '10 Gbps'],
        ['LAG', 'po1'],
        ['Network', 'control'],
        ['Port', 'u2'],
      ],
    });
  });
});
