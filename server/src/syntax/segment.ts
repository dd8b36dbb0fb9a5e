/**
 * Cuts a text into chunks, one per top-level entry with the comments above it, by a scan of characters that knows only
 * strings, comments, braces and line starts. A keystroke then costs the chunk that it is in, not the file.
 *
 * A line that starts in the first column starts a chunk. That is also what keeps a missing brace from swallowing the design:
 * an open block with an indented body ends where the next line stands in the first column. Only bodies that are not indented at
 * all are joined by counting braces.
 */

export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Opening braces less closing ones. */
  readonly net: number;
  /** Open, and its body not indented: may continue below, if the missing brace comes. */
  readonly openFlat: boolean;
  /** Holds a comment that is never closed: what follows may change that. */
  readonly openComment: boolean;
}

const code = (sign: string): number => sign.charCodeAt(0);
const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const QUOTE = code('"');
const SLASH = code('/');
const STAR = code('*');
const OPEN = code('{');
const CLOSE = code('}');
const COMMA = code(',');
const BACKSLASH = code('\\');

/** What the lexer takes for a space; a byte order mark and a no-break space from a web page among them. */
const isSpace = (sign: number): boolean =>
  sign === SPACE || sign === TAB || sign === 11 || sign === 12 || sign === 0xa0 || sign === 0xfeff;

interface Draft {
  start: number;
  end: number;
  net: number;
  openFlat: boolean;
  openComment: boolean;
}

/** The end of the block comment that starts at `at`, or -1 when it is never closed (the end of the text or another opening comes first). */
function commentEnd(text: string, at: number): number {
  for (let k = at + 2; k < text.length - 1; k += 1) {
    const sign = text.charCodeAt(k);
    if (sign === STAR && text.charCodeAt(k + 1) === SLASH) return k + 2;
    if (sign === SLASH && text.charCodeAt(k + 1) === STAR) return -1;
  }
  return -1;
}

/**
 * Whether the line at `at`, below a comma, may go on with the list: one item, alone or before a comma. What has more behind its first
 * word plainly starts an entry, as the parser sees it too, so that a stray comma does not draw the next entry in.
 */
function mayContinue(text: string, at: number): boolean {
  let k = at;
  if (text.charCodeAt(k) === QUOTE) return true;
  // A doc comment belongs to the entry below it.
  if (text.startsWith('///', k)) return false;
  while (k < text.length && !isSpace(text.charCodeAt(k)) && !endsItem(text.charCodeAt(k))) k += 1;
  while (isSpace(text.charCodeAt(k))) k += 1;
  return k >= text.length || endsItem(text.charCodeAt(k));
}

/** What may stand behind an item of a list: a comma, the line's end, a comment. */
const endsItem = (sign: number): boolean => sign === COMMA || sign === LF || sign === CR || sign === SLASH;

/** The text cut into segments; joined they are the text. */
export function segment(text: string): readonly Segment[] {
  return join(cut(text));
}

function cut(text: string): Draft[] {
  const drafts: Draft[] = [];
  let draft: Draft = { start: 0, end: 0, net: 0, openFlat: false, openComment: false };
  let hasEntry = false;
  let afterComma = false;
  let indentedBody = false;
  const length = text.length;
  let at = 0;
  const finish = (end: number): void => {
    draft.end = end;
    draft.openFlat = draft.net > 0 && !indentedBody;
    if (draft.end > draft.start) drafts.push(draft);
    draft = { start: end, end, net: 0, openFlat: false, openComment: false };
    hasEntry = false;
    indentedBody = false;
  };
  while (at < length) {
    // at a line start
    const first = text.charCodeAt(at);
    const blank = first === LF || first === CR;
    if (!isSpace(first) && !blank && first !== CLOSE && !(afterComma && mayContinue(text, at))) {
      const comment = first === SLASH && (text.charCodeAt(at + 1) === SLASH || text.charCodeAt(at + 1) === STAR);
      if (hasEntry) finish(at);
      if (!comment) hasEntry = true;
    } else if (isSpace(first) && draft.net > 0 && !indentedBody) {
      let k = at;
      while (isSpace(text.charCodeAt(k))) k += 1;
      const sign = text.charCodeAt(k);
      if (k < length && sign !== LF && sign !== CR) indentedBody = true;
    }
    if (first === CLOSE) hasEntry = true;
    // through the line
    let lastSignificant = 0;
    while (at < length) {
      const sign = text.charCodeAt(at);
      if (sign === LF) {
        at += 1;
        break;
      }
      if (sign === CR) {
        at += text.charCodeAt(at + 1) === LF ? 2 : 1;
        break;
      }
      if (sign === QUOTE) {
        at += 1;
        while (at < length) {
          const inner = text.charCodeAt(at);
          if (inner === LF || inner === CR) break;
          at += 1;
          if (inner === QUOTE) break;
          if (inner === BACKSLASH && at < length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at += 1;
        }
        lastSignificant = QUOTE;
        hasEntry = true;
        continue;
      }
      if (sign === SLASH && text.charCodeAt(at + 1) === SLASH) {
        while (at < length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at += 1;
        continue;
      }
      if (sign === SLASH && text.charCodeAt(at + 1) === STAR) {
        const end = commentEnd(text, at);
        if (end < 0) {
          draft.openComment = true;
          while (at < length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at += 1;
        } else at = end;
        continue;
      }
      if (sign === OPEN) draft.net += 1;
      else if (sign === CLOSE) draft.net -= 1;
      if (!isSpace(sign)) {
        lastSignificant = sign;
        hasEntry = true;
      }
      at += 1;
    }
    if (lastSignificant === COMMA) afterComma = true;
    else if (lastSignificant !== 0) afterComma = false;
  }
  finish(length);
  return drafts;
}

/** Joins an open flat block with what follows, up to the brace that closes it, if there is one. */
function join(drafts: readonly Draft[]): readonly Segment[] {
  if (!drafts.some((draft) => draft.openFlat)) return drafts;
  // Sum of the nets up to each draft, and the least of those sums from there on: only a block that is closed below is searched.
  const sums = new Int32Array(drafts.length + 1);
  drafts.forEach((draft, at) => {
    sums[at + 1] = (sums[at] ?? 0) + draft.net;
  });
  const least = sums.slice();
  for (let at = drafts.length - 1; at >= 0; at -= 1) least[at] = Math.min(sums[at] ?? 0, least[at + 1] ?? 0);
  const joined: Draft[] = [];
  for (let k = 0; k < drafts.length; k += 1) {
    const draft = drafts[k];
    if (!draft) continue;
    let last = -1;
    if (draft.openFlat && (least[k + 2] ?? Number.POSITIVE_INFINITY) <= (sums[k] ?? 0)) {
      let depth = draft.net;
      for (let j = k + 1; j < drafts.length && depth > 0; j += 1) {
        depth += drafts[j]?.net ?? 0;
        if (depth <= 0) last = j;
      }
    }
    if (last < 0) {
      joined.push(draft);
      continue;
    }
    const run = drafts.slice(k, last + 1);
    joined.push({
      start: draft.start,
      end: run.at(-1)?.end ?? draft.end,
      net: run.reduce((sum, part) => sum + part.net, 0),
      openFlat: false,
      openComment: run.some((part) => part.openComment),
    });
    k = last;
  }
  return joined;
}
