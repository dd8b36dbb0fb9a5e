/**
 * The topology page in headless Chromium, as VS Code would host it: the same policy, a stub of `acquireVsCodeApi`, the colours of
 * an editor theme as custom properties. Bundled from the sources once per process; nothing is served, requests are answered here.
 */

import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { FromPage, ToPage } from '../../server/src/lsp/protocol.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser to open pages in; close it when the tests are over. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: chromiumArguments });
}

let bundled: Promise<{ readonly script: string; readonly style: string }> | undefined;

function bundle(): Promise<{ readonly script: string; readonly style: string }> {
  bundled ??= esbuild
    .build({
      absWorkingDir: root,
      entryPoints: ['webview/src/preview.ts', 'webview/src/preview.css'],
      bundle: true,
      write: false,
      outdir: 'out',
      format: 'iife',
      target: 'chrome120',
      logLevel: 'silent',
    })
    .then(({ outputFiles }) => {
      const text = (end: string): string => outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
      return { script: text('preview.js'), style: text('preview.css') };
    });
  return bundled;
}

/** Colours of the editor themes that matter, as VS Code sets them on a webview's root. */
export const editorThemes = {
  'vscode-light': {
    'editor-background': '#ffffff',
    'editor-foreground': '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    'icon-foreground': '#3b3b3b',
    focusBorder: '#005fb8',
    'charts-blue': '#1a85ff',
    'charts-orange': '#d18616',
    'charts-green': '#388a34',
    'charts-purple': '#652d90',
    'charts-yellow': '#bf8803',
    'editorError-foreground': '#e51400',
    'editorWarning-foreground': '#bf8803',
    'editorInfo-foreground': '#0063d3',
    'editorWidget-background': '#f8f8f8',
  },
  'vscode-dark': {
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    descriptionForeground: '#9d9d9d',
    'icon-foreground': '#cccccc',
    focusBorder: '#0078d4',
    'charts-blue': '#59a4f9',
    'charts-orange': '#d18616',
    'charts-green': '#89d185',
    'charts-purple': '#b180d7',
    'charts-yellow': '#cca700',
    'editorError-foreground': '#f14c4c',
    'editorWarning-foreground': '#cca700',
    'editorInfo-foreground': '#59a4f9',
    'editorWidget-background': '#202020',
  },
  'vscode-high-contrast': {
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    descriptionForeground: '#ffffff',
    'icon-foreground': '#ffffff',
    focusBorder: '#f38518',
    contrastBorder: '#6fc3df',
    contrastActiveBorder: '#f38518',
    'charts-blue': '#59a4f9',
    'charts-orange': '#d18616',
    'charts-green': '#89d185',
    'charts-purple': '#b180d7',
    'charts-yellow': '#cca700',
    'editorError-foreground': '#f48771',
    'editorWarning-foreground': '#cca700',
    'editorWidget-background': '#0c141f',
  },
  'vscode-high-contrast-light': {
    'editor-background': '#ffffff',
    'editor-foreground': '#292929',
    descriptionForeground: '#292929',
    'icon-foreground': '#292929',
    focusBorder: '#006bbd',
    contrastBorder: '#0f4a85',
    contrastActiveBorder: '#006bbd',
    'charts-blue': '#1a85ff',
    'charts-orange': '#d18616',
    'charts-green': '#374e06',
    'charts-purple': '#652d90',
    'charts-yellow': '#895503',
    'editorError-foreground': '#b5200d',
    'editorWarning-foreground': '#895503',
    'editorWidget-background': '#ffffff',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What comes with a picture. */
export type PictureMessage = Extract<ToPage, { readonly type: 'picture' }>;

export interface PreviewPage {
  readonly page: Page;
  /** Hands the page a message, as the panel does. */
  send(message: ToPage): Promise<void>;
  /** Sends a picture and waits until it is painted. @param more what else comes with it */
  show(svg: string, revision?: number, message?: string, more?: Partial<PictureMessage>): Promise<void>;
  /** All that the page has posted. */
  posted(): Promise<readonly FromPage[]>;
  /** What the page keeps over a reload. */
  state(): Promise<unknown>;
  /** Violations of the policy and errors of the script. */
  readonly problems: readonly string[];
}

export interface PageOptions {
  readonly theme?: keyof typeof editorThemes;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  readonly forcedColors?: boolean;
  readonly state?: unknown;
}

const pages = new WeakMap<Browser, Map<string, { readonly page: Page; problems: string[]; state: unknown }>>();

/**
 * Opens the page anew. Pages of equal options share a tab, one after the other: a new tab costs half a second, a new document
 * almost nothing.
 */
export async function openPreview(browser: Browser, options: PageOptions = {}): Promise<PreviewPage> {
  const { script, style } = await bundle();
  const theme = options.theme ?? 'vscode-light';
  const tabs = pages.get(browser) ?? new Map<string, { readonly page: Page; problems: string[]; state: unknown }>();
  pages.set(browser, tabs);
  const key = JSON.stringify([options.width, options.height, options.reducedMotion, options.forcedColors]);
  let tab = tabs.get(key);
  if (tab === undefined) {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1000, height: options.height ?? 700 },
      reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce',
      ...(options.forcedColors === true ? { forcedColors: 'active' as const } : {}),
    });
    const made = { page: await context.newPage(), problems: [] as string[], state: undefined as unknown };
    made.page.on('console', (line) => {
      if (line.type() === 'error' || line.text().includes('Content Security Policy')) made.problems.push(line.text());
    });
    made.page.on('pageerror', (error) => made.problems.push(String(error)));
    await made.page.route('**/*', (route) => {
      const url = new URL(route.request().url());
      if (url.pathname === '/preview.js')
        return route.fulfill({ contentType: 'text/javascript', body: `${stub(made.state)}${script}` });
      if (url.pathname === '/preview.css') return route.fulfill({ contentType: 'text/css', body: style });
      return url.origin === 'https://page.test'
        ? route.fulfill({ contentType: 'text/html', body: html(url.pathname.slice(1) as keyof typeof editorThemes) })
        : route.abort();
    });
    tab = made;
    tabs.set(key, made);
  }
  const { page } = tab;
  tab.problems = [];
  tab.state = options.state;
  const current = tab;
  await page.mouse.move(0, 0);
  await page.goto(`https://page.test/${theme}`);
  const send = async (data: ToPage): Promise<void> => {
    await page.evaluate(`window.dispatchEvent(new MessageEvent('message', { data: ${JSON.stringify(data)} })), undefined`);
  };
  return {
    page,
    send,
    get problems() {
      return current.problems;
    },
    posted: () => page.evaluate('window.posted'),
    state: () => page.evaluate('window.stored'),
    async show(svg, revision = 1, message, more = {}) {
      await send({
        type: 'picture',
        svg,
        title: 'plant',
        revision,
        choice: {},
        ...(message === undefined ? {} : { message }),
        ...more,
      });
      await page.evaluate(`new Promise((done) => {
        const look = () => window.posted.some((entry) => entry.type === 'painted' && entry.revision === ${revision}) ? done() : setTimeout(look, 5);
        look();
      })`);
    },
  };
}

function html(theme: keyof typeof editorThemes): string {
  const policy = "default-src 'none'; style-src https://page.test; script-src 'nonce-test'; base-uri 'none'; form-action 'none'";
  return (
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    '<meta name="lintel-design" content="file:///plant.lintel"><link rel="stylesheet" href="https://page.test/preview.css"><title>Topology</title></head>' +
    `<body class="${theme}"><script nonce="test" src="https://page.test/preview.js"></script></body></html>`
  );
}

/** What VS Code gives a webview: its interface and the theme's colours. As text: the project's tests know no DOM types. */
function stub(state: unknown): string {
  return `
    window.posted = [];
    window.stored = ${JSON.stringify(state ?? null)} ?? undefined;
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.posted.push(message),
      getState: () => window.stored,
      setState: (next) => { window.stored = next; },
    });
    for (const [name, value] of Object.entries(${JSON.stringify(editorThemes)}[document.body.className])) document.documentElement.style.setProperty('--vscode-' + name, value);
  `;
}
