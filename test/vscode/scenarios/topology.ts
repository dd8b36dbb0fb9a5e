/** The topology panel beside the text. */
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { Harness, Scenario } from '../harness.ts';

/** Opens a file of the plant with its picture beside it, fitted and without the side bar. */
async function openPicture(h: Harness, file: string): Promise<FrameLocator> {
  await h.openFile(`scada-plant/${file}`);
  await h.command('Lintel: Open Topology');
  const page = await h.webview('svg .lt-view');
  await page.locator('[data-id="host:esx1"]').waitFor();
  return page;
}

const attribute = (page: FrameLocator, selector: string, name: string): Promise<string | null> =>
  page.locator(selector).first().getAttribute(name);

/** What is selected in the text, in whichever editor. */
const selected = (h: Harness): Promise<string> =>
  h.vscode((api) =>
    api.window.visibleTextEditors
      .map((editor) => `${editor.document.fileName.split('/').at(-1)}: ${editor.document.getText(editor.selection)}`)
      .join('\n'),
  );

export const topology: readonly Scenario[] = [
  {
    name: 'topology: the picture appears and follows typing, and the view stays',
    async run(h) {
      const page = await openPicture(h, 'hosts.lintel');
      assert.equal(await page.locator('[data-id="host:esx9"]').count(), 0);
      await page.locator('button[aria-label="Zoom in"]').click();
      await page.locator('button[aria-label="Zoom in"]').click();
      const stage = page.locator('.surface');
      const box = await stage.boundingBox();
      assert.ok(box);
      await h.page.mouse.move(box.x + box.width / 2, box.y + 20);
      await h.page.mouse.down();
      await h.page.mouse.move(box.x + box.width / 2 - 40, box.y + 50, { steps: 4 });
      await h.page.mouse.up();
      const view = await attribute(page, 'svg.stage', 'style');
      await h.screenshot('topology-zoomed');
      await h.openFile('scada-plant/hosts.lintel');
      await h.cursor('cluster scada');
      await h.type('host esx9 { hypervisor esxi 8.0u3 }\n');
      await page.locator('[data-id="host:esx9"]').waitFor({ state: 'attached' });
      // The cursor stands in the new host, which may be brought into sight; the scale is the user's.
      const scale = (text: string | null): string | undefined => /scale\(([^)]+)\)/.exec(text ?? '')?.[1];
      assert.equal(scale(await attribute(page, 'svg.stage', 'style')), scale(view));
      await h.screenshot('topology-followed');
      await h.select('host esx9 { hypervisor esxi 8.0u3 }\n');
      await h.press('Delete');
      await page.locator('[data-id="host:esx9"]').waitFor({ state: 'detached' });
      await page.locator('[data-id="host:esx1"]').waitFor();
    },
  },
  {
    name: 'topology: a broken line keeps the rest of the picture',
    async run(h) {
      const page = await openPicture(h, 'networks.lintel');
      await h.cursor('network lockstep');
      await h.type('network "half');
      await h.waitForSquiggle('error');
      await page.locator('[data-id="host:esx1"]').waitFor();
      assert.equal(await page.locator('.message').isVisible(), false);
    },
  },
  {
    name: 'topology: a click leads to the text, and the cursor lights up its box',
    async run(h) {
      const page = await openPicture(h, 'workload.lintel');
      await page.locator('[data-id="vm:SQL"] > .lt-shape').last().click({ force: true });
      await h.until('the VM to be selected in the text', async () => (await selected(h)).includes('workload.lintel: SQL'));
      assert.match((await attribute(page, '[data-id="vm:SQL"]', 'class')) ?? '', /lt-selected/);
      // A thing of another file: that file is shown.
      await page.locator('[data-id="switch:sw-a"] > .lt-shape').last().click({ force: true });
      await h.until('the switch to be selected in the text', async () => (await selected(h)).includes('plant.lintel: sw-a'));
      await h.screenshot('topology-click');
      await h.openFile('scada-plant/workload.lintel');
      await h.cursor('vcpu   2', 'end');
      await h.until(
        'the box of ELIC to light up',
        async () => (await page.locator('.lt-current').first().getAttribute('data-id')) === 'vm:ELIC',
      );
      await h.openFile('scada-plant/networks.lintel');
      await h.cursor('network control');
      await h.until(
        'the network to light up',
        async () => (await page.locator('.lt-current').first().getAttribute('data-id')) === 'network:control',
      );
      await h.screenshot('topology-current');
    },
  },
  {
    name: 'topology: opened alone, it is not covered by the text that it leads to',
    async run(h) {
      await h.command('Lintel: Open Topology');
      await h.page.locator('.quick-input-widget', { hasText: 'Which design?' }).waitFor();
      await h.page.keyboard.type('scada-plant/plant.lintel');
      await h.page.keyboard.press('Enter');
      const page = await h.webview('svg .lt-view');
      await page.locator('[data-id="vm:SQL"] > .lt-shape').last().click({ force: true });
      await h.until('the VM to be selected in the text', async () => (await selected(h)).includes('workload.lintel: SQL'));
      await page.locator('[data-id="vm:SQL"]').waitFor();
    },
  },
  {
    name: 'topology: findings are marked on what they are about',
    async run(h) {
      const page = await openPicture(h, 'hosts.lintel');
      const mark = page.locator('.lt-marks [data-for*="esx1"]');
      assert.equal(await page.locator('.lt-marks [data-for]').count(), 0);
      await h.select('active vmnic1 standby vmnic0');
      await h.type('active vmnic0 standby vmnic1');
      await h.press('Escape');
      await mark.first().waitFor();
      await h.screenshot('topology-marks');
      await h.select('ft-logging active vmnic0 standby vmnic1');
      await h.type('ft-logging active vmnic1 standby vmnic0');
      await mark.first().waitFor({ state: 'detached' });
    },
  },
  {
    name: 'topology: the keyboard walks through the picture',
    async run(h) {
      const page = await openPicture(h, 'workload.lintel');
      await page.locator('.surface').click({ position: { x: 6, y: 6 } });
      const focused = (): Promise<string | null> =>
        page.locator('body').evaluate((body) => body.ownerDocument.activeElement?.getAttribute('data-id') ?? null);
      const seen = new Set<string>();
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowDown']) {
        await h.page.keyboard.press(key);
        seen.add((await h.until('a box to have the focus', focused)) ?? '');
      }
      assert.ok(seen.size >= 3, [...seen].join(' '));
      await h.screenshot('topology-keyboard');
      const id = await focused();
      await h.page.keyboard.press('Enter');
      const name = id?.split(':').at(-1) ?? '';
      await h.until(`${name} to be selected in the text, with the keyboard there`, async () =>
        (await h.selection()).text.includes(name.replace(/\d+$/, '')),
      );
      const scale = await attribute(page, 'svg.stage', 'style');
      await page.locator('.surface').click({ position: { x: 6, y: 6 } });
      await h.page.keyboard.press('+');
      await h.until('a larger picture', async () => (await attribute(page, 'svg.stage', 'style')) !== scale);
      await h.page.keyboard.press('0');
    },
  },
  {
    name: 'topology: another viewpoint is chosen, and stays while one types',
    async run(h) {
      const page = await openPicture(h, 'networks.lintel');
      const view = page.locator('select[aria-label="Viewpoint"]');
      const all = await view.locator('option').allInnerTexts();
      assert.ok(all.length > 4 && all[0] === 'Overview', all.join(' | '));
      const before = await page.locator('.lt-view').innerHTML();
      const other = all.find((title) => /network/i.test(title)) ?? '';
      await view.selectOption({ label: other });
      await h.until('another picture', async () => (await page.locator('.lt-view').innerHTML()) !== before);
      await page.locator('[data-id="network:control"]').first().waitFor();
      await h.screenshot('topology-view');
      await h.openFile('scada-plant/networks.lintel');
      await h.cursor('network lockstep');
      await h.type('network spare purpose production vlan 300 subnet 10.4.77.0/24\n');
      await page.locator('[data-id="network:spare"]').first().waitFor();
      assert.equal(await view.locator('option:checked').innerText(), other);
      await view.selectOption({ label: 'Overview' });
      await page.locator('[data-id="array:san-1"]').waitFor();
    },
  },
  {
    name: 'topology: a lens above a network shows it in the picture',
    async run(h) {
      await h.openFile('scada-plant/networks.lintel');
      const lens = h.page.locator('.codelens-decoration a', { hasText: 'Reveal in topology' }).nth(1);
      await lens.click();
      const page = await h.webview('svg .lt-view');
      await h.until(
        'the network to light up',
        async () => (await page.locator('.lt-current').first().getAttribute('data-id')) === 'network:storage-a',
      );
    },
  },
  {
    name: 'topology: light, dark and high contrast',
    async run(h) {
      const page = await openPicture(h, 'hosts.lintel');
      await h.vscode((api) => api.commands.executeCommand('workbench.action.closeSidebar'));
      const seen = new Set<string>();
      for (const name of [
        'Default Light Modern',
        'Default Dark Modern',
        'Default High Contrast',
        'Default High Contrast Light',
      ]) {
        await h.theme(name);
        const [background, ink] = await h.until('the page to follow', () =>
          page.locator('body').evaluate(
            (body, known) => {
              const view = body.ownerDocument.defaultView;
              const colour = view?.getComputedStyle(body).backgroundColor ?? '';
              const text = body.querySelector('.lt-node text');
              return known.includes(`${colour} ${body.className}`) || !text
                ? undefined
                : [`${colour} ${body.className}`, view?.getComputedStyle(text).fill ?? ''];
            },
            [...seen],
          ),
        );
        seen.add(background ?? '');
        assert.notEqual(background?.split(' vs')[0], ink);
        await h.screenshot(`topology-${name.replace('Default ', '').replaceAll(' ', '-').toLowerCase()}`);
      }
      await h.vscode((api) => api.commands.executeCommand('workbench.action.toggleSidebarVisibility'));
    },
  },
];
