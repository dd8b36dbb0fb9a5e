/**
 * Values that know what they were made of. A cell holds an input; a memo is computed from what it reads and is computed again
 * only when one of those truly changed; a watcher runs again when what it read changed. Reading records the dependency, so
 * nobody declares one. Marking is pushed from what changed, recomputing is pulled, and a memo whose new value equals the old
 * one stops the wave: editing one VM costs what looks at that VM.
 *
 * Watchers have levels. A flush runs them level by level, so that what a lower level writes (names, indexes) is complete
 * before a higher level (rules) reads it.
 *
 * A large design has hundreds of thousands of dependencies, so a node is one plain object of few fields, and its lists are
 * lists only where there is more than one thing in them.
 */

const CLEAN = 0;
const CHECK = 1;
const DIRTY = 2;
const stateMask = 3;
const QUEUED = 4;
const DEAD = 8;
const levelShift = 4;
/** Level of what is not a watcher. */
const PASSIVE = 15;

interface Node {
  /** State (two bits), flags, and the level from `levelShift` on. */
  bits: number;
  /** What it read last time; absent for what is only read. */
  sources: Node | Node[] | undefined;
  observers: Node | Node[] | Set<Node> | undefined;
  run: ((payload: never) => void) | undefined;
  payload: unknown;
  /** The computation that recorded it last: keeps a source from being recorded twice. */
  mark: number;
}

const stateOf = (node: Node): number => node.bits & stateMask;
const setState = (node: Node, state: number): void => {
  node.bits = (node.bits & ~stateMask) | state;
};
const levelOf = (node: Node): number => node.bits >> levelShift;
const isWatcher = (node: Node): boolean => levelOf(node) !== PASSIVE;

export interface Cell<T> {
  /** Reads, and records that the running computation depends on it. */
  get(): T;
  /** Reads without recording. */
  peek(): T;
  /** Writes; nothing happens when the value is the same (`===`). */
  set(value: T): void;
}

/** How a memo comes to its value. */
export interface Derivation<T> {
  compute(): T;
  /** Stops the wave when the new value is as good as the old one; `Object.is` if absent. */
  equal?(a: T, b: T): boolean;
}

/** A derived value; read with `runtime.value`. Opaque. */
export interface Memo<T> {
  readonly bits: number;
  /** Never set; carries the type. */
  readonly gives?: T;
}

/** A computation that is run for what it does. Opaque. */
export interface Watcher {
  readonly bits: number;
}

/** A bare dependency without a value: whoever holds it keeps the value. Opaque. */
export interface Source {
  readonly bits: number;
}

export interface Runtime {
  source(): Source;
  /** Records that the running computation depends on a source. */
  read(source: Source): void;
  /** What a source stands for has changed. */
  touch(source: Source): void;
  cell<T>(value: T): Cell<T>;
  memo<T>(derivation: Derivation<T>): Memo<T>;
  /** The memo's value, computed if something that it read has changed; records that the running computation depends on it. */
  value<T>(memo: Memo<T>): T;
  /** Makes a watcher and queues its first run for the next flush. */
  watch<P>(level: number, run: (payload: P) => void, payload: P): Watcher;
  /** Makes a watcher and runs it at once. */
  watchNow<P>(level: number, run: (payload: P) => void, payload: P): Watcher;
  /** Whether a watcher read anything that could make it run again. */
  waits(watcher: Watcher): boolean;
  /** Runs it at the next flush even if nothing that it read changed. */
  invalidate(watcher: Watcher): void;
  /** Forgets it; it never runs again. */
  dispose(watcher: Watcher): void;
  /** Runs every queued watcher up to a level, lower levels first. */
  flush(lastLevel?: number): void;
  /** How many watchers ran since the runtime was made, for tests and measurements. */
  runs(): number;
}

/** From here on a set: it finds quicker and takes six times the room. */
const manyObservers = 64;

function observe(source: Node, observer: Node): void {
  const { observers } = source;
  if (!observers) source.observers = observer;
  else if (observers instanceof Set) observers.add(observer);
  else if (!Array.isArray(observers)) {
    if (observers !== observer) source.observers = [observers, observer];
  } else if (!observers.includes(observer)) {
    // A copy of just the right length: pushing and spreading reserve room for seventeen more, a hundred thousand times.
    if (observers.length < manyObservers) source.observers = observers.concat(observer);
    else source.observers = new Set(observers).add(observer);
  }
}

function ignore(source: Node, observer: Node): void {
  const { observers } = source;
  if (observers === observer) source.observers = undefined;
  else if (observers instanceof Set) observers.delete(observer);
  else if (Array.isArray(observers)) {
    const at = observers.indexOf(observer);
    if (at < 0) return;
    const last = observers.pop() as Node;
    if (last !== observer) observers[at] = last;
  }
}

const unobserved = ({ observers }: Node): boolean =>
  observers === undefined ||
  (observers instanceof Set ? observers.size === 0 : Array.isArray(observers) && observers.length === 0);

const listOf = <T extends Node>(some: T | readonly T[] | undefined): readonly T[] =>
  some === undefined ? [] : Array.isArray(some) ? some : [some as T];
/** The observers as they are now, safe against changes on the way. */
const observersOf = ({ observers }: Node): readonly Node[] =>
  observers instanceof Set ? [...observers] : [...listOf(observers)];

/** What a memo holds before its first computation. */
const unset = Symbol('unset');

/** A memo's computation failed. */
class Failure {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}

interface MemoState {
  readonly derivation: Derivation<unknown>;
  value: unknown;
  node: Node | undefined;
}

export function createRuntime(levels = 14): Runtime {
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
  const enqueue = (node: Node): void => {
    if ((node.bits & (QUEUED | DEAD)) !== 0) return;
    node.bits |= QUEUED;
    queues[levelOf(node)]?.push(node);
  };
  const unlink = (node: Node): void => {
    for (const source of listOf(node.sources)) ignore(source, node);
    node.sources = undefined;
  };
  const stale = (node: Node, state: 1 | 2): void => {
    const before = stateOf(node);
    if (before >= state) return;
    if (!isWatcher(node) && unobserved(node)) {
      // Nobody reads this memo any more: let go of what it read, so that it can be forgotten.
      unlink(node);
      setState(node, DIRTY);
      return;
    }
    setState(node, state);
    if (isWatcher(node)) enqueue(node);
    else if (before === CLEAN) for (const observer of observersOf(node)) stale(observer, CHECK);
  };
  const changed = (node: Node): void => {
    for (const observer of observersOf(node)) stale(observer, DIRTY);
  };
  const compute = (node: Node): void => {
    const outer = collecting;
    const outerStamp = stamp;
    collecting = [];
    stamp = ++epoch;
    try {
      node.run?.(node.payload as never);
    } finally {
      const read = collecting;
      collecting = outer;
      stamp = outerStamp;
      const kept = ++epoch;
      for (const source of read) source.mark = kept;
      for (const source of listOf(node.sources)) if (source.mark !== kept) ignore(source, node);
      const dead = (node.bits & DEAD) !== 0;
      if (!dead) for (const source of read) observe(source, node);
      node.sources = dead || read.length === 0 ? undefined : read.length === 1 ? read[0] : read.slice();
      setState(node, CLEAN);
    }
  };
  const refresh = (node: Node): void => {
    if (stateOf(node) === CHECK) {
      for (const source of listOf(node.sources)) {
        if (source.run && !isWatcher(source)) refresh(source);
        // refreshing a source may have made this one dirty
        if (stateOf(node) === DIRTY) break;
      }
    }
    if (stateOf(node) === DIRTY) compute(node);
    else setState(node, CLEAN);
  };
  const make = (run: Node['run'], level: number, payload?: unknown): Node => ({
    bits: (level << levelShift) | (run ? DIRTY : CLEAN),
    sources: undefined,
    observers: undefined,
    run,
    payload,
    mark: 0,
  });
  const recompute = (state: MemoState): void => {
    let next: unknown;
    try {
      next = state.derivation.compute();
    } catch (error) {
      // Kept like a value: every reader meets it where it reads, and can catch it there.
      next = new Failure(error);
    }
    if (next instanceof Failure || state.value instanceof Failure) {
      // never as good as before
    } else if (
      state.value !== unset &&
      (state.derivation.equal ? state.derivation.equal(state.value, next) : Object.is(state.value, next))
    )
      return;
    state.value = next;
    if (state.node) changed(state.node);
  };

  return {
    source: () => make(undefined, PASSIVE),
    read: (source) => track(source as Node),
    touch: (source) => changed(source as Node),
    cell(value) {
      const node = make(undefined, PASSIVE);
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
          changed(node);
        },
      };
    },
    memo(derivation) {
      const state: MemoState = { derivation: derivation as Derivation<unknown>, value: unset, node: undefined };
      const node = make(recompute as Node['run'], PASSIVE, state);
      state.node = node;
      return node;
    },
    value(memo) {
      const node = memo as Node;
      track(node);
      refresh(node);
      const { value } = node.payload as MemoState;
      if (value instanceof Failure) throw value.error;
      return value as never;
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
    waits: (watcher) => (watcher as Node).sources !== undefined,
    invalidate(watcher) {
      setState(watcher as Node, DIRTY);
      enqueue(watcher as Node);
    },
    dispose(watcher) {
      (watcher as Node).bits |= DEAD;
      unlink(watcher as Node);
    },
    flush(lastLevel = levels - 1) {
      for (let level = 0; level <= lastLevel; ) {
        const queue = queues[level] ?? [];
        if (queue.length === 0) {
          level += 1;
          continue;
        }
        for (const node of queue.splice(0)) {
          node.bits &= ~QUEUED;
          if ((node.bits & DEAD) !== 0) continue;
          if (stateOf(node) !== CLEAN) runCount += 1;
          refresh(node);
        }
        // What this level wrote may have queued a lower one; that comes first.
        const lower = queues.findIndex((waiting) => waiting.length > 0);
        if (lower >= 0 && lower < level) level = lower;
      }
    },
    runs: () => runCount,
  };
}
