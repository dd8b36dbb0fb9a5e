/** Several topology panels, the ways into them and out of them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { Harness, Scenario } from '../harness.ts';

/** Titles of the topology panels, from the left. */
const titles = (h: Harness): Promise<readonly string[]> =>
  h.vscode((api) =>
    [...api.window.tabGroups.all]
      .sort((a, b) => a.viewColumn - b.viewColumn)
      .flatMap(({ tabs }) => tabs)
      .map(({ label }) => label)
      .filter((label) => label.startsWith('Topology')),
  );

/** Waits until the panels have these titles. */
async function named(h: Harness, ...expected: readonly string[]): Promise<void> {
  let last: readonly string[] = [];
  const right = async (): Promise<boolean> => {
    last = await titles(h);
    return last.join('|') === expected.join('|');
  };
  await h.until('the titles', right).catch(() => assert.deepEqual(last, expected));
}

/** The page of the panel that stands in a place of the window, from the left; waits until it shows a picture. */
async function pageAt(h: Harness, at: number): Promise<FrameLocator> {
  const frames = h.page.locator('iframe.webview.ready');
  const ordered = await h.until('the panels', async () => {
    const boxes: { readonly left: number; readonly index: number }[] = [];
    for (let index = 0; index < (await frames.count()); index += 1) {
      const box = await frames.nth(index).boundingBox();
      if (box && box.width > 50) boxes.push({ left: box.x, index });
    }
    return boxes.length > at && boxes.sort((a, b) => a.left - b.left);
  });
  const page = frames
    .nth(ordered[at]?.index ?? 0)
    .contentFrame()
    .frameLocator('iframe#active-frame');
  await page.locator('svg .lt-view [data-id]').first().waitFor({ state: 'attached' });
  return page;
}

const chooseView = (page: FrameLocator, label: string): Promise<readonly string[]> =>
  page.locator('select[aria-label="Viewpoint"]').selectOption({ label });

async function twoPanels(h: Harness): Promise<readonly [FrameLocator, FrameLocator]> {
  await h.openFile('scada-plant/networks.lintel');
  await h.vscode((api) => api.commands.executeCommand('workbench.action.closeSidebar'));
  await h.command('Lintel: Open Topology');
  await pageAt(h, 0);
  await h.openFile('scada-plant/networks.lintel');
  await h.command('Lintel: Open Topology in New Panel');
  await h.until('two panels', async () => (await titles(h)).length === 2);
  return [await pageAt(h, 0), await pageAt(h, 1)];
}

const git = (h: Harness, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
    cwd: h.workspace,
    encoding: 'utf8',
  });

export const panels: readonly Scenario[] = [
  {
    name: 'panels: two with different views follow typing, and a reload brings both back',
    async run(h) {
      const [first, second] = await twoPanels(h);
      await chooseView(second, 'Network');
      await named(h, 'Topology: plant', 'Topology: plant – network');
      await h.openFile('scada-plant/networks.lintel');
      await h.cursor('network lockstep');
      await h.type('network spare purpose production vlan 300 subnet 10.4.77.0/24\n');
      for (const page of [first, second]) await page.locator('[data-id="network:spare"]').first().waitFor({ state: 'attached' });
      await h.screenshot('panels-two');
      await h.save();
      await h.vscode((api) => api.commands.executeCommand('workbench.action.reloadWindow')).catch(() => {});
      await h.until('the panels after the reload', async () => (await titles(h)).length === 2);
      const again = [await pageAt(h, 0), await pageAt(h, 1)] as const;
      for (const page of again) await page.locator('[data-id="network:spare"]').first().waitFor({ state: 'attached' });
      await named(h, 'Topology: plant', 'Topology: plant – network');
      assert.equal(await again[1].locator('select[aria-label="Viewpoint"] option:checked').innerText(), 'Network');
      await h.screenshot('panels-reloaded');
    },
  },
  {
    name: 'panels: the first goes along to another design, the second stays',
    async run(h) {
      await twoPanels(h);
      await h.openFile('six-ports/six-ports.lintel');
      await named(h, 'Topology: six-ports', 'Topology: plant');
      await h.openFile('scada-plant/hosts.lintel');
      await named(h, 'Topology: plant', 'Topology: plant');
    },
  },
  {
    name: 'panels: from a problem to its place in the picture',
    async run(h) {
      await h.openFile('scada-plant/hosts.lintel');
      await h.select('Broadcom BCM5720');
      await h.type('Realtek RTL8168');
      await h.waitForMarker(/^HWC001$/);
      await h.command('View: Focus Problems');
      await h.page.locator('.part.panel input[placeholder^="Filter"]').fill('Realtek');
      const row = h.page.locator('.markers-panel .monaco-list-row', { hasText: 'Realtek' }).first();
      await row.click();
      await row.locator('.codicon-lightbulb, .codicon-lightbulb-autofix, .codicon-light-bulb').first().click();
      const action = h.page.locator('.context-view .action-label', { hasText: /^Show in topology/ }).first();
      await action.waitFor();
      // A menu that has only just opened takes no click.
      await h.until('the menu to close', async () => {
        await action.click({ timeout: 1000 }).catch(() => {});
        return !(await action.isVisible());
      });
      const page = await pageAt(h, 0);
      // The card that the finding is about, and not its twin, which the same line declares.
      await page.locator('[data-id="host:esx1/nic:vmnic4"].lt-selected').waitFor({ state: 'attached' });
      await h.screenshot('panels-from-problem');
    },
  },
  {
    name: 'panels: compared with the last commit, live, and with the next one',
    async run(h) {
      await h.setting('git.enabled', true);
      const file = join(h.workspace, 'scada-plant/extra.lintel');
      const root = join(h.workspace, 'scada-plant/plant.lintel');
      const was = readFileSync(root, 'utf8');
      try {
        writeFileSync(file, 'network leaving purpose production vlan 777 subnet 10.4.78.0/24\n');
        writeFileSync(root, `import "extra.lintel"\n${was}`);
        git(h, 'init', '-q');
        git(h, 'add', '.');
        git(h, 'commit', '-q', '-m', 'As built');
        writeFileSync(root, was);
        rmSync(file);
        await h.openFile('scada-plant/networks.lintel');
        await h.command('Lintel: Open Topology');
        const page = await pageAt(h, 0);
        await h.command('Lintel: Compare Topology with the Last Commit');
        await named(h, 'Topology: plant – changes');
        await page.locator('[data-id="network:leaving"]').first().waitFor({ state: 'attached' });
        await h.openFile('scada-plant/networks.lintel');
        await h.cursor('network lockstep');
        await h.type('network arriving purpose production vlan 300 subnet 10.4.77.0/24\n');
        await page.locator('[data-id="network:arriving"]').first().waitFor({ state: 'attached' });
        await h.screenshot('panels-compared');
        await h.save();
        git(h, 'add', '.');
        git(h, 'commit', '-q', '-m', 'Changed');
        await page.locator('[data-id="network:leaving"]').first().waitFor({ state: 'detached' });
        await h.command('Lintel: Compare Topology with the Last Commit');
        await named(h, 'Topology: plant');
      } finally {
        rmSync(join(h.workspace, '.git'), { recursive: true, force: true });
        rmSync(file, { force: true });
      }
    },
  },
  {
    name: 'panels: without Git it says so in plain words',
    async run(h) {
      await h.openFile('scada-plant/networks.lintel');
      await h.command('Lintel: Open Topology');
      await pageAt(h, 0);
      await h.command('Lintel: Compare Topology with the Last Commit');
      await h.page.locator('.notification-toast', { hasText: /Git/ }).first().waitFor();
      assert.deepEqual(await titles(h), ['Topology: plant']);
    },
  },
  {
    name: 'panels: what is exported lies beside the design',
    async run(h) {
      await h.openFile('scada-plant/networks.lintel');
      await h.command('Lintel: Open Topology');
      await chooseView(await pageAt(h, 0), 'Network');
      await named(h, 'Topology: plant – network');
      const starts: readonly (readonly [string, string, string])[] = [
        ['SVG', 'svg', '<svg'],
        ['PNG', 'png', '\u0089PNG'],
        ['PDF for a review', 'pdf', '%PDF-'],
        ['Web page', 'html', '<!'],
      ];
      for (const [kind, ending, start] of starts) {
        await h.command('Lintel: Export Topology');
        const input = h.page.locator('.quick-input-widget input.input');
        await h.page.locator('.quick-input-widget', { hasText: 'Export topology as' }).waitFor();
        await input.fill(kind);
        await h.page.keyboard.press('Enter');
        const target = join(h.workspace, `scada-plant/plant-network.${ending}`);
        await h.until('the dialog', async () => (await input.inputValue()).endsWith(`plant-network.${ending}`));
        await h.page.keyboard.press('Enter');
        await h.until(target, async () => existsSync(target));
        const text = await h.until('its content', async () => readFileSync(target, 'latin1'));
        assert.ok(text.toLowerCase().startsWith(start.toLowerCase()), `${target}: ${text.slice(0, 40)}`);
        if (ending === 'html' || ending === 'svg') assert.ok(text.includes('network:control'));
        rmSync(target);
      }
    },
  },
  {
    name: 'panels: what is dragged stays, in a file beside the design, until it is freed',
    async run(h) {
      const file = join(h.workspace, 'scada-plant/plant.lintel-places');
      await h.openFile('scada-plant/networks.lintel');
      await h.vscode((api) => api.commands.executeCommand('workbench.action.closeSidebar'));
      await h.command('Lintel: Open Topology');
      const page = await pageAt(h, 0);
      await page.locator('button[aria-label^="Fit"]').first().click();
      const box = page.locator('[data-id="router:fw-1"]').first();
      const place = (of: FrameLocator): Promise<string | null> =>
        of.locator('[data-id="router:fw-1"]').first().getAttribute('data-at');
      await box.waitFor();
      const before = await place(page);
      const shape = await h.until('the box to stand still', async () => {
        const one = await box.boundingBox();
        await new Promise((done) => setTimeout(done, 300));
        const two = await box.boundingBox();
        return one && two && one.x === two.x && one.y === two.y && two;
      });
      await h.page.mouse.move(shape.x + shape.width / 2, shape.y + shape.height / 2);
      await h.page.mouse.down();
      await h.page.mouse.move(shape.x + shape.width / 2 + 60, shape.y + shape.height / 2 - 5, { steps: 6 });
      await h.page.mouse.up();
      await h.until('the file', async () => existsSync(file) && readFileSync(file, 'utf8').includes('fw-1'));
      const after = await h.until('the box at its new place', async () => {
        const at = await place(page);
        return at !== before && at;
      });
      await h.screenshot('panels-dragged');
      await h.vscode((api) => api.commands.executeCommand('workbench.action.reloadWindow')).catch(() => {});
      await h.until('the panel after the reload', async () => (await titles(h)).length === 1);
      const again = await pageAt(h, 0);
      assert.equal(await h.until('its place', () => place(again)), after);
      await h.command('Lintel: Free All Places');
      await h.until('the file to be gone', async () => !existsSync(file));
      await h.until('the box where it was', async () => (await place(again)) === before);
    },
  },
  {
    name: 'panels: a design that is renamed, deleted and written again loses nothing',
    async run(h) {
      await h.newFile('small.lintel', 'network first vlan 10\n');
      await h.command('Lintel: Open Topology');
      const page = await pageAt(h, 0);
      await named(h, 'Topology: small');
      await h.vscode(async (api) => {
        const [folder] = api.workspace.workspaceFolders ?? [];
        if (!folder) return;
        const edit = new api.WorkspaceEdit();
        edit.renameFile(api.Uri.joinPath(folder.uri, 'small.lintel'), api.Uri.joinPath(folder.uri, 'other.lintel'));
        await api.workspace.applyEdit(edit);
      });
      await named(h, 'Topology: other');
      await page.locator('[data-id="network:first"]').first().waitFor({ state: 'attached' });
      // As long as its text is open the design is there; so that is closed.
      await h.vscode((api) => api.commands.executeCommand('workbench.action.closeActiveEditor'));
      rmSync(join(h.workspace, 'other.lintel'));
      await page.locator('.message').first().waitFor();
      writeFileSync(join(h.workspace, 'other.lintel'), 'network second vlan 20\n');
      await page.locator('[data-id="network:second"]').first().waitFor({ state: 'attached' });
      await named(h, 'Topology: other');
    },
  },
  {
    name: 'panels: a link leads back to the same view',
    async run(h) {
      await h.openFile('scada-plant/networks.lintel');
      await h.command('Lintel: Open Topology');
      await chooseView(await pageAt(h, 0), 'Storage');
      await named(h, 'Topology: plant – storage');
      await h.command('Lintel: Copy Link to This View');
      const link = await h.until('the link', async () => {
        const text = await h.vscode((api) => api.env.clipboard.readText());
        return text.includes('lintel.lintel/topology') && text;
      });
      await h.vscode((api) => api.commands.executeCommand('workbench.action.closeAllEditors'));
      // In a browser no operating system hands links over; the workbench has an address that does, for logins.
      const callback = await h.vscode(
        async (api, text) => (await api.env.asExternalUri(api.Uri.parse(text))).toString(true),
        link,
      );
      const visit = await h.page.context().newPage();
      await visit.goto(callback);
      await named(h, 'Topology: plant – storage');
      await visit.close();
      await pageAt(h, 0);
    },
  },
];
