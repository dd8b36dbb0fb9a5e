/**
 * ELK on the calling thread: for tests and for programs that have nothing else to do meanwhile. Only entries and tests import
 * this file: it brings the whole engine along.
 */

import ElkApi from 'elkjs/lib/elk-api.js';
import engine from 'elkjs/lib/elk-worker.min.js';
import type { ElkGraph, LayoutRunner } from './layout/elkGraph.ts';

/** A runner in this very thread. */
export function createInProcessRunner(): LayoutRunner {
  const Elk = ElkApi as unknown as new (options: unknown) => { layout(graph: ElkGraph): Promise<ElkGraph> };
  const elk = new Elk({ algorithms: ['layered'], workerFactory: () => new engine.Worker() });
  // ELK writes its results into the graph that it is given.
  return (input) => elk.layout(structuredClone(input));
}
