/**
 * Semantic tokens: what a grammar of regular expressions cannot know, such as whether a word is a property or a name, and a name of
 * what. Tokens are kept per chunk, relative to its start, so that an edit costs its chunk and a copy of the rest.
 */
import type { Range } from 'vscode-languageserver-types';
import type { Workspace } from '../analysis/workspace.ts';
import type { Span } from '../base/span.ts';
import type { Project } from '../model/project.ts';
import type { Area, ValueKind } from '../schema/types.ts';
import { kindOf } from '../schema/vocabulary.ts';
import type { Entry, Term } from '../syntax/ast.ts';
import { type Chunk, placeIn } from '../syntax/sourceFile.ts';
import { variablesIn } from './names/expressions.ts';
import { kindsMeant, namesThings, segmentSpans } from './names/resolve.ts';
import { chunksIn, projectOf } from './place.ts';
import type { Mark } from './reading/marks.ts';
import { readingOf, stillHolds } from './reading/reading.ts';

const types = [
  'keyword',
  'class',
  'interface',
  'struct',
  'namespace',
  'function',
  'event',
  'type',
  'property',
  'enumMember',
  'number',
  'string',
  'comment',
  'parameter',
  'variable',
  'operator',
] as const;
type Type = (typeof types)[number];
const modifiers = ['declaration', 'readonly', 'documentation'] as const;
type Modifier = (typeof modifiers)[number];

/** What the numbers of the tokens stand for. */
export const semanticTokensLegend: { readonly tokenTypes: string[]; readonly tokenModifiers: string[] } = {
  tokenTypes: [...types],
  tokenModifiers: [...modifiers],
};

/** Names are coloured by what they name; the types are those that every colour theme knows. */
const byArea: Readonly<Record<Area, Type>> = {
  'place and power': 'namespace',
  'physical network': 'interface',
  'virtual network': 'interface',
  compute: 'class',
  storage: 'struct',
  cluster: 'function',
  workload: 'function',
  licences: 'event',
  applications: 'event',
  protection: 'event',
  governance: 'variable',
};
const nameType = (kind: string | undefined): Type =>
  byArea[(kind === undefined ? undefined : kindOf(kind)?.area) ?? 'governance'];

interface Token extends Span {
  readonly type: Type;
  readonly modifiers: readonly Modifier[];
}

interface Kept {
  readonly profiles: ReadonlyMap<string, Entry | undefined>;
  readonly data: Relative;
}
/** Tokens of a chunk: the first one from the chunk's start, the others from the one before. */
interface Relative {
  readonly head: readonly number[];
  readonly tail: number[];
  readonly lastLine: number;
  readonly lastCharacter: number;
}
const cache = new WeakMap<Chunk, Kept>();

/** Tokens of a file, or of the chunks that touch a range, in the protocol's relative form. */
export function semanticTokens(workspace: Workspace, uri: string, range?: Range): { data: number[] } {
  const source = workspace.source(uri);
  if (!source) return { data: [] };
  const project = projectOf(workspace, uri);
  // Tokens of a chunk follow each other; only the first of each has to be told where the last one stood.
  const parts: number[][] = [];
  let line = 0;
  let character = 0;
  for (const { chunk, line: first } of chunksIn(source, uri, range)) {
    const own = tokensOf(chunk, project);
    const [down = 0, right = 0, length = 0, type = 0, bits = 0] = own.head;
    if (own.head.length === 0) continue;
    const at = first + down;
    parts.push([at - line, at === line ? right - character : right, length, type, bits], own.tail);
    line = first + own.lastLine;
    character = own.lastCharacter;
  }
  return { data: ([] as number[]).concat(...parts) };
}

function tokensOf(chunk: Chunk, project: Project | undefined): Relative {
  const known = cache.get(chunk);
  if (known && stillHolds(known.profiles, project)) return known.data;
  const reading = readingOf(chunk, project);
  const tokens: Token[] = [];
  for (const mark of reading.marks) tokens.push(...tokensFor(mark));
  for (const { kind, start, end } of chunk.parsed.comments)
    tokens.push({ type: 'comment', modifiers: kind === 'doc' ? ['documentation'] : [], start, end });
  const data = encode(chunk, tokens);
  cache.set(chunk, { profiles: new Map(reading.profiles), data });
  return data;
}

const token = (type: Type, { start, end }: Span, ...own: readonly Modifier[]): Token => ({ type, modifiers: own, start, end });

function tokensFor(mark: Mark): readonly Token[] {
  switch (mark.is) {
    case 'directive':
      return [token('keyword', mark)];
    case 'joiner':
      return [token('keyword', mark)];
    case 'kind':
      return [token('keyword', mark)];
    case 'path':
    case 'label':
      return [token('string', mark)];
    case 'name':
      return nameTokens(mark.term, nameType(mark.block.kind.word), mark.block.override ? [] : ['declaration']);
    case 'profile':
      return [token('type', mark, ...(mark.declares ? (['declaration'] as const) : []))];
    case 'let':
      return [token('variable', mark, 'declaration', 'readonly')];
    case 'letValue':
      return valueTokens(mark.term, undefined);
    case 'prop':
      return [token('property', mark)];
    case 'value':
      return valueTokens(mark.term, mark.operand.type.kind);
    case 'unknown':
      return [];
    default:
      return mark satisfies never;
  }
}

/** A name and what is reckoned in it. */
function nameTokens(term: Term, type: Type, own: readonly Modifier[]): readonly Token[] {
  if (term.kind !== 'path')
    return term.kind === 'between' || term.kind === 'number' ? [token('number', term)] : [token(type, term, ...own)];
  const tokens: Token[] = [];
  for (const piece of term.pieces) {
    if (piece.kind === 'word' || piece.kind === 'quoted') tokens.push(token(type, piece, ...own));
    else if (piece.kind === 'star') tokens.push(token('operator', piece));
    else if (piece.kind === 'index' && piece.variable) tokens.push(token('parameter', piece.variable, 'declaration'));
  }
  return [...tokens, ...variablesIn(term).map((variable) => token('parameter', variable))];
}

function valueTokens(term: Term, kind: ValueKind | undefined): readonly Token[] {
  switch (term.kind) {
    case 'number':
    case 'between':
    case 'ipv4':
    case 'ipv6':
    case 'mac':
    case 'wwn':
    case 'hexid':
    case 'date':
      return [token('number', term)];
    case 'text':
      return kind && namesThings(kind) ? [token(nameType(kindsMeant(kind)[0]), term)] : [token('string', term)];
    case 'name':
      if (kind?.is === 'choice' || kind?.is === 'yesno') return [token('enumMember', term)];
      if (kind?.is === 'address') return [token('enumMember', term)];
      return [
        token(
          kind && namesThings(kind)
            ? nameType(kindsMeant(kind)[0])
            : kind && kind.is !== 'word' && kind.is !== 'text'
              ? 'variable'
              : 'string',
          term,
        ),
      ];
    case 'path':
      return kind && namesThings(kind) ? pathTokens(term, kind) : nameTokens(term, 'variable', []);
    case 'expr':
      return variablesIn(term).map((variable) => token('parameter', variable));
    case 'equals':
      return [token('operator', term)];
    default:
      return term satisfies never;
  }
}

/** Each part of a path by what it can name: the last part has the type's kind, the ones in front hold it. */
function pathTokens(term: Extract<Term, { readonly kind: 'path' }>, kind: ValueKind): readonly Token[] {
  const [meant] = kindsMeant(kind);
  const spans = segmentSpans(term);
  const last = kind.is === 'ref' ? spans.length - 1 : 0;
  return term.pieces.flatMap((piece): readonly Token[] => {
    const at = spans.findIndex((span) => span.start <= piece.start && piece.end <= span.end);
    if (piece.kind === 'star') return [token('operator', piece)];
    if (piece.kind === 'call' || piece.kind === 'index')
      return variablesIn({ kind: 'path', pieces: [piece], start: piece.start, end: piece.end }).map((variable) =>
        token('parameter', variable),
      );
    if (piece.kind !== 'word' && piece.kind !== 'quoted') return [];
    if (kind.is === 'address' && at > 0) return [token('function', piece)];
    if (kind.is === 'port' && at > 0) return [token('number', piece)];
    return [token(at === last ? nameType(meant) : 'variable', piece)];
  });
}

/** Tokens in order, none over another, none over a line's end. */
function encode(chunk: Chunk, tokens: readonly Token[]): Relative {
  const data: number[] = [];
  let [lastLine, lastCharacter] = [0, 0];
  let behind = 0;
  for (const { type, modifiers: own, start, end } of [...tokens].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < behind || end <= start) continue;
    behind = end;
    const bits = own.reduce((sum, modifier) => sum | (1 << modifiers.indexOf(modifier)), 0);
    let from = start;
    for (const line of chunk.text.slice(start, end).split(/\r\n|\n|\r/)) {
      const place = placeIn(chunk, from);
      if (line.length > 0) {
        data.push(
          place.line - lastLine,
          place.line === lastLine ? place.character - lastCharacter : place.character,
          line.length,
          types.indexOf(type),
          bits,
        );
        lastLine = place.line;
        lastCharacter = place.character;
      }
      from += line.length;
      from += chunk.text.startsWith('\r\n', from) ? 2 : 1;
    }
  }
  return { head: data.slice(0, 5), tail: data.slice(5), lastLine, lastCharacter };
}
