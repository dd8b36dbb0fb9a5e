/** Which design a command is about: that of the editor, the only one, or the one that the user picks. */
import { Uri, window, workspace } from 'vscode';
import { type DesignsResult, designsRequest } from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

/** A design of the workspace: its root, the name that it gives itself, and its files as URIs in text. */
export type Design = DesignsResult['designs'][number];

export const listDesigns = async (server: Server): Promise<readonly Design[]> =>
  (await server.ask<DesignsResult>(designsRequest, {})).designs;

/** The file of a design that is being edited: the active editor's, or one that is in sight. */
export function editedFile(): Uri | undefined {
  const active = window.activeTextEditor?.document;
  if (active?.languageId === 'lintel') return active.uri;
  return window.visibleTextEditors.find((editor) => editor.document.languageId === 'lintel')?.document.uri;
}

/**
 * The root of the design that is meant; asks when that is not clear.
 * @param file what a menu is about; else the file that is edited
 * @returns nothing when there is no design (the user is told so) or nothing was picked
 */
export async function needDesign(server: Server, file?: unknown): Promise<Uri | undefined> {
  const designs = await listDesigns(server);
  const edited = (file instanceof Uri ? file : editedFile())?.toString();
  const own = designs.filter(({ files }) => edited !== undefined && files.includes(edited));
  const candidates = own.length > 0 ? own : designs;
  const [only, ...more] = candidates;
  if (!only) {
    void window.showInformationMessage(
      'There is no design here yet. Create a file that ends in .lintel and start with "host" or "network".',
    );
    return undefined;
  }
  if (more.length === 0) return Uri.parse(only.uri);
  const picked = await window.showQuickPick(
    candidates.map(({ uri, title }) => ({ label: title, description: workspace.asRelativePath(Uri.parse(uri)), uri })),
    { title: 'Which design?', matchOnDescription: true },
  );
  return picked && Uri.parse(picked.uri);
}
