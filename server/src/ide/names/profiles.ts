/** Who uses a profile. Chunks are looked at once; the table is made again when a file of the design changes. */
import type { ChunkState, Holder, Project } from '../../model/project.ts';
import type { Chunk, SourceFile } from '../../syntax/sourceFile.ts';
import { plainName } from '../reading/walk.ts';

/** A top-level line that builds on a profile. */
export interface ProfileUser {
  readonly state: ChunkState;
  /** Its members. */
  readonly holders: readonly Holder[];
}

interface Use {
  /** Which entry of its chunk. */
  readonly at: number;
  readonly used: readonly string[];
  /** The profile that the line itself declares. */
  readonly declares?: string;
}
interface Table {
  readonly sources: readonly SourceFile[];
  readonly uses: ReadonlyMap<string, readonly (Use & { readonly state: ChunkState })[]>;
}

const usesOfChunk = new WeakMap<Chunk, readonly Use[]>();
const tables = new WeakMap<Project, Table>();
/** What a line that builds on a profile has in it; spares the parsing of the others. */
const sign = /:\s*["\p{L}_]/u;

/** Lines that build on a profile, directly or by way of other profiles. */
export function profileUsers(project: Project, name: string): readonly ProfileUser[] {
  const { uses } = tableOf(project);
  const users: ProfileUser[] = [];
  const seen = new Set<string>();
  const visit = (profile: string): void => {
    if (seen.has(profile)) return;
    seen.add(profile);
    for (const { state, at, declares } of uses.get(profile) ?? []) {
      if (declares !== undefined) visit(declares);
      else users.push({ state, holders: state.holders.filter((holder) => holder.entryAt === at) });
    }
  };
  visit(name);
  return users;
}

function tableOf(project: Project): Table {
  const sources = [...project.files().values()];
  const known = tables.get(project);
  if (known && known.sources.length === sources.length && known.sources.every((source, at) => source === sources[at]))
    return known;
  const uses = new Map<string, (Use & { readonly state: ChunkState })[]>();
  for (const uri of project.files().keys()) {
    for (const state of project.chunks(uri)) {
      for (const use of usesIn(state.chunk)) {
        for (const name of use.used) {
          const list = uses.get(name) ?? [];
          list.push({ ...use, state });
          uses.set(name, list);
        }
      }
    }
  }
  const table = { sources, uses };
  tables.set(project, table);
  return table;
}

function usesIn(chunk: Chunk): readonly Use[] {
  const known = usesOfChunk.get(chunk);
  if (known) return known;
  const found: Use[] = [];
  for (const [at, entry] of sign.test(chunk.text) ? chunk.parsed.entries.entries() : []) {
    const used = (entry.profiles ?? []).flatMap((term) => plainName(term) ?? []);
    const declares = entry.word.text === 'profile' ? plainName(entry.groups[0]?.[0]) : undefined;
    if (used.length > 0) found.push({ at, used, ...(declares !== undefined ? { declares } : {}) });
  }
  usesOfChunk.set(chunk, found);
  return found;
}
