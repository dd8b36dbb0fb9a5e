/** Runs the command line in this process: own streams, own folder, own date. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { run } from '../../cli/src/run.ts';
import type { Sink, World } from '../../cli/src/world.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with some files in it. */
export function folderOf(files: Files = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lintel-cli-')));
  made.push(folder);
  add(folder, files);
  return folder;
}

export function add(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

export interface RunOptions {
  /** Makes both streams a terminal. */
  readonly terminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  readonly homepage?: string;
  /** Clock in ms; stands still unless told. */
  readonly now?: () => number;
  readonly world?: Partial<World>;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One command line in a folder. */
export async function lintel(cwd: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { env = {}, homepage, input = '', now = () => 0, terminal = false, world = {} } = options;
  const texts = { out: '', err: '' };
  const sink = (to: 'out' | 'err'): Sink => ({
    write(text) {
      texts[to] += text;
    },
    isTerminal: terminal,
    ...(terminal ? { columns: 100 } : {}),
  });
  const code = await run(args, {
    out: sink('out'),
    err: sink('err'),
    cwd,
    env,
    today: '2026-11-20',
    version: '1.2.3',
    ...(homepage !== undefined ? { homepage } : {}),
    now,
    readInput: async () => (typeof input === 'string' ? new TextEncoder().encode(input) : input),
    openLayout: async () => ({ run: createInProcessRunner(), close: () => {} }),
    serve: async () => {},
    ...world,
  });
  return { code, ...texts };
}

/** A design without a finding at or above `info`, in the standard form. */
export const clean = 'site plant "Riverside plant"\n';

/** One error (NET023) on line 1, column 39. */
export const broken = 'network plant purpose production vlan 5000\n';

/** What must never reach a terminal, apart from line ends: controls, and marks that turn the reading direction. */
export const unsafe = /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

/** Without the colours that we set ourselves. */
export const uncoloured = (text: string): string =>
  text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[(1|2|22|31|33|35|36|39)m`, 'g'), '');
