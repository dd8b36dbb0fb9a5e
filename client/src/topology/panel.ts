/**
 * One panel: a page that shows the server's picture of a design. It pulls: one request at a time, and again when something changed
 * meanwhile, so typing never queues pictures; out of sight it waits. What it cannot do alone it asks of the panels (`PanelTasks`).
 */
import { type Disposable, Uri, type WebviewPanel } from 'vscode';
import {
  type FindThingsParams,
  type FindThingsResult,
  type FoundThing,
  type FromPage,
  findThingsRequest,
  type ToPage,
  type TopologyChoice,
  type TopologyParams,
  type TopologyResult,
  topologyRequest,
} from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';
import { portable, readChoice, sameChoice } from './choice.ts';
import type { Comparison } from './compare.ts';
import { pageHtml } from './page.ts';
import { createPuller } from './puller.ts';
import { aboveThing, draws, opened, widerChoices } from './seek.ts';
import { panelTitle } from './titles.ts';

/** What a panel is at its start: new, or as it was before a restart. */
export interface PanelStart {
  /** Tells panels apart, over a restart too. */
  readonly key: string;
  /** Root file of the design. */
  readonly design: Uri;
  readonly choice: TopologyChoice;
  /** Whether it goes along to the design that is edited. */
  readonly follows: boolean;
}

/** What a panel asks of the rest. */
export interface PanelTasks {
  /** The page is there: it may be told what the cursor is on. */
  ready(panel: Panel): void;
  /** What has to outlive a restart is another. */
  changed(panel: Panel): void;
  /** Goes to the text of a thing, or only shows it. */
  reveal(panel: Panel, id: string, preserveFocus: boolean): Promise<void>;
  place(panel: Panel, id: string | undefined, at: { readonly x: number; readonly y: number } | null): Promise<void>;
  split(panel: Panel): void;
  exportPicture(panel: Panel): Promise<void>;
  compare(panel: Panel, wanted: boolean): Promise<void>;
  copyLink(panel: Panel): Promise<void>;
  /** Text of the file of dragged places. */
  placesOf(design: Uri): Promise<string>;
  /** The text of that file with names that were typed anew. */
  renamed(design: Uri, places: string | undefined): void;
  gone(panel: Panel): void;
}

export interface Panel {
  readonly key: string;
  readonly view: WebviewPanel;
  readonly follows: boolean;
  readonly design: () => Uri;
  readonly choice: () => TopologyChoice;
  readonly comparison: () => Comparison | undefined;
  /** What it shows, as a request. */
  readonly params: () => Promise<TopologyParams>;
  /** Draws anew; done when the page has the newest picture, or will get it when it is seen again. */
  readonly pull: () => Promise<void>;
  /** Turns to another design; what was chosen for that one before comes back. */
  readonly show: (design: Uri) => void;
  /** The same design under another name. */
  readonly renamed: (design: Uri) => void;
  readonly choose: (choice: TopologyChoice) => void;
  /** Begins a comparison, or ends it. */
  readonly compareWith: (comparison: Comparison | undefined) => void;
  /** Lights up a thing, or none. */
  readonly highlight: (id: string | null) => void;
  /** Brings a thing into the picture, whatever hides it, and selects it. */
  readonly seek: (id: string) => Promise<void>;
}

type Picture = Extract<ToPage, { readonly type: 'picture' }>;

export function createPanel(view: WebviewPanel, server: Server, dist: Uri, start: PanelStart, tasks: PanelTasks): Panel {
  let { choice, design } = start;
  let comparison: Comparison | undefined;
  let ready = false;
  let gone = false;
  /** A thing is being brought into the picture: what the cursor is on does not matter just now. */
  let seeking = false;
  /** A picture is due as soon as the panel is seen. */
  let stale = true;
  let last: Picture | undefined;
  /** What is lit up, for a page that is loaded (again). */
  let lit: Extract<ToPage, { readonly type: 'highlight' }> | undefined;
  /** What was chosen for the designs that were shown before. */
  const choices = new Map<string, TopologyChoice>();
  const started = Promise.withResolvers<void>();
  const disposables: Disposable[] = [];

  const post = (message: ToPage): void => {
    if (ready && !gone) void view.webview.postMessage(message);
  };
  const retitle = (): void => {
    if (!gone) view.title = panelTitle(design.toString(), choice, last?.views ?? [], comparison !== undefined);
  };
  const params = async (): Promise<TopologyParams> => {
    const against = comparison?.older();
    const places = await tasks.placesOf(design);
    return {
      uri: design.toString(),
      ...choice,
      ...(against === undefined ? {} : { against }),
      ...(places === '' ? {} : { places }),
    };
  };
  const pull = createPuller(async () => {
    stale = !ready || !view.visible;
    if (stale || gone) return;
    const [asked, against] = [choice, comparison?.older().label];
    try {
      const shown = design;
      const { message, svg, title, revision, places, ...more } = await server.ask<TopologyResult>(
        topologyRequest,
        await params(),
      );
      tasks.renamed(shown, places);
      // Turned to another design meanwhile: that one's picture is on its way.
      if (shown !== design) return;
      last = {
        type: 'picture',
        svg,
        title,
        revision,
        choice: asked,
        ...(message === undefined ? {} : { message }),
        ...more,
        ...(against === undefined ? {} : { against }),
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // A picture that is a little old is better than none: the next one comes when the server is back.
      last = last?.svg
        ? { ...last, note: `This picture may be out of date: ${reason}` }
        : { type: 'picture', svg: '', title: '', revision: 0, choice: asked, message: `There is no picture just now: ${reason}` };
    }
    post(last);
    retitle();
  });
  const highlight = (id: string | null, choose = false): void => {
    lit = { type: 'highlight', id, ...(choose ? { choose } : {}) };
    post(lit);
  };
  const choose = (next: TopologyChoice): void => {
    if (sameChoice(next, choice)) return;
    choice = next;
    post({ type: 'choose', choice });
    tasks.changed(panel);
    void pull();
  };
  const show = (next: Uri): void => {
    if (next.toString() === design.toString()) return;
    choices.set(design.toString(), choice);
    design = next;
    lit = undefined;
    choose(choices.get(next.toString()) ?? portable(choice));
    retitle();
    tasks.changed(panel);
    void pull();
  };
  const compareWith = (next: Comparison | undefined): void => {
    if (next === comparison) return;
    comparison?.dispose();
    comparison = next;
    next?.onChange(() => void pull());
    retitle();
    tasks.changed(panel);
    void pull();
  };
  /** A thing that is drawn nowhere at present: where it would be. */
  const find = async (id: string): Promise<{ readonly thing: FoundThing; readonly choice: TopologyChoice } | undefined> => {
    for (const wider of widerChoices(choice)) {
      const question: FindThingsParams = { uri: design.toString(), ...wider, text: id };
      const things = await server.ask<FindThingsResult>(findThingsRequest, question).catch((): FindThingsResult => []);
      const thing = things.find((candidate) => candidate.id === id);
      if (thing) return { thing, choice: opened(wider, thing) };
    }
    return undefined;
  };
  const seek = async (id: string): Promise<void> => {
    seeking = true;
    try {
      await started.promise;
      await bringIn(id);
    } finally {
      seeking = false;
    }
  };
  const bringIn = async (id: string): Promise<void> => {
    await pull();
    let names = aboveThing(id);
    if (!draws(last?.svg ?? '', id)) {
      const found = await find(id);
      if (found) {
        names = [id, found.thing.shownAs, ...names];
        choose(found.choice);
      } else if (!names.some((name) => draws(last?.svg ?? '', name))) choose({});
      await pull();
    }
    highlight(names.find((name) => draws(last?.svg ?? '', name)) ?? null, true);
  };

  const receive = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready': {
        ready = true;
        // A page that comes back knows what was chosen; a new one is told.
        const kept = readChoice(message.choice);
        if (Object.keys(kept).length > 0) choice = kept;
        else if (Object.keys(choice).length > 0) post({ type: 'choose', choice });
        started.resolve();
        retitle();
        await pull();
        if (lit) post(lit);
        else if (!seeking) tasks.ready(panel);
        return;
      }
      case 'choice': {
        const next = readChoice(message.choice);
        if (sameChoice(next, choice)) return;
        choice = next;
        retitle();
        tasks.changed(panel);
        await pull();
        return;
      }
      case 'find': {
        const question: FindThingsParams = { uri: design.toString(), ...choice, text: String(message.text) };
        const things = await server.ask<FindThingsResult>(findThingsRequest, question).catch((): FindThingsResult => []);
        post({ type: 'found', serial: message.serial, things });
        return;
      }
      case 'reveal':
        return tasks.reveal(panel, message.id, message.preserveFocus);
      case 'place':
        return tasks.place(panel, message.id, message.at);
      case 'split':
        return tasks.split(panel);
      case 'export':
        return tasks.exportPicture(panel);
      case 'compare':
        return tasks.compare(panel, message.with !== null);
      case 'copyLink':
        return tasks.copyLink(panel);
      case 'painted':
        return;
    }
  };

  const panel: Panel = {
    key: start.key,
    view,
    follows: start.follows,
    design: () => design,
    choice: () => choice,
    comparison: () => comparison,
    params,
    pull,
    show,
    renamed(next) {
      design = next;
      retitle();
      tasks.changed(panel);
      void pull();
    },
    choose,
    compareWith,
    highlight,
    seek,
  };
  view.onDidDispose(
    () => {
      gone = true;
      comparison?.dispose();
      tasks.gone(panel);
      for (const disposable of disposables) disposable.dispose();
    },
    undefined,
    disposables,
  );
  view.onDidChangeViewState(
    () => {
      if (view.visible && stale) void pull();
    },
    undefined,
    disposables,
  );
  view.webview.onDidReceiveMessage((message: FromPage) => void receive(message).catch(() => {}), undefined, disposables);
  view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
  view.iconPath = Uri.joinPath(dist, '..', 'icons', 'lintel.svg');
  view.webview.html = pageHtml(view.webview, dist, start.key);
  retitle();
  return panel;
}
