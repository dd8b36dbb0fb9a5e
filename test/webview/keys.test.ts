/** The picture by keyboard: one stop of the Tab key, arrows, along the lines, paths, type-ahead, the card of keys, back step by step. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scadaPlant } from '../kit/graphs.ts';
import { launchBrowser, openPreview, type PreviewPage } from '../kit/previewPage.ts';
import { draw } from '../topology/export/kit.ts';

let browser: Browser;
let plant = '';
beforeAll(async () => {
  [browser, plant] = await Promise.all([launchBrowser(), draw(scadaPlant({ dongles: true }), 'vscode')]);
});
afterAll(() => browser.close());

async function within(use: (preview: PreviewPage) => Promise<void>): Promise<void> {
  const preview = await openPreview(browser);
  await preview.show(plant);
  await use(preview);
  expect(preview.problems).toEqual([]);
}

const focused = (preview: PreviewPage): Promise<string | null> =>
  preview.page.evaluate(`document.activeElement.getAttribute('data-id')`);
const focus = (preview: PreviewPage, id: string): Promise<void> => preview.page.focus(`[data-id="${id}"]`);
const press = async (preview: PreviewPage, ...keys: readonly string[]): Promise<string | null> => {
  for (const key of keys) await preview.page.keyboard.press(key);
  return focused(preview);
};
/** What a screen reader says next. */
const hears = (preview: PreviewPage, words: RegExp | string): Promise<void> =>
  expect
    .poll(() => preview.page.locator('.spoken').textContent(), { timeout: 3000 })
    .toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
const selected = (preview: PreviewPage): Promise<readonly string[]> =>
  preview.page.evaluate(`[...document.querySelectorAll('.lt-selected')].map((node) => node.dataset.id)`);
const heading = (preview: PreviewPage): Promise<string | null> => preview.page.locator('.reading:not([hidden]) h2').textContent();

describe('moving', () => {
  test('the picture is one stop of the Tab key, and remembers where one was', () =>
    within(async (preview) => {
      expect(await preview.page.locator('[data-id][tabindex="0"]').count()).toBe(1);
      await focus(preview, 'esx2');
      expect(await press(preview, 'Tab')).toBeNull();
      expect(await press(preview, 'Shift+Tab')).toBe('esx2');
      expect(await preview.page.locator('[data-id][tabindex="0"]').count()).toBe(1);
      await preview.show(await draw(scadaPlant({ dongles: true, extraVm: true }), 'vscode'), 2);
      expect(await focused(preview)).toBe('esx2');
      expect(await preview.page.locator('[data-id][tabindex="0"]').getAttribute('data-id')).toBe('esx2');
    }));

  test('Home and End; letters go to the next name that begins so', () =>
    within(async (preview) => {
      await focus(preview, 'sw-a');
      expect(await press(preview, 'Home')).toBe('plant');
      const last = await press(preview, 'End');
      expect(last).not.toBe('plant');
      expect(await press(preview, 'd', 's', '-', 'd')).toBe('ds-data');
      await preview.page.waitForTimeout(950);
      expect(await press(preview, 'e')).not.toBe('ds-data');
      await preview.page.waitForTimeout(950);
      expect(await press(preview, 's', 'w')).toBe('sw-a');
      await preview.page.waitForTimeout(950);
      expect(await press(preview, 's')).toBe('sw-b');
    }));

  test('] and [ choose a line and tell it, Enter goes along it', () =>
    within(async (preview) => {
      await focus(preview, 'esx1/vmnic0');
      await press(preview, ']');
      await hears(preview, '1 of 2: 10 Gbps uplink, to esx1/vSwitch1. Enter goes there');
      await press(preview, ']');
      await hears(preview, '2 of 2: 10 Gbps cable, port u2, to sw-a. Enter goes there');
      expect(await preview.page.locator('.lt-route.lt-look-along').count()).toBe(1);
      expect(await press(preview, 'Enter')).toBe('sw-a');
      await hears(preview, '10 Gbps cable, port u2, to sw-a');
      expect((await preview.posted()).some((message) => message.type === 'reveal')).toBe(false);
      expect(await preview.page.locator('.lt-look-along').count()).toBe(0);
      await focus(preview, 'esx1/vmnic0');
      await press(preview, '[');
      await hears(preview, /^2 of 2: /);
      expect(await press(preview, 'Escape')).toBe('esx1/vmnic0');
      expect(await preview.page.locator('.lt-look-along').count()).toBe(0);
    }));

  test('Ctrl with an arrow goes along the line that leads there', () =>
    within(async (preview) => {
      await focus(preview, 'esx1/vSwitch1');
      expect(await press(preview, 'Control+ArrowUp')).toMatch(/^esx1\/vmnic[01]$/);
      expect(await press(preview, 'Control+ArrowUp')).toMatch(/^sw-[ab]$/);
      await focus(preview, 'ds-vm');
      expect(await press(preview, 'Control+ArrowUp')).toBe('san-1/fast/vmfs-1');
      await focus(preview, 'plant');
      expect(await press(preview, 'Control+ArrowUp')).toBe('plant');
      await hears(preview, 'No line leads there');
    }));
});

describe('paths by keyboard', () => {
  test('p at one box, p at another', () =>
    within(async (preview) => {
      await focus(preview, 'E3-A');
      await press(preview, 'p');
      await hears(preview, 'E3-A is the first end of a path. Go to another box and press p');
      await focus(preview, 'san-1');
      await press(preview, 'p');
      expect(await heading(preview)).toBe('E3-A – san-1: one path');
      await hears(preview, 'one path between E3-A and san-1. The shortest: E3-A → ds-vm → san-1/vmfs-1 → fast → san-1');
      expect(await selected(preview)).toEqual(expect.arrayContaining(['E3-A', 'san-1']));
      await focus(preview, 'sw-a');
      await press(preview, 'p');
      expect(await selected(preview)).toEqual(['sw-a']);
    }));

  test('Ctrl+Enter takes the second end; the list can be walked and lights up', () =>
    within(async (preview) => {
      await focus(preview, 'esx1');
      await press(preview, ' ');
      await focus(preview, 'sw-b');
      await press(preview, 'Control+Enter');
      expect(await heading(preview)).toMatch(/^esx1 – sw-b: \d paths$|^esx1 – sw-b: more than/);
      await preview.page.focus('.reading li:nth-child(2) button');
      expect(await preview.page.locator('.lt-route.lt-lit').count()).toBeGreaterThan(0);
      expect(await preview.page.locator('.lt-unlit').count()).toBeGreaterThan(0);
      await press(preview, 'Enter');
      expect(await preview.page.locator('.reading [aria-pressed="true"]').count()).toBe(1);
      expect((await preview.posted()).filter((message) => message.type === 'reveal')).toHaveLength(1);
    }));

  test('Escape goes back step by step: card, paths, selection', () =>
    within(async (preview) => {
      await focus(preview, 'E3-A');
      await press(preview, ' ');
      await focus(preview, 'E3-B');
      await press(preview, 'Control+Enter', 'ArrowRight', 'ArrowLeft');
      await preview.page.waitForSelector('.tooltip:not([hidden])');
      await press(preview, 'Escape');
      expect(await preview.page.locator('.tooltip').isVisible()).toBe(false);
      expect(await heading(preview)).toContain('E3-A – E3-B');
      await press(preview, 'Escape');
      expect(await heading(preview)).toBe('Ways of E3-A');
      await press(preview, 'Escape');
      expect(await preview.page.locator('.reading').isVisible()).toBe(false);
      expect(await selected(preview)).toEqual([]);
      expect(await preview.page.locator('.lt-routes').count()).toBe(0);
    }));
});

describe('the card of keys', () => {
  test('? opens it, Escape closes it and the focus is back where it was', () =>
    within(async (preview) => {
      await focus(preview, 'esx3');
      await press(preview, '?');
      expect(await preview.page.getByRole('dialog', { name: 'Keys of the picture' }).isVisible()).toBe(true);
      expect(await preview.page.locator('.help dt').allTextContents()).toEqual(
        expect.arrayContaining(['Tab', ']\u00a0and\u00a0['.replaceAll('\u00a0', ' '), 'p', '?']),
      );
      expect(await press(preview, 'Escape')).toBe('esx3');
      expect(await preview.page.locator('.help').isVisible()).toBe(false);
    }));

  test('it is whole in a small window', () =>
    within(async (preview) => {
      await preview.page.setViewportSize({ width: 420, height: 320 });
      await press(preview, '?');
      const { x, y, width, height } = (await preview.page.locator('.help').boundingBox()) ?? {
        x: -1,
        y: -1,
        width: 0,
        height: 0,
      };
      expect([x >= 0, y >= 0, x + width <= 420, y + height <= 320]).toEqual([true, true, true, true]);
      await preview.page.setViewportSize({ width: 1000, height: 700 });
    }));
});
