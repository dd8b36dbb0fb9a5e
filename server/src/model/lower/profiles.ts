/** Profiles as they are written, and whether one is made of itself. */
import type { Kind } from '../../schema/types.ts';
import { kindOf } from '../../schema/vocabulary.ts';
import type { Entry, Term } from '../../syntax/ast.ts';
import type { Environment } from './draft.ts';

const profileName = (term: Term | undefined): string | undefined =>
  term?.kind === 'name' ? term.text : term?.kind === 'text' ? term.plain : undefined;

/** The names along which a profile comes back to itself, or undefined. */
export function circleOf(entry: Entry, env: Environment): readonly string[] | undefined {
  const own = profileName(entry.groups[0]?.[0]);
  const seen = new Set<string>();
  const visit = (at: Entry, trail: readonly string[]): readonly string[] | undefined => {
    for (const term of at.profiles ?? []) {
      const name = profileName(term);
      if (name === undefined) continue;
      if (name === own) return [...trail, name];
      if (seen.has(name)) continue;
      seen.add(name);
      const source = env.profile(name);
      const found = source && visit(source.entry, [...trail, name]);
      if (found) return found;
    }
    return undefined;
  };
  return own === undefined ? undefined : visit(entry, [own]);
}

/** Reads `profile NAME of KIND`; `skip` is the number of groups that this takes. */
export function profileHead(entry: Entry): {
  readonly name?: Term;
  readonly kind?: Kind;
  readonly kindTerm?: Term;
  readonly skip: number;
} {
  const [name, of, kind] = [entry.groups[0]?.[0], entry.groups[1]?.[0], entry.groups[2]?.[0]];
  if (of?.kind !== 'name' || of.text !== 'of' || kind?.kind !== 'name')
    return { ...(name ? { name } : {}), skip: Math.min(3, entry.groups.length) };
  const known = kindOf(kind.text);
  return { ...(name ? { name } : {}), kindTerm: kind, skip: 3, ...(known ? { kind: known } : {}) };
}
