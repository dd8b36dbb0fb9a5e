/**
 * `npm run bench` (or `node bench/picture.ts [--hosts=10,100,1000] [--quick] [--server=FILE]`): the picture at growing numbers of hosts, each with ten
 * VMs. Its parts in this process: model → graph, folding, layout, SVG; then the whole through the bundled server over its real
 * connection: first picture, edit → updated picture, and how long the server was deaf to others meanwhile. The yardsticks of the
 * same run: `JSON.parse` of the SVG's text, and ELK alone with as many boxes and lines, all in one flat graph.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLintel } from '../server/src/analysis/lintel.ts';
import type { TopologyParams, TopologyResult } from '../server/src/lsp/protocol.ts';
import { openSource } from '../server/src/syntax/sourceFile.ts';
import { fold } from '../server/src/topology/fold.ts';
import type { Graph } from '../server/src/topology/graph.ts';
import { placeGraph } from '../server/src/topology/layout.ts';
import { createInProcessRunner } from '../server/src/topology/layoutInProcess.ts';
import { renderSvg } from '../server/src/topology/svg.ts';
import { views, wholeOf } from '../server/src/topology/views/index.ts';
import { type LspClient, startClient } from './client.ts';
import { fleetOf } from './designs.ts';

const argument = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const quick = process.argv.includes('--quick');
const sizes = (argument('hosts') ?? (quick ? '10,100' : '10,100,1000')).split(',').map(Number);
const server = argument('server') ?? join(import.meta.dirname, '..', 'dist', 'server.mjs');
const uri = 'file:///bench/fleet.lintel';

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const median = (values: readonly number[]): number => percentile(values, 0.5);
const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0));

function print(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((text, at) => Math.max(text.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  console.log([line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n'));
}

/** ELK alone: the same number of boxes of one size and the same lines, in one flat graph. */
async function plainElk(graph: Graph): Promise<number> {
  const at = new Map(graph.nodes.map((node, index) => [node.id, `n${index}`]));
  const start = performance.now();
  await createInProcessRunner()({
    id: 'root',
    layoutOptions: { 'elk.algorithm': 'layered' },
    children: [...at.values()].map((id) => ({ id, width: 140, height: 42 })),
    edges: graph.edges.map(({ from, to }, index) => ({
      id: `e${index}`,
      sources: [at.get(from) ?? ''],
      targets: [at.get(to) ?? ''],
    })),
  });
  return performance.now() - start;
}

/** Parts of the work in this process, the median of three; one row for each view. */
async function measureParts(hosts: number, text: string): Promise<void> {
  const workspace = createLintel({ host: { allows: () => true, read: () => undefined }, rules: [] });
  workspace.setFile(uri, openSource(text));
  workspace.update();
  const [design] = workspace.designs(uri);
  if (!design) throw new Error('there is no design');
  const run = createInProcessRunner();
  const rows: string[][] = [];
  for (const { id } of views) {
    const times: number[][] = [];
    let boxes = '';
    let plain = 0;
    for (let round = 0; round < 4; round += 1) {
      const laps = [performance.now()];
      const whole = wholeOf(design.project.model, 'bench', (entity) => entity.name, id);
      laps.push(performance.now());
      const folded = fold(whole.graph);
      const graph = whole.told(folded);
      laps.push(performance.now());
      const placed = await placeGraph(graph, run);
      laps.push(performance.now());
      const svg = renderSvg(placed, { theme: 'vscode' });
      laps.push(performance.now());
      const json = JSON.stringify(svg);
      const start = performance.now();
      JSON.parse(json);
      const parse = performance.now() - start;
      // The first round only warms up.
      if (round > 0)
        times.push([...laps.slice(1).map((lap, at) => lap - (laps[at] ?? 0)), (laps[4] ?? 0) - (laps[0] ?? 0), parse]);
      boxes = `${whole.graph.nodes.length} → ${graph.nodes.length}`;
      if (round === 3) plain = await plainElk(graph);
    }
    const part = (at: number): string => ms(median(times.map((each) => each[at] ?? Number.NaN)));
    rows.push([id, boxes, ...[0, 1, 2, 3, 4, 5].map(part), ms(plain)]);
  }
  console.log(`\n${hosts} hosts, ${hosts * 10} VMs: parts in one process, nothing remembered (ms)`);
  print(['view', 'boxes → drawn', 'graph', 'fold', 'layout', 'SVG', 'all', 'JSON.parse', 'flat ELK'], rows);
}

/** The longest that the server took to answer a question that costs nothing, while something else was under way. */
async function listening<T>(client: LspClient, work: () => Promise<T>): Promise<{ readonly result: T; readonly deaf: number }> {
  let isOver = false;
  let deaf = 0;
  const asking = (async () => {
    while (!isOver) {
      const start = performance.now();
      await client.connection.sendRequest('bench/nothing').catch(() => undefined);
      deaf = Math.max(deaf, performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  const result = await work();
  isOver = true;
  await asking;
  return { result, deaf };
}

async function measureServer(hosts: number, text: string): Promise<readonly string[]> {
  const client = await startClient(process.execPath, ['--max-semi-space-size=8', '--max-old-space-size=1536', server, '--stdio']);
  let isOver = false;
  client.process.once('exit', (code) => {
    if (isOver) return;
    console.error(`the server ended with ${code}`);
    process.exit(1);
  });
  const picture = (choice: Omit<TopologyParams, 'uri'> = {}): Promise<TopologyResult> =>
    client.connection.sendRequest('lintel/topology', { uri, ...choice });
  const first = client.next();
  await client.open(uri, text);
  await first;
  const opened = performance.now();
  const begun = await listening(client, picture);
  const firstPicture = performance.now() - opened;
  if (begun.result.message !== undefined) console.error(`${hosts} hosts: ${begun.result.message}`);
  const again = performance.now();
  await picture({ view: 'placement' });
  const otherView = performance.now() - again;

  // What people type while they look at the picture: sizes, a thing more, a thing less, a note.
  const lines = text.split('\n');
  const vm = lines.findIndex((line) => line.startsWith('vm '));
  const vcpu = lines[vm]?.indexOf('vcpu ') ?? 0;
  const edits: readonly (readonly [number, number, number, number, string])[] = [
    [vm, vcpu + 5, vm, vcpu + 6, '3'],
    [vm, vcpu + 5, vm, vcpu + 6, '1'],
    [vm, 0, vm, 0, 'vm extra in c1 { vcpu 2 }\n'],
    [vm, 0, vm + 1, 0, ''],
    [vm, 0, vm, 0, '// a note\n'],
    [vm, 0, vm + 1, 0, ''],
    [vm, 0, vm, 0, 'host spare { nic n0 }\n'],
    [vm, 0, vm + 1, 0, ''],
  ];
  const times: number[] = [];
  const deafs: number[] = [];
  const count = quick ? 24 : 104;
  for (let at = 0; at < count; at += 1) {
    const [line, character, endLine, end, typed] = edits[at % edits.length] ?? [0, 0, 0, 0, ''];
    const { deaf } = await listening(client, async () => {
      const moved = client.next();
      const start = performance.now();
      await client.change(uri, at + 2, { start: { line, character }, end: { line: endLine, character: end } }, typed);
      await moved;
      await picture();
      times.push(performance.now() - start);
    });
    deafs.push(deaf);
  }
  const peak = client.peakMemory();
  isOver = true;
  await client.stop();
  return [
    String(hosts),
    ms(firstPicture),
    ms(begun.deaf),
    ms(otherView),
    ms(median(times)),
    ms(percentile(times, 0.95)),
    ms(median(deafs)),
    ms(Math.max(...deafs)),
    `${Math.round(peak / 1024 ** 2)}`,
  ];
}

if (!existsSync(server)) throw new Error('there is no dist/server.mjs; run "npm run build" first');
const rows: (readonly string[])[] = [];
for (const hosts of sizes) {
  const text = fleetOf(hosts, hosts * 10);
  await measureParts(hosts, text);
  rows.push(await measureServer(hosts, text));
}
console.log('\nThrough the server: the overview as the panel asks for it (ms; deaf: longest wait of another question)');
print(['hosts', 'first picture', 'deaf', 'other view', 'edit → picture p50', 'p95', 'deaf p50', 'deaf max', 'peak MB'], rows);
