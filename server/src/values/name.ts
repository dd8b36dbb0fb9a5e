/** Names as they stand in a file: plain where the lexer takes them plain, in quotes otherwise. */

/** Whether a name must be quoted. Plain is a letter or `_`, then letters, digits, `_` or `-`, not ending in `-`. */
export function needsQuotes(name: string): boolean {
  return !/^[A-Za-z_](?:[\w-]*\w)?$/.test(name);
}

/** The name as a file spells it: `vmnic0`, `"VM Network"`. `\`, `"` and `{` (which would interpolate) are escaped. */
export function quoteName(name: string): string {
  return needsQuotes(name) ? quoteString(name) : name;
}

/** A text as a string literal, in double quotes on one line. */
export function quoteString(text: string): string {
  const escaped = text
    .replace(/[\\"{]/gu, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}
