/**
 * Files on the disk, for the command line and for the language server on a desktop. It reads what lies inside of the given
 * folders once every symbolic link is resolved, nothing else; it looks at the size before it reads; it never throws, never
 * waits for a pipe and never writes.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Host, maxFileSize, resolveImport } from '../analysis/host.ts';

export interface DiskOptions {
  /** Told of every file and folder that is there and cannot be read (no permission, a broken disk), with the reason. */
  readonly failed?: (path: string, reason: string) => void;
}

export interface DiskHost extends Host {
  /**
   * Every design below the folders, in order of their URIs.
   * @param below only those in this folder; none for what is no folder, is left out, or lies outside
   */
  list(below?: string): readonly string[];
}

/**
 * A host over some folders of the disk.
 * @param folders their URIs; a URI that is no file's is left out
 */
export function createDiskHost(folders: readonly string[], options: DiskOptions = {}): DiskHost {
  const roots = folders.flatMap((uri) => {
    const path = pathOfUri(uri);
    const base = uri === 'file:///' ? 'file://' : uri.replace(/\/+$/, '');
    return path === undefined ? [] : [{ base, path, real: realPathOf(path) }];
  });
  const holds = (real: string): boolean => roots.some((root) => isInside(root.real, real));
  return {
    allows(uri) {
      const path = pathOfUri(uri);
      return path !== undefined && holds(realPathOf(path));
    },
    read(uri) {
      const path = pathOfUri(uri);
      return path === undefined ? undefined : readLimited(path, holds, (reason) => options.failed?.(path, reason));
    },
    list(below) {
      const start = below === undefined ? undefined : pathOfUri(below);
      const found = new Set<string>();
      for (const root of roots) {
        if (below !== undefined && !(start !== undefined && holds(realPathOf(start)) && isListed(root.path, start))) continue;
        for (const path of designsBelow(start ?? root.path, options.failed))
          found.add(uriBelow(root.base, relative(root.path, path)));
      }
      return [...found].sort();
    },
  };
}

/** The URI of an absolute path, spelled as the analysis spells the target of an import. */
export function uriOfPath(path: string): string {
  return uriBelow('file://', path);
}

/** The path of a file's URI, or undefined. */
export function pathOfUri(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const path = fileURLToPath(uri);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

/** Whether a walk from a folder comes to another one: not through a link, nor through what is left out. */
function isListed(root: string, folder: string): boolean {
  const names = relative(root, folder).split(sep);
  return !names.some(isLeftOut) && lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}

const isLeftOut = (name: string): boolean => name === 'node_modules' || name.startsWith('.');

/** Every `*.lintel` file below a folder, sorted; `node_modules`, folders with a dot and symbolic links are left out. */
export function designsBelow(folder: string, failed?: (path: string, reason: string) => void): readonly string[] {
  const found: string[] = [];
  const waiting = [folder];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    try {
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        const path = join(at, entry.name);
        if (entry.isDirectory()) {
          if (!isLeftOut(entry.name)) waiting.push(path);
        } else if (entry.isFile() && isDesign(entry.name)) found.push(path);
      }
    } catch (error) {
      failed?.(at, reasonOf(error, 'folder'));
    }
  }
  return found.sort();
}

/** Whether a file is named as a design is; a file that is only the ending (`.lintel`) is none. */
export function isDesign(path: string): boolean {
  return /[^/\\]\.lintel$/.test(path);
}

/** Why the disk refused, in words; the system's own code stands behind for whoever looks it up. */
export function reasonOf(error: unknown, thing: 'file' | 'folder' = 'file'): string {
  const code = codeOf(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `There is no permission to read this ${thing}.`;
    case 'ENOENT':
      return `This ${thing} does not exist.`;
    case 'ELOOP':
      return 'This symbolic link leads in a circle.';
    case 'ENAMETOOLONG':
      return 'This path is too long for the file system.';
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open on this machine.';
    default:
      return `This ${thing} cannot be read (${code}).`;
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';

function uriBelow(base: string, path: string): string {
  const plain = sep === '\\' ? path.replaceAll('\\', '/') : path;
  // A drive (`C:`) looks like a scheme at the start of a path, hence the dot.
  const target = resolveImport(`${base}/_`, `./${plain.replace(/^\/+/, '')}`);
  return target ?? `${base}/${plain.replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/')}`;
}

/**
 * A path with every link resolved. What does not exist (yet) keeps its name behind the nearest folder that does, so that a
 * missing file inside of the workspace is missing and not forbidden.
 */
function realPathOf(path: string): string {
  let missing = '';
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(realpathSync.native(at), missing);
    } catch {
      if (dirname(at) === at) return path;
      missing = join(basename(at), missing);
    }
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

type Read = ReturnType<Host['read']>;

/** Reads a regular file of bearable size. A pipe or a device is not opened, for it might never end. */
function readLimited(path: string, holds: (real: string) => boolean, failed: (reason: string) => void): Read {
  let file: number | undefined;
  try {
    const real = realpathSync.native(path);
    if (!holds(real)) return undefined;
    const refused = refusal(statSync(real));
    if (refused) return refused;
    // A link at the end of a resolved path was put there this very moment. Non-blocking, in case it became a pipe.
    file = openSync(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(file);
    return refusal(stats) ?? readOpen(file, stats.size);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const reason = reasonOf(error);
    failed(reason);
    return { reason };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function refusal(stats: Stats): { readonly reason: string } | undefined {
  if (stats.isDirectory()) return { reason: 'This is a folder, not a file.' };
  if (!stats.isFile()) return { reason: 'This is a device or a pipe, not a file.' };
  return stats.size > maxFileSize ? tooLong(stats.size) : undefined;
}

const tooLong = (size: number): { readonly reason: string } => ({
  reason: `The file is ${Math.round(size / 1048576)} MB long; a design of more than ${maxFileSize / 1048576} MB is not read.`,
});

/** All bytes of an open file; one that grows beyond the limit while it is read is refused as well. */
function readOpen(file: number, size: number): Read {
  const parts: Buffer[] = [];
  let total = 0;
  for (;;) {
    // One byte more than expected: the first reading usually finds the end.
    const part = Buffer.allocUnsafe(total === 0 ? size + 1 : 65_536);
    const length = readSync(file, part, 0, part.length, null);
    total += length;
    if (total > maxFileSize) return tooLong(total);
    parts.push(part.subarray(0, length));
    if (length < part.length) return { bytes: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts) };
  }
}
