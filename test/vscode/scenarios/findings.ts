/** Findings: squiggles and messages while mistakes are typed and mended. */
import assert from 'node:assert/strict';
import type { Harness, Kind, Marker, Scenario } from '../harness.ts';

/** Waits for a finding of a rule in the active file, and that its squiggle stands above exactly these words. */
async function found(h: Harness, code: string, kind: Kind, words: string, message: RegExp): Promise<Marker> {
  const marker = await h.until(`${code} ${message}`, async () =>
    (await h.getMarkers()).find((candidate) => candidate.code === code && message.test(candidate.message)),
  );
  assert.equal(marker.severity, kind);
  await h.vscode((api, line) => {
    const place = new api.Range(line, 0, line, 0);
    api.window.activeTextEditor?.revealRange(place, api.TextEditorRevealType.InCenterIfOutsideViewport);
  }, marker.line);
  await h.until(`a squiggle (${kind}) at "${words}"`, async () => (await h.squiggled(kind)).includes(words));
  return marker;
}

interface Breakage {
  readonly what: string;
  readonly file: string;
  /** What is replaced in the plant, and what is typed in its place. */
  readonly old: string;
  readonly typed: string;
  readonly also?: readonly (readonly [old: string, typed: string])[];
  readonly code: string;
  readonly kind: Kind;
  readonly words: string;
  readonly message: RegExp;
}

/** The five mistakes of the brief that Lintel was made after. */
const breakages: readonly Breakage[] = [
  {
    what: 'vMotion on the production VLAN',
    file: 'hosts.lintel',
    old: 'vmk1 on migration services',
    typed: 'vmk1 on control services',
    also: [['vmk1 address migration.host', 'vmk1 address control.host']],
    code: 'NET003',
    kind: 'warning',
    words: 'control',
    message: /vmk1 of esx1 carries live migration in network control/,
  },
  {
    what: "FT logging over vMotion's uplink",
    file: 'hosts.lintel',
    old: 'ft-logging active vmnic1 standby vmnic0',
    typed: 'ft-logging active vmnic0 standby vmnic1',
    code: 'NET005',
    kind: 'error',
    words: 'vmnic0',
    message: /FT logging \(vmk2\) and vMotion \(vmk1\) of esx1 both run over vmnic0/,
  },
  {
    what: 'HA for a VM with a dongle in its host',
    file: 'workload.lintel',
    old: 'ha     off',
    typed: 'ha     restart high',
    code: 'USB003',
    kind: 'error',
    words: 'restart high',
    message: /HA is on for SRV-KEY, but its dongle sits in esx2\/usb1/,
  },
  {
    what: 'both E3 servers on one host',
    file: 'workload.lintel',
    old: 'anti-affinity e3-apart must vms E3-A, E3-B',
    typed: 'affinity e3-together must vms E3-A, E3-B',
    code: 'SCD002',
    kind: 'error',
    words: 'E3-A, E3-B',
    message: /E3-A and E3-B/,
  },
  {
    what: 'a NIC that is not on the compatibility list',
    file: 'hosts.lintel',
    old: 'Broadcom BCM5720',
    typed: 'Realtek RTL8168',
    code: 'HWC001',
    kind: 'warning',
    words: '"Realtek RTL8168"',
    message: /not on the compatibility list of ESXi 8\.0u3/,
  },
];

export const findings: readonly Scenario[] = [
  {
    name: 'the plant has no errors and no warnings',
    async run(h) {
      for (const file of ['plant', 'hosts', 'networks', 'workload']) {
        await h.openFile(`scada-plant/${file}.lintel`);
        await h.until('the server to answer', async () => /Lintel/.test(await h.statusBar()));
        const found = (await h.getMarkers()).filter(({ severity }) => severity === 'error' || severity === 'warning');
        assert.deepEqual(found, []);
      }
    },
  },
  {
    name: 'a mistyped word gets a squiggle and a proposal, and is mended by it',
    async run(h) {
      await h.openFile('scada-plant/workload.lintel');
      await h.select('vcpu     4');
      await h.type('vpcu     4');
      const { message } = await found(h, 'LNT101', 'error', 'vpcu', /did you mean "vcpu"\?/i);
      await h.until('the status item to count', async () => /Lintel 1\b/.test(await h.statusBar()));
      await h.command('View: Focus Problems');
      await h.page.locator('.part.panel input[placeholder^="Filter"]').fill('vpcu');
      const problems = h.page.locator('.markers-panel .monaco-list-row');
      await problems.filter({ hasText: message.slice(0, 40) }).waitFor();
      await h.screenshot('problems');
      await h.command('View: Toggle Problems');
      await h.quickFix(/vcpu/, 'vpcu     4');
      await h.noSquiggles();
      assert.match(await h.text(), /^ {2}vcpu {5}4$/m);
      await h.until('the status item to be content', async () => !/Lintel \d/.test(await h.statusBar()));
    },
  },
  ...breakages.map(
    ({ what, file, old, typed, also = [], code, kind, words, message }): Scenario => ({
      name: `breakage: ${what}`,
      async run(h) {
        await h.openFile(`scada-plant/${file}`);
        for (const [from, to] of [...also, [old, typed] as const]) {
          await h.select(from);
          await h.type(to);
        }
        await h.press('Escape');
        await found(h, code, kind, words, message);
        await h.screenshot(`breakage-${code}`);
        for (const [from, to] of [...also, [old, typed] as const]) {
          await h.select(to);
          await h.type(from);
        }
        await h.waitForNoMarker(new RegExp(`^${code}$`));
        await h.noSquiggles();
      },
    }),
  ),
  {
    name: 'a rule mends what it found',
    async run(h) {
      await h.openFile('scada-plant/hosts.lintel');
      await h.select('active vmnic1 standby vmnic0');
      await h.type('active vmnic0 standby vmnic1');
      await h.press('Escape');
      await h.waitForMarker(/^NET005$/);
      const place = 'vmnic0 standby vmnic1\n  }';
      const offered = await h.quickFixes(place);
      assert.match(offered.join('\n'), /Make vmnic1 active.*\n[\s\S]*waive NET005[\s\S]*Explain NET005/);
      await h.quickFix(/Make vmnic1 active/, place);
      await h.waitForNoMarker(/NET005/);
      assert.match(await h.text(), /ft-logging active vmnic1 standby vmnic0/);
    },
  },
  {
    name: 'a rule explains itself, and a waiver silences it',
    async run(h) {
      await h.openFile('scada-plant/hosts.lintel');
      await h.select('Broadcom BCM5720');
      await h.type('Realtek RTL8168');
      await h.waitForMarker(/^HWC001$/);
      const before = await h.text();
      await h.quickFix(/waive HWC001/, '"Realtek');
      assert.notEqual(await h.text(), before);
      await h.waitForNoMarker(/^HWC001$/);
      await h.press('Control+Z');
      await h.waitForMarker(/^HWC001$/);
      await h.cursor('"Realtek');
      await h.press('Control+.');
      await h.page.locator('.action-widget .monaco-list-row.action', { hasText: 'Explain HWC001' }).click();
      const page = await h.webview('h1');
      assert.match(await page.locator('h1').first().innerText(), /HWC001/);
      await h.screenshot('explain');
    },
  },
  {
    name: 'a rule that the settings turn off is silent',
    async run(h) {
      await h.openFile('scada-plant/hosts.lintel');
      await h.select('Broadcom BCM5720');
      await h.type('Realtek RTL8168');
      await h.waitForMarker(/^HWC001$/);
      await h.setting('lintel.rules', { HWC001: 'off' });
      await h.waitForNoMarker(/^HWC001$/);
      await h.setting('lintel.rules', { HWC001: 'error' });
      assert.equal((await h.waitForMarker(/^HWC001$/)).severity, 'error');
    },
  },
];
