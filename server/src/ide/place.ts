/** From an editor's position to a chunk and back. Everything a feature looks at starts here. */

import type { Position, Range } from 'vscode-languageserver-types';
import type { Design, Workspace } from '../analysis/workspace.ts';
import { lastStart } from '../base/lastStart.ts';
import type { Span } from '../base/span.ts';
import type { ChunkState, Project } from '../model/project.ts';
import { type Chunk, chunkStarts, locate, openSource, placeIn, type SourceFile } from '../syntax/sourceFile.ts';
import type { Reading } from './reading/marks.ts';
import { readingOf } from './reading/reading.ts';

/** A chunk where it stands in its file. */
export interface ChunkPlace {
  readonly uri: string;
  readonly chunk: Chunk;
  /** First line of the chunk. */
  readonly line: number;
}

/** A position, with all that is needed to look around from it. */
export interface Place extends ChunkPlace {
  readonly source: SourceFile;
  readonly index: number;
  /** In the chunk. */
  readonly offset: number;
  readonly design: Design | undefined;
  /** The chunk as the design knows it. */
  readonly state: ChunkState | undefined;
}

/** Stands for the one chunk that an empty file does not have. */
const [blank] = openSource('\n').chunks;

export function placeAt(workspace: Workspace, uri: string, position: Position): Place | undefined {
  const source = workspace.source(uri);
  if (!source) return undefined;
  const { chunk: index, offset } = locate(source, position);
  const chunk = source.chunks[index] ?? blank;
  if (!chunk) return undefined;
  const [design] = workspace.designs(uri);
  const state = design?.project.chunks(uri)[index];
  return {
    uri,
    source,
    index,
    chunk,
    offset,
    line: chunkStarts(source)[index] ?? 0,
    design,
    state: state?.chunk === chunk ? state : undefined,
  };
}

export function rangeIn({ chunk, line }: ChunkPlace, span: Span): Range {
  const start = placeIn(chunk, span.start);
  const end = placeIn(chunk, span.end);
  return {
    start: { line: line + start.line, character: start.character },
    end: { line: line + end.line, character: end.character },
  };
}

/** The reading of the chunk at a place. */
export function readingAt(place: Place): Reading {
  return readingOf(place.chunk, place.design?.project);
}

/** Chunks of a file that touch some lines, with their places. */
export function* chunksIn(source: SourceFile, uri: string, range?: Range): Generator<ChunkPlace & { readonly index: number }> {
  const starts = chunkStarts(source);
  const first = range ? lastStart(starts, range.start.line, source.chunks.length) : 0;
  for (let index = first; index < source.chunks.length; index += 1) {
    const line = starts[index] ?? 0;
    if (range && line > range.end.line) return;
    const chunk = source.chunks[index];
    if (chunk) yield { uri, chunk, line, index };
  }
}

/** The project that a file is looked at in. */
export function projectOf(workspace: Workspace, uri: string): Project | undefined {
  return workspace.designs(uri)[0]?.project;
}
