import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../server/src/topology/graph.ts';
import { placeGraph } from '../../../server/src/topology/layout.ts';
import {
  type Choice,
  filterNames,
  graphOf,
  partOf,
  SelectionProblem,
  views,
  wholeOf,
} from '../../../server/src/topology/views/index.ts';
import { suggestion } from '../../../server/src/topology/views/suggest.ts';
import { faults } from '../../kit/geometry.ts';
import { example, groupOf, modelOf, run } from './kit.ts';

const plant = example('scada-plant');
const pick = (choice: Choice, model = plant): Graph => graphOf(model, 'A plant', groupOf, choice);
const ids = (graph: Graph): readonly string[] => graph.nodes.map((node) => node.id);
const problem = (choice: Choice): string => {
  try {
    pick(choice);
  } catch (error) {
    if (error instanceof SelectionProblem) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
};

const twoSites = modelOf(`
site north { rack rn }
site south { rack rs }
switch core ports 8
network a vlan 1
network b vlan 2
host hn { rack rn
 tag phase-1
 nic n0 port core/1
 vswitch v uplinks n0 { portgroup "A" on a
 portgroup "B" on b } }
host hs { rack rs
 nic n0 port core/2
 vswitch v uplinks n0 { portgroup "A" on a } }
cluster cn hosts hn
cluster cs hosts hs
vm vn in cn { nic e on "A" }
vm vs in cs { nic e on "A" }
`);

describe('focus', () => {
  it('keeps the thing, what is in it, its frames and its neighbours', () => {
    const graph = pick({ focus: 'esx1' });
    expect(ids(graph)).toEqual(
      expect.arrayContaining(['host:esx1', 'host:esx1/nic:vmnic0', 'host:esx1/vswitch:vSwitch1', 'cluster:scada', 'switch:sw-a']),
    );
    for (const other of ['host:esx2', 'vm:SQL', 'array:san-1']) expect(ids(graph)).not.toContain(other);
  });

  it('goes as far as it is told', () => {
    expect(ids(pick({ focus: 'sw-a', depth: 0, view: 'physical' })).at(-1)).toBe('switch:sw-a');
    const near = ids(pick({ focus: 'license:reports', depth: 1, view: 'licences' }));
    const far = ids(pick({ focus: 'ds-log', depth: 2, view: 'storage' }));
    expect(near).toEqual(expect.arrayContaining(['host:esx2', 'license:reports', 'vm:SRV-KEY']));
    expect(near).not.toContain('vm:SQL');
    expect(far).toEqual(expect.arrayContaining(['array:san-1/lun:sql-log', 'vm:SQL', 'datastore:ds-data']));
    expect(far).not.toContain('vm:ELIC');
  });

  it.each(['esx1.vSwitch1', 'esx1/vSwitch1', 'host:esx1/vswitch:vSwitch1', 'ESX1.vswitch1'])('finds %s', (focus) => {
    expect(ids(pick({ focus, depth: 0 }))).toContain('host:esx1/vswitch:vSwitch1');
  });

  it('of every box in every view has no faults', { timeout: 60_000 }, async () => {
    for (const { id } of views) {
      const every = pick({ view: id }).nodes.filter((_, at) => at % 9 === 0);
      for (const { id: focus } of every)
        expect(faults(await placeGraph(pick({ view: id, focus, depth: 2 }), run)), `${id} ${focus}`).toEqual([]);
    }
  });

  it('takes a member of a folded range', () => {
    const model = modelOf('host h[1..600] { nic n0 }\nvm v[1..600] { vcpu 1 }\n');
    expect(ids(pick({}, model)).length).toBeLessThan(10);
    expect(ids(pick({ focus: 'h77', depth: 0 }, model))).toEqual(['host:h77', 'host:h77/nic:n0']);
  });
});

describe('filters', () => {
  it('by site and by cluster: what belongs there, and what belongs to no other', () => {
    for (const choice of [{ site: 'north' }, { cluster: 'cn' }]) {
      const kept = ids(pick(choice, twoSites));
      expect(kept).toEqual(expect.arrayContaining(['host:hn', 'vm:vn', 'switch:core', 'cluster:cn']));
      for (const other of ['host:hs', 'vm:vs', 'cluster:cs', 'site:south']) expect(kept).not.toContain(other);
    }
  });

  it('by network: what stands in it, and what carries it', () => {
    const kept = ids(pick({ network: 'b' }, twoSites));
    expect(kept).toEqual(expect.arrayContaining(['network:b', 'host:hn/vswitch:v/portgroup:B', 'host:hn/nic:n0', 'switch:core']));
    for (const other of ['network:a', 'host:hn/vswitch:v/portgroup:A', 'host:hs', 'vm:vn']) expect(kept).not.toContain(other);
  });

  it('by tag, and all of them at once', () => {
    expect(ids(pick({ tag: 'phase-1' }, twoSites))).not.toContain('host:hs');
    expect(ids(pick({ site: 'north', network: 'a', focus: 'hn' }, twoSites))).not.toContain('host:hn/vswitch:v/portgroup:B');
  });

  it('by service: what it runs on and leans on, and no other workload', () => {
    const kept = ids(pick({ service: 'SCADA', view: 'overview' }));
    expect(kept).toEqual(
      expect.arrayContaining(['service:SCADA', 'vm:E3-A', 'vm:E3-B', 'host:esx1', 'switch:sw-a', 'array:san-1']),
    );
    const model = modelOf(`
      cluster c hosts h[1..2]
      host h[1..2] { nic n0 }
      datastore d vmfs 6
      vm a in c { disk 1GB on d }
      vm b in c
      vm other in c
      service "Front" { on a
       needs "Back" }
      service "Back" { on b }
      service "Rest" { on other }
    `);
    const front = ids(pick({ service: 'Front' }, model));
    expect(front).toEqual(
      expect.arrayContaining(['service:Front', 'service:Back', 'vm:a', 'vm:b', 'datastore:d', 'cluster:c', 'host:h2/nic:n0']),
    );
    expect(front).not.toContain('vm:other');
    expect(front).not.toContain('service:Rest');
    expect(ids(pick({ service: 'Back' }, model))).not.toContain('vm:a');
  });

  it('by severity: what has findings, and what is around it', () => {
    const whole = wholeOf(twoSites, 'x', groupOf);
    const kept = ids(partOf(whole, { severity: 'warning' }, new Set(['host:hs/nic:n0'])));
    expect(kept).toEqual(expect.arrayContaining(['host:hs/nic:n0', 'host:hs', 'switch:core', 'cluster:cs']));
    expect(kept).not.toContain('host:hn');
    expect(() => partOf(whole, { severity: 'error' }, new Set())).toThrow('Nothing in this view has errors.');
  });

  it('offer the names that there are', () => {
    expect(filterNames(twoSites)).toEqual({
      site: ['north', 'south'],
      cluster: ['cn', 'cs'],
      network: ['a', 'b'],
      tag: ['phase-1'],
      service: [],
    });
  });

  it('leave no line without its ends and no box without its frame', () => {
    for (const { id } of views) {
      const graph = pick({ view: id, cluster: 'scada', ...(id === 'network' ? { network: 'control' } : {}) });
      const known = new Set(ids(graph));
      for (const node of graph.nodes) if (node.parent !== undefined) expect(known).toContain(node.parent);
      for (const edge of graph.edges) expect(known.has(edge.from) && known.has(edge.to)).toBe(true);
    }
  });
});

describe('a name that means nothing', () => {
  it.each<[Choice, string]>([
    [{ view: 'netwrok' }, 'There is no view "netwrok"; did you mean "network"?'],
    [
      { view: 'x' },
      'There is no view "x"; there is overview, physical, network, storage, placement, redundancy, licences, zones.',
    ],
    [{ focus: 'esx11' }, 'There is no thing "esx11" in this view; did you mean "esx1"?'],
    [{ cluster: 'skada' }, 'There is no cluster "skada" in this view; did you mean "scada"?'],
    [{ site: 'north' }, 'There is no site "north" in this view; there is plant.'],
    [{ network: 'contrl' }, 'There is no network "contrl" in this view; did you mean "control"?'],
    [{ network: 'control', view: 'storage' }, 'This view does not show networks; choose overview, network or zones.'],
    [{ tag: 'x' }, 'There is no tag "x" in this view.'],
    [{ service: 'Scada' }, 'There is no service "Scada" in this view; did you mean "SCADA"?'],
    [{ service: 'SCADA', view: 'physical' }, 'This view does not show services; choose overview or redundancy.'],
    [{ shut: ['skada'] }, 'There is no thing "skada" in this view; did you mean "scada"?'],
    [{ focus: 'vmk0' }, '"vmk0" can be several things: esx1.vSwitch0.vmk0 (host)'],
  ])('%j', (choice, text) => {
    expect(problem(choice)).toContain(text);
  });

  it('is not compared with names of any length', () => {
    expect(suggestion('x'.repeat(100_000), ['x'.repeat(100_001)])).not.toContain('did you mean');
  });
});
