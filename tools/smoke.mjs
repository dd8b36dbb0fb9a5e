/**
 * Starts each bundle of dist/ as its users do, on the Node that runs this and on the machine's own: the CLI as a program, the
 * server over stdio, the client with a stand-in for `vscode`, the page's script for its syntax. Seconds, not a test suite:
 * it finds what only bundling can break.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { machinePath, node24, root, run, runMain } from './setup.mjs';

const dist = (file) => join(root, 'dist', file);
const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

/** A design that says enough to be drawn and checked. */
const DESIGN = `network admin purpose management vlan 10 subnet 10.4.10.0/24
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0 {
    vmkernel vmk0 on admin
  }
}
`;

/** Every Node that the bundles must run on and that is here: the build's own and the machine's (Node 20 on CI). */
async function nodes() {
  const found = new Map();
  for (const [command, env] of [
    [node24() ?? process.execPath, {}],
    ['node', { PATH: machinePath() }],
  ]) {
    const { code, output } = await run(command, ['-p', 'process.execPath + " " + process.versions.node'], { capture: true, env });
    const [path, number] = output.trim().split(/ (?=\S+$)/);
    if (code === 0 && Number.parseInt(number, 10) >= 20) found.set(path, number);
  }
  return [...found].map(([path, number]) => ({ path, number }));
}

async function runCli(node, args, wanted) {
  const { code, output } = await run(node, [dist('lintel.mjs'), ...args], { capture: true, timeout: 60_000 });
  if (!wanted.includes(code)) throw new Error(`lintel ${args.join(' ')} ended with code ${code}:\n${output}`);
  return output;
}

async function cliPrintsItsVersion({ node }) {
  const output = await runCli(node, ['--version'], [0]);
  if (!output.includes(version)) throw new Error(`lintel --version printed ${JSON.stringify(output)}, not ${version}`);
}

async function cliChecks({ node, folder }) {
  await runCli(node, ['check', folder], [0, 1]);
  writeFileSync(join(folder, 'main.lintel'), `${DESIGN}no-such-word 5\n`);
  const output = await runCli(node, ['check', folder], [1]);
  if (!output.includes('no-such-word')) throw new Error(`lintel check did not name the unknown word:\n${output}`);
}

async function cliDraws({ node, folder }) {
  const picture = join(folder, 'picture.svg');
  await runCli(node, ['graph', folder, '-o', picture], [0, 1]);
  const svg = readFileSync(picture, 'utf8');
  if (!svg.includes('<svg') || !svg.includes('esx1'))
    throw new Error(`lintel graph wrote no picture of the host: ${svg.slice(0, 300)}`);
}

/** initialize → didOpen → diagnostics → shutdown → exit, over stdio. */
function serverAnswers({ node, folder }) {
  return new Promise((done, fail) => {
    const child = spawn(node, [dist('server.mjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let errors = '';
    let pending = Buffer.alloc(0);
    const stop = (error) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      if (error) fail(new Error(`${error}\n${errors}`));
      else done();
    };
    const timer = setTimeout(() => stop('the server gave no diagnostics within 30 s'), 30_000);
    const send = (message) => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    const uri = pathToFileURL(join(folder, 'main.lintel')).href;
    const handle = (message) => {
      if (message.id === 1 && !message.method) {
        if (!message.result?.capabilities) return stop(`initialize failed: ${JSON.stringify(message.error)}`);
        send({ method: 'initialized', params: {} });
        const text = `${DESIGN}no-such-word 5\n`;
        send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'lintel', version: 1, text } } });
      } else if (message.method === 'textDocument/publishDiagnostics' && message.params.uri === uri) {
        if (message.params.diagnostics.length > 0) send({ id: 2, method: 'shutdown' });
      } else if (message.id === 2 && !message.method) {
        send({ method: 'exit' });
      } else if (message.method && message.id !== undefined) {
        send({
          id: message.id,
          result: message.method === 'workspace/configuration' ? message.params.items.map(() => null) : null,
        });
      }
    };
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    child.stdout.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (;;) {
        const header = /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(pending.toString('latin1'));
        const length = Number(header?.[1]);
        if (!header || pending.length < header[0].length + length) return;
        const body = pending.subarray(header[0].length, header[0].length + length).toString('utf8');
        pending = pending.subarray(header[0].length + length);
        handle(JSON.parse(body));
      }
    });
    child.stdin.on('error', () => {});
    child.on('error', (error) => stop(String(error)));
    child.on('exit', (code) => stop(code === 0 ? undefined : `the server ended with code ${code}`));
    send({
      id: 1,
      method: 'initialize',
      params: { processId: process.pid, rootUri: pathToFileURL(folder).href, workspaceFolders: null, capabilities: {} },
    });
  });
}

/** Loads the client and the bundles that are loaded later, with a stand-in for `vscode` that is whatever one asks of it. */
async function clientLoads({ node }) {
  const script = `
    const stand = new Proxy(class {}, {
      get: (target, key) => (key === 'prototype' ? target.prototype : key === 'version' ? '1.100.0' : key === Symbol.toPrimitive ? () => '' : stand),
      apply: () => stand, construct: (target) => Object.create(target.prototype),
    });
    const load = require('node:module')._load;
    require('node:module')._load = (id, ...rest) => (id === 'vscode' ? stand : load(id, ...rest));
    const client = require(${JSON.stringify(dist('client.cjs'))});
    if (typeof client.activate !== 'function') throw new Error('client.cjs exports no activate()');
    const later = ${JSON.stringify({ createClient: dist('languageclient.cjs'), createTopology: dist('topology.cjs') })};
    for (const [name, file] of Object.entries(later))
      if (typeof require(file)[name] !== 'function') throw new Error(file + ' exports no ' + name + '()');
    import(${JSON.stringify(pathToFileURL(dist('export.mjs')).href)}).then(({ makeFile }) => {
      if (typeof makeFile !== 'function') throw new Error('export.mjs exports no makeFile()');
    });`;
  const { code, output } = await run(node, ['-e', script], { capture: true, timeout: 30_000 });
  if (code !== 0) throw new Error(output);
}

async function webviewParses() {
  new vm.Script(readFileSync(dist('webview.js'), 'utf8'), { filename: 'webview.js' });
  if (readFileSync(dist('webview.css'), 'utf8').length === 0) throw new Error('webview.css is empty');
}

async function noticesName({ packages = ['elkjs', 'chevrotain', 'vscode-languageserver', 'vscode-languageclient'] }) {
  const text = readFileSync(dist('THIRD-PARTY-NOTICES.txt'), 'utf8');
  const missing = packages.filter((name) => !new RegExp(`^${name} \\d`, 'm').test(text));
  if (missing.length > 0) throw new Error(`THIRD-PARTY-NOTICES.txt does not name ${missing.join(', ')}`);
}

/** Runs all; prints a line each; resolves to the counts. */
export async function smoke() {
  const found = await nodes();
  const checks = [
    ...found.flatMap(({ path, number }) =>
      [cliPrintsItsVersion, cliChecks, cliDraws, serverAnswers, clientLoads].map((check) => ({
        check,
        node: path,
        on: ` on Node ${number}`,
      })),
    ),
    { check: webviewParses, on: '' },
    { check: noticesName, on: '' },
  ];
  let failed = 0;
  for (const { check, node, on } of checks) {
    const folder = mkdtempSync(join(tmpdir(), 'lintel-smoke-'));
    writeFileSync(join(folder, 'main.lintel'), DESIGN);
    const title = `${check.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}${on}`;
    try {
      await check({ node, folder });
      console.log(`  ok    ${title}`);
    } catch (error) {
      failed += 1;
      console.log(`  FAIL  ${title}\n${String(error.message).trim().replace(/^/gm, '        ')}`);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return { passed: checks.length - failed, failed };
}

if (process.argv[1] && resolve(process.argv[1]) === import.meta.filename) {
  await runMain(async () => ((await smoke()).failed > 0 ? 1 : 0));
}
