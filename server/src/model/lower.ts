/**
 * Lowering: entries and vocabulary to entity data. This is where a line's words are told apart into operands and inline
 * properties, profiles are laid under what an entry says itself, and ranges become members. Pure: what it needs of the rest of
 * the design (profiles, `let`) comes through the environment.
 */
import type { Span } from '../base/span.ts';
import type { Kind, Operand, Prop } from '../schema/types.ts';
import { type KindName, kindOf, kindWords, propOf } from '../schema/vocabulary.ts';
import type { Entry, Group, NameTerm, Term } from '../syntax/ast.ts';
import { nearest } from '../values/suggest.ts';
import type { EntityData } from './entity.ts';
import type { LowerProblem } from './problem.ts';
import { combine, membersOf, type Report, readValues, type Scope, wanted } from './values.ts';

export interface ProfileSource {
  readonly entry: Entry;
  /** What the profile's own text belongs to; handed back to the tracer. */
  readonly home: unknown;
}

/** What lowering asks of the design around an entry. */
export interface Environment {
  profile(name: string): ProfileSource | undefined;
  profileNames(): Iterable<string>;
  let(name: string): Term | undefined;
}

/** Where a property came from: told to whoever asks (hover, findings, fixes). */
export interface Origin {
  readonly home: unknown;
  readonly entry: Entry;
  /** The word of the property, or of the entity itself. */
  readonly word: Span;
  /** Its values. */
  readonly span: Span;
  readonly profile?: string;
}
/** Receives each thing as it is bound: `path` is the entity's path below the unit, `prop` the property path or '' for the entity itself. */
export type Tracer = (path: string, prop: string, origin: Origin) => void;

interface Draft {
  kind: Kind;
  name: string;
  label?: string;
  doc?: string;
  props: Record<string, unknown>;
  children: Draft[];
  /** Anonymous children so far, by kind. */
  counts: Record<string, number>;
  /** Children that the entry under way has declared, to notice a second one. */
  made: Set<string>;
}

/** Where binding stands: what is being read, for whom. */
interface Context {
  readonly env: Environment;
  readonly scope: Scope;
  readonly report: Report;
  readonly trace?: Tracer;
  readonly home: unknown;
  readonly profile?: string;
}

const draftOf = (kind: Kind, name: string): Draft => ({ kind, name, props: {}, children: [], counts: {}, made: new Set() });

/** Most things hold nothing: one list for all of them. */
const childless: readonly EntityData[] = [];

const finish = (draft: Draft): EntityData => ({
  kind: draft.kind.word as KindName,
  name: draft.name,
  ...(draft.label !== undefined ? { label: draft.label } : {}),
  ...(draft.doc !== undefined ? { doc: draft.doc } : {}),
  props: draft.props,
  children: draft.children.length === 0 ? childless : draft.children.map(finish),
});

export interface Lowered {
  readonly units: readonly EntityData[];
  readonly problems: readonly LowerProblem[];
}

const silent: Report = () => {};

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

const profileName = (term: Term | undefined): string | undefined =>
  term?.kind === 'name' ? term.text : term?.kind === 'text' ? term.plain : undefined;

/** The names along which a profile comes back to itself, or undefined. */
function circleOf(entry: Entry, env: Environment): readonly string[] | undefined {
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

/** Binds one member again and tells the tracer where everything came from. */
export function traceMember(entry: Entry, name: string, env: Environment, home: unknown, trace: Tracer): void {
  const kind = kindOf(entry.word.text);
  if (!kind) return;
  const context: Context = { env, scope: { vars: new Map(), let: env.let }, report: silent, home, trace };
  const member = membersOfEntry(kind, entry, context).find((candidate) => candidate.name === name);
  if (member) bindMember(kind, entry, member, { ...context, scope: { vars: member.vars, let: env.let } });
}

interface Named {
  readonly name: string;
  readonly vars: ReadonlyMap<string, number>;
  /** Groups that the name took. */
  readonly used: number;
  readonly nameSpan: Span;
}

function membersOfEntry(kind: Kind, entry: Entry, context: Context): readonly Named[] {
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

/** Whether the first term behind the word is the name of a thing that need not have one. */
export function canName(kind: Kind, term: Term | undefined): boolean {
  const operand = kind.operands.length > 0 ? kind.props[kind.operands[0] ?? '']?.operands.value : undefined;
  const isName =
    term !== undefined &&
    (term.kind === 'name' ||
      term.kind === 'text' ||
      (term.kind === 'path' && !term.pieces.some((piece) => piece.kind === 'dot' || piece.kind === 'slash')));
  const isWord =
    term?.kind === 'name' &&
    (Object.hasOwn(kind.props, term.text) ||
      (operand?.type.kind.is === 'choice' && Object.hasOwn(operand.type.kind.of, term.text)));
  return isName && !isWord;
}

function bindMember(kind: Kind, entry: Entry, member: Named, context: Context): Draft {
  const draft = draftOf(kind, member.name);
  applyProfiles(draft, entry, context);
  bindOwn(draft, entry, member, '', context);
  return draft;
}

/** What the entry itself says, on top of what its profiles said. */
function bindOwn(draft: Draft, entry: Entry, member: Named, path: string, context: Context): void {
  if (entry.doc !== undefined) draft.doc = entry.doc;
  newLayer(draft);
  context.trace?.(path, '', {
    home: context.home,
    entry,
    word: entry.word,
    span: member.nameSpan,
    ...(context.profile !== undefined ? { profile: context.profile } : {}),
  });
  bindGroups(draft.kind, entry, entry.groups, member.used, draft, path, context, false);
  bindBody(entry, draft, path, context);
}

/** A profile, and what the entry itself says, each declare a child once; the later refines the earlier. */
function newLayer(draft: Draft): void {
  draft.made.clear();
  for (const child of draft.children) newLayer(child);
}

const profileStack: string[] = [];

function applyProfiles(draft: Draft, entry: Entry, context: Context, path = ''): void {
  for (const term of entry.profiles ?? []) {
    const name = term.kind === 'name' ? term.text : term.kind === 'text' ? term.plain : undefined;
    const source = name === undefined ? undefined : context.env.profile(name);
    if (name === undefined || !source) {
      const near = name === undefined ? [] : nearest(name, context.env.profileNames());
      context.report({
        code: 'LNT107',
        severity: 'error',
        message: `There is no profile "${name ?? ''}"${near[0] !== undefined ? `; did you mean "${near[0]}"?` : '; declare it with "profile NAME of KIND { … }".'}`,
        start: term.start,
        end: term.end,
        suggestions: near,
      });
      continue;
    }
    const of = profileHead(source.entry);
    if (of.kind && of.kind !== draft.kind) {
      context.report({
        code: 'LNT107',
        severity: 'error',
        message: `Profile "${name}" is for ${of.kind.word}, this is ${draft.kind.word}.`,
        start: term.start,
        end: term.end,
      });
      continue;
    }
    if (profileStack.includes(name) || profileStack.length > 20) {
      context.report({
        code: 'LNT107',
        severity: 'error',
        message: `Profile "${name}" is made of itself: ${[...profileStack, name].join(' → ')}.`,
        start: term.start,
        end: term.end,
      });
      continue;
    }
    profileStack.push(name);
    try {
      const inner: Context = { ...context, report: silent, home: source.home, profile: name };
      applyProfiles(draft, source.entry, inner, path);
      newLayer(draft);
      bindGroups(draft.kind, source.entry, source.entry.groups, of.skip, draft, path, inner, true);
      bindBody(source.entry, draft, path, inner);
    } finally {
      profileStack.pop();
    }
  }
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

/** The group at which a child that starts at `at` (behind its word) ends: the next word that its parent knows and it does not. */
export function endOfChild(parent: Kind, kind: Kind, groups: readonly Group[], at: number): number {
  // The name may look like a word of the parent; it is taken first.
  let end = kind.naming === 'required' ? Math.min(at + 1, groups.length) : at;
  for (; end < groups.length; end += 1) {
    const own = wordOf(groups[end]);
    if (!own) continue;
    const prop = propOf(kind, own.text);
    if (prop) {
      // Its value may look like a word of the parent, too (`type usb`).
      const value = wordOf(groups[end + 1]);
      if (value && !Object.hasOwn(kind.props, value.text) && Object.values(prop.operands).some((operand) => !operand.optional))
        end += 1;
      continue;
    }
    const other = kindOf(own.text);
    if (
      Object.hasOwn(parent.props, own.text) ||
      (other && parent.children.includes(other.word) && !kind.children.includes(other.word))
    )
      break;
  }
  return end;
}

export type PropOwner = { readonly props: Readonly<Record<string, Prop>>; readonly children?: readonly string[] };
/** Binds a child that stands on the line; returns the group behind it. */
type ChildBinder = (kind: Kind, word: NameTerm, at: number) => number;

/** A group that is a single bare word. */
export const wordOf = (group: Group | undefined): { readonly text: string; readonly span: Span } | undefined => {
  const term = group?.length === 1 ? group[0] : undefined;
  return term?.kind === 'name' ? { text: term.text, span: term } : undefined;
};

/** Label, operands and inline properties of a kind, from group `at` on. */
function bindGroups(
  kind: Kind,
  entry: Entry,
  groups: readonly Group[],
  at: number,
  draft: Draft,
  path: string,
  context: Context,
  fromProfile: boolean,
): void {
  let next = at;
  const group = groups[next];
  if (kind.labelled && !fromProfile && group?.length === 1 && group[0].kind === 'text') {
    const [label] = readValues({ is: 'text' }, group[0], context.scope, context.report);
    if (typeof label === 'string') draft.label = label;
    next += 1;
  }
  for (const name of kind.operands) {
    const prop = propOf(kind, name);
    const term = groups[next]?.[0];
    if (!prop || !term) continue;
    if (term.kind === 'name' && Object.hasOwn(kind.props, term.text)) continue;
    if (!acceptable(prop, term)) continue;
    const reader = readProp(prop, name, term, entry, groups, next, [kind], context, path, `${name}`);
    next = reader.next;
    assign(draft, prop, name, reader.value);
  }
  bindLine(draft, entry, groups, next, path, context);
}

/** Inline properties and children of an entity, from group `at` on. */
function bindLine(draft: Draft, entry: Entry, groups: readonly Group[], at: number, path: string, context: Context): void {
  bindInline(
    [{ props: draft.kind.props, children: draft.kind.children }],
    groups,
    at,
    entry,
    context,
    path,
    '',
    (name, prop, value) => assign(draft, prop, name, value),
    (kind, word, from) => bindInlineChild(draft, kind, word, groups, from, path, context),
  );
}

/**
 * Several entries may share a line: `rack r1 units 42 { feed A from ups-a  feed B from ups-b }`. The child takes what its kind
 * knows, up to the next word that only its parent knows. Returns the group behind it.
 */
function bindInlineChild(
  parent: Draft,
  kind: Kind,
  word: NameTerm,
  groups: readonly Group[],
  at: number,
  path: string,
  context: Context,
): number {
  const end = endOfChild(parent.kind, kind, groups, at);
  const own = groups.slice(at, end);
  const last = own.at(-1)?.at(-1)?.end ?? word.end;
  const line: Entry = { word, groups: own, start: word.start, end: last, headEnd: last };
  bindChild(line, kind, parent, path, context);
  return end;
}

/** Whether an operand that is not announced by a word could be this term. */
export function acceptable(prop: Prop, term: Term): boolean {
  const first = Object.values(prop.operands)[0];
  if (first?.type.kind.is === 'choice') return term.kind === 'name' && Object.hasOwn(first.type.kind.of, term.text);
  if (first?.type.kind.is === 'quantity') return term.kind === 'number';
  return term.kind === 'name' || term.kind === 'text' || term.kind === 'number';
}

function assign(draft: Draft, prop: Prop, name: string, value: unknown): void {
  if (value === undefined) return;
  if (prop.many) draft.props[name] = [...((draft.props[name] as unknown[] | undefined) ?? []), value];
  else if (prop.record && typeof draft.props[name] === 'object' && typeof value === 'object')
    draft.props[name] = { ...(draft.props[name] as object), ...(value as object) };
  else draft.props[name] = value;
}

/**
 * Inline properties. A word belongs to the innermost property that knows it; one that only an outer one knows ends the inner.
 * Returns the group at which it stopped.
 */
function bindInline(
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

const spanOnly = (span: Span): Span => ({ start: span.start, end: span.end });

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
function readProp(
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
  context.trace?.(path, full, {
    home: context.home,
    entry,
    word: spanOnly(word),
    span,
    ...(context.profile !== undefined ? { profile: context.profile } : {}),
  });
  if (prop.record) return { value: record, next };
  return { value: missing ? undefined : bare, next };
}

function setIn(record: Record<string, unknown>, prop: Prop, key: string, value: unknown): void {
  if (value === undefined) return;
  record[key] = prop.many ? [...((record[key] as unknown[] | undefined) ?? []), value] : value;
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
  context.trace?.(path, full, {
    home: context.home,
    entry,
    word: spanOnly(word),
    span,
    ...(context.profile !== undefined ? { profile: context.profile } : {}),
  });
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
      context.trace?.(path, `${full}.${at}`, {
        home: context.home,
        entry,
        word: spanOnly(word),
        span: spanOnly(term),
        ...(context.profile !== undefined ? { profile: context.profile } : {}),
      });
    }
  }
}

/** Whether a group is this operand, or rather the word of the next property. */
export function takes(operand: Operand, group: Group, following: Group | undefined, owners: readonly PropOwner[]): boolean {
  const word = wordOf(group);
  const kind = operand.type.kind;
  if (kind.is === 'choice' && word && Object.hasOwn(kind.of, word.text)) return true;
  if (kind.is === 'yesno' && word)
    return (
      word.text === 'yes' ||
      word.text === 'no' ||
      (!operand.optional && !owners.some((owner) => Object.hasOwn(owner.props, word.text)))
    );
  const known = word !== undefined && owners.some((owner) => Object.hasOwn(owner.props, word.text));
  if (operand.optional) {
    if (known || kind.is === 'yesno') return false;
    if (kind.is === 'choice') return false;
    if (kind.is === 'version' || kind.is === 'int' || kind.is === 'quantity')
      return group[0].kind === 'number' || group[0].kind === 'expr' || group[0].kind === 'ipv4';
    if (kind.is === 'text') return group[0].kind === 'text';
    return true;
  }
  if (!known) return true;
  if (kind.is !== 'ref' && kind.is !== 'word' && kind.is !== 'text') return false;
  // A name that is also a property's word: it is the name if a property follows it, or nothing at all.
  const after = wordOf(following);
  return following === undefined || (after !== undefined && owners.some((owner) => Object.hasOwn(owner.props, after.text)));
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

/** Properties, children and overrides in a body. */
function bindBody(entry: Entry, draft: Draft, path: string, context: Context): void {
  if (!entry.body) return;
  const given = new Set<string>();
  for (const line of entry.body.entries) {
    const word = line.word.text;
    const prop = propOf(draft.kind, word);
    const childKind = kindOf(word);
    const child = childKind && draft.kind.children.includes(childKind.word) ? childKind : undefined;
    if (prop && !child) {
      bindPropertyLine(line, prop, word, draft, path, context, given);
      continue;
    }
    if (child) {
      const end = endOfChild(draft.kind, child, line.groups, 0);
      if (end < line.groups.length && !line.body && !line.profiles) {
        const last = line.groups[end - 1]?.at(-1)?.end ?? line.word.end;
        bindChild({ ...line, groups: line.groups.slice(0, end), end: last, headEnd: last }, child, draft, path, context);
        bindLine(draft, line, line.groups, end, path, context);
      } else bindChild(line, child, draft, path, context);
      continue;
    }
    const inherited = findBelow(draft, (candidate) => candidate.name === word);
    if (inherited) {
      refine(line, inherited, path, context, 0);
      continue;
    }
    // A port group of a virtual switch that a profile declared is refined from the host, too.
    const named = childKind ? line.groups[0]?.[0] : undefined;
    const name = named?.kind === 'name' ? named.text : named?.kind === 'text' ? named.plain : undefined;
    const deeper =
      childKind && name !== undefined
        ? findBelow(draft, (candidate) => candidate.kind === childKind && candidate.name === name)
        : undefined;
    if (deeper) {
      refine(line, deeper, path, context, 1);
      continue;
    }
    const words = [...Object.keys(draft.kind.props), ...draft.kind.children];
    const near = nearest(word, words);
    if (childKind) {
      context.report({
        code: 'LNT105',
        severity: 'error',
        message: `"${word}" does not stand inside of "${draft.kind.word}"${childKind.top ? '; declare it at the top of the design' : `, but inside of ${homesOf(childKind)}`}.`,
        start: line.word.start,
        end: line.word.end,
      });
    } else {
      context.report({
        code: 'LNT101',
        severity: 'error',
        message: `"${draft.kind.word}" has no property "${word}"${near[0] !== undefined ? `; did you mean "${near[0]}"?` : '.'}`,
        start: line.word.start,
        end: line.word.end,
        suggestions: near,
      });
    }
  }
}

function bindPropertyLine(
  line: Entry,
  prop: Prop,
  word: string,
  draft: Draft,
  path: string,
  context: Context,
  given: Set<string>,
): void {
  if (given.has(word) && !prop.many)
    context.report({
      code: 'LNT108',
      severity: 'warning',
      message: `"${word}" is said twice; the last one counts.`,
      start: line.word.start,
      end: line.word.end,
    });
  given.add(word);
  const read = readProp(prop, word, line.word, line, line.groups, 0, [draft.kind], context, path, word);
  const value: unknown = read.value;
  if (line.body) {
    if (prop.record && typeof value === 'object' && value !== null)
      bindRecordBody(line, prop, value as Record<string, unknown>, path, word, context);
    else
      context.report({
        code: 'LNT105',
        severity: 'error',
        message: `"${word}" has a value, not a block.`,
        start: line.body.start,
        end: line.body.start + 1,
      });
  }
  assign(draft, prop, word, value);
  // What follows on the line belongs to the entity itself.
  bindLine(draft, line, line.groups, read.next, path, context);
  if (line.profiles)
    context.report({
      code: 'LNT105',
      severity: 'error',
      message: `Profiles go with an entity such as "host", not with the property "${word}".`,
      start: line.profiles[0]?.start ?? line.start,
      end: line.profiles.at(-1)?.end ?? line.end,
    });
}

function bindRecordBody(
  line: Entry,
  prop: Prop,
  record: Record<string, unknown>,
  path: string,
  prefix: string,
  context: Context,
): void {
  for (const inner of line.body?.entries ?? []) {
    const own = propOf(prop, inner.word.text);
    if (!own) {
      const near = nearest(inner.word.text, Object.keys(prop.props));
      context.report({
        code: 'LNT101',
        severity: 'error',
        message: `"${line.word.text}" has no property "${inner.word.text}"${near[0] !== undefined ? `; did you mean "${near[0]}"?` : '.'}`,
        start: inner.word.start,
        end: inner.word.end,
        suggestions: near,
      });
      continue;
    }
    const full = `${prefix}.${inner.word.text}`;
    const read = readProp(own, inner.word.text, inner.word, inner, inner.groups, 0, [prop], context, path, full);
    if (inner.body && own.record && typeof read.value === 'object' && read.value !== null)
      bindRecordBody(inner, own, read.value as Record<string, unknown>, path, full, context);
    setIn(record, own, inner.word.text, read.value);
    bindInline([prop], inner.groups, read.next, inner, context, path, prefix, (name, other, more) =>
      setIn(record, other, name, more),
    );
  }
}

function bindChild(line: Entry, kind: Kind, draft: Draft, path: string, context: Context): void {
  const { made } = draft;
  const members = membersOfEntry(kind, line, context);
  for (const member of members) {
    let name = member.name;
    if (name === '') {
      const count = (draft.counts[kind.word] ?? 0) + 1;
      draft.counts[kind.word] = count;
      name = `${kind.word}${count}`;
    }
    const key = `${kind.word}:${name}`;
    const inner: Context = { ...context, scope: { ...context.scope, vars: member.vars } };
    if (made.has(key)) {
      context.report({
        code: 'LNT104',
        severity: 'error',
        message: `${draft.kind.word === 'port' ? 'This' : `"${draft.name || draft.kind.word}"`} has a ${kind.word} "${name}" already.`,
        ...member.nameSpan,
      });
      continue;
    }
    made.add(key);
    // What a profile declared, at this place or deeper down, is refined; otherwise it is new.
    const known =
      draft.children.find((child) => child.kind === kind && child.name === name) ??
      findBelow(draft, (child) => child.kind === kind && child.name === name);
    if (known) {
      refine(
        line,
        { draft: 'draft' in known ? known.draft : known, path: 'draft' in known ? known.path : key },
        path,
        inner,
        member.used,
      );
      continue;
    }
    const child = draftOf(kind, name);
    draft.children.push(child);
    applyProfiles(child, line, inner, join(path, key));
    bindOwn(child, line, { ...member, name }, join(path, key), inner);
  }
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}/${key}`);

interface Found {
  readonly draft: Draft;
  readonly path: string;
  readonly name?: string;
}

function findBelow(draft: Draft, test: (candidate: Draft) => boolean, path = ''): Found | undefined {
  for (const child of draft.children) {
    const own = join(path, `${child.kind.word}:${child.name}`);
    if (test(child)) return { draft: child, path: own };
    const deeper = findBelow(child, test, own);
    if (deeper) return deeper;
  }
  return undefined;
}

/** Says more about a child that is there already. */
function refine(line: Entry, found: Found, path: string, context: Context, skip: number): void {
  const full = join(path, found.path);
  if (line.doc !== undefined) found.draft.doc = line.doc;
  context.trace?.(full, '', {
    home: context.home,
    entry: line,
    word: line.word,
    span: line.groups[0]?.[0] && skip > 0 ? spanOnly(line.groups[0][0]) : line.word,
    ...(context.profile !== undefined ? { profile: context.profile } : {}),
  });
  applyProfiles(found.draft, line, context, full);
  bindGroups(found.draft.kind, line, line.groups, skip, found.draft, full, context, false);
  bindBody(line, found.draft, full, context);
}

function homesOf(kind: Kind): string {
  const homes: string[] = [];
  for (const word of kindWords()) {
    const owner = kindOf(word);
    if (owner?.word === word && owner.children.includes(kind.word)) homes.push(`"${word}"`);
  }
  return homes.length > 0 ? homes.join(' or ') : 'another block';
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
