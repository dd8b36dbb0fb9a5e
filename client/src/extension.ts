/** What Lintel adds to VS Code, whichever way the server runs: commands, status item, topology panel, checklist. */
import {
  commands,
  type ExtensionContext,
  Location,
  Position,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import {
  type ChecklistParams,
  type ChecklistResult,
  checklistRequest,
  type LocateResult,
} from '../../server/src/lsp/protocol.ts';
import { createPreviews } from './preview.ts';
import { createStatus } from './status.ts';

export function clientOptions(): LanguageClientOptions {
  return {
    // Not the older versions that a comparison shows beside a file: they belong to no design.
    documentSelector: ['file', 'untitled', 'vscode-vfs'].map((scheme) => ({ scheme, language: 'lintel' })),
    synchronize: { configurationSection: 'lintel' },
    initializationOptions: { settings: workspace.getConfiguration('lintel') },
    outputChannelName: 'Lintel',
  };
}

/** The design that a command is about: the active editor's, or the last one that was. */
function activeDesign(): Uri | undefined {
  const active = window.activeTextEditor?.document;
  if (active?.languageId === 'lintel') return active.uri;
  return window.visibleTextEditors.find((editor) => editor.document.languageId === 'lintel')?.document.uri;
}

async function needDesign(): Promise<Uri | undefined> {
  const uri = activeDesign();
  if (uri) return uri;
  const files = await workspace.findFiles('**/*.lintel', '**/node_modules/**', 50);
  const [only, ...more] = files.sort((a, b) => (a.path < b.path ? -1 : 1));
  if (!only) {
    void window.showInformationMessage(
      'There is no design here yet. Create a file that ends in .lintel and start with "host" or "network".',
    );
    return undefined;
  }
  if (more.length === 0) return only;
  const picked = await window.showQuickPick(
    [only, ...more].map((file) => ({ label: workspace.asRelativePath(file), file })),
    { title: 'Which design?' },
  );
  return picked?.file;
}

export function activateLintel(context: ExtensionContext, client: BaseLanguageClient): void {
  const previews = createPreviews(context, client, reveal);
  const status = createStatus(client);
  context.subscriptions.push(
    previews,
    status,
    commands.registerCommand('lintel.openTopology', async () => {
      const uri = await needDesign();
      if (uri) previews.open(uri);
    }),
    // From the editor: what the cursor is on; from a lens: a file of the design, and the thing.
    commands.registerCommand('lintel.revealInTopology', async (file?: unknown, thing?: unknown) => {
      const editor = window.activeTextEditor;
      if (typeof file === 'string' && typeof thing === 'string') previews.show(Uri.parse(file), thing);
      else if (editor?.document.languageId === 'lintel') await previews.showAt(editor.document.uri, editor.selection.active);
    }),
    // What a lens that counts runs: the server's plain places made into VS Code's own.
    commands.registerCommand('lintel.showReferences', (file: string, at: Place['start'], found: readonly LocateResult[]) => {
      const places = found.map(({ uri, range }) => new Location(Uri.parse(uri), rangeOf(range)));
      return commands.executeCommand(
        'editor.action.showReferences',
        Uri.parse(file),
        new Position(at.line, at.character),
        places,
      );
    }),
    commands.registerCommand('lintel.generateChecklist', async () => {
      const uri = await needDesign();
      if (!uri) return;
      const made = await client.sendRequest<ChecklistResult | null>(checklistRequest, {
        uri: uri.toString(),
      } satisfies ChecklistParams);
      if (!made) {
        void window.showInformationMessage('There is nothing to deploy in this design yet.');
        return;
      }
      const document = await workspace.openTextDocument({ language: 'markdown', content: made.markdown });
      await window.showTextDocument(document, { viewColumn: ViewColumn.Active, preview: false });
    }),
    commands.registerCommand('lintel.explainRule', async (code?: string) => {
      const rule = code ?? (await window.showInputBox({ title: 'Which rule?', placeHolder: 'NET001' }));
      if (rule === undefined || !/^[A-Za-z]{2,4}\d{3}$/.test(rule)) return;
      const page = Uri.joinPath(context.extensionUri, 'docs', 'rules', `${rule.toUpperCase()}.md`);
      try {
        await workspace.fs.stat(page);
        await commands.executeCommand('markdown.showPreview', page);
      } catch {
        void window.showInformationMessage(`There is no rule ${rule.toUpperCase()}.`);
      }
    }),
    commands.registerCommand('lintel.showFindings', () => commands.executeCommand('workbench.actions.view.problems')),
    commands.registerCommand('lintel.restartServer', async () => {
      if (client.needsStop()) await client.stop();
      await client.start();
    }),
  );
  // VS Code is not held up: requests wait for the server by themselves, and a failure to start is told by the client.
  client.start().catch(() => {});
}

type Place = LocateResult['range'];
const rangeOf = ({ start, end }: Place): Range => new Range(start.line, start.character, end.line, end.character);

/** Shows the place of a thing in the text. */
async function reveal(location: LocateResult, preserveFocus: boolean, column: ViewColumn): Promise<void> {
  const uri = Uri.parse(location.uri);
  const range = rangeOf(location.range);
  const open = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  // A look does not pile up tabs; whoever goes there means to stay.
  const editor = await window.showTextDocument(uri, {
    viewColumn: open?.viewColumn ?? column,
    preserveFocus,
    preview: preserveFocus,
  });
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}
