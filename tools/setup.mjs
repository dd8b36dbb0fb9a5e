/**
 * What the start scripts (`npm test`, `npm run demo`, `npm run package`) share: get the dependencies, find a Node that is new
 * enough, run programs. Plain JavaScript without dependencies for any Node from 18 on: it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const windows = process.platform === 'win32';

/** A failure that the user can do something about: printed as it is, without a stack. */
export class Problem extends Error {}

/** Runs `main`; a Problem becomes a plain message, anything else a stack. Exit code 1 for both, else what main returns. */
export async function runMain(main, onFailure = () => {}) {
  let code = 1;
  try {
    code = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Problem ? `\n${error.message}\n` : error);
    onFailure();
  }
  process.exitCode = code;
}

/** PATH without the project's own node_modules/.bin: what the machine itself has. */
export function machinePath() {
  return (process.env.PATH ?? process.env.Path ?? '')
    .split(delimiter)
    .filter((dir) => !dir.includes('node_modules'))
    .join(delimiter);
}

/**
 * Runs a program and waits. `quiet` keeps its output back and shows it only when it fails. Resolves to the exit code and, with
 * `quiet` or `capture`, what it printed.
 */
export function run(command, args, { cwd = root, env = {}, quiet = false, capture = false, timeout = 0, shell = false } = {}) {
  return new Promise((done) => {
    const piped = quiet || capture;
    const child = spawn(command, args, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: ['ignore', piped ? 'pipe' : 'inherit', piped ? 'pipe' : 'inherit'],
    });
    let output = '';
    const timer = timeout && setTimeout(() => child.kill('SIGKILL'), timeout);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const finish = (code) => {
      clearTimeout(timer);
      if (quiet && code !== 0 && output) process.stderr.write(output.endsWith('\n') ? output : `${output}\n`);
      done({ code, output });
    };
    child.on('error', (error) => {
      output += String(error);
      finish(127);
    });
    child.on('close', (code, signal) => finish(code ?? (signal ? 124 : 1)));
  });
}

/** What an npm that runs us tells about itself; an npm that we run must not take it for its own (user's settings stay). */
const OUTER_NPM = /^npm_(config_(user_agent|local_prefix|node_gyp)$|lifecycle_|package_|node_execpath$|execpath$|command$)/;

/** Runs npm with the machine's own Node: npm may replace the one in node_modules while it works. */
export function npm(args, options = {}) {
  const outer = Object.keys(process.env).filter((name) => OUTER_NPM.test(name));
  const env = { ...Object.fromEntries(outer.map((name) => [name, undefined])), PATH: machinePath(), ...options.env };
  return run('npm', args, { ...options, shell: windows, env });
}

/** True when every package of the lock file is installed in the version it names. */
export function isInstalled(dir) {
  const installedFile = join(dir, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.link || installed[path]?.version === entry.version,
  );
}

/** Runs `npm ci` in the project when node_modules is missing or does not match package-lock.json. */
export async function ensureDependencies(say = console.log) {
  if (isInstalled(root) && node24()) return;
  if ((await npm(['--version'], { capture: true })).code !== 0) {
    throw new Problem(
      'npm was not found. Install Node.js 20 or newer (https://nodejs.org): npm comes with it. Then run this again.',
    );
  }
  say('Fetching the libraries that Lintel is built with (npm ci; about a minute, only the first time) …');
  const { code } = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  if (code !== 0) {
    throw new Problem(
      'npm could not fetch the libraries; what it said stands above.\n' +
        'Most often the npm registry cannot be reached: check the network, or the proxy with "npm config get proxy".',
    );
  }
  if (!node24()) {
    throw new Problem(
      'The build needs Node.js 22.18 or newer. npm should have fetched one (package "node"), but it is not there: npm is probably\n' +
        'set not to run install scripts. Run "npm config set ignore-scripts false", delete node_modules and try again.',
    );
  }
}

/** The Node that runs the build and the tests: npm's `node` package, or the one that runs this script when it is new enough. */
export function node24() {
  const own = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18) ? process.execPath : undefined;
}

/** Runs a script of the project, or a program of node_modules by its file, with the build's Node. */
export function runNode(script, args = [], options = {}) {
  return run(node24() ?? process.execPath, [resolve(root, script), ...args], options);
}

/** `1.4 MB`, `312 KB`. */
export function bytes(count) {
  return count >= 1_000_000 ? `${(count / 1_000_000).toFixed(2)} MB` : `${Math.ceil(count / 1000)} KB`;
}
