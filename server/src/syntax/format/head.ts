/** The first line of an entry: its word and values, joined on one line or filled into several. */
import type { Entry, Term } from '../ast.ts';
import { type Cell, columns, continuationStep, lineWidth } from './row.ts';

/** Only behind a comma may a line end inside an entry. */
export type Break = 'no' | 'may' | 'must';

/** A value, a sign or a comment of an entry's first line. */
export interface Atom {
  text: string;
  readonly break: Break;
  readonly comment: boolean;
  /** A comment that ends with its line. */
  readonly endsLine: boolean;
  /** Starts a cell; otherwise it belongs to the one before (behind a comma, behind `:`). */
  readonly starts: boolean;
  readonly name: string | undefined;
  readonly gap: number;
}

/** Word, values and profiles in the order in which they stand. */
export function termsOf(entry: Entry): readonly Term[] {
  const terms: Term[] = [entry.word, ...entry.groups.flat()];
  return entry.profiles ? [...terms, ...entry.profiles].sort((a, b) => a.start - b.start) : terms;
}

/** What a cell with nothing but this term would be called as a heading. */
export const headingOf = (term: Term): string | undefined =>
  term.kind === 'name' ? term.text : term.kind === 'equals' ? '=' : undefined;

/** Everything on one line; undefined when a comment forbids it. */
export function joinAtoms(atoms: readonly Atom[]): string | undefined {
  let out = '';
  for (const atom of atoms) {
    if (atom.break === 'must' || atom.endsLine || atom.text.includes('\n')) return undefined;
    out += out === '' ? atom.text : ` ${atom.text}`;
  }
  return out;
}

/** Fills lines up to the line width, breaking behind commas only; `suffix` is what follows the last atom. */
export function fillAtoms(atoms: readonly Atom[], prefix: string, indent: number, suffix: string): string {
  const joined = joinAtoms(atoms);
  if (joined !== undefined && indent + columns(prefix) + columns(joined) + suffix.length <= lineWidth)
    return prefix + joined + suffix;
  const margin = ' '.repeat(indent + continuationStep);
  let out = prefix;
  let used = indent + columns(prefix);
  atoms.forEach((atom, at) => {
    const size = columns(atom.text);
    if (at === 0) {
      out += atom.text;
      used += size;
    } else if (atom.break === 'must' || (atom.break === 'may' && used + 1 + reach(atoms, at, suffix) > lineWidth)) {
      out += `\n${margin}${atom.text}`;
      used = margin.length + size;
    } else {
      out += `${atom.endsLine ? '  ' : ' '}${atom.text}`;
      used += 1 + size;
    }
  });
  return out + suffix;
}

/** Width of what stays together with an atom: all up to the next place where a line may end. */
function reach(atoms: readonly Atom[], from: number, suffix: string): number {
  let size = -1;
  for (let at = from; at < atoms.length; at += 1) {
    const atom = atoms[at];
    if (!atom || (at > from && atom.break !== 'no')) return size;
    if (!atom.endsLine) size += 1 + columns(atom.text);
  }
  return size + suffix.length;
}

/** The atoms as cells of a table; none when a comment stands between them. */
export function cellsOf(atoms: readonly Atom[]): Cell[] {
  const cells: { text: string; name: string | undefined; gap: number }[] = [];
  for (const atom of atoms) {
    if (atom.comment) return [];
    const last = cells.at(-1);
    if (atom.starts || !last) cells.push({ text: atom.text, name: atom.name, gap: atom.gap });
    else {
      last.text += ` ${atom.text}`;
      last.name = undefined;
    }
  }
  return cells;
}
