/** The design as it was in the last commit, by VS Code's own Git extension; it follows when the branch or the commit changes. */
import { type Disposable, type Event, EventEmitter, extensions, Uri } from 'vscode';
import type { TopologyParams } from '../../../server/src/lsp/protocol.ts';
import type { GitApi, GitExtension, Repository } from './git.ts';
import { olderFiles } from './older.ts';
import { createPuller } from './puller.ts';

export type Older = NonNullable<TopologyParams['against']>;

export interface Comparison extends Disposable {
  /** The older state, as of now. */
  readonly older: () => Older;
  /** The last commit is another one. */
  readonly onChange: Event<void>;
}

/** Why there is nothing to compare with, in plain words. */
export interface NoComparison {
  readonly problem: string;
}

/** @param design root file of the design */
export async function compareWithLastCommit(design: Uri): Promise<Comparison | NoComparison> {
  const api = await gitApi();
  if (!api) return { problem: 'Comparing needs Git, and VS Code’s Git extension is switched off, or Git is not installed.' };
  const repository = api.getRepository(design) ?? (await opened(api, design));
  if (!repository) return { problem: 'This design is in no Git repository, so there is no older state to compare it with.' };
  const commit = repository.state.HEAD?.commit;
  if (commit === undefined) return { problem: 'There is no commit yet to compare with.' };

  let now = { commit, older: await lastState(repository, commit, design) };
  const changed = new EventEmitter<void>();
  const look = createPuller(async () => {
    const next = repository.state.HEAD?.commit;
    if (next === undefined || next === now.commit) return;
    now = { commit: next, older: await lastState(repository, next, design) };
    changed.fire();
  });
  const watching = repository.state.onDidChange(() => void look());
  return {
    older: () => now.older,
    onChange: changed.event,
    dispose() {
      watching.dispose();
      changed.dispose();
    },
  };
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return undefined;
  try {
    const git = await extension.activate();
    if (!git.enabled) return undefined;
    const api = git.getAPI(1);
    // After a reload of the window a panel may be back before Git has looked around.
    if (api.state !== 'initialized')
      await new Promise<void>((done) => {
        const waiting = api.onDidChangeState(() => {
          waiting.dispose();
          done();
        });
      });
    return api;
  } catch {
    return undefined;
  }
}

async function opened(api: GitApi, design: Uri): Promise<Repository | null> {
  try {
    return await api.openRepository(Uri.joinPath(design, '..'));
  } catch {
    return null;
  }
}

async function lastState(repository: Repository, commit: string, design: Uri): Promise<Older> {
  const read = async (uri: string): Promise<string | undefined> => {
    try {
      return await repository.show(commit, Uri.parse(uri).fsPath);
    } catch {
      return undefined;
    }
  };
  const files = await olderFiles(design.toString(), read, (from, path) => inside(repository.rootUri, from, path));
  const before = Object.keys(files).length === 0 ? renamedFrom(repository, design) : undefined;
  const root = before && (await read(before.toString()));
  return {
    label: await nameOf(repository, commit),
    // A root that was renamed since is compared with what it was under its old name.
    files: before && root !== undefined ? await renamed(repository, design, root, read) : files,
  };
}

/** The older files of a design whose root has another name today. */
function renamed(
  repository: Repository,
  design: Uri,
  rootText: string,
  read: (uri: string) => Promise<string | undefined>,
): Promise<Readonly<Record<string, string>>> {
  const root = design.toString();
  return olderFiles(
    root,
    async (uri) => (uri === root ? rootText : read(uri)),
    (from, path) => inside(repository.rootUri, from, path),
  );
}

const renamedFrom = ({ state }: Repository, design: Uri): Uri | undefined =>
  state.indexChanges.find(({ renameUri }) => renameUri?.toString() === design.toString())?.originalUri;

/** Where an import leads; undefined when that is not below the repository. */
function inside(repository: Uri, from: string, path: string): string | undefined {
  if (path.startsWith('/') || /[\\:]/.test(path)) return undefined;
  const target = Uri.joinPath(Uri.parse(from), '..', path);
  return target.path.startsWith(`${repository.path.replace(/\/$/, '')}/`) ? target.toString() : undefined;
}

/** `1a2b3c4 “Third host”`. */
async function nameOf(repository: Repository, commit: string): Promise<string> {
  const short = commit.slice(0, 7);
  try {
    const { message } = await repository.getCommit(commit);
    const [line = ''] = message.trim().split('\n');
    return `${short} “${line.length > 60 ? `${line.slice(0, 59)}…` : line}”`;
  } catch {
    return short;
  }
}
