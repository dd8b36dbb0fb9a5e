/** Links to a view of a design: made of what a panel shows, and taken up again when somebody opens one. */
import { env, FileType, Uri, window, workspace } from 'vscode';
import type { TopologyChoice } from '../../../server/src/lsp/protocol.ts';
import { linkPath, readLink, writeLink } from './links.ts';

/** @param authority name of this extension, which VS Code hands its links to */
export async function copyLink(authority: string, design: Uri, choice: TopologyChoice): Promise<void> {
  const folder = workspace.getWorkspaceFolder(design);
  if (!folder) {
    void window.showInformationMessage('Only a design in the open folder can be linked to: a link names it from there.');
    return;
  }
  const several = (workspace.workspaceFolders?.length ?? 0) > 1;
  const query = writeLink({
    design: design.path.slice(folder.uri.path.replace(/\/$/, '').length + 1),
    choice,
    ...(several ? { folder: folder.name } : {}),
  });
  // `toString` escapes the whole query once more; VS Code takes that off again before it hands the link over.
  await env.clipboard.writeText(Uri.from({ scheme: env.uriScheme, authority, path: linkPath, query }).toString());
  void window.setStatusBarMessage('$(link) Link to this view copied', 4000);
}

/** What a link leads to; undefined when that is nothing here (the user is told why). */
export async function followLink(uri: Uri): Promise<{ readonly design: Uri; readonly choice: TopologyChoice } | undefined> {
  const link = uri.path === linkPath ? readLink(uri.query) : undefined;
  if (!link) {
    void window.showWarningMessage('This link leads to no topology that Lintel knows of.');
    return undefined;
  }
  const folders = workspace.workspaceFolders ?? [];
  const named = folders.filter(({ name }) => name === link.folder);
  for (const folder of named.length > 0 ? named : folders) {
    const design = Uri.joinPath(folder.uri, link.design);
    if (await isFile(design)) return { design, choice: link.choice };
  }
  void window.showWarningMessage(
    `The link leads to ${link.design}, which is not in the open folder. Open the folder that has it, then the link again.`,
  );
  return undefined;
}

async function isFile(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.File) !== 0;
  } catch {
    return false;
  }
}
