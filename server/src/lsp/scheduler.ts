/**
 * When work is done: never inside of a message's handler, always right after the messages that are waiting. A burst of changes
 * (a held key, a paste) is then analysed once, and no timer stands between a keystroke and its diagnostics.
 */
export interface Scheduler {
  /** Asks for a run soon; asking again before it ran changes nothing. */
  soon(): void;
  /** Runs at once if a run is due. */
  now(): void;
}

export function createScheduler(run: () => void): Scheduler {
  let due = false;
  const fire = (): void => {
    if (!due) return;
    due = false;
    run();
  };
  return {
    soon() {
      if (due) return;
      due = true;
      setImmediate(fire);
    },
    now: fire,
  };
}

/**
 * Runs what was asked for last when nothing has been asked for `quiet` milliseconds: for what may wait until somebody pauses.
 */
export function createPause(quiet: number): (run: () => void) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (run) => {
    clearTimeout(timer);
    timer = setTimeout(run, quiet);
  };
}

/** Lets messages that wait, and what is due after them, go before the next part of a long work. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
