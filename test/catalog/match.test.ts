import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundledCatalogs } from '../../server/src/catalog/bundled.ts';
import { parseCatalog } from '../../server/src/catalog/load.ts';
import { type DeviceQuery, matchDevice, models, modelText, nearestModels } from '../../server/src/catalog/match.ts';
import { deviceKinds } from '../../server/src/catalog/types.ts';
import { parsePciId } from '../../server/src/values/hexid.ts';
import { isProblem } from '../../server/src/values/problem.ts';

const pci = (text: string) => {
  const id = parsePciId(text);
  if (isProblem(id)) throw new Error(id.problem);
  return id;
};
const bundled = bundledCatalogs();
const plant = parseCatalog(
  readFileSync(new URL('../../examples/catalogs/plant-hcl.json', import.meta.url), 'utf8'),
  'plant',
).catalog;
const all = plant === undefined ? bundled : [plant, ...bundled];

/** A match in one line: `exact dell-h700`, `ambiguous a, b`, `unknown`. */
const matched = (query: DeviceQuery, catalogs = bundled) => {
  const match = matchDevice(catalogs, query);
  if (match.how === 'unknown') return 'unknown';
  return `${match.how} ${(match.how === 'ambiguous' ? match.candidates : match.entries).map((entry) => entry.id).join(', ')}`;
};

describe('matchDevice', () => {
  it('prefers the card to the chip', () => {
    expect(matched({ pci: pci('1000:0079:1028:1f16') })).toBe('exact dell-h700');
    expect(matched({ pci: pci('1000:0079:ffff:0001') })).toBe('family lsi-2108');
    expect(matched({ pci: pci('1000:0079') })).toBe('family lsi-2108');
    expect(matched({ pci: pci('ffff:0001') })).toBe('unknown');
  });

  it('asks the user’s own list first, but a better match still wins', () => {
    expect(matched({ pci: pci('8086:1572') }, all)).toBe('family x710-dell, intel-x710');
    expect(matched({ pci: pci('8086:1572:1028:1f9c') }, all)).toBe('exact x710-dell, intel-x710');
    expect(matched({ model: 'Intel X710' }, all)).toBe('model x710-dell, intel-x710');
    expect(matched({ pci: pci('1000:0079:1028:1f18') }, all)).toBe('exact dell-h700, old-h700');
  });

  it.each([
    ['X710', 'model intel-x710'],
    ['Intel X710', 'model intel-x710'],
    ['intel x 710', 'name intel-x710'],
    ['X710-DA2', 'model intel-x710'],
    ['Intel(R) Ethernet Controller X710 for 10GbE SFP+', 'name intel-x710'],
    ['NVIDIA ConnectX-5', 'name mellanox-connectx-5'],
    ['Broadcom BCM5720', 'model broadcom-bcm5720'],
    ['PowerEdge R660', 'model dell-r660'],
    ['Dell EMC PowerEdge R660', 'name dell-r660'],
    ['poweredge-r660', 'name dell-r660'],
    ['R660', 'name dell-r660'],
    ['HP ProLiant DL380 Gen10', 'name hpe-dl380-gen10'],
    ['AnywhereUSB/24 Plus', 'model digi-anywhereusb-24-plus'],
    ['AnywhereUSB/14', 'model digi-anywhereusb-14'],
    ['ME5024', 'model dell-me5024'],
    ['E810', 'ambiguous intel-e810-c, intel-e810-c-sfp, intel-e810-xxv'],
    ['ETERNUS DX100', 'ambiguous fujitsu-dx100-s4, fujitsu-dx100-s5'],
    ['Broadcom X710', 'unknown'],
    ['Ethernet', 'unknown'],
    ['X7', 'unknown'],
    ['', 'unknown'],
  ])('%s: %s', (model, expected) => {
    expect(matched({ model })).toBe(expected);
  });

  it('looks only among the kinds asked for', () => {
    expect(matched({ model: 'X710', kinds: ['hba', 'raid'] })).toBe('unknown');
    expect(matched({ pci: pci('8086:1572'), kinds: ['nic'] })).toBe('family intel-x710');
  });

  it('falls back to the model, and lets the model decide between cards', () => {
    expect(matched({ pci: pci('ffff:0001'), model: 'X710' })).toBe('model intel-x710');
    expect(matched({ pci: pci('1000:0079'), model: 'PERC H700' })).toBe('family lsi-2108');
  });

  it('never throws and never invents', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (model) => {
        const match = matchDevice(all, { model });
        if ('entries' in match) expect(match.entries.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('models', () => {
  it.each(deviceKinds)('every %s of the bundled data is found by what completion writes for it', (kind) => {
    const choices = models(bundled, kind);
    expect(choices.length).toBeGreaterThan(0);
    for (const { text, entry } of choices) expect(matched({ model: text, kinds: [kind] })).toBe(`model ${entry.id}`);
  });

  it('writes makers before cards only', () => {
    expect(models(bundled, 'nic').map((each) => each.text)).toContain('Intel X710');
    expect(models(bundled, 'server').map((each) => each.text)).toContain('PowerEdge R660');
    for (const { devices } of bundled) for (const entry of devices) expect(modelText(entry)).not.toMatch(/undefined|^\s|\s$/);
  });

  it('suggests', () => {
    expect(nearestModels(bundled, 'PowerEdge R66', 'server')[0]).toBe('PowerEdge R660');
    expect(nearestModels(bundled, 'Intel X71O', 'nic')[0]).toBe('Intel X710');
  });
});
