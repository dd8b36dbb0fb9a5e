/** What the words of a line are: pure questions about groups of terms, shared with the editor features that read half a line. */
import type { Span } from '../../base/span.ts';
import type { Kind, Operand, Prop } from '../../schema/types.ts';
import { kindOf, kindWords, propOf } from '../../schema/vocabulary.ts';
import type { Group, Term } from '../../syntax/ast.ts';

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

/** A group that is a single bare word. */
export const wordOf = (group: Group | undefined): { readonly text: string; readonly span: Span } | undefined => {
  const term = group?.length === 1 ? group[0] : undefined;
  return term?.kind === 'name' ? { text: term.text, span: term } : undefined;
};

/** Whether an operand that is not announced by a word could be this term. */
export function acceptable(prop: Prop, term: Term): boolean {
  const first = Object.values(prop.operands)[0];
  if (first?.type.kind.is === 'choice') return term.kind === 'name' && Object.hasOwn(first.type.kind.of, term.text);
  if (first?.type.kind.is === 'quantity') return term.kind === 'number';
  return term.kind === 'name' || term.kind === 'text' || term.kind === 'number';
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

export function homesOf(kind: Kind): string {
  const homes: string[] = [];
  for (const word of kindWords()) {
    const owner = kindOf(word);
    if (owner?.word === word && owner.children.includes(kind.word)) homes.push(`"${word}"`);
  }
  return homes.length > 0 ? homes.join(' or ') : 'another block';
}
