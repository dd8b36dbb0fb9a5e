/** The outline of a file, and names of the whole workspace. */
import { type DocumentSymbol, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver-types';
import { rangeOfSpot } from '../analysis/locate.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { type Entity, walk } from '../model/entity.ts';
import { entryOf, type Project } from '../model/project.ts';
import type { Area, Kind } from '../schema/types.ts';
import { kindOf } from '../schema/vocabulary.ts';
import type { Entry, Term } from '../syntax/ast.ts';
import type { Chunk } from '../syntax/sourceFile.ts';
import { saidOf } from './describe/origins.ts';
import { type ChunkPlace, chunksIn, projectOf, rangeIn } from './place.ts';
import type { Block } from './reading/marks.ts';
import { readingOf, stillHolds } from './reading/reading.ts';
import { plainName } from './reading/walk.ts';

/** Icons by area: an editor has a fixed set of them, made for programs. */
const icons: Readonly<Record<Area, SymbolKind>> = {
  'place and power': SymbolKind.Package,
  'physical network': SymbolKind.Interface,
  compute: SymbolKind.Class,
  'virtual network': SymbolKind.Interface,
  storage: SymbolKind.Struct,
  cluster: SymbolKind.Module,
  workload: SymbolKind.Object,
  licences: SymbolKind.Key,
  applications: SymbolKind.Event,
  protection: SymbolKind.Operator,
  governance: SymbolKind.Property,
};
const iconOf = (kind: Kind): SymbolKind => icons[kind.area];

/** How many symbols of a workspace are shown for one query. */
const maxSymbols = 200;

interface Outline {
  readonly profiles: ReadonlyMap<string, Entry | undefined>;
  /** Relative to the chunk's first line. */
  readonly symbols: readonly DocumentSymbol[];
  /** The same where the chunk stood last. */
  placed: { readonly line: number; readonly symbols: readonly DocumentSymbol[] };
}
const cache = new WeakMap<Chunk, Outline>();

export function documentSymbols(workspace: Workspace, uri: string): DocumentSymbol[] {
  const source = workspace.source(uri);
  const project = projectOf(workspace, uri);
  if (!source) return [];
  const symbols: DocumentSymbol[] = [];
  for (const { chunk, line } of chunksIn(source, uri)) {
    const outline = outlineOf(chunk, project);
    if (outline.placed.line !== line) outline.placed = { line, symbols: outline.symbols.map((symbol) => moved(symbol, line)) };
    for (const symbol of outline.placed.symbols) symbols.push(symbol);
  }
  return symbols;
}

function outlineOf(chunk: Chunk, project: Project | undefined): Outline {
  const known = cache.get(chunk);
  if (known && stillHolds(known.profiles, project)) return known;
  const reading = readingOf(chunk, project);
  const place: ChunkPlace = { uri: '', chunk, line: 0 };
  const symbols: DocumentSymbol[] = [];
  const byBlock = new Map<Block, DocumentSymbol>();
  for (const entry of chunk.parsed.entries)
    if (entry.word.text === 'import' || entry.word.text === 'catalog' || entry.word.text === 'let')
      symbols.push(directiveSymbol(place, entry));
  for (const block of reading.blocks) {
    const symbol = blockSymbol(place, block);
    byBlock.set(block, symbol);
    const above = block.parent && byBlock.get(block.parent);
    if (above) above.children = [...(above.children ?? []), symbol];
    else symbols.push(symbol);
  }
  symbols.sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
  const outline = { profiles: new Map(reading.profiles), symbols, placed: { line: 0, symbols } };
  cache.set(chunk, outline);
  return outline;
}

function blockSymbol(place: ChunkPlace, block: Block): DocumentSymbol {
  const { text } = place.chunk;
  const written = (term: Term | undefined): string | undefined =>
    term ? (plainName(term) ?? text.slice(term.start, term.end)) : undefined;
  // What has no name is called by what it says first: `disk 120GB`, `waive NET023`.
  const said = block.kind.operands.length > 0 ? block.entry.groups[0] : undefined;
  const first = said && text.slice(said[0].start, said.at(-1)?.end);
  const name = block.profile ?? written(block.name) ?? (first === undefined ? undefined : `${block.kind.word} ${first}`);
  const label =
    block.kind.labelled && block.profile === undefined ? block.entry.groups.slice(block.override ? 0 : 1)[0]?.[0] : undefined;
  const details = [
    block.profile === undefined ? block.kind.word : `profile of ${block.kind.word}`,
    ...(label?.kind === 'text' && label.plain !== undefined ? [label.plain] : []),
    ...(block.entry.profiles ?? []).flatMap((term) => written(term) ?? []),
  ];
  const nameSpan = block.profile === undefined ? (block.name ?? block.word) : (block.entry.groups[0]?.[0] ?? block.word);
  return {
    name: name === undefined || name === '' ? block.kind.word : name,
    detail: details.join(' · '),
    kind: block.profile === undefined ? iconOf(block.kind) : SymbolKind.Class,
    range: rangeIn(place, block.entry),
    selectionRange: rangeIn(place, nameSpan),
  };
}

function directiveSymbol(place: ChunkPlace, entry: Entry): DocumentSymbol {
  const [term] = entry.groups[0] ?? [];
  return {
    name: plainName(term) ?? entry.word.text,
    detail: entry.word.text,
    kind: entry.word.text === 'let' ? SymbolKind.Constant : SymbolKind.File,
    range: rangeIn(place, entry),
    selectionRange: rangeIn(place, term ?? entry.word),
  };
}

/** A symbol some lines further down. */
function moved(symbol: DocumentSymbol, by: number): DocumentSymbol {
  if (by === 0) return symbol;
  const shift = ({ start, end }: DocumentSymbol['range']): DocumentSymbol['range'] => ({
    start: { line: start.line + by, character: start.character },
    end: { line: end.line + by, character: end.character },
  });
  return {
    ...symbol,
    range: shift(symbol.range),
    selectionRange: shift(symbol.selectionRange),
    ...(symbol.children ? { children: symbol.children.map((child) => moved(child, by)) } : {}),
  };
}

/** Things whose names hold the letters of the query in their order, the nearest first; members of a range stand at their line. */
export function workspaceSymbols(workspace: Workspace, query: string): WorkspaceSymbol[] {
  const wanted = query.trim().toLowerCase();
  const found: { readonly score: number; readonly entity: Entity; readonly project: Project }[] = [];
  for (const root of workspace.roots()) {
    const project = workspace.designs(root).find((design) => design.root === root)?.project;
    if (!project) continue;
    for (const uri of project.files().keys()) {
      for (const holder of project.holders(uri)) {
        for (const entity of walk(holder.unit.root)) {
          const score = entity.name === '' ? undefined : scoreOf(entity.name.toLowerCase(), wanted);
          if (score !== undefined) found.push({ score: score + (entity.parent ? 1 : 0), entity, project });
        }
      }
    }
  }
  found.sort((a, b) => a.score - b.score);
  const symbols: WorkspaceSymbol[] = [];
  const seen = new Set<string>();
  for (const { entity, project } of found) {
    const location = placeOf(entity, project);
    if (!location) continue;
    const above = entity.parent?.name;
    const key = `${entity.name} ${above ?? ''} ${location.uri} ${location.range.start.line}:${location.range.start.character}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const kind = kindOf(entity.kind);
    symbols.push({
      name: entity.name,
      kind: kind ? iconOf(kind) : SymbolKind.Object,
      containerName: above ?? entity.kind,
      location,
    });
    if (symbols.length >= maxSymbols) break;
  }
  return symbols;
}

function placeOf(
  entity: Entity,
  project: Project,
): { readonly uri: string; readonly range: DocumentSymbol['range'] } | undefined {
  if (entity.parent) {
    const [said] = saidOf(project, entity, '');
    return said && rangeOfSpot(said);
  }
  const holder = project.holderOf(entity);
  const entry = holder && entryOf(holder);
  return holder && entry && rangeOfSpot({ state: holder.state, span: entry.groups[0]?.[0] ?? entry.word });
}

/** Smaller is nearer; undefined when the letters are not there in this order. */
function scoreOf(name: string, wanted: string): number | undefined {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 2;
  if (name.includes(wanted)) return 4;
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return undefined;
  }
  return 6;
}
