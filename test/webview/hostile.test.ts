/** Whatever comes with a picture is text to the page: names, filters, notes, lists, menus. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { renderSvg } from '../../server/src/topology/svg.ts';
import { builder } from '../kit/graphs.ts';
import { launchBrowser, openPreview } from '../kit/previewPage.ts';

const name = '</desc></style><img src=x onerror=window.hacked=1><script>window.hacked=1</script>"]\'&amp;';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('nothing that a message holds becomes markup, and no id breaks a search for its box', async () => {
  const b = builder(name);
  b.node(name, 'host', name, { detail: name, facts: [{ label: name, value: name }] });
  b.node(`${name}/vm`, 'vm', name, { parent: name, links: [name] });
  const svg = renderSvg(await placeGraph(b.done(), createInProcessRunner()), { theme: 'vscode' });
  const preview = await openPreview(browser, { width: 1400 });
  const { page } = preview;
  await preview.show(svg, 1, undefined, {
    title: name,
    note: name,
    against: name,
    views: [
      { id: 'overview', title: name, question: name },
      { id: name, title: name, question: name },
    ],
    filters: { site: [name], cluster: [name], network: [name], tag: [name], service: [name] },
    changes: [{ change: 'added', id: name, role: name, label: name, what: name }],
    placed: [name],
    choice: { focus: name, site: name, tag: name },
  });
  await preview.send({ type: 'choose', choice: { focus: name, site: name, tag: name } });
  await preview.send({ type: 'highlight', id: name });
  await page.keyboard.press('/');
  await page.keyboard.type('x');
  await expect.poll(async () => (await preview.posted()).some(({ type }) => type === 'find')).toBe(true);
  await preview.send({
    type: 'found',
    serial: 1,
    things: [{ id: name, role: name, label: name, detail: name, shownAs: name, within: [name] }],
  });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+F10');
  expect(await page.locator('.menu').getAttribute('aria-label')).toBe(name);
  for (const part of ['.note', '.chips', '.changes', '.filters', '.found'])
    expect(await page.locator(part).textContent(), part).toContain(name);
  // The one script is the page's own.
  expect(await page.evaluate(`document.querySelectorAll('body img, body script:not([nonce])').length`)).toBe(0);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(preview.problems).toEqual([]);

  await preview.show('', 2, name);
  expect(await page.locator('.message').textContent()).toBe(name);
  expect(await page.evaluate(`document.querySelectorAll('body img').length`)).toBe(0);
});
