/** Terms to values: what a property's type makes of what was written. Never throws; a value that is none is a problem at that very term. */
import { assertNever } from '../base/assertNever.ts';
import type { Address, Ref, ValueKind } from '../schema/types.ts';
import type { Term } from '../syntax/ast.ts';
import { parseDate } from '../values/date.ts';
import { parsePciId, parseUsbId } from '../values/hexid.ts';
import { parseCidr, parseInterface, parseIp } from '../values/ip.ts';
import { parseMac, parseWwn } from '../values/mac.ts';
import { isProblem, type ValueProblem } from '../values/problem.ts';
import { parseQuantity, unitsOf } from '../values/quantity.ts';
import { nearest } from '../values/suggest.ts';
import { parseVersion } from '../values/version.ts';
import { vlanSet } from '../values/vlan.ts';
import { evaluate, expandPath, fillText, type Report, type Scope, writtenAs } from './terms.ts';

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
