import { describe, expect, it } from 'vitest';
import {
  compareGraphs,
  countWords,
  differenceText,
  foldChanges,
  grouped,
  matchThings,
  type Thing,
  withChangeList,
} from '../../server/src/topology/diff.ts';
import type { Graph, GraphEdge, GraphNode } from '../../server/src/topology/graph.ts';
import { placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { renderSvg } from '../../server/src/topology/svg.ts';
import { assertWellFormed } from '../kit/xml.ts';

const node = (id: string, role: GraphNode['role'], extra: Partial<GraphNode> = {}): GraphNode => ({
  id,
  role,
  label: id.slice(id.lastIndexOf(':') + 1),
  ...extra,
});
const line = (from: string, to: string, extra: Partial<GraphEdge> = {}): GraphEdge => ({
  id: `cable ${from} ${to}`,
  role: 'cable',
  from,
  to,
  ...extra,
});
const graph = (nodes: readonly GraphNode[], edges: readonly GraphEdge[] = []): Graph => ({
  title: 'Plant',
  nodes,
  edges,
  networks: [],
});
const told = (before: Graph, after: Graph): readonly string[] => compareGraphs(before, after).differences.map(differenceText);
const changes = (compared: Graph): Readonly<Record<string, unknown>> =>
  Object.fromEntries(compared.nodes.flatMap(({ change, id }) => (change === undefined ? [] : [[id, change]])));

const cluster = node('cluster:c', 'cluster');
const esx = (name: string, extra: Partial<GraphNode> = {}): GraphNode =>
  node(`host:${name}`, 'host', { parent: 'cluster:c', ...extra });
const web = (extra: Partial<GraphNode> = {}): GraphNode =>
  node('vm:web', 'vm', { parent: 'host:esx1', detail: '4 vCPU · 16 GB', ...extra });

describe('two states of a graph', () => {
  it('that are equal have no differences, and the picture is as it was', () => {
    const same = graph([cluster, esx('esx1'), web()], [line('host:esx1', 'vm:web')]);
    const { differences, graph: union } = compareGraphs(same, structuredClone(same));
    expect(differences).toEqual([]);
    expect(union).toEqual(same);
  });

  it('tell what came, went, moved and changed', () => {
    const before = graph([
      cluster,
      esx('esx1'),
      esx('esx2', { detail: 'old' }),
      web(),
      node('vm:db', 'vm', { detail: '2 vCPU' }),
    ]);
    const after = graph([cluster, esx('esx1'), web({ detail: '8 vCPU · 16 GB' }), node('vm:app', 'vm', { detail: '1 vCPU' })]);
    const compared = compareGraphs(
      before,
      graph([...after.nodes, node('vm:db', 'vm', { parent: 'host:esx1', detail: '2 vCPU' })]),
    );
    expect(changes(compared.graph)).toEqual({ 'host:esx2': 'removed', 'vm:web': 'changed', 'vm:app': 'added', 'vm:db': 'moved' });
    expect(compared.differences.map(differenceText)).toEqual([
      '− host esx2 removed',
      '∆ virtual machine web: 4 vCPU → 8 vCPU',
      '+ virtual machine app added',
      '→ virtual machine db: now in esx1',
    ]);
    expect(countWords(compared.differences)).toBe('1 added, 1 removed, 1 changed, 1 moved');
  });

  it('keep what went where it stood, in what that has become', () => {
    const before = graph([
      cluster,
      esx('esx1', { detail: 'R660' }),
      web(),
      node('vm:x', 'vm', { parent: 'host:esx1', detail: 'gone' }),
    ]);
    const after = graph([cluster, esx('srv1', { detail: 'R660' }), web({ parent: 'host:srv1' })]);
    const { graph: union } = compareGraphs(before, after);
    expect(union.nodes.map(({ change, id, parent }) => [id, parent, change])).toEqual([
      ['cluster:c', undefined, undefined],
      ['host:srv1', 'cluster:c', 'changed'],
      ['vm:web', 'host:srv1', undefined],
      ['vm:x', 'host:srv1', 'removed'],
    ]);
  });

  it('tell of a thing that came or went with what is in it once', () => {
    const nics = ['n0', 'n1', 'n2'].map((name) => node(`host:esx2/nic:${name}`, 'nic', { parent: 'host:esx2' }));
    expect(told(graph([cluster]), graph([cluster, esx('esx2'), ...nics]))).toEqual(['+ host esx2 added, and 3 things in it']);
  });

  it('tell of a machine in a rack that went by itself: it is no part of the rack', () => {
    const before = graph([
      node('rack:r', 'rack'),
      node('rack:r/feed:A', 'feed', { parent: 'rack:r' }),
      node('switch:s', 'switch', { parent: 'rack:r' }),
    ]);
    expect(told(before, graph([]))).toEqual(['− rack r removed, and 1 thing in it', '− switch s removed']);
  });

  it('tell a new name, and not of what is in it', () => {
    const parts = (host: string): readonly GraphNode[] =>
      ['n0', 'n1'].map((name) => node(`host:${host}/nic:${name}`, 'nic', { parent: `host:${host}`, detail: '10 Gbps' }));
    const before = graph([cluster, esx('esx1', { detail: 'R660' }), ...parts('esx1')]);
    const after = graph([cluster, esx('srv1', { detail: 'R660' }), ...parts('srv1')]);
    expect(told(before, after)).toEqual(['∆ host srv1: renamed from esx1']);
  });

  it('lines come, go and change; one that runs to something new is not told again', () => {
    const boxes = [node('switch:a', 'switch'), node('switch:b', 'switch'), node('host:h', 'host')];
    const before = graph(boxes, [line('host:h', 'switch:a', { speed: 1e9 }), line('switch:a', 'switch:b')]);
    const after = graph(
      [...boxes, node('host:i', 'host')],
      [line('host:h', 'switch:a', { speed: 1e10 }), line('host:h', 'switch:b'), line('host:i', 'switch:a')],
    );
    const compared = compareGraphs(before, after);
    expect(compared.graph.edges.map(({ change, from, to }) => [from, to, change])).toEqual([
      ['host:h', 'switch:a', 'changed'],
      ['host:h', 'switch:b', 'added'],
      ['host:i', 'switch:a', 'added'],
      ['switch:a', 'switch:b', 'removed'],
    ]);
    expect(compared.differences.map(differenceText)).toEqual([
      '+ host i added',
      '∆ cable h – a changed',
      '+ cable h – b added',
      '− cable a – b removed',
    ]);
  });

  it('networks that went keep a place in the legend', () => {
    const network = (name: string): Graph['networks'][number] => ({ id: `network:${name}`, label: name });
    const { graph: union } = compareGraphs(
      { ...graph([]), networks: [network('a'), network('b')] },
      { ...graph([]), networks: [network('b'), network('c')] },
    );
    expect(union.networks.map(({ label }) => label)).toEqual(['b', 'c', 'a']);
  });

  it('survive parents that are missing, in a circle or twice', () => {
    const odd = graph([
      node('vm:a', 'vm', { parent: 'vm:b' }),
      node('vm:b', 'vm', { parent: 'vm:a' }),
      node('vm:a', 'vm'),
      node('vm:c', 'vm', { parent: 'nope' }),
    ]);
    expect(() => compareGraphs(odd, graph([]))).not.toThrow();
    expect(() => compareGraphs(graph([]), odd)).not.toThrow();
    expect(compareGraphs(odd, odd).differences).toEqual([]);
    const circle = (name: string): Graph =>
      graph([
        node('host:h', 'host'),
        node(`vm:${name}`, 'vm', { parent: `vm:${name}2` }),
        node(`vm:${name}2`, 'vm', { parent: `vm:${name}` }),
      ]);
    expect(() => compareGraphs(circle('a'), circle('b'))).not.toThrow();
  });
});

describe('finding a thing again', () => {
  const thing = (id: string, ...traits: string[]): Thing => {
    const own = id.slice(id.lastIndexOf('/') + 1);
    const [kind = '', name = ''] = own.split(':');
    return { id, kind, name, ...(id.includes('/') ? { parent: id.slice(0, id.lastIndexOf('/')) } : {}), traits: () => traits };
  };

  it('a replaced machine of the same make is no rename', () => {
    const make = ['model R660', 'memory 256', 'cpu 2'];
    const old = [
      thing('host:esx1', ...make, 'port 1'),
      thing('host:esx2', ...make, 'port 2'),
      thing('host:esx3', ...make, 'port 3'),
    ];
    const now = [
      thing('host:esx1', ...make, 'port 1'),
      thing('host:esx2', ...make, 'port 2'),
      thing('host:esx9', ...make, 'port 9'),
    ];
    expect(matchThings(old, now).renamed.size).toBe(0);
    const renamed = [...now.slice(0, 2), thing('host:esx9', ...make, 'port 3')];
    expect([...matchThings(old, renamed).renamed]).toEqual([['host:esx9', 'esx3']]);
  });

  it('the same name under another parent is a move, if it is the only one', () => {
    const old = [thing('array:a'), thing('array:a/lun:data', 'size 1'), thing('array:b')];
    const now = [thing('array:a'), thing('array:b'), thing('array:b/lun:data', 'size 1')];
    expect([...matchThings(old, now).moved]).toEqual([['array:b/lun:data', 'array:a']]);
  });

  it('between a machine that went and one that came nothing moves', () => {
    const old = [thing('host:a', 'model x'), thing('host:a/usb:usb1')];
    const now = [thing('host:b', 'model y'), thing('host:b/usb:usb1')];
    expect([...matchThings(old, now).now]).toEqual([]);
  });

  it('a range with another name is paired in its order', () => {
    const range = (name: string): readonly Thing[] => [1, 2, 3].map((at) => thing(`vm:${name}${at}`, 'os linux', 'memory 4'));
    expect([...matchThings(range('web'), range('app')).now]).toEqual([
      ['vm:web1', 'vm:app1'],
      ['vm:web2', 'vm:app2'],
      ['vm:web3', 'vm:app3'],
    ]);
  });

  it('thousands that went and thousands that came are weighed in bearable time', () => {
    const many = (name: string): readonly Thing[] =>
      Array.from({ length: 3000 }, (_, at) => thing(`vm:${name}${at}`, `address ${at}`, 'os x'));
    const { now } = matchThings(many('a'), many('b'));
    expect(now.get('vm:a2999')).toBe('vm:b2999');
  });
});

describe('the list', () => {
  it('tells like changes together, by what they are part of', () => {
    const nic = (host: string, name: string): Parameters<typeof grouped>[0][number] => ({
      change: 'changed',
      id: `host:${host}/nic:${name}`,
      role: 'NIC',
      label: `${host}.${name}`,
      what: 'speed 1Gbps → 10Gbps',
    });
    const list = [nic('esx1', 'n0'), nic('esx1', 'n1'), nic('esx2', 'n0'), nic('esx2', 'n1')];
    expect(grouped(list).map(differenceText)).toEqual(['∆ NIC n0 and n1 of esx1 and esx2: speed 1Gbps → 10Gbps']);
    expect(grouped(list.slice(0, 3)).map(differenceText)).toEqual(['∆ NIC esx1.n0, esx1.n1 and esx2.n0: speed 1Gbps → 10Gbps']);
  });

  it('names what came and went each by itself, up to a number', () => {
    const vms = (count: number): Parameters<typeof grouped>[0] =>
      Array.from({ length: count }, (_, at) => ({
        change: 'added' as const,
        id: `vm:${at}`,
        role: 'virtual machine',
        label: `v${at}`,
      }));
    expect(grouped(vms(8))).toHaveLength(8);
    expect(grouped(vms(30)).map(differenceText)).toEqual(['+ virtual machine v0, v1, v2 and 27 more added']);
    expect(countWords([])).toBe('no differences');
  });
});

describe('a shut box', () => {
  it('says how much differs in it', () => {
    const union = compareGraphs(
      graph([cluster, esx('esx1'), web()]),
      graph([cluster, esx('esx1'), web({ detail: '8 vCPU · 16 GB' }), node('vm:new', 'vm', { parent: 'host:esx1' })]),
    ).graph;
    const folded = { ...union, nodes: [cluster, { ...esx('esx1'), fold: 'shut' as const, detail: '2 virtual machines' }] };
    const shut = foldChanges(union, folded, (id) => (id.startsWith('vm:') ? 'host:esx1' : id)).nodes[1];
    expect(shut).toMatchObject({
      change: 'changed',
      detail: '2 changes inside · 2 virtual machines',
      changes: ['2 changes inside'],
    });
  });

  it('for like things that all came has come', () => {
    const vms = [1, 2, 3].map((at) => node(`vm:v${at}`, 'vm'));
    const union = compareGraphs(graph([]), graph(vms)).graph;
    const folded = { ...union, nodes: [node('all:vm:v1', 'vm', { count: 3, fold: 'shut' })] };
    expect(foldChanges(union, folded, () => 'all:vm:v1').nodes[0]?.change).toBe('added');
  });
});

describe('the picture of a difference', () => {
  const hostile = '<script>"&\u001b';
  const before = graph(
    [cluster, esx('esx1'), esx('esx2', { label: hostile, detail: 'R1' }), web(), node('switch:s', 'switch')],
    [line('host:esx1', 'switch:s', { speed: 1e9 }), line('host:esx2', 'switch:s')],
  );
  const after = graph(
    [
      cluster,
      esx('esx1'),
      esx('esx3', { detail: 'R2' }),
      web({ parent: 'host:esx3', detail: '8 vCPU' }),
      node('switch:s', 'switch'),
    ],
    [line('host:esx1', 'switch:s', { speed: 1e10 })],
  );
  const drawn = async (theme: 'light' | 'print'): Promise<string> =>
    renderSvg(await placeGraph({ ...compareGraphs(before, after).graph, against: 'HEAD: 1 added' }, createInProcessRunner()), {
      theme,
    });

  it('tells the sorts apart by sign and stroke, in words and in the key', async () => {
    const svg = await drawn('light');
    assertWellFormed(svg);
    expect(svg).toContain('class="lt lt-diff"');
    expect(svg).toContain('compared with HEAD: 1 added');
    expect(svg).toMatch(/lt-c-added" data-id="host:esx3"[^>]*data-change="added"[^>]*aria-label="host esx3, R2, added"/);
    expect(svg).toMatch(/data-id="vm:web"[^>]*aria-label="virtual machine web, 8 vCPU, moved, esx1 → esx3/);
    expect(svg).toContain('\nMoved: esx1 → esx3');
    expect(svg).toContain('lt-strike');
    expect(svg).toMatch(/<path class="lt-halo lt-c-changed"/);
    const key = /<g class="lt-key".*?(?=<g class="lt-signs")/s.exec(svg)?.[0] ?? '';
    expect([...key.matchAll(/lt-change lt-c-(\w+)/g)].map(([, sort]) => sort)).toEqual(['added', 'removed', 'changed', 'moved']);
    const patterns = [...svg.matchAll(/\.lt-diff \.lt-c-\w+>\.lt-shape\{[^}]*stroke-dasharray:([^}]*)\}/g)].map(
      ([, dash]) => dash,
    );
    expect(new Set(patterns).size).toBe(4);
  });

  it('without a difference is the picture as always', async () => {
    const svg = renderSvg(await placeGraph(compareGraphs(after, after).graph, createInProcessRunner()));
    expect(svg).toContain('class="lt"');
    expect(svg).not.toContain('lt-c-');
  });

  it('has the list below it, and no name becomes markup', async () => {
    const { differences } = compareGraphs(before, after);
    const svg = withChangeList(await drawn('print'), {
      label: hostile,
      changes: differences,
      elsewhere: differences.slice(0, 1),
    });
    assertWellFormed(svg);
    expect(svg).toContain('Changes since &lt;script&gt;');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('Not in this picture');
    expect(svg.match(/role="listitem"/g)).toHaveLength(differences.length + 1);
    const bare = await drawn('print');
    expect(withChangeList(bare, { label: 'x', changes: [], elsewhere: [] })).toBe(bare);
  });

  it('a list of thousands ends somewhere', async () => {
    const many = Array.from({ length: 5000 }, (_, at) => ({
      change: 'added' as const,
      id: `vm:${at}`,
      role: 'virtual machine',
      label: `v${at}`,
    }));
    const svg = withChangeList(await drawn('light'), { label: 'x', changes: many, elsewhere: [] });
    expect(svg).toContain('and 4760 more');
  });
});
