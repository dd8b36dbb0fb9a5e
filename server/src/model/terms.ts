/** Terms by what they stand for: arithmetic done, ranges made into names, texts filled in. Never throws; what is wrong is a problem at that very term. */
import { assertNever } from '../base/assertNever.ts';
import type { Expr, Term, TextTerm } from '../syntax/ast.ts';
import type { LowerProblem } from './problem.ts';

/** What names stand for while a value is read. */
export interface Scope {
  /** Range indexes. */
  readonly vars: ReadonlyMap<string, number>;
  /** The term of a `let`, if there is one of that name. */
  let(name: string): Term | undefined;
}

export type Report = (problem: LowerProblem) => void;

/** More members than this are refused: a slip of the finger must not cost the machine. */
const maxMembers = 10_000;

/** Evaluates index arithmetic; division rounds down. Undefined (and a problem) when a name is unknown or the result is no whole number. */
export function evaluate(expr: Expr, scope: Scope, report: Report, depth = 0): number | undefined {
  const fail = (message: string): undefined => {
    report({ code: 'LNT103', severity: 'error', message, start: expr.start, end: Math.max(expr.end, expr.start + 1) });
    return undefined;
  };
  switch (expr.kind) {
    case 'hole':
      return undefined;
    case 'int': {
      const value = Number(expr.text);
      return Number.isSafeInteger(value)
        ? value
        : fail(`"${expr.text}" is no whole number; only whole numbers can be reckoned with here.`);
    }
    case 'var': {
      const bound = scope.vars.get(expr.name);
      if (bound !== undefined) return bound;
      const term = depth < 20 ? scope.let(expr.name) : undefined;
      if (term?.kind === 'number' && /^\d+$/.test(term.text)) return Number(term.text);
      if (term?.kind === 'expr') return evaluate(term.expr, scope, report, depth + 1);
      // A name may hold a hyphen, so `i-1` is one word; what else could be meant here.
      const minus = /^([A-Za-z_]\w*)-(\d+)$/.exec(expr.name);
      const base = minus ? scope.vars.get(minus[1] ?? '') : undefined;
      if (minus && base !== undefined) return base - Number(minus[2]);
      return fail(`"${expr.name}" stands for no number here: it is neither the index of a range nor a "let".`);
    }
    case 'op': {
      const left = evaluate(expr.left, scope, report, depth + 1);
      const right = evaluate(expr.right, scope, report, depth + 1);
      if (left === undefined || right === undefined) return undefined;
      if ((expr.op === '/' || expr.op === '%') && right === 0) return fail('This divides by zero.');
      const result =
        expr.op === '+'
          ? left + right
          : expr.op === '-'
            ? left - right
            : expr.op === '*'
              ? left * right
              : expr.op === '/'
                ? Math.floor(left / right)
                : left % right;
      return Number.isSafeInteger(result) ? result : fail('This number is too large.');
    }
    default:
      return assertNever(expr);
  }
}

/** A text with its `{i}` pieces filled in. */
export function fillText(term: TextTerm, scope: Scope, report: Report): string {
  if (term.plain !== undefined) return term.plain;
  return term.parts.map((part) => (typeof part === 'string' ? part : String(evaluate(part, scope, report) ?? ''))).join('');
}

/** A name made by a range, with the index that it was made with. */
export interface Member {
  readonly name: string;
  readonly vars: ReadonlyMap<string, number>;
}

/** Segments of a path with every range in it expanded: `esx[1..2].vmnic[0..1]` gives four. */
export function expandPath(
  term: Term,
  scope: Scope,
  report: Report,
): readonly {
  readonly segments: readonly string[];
  readonly glob: boolean;
  readonly vars: ReadonlyMap<string, number>;
  readonly host?: number;
}[] {
  if (term.kind === 'name') return [{ segments: [term.text], glob: false, vars: scope.vars }];
  if (term.kind === 'text') return [{ segments: [fillText(term, scope, report)], glob: false, vars: scope.vars }];
  if (term.kind === 'number') return [{ segments: [term.text], glob: false, vars: scope.vars }];
  if (term.kind !== 'path') return [];
  type Partial = { segments: string[]; glob: boolean; vars: ReadonlyMap<string, number>; host?: number };
  let made: Partial[] = [{ segments: [''], glob: false, vars: scope.vars }];
  const append = (text: string): void => {
    for (const item of made) item.segments[item.segments.length - 1] += text;
  };
  for (let at = 0; at < term.pieces.length; at += 1) {
    const piece = term.pieces[at];
    if (!piece) continue;
    switch (piece.kind) {
      case 'word':
        append(piece.text);
        break;
      case 'quoted':
        append(fillText(piece.text, scope, report));
        break;
      case 'dot':
      case 'slash':
        for (const item of made) item.segments.push('');
        break;
      case 'star':
        for (const item of made) {
          item.segments[item.segments.length - 1] += '*';
          item.glob = true;
        }
        break;
      case 'call':
        for (const item of made) {
          const value = evaluate(piece.expr, { ...scope, vars: item.vars }, report);
          if (value === undefined) return [];
          if (item.segments.at(-1) === 'host' && item.segments.length > 1 && at === term.pieces.length - 1) {
            item.segments.pop();
            item.host = value;
          } else item.segments[item.segments.length - 1] += String(value);
        }
        break;
      case 'index': {
        const next: Partial[] = [];
        for (const item of made) {
          for (const part of piece.items) {
            const inner = { ...scope, vars: item.vars };
            const from = evaluate(part.from, inner, report);
            const to = part.to ? evaluate(part.to, inner, report) : from;
            if (from === undefined || to === undefined) return [];
            if (to < from || to - from >= maxMembers || next.length + (to - from) >= maxMembers) {
              report({
                code: 'LNT106',
                severity: 'error',
                start: piece.start,
                end: piece.end,
                message:
                  to < from
                    ? `This range runs backwards: ${from} is more than ${to}.`
                    : `This range has ${(to - from + 1).toLocaleString('en-US')} members; a design holds at most ${maxMembers.toLocaleString('en-US')} in one range.`,
              });
              return [];
            }
            const width = part.from.kind === 'int' && part.from.text.startsWith('0') ? part.from.text.length : 0;
            for (let n = from; n <= to; n += 1) {
              const vars =
                part.to || piece.variable || piece.items.length > 1
                  ? new Map(item.vars).set(piece.variable?.text ?? 'i', n)
                  : item.vars;
              const segments = [...item.segments];
              segments[segments.length - 1] += String(n).padStart(width, '0');
              next.push({ ...item, segments, vars });
            }
          }
        }
        made = next;
        break;
      }
      default:
        assertNever(piece);
    }
  }
  return made;
}

/** The names that an entry's name makes, with the index of each. */
export function membersOf(term: Term, scope: Scope, report: Report): readonly Member[] {
  if (term.kind === 'between') {
    const from = Number(term.from.text);
    const to = Number(term.to.text);
    if (Number.isInteger(from) && Number.isInteger(to) && from <= to && to - from < maxMembers) {
      return Array.from({ length: to - from + 1 }, (_, k) => ({
        name: String(from + k),
        vars: new Map(scope.vars).set('i', from + k),
      }));
    }
    report({
      code: 'LNT106',
      severity: 'error',
      start: term.start,
      end: term.end,
      message: `"${term.from.text}..${term.to.text}" is no range of whole numbers that a design could hold.`,
    });
    return [];
  }
  const expanded = expandPath(term, scope, report);
  const members: Member[] = [];
  for (const { segments, glob, vars } of expanded) {
    if (glob || segments.length > 1) {
      report({
        code: 'LNT103',
        severity: 'error',
        start: term.start,
        end: term.end,
        message: 'A new thing has one plain name; put a name with other signs in quotes.',
      });
      return [];
    }
    members.push({ name: segments[0] ?? '', vars });
  }
  return members;
}

/** The text of a term as it was written, for messages and free words. */
export function writtenAs(term: Term, scope: Scope, report: Report): string | undefined {
  switch (term.kind) {
    case 'name':
      return term.text;
    case 'number':
      return term.text;
    case 'text':
      return fillText(term, scope, report);
    case 'ipv4':
    case 'ipv6':
    case 'mac':
    case 'wwn':
    case 'hexid':
    case 'date':
      return term.text;
    case 'between':
      return `${term.from.text}..${term.to.text}`;
    case 'expr': {
      const value = evaluate(term.expr, scope, report);
      return value === undefined ? undefined : String(value);
    }
    case 'path': {
      const [first] = expandPath(term, scope, report);
      return first?.segments.join('.');
    }
    case 'equals':
      return undefined;
    default:
      return assertNever(term);
  }
}
