import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoldChoice } from '../../server/src/topology/choice.ts';
import { type Folded, fold, foldMarks } from '../../server/src/topology/fold.ts';
import type { Graph, GraphEdge, GraphNode } from '../../server/src/topology/graph.ts';

const node = (id: string, extra: Partial<GraphNode> = {}): GraphNode => ({
  id,
  role: id.slice(0, id.indexOf(':')) as GraphNode['role'],
  label: id.slice(id.lastIndexOf(':') + 1),
  ...extra,
});
const edge = (role: GraphEdge['role'], from: string, to: string, extra: Partial<GraphEdge> = {}): GraphEdge => ({
  id: `${role} ${from} ${to}`,
  role,
  from,
  to,
  ...extra,
});
const graphOf = (nodes: readonly GraphNode[], edges: readonly GraphEdge[] = []): Graph => ({
  title: 'x',
  nodes,
  edges,
  networks: [],
});
const ids = ({ graph }: Folded): readonly string[] => graph.nodes.map(({ id }) => id);
const box = ({ graph }: Folded, id: string): GraphNode => {
  const found = graph.nodes.find((each) => each.id === id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};

/** A cluster with hosts, a NIC in each, cabled to one switch, and VMs of two makes. */
function cluster(name: string, hosts: number, vms: number): Graph {
  const own = Array.from({ length: hosts }, (_, at) => `host:${name}-h${at + 1}`);
  return graphOf(
    [
      node(`switch:${name}-sw`),
      node(`cluster:${name}`, { detail: 'HA reserve 25%' }),
      ...own.flatMap((id) => [
        node(id, { parent: `cluster:${name}`, alike: 'r660', detail: 'PowerEdge R660' }),
        node(`${id}/nic:n0`, { parent: id, role: 'nic' }),
      ]),
      ...Array.from({ length: vms }, (_, at) =>
        node(`vm:${name}-v${at + 1}`, { parent: `cluster:${name}`, alike: at % 2 === 0 ? 'small' : 'large' }),
      ),
    ],
    own.map((id) => edge('cable', `${id}/nic:n0`, `switch:${name}-sw`, { speed: 1e10, label: '7' })),
  );
}
const both = (a: Graph, b: Graph): Graph => graphOf([...a.nodes, ...b.nodes], [...a.edges, ...b.edges]);

describe('a small picture', () => {
  const small = cluster('c', 3, 4);

  it('is drawn as it is, and says what can be folded', () => {
    const folded = fold(small);
    expect(ids(folded)).toEqual(small.nodes.map(({ id }) => id));
    expect(folded.graph.edges).toEqual(small.edges);
    expect(box(folded, 'cluster:c').fold).toBe('open');
    expect(box(folded, 'host:c-h1').fold).toBe('open');
    expect(box(folded, 'switch:c-sw').fold).toBeUndefined();
    expect(folded.graph.counts).toBeUndefined();
  });

  it('a box that the user shuts stands for all in it', () => {
    const folded = fold(small, { shut: ['cluster:c'] });
    expect(ids(folded)).toEqual(['switch:c-sw', 'cluster:c']);
    expect(box(folded, 'cluster:c')).toMatchObject({
      fold: 'shut',
      detail: '3 hosts · 4 virtual machines',
      facts: [
        { label: 'Says', value: 'HA reserve 25%' },
        { label: 'Holds', value: '3 hosts · 4 virtual machines · 3 NICs' },
      ],
    });
    expect(folded.graph.edges).toEqual([
      { id: 'cable cluster:c switch:c-sw', role: 'cable', from: 'cluster:c', to: 'switch:c-sw', count: 3, speed: 1e10 },
    ]);
    expect(folded.graph.counts).toMatchObject({ host: 3, vm: 4, switch: 1 });
    expect(folded.shownAs('host:c-h2/nic:n0')).toBe('cluster:c');
    expect(folded.within('host:c-h2/nic:n0')).toEqual(['cluster:c']);
    expect(folded.shownAs('host:gone')).toBeUndefined();
  });

  it('a device keeps what it says of itself; what is in it is told in the tooltip', () => {
    const shut = box(fold(small, { shut: ['host:c-h1'] }), 'host:c-h1');
    expect(shut).toMatchObject({ detail: 'PowerEdge R660', facts: [{ label: 'Holds', value: '1 NIC' }] });
  });

  it('lines between what is shut on both sides are one; what stays inside is none', () => {
    const ring = graphOf(
      ['a', 'b'].flatMap((name) => [
        node(`host:${name}`),
        ...[1, 2].map((n) => node(`host:${name}/nic:${n}`, { role: 'nic', parent: `host:${name}` })),
      ]),
      [
        edge('cable', 'host:a/nic:1', 'host:b/nic:1', { network: 'network:x' }),
        edge('cable', 'host:b/nic:2', 'host:a/nic:2', { network: 'network:x' }),
        edge('needs', 'host:a/nic:1', 'host:b/nic:2'),
        edge('cable', 'host:a/nic:1', 'host:a/nic:2'),
      ],
    );
    expect(fold(ring, { shut: ['host:a', 'host:b'] }).graph.edges).toEqual([
      { id: 'cable host:a host:b', role: 'cable', from: 'host:a', to: 'host:b', count: 2, network: 'network:x' },
      { id: 'needs host:a host:b', role: 'needs', from: 'host:a', to: 'host:b' },
    ]);
  });
});

describe('a large picture', () => {
  const large = both(cluster('c', 40, 200), cluster('d', 40, 200));

  it('is folded from the inside out until it can be read', () => {
    const folded = fold(large);
    // Hosts, then like things: now there is little enough, and the clusters stay open.
    expect(ids(folded)).toEqual(
      ['c', 'd'].flatMap((name) => [
        `switch:${name}-sw`,
        `cluster:${name}`,
        `all:host:${name}-h1`,
        `all:vm:${name}-v1`,
        `all:vm:${name}-v2`,
      ]),
    );
    expect(box(folded, 'all:host:c-h1')).toMatchObject({
      role: 'host',
      label: 'c-h1 … c-h40',
      count: 40,
      detail: 'PowerEdge R660',
      parent: 'cluster:c',
      fold: 'shut',
    });
    expect(folded.graph.counts).toMatchObject({ host: 80, vm: 400, cluster: 2 });
    expect(fold(large, {}, { legible: 5 }).graph.nodes.map(({ fold: how, id }) => `${id} ${how ?? ''}`)).toEqual([
      'switch:c-sw ',
      'cluster:c shut',
      'switch:d-sw ',
      'cluster:d shut',
    ]);
  });

  it('many like things open into their members, and shut again', () => {
    const open = fold(large, { open: ['all:host:c-h1'] });
    expect(box(open, 'all:host:c-h1').fold).toBe('open');
    expect(box(open, 'host:c-h7')).toMatchObject({ parent: 'all:host:c-h1', fold: 'shut' });
    expect(open.graph.edges).toContainEqual(expect.objectContaining({ from: 'host:c-h7', to: 'switch:c-sw' }));
    expect(fold(large, { open: ['all:host:c-h1'], shut: ['all:host:c-h1'] }).graph).toEqual(
      fold(large, { shut: ['all:host:c-h1'] }).graph,
    );
  });

  it('too many lines make a picture large as well', () => {
    const hosts = Array.from({ length: 20 }, (_, at) => node(`host:h${at}`, { alike: 'one' }));
    const switches = Array.from({ length: 20 }, (_, at) => node(`switch:s${at}`));
    const every = (role: GraphEdge['role']): readonly GraphEdge[] =>
      hosts.flatMap((host) => switches.map((device) => edge(role, host.id, device.id)));
    expect(ids(fold(graphOf([...hosts, ...switches], every('cable'))))).toContain('all:host:h0');
    expect(ids(fold(graphOf([...hosts, ...switches], every('power'))))).toHaveLength(40);
  });

  it('a device opens with all that is in it', () => {
    const deep = graphOf([
      ...large.nodes,
      node('host:x'),
      node('host:x/vswitch:v', { role: 'vswitch', parent: 'host:x' }),
      node('host:x/vswitch:v/portgroup:p', { role: 'portgroup', parent: 'host:x/vswitch:v' }),
    ]);
    expect(ids(fold(deep))).not.toContain('host:x/vswitch:v');
    expect(ids(fold(deep, { open: ['host:x'] }))).toContain('host:x/vswitch:v/portgroup:p');
  });

  it('shutting one box opens no other', () => {
    const before = new Set(ids(fold(large)));
    for (const id of ids(fold(large, { shut: ['cluster:c'] }))) expect(before).toContain(id);
  });

  it('tells the way to a thing, outermost first', () => {
    const folded = fold(large, { shut: ['cluster:c'] });
    expect(folded.within('host:c-h7/nic:n0')).toEqual(['cluster:c', 'all:host:c-h1', 'host:c-h7']);
    const open = fold(large, { open: folded.within('host:c-h7/nic:n0') });
    expect(open.shownAs('host:c-h7/nic:n0')).toBe('host:c-h7/nic:n0');
  });

  it('a great many like things open in parts', () => {
    const many = graphOf(Array.from({ length: 950 }, (_, at) => node(`vm:v${at + 1}`, { alike: 'one' })));
    expect(ids(fold(many))).toEqual(['all:all:vm:v1']);
    const parts = fold(many, { open: ['all:all:vm:v1'] });
    expect(parts.graph.nodes).toHaveLength(11);
    expect(box(parts, 'all:vm:v901')).toMatchObject({ label: 'v901 … v950', count: 50 });
  });

  it('a crowd of things that are not alike becomes one box too', () => {
    const crowd = graphOf(Array.from({ length: 230 }, (_, at) => node(`switch:s${at + 1}`)));
    expect(ids(fold(crowd))).toEqual(['all:all:switch:s1']);
    expect(ids(fold(graphOf(Array.from({ length: 230 }, (_, at) => node(`network:n${at + 1}`)))))).toHaveLength(230);
  });

  it('what is too much to draw stays folded, and that is said', () => {
    const choice: FoldChoice = { open: ['all:host:c-h1', 'all:host:d-h1', 'all:vm:c-v1'] };
    const folded = fold(large, choice, { most: 60 });
    expect(box(folded, 'all:host:c-h1').fold).toBe('open');
    expect(box(folded, 'all:host:d-h1').fold).toBe('shut');
    expect(folded.graph.nodes.length).toBeLessThanOrEqual(60);
    expect(folded.note).toContain('2 boxes that were opened stay folded');
    expect(fold(large, choice).note).toBeUndefined();
    const all = fold(large, { open: ['*'] }, { most: 300 });
    expect(all.graph.nodes.length).toBeLessThanOrEqual(300);
    expect(all.note).toContain('More than 300 boxes');
    expect(ids(fold(large, { open: ['*'] }))).toContain('host:d-h40/nic:n0');
  });
});

describe('marks', () => {
  it('add up on what is shut, the worst first, and not without end', () => {
    const folded = fold(cluster('c', 3, 4), { shut: ['cluster:c'] });
    const marks = foldMarks(
      [
        { id: 'vm:c-v1', severity: 'warning', count: 1, messages: ['late'] },
        { id: 'host:c-h1', severity: 'error', count: 2, messages: ['bad', 'mild'], severities: ['error', 'info'] },
        { id: 'switch:c-sw', severity: 'info', count: 1, messages: ['fine'] },
        { id: 'host:gone', severity: 'error', count: 1, messages: ['lost'] },
      ],
      folded.shownAs,
    );
    expect(marks).toEqual([
      {
        id: 'cluster:c',
        severity: 'error',
        count: 3,
        messages: ['bad', 'late', 'mild'],
        severities: ['error', 'warning', 'info'],
      },
      { id: 'switch:c-sw', severity: 'info', count: 1, messages: ['fine'] },
    ]);
    const [mark] = foldMarks(
      Array.from({ length: 90 }, (_, at) => ({
        id: `vm:c-v${1 + (at % 4)}`,
        severity: 'error' as const,
        count: 1,
        messages: [`m${at}`],
      })),
      folded.shownAs,
    );
    expect(mark).toMatchObject({ count: 90 });
    expect(mark?.messages).toHaveLength(13);
    expect(mark?.messages.at(-1)).toBe('and 78 more');
  });
});

describe('any graph', () => {
  const graphs = fc
    .array(
      fc.record({
        parent: fc.nat(30),
        role: fc.constantFrom('vm', 'host', 'cluster', 'site', 'nic', 'network'),
        alike: fc.nat(2),
      }),
      {
        maxLength: 30,
      },
    )
    .map((drafts) =>
      graphOf(
        drafts.map(({ alike, parent, role }, at) =>
          node(`${role}:${at}`, { parent: `${drafts[parent]?.role ?? 'no'}:${parent}`, alike: `${alike}` }),
        ),
        drafts.map(({ parent, role }, at) =>
          edge('cable', `${role}:${at}`, `${drafts[(parent * 7) % drafts.length]?.role}:${(parent * 7) % drafts.length}`),
        ),
      ),
    );
  const choices = fc.record({
    open: fc.array(fc.nat(30)),
    shut: fc.array(fc.nat(30)),
    legible: fc.nat(30),
    most: fc.integer({ min: 1, max: 40 }),
  });

  it('folds into one whose boxes and lines have their places, whatever is opened and shut; the same gives the same', () => {
    fc.assert(
      fc.property(graphs, choices, (graph, { legible, most, open, shut }) => {
        const name = (at: number): string => graph.nodes[at]?.id ?? 'all:x';
        const choice = { open: [...open.map(name), ...open.map((at) => `all:${name(at)}`)], shut: shut.map(name) };
        const folded = fold(graph, choice, { legible, most });
        const known = new Set(ids(folded));
        expect(known.size).toBe(folded.graph.nodes.length);
        for (const { parent } of folded.graph.nodes) if (parent !== undefined) expect(known).toContain(parent);
        for (const { from, to } of folded.graph.edges) expect(known.has(from) && known.has(to)).toBe(true);
        for (const { id } of graph.nodes) expect(known).toContain(folded.shownAs(id));
        for (const { fold: how, id } of folded.graph.nodes)
          if (how === 'shut') expect(folded.graph.nodes.some(({ parent }) => parent === id)).toBe(false);
        expect(fold(graph, choice, { legible, most }).graph).toEqual(folded.graph);
      }),
    );
  });
});
