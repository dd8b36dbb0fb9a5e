/**
 * The language server over whatever connection an entry made. It owns no file access, no process and no clock: those come in with
 * the runtime. Every handler is guarded; a defect costs one answer, never the session.
 */
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver';
import type { Host } from '../analysis/host.ts';
import { createLintel } from '../analysis/lintel.ts';
import { createPlacing } from '../analysis/placing.ts';
import type { PolicyInput } from '../analysis/policy.ts';
import type { Workspace } from '../analysis/workspace.ts';
import type { LayoutRunner } from '../topology/layout.ts';
import { maxDiagnostics, toDiagnostics } from './convert.ts';
import { registerDesigns } from './designs.ts';
import { type MakeFile, registerExports } from './exports.ts';
import { capabilities, registerFeatures } from './features.ts';
import { registerPictures } from './pictures.ts';
import { type FindingCountsParams, findingCounts, type ModelChangedParams, modelChanged } from './protocol.ts';
import { createRefresh } from './refresh.ts';
import { createPause, createScheduler } from './scheduler.ts';

/** What the world gives the server. */
export interface Runtime {
  /** Files of these folders; all `.lintel` files below them are listed. */
  host(folders: readonly string[]): Host & {
    /** @param below only those in this folder, if it is one */
    list(below?: string): readonly string[];
    /** The editor shows a file; if it lies outside of the folders, what it imports beside itself may be read. */
    opened(uri: string): void;
  };
  /** Today as `2026-11-20`. */
  today(): string;
  /** Lays pictures out, off this thread. */
  readonly layout: LayoutRunner;
  /** Makes a file of a picture; rejects with a message for the user when it cannot be made so. */
  readonly makeFile: MakeFile;
  /** Version of Lintel, shown to the client. */
  readonly version: string;
}

export function startServer(connection: Connection, runtime: Runtime): void {
  let workspace: Workspace | undefined;
  let host: ReturnType<Runtime['host']> | undefined;
  let watchFiles = false;
  const published = new Map<string, string>();

  const safely =
    <P extends unknown[], T>(what: string, fallback: T, run: (...args: P) => T): ((...args: P) => T) =>
    (...args) => {
      try {
        return run(...args);
      } catch (error) {
        connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return fallback;
      }
    };

  const publish = safely('publish', undefined, (): void => {
    if (!workspace) return;
    const changed = workspace.update();
    if (changed.size === 0) return;
    for (const uri of [...changed].sort()) {
      const findings = workspace.findings(uri);
      const diagnostics = toDiagnostics(findings);
      if (diagnostics.length === 0 && !published.has(uri)) {
        if (workspace.source(uri)) sendCounts(uri, [0, 0, 0, 0]);
        continue;
      }
      // Unchanged files are not sent again; comparing costs less than an editor's redrawing.
      const text = diagnostics.length > maxDiagnostics / 4 ? `${workspace.revision()}` : JSON.stringify(diagnostics);
      if (published.get(uri) !== text) {
        published.set(uri, text);
        void connection.sendDiagnostics({ uri, diagnostics });
      }
      if (diagnostics.length === 0) published.delete(uri);
      const counts: [number, number, number, number] = [0, 0, 0, 0];
      for (const finding of findings) if (!finding.waived) counts[severityAt[finding.severity]] += 1;
      sendCounts(uri, counts);
    }
    void connection.sendNotification(modelChanged, {
      revision: workspace.revision(),
      uris: [...changed],
    } satisfies ModelChangedParams);
  });
  const sent = new Map<string, string>();
  const sendCounts = (uri: string, [error, warning, info, hint]: [number, number, number, number]): void => {
    const key = `${error} ${warning} ${info} ${hint}`;
    if (sent.get(uri) === key) return;
    sent.set(uri, key);
    void connection.sendNotification(findingCounts, { uri, error, warning, info, hint } satisfies FindingCountsParams);
  };
  const scheduler = createScheduler(publish);
  /** What of the requests to fetch anew the editor understands. */
  let refreshes: readonly string[] = [];
  const refresh = createRefresh({
    workspace: () => fresh(),
    send: () => {
      for (const method of refreshes) void connection.sendRequest(method).catch(() => {});
    },
    later: createPause(pauseBeforeRefresh),
  });
  /** The workspace, up to date with every change received so far; what each request works on. */
  const fresh = (): Workspace | undefined => {
    scheduler.now();
    return workspace;
  };

  const knownFiles = (): readonly string[] =>
    workspace
      ?.roots()
      .flatMap((root) => workspace?.designs(root).flatMap((design) => [...design.project.files().keys()]) ?? []) ?? [];

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
    const disk = runtime.host(folders);
    host = disk;
    refreshes = refreshesOf(params.capabilities);
    watchFiles = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    workspace = createLintel({
      host: disk,
      today: runtime.today(),
      severities: severitiesOf((params.initializationOptions as { settings?: unknown } | undefined)?.settings),
    });
    for (const uri of disk.list()) workspace.fileChanged(uri);
    scheduler.soon();
    return {
      serverInfo: { name: 'Lintel', version: runtime.version },
      capabilities: { ...capabilities, textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } },
    };
  });
  connection.onInitialized(() => {
    if (watchFiles)
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        // Of a folder that comes or goes as a whole, editors may tell the folder only and not what is in it.
        watchers: [
          { globPattern: '**/*.lintel' },
          { globPattern: '**/*.json' },
          { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
        ],
      });
  });
  connection.onDidOpenTextDocument(
    safely('open', undefined, ({ textDocument }): void => {
      host?.opened(textDocument.uri);
      workspace?.openText(textDocument.uri, textDocument.text);
      refresh.opened(textDocument.uri);
      scheduler.soon();
    }),
  );
  connection.onDidChangeTextDocument(
    safely('change', undefined, ({ textDocument, contentChanges }): void => {
      workspace?.changeText(textDocument.uri, contentChanges);
      refresh.edited(textDocument.uri);
      scheduler.soon();
    }),
  );
  connection.onDidCloseTextDocument(
    safely('close', undefined, ({ textDocument }): void => {
      workspace?.setFile(textDocument.uri, undefined);
      refresh.closed(textDocument.uri);
      scheduler.soon();
    }),
  );
  connection.onDidChangeWatchedFiles(
    safely('watch', undefined, ({ changes }): void => {
      for (const { uri, type } of changes) {
        if (/\.(lintel|json)$/.test(uri)) workspace?.fileChanged(uri);
        else if (type !== FileChangeType.Deleted) for (const below of host?.list(uri) ?? []) workspace?.fileChanged(below);
        else for (const below of knownFiles()) if (below.startsWith(`${uri}/`)) workspace?.fileChanged(below);
        refresh.edited(uri);
      }
      scheduler.soon();
    }),
  );
  connection.onDidChangeConfiguration(
    safely('settings', undefined, ({ settings }): void => {
      workspace?.setSeverities(severitiesOf((settings as { lintel?: unknown } | undefined)?.lintel));
      scheduler.soon();
    }),
  );
  const placing = createPlacing();
  registerFeatures(connection, fresh, safely, {
    today: runtime.today,
    files: () => host?.list() ?? [],
    places: placing.textOf,
  });
  registerPictures(connection, fresh, runtime.layout, placing);
  registerExports(connection, fresh, runtime.layout, runtime.makeFile, placing);
  registerDesigns(connection, fresh);
  connection.listen();
}

/** Milliseconds without an edit after which what other files show is fetched anew. */
const pauseBeforeRefresh = 400;

function refreshesOf({ workspace: can }: ClientCapabilities): readonly string[] {
  return [
    ...(can?.codeLens?.refreshSupport ? [CodeLensRefreshRequest.method] : []),
    ...(can?.inlayHint?.refreshSupport ? [InlayHintRefreshRequest.method] : []),
    ...(can?.semanticTokens?.refreshSupport ? [SemanticTokensRefreshRequest.method] : []),
  ];
}

const severityAt = { error: 0, warning: 1, info: 2, hint: 3 } as const;
const levels = new Set<string>(['error', 'warning', 'info', 'hint', 'off']);

/** `lintel.rules` of the settings: rule code → severity or `off`. */
function severitiesOf(settings: unknown): ReadonlyMap<string, PolicyInput> {
  const rules = typeof settings === 'object' && settings !== null && 'rules' in settings ? settings.rules : undefined;
  if (typeof rules !== 'object' || rules === null) return new Map();
  return new Map(
    Object.entries(rules).flatMap(([code, level]) =>
      typeof level === 'string' && levels.has(level) ? [[code.toUpperCase(), level as PolicyInput] as const] : [],
    ),
  );
}
