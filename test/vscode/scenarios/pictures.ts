/** The pictures of the README, made anew with `LINTEL_PICTURES=1 LINTEL_ONLY=README npm run test:vscode`; a person looks at them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Harness, Scenario } from '../harness.ts';
import { root } from '../host.ts';
import { deleteFolder } from './workbench.ts';

const folder = join(root, 'docs/images');
const pause = (h: Harness, time: number): Promise<void> => h.page.waitForTimeout(time);

async function take(h: Harness, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await pause(h, 600);
  await h.page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Nothing but editors, in a window of this size. */
async function tidy(h: Harness, theme: string): Promise<void> {
  await h.page.setViewportSize({ width: 1600, height: 900 });
  await h.setting('workbench.activityBar.location', 'hidden');
  await h.setting('window.commandCenter', false);
  await h.setting('workbench.layoutControl.enabled', false);
  await h.theme(theme);
  await h.vscode((api) => api.commands.executeCommand('workbench.action.closeSidebar'));
  // Its findings would be counted in the status bar.
  await deleteFolder(h, 'broken-on-purpose');
}

async function openPicture(h: Harness): Promise<void> {
  await h.command('Lintel: Open Topology');
  await (await h.webview('svg .lt-view')).locator('[data-id="host:esx1"]').waitFor();
}

const scenarios: readonly Scenario[] = [
  {
    name: 'README: the editor with a finding and the topology beside it',
    async run(h) {
      await tidy(h, 'Default Light Modern');
      await h.openFile('scada-plant/workload.lintel');
      await openPicture(h);
      await h.vscode((api) =>
        api.commands.executeCommand('vscode.setEditorLayout', { orientation: 0, groups: [{ size: 0.56 }, { size: 0.44 }] }),
      );
      await h.select('ha     off');
      await h.type('ha     restart high');
      await h.press('Escape');
      await h.waitForMarker(/^USB003$/);
      const page = await h.webview('.lt-marks [data-for]');
      const mark = await page.locator('.lt-marks [data-for]').first().boundingBox();
      if (mark) await h.page.mouse.move(mark.x - 50, mark.y);
      for (let at = 0; at < 4; at += 1) await h.page.mouse.wheel(0, -150);
      const squiggle = await h.squiggles('error').first().boundingBox();
      if (squiggle) await h.page.mouse.move(squiggle.x + squiggle.width - 15, squiggle.y + squiggle.height / 2);
      await h.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content:visible').waitFor();
      await take(h, 'editor');
    },
  },
  {
    name: 'README: the topology of the plant, dark and light',
    async run(h) {
      await tidy(h, 'Default Dark Modern');
      await h.page.setViewportSize({ width: 1600, height: 860 });
      await h.openFile('scada-plant/plant.lintel');
      await openPicture(h);
      await h.openFile('scada-plant/plant.lintel');
      await h.vscode((api) => api.commands.executeCommand('workbench.action.closeEditorsInGroup'));
      await h.page.mouse.move(700, 850);
      await take(h, 'topology-dark');
      await h.theme('Default Light Modern');
      await take(h, 'topology-light');
    },
  },
  {
    name: 'README: viewpoints',
    async run(h) {
      await tidy(h, 'Default Light Modern');
      await h.page.setViewportSize({ width: 1200, height: 760 });
      await h.openFile('scada-plant/plant.lintel');
      await openPicture(h);
      await h.openFile('scada-plant/plant.lintel');
      await h.vscode((api) => api.commands.executeCommand('workbench.action.closeEditorsInGroup'));
      const page = await h.webview('svg .lt-view');
      for (const view of ['physical', 'redundancy']) {
        await page.locator('select[aria-label="Viewpoint"]').selectOption(view);
        await pause(h, 800);
        await page.locator('button[aria-label^="Fit"]').first().click();
        await h.page.mouse.move(600, 740);
        await take(h, `topology-${view}`);
      }
    },
  },
  {
    name: 'README: the checklist',
    async run(h) {
      await tidy(h, 'Default Light Modern');
      await h.openFile('scada-plant/plant.lintel');
      await h.command('Lintel: Generate Deployment Checklist');
      await h.until('the checklist', async () => (await h.text()).startsWith('#'));
      await h.command('Markdown: Open Preview');
      const page = await h.webview('h2');
      await page
        .locator('h2', { hasText: 'Cabling' })
        .first()
        .evaluate((heading) => heading.scrollIntoView());
      await h.page.mouse.move(700, 990);
      await take(h, 'checklist');
    },
  },
];

export const pictures: readonly Scenario[] = process.env.LINTEL_PICTURES === '1' ? scenarios : [];
