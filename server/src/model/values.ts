/** Terms to values: what a property's type makes of what was written. Never throws; a value that is none is a problem at that very term. */
import { assertNever } from '../base/assertNever.ts';
import type { Address, Ref, ValueKind } from '../schema/types.ts';
import type { Expr, Term, TextTerm } from '../syntax/ast.ts';
import { parseDate } from '../values/date.ts';
import { parsePciId, parseUsbId } from '../values/hexid.ts';
import { parseCidr, parseInterface, parseIp } from '../values/ip.ts';
import { parseMac, parseWwn } from '../values/mac.ts';
import { isProblem, type ValueProblem } from '../values/problem.ts';
import { parseQuantity, unitsOf } from '../values/quantity.ts';
import { nearest } from '../values/suggest.ts';
import { parseVersion } from '../values/version.ts';
import { vlanSet } from '../values/vlan.ts';
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
function fillText(term: TextTerm, scope: Scope, report: Report): string {
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

const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`);

/** What a type wants, for messages: "a size such as 256GB". */
export function wanted(kind: ValueKind): string {
  switch (kind.is) {
    case 'text':
      return 'a text in quotes';
    case 'word':
      return 'a word or a text in quotes';
    case 'int':
      return kind.min !== undefined && kind.max !== undefined
        ? `a whole number from ${kind.min} to ${kind.max}`
        : 'a whole number';
    case 'decimal':
      return 'a number';
    case 'yesno':
      return '"yes" or "no"';
    case 'choice':
      return `one of ${Object.keys(kind.of).join(', ')}`;
    case 'quantity':
      return `${article(kind.dimension)} with its unit (${unitsOf(kind.dimension).slice(-3).join(', ')})`;
    case 'between':
      return `two ${kind.dimension}s with ".." between them, such as 2s..30s`;
    case 'address':
      return 'an IP address, or NETWORK.host(n)';
    case 'ip':
      return 'an IP address';
    case 'cidr':
      return 'an address block such as 10.4.30.0/24';
    case 'mac':
      return 'a MAC address such as 00:50:56:01:02:03';
    case 'wwn':
      return 'a WWN such as 50:06:01:60:3b:a0:11:22';
    case 'hexid':
      return 'a PCI or USB id such as 8086:1572';
    case 'vlans':
      return 'VLAN ids, such as 10, 20, 100-120';
    case 'version':
      return 'a release such as 8.0u3';
    case 'date':
      return 'a date such as 2027-01-31';
    case 'ref':
      return kind.to.includes('*') ? 'the name of something' : `the name of ${kind.to.map(article).join(' or ')}`;
    case 'port':
      return 'a switch port such as sw-a/12';
    default:
      return assertNever(kind);
  }
}

/** The text of a term as it was written, for messages and free words. */
function writtenAs(term: Term, scope: Scope, report: Report): string | undefined {
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

/** Reads the values of one term (several only for names with ranges). Empty when there was a problem, which has been reported. */
export function readValues(kind: ValueKind, term: Term, scope: Scope, report: Report, depth = 0): readonly unknown[] {
  const wrong = (message: string, suggestions: readonly string[] = []): readonly [] => {
    report({
      code: 'LNT103',
      severity: 'error',
      message,
      start: term.start,
      end: term.end,
      ...(suggestions.length > 0 ? { suggestions } : {}),
    });
    return [];
  };
  const none = (): readonly [] => wrong(`Here belongs ${wanted(kind)}.`);
  // A name that was given by `let` stands for its value, where a name as such could not be meant.
  if (
    term.kind === 'name' &&
    depth < 20 &&
    kind.is !== 'ref' &&
    kind.is !== 'port' &&
    kind.is !== 'choice' &&
    kind.is !== 'yesno' &&
    kind.is !== 'word'
  ) {
    const given = scope.let(term.text);
    if (given)
      return readValues(
        kind,
        given,
        scope,
        ({ start: _s, end: _e, ...rest }) => report({ ...rest, start: term.start, end: term.end }),
        depth + 1,
      );
  }
  const parsed = <T extends object>(answer: T, give: (value: Exclude<T, ValueProblem>) => unknown): readonly unknown[] =>
    isProblem<object>(answer)
      ? wrong(`${answer.problem}.`, answer.suggestion !== undefined ? [answer.suggestion] : [])
      : [give(answer as Exclude<T, ValueProblem>)];
  const literal = (): string | undefined => {
    switch (term.kind) {
      case 'number':
      case 'ipv4':
      case 'ipv6':
      case 'mac':
      case 'wwn':
      case 'hexid':
      case 'date':
      case 'name':
        return term.text;
      case 'text':
        return fillText(term, scope, report);
      case 'expr': {
        const value = evaluate(term.expr, scope, report);
        return value === undefined ? undefined : String(value);
      }
      default:
        return undefined;
    }
  };
  switch (kind.is) {
    case 'text':
    case 'word': {
      const text = writtenAs(term, scope, report);
      return text === undefined ? [] : [text];
    }
    case 'yesno': {
      if (term.kind === 'name' && (term.text === 'yes' || term.text === 'no')) return [term.text === 'yes'];
      return wrong(
        'Here belongs "yes" or "no".',
        term.kind === 'name' && ['true', 'on', 'enabled'].includes(term.text)
          ? ['yes']
          : term.kind === 'name' && ['false', 'off', 'disabled'].includes(term.text)
            ? ['no']
            : [],
      );
    }
    case 'int': {
      const text = literal();
      if (text === undefined || !/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) return none();
      const value = Number(text);
      if ((kind.min !== undefined && value < kind.min) || (kind.max !== undefined && value > kind.max))
        return wrong(`${value} is out of range: here belongs ${wanted(kind)}.`);
      return [value];
    }
    case 'decimal': {
      const text = literal();
      return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? [Number(text)] : none();
    }
    case 'choice': {
      const text = literal();
      if (text !== undefined && Object.hasOwn(kind.of, text)) return [text];
      const words = Object.keys(kind.of);
      return wrong(
        `"${text ?? '?'}" is not known here; it is ${words.length > 8 ? 'one of ' : ''}${words.join(', ').replace(/, ([^,]*)$/, ' or $1')}.`,
        text === undefined ? [] : nearest(text, words),
      );
    }
    case 'quantity': {
      const text = literal();
      return text === undefined ? none() : parsed(parseQuantity(text, kind.dimension), (quantity) => quantity.value);
    }
    case 'between': {
      if (term.kind === 'between') {
        const from = parseQuantity(term.from.text, kind.dimension);
        const to = parseQuantity(term.to.text, kind.dimension);
        if (isProblem(from)) return wrong(`${from.problem}.`);
        if (isProblem(to)) return wrong(`${to.problem}.`);
        return from.value > to.value ? wrong('The first of the two is the smaller one.') : [{ from: from.value, to: to.value }];
      }
      const text = literal();
      return text === undefined
        ? none()
        : parsed(parseQuantity(text, kind.dimension), (quantity) => ({ from: quantity.value, to: quantity.value }));
    }
    case 'ip': {
      const text = literal();
      return text === undefined ? none() : parsed(parseIp(text), (ip) => ip.text);
    }
    case 'cidr': {
      const text = literal();
      return text === undefined ? none() : parsed(parseCidr(text), (block) => block.text);
    }
    case 'address': {
      if (term.kind === 'name' && term.text === 'dhcp') return [{ dhcp: true } satisfies Address];
      if (term.kind === 'path') {
        const expanded = expandPath(term, scope, report);
        const [first] = expanded;
        if (first?.host === undefined) return expanded.length === 0 ? [] : none();
        return [{ network: { ref: first.segments }, host: first.host } satisfies Address];
      }
      const text = literal();
      if (text === undefined) return none();
      if (text.includes('/'))
        return parsed(parseInterface(text), (both) => ({ ip: both.ip.text, prefix: both.cidr.prefix }) satisfies Address);
      return parsed(parseIp(text), (ip) => ({ ip: ip.text }) satisfies Address);
    }
    case 'mac': {
      const text = literal();
      return text === undefined ? none() : parsed(parseMac(text), (mac) => mac.text);
    }
    case 'wwn': {
      const text = literal();
      return text === undefined ? none() : parsed(parseWwn(text), (wwn) => wwn.text);
    }
    case 'hexid': {
      const text = literal();
      if (text === undefined) return none();
      const usb = parseUsbId(text);
      return isProblem(usb) ? parsed(parsePciId(text), (id) => id.text) : [text.toLowerCase()];
    }
    case 'vlans': {
      if (term.kind === 'between' && /^\d+$/.test(term.from.text) && /^\d+$/.test(term.to.text)) {
        const range = [Number(term.from.text), Number(term.to.text)] as const;
        return range[0] > range[1] || range[1] > 4095 ? none() : [range];
      }
      const text = literal();
      return text !== undefined && /^\d+$/.test(text) && Number(text) <= 4095 ? [[Number(text), Number(text)]] : none();
    }
    case 'version': {
      const text = literal();
      return text === undefined ? none() : parsed(parseVersion(text), (release) => release.text);
    }
    case 'date': {
      const text = literal();
      return text === undefined ? none() : parsed(parseDate(text), () => text);
    }
    case 'ref':
    case 'port': {
      if (term.kind !== 'name' && term.kind !== 'text' && term.kind !== 'path' && !(term.kind === 'number' && kind.is === 'ref'))
        return none();
      const refs: Ref[] = [];
      for (const { segments, glob, host } of expandPath(term, scope, report)) {
        if (host !== undefined || segments.some((segment) => segment === '')) return none();
        // Copied to just its length: a list that has grown keeps room for sixteen more, in tens of thousands of names.
        refs.push(glob ? { ref: segments.slice(), glob: true } : { ref: segments.slice() });
      }
      return refs.slice();
    }
    default:
      return assertNever(kind);
  }
}

/** Several values of a list operand become one value where the type says so (VLAN sets). */
export function combine(kind: ValueKind, values: readonly unknown[]): unknown {
  return kind.is === 'vlans' ? vlanSet(values as readonly (readonly [number, number])[]) : values;
}
