/** One line on a terminal that says what is going on, from the second second on; nothing anywhere else. */
import type { World } from './world.ts';

export interface Progress {
  /** What comes next. `long` announces work that cannot report in between. */
  step(text: string, options?: { readonly long?: boolean }): Promise<void>;
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
    async step(text, { long = false } = {}) {
      const now = world.now();
      // Checking takes longer than reading did: what took a third of a second until now will take more than one.
      if (now - started < (long ? 300 : 1000) || (visible && !long && now - shown < 100)) return;
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
