/**
 * What Lintel is for: somebody breaks the sound design of `examples/scada-plant` with one edit, and is told where, why and what to do.
 * Each scenario changes the text in memory, and where there is a quick fix, the fix makes the design sound again.
 */
import { describe, expect, it } from 'vitest';
import type { WorkspaceFinding } from '../../server/src/analysis/workspace.ts';
import { type Fixture, show } from '../kit/lintel.ts';
import { applied, changed, check, exampleText, folder, placeOf, withFile } from './folders.ts';

type Edit = readonly [file: string, pattern: RegExp, text: string];

interface Expected {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** The whole line, without its indentation. */
  readonly line: string | RegExp;
  readonly marked: string;
  /** What the message has to say. */
  readonly says: readonly (string | RegExp)[];
}

const plant = folder('scada-plant');
const serious = (made: Fixture): readonly WorkspaceFinding[] =>
  check(made).findings.filter(({ severity }) => severity === 'error' || severity === 'warning');

/** Exactly these findings; returns them in order. */
function expectFindings(made: Fixture, expected: readonly Expected[]): readonly WorkspaceFinding[] {
  const found = serious(made);
  expect(
    found.map(({ rule, severity }) => `${rule} ${severity}`),
    show(found),
  ).toEqual(expected.map(({ code, severity }) => `${code} ${severity}`));
  expected.forEach(({ file, line, marked, says }, at) => {
    const finding = found[at];
    if (!finding) return;
    const place = placeOf(made, finding);
    expect({ file: place.file, marked: place.marked }).toEqual({ file, marked });
    if (typeof line === 'string') expect(place.line).toBe(line);
    else expect(place.line).toMatch(line);
    for (const part of says) expect(finding.message).toMatch(part);
  });
  return found;
}

/** Applies the fix with this title and returns the design after it. */
function fixedBy(made: Fixture, finding: WorkspaceFinding | undefined, title: RegExp): Fixture {
  const fixes = finding?.fixes() ?? [];
  expect(fixes.map((fix) => fix.title)).toEqual([expect.stringMatching(title)]);
  return applied(made, fixes[0]?.edits ?? []);
}

const withoutFix = (finding: WorkspaceFinding | undefined): void => expect(finding?.fixes()).toEqual([]);

it('starts from a sound design', () => {
  expect(show(check(plant).findings)).toBe('');
});

describe('1. vMotion on the production VLAN', () => {
  const onControl: readonly Edit[] = [
    ['hosts.lintel', /vmk1 on migration services vmotion/, 'vmk1 on control services vmotion'],
    ['hosts.lintel', /vmk1 address migration\.host\(10 \+ i\)/, 'vmk1 address control.host(110 + i)'],
  ];
  const line = /^vmkernel\s+vmk1 on control\s+services vmotion\s+active vmnic0 standby vmnic1$/;

  it('is a warning while it is encrypted, at the network of the adapter', () => {
    const [finding] = expectFindings(changed(plant, onControl), [
      {
        code: 'NET003',
        severity: 'warning',
        file: 'hosts.lintel',
        line,
        marked: 'control',
        says: ['vmk1', 'live migration', 'network control, which is for production', 'a network of its own', /esx2 and esx3/],
      },
    ]);
    withoutFix(finding);
    expect(finding?.related?.map(({ uri }) => uri)).toEqual(['file:///design/networks.lintel']);
  });

  it('also tells that the address does not fit, if only the network was changed', () => {
    const found = serious(changed(plant, onControl.slice(0, 1)));
    expect(found.map(({ rule }) => rule)).toEqual(['NET003', 'ADR004']);
    expect(found[1]?.message).toContain('10.4.30.11 of vmk1 of esx1 is outside of 10.4.100.0/22');
  });

  it('is an error in clear text, and the fix brings encryption back', () => {
    const clear = changed(plant, [
      ...onControl,
      ['hosts.lintel', /(\n +live-migration +yes)/, '$1\n  migration-encryption disabled'],
    ]);
    const [finding] = expectFindings(clear, [
      {
        code: 'NET004',
        severity: 'error',
        file: 'hosts.lintel',
        line,
        marked: 'control',
        says: ['network control', /clear|encrypt/],
      },
    ]);
    const fixed = fixedBy(clear, finding, /encrypt/i);
    expect(fixed.files.get('file:///design/hosts.lintel')).toContain('migration-encryption required');
    expect(serious(fixed).map(({ rule }) => rule)).toEqual(['NET003']);
  });

  it('is an error on a release that cannot encrypt', () => {
    const old = changed(plant, [...onControl, ['hosts.lintel', /hypervisor esxi 8\.0u3/, 'hypervisor esxi 6.0u3']]);
    const rules = serious(old).map(({ rule }) => rule);
    expect(rules).toContain('NET004');
    expect(rules).not.toContain('NET003');
  });
});

describe('2. FT logging on the uplink of vMotion', () => {
  const expected: Expected = {
    code: 'NET005',
    severity: 'error',
    file: 'hosts.lintel',
    line: /^vmkernel vmk2 on lockstep\s+services ft-logging active vmnic0/,
    marked: 'vmnic0',
    says: [
      'FT logging (vmk2) and vMotion (vmk1) of esx1 both run over vmnic0',
      'slows the protected VMs down',
      'Make vmnic1 the active uplink of vmk2',
    ],
  };

  it.each<readonly [string, readonly Edit[]]>([
    [
      'both on vmnic0 alone',
      [
        ['hosts.lintel', /active vmnic0 standby vmnic1/, 'active vmnic0'],
        ['hosts.lintel', /active vmnic1 standby vmnic0/, 'active vmnic0'],
      ],
    ],
    ['FT logging on vmnic0 alone', [['hosts.lintel', /active vmnic1 standby vmnic0/, 'active vmnic0']]],
    ['the same order for both', [['hosts.lintel', /active vmnic1 standby vmnic0/, 'active vmnic0 standby vmnic1']]],
  ])('%s: the fix gives FT logging the other uplink', (_title, edits) => {
    const made = changed(plant, edits);
    const [finding] = expectFindings(made, [{ ...expected, says: [...expected.says.map(literal), /esx2 and esx3/] }]);
    const fixed = fixedBy(made, finding, /^Make vmnic1 active and vmnic0 standby for vmk2$/);
    expect(fixed.files.get('file:///design/hosts.lintel')).toMatch(/vmk2 .*active vmnic1 standby vmnic0/);
    expect(show(serious(fixed))).toBe('');
  });

  it('one network for both', () => {
    const made = changed(plant, [
      ['hosts.lintel', /vmk2 on lockstep /, 'vmk2 on migration'],
      ['hosts.lintel', /vmk2 address lockstep\.host\(10 \+ i\)/, 'vmk2 address migration.host(20 + i)'],
    ]);
    expectFindings(made, [
      {
        ...expected,
        line: /^vmkernel vmk2 on migration/,
        marked: 'migration',
        says: [/both in network migration/, /a network of its own/],
      },
    ]);
  });
});

describe('3. The dongle VM with HA on', () => {
  const expected: Expected = {
    code: 'USB003',
    severity: 'error',
    file: 'workload.lintel',
    line: 'vm SRV-KEY in scada {',
    marked: 'SRV-KEY',
    says: ['HA is on for SRV-KEY', 'its dongle sits in esx2/usb1', 'runs without a licence', 'Switch HA off', 'softkey'],
  };

  it('inherited from the cluster: stands at the VM', () => {
    const made = changed(plant, [['workload.lintel', /\n +ha +off(?=\n)/, '']]);
    const [finding] = expectFindings(made, [{ ...expected, says: [...expected.says, /cluster scada/] }]);
    const fixed = fixedBy(made, finding, /^Switch HA off for SRV-KEY$/);
    expect(show(serious(fixed))).toBe('');
    expect(finding?.related?.map(({ uri }) => uri)).toEqual(['file:///design/workload.lintel']);
  });

  it('asked for by the VM: stands at that word', () => {
    const made = changed(plant, [['workload.lintel', /\n +ha +off(?=\n)/, '\n  ha restart high']]);
    const [finding] = expectFindings(made, [{ ...expected, line: 'ha restart high', marked: 'restart high' }]);
    expect(show(serious(fixedBy(made, finding, /^Switch HA off for SRV-KEY$/)))).toBe('');
  });
});

describe('4. Both E3 servers on one host', () => {
  const expected: Expected = {
    code: 'SCD002',
    severity: 'error',
    file: 'workload.lintel',
    line: /^servers\s+E3-A, E3-B$/,
    marked: 'E3-A, E3-B',
    says: [
      'E3-A and E3-B',
      'both run on esx1',
      'the standby fails with the server',
      'Put one of them on another host, as their anti-affinity rule demands',
    ],
  };
  const server = (name: string, more: string): Edit => [
    'workload.lintel',
    new RegExp(`vm ${name} in scada : e3-server \\{`),
    `vm ${name} in scada${more}`,
  ];

  it('placed there, against the rule that keeps them apart', () => {
    const made = changed(plant, [server('E3-A', ' on esx1 : e3-server {'), server('E3-B', ' on esx1 : e3-server {')]);
    const [finding] = expectFindings(made, [expected]);
    withoutFix(finding);
    expect(finding?.related?.map(({ message }) => message)).toEqual([
      'E3-A runs on esx1',
      'E3-B runs on esx1',
      'This rule keeps them apart',
    ]);
  });

  it('pinned there: HA cannot start them either', () => {
    const pin = ' : e3-server {\n  pin must esx1';
    const tied: Expected = {
      code: 'CLU014',
      severity: 'error',
      file: 'workload.lintel',
      line: 'pin must esx1',
      marked: 'must esx1',
      says: ['must run on esx1 and nowhere else', 'HA leaves it down'],
    };
    expectFindings(changed(plant, [server('E3-A', pin), server('E3-B', pin)]), [tied, tied, expected]);
  });

  it('placed there, without a rule', () => {
    const made = changed(plant, [
      server('E3-A', ' on esx1 : e3-server {'),
      server('E3-B', ' on esx1 : e3-server {'),
      ['workload.lintel', /anti-affinity .*\n/, ''],
    ]);
    expectFindings(made, [{ ...expected, says: ['both run on esx1', /Put one of them on another host\.$/] }]);
  });

  it('on different hosts it is well', () => {
    const made = changed(plant, [server('E3-A', ' on esx1 : e3-server {'), server('E3-B', ' on esx2 : e3-server {')]);
    expect(show(serious(made))).toBe('');
  });

  it('the rule removed: the fix writes it again', () => {
    const made = changed(plant, [['workload.lintel', /anti-affinity .*\n/, '']]);
    const [finding] = expectFindings(made, [
      { ...expected, says: ['Nothing keeps E3-A and E3-B on different hosts of scada', 'Add an anti-affinity rule'] },
    ]);
    const fixed = fixedBy(made, finding, /anti-affinity rule/);
    expect(fixed.files.get('file:///design/workload.lintel')).toContain('\nanti-affinity must vms E3-A, E3-B\n');
    expect(show(serious(fixed))).toBe('');
  });
});

describe('5. Hardware that is not on the list', () => {
  const list = exampleText('catalogs/plant-hcl.json');
  const withList = (text: string, edits: readonly Edit[]): Fixture =>
    withFile(changed(plant, [['plant.lintel', /^lintel 1\n/, 'lintel 1\n\ncatalog "hcl.json"\n'], ...edits]), 'hcl.json', text);
  const cards: Edit = ['hosts.lintel', /Broadcom BCM5720/, 'Realtek RTL8125'];
  const expected: Expected = {
    code: 'HWC001',
    severity: 'error',
    file: 'hosts.lintel',
    line: 'nic vmnic[4..5] speed 1Gbps  model "Realtek RTL8125"',
    marked: '"Realtek RTL8125"',
    says: [
      /esx1\.vmnic4 \("Realtek RTL8125"\) is not in "Riverside plant HCL"/,
      /ESXi 8\.0u3/,
      /no supported driver/,
      /Choose a listed device/,
      /esx2 and esx3/,
    ],
  };

  it('accepts what the plant lists', () => expect(show(check(withList(list, [])).findings)).toBe(''));

  it('a network card that a complete list does not name', () => {
    const [finding] = expectFindings(withList(list, [cards]), [expected]);
    withoutFix(finding);
  });

  it('without a list: a warning to look it up', () => {
    expectFindings(changed(plant, [cards]), [
      { ...expected, severity: 'warning', says: [/Realtek RTL8125/, /compatibility guide/] },
    ]);
  });

  it('a network card that was removed in this release', () => {
    const removed = JSON.stringify(JSON.parse(list), (_key, value: unknown) => {
      const device = value as { id?: string } | null;
      return typeof device === 'object' && device?.id === 'bcm5720'
        ? { ...device, releases: [{ product: 'esxi', version: '8.0', status: 'removed' }] }
        : value;
    });
    expectFindings(withList(removed, []), [
      {
        ...expected,
        line: 'nic vmnic[4..5] speed 1Gbps  model "Broadcom BCM5720"',
        marked: '"Broadcom BCM5720"',
        says: [/Broadcom BCM5720/, /no longer supported on ESXi 8\.0u3/, /removed in 8\.0/, /Choose another device/],
      },
    ]);
  });

  it('a controller that lost its driver with the old Linux layer', () => {
    const h700: Edit = ['hosts.lintel', /(\n +usb +usb1)/, '$1\n  hba vmhba0 type raid model "PERC H700"'];
    expectFindings(withList(list, [h700]), [
      {
        ...expected,
        code: 'HWC003',
        line: 'hba vmhba0 type raid model "PERC H700"',
        marked: '"PERC H700"',
        says: [/PERC H700/, /vmklinux/, /does not see it/, /Replace it/],
      },
    ]);
  });
});

/** A text as a pattern that means itself. */
function literal(text: string | RegExp): RegExp {
  return typeof text === 'string' ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text;
}
