/** The client library, with the server as a Node process beside the extension host: a bundle of its own (see esbuild.mjs). */
import { workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

/** @param module path of the server's bundle */
export function createClient(module: string): LanguageClient {
  // A large design is analysed in memory; the young generation is kept small so that the process stays so, too.
  const options = { execArgv: ['--max-semi-space-size=8', '--max-old-space-size=1536'] };
  return new LanguageClient(
    'lintel',
    'Lintel',
    {
      run: { module, transport: TransportKind.ipc, options },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: [...options.execArgv, '--inspect=6029'] } },
    },
    {
      // Not the older versions that a comparison shows beside a file: they belong to no design.
      documentSelector: ['file', 'untitled', 'vscode-vfs'].map((scheme) => ({ scheme, language: 'lintel' })),
      synchronize: { configurationSection: 'lintel' },
      initializationOptions: { settings: workspace.getConfiguration('lintel') },
      outputChannelName: 'Lintel',
    },
  );
}
