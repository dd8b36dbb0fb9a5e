/** `lintel format`: one way to write a design. Files are replaced in one step and only when something changes. */
import { createDiskHost, uriOfPath } from '../../../server/src/node/diskHost.ts';
import { formatText } from '../../../server/src/syntax/format.ts';
import { decodeExactly, encode } from '../files/encoding.ts';
import { findDesigns, nameOf, type Problem } from '../files/find.ts';
import { refusal, replaceFile } from '../files/write.ts';
import { count, plain } from '../text/plain.ts';
import { exitCodes, UsageError, type World } from '../world.ts';

export interface FormatOptions {
  /** Change nothing; say what would change. */
  readonly check: boolean;
  /** From standard input to standard output. */
  readonly stdin: boolean;
}

export async function format(world: World, paths: readonly string[], options: FormatOptions): Promise<number> {
  if (options.stdin) {
    if (paths.length > 0) throw new UsageError('--stdin reads the design from standard input; it takes no paths.');
    return formatInput(world, options.check);
  }
  const found = findDesigns(world, paths);
  const problems: Problem[] = [...found.problems];
  const host = createDiskHost(found.folders.map(uriOfPath));
  const changed: string[] = [];
  for (const path of found.files) {
    const file = nameOf(world, path);
    const read = host.read(uriOfPath(path));
    const text = read && ('bytes' in read ? decodeExactly(read.bytes) : read);
    if (!text || 'reason' in text) {
      problems.push({ file, reason: text?.reason ?? 'This file went away, or is a link that leads out of the folder.' });
      continue;
    }
    const formatted = formatText(text.text);
    if (formatted === text.text) continue;
    try {
      if (!options.check) replaceFile(path, encode(formatted, text.encoding));
      changed.push(file);
    } catch (error) {
      problems.push({ file, reason: `The formatted design was not written: ${refusal(error)}` });
    }
  }
  for (const file of changed) world.out.write(`${plain(file)}\n`);
  for (const { file, reason } of problems) world.err.write(`lintel: ${plain(file)}: ${plain(reason)}\n`);
  const total = found.files.length;
  const done = options.check ? `would be written differently. "lintel format" does it` : 'formatted';
  if (total > 0)
    world.err.write(
      `${changed.length === 0 && problems.length === 0 ? `${count(total, 'file is', 'files are')} formatted already` : `${changed.length} of ${count(total, 'file')} ${done}`}.\n`,
    );
  if (problems.length > 0) return exitCodes.usage;
  return options.check && changed.length > 0 ? exitCodes.findings : exitCodes.clean;
}

async function formatInput(world: World, check: boolean): Promise<number> {
  const text = decodeExactly(await world.readInput());
  if ('reason' in text) throw new UsageError(`Standard input: ${text.reason}`);
  const formatted = formatText(text.text);
  if (!check) {
    world.out.write(text.encoding === 'utf-8 with mark' ? `\ufeff${formatted}` : formatted);
    return exitCodes.clean;
  }
  if (formatted === text.text) return exitCodes.clean;
  world.err.write('The design would be written differently.\n');
  return exitCodes.findings;
}
