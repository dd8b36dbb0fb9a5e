/**
 * Every viewpoint of every example in light, dark and high contrast, for a person to look at: one picture each below
 * test/screenshots/views. `LINTEL_VIEWS=1 LINTEL_ONLY=views npm run test:vscode`; LINTEL_VIEWS=scada-plant takes one example.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../harness.ts';
import { root } from '../host.ts';

const folder = join(root, 'test/screenshots/views');
const examples = ['scada-plant/plant', 'six-ports/six-ports', 'small-business/shop', 'broken-on-purpose/hillside'];
const themes = [
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
  ['contrast', 'Default High Contrast'],
] as const;

const scenarioOf = (example: string): Scenario => ({
  name: `views: ${example.replace(/\/.*/, '')} in each viewpoint and theme`,
  async run(h) {
    mkdirSync(folder, { recursive: true });
    await h.page.setViewportSize({ width: 1600, height: 1000 });
    await h.setting('workbench.activityBar.location', 'hidden');
    await h.openFile(`${example}.lintel`);
    await h.command('Lintel: Open Topology');
    const page = await h.webview('svg .lt-view');
    await h.vscode((api) => api.commands.executeCommand('workbench.action.closeSidebar'));
    // The focus is in the text still: the picture alone is left.
    await h.openFile(`${example}.lintel`);
    await h.vscode((api) => api.commands.executeCommand('workbench.action.closeEditorsInGroup'));
    const offered = page.locator('select[aria-label="Viewpoint"] option');
    await offered.first().waitFor({ state: 'attached' });
    const views = await offered.evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''));
    assert.equal(views.length, 8);
    for (const view of views) {
      await page.locator('select[aria-label="Viewpoint"]').selectOption(view);
      await h.page.waitForTimeout(700);
      await page.locator('button[aria-label^="Fit"]').first().click();
      for (const [name, theme] of themes) {
        await h.theme(theme);
        await h.page.waitForTimeout(250);
        await h.page.screenshot({ path: join(folder, `${example.replace(/\/.*/, '')}-${view}-${name}.png`) });
      }
    }
  },
});

const wanted = process.env.LINTEL_VIEWS ?? '';
export const viewpoints: readonly Scenario[] =
  wanted === '' ? [] : examples.filter((example) => wanted === '1' || example.startsWith(wanted)).map(scenarioOf);
