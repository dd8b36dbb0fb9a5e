/**
 * The real VS Code for the tests: code-server (the workbench and the extension host) with the packaged extension in it, and
 * Chromium to look at it. Everything lives in one temporary folder and dies with `stop`. What the tests do there is harness.ts.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Quiet, and the same on every machine; `files.simpleDialog` keeps file dialogs inside the page. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.smoothScrolling': false,
  'security.workspace.trust.enabled': false,
};

/** As vscode-host.md found them: no sandbox as root, no GPU, and nothing that phones home. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface HostOptions {
  /** code-server's entry script. */
  readonly codeServer: string;
  /** Path of a Chromium. */
  readonly chromium: string;
  /** The packaged extension. */
  readonly vsix: string;
  /** Folder whose content the workspace is a copy of. */
  readonly content: string;
}

export interface Host {
  /** The open folder: a copy, free to be changed. */
  readonly workspace: string;
  /** The folder into which VS Code installed the extension. */
  readonly extension: string;
  /** A new page on the workspace; `payload` as VS Code for the Web takes it (see suite.ts). */
  open(payload?: Record<string, string>, prepare?: (page: Page) => Promise<void>): Promise<Page>;
  /** Runs a function inside the extension host. It is sent as text: it sees its arguments and nothing else. */
  evaluate(code: string, args: readonly unknown[]): Promise<unknown>;
  /** Puts the workspace's files back as they were. */
  restore(): void;
  /** The last lines of the logs that tell why an extension fails. */
  logs(): string;
  stop(): Promise<void>;
}

export async function startHost({ codeServer, chromium: executablePath, vsix, content }: HostOptions): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-vscode-'));
  const [workspace, user, extensions] = ['workspace', 'user', 'extensions'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const dir of [workspace, join(user, 'User'), extensions]) mkdirSync(dir, { recursive: true });
  writeFileSync(join(user, 'User', 'settings.json'), JSON.stringify(SETTINGS));
  const config = join(folder, 'code-server.yaml');
  writeFileSync(config, '');
  const base = [codeServer, '--config', config, '--user-data-dir', user, '--extensions-dir', extensions];
  const restore = (): void => {
    for (const name of readdirSync(workspace))
      if (!existsSync(join(content, name))) rmSync(join(workspace, name), { recursive: true });
    cpSync(content, workspace, { recursive: true });
  };
  restore();

  let server: ChildProcess | undefined;
  let browser: Browser | undefined;
  const killServer = (): void => killGroup(server);
  process.once('exit', killServer);
  const stop = async (): Promise<void> => {
    await browser?.close().catch(() => {});
    killServer();
    process.off('exit', killServer);
    if (process.env.LINTEL_KEEP === '1') console.log(`kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  const port = await freePort();
  const probeFile = join(folder, 'probe.port');
  const logFile = join(folder, 'code-server.log');
  let extension: string;
  try {
    extension = await install(base, vsix, extensions, folder);
    const log = openSync(logFile, 'a');
    const options = [
      '--auth',
      'none',
      '--disable-workspace-trust',
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-proxy',
    ];
    server = spawn(process.execPath, [...base, ...options, '--bind-addr', `127.0.0.1:${port}`], {
      env: { ...environment(), LINTEL_PROBE: probeFile },
      stdio: ['ignore', log, log],
      detached: true, // a group of its own, so that `stop` reaches the extension hosts too
    });
    closeSync(log);
    await until('code-server to answer', async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok, 60_000);
    browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  } catch (error) {
    await stop();
    throw error;
  }
  const running = browser;

  return {
    workspace,
    extension,
    restore,
    stop,
    logs: () => tail(join(user, 'logs')) || readFileSync(logFile, 'utf8').slice(-2000),
    async open(payload, prepare) {
      const context = await running.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const page = await context.newPage();
      await prepare?.(page);
      const query = new URLSearchParams({ folder: workspace });
      if (payload) query.set('payload', JSON.stringify(Object.entries(payload)));
      await page.goto(`http://127.0.0.1:${port}/?${query}`);
      return page;
    },
    async evaluate(code, args) {
      const probePort = await until(
        'the extension host to start',
        async () => existsSync(probeFile) && readFileSync(probeFile, 'utf8'),
        60_000,
      );
      const response = await fetch(`http://127.0.0.1:${probePort}`, { method: 'POST', body: JSON.stringify({ code, args }) });
      const answer = (await response.json()) as { value?: unknown; error?: string };
      if (answer.error !== undefined) throw new Error(`in the extension host: ${answer.error}`);
      return answer.value;
    },
  };
}

/** What is left of a type after `if (value)`. */
export type Truthy<T> = Exclude<T, null | undefined | false | '' | 0>;

/** Asks until the answer is truthy; errors count as "not yet" and are told when time runs out. */
export async function until<T>(what: string, ask: () => Promise<T>, timeout = 20_000): Promise<Truthy<T>> {
  const end = Date.now() + timeout;
  let last = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer as Truthy<T>;
    } catch (error) {
      last = String(error);
    }
    if (Date.now() > end) throw new Error(`waited ${timeout / 1000} s for ${what}${last && `; last error: ${last}`}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Installs the extension and the probe as a user installs a .vsix; answers the folder where the extension went. */
async function install(base: readonly string[], vsix: string, extensions: string, folder: string): Promise<string> {
  const probe = join(folder, 'probe.vsix');
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const options = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', probe];
  await promisify(execFile)(process.execPath, [vsce, ...options], { cwd: join(root, 'test/vscode/probe') });

  const wanted = [vsix, probe].flatMap((file) => ['--install-extension', file]);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...base, ...wanted], { env: environment() });
  const name = readdirSync(extensions).find((entry) => /^lintel\.lintel-/.test(entry));
  if (!name) throw new Error(`VS Code did not install ${vsix}:\n${stdout}${stderr}`);
  return join(extensions, name);
}

/** No npm settings, no gallery: nothing of the outside decides what the tests see. */
function environment(): NodeJS.ProcessEnv {
  const clean = Object.entries(process.env).filter(([name]) => !/^npm_|^VSCODE_|^ELECTRON_|^PORT$|^NODE_OPTIONS$/.test(name));
  return { ...Object.fromEntries(clean), EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: 'http://127.0.0.1:9' }) };
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('no free port'))));
    });
  });
}

function killGroup(child: ChildProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

/** The ends of the extension host's log and of what Lintel logged. */
function tail(logs: string): string {
  if (!existsSync(logs)) return '';
  return readdirSync(logs, { recursive: true, encoding: 'utf8' })
    .filter((name) => /remoteexthost\.log$|Lintel[^/]*\.log$/i.test(name))
    .map((name) => `── ${name}\n${readFileSync(join(logs, name), 'utf8').trimEnd().split('\n').slice(-25).join('\n')}`)
    .join('\n');
}
