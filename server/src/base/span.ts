/** A stretch of text: UTF-16 offsets from the start of whatever owns it (a chunk, a file), end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function spanOf(start: number, end: number): Span {
  return { start, end };
}

/** Whether `offset` lies in the span, its end included (a cursor behind the last letter is still "on" the word). */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
