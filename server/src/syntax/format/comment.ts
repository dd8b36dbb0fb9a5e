/** The text of comments. */
import type { Comment } from '../ast.ts';
import { indent } from './row.ts';

/** A comment as written, without spaces at its lines' ends. */
export function plainComment(comment: Comment, source: string): string {
  return source
    .slice(comment.start, comment.end)
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
    .join('\n');
}

/** On its own line a block comment with a star in front of each line moves as one. */
export function ownComment(comment: Comment, source: string, level: number): string {
  const text = plainComment(comment, source);
  const [first = '', ...more] = text.split('\n');
  if (!more.every((line) => line.trimStart().startsWith('*'))) return text;
  return [first, ...more.map((line) => `${indent(level)} ${line.trimStart()}`)].join('\n');
}
