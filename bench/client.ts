/** A language client for measurements and tests of the bundled server: plain JSON-RPC over stdio, with the times at which things came. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

export interface Published {
  readonly uri: string;
  readonly count: number;
  readonly at: number;
  readonly diagnostics: readonly { readonly code?: string | number; readonly message: string; readonly severity?: number }[];
}

export interface LspClient {
  readonly connection: MessageConnection;
  readonly process: ChildProcess;
  /** Everything published so far. */
  readonly published: Published[];
  /** Resolves at the next publication or model change that comes after this call. */
  next(): Promise<number>;
  open(uri: string, text: string): Promise<void>;
  change(
    uri: string,
    version: number,
    range: { start: { line: number; character: number }; end: { line: number; character: number } },
    text: string,
  ): Promise<void>;
  /** Resident memory of the server at its peak, in bytes. */
  peakMemory(): number;
  stop(): Promise<void>;
}

/** Starts a server and shakes hands. */
export async function startClient(
  command: string,
  args: readonly string[],
  options: { readonly folder?: string } = {},
): Promise<LspClient> {
  const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (!child.stdin || !child.stdout) throw new Error('the server has no streams');
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const published: Published[] = [];
  const waiting: ((at: number) => void)[] = [];
  const tell = (): void => {
    const at = performance.now();
    for (const resolve of waiting.splice(0)) resolve(at);
  };
  connection.onNotification(
    'textDocument/publishDiagnostics',
    (params: { uri: string; diagnostics: Published['diagnostics'] }) => {
      published.push({
        uri: params.uri,
        count: params.diagnostics.length,
        at: performance.now(),
        diagnostics: params.diagnostics,
      });
    },
  );
  // Sent behind the diagnostics of each revision, also when they did not change: the end of the server's work on a keystroke.
  connection.onNotification('lintel/modelChanged', tell);
  connection.onNotification(() => {});
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', () => [null]);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: options.folder === undefined ? null : [{ uri: options.folder, name: 'design' }],
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    process: child,
    published,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    open: (uri, text) =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'lintel', version: 1, text } }),
    change: (uri, version, range, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range, text }],
      }),
    peakMemory() {
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return Number(peak ?? 0) * 1024;
    },
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
    },
  };
}
