/** A line's words told apart into operands and inline properties, and their values read. */
import type { Span } from '../../base/span.ts';
import type { Kind, Operand, Prop } from '../../schema/types.ts';
import { kindOf, propOf } from '../../schema/vocabulary.ts';
import type { Entry, Group, NameTerm } from '../../syntax/ast.ts';
import { nearest } from '../../values/suggest.ts';
import { combine, readValues, wanted } from '../values.ts';
import { type Context, setIn, silent, spanOnly, tell } from './draft.ts';
import { type PropOwner, takes, wordOf } from './words.ts';

/** Binds a child that stands on the line; returns the group behind it. */
type ChildBinder = (kind: Kind, word: NameTerm, at: number) => number;

/**
 * Inline properties. A word belongs to the innermost property that knows it; one that only an outer one knows ends the inner.
 * Returns the group at which it stopped.
 */
export function bindInline(
  owners: readonly PropOwner[],
  groups: readonly Group[],
  at: number,
  entry: Entry,
  context: Context,
  path: string,
  prefix: string,
  set: (name: string, prop: Prop, value: unknown, span: Span) => void,
  child?: ChildBinder,
): number {
  const [own, ...outer] = owners;
  let next = at;
  const given = new Set<string>();
  while (next < groups.length) {
    const group = groups[next] as Group;
    const word = wordOf(group);
    const prop = word && own ? propOf(own, word.text) : undefined;
    if (word && prop) {
      if (given.has(word.text) && !prop.many) {
        context.report({
          code: 'LNT108',
          severity: 'warning',
          message: `"${word.text}" is said twice in this line; the last one counts.`,
          ...spanOnly(word.span),
        });
      }
      given.add(word.text);
      const full = prefix === '' ? word.text : `${prefix}.${word.text}`;
      const read = readProp(prop, word.text, word.span, entry, groups, next + 1, owners, context, path, full);
      next = read.next;
      set(word.text, prop, read.value, word.span);
      continue;
    }
    if (outer.length > 0) return next;
    const kind = word && child ? kindOf(word.text) : undefined;
    if (word && child && kind && own?.children?.includes(kind.word)) {
      next = child(kind, { kind: 'name', text: word.text, ...spanOnly(word.span) }, next + 1);
      continue;
    }
    reportUnknown(own, group, entry, context);
    // Skip to the next word that is known, so that the rest of the line keeps its meaning.
    next += 1;
    while (next < groups.length) {
      const later = wordOf(groups[next]);
      if (
        later &&
        own &&
        (Object.hasOwn(own.props, later.text) || (child && own.children?.includes(kindOf(later.text)?.word ?? '')))
      )
        break;
      next += 1;
    }
  }
  return next;
}

function reportUnknown(own: PropOwner | undefined, group: Group, entry: Entry, context: Context): void {
  const [term] = group;
  const span = { start: term.start, end: group.at(-1)?.end ?? term.end };
  const words = own ? Object.keys(own.props) : [];
  if (term.kind === 'name' && group.length === 1) {
    const near = nearest(term.text, words);
    context.report({
      code: 'LNT101',
      severity: 'error',
      message: `"${entry.word.text}" has no property "${term.text}"${near[0] !== undefined ? `; did you mean "${near[0]}"?` : '.'}`,
      ...span,
      suggestions: near,
    });
  } else {
    context.report({
      code: 'LNT101',
      severity: 'error',
      message: `Nothing announces this value: put the property that it belongs to before it${words.length > 0 && words.length <= 6 ? ` (${words.join(', ')})` : ''}.`,
      ...span,
    });
  }
}

/** Reads the operands of a property and then, for a record, its inline properties. `at` is the group behind the word. */
export function readProp(
  prop: Prop,
  name: string,
  word: Span,
  entry: Entry,
  groups: readonly Group[],
  at: number,
  owners: readonly PropOwner[],
  context: Context,
  path: string,
  full: string,
): { readonly value: unknown; readonly next: number } {
  let next = at;
  const record: Record<string, unknown> = {};
  let bare: unknown;
  let missing = false;
  const names = Object.entries(prop.operands);
  const spanStart = groups[at]?.[0].start;
  for (const [key, operand] of names) {
    if (operand.after !== undefined) {
      const fixed = wordOf(groups[next]);
      if (fixed?.text === operand.after) next += 1;
      else if (!operand.optional) {
        context.report({
          code: 'LNT102',
          severity: 'error',
          message: `"${operand.after}" and ${wanted(operand.type.kind)} are missing here: ${prop.example ?? name}.`,
          ...spanOnly(groups[next - 1]?.[0] ?? word),
        });
        missing = true;
        break;
      }
    }
    const group = groups[next];
    const taken = group && takes(operand, group, groups[next + 1], [...(prop.record ? [prop] : []), ...owners]);
    if (!group || !taken) {
      if (operand.optional) {
        if (operand.type.kind.is === 'yesno' && !prop.record) bare = true;
        continue;
      }
      context.report({
        code: 'LNT102',
        severity: 'error',
        message: `"${name}" needs ${wanted(operand.type.kind)}${prop.example !== undefined ? `, for example: ${prop.example}` : ''}.`,
        ...spanOnly(word),
      });
      missing = true;
      break;
    }
    next += 1;
    const value = readOperand(operand, group, name, context);
    const span = { start: group[0].start, end: group.at(-1)?.end ?? group[0].end };
    if (prop.record) {
      if (value !== undefined) record[key] = value;
      if (context.trace) traceValue(context, path, `${full}.${key}`, entry, word, span, group, operand);
    } else {
      bare = value;
      if (context.trace) traceItems(context, path, full, entry, word, group, operand);
    }
  }
  if (prop.record) {
    next = bindInline([prop, ...owners], groups, next, entry, context, path, full, (key, inner, value) =>
      setIn(record, inner, key, value),
    );
  }
  const last = groups[next - 1];
  const span =
    spanStart !== undefined && next > at && last ? { start: spanStart, end: last.at(-1)?.end ?? last[0].end } : spanOnly(word);
  tell(context, path, full, { entry, word, span });
  if (prop.record) return { value: record, next };
  return { value: missing ? undefined : bare, next };
}

function traceValue(
  context: Context,
  path: string,
  full: string,
  entry: Entry,
  word: Span,
  span: Span,
  group: Group,
  operand: Operand,
): void {
  tell(context, path, full, { entry, word, span });
  traceItems(context, path, full, entry, word, group, operand);
}

/** One path for each value of a list: `uplinks.0`, `uplinks.1`. */
function traceItems(
  context: Context,
  path: string,
  full: string,
  entry: Entry,
  word: Span,
  group: Group,
  operand: Operand,
): void {
  let at = 0;
  for (const term of group) {
    // A range in a list gives several values; each of them stands where the range does.
    const values =
      group.length > 1 || term.kind === 'path'
        ? Math.max(1, readValues(operand.type.kind, term, context.scope, silent).length)
        : 1;
    for (let k = 0; k < Math.min(values, 200); k += 1, at += 1) {
      tell(context, path, `${full}.${at}`, { entry, word, span: term });
    }
  }
}

function readOperand(operand: Operand, group: Group, name: string, context: Context): unknown {
  const kind = operand.type.kind;
  if (!operand.list && kind.is !== 'vlans' && group.length > 1) {
    context.report({
      code: 'LNT103',
      severity: 'error',
      message: `"${name}" takes one value.`,
      start: group[1]?.start ?? group[0].start,
      end: group.at(-1)?.end ?? group[0].end,
    });
  }
  if (!operand.list && kind.is !== 'vlans') {
    const values = readValues(kind, group[0], context.scope, context.report);
    if (values.length > 1)
      context.report({
        code: 'LNT103',
        severity: 'error',
        message: `"${name}" takes one value; this range makes ${values.length}.`,
        start: group[0].start,
        end: group[0].end,
      });
    return values[0];
  }
  const values = group.flatMap((term) => [...readValues(kind, term, context.scope, context.report)]);
  return values.length === 0 ? undefined : combine(kind, values);
}
