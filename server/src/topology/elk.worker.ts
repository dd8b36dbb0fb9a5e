/**
 * The script of the layout thread: ELK behind a message port. It runs in Node's `worker_threads` from its bundled source
 * (`new Worker(source, { eval: true })`), and as well in a browser's Worker. One request is one layout:
 * `{ id, graph }` in, `{ id, graph }` or `{ id, error }` out, in the order of the requests.
 *
 * ELK is compiled from Java; its worker script expects a browser. It brings a stand-in for `Worker`, which does the work on the
 * thread that calls it: here that is the layout thread, so no second one is needed.
 */

import engineModule from 'elkjs/lib/elk-worker.min.js';

interface Port {
  postMessage(message: unknown): void;
  on?(event: 'message', listen: (message: unknown) => void): void;
  addEventListener?(event: 'message', listen: (event: { readonly data: unknown }) => void): void;
}

interface Answer {
  readonly id: number;
  readonly data?: unknown;
  readonly error?: { readonly message?: unknown; toString(): string };
}

interface Host {
  readonly process?: { getBuiltinModule?(name: string): { readonly parentPort?: Port } | undefined };
  readonly require?: (name: string) => { readonly parentPort?: Port };
}

declare const require: ((name: string) => { readonly parentPort?: Port }) | undefined;

/** The other end: Node's parent port, or the worker's own global scope in a browser. */
function portOf(host: Host): Port {
  const threads =
    host.process?.getBuiltinModule?.('node:worker_threads') ??
    (typeof require === 'function' ? require('node:worker_threads') : undefined);
  return threads?.parentPort ?? (globalThis as unknown as Port);
}

const port = portOf(globalThis as unknown as Host);
const engine = new engineModule.Worker();

engine.onmessage = ({ data }) => {
  const { id, data: graph, error } = data as Answer;
  if (id < 0) return;
  if (error === undefined) port.postMessage({ id, graph });
  else port.postMessage({ id, error: typeof error.message === 'string' && error.message !== '' ? error.message : String(error) });
};
engine.postMessage({ id: -1, cmd: 'register', algorithms: ['layered'] });

function receive(message: unknown): void {
  const { id, graph } = message as { readonly id: number; readonly graph: unknown };
  engine.postMessage({ id, cmd: 'layout', graph, layoutOptions: {}, options: {} });
}

if (port.on) port.on('message', receive);
else port.addEventListener?.('message', (event) => receive(event.data));
