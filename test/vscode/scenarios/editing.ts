/** Writing and reading: completion, hover, rename, definition, outline, formatting, colours. */
import assert from 'node:assert/strict';
import type { Harness, Scenario } from '../harness.ts';

/** What stands beside the list of completions when its details are shown. */
async function details(h: Harness, label: string): Promise<string> {
  const offered = await h.completions();
  const index = offered.indexOf(label);
  assert.notEqual(index, -1, `no completion "${label}"; offered: ${offered.join(' | ')}`);
  for (let at = 0; at < index; at += 1) await h.page.keyboard.press('ArrowDown');
  const box = h.page.locator('.suggest-details:visible');
  if ((await box.count()) === 0) await h.page.keyboard.press('Control+Space');
  await box.waitFor();
  return h.until('details', async () => (await box.innerText()).trim());
}

export const editing: readonly Scenario[] = [
  {
    name: 'completion offers properties, values and names of the right kind, each explained',
    async run(h) {
      await h.openFile('scada-plant/workload.lintel');
      await h.cursor('memory   64GB', 'end');
      await h.type('\nfirm');
      const told = await details(h, 'firmware');
      assert.match(told, /firmware/i);
      await h.screenshot('completion-property');
      await h.press('Escape', 'Escape');
      await h.type('ware ');
      assert.deepEqual((await h.completions()).toSorted(), ['bios', 'efi']);
      await h.complete('efi');
      await h.type('\nnic eth9 on ');
      const networks = await h.completions();
      assert.deepEqual(
        ['Control', 'DMZ'].filter((name) => !networks.includes(name)),
        [],
      );
      assert.equal(networks.includes('ds-vm'), false);
      await h.screenshot('completion-reference');
      await h.complete('Control');
      await h.type(' address control.');
      await h.waitForNoMarker(/firm$/);
      await h.screenshot('completion-address');
      assert.match(await h.text(), /\n {2}firmware efi\n {2}nic eth9 on Control address control\./);
    },
  },
  {
    name: 'completion writes a whole host',
    async run(h) {
      await h.newFile('smoke/new.lintel', '\n');
      await h.type('host');
      const offered = await h.completions();
      assert.ok(offered.includes('host'), offered.join(' | '));
      await h.screenshot('completion-snippet');
      const rows = h.page.locator('.suggest-widget.visible .monaco-list-row');
      await rows.first().click();
      await h.until('the snippet', async () => /host \S+/.test(await h.text()));
      await h.screenshot('completion-snippet-taken');
      await h.press('Escape');
    },
  },
  {
    name: 'hover tells the value in force and who said it',
    async run(h) {
      await h.openFile('scada-plant/workload.lintel');
      const vm = await h.hover('E3-A');
      assert.match(vm, /Elipse E3 server, main/);
      assert.match(vm, /vcpu 4.*e3-server.*workload\.lintel, line 7/);
      assert.match(await h.hover('vcpu'), /Virtual processors/);
      await h.openFile('scada-plant/hosts.lintel');
      assert.match(await h.hover('migration.host(10'), /esx1.*10\.4\.30\.11\/24[\s\S]*esx3.*10\.4\.30\.13\/24/);
      assert.match(await h.hover('X710'), /X710/);
    },
  },
  {
    name: 'rename changes a VM in every file, and refuses what would change the meaning',
    async run(h) {
      await h.openFile('scada-plant/plant.lintel');
      await h.openFile('scada-plant/workload.lintel');
      await h.rename('SQL', 'HISTORIAN');
      const workload = await h.text();
      const plant = await h.textOf('scada-plant/plant.lintel');
      assert.doesNotMatch(workload, /\bSQL in\b|on SQL data|for SQL/);
      assert.match(workload, /vm HISTORIAN in scada/);
      assert.match(workload, /on HISTORIAN data/);
      assert.match(plant, /E3-\*, HISTORIAN, ELIC/);
      await h.noSquiggles();
      await h.cursor('E3-A in scada');
      await h.press('F2');
      const input = h.page.locator('.rename-box input');
      await input.waitFor();
      await input.fill('SRV-A');
      await h.page.keyboard.press('Enter');
      const refusal = h.page.locator('.monaco-editor-overlaymessage, .notification-toast');
      await refusal.filter({ hasText: /E3-/ }).first().waitFor();
      await h.screenshot('rename-refused');
      assert.match(await h.text(), /vm E3-A in/);
    },
  },
  {
    name: 'definition and references lead across files',
    async run(h) {
      await h.openFile('scada-plant/workload.lintel');
      const there = await h.goToDefinition('control.host(21)'.slice(0, 7));
      assert.equal(there.path, 'scada-plant/networks.lintel');
      assert.match((await h.text()).split('\n')[there.line] ?? '', /^network control/);
      const lens = h.page.locator('.codelens-decoration a', { hasText: /references$/ }).first();
      await lens.waitFor();
      await h.screenshot('codelens');
      await lens.click();
      await h.page.locator('.reference-zone-widget, .peekview-widget').first().waitFor();
      await h.screenshot('references');
      await h.press('Escape');
    },
  },
  {
    name: 'the outline lists what the file declares',
    async run(h) {
      await h.openFile('scada-plant/workload.lintel');
      await h.press('Control+Shift+O');
      const rows = h.page.locator('.quick-input-widget .monaco-list-row');
      await rows.filter({ hasText: 'E3-A' }).first().waitFor();
      const names = await rows.locator('.label-name').allInnerTexts();
      assert.ok(names.some((name) => name.trim() === 'eth0') && names.some((name) => name.trim() === 'SQL'), names.join(' | '));
      await h.screenshot('outline');
      await h.press('Escape');
    },
  },
  {
    name: 'formatting restores the layout',
    async run(h) {
      await h.openFile('scada-plant/workload.lintel');
      const before = await h.text();
      await h.select('vcpu     8\n  memory   64GB');
      await h.press('Delete');
      await h.type('vcpu 8\nmemory      64GB');
      assert.notEqual(await h.text(), before);
      await h.format();
      await h.until('the layout', async () => (await h.text()) === before);
    },
  },
  {
    name: 'names, kinds and values have colours of their own',
    async run(h) {
      await h.openFile('scada-plant/workload.lintel');
      const colours = (): Promise<Record<string, string>> =>
        h.page.evaluate(
          `Object.fromEntries([...document.querySelectorAll('.view-line span span')].map((span) => [span.textContent.replaceAll('\\u00a0', ' ').trim(), getComputedStyle(span).color]))`,
        );
      // The grammar alone cannot know that "system" is one of the purposes.
      const known = await h.until('semantic colours', async () => {
        const found = await colours();
        return found.system !== found.scada && found;
      });
      const distinct = new Set(['vm', 'SQL', 'vcpu', '64GB', 'system'].map((word) => known[word] ?? word));
      assert.equal(distinct.size, 5, JSON.stringify(known));
    },
  },
];
