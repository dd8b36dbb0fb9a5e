/**
 * `npm run bench [-- --lines=100,1000,10000,100000] [--quick]`: designs of growing length against the bundled server, over its real
 * connection, with `JSON.parse` of the same content in the same run as the yardstick. Prints a table and writes bench/results.json.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type LspClient, startClient } from './client.ts';
import { designOf } from './designs.ts';

const argument = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const quick = process.argv.includes('--quick');
const sizes = (argument('lines') ?? (quick ? '1000,10000' : '100,1000,10000,100000')).split(',').map(Number);
const root = join(import.meta.dirname, '..');
const server = join(root, 'dist', 'server.mjs');
/** As the extension starts it (client/src/node.ts). */
const serverArgs = ['--max-semi-space-size=8', '--max-old-space-size=1536', server, '--stdio'];

/** Numbers that are the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0));

interface Result {
  lines: number;
  jsonParse: number;
  coldStart: number;
  fullCheck: number;
  keystroke: { p50: number; p95: number; p99: number; max: number };
  heldKey: { worstLag: number };
  completion: { p50: number; p95: number };
  peakMemoryMB: number;
}

async function keystroke(
  client: LspClient,
  uri: string,
  version: number,
  line: number,
  from: number,
  to: number,
  text: string,
): Promise<number> {
  const done = client.next();
  const start = performance.now();
  await client.change(uri, version, { start: { line, character: from }, end: { line, character: to } }, text);
  return (await done) - start;
}

async function measure(lines: number): Promise<Result> {
  const text = designOf(lines);
  const json = JSON.stringify(text.split('\n').map((line) => ({ line, words: line.trim().split(/\s+/) })));
  const parses = Array.from({ length: 7 }, () => {
    const start = performance.now();
    JSON.parse(json);
    return performance.now() - start;
  });
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
  const path = join(folder, 'design.lintel');
  writeFileSync(path, text);

  const check = performance.now();
  const checked = spawnSync(process.execPath, [join(root, 'dist', 'lintel.mjs'), 'check', '--format', 'json', path], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const fullCheck = performance.now() - check;
  if (checked.status === null || checked.status > 1)
    console.error(`check ended with ${checked.status}: ${checked.stderr.slice(0, 300)}`);

  // Cold start: from starting the process to the first diagnostics of the opened file. The design is opened with one mistake.
  const uri = pathToFileURL(path).href;
  const start = performance.now();
  const client = await startClient(process.execPath, serverArgs);
  const first = client.next();
  await client.open(uri, text);
  await first;
  const coldStart = performance.now() - start;

  // 300 random edits of one character, each undone by a later one or not: typing, deleting, whole statements through their broken states.
  const random = chance(lines);
  const source = text.split('\n');
  const times: number[] = [];
  let version = 1;
  const statement = '  nic vmnic9 speed 10Gbps';
  const count = quick ? 100 : 300;
  for (let k = 0; k < 20; k += 1)
    await keystroke(client, uri, ++version, 1, 0, 0, ' ').then(() => keystroke(client, uri, ++version, 1, 0, 1, ''));
  while (times.length < count) {
    const line = Math.floor(random() * source.length);
    const own = source[line] ?? '';
    const kind = random();
    if (kind < 0.35) {
      const at = Math.floor(random() * (own.length + 1));
      const sign = 'abcxyz019"{}[]., :/'[Math.floor(random() * 19)] ?? 'x';
      times.push(await keystroke(client, uri, ++version, line, at, at, sign));
      times.push(await keystroke(client, uri, ++version, line, at, at + 1, ''));
    } else if (kind < 0.6 && own.length > 0) {
      const at = Math.floor(random() * own.length);
      times.push(await keystroke(client, uri, ++version, line, at, at + 1, ''));
      times.push(await keystroke(client, uri, ++version, line, at, at, own[at] ?? ''));
    } else if (kind < 0.8) {
      // A value typed anew.
      const number = /\d+/.exec(own);
      if (!number) continue;
      times.push(await keystroke(client, uri, ++version, line, number.index, number.index + number[0].length, '7'));
      times.push(await keystroke(client, uri, ++version, line, number.index, number.index + 1, number[0]));
    } else {
      // A statement typed letter by letter on a line of its own, then taken out again.
      times.push(await keystroke(client, uri, ++version, line, own.length, own.length, '\n'));
      let typed = 0;
      for (const letter of statement) {
        times.push(await keystroke(client, uri, ++version, line + 1, typed, typed, letter));
        typed += 1;
      }
      const done = client.next();
      await client.change(
        uri,
        ++version,
        { start: { line, character: own.length }, end: { line: line + 1, character: typed } },
        '',
      );
      await done;
    }
  }

  // A held key: 30 characters a second; the lag is how long after a character its diagnostics (or those of a later one) came.
  const heldLine = Math.floor(source.length / 2);
  const seconds = quick ? 3 : 10;
  let worstLag = 0;
  const sentAt: number[] = [];
  let answered = 0;
  let running = true;
  const watch = (async () => {
    while (running || answered < sentAt.length) {
      const at = await Promise.race([
        client.next(),
        new Promise<number>((resolve) => setTimeout(() => resolve(Number.NaN), 2000)),
      ]);
      if (Number.isNaN(at)) break;
      // A revision answers every character that had been sent when its work began; the oldest unanswered one is the lag.
      const oldest = sentAt[answered];
      if (oldest !== undefined) worstLag = Math.max(worstLag, at - oldest);
      answered += 1;
    }
  })();
  for (let k = 0; k < seconds * 30; k += 1) {
    const due = 1000 / 30;
    const before = performance.now();
    sentAt.push(before);
    await client.change(uri, ++version, { start: { line: heldLine, character: 0 }, end: { line: heldLine, character: 0 } }, 'x');
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - (performance.now() - before))));
  }
  running = false;
  await watch;
  const settle = client.next();
  await client.change(
    uri,
    ++version,
    { start: { line: heldLine, character: 0 }, end: { line: heldLine, character: seconds * 30 } },
    '',
  );
  await settle;

  // Completion asked together with a keystroke.
  const completions: number[] = [];
  for (let k = 0; k < (quick ? 30 : 100); k += 1) {
    const line = Math.floor(random() * source.length);
    const own = source[line] ?? '';
    const done = client.next();
    const begin = performance.now();
    await client.change(uri, ++version, { start: { line, character: own.length }, end: { line, character: own.length } }, ' ');
    await client.connection
      .sendRequest('textDocument/completion', { textDocument: { uri }, position: { line, character: own.length + 1 } })
      .catch(() => undefined);
    completions.push(performance.now() - begin);
    await done;
    const undone = client.next();
    await client.change(uri, ++version, { start: { line, character: own.length }, end: { line, character: own.length + 1 } }, '');
    await undone;
  }
  const peakMemoryMB = client.peakMemory() / 1048576;
  await client.stop();
  return {
    lines,
    jsonParse: percentile(parses, 0.5),
    coldStart,
    fullCheck,
    keystroke: {
      p50: percentile(times, 0.5),
      p95: percentile(times, 0.95),
      p99: percentile(times, 0.99),
      max: Math.max(...times),
    },
    heldKey: { worstLag },
    completion: { p50: percentile(completions, 0.5), p95: percentile(completions, 0.95) },
    peakMemoryMB,
  };
}

const results: Result[] = [];
for (const lines of sizes) {
  console.error(`measuring ${lines.toLocaleString('en-US')} lines …`);
  results.push(await measure(lines));
}
const rows: [string, (result: Result) => string][] = [
  ['JSON.parse of the same content', (r) => ms(r.jsonParse)],
  ['full check (CLI process)', (r) => ms(r.fullCheck)],
  ['cold start to first diagnostics', (r) => ms(r.coldStart)],
  ['keystroke p50', (r) => ms(r.keystroke.p50)],
  ['keystroke p95', (r) => ms(r.keystroke.p95)],
  ['keystroke p99', (r) => ms(r.keystroke.p99)],
  ['keystroke max', (r) => ms(r.keystroke.max)],
  ['held key, worst lag', (r) => ms(r.heldKey.worstLag)],
  ['completion typed p50', (r) => ms(r.completion.p50)],
  ['completion typed p95', (r) => ms(r.completion.p95)],
  ['peak memory (MB)', (r) => r.peakMemoryMB.toFixed(0)],
];
console.log(
  `| ms | ${results.map((r) => r.lines.toLocaleString('en-US')).join(' | ')} |\n|---|${results.map(() => '---:').join('|')}|`,
);
for (const [name, of] of rows) console.log(`| ${name} | ${results.map(of).join(' | ')} |`);
writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
