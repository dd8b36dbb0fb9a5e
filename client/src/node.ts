/** The extension on a desktop or a remote host: the server is a Node process beside the extension host. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateLintel, clientOptions } from './extension.ts';

let client: LanguageClient | undefined;

export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.mjs');
  // A large design is analysed in memory; the young generation is kept small so that the process stays so, too.
  const options = { execArgv: ['--max-semi-space-size=8', '--max-old-space-size=1536'] };
  client = new LanguageClient(
    'lintel',
    'Lintel',
    {
      run: { module, transport: TransportKind.ipc, options },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: [...options.execArgv, '--inspect=6029'] } },
    },
    clientOptions(),
  );
  activateLintel(context, client);
}

export async function deactivate(): Promise<void> {
  if (client?.needsStop()) await client.stop();
}
