/**
 * Reading the picture: with two things selected it shows every path between them, with a machine selected its ways to network,
 * storage and licence; over the picture, as a list in words, and spoken.
 */

import type { Announcer } from './announce.ts';
import { cardOf, pathWords } from './describe.ts';
import { brighten } from './focus.ts';
import { withFrames } from './geometry.ts';
import type { Page } from './page.ts';
import { type Path, pathsBetween } from './paths.ts';
import { createReadingPanel, type PanelContent } from './readingPanel.ts';
import { type DrawnRoutes, drawRoutes, type Route } from './routes.ts';
import { type Way, type WayKind, waysOf } from './ways.ts';

export interface Reading {
  /** A second thing beside the selected one: the paths between the two are shown. With none selected it is the first. */
  readonly selectSecond: (id: string) => void;
  /** Takes the second thing back. Says whether there was one. */
  readonly back: () => boolean;
}

/** What is on the screen beyond the plain selection. */
interface Shown {
  readonly content: PanelContent;
  readonly routes: readonly Route[];
  readonly ends: readonly string[];
  readonly spoken: string;
}

/** Follows the selection of the page. */
export function createReading(page: Page, announcer: Announcer): Reading {
  let drawn: DrawnRoutes | undefined;
  let said = '';
  /** The machine whose ways the user has closed. */
  let closed: string | undefined;
  const panel = createReadingPanel(document.body, { light: (at) => drawn?.light(at), close: () => close() });

  const update = (): void => {
    drawn?.remove();
    drawn = undefined;
    const view = page.drawing();
    const shown = view === undefined ? undefined : shownOf(page, closed);
    if (page.focus.selected !== closed) closed = undefined;
    if (view === undefined || shown === undefined) {
      panel.hide();
      speak(spokenSelection(page));
      return;
    }
    drawn = drawRoutes(view, page.nodes(), shown.routes, shown.ends);
    relate(page, view, shown);
    panel.show(shown.content);
    panel.keepClearOf(
      [...shown.ends, ...shown.routes.flatMap((route) => [...route.things])].flatMap((id) => {
        const shape = page.nodes().get(id)?.querySelector(':scope > .lt-shape');
        return shape === null || shape === undefined ? [] : [shape.getBoundingClientRect()];
      }),
    );
    speak(shown.spoken);
  };
  const speak = (text: string): void => {
    if (text === said) return;
    said = text;
    if (text !== '') announcer.say(text);
  };
  const back = (): boolean => {
    if (page.focus.second === undefined) return false;
    page.focus.second = undefined;
    page.mark();
    return true;
  };
  /** The ways can be put away while the machine stays selected. */
  const close = (): void => {
    if (back()) return;
    closed = page.focus.selected;
    page.mark();
  };
  page.onMark(update);
  return {
    back,
    selectSecond(id) {
      const { selected } = page.focus;
      if (selected === undefined || selected === id || !page.nodes().has(selected)) page.select(id);
      else {
        page.focus.second = id;
        page.mark();
      }
    },
  };
}

function shownOf(page: Page, closed: string | undefined): Shown | undefined {
  const { second, selected } = page.focus;
  const node = page.nodes().get(selected ?? '');
  if (selected === undefined || node === undefined) return undefined;
  if (second !== undefined && page.nodes().has(second)) return shownPaths(page, selected, second);
  if (closed === selected) return undefined;
  const ways = waysOf(page.net(), selected, cardOf(node.dataset.tip ?? ''));
  return ways.some((way) => way.isKnown) ? shownWays(page, selected, ways) : undefined;
}

const nameIn = (page: Page, id: string): string => page.net().things.get(id)?.name ?? id;

function shownPaths(page: Page, from: string, to: string): Shown {
  const net = page.net();
  const { isLoose, more, paths } = pathsBetween(net, from, to);
  const [a, b] = [nameIn(page, from), nameIn(page, to)];
  const words = paths.map((path) => pathWords(net, path));
  const count = more ? `more than ${paths.length} paths` : paths.length === 1 ? 'one path' : `${paths.length} paths`;
  const none = `There is no path between ${a} and ${b} in this view. Another view may show one.`;
  const rest = more ? `There are more; these are the ${paths.length} shortest.` : '';
  const loose = isLoose ? 'No traffic, data or licence goes this way: it is what the two have to do with each other.' : '';
  const note = paths.length === 0 ? none : `${loose} ${rest}`.trim();
  return {
    content: {
      title: paths.length === 0 ? `${a} – ${b}` : `${a} – ${b}: ${count}`,
      entries: words.map((line, at) => ({ look: `p${at}`, words: [line] })),
      ...(note === '' ? {} : { note }),
      hasShared: isShared(paths),
      noun: 'paths',
    },
    routes: paths.map(routeOf),
    ends: [from, to],
    spoken:
      paths.length === 0 ? none : `${count} between ${a} and ${b}. ${loose} The shortest: ${words[0] ?? ''}`.replace('  ', ' '),
  };
}

const routeOf = ({ ids, steps }: Path, at: number): Route => ({
  look: `p${at}`,
  things: ids,
  steps: steps.map((step, index) => ({ from: ids[index] ?? '', step })),
});

/** Whether paths have more in common than their ends. */
function isShared(paths: readonly Path[]): boolean {
  const seen = new Set<string>();
  return paths.some(({ ids }) => {
    const inner = ids.slice(1, -1);
    const isKnown = inner.some((id) => seen.has(id));
    for (const id of inner) seen.add(id);
    return isKnown;
  });
}

const wayTitles: Readonly<Record<WayKind, string>> = { network: 'Network', storage: 'Storage', licence: 'Licence' };

function shownWays(page: Page, id: string, ways: readonly Way[]): Shown {
  const seen = new Map<string, number>();
  for (const way of ways) for (const thing of way.things) seen.set(thing, (seen.get(thing) ?? 0) + 1);
  seen.delete(id);
  const name = nameIn(page, id);
  return {
    content: {
      title: `Ways of ${name}`,
      entries: ways.map((way) => ({ ...(way.isShown ? { look: way.kind } : {}), title: wayTitles[way.kind], words: way.words })),
      hasShared: [...seen.values()].some((count) => count > 1),
      noun: 'ways',
    },
    routes: ways.map((way) => ({ look: way.kind, things: way.things, steps: way.steps.values() })),
    ends: [id],
    spoken: `${name} selected. ${ways.map((way) => `${wayTitles[way.kind]}: ${way.words.join('; ')}`).join('. ')}`,
  };
}

function spokenSelection(page: Page): string {
  const node = page.nodes().get(page.focus.selected ?? '');
  return node === undefined ? '' : `${node.getAttribute('aria-label') ?? ''} selected`;
}

/** What is on a path or a way does not step back, nor do the frames around it; with two things selected all else does. */
function relate(page: Page, view: Element, { ends, routes }: Shown): void {
  if (ends.length > 1) for (const element of view.querySelectorAll('.lt-related')) element.classList.remove('lt-related');
  brighten(view, withFrames([...ends, ...routes.flatMap((route) => [...route.things])], page.nodes()));
  if (ends.length > 1)
    page
      .nodes()
      .get(ends[1] ?? '')
      ?.classList.add('lt-selected');
}
