/**
 * A file as a list of chunks. An edit gives a new file that shares every chunk it did not touch, so whatever was derived from a
 * chunk (its tree, its entities) stays valid and only its place moves.
 */
import { lastStart } from '../base/lastStart.ts';
import type { ParsedChunk } from './ast.ts';
import { parseChunk } from './parse.ts';
import { type Segment, segment } from './segment.ts';

export interface Chunk {
  readonly text: string;
  /** Line ends in the text. */
  readonly lines: number;
  readonly net: number;
  readonly openFlat: boolean;
  readonly openComment: boolean;
  /** The tree; made when it is asked for, and made again if it was let go of in between. */
  readonly parsed: ParsedChunk;
}

export interface SourceFile {
  readonly chunks: readonly Chunk[];
}

/** Zero-based line and UTF-16 character. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface TextChange {
  /** Absent: the whole text is replaced. */
  readonly range?: { readonly start: Place; readonly end: Place };
  readonly text: string;
}

/** A chunk longer than this (UTF-16 units) is not parsed: it is a mistake or an attack, not a design. */
const maxChunk = 1_000_000;

const countLines = (text: string): number => {
  let lines = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 10 || (sign === 13 && text.charCodeAt(at + 1) !== 10)) lines += 1;
  }
  return lines;
};

function parseLimited(text: string): ParsedChunk {
  if (text.length <= maxChunk) return parseChunk(text);
  const message = `This part of the file is ${Math.round(text.length / 1e6)} MB long without a new entry in the first column; it is too long to be a design and is left out.`;
  return { entries: [], comments: [], problems: [{ code: 'LNT005', message, start: 0, end: 1 }] };
}

/**
 * Trees are several times as large as their text and a chunk is parsed in a fraction of a millisecond, so only the trees used last
 * are kept: all of a design of some 2,500 lines, and what is being worked on of a larger one.
 */
const keptTrees = 512;
const recent: ({ tree: ParsedChunk | undefined } | undefined)[] = new Array(keptTrees);
let nextTree = 0;

/** One chunk; its tree hangs on `held`, which the ring above may empty. */
function makeChunk(text: string, part: Segment): Chunk {
  const held: { tree: ParsedChunk | undefined } = { tree: undefined };
  return {
    text,
    lines: countLines(text),
    net: part.net,
    openFlat: part.openFlat,
    openComment: part.openComment,
    get parsed() {
      if (held.tree) return held.tree;
      const tree = parseLimited(text);
      const evicted = recent[nextTree];
      if (evicted) evicted.tree = undefined;
      recent[nextTree] = held;
      nextTree = (nextTree + 1) % keptTrees;
      held.tree = tree;
      return tree;
    },
  };
}

/** Whether a chunk may hold an entry that starts with one of these words; a quick look that spares the parsing of the rest. */
export function mayStartWith(chunk: Chunk, words: RegExp): boolean {
  return words.test(chunk.text);
}

function chunksOf(text: string): Chunk[] {
  return segment(text).map((part) => {
    return makeChunk(text.slice(part.start, part.end), part);
  });
}

export function openSource(text: string): SourceFile {
  return { chunks: chunksOf(text) };
}

export function textOf(file: SourceFile): string {
  return file.chunks.map((chunk) => chunk.text).join('');
}

const startsCache = new WeakMap<SourceFile, Uint32Array>();

/** First line of each chunk, and behind the last one the number of line ends of the whole file. */
export function chunkStarts(file: SourceFile): Uint32Array {
  let starts = startsCache.get(file);
  if (!starts) {
    starts = new Uint32Array(file.chunks.length + 1);
    let line = 0;
    file.chunks.forEach((chunk, at) => {
      if (starts) starts[at] = line;
      line += chunk.lines;
    });
    starts[file.chunks.length] = line;
    startsCache.set(file, starts);
  }
  return starts;
}

/** Index of the chunk that holds a line (the last one for lines beyond the end); -1 in an empty file. */
export function chunkAtLine(file: SourceFile, line: number): number {
  return file.chunks.length === 0 ? -1 : lastStart(chunkStarts(file), line, file.chunks.length);
}

const lineStartCache = new WeakMap<Chunk, readonly number[]>();

/** Offsets of the line starts of a chunk. */
export function lineStarts(chunk: Chunk): readonly number[] {
  let starts = lineStartCache.get(chunk);
  if (!starts) {
    const made = [0];
    const { text } = chunk;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text.charCodeAt(at);
      if (sign === 10 || (sign === 13 && text.charCodeAt(at + 1) !== 10)) made.push(at + 1);
    }
    starts = made;
    lineStartCache.set(chunk, starts);
  }
  return starts;
}

/** Place of an offset, relative to the chunk's first line. */
export function placeIn(chunk: Chunk, offset: number): Place {
  const starts = lineStarts(chunk);
  const line = lastStart(starts, offset);
  return { line, character: offset - (starts[line] ?? 0) };
}

/** Offset in a chunk of a place relative to its first line; clamped to the line. */
function offsetIn(chunk: Chunk, place: Place): number {
  const starts = lineStarts(chunk);
  const start = starts[place.line];
  if (start === undefined) return chunk.text.length;
  let stop = starts[place.line + 1] ?? chunk.text.length;
  while (stop > start && (chunk.text.charCodeAt(stop - 1) === 10 || chunk.text.charCodeAt(stop - 1) === 13)) stop -= 1;
  return Math.min(start + place.character, stop);
}

/** Chunk and offset of a place in the file. */
export function locate(file: SourceFile, place: Place): { readonly chunk: number; readonly offset: number } {
  const chunk = chunkAtLine(file, place.line);
  const found = file.chunks[chunk];
  if (!found) return { chunk: 0, offset: 0 };
  return { chunk, offset: offsetIn(found, { line: place.line - (chunkStarts(file)[chunk] ?? 0), character: place.character }) };
}

const fragile = (chunk: Chunk): boolean => chunk.openFlat || chunk.openComment;
const comments = (text: string): boolean => text.includes('*/') || text.includes('/*');
/** Could end something that is open above. */
const closing = (chunk: Chunk): boolean => chunk.net < 0 || comments(chunk.text);
/** Could change where something that is open above ends. */
const disturbing = (chunk: Chunk): boolean => chunk.net !== 0 || comments(chunk.text);

/**
 * Applies one change. The window that is cut anew starts one chunk above the change and grows downwards until its last
 * boundary is one that was there before; chunks below are reused as they are. Equal to opening the new text from scratch.
 */
export function changeSource(file: SourceFile, change: TextChange): SourceFile {
  if (!change.range || file.chunks.length === 0) return openSource(change.text);
  const from = locate(file, change.range.start);
  const to = locate(file, change.range.end);
  if (to.chunk < from.chunk || (to.chunk === from.chunk && to.offset < from.offset)) return file;
  const { chunks } = file;
  let first = Math.max(0, from.chunk - 1);
  let beyond = Math.min(chunks.length, to.chunk + 2);
  for (;;) {
    const pieces: string[] = [];
    for (let k = first; k < beyond; k += 1) {
      const text = chunks[k]?.text ?? '';
      if (k < from.chunk || k > to.chunk) pieces.push(text);
      else {
        if (k === from.chunk) pieces.push(text.slice(0, from.offset), change.text);
        if (k === to.chunk) pieces.push(text.slice(to.offset));
      }
    }
    const window = pieces.join('');
    const cut = segment(window);
    const last = cut.at(-1);
    const below = chunks[beyond - 1];
    const open = cut.some((part) => part.openFlat || part.openComment);
    // In step again: the last chunk of the window is one that was there, whole, below the change.
    const same =
      last !== undefined &&
      below !== undefined &&
      beyond - 1 > to.chunk &&
      last.end - last.start === below.text.length &&
      last.net === below.net;
    // An open flat block matters only if a closing brace is spare below; an open comment only if a comment sign comes below.
    const spare = open && chunks.slice(beyond).some(closing);
    if (beyond < chunks.length && (!same || spare)) {
      beyond = spare ? chunks.length : Math.min(chunks.length, beyond + (beyond - first));
      continue;
    }
    // Something above may have been waiting for what this change brings or takes away.
    const waiting = first > 0 ? chunks.findIndex(fragile) : -1;
    if (waiting >= 0 && waiting < first) {
      const disturbs = chunks.slice(first, beyond).some(disturbing) || cut.some((part) => part.net !== 0) || comments(window);
      if (disturbs) {
        first = waiting;
        continue;
      }
    }
    return splice(file, first, beyond, window, cut);
  }
}

function splice(file: SourceFile, first: number, beyond: number, window: string, cut: ReturnType<typeof segment>): SourceFile {
  const old = file.chunks.slice(first, beyond);
  let head = 0;
  const fresh = cut.map((part): Chunk => {
    const text = window.slice(part.start, part.end);
    // An untouched chunk of the window keeps its identity.
    const known = old.findIndex(
      (chunk, at) =>
        at >= head && chunk.text === text && chunk.openFlat === part.openFlat && chunk.openComment === part.openComment,
    );
    if (known >= 0) {
      head = known + 1;
      return old[known] as Chunk;
    }
    return makeChunk(text, part);
  });
  const chunks =
    fresh.length > 10_000
      ? file.chunks.slice(0, first).concat(fresh, file.chunks.slice(beyond))
      : // One list made, not three: the list of a large design is large, and this happens on every keystroke.
        file.chunks.toSpliced(first, beyond - first, ...fresh);
  const made: SourceFile = { chunks };
  // An edit within a line moves no line: the table of line numbers stays as it is.
  const starts = startsCache.get(file);
  if (starts && fresh.length === old.length && fresh.every((chunk, at) => chunk.lines === old[at]?.lines))
    startsCache.set(made, starts);
  return made;
}
