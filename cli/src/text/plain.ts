/**
 * Text of others (names, paths, messages, lines of a design) on its way to a terminal. A design may come from anywhere; a name
 * in it must not move the cursor, recolour or rename the window, or turn the reading direction so that a line seems to say
 * something else.
 */

/** Control characters, and invisible ones that change the direction or the look of what follows; joiners are part of some scripts. */
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One line that is safe to print: a line break becomes a space, any other control character is spelled out as `<U+001B>`. */
export function plain(text: string): string {
  return text.replace(/\r\n?|\n/g, ' ').replace(unsafe, (sign) => (sign === '\t' ? ' ' : spelled(sign)));
}

/** Several lines that are safe to print. */
export function plainLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => plain(line.replaceAll('\t', '    ')))
    .join('\n');
}

/** JSON whose strings hold no raw control characters: those below U+0020 are escaped by JSON itself, these are the rest. */
export function safeJson(value: unknown): string {
  const escaped = (sign: string): string => [...Array(sign.length).keys()].map((at) => `\\u${hex(sign.charCodeAt(at))}`).join('');
  return `${JSON.stringify(value, null, 2)}\n`.replace(unsafe, (sign) => (sign === '\n' ? sign : escaped(sign)));
}

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');
const spelled = (sign: string): string => `<U+${hex(sign.codePointAt(0) ?? 0)}>`;

/** Columns that a safe text takes on a terminal: East Asian wide signs and emoji take two, combining marks none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += /\p{Mn}|\p{Me}|\u200d|\ufe0f/u.test(sign) ? 0 : isWide(sign.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

const isWide = (code: number): boolean =>
  code >= 0x1100 &&
  (code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd));

/** Breaks prose at spaces, with an indent before each line. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).split(' ')) {
    if (line !== '' && widthOf(indent) + widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.map((part) => indent + part).join('\n');
}

/** `1 host`, `2 hosts`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(parts: readonly string[], joint = 'and'): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${joint} ${last}`;
}
