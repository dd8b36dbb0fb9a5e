/** Reading the picture: paths and ways over it and in words, the card of a thing, what a screen reader meets, contrast. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph, GraphMark } from '../../server/src/topology/graph.ts';
import { cachedRunner, placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { renderSvg } from '../../server/src/topology/svg.ts';
import { builder, scadaPlant } from '../kit/graphs.ts';
import { launchBrowser, openPreview, type PageOptions, type PreviewPage } from '../kit/previewPage.ts';

const run = cachedRunner(createInProcessRunner());
const marks: readonly GraphMark[] = [
  {
    id: 'E3-A',
    severity: 'error',
    count: 2,
    messages: ['FT001: HA must be off', 'NET003: one uplink'],
    severities: ['error', 'warning'],
  },
];
const draw = async (graph: Graph): Promise<string> => renderSvg(await placeGraph(graph, run), { theme: 'vscode', marks });

let browser: Browser;
let plant = '';
beforeAll(async () => {
  browser = await launchBrowser();
  plant = await draw(scadaPlant({ dongles: true }));
});
afterAll(() => browser.close());

async function within(options: PageOptions, use: (preview: PreviewPage) => Promise<void>, svg = plant): Promise<void> {
  const preview = await openPreview(browser, options);
  await preview.show(svg);
  await use(preview);
  expect(preview.problems).toEqual([]);
}

const click = (preview: PreviewPage, id: string, modifiers: readonly ('Control' | 'Shift')[] = []): Promise<void> =>
  preview.page.click(`[data-id="${id}"]`, { modifiers: [...modifiers] });
/** A click on a frame itself: its middle belongs to what is in it. */
const clickFrame = (preview: PreviewPage, id: string, ctrlKey = false): Promise<void> =>
  preview.page.dispatchEvent(`[data-id="${id}"] > .lt-shape`, 'click', { ctrlKey });
const entries = (preview: PreviewPage): Promise<readonly string[]> =>
  preview.page.locator('.reading li button > span').allTextContents();
/** What a screen reader says next. */
const hears = (preview: PreviewPage, words: RegExp | string): Promise<void> =>
  expect
    .poll(() => preview.page.locator('.spoken').textContent(), { timeout: 3000 })
    .toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
/** Looks of what is drawn over the picture, each once. */
const looks = (preview: PreviewPage): Promise<readonly string[]> =>
  preview.page.evaluate(
    `[...new Set([...document.querySelectorAll('.lt-routes > :not(.lt-route-case)')].map((part) => /lt-look-(\\S+)/.exec(part.getAttribute('class'))[1]))].sort()`,
  );

describe('two things selected', () => {
  test('every path between them, each in a look of its own, what they share in another, in words', () =>
    within({}, async (preview) => {
      await click(preview, 'E3-A');
      await click(preview, 'sw-a', ['Control']);
      expect(await preview.page.locator('.reading h2').textContent()).toBe('E3-A – sw-a: 6 paths');
      expect((await entries(preview)).slice(0, 2)).toEqual([
        'E3-A → esx1/Control → vSwitch1 → vmnic0 → sw-a',
        'E3-A → esx2/Control → vSwitch1 → vmnic0 → sw-a',
      ]);
      expect(await looks(preview)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'shared']);
      expect(await preview.page.locator('.reading-key').textContent()).toBe('part of several paths');
      const strokes: readonly string[] = await preview.page.evaluate(
        `[...document.querySelectorAll('.reading li .lt-route')].map((path) => getComputedStyle(path).stroke + getComputedStyle(path).strokeDasharray)`,
      );
      expect(new Set(strokes).size).toBe(6);
      // Only the first click goes to the text.
      expect((await preview.posted()).filter((message) => message.type === 'reveal')).toHaveLength(1);
      const bright: readonly string[] = await preview.page.evaluate(
        `[...document.querySelectorAll('[data-id].lt-related')].map((node) => node.dataset.id)`,
      );
      expect(bright).toContain('esx2/vSwitch1');
      expect(bright).not.toContain('ds-vm');
    }));

  test('pointing at an entry lights that path up, clicking holds it', () =>
    within({}, async (preview) => {
      await click(preview, 'E3-A');
      await click(preview, 'sw-a', ['Shift']);
      const lit = (): Promise<readonly string[]> =>
        preview.page.evaluate(
          `[...new Set([...document.querySelectorAll('.lt-routes .lt-lit')].map((part) => /lt-look-(\\S+)/.exec(part.getAttribute('class'))[1]))]`,
        );
      await preview.page.hover('.reading li:nth-child(3) button');
      expect(await lit()).toEqual(['p2']);
      await preview.page.click('.reading li:nth-child(1) button');
      await preview.page.hover('.reading h2');
      expect(await lit()).toEqual(['p0']);
      await preview.page.click('.reading li:nth-child(1) button');
      await preview.page.hover('.reading h2');
      await preview.page.locator('.reading li:nth-child(1) button').blur();
      expect(await lit()).toEqual([]);
    }));

  test('no path is said, and so is that there are more than are shown', () =>
    within({}, async (preview) => {
      await click(preview, 'ups-a');
      await click(preview, 'ds-log', ['Control']);
      const none = 'There is no path between ups-a and ds-log in this view. Another view may show one.';
      expect(await preview.page.locator('.reading p').textContent()).toBe(none);
      await hears(preview, none);
      await clickFrame(preview, 'esx1');
      await clickFrame(preview, 'san-1', true);
      expect(await preview.page.locator('.reading h2').textContent()).toMatch(/more than 8 paths$/);
      expect(await preview.page.locator('.reading p').textContent()).toContain('There are more; these are the 8 shortest.');
    }));

  test('stays over an edit, and goes when one end is gone', () =>
    within({}, async (preview) => {
      await click(preview, 'E3-A');
      await clickFrame(preview, 'san-1', true);
      await preview.show(await draw(scadaPlant({ dongles: true, extraVm: true })), 2);
      expect(await preview.page.locator('.reading h2').textContent()).toBe('E3-A – san-1: one path');
      expect(await preview.page.locator('.lt-routes').count()).toBe(1);
      const b = builder('other');
      b.node('E3-B', 'host', 'E3-B');
      await preview.show(await draw(b.done()), 3);
      expect(await preview.page.locator('.reading').isVisible()).toBe(false);
    }));
});

test('a box that the legend has again is one thing: the first of it is reached, the other lights up with it', async () => {
  const b = builder('twice');
  b.network('control', 'production', 'VLAN 100');
  b.node('A', 'vm', 'A');
  b.edge('network', 'A', 'control');
  const svg = (await draw(b.done())).replace(
    '</svg>',
    '<g class="lt-node lt-leaf" data-id="control" tabindex="0"><rect class="lt-shape" width="9" height="9"/></g></svg>',
  );
  await within(
    {},
    async (preview) => {
      expect(await preview.page.locator('[data-id="control"]').count()).toBe(2);
      expect(await preview.page.getByRole('treeitem').count()).toBe(2);
      await click(preview, 'A');
      expect(await preview.page.locator('[data-id="control"].lt-related').count()).toBe(2);
      expect(await preview.page.locator('.lt-route-box').count()).toBe(2);
    },
    svg,
  );
});

describe('a machine selected', () => {
  test('its ways to network, storage and licence, in three looks with a legend', () =>
    within({}, async (preview) => {
      await click(preview, 'E3-A');
      expect(await preview.page.locator('.reading li b').allTextContents()).toEqual(['Network', 'Storage', 'Licence']);
      expect(await looks(preview)).toEqual(['licence', 'network', 'shared', 'storage']);
      await hears(
        preview,
        'E3-A selected. Network: control → Control on esx1, esx2, esx3 → vSwitch1 → vmnic0, vmnic1 → sw-a, sw-b. ' +
          'Storage: ds-vm → vmfs-1 → fast → san-1 → A p0, B p0 → sw-a, sw-b. Licence: e3-a → keys → eth0, eth1 → sw-a, sw-b',
      );
      await preview.page.click('.reading [aria-label="Close"]');
      expect(await preview.page.locator('.reading').isVisible()).toBe(false);
      expect(await preview.page.locator('.lt-selected').getAttribute('data-id')).toBe('E3-A');
      await click(preview, 'SQL');
      expect(await preview.page.locator('.reading h2').textContent()).toBe('Ways of SQL');
      expect(await preview.page.locator('.reading li:nth-child(3) button').isDisabled()).toBe(true);
    }));
});

describe('the card', () => {
  test('name, kind, facts in two columns, findings with their signs', () =>
    within({}, async (preview) => {
      await preview.page.hover('[data-id="E3-A"]');
      await preview.page.waitForSelector('.tooltip:not([hidden])');
      expect(await preview.page.locator('.tooltip strong').textContent()).toBe('E3-A');
      expect(await preview.page.locator('.tooltip dt').allTextContents()).toEqual(['Network', 'Guest']);
      expect(await preview.page.locator('.tooltip p').allTextContents()).toEqual(['Elipse E3 server, hot']);
      expect(await preview.page.locator('.tooltip li').allTextContents()).toEqual([
        '✖FT001: HA must be off',
        '⚠NET003: one uplink',
      ]);
      expect(await preview.page.locator('.tooltip .sign').first().getAttribute('title')).toBe('Error');
    }));

  test('stays while the pointer is on it, and goes with it', () =>
    within({}, async (preview) => {
      await preview.page.hover('[data-id="E3-A"]');
      await preview.page.waitForSelector('.tooltip:not([hidden])');
      await preview.page.hover('.tooltip dd >> nth=0');
      await preview.page.waitForTimeout(500);
      expect(await preview.page.locator('.tooltip strong').textContent()).toBe('E3-A');
      await preview.page.mouse.move(2, 690);
      await preview.page.waitForSelector('.tooltip[hidden]', { state: 'attached' });
    }));

  test('a line has one too: from, to, speed, port', () =>
    within({}, async (preview) => {
      const at: { x: number; y: number } = await preview.page.evaluate(`(() => {
        const line = document.querySelector('[data-from="esx1/vmnic0"][data-to="esx1/vSwitch1"]');
        const point = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
        return { x: point.x, y: point.y };
      })()`);
      await preview.page.mouse.move(at.x, at.y);
      await preview.page.waitForSelector('.tooltip:not([hidden])');
      expect(await preview.page.locator('.tooltip strong').textContent()).toBe('esx1/vmnic0 – esx1/vSwitch1');
      expect(await preview.page.locator('.tooltip .sub').textContent()).toBe('uplink');
      expect(await preview.page.locator('.tooltip dd').allTextContents()).toEqual(['esx1/vmnic0', 'esx1/vSwitch1', '10 Gbps']);
    }));

  test('is never cut by the border of the panel, however long it is', async () => {
    const b = builder('long');
    const facts = Array.from({ length: 60 }, (_, at) => ({ label: `Fact ${at}`, value: 'a value of many words, '.repeat(4) }));
    for (let at = 0; at < 12; at += 1) b.node(`h${at}`, 'host', `h${at}`, { facts });
    const svg = await draw(b.done());
    await within(
      { width: 700, height: 500 },
      async (preview) => {
        for (const id of ['h0', 'h5', 'h11']) {
          await preview.page.focus(`[data-id="${id}"]`);
          await preview.page.keyboard.press('ArrowRight');
          await preview.page.keyboard.press('ArrowLeft');
          await preview.page.waitForSelector('.tooltip:not([hidden])');
          const box = await preview.page.locator('.tooltip').boundingBox();
          const { x, y, width, height } = box ?? { x: -1, y: -1, width: 0, height: 0 };
          expect([x >= 0, y >= 0, x + width <= 700, y + height <= 500]).toEqual([true, true, true, true]);
        }
      },
      svg,
    );
  });
});

describe('for those who listen', () => {
  test('a tree of things in frames, with names, levels, places and descriptions', () =>
    within({}, async (preview) => {
      const tree = preview.page.getByRole('tree', { name: 'Things in the picture' });
      const snapshot = await tree.ariaSnapshot();
      expect(snapshot).toContain('- treeitem "site Riverside plant" [level=1]:');
      expect(snapshot).toMatch(/- treeitem "host esx1,[^"]*" \[level=2\]:\n\s+- group:\n\s+- treeitem "NIC vmnic\d/);
      expect(snapshot).toMatch(/- treeitem "virtual machine E3-A, 4 vCPU · 16 GB, network control, 2 errors[^"]*" \[level=2\]/);
      const item = preview.page.locator('[data-id="E3-B"]');
      expect(await item.getAttribute('aria-description')).toMatch(
        /^in cluster scada, 2 of 4\. Network: control\. Guest: Windows Server 2022\. connected with /,
      );
      const [place, size] = [await item.getAttribute('aria-posinset'), await item.getAttribute('aria-setsize')];
      expect([Number(place) >= 2, Number(size) >= 4]).toEqual([true, true]);
      expect(await preview.page.locator('[data-id="E3-A"]').getAttribute('aria-description')).toContain(
        'Error: FT001: HA must be off. Warning: NET003: one uplink',
      );
      await click(preview, 'E3-B');
      expect(await item.getAttribute('aria-selected')).toBe('true');
    }));

  test('Chromium gives it to assistive technology like this', () =>
    within({}, async (preview) => {
      const session = await preview.page.context().newCDPSession(preview.page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const item = nodes.find((node) => String(node.name?.value ?? '').startsWith('switch sw-a'));
      expect(item?.role?.value).toBe('treeitem');
      expect(item?.description?.value).toContain('connected with ');
      expect(item?.properties?.find(({ name }) => name === 'level')?.value.value).toBe(1);
      expect(nodes.some((node) => node.role?.value === 'DescriptionListTerm')).toBe(false);
      await session.detach();
    }));

  test('selection and another viewpoint are announced', () =>
    within({}, async (preview) => {
      await click(preview, 'ds-data');
      await hears(preview, 'datastore ds-data, VMFS 6 selected');
      const views = [
        { id: 'overview', title: 'Overview', question: '' },
        { id: 'network', title: 'Network', question: '' },
      ];
      await preview.send({ type: 'picture', svg: plant, title: 'plant', revision: 2, choice: { view: 'overview' }, views });
      await preview.send({
        type: 'picture',
        svg: await draw(scadaPlant()),
        title: 'plant',
        revision: 3,
        choice: { view: 'network' },
        views,
      });
      await hears(preview, /^Network: plant\. 1 site · 2 switches/);
    }));
});

describe('for those who need contrast', () => {
  test('forced colours: selection, focus and paths are told by width and dashes', () =>
    within({ forcedColors: true }, async (preview) => {
      await click(preview, 'E3-A');
      await click(preview, 'sw-a', ['Control']);
      const style = (selector: string, property: string): Promise<string> =>
        preview.page.evaluate(`getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`);
      expect(await style('[data-id="E3-A"] > .lt-shape', 'stroke-width')).toBe('5px');
      const dashes: readonly string[] = await preview.page.evaluate(
        `[...document.querySelectorAll('.reading li .lt-route')].map((path) => getComputedStyle(path).strokeDasharray)`,
      );
      expect(new Set(dashes).size).toBe(6);
    }));

  test.each(['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'] as const)(
    'paths stand out from the ground in %s',
    (theme) =>
      within({ theme }, async (preview) => {
        const least: number = await preview.page.evaluate(`(() => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const light = (colour) => {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = light(getComputedStyle(document.body).backgroundColor);
          return Math.min(...['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'network', 'storage', 'licence', 'shared'].map((look) => {
            const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
            path.setAttribute('class', 'lt-route lt-look-' + look);
            document.querySelector('.lt-view').append(path);
            const stroke = light(getComputedStyle(path).stroke);
            path.remove();
            return (Math.max(ground, stroke) + 0.05) / (Math.min(ground, stroke) + 0.05);
          }));
        })()`);
        expect(least).toBeGreaterThan(3);
      }),
  );
});

test('names cannot become markup, in lists, cards and announcements', async () => {
  const name = '<img src=x onerror=window.hacked=1>"\'&';
  const b = builder('hostile');
  b.node('a', 'vm', name, { facts: [{ label: 'Guest', value: name }] });
  b.node('b', 'switch', `${name} b`);
  b.node('n', 'nic', 'n');
  b.edge('cable', 'n', 'b', { label: name });
  b.edge('network', 'a', 'n');
  const svg = await draw(b.done());
  await within(
    {},
    async (preview) => {
      await click(preview, 'a');
      await preview.page.hover('[data-id="a"]');
      await click(preview, 'b', ['Control']);
      await preview.page.focus('[data-id="b"]');
      await preview.page.keyboard.press(']');
      await hears(preview, /<img/);
      expect(await preview.page.locator('.reading h2').textContent()).toContain('<img');
      expect(await preview.page.evaluate(`document.querySelectorAll('body img').length`)).toBe(0);
      expect(await preview.page.evaluate('window.hacked')).toBeUndefined();
    },
    svg,
  );
});
