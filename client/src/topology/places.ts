/**
 * The files of dragged places beside the designs: read with each picture, written when a box is dragged, watched for what others do
 * to them (a checkout, a merge). What stands in one is the server's business.
 */
import { type Disposable, type Event, EventEmitter, RelativePattern, Uri, window, workspace } from 'vscode';
import {
  type PlaceThingParams,
  type PlaceThingResult,
  placesUri,
  placeThingRequest,
  type TopologyChoice,
} from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';
import { type FileThere, readPlacesFile } from './placesFile.ts';

/** What was dragged where, in which picture. */
type Dragged = Omit<PlaceThingParams, 'uri' | 'places'>;

export interface Places extends Disposable {
  /** The text of the file beside a design; empty when there is none, or none that can be read. */
  textOf(design: Uri): Promise<string>;
  /** Puts a box somewhere, or frees it (see `PlaceThingParams`); what stands in the way is told. Answers whether it is done. */
  place(design: Uri, what: Dragged): Promise<boolean>;
  /** Frees every box of a viewpoint, and offers to take that back. */
  freeAll(design: Uri, choice: TopologyChoice): Promise<void>;
  /**
   * The text with names that were typed anew: it is written with the design when that is saved, unless the file is another one by then.
   * Absent: the file has the names that the design has.
   */
  renamed(design: Uri, text: string | undefined): void;
  /** The file beside this design (its address as text) is another one. */
  readonly onChange: Event<string>;
}

export function createPlaces(server: Server): Places {
  const changed = new EventEmitter<string>();
  const texts = new Map<string, Promise<string>>();
  const watchers = new Map<string, Disposable>();
  /** Writes of one file go one behind the other: each builds on what the last one wrote. */
  const writing = new Map<string, Promise<unknown>>();

  const fileOf = (design: Uri): Uri => Uri.parse(placesUri(design.toString()));
  const forget = (design: Uri): void => {
    texts.delete(design.toString());
    changed.fire(design.toString());
  };
  const watch = (design: Uri): void => {
    const key = design.toString();
    if (watchers.has(key)) return;
    const file = fileOf(design);
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    // In a pattern, signs of a name could mean something else: those match any one sign, and the event tells which file it was.
    const pattern = new RelativePattern(Uri.joinPath(file, '..'), name.replace(/[[\]{}*?!,\\]/g, '?'));
    const watcher = workspace.createFileSystemWatcher(pattern);
    const react = (uri: Uri): void => {
      if (uri.toString() === file.toString()) forget(design);
    };
    watcher.onDidChange(react);
    watcher.onDidCreate(react);
    watcher.onDidDelete(react);
    watchers.set(key, watcher);
  };
  const textOf = (design: Uri): Promise<string> => {
    if (design.scheme === 'untitled') return Promise.resolve('');
    watch(design);
    const key = design.toString();
    let text = texts.get(key);
    if (!text) {
      text = readText(fileOf(design));
      texts.set(key, text);
    }
    return text;
  };
  const write = async (design: Uri, text: string): Promise<void> => {
    const file = fileOf(design);
    const now = await contentOf(file);
    if ('problem' in now) throw new Error(now.problem);
    texts.set(design.toString(), Promise.resolve(text));
    if (text !== '') await workspace.fs.writeFile(file, new TextEncoder().encode(text));
    else if (await statOf(file)) await workspace.fs.delete(file);
    changed.fire(design.toString());
  };
  const inTurn = <T>(design: Uri, work: () => Promise<T>): Promise<T> => {
    const key = design.toString();
    const next = (writing.get(key) ?? Promise.resolve()).then(work, work);
    writing.set(key, next);
    return next;
  };
  const obstacle = (design: Uri): string | undefined => {
    if (design.scheme === 'untitled') return 'Save the design first: places are kept in a file beside it.';
    if (workspace.fs.isWritableFileSystem(design.scheme) === false)
      return 'This folder cannot be written to, so the place of a box cannot be kept.';
    const file = fileOf(design).toString();
    if (workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === file))
      return 'The file of places is open in an editor with changes that are not saved. Save or close it, and drag again.';
    return undefined;
  };
  /** @returns the text as it was, or undefined when nothing was done */
  const change = (design: Uri, what: Dragged): Promise<string | undefined> =>
    inTurn(design, async () => {
      const problem = obstacle(design);
      try {
        if (problem !== undefined) throw new Error(problem);
        const places = await textOf(design);
        const { text } = await server.ask<PlaceThingResult>(placeThingRequest, {
          uri: design.toString(),
          places,
          ...what,
        } satisfies PlaceThingParams);
        if (text !== places) await write(design, text);
        return places;
      } catch (error) {
        // The picture goes back to what the file says.
        forget(design);
        const reason = error instanceof Error ? error.message : String(error);
        void window.showWarningMessage(problem ?? `The place could not be kept: ${reason}`);
        return undefined;
      }
    });

  const renames = new Map<string, { readonly design: Uri; readonly from: string; readonly to: string }>();
  /** Names that were typed anew go into the file with the design, and not before. */
  const writeRenames = (): void => {
    if (workspace.textDocuments.some(({ isDirty, languageId }) => isDirty && languageId === 'lintel')) return;
    for (const [key, { design, from, to }] of renames) {
      renames.delete(key);
      void inTurn(design, async () => {
        if (obstacle(design) === undefined && (await textOf(design)) === from) await write(design, to);
      }).catch(() => forget(design));
    }
  };
  const saved = workspace.onDidSaveTextDocument(writeRenames);

  return {
    textOf,
    renamed(design, to) {
      if (to === undefined) {
        renames.delete(design.toString());
        return;
      }
      void textOf(design).then((from) => {
        renames.set(design.toString(), { design, from, to });
        writeRenames();
      });
    },
    place: async (design, what) => (await change(design, what)) !== undefined,
    async freeAll(design, choice) {
      const before = await change(design, { ...choice, at: null });
      if (before === undefined) return;
      if (before === (await textOf(design))) {
        void window.showInformationMessage('Nothing was dragged in this view.');
        return;
      }
      const undo = await window.showInformationMessage('All boxes of this view are free again.', 'Undo');
      if (undo === 'Undo') await inTurn(design, () => write(design, before));
    },
    onChange: changed.event,
    dispose() {
      changed.dispose();
      saved.dispose();
      for (const watcher of watchers.values()) watcher.dispose();
    },
  };
}

async function readText(file: Uri): Promise<string> {
  const content = await contentOf(file);
  return 'text' in content ? content.text : '';
}

const contentOf = async (file: Uri): ReturnType<typeof readPlacesFile> =>
  readPlacesFile(await statOf(file), async () => workspace.fs.readFile(file));

async function statOf(file: Uri): Promise<FileThere | undefined> {
  try {
    return await workspace.fs.stat(file);
  } catch {
    return undefined;
  }
}
