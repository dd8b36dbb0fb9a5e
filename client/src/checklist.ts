/** The deployment checklist as a new Markdown document. */
import { ViewColumn, window, workspace } from 'vscode';
import { type ChecklistParams, type ChecklistResult, checklistRequest } from '../../server/src/lsp/protocol.ts';
import { needDesign } from './designs.ts';
import type { Server } from './server.ts';

export async function showChecklist(server: Server): Promise<void> {
  const uri = await needDesign(server);
  if (!uri) return;
  const made = await server.ask<ChecklistResult | null>(checklistRequest, { uri: uri.toString() } satisfies ChecklistParams);
  if (!made) {
    void window.showInformationMessage('There is nothing to deploy in this design yet.');
    return;
  }
  const document = await workspace.openTextDocument({ language: 'markdown', content: made.markdown });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Active, preview: false });
}
