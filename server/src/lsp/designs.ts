/** Which designs the workspace has: what a command offers when it is not clear which one is meant. */
import type { Connection } from 'vscode-languageserver';
import { titleOf } from '../analysis/title.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { type DesignsResult, designsRequest } from './protocol.ts';

export function registerDesigns(connection: Connection, fresh: () => Workspace | undefined): void {
  connection.onRequest(designsRequest, (): DesignsResult => {
    const workspace = fresh();
    return { designs: workspace ? designsOf(workspace) : [] };
  });
}

/** The designs by the addresses of their roots, in the order of those. */
export function designsOf(workspace: Workspace): DesignsResult['designs'] {
  return workspace.roots().flatMap((root) => {
    const design = workspace.designs(root).find((candidate) => candidate.root === root);
    return design ? [{ uri: root, title: titleOf(design), files: [...design.project.files().keys()].sort() }] : [];
  });
}
