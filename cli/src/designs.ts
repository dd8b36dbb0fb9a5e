/** Opens what a command line asks for: the files found, read over the disk, checked by the same façade as in the editor. */
import { createLintel } from '../../server/src/analysis/lintel.ts';
import type { PolicyInput } from '../../server/src/analysis/policy.ts';
import type { Design, Workspace } from '../../server/src/analysis/workspace.ts';
import { createDiskHost, pathOfUri, uriOfPath } from '../../server/src/node/diskHost.ts';
import { findDesigns, nameOf, type Problem } from './files/find.ts';
import { openProgress } from './progress.ts';
import { plain } from './text/plain.ts';
import { UsageError, type World } from './world.ts';

export interface Opened {
  readonly workspace: Workspace;
  /** Every file of every design, imported ones as well: URI and the name in reports, sorted by name. */
  readonly files: readonly { readonly uri: string; readonly file: string }[];
  /** What could not be read. */
  readonly problems: readonly Problem[];
}

export interface OpenOptions {
  readonly severities?: ReadonlyMap<string, PolicyInput>;
  readonly today?: string;
}

/** Reads and checks the designs that some paths mean. */
export async function openDesigns(world: World, paths: readonly string[], options: OpenOptions = {}): Promise<Opened> {
  const progress = openProgress(world);
  try {
    const found = findDesigns(world, paths);
    const problems = [...found.problems];
    const known = new Set<string>();
    const failed = (path: string, reason: string): void => {
      const file = nameOf(world, path);
      if (!known.has(file)) problems.push({ file, reason });
      known.add(file);
    };
    const host = createDiskHost(found.folders.map(uriOfPath), { failed });
    const workspace = createLintel({
      host,
      today: options.today ?? world.today,
      ...(options.severities ? { severities: options.severities } : {}),
    });
    const uris = found.files.map(uriOfPath);
    for (const [at, uri] of uris.entries()) {
      await progress.step(`Reading design ${at + 1} of ${uris.length}`);
      workspace.fileChanged(uri);
    }
    await progress.step(
      `Checking ${uris.length === 1 ? 'the design' : `${uris.length} files`}`,
      charactersOf(workspace, uris) / charactersPerMs,
    );
    workspace.update();
    for (const uri of uris) {
      if (workspace.source(uri) === undefined)
        failed(pathOfUri(uri) ?? uri, 'This file went away, or is a link that leads out of the folder.');
    }
    return { workspace, files: filesOf(world, workspace), problems };
  } finally {
    progress.done();
  }
}

/** What one core of an ordinary machine checks in a millisecond. */
const charactersPerMs = 400;

function charactersOf(workspace: Workspace, uris: readonly string[]): number {
  let total = 0;
  for (const uri of uris) for (const { text } of workspace.source(uri)?.chunks ?? []) total += text.length;
  return total;
}

function filesOf(world: World, workspace: Workspace): Opened['files'] {
  const uris = new Set<string>();
  for (const root of workspace.roots()) {
    for (const design of workspace.designs(root)) for (const uri of design.project.files().keys()) uris.add(uri);
  }
  return [...uris]
    .map((uri) => ({ uri, file: nameOf(world, pathOfUri(uri) ?? uri) }))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

/** The design that a picture or a checklist is made of. */
export interface Chosen extends Opened {
  readonly design: Design;
  /** Its root file as reports name it. */
  readonly root: string;
}

/**
 * The one design that a path means. Of several roots in a folder `main.lintel` is the one; otherwise the user says which.
 * @param like name of a root; one that is called so is preferred
 */
export async function openDesign(world: World, path: string | undefined, like?: string): Promise<Chosen> {
  const opened = await openDesigns(world, path === undefined ? [] : [path]);
  const [problem] = opened.problems;
  if (problem) throw new UsageError(`${plain(problem.file)}: ${plain(problem.reason)}`);
  const roots = opened.workspace.roots().map((uri) => ({ uri, file: nameOf(world, pathOfUri(uri) ?? uri) }));
  const mains = roots.filter(({ file }) => /(^|\/)main\.lintel$/.test(file));
  const last = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
  const alike = like === undefined ? [] : roots.filter(({ file }) => last(file) === last(like));
  const [chosen] = [roots, alike, mains].find(({ length }) => length === 1) ?? [];
  const design = chosen && opened.workspace.designs(chosen.uri)[0];
  if (!chosen || !design) {
    const names = roots.map(({ file }) => `\n  ${plain(file)}`).sort();
    throw new UsageError(
      `There are ${roots.length} designs here; say which one is meant:${names.slice(0, 20).join('')}${names.length > 20 ? '\n  …' : ''}`,
    );
  }
  const unreadable = opened.workspace.unreadable(chosen.uri);
  if (unreadable !== undefined) throw new UsageError(`${plain(chosen.file)}: ${plain(unreadable)}`);
  return { ...opened, design, root: chosen.file };
}
