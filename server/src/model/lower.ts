/**
 * Lowering: entries and vocabulary to entity data. This is where a line's words are told apart into operands and inline
 * properties, profiles are laid under what an entry says itself, and ranges become members. Pure: what it needs of the rest of
 * the design (profiles, `let`) comes through the environment.
 */
import type { Kind } from '../schema/types.ts';
import { kindOf, kindWords } from '../schema/vocabulary.ts';
import type { Entry } from '../syntax/ast.ts';
import { nearest } from '../values/suggest.ts';
import type { EntityData } from './entity.ts';
import { applyProfiles, bindBody, bindGroups, bindMember } from './lower/bind.ts';
import { type Context, draftOf, type Environment, finish, silent, type Tracer } from './lower/draft.ts';
import { membersOfEntry } from './lower/members.ts';
import { circleOf } from './lower/profiles.ts';
import { homesOf } from './lower/words.ts';
import type { LowerProblem } from './problem.ts';
import type { Report } from './terms.ts';

export interface Lowered {
  readonly units: readonly EntityData[];
  readonly problems: readonly LowerProblem[];
}

/** Lowers a top-level entry of a kind to its members. */
export function lowerEntry(entry: Entry, env: Environment): Lowered {
  const problems: LowerProblem[] = [];
  const seen = new Set<string>();
  const report: Report = (problem) => {
    const key = `${problem.code}@${problem.start}-${problem.end}`;
    if (seen.has(key) || problems.length >= 200) return;
    seen.add(key);
    problems.push(problem);
  };
  const kind = kindOf(entry.word.text);
  if (!kind) {
    report(unknownTop(entry));
    return { units: [], problems };
  }
  if (!kind.top) {
    report({
      code: 'LNT105',
      severity: 'error',
      message: `"${kind.word}" stands inside of ${homesOf(kind)}, not at the top of a design.`,
      start: entry.word.start,
      end: entry.word.end,
    });
    return { units: [], problems };
  }
  const members = membersOfEntry(kind, entry, { env, scope: { vars: new Map(), let: env.let }, report, home: undefined });
  const units = members.map((member) =>
    finish(bindMember(kind, entry, member, { env, scope: { vars: member.vars, let: env.let }, report, home: undefined })),
  );
  return { units, problems };
}

/** Lowers a profile on its own, for its problems; `i` and what else depends on the user of the profile stay open. */
export function checkProfile(entry: Entry, kind: Kind, skip: number, env: Environment): readonly LowerProblem[] {
  const problems: LowerProblem[] = [];
  const vars = new Map([['i', 1]]);
  const context: Context = { env, scope: { vars, let: env.let }, report: (problem) => problems.push(problem), home: undefined };
  const draft = draftOf(kind, '');
  const circle = circleOf(entry, env);
  if (circle) {
    const [first] = entry.profiles ?? [];
    context.report({
      code: 'LNT107',
      severity: 'error',
      message: `This profile is made of itself: ${circle.join(' → ')}. Take one of them out.`,
      start: first?.start ?? entry.word.start,
      end: entry.profiles?.at(-1)?.end ?? entry.word.end,
    });
  } else applyProfiles(draft, entry, context);
  bindGroups(kind, entry, entry.groups, skip, draft, '', context, true);
  bindBody(entry, draft, '', context);
  return problems;
}

/** Binds one member again and tells the tracer where everything came from. */
export function traceMember(entry: Entry, name: string, env: Environment, home: unknown, trace: Tracer): void {
  const kind = kindOf(entry.word.text);
  if (!kind) return;
  const context: Context = { env, scope: { vars: new Map(), let: env.let }, report: silent, home, trace };
  const member = membersOfEntry(kind, entry, context).find((candidate) => candidate.name === name);
  if (member) bindMember(kind, entry, member, { ...context, scope: { vars: member.vars, let: env.let } });
}

function unknownTop(entry: Entry): LowerProblem {
  const words: string[] = ['profile', 'import', 'let', 'catalog', 'lintel'];
  for (const word of kindWords()) if (kindOf(word)?.top) words.push(word);
  const near = nearest(entry.word.text, words);
  return {
    code: 'LNT101',
    severity: 'error',
    message: `"${entry.word.text}" is no word that a line can start with here${near[0] !== undefined ? `; did you mean "${near[0]}"?` : '.'}`,
    start: entry.word.start,
    end: entry.word.end,
    suggestions: near,
  };
}
