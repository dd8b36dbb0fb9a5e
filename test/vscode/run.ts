/**
 * Tests in the real VS Code: packs the extension, installs it into a fresh VS Code (code-server), and runs the scenarios in
 * Chromium and the suite in the extension host. Run by tools/test.mjs, which fetches code-server and Chromium.
 *
 *   npm run test:vscode                             all
 *   LINTEL_ONLY="rename" npm run test:vscode        scenarios whose name contains the word
 *   LINTEL_VSIX=some.vsix npm run test:vscode       with this package instead of a new one
 *   LINTEL_KEEP=1 …                                 leaves the temporary folder (logs, workspace) behind
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openHarness, type Scenario } from './harness.ts';
import { type Host, root, startHost } from './host.ts';
import { smoke } from './smoke.ts';
import { runSuite } from './suite.ts';

const SCENARIO_LIMIT = 120_000;

function demand(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start this with "npm run test:vscode"`);
  return value;
}

/** The scenarios beside the smoke test; the module is written by whoever writes scenarios. */
async function scenarios(): Promise<readonly Scenario[]> {
  const file = join(root, 'test/vscode/scenarios.ts');
  if (!existsSync(file)) return smoke;
  const module = (await import(file)) as { scenarios: readonly Scenario[] };
  return [...smoke, ...module.scenarios];
}

function packaged(): string {
  if (process.env.LINTEL_VSIX) return resolve(process.env.LINTEL_VSIX);
  execFileSync(process.execPath, [join(root, 'tools/package.mjs')], { cwd: root, stdio: 'inherit' });
  return join(root, 'lintel.vsix');
}

/** The examples, to be copied into the workspace. */
function content(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-examples-'));
  if (readdirSync(join(root, 'examples')).length > 0) cpSync(join(root, 'examples'), folder, { recursive: true });
  return folder;
}

const counts = { passed: 0, failed: 0 };
function tell(name: string, error?: unknown): void {
  if (error === undefined) counts.passed += 1;
  else counts.failed += 1;
  console.log(`  ${error === undefined ? 'ok  ' : 'FAIL'}  ${name}`);
  if (error !== undefined) console.log(String((error as Error).stack ?? error).replace(/^/gm, '        '));
}

function within<T>(limit: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`took longer than ${limit / 1000} s`)), limit);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

const examples = content();
const only = process.env.LINTEL_ONLY;
let host: Host | undefined;
try {
  host = await startHost({
    codeServer: demand('LINTEL_CODE_SERVER'),
    chromium: demand('LINTEL_CHROMIUM'),
    vsix: packaged(),
    content: examples,
  });
  const h = await openHarness(host);
  for (const { name, run } of await scenarios()) {
    if (only && !name.includes(only)) continue;
    try {
      await within(SCENARIO_LIMIT, run(h));
      tell(name);
    } catch (error) {
      tell(name, error);
      await h.screenshot(`FAIL-${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60)}`).catch(() => {});
      console.log(host.logs().replace(/^/gm, '        '));
    }
    await within(SCENARIO_LIMIT, h.reset()).catch((error: unknown) => console.log(`        reset: ${error}`));
  }
  await h.page.context().close();

  if (!only) {
    for (const { name, error } of await runSuite(host)) tell(`in the extension host: ${name}`, error);
  }
} catch (error) {
  tell('the VS Code tests as a whole', error);
  if (host) console.log(host.logs().replace(/^/gm, '        '));
} finally {
  await host?.stop();
  rmSync(examples, { recursive: true, force: true });
}

if (process.env.LINTEL_RESULTS) writeFileSync(process.env.LINTEL_RESULTS, JSON.stringify(counts));
console.log(`  ${counts.passed} passed, ${counts.failed} failed in VS Code`);
process.exit(counts.failed > 0 ? 1 : 0);
