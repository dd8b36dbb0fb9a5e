/** Writing a picture that is no text, under the same rules as files/write.ts. */
import { mkdirSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDesign } from '../../../server/src/node/diskHost.ts';
import { nameOf } from '../files/find.ts';
import { refusal, replaceFile } from '../files/write.ts';
import { plain } from '../text/plain.ts';
import { UsageError, type World } from '../world.ts';

/** @returns the file as reports name it */
export function writeBinary(world: World, target: string, content: Uint8Array, example: string): string {
  const path = resolve(world.cwd, target);
  const stats: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() || /[/\\]$/.test(target))
    throw new UsageError(`${plain(target)} is a folder; name a file in it, for example ${plain(join(target, example))}.`);
  if (isDesign(path))
    throw new UsageError(`${plain(target)} is the name of a design, and that would be overwritten; name another file.`);
  const name = nameOf(world, path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (stats && !stats.isFile()) writeFileSync(path, content);
    else replaceFile(path, content);
  } catch (error) {
    throw new UsageError(`${plain(name)} cannot be written: ${refusal(error)}`);
  }
  return name;
}
