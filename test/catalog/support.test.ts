import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundledCatalogs } from '../../server/src/catalog/bundled.ts';
import { parseCatalog } from '../../server/src/catalog/load.ts';
import { matchDevice } from '../../server/src/catalog/match.ts';
import {
  completeCatalog,
  deviceSupport,
  driverPair,
  productRelease,
  releasesOf,
  supportOf,
} from '../../server/src/catalog/support.ts';
import type { DeviceEntry } from '../../server/src/catalog/types.ts';
import { isProblem } from '../../server/src/values/problem.ts';
import { parseVersion, type Version } from '../../server/src/values/version.ts';

const release = (text: string): Version => {
  const parsed = parseVersion(text);
  if (isProblem(parsed)) throw new Error(parsed.problem);
  return parsed;
};
const bundled = bundledCatalogs();
const plant = parseCatalog(
  readFileSync(new URL('../../examples/catalogs/plant-hcl.json', import.meta.url), 'utf8'),
  'plant',
).catalog;
const all = plant === undefined ? bundled : [plant, ...bundled];

const entry = (id: string): DeviceEntry => {
  const found = all.flatMap((catalog) => catalog.devices).find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};
/** An entry with the given lines, as a user writes them. */
const listed = (lines: object[], more: object = {}, file: object = {}): DeviceEntry => {
  const device = { id: 'a', kind: 'nic', vendor: 'V', model: 'M', releases: lines, ...more };
  const { catalog, problems } = parseCatalog(
    JSON.stringify({ lintelCatalog: 1, name: 'T', source: 's', devices: [device], ...file }),
    'test:',
  );
  expect(problems).toEqual([]);
  const found = catalog?.devices[0];
  if (found === undefined) throw new Error('no device');
  return found;
};
const esxi = (version: string, status: string, more: object = {}) => ({ product: 'esxi', version, status, ...more });

describe('deviceSupport', () => {
  const device = listed([
    esxi('6.5', 'supported', { to: '6.7u3' }),
    esxi('7.0', 'supported'),
    esxi('8.0.x', 'deprecated'),
    esxi('9.0', 'removed'),
  ]);
  it.each([
    ['6.0', 'unknown'],
    ['6.5', 'supported'],
    ['6.5u3', 'supported'],
    ['6.7u3', 'supported'],
    ['7.0', 'supported'],
    ['7.0u1', 'unknown'],
    ['8.0', 'deprecated'],
    ['8.0u3', 'deprecated'],
    ['9.0', 'removed'],
    ['9.1', 'removed'],
    ['10.0', 'removed'],
    ['8.x', 'unknown'],
    ['9.x', 'removed'],
  ])('ESXi %s: %s', (version, status) => {
    expect(deviceSupport(device, 'VMware ESXi', release(version)).status).toBe(status);
  });

  it('says nothing of other products', () => {
    expect(deviceSupport(device, 'hyperv', release('2022')).status).toBe('unknown');
  });

  it('prefers the exact release to a range, and a range to a line', () => {
    const mixed = listed([esxi('8.x', 'supported'), esxi('8.0', 'deprecated', { to: '8.0u2' }), esxi('8.0u2', 'removed')]);
    expect(['8.0u1', '8.0u2', '8.0u3', '8.1'].map((version) => deviceSupport(mixed, 'esxi', release(version)).status)).toEqual([
      'deprecated',
      'removed',
      'supported',
      'supported',
    ]);
  });

  it('makes a hint of what nobody verified', () => {
    const unsure = listed([esxi('8.0', 'removed', { verified: false, source: 'hearsay' })]);
    expect(deviceSupport(unsure, 'esxi', release('8.0u1'))).toMatchObject({
      status: 'unknown',
      claim: 'removed',
      verified: false,
      source: 'hearsay',
    });
  });

  it('accuses a device of being absent only when the list is complete', () => {
    const complete = { complete: [{ product: 'ESXi', kinds: ['nic'], releases: ['8.0.x'] }] };
    const absent = listed([esxi('7.0', 'supported')], {}, complete);
    expect(deviceSupport(absent, 'esxi', release('8.0u1'))).toMatchObject({ status: 'not-listed', verified: true, source: 's' });
    expect(deviceSupport(absent, 'esxi', release('7.0u1')).status).toBe('unknown');
    expect(deviceSupport(listed([], { kind: 'raid' }, complete), 'esxi', release('8.0')).status).toBe('unknown');
    expect(completeCatalog(all, 'nic', 'esxi', release('8.0u3'))?.name).toBe('Riverside plant HCL');
    expect(completeCatalog(all, 'hba', 'esxi', release('8.0u3'))).toBeUndefined();
    expect(completeCatalog(bundled, 'nic', 'esxi', release('8.0u3'))).toBeUndefined();
  });

  it('lets the first catalogue that knows decide', () => {
    const match = matchDevice(all, { model: 'Intel X710' });
    const entries = 'entries' in match ? match.entries : [];
    expect(supportOf(entries, 'esxi', release('8.0u3'))).toMatchObject({
      status: 'supported',
      driver: { name: 'i40en' },
      firmware: '22.5.7',
    });
    expect(supportOf([], 'esxi', release('8.0'))).toBeUndefined();
  });
});

describe('the bundled data', () => {
  it('never accuses on what is unverified', () => {
    for (const { devices } of bundled) {
      for (const device of devices) {
        for (const line of device.releases.filter((each) => !each.verified)) {
          const { status, claim } = deviceSupport(device, line.product, line.version);
          expect([device.id, status, claim]).toEqual([device.id, 'unknown', line.status]);
        }
      }
    }
  });

  it('accuses of nothing but what a public document says', () => {
    const accused = bundled.flatMap(({ devices }) =>
      devices.filter((each) => each.releases.some((line) => line.verified && line.status !== 'supported')),
    );
    expect(accused.map((each) => each.id).sort()).toEqual([
      'cpu-greyhound',
      'cpu-merom',
      'cpu-nehalem',
      'cpu-penryn',
      'cpu-rev-e',
      'cpu-rev-f',
      'cpu-westmere',
      'dell-h700',
      'dell-h800',
      'fujitsu-d2616',
      'ibm-m5015',
      'lsi-2108',
      'software-fcoe',
    ]);
    for (const device of accused)
      for (const line of device.releases) expect(line.source).toMatch(/VMware|williamlam\.com|^Not checked/);
  });

  it('knows vmklinux-only devices from 7.0 on (HWC003)', () => {
    expect(deviceSupport(entry('dell-h700'), 'esxi', release('7.0'))).toMatchObject({
      status: 'removed',
      vmklinuxOnly: true,
      driver: { name: 'megaraid_sas' },
    });
    expect(deviceSupport(entry('dell-h700'), 'esxi', release('6.7u3'))).toMatchObject({ status: 'unknown', vmklinuxOnly: false });
    expect(deviceSupport(entry('broadcom-bcm57810'), 'esxi', release('8.0')).vmklinuxOnly).toBe(false);
    // Only vmklinux as far as recorded, but nobody verified that.
    expect(deviceSupport(entry('intel-82576'), 'esxi', release('8.0')).vmklinuxOnly).toBe(false);
    expect(deviceSupport(entry('dell-h700'), 'esxi', release('6.x')).vmklinuxOnly).toBe(false);
  });

  it('refuses CPUs without XSAVE on 8.0 U2 and software FCoE on 8.0', () => {
    const westmere = bundled.flatMap(({ devices }) => devices.filter((device) => device.cpuGenerations?.includes('westmere')));
    const status = (version: string) => supportOf(westmere, 'esxi', release(version));
    expect(status('8.0u2')).toMatchObject({ status: 'removed', verified: true });
    expect(status('8.0u1')).toMatchObject({ status: 'unknown', claim: 'removed' });
    expect(status('6.7')).toMatchObject({ status: 'unknown' });
    expect(deviceSupport(entry('software-fcoe'), 'esxi', release('8.0')).status).toBe('removed');
    expect(deviceSupport(entry('realtek-8168'), 'esxi', release('8.0'))).toMatchObject({
      status: 'unknown',
      claim: 'not-listed',
    });
  });

  it('says of itself what it is not', () => {
    for (const { header } of bundled)
      expect(header.description).toMatch(/not a vendor's compatibility list.*catalog "file\.json"/);
    for (const { devices } of bundled) for (const device of devices) expect(device.source).not.toBe('');
  });
});

describe('driverPair', () => {
  const support = deviceSupport(entry('x710-dell'), 'esxi', release('8.0u3'));
  it.each([
    [{ name: 'i40en', version: '2.5.11.0', firmware: '22.5.7' }, 'listed'],
    [{ name: 'I40EN', version: 'v2.5.11' }, 'listed'],
    [{ firmware: '21.5.9' }, 'listed'],
    [{ version: '2.5.11.0', firmware: '21.5.9' }, 'not-listed'],
    [{ name: 'i40e' }, 'not-listed'],
    [{}, 'unknown'],
  ])('%j: %s', (installed, status) => {
    expect(driverPair(support, installed).status).toBe(status);
  });

  it('says nothing where the list gives no versions', () => {
    expect(driverPair(deviceSupport(entry('bcm5720'), 'esxi', release('8.0u3')), { name: 'tg3', version: '1' }).status).toBe(
      'unknown',
    );
    expect(driverPair(deviceSupport(entry('x710-dell'), 'esxi', release('7.0')), { version: '1' }).status).toBe('unknown');
  });
});

describe('releases', () => {
  it('have dates', () => {
    expect(productRelease(all, 'VMware ESXi', release('8.0 U3'))).toMatchObject({ supportEnds: { text: '2027-10-11' } });
    expect(productRelease(bundled, 'esxi', release('6.7'))).toMatchObject({
      released: { text: '2018-04-17' },
      supportEnds: { text: '2022-10-15' },
      verified: true,
    });
    expect(productRelease(bundled, 'esxi', release('5.0'))).toBeUndefined();
  });

  it('come in order', () => {
    const texts = releasesOf(all, 'esxi').map((each) => each.version.text);
    expect(texts.slice(0, 3)).toEqual(['6.0', '6.0u1', '6.0u2']);
    expect(texts.slice(-3)).toEqual(['8.0u2', '8.0u3', '9.0']);
    expect(new Set(texts).size).toBe(texts.length);
    expect(releasesOf(all, 'Hyper-V').map((each) => each.version.text)).toEqual([
      '2008r2',
      '2012',
      '2012r2',
      '2016',
      '2019',
      '2022',
      '2025',
    ]);
  });
});
