/** The topology panels of a window: any number of them, each with its design and its choice; one follows the editor. */
import {
  type Disposable,
  type ExtensionContext,
  type Position,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import {
  type LocateParams,
  type LocateResult,
  locateRequest,
  type ThingAtParams,
  type ThingAtResult,
  type TopologyChoice,
  thingAtRequest,
} from '../../../server/src/lsp/protocol.ts';
import { type Design, editedFile, listDesigns, needDesign } from '../designs.ts';
import type { Server } from '../server.ts';
import { portable, readChoice } from './choice.ts';
import { compareWithLastCommit } from './compare.ts';
import { exportPicture } from './export.ts';
import { forget, recall, remember } from './memory.ts';
import { copyLink, followLink } from './openLink.ts';
import { newKey } from './page.ts';
import { createPanel, type Panel, type PanelStart, type PanelTasks } from './panel.ts';
import { createPlaces } from './places.ts';
import { createPuller } from './puller.ts';
import { revealText } from './text.ts';

export interface Topology extends Disposable {
  /** Shows a design (its root), in a panel that is there if one will do. */
  open(design: Uri): Panel;
  /** One more panel, which stays with this design. */
  openNew(design: Uri): void;
  /** Shows a thing of the design that a file belongs to. */
  reveal(file: Uri, id: string): Promise<void>;
  /** Shows the thing at a place in the text. */
  revealAt(file: Uri, position: Position): Promise<void>;
  /** Of the panel that was used last, or of a design that is chosen. */
  exportPicture(): Promise<void>;
  /** Begins or ends a comparison with the last commit, in the panel that was used last. */
  compare(): Promise<void>;
  copyLink(): Promise<void>;
  freePlaces(): Promise<void>;
  openLink(link: Uri): Promise<void>;
  /** Takes up a panel of an earlier session. */
  restore(view: WebviewPanel, state: unknown): Promise<void>;
}

export function createTopology(context: ExtensionContext, server: Server, viewType: string): Topology {
  const dist = Uri.joinPath(context.extensionUri, 'dist');
  const places = createPlaces(server);
  /** The one that was used last comes first. */
  let panels: readonly Panel[] = [];
  const disposables: Disposable[] = [places];

  // ── which design a file belongs to ─────────────────────────────────────────────────────────────────────────────────
  let designs: readonly Design[] = [];
  const designsOf = (file: Uri): readonly Design[] => designs.filter(({ files }) => files.includes(file.toString()));
  /** Roots of the designs that a file belongs to; asked anew unless one is known. */
  const rootsOf = async (file: Uri, anew: boolean): Promise<readonly string[]> => {
    if (anew || designsOf(file).length === 0) designs = await listDesigns(server);
    return designsOf(file).map(({ uri }) => uri);
  };
  const shows = (panel: Panel, roots: readonly string[]): boolean => roots.includes(panel.design().toString());

  // ── panels ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  const keep = (panel: Panel): void =>
    remember(context.workspaceState, {
      key: panel.key,
      design: panel.design().toString(),
      choice: panel.choice(),
      follows: panel.follows,
      compared: panel.comparison() !== undefined,
    });
  const used = (panel: Panel): void => {
    panels = [panel, ...panels.filter((other) => other !== panel)];
  };
  const compare = async (panel: Panel, wanted: boolean, isQuiet = false): Promise<void> => {
    if (!wanted) {
      panel.compareWith(undefined);
      return;
    }
    const design = panel.design();
    const found = await compareWithLastCommit(design);
    if ('problem' in found) {
      if (!isQuiet) void window.showInformationMessage(found.problem);
      // A panel that was told to compare before a reload is an ordinary one from now on.
      keep(panel);
    } else if (panels.includes(panel) && panel.design().toString() === design.toString()) panel.compareWith(found);
    else found.dispose();
  };
  const tasks: PanelTasks = {
    ready: () => void lightUp(),
    changed: keep,
    async reveal(panel, id, preserveFocus) {
      const question: LocateParams = { uri: panel.design().toString(), id: String(id) };
      const location = await server.ask<LocateResult | null>(locateRequest, question);
      if (location) await revealText(location, preserveFocus, panel.view.viewColumn, viewType);
    },
    async place(panel, id, at) {
      await places.place(panel.design(), {
        ...panel.choice(),
        at: at && Number.isFinite(at.x) && Number.isFinite(at.y) ? { x: at.x, y: at.y } : null,
        ...(id === undefined ? {} : { id }),
      });
    },
    split: (panel) => void add(panel.design(), panel.choice(), false),
    exportPicture: async (panel) => exportPicture(server, await panel.params()),
    compare: (panel, wanted) => compare(panel, wanted),
    copyLink: (panel) => copyLink(context.extension.id, panel.design(), panel.choice()),
    placesOf: places.textOf,
    renamed: places.renamed,
    gone(panel) {
      panels = panels.filter((other) => other !== panel);
      forget(context.workspaceState, panel.key);
    },
  };
  const adopt = (view: WebviewPanel, start: PanelStart): Panel => {
    const panel = createPanel(view, server, dist, start, tasks);
    panels = [panel, ...panels];
    view.onDidChangeViewState(() => {
      if (view.active) used(panel);
    });
    keep(panel);
    return panel;
  };
  const add = (design: Uri, choice: TopologyChoice, follows: boolean): Panel => {
    // Beside the text; a further one beside the last, so that both are seen.
    const columns = panels.flatMap(({ view }) => (view.visible && view.viewColumn ? [view.viewColumn] : []));
    const viewColumn = columns.length > 0 ? Math.min(Math.max(...columns) + 1, ViewColumn.Nine) : ViewColumn.Beside;
    const options = { enableScripts: true, retainContextWhenHidden: true };
    const view = window.createWebviewPanel(viewType, 'Topology', { viewColumn, preserveFocus: true }, options);
    return adopt(view, { key: newKey(design), design, choice, follows });
  };
  const open = (design: Uri): Panel => {
    const follower = panels.find((panel) => panel.follows && !panel.comparison());
    const panel = panels.find((candidate) => shows(candidate, [design.toString()])) ?? follower;
    if (!panel) return add(design, {}, !panels.some(({ follows }) => follows));
    panel.show(design);
    panel.view.reveal(undefined, true);
    used(panel);
    return panel;
  };
  /** The panel that was used last, or one for the design that is meant. */
  const present = async (): Promise<Panel | undefined> => {
    if (panels[0]) return panels[0];
    const design = await needDesign(server);
    return design && open(design);
  };
  /** A panel with the design of a file; the file stands for a design that the server does not know of yet. */
  const openFor = async (file: Uri): Promise<Panel> => {
    const roots = await rootsOf(file, true);
    const panel = panels.find((candidate) => shows(candidate, roots));
    return open(panel?.design() ?? Uri.parse(roots[0] ?? file.toString()));
  };

  // ── following ──────────────────────────────────────────────────────────────────────────────────────────────────────
  /** Lights up what the cursor is on, in every panel that shows its design. */
  const lightUp = createPuller(async () => {
    const editor = window.activeTextEditor ?? window.visibleTextEditors.find(({ document }) => document.languageId === 'lintel');
    if (editor?.document.languageId !== 'lintel' || !panels.some(({ view }) => view.visible)) return;
    const [file, { line, character }] = [editor.document.uri, editor.selection.active];
    const roots = await rootsOf(file, false);
    const question: ThingAtParams = { uri: file.toString(), position: { line, character } };
    const thing = await server.ask<ThingAtResult>(thingAtRequest, question);
    for (const panel of panels) if (panel.view.visible && shows(panel, roots)) panel.highlight(thing?.id ?? null);
  });
  const follow = async (file: Uri): Promise<void> => {
    const follower = panels.find((panel) => panel.follows && !panel.comparison());
    const roots = await rootsOf(file, true);
    if (follower && !shows(follower, roots)) follower.show(Uri.parse(roots[0] ?? file.toString()));
    await lightUp();
  };
  /** What fails here fails because the server is away; the next picture tells. */
  const quietly = (work: Promise<void>): void => void work.catch(() => {});

  disposables.push(
    server.onModelChanged(() => {
      for (const panel of panels) void panel.pull();
    }),
    server.onRunning(() => {
      for (const panel of panels) void panel.pull();
    }),
    places.onChange((design) => {
      for (const panel of panels) if (panel.design().toString() === design) void panel.pull();
    }),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (panels.length > 0 && textEditor.document.languageId === 'lintel') quietly(lightUp());
    }),
    window.onDidChangeActiveTextEditor((editor) => {
      if (panels.length > 0 && editor?.document.languageId === 'lintel') quietly(follow(editor.document.uri));
    }),
    workspace.onDidRenameFiles(({ files }) => {
      for (const { newUri, oldUri } of files)
        for (const panel of panels) {
          const [design, old] = [panel.design().toString(), oldUri.toString()];
          if (design === old || design.startsWith(`${old}/`))
            panel.renamed(Uri.parse(newUri.toString() + design.slice(old.length)));
        }
    }),
  );

  return {
    open,
    openNew(design) {
      const like = panels.find((panel) => shows(panel, [design.toString()]));
      add(design, like ? portable(like.choice()) : {}, false);
    },
    async reveal(file, id) {
      await (await openFor(file)).seek(id);
    },
    async revealAt(file, { character, line }) {
      const panel = await openFor(file);
      const question: ThingAtParams = { uri: file.toString(), position: { line, character } };
      const thing = await server.ask<ThingAtResult>(thingAtRequest, question);
      if (thing) await panel.seek(thing.id);
      else panel.highlight(null);
    },
    async exportPicture() {
      const shown = panels[0];
      const design = shown ? undefined : await needDesign(server);
      if (shown) await tasks.exportPicture(shown);
      else if (design) await exportPicture(server, { uri: design.toString(), places: await places.textOf(design) });
    },
    async compare() {
      const panel = await present();
      if (panel) await compare(panel, panel.comparison() === undefined);
    },
    async copyLink() {
      const panel = await present();
      if (panel) await tasks.copyLink(panel);
    },
    async freePlaces() {
      const panel = await present();
      if (panel) await places.freeAll(panel.design(), panel.choice());
    },
    async openLink(link) {
      const found = await followLink(link);
      if (found) open(found.design).choose(found.choice);
    },
    async restore(view, state) {
      const { choice, uri } = (typeof state === 'object' && state !== null ? state : {}) as { uri?: unknown; choice?: unknown };
      const key = typeof uri === 'string' ? uri : '';
      const kept = recall(context.workspaceState, key);
      const design = designOf(kept?.design ?? key.replace(/#[0-9a-f]*$/, '')) ?? editedFile();
      if (!design) {
        view.dispose();
        return;
      }
      const panel = adopt(view, {
        key: key.includes('#') ? key : newKey(design),
        design,
        choice: kept?.choice ?? readChoice(choice),
        follows: kept?.follows ?? !panels.some(({ follows }) => follows),
      });
      if (kept?.compared) await compare(panel, true, true);
    },
    dispose() {
      // The panels stay: when VS Code starts again it gives them back to us.
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

/** The address of a design, as an earlier session wrote it. */
function designOf(text: string): Uri | undefined {
  try {
    const uri = Uri.parse(text, true);
    return uri.scheme === 'untitled' || uri.path.endsWith('.lintel') ? uri : undefined;
  } catch {
    return undefined;
  }
}
