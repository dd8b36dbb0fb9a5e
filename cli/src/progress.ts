/** One line on a terminal that says what is going on, from the second second on; nothing anywhere else. */
import type { World } from './world.ts';

export interface Progress {
  /**
   * What comes next.
   * @param expected how long it will take, in ms, when it cannot report in between
   */
  step(text: string, expected?: number): Promise<void>;
  /** Takes the line away. */
  done(): void;
}

const silent: Progress = { step: async () => {}, done: () => {} };

export function openProgress(world: World): Progress {
  if (!world.err.isTerminal || world.env.TERM === 'dumb') return silent;
  const started = world.now();
  let shown = 0;
  let visible = false;
  return {
    async step(text, expected = 0) {
      const now = world.now();
      if (now - started + expected < 1000 || (visible && expected === 0 && now - shown < 100)) return;
      world.err.write(`\r\x1b[2K${text.slice(0, (world.err.columns ?? 80) - 2)} …`);
      shown = now;
      visible = true;
      // Lets the terminal show it before the next piece of work.
      await new Promise((resolve) => setImmediate(resolve));
    },
    done() {
      if (visible) world.err.write('\r\x1b[2K');
      visible = false;
    },
  };
}
