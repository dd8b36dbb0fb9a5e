/** From the paths of a command line to the designs that they mean. */
import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { designsBelow, isDesign, reasonOf } from '../../../server/src/node/diskHost.ts';
import { UsageError, type World } from '../world.ts';

/** Something that was asked for and could not be had: shown on standard error, and the exit code is 2. */
export interface Problem {
  /** As the user would write it. */
  readonly file: string;
  readonly reason: string;
}

export interface Found {
  /** Absolute paths, sorted, each once. */
  readonly files: readonly string[];
  /** Folders that imports may not leave: the current one, and those of paths elsewhere. Absolute. */
  readonly folders: readonly string[];
  readonly problems: readonly Problem[];
}

/** The designs that some paths mean: files as they are, folders with all that is below them. No path means the current folder. */
export function findDesigns(world: World, paths: readonly string[]): Found {
  const files = new Set<string>();
  const folders = new Set([world.cwd]);
  const problems: Problem[] = [];
  const failed = (path: string, reason: string): void => {
    problems.push({ file: nameOf(world, path), reason });
  };
  for (const given of paths.length > 0 ? paths : ['.']) {
    const path = resolve(world.cwd, given);
    const before = problems.length;
    try {
      if (given === '') throw new UsageError('A path on the command line is empty.');
      const stats = statSync(path);
      const below = stats.isDirectory() ? designsBelow(path, failed) : [path];
      if (!stats.isDirectory() && !isDesign(path)) failed(path, 'This is no design: the name of a design ends in ".lintel".');
      else if (below.length === 0 && problems.length === before) {
        failed(path, 'There is no design in this folder or below it (no file whose name ends in ".lintel").');
      } else for (const file of below) files.add(file);
      const home = realpathSync.native(stats.isDirectory() ? path : dirname(realpathSync.native(path)));
      if (!isWithin(realpathSync.native(world.cwd), home)) folders.add(home);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      // An absolute path is named as it was given: from here it might be a long way round.
      const file = isAbsolute(given) ? given : nameOf(world, path);
      problems.push({ file, reason: isMissing(error) ? 'There is no such file or folder.' : reasonOf(error) });
    }
  }
  const once = new Map(problems.map((problem) => [`${problem.file} ${problem.reason}`, problem]));
  return { files: [...files].sort(), folders: [...folders], problems: [...once.values()] };
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** How a file is named in every report: from the current folder, with forward slashes. */
export function nameOf(world: World, path: string): string {
  const way = relative(world.cwd, path);
  return (sep === '\\' ? way.replaceAll('\\', '/') : way) || '.';
}

const isWithin = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
