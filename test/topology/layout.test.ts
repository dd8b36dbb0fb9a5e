import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EdgeRole, Graph, GraphEdge, GraphNode, NodeRole } from '../../server/src/topology/graph.ts';
import { cachedRunner, type ElkGraph, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { roleNames } from '../../server/src/topology/words.ts';
import { allNodes, boxOf, faults } from '../kit/geometry.ts';
import { builder, emptyGraph, fleet, folded, racks, scadaPlant, smallHyperV, twoSites } from '../kit/graphs.ts';

const engine = createInProcessRunner();
/** Most tests ask for the same pictures. */
const run = cachedRunner(engine);
const designs: readonly (readonly [string, Graph])[] = [
  ['the SCADA plant', scadaPlant()],
  ['the SCADA plant with dongles', scadaPlant({ dongles: true })],
  ['one Hyper-V host', smallHyperV()],
  ['16 hosts of 10 VMs', fleet()],
  ['a folded fleet', folded()],
  ['two sites', twoSites()],
  ['machines in racks', racks()],
  ['nothing', emptyGraph()],
];

describe.each(designs)('%s', (_, graph) => {
  test('has no overlaps, nothing outside its frame, no cut text, square lines around the boxes', async () => {
    expect(faults(await placeGraph(graph, run))).toEqual([]);
  });

  test('is all there, once', async () => {
    const placed = await placeGraph(graph, run);
    const ids = allNodes(placed.nodes).flatMap((node) => node.node?.id ?? []);
    expect(ids.toSorted()).toEqual([...new Set(graph.nodes.map((node) => node.id))].toSorted());
  });

  test('comes out the same every time', async () => {
    expect(await placeGraph(graph, engine)).toEqual(await placeGraph(graph, run));
  });
});

describe('habits of the drawing', () => {
  test('switches above hosts above VMs above what uses them above the networks', async () => {
    const placed = await placeGraph(scadaPlant(), run);
    const tops = ['sw-a', 'esx1', 'E3-A', 'SCADA', 'control'].map((id) => boxOf(placed, id).y);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  });

  test('equal things are equal and in the order of the text, A is left of B', async () => {
    const placed = await placeGraph(scadaPlant(), run);
    const hosts = ['esx1', 'esx2', 'esx3'].map((id) => boxOf(placed, id));
    expect(new Set(hosts.map(({ y, width, height }) => `${y} ${width} ${height}`)).size).toBe(1);
    const gaps = [1, 2].map((at) => (hosts[at]?.x ?? 0) - (hosts[at - 1]?.x ?? 0));
    expect(gaps[0]).toBeGreaterThan(0);
    expect(Math.abs((gaps[0] ?? 0) - (gaps[1] ?? 0))).toBeLessThanOrEqual(2);
    expect(boxOf(placed, 'sw-a').x).toBeLessThan(boxOf(placed, 'sw-b').x);
    expect(boxOf(placed, 'sw-a').y).toBe(boxOf(placed, 'sw-b').y);
  });

  test('the hosts of a large cluster stand in columns', async () => {
    const placed = await placeGraph(fleet(16, 2), run);
    const hosts = Array.from({ length: 16 }, (_, at) => boxOf(placed, `esx${String(at + 1).padStart(2, '0')}`));
    const columns = new Set(hosts.map((host) => host.x));
    const rows = new Set(hosts.map((host) => host.y));
    expect(columns.size * rows.size).toBeLessThanOrEqual(20);
  });

  test('a NIC lies on the upper edge of its host, above its vSwitch', async () => {
    const placed = await placeGraph(scadaPlant(), run);
    const [host, nic, vswitch] = ['esx2', 'esx2/vmnic4', 'esx2/vSwitch0'].map((id) => boxOf(placed, id));
    expect(nic?.y).toBe(host?.y);
    expect(nic?.x).toBeGreaterThanOrEqual((vswitch?.x ?? 0) - 1);
    expect((nic?.x ?? 0) + (nic?.width ?? 0)).toBeLessThanOrEqual((vswitch?.x ?? 0) + (vswitch?.width ?? 0) + 1);
  });

  test('membership is shown on the box, not as a line', async () => {
    const placed = await placeGraph(scadaPlant(), run);
    expect(placed.edges.filter(({ edge }) => edge.role === 'network')).toEqual([]);
    expect(boxOf(placed, 'E3-A').badges.map((badge) => badge.style.label)).toEqual(['control']);
    expect(boxOf(placed, 'SQL').texts.map((text) => text.text)).toContain('ds-vm, ds-data, ds-log');
    expect(boxOf(placed, 'control').links).toContain('E3-A');
  });

  test('the picture suits a screen', async () => {
    for (const graph of [scadaPlant(), fleet(), fleet(8, 4)]) {
      const { width, height } = await placeGraph(graph, run);
      expect(width / height).toBeGreaterThan(0.9);
      expect(width / height).toBeLessThan(3);
    }
  });
});

describe('stillness', () => {
  test('an added VM leaves switches, hosts and storage where they were', async () => {
    const [before, after] = await Promise.all([placeGraph(scadaPlant(), run), placeGraph(scadaPlant({ extraVm: true }), run)]);
    for (const id of ['sw-a', 'sw-b', 'esx1', 'esx2', 'esx3', 'esx3/vSwitch1', 'san-1', 'ds-log', 'plant']) {
      const [old, now] = [boxOf(before, id), boxOf(after, id)];
      expect([id, Math.abs(old.x - now.x) <= 4, Math.abs(old.y - now.y) <= 4]).toEqual([id, true, true]);
    }
  });

  const counted = (): { readonly runner: ReturnType<typeof cachedRunner>; runs: () => number } => {
    let runs = 0;
    const runner = cachedRunner((input) => {
      runs += 1;
      return run(input);
    });
    return { runner, runs: () => runs };
  };
  const edited = (graph: Graph, id: string, change: Partial<GraphNode>): Graph => ({
    ...graph,
    nodes: graph.nodes.map((node) => (node.id === id ? { ...node, ...change } : node)),
  });

  test('an edit that moves no box asks the engine for nothing', async () => {
    const { runner, runs } = counted();
    const graph = scadaPlant();
    const first = await placeGraph(graph, runner);
    const cold = runs();
    expect(cold).toBeGreaterThan(0);
    const again = await placeGraph(
      edited(edited(graph, 'E3-A', { label: 'E3-C', detail: '8 vCPU · 32 GB' }), 'esx1/vmk0', {
        detail: '10.4.10.19',
        facts: [{ label: 'a', value: 'b' }],
      }),
      runner,
    );
    expect(runs()).toBe(cold);
    expect(boxOf(again, 'E3-A')).toMatchObject({ x: boxOf(first, 'E3-A').x, y: boxOf(first, 'E3-A').y });
    expect(boxOf(again, 'E3-A').texts[0]?.text).toBe('E3-C');
  });

  test('renamed ids are the same structure', async () => {
    const { runner, runs } = counted();
    await placeGraph(fleet(3, 1), runner);
    const cold = runs();
    const renamed = JSON.parse(JSON.stringify(fleet(3, 1)).replaceAll('"scada"', '"other"')) as Graph;
    await placeGraph(renamed, runner);
    expect(runs()).toBe(cold);
  });

  test('a change inside one host lays out that host and what is around it, not the other hosts', async () => {
    const { runner, runs } = counted();
    const graph = scadaPlant();
    await placeGraph(graph, runner);
    const cold = runs();
    await placeGraph(
      { ...graph, nodes: [...graph.nodes, { id: 'esx2/lab', role: 'vswitch', label: 'lab', parent: 'esx2' }] },
      runner,
    );
    expect(runs() - cold).toBeLessThanOrEqual(3);
  });

  test('concurrent requests share a run; failures are not remembered; the oldest is forgotten', async () => {
    const seen: string[] = [];
    let fail = true;
    const runner = cachedRunner(async (input: ElkGraph) => {
      seen.push(input.id);
      if (input.id === 'bad' && fail) throw new Error('no');
      return input;
    }, 2);
    await Promise.all([runner({ id: 'a' }), runner({ id: 'a' })]);
    expect(seen).toEqual(['a']);
    await expect(runner({ id: 'bad' })).rejects.toThrow('no');
    fail = false;
    await expect(runner({ id: 'bad' })).resolves.toEqual({ id: 'bad' });
    await runner({ id: 'c' });
    await runner({ id: 'a' });
    expect(seen).toEqual(['a', 'bad', 'bad', 'c', 'a']);
  });
});

describe('any graph', () => {
  const roles = Object.keys(roleNames) as readonly NodeRole[];
  const edgeRoles = [
    'cable',
    'uplink',
    'standby',
    'network',
    'storage',
    'placement',
    'licence',
    'power',
    'needs',
    'affinity',
    'apart',
    'pair',
    'lockstep',
    'conduit',
    'bypass',
  ] as const satisfies readonly EdgeRole[];
  const id = fc.integer({ min: 0, max: 24 }).map((n) => `n${n}`);
  const node: fc.Arbitrary<GraphNode> = fc.record(
    {
      id,
      role: fc.constantFrom(...roles),
      label: fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('<script>alert(1)</script>', 'Größe', '主机-01', 'שרת', '🖥️')),
      detail: fc.string({ maxLength: 40 }),
      parent: id,
      count: fc.constantFrom(1, 16),
      network: id,
      side: fc.constantFrom('A' as const, 'B' as const),
      order: fc.integer({ min: 0, max: 5 }),
    },
    { requiredKeys: ['id', 'role', 'label'] },
  );
  const edge = fc.record(
    {
      role: fc.constantFrom(...edgeRoles),
      from: id,
      to: id,
      label: fc.string({ maxLength: 8 }),
      speed: fc.constantFrom(1e9, 1e10, 1e11),
    },
    { requiredKeys: ['role', 'from', 'to'] },
  );
  const anyGraph: fc.Arbitrary<Graph> = fc
    .record({ nodes: fc.array(node, { maxLength: 26 }), edges: fc.array(edge, { maxLength: 40 }) })
    .map(({ nodes, edges }) => ({
      title: 'any',
      nodes,
      edges: edges.map((made, at): GraphEdge => ({ ...made, id: `e${at}` })),
      networks: nodes.filter((made) => made.role === 'network').map(({ id: network, label }) => ({ id: network, label })),
    }));

  test('is drawn without faults, whatever its parents and edges say', async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, async (graph) => {
        expect(faults(await placeGraph(graph, run))).toEqual([]);
      }),
      { numRuns: 80, seed: 7 },
    );
  });
});

describe('odd input', () => {
  test('unknown parents, cycles of parents, repeated ids, edges to nothing', async () => {
    const b = builder('odd');
    b.node('a', 'host', 'a', { parent: 'b' });
    b.node('b', 'cluster', 'b', { parent: 'a' });
    b.node('c', 'vm', 'c', { parent: 'nowhere' });
    b.node('c', 'vm', 'second c');
    b.edge('needs', 'c', 'nothing');
    b.edge('cable', 'a', 'a');
    b.edge('needs', 'a', 'b');
    const placed = await placeGraph(b.done(), run);
    expect(faults(placed)).toEqual([]);
    expect(
      allNodes(placed.nodes)
        .flatMap((node) => node.node?.id ?? [])
        .toSorted(),
    ).toEqual(['a', 'b', 'c']);
  });

  test('a failure of the engine is an error with a reason', async () => {
    await expect(placeGraph(scadaPlant(), () => Promise.reject(new Error('no engine')))).rejects.toThrow('no engine');
  });
});
