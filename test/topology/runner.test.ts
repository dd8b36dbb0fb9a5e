import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { createWorkerRunner, type WorkerRunner } from '../../server/src/topology/layoutRunner.ts';
import { scadaPlant } from '../kit/graphs.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const made: WorkerRunner[] = [];
let source = '';

beforeAll(async () => {
  // As esbuild.mjs makes it for `lintel:layout-worker`.
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['server/src/topology/elk.worker.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['web-worker'],
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  source = outputFiles[0]?.text ?? '';
});
afterAll(() => {
  for (const runner of made) runner.close();
});

const start = (...args: Parameters<typeof createWorkerRunner>): WorkerRunner => {
  const runner = createWorkerRunner(...args);
  made.push(runner);
  return runner;
};
const box = { id: 'root', children: [{ id: 'a', width: 10, height: 10 }] };

describe('the layout thread', () => {
  test('gives what the engine gives in process', async () => {
    expect(await placeGraph(scadaPlant(), start(source))).toEqual(await placeGraph(scadaPlant(), createInProcessRunner()));
  });

  test('is started by who knows that a layout follows, once; a failure is told then', async () => {
    let asked = 0;
    const runner = start(async () => {
      asked += 1;
      return source;
    });
    runner.prepare?.();
    runner.prepare?.();
    expect((await runner(box)).children?.[0]?.width).toBe(10);
    expect(asked).toBe(1);
    const broken = start(async () => {
      throw new Error('no engine');
    });
    broken.prepare?.();
    await expect(broken(box)).rejects.toThrow('no engine');
  });

  test('gets its source when it is first needed, and only then', async () => {
    let asked = 0;
    const runner = start(async () => {
      asked += 1;
      return source;
    });
    expect(asked).toBe(0);
    await Promise.all([runner(box), runner(box)]);
    expect(asked).toBe(1);
  });

  test('tells the reason of a failure and works on', async () => {
    const runner = start(source);
    await expect(
      runner({ id: 'root', children: [{ id: 'a' }], edges: [{ id: 'e', sources: ['nowhere'], targets: ['a'] }] }),
    ).rejects.toThrow(/layout engine failed: .*nowhere/);
    await expect(runner(box)).resolves.toMatchObject({ id: 'root' });
  });

  test('survives a crash of the thread', async () => {
    const runner = start(
      `require('node:worker_threads').parentPort.on('message', ({ graph, id }) => { if (graph.id === 'crash') process.exit(3); else require('node:worker_threads').parentPort.postMessage({ id, graph }); });`,
    );
    await expect(runner({ id: 'fine' })).resolves.toEqual({ id: 'fine' });
    await expect(runner({ id: 'crash' })).rejects.toThrow(/layout thread/);
    await expect(runner({ id: 'fine' })).resolves.toEqual({ id: 'fine' });
  });

  test('reports a script that does not start', async () => {
    await expect(start('throw new Error("broken script")')(box)).rejects.toThrow(/broken script/);
    await expect(start(() => Promise.reject(new Error('no file')))(box)).rejects.toThrow(/did not start: no file/);
  });

  test('gives up what takes too long, and starts anew', async () => {
    const runner = start(
      `require('node:worker_threads').parentPort.on('message', ({ graph, id }) => { if (graph.id === 'slow') for (;;); require('node:worker_threads').parentPort.postMessage({ id, graph }); });`,
      { timeout: 200 },
    );
    await expect(runner({ id: 'slow' })).rejects.toThrow('longer than 0.2 s');
    await expect(runner({ id: 'fine' })).resolves.toEqual({ id: 'fine' });
  });

  test('ends when idle or closed, and starts again', async () => {
    const runner = start(source, { idle: 30 });
    await runner(box);
    await new Promise((done) => setTimeout(done, 120));
    await runner(box);
    const pending = runner(box);
    runner.close();
    await expect(pending).rejects.toThrow(/closed/);
    await expect(runner(box)).resolves.toBeDefined();
  });
});
