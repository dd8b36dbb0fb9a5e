/** Whether two trees say the same: equal in everything but positions. */
import type { Comment, ParsedChunk } from '../ast.ts';

const positions = new Set(['start', 'end', 'headEnd']);

/** What a comment says, however it is indented. */
export function commentWords(comment: Comment, text: string): string {
  const own = text.slice(comment.start, comment.end);
  return comment.kind === 'block' ? own.replace(/\s*(?:\r\n|\n|\r)\s*/g, '\n') : own.trimEnd();
}

export function sameMeaning(before: ParsedChunk, beforeText: string, after: ParsedChunk, afterText: string): boolean {
  return (
    after.problems.length === 0 &&
    before.comments.length === after.comments.length &&
    before.comments.every((comment, at) => {
      const other = after.comments[at];
      return (
        other !== undefined && other.kind === comment.kind && commentWords(comment, beforeText) === commentWords(other, afterText)
      );
    }) &&
    sameValue(before.entries, after.entries)
  );
}

function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((value, at) => sameValue(value, other[at]));
  }
  const left = one as Record<string, unknown>;
  const right = other as Record<string, unknown>;
  let counted = 0;
  for (const key in left) {
    if (!(key in right)) return false;
    counted += 1;
    if (!positions.has(key) && !sameValue(left[key], right[key])) return false;
  }
  for (const _key in right) counted -= 1;
  return counted === 0;
}
