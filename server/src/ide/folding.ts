/** Folding: bodies, comments, runs of imports, and the sections that headings such as `// ── networks ──` make. */
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import type { Workspace } from '../analysis/workspace.ts';
import type { Entry } from '../syntax/ast.ts';
import { type Chunk, placeIn } from '../syntax/sourceFile.ts';
import { chunksIn } from './place.ts';

interface Folds {
  /** Relative to the chunk's first line. */
  readonly ranges: readonly FoldingRange[];
  /** Lines that are headings. */
  readonly headings: readonly number[];
  readonly links: boolean;
  /** Line of the first entry; absent in a chunk of comments. */
  readonly first?: number;
}

const cache = new WeakMap<Chunk, Folds>();
const heading = /^\/\/ ?[─━═=*#-]{2,}/;

export function foldingRanges(workspace: Workspace, uri: string): FoldingRange[] {
  const source = workspace.source(uri);
  if (!source) return [];
  const ranges: FoldingRange[] = [];
  let section: number | undefined;
  let imports: { readonly start: number; end: number } | undefined;
  let last = 0;
  const closeSection = (line: number): void => {
    if (section !== undefined && line - 1 > section)
      ranges.push({ startLine: section, endLine: line - 1, kind: FoldingRangeKind.Region });
  };
  const closeImports = (): void => {
    if (imports && imports.end > imports.start)
      ranges.push({ startLine: imports.start, endLine: imports.end, kind: FoldingRangeKind.Imports });
    imports = undefined;
  };
  for (const { chunk, line } of chunksIn(source, uri)) {
    const folds = foldsOf(chunk);
    for (const { startLine, endLine, ...rest } of folds.ranges)
      ranges.push({ ...rest, startLine: startLine + line, endLine: endLine + line });
    for (const at of folds.headings) {
      closeSection(line + at);
      section = line + at;
    }
    if (folds.links && folds.first !== undefined) {
      const at = line + folds.first;
      if (imports) imports.end = at;
      else imports = { start: at, end: at };
    } else if (folds.first !== undefined) closeImports();
    last = line + chunk.lines;
  }
  closeSection(last + 1);
  closeImports();
  return ranges;
}

function foldsOf(chunk: Chunk): Folds {
  const known = cache.get(chunk);
  if (known) return known;
  const ranges: FoldingRange[] = [];
  const { entries, comments } = chunk.parsed;
  const lineOf = (offset: number): number => placeIn(chunk, offset).line;
  const visit = (entry: Entry): void => {
    const { body } = entry;
    if (!body) return;
    const [start, end] = [lineOf(body.start), lineOf(body.end)];
    // The line of the closing brace stays in sight.
    const stop = body.closed ? end - 1 : end;
    if (stop > start) ranges.push({ startLine: start, endLine: stop });
    for (const inner of body.entries) visit(inner);
  };
  for (const entry of entries) visit(entry);
  const headings: number[] = [];
  let run: { readonly start: number; end: number } | undefined;
  const close = (): void => {
    if (run && run.end > run.start) ranges.push({ startLine: run.start, endLine: run.end, kind: FoldingRangeKind.Comment });
    run = undefined;
  };
  for (const comment of comments) {
    const [start, end] = [lineOf(comment.start), lineOf(comment.end)];
    const alone =
      chunk.text.slice(Math.max(chunk.text.lastIndexOf('\n', comment.start - 1), -1) + 1, comment.start).trim() === '';
    if (comment.kind === 'block' && end > start) ranges.push({ startLine: start, endLine: end, kind: FoldingRangeKind.Comment });
    const title =
      alone &&
      comment.kind === 'line' &&
      placeIn(chunk, comment.start).character === 0 &&
      heading.test(chunk.text.slice(comment.start, comment.start + 8));
    if (title) headings.push(start);
    if (!alone || title || comment.kind === 'block') close();
    else if (run && start === run.end + 1) run.end = start;
    else {
      close();
      run = { start, end: start };
    }
  }
  close();
  const [first] = entries;
  const folds = {
    ...(first ? { first: lineOf(first.start) } : {}),
    ranges,
    headings,
    links: entries.length > 0 && entries.every((entry) => entry.word.text === 'import' || entry.word.text === 'catalog'),
  };
  cache.set(chunk, folds);
  return folds;
}
