/**
 * The façade that every front end uses: files in, findings, models and places out. A design is the closure of a root file over its
 * imports; a file that several roots import is checked with each of them, and equal findings are shown once.
 */
import type { Catalog } from '../catalog/types.ts';
import type { Check, IndexDefinition } from '../model/model.ts';
import { createProject } from '../model/project.ts';
import { type Chunk, changeSource, mayStartWith, openSource, type SourceFile, type TextChange } from '../syntax/sourceFile.ts';
import { createCatalogStore } from './catalogs.ts';
import { collect } from './collect.ts';
import type { Design, ResolveTarget, WorkspaceFinding } from './design.ts';
import type { Range } from './finding.ts';
import { decode, type Host, resolveImport } from './host.ts';
import { rangeOfSpot, type Spot } from './locate.ts';
import type { PolicyInput } from './policy.ts';

export interface WorkspaceOptions {
  readonly host: Host;
  readonly indexes: readonly IndexDefinition[];
  readonly checks: readonly Check[];
  /** Severity by rule code from outside of the design (settings); a `policy` in the design wins. */
  readonly severities?: ReadonlyMap<string, PolicyInput>;
  /** Today, for waivers that expire: `2026-11-20`. Absent: nothing expires. */
  readonly today?: string;
  readonly bundledCatalogs: readonly Catalog[];
}

export type { Design, WorkspaceFinding } from './design.ts';

export interface Workspace {
  /** An open document, or any file given by the front end; undefined closes it (the host's text counts again). */
  setFile(uri: string, source: SourceFile | undefined): void;
  /** An editor shows a file. */
  openText(uri: string, text: string): void;
  /** An editor changed what it shows. */
  changeText(uri: string, changes: readonly TextChange[]): void;
  /** A file changed, came or went on the host's side. */
  fileChanged(uri: string): void;
  setSeverities(severities: ReadonlyMap<string, PolicyInput>): void;
  /** Brings all designs up to date; returns the files whose findings may have changed. */
  update(): ReadonlySet<string>;
  source(uri: string): SourceFile | undefined;
  /** Designs that a file belongs to (its roots), the one that it is the root of first. */
  designs(uri: string): readonly Design[];
  /** Root files. */
  roots(): readonly string[];
  /** Findings of a file, in text order. */
  findings(uri: string): readonly WorkspaceFinding[];
  /** Why a file could not be read as a design. */
  unreadable(uri: string): string | undefined;
  /** Range in its file of a spot. */
  rangeOf(spot: Spot): { readonly uri: string; readonly range: Range } | undefined;
  revision(): number;
}

interface FileState {
  source: SourceFile;
  open: boolean;
  reason: string | undefined;
  imports: readonly string[];
}

const importWord = /\bimport\b/;

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const files = new Map<string, FileState>();
  const designs = new Map<string, Design & { files: Set<string> }>();
  const dirty = new Set<string>();
  let severities = options.severities ?? new Map<string, PolicyInput>();
  let structureChanged = false;
  let revision = 0;
  const wanted = new Set<string>();
  /** Findings by file, of the present revision. */
  let perDesign = new WeakMap<Design, ReadonlyMap<string, readonly WorkspaceFinding[]>>();

  const linksOf = (source: SourceFile): string[] => {
    const links: string[] = [];
    for (const chunk of source.chunks) {
      if (!mayStartWith(chunk, importWord)) continue;
      for (const entry of chunk.parsed.entries) {
        const term = entry.groups[0]?.[0];
        if (entry.word.text === 'import' && term?.kind === 'text' && term.plain !== undefined) links.push(term.plain);
      }
    }
    return links;
  };
  const load = (uri: string): FileState | undefined => {
    const known = files.get(uri);
    if (known) return known;
    if (!options.host.allows(uri)) return undefined;
    const read = options.host.read(uri);
    if (!read) return undefined;
    const decoded = 'bytes' in read ? decode(read.bytes) : read;
    const source = openSource('text' in decoded ? decoded.text : '');
    const state: FileState = {
      source,
      open: false,
      reason: 'reason' in decoded ? decoded.reason : undefined,
      imports: linksOf(source),
    };
    files.set(uri, state);
    structureChanged = true;
    dirty.add(uri);
    return state;
  };

  const importsOf = (uri: string, state: FileState): readonly string[] =>
    state.imports.flatMap((path) => {
      const target = resolveImport(uri, path);
      return target === undefined ? [] : [target];
    });

  const closure = (root: string): Set<string> => {
    const seen = new Set<string>();
    const visit = (uri: string): void => {
      if (seen.has(uri)) return;
      const state = load(uri);
      if (!state) return;
      seen.add(uri);
      for (const target of importsOf(uri, state)) visit(target);
    };
    visit(root);
    return seen;
  };

  const restructure = (): void => {
    // Loading an import may bring further imports; repeat until nothing new comes.
    for (let round = 0; round < 50 && structureChanged; round += 1) {
      structureChanged = false;
      for (const uri of [...files.keys()]) closure(uri);
    }
    structureChanged = false;
    const imported = new Set<string>();
    for (const [uri, state] of files)
      for (const target of importsOf(uri, state)) if (target !== uri && files.has(target)) imported.add(target);
    const rootUris = [...files.keys()].filter((uri) => wanted.has(uri) && !imported.has(uri));
    // A cycle has no root of its own: its first file by name stands for it.
    const covered = new Set(rootUris.flatMap((uri) => [...closure(uri)]));
    for (const uri of [...wanted].sort())
      if (files.has(uri) && !covered.has(uri)) {
        rootUris.push(uri);
        for (const member of closure(uri)) covered.add(member);
      }
    const roots = new Set(rootUris);
    for (const [root, design] of designs)
      if (!roots.has(root)) {
        for (const uri of design.files) dirty.add(uri);
        designs.delete(root);
      }
    for (const root of rootUris) {
      const members = closure(root);
      let design = designs.get(root);
      if (!design) {
        const catalogs = createCatalogStore(options.host, options.bundledCatalogs);
        design = { root, project: createProject(options.indexes, options.checks), catalogs, files: new Set() };
        designs.set(root, design);
      }
      for (const uri of design.files)
        if (!members.has(uri)) {
          design.project.setFile(uri, undefined);
          dirty.add(uri);
          // Those that are left missed nothing themselves, but miss this file now.
          dirty.add(root);
        }
      for (const uri of members) {
        const state = files.get(uri);
        if (state && !design.files.has(uri)) {
          design.project.setFile(uri, state.source);
          dirty.add(uri);
        }
      }
      design.files = members;
    }
    for (const uri of [...files.keys()]) if (!covered.has(uri) && !files.get(uri)?.open) files.delete(uri);
  };

  const replace = (uri: string, source: SourceFile, open: boolean, reason?: string): void => {
    const old = files.get(uri);
    const imports = old && sameLinks(old.source, source) ? old.imports : linksOf(source);
    if (!old || old.imports.length !== imports.length || old.imports.some((path, at) => path !== imports[at]))
      structureChanged = true;
    files.set(uri, { source, open, reason, imports });
    wanted.add(uri);
    dirty.add(uri);
    for (const design of designs.values()) if (design.files.has(uri)) design.project.setFile(uri, source);
  };

  const forget = (uri: string): void => {
    files.delete(uri);
    wanted.delete(uri);
    dirty.add(uri);
    structureChanged = true;
  };

  const fromHost = (uri: string): void => {
    const read = options.host.allows(uri) ? options.host.read(uri) : undefined;
    if (!read) {
      forget(uri);
      return;
    }
    const decoded = 'bytes' in read ? decode(read.bytes) : read;
    replace(uri, openSource('text' in decoded ? decoded.text : ''), false, 'reason' in decoded ? decoded.reason : undefined);
  };

  const workspace: Workspace = {
    setFile(uri, source) {
      if (source) replace(uri, source, true);
      else fromHost(uri);
    },
    openText: (uri, text) => replace(uri, openSource(text), true),
    changeText(uri, changes) {
      let source = files.get(uri)?.source;
      if (!source) return;
      for (const change of changes) source = changeSource(source, change);
      replace(uri, source, true);
    },
    fileChanged(uri) {
      for (const design of designs.values()) design.catalogs.forget(uri);
      const known = files.get(uri);
      if (known?.open) return;
      if (uri.endsWith('.lintel')) fromHost(uri);
      else for (const design of designs.values()) for (const member of design.files) dirty.add(member);
      structureChanged = true;
    },
    setSeverities(next) {
      severities = next;
      for (const uri of files.keys()) dirty.add(uri);
    },
    update() {
      if (structureChanged) restructure();
      for (const design of designs.values()) {
        design.catalogs.load(
          [...design.project.notable()]
            .flatMap((state) =>
              state.links.filter((link) => link.word === 'catalog').map((link) => ({ uri: state.uri, path: link.path })),
            )
            .sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.path < b.path ? -1 : 1)),
        );
        design.project.setCatalogs(design.catalogs.catalogs());
        design.project.flush();
        for (const uri of design.files) if (dirty.has(uri)) for (const other of design.files) dirty.add(other);
      }
      if (dirty.size > 0) {
        revision += 1;
        perDesign = new WeakMap();
      }
      const changed = new Set(dirty);
      dirty.clear();
      return changed;
    },
    source: (uri) => files.get(uri)?.source,
    designs: (uri) =>
      [...designs.values()]
        .filter((design) => design.files.has(uri))
        .sort((a, b) => (a.root === uri ? -1 : b.root === uri ? 1 : a.root < b.root ? -1 : 1)),
    roots: () => [...designs.keys()].sort(),
    unreadable: (uri) => files.get(uri)?.reason,
    rangeOf: rangeOfSpot,
    revision: () => revision,
    findings(uri) {
      const state = files.get(uri);
      if (!state) return [];
      const zero: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      if (state.reason !== undefined)
        return [{ uri, range: zero, rule: 'LNT401', severity: 'error', message: state.reason, fixable: false, fixes: () => [] }];
      const all: WorkspaceFinding[] = [];
      const seen = new Set<string>();
      for (const design of workspace.designs(uri)) {
        let collected = perDesign.get(design);
        if (!collected) {
          collected = collect(design, {
            severities,
            resolveTarget,
            ...(options.today !== undefined ? { today: options.today } : {}),
          });
          perDesign.set(design, collected);
        }
        for (const finding of collected.get(uri) ?? []) {
          const key = `${finding.rule}@${finding.range.start.line}:${finding.range.start.character}-${finding.range.end.line}:${finding.range.end.character} ${finding.message}`;
          if (seen.has(key)) continue;
          seen.add(key);
          all.push(finding);
        }
      }
      return all.sort(byPlace);
    },
  };

  const resolveTarget: ResolveTarget = (uri, path) => {
    const target = resolveImport(uri, path);
    if (target === undefined)
      return { problem: 'An import is a path relative to this file, inside of the workspace, with "/" between folders.' };
    if (!options.host.allows(target)) return { problem: 'This path leads out of the workspace; imports stay inside of it.' };
    const state = files.get(target) ?? load(target);
    if (!state) return { target, problem: `There is no file "${path}".` };
    const trail: string[] = [];
    const visit = (at: string): boolean => {
      if (at === uri) return true;
      if (trail.includes(at)) return false;
      trail.push(at);
      const file = files.get(at);
      for (const next of file ? importsOf(at, file) : []) if (visit(next)) return true;
      trail.pop();
      return false;
    };
    return visit(target) ? { target, cycle: [uri, ...trail, uri] } : { target };
  };

  return workspace;
}

/** Whether no import line can have changed: looks only at the chunks that differ. */
function sameLinks(before: SourceFile, after: SourceFile): boolean {
  const [a, b] = [before.chunks, after.chunks];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const links = (chunk: Chunk): boolean =>
    mayStartWith(chunk, importWord) && chunk.parsed.entries.some((entry) => entry.word.text === 'import');
  return !a.slice(head, a.length - tail).some(links) && !b.slice(head, b.length - tail).some(links);
}

const byPlace = (a: WorkspaceFinding, b: WorkspaceFinding): number =>
  a.range.start.line - b.range.start.line ||
  a.range.start.character - b.range.start.character ||
  (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
