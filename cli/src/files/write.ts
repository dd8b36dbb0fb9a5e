/** Writing what a command makes: a picture, a checklist, a formatted design. */
import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isDesign } from '../../../server/src/node/diskHost.ts';
import { plain, plainLines } from '../text/plain.ts';
import { UsageError, type World } from '../world.ts';
import { nameOf } from './find.ts';

/**
 * Writes to what `-o` names; `-` is standard output for text, and a file of that name for bytes (who asks for those refuses `-`).
 * @param example a good name, for the message when the name is none
 * @returns the file as reports name it; undefined for standard output
 */
export function writeOutput(world: World, target: string, content: string | Uint8Array, example: string): string | undefined {
  if (target === '-' && typeof content === 'string') {
    world.out.write(world.out.isTerminal ? plainLines(content) : content);
    return undefined;
  }
  const path = resolve(world.cwd, target);
  const name = nameOf(world, path);
  const stats = statsOf(path);
  if (stats?.isDirectory() || /[/\\]$/.test(target)) {
    throw new UsageError(`${plain(target)} is a folder; name a file in it, for example ${plain(join(target, example))}.`);
  }
  if (isDesign(path))
    throw new UsageError(`${plain(target)} is the name of a design, and that would be overwritten; name another file.`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    // A device or a pipe (/dev/null) is written to, not replaced.
    if (stats && !stats.isFile()) writeFileSync(path, content);
    else replaceFile(path, content);
  } catch (error) {
    throw new UsageError(`${plain(name)} cannot be written: ${refusal(error)}`);
  }
  return name;
}

/** Puts new content in the place of a file in one step: whoever looks sees the old content or the new, never half of it. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  // Through a symbolic link the file behind it is replaced, not the link.
  const target = statsOf(path) ? realpathSync.native(path) : path;
  const mode = statsOf(target)?.mode;
  const beside = join(dirname(target), `.${basename(target).slice(0, 100)}.${process.pid}.tmp`);
  try {
    // One of this name can only be left from a run that was cut off.
    rmSync(beside, { force: true });
    writeFileSync(beside, content, { flag: 'wx' });
    if (mode !== undefined) chmodSync(beside, mode & 0o7777);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Why the disk refused to write, in words. */
export function refusal(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'there is no permission to write there.';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full.';
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'a part of the path is a file, not a folder.';
  return `the system says ${code}.`;
}
