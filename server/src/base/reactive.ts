/**
 * Values that know what they were made of. A cell holds an input; a memo is computed from what it reads and is computed again
 * only when one of those truly changed; a watcher runs again when what it read changed. Reading records the dependency, so
 * nobody declares one. Marking is pushed from the changed cell, recomputing is pulled, and a memo whose new value equals the
 * old one stops the wave: editing one VM costs what looks at that VM.
 *
 * Watchers have levels. A flush runs them level by level, so that what a lower level writes (names, indexes) is complete
 * before a higher level (rules) reads it.
 */

const CLEAN = 0;
const CHECK = 1;
const DIRTY = 2;

interface Node extends Watcher {
  state: 0 | 1 | 2;
  /** What it read last time; absent for cells. */
  sources: Node[] | undefined;
  /** Few in a list, many in a set: most sources have one or two. */
  observers: Node[] | Set<Node> | undefined;
  run: ((payload: never) => void) | undefined;
  payload: unknown;
  idle: boolean;
  /** Watchers only. */
  level: number;
  queued: boolean;
  dead: boolean;
  /** The computation that recorded it last: keeps a source from being recorded twice. */
  mark: number;
}

export interface Cell<T> {
  /** Reads, and records that the running computation depends on it. */
  get(): T;
  /** Reads without recording. */
  peek(): T;
  /** Writes; nothing happens when the value is the same (`===`). */
  set(value: T): void;
}

export interface Memo<T> {
  get(): T;
}

/** A computation that is run for what it does. Opaque; held by whoever made it. There are many, so it is one plain object. */
export interface Watcher {
  /** What `run` is given. */
  readonly payload: unknown;
  /** Whether it read anything that could make it run again. */
  readonly idle: boolean;
}

/** A bare dependency without a value: whoever holds it keeps the value. Opaque. */
export interface Source {
  readonly level: number;
}

export interface Runtime {
  source(): Source;
  /** Records that the running computation depends on a source. */
  read(source: Source): void;
  /** What a source stands for has changed. */
  touch(source: Source): void;
  cell<T>(value: T): Cell<T>;
  memo<T>(compute: () => T, equal?: (a: T, b: T) => boolean): Memo<T>;
  /** Makes a watcher and queues its first run for the next flush. */
  watch<P>(level: number, run: (payload: P) => void, payload: P): Watcher;
  /** Makes a watcher and runs it at once. */
  watchNow<P>(level: number, run: (payload: P) => void, payload: P): Watcher;
  /** Runs it at the next flush even if nothing that it read changed. */
  invalidate(watcher: Watcher): void;
  /** Forgets it; it never runs again. */
  dispose(watcher: Watcher): void;
  /** Runs every queued watcher, lower levels first. */
  flush(): void;
  /** Runs as long as `more()` says so, up to `lastLevel`; true when nothing is left there. */
  flushWhile(more: () => boolean, lastLevel?: number): boolean;
  /** Runs `read` without recording dependencies. */
  untracked<T>(read: () => T): T;
  /** How many watchers ran since the runtime was made, for tests and measurements. */
  runs(): number;
}

const manyObservers = 24;

function observe(source: Node, observer: Node): void {
  const { observers } = source;
  if (!observers) source.observers = [observer];
  else if (observers instanceof Set) observers.add(observer);
  else if (!observers.includes(observer)) {
    // A copy of just the right length: pushing would reserve room for seventeen, a hundred thousand times.
    if (observers.length < manyObservers) source.observers = [...observers, observer];
    else source.observers = new Set(observers).add(observer);
  }
}

function ignore(source: Node, observer: Node): void {
  const { observers } = source;
  if (observers instanceof Set) observers.delete(observer);
  else if (observers) {
    const at = observers.indexOf(observer);
    if (at < 0) return;
    const last = observers.pop() as Node;
    if (last !== observer) observers[at] = last;
  }
}

const unobserved = ({ observers }: Node): boolean => observers === undefined || (observers instanceof Set ? observers.size : observers.length) === 0;

export function createRuntime(levels = 16): Runtime {
  let collecting: Node[] | undefined;
  let runCount = 0;
  let epoch = 0;
  let stamp = 0;
  const queues: Node[][] = Array.from({ length: levels }, () => []);

  const track = (node: Node): void => {
    if (!collecting || node.mark === stamp) return;
    node.mark = stamp;
    collecting.push(node);
  };
  const stale = (node: Node, state: 1 | 2): void => {
    if (node.state >= state) return;
    const first = node.state === CLEAN;
    if (node.level < 0 && unobserved(node)) {
      // Nobody reads this memo any more: let go of what it read, so that it can be forgotten.
      unlink(node);
      node.state = DIRTY;
      return;
    }
    node.state = state;
    if (node.level >= 0) enqueue(node);
    else if (first && node.observers) for (const observer of [...node.observers]) stale(observer, CHECK);
  };
  const enqueue = (node: Node): void => {
    if (node.queued || node.dead) return;
    node.queued = true;
    queues[node.level]?.push(node);
  };
  const unlink = (node: Node): void => {
    if (node.sources) for (const source of node.sources) ignore(source, node);
    node.sources = undefined;
  };
  const compute = (node: Node): void => {
    const outer = collecting;
    const outerStamp = stamp;
    collecting = [];
    stamp = ++epoch;
    try {
      node.run?.(node.payload as never);
    } finally {
      const read = collecting.slice();
      collecting = outer;
      stamp = outerStamp;
      const before = node.sources;
      if (before) {
        const kept = ++epoch;
        for (const source of read) source.mark = kept;
        for (const source of before) if (source.mark !== kept) ignore(source, node);
      }
      if (!node.dead) for (const source of read) observe(source, node);
      node.sources = node.dead ? undefined : read;
      node.idle = read.length === 0;
      node.state = CLEAN;
    }
  };
  const refresh = (node: Node): void => {
    if (node.state === CHECK && node.sources) {
      for (const source of node.sources) {
        if (source.run && source.level < 0) refresh(source);
        // refreshing a source may have made this one dirty
        if ((node.state as number) === DIRTY) break;
      }
    }
    if (node.state === DIRTY) compute(node);
    else node.state = CLEAN;
  };
  const make = (run: Node['run'], level: number, payload?: unknown): Node => ({ state: run ? DIRTY : CLEAN, sources: undefined, observers: undefined, run, payload, idle: true, level, queued: false, dead: false, mark: 0 });

  const runtime: Runtime = {
    source: () => make(undefined, -1),
    read: (source) => track(source as Node),
    touch(source) {
      const { observers } = source as Node;
      if (observers) for (const observer of [...observers]) stale(observer, DIRTY);
    },
    cell(value) {
      const node = make(undefined, -1);
      let held = value;
      return {
        get: () => {
          track(node);
          return held;
        },
        peek: () => held,
        set: (next) => {
          if (next === held) return;
          held = next;
          if (node.observers) for (const observer of [...node.observers]) stale(observer, DIRTY);
        },
      };
    },
    memo(computeValue, equal = Object.is) {
      let held: { value: ReturnType<typeof computeValue> } | undefined;
      const node = make(() => {
        const next = computeValue();
        if (held && equal(held.value, next)) return;
        held = { value: next };
        if (node.observers) for (const observer of [...node.observers]) stale(observer, DIRTY);
      }, -1);
      return {
        get: () => {
          track(node);
          refresh(node);
          return (held as { value: ReturnType<typeof computeValue> }).value;
        },
      };
    },
    watch(level, run, payload) {
      const node = make(run as Node['run'], level, payload);
      enqueue(node);
      return node;
    },
    watchNow(level, run, payload) {
      const node = make(run as Node['run'], level, payload);
      runCount += 1;
      compute(node);
      return node;
    },
    invalidate(watcher) {
      const node = watcher as Node;
      node.state = DIRTY;
      enqueue(node);
    },
    dispose(watcher) {
      const node = watcher as Node;
      node.dead = true;
      unlink(node);
    },
    flush() {
      runtime.flushWhile(() => true);
    },
    flushWhile(more, lastLevel = levels - 1) {
      for (let level = 0; level <= lastLevel; ) {
        const queue = queues[level] as Node[];
        if (queue.length === 0) {
          level += 1;
          continue;
        }
        // Writes of this level may have queued a lower one; those come first.
        const batch = queue.splice(0);
        for (let at = 0; at < batch.length; at += 1) {
          const node = batch[at] as Node;
          if (at % 32 === 31 && !more()) {
            queue.unshift(...batch.slice(at));
            return false;
          }
          node.queued = false;
          if (node.dead) continue;
          if (node.state !== CLEAN) runCount += 1;
          refresh(node);
        }
        const lower = queues.findIndex((waiting) => waiting.length > 0);
        if (lower >= 0 && lower < level) level = lower;
      }
      return true;
    },
    untracked(read) {
      const outer = collecting;
      collecting = undefined;
      try {
        return read();
      } finally {
        collecting = outer;
      }
    },
    runs: () => runCount,
  };
  return runtime;
}
