/**
 * What an item says, before anybody writes it as Markdown: words, names as they stand in the design, and gaps. A value that the
 * design leaves open is `undefined` and becomes a gap by itself, so that no task can leave it out silently.
 */

/** A piece of a text: words of ours or of the design, a name to be copied as it is, or a gap to fill in by hand. */
export type Piece = string | { readonly code: string } | { readonly gap: true } | { readonly strong: string };
export type Text = readonly Piece[];

/** What may stand in a text: undefined is a gap. */
export type Value = Piece | Text | number | undefined;

/** What the design leaves open. */
export const gap: Piece = { gap: true };

/** A name or an address, shown in the type of code. */
export const code = (value: string | undefined): Piece => (value === undefined ? gap : { code: value });

/** A word that the eye has to find. */
export const strong = (value: string): Piece => ({ strong: value });

const piecesOf = (value: Value): Text => {
  if (value === undefined) return [gap];
  if (value === '') return [];
  if (typeof value === 'number') return [String(value)];
  return Array.isArray(value) ? (value as Text) : [value as Piece];
};

/** Words with values in them: say`VLAN ${vlan} on ${code(name)}`. */
export function say(words: TemplateStringsArray, ...values: readonly Value[]): Text {
  const pieces: Piece[] = [];
  for (const [at, word] of words.entries()) {
    if (word !== '') pieces.push(word);
    if (at < values.length) pieces.push(...piecesOf(values[at]));
  }
  return pieces;
}

/** A value alone. */
export const only = (value: Value): Text => piecesOf(value);

/** Nothing at all: an empty cell of a table, where a gap would ask for something that is not needed. */
export const nothing: Text = [];

/** Texts with something between them. */
export function joined(texts: readonly Value[], between = ', ', last = between): Text {
  return texts.flatMap((text, at): Piece[] => {
    const before = at === 0 ? [] : [at === texts.length - 1 ? last : between];
    return [...before, ...piecesOf(text)];
  });
}

/** `a, b and c`, as code; no names at all are a gap. */
export function codes(names: readonly string[], most = 24): Text {
  if (names.length === 0) return [gap];
  const shown = names.length > most ? runs(names) : names;
  return joined(shown.map(code), ', ', ' and ');
}

/** Two texts, or one where the other is missing. */
export const both = (a: Text, b: Text, between = '; '): Text => (a.length === 0 ? b : b.length === 0 ? a : [...a, between, ...b]);

/** Words without any marks, for comparing, counting and tests. */
export function plainText(text: Text): string {
  return text
    .map((piece) =>
      typeof piece === 'string' ? piece : 'code' in piece ? piece.code : 'strong' in piece ? piece.strong : '____',
    )
    .join('');
}

/** Names that count up are written as a range of the language: `esx[1..16]`, or as `write` has it. */
export function runs(
  names: readonly string[],
  write = (head: string, from: string, to: string): string => `${head}[${from}..${to}]`,
): readonly string[] {
  const result: string[] = [];
  for (let at = 0; at < names.length; ) {
    const [head, first] = split(names[at] ?? '');
    let length = 1;
    if (first !== undefined) {
      for (; at + length < names.length; length += 1) {
        const next = String(Number(first) + length).padStart(first.length, '0');
        if (names[at + length] !== head + next) break;
      }
    }
    const last = split(names[at + length - 1] ?? '')[1] ?? '';
    if (length > 2 && first !== undefined) result.push(write(head, first, last));
    else result.push(...names.slice(at, at + length));
    at += length;
  }
  return result;
}

/** Ports of a switch: `1-3, 20, u1-u7`. */
export const portList = (ports: readonly string[]): Text => codes(runs(ports, (head, from, to) => `${head}${from}-${head}${to}`));

/** A name and the number that it ends on. */
function split(name: string): readonly [string, string | undefined] {
  const match = /^(.*?)(\d{1,9})$/su.exec(name);
  return match ? [match[1] ?? '', match[2]] : [name, undefined];
}
