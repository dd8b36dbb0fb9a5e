/**
 * What a scenario can do in VS Code: the gestures of a user (real keys and clicks in the page) and questions to the extension
 * host to know when something has happened. A scenario is `{ name, run(h) }`; it fails by throwing (use node:assert).
 *
 * Places in a file are named by the text that stands there, not by numbers: `h.cursor('vlan 10', 'end')`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type * as vscode from 'vscode';
import { type Host, root, type Truthy, until } from './host.ts';

export interface Scenario {
  readonly name: string;
  run(h: Harness): Promise<void>;
}

export type Kind = 'error' | 'warning' | 'info' | 'hint';

/** A diagnostic as VS Code holds it; lines and characters count from 0. */
export interface Marker {
  readonly severity: Kind;
  readonly message: string;
  readonly code: string;
  readonly source: string;
  readonly line: number;
  readonly character: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

type Arguments = readonly (string | number | boolean | null)[];

export interface Harness {
  readonly page: Page;
  /** Absolute path of the open folder. */
  readonly workspace: string;

  /** Runs a function in the extension host. It is sent as text: it may use its arguments only, and answers with plain data. */
  vscode<T, A extends Arguments>(code: (api: typeof vscode, ...args: A) => T, ...args: A): Promise<Awaited<T>>;
  /** Asks until the answer is truthy. */
  until<T>(what: string, ask: () => Promise<T>, timeout?: number): Promise<Truthy<T>>;

  // files and text
  /** Opens a file of the workspace (path with slashes) and puts the keyboard focus into its text. */
  openFile(path: string): Promise<void>;
  /** Makes a file with this text, opens it, and puts the focus into it. */
  newFile(path: string, text: string): Promise<void>;
  /** The text of the active editor, unsaved changes included. */
  text(): Promise<string>;
  /** The text of any file of the workspace as VS Code sees it. */
  textOf(path: string): Promise<string>;
  /** Puts the cursor before or after the first place where `text` stands in the active editor. */
  cursor(text: string, at?: 'start' | 'end'): Promise<void>;
  select(text: string): Promise<void>;
  /** The selected text and the cursor's place (from 0). */
  selection(): Promise<{ readonly text: string; readonly line: number; readonly character: number }>;
  /** Types as a person does, `\n` as Enter; VS Code closes brackets and indents by itself. */
  type(text: string, delay?: number): Promise<void>;
  /** Presses keys: `Control+S`, `Enter`. */
  press(...keys: string[]): Promise<void>;
  save(): Promise<void>;
  /** Formats the document, by the palette. */
  format(): Promise<void>;

  // what Lintel says
  /** Squiggles of a kind that are drawn in the active editor. */
  squiggles(kind: Kind): Locator;
  /** The words that stand above the squiggles of a kind, as far as they are in sight. */
  squiggled(kind: Kind): Promise<readonly string[]>;
  waitForSquiggle(kind: Kind, timeout?: number): Promise<void>;
  /** Waits until no squiggle of error or warning is drawn, and stays so for a moment. */
  noSquiggles(timeout?: number): Promise<void>;
  /** Diagnostics of a file, or of the active one, in the order of their places. */
  getMarkers(path?: string): Promise<readonly Marker[]>;
  /** Waits for a marker whose message or code matches, in the active file. */
  waitForMarker(match: RegExp, timeout?: number): Promise<Marker>;
  waitForNoMarker(match: RegExp, timeout?: number): Promise<void>;

  // editor features
  /** Titles of the quick fixes at a place (at the cursor when no text is named). */
  quickFixes(at?: string): Promise<readonly string[]>;
  /** Applies the quick fix whose title matches. */
  quickFix(title: RegExp, at?: string): Promise<void>;
  /** What the hover at a place says. */
  hover(at: string): Promise<string>;
  /** Labels offered at the cursor; the list is open afterwards (close it with `press('Escape')`). */
  completions(): Promise<readonly string[]>;
  /** Takes a completion by its label. */
  complete(label: string): Promise<void>;
  /** Renames the thing at a place, by F2. */
  rename(at: string, name: string): Promise<void>;
  /** F12 at a place; answers the file (from the workspace) and the line where it leads. */
  goToDefinition(at: string): Promise<{ readonly path: string; readonly line: number }>;

  // workbench
  /** Runs a command by its title in the command palette. */
  command(title: string): Promise<void>;
  /** Titles that the palette offers for what is typed. */
  paletteOffers(typed: string): Promise<readonly string[]>;
  /** The content of the visible webview, with `inside` attached (default: its body). */
  webview(inside?: string): Promise<FrameLocator>;
  /** Switches the colour theme: `Default Dark Modern`, `Default High Contrast`. */
  theme(name: string): Promise<void>;
  /** Sets a setting of the user, until `reset`. */
  setting(name: string, value: unknown): Promise<void>;
  /** The text of the status bar. */
  statusBar(): Promise<string>;
  /** Picture for people, in test/screenshots/. */
  screenshot(name: string): Promise<void>;
  /** Closes all editors without saving and restores the files. */
  reset(): Promise<void>;
}

const SCREENSHOTS = join(root, 'test/screenshots');
/** Long enough for a busy CI machine; nothing waits longer than it has to. */
const PATIENCE = 20_000;

/** In the page: the characters of the text that lie above an element, for all elements of a selector. */
const WORDS_ABOVE = `(selector) => [...document.querySelectorAll(selector)].map((squiggle) => {
  const { left, right, top, bottom } = squiggle.getBoundingClientRect();
  const middle = (top + bottom) / 2;
  const line = [...document.querySelectorAll('.editor-group-container.active .view-line')].find((candidate) => {
    const box = candidate.getBoundingClientRect();
    return box.top <= middle && middle <= box.bottom;
  });
  let words = '';
  const texts = line && document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let node = texts?.nextNode(); node; node = texts.nextNode()) {
    for (let at = 0; at < node.data.length; at += 1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      const centre = (box.left + box.right) / 2;
      if (left < centre && centre < right) words += node.data[at];
    }
  }
  return words.replaceAll('\u00a0', ' ');
})`;

/** Opens the workbench in a page and waits until it is ready for keys. */
export async function openHarness(host: Host): Promise<Harness> {
  const page = await host.open();
  page.setDefaultTimeout(PATIENCE);
  await page.locator('.monaco-workbench .explorer-folders-view .monaco-list').waitFor({ timeout: 90_000 });
  const h = harness(host, page);
  await h.vscode(() => true);
  return h;
}

function harness(host: Host, page: Page): Harness {
  const inHost: Harness['vscode'] = async (code, ...args) => (await host.evaluate(code.toString(), args)) as never;
  const editor = page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  const palette = page.locator('.quick-input-widget');
  /** Settings that were changed, with what they were (JSON; empty: not set). */
  const changedSettings = new Map<string, string>();

  /**
   * Returns when all that happened in the page until now has reached the extension host, and the other way round: a command
   * that the page runs for the extension host, behind everything that was sent before it.
   */
  async function settle(): Promise<void> {
    await inHost((api) => api.commands.executeCommand('setContext', 'lintel.test', true));
  }

  async function focusEditor(): Promise<void> {
    await inHost((api) => api.commands.executeCommand('workbench.action.focusActiveEditorGroup'));
    await page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
  }

  /** Titles in an open action list (quick fix, refactor). */
  async function actionTitles(): Promise<string[]> {
    const rows = page.locator('.action-widget .monaco-list-row.action');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((title) => title.trim());
  }

  async function openPalette(typed: string): Promise<Locator> {
    const input = palette.locator('input.input');
    const rows = palette.locator('.monaco-list-row');
    // On a busy machine something else may take the focus in that moment, which closes the palette again.
    await until('the palette', async () => {
      if (!(await input.isVisible())) await page.keyboard.press('F1');
      try {
        await input.waitFor({ timeout: 3000 });
        await input.fill(`>${typed}`, { timeout: 3000 });
        await rows.first().waitFor({ timeout: 3000 });
        return true;
      } catch {
        return false;
      }
    });
    return rows;
  }

  const h: Harness = {
    page,
    workspace: host.workspace,
    vscode: inHost,
    until,

    async openFile(path) {
      await inHost(
        async (api, file) => {
          await api.window.showTextDocument(api.Uri.file(file), { preview: false });
        },
        join(host.workspace, path),
      );
      await editor.locator('.view-line').first().waitFor();
      await focusEditor();
    },
    async newFile(path, text) {
      await inHost(
        async (api, file, content) => {
          await api.workspace.fs.writeFile(api.Uri.file(file), new TextEncoder().encode(content));
        },
        join(host.workspace, path),
        text,
      );
      await h.openFile(path);
    },
    text: () => inHost((api) => api.window.activeTextEditor?.document.getText() ?? ''),
    textOf: (path) =>
      inHost(
        async (api, file) => (await api.workspace.openTextDocument(api.Uri.file(file))).getText(),
        join(host.workspace, path),
      ),
    async cursor(text, at = 'start') {
      await place(text, at);
    },
    async select(text) {
      await place(text, 'all');
    },
    selection: () =>
      inHost((api) => {
        const active = api.window.activeTextEditor;
        if (!active) throw new Error('no active editor');
        const { line, character } = active.selection.active;
        return { text: active.document.getText(active.selection), line, character };
      }),
    async type(text, delay = 0) {
      await focusEditor();
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) await page.keyboard.press('Enter');
        await page.keyboard.type(line, { delay });
      }
      await settle();
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
      await settle();
    },
    async save() {
      await inHost(async (api) => {
        await api.window.activeTextEditor?.document.save();
      });
    },
    format: () => h.command('Format Document'),

    squiggles: (kind) => page.locator(`.editor-group-container.active .squiggly-${kind}`),
    squiggled: (kind) => page.evaluate(`(${WORDS_ABOVE})('.editor-group-container.active .squiggly-${kind}')`),
    async waitForSquiggle(kind, timeout = PATIENCE) {
      await h.squiggles(kind).first().waitFor({ state: 'attached', timeout });
    },
    async noSquiggles(timeout = PATIENCE) {
      let since = 0;
      await until(
        'the squiggles to go',
        async () => {
          const count = (await h.squiggles('error').count()) + (await h.squiggles('warning').count());
          if (count > 0) since = 0;
          else since ||= Date.now();
          return since > 0 && Date.now() - since > 500;
        },
        timeout,
      );
    },
    async getMarkers(path) {
      return inHost(
        (api, file) => {
          const uri = file ? api.Uri.file(file) : api.window.activeTextEditor?.document.uri;
          if (!uri) throw new Error('no active editor');
          const severities = ['error', 'warning', 'info', 'hint'] as const;
          return api.languages
            .getDiagnostics(uri)
            .map(({ severity, message, code, source, range }) => ({
              severity: severities[severity] ?? 'hint',
              message,
              code: String(typeof code === 'object' ? code.value : (code ?? '')),
              source: source ?? '',
              line: range.start.line,
              character: range.start.character,
              endLine: range.end.line,
              endCharacter: range.end.character,
            }))
            .sort((a, b) => a.line - b.line || a.character - b.character);
        },
        path ? join(host.workspace, path) : '',
      );
    },
    waitForMarker: (match, timeout = PATIENCE) =>
      until(
        `a marker ${match}`,
        async () => (await h.getMarkers()).find(({ message, code }) => match.test(message) || match.test(code)),
        timeout,
      ),
    async waitForNoMarker(match, timeout = PATIENCE) {
      const gone = async (): Promise<boolean> =>
        !(await h.getMarkers()).some(({ message, code }) => match.test(message) || match.test(code));
      await until(`no marker ${match}`, gone, timeout);
    },

    async quickFixes(at) {
      if (at !== undefined) await place(at, 'start');
      await focusEditor();
      await page.keyboard.press('Control+.');
      const titles = await actionTitles();
      await page.keyboard.press('Escape');
      return titles;
    },
    async quickFix(title, at) {
      if (at !== undefined) await place(at, 'start');
      await focusEditor();
      const before = await h.text();
      await page.keyboard.press('Control+.');
      const titles = await actionTitles();
      const index = titles.findIndex((offered) => title.test(offered));
      if (index < 0) throw new Error(`no quick fix ${title}; offered: ${titles.join(' | ') || 'none'}`);
      await page.locator('.action-widget .monaco-list-row.action').nth(index).click();
      await until('the quick fix to change the text', async () => (await h.text()) !== before);
    },
    async hover(at) {
      await place(at, 'middle');
      await focusEditor();
      const content = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content:visible');
      await until('the last hover to be gone', async () => (await content.count()) === 0);
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      const text = await until('a hover', async () => {
        const shown = (await content.allInnerTexts()).join('\n').trim();
        return shown !== '' && !/^Loading\.*$/.test(shown) && shown;
      });
      await page.keyboard.press('Escape');
      return text;
    },
    async completions() {
      await focusEditor();
      await page.keyboard.press('Control+Space');
      const rows = page.locator('.suggest-widget.visible .monaco-list-row');
      await rows.first().waitFor();
      return (await rows.locator('.label-name').allInnerTexts()).map((label) => label.trim());
    },
    async complete(label) {
      const offered = await h.completions();
      const index = offered.indexOf(label);
      if (index < 0) throw new Error(`no completion "${label}"; offered: ${offered.join(' | ')}`);
      const before = await h.text();
      await page.locator('.suggest-widget.visible .monaco-list-row').nth(index).click();
      await until('the completion to be inserted', async () => (await h.text()) !== before);
    },
    async rename(at, name) {
      await place(at, 'middle');
      await focusEditor();
      const before = await h.text();
      await page.keyboard.press('F2');
      const input = page.locator('.rename-box input');
      await input.waitFor();
      await input.fill(name);
      await page.keyboard.press('Enter');
      await until('the rename to change the text', async () => (await h.text()) !== before);
    },
    async goToDefinition(at) {
      await place(at, 'middle');
      await focusEditor();
      const here = await spot();
      await page.keyboard.press('F12');
      return until('the definition to be shown', async () => {
        const there = await spot();
        return there.path === here.path && there.line === here.line && there.character === here.character ? undefined : there;
      });
    },

    async command(title) {
      const rows = await openPalette(title);
      // The palette shows "Lintel: Open Preview"; a row is told by its label alone, without key bindings.
      const labelled = (text: string | RegExp): Locator =>
        rows.filter({ has: page.locator('.label-name', { hasText: text }) }).first();
      // Commands that were used last come first, those with a longer name too.
      const whole = labelled(new RegExp(`^\\s*${title.replace(/[^\w\s]/g, '\\$&')}\\s*$`));
      await ((await whole.count()) > 0 ? whole : labelled(title)).click();
      // Gone, or a list that the command itself has opened in the same place.
      const input = palette.locator('input.input');
      await until(
        'the palette to close',
        async () => !(await palette.isVisible()) || !(await input.inputValue()).startsWith('>'),
      );
      await page.mouse.move(0, 0); // or a tooltip of what lies under the pointer stays in the pictures
      await settle();
    },
    async paletteOffers(typed) {
      const rows = await openPalette(typed);
      const titles = await rows.locator('.quick-input-list-row .label-name').allInnerTexts();
      await page.keyboard.press('Escape');
      return titles.map((title) => title.trim());
    },
    async webview(inside = 'body') {
      const frame = page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
      await frame.locator(inside).first().waitFor({ state: 'attached' });
      return frame;
    },
    async theme(name) {
      const kind = /High Contrast Light/.test(name)
        ? 'hc-light'
        : /Contrast/.test(name)
          ? 'hc-black'
          : /Dark/.test(name)
            ? 'vs-dark'
            : 'vs';
      await h.setting('workbench.colorTheme', name);
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
    },
    async setting(name, value) {
      const before = await inHost(
        async (api, key, json) => {
          const settings = api.workspace.getConfiguration();
          const old = JSON.stringify(settings.inspect(key)?.globalValue) ?? '';
          await settings.update(key, json === '' ? undefined : JSON.parse(json), true);
          return old;
        },
        name,
        value === undefined ? '' : JSON.stringify(value),
      );
      if (!changedSettings.has(name)) changedSettings.set(name, before);
      await settle();
    },
    statusBar: async () =>
      (await page.locator('.part.statusbar .statusbar-item:visible').allInnerTexts()).map((item) => item.trim()).join(' | '),
    async screenshot(name) {
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    },
    async reset() {
      await page.keyboard.press('Escape');
      for (const [name, old] of changedSettings) await h.setting(name, old === '' ? undefined : JSON.parse(old));
      changedSettings.clear();
      await inHost(async (api) => {
        for (const document of api.workspace.textDocuments) {
          if (!document.isDirty) continue;
          await api.window.showTextDocument(document);
          // What was never saved has nothing to go back to; closing it would ask.
          const isNew = document.isUntitled;
          await api.commands.executeCommand(
            isNew ? 'workbench.action.revertAndCloseActiveEditor' : 'workbench.action.files.revert',
          );
        }
        await api.commands.executeCommand('workbench.action.closeAllEditors');
        await api.commands.executeCommand('workbench.action.editorLayoutSingle');
        await api.commands.executeCommand('workbench.action.unlockEditorGroup');
        await api.commands.executeCommand('workbench.action.closePanel');
        await api.commands.executeCommand('notifications.clearAll');
      });
      host.restore();
    },
  };

  const spot = (): Promise<{ readonly path: string; readonly line: number; readonly character: number }> =>
    inHost((api) => {
      const active = api.window.activeTextEditor;
      if (!active) throw new Error('no active editor');
      const { line, character } = active.selection.active;
      return { path: api.workspace.asRelativePath(active.document.uri), line, character };
    });

  /** Selects in the active editor, by text. */
  async function place(text: string, at: 'start' | 'middle' | 'end' | 'all'): Promise<void> {
    await inHost(
      (api, wanted, where) => {
        const active = api.window.activeTextEditor;
        if (!active) throw new Error('no active editor');
        const start = active.document.getText().indexOf(wanted);
        if (start < 0) throw new Error(`the text has no ${JSON.stringify(wanted)}`);
        const end = start + wanted.length;
        const cursor = where === 'start' ? start : where === 'middle' ? start + Math.floor(wanted.length / 2) : end;
        const range = [where === 'all' ? start : cursor, cursor].map((offset) => active.document.positionAt(offset));
        const [anchor, head] = range as [vscode.Position, vscode.Position];
        active.selection = new api.Selection(anchor, head);
        active.revealRange(active.selection, api.TextEditorRevealType.InCenterIfOutsideViewport);
      },
      text,
      at,
    );
    await settle();
  }

  return h;
}
