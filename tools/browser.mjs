/**
 * What the tests in the real VS Code need besides npm's packages: Debian's Chromium, and code-server (the VS Code workbench),
 * which has a package.json of its own in test/vscode/host because it weighs 700 MB. Fetched when missing, kept afterwards.
 */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { isInstalled, machinePath, node24, npm, Problem, root, run } from './setup.mjs';

const SKIP = 'To run everything else without it, set LINTEL_SKIP_VSCODE=1 (or use "npm run check").';

async function which(command) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (existsSync(join(folder, command))) return join(folder, command);
  }
  return undefined;
}

async function installedChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const found = await which(name);
    if (found) return found;
  }
  return undefined;
}

/** Installs Debian packages when that is possible; says whether they are there afterwards. */
async function apt(packages) {
  if (process.getuid?.() !== 0 || !(await which('apt-get'))) return false;
  console.log(`Installing from Debian: ${packages.join(' ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  if ((await run('apt-get', install, { capture: true, env })).code === 0) return true;
  await run('apt-get', ['update', '-q'], { quiet: true, env });
  return (await run('apt-get', install, { quiet: true, env })).code === 0;
}

/** The path of a Chromium. */
export async function chromium() {
  const found =
    (await installedChromium()) ?? ((await apt(['chromium', 'fonts-dejavu-core'])) ? await installedChromium() : undefined);
  if (found) return found;
  throw new Problem(
    'The tests in the real VS Code need Chromium, and there is none here. It could not be installed either: that takes root and\n' +
      `apt-get with Debian's packages within reach. Install it by hand, or set CHROMIUM to the path of a Chromium or Chrome.\n${SKIP}`,
  );
}

const hostFolder = join(root, 'test', 'vscode', 'host');

/** The entry script of code-server; its native modules are compiled on the first run. */
export async function codeServer() {
  const entry = join(hostFolder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
  if (isInstalled(hostFolder) && existsSync(entry)) return entry;

  const libraries = ['libkrb5-dev', 'libx11-dev', 'libxkbfile-dev', 'libsecret-1-dev', 'pkg-config'];
  const compilers = [
    ['make', 'make'],
    ['g++', 'g++'],
    ['python3', 'python3'],
  ];
  const missing = [];
  for (const [command, name] of compilers) if (!(await which(command))) missing.push(name);
  for (const name of libraries) if ((await run('dpkg', ['-s', name], { capture: true })).code !== 0) missing.push(name);
  if (missing.length > 0 && !(await apt(missing))) {
    console.log(`Not installed: ${missing.join(', ')}. Trying without …`);
  }

  console.log('Fetching and compiling code-server, the VS Code that the tests run in (90 s, only the first time) …');
  const { code } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: hostFolder,
    quiet: true,
    env: { PATH: `${dirname(node24() ?? process.execPath)}${delimiter}${machinePath()}`, ...(await nodeHeaders()) },
  });
  if (code !== 0 || !existsSync(entry)) {
    throw new Problem(
      'code-server could not be installed; what npm said stands above. It needs the npm registry, a C++ compiler, Python 3 and the\n' +
        `Debian packages ${libraries.join(', ')}.\n${SKIP}`,
    );
  }
  return entry;
}

/**
 * Native modules are compiled against Node's headers, which node-gyp would download from nodejs.org. Where the machine's own
 * Node brought headers along they serve as well (the modules use the stable N-API) and no download is needed.
 */
async function nodeHeaders() {
  const configured = (await npm(['config', 'get', 'nodedir', '--loglevel=error'], { capture: true })).output.trim();
  if (process.env.npm_config_nodedir || !['', 'undefined', 'null'].includes(configured)) return {};
  const { output } = await run('node', ['-p', 'process.execPath'], { capture: true, env: { PATH: machinePath() } });
  const prefix = dirname(dirname(output.trim()));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: prefix } : {};
}
