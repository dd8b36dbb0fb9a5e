/**
 * The page of the topology panel. It shows the pictures that the panel sends, keeps the view and the selection over them, and
 * tells the panel what the user points at and what to show. It knows nothing of the language, and runs under a policy without
 * inline script or style. This file only joins the parts.
 */

import type { FoundThing, ToPage } from '../../server/src/lsp/protocol.ts';
import { createChanges } from './changes.ts';
import { chosen } from './choice.ts';
import { createContextMenu } from './contextMenu.ts';
import { createDrag } from './drag.ts';
import { make, makeSvg } from './elements.ts';
import { createFileHost } from './fileHost.ts';
import { createFilters } from './filters.ts';
import type { Focus } from './focus.ts';
import { createFolds, foldOf } from './folds.ts';
import { editorKeys, fileKeys } from './help.ts';
import { createHost, isInEditor } from './host.ts';
import { followHover } from './hover.ts';
import { createNotes } from './notes.ts';
import { createPage } from './page.ts';
import { addPins } from './pins.ts';
import { createReader } from './reader.ts';
import { createSearch } from './search.ts';
import { foldKey, keptFromEditor, searchKey } from './shortcuts.ts';
import { createShow, reportPaint } from './show.ts';
import { createStage } from './stage.ts';
import { createStore } from './store.ts';
import { createSwitcher } from './switcher.ts';
import { createToolbar } from './toolbar.ts';
import { createTooltip } from './tooltip.ts';
import { createZoomLevels } from './zoomLevels.ts';

const host = isInEditor() ? createHost() : createFileHost();

// The picture is a document of things that can be walked through, not one image.
const svg = makeSvg('svg', { class: 'lt stage', role: 'graphics-document document' });
const surface = make('div', 'surface');
surface.append(svg);
const message = make('div', 'message');
message.setAttribute('role', 'status');
message.hidden = true;

const focus: Focus = { selected: undefined, current: undefined };
const levels = createZoomLevels(svg);
const stage = createStage(surface, svg, {
  rested: () => {
    store.save();
    levels.scale(stage.view().k, false);
  },
  moved: ({ k }) => levels.scale(k, true),
  mayPan: (target, x, y) => !drag.takes(target, x, y),
});
const store = createStore(host, {
  selected: () => focus.selected,
  place: () => (stage.isTouched() ? stage.view() : undefined),
});
const tooltip = createTooltip(document.body);
const page = createPage({
  surface,
  svg,
  stage,
  tooltip,
  focus,
  post: host.post,
  save: store.save,
  selected: () => setToolbar(),
});

/** Ids of the boxes whose place is the user's. */
let placed: ReadonlySet<string> = new Set();
let isComparing = false;

const folds = createFolds(page, store);
const drag = createDrag(page);
const show = createShow(page, store, message, {
  placed(view, data) {
    drag.settle();
    placed = new Set(data.placed);
    addPins(view, page.nodes(), data.placed ?? []);
    levels.setPicture(view);
  },
  settled: folds.settle,
});
const focusOn = (id: string | undefined): void => {
  if (id !== undefined) store.choose(chosen(store.choice(), { focus: id }));
};
/** Goes to a thing, however deep it is folded away. */
const goTo = (thing: FoundThing): void => {
  const isDrawn = page.nodes().has(thing.id);
  show.reach([thing.id, thing.shownAs]);
  if (!isDrawn && thing.within.length > 0) folds.openAround(thing.within);
};

const switcher = createSwitcher(store.chooseView);
const search = createSearch(host.post, goTo, () => {
  const node = page.nodes().get(focus.selected ?? '') ?? page.nodes().values().next().value;
  node?.focus({ preventScroll: true });
});
const filters = createFilters(store.choose);
const compare = (isOn: boolean): void => host.post({ type: 'compare', with: isOn ? 'lastCommit' : null });
const changes = createChanges(
  ({ id, label }) => {
    if (page.nodes().has(id)) show.reach([id]);
    else search.seek(id, label);
  },
  () => compare(false),
);
const notes = createNotes();
const toolbar = createToolbar(
  {
    zoomIn: () => stage.zoomBy(1.3),
    zoomOut: () => stage.zoomBy(1 / 1.3),
    fit: () => stage.fit(true),
    focus: () => focusOn(focus.selected),
    foldAll: folds.shutAll,
    openAll: folds.openAll,
    compare: () => compare(!isComparing),
    split: () => host.post({ type: 'split' }),
    export: () => host.post({ type: 'export' }),
    copyLink: () => host.post({ type: 'copyLink' }),
  },
  host.isAlone ? [search.element] : [switcher.element, search.element, filters.button],
  host.isAlone,
);
const desk = make('main', 'desk');
desk.append(surface, message, changes.element);
document.body.prepend(toolbar.element, filters.panel, filters.chips, notes.element, desk);
document.body.append(search.list);

function setToolbar(): void {
  const kinds = new Set([...page.nodes().values()].map(foldOf));
  toolbar.set({
    canFocus: focus.selected !== undefined && page.nodes().has(focus.selected),
    canFold: kinds.has('open'),
    canOpen: kinds.has('shut'),
    isComparing,
  });
}
const nameOf = (id: string): string => page.nodes().get(id)?.dataset.name ?? id;
const showChoice = (): void => {
  filters.show(store.choice(), nameOf);
  switcher.choose(store.choice().view);
};
store.onChange(showChoice);

window.addEventListener('message', ({ data, source }: MessageEvent<ToPage>) => {
  // A file by itself is told by nobody but itself: not by a page that has it in a frame.
  if (host.isAlone && source !== null) return;
  if (data.type === 'picture') {
    store.offered(data.views ?? []);
    switcher.offer(data.views ?? [], store.choice().view);
    filters.offer(data.filters);
    isComparing = data.against !== undefined || data.changes !== undefined;
    changes.show(data.changes, data.against);
    notes.show(data.note);
    const isShown = show.picture(data);
    showChoice();
    // Where there is nothing to see in one viewpoint the way to the others stays open, and that to what was filtered out.
    toolbar.element.hidden = !isShown && switcher.element.hidden && filters.chips.hidden;
    setToolbar();
    reader.pictureShown(data, store.choice().view);
    reportPaint(page, data.revision, isShown);
  } else if (data.type === 'highlight') show.highlight(data.id, data.choose === true);
  else if (data.type === 'found') search.found(data.serial, data.things);
  else if (data.type === 'choose') store.choose(data.choice);
});

const onMenuKey = createContextMenu(page, {
  isAlone: host.isAlone,
  focus: focusOn,
  toggle: folds.toggle,
  isPlaced: (id) => placed.has(id),
  hasPlaced: () => placed.size > 0,
  free: (id) => host.post({ type: 'place', at: null, ...(id === undefined ? {} : { id }) }),
  copy: (text) => {
    navigator.clipboard
      .writeText(text)
      .catch(() => notes.show('The name could not be copied: the clipboard is not to be had here.'));
  },
});
followHover(page);
const reader = createReader(
  page,
  [drag.onKey, onMenuKey, searchKey(() => !toolbar.element.hidden, search.enter), foldKey(page, folds.toggle)].map(
    keptFromEditor,
  ),
  host.isAlone ? fileKeys : editorKeys,
);

new ResizeObserver(show.resized).observe(surface);

showChoice();
store.save();
const choice = store.choice();
host.post({ type: 'ready', ...(Object.keys(choice).length === 0 ? {} : { choice }) });
