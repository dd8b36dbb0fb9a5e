/** The rest of the workbench: checklist, start-up, restricted mode. */
import assert from 'node:assert/strict';
import type { Scenario } from '../harness.ts';

export const workbench: readonly Scenario[] = [
  {
    name: 'the checklist names what this plant consists of',
    async run(h) {
      await h.openFile('scada-plant/workload.lintel');
      await h.command('Lintel: Generate Deployment Checklist');
      const text = await h.until('the checklist', async () => {
        const shown = await h.text();
        return shown.startsWith('#') && shown;
      });
      assert.equal(await h.vscode((api) => api.window.activeTextEditor?.document.languageId), 'markdown');
      for (const name of ['Riverside', 'esx1', 'esx3', 'sw-a', 'san-1', 'E3-A', '10.4.10.11'])
        assert.ok(text.includes(name), name);
      assert.ok((text.match(/☐|- \[ \]/g) ?? []).length > 100);
      await h.screenshot('checklist');
    },
  },
  {
    name: 'the extension starts quickly',
    async run(h) {
      await h.openFile('scada-plant/plant.lintel');
      await h.command('Developer: Show Running Extensions');
      const row = h.page.locator('.monaco-list-row', { hasText: /^\s*Lintel\s*\d/ });
      const text = await h.until('the extension in the list', async () => (await row.first().innerText()).replace(/\s+/g, ' '));
      console.log(`        VS Code says: ${text}`);
      assert.match(text, /ms/);
    },
  },
];
