/** Links: the files that `import` and `catalog` name. */
import type { DocumentLink } from 'vscode-languageserver-types';
import { resolveImport } from '../analysis/host.ts';
import { rangeOfSpot } from '../analysis/locate.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { projectOf } from './place.ts';

export function documentLinks(workspace: Workspace, uri: string): DocumentLink[] {
  const states = projectOf(workspace, uri)?.chunks(uri) ?? [];
  return states.flatMap((state) =>
    state.links.flatMap((link) => {
      const target = resolveImport(uri, link.path);
      // Without the quotes.
      const span = { start: link.term.start + 1, end: Math.max(link.term.start + 1, link.term.end - 1) };
      return target === undefined
        ? []
        : [
            {
              range: rangeOfSpot({ state, span }).range,
              target,
              tooltip: link.word === 'import' ? 'Open the imported file' : 'Open the catalogue',
            },
          ];
    }),
  );
}
