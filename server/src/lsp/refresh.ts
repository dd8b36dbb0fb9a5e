/**
 * Asks the editor to fetch anew what it shows of other files (lenses that count, hints, tokens) after an edit that moved the model.
 * The editor does so by itself for the file that is typed in, never for a second one beside it. Once the typing pauses, never per
 * keystroke, and not for an edit of comments or spacing.
 */
import type { Design, Workspace } from '../analysis/workspace.ts';

export interface Refresh {
  opened(uri: string): void;
  closed(uri: string): void;
  /** A file has another text, by typing or on the disk. */
  edited(uri: string): void;
}

export interface RefreshOptions {
  readonly workspace: () => Workspace | undefined;
  /** Sends the requests that the editor understands. */
  readonly send: () => void;
  /** Runs something once nothing has been asked for a while; asking again puts it off. */
  readonly later: (run: () => void) => void;
}

/** What each file of a design declares: the same objects as long as it declares the same. */
type Declared = ReadonlyMap<string, readonly unknown[]>;

export function createRefresh({ later, send, workspace }: RefreshOptions): Refresh {
  const open = new Set<string>();
  const edited = new Set<string>();
  /** What the editor has seen. */
  const seen = new WeakMap<Design, Declared>();

  const look = (): void => {
    const now = workspace();
    if (!now) return;
    const typed = new Set(edited);
    edited.clear();
    let isDue = false;
    for (const design of designsOf(now, open)) {
      const declared = declaredIn(design);
      const before = seen.get(design);
      seen.set(design, declared);
      if (!before || same(before, declared)) continue;
      // Who alone is typed in is up to date.
      isDue ||= [...open].some((uri) => declared.has(uri) && !(typed.size === 1 && typed.has(uri)));
    }
    if (isDue) send();
  };
  return {
    opened(uri) {
      open.add(uri);
      later(look);
    },
    closed: (uri) => void open.delete(uri),
    edited(uri) {
      edited.add(uri);
      later(look);
    },
  };
}

const designsOf = (workspace: Workspace, open: ReadonlySet<string>): ReadonlySet<Design> =>
  new Set([...open].flatMap((uri) => workspace.designs(uri)));

function declaredIn({ project }: Design): Declared {
  const files = [...project.files().keys()];
  return new Map(files.map((uri) => [uri, [...project.holders(uri)].map(({ unit }) => unit)]));
}

function same(before: Declared, now: Declared): boolean {
  if (before.size !== now.size) return false;
  for (const [uri, units] of now) {
    const old = before.get(uri);
    if (old?.length !== units.length || units.some((unit, at) => unit !== old[at])) return false;
  }
  return true;
}
