/**
 * What Lintel adds to VS Code, whichever way the server runs. Only what has to be there from the start is loaded with this file:
 * the names of the commands, the status item, and who answers when a panel or a link comes back.
 */
import { commands, type ExtensionContext, Uri, window, workspace } from 'vscode';
import { showChecklist } from './checklist.ts';
import { editedFile, needDesign } from './designs.ts';
import { showReferences } from './places.ts';
import type { Server } from './server.ts';
import { createStatus } from './status.ts';
import type { Topology } from './topology/index.ts';

/** The panels' type; package.json names it in `activationEvents` and `autoLockGroups`. */
const viewType = 'lintel.topology';

export function activateLintel(context: ExtensionContext, server: Server): void {
  let loading: Promise<Topology> | undefined;
  /** Everything about pictures is a bundle of its own, loaded when the first one is asked for. */
  const topology = (): Promise<Topology> => {
    loading ??= import('./topology/index.ts').then(({ createTopology }) => {
      const made = createTopology(context, server, viewType);
      context.subscriptions.push(made);
      return made;
    });
    return loading;
  };
  const command = (name: string, run: (...args: never[]) => unknown): void => {
    context.subscriptions.push(commands.registerCommand(`lintel.${name}`, run));
  };
  const opening = async (file: unknown, open: (topology: Topology, design: Uri) => unknown): Promise<void> => {
    const design = await needDesign(server, file);
    if (design) await open(await topology(), design);
  };

  context.subscriptions.push(
    createStatus(server),
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => (await topology()).restore(panel, state),
    }),
    window.registerUriHandler({ handleUri: async (uri) => (await topology()).openLink(uri) }),
  );
  command('openTopology', (file?: unknown) => opening(file, (pictures, design) => pictures.open(design)));
  command('openTopologyInNewPanel', (file?: unknown) => opening(file, (pictures, design) => pictures.openNew(design)));
  // From the editor: what the cursor is on; from a lens or a light bulb: a file of the design, and the thing.
  command('revealInTopology', async (file?: unknown, thing?: unknown) => {
    const editor = window.activeTextEditor;
    if (typeof file === 'string' && typeof thing === 'string') await (await topology()).reveal(Uri.parse(file), thing);
    else if (editor?.document.languageId === 'lintel')
      await (await topology()).revealAt(editor.document.uri, editor.selection.active);
    else if (editedFile() === undefined)
      void window.showInformationMessage('Put the cursor on a thing of a design, and try again.');
  });
  command('exportTopology', async () => (await topology()).exportPicture());
  command('compareTopologyWithLastCommit', async () => (await topology()).compare());
  command('copyTopologyLink', async () => (await topology()).copyLink());
  command('freeAllPlaces', async () => (await topology()).freePlaces());
  command('showReferences', showReferences);
  command('generateChecklist', () => showChecklist(server));
  command('explainRule', (code?: string) => explainRule(context, code));
  command('showFindings', () => commands.executeCommand('workbench.actions.view.problems'));
  command('restartServer', () => server.restart());
}

async function explainRule(context: ExtensionContext, code: string | undefined): Promise<void> {
  const rule = code ?? (await window.showInputBox({ title: 'Which rule?', placeHolder: 'NET001' }));
  if (rule === undefined || !/^[A-Za-z]{2,4}\d{3}$/.test(rule)) return;
  const page = Uri.joinPath(context.extensionUri, 'docs', 'rules', `${rule.toUpperCase()}.md`);
  try {
    await workspace.fs.stat(page);
    await commands.executeCommand('markdown.showPreview', page);
  } catch {
    void window.showInformationMessage(`There is no rule ${rule.toUpperCase()}.`);
  }
}
