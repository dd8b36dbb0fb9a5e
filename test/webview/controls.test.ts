import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { renderSvg } from '../../server/src/topology/svg.ts';
import { builder, scadaPlant } from '../kit/graphs.ts';
import { launchBrowser, openPreview, type PageOptions, type PictureMessage, type PreviewPage } from '../kit/previewPage.ts';

const run = cachedRunner(createInProcessRunner());
const draw = async (graph: Graph): Promise<string> => renderSvg(await placeGraph(graph, run), { theme: 'vscode' });

/** Two hosts in a cluster; the second one is open or shut, as the user has it. */
function farm(shut: boolean): Graph {
  const b = builder('farm');
  b.node('c', 'cluster', 'Cluster', { fold: 'open' });
  b.node('h1', 'host', 'esx1', { parent: 'c', fold: 'shut' });
  b.node('h2', 'host', 'esx2', { parent: 'c', fold: shut ? 'shut' : 'open' });
  if (!shut) for (const name of ['web', 'db', 'app']) b.node(name, 'vm', name, { parent: 'h2' });
  b.node('sw', 'switch', 'switch-a');
  b.edge('cable', 'h1', 'sw');
  b.edge('cable', 'h2', 'sw');
  return b.done();
}

let browser: Browser;
let plant = '';
let shutFarm = '';
let openFarm = '';
beforeAll(async () => {
  [browser, plant, shutFarm, openFarm] = await Promise.all([
    launchBrowser(),
    draw(scadaPlant()),
    draw(farm(true)),
    draw(farm(false)),
  ]);
}, 30_000);
afterAll(() => browser.close());

/** Opens the page, runs, and holds the page to its policy. */
async function within(options: PageOptions, use: (preview: PreviewPage) => Promise<void>): Promise<void> {
  const preview = await openPreview(browser, options);
  await use(preview);
  expect(preview.problems).toEqual([]);
}
const box = (preview: PreviewPage, id: string): Promise<{ x: number; y: number; width: number; height: number }> =>
  preview.page.evaluate(
    `(({ x, y, width, height }) => ({ x, y, width, height }))([...document.querySelectorAll('[data-id="${id}"] > .lt-shape')].at(-1).getBoundingClientRect())`,
  );
const transform = (preview: PreviewPage): Promise<string> =>
  preview.page.evaluate(`document.querySelector('.stage').style.transform`);
const scale = async (preview: PreviewPage): Promise<number> => Number(/scale\(([\d.]+)\)/.exec(await transform(preview))?.[1]);
const selected = (preview: PreviewPage): Promise<string | undefined> =>
  preview.page.evaluate(`document.querySelector('.lt-selected')?.dataset.id`);
const last = async (preview: PreviewPage, type: string): Promise<unknown> =>
  (await preview.posted()).findLast((message) => message.type === type);
const offers: Partial<PictureMessage> = {
  views: [
    { id: 'overview', title: 'Overview', question: 'What is there?' },
    { id: 'network', title: 'Network', question: 'How does traffic get there?' },
  ],
  filters: { site: ['north', 'south'], cluster: ['prod'], network: [], tag: ['it', 'ot'], service: [] },
};

describe('first sight', () => {
  test('a narrow panel shows a part that can be read: the upper left, or what the cursor is in', () =>
    within({ width: 320, height: 600 }, async (preview) => {
      await preview.show(plant);
      expect(await scale(preview)).toBeCloseTo(0.55, 2);
      expect((await box(preview, 'plant')).x).toBeGreaterThanOrEqual(0);
      await preview.send({ type: 'highlight', id: 'ds-log' });
      const { x, width } = await box(preview, 'ds-log');
      expect(x + width / 2).toBeGreaterThan(0);
      expect(x + width / 2).toBeLessThan(320);
      expect(await scale(preview)).toBeCloseTo(0.55, 2);
    }));

  test('a thing that is chosen from outside is selected, and shown so that it can be read', () =>
    within({ width: 320, height: 600 }, async (preview) => {
      await preview.show(plant);
      await preview.send({ type: 'highlight', id: 'SQL', choose: true });
      expect(await selected(preview)).toBe('SQL');
      expect(await scale(preview)).toBeGreaterThanOrEqual(0.7);
      const { x, y, width } = await box(preview, 'SQL');
      expect([x >= 0, x + width <= 320, y > 0, y < 600]).toEqual([true, true, true, true]);
    }));

  test('small print comes with the scale, and names of frames stay legible from afar', () =>
    within({}, async (preview) => {
      await preview.show(plant);
      const level = (): Promise<string> =>
        preview.page.evaluate(
          `['lt-far', 'lt-middle'].find((name) => document.querySelector('.stage').classList.contains(name)) ?? 'near'`,
        );
      const shown = (what: string): Promise<boolean> =>
        preview.page.evaluate(`getComputedStyle(document.querySelector('${what}')).visibility === 'visible'`);
      await preview.page.keyboard.press('0');
      for (let at = 0; at < 5; at += 1) await preview.page.keyboard.press('-');
      await expect.poll(level).toBe('lt-far');
      expect(await shown('.lt-leaf .lt-t-detail')).toBe(false);
      // Names are set a frame after the scale.
      const lowest = (): Promise<number> =>
        preview.page.evaluate(
          `Math.min(...[...document.querySelectorAll('.lt-plates [data-for] .lt-t-title')].filter((text) => getComputedStyle(text).visibility === 'visible').map((text) => text.getBoundingClientRect().height))`,
        );
      await expect.poll(lowest).toBeGreaterThan(7);
      expect(await lowest()).toBeLessThan(100);
      for (let at = 0; at < 9; at += 1) await preview.page.keyboard.press('+');
      await expect.poll(level).toBe('near');
      expect(await shown('.lt-leaf .lt-t-detail')).toBe(true);
      expect(await preview.page.locator('.lt-t-title[transform]').count()).toBe(0);
    }));
});

describe('the selection', () => {
  test('is lifted when the cursor of the text goes on to another thing, and not by its own echo', () =>
    within({}, async (preview) => {
      await preview.show(plant);
      await preview.send({ type: 'highlight', id: 'esx1' });
      await preview.page.click('[data-id="E3-A"]');
      await preview.send({ type: 'highlight', id: 'E3-A' });
      expect(await selected(preview)).toBe('E3-A');
      await preview.page.waitForTimeout(1600);
      await preview.send({ type: 'highlight', id: 'E3-A' });
      expect(await selected(preview)).toBe('E3-A');
      await preview.send({ type: 'highlight', id: 'esx3' });
      expect(await selected(preview)).toBeUndefined();
      expect(await preview.page.locator('.lt-picking').count()).toBe(0);
    }));
});

describe('folds', () => {
  test('a click on the sign asks for the box to be opened, selects nothing, and the box stays where it was', () =>
    within({}, async (preview) => {
      await preview.show(shutFarm);
      const before = await box(preview, 'h2');
      await preview.page.click('[data-fold-sign="h2"]');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { open: ['h2'] } });
      expect(await selected(preview)).toBeUndefined();
      await preview.show(openFarm, 2, undefined, { choice: { open: ['h2'] } });
      const after = await box(preview, 'h2');
      expect(after.width).toBeGreaterThan(before.width);
      expect([after.x, after.y].map(Math.round)).toEqual([before.x, before.y].map(Math.round));
      await preview.page.focus('[data-id="h2"]');
      await preview.page.keyboard.press('Alt+Enter');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { shut: ['h2'] } });
    }));

  test('all at once', () =>
    within({}, async (preview) => {
      await preview.show(openFarm);
      await preview.page.click('[aria-label="Fold all"]');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { shut: ['c', 'h2'] } });
      await preview.page.click('[aria-label="Open all"]');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { open: ['*'] } });
    }));
});

describe('what is shown', () => {
  test('filters are chosen, shown as chips, and taken away', () =>
    within({}, async (preview) => {
      const { page } = preview;
      await preview.show(plant, 1, undefined, offers);
      await page.click('[aria-label="Filters"]');
      expect(await page.locator('.filters label > span').allTextContents()).toEqual(['Site', 'Cluster', 'Tag', 'Findings']);
      await page.locator('.filters').getByLabel('Site').selectOption('north');
      await page.locator('.filters').getByLabel('Findings').selectOption('error');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { site: 'north', severity: 'error' } });
      expect(await page.locator('.chip-value').allTextContents()).toEqual(['north', 'Errors']);
      await page.click('[aria-label="Remove the filter Site: north"]');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { severity: 'error' } });
    }));

  test('a focus has a distance and a way back', () =>
    within({}, async (preview) => {
      const { page } = preview;
      await preview.show(plant, 1, undefined, offers);
      await page.click('[data-id="SQL"]');
      await page.click('[aria-label="Focus on this"]');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { focus: 'SQL' } });
      await page.getByLabel('Distance from the focus').selectOption('3');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { focus: 'SQL', depth: 3 } });
      await page.locator('.chips').getByText('Show all').click();
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: {} });
      expect(await page.locator('.chips').isVisible()).toBe(false);
    }));

  test('going to another view and back loses neither place nor folds nor selection, and a reload neither', async () => {
    let state: unknown;
    let place = '';
    await within({}, async (preview) => {
      const { page } = preview;
      await preview.show(openFarm, 1, undefined, offers);
      await page.click('[data-fold-sign="h2"]');
      await preview.show(shutFarm, 2, undefined, { ...offers, choice: { shut: ['h2'] } });
      await page.click('[data-id="sw"]');
      await page.keyboard.press('+');
      place = await transform(preview);
      await page.getByLabel('Viewpoint').selectOption('network');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { view: 'network' } });
      await preview.show(plant, 3, undefined, { ...offers, choice: { view: 'network' } });
      expect(await transform(preview)).not.toBe(place);
      await page.getByLabel('Viewpoint').selectOption('overview');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { view: 'overview', shut: ['h2'] } });
      await preview.show(shutFarm, 4, undefined, { ...offers, choice: { view: 'overview', shut: ['h2'] } });
      expect(await transform(preview)).toBe(place);
      expect(await selected(preview)).toBe('sw');
      await page.waitForTimeout(220);
      state = await preview.state();
    });
    await within({ state }, async (preview) => {
      expect(await preview.posted()).toEqual([{ type: 'ready', choice: { view: 'overview', shut: ['h2'] } }]);
      await preview.show(shutFarm, 1, undefined, { ...offers, choice: { view: 'overview', shut: ['h2'] } });
      expect(await transform(preview)).toBe(place);
      expect(await selected(preview)).toBe('sw');
    });
  });

  test('a choice from outside is taken over', () =>
    within({}, async (preview) => {
      await preview.show(plant, 1, undefined, offers);
      await preview.send({ type: 'choose', choice: { view: 'network', site: 'south' } });
      expect(await preview.page.getByLabel('Viewpoint').inputValue()).toBe('network');
      expect(await preview.page.locator('.chip-value').allTextContents()).toEqual(['south']);
    }));
});

describe('search', () => {
  test('finds by the keyboard, opens what is around, and goes there when it is drawn', () =>
    within({ width: 500 }, async (preview) => {
      const { page } = preview;
      await preview.show(shutFarm);
      await page.keyboard.press('/');
      await page.keyboard.type('web');
      await expect.poll(() => last(preview, 'find')).toMatchObject({ text: 'web' });
      const { serial } = (await last(preview, 'find')) as { readonly serial: number };
      const thing = (id: string): object => ({ id, role: 'virtual machine', label: id, shownAs: 'h2', within: ['h2'] });
      await preview.send({ type: 'found', serial: serial - 1, things: [] });
      expect(await page.locator('.found').isVisible()).toBe(false);
      await preview.send({ type: 'found', serial, things: [thing('app'), thing('web')] as never });
      expect(await page.locator('[role="option"]').count()).toBe(2);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await last(preview, 'choice')).toEqual({ type: 'choice', choice: { open: ['h2'] } });
      expect(await selected(preview)).toBe('h2');
      await preview.show(openFarm, 2, undefined, { choice: { open: ['h2'] } });
      expect(await selected(preview)).toBe('web');
      const { x, y } = await box(preview, 'web');
      expect([x > 0, x < 500, y > 0, y < 700]).toEqual([true, true, true, true]);
    }));
});

describe('places', () => {
  test('a dragged box tells where it was put, a click stays a click, Escape takes it back', () =>
    within({}, async (preview) => {
      const { page } = preview;
      const svg = shutFarm.replace(/ data-at="[^"]*"/g, '').replace('data-id="sw"', 'data-id="sw" data-at="40 30"');
      await preview.show(svg);
      const k = await scale(preview);
      const before = await box(preview, 'sw');
      const [x, y] = [before.x + before.width / 2, before.y + before.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 2, y + 1);
      await page.mouse.up();
      expect(await last(preview, 'place')).toBeUndefined();
      expect(await selected(preview)).toBe('sw');
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 30, y + 20, { steps: 3 });
      expect(Math.round((await box(preview, 'sw')).x - before.x)).toBe(30);
      expect(await page.locator('.lt-loose').count()).toBe(2);
      await page.keyboard.press('Escape');
      expect((await box(preview, 'sw')).x).toBe(before.x);
      await page.mouse.up();
      expect(await last(preview, 'place')).toBeUndefined();
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 30, y + 20, { steps: 3 });
      await page.mouse.up();
      expect(await last(preview, 'place')).toEqual({
        type: 'place',
        id: 'sw',
        at: { x: Math.round(40 + 30 / k), y: Math.round(30 + 20 / k) },
      });
      await preview.show(`${svg} `, 2);
      await page.focus('[data-id="sw"]');
      await page.keyboard.press('Alt+ArrowRight');
      await page.keyboard.press('Alt+ArrowRight');
      await expect.poll(() => last(preview, 'place')).toEqual({ type: 'place', id: 'sw', at: { x: 60, y: 30 } });
    }));

  test('a placed box has a pin, and its menu frees it', () =>
    within({}, async (preview) => {
      const { page } = preview;
      await preview.show(shutFarm, 1, undefined, { placed: ['sw', 'gone'] });
      expect(await page.locator('.lt-pin').count()).toBe(1);
      await page.click('[data-id="sw"]', { button: 'right' });
      expect(await page.locator('.menu-item').allTextContents()).toEqual([
        'Go to text',
        'Focus on this',
        'Free its place',
        'Free all places of this view',
        'Copy name',
      ]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await last(preview, 'place')).toEqual({ type: 'place', id: 'sw', at: null });
      await page.focus('[data-id="h1"]');
      await page.keyboard.press('Shift+F10');
      expect(await page.locator('.menu-item').allTextContents()).toContain('Open');
      await page.keyboard.press('Escape');
      expect(await page.locator('.menu').count()).toBe(0);
    }));
});

describe('comparison', () => {
  test('says against what, lists what differs, filters it, leads there, and ends', () =>
    within({}, async (preview) => {
      const { page } = preview;
      await preview.show(shutFarm, 1, undefined, {
        against: 'the last commit',
        changes: [
          { change: 'added', id: 'h1', role: 'host', label: '<b>esx1</b>' },
          { change: 'changed', id: 'sw', role: 'switch', label: 'switch-a', what: 'ports 24 → 48' },
        ],
      });
      expect(await page.locator('.changes-heading').textContent()).toBe('Compared with the last commit: 2 differences');
      expect(await page.locator('.change .name').allTextContents()).toEqual(['<b>esx1</b>', 'switch-a']);
      expect(await page.locator('.change .what').textContent()).toBe('ports 24 → 48');
      await page.click('.kind.is-added');
      expect(await page.locator('.change .name').allTextContents()).toEqual(['switch-a']);
      await page.click('.change');
      expect(await selected(preview)).toBe('sw');
      await page.click('[aria-label="End the comparison"]');
      expect(await last(preview, 'compare')).toEqual({ type: 'compare', with: null });
      await preview.show(openFarm, 2);
      expect(await page.locator('.changes').isVisible()).toBe(false);
    }));
});

describe('the strip above the picture', () => {
  test('a narrow panel has the rest in a menu, and nothing is cut', () =>
    within({ width: 300, height: 500 }, async (preview) => {
      const { page } = preview;
      await preview.show(plant, 1, undefined, { ...offers, note: 'Two boxes are not shown.' });
      const cut: readonly string[] = await page.evaluate(
        `[...document.querySelectorAll('.toolbar button, .toolbar select, .toolbar input')].filter((each) => each.offsetParent !== null && each.getBoundingClientRect().right > innerWidth).map((each) => each.ariaLabel)`,
      );
      expect(cut).toEqual([]);
      expect(await page.locator('.note-words').textContent()).toBe('Two boxes are not shown.');
      await page.click('[aria-label="More"]');
      await page.getByText('Copy a link to this picture').click();
      expect(await last(preview, 'copyLink')).toEqual({ type: 'copyLink' });
      await page.click('[aria-label="Put this note away"]');
      expect(await page.locator('.note').isVisible()).toBe(false);
    }));

  test('each button has a name', () =>
    within({ width: 1000 }, async (preview) => {
      await preview.show(plant, 1, undefined, offers);
      const names: readonly string[] = await preview.page.evaluate(
        `[...document.querySelectorAll('.toolbar button, .toolbar select, .toolbar input')].filter((each) => each.offsetParent !== null).map((each) => each.ariaLabel)`,
      );
      expect(names).toEqual([
        'Viewpoint',
        'Search the design',
        'Filters',
        'Focus on this',
        'Zoom out',
        'Zoom in',
        'Fit to window',
        'Fold all',
        'Open all',
        'Compare with the last commit',
        'Open a second panel',
        'Export the picture…',
        'Copy a link to this picture',
      ]);
    }));
});
