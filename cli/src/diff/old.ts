/** The older state that a picture is compared with: another file or folder, or a revision of Git. */
import { realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Against } from '../../../server/src/analysis/against.ts';
import { createLintel } from '../../../server/src/analysis/lintel.ts';
import type { Design, Workspace } from '../../../server/src/analysis/workspace.ts';
import { isDesign, pathOfUri, uriOfPath } from '../../../server/src/node/diskHost.ts';
import { type Chosen, openDesign } from '../designs.ts';
import { nameOf } from '../files/find.ts';
import { plain } from '../text/plain.ts';
import { UsageError, type World } from '../world.ts';
import { openRevision, type Revision } from './git.ts';

/** An older state, with what is to be said of it. */
export interface Old extends Against {
  readonly note?: string;
}

/**
 * Opens the older state of a design.
 * @param old what stands behind `--diff`
 * @param path what the command line names as the design now, if anything
 */
export async function openOld(world: World, chosen: Chosen, old: string, path: string | undefined): Promise<Old> {
  if (old === '') throw new UsageError('--diff names a file, a folder or a revision of Git; it is empty.');
  if (statSync(resolve(world.cwd, old), { throwIfNoEntry: false }) !== undefined) {
    const { design } = await openDesign(world, old, chosen.root);
    return { label: plain(old), design };
  }
  return atRevision(world, chosen, old, path);
}

function atRevision(world: World, chosen: Chosen, revision: string, path: string | undefined): Old {
  const root = pathOfUri(chosen.design.root) ?? chosen.root;
  const opened = openRevision(dirname(root), revision);
  const label = plain(revision);
  // Git names the repository by its real path, whatever links led here.
  const real = realpathSync.native(root);
  const workspace = createLintel({ host: opened.host, today: world.today });
  const read = (file: string): void => workspace.fileChanged(uriOfPath(file));
  read(real);
  workspace.update();
  const same = designOf(workspace, uriOfPath(real));
  if (same) return { label, design: same, ...noteOf(world, workspace, same, label) };
  // Its root may have had another name: the design that stood in the same folder then.
  const folder = path === undefined ? world.cwd : resolve(world.cwd, path);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) {
    for (const file of filesBelow(opened, realpathSync.native(folder))) read(file);
    workspace.update();
    const roots = workspace.roots();
    const mains = roots.filter((uri) => uri.endsWith('/main.lintel'));
    const only = roots.length === 1 ? roots[0] : mains.length === 1 ? mains[0] : undefined;
    const design = only === undefined ? undefined : designOf(workspace, only);
    if (design) return { label, design, ...noteOf(world, workspace, design, label) };
    if (roots.length > 1)
      throw new UsageError(
        `${plain(chosen.root)} did not exist in ${label}, and there were ${roots.length} designs in its folder; name the design that is meant.`,
      );
  }
  return { label, design: undefined, note: `${plain(chosen.root)} did not exist in ${label}: everything is added.` };
}

const designOf = (workspace: Workspace, uri: string): Design | undefined =>
  workspace.source(uri) === undefined ? undefined : workspace.designs(uri)[0];

/** A file that could not be read leaves gaps, which look like things that were added since. */
function noteOf(world: World, workspace: Workspace, design: Design, label: string): { readonly note?: string } {
  for (const uri of design.project.files().keys()) {
    const reason = workspace.unreadable(uri);
    if (reason !== undefined)
      return { note: `${plain(nameOf(world, pathOfUri(uri) ?? uri))} in ${label} is left out: ${plain(reason)}` };
  }
  return {};
}

function filesBelow({ paths, top }: Revision, folder: string): readonly string[] {
  const ways = paths.filter(
    (way) => isDesign(way) && !way.split('/').some((part) => part === 'node_modules' || part.startsWith('.')),
  );
  return ways.map((way) => join(top, way)).filter((file) => file.startsWith(join(folder, '/')));
}
