/** The entry of the command line: gives `run` the process, the clock and the worker thread. Nothing else is decided here. */
import process from 'node:process';
import manifest from '../../package.json' with { type: 'json' };
import { refusal } from './files/write.ts';
import { run } from './run.ts';
import { exitCodes, type Sink } from './world.ts';

const sink = (stream: NodeJS.WriteStream): Sink => {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads may stop early (`lintel check | head`); that is no error of ours. A full disk is one.
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.clean);
    if (stream !== process.stderr) process.stderr.write(`lintel: The output cannot be written: ${refusal(error)}\n`);
    process.exit(exitCodes.usage);
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    ...(stream.isTTY ? { columns: stream.columns } : {}),
  };
};

/** Today where the user is, `2026-11-20`. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

async function readInput(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

process.exitCode = await run(process.argv.slice(2), {
  out: sink(process.stdout),
  err: sink(process.stderr),
  cwd: process.cwd(),
  env: process.env,
  today: today(),
  version: manifest.version,
  ...('homepage' in manifest && typeof manifest.homepage === 'string' ? { homepage: manifest.homepage } : {}),
  now: () => performance.now(),
  readInput,
  async openLayout() {
    const { createWorkerRunner } = await import('../../server/src/topology/layoutRunner.ts');
    const layout = createWorkerRunner(async () => (await import('lintel:layout-worker')).default);
    return { run: layout, close: layout.close };
  },
  async serve() {
    // The server's own entry: it finds --stdio on the command line and ends the process when the editor says so.
    await import('../../server/src/node.ts');
    await new Promise(() => {});
  },
});
