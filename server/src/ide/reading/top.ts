/** Reads what stands at the top of a design: things, profiles, and the lines that declare nothing. */
import { profileHead } from '../../model/lower/profiles.ts';
import { type Directive, directives, kindOf } from '../../schema/vocabulary.ts';
import type { Entry } from '../../syntax/ast.ts';
import type { Block } from './marks.ts';
import { readBody, readHead, readThing, readUses } from './read.ts';
import { expect, groupProbed, probed, spanOf, type Walk } from './walk.ts';

export function readTop(walk: Walk, entry: Entry): void {
  const { word } = entry;
  if (probed(walk, word)) expect(walk, { is: 'top' });
  if (Object.hasOwn(directives, word.text)) {
    readDirective(walk, word.text as Directive, entry);
    return;
  }
  const kind = kindOf(word.text);
  if (kind) readThing(walk, kind, entry, undefined);
  else walk.marks.push({ is: 'unknown', ...spanOf(word) });
}

function readDirective(walk: Walk, word: Directive, entry: Entry): void {
  walk.marks.push({ is: 'directive', word, entry, ...spanOf(entry.word) });
  const term = entry.groups[0]?.[0];
  switch (word) {
    case 'import':
    case 'catalog':
      if (groupProbed(walk, entry.groups[0])) expect(walk, { is: 'path', word });
      if (term) walk.marks.push({ is: 'path', word, term, ...spanOf(term) });
      return;
    case 'lintel':
      if (groupProbed(walk, entry.groups[0])) expect(walk, { is: 'edition' });
      return;
    case 'let': {
      if (term?.kind === 'name') walk.marks.push({ is: 'let', term, ...spanOf(term) });
      for (const group of entry.groups.slice(2)) {
        if (groupProbed(walk, group)) expect(walk, { is: 'letValue' });
        for (const value of group) walk.marks.push({ is: 'letValue', term: value, ...spanOf(value) });
      }
      return;
    }
    case 'profile':
      readProfile(walk, entry);
      return;
    default:
      word satisfies never;
  }
}

function readProfile(walk: Walk, entry: Entry): void {
  const head = profileHead(entry);
  const { name, kind } = head;
  const [, of, kindGroup] = entry.groups;
  if (of && groupProbed(walk, of)) expect(walk, { is: 'joiner', text: 'of' });
  if (kindGroup && groupProbed(walk, kindGroup)) expect(walk, { is: 'kindOf' });
  const called = name?.kind === 'name' ? name.text : name?.kind === 'text' ? name.plain : undefined;
  const block: Block | undefined = kind && { kind, entry, word: entry.word, override: false, profile: called ?? '' };
  if (name)
    walk.marks.push({
      is: 'profile',
      term: name,
      declares: true,
      ...(kind ? { kind } : {}),
      ...(block ? { block } : {}),
      ...spanOf(name),
    });
  if (of?.[0].kind === 'name' && of[0].text === 'of') walk.marks.push({ is: 'joiner', ...spanOf(of[0]) });
  if (!block) {
    if (head.kindTerm) walk.marks.push({ is: 'unknown', ...spanOf(head.kindTerm) });
    return;
  }
  if (head.kindTerm) walk.marks.push({ is: 'kind', kind: block.kind, ...spanOf(head.kindTerm) });
  walk.blocks.push(block);
  readUses(walk, block);
  readHead(walk, block, entry.groups, head.skip, true);
  readBody(walk, block, entry.body);
}
