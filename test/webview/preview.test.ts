import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { fonts, textWidth } from '../../server/src/topology/measure.ts';
import type { TextStyle } from '../../server/src/topology/placed.ts';
import { renderSvg } from '../../server/src/topology/svg.ts';
import { builder, fleet, scadaPlant } from '../kit/graphs.ts';
import { launchBrowser, openPreview, type PageOptions, type PreviewPage } from '../kit/previewPage.ts';

const run = cachedRunner(createInProcessRunner());
const draw = async (graph: Graph): Promise<string> => renderSvg(await placeGraph(graph, run), { theme: 'vscode' });

let browser: Browser;
let plant = '';
beforeAll(async () => {
  [browser, plant] = await Promise.all([launchBrowser(), draw(scadaPlant())]);
});
afterAll(() => browser.close());

/** Opens the page, runs, and holds the page to its policy. */
async function within(options: PageOptions, use: (preview: PreviewPage) => Promise<void>): Promise<void> {
  const preview = await openPreview(browser, options);
  await use(preview);
  expect(preview.problems).toEqual([]);
}

const box = (preview: PreviewPage, id: string): Promise<{ x: number; y: number; width: number; height: number }> =>
  preview.page.evaluate(
    `(({ x, y, width, height }) => ({ x, y, width, height }))(document.querySelector('[data-id="${id}"] > .lt-shape').getBoundingClientRect())`,
  );
const transform = (preview: PreviewPage): Promise<string> =>
  preview.page.evaluate(`document.querySelector('.stage').style.transform`);
const focused = (preview: PreviewPage): Promise<string | null> =>
  preview.page.evaluate(`document.activeElement.getAttribute('data-id')`);
const settled = async (preview: PreviewPage): Promise<void> => {
  await preview.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))');
};

describe('pictures', () => {
  test('is ready, paints, tells so, and shows all of it', () =>
    within({ width: 1500, height: 1100 }, async (preview) => {
      await preview.show(plant, 7);
      expect(await preview.posted()).toEqual([
        { type: 'ready' },
        { type: 'painted', revision: 7, nodes: scadaPlant().nodes.length },
      ]);
      for (const id of ['plant', 'esx1', 'dmz']) {
        const { x, y, width, height } = await box(preview, id);
        expect([x >= 0, y >= 0, x + width <= 1500, y + height <= 1100]).toEqual([true, true, true, true]);
      }
    }));

  test('keeps the view, the selection and the focus over an update', () =>
    within({ width: 1500, height: 1100 }, async (preview) => {
      await preview.show(plant);
      await preview.page.mouse.move(400, 300);
      await preview.page.mouse.wheel(0, -400);
      await preview.page.click('[data-id="E3-A"]');
      await preview.page.focus('[data-id="E3-B"]');
      const before = [await transform(preview), await box(preview, 'esx1')];
      await preview.show(await draw(scadaPlant({ extraVm: true })), 2);
      expect([await transform(preview), await box(preview, 'esx1')]).toEqual(before);
      expect(await preview.page.evaluate(`document.querySelector('[data-id="E3-A"]').classList.contains('lt-selected')`)).toBe(
        true,
      );
      expect(await focused(preview)).toBe('E3-B');
      expect((await preview.posted()).at(-1)).toEqual({ type: 'painted', revision: 2, nodes: scadaPlant().nodes.length + 1 });
    }));

  test('another design is shown whole again', () =>
    within({}, async (preview) => {
      await preview.show(plant);
      await preview.page.keyboard.press('+');
      await settled(preview);
      const b = builder('other');
      b.node('lonely', 'host', 'lonely');
      await preview.show(await draw(b.done()), 2);
      const { x, y } = await box(preview, 'lonely');
      expect(x > 0 && x < 1000 && y > 0 && y < 700).toBe(true);
    }));

  test('a message stands in place of a picture', () =>
    within({}, async (preview) => {
      await preview.show('', 3, 'There is nothing to draw yet. Declare a host.');
      expect(await preview.page.locator('.message').textContent()).toBe('There is nothing to draw yet. Declare a host.');
      expect(await preview.page.locator('.toolbar').isVisible()).toBe(false);
      expect((await preview.posted()).at(-1)).toEqual({ type: 'painted', revision: 3, nodes: 0 });
      await preview.show(plant, 4);
      expect(await preview.page.locator('.message').isVisible()).toBe(false);
    }));

  test('what has no business in a picture is left out', async () => {
    // Not held to the policy: it reports such things already while they are only read.
    const preview = await openPreview(browser);
    const hostile = plant.replace(
      '<g class="lt-heading">',
      '<script>window.hacked = 1</script><foreignObject><b/></foreignObject>' +
        '<image href="https://example.org/x.png"/><a href="javascript:alert(1)"><text>x</text></a>' +
        '<use href="https://example.org/x.svg#a"/><rect style="fill:red" onclick="window.hacked = 1" fill="url(https://example.org/#p)" width="4" height="4"/><g class="lt-heading">',
    );
    expect(hostile).not.toBe(plant);
    await preview.show(hostile);
    expect(
      await preview.page.evaluate(
        `['script', 'foreignObject', 'image', 'a', '[style]', '[onclick]', '[href^="http"]', '[fill*="http"]'].filter((what) => document.querySelector('.stage ' + what))`,
      ),
    ).toEqual([]);
    expect(await preview.page.evaluate('window.hacked')).toBeUndefined();
  });

  test('moved boxes glide there, unless the user wants no motion', async () => {
    const moving = async (reducedMotion: boolean): Promise<number> => {
      let count = 0;
      await within({ reducedMotion }, async (preview) => {
        await preview.show(plant);
        await preview.send({
          type: 'picture',
          svg: await draw(scadaPlant({ dongles: true })),
          title: 'plant',
          revision: 2,
          choice: {},
        });
        count = await preview.page.evaluate('document.getAnimations().length');
      });
      return count;
    };
    expect(await moving(false)).toBeGreaterThan(0);
    expect(await moving(true)).toBe(0);
  });

  test('a large picture is painted', () =>
    within({}, async (preview) => {
      const svg = await draw(fleet());
      await preview.show(svg);
      expect((await preview.posted()).at(-1)).toMatchObject({ type: 'painted' });
    }));
});

describe('pointing', () => {
  test('a click selects, tells, and lights up what belongs together', () =>
    within({}, async (preview) => {
      await preview.show(plant);
      // Paths and the ways of machines are in reading.test.ts; a service has none.
      await preview.page.click('[data-id="Process database"]');
      expect((await preview.posted()).at(-1)).toEqual({ type: 'reveal', id: 'Process database', preserveFocus: true });
      const related: string[] = await preview.page.evaluate(
        `[...document.querySelectorAll('[data-id].lt-related')].map((node) => node.dataset.id)`,
      );
      expect(related.toSorted()).toEqual(['Process database', 'SCADA', 'SQL', 'scada']);
      await preview.page.dblclick('[data-id="Process database"]');
      expect((await preview.posted()).at(-1)).toEqual({ type: 'reveal', id: 'Process database', preserveFocus: false });
      await preview.page.keyboard.press('Escape');
      expect(await preview.page.locator('.lt-related').count()).toBe(0);
    }));

  test('the frame of a host selects the host, a NIC in it the NIC', () =>
    within({ width: 1500, height: 1100 }, async (preview) => {
      await preview.show(plant);
      const { x, y, width, height } = await box(preview, 'esx2');
      await preview.page.mouse.click(x + width - 4, y + height - 3);
      expect((await preview.posted()).at(-1)).toMatchObject({ id: 'esx2' });
      await preview.page.click('[data-id="esx2/vmnic3"]');
      expect((await preview.posted()).at(-1)).toMatchObject({ id: 'esx2/vmnic3' });
      expect(await preview.page.locator('.lt-edge.lt-related').count()).toBe(2);
    }));

  test('the tooltip tells what is known', () =>
    within({}, async (preview) => {
      await preview.show(plant);
      await preview.page.hover('[data-id="E3-A"]');
      await preview.page.waitForSelector('.tooltip:not([hidden])');
      expect(await preview.page.locator('.tooltip strong').textContent()).toBe('E3-A');
      expect(await preview.page.locator('.tooltip dt').allTextContents()).toEqual(['Network', 'Guest']);
      expect(await preview.page.locator('.tooltip p').allTextContents()).toEqual(['Elipse E3 server, hot']);
    }));

  test('the cursor of the text is followed, gently and only when needed', () =>
    within({}, async (preview) => {
      await preview.show(plant);
      await preview.page.keyboard.press('0');
      const still = await transform(preview);
      await preview.send({ type: 'highlight', id: 'esx3' });
      expect(await preview.page.evaluate(`document.querySelector('.lt-current').dataset.id`)).toBe('esx3');
      expect(await transform(preview)).toBe(still);
      for (let at = 0; at < 6; at += 1) await preview.page.keyboard.press('+');
      await settled(preview);
      await preview.send({ type: 'highlight', id: 'ds-log' });
      await settled(preview);
      const { x, width } = await box(preview, 'ds-log');
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(1000);
      await preview.send({ type: 'highlight', id: null });
      expect(await preview.page.locator('.lt-current').count()).toBe(0);
      await preview.send({ type: 'highlight', id: 'not-in-the-picture' });
    }));
});

describe('keys', () => {
  test('Tab goes through toolbar and boxes, arrows walk, Enter opens, the space bar shows', () =>
    within({}, async (preview) => {
      await preview.show(plant);
      for (let at = 0; at < 4; at += 1) await preview.page.keyboard.press('Tab');
      expect(await focused(preview)).not.toBeNull();
      const path = async (from: string, ...keys: string[]): Promise<readonly (string | null)[]> => {
        await preview.page.focus(`[data-id="${from}"]`);
        const found: (string | null)[] = [];
        for (const key of keys) {
          await preview.page.keyboard.press(key);
          found.push(await focused(preview));
        }
        return found;
      };
      expect(await path('esx1/vmnic4', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowUp')).toEqual([
        'esx1/vmnic5',
        'esx1/vSwitch0',
        'esx1/vmk0',
        'esx1/vSwitch0',
      ]);
      expect(await path('E3-B', 'ArrowLeft', 'ArrowRight', 'ArrowRight', 'ArrowDown')).toEqual(['E3-A', 'E3-B', 'SQL', 'e3-b']);
      expect(await path('control', 'ArrowRight', 'ArrowLeft', 'ArrowLeft')).toEqual(['dmz', 'control', 'lockstep']);
      expect(await path('sw-b', 'ArrowLeft')).toEqual(['sw-a']);
      await preview.page.focus('[data-id="ELIC"]');
      await preview.page.keyboard.press(' ');
      await preview.page.keyboard.press('Enter');
      expect((await preview.posted()).slice(-2)).toEqual([
        { type: 'reveal', id: 'ELIC', preserveFocus: true },
        { type: 'reveal', id: 'ELIC', preserveFocus: false },
      ]);
    }));

  test('+ and - scale, 0 fits, and so do the buttons', () =>
    within({}, async (preview) => {
      await preview.show(plant);
      const scale = async (): Promise<number> => Number(/scale\(([\d.]+)\)/.exec(await transform(preview))?.[1]);
      await preview.page.keyboard.press('0');
      const fitted = await scale();
      await preview.page.keyboard.press('+');
      expect(await scale()).toBeCloseTo(fitted * 1.3, 3);
      await preview.page.keyboard.press('-');
      await preview.page.keyboard.press('-');
      expect(await scale()).toBeCloseTo(fitted / 1.3, 3);
      await preview.page.keyboard.press('0');
      expect(await scale()).toBeCloseTo(fitted, 3);
      await preview.page.click('[aria-label="Zoom in"]');
      expect(await scale()).toBeCloseTo(fitted * 1.3, 3);
      await preview.page.click('[aria-label="Fit to window"]');
      expect(await scale()).toBeCloseTo(fitted, 3);
    }));
});

describe('the host around it', () => {
  test('view, selection and design are kept for a restart', async () => {
    let state: unknown;
    let view = '';
    await within({}, async (preview) => {
      await preview.show(plant);
      await preview.page.click('[data-id="E3-B"]');
      await preview.page.keyboard.press('+');
      await preview.page.waitForTimeout(220);
      state = await preview.state();
      view = await transform(preview);
      expect(state).toMatchObject({ uri: 'file:///plant.lintel', views: { '': { selected: 'E3-B' } } });
    });
    await within({ state }, async (preview) => {
      await preview.show(plant);
      expect(await transform(preview)).toBe(view);
      expect(await preview.page.locator('.lt-selected').getAttribute('data-id')).toBe('E3-B');
    });
  });

  test.each(['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'] as const)(
    'text is legible in %s',
    (theme) =>
      within({ theme }, async (preview) => {
        await preview.show(plant);
        const contrast: number = await preview.page.evaluate(`(() => {
      const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const light = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => channel(value / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return Math.min(...[...document.querySelectorAll('.lt-leaf[data-id]')].flatMap((node) => {
        const ground = light(getComputedStyle(node.querySelector(':scope > .lt-shape')).fill);
        return [...node.querySelectorAll(':scope > .lt-t-title')].map((text) => ratio(ground, light(getComputedStyle(text).fill)));
      }));
    })()`);
        expect(contrast).toBeGreaterThan(theme.includes('contrast') ? 7 : 4.5);
      }),
  );

  test('forced colours do not break it', () =>
    within({ forcedColors: true }, async (preview) => {
      await preview.show(plant);
      expect(await preview.page.locator('[data-id="E3-A"] .lt-t-title').isVisible()).toBe(true);
    }));

  test('no label is wider than the table of widths says', () =>
    within({}, async (preview) => {
      const texts = [
        'Management Network',
        'PowerEdge R660 · ESXi 8.0 U3',
        'WWWMMM@@%%',
        'vmnic0',
        '10.4.100.21',
        'VLAN 100 · 10.4.100.0/22',
        'Größe über Maß',
        'Подстанция',
        '主机',
        'שרת ראשי',
      ];
      const styles = Object.keys(fonts) as readonly TextStyle[];
      await preview.show(plant);
      const widths: Record<string, number> = await preview.page.evaluate(`(() => {
      const out = {};
      for (const style of ${JSON.stringify(styles)}) for (const text of ${JSON.stringify(texts)}) {
        const element = document.createElementNS('http://www.w3.org/2000/svg', 'text');
        element.setAttribute('class', 'lt-t-' + style);
        element.textContent = text;
        document.querySelector('.stage').append(element);
        out[style + '|' + text] = element.getComputedTextLength();
        element.remove();
      }
      return out;
    })()`);
      const tooWide = Object.entries(widths).filter(([key, width]) => {
        const [style = '', text = ''] = key.split('|');
        // Letter spacing of panel titles is not in the table.
        return width > textWidth(text, style as TextStyle) + (style === 'panel' ? text.length * 0.5 : 0);
      });
      expect(tooWide).toEqual([]);
    }));
});
