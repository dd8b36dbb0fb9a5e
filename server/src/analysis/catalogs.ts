/** The hardware catalogues of a design: the bundled ones, and those that its `catalog` lines name. Read once, kept until the file changes. */
import { parseCatalog } from '../catalog/load.ts';
import type { Catalog } from '../catalog/types.ts';
import { decode, type Host, resolveImport } from './host.ts';

export interface CatalogStore {
  /** Makes the given lines the ones in force. */
  load(lines: readonly { readonly uri: string; readonly path: string }[]): void;
  catalogs(): readonly Catalog[];
  /** Why a line has no effect, or what is wrong in its file. */
  problems(uri: string, path: string): readonly string[];
  forget(uri: string): void;
}

export function createCatalogStore(host: Host, bundled: readonly Catalog[]): CatalogStore {
  const known = new Map<string, { readonly catalog?: Catalog; readonly problems: readonly string[] }>();
  let key = '';
  let inForce: readonly Catalog[] = bundled;
  const read = (uri: string, path: string): { readonly catalog?: Catalog; readonly problems: readonly string[] } => {
    const target = resolveImport(uri, path);
    if (target === undefined || !host.allows(target))
      return { problems: ['A catalogue is a file inside of the workspace; this path leads somewhere else.'] };
    const had = known.get(target);
    if (had) return had;
    const file = host.read(target);
    let made: { readonly catalog?: Catalog; readonly problems: readonly string[] };
    if (!file) made = { problems: [`There is no file "${path}".`] };
    else {
      const decoded = 'bytes' in file ? decode(file.bytes) : file;
      if ('reason' in decoded) made = { problems: [decoded.reason] };
      else {
        const parsed = parseCatalog(decoded.text, path);
        made = {
          ...(parsed.catalog ? { catalog: parsed.catalog } : {}),
          problems: parsed.problems.map((problem) => `${path}, line ${problem.line + 1}: ${problem.message}`),
        };
      }
    }
    known.set(target, made);
    return made;
  };
  return {
    load(lines) {
      const next = lines.map(({ uri, path }) => `${uri} ${path}`).join('\n') + [...known.keys()].join(' ');
      if (next === key && known.size > 0) return;
      const catalogs = lines.flatMap(({ uri, path }) => read(uri, path).catalog ?? []);
      key = lines.map(({ uri, path }) => `${uri} ${path}`).join('\n') + [...known.keys()].join(' ');
      if (catalogs.length === 0) inForce = bundled;
      else inForce = [...catalogs, ...bundled];
    },
    catalogs: () => inForce,
    problems: (uri, path) => read(uri, path).problems,
    forget(uri) {
      if (known.delete(uri)) key = '\0';
    },
  };
}
