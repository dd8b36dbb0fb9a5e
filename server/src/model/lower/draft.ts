/** An entity in the making, and where its making stands: what is being read, for whom, and who is told where things came from. */
import type { Span } from '../../base/span.ts';
import type { Kind, Prop } from '../../schema/types.ts';
import type { KindName } from '../../schema/vocabulary.ts';
import type { Entry, Term } from '../../syntax/ast.ts';
import type { EntityData } from '../entity.ts';
import type { Report, Scope } from '../terms.ts';

export interface ProfileSource {
  readonly entry: Entry;
  /** What the profile's own text belongs to; handed back to the tracer. */
  readonly home: unknown;
}

/** What lowering asks of the design around an entry. */
export interface Environment {
  profile(name: string): ProfileSource | undefined;
  profileNames(): Iterable<string>;
  let(name: string): Term | undefined;
}

/** Where a property came from: told to whoever asks (hover, findings, fixes). */
export interface Origin {
  readonly home: unknown;
  readonly entry: Entry;
  /** The word of the property, or of the entity itself. */
  readonly word: Span;
  /** Its values. */
  readonly span: Span;
  readonly profile?: string;
}

/** Receives each thing as it is bound: `path` is the entity's path below the unit, `prop` the property path or '' for the entity itself. */
export type Tracer = (path: string, prop: string, origin: Origin) => void;

export interface Draft {
  kind: Kind;
  name: string;
  label?: string;
  doc?: string;
  props: Record<string, unknown>;
  children: Draft[];
  /** Anonymous children so far, by kind. */
  counts: Record<string, number>;
  /** Children that the entry under way has declared, to notice a second one. */
  made: Set<string>;
}

/** Where binding stands: what is being read, for whom. */
export interface Context {
  readonly env: Environment;
  readonly scope: Scope;
  readonly report: Report;
  readonly trace?: Tracer;
  readonly home: unknown;
  readonly profile?: string;
}

export const draftOf = (kind: Kind, name: string): Draft => ({
  kind,
  name,
  props: {},
  children: [],
  counts: {},
  made: new Set(),
});

/** Most things hold nothing: one list for all of them. */
const childless: readonly EntityData[] = [];

export const finish = (draft: Draft): EntityData => ({
  kind: draft.kind.word as KindName,
  name: draft.name,
  ...(draft.label !== undefined ? { label: draft.label } : {}),
  ...(draft.doc !== undefined ? { doc: draft.doc } : {}),
  props: draft.props,
  children: draft.children.length === 0 ? childless : draft.children.map(finish),
});

/** Tells whoever traces where something came from; costs nothing when nobody does. */
export function tell(
  context: Context,
  path: string,
  prop: string,
  { entry, word, span }: Pick<Origin, 'entry' | 'word' | 'span'>,
): void {
  context.trace?.(path, prop, {
    home: context.home,
    entry,
    word: spanOnly(word),
    span: spanOnly(span),
    ...(context.profile !== undefined ? { profile: context.profile } : {}),
  });
}

export const silent: Report = () => {};

/** A profile, and what the entry itself says, each declare a child once; the later refines the earlier. */
export function newLayer(draft: Draft): void {
  draft.made.clear();
  for (const child of draft.children) newLayer(child);
}

/** One value more; a list of just the right length, since a large design has tens of thousands. */
const added = (list: unknown, value: unknown): readonly unknown[] => (Array.isArray(list) ? list.concat([value]) : [value]);

export function assign(draft: Draft, prop: Prop, name: string, value: unknown): void {
  if (value === undefined) return;
  if (prop.many) draft.props[name] = added(draft.props[name], value);
  else if (prop.record && typeof draft.props[name] === 'object' && typeof value === 'object')
    draft.props[name] = { ...(draft.props[name] as object), ...(value as object) };
  else draft.props[name] = value;
}

export const spanOnly = (span: Span): Span => ({ start: span.start, end: span.end });

export function setIn(record: Record<string, unknown>, prop: Prop, key: string, value: unknown): void {
  if (value === undefined) return;
  record[key] = prop.many ? added(record[key], value) : value;
}

export const join = (path: string, key: string): string => (path === '' ? key : `${path}/${key}`);

export interface Found {
  readonly draft: Draft;
  readonly path: string;
  readonly name?: string;
}

export function findBelow(draft: Draft, test: (candidate: Draft) => boolean, path = ''): Found | undefined {
  for (const child of draft.children) {
    const own = join(path, `${child.kind.word}:${child.name}`);
    if (test(child)) return { draft: child, path: own };
    const deeper = findBelow(child, test, own);
    if (deeper) return deeper;
  }
  return undefined;
}
