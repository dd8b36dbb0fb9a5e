/** The first things to hold in the real VS Code; the features are in scenarios.ts. */
import assert from 'node:assert/strict';
import type { Scenario } from './harness.ts';

export const smoke: readonly Scenario[] = [
  {
    name: 'a .lintel file opens as Lintel, and keys arrive in it',
    async run(h) {
      await h.newFile('smoke/smoke.lintel', 'network admin purpose management vlan 10 subnet 10.4.10.0/24\n');
      assert.equal(await h.vscode((api) => api.window.activeTextEditor?.document.languageId), 'lintel');
      await h.cursor('subnet 10.4.10.0/24', 'end');
      await h.type('\n// typed by a person\n');
      assert.match(await h.text(), /\n\/\/ typed by a person\n/);
      await h.screenshot('smoke-open');
    },
  },
  {
    name: 'the extension starts, and an unknown word gets a squiggle',
    async run(h) {
      await h.newFile('smoke/smoke.lintel', 'network admin purpose management vlan 10\nno-such-word 5\n');
      const active = (): Promise<boolean> => h.vscode((api) => api.extensions.getExtension('lintel.lintel')?.isActive ?? false);
      await h.until('the extension to start', active);
      await h.waitForSquiggle('error');
      const marker = await h.waitForMarker(/no-such-word/);
      assert.equal(marker.line, 1);
      await h.screenshot('smoke-squiggle');
      await h.select('no-such-word 5');
      await h.press('Delete');
      await h.waitForNoMarker(/no-such-word/);
    },
  },
];
