/** Writes a picture into a file: what kind, where, then the server makes it. */
import { ProgressLocation, Uri, window, workspace } from 'vscode';
import {
  type ExportPictureParams,
  type ExportPictureResult,
  exportPictureRequest,
  type TopologyParams,
} from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';
import { fileName } from './titles.ts';

type Look = Pick<ExportPictureParams, 'format' | 'theme' | 'titleBlock'>;

const kinds: readonly { readonly label: string; readonly detail: string; readonly look: Look }[] = [
  {
    label: 'PDF for a review',
    detail: 'Print colours, and a title block with room for signatures',
    look: { format: 'pdf', theme: 'print', titleBlock: true },
  },
  { label: 'PDF', detail: 'One page as large as the picture; text can be searched', look: { format: 'pdf', theme: 'light' } },
  { label: 'SVG', detail: 'For documents and wikis; light or dark as the reader has it', look: { format: 'svg', theme: 'auto' } },
  { label: 'PNG', detail: 'For slides and chats; two pixels for each px', look: { format: 'png', theme: 'light' } },
  {
    label: 'Web page',
    detail: 'One HTML file that zooms and searches, without a network',
    look: { format: 'html', theme: 'auto' },
  },
];

const names = { svg: 'SVG pictures', png: 'PNG pictures', pdf: 'PDF documents', html: 'Web pages' } as const;

/** @param picture what is shown: design, choice, comparison, places */
export async function exportPicture(server: Server, picture: TopologyParams): Promise<void> {
  const kind = await window.showQuickPick(kinds, { title: 'Export topology as', matchOnDetail: true });
  if (!kind) return;
  const { format } = kind.look;
  const target = await window.showSaveDialog({
    title: `Export topology as ${kind.label}`,
    defaultUri: beside(Uri.parse(picture.uri), `${fileName(picture.uri, picture)}.${format}`),
    filters: { [names[format]]: [format] },
  });
  if (!target) return;
  if (target.path.endsWith('.lintel')) {
    void window.showWarningMessage('That is the name of a design, which would be overwritten. Choose another name.');
    return;
  }
  const options = { location: ProgressLocation.Notification, title: 'Drawing the topology…' };
  const problem = await window.withProgress(options, () => write(server, { ...picture, ...kind.look }, target));
  if (problem !== undefined) {
    void window.showErrorMessage(problem);
    return;
  }
  void window.showInformationMessage(`Written: ${workspace.asRelativePath(target)}`);
}

/** @returns what went wrong */
async function write(server: Server, params: ExportPictureParams, target: Uri): Promise<string | undefined> {
  try {
    const made = await server.ask<ExportPictureResult>(exportPictureRequest, params);
    const bytes = made.text !== undefined ? new TextEncoder().encode(made.text) : made.base64 && bytesOf(made.base64);
    if (!bytes) return made.message ?? 'There is nothing to export.';
    await workspace.fs.writeFile(target, bytes);
    // What the picture could not show, or the font not set, is worth knowing though the file is there.
    if (made.message !== undefined) void window.showWarningMessage(made.message);
    return undefined;
  } catch (error) {
    return `The picture could not be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** A file beside a design; of a design that was never saved, in the open folder. */
function beside(design: Uri, name: string): Uri {
  if (design.scheme !== 'untitled') return Uri.joinPath(design, '..', name);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder ? Uri.joinPath(folder, name) : Uri.file(name);
}
