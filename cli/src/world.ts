/**
 * What the command line takes from the machine that it runs on. The entry file fills it in from the process; tests bring their
 * own streams, folder and date, so that every command runs in one process, quickly and with the same result each time.
 */
import type { LayoutRunner } from '../../server/src/topology/layout.ts';

/** Where text goes: standard output or standard error. */
export interface Sink {
  write(text: string): void;
  /** A person reads along, on a terminal. */
  readonly isTerminal: boolean;
  /** Width of the terminal, if there is one. */
  readonly columns?: number;
}

export interface World {
  readonly out: Sink;
  readonly err: Sink;
  /** The current folder, absolute: relative paths start there, and files are named from there. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Today, `2026-11-20`, for waivers and licences that expire. */
  readonly today: string;
  readonly version: string;
  /** Where Lintel lives on the web; absent, reports carry no links. */
  readonly homepage?: string;
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** All of standard input. */
  readInput(): Promise<Uint8Array>;
  /** The engine that lays pictures out, and what ends it. */
  openLayout(): Promise<{ readonly run: LayoutRunner; readonly close: () => void }>;
  /** Serves an editor over standard input and output; resolves when the editor has gone. */
  serve(): Promise<void>;
}

/** Exit codes; docs/cli.md promises them. */
export const exitCodes = { clean: 0, findings: 1, usage: 2, internal: 3 } as const;

/** Something that the user can put right: shown as it is, without a stack, and ends with exit code 2. */
export class UsageError extends Error {}
