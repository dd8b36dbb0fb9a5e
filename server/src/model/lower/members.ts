/** The names that an entry gives: one, or those of a range. */
import type { Span } from '../../base/span.ts';
import type { Kind } from '../../schema/types.ts';
import type { Entry } from '../../syntax/ast.ts';
import { membersOf } from '../terms.ts';
import type { Context } from './draft.ts';
import { canName } from './words.ts';

export interface Named {
  readonly name: string;
  readonly vars: ReadonlyMap<string, number>;
  /** Groups that the name took. */
  readonly used: number;
  readonly nameSpan: Span;
}

export function membersOfEntry(kind: Kind, entry: Entry, context: Context): readonly Named[] {
  const [first] = entry.groups;
  const whole: Span = { start: entry.word.start, end: entry.word.end };
  if (kind.naming === 'none') return [{ name: '', vars: context.scope.vars, used: 0, nameSpan: whole }];
  const term = first?.[0];
  if (kind.naming === 'optional' && !canName(kind, term))
    return [{ name: '', vars: context.scope.vars, used: 0, nameSpan: whole }];
  if (!term || term.kind === 'equals') {
    context.report({
      code: 'LNT102',
      severity: 'error',
      message: `This ${kind.word} has no name; write ${kind.example.split(' ').slice(0, 2).join(' ')}, for example.`,
      ...whole,
    });
    return [];
  }
  if (first.length > 1) {
    context.report({
      code: 'LNT103',
      severity: 'error',
      message: `One ${kind.word} has one name; declare several with a range such as ${kind.word} x[1..4], or one below the other.`,
      start: first[1]?.start ?? term.start,
      end: first.at(-1)?.end ?? term.end,
    });
  }
  if (
    term.kind === 'name' ||
    term.kind === 'text' ||
    term.kind === 'path' ||
    term.kind === 'between' ||
    (term.kind === 'number' && (kind.word === 'port' || /^\d+$/.test(term.text)))
  ) {
    return membersOf(term, context.scope, context.report).map((member) => ({
      ...member,
      used: 1,
      nameSpan: { start: term.start, end: term.end },
    }));
  }
  context.report({
    code: 'LNT103',
    severity: 'error',
    message: `A name starts with a letter; put any other name in quotes.`,
    start: term.start,
    end: term.end,
  });
  return [];
}
