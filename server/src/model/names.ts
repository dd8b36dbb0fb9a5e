import type { Runtime } from '../base/reactive.ts';
import { upsert } from '../base/upsert.ts';

/** Names that chunks declare apart from entities (profiles, `let`), each read as a dependency. With two of a name, none counts. */
export function createNames<T>(runtime: Runtime): {
  get(name: string): T | undefined;
  names(): Iterable<string>;
  add(name: string, value: T, owner: unknown): void;
  remove(owner: unknown): void;
} {
  const lists = new Map<string, { cell: ReturnType<typeof runtime.cell<number>>; items: { value: T; owner: unknown }[] }>();
  const byOwner = new Map<unknown, string[]>();
  /** Changes whenever a name comes or goes: who looks for a similar one depends on all of them. */
  const which = runtime.cell<number>(0);
  const list = (name: string) => {
    return upsert(lists, name, () => ({ cell: runtime.cell<number>(0), items: [] as { value: T; owner: unknown }[] }));
  };
  return {
    get(name) {
      const found = list(name);
      found.cell.get();
      return found.items.length === 1 ? found.items[0]?.value : undefined;
    },
    *names() {
      which.get();
      for (const [name, found] of lists) if (found.items.length > 0) yield name;
    },
    add(name, value, owner) {
      const found = list(name);
      found.items.push({ value, owner });
      if (found.items.length === 1) which.set(which.peek() + 1);
      byOwner.set(owner, [...(byOwner.get(owner) ?? []), name]);
      found.cell.set(found.cell.peek() + 1);
    },
    remove(owner) {
      for (const name of byOwner.get(owner) ?? []) {
        const found = list(name);
        found.items = found.items.filter((item) => item.owner !== owner);
        if (found.items.length === 0) which.set(which.peek() + 1);
        found.cell.set(found.cell.peek() + 1);
      }
      byOwner.delete(owner);
    },
  };
}
