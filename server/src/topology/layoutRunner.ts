/**
 * ELK on a thread of its own. Only entries import this file: it starts threads and uses timers, which the rest of the server
 * must not know about.
 */

import { Worker } from 'node:worker_threads';
import type { ElkGraph, LayoutRunner } from './layout/elkGraph.ts';

export interface WorkerRunnerOptions {
  /** A layout that takes longer than this is given up, in ms. */
  readonly timeout?: number;
  /** After so long without work the thread is ended, in ms. It starts again by itself. */
  readonly idle?: number;
}

export type WorkerRunner = LayoutRunner & {
  /** Ends the thread; what is under way is rejected. The runner stays usable. */
  readonly close: () => void;
};

interface Waiting {
  readonly resolve: (graph: ElkGraph) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface Answer {
  readonly id: number;
  readonly graph?: ElkGraph;
  readonly error?: string;
}

/** Layouts of this number are answered to nobody (elk.worker.ts). */
const unasked = -1;
const example: ElkGraph = {
  id: 'root',
  layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'DOWN', 'elk.edgeRouting': 'ORTHOGONAL' },
  children: ['a', 'b', 'c', 'd'].map((id) => ({ id, width: 10, height: 10 })),
  edges: ['ab', 'ac', 'bd', 'cd', 'ad'].map((id) => ({ id, sources: [id.slice(0, 1)], targets: [id.slice(1)] })),
};

/**
 * A runner on a worker thread, started with the first layout. A crash or a layout that takes too long costs the layouts under
 * way, which are rejected with a readable error; the next one gets a new thread. It never keeps the process alive by itself.
 *
 * @param source text of the bundled elk.worker.ts, or what gets it when it is first needed
 */
export function createWorkerRunner(source: string | (() => Promise<string>), options: WorkerRunnerOptions = {}): WorkerRunner {
  const { timeout = 20_000, idle = 60_000 } = options;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let starting: Promise<Worker> | undefined;
  let resting: NodeJS.Timeout | undefined;
  let next = 0;

  const end = (of: Worker | undefined, why: string): void => {
    if (of !== worker) return;
    worker = undefined;
    starting = undefined;
    clearTimeout(resting);
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new Error(why));
    }
    waiting.clear();
    void of?.terminate();
  };

  const rest = (): void => {
    if (waiting.size > 0) return;
    worker?.unref();
    clearTimeout(resting);
    resting = setTimeout(() => end(worker, 'the layout thread was ended'), idle);
    resting.unref();
  };

  const start = async (): Promise<Worker> => {
    const text = typeof source === 'string' ? source : await source();
    // The thread's own output stays with it: the process's standard output may carry the language server protocol.
    const started = new Worker(text, {
      eval: true,
      name: 'lintel-layout',
      stdout: true,
      stderr: true,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 768 },
    });
    started.on('message', ({ id, graph, error }: Answer) => {
      const request = waiting.get(id);
      if (request === undefined) return;
      waiting.delete(id);
      clearTimeout(request.timer);
      if (graph === undefined) request.reject(new Error(`the layout engine failed: ${error ?? 'no reason given'}`));
      else request.resolve(graph);
      rest();
    });
    started.on('error', (error) =>
      end(started, `the layout thread crashed: ${error instanceof Error ? error.message : String(error)}`),
    );
    started.on('exit', (code) => end(started, `the layout thread ended with code ${code}`));
    worker = started;
    return started;
  };

  const run: LayoutRunner = async (graph) => {
    clearTimeout(resting);
    starting ??= start();
    const mine = starting;
    let ready: Worker;
    try {
      ready = await mine;
    } catch (error) {
      if (starting === mine) starting = undefined;
      throw new Error(`the layout thread did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (worker !== ready) throw new Error('the layout thread was closed');
    return new Promise((resolve, reject) => {
      const id = next;
      next += 1;
      const timer = setTimeout(() => end(ready, `the layout took longer than ${timeout / 1000} s and was given up`), timeout);
      waiting.set(id, { resolve, reject, timer });
      // While somebody waits for the picture the process must not end.
      ready.ref();
      ready.postMessage({ id, graph });
    });
  };

  /** The thread starts, and lays something small out, which compiles most of the engine. A failure is told to the layout that follows. */
  const prepare = (): void => {
    // Once it has worked it starts when it is needed: an edit that changes no layout must not wake it.
    if (starting !== undefined || next > 0) return;
    const mine = start();
    starting = mine;
    mine.then(
      (ready) => {
        if (worker === ready) ready.postMessage({ id: unasked, graph: example });
        rest();
      },
      () => {
        if (starting === mine) starting = undefined;
      },
    );
  };

  return Object.assign(run, { prepare, close: () => end(worker, 'the layout thread was closed') });
}
