/** The language server as a process: over stdio or Node's IPC, whichever the editor chose. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../../package.json' with { type: 'json' };
import { startServer } from './lsp/server.ts';
import { nodeRuntime } from './node/runtime.ts';

// What a dependency prints must not end up in the protocol's stream.
console.log = console.error;
const connection = createConnection(ProposedFeatures.all);
// One broken answer must not take the session down; the editor would restart the server and lose what it had.
process.on('uncaughtException', (error) => connection.console.error(`uncaught: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) =>
  connection.console.error(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`),
);
startServer(
  connection,
  nodeRuntime({
    worker: async () => (await import('lintel:layout-worker')).default,
    exporter: () => import('./node/export/makeFile.ts'),
    version: manifest.version,
  }),
);
