/**
 * `npm run test:desktop`: the suite of suite/ in a desktop VS Code, which @vscode/test-electron downloads: for people who are
 * online. Runs against the built bundles of this folder.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from './host.ts';
import { buildSuite } from './suite.ts';

execFileSync(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
try {
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: await buildSuite(),
    launchArgs: [join(root, 'examples'), '--disable-extensions', '--disable-workspace-trust'],
  });
} catch (error) {
  console.error(`The tests in the desktop VS Code did not pass: ${(error as Error).message}`);
  console.error('Without internet access VS Code cannot be downloaded: use "npm run test:vscode" instead.');
  process.exit(1);
}
