/** The file that moves by itself: in a browser, from the disk, under its own policy, without a network. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { htmlDocument } from '../../../server/src/topology/export/html.ts';
import { builder, scadaPlant } from '../../kit/graphs.ts';
import { launchBrowser } from '../../kit/previewPage.ts';
import { draw } from './kit.ts';

const folder = mkdtempSync(join(tmpdir(), 'lintel-html-'));
let browser: Browser;
let files: { readonly script: string; readonly style: string };

beforeAll(async () => {
  const [started, { outputFiles }] = await Promise.all([
    launchBrowser(),
    esbuild.build({
      absWorkingDir: resolve(import.meta.dirname, '../../..'),
      entryPoints: ['webview/src/preview.ts', 'webview/src/preview.css'],
      bundle: true,
      minify: true,
      write: false,
      outdir: 'out',
      format: 'iife',
      target: 'chrome120',
      logLevel: 'silent',
    }),
  ]);
  const text = (end: string): string => outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  [browser, files] = [started, { script: text('preview.js'), style: text('preview.css') }];
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const make = (svg: string, title = 'plant', theme: 'auto' | 'dark' = 'auto'): string =>
  htmlDocument({ svg, title, theme, page: files, hash: (text) => createHash('sha256').update(text).digest('base64') });

/** Opens a document from the disk, and holds it to its policy and to asking for nothing. */
async function within(html: string, use: (page: Page) => Promise<void>): Promise<void> {
  const file = join(folder, 'picture.html');
  writeFileSync(file, html);
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 }, reducedMotion: 'reduce' });
  const problems: string[] = [];
  page.on('console', (line) => problems.push(line.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(pathToFileURL(folder).href)) problems.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('.lt-view');
  await use(page);
  expect(problems).toEqual([]);
  await page.close();
}

describe('the HTML file', () => {
  test('shows all of the picture, zooms, and picks things out', async () => {
    await within(make(await draw(scadaPlant(), 'auto')), async (page) => {
      expect(await page.locator('.stage [data-id]').count()).toBe(scadaPlant().nodes.length);
      const view = (): Promise<string | null> => page.locator('.lt-view').getAttribute('transform');
      const before = await view();
      await page.keyboard.press('+');
      expect(await view()).not.toBe(before);
      await page.keyboard.press('0');
      await page.click('[data-id="E3-A"]');
      expect(await page.locator('.lt-selected').getAttribute('data-id')).toBe('E3-A');
      await page.keyboard.press('Escape');
      expect(await page.locator('.lt-selected').count()).toBe(0);
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(`document.activeElement.dataset.id !== undefined`)).toBe(true);
    });
  });

  test('finds things by name, one after the other', async () => {
    await within(make(await draw(scadaPlant(), 'auto')), async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('e3-b 0');
      for (let times = 0; times < 2; times++) await page.keyboard.press('Backspace');
      expect(await page.locator('.lt-current').getAttribute('data-id')).toBe('E3-B');
      await page.locator('input').fill('esx');
      const first = await page.locator('.lt-current').getAttribute('data-id');
      await page.keyboard.press('Enter');
      expect(await page.locator('.lt-current').getAttribute('data-id')).not.toBe(first);
      expect(await page.locator('output').textContent()).toMatch(/^2 of \d+$/);
      await page.locator('input').fill('nothing of that name');
      expect(await page.locator('output').textContent()).toBe('none');
      await page.keyboard.press('Escape');
      expect(await page.locator('.lt-current').count()).toBe(0);
    });
  });

  test('names cannot become markup', async () => {
    const names = [
      '</script><script>window.hacked=1</script>',
      '<img src=x onerror=window.hacked=1>',
      '"><b>',
      '<!--<script>',
      '&lt;b&gt;',
    ];
    const b = builder(names[0] ?? '');
    for (const [at, name] of names.entries()) b.node(`n${at}`, 'host', name);
    await within(make(await draw(b.done(), 'auto'), names[0]), async (page) => {
      expect(await page.evaluate('window.hacked')).toBeUndefined();
      expect(await page.evaluate(`document.querySelectorAll('body img, body b').length`)).toBe(0);
      expect(await page.title()).toBe(names[0]);
      expect(await page.locator('.stage .lt-t-title').allTextContents()).toEqual(expect.arrayContaining(['"><b>', '&lt;b&gt;']));
    });
  });

  test('a fixed theme colours the page too; the same picture gives the same bytes', async () => {
    const svg = await draw(scadaPlant(), 'dark');
    expect(make(svg, 'plant', 'dark')).toBe(make(svg, 'plant', 'dark'));
    await within(make(svg, 'plant', 'dark'), async (page) => {
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(23, 27, 32)');
    });
  });
});
