/**
 * Reads entries against the vocabulary. The walk is the one of model/lower.ts, and asks the same functions where a word could be
 * two things (`takes`, `endOfChild`, `canName`); test/ide/reading.test.ts holds the two together.
 */
import { acceptable, canName, endOfChild, takes, wordOf } from '../../model/lower/words.ts';
import type { Kind, Operand, Prop } from '../../schema/types.ts';
import { kindOf, propOf } from '../../schema/vocabulary.ts';
import type { Body, Entry, Group } from '../../syntax/ast.ts';
import type { Block, Mark } from './marks.ts';
import { endOf, expect, groupProbed, probed, spanOf, type Walk } from './walk.ts';

type Owner = { readonly props: Readonly<Record<string, Prop>>; readonly children?: readonly string[] };

/** The profiles behind `:`. */
export function readUses(walk: Walk, block: Block): void {
  for (const term of block.entry.profiles ?? []) {
    if (probed(walk, term)) expect(walk, { is: 'profile', block, kind: block.kind });
    walk.marks.push({ is: 'profile', term, declares: false, kind: block.kind, block, ...spanOf(term) });
  }
}

export function readThing(walk: Walk, kind: Kind, entry: Entry, parent: Block | undefined): void {
  const first = entry.groups[0];
  const term = first?.[0];
  const named =
    kind.naming !== 'none' && term !== undefined && term.kind !== 'equals' && (kind.naming === 'required' || canName(kind, term));
  const block: Block = {
    kind,
    entry,
    word: entry.word,
    override: false,
    ...(named ? { name: term } : {}),
    ...(parent ? { parent } : {}),
  };
  walk.blocks.push(block);
  walk.marks.push({ is: 'kind', kind, block, ...spanOf(entry.word) });
  readUses(walk, block);
  if (named) {
    walk.marks.push({ is: 'name', block, term, ...spanOf(term) });
    if (groupProbed(walk, first)) {
      expect(walk, { is: 'name', block });
      if (kind.naming === 'optional') expectOperands(walk, block, first);
    }
  }
  readHead(walk, block, entry.groups, named ? 1 : 0, false);
  readBody(walk, block, entry.body);
}

function expectOperands(walk: Walk, block: Block, group: Group | undefined): void {
  for (const name of block.kind.operands) {
    const prop = propOf(block.kind, name);
    const [first] = Object.entries(prop?.operands ?? {});
    if (prop && first) expect(walk, { is: 'operand', operand: first[1], key: first[0], prop, path: [name], block });
  }
  if (group?.length === 1) expect(walk, { is: 'words', owner: block.kind, path: [], block, children: false, line: false });
}

/** Label, operands and inline properties, from group `at` on. */
export function readHead(walk: Walk, block: Block, groups: readonly Group[], at: number, fromProfile: boolean): void {
  const { kind } = block;
  let next = at;
  const group = groups[next];
  if (kind.labelled && !fromProfile && group?.length === 1 && group[0].kind === 'text') {
    walk.marks.push({ is: 'label', block, term: group[0], ...spanOf(group[0]) });
    next += 1;
  }
  for (const name of kind.operands) {
    const prop = propOf(kind, name);
    const term = groups[next]?.[0];
    if (!prop || !term) continue;
    if (term.kind === 'name' && Object.hasOwn(kind.props, term.text)) continue;
    const taken = acceptable(prop, term);
    if (!taken && groupProbed(walk, groups[next])) {
      const [first] = Object.entries(prop.operands);
      if (first) expect(walk, { is: 'operand', operand: first[1], key: first[0], prop, path: [name], block });
    }
    if (taken) next = readProp(walk, block, prop, [name], groups, next, [kind]);
  }
  readLine(walk, block, groups, next);
}

/** Inline properties and children of a block, from group `at` on. */
function readLine(walk: Walk, block: Block, groups: readonly Group[], at: number): void {
  readInline(walk, block, [{ props: block.kind.props, children: block.kind.children }], groups, at, []);
}

function readInline(
  walk: Walk,
  block: Block,
  owners: readonly Owner[],
  groups: readonly Group[],
  at: number,
  path: readonly string[],
): number {
  const [own, ...outer] = owners;
  if (!own) return at;
  const children = outer.length === 0 && path.length === 0;
  let next = at;
  while (next < groups.length) {
    const group = groups[next];
    if (!group) break;
    const word = wordOf(group);
    if (word && groupProbed(walk, group)) expect(walk, { is: 'words', owner: own, path, block, children, line: false });
    const prop = word ? propOf(own, word.text) : undefined;
    if (word && prop) {
      walk.marks.push({ is: 'prop', prop, path: [...path, word.text], block, ...spanOf(word.span) });
      next = readProp(walk, block, prop, [...path, word.text], groups, next + 1, owners);
      continue;
    }
    if (outer.length > 0) return next;
    const kind = word && children ? kindOf(word.text) : undefined;
    if (word && kind && block.kind.children.includes(kind.word)) {
      next = readInlineChild(walk, block, kind, { kind: 'name', text: word.text, ...spanOf(word.span) }, groups, next + 1);
      continue;
    }
    walk.marks.push({ is: 'unknown', block, start: group[0].start, end: endOf(group) });
    next += 1;
    while (next < groups.length) {
      const later = wordOf(groups[next]);
      if (
        (later &&
          (Object.hasOwn(own.props, later.text) || (children && own.children?.includes(kindOf(later.text)?.word ?? '')))) ||
        groupProbed(walk, groups[next])
      )
        break;
      next += 1;
    }
  }
  return next;
}

function readInlineChild(
  walk: Walk,
  parent: Block,
  kind: Kind,
  word: Entry['word'],
  groups: readonly Group[],
  at: number,
): number {
  const end = endOfChild(parent.kind, kind, groups, at);
  const own = groups.slice(at, end);
  const last = own.at(-1);
  const stop = last ? endOf(last) : word.end;
  readThing(walk, kind, { word, groups: own, start: word.start, end: stop, headEnd: stop }, parent);
  expectAlso(walk, parent, own);
  return end;
}

/** Behind a child on its parent's line, words of the parent may follow as well. */
function expectAlso(walk: Walk, parent: Block, groups: readonly Group[]): void {
  const last = groups.at(-1);
  const open = walk.probe?.found.some(
    (expectation) => expectation.is === 'words' && expectation.block.parent === parent && expectation.path.length === 0,
  );
  if (open && last && groupProbed(walk, last))
    expect(walk, { is: 'words', owner: parent.kind, path: [], block: parent, children: true, line: false, far: true });
}

/** Operands of a property, then, for a record, its inline properties. `at` is the group behind the word. */
function readProp(
  walk: Walk,
  block: Block,
  prop: Prop,
  path: readonly string[],
  groups: readonly Group[],
  at: number,
  owners: readonly Owner[],
): number {
  let next = at;
  const known = [...(prop.record ? [prop] : []), ...owners];
  for (const [key, operand] of Object.entries(prop.operands)) {
    if (operand.after !== undefined) {
      const fixed = wordOf(groups[next]);
      if (fixed?.text === operand.after) {
        walk.marks.push({ is: 'joiner', ...spanOf(fixed.span) });
        next += 1;
      } else if (!operand.optional) {
        if (groupProbed(walk, groups[next])) expect(walk, { is: 'joiner', text: operand.after });
        break;
      }
    }
    const group = groups[next];
    const taken = group !== undefined && takes(operand, group, groups[next + 1], known);
    if (group && groupProbed(walk, group) && (taken || operand.optional))
      expectOperand(walk, block, prop, path, key, operand, group, known, taken);
    if (!group || !taken) {
      if (operand.optional) continue;
      break;
    }
    next += 1;
    for (const term of group) walk.marks.push({ is: 'value', prop, path, key, operand, term, block, ...spanOf(term) });
  }
  return prop.record ? readInline(walk, block, [prop, ...owners], groups, next, path) : next;
}

function expectOperand(
  walk: Walk,
  block: Block,
  prop: Prop,
  path: readonly string[],
  key: string,
  operand: Operand,
  group: Group,
  owners: readonly Owner[],
  taken: boolean,
): void {
  expect(walk, { is: 'operand', operand, key, prop, path, block });
  // An optional value that could as well be the next property's word.
  if (!taken || !operand.optional || !wordOf(group)) return;
  // From the inside out; each owner's path is one word shorter.
  const depth = prop.record ? path.length : path.length - 1;
  for (const [at, owner] of owners.entries()) {
    expect(walk, {
      is: 'words',
      owner,
      path: path.slice(0, Math.max(0, depth - at)),
      block,
      children: depth === at,
      line: false,
    });
  }
}

export function readBody(walk: Walk, block: Block, body: Body | undefined): void {
  for (const line of body?.entries ?? []) {
    const { text } = line.word;
    if (probed(walk, line.word)) expect(walk, { is: 'words', owner: block.kind, path: [], block, children: true, line: true });
    const prop = propOf(block.kind, text);
    const childKind = kindOf(text);
    const child = childKind && block.kind.children.includes(childKind.word) ? childKind : undefined;
    if (child) readChildLine(walk, block, child, line);
    else if (prop) readPropertyLine(walk, block, prop, line);
    else {
      const kind = walk.inherits(block, text);
      if (kind) readOverride(walk, block, kind, line);
      else walk.marks.push({ is: 'unknown', block, ...spanOf(line.word) });
    }
  }
}

function readChildLine(walk: Walk, block: Block, child: Kind, line: Entry): void {
  const end = endOfChild(block.kind, child, line.groups, 0);
  if (end < line.groups.length && !line.body && !line.profiles) {
    const own = line.groups.slice(0, end);
    const last = own.at(-1);
    const stop = last ? endOf(last) : line.word.end;
    readThing(walk, child, { ...line, groups: own, end: stop, headEnd: stop }, block);
    readLine(walk, block, line.groups, end);
    return;
  }
  readThing(walk, child, line, block);
  if (!line.body) expectAlso(walk, block, line.groups);
}

function readOverride(walk: Walk, parent: Block, kind: Kind, line: Entry): void {
  const block: Block = { kind, entry: line, word: line.word, name: line.word, parent, override: true };
  walk.blocks.push(block);
  walk.marks.push({ is: 'name', block, term: line.word, ...spanOf(line.word) });
  readHead(walk, block, line.groups, 0, false);
  readBody(walk, block, line.body);
}

function readPropertyLine(walk: Walk, block: Block, prop: Prop, line: Entry): void {
  const path = [line.word.text];
  walk.marks.push({ is: 'prop', prop, path, block, ...spanOf(line.word) });
  const next = readProp(walk, block, prop, path, line.groups, 0, [block.kind]);
  if (line.body && prop.record) readRecordBody(walk, block, prop, path, line.body);
  readLine(walk, block, line.groups, next);
}

function readRecordBody(walk: Walk, block: Block, prop: Prop, path: readonly string[], body: Body): void {
  for (const line of body.entries) {
    const { word } = line;
    if (probed(walk, word)) expect(walk, { is: 'words', owner: prop, path, block, children: false, line: true });
    const inner = propOf(prop, word.text);
    if (!inner) {
      walk.marks.push({ is: 'unknown', block, ...spanOf(word) });
      continue;
    }
    const full = [...path, word.text];
    walk.marks.push({ is: 'prop', prop: inner, path: full, block, ...spanOf(word) });
    const next = readProp(walk, block, inner, full, line.groups, 0, [prop]);
    if (line.body && inner.record) readRecordBody(walk, block, inner, full, line.body);
    readInline(walk, block, [prop], line.groups, next, path);
  }
}

/** The marks of an entry as if it said a thing of this kind, whatever its word. */
export function readAs(kind: Kind, entry: Entry): readonly Mark[] {
  const marks: Mark[] = [];
  readThing({ marks, blocks: [], inherits: () => undefined }, kind, entry, undefined);
  return marks.sort((a, b) => a.start - b.start);
}
