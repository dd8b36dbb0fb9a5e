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
