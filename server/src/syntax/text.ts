/** Texts in quotes: escapes and `{i + 1}` pieces. */
import type { Expr, SyntaxProblem, TextTerm } from './ast.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '{': '{', '}': '}' };

/** Longer arithmetic in a text is plain text: nobody writes it, and its brackets nest no deeper than the stack. */
const maxExpression = 200;

/**
 * Reads what stands between the quotes. `start` and `end` are those of the whole token, the opening quote included. A brace
 * that holds no arithmetic is plain text (`"{GUID}"` is a fair name), so nothing here needs escaping by accident.
 */
export function parseText(inner: string, start: number, end: number, problems: SyntaxProblem[]): TextTerm {
  if (!inner.includes('\\') && !inner.includes('{')) return { kind: 'text', parts: [inner], plain: inner, start, end };
  const parts: (string | Expr)[] = [];
  let plain = '';
  const base = start + 1;
  let close = inner.indexOf('}');
  for (let at = 0; at < inner.length; at += 1) {
    const sign = inner[at] ?? '';
    if (sign === '\\') {
      const next = inner[at + 1];
      const known = next === undefined ? undefined : escapes[next];
      if (known === undefined) {
        plain += '\\';
        if (next !== undefined)
          problems.push({
            code: 'LNT004',
            message: `"\\${next}" is no escape; write "\\\\" for a backslash.`,
            start: base + at,
            end: base + at + 2,
            fix: { title: 'Double the backslash', at: { start: base + at, end: base + at + 1 }, text: '\\\\' },
          });
      } else {
        plain += known;
        at += 1;
      }
    } else if (sign === '{') {
      if (close >= 0 && close < at) close = inner.indexOf('}', at);
      const expr = close < 0 || close - at > maxExpression ? undefined : parseSmall(inner.slice(at + 1, close), base + at + 1);
      if (expr) {
        if (plain) parts.push(plain);
        plain = '';
        parts.push(expr);
        at = close;
      } else plain += sign;
    } else plain += sign;
  }
  if (plain || parts.length === 0) parts.push(plain);
  const only = parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : undefined;
  return { kind: 'text', parts, start, end, ...(only !== undefined ? { plain: only } : {}) };
}

/** Arithmetic inside a text: names, whole numbers, `+ - * / %`, left to right with the usual precedence; undefined when it is anything else. */
function parseSmall(source: string, base: number): Expr | undefined {
  const tokens = [...source.matchAll(/\s*(?:(\d+)|([A-Za-z_]\w*)|([+\-*/%()]))/gy)];
  const used = tokens.reduce((sum, match) => sum + match[0].length, 0);
  if (tokens.length === 0 || source.slice(used).trim() !== '') return undefined;
  let at = 0;
  const sign = (): string | undefined => tokens[at]?.[3];
  const primary = (): Expr | undefined => {
    const match = tokens[at];
    if (!match) return undefined;
    const stop = base + match.index + match[0].length;
    const begin = stop - (match[1] ?? match[2] ?? match[3] ?? '').length;
    at += 1;
    if (match[1] !== undefined) return { kind: 'int', text: match[1], start: begin, end: stop };
    if (match[2] !== undefined) return { kind: 'var', name: match[2], start: begin, end: stop };
    if (match[3] !== '(') return undefined;
    const inner = sum();
    if (sign() !== ')') return undefined;
    at += 1;
    return inner;
  };
  const chain = (operand: () => Expr | undefined, signs: string): Expr | undefined => {
    let left = operand();
    for (let op = sign(); left && op !== undefined && signs.includes(op); op = sign()) {
      at += 1;
      const right = operand();
      if (!right) return undefined;
      left = { kind: 'op', op: op as '+' | '-' | '*' | '/' | '%', left, right, start: left.start, end: right.end };
    }
    return left;
  };
  const sum = (): Expr | undefined => chain(() => chain(primary, '*/%'), '+-');
  const expr = sum();
  return at === tokens.length ? expr : undefined;
}
