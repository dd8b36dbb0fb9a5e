/**
 * The walls of the house (docs/architecture.md): which folder may import what, no import cycles, and no clock, disk or console
 * outside the entry files. Each row of the table gives its reason; a failure names the file, the line and the row.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

interface Layer {
  /** A folder, with everything below it that has no row of its own; or one file, which others must then name to import it. */
  readonly at: string;
  /** Folders (or files) whose values and types it may import. Its own folder is always allowed. */
  readonly uses: readonly string[];
  /** Folders (or files) of which it may import types only (`import type`). */
  readonly types?: readonly string[];
  /** npm packages and Node modules; a trailing `*` stands for any subpath. */
  readonly packages?: readonly string[];
  /** What of the outside world it may touch; everybody else is pure. */
  readonly world?: readonly World[];
  readonly because: string;
}

const s = (folders: string): string[] => folders.split(' ').map((folder) => `server/src/${folder}`);
const derived = s('base values schema syntax model facts edit rules catalog topology checklist');

// biome-ignore format: a table
const LAYERS: readonly Layer[] = [
  { at: 'server/src/base', uses: [],
    because: 'spans, edits, results, memo: everything stands on it, so it stands on nothing' },
  { at: 'server/src/values', uses: s('base'), packages: ['ipaddr.js', 'fastest-levenshtein'],
    because: 'quantities and addresses are plain text → value; they know no file and no grammar' },
  { at: 'server/src/syntax', uses: s('base'), packages: ['chevrotain'],
    because: 'the grammar is generic: it knows no hypervisor, so it must not see the vocabulary' },
  { at: 'server/src/schema', uses: s('base values'), types: s('syntax'),
    because: 'the vocabulary is data; completion, hover and docs read it without a parser' },
  { at: 'server/src/model', uses: s('base values schema syntax'), types: s('catalog'),
    because: 'lowering turns syntax and vocabulary into entities; it judges nothing, and only carries the catalogs along' },
  { at: 'server/src/catalog', uses: s('base values'),
    because: 'vendor limits and compatibility lists are data that know no design' },
  { at: 'server/src/facts', uses: s('base values model catalog'), types: s('schema'),
    because: 'facts are derived from the model alone, whatever spelling made it' },
  { at: 'server/src/edit', uses: s('base syntax schema'), types: s('model'),
    because: 'edits change text through the syntax tree; they look nothing up in the model' },
  { at: 'server/src/rules', uses: [...s('base values model facts edit catalog'), 'server/src/rules/*'], types: s('schema'),
    because: 'defineRule and the engine; the rules themselves are one folder deeper' },
  { at: 'server/src/rules/*', uses: s('base values model facts edit catalog rules'), types: s('schema'),
    because: 'a rule reads facts and reports; it never leans on a rule of another category' },
  { at: 'server/src/rules/generated', uses: ['server/src/rules/*', ...s('rules')],
    because: 'the list of all rules, made by tools/gen.ts' },
  { at: 'server/src/topology', uses: s('base values model facts'), types: [...s('schema'), 'elkjs'],
    because: 'the picture is drawn from the model; it knows no rule, no editor and no page' },
  { at: 'server/src/topology/elk.worker.ts', uses: s('base topology'), packages: ['elkjs*', 'node:worker_threads'], world: ['process'],
    because: 'ELK runs in a thread of its own; this file is that thread, and the only one in a bundle that holds elkjs' },
  { at: 'server/src/topology/layoutRunner.ts', uses: s('base topology'), packages: ['node:worker_threads'], world: ['timers'],
    because: 'starts that thread and gives up on a layout that hangs; only entry files import it' },
  { at: 'server/src/topology/layoutInProcess.ts', uses: s('base topology'), packages: ['elkjs*'],
    because: 'ELK on the calling thread, for tests and tools; no bundle contains it' },
  { at: 'server/src/checklist', uses: s('base values model facts'), types: s('schema'),
    because: 'the work list is made from the model; it knows neither the picture nor the rules' },
  { at: 'server/src/analysis', uses: derived,
    because: 'the façade of every front end: all that is above, and no editor, protocol or disk' },
  { at: 'server/src/ide', uses: [...derived, ...s('analysis')], packages: ['vscode-languageserver-types'],
    because: 'editor features answer in plain LSP data; they hold no connection' },
  { at: 'server/src/lsp', uses: s('base ide analysis topology checklist lsp/scheduler.ts'),
    packages: ['vscode-languageserver*', 'vscode-jsonrpc*', 'vscode-uri'],
    because: 'requests in, answers out: what an answer says is decided in ide and analysis' },
  { at: 'server/src/lsp/scheduler.ts', uses: s('base lsp'), world: ['timers'],
    because: 'the one place that yields to the event loop and hands the engine its pause' },
  { at: 'server/src/node', uses: s('base analysis topology topology/layoutRunner.ts lsp'), packages: ['node:*'], world: ['process', 'console', 'clock', 'timers'],
    because: 'disk, clock and threads, for the processes that need them: the server and the command line' },
  { at: 'server/src/node.ts', uses: s('base analysis topology checklist ide lsp node'), world: ['process', 'console', 'clock', 'timers'],
    packages: ['node:*', 'vscode-languageserver*', 'vscode-uri', 'lintel:layout-worker'],
    because: 'entry file of the server: disk, pipes and threads are plugged in here' },
  { at: 'cli/src', uses: s('base analysis topology topology/layoutRunner.ts checklist rules catalog syntax node node.ts'), types: [...s('schema model'), 'sarif'],
    packages: ['node:*', 'commander', 'vscode-uri', 'lintel:layout-worker'], world: ['process', 'console', 'clock', 'timers'],
    because: 'a front end of its own beside the editor: it needs no protocol and no editor feature (node.ts is what `lintel server` starts)' },
  { at: 'client/src', uses: s('lsp/protocol.ts'), packages: ['vscode', 'vscode-languageclient*', 'node:crypto'],
    because: 'thin: shows what the server says (node:crypto for the page\'s nonce); the language stays in the server' },
  { at: 'client/src/node.ts', uses: ['client/src'], packages: ['vscode', 'vscode-languageclient*'], world: ['timers'],
    because: 'entry file of the extension: what can wait until VS Code has started it is put off with a timer' },
  { at: 'webview/src', uses: [], types: s('lsp/protocol.ts'), packages: ['d3-selection', 'd3-zoom'], world: ['timers', 'clock'],
    because: 'a page without privileges: it gets a picture and sends clicks' },
];

/** The outside world, by the names under which a source would reach it without an import. */
const WORLD = {
  process: ['process', 'require', 'global', 'Buffer', '__dirname', '__filename', 'fetch'],
  console: ['console'],
  clock: ['Date.now', 'new Date()', 'Date()', 'performance', 'Math.random', 'crypto'],
  timers: ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
} as const;
type World = keyof typeof WORLD;

// ── reading sources ───────────────────────────────────────────────────────────────────────────────────────────────────

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SCANNED = ['server/src', 'cli/src', 'client/src', 'webview/src'];

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}
interface Source {
  /** Path from the project's root, with slashes. */
  readonly file: string;
  readonly imports: readonly Import[];
  readonly reaches: readonly { readonly name: string; readonly line: number }[];
}

type Node = Record<string, unknown> & { readonly type: string; readonly start: number };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Imports and reaches for the outside world of one source text. */
function scan(file: string, text: string): Source {
  const imports: Import[] = [];
  const reaches: { name: string; line: number }[] = [];
  const line = (node: Node): number => text.slice(0, node.start).split('\n').length;

  const visit = (node: Node, parent?: Node, key?: string): void => {
    const source = node.source;
    if (isNode(source) && typeof source.value === 'string') {
      const typeOnly = node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType';
      imports.push({ specifier: source.value, typeOnly, line: line(node) });
    }
    if (node.type === 'Identifier' && isReference(parent, key)) {
      const name = spelling(node, parent);
      if (Object.values(WORLD).some((names) => (names as readonly string[]).includes(name)))
        reaches.push({ name, line: line(node) });
    }
    for (const [childKey, child] of Object.entries(node)) {
      for (const item of Array.isArray(child) ? child : [child]) if (isNode(item)) visit(item, node, childKey);
    }
  };
  visit(parseAst(text, { lang: file.endsWith('.ts') ? 'ts' : 'js' }, file) as unknown as Node);
  return { file, imports, reaches };
}

/** False where an identifier only names a property, a parameter or a type. */
function isReference(parent: Node | undefined, key: string | undefined): boolean {
  if (!parent || (parent.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull)/.test(parent.type))) return false;
  if (parent.type === 'MemberExpression') return key === 'object' || parent.computed === true;
  if (/Property$|Definition$/.test(parent.type)) return key === 'value' || parent.computed === true;
  return !/Specifier$|Pattern$|Function|Declarator$|Label/.test(parent.type) || key === 'init' || key === 'body';
}

/** `Date.now`, `new Date()`, `Math.random`; any other name as it is. */
function spelling(node: Node, parent: Node | undefined): string {
  const name = String(node.name);
  const property = parent?.type === 'MemberExpression' && isNode(parent.property) ? parent.property.name : undefined;
  if ((name === 'Date' || name === 'Math') && property) return `${name}.${property}`;
  if (name === 'Date' && Array.isArray(parent?.arguments) && parent.arguments.length === 0) {
    return parent.type === 'NewExpression' ? 'new Date()' : 'Date()';
  }
  return name;
}

const sources: Source[] = SCANNED.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[tj]s$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
)
  .sort()
  .map((file) => scan(file, readFileSync(join(root, file), 'utf8')));

// ── the checks ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `server/src/rules/*` stands for each folder one deeper than `server/src/rules`. */
function within(file: string, place: string): boolean {
  if (!place.endsWith('/*')) return file === place || file.startsWith(`${place}/`);
  const rest = file.startsWith(place.slice(0, -1)) ? file.slice(place.length - 1) : '';
  return rest.includes('/');
}

function layerOf(file: string): Layer | undefined {
  return LAYERS.filter(({ at }) => within(file, at)).sort((a, b) => b.at.length - a.at.length)[0];
}

const matches = (specifier: string, allowed: string): boolean =>
  allowed.endsWith('*') ? specifier.startsWith(allowed.slice(0, -1)) : specifier === allowed;

/** The file (from the root) that a relative import names; undefined for a package. */
const target = (file: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), specifier)) : undefined;

/** Same folder of the table; two rule categories are not. */
function sameHouse(layer: Layer, from: string, to: string): boolean {
  if (!layer.at.endsWith('/*')) return layerOf(to) === layer || (layer.at.endsWith('.ts') && from === to);
  const category = (file: string): string | undefined => file.slice(layer.at.length - 1).split('/')[0];
  return layerOf(to) === layer && category(from) === category(to);
}

/** Why this import breaks the table, or undefined. */
function breach(file: string, { specifier, typeOnly }: Import): string | undefined {
  const layer = layerOf(file);
  if (!layer) return 'stands in no folder of the table: give it a row in test/architecture.test.ts, with the reason';
  const to = target(file, specifier);
  if (to === undefined) {
    const packages = [...(layer.packages ?? []), ...(typeOnly ? (layer.types ?? []) : [])];
    return packages.some((allowed) => matches(specifier, allowed)) ? undefined : `may not import ${specifier}`;
  }
  if (/\.(css|svg|json)$/.test(to) || sameHouse(layer, file, to)) return undefined;
  const home = layerOf(to);
  const allows = (places: readonly string[]): boolean =>
    places.some(
      (place) => within(to, place) && (place === to || home?.at === place || !(home?.at === to || home?.at.endsWith('/*'))),
    );
  if (allows(layer.uses) || (typeOnly && allows(layer.types ?? []))) return undefined;
  return allows(layer.types ?? []) ? `may import only types from ${to}: say "import type"` : `may not import ${to}`;
}

const report = (file: string, line: number, problem: string): string =>
  `${file}:${line} ${problem}\n    (${layerOf(file)?.at ?? 'no row'}: ${layerOf(file)?.because ?? 'unknown folder'})`;

const breaches = (list: readonly Source[]): string[] =>
  list.flatMap(({ file, imports }) =>
    imports.flatMap((imported) => {
      const problem = breach(file, imported);
      return problem ? [report(file, imported.line, problem)] : [];
    }),
  );

const impurities = (list: readonly Source[]): string[] =>
  list.flatMap(({ file, reaches }) => {
    const allowed = (layerOf(file)?.world ?? []).flatMap((world): readonly string[] => WORLD[world]);
    return reaches
      .filter(({ name }) => !allowed.includes(name))
      .map(({ name, line }) => report(file, line, `may not use ${name}: take it as a parameter from an entry file`));
  });

/** Each import cycle once, as the list of its files; imports of types count, for they tie files together as well. */
function cycles(list: readonly Source[]): string[] {
  const known = new Map(list.map((source) => [source.file, source]));
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (state.get(file) === 'open') {
      const ring = path.slice(path.indexOf(file));
      const first = ring.indexOf(ring.toSorted()[0] ?? file);
      found.add([...ring.slice(first), ...ring.slice(0, first + 1)].join(' → '));
    }
    if (state.has(file)) return;
    state.set(file, 'open');
    path.push(file);
    for (const { specifier } of known.get(file)?.imports ?? []) {
      const to = target(file, specifier);
      if (to && known.has(to)) visit(to);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of known.keys()) visit(file);
  return [...found];
}

describe('architecture', () => {
  it('every folder imports only what its row of the table allows', () => {
    expect(breaches(sources).join('\n')).toBe('');
  });

  it('no file imports itself by way of others', () => {
    expect(cycles(sources).join('\n')).toBe('');
  });

  it('no clock, disk, console or timer outside the entry files', () => {
    expect(impurities(sources).join('\n')).toBe('');
  });

  it('every relative import names an existing source with its extension', () => {
    const files = new Set(sources.map(({ file }) => file));
    const dangling = sources.flatMap(({ file, imports }) =>
      imports
        .filter(({ specifier }) => /^\.|\.ts$/.test(specifier) && !/\.(css|json|svg)$/.test(specifier))
        .filter(({ specifier }) => !files.has(target(file, specifier) ?? ''))
        .map(({ specifier, line }) => `${file}:${line} imports ${specifier}, which is not there`),
    );
    expect(dangling.join('\n')).toBe('');
  });
});

/** Ways to make markup, script or style of a text. */
const markup =
  /\b(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|parseHTMLUnsafe|setHTML\w*|srcdoc|DOMParser|eval|Function)\b|document\s*\.\s*write|\.cssText\b|setAttribute\(\s*'(?:style|href|src|on)/;

describe('the page in the panel', () => {
  it('makes no markup of a text, but for the picture itself, which is cleaned', () => {
    const makers = sources
      .map(({ file }) => file)
      .filter((file) => file.startsWith('webview/src') && markup.test(readFileSync(join(root, file), 'utf8')));
    expect(makers).toEqual(['webview/src/picture.ts']);
  });
});

describe('architecture: the checks themselves', () => {
  const breachesOf = (file: string, text: string): string[] =>
    breaches([scan(file, text)]).map((found) => found.split('\n')[0] ?? '');
  const reachesOf = (text: string): string[] => scan('server/src/base/x.ts', text).reaches.map(({ name }) => name);

  it('see forbidden imports of every form', () => {
    expect(breachesOf('server/src/base/x.ts', "import { readFileSync } from 'node:fs';\n")).toEqual([
      'server/src/base/x.ts:1 may not import node:fs',
    ]);
    expect(breachesOf('server/src/values/x.ts', "export * from '../model/model.ts';")).toHaveLength(1);
    expect(breachesOf('server/src/model/x.ts', "const a = await import('../rules/run.ts');")).toHaveLength(1);
    expect(breachesOf('server/src/facts/x.ts', "let a: import('../edit/a.ts').A;")).toHaveLength(1);
    expect(breachesOf('server/src/new-folder/x.ts', "import '../base/a.ts';")[0]).toContain('stands in no folder');
  });

  it('let types through where only types may pass', () => {
    expect(breachesOf('server/src/facts/x.ts', "import type { Kind } from '../schema/kind.ts';")).toEqual([]);
    expect(breachesOf('server/src/facts/x.ts', "import { kinds } from '../schema/kind.ts';")[0]).toContain('import type');
  });

  it('keep rules apart by category, and files with a row of their own apart from their folder', () => {
    const rule = 'server/src/rules/network/uplinks.ts';
    expect(breachesOf(rule, "import { defineRule } from '../rule.ts';")).toEqual([]);
    expect(breachesOf(rule, "import { shared } from './shared.ts';")).toEqual([]);
    expect(breachesOf(rule, "import { other } from '../storage/other.ts';")).toHaveLength(1);
    expect(breachesOf('server/src/rules/index.ts', "import a from './network/uplinks.ts';")).toEqual([]);
    expect(breachesOf('server/src/checklist/x.ts', "import a from '../topology/graph.ts';")).toHaveLength(1);
    expect(breachesOf('server/src/analysis/x.ts', "import a from '../topology/graph.ts';")).toEqual([]);
    expect(breachesOf('server/src/analysis/x.ts', "import a from '../topology/layoutRunner.ts';")).toHaveLength(1);
  });

  it('see the clock and the console, not words that look like them', () => {
    expect(reachesOf('const now = Date.now(); console.log(new Date()); setTimeout(run, 1);')).toEqual([
      'Date.now',
      'console',
      'new Date()',
      'setTimeout',
    ]);
    expect(reachesOf('const at = new Date(Date.UTC(y, 1, 1)); a.process(b.console); type T = { process: Date };')).toEqual([]);
    expect(reachesOf('const x = process.env as Env; const y = { process }; f({ console: 1 });')).toEqual(['process', 'process']);
  });

  it('see cycles', () => {
    const a = scan('server/src/base/a.ts', "import './b.ts';");
    const b = scan('server/src/base/b.ts', "import type { A } from './a.ts';");
    expect(cycles([a, b])).toEqual(['server/src/base/a.ts → server/src/base/b.ts → server/src/base/a.ts']);
  });
});
