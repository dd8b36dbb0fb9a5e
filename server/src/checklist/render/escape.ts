/**
 * Texts of a design as Markdown. A name may hold anything: pipes, back quotes, HTML, line breaks. None of it may end a cell, open
 * a tag or make a link; what a reader cannot see is written as an escape. Holds for CommonMark, GitHub's dialect and VS Code.
 */
import type { Piece, Text } from '../text.ts';

/** Control characters, line separators, marks that turn the direction of writing, characters without a width. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with everything invisible spelled out: a line break is `\n`, a right-to-left mark `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(invisible, (sign) => short[sign] ?? `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

const entity = (sign: string): string => `&#${sign.codePointAt(0) ?? 0};`;

/** What a viewer would turn into a link or a mention stays a word when it is shown as code. */
const linkLike = /:\/\/|www\.|mailto:|@|[\p{L}\p{N}-]\.\p{L}{2}/iu;

/** Words, as words: nothing in them is Markdown. */
export function escapeWords(text: string): string {
  return visible(text)
    .split(/( +)/u)
    .map((word) => (linkLike.test(word) ? escapeCode(word) : escapeWord(word)))
    .join('');
}

const escapeWord = (word: string): string =>
  word
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replace(/[&<>|`$*[\]~#]|\\(?!_)/gu, (sign) => (/[*[\]~#]/u.test(sign) ? `\\${sign}` : entity(sign)));

/** A name in the type of code; in HTML where it holds what a code span cannot hold everywhere (in cells too). */
export function escapeCode(text: string): string {
  const seen = visible(text);
  if (seen !== '' && !/[`|\\]|^\s|\s$|\s\s/u.test(seen)) return `\`${seen}\``;
  return `<code>${seen.replace(/[^\p{L}\p{N}]/gu, entity)}</code>`;
}

function piece(part: Piece): string {
  if (typeof part === 'string') return escapeWords(part);
  if ('code' in part) return escapeCode(part.code);
  if ('strong' in part) return `**${escapeWords(part.strong)}**`;
  return String.raw`\_\_\_\_`;
}

/** A text in the middle of a line or a cell. Two pieces of code that touch are kept apart, or they would be one. */
export function inline(text: Text): string {
  return text.map(piece).join('').replaceAll('``', '`&#8203;`');
}

/** A text at the beginning of a line: it opens no list, heading or quotation. */
export function block(text: Text): string {
  return inline(text)
    .trimStart()
    .replace(/^[-+=]/u, String.raw`\$&`)
    .replace(/^(\d+)([.)])/u, String.raw`$1\$2`);
}

/** Lines of a command between fences that none of them can close. */
export function fenced(lines: readonly string[], language: string, indent: string): readonly string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/gu) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].map((line) => `${indent}${line}`);
}
