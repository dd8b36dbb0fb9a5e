/** Colours of a terminal. Whether there are any is decided once, for each stream. */
import type { Sink, World } from '../world.ts';

export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly hint: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const style =
  (on: boolean, start: number, stop: number) =>
  (text: string): string =>
    on && text !== '' ? `\x1b[${start}m${text}\x1b[${stop}m` : text;

/** Paint, or the same functions without effect. */
export function paint(on: boolean): Paint {
  return {
    error: style(on, 31, 39),
    warning: style(on, 33, 39),
    info: style(on, 36, 39),
    hint: style(on, 35, 39),
    bold: style(on, 1, 22),
    dim: style(on, 2, 22),
  };
}

/** Colours only where a person looks at a terminal that has them and asks for none to be left out (https://no-color.org). */
export function hasColours(world: World, sink: Sink, wanted = true): boolean {
  const { NO_COLOR: none, TERM: terminal } = world.env;
  return wanted && sink.isTerminal && (none === undefined || none === '') && terminal !== 'dumb';
}
