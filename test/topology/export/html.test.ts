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
      const width = (): Promise<number> => page.evaluate(`document.querySelector('.lt-view').getBoundingClientRect().width`);
      const before = await width();
      await page.keyboard.press('+');
      expect(await width()).toBeGreaterThan(before * 1.2);
      await page.keyboard.press('0');
      await page.click('[data-id="ds-log"]');
      expect(await page.locator('.lt-selected').getAttribute('data-id')).toBe('ds-log');
      await page.keyboard.press('Escape');
      expect(await page.locator('.lt-selected').count()).toBe(0);
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(`document.activeElement.dataset.id !== undefined`)).toBe(true);
    });
  });

  test('finds things by name first, then by what is known of them', async () => {
    await within(make(await draw(scadaPlant(), 'auto')), async (page) => {
      const names = async (text: string): Promise<readonly string[]> => {
        await page.locator('input[type=search]').fill('');
        await page.locator('input[type=search]').fill(text);
        await page.waitForSelector('.found:not([hidden])');
        return page.locator('.found .option-name').allTextContents();
      };
      await page.keyboard.press('/');
      expect(await names('e3-b')).toEqual(['E3-B', 'e3-b']);
      expect(await names('windows server')).toEqual(['E3-A', 'E3-B', 'SQL', 'ELIC']);
      expect(await names('nothing of that name')).toEqual([]);
      await names('vmk4');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await page.locator('.lt-selected').getAttribute('data-id')).toBe('esx2/vmk4');
    });
  });

  test('paths, ways, cards and keys work as in the editor; what needs the editor is not there', async () => {
    await within(make(await draw(scadaPlant({ dongles: true }), 'auto')), async (page) => {
      await page.click('[data-id="E3-A"]');
      expect(await page.locator('.reading li b').allTextContents()).toEqual(['Network', 'Storage', 'Licence']);
      await page.click('[data-id="san-1/fast/vmfs-1"]', { modifiers: ['Shift'] });
      expect(await page.locator('.reading h2').textContent()).toBe('E3-A – vmfs-1: one path');
      await page.hover('[data-id="SQL"]');
      await page.waitForSelector('.tooltip:not([hidden])');
      expect(await page.locator('.tooltip dd').allTextContents()).toEqual(['control', 'Windows Server 2022']);
      await page.keyboard.press('?');
      expect(await page.locator('.help dt').allTextContents()).not.toContain('Alt + Enter');
      await page.keyboard.press('Escape');
      const labels = await page
        .locator('.toolbar button')
        .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
      expect(labels).toEqual(['Zoom out', 'Zoom in', 'Fit to window']);
      expect(await page.locator('.toolbar select, .filters:not([hidden]), .chips:not([hidden])').count()).toBe(0);
      await page.click('[data-id="SQL"]', { button: 'right' });
      expect(await page.locator('.menu [role^=menuitem]').allTextContents()).toEqual(['Copy name']);
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

  test('takes no picture from a page that holds it', async () => {
    await within(make(await draw(scadaPlant(), 'auto')), async (page) => {
      const count = await page.locator('.stage [data-id]').count();
      await page.evaluate(`new Promise((done) => {
        window.addEventListener('message', () => setTimeout(done, 0));
        window.postMessage({ type: 'picture', svg: '', title: 'x', message: 'Sign in again', revision: 2, choice: {} }, '*');
      })`);
      expect(await page.locator('.stage [data-id]').count()).toBe(count);
      expect(await page.locator('.message').isVisible()).toBe(false);
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
