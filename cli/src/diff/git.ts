/**
 * A revision of a Git repository, read without touching the work tree: `git ls-tree` lists it once, `git cat-file` gives each file
 * that is asked for. No shell, no hook, no network, no path of the design on a command line; what goes wrong is said.
 */
import { execFileSync } from 'node:child_process';
import { dirname, posix, relative, sep } from 'node:path';
import process from 'node:process';
import { type Host, maxFileSize } from '../../../server/src/analysis/host.ts';
import { pathOfUri } from '../../../server/src/node/diskHost.ts';
import { plain } from '../text/plain.ts';
import { UsageError } from '../world.ts';

/** A revision and the files in it. */
export interface Revision {
  /** The repository's folder, absolute. */
  readonly top: string;
  /** Paths of all files, with `/`, from the repository's folder. */
  readonly paths: readonly string[];
  /** Reads it as if it were the disk: files have the URIs that they have in the work tree. */
  readonly host: Host;
}

const seconds = 20;
/** Bytes of a listing: some hundred thousand files. */
const largestListing = 128 * 1024 * 1024;

/**
 * Opens a revision of the repository that a folder is in.
 * @param folder absolute
 * @param revision as the user says it: `HEAD`, `v1.2`, `main~3`
 */
export function openRevision(folder: string, revision: string): Revision {
  // What may stand in the name of a revision; no option, no path behind a colon, no range.
  if (!/^[\p{L}\p{N}_@][\p{L}\p{N}_./@^~{}+-]{0,199}$/u.test(revision) || revision.includes('..'))
    throw new UsageError(`--diff ${plain(revision)} is neither a file, a folder nor a revision of Git.`);
  // A folder is a design's, so what Git says of it is shown as one line.
  const top = git(folder, ['rev-parse', '--show-toplevel'], (said) =>
    /not a git repository/i.test(said)
      ? `There is no file or folder "${plain(revision)}", and the design is in no Git repository, so it is no revision either.`
      : undefined,
  )
    .toString('utf8')
    .replace(/\r?\n$/, '');
  const commit = git(
    folder,
    ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`],
    () => `There is no file, folder or Git revision "${plain(revision)}".`,
  )
    .toString('utf8')
    .trim();
  if (!/^[0-9a-f]{40,64}$/.test(commit)) throw new UsageError(`There is no Git revision "${plain(revision)}".`);
  const blobs = listed(git(folder, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit]).toString('utf8'));
  return {
    top,
    paths: [...blobs.keys()],
    host: {
      allows: (uri) => pathIn(top, uri) !== undefined,
      read(uri) {
        const path = pathIn(top, uri);
        const blob = path === undefined ? undefined : blobs.get(path);
        if (blob === undefined) return undefined;
        if (blob.size > maxFileSize)
          return { reason: `The file was longer than ${maxFileSize / 1048576} MB, the most that is read of a design.` };
        try {
          return { bytes: git(folder, ['cat-file', 'blob', blob.id]) };
        } catch (error) {
          return { reason: error instanceof UsageError ? error.message : 'Git could not read this file.' };
        }
      },
    },
  };
}

interface Blob {
  readonly id: string;
  readonly size: number;
}

/** `100644 blob <id> <size>\t<path>\0` …; links and submodules are left out. */
function listed(text: string): ReadonlyMap<string, Blob> {
  const blobs = new Map<string, Blob>();
  for (const line of text.split('\0')) {
    const match = /^100\d{3} blob ([0-9a-f]{40,64}) +(\d+)\t(.+)$/s.exec(line);
    if (match) blobs.set(match[3] ?? '', { id: match[1] ?? '', size: Number(match[2]) });
  }
  return blobs;
}

/** The path of a file from a folder, with `/`; undefined for what lies outside of it. */
function pathIn(folder: string, uri: string): string | undefined {
  const path = pathOfUri(uri);
  if (path === undefined) return undefined;
  const way = relative(folder, path);
  const slashed = sep === '\\' ? way.replaceAll('\\', '/') : way;
  return slashed === '' || slashed === '..' || slashed.startsWith('../') || posix.isAbsolute(slashed) || /^[a-z]:/i.test(slashed)
    ? undefined
    : slashed;
}

/** Runs Git. @param known tells what a failure means, from what Git said; otherwise Git's own first line is shown */
function git(folder: string, args: readonly string[], known: (said: string) => string | undefined = () => undefined): Buffer {
  try {
    return execFileSync('git', ['-C', folder, '--no-pager', '-c', 'protocol.allow=never', ...args], {
      // Windows looks for a program in the current folder first: not in the design's.
      cwd: dirname(process.execPath),
      env: { ...environment(), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      maxBuffer: largestListing,
      windowsHide: true,
    });
  } catch (error) {
    throw new UsageError(refusal(error, known));
  }
}

/** In a hook, Git says which repository and which index it works on; here the design says it. */
function environment(): NodeJS.ProcessEnv {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, GIT_PREFIX: _prefix, ...rest } = process.env;
  return rest;
}

function refusal(error: unknown, known: (said: string) => string | undefined): string {
  const failure = error as { readonly code?: unknown; readonly stderr?: unknown; readonly status?: unknown };
  if (failure.code === 'ENOENT')
    return 'Git is needed to compare with a revision, and there is no "git" on this machine (in PATH).';
  if (failure.code === 'ETIMEDOUT') return `Git did not answer within ${seconds} seconds.`;
  if (failure.code === 'ENOBUFS') return 'The revision is too large to be read.';
  const said = Buffer.isBuffer(failure.stderr) ? failure.stderr.toString('utf8') : '';
  const [line = ''] = said.trim().split('\n');
  return (
    known(said) ??
    `Git could not read the revision: ${line === '' ? `it ended with code ${String(failure.status)}` : plain(line.slice(0, 300))}`
  );
}
