/**
 * Runs the mocha suite of test/vscode/suite/ inside the extension host of the code-server host. The same suite runs in a
 * desktop VS Code by desktop.ts.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { type Host, root } from './host.ts';

export interface SuiteResult {
  readonly name: string;
  readonly error?: string;
}

/** The suite as one CommonJS file that the extension host can load; mocha stays outside, in node_modules. */
export async function buildSuite(): Promise<string> {
  const outfile = join(root, 'out/vscode-suite/index.cjs');
  mkdirSync(join(root, 'out/vscode-suite'), { recursive: true });
  await esbuild.build({
    entryPoints: [join(root, 'test/vscode/suite/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * The workbench takes `extensionTestsPath` from the address only when its configuration says that a smoke test drives it. So
 * the page's configuration (a meta element, read by the workbench when its script starts) is changed as soon as it is parsed.
 */
const ENABLE_TESTS = `{
  const observer = new MutationObserver(() => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (!meta) return;
    observer.disconnect();
    const settings = JSON.parse(meta.getAttribute('data-settings'));
    settings.developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
    meta.setAttribute('data-settings', JSON.stringify(settings));
  });
  observer.observe(document, { childList: true, subtree: true });
}`;

/** A line that the suite prints per test: see suite/index.ts. */
const RESULT = /@@lintel (\{.*\})$/;

export async function runSuite(host: Host): Promise<readonly SuiteResult[]> {
  const suite = await buildSuite();
  const results: SuiteResult[] = [];
  const output: string[] = [];
  const { promise: exit, resolve: onExit } = Promise.withResolvers<number>();
  const payload = {
    extensionDevelopmentPath: `vscode-remote://remote${host.extension}`,
    extensionTestsPath: `vscode-remote://remote${suite}`,
  };
  const page = await host.open(payload, async (fresh) => {
    await fresh.exposeFunction('codeAutomationExit', onExit);
    await fresh.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      for (const line of args.map(String).join(' ').split('\n')) {
        const result = RESULT.exec(line)?.[1];
        if (result) results.push(JSON.parse(result) as SuiteResult);
        else output.push(`${type}: ${line}`);
      }
    });
    await fresh.addInitScript(ENABLE_TESTS);
  });
  const limit = setTimeout(() => onExit(-1), 120_000);
  const code = await exit;
  clearTimeout(limit);
  await page.context().close();
  if (results.length === 0 || (code !== 0 && results.every(({ error }) => error === undefined))) {
    results.push({ name: 'the suite as a whole', error: `ended with code ${code}\n${output.slice(-40).join('\n')}` });
  }
  return results;
}
