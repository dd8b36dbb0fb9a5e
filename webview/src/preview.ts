/**
 * The page of the topology panel. It shows the pictures that the panel sends, keeps the view and the selection over them, and
 * tells the panel what the user points at. It asks for nothing itself, knows nothing of the language, and runs under a policy
 * without inline script or style.
 */

import type { FromPage, ToPage } from '../../server/src/lsp/protocol.ts';
import { type Focus, markFocus } from './focus.ts';
import { boxOf, type Direction, neighbour, nodesOf } from './geometry.ts';
import { animateFrom, snapshot } from './motion.ts';
import { parsePicture } from './picture.ts';
import { createStage, type StoredView } from './stage.ts';
import { createSwitcher } from './switcher.ts';
import { createToolbar } from './toolbar.ts';
import { createTooltip } from './tooltip.ts';

interface State {
  /** The design, so that the panel can be taken up again after a restart. */
  readonly uri?: string;
  readonly view?: StoredView;
  readonly selected?: string;
  /** Id of the viewpoint; the first one unless it says so. */
  readonly viewpoint?: string;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): State | undefined;
  setState(state: State): void;
};

const vscode = acquireVsCodeApi();
const post = (message: FromPage): void => vscode.postMessage(message);
const svgNamespace = 'http://www.w3.org/2000/svg';

const svg = document.createElementNS(svgNamespace, 'svg');
svg.setAttribute('class', 'lt stage');
// The picture is a document of things that can be walked through, not one image.
svg.setAttribute('role', 'graphics-document');
const message = document.createElement('div');
message.className = 'message';
message.setAttribute('role', 'status');
message.hidden = true;

const stored = vscode.getState();
const focus: Focus = { selected: stored?.selected, current: undefined };
const uri = document.querySelector<HTMLMetaElement>('meta[name="lintel-design"]')?.content;
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

let drawing: SVGGElement | undefined;
let shown = '';
let isFirst = true;
let viewpoint = stored?.viewpoint;
/** The viewpoint of the picture that is shown. */
let shownView = viewpoint;

const save = (): void => {
  vscode.setState({
    ...(uri === undefined ? {} : { uri }),
    ...(stage.isTouched() ? { view: stage.view() } : {}),
    ...(focus.selected === undefined ? {} : { selected: focus.selected }),
    ...(viewpoint === undefined ? {} : { viewpoint }),
  });
};
const stage = createStage(svg, save);
const toolbar = createToolbar({
  zoomIn: () => stage.zoomBy(1.3),
  zoomOut: () => stage.zoomBy(1 / 1.3),
  fit: () => stage.fit(true),
});
const switcher = createSwitcher((id) => {
  viewpoint = id;
  save();
  post({ type: 'choice', choice: { view: id } });
});
toolbar.prepend(switcher.element);
document.body.append(toolbar, svg, message);
const tooltip = createTooltip(document.body);

// ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function showPicture(text: string, title: string, note: string | undefined, view: string | undefined): void {
  tooltip.hide();
  const picture = text === '' ? undefined : parsePicture(text);
  message.hidden = picture !== undefined;
  svg.toggleAttribute('hidden', picture === undefined);
  // Where there is nothing to see in one viewpoint the way to the others stays open.
  toolbar.hidden = picture === undefined && switcher.element.hidden;
  if (picture === undefined) {
    message.textContent = note ?? (text === '' ? 'There is nothing to draw yet.' : 'The picture could not be read.');
    shown = '';
    return;
  }
  if (text === shown) return;
  shown = text;
  const before = drawing === undefined ? undefined : snapshot(drawing);
  const focused = document.activeElement?.getAttribute('data-id') ?? undefined;
  sheet.replaceSync(picture.css);
  prepare(picture.view);
  svg.replaceChildren(titleElement(title, picture.description), ...picture.defs, picture.view);
  svg.setAttribute('aria-label', title);
  drawing = picture.view;
  const nodes = nodesOf(drawing);
  const isOther =
    view !== shownView ||
    (before !== undefined && before.boxes.size > 0 && ![...before.boxes.keys()].some((id) => nodes.has(id)));
  shownView = view;
  stage.setPicture(drawing, picture);
  if (isFirst && stored?.view !== undefined) stage.restore(stored.view);
  else if (isFirst || isOther) stage.fit(false);
  isFirst = false;
  if (focused !== undefined) nodes.get(focused)?.focus({ preventScroll: true });
  markFocus(drawing, focus);
  if (before !== undefined && !isOther) animateFrom(before, drawing);
}

function titleElement(title: string, description: string): Element {
  const element = document.createElementNS(svgNamespace, 'desc');
  element.textContent = `${title}. ${description}`;
  return element;
}

/** Tooltips are the page's own, so the picture's titles become data; thin lines get a wider one to point at. */
function prepare(view: SVGGElement): void {
  for (const title of view.querySelectorAll('title')) {
    title.parentElement?.setAttribute('data-tip', title.textContent ?? '');
    title.remove();
  }
  for (const line of view.querySelectorAll<SVGPathElement>('path[data-edge]')) {
    const hit = document.createElementNS(svgNamespace, 'path');
    hit.setAttribute('class', 'lt-hit');
    hit.setAttribute('d', line.getAttribute('d') ?? '');
    hit.setAttribute('data-tip', line.getAttribute('data-tip') ?? '');
    line.before(hit);
  }
}

/** After the browser has drawn: the frame after next begins when this one is on the screen. */
function reportPaint(revision: number): void {
  const nodes = drawing === undefined || shown === '' ? 0 : nodesOf(drawing).size;
  requestAnimationFrame(() => requestAnimationFrame(() => post({ type: 'painted', revision, nodes })));
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'picture') {
    switcher.offer(data.views ?? [], viewpoint);
    showPicture(data.svg, data.title, data.message, data.choice.view);
    reportPaint(data.revision);
  } else if (data.type === 'highlight') {
    focus.current = data.id ?? undefined;
    if (drawing === undefined) return;
    markFocus(drawing, focus);
    const node = data.id === null ? undefined : nodesOf(drawing).get(data.id);
    if (node !== undefined) stage.bringIntoView(boxOf(node));
  }
});

// ── pointing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function choose(id: string | undefined): void {
  focus.selected = id;
  if (drawing !== undefined) markFocus(drawing, focus);
  save();
}

const nodeAt = (target: EventTarget | null): SVGGElement | undefined => {
  const element = target instanceof Element ? target.closest('[data-id], .lt-marks [data-for]') : null;
  const id = element?.getAttribute('data-id') ?? element?.getAttribute('data-for') ?? undefined;
  return id === undefined || drawing === undefined ? undefined : nodesOf(drawing).get(id);
};

svg.addEventListener('click', ({ target }) => {
  const id = nodeAt(target)?.dataset.id;
  choose(id);
  if (id !== undefined) post({ type: 'reveal', id, preserveFocus: true });
});
svg.addEventListener('dblclick', ({ target }) => {
  const id = nodeAt(target)?.dataset.id;
  if (id !== undefined) post({ type: 'reveal', id, preserveFocus: false });
});
svg.addEventListener('pointermove', ({ target, clientX, clientY, buttons }) => {
  const tip = buttons === 0 && target instanceof Element ? target.closest('[data-tip]')?.getAttribute('data-tip') : undefined;
  if (tip === undefined || tip === null || tip === '') tooltip.hide();
  else tooltip.show(tip, clientX, clientY);
});
svg.addEventListener('pointerleave', () => tooltip.hide());
svg.addEventListener('pointerdown', () => tooltip.hide());
svg.addEventListener('wheel', () => tooltip.hide(), { passive: true });
// On the document: with a listener for focus the drawing itself would become a stop of the Tab key.
document.addEventListener('focusin', ({ target }) => {
  const node = nodeAt(target);
  if (node === undefined || !node.matches(':focus-visible')) return;
  stage.bringIntoView(boxOf(node));
  const { right, top } = node.getBoundingClientRect();
  tooltip.show(node.dataset.tip ?? '', right, top);
});
document.addEventListener('focusout', () => tooltip.hide());

// ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

function walk(direction: Direction): void {
  if (drawing === undefined) return;
  const nodes = nodesOf(drawing);
  const from = nodeAt(document.activeElement);
  const start = nodes.get(focus.selected ?? '') ?? nodes.get(focus.current ?? '') ?? nodes.values().next().value;
  const next = from === undefined ? start : neighbour(from, direction, drawing, nodes.values());
  next?.focus({ preventScroll: true });
}

function onKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || drawing === undefined || event.target instanceof HTMLSelectElement)
    return false;
  const direction = directions[event.key];
  const id = nodeAt(document.activeElement)?.dataset.id;
  if (direction !== undefined) walk(direction);
  else if (event.key === '+' || event.key === '=') stage.zoomBy(1.3);
  else if (event.key === '-' || event.key === '_') stage.zoomBy(1 / 1.3);
  else if (event.key === '0') stage.fit(true);
  else if (event.key === 'Escape') {
    focus.current = undefined;
    choose(undefined);
    tooltip.hide();
  } else if ((event.key === 'Enter' || event.key === ' ') && id !== undefined) {
    choose(id);
    // Enter goes to the text; the space bar only shows it there.
    post({ type: 'reveal', id, preserveFocus: event.key === ' ' });
  } else return false;
  return true;
}

window.addEventListener('keydown', (event) => {
  if (onKey(event)) event.preventDefault();
});

new ResizeObserver(() => {
  if (drawing !== undefined && !stage.isTouched()) stage.fit(false);
}).observe(svg);

save();
post({ type: 'ready', ...(viewpoint === undefined ? {} : { choice: { view: viewpoint } }) });
