import { describe, expect, test } from 'vitest';
import type { Graph, GraphMark } from '../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { renderSvg, type Theme } from '../../server/src/topology/svg.ts';
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

  test('is written in a few milliseconds', async () => {
    const placed = await placeGraph(scadaPlant(), run);
    renderSvg(placed);
    const times = Array.from({ length: 5 }, () => {
      const begun = performance.now();
      renderSvg(placed, { marks });
      return performance.now() - begun;
    });
    expect(Math.min(...times)).toBeLessThan(10);
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
