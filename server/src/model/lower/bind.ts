/** What an entry, its body and its profiles say, put into a draft: properties, children, and what refines them. */
import type { Kind, Prop } from '../../schema/types.ts';
import { kindOf, propOf } from '../../schema/vocabulary.ts';
import type { Entry, Group, NameTerm } from '../../syntax/ast.ts';
import { nearest } from '../../values/suggest.ts';
import { readValues } from '../values.ts';
import {
  assign,
  type Context,
  type Draft,
  draftOf,
  type Found,
  findBelow,
  join,
  newLayer,
  setIn,
  silent,
  tell,
} from './draft.ts';
import { membersOfEntry, type Named } from './members.ts';
import { profileHead } from './profiles.ts';
import { bindInline, readProp } from './property.ts';
import { acceptable, endOfChild, homesOf } from './words.ts';

export function bindMember(kind: Kind, entry: Entry, member: Named, context: Context): Draft {
  const draft = draftOf(kind, member.name);
  applyProfiles(draft, entry, context);
  bindOwn(draft, entry, member, '', context);
  return draft;
}

/** What the entry itself says, on top of what its profiles said. */
function bindOwn(draft: Draft, entry: Entry, member: Named, path: string, context: Context): void {
  if (entry.doc !== undefined) draft.doc = entry.doc;
  newLayer(draft);
  tell(context, path, '', { entry, word: entry.word, span: member.nameSpan });
  bindGroups(draft.kind, entry, entry.groups, member.used, draft, path, context, false);
  bindBody(entry, draft, path, context);
}

const profileStack: string[] = [];

export function applyProfiles(draft: Draft, entry: Entry, context: Context, path = ''): void {
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

/** Label, operands and inline properties of a kind, from group `at` on. */
export function bindGroups(
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

/** Properties, children and overrides in a body. */
export function bindBody(entry: Entry, draft: Draft, path: string, context: Context): void {
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

/** Says more about a child that is there already. */
function refine(line: Entry, found: Found, path: string, context: Context, skip: number): void {
  const full = join(path, found.path);
  if (line.doc !== undefined) found.draft.doc = line.doc;
  const [name] = line.groups;
  tell(context, full, '', { entry: line, word: line.word, span: name && skip > 0 ? name[0] : line.word });
  applyProfiles(found.draft, line, context, full);
  bindGroups(found.draft.kind, line, line.groups, skip, found.draft, full, context, false);
  bindBody(line, found.draft, full, context);
}
