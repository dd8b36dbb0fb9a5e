/** Small helpers for messages. */

/** `a`, `a and b`, `a, b and c`; more than `most` are cut: `a, b, c and 7 more`. */
export function andList(items: readonly string[], most = 4): string {
  if (items.length > most) return `${items.slice(0, most - 1).join(', ')} and ${items.length - most + 1} more`;
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
