/** The extension on a desktop or a remote host: the server is a Node process beside the extension host. */
import type { ExtensionContext } from 'vscode';
import { activateLintel } from './extension.ts';
import { createServer, type Server } from './server.ts';

let server: Server | undefined;

export function activate(context: ExtensionContext): void {
  const made = createServer(async () =>
    (await import('./languageClient.ts')).createClient(context.asAbsolutePath('dist/server.mjs')),
  );
  server = made;
  activateLintel(context, made);
  // After VS Code has been told that the extension is there: loading the client library takes longer than all the rest.
  setImmediate(() => void made.start());
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
