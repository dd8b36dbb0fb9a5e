import { describe, expect, test } from 'vitest';
import type { Graph, GraphMark } from '../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { textWidth } from '../../server/src/topology/measure.ts';
import { renderSvg, type Theme } from '../../server/src/topology/svg.ts';
import { faults } from '../kit/geometry.ts';
import { builder, emptyGraph, fleet, folded, scadaPlant, smallHyperV } from '../kit/graphs.ts';
import { assertWellFormed } from '../kit/xml.ts';

const run = cachedRunner(createInProcessRunner());
const marks: readonly GraphMark[] = [
  { id: 'E3-A', severity: 'error', count: 2, messages: ['HA must be off', 'a <b> & "c"'] },
  { id: 'esx1/vSwitch0', severity: 'warning', count: 1, messages: ['one card'] },
  { id: 'nobody', severity: 'info', count: 3, messages: [] },
];
const themes = ['auto', 'light', 'dark', 'print', 'vscode'] as const satisfies readonly Theme[];

const draw = async (graph: Graph, theme: Theme = 'light'): Promise<string> =>
  renderSvg(await placeGraph(graph, run), { theme, marks });

describe('a picture', () => {
  test.each(themes)('is well-formed in theme %s', async (theme) => {
    for (const graph of [scadaPlant(), smallHyperV(), folded(), emptyGraph()]) assertWellFormed(await draw(graph, theme));
  });

  test('is the same bytes every time', async () => {
    expect(await draw(scadaPlant())).toBe(await draw(scadaPlant()));
  });

  test('needs nothing from outside and runs nothing', async () => {
    for (const theme of themes) {
      const svg = await draw(scadaPlant({ dongles: true }), theme);
      expect(svg).not.toMatch(/<script|<foreignObject|<image|\son[a-z]+=|\sstyle=|javascript:|@import|url\((?!#)|href="(?!#)/i);
      expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
    }
  });

  test('a fixed theme has no custom properties; auto follows the viewer, vscode the editor', async () => {
    for (const theme of ['light', 'dark', 'print'] as const)
      expect(await draw(scadaPlant(), theme)).not.toMatch(/var\(|color-mix/);
    expect(await draw(scadaPlant(), 'auto')).toContain('prefers-color-scheme:dark');
    expect(await draw(scadaPlant(), 'vscode')).toContain('var(--vscode-editor-background');
  });

  test('every box can be found, reached by keyboard and is spoken', async () => {
    const graph = scadaPlant();
    const svg = await draw(graph);
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*aria-label="riverside/);
    expect(svg).toContain('<title>riverside · SCADA platform of the Riverside water plant</title><desc>1 site · 2 switches');
    for (const node of graph.nodes)
      expect(svg).toMatch(new RegExp(`data-id="${node.id}"[^>]* role="(group|graphics-symbol)" tabindex="0" aria-label="[^"]+"`));
    expect(svg).toContain('aria-label="virtual machine E3-A, 4 vCPU · 16 GB, network control, 2 errors"');
  });

  test('tooltips tell facts, prose and findings', async () => {
    const svg = await draw(scadaPlant());
    expect(svg).toContain(
      '<title>E3-A\nvirtual machine · 4 vCPU · 16 GB\nNetwork: control\nGuest: Windows Server 2022\nElipse E3 server, hot\n✖ HA must be off\n✖ a &lt;b&gt; &amp; &quot;c&quot;</title>',
    );
  });

  test('a line tells what it joins by name, how fast it is, and its group', async () => {
    const b = builder('a line');
    b.node('switch:sw', 'switch', 'sw-a');
    b.node('host:h', 'host', 'esx1');
    b.node('host:h/nic:n', 'nic', 'vmnic0', { parent: 'host:h' });
    b.edge('cable', 'host:h/nic:n', 'switch:sw', { label: 'u1', speed: 1e10, lag: 'po1', count: 2 });
    expect(await draw(b.done())).toContain('<title>cable: esx1 vmnic0 – sw-a\nu1 · 2 lines · 10 Gbps · LAG po1</title>');
  });

  test.each([
    ['E3-A', 12, '12'],
    ['E3-A', 100, '99+'],
    ['esx1/vmnic0', 9, '9'],
    ['esx1/vmnic0', 10, '+'],
  ])('the number of findings is as long as there is room: %s with %i says %s', async (id, count, said) => {
    const mark: GraphMark = { id, severity: 'error', count, messages: [`${count} things`] };
    const svg = renderSvg(await placeGraph(scadaPlant(), run), { theme: 'light', marks: [mark] });
    expect(/class="lt-mark .*?<text[^>]*>([^<]*)</.exec(svg)?.[1]).toBe(said);
  });

  test('marks stand at the boxes that exist, by shape and number', async () => {
    const svg = await draw(scadaPlant());
    expect(svg.match(/class="lt-mark lt-m-/g)).toHaveLength(2);
    expect(svg).toMatch(/lt-m-error" data-for="E3-A"/);
  });

  test('lines: width by speed, standby dashed, sides told apart', async () => {
    const svg = await draw(smallHyperV());
    expect(svg).toMatch(/class="lt-edge lt-e-standby lt-w0"/);
    expect(svg).toContain('.lt-e-standby{stroke-dasharray');
    const plant = await draw(scadaPlant());
    expect(plant).toMatch(
      /class="lt-edge lt-e-cable lt-s-A lt-w2" data-edge="cable:esx1\/vmnic0->sw-a"|data-edge="cable:esx1\/vmnic0-&gt;sw-a"/,
    );
    expect(plant).toContain('>10 Gbps<');
  });

  test('a folded range shows its count and looks like a stack', async () => {
    const svg = await draw(folded());
    expect(svg).toContain('>×16<');
    expect(svg).toContain('>×160<');
  });

  test('networks have a legend with purposes, codes, and patterns where colours begin again', async () => {
    const b = builder('many networks');
    for (let at = 0; at < 12; at += 1) b.network(`net-${at}`, 'production', `VLAN ${at}`);
    const svg = await draw(b.done());
    expect(svg).toContain('production · VLAN 3');
    expect(svg).toContain('id="lt-p1"');
    expect(svg).not.toContain('id="lt-p2"');
  });

  test('bars: what is in use, what is kept, and more than there is', async () => {
    const b = builder('bars');
    const bar = (used: number, reserve?: number) => [
      { label: 'RAM', used, total: 100, text: `${used} of 100 GB`, ...(reserve === undefined ? {} : { reserve }) },
    ];
    b.node('easy', 'cluster', 'easy', { bars: bar(25, 50) });
    b.node('vm', 'vm', 'vm', { parent: 'easy' });
    b.node('tight', 'host', 'tight', { bars: bar(75, 50) });
    b.node('shared', 'host', 'shared', { bars: [{ label: 'CPU', used: 300, total: 100, text: '300 vCPU', shareable: true }] });
    const svg = await draw(b.done());
    const widths = (name: string): readonly number[] =>
      [...svg.slice(0, svg.indexOf('lt-key')).matchAll(new RegExp(`class="${name}"[^>]* width="([\\d.]+)"`, 'g'))].map((match) =>
        Number(match[1]),
      );
    expect(widths('lt-bar')).toEqual([88, 88, 88]);
    expect(widths('lt-bar-used').toSorted((one, two) => one - two)).toEqual([22, 44, 88]);
    expect(widths('lt-bar-over')).toEqual([22]);
    expect(svg.match(/class="lt-bar-kept"/g)).toHaveLength(3);
    expect(svg).toContain('RAM: 25 of 100 GB');
    for (const text of ['in use', 'kept for failed hosts', 'more than there is']) expect(svg).toContain(`>${text}</text>`);
    expect(faults(await placeGraph(b.done(), run))).toEqual([]);
  });

  test('power feeds are plugs at a device; one that it is not on is struck through', async () => {
    const b = builder('plugs');
    const feeds = (second: boolean) => [
      { name: 'A', source: 'UPS ups-a', used: true },
      { name: 'B', source: 'UPS ups-b', used: second },
    ];
    b.node('both', 'switch', 'both', { feeds: feeds(true) });
    b.node('one', 'switch', 'one', { feeds: feeds(false) });
    const svg = await draw(b.done());
    const drawing = svg.slice(0, svg.indexOf('lt-key'));
    expect(drawing.match(/class="lt-plug lt-plug-A"/g)).toHaveLength(2);
    expect(drawing.match(/class="lt-plug lt-plug-B"/g)).toHaveLength(1);
    expect(drawing.match(/class="lt-unplugged"/g)).toHaveLength(1);
    expect(svg).toContain('aria-label="switch one, on power feed A, not on power feed B"');
    expect(svg).toContain('>not on this power feed</text>');
  });

  test('a LAG has a ring around its sockets, a tie a sign, a shadow a broken outline, an unused NIC a grey one', async () => {
    const b = builder('signs');
    b.node('sw', 'switch', 'sw');
    b.node('h', 'host', 'h');
    for (const name of ['n0', 'n1', 'n2', 'n3'])
      b.node(name, 'nic', name, { parent: 'h', ...(name === 'n3' ? { look: 'idle' } : {}) });
    for (const name of ['n0', 'n1', 'n2']) b.edge('cable', name, 'sw', name === 'n2' ? {} : { lag: 'po1' });
    b.node('a', 'vm', 'a');
    b.node('shadow', 'vm', 'a', { look: 'ghost' });
    b.edge('lockstep', 'a', 'shadow');
    b.node('shared', 'array', 'shared', { shared: ['a and b'] });
    const graph = b.done();
    const placed = await placeGraph(graph, run);
    expect(faults(placed)).toEqual([]);
    const svg = renderSvg(placed);
    expect(svg.match(/class="lt-lag" data-lag="po1"/g)).toHaveLength(1);
    expect(svg).toMatch(/class="[^"]*lt-shadow" data-id="shadow"/);
    expect(svg).toMatch(/class="[^"]*lt-idle" data-id="n3"/);
    expect(svg).toMatch(/class="[^"]*lt-shared" data-id="shared"/);
    expect(svg).toContain('lt-tie lt-tie-lockstep');
    for (const text of [
      'link aggregation group',
      'unused',
      'shadow of an FT VM',
      'shared by both sides',
      'Fault Tolerance, in lockstep',
    ])
      expect(svg).toContain(`>${text}</text>`);
  });

  test('the key has what is in the picture and nothing else, in as many rows as it takes', async () => {
    const b = builder('key');
    b.node('sw-a', 'switch', 'a', { side: 'A' });
    b.node('h', 'host', 'h');
    for (const [at, speed] of [1e8, 1e9, 1e10, 2.5e10, 1e11].entries()) {
      b.node(`n${at}`, 'nic', `n${at}`, { parent: 'h' });
      b.edge('cable', `n${at}`, 'sw-a', { speed });
    }
    const placed = await placeGraph(b.done(), run);
    expect(placed.key.map((entry) => entry.text.text)).toEqual([
      'cable 100 Gbps',
      'cable 25 Gbps',
      'cable 10 Gbps',
      'cable 1 Gbps',
      'cable 100 Mbps',
      'side A',
    ]);
    expect(new Set(placed.key.map((entry) => entry.y)).size).toBeGreaterThan(1);
    for (const { text } of placed.key) {
      expect(text.x + textWidth(text.text, text.style)).toBeLessThanOrEqual(placed.width);
      expect(text.y).toBeLessThan(placed.height);
    }
    const widths = placed.edges.map(
      (edge) => /class="lt-edge [^"]*lt-w(\d)/.exec(renderSvg({ ...placed, edges: [edge], key: [] }))?.[1],
    );
    const svg = renderSvg(placed);
    const px = (name: string | undefined): number => Number(new RegExp(`\\.lt-w${name}\\{stroke-width:([\\d.]+)`).exec(svg)?.[1]);
    const drawn = placed.edges
      .map((edge, at) => ({ speed: edge.edge.speed ?? 0, width: px(widths[at]) }))
      .toSorted((one, two) => one.speed - two.speed);
    expect(drawn.map((line) => line.width)).toEqual(
      [...new Set(drawn.map((line) => line.width))].toSorted((one, two) => one - two),
    );
  });
});

describe('hostile names', () => {
  const names = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    '&amp;&lt;',
    ']]>',
    '<!--',
    'a\u0000b\u0008c\u001f',
    '\u202eevil\u2066',
    '\ud83d',
    '🖥️ host',
    'שרת ראשי',
    'سرور',
    'line\nbreak',
    '</title></svg>',
    '$' + '{x}',
    '\\',
    '\ufffe\uffff',
    'url(https://example.org)',
  ];

  test.each(themes)('are text and nothing else in theme %s', async (theme) => {
    const b = builder(names.join(' '));
    names.forEach((name, at) => {
      b.node(`h${at}${name}`, 'host', name, { detail: name, doc: name, facts: [{ label: name, value: name }] });
      b.node(`n${at}${name}`, 'nic', name, { parent: `h${at}${name}`, detail: name });
      b.network(name, name, name);
      b.node(`v${at}${name}`, 'vm', name, { parent: `h${at}${name}`, network: name });
      b.node(`sw${at}`, 'switch', name);
      b.edge('cable', `n${at}${name}`, `sw${at}`, { label: name.slice(0, 4) });
    });
    const graph = b.done();
    const svg = renderSvg(await placeGraph(graph, run), {
      theme,
      marks: graph.nodes.map((node) => ({ id: node.id, severity: 'error', count: 1, messages: names })),
    });
    assertWellFormed(svg);
    const tags = new Set([...svg.matchAll(/<([a-zA-Z!?][^\s/>]*)/g)].map((match) => match[1]));
    expect([...tags].toSorted()).toEqual([
      'circle',
      'defs',
      'desc',
      'g',
      'path',
      'pattern',
      'rect',
      'style',
      'svg',
      'symbol',
      'text',
      'title',
      'use',
    ]);
    const invisible = [...svg]
      .map((character) => character.codePointAt(0) ?? 0)
      .filter(
        (c) =>
          (c < 0x20 && c !== 0x0a) ||
          (c >= 0x202a && c <= 0x202e) ||
          (c >= 0x2066 && c <= 0x2069) ||
          c === 0xfffe ||
          c === 0xffff,
      );
    expect(invisible).toEqual([]);
    const style = svg.slice(svg.indexOf('<style>'), svg.indexOf('</style>'));
    for (const name of ['evil', 'alert', 'host', 'שרת']) expect(style.replaceAll('lt-r-host', '')).not.toContain(name);
  });
});

test('a fleet of 16 hosts and 160 VMs stays below half a megabyte', async () => {
  expect((await draw(fleet())).length).toBeLessThan(500_000);
});
