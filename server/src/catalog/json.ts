/**
 * JSON with positions. A catalogue comes from anywhere, so the reader is strict and bounded: depth, number of values and
 * length have limits, keys never become properties of objects (nothing to pollute), and it never throws.
 */

export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly JsonMember[]; readonly start: number; readonly end: number }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly start: number; readonly end: number }
  | { readonly kind: 'string'; readonly value: string; readonly start: number; readonly end: number }
  | { readonly kind: 'number'; readonly value: number; readonly start: number; readonly end: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly start: number; readonly end: number }
  | { readonly kind: 'null'; readonly start: number; readonly end: number };

export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonNode;
}

/** The first thing that is no JSON; offsets are UTF-16 units. */
export interface JsonFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

const MAX_DEPTH = 32;
const MAX_VALUES = 500_000;

/** Reads a whole JSON text. */
export function readJson(text: string): JsonNode | { readonly fault: JsonFault } {
  const cursor: Cursor = { text, at: text.startsWith('\uFEFF') ? 1 : 0, values: 0, fault: undefined };
  skipSpace(cursor);
  const node = readValue(cursor, 0);
  skipSpace(cursor);
  if (node !== undefined && cursor.at < text.length) fail(cursor, 'Only one value may stand in the file; this is left over');
  return node === undefined || cursor.fault !== undefined ? { fault: cursor.fault ?? faultAt(cursor, 'Not JSON') } : node;
}

/** The same tree from a value that is parsed already (bundled data); all positions are 0. Cycles end at the depth limit. */
export function jsonOf(value: unknown, depth = 0): JsonNode {
  const place = { start: 0, end: 0 };
  if (typeof value === 'string') return { kind: 'string', value, ...place };
  if (typeof value === 'number') return { kind: 'number', value, ...place };
  if (typeof value === 'boolean') return { kind: 'boolean', value, ...place };
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return { kind: 'null', ...place };
  if (Array.isArray(value)) return { kind: 'array', items: value.map((item: unknown) => jsonOf(item, depth + 1)), ...place };
  const members = Object.entries(value).map(([key, item]) => ({ key, keyStart: 0, keyEnd: 0, value: jsonOf(item, depth + 1) }));
  return { kind: 'object', members, ...place };
}

interface Cursor {
  readonly text: string;
  at: number;
  values: number;
  fault: JsonFault | undefined;
}

function readValue(cursor: Cursor, depth: number): JsonNode | undefined {
  cursor.values += 1;
  if (depth > MAX_DEPTH) return fail(cursor, `Nested deeper than ${MAX_DEPTH} levels`);
  if (cursor.values > MAX_VALUES) return fail(cursor, `More than ${MAX_VALUES} values`);
  const sign = cursor.text[cursor.at];
  if (sign === '{') return readObject(cursor, depth);
  if (sign === '[') return readArray(cursor, depth);
  if (sign === '"') {
    const start = cursor.at;
    const value = readString(cursor);
    return value === undefined ? undefined : { kind: 'string', value, start, end: cursor.at };
  }
  return readWord(cursor);
}

function readObject(cursor: Cursor, depth: number): JsonNode | undefined {
  const start = cursor.at;
  const members: JsonMember[] = [];
  const closed = readList(cursor, '}', () => {
    const keyStart = cursor.at;
    if (cursor.text[keyStart] !== '"') return fail(cursor, 'A name in double quotes must stand here');
    const key = readString(cursor);
    if (key === undefined) return undefined;
    const keyEnd = cursor.at;
    skipSpace(cursor);
    if (cursor.text[cursor.at] !== ':') return fail(cursor, 'A colon must follow the name');
    cursor.at += 1;
    skipSpace(cursor);
    const value = readValue(cursor, depth + 1);
    if (value !== undefined) members.push({ key, keyStart, keyEnd, value });
    return value;
  });
  return closed ? { kind: 'object', members, start, end: cursor.at } : undefined;
}

function readArray(cursor: Cursor, depth: number): JsonNode | undefined {
  const start = cursor.at;
  const items: JsonNode[] = [];
  const closed = readList(cursor, ']', () => {
    const item = readValue(cursor, depth + 1);
    if (item !== undefined) items.push(item);
    return item;
  });
  return closed ? { kind: 'array', items, start, end: cursor.at } : undefined;
}

/** Elements between commas up to a closing sign. @returns false when a fault was noted */
function readList(cursor: Cursor, close: string, readElement: () => JsonNode | undefined): boolean {
  cursor.at += 1;
  skipSpace(cursor);
  if (cursor.text[cursor.at] === close) {
    cursor.at += 1;
    return true;
  }
  for (;;) {
    if (readElement() === undefined) return false;
    skipSpace(cursor);
    const sign = cursor.text[cursor.at];
    cursor.at += 1;
    if (sign === close) return true;
    if (sign !== ',') {
      cursor.at -= 1;
      fail(cursor, `A comma or \`${close}\` must stand here`);
      return false;
    }
    skipSpace(cursor);
    if (cursor.text[cursor.at] === close) {
      fail(cursor, `JSON allows no comma before \`${close}\``);
      return false;
    }
  }
}

function readString(cursor: Cursor): string | undefined {
  const start = cursor.at;
  let escaped = false;
  // A loop and not a regular expression: an expression with alternatives overflows its stack on a text of megabytes.
  for (let at = start + 1; at < cursor.text.length; at += 1) {
    const code = cursor.text.charCodeAt(at);
    if (code === 34) {
      cursor.at = at + 1;
      return escaped ? unescaped(cursor, start) : cursor.text.slice(start + 1, at);
    }
    if (code === 92) {
      escaped = true;
      at += 1;
    } else if (code < 32) {
      cursor.at = at;
      return fail(cursor, code === 10 || code === 13 ? 'The text has no closing quote' : 'A control character must be escaped');
    }
  }
  return fail(cursor, 'The text has no closing quote');
}

function unescaped(cursor: Cursor, start: number): string | undefined {
  try {
    const value: unknown = JSON.parse(cursor.text.slice(start, cursor.at));
    return typeof value === 'string' ? value : undefined;
  } catch {
    cursor.at = start;
    return fail(cursor, 'The text has an escape that JSON does not know');
  }
}

function readWord(cursor: Cursor): JsonNode | undefined {
  const start = cursor.at;
  const pattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z]+/y;
  pattern.lastIndex = start;
  const word = pattern.exec(cursor.text)?.[0];
  if (word === undefined)
    return fail(cursor, start >= cursor.text.length ? 'The file ends too early' : 'A value must stand here');
  cursor.at += word.length;
  const place = { start, end: cursor.at };
  if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', ...place };
  if (word === 'null') return { kind: 'null', ...place };
  const value = Number(word);
  if (Number.isFinite(value) && /[-\d]/u.test(word[0] ?? '')) return { kind: 'number', value, ...place };
  cursor.at = start;
  return fail(cursor, 'A text must stand in double quotes', start + word.length);
}

function skipSpace(cursor: Cursor): void {
  for (; ; cursor.at += 1) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
  }
}

function fail(cursor: Cursor, message: string, end = cursor.at + 1): undefined {
  cursor.fault ??= faultAt(cursor, message, end);
  return undefined;
}

function faultAt(cursor: Cursor, message: string, end = cursor.at + 1): JsonFault {
  return { message, start: cursor.at, end: Math.max(cursor.at, Math.min(end, cursor.text.length)) };
}
