/**
 * Everything that must hold, in one command, from a bare clone: `npm test` (and CI). It installs what is missing, runs each
 * step below, and ends with the line `N passed, N failed`.
 *
 *   node tools/test.mjs                      all
 *   node tools/test.mjs --no-vscode          without the tests in the real VS Code (`npm run check`)
 *   node tools/test.mjs --only=types,style   some steps only (names as in the table at the end)
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, codeServer } from './browser.mjs';
import { ensureDependencies, Problem, root, runMain, runNode } from './setup.mjs';
import { smoke } from './smoke.mjs';

const tool = (path) => join('node_modules', path);
const resultsFile = (name) => join(root, '.cache', `${name}.json`);

/** A program that is right when it ends with code 0: one test. */
const program =
  (...command) =>
  async () => {
    const { code } = await runNode(...command);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };

async function unitTests() {
  const file = resultsFile('vitest');
  rmSync(file, { force: true });
  const { code } = await runNode(tool('vitest/vitest.mjs'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
  // A file that does not even load has no tests to fail, and an error outside of tests only shows in the exit code.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failed = numFailedTests + broken;
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

async function vscodeTests() {
  const browser = await chromium();
  const host = await codeServer();
  const file = resultsFile('vscode');
  rmSync(file, { force: true });
  const { code } = await runNode('test/vscode/run.ts', [], {
    env: { LINTEL_CHROMIUM: browser, LINTEL_CODE_SERVER: host, LINTEL_RESULTS: file },
  });
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

const STEPS = [
  { name: 'generated', title: 'Generated files are up to date', run: program('tools/gen.ts', ['--check']) },
  { name: 'types', title: 'Types', run: program(tool('typescript/bin/tsc'), ['-p', 'tsconfig.json', '--noEmit']) },
  {
    name: 'types-webview',
    title: 'Types of the page',
    run: program(tool('typescript/bin/tsc'), ['-p', 'webview/tsconfig.json', '--noEmit']),
  },
  {
    name: 'style',
    title: 'Lint and format',
    run: program(tool('@biomejs/biome/bin/biome'), [
      'ci',
      '--max-diagnostics=50',
      ...(process.stdout.isTTY ? [] : ['--colors=off']),
    ]),
  },
  { name: 'unit', title: 'Unit, golden and property tests', run: unitTests },
  { name: 'build', title: 'Bundles within their size budgets', run: program('esbuild.mjs') },
  { name: 'bundles', title: 'Bundles start', run: smoke, needs: 'build' },
  { name: 'vscode', title: 'In the real VS Code', run: vscodeTests, needs: 'build' },
];

async function main() {
  const only = process.argv
    .find((argument) => argument.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  const unknown = only?.filter((name) => !STEPS.some((step) => step.name === name)) ?? [];
  if (unknown.length > 0)
    throw new Problem(`No such step: ${unknown.join(', ')}. Steps: ${STEPS.map(({ name }) => name).join(', ')}.`);
  const skipVscode = process.argv.includes('--no-vscode');
  const chosen = STEPS.filter(({ name }) => (only ? only.includes(name) : !(name === 'vscode' && skipVscode)));

  await ensureDependencies();
  mkdirSync(join(root, '.cache'), { recursive: true });

  const summary = [];
  const total = { passed: 0, failed: 0 };
  for (const step of chosen) {
    console.log(`\n── ${step.title} (${step.name})`);
    const started = Date.now();
    let result;
    if (summary.some(({ name, failed }) => name === step.needs && failed > 0)) {
      console.log(`not run: step "${step.needs}" failed`);
      result = { passed: 0, failed: 1 };
    } else if (step.name === 'vscode' && process.env.LINTEL_SKIP_VSCODE === '1') {
      console.log('skipped, as LINTEL_SKIP_VSCODE=1 says');
      result = { passed: 0, failed: 0 };
    } else {
      result = await step.run().catch((error) => {
        console.error(error instanceof Problem ? error.message : error);
        return { passed: 0, failed: 1 };
      });
    }
    total.passed += result.passed;
    total.failed += result.failed;
    summary.push({ name: step.name, ...result, seconds: (Date.now() - started) / 1000 });
  }

  console.log('');
  for (const { name, passed, failed, seconds } of summary) {
    console.log(
      `${failed > 0 ? 'FAIL' : 'ok  '}  ${name.padEnd(14)} ${`${passed} passed, ${failed} failed`.padEnd(26)} ${seconds.toFixed(1)} s`,
    );
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}

await runMain(main, () => console.log('\n0 passed, 1 failed'));
