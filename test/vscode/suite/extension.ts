/** What must hold of the extension as VS Code sees it, on any of its kinds. */
import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';

const EXTENSION = 'lintel.lintel';

async function until<T>(what: string, ask: () => T | PromiseLike<T>): Promise<NonNullable<T>> {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`waited 20 s for ${what}`);
}

async function open(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'lintel', content });
  await vscode.window.showTextDocument(document);
  return document;
}

export function defineTests(): void {
  suite('extension', () => {
    test('is installed and starts for a Lintel file', async () => {
      const extension = vscode.extensions.getExtension(EXTENSION);
      assert.ok(extension, `${EXTENSION} is not installed`);
      await open('');
      await until('the extension to start', () => extension.isActive);
    });

    test('registers every command that it contributes', async () => {
      const extension = vscode.extensions.getExtension(EXTENSION);
      await extension?.activate();
      const known = new Set(await vscode.commands.getCommands(true));
      const contributed = (extension?.packageJSON.contributes?.commands ?? []) as readonly { readonly command: string }[];
      assert.deepEqual(
        contributed.map(({ command }) => command).filter((command) => !known.has(command)),
        [],
      );
    });

    test('marks an unknown word, and takes the mark away with the word', async () => {
      const document = await open('network admin vlan 10\nno-such-word 5\n');
      const marks = (): vscode.Diagnostic[] =>
        vscode.languages.getDiagnostics(document.uri).filter(({ message }) => message.includes('no-such-word'));
      await until('the mark', () => marks().length > 0);
      assert.equal(marks()[0]?.range.start.line, 1);
      const edit = new vscode.WorkspaceEdit();
      edit.delete(document.uri, new vscode.Range(1, 0, 2, 0));
      await vscode.workspace.applyEdit(edit);
      await until('the mark to go', () => marks().length === 0);
    });
  });
}
