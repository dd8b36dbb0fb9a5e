/** A design as front ends hold it: what its files came to. */
import type { Project } from '../model/project.ts';
import type { CatalogStore } from './catalogs.ts';
import type { Fix, LocatedFinding } from './finding.ts';

/** A finding with what makes its fix; `fix()` is computed when somebody asks. */
export interface WorkspaceFinding extends LocatedFinding {
  fixes(): readonly Fix[];
}

export interface Design {
  readonly root: string;
  readonly project: Project;
  readonly catalogs: CatalogStore;
}

/** Where an import leads, or why it leads nowhere. */
export type ResolveTarget = (
  uri: string,
  path: string,
) => { readonly target?: string; readonly problem?: string; readonly cycle?: readonly string[] };
