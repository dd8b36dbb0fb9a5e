import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { compareDesigns } from '../../server/src/analysis/compare.ts';
import { createOldDesigns } from '../../server/src/analysis/oldDesign.ts';
import { pictureOf } from '../../server/src/analysis/picture.ts';
import type { Workspace } from '../../server/src/analysis/workspace.ts';
import { registerPictures } from '../../server/src/lsp/pictures.ts';
import { type TopologyParams, type TopologyResult, topologyRequest } from '../../server/src/lsp/protocol.ts';
import { differenceText } from '../../server/src/topology/diff.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { views } from '../../server/src/topology/views/index.ts';
import { fixture, mainUri, open } from '../kit/lintel.ts';

const run = createInProcessRunner();

function opened(text: string): { readonly workspace: Workspace; readonly design: ReturnType<Workspace['designs']>[number] } {
  const { workspace } = open(text, { rules: [] });
  const [design] = workspace.designs(mainUri);
  if (!design) throw new Error('no design');
  return { workspace, design };
}

/** What the model tells, one line for each. */
function told(old: string, now: string): readonly string[] {
  return compareDesigns(opened(old).design, opened(now).design).changes.map(differenceText);
}

async function shown(
  old: string,
  now: string,
  view: string,
): Promise<{ readonly changes: readonly string[]; readonly elsewhere: readonly string[]; readonly counts?: string }> {
  const { design, workspace } = opened(now);
  const { differences } = await pictureOf(
    workspace,
    design,
    run,
    'light',
    { view },
    { against: { label: 'HEAD', design: opened(old).design } },
  );
  return {
    changes: (differences?.changes ?? []).map(differenceText),
    elsewhere: (differences?.elsewhere ?? []).map(differenceText),
    ...(differences === undefined ? {} : { counts: differences.counts }),
  };
}

const base = `network ops vlan 30 subnet 10.0.30.0/24
switch sw-1 ports 8
host esx1 { memory 64GB; nic n0 speed 1Gbps port sw-1/1
 vswitch v uplinks n0 { portgroup "Ops" on ops } }
host esx2 { memory 64GB; nic n0 speed 1Gbps port sw-1/2 }
cluster c hosts esx1, esx2 { ha failures 1 isolation-response none }
vm web in c { vcpu 4; memory 8GB; disk 40GB
 nic e on "Ops" address 10.0.30.5 }
vm db in c { vcpu 2; memory 4GB; pin must esx1 }
`;
const edit = (from: string, to: string): string => {
  if (!base.includes(from)) throw new Error(`there is no "${from}"`);
  return base.replaceAll(from, to);
};

describe('two states of a design', () => {
  it('tell nothing when only spacing, comments and order differ', () => {
    expect(told(base, `// said otherwise\n${base.replace('vcpu 4;', 'vcpu   4 ;')}`)).toEqual([]);
  });

  it.each<[string, string, string, readonly string[]]>([
    ['a number', 'vcpu 4;', 'vcpu 8;', ['∆ virtual machine web: vcpu 4 → 8']],
    ['a VLAN', 'vlan 30', 'vlan 31', ['∆ network ops: vlan 30 → 31']],
    ['a speed', 'n0 speed 1Gbps port sw-1/2', 'n0 speed 10Gbps port sw-1/2', ['∆ NIC esx2.n0: speed 1Gbps → 10Gbps']],
    ['a port', 'sw-1/2', 'sw-1/3', ['∆ NIC esx2.n0: port sw-1/2 → sw-1/3']],
    ['a property more', 'memory 4GB;', 'memory 4GB; os "Debian";', ['∆ virtual machine db: now os "Debian"']],
    ['a property less', 'vcpu 2; ', '', ['∆ virtual machine db: no longer vcpu 2']],
    ['a part of a property', 'response none', 'response shutdown', ['∆ cluster c: ha isolation-response none → shutdown']],
    ['where it runs', 'must esx1', 'must esx2', ['∆ virtual machine db: pin esx1 → esx2']],
    ['a list', 'hosts esx1, esx2', 'hosts esx1', ['∆ cluster c: hosts esx1, esx2 → esx1']],
    ['a part that came', 'disk 40GB', 'disk 40GB; disk 10GB', ['+ disk web.disk2 added']],
    ['a machine that went', 'vm db in c { vcpu 2; memory 4GB; pin must esx1 }\n', '', ['− virtual machine db removed']],
    ['a description', 'vm db', '/// Historian\nvm db', ['∆ virtual machine db: description changed']],
  ])('%s', (_, from, to, expected) => {
    expect(told(base, edit(from, to))).toEqual(expected);
  });

  it('tell a new name once, and not of each that names it', () => {
    expect(told(base, edit('ops', 'plant'))).toEqual(['∆ network plant: renamed from ops']);
    expect(told(base, edit('esx1', 'srv1'))).toEqual(['∆ host srv1: renamed from esx1']);
    expect(told(base, edit('sw-1', 'core'))).toEqual(['∆ switch core: renamed from sw-1']);
  });

  it('of a machine that came with its parts tell it once', () => {
    expect(told(base, `${base}host esx3 { nic n0; nic n1 }\n`)).toEqual(['+ host esx3 added, and 2 things in it']);
  });

  it('everything is new where there was nothing', () => {
    const { changes } = compareDesigns(undefined, opened(base).design);
    expect(new Set(changes.map(({ change }) => change))).toEqual(new Set(['added']));
    expect(changes).toHaveLength(7);
  });

  it('a LUN in another array has moved', () => {
    const arrays = (one: string, two: string): string => `array a { lun x size 1TB ${one} }\narray b { lun y size 2TB ${two} }\n`;
    expect(told(arrays('; lun data size 3TB', ''), arrays('', '; lun data size 3TB'))).toEqual(['→ LUN b.data: a → b']);
  });
});

describe('the picture of two states', () => {
  it('tells of parts that a view draws no boxes of on what they are part of, and of the rest elsewhere', async () => {
    const now = edit('disk 40GB', 'disk 80GB').replace('vlan 30', 'vlan 31');
    expect(await shown(base, now, 'placement')).toEqual({
      changes: ['∆ virtual machine web: disk disk1: size 40GB → 80GB'],
      elsewhere: ['∆ network ops: vlan 30 → 31'],
      counts: '1 changed',
    });
  });

  it('a VM that stands in another host has moved', async () => {
    const { changes } = await shown(base, edit('must esx1', 'must esx2'), 'placement');
    expect(changes.filter((text) => text.startsWith('→'))).toEqual(['→ virtual machine db: esx1 → esx2']);
  });

  it('equal designs have no differences in any view, and are drawn as always', async () => {
    const plant = readFileSync(new URL('../../examples/six-ports/six-ports.lintel', import.meta.url), 'utf8');
    const { design, workspace } = opened(plant);
    for (const { id } of views) {
      const picture = await pictureOf(
        workspace,
        design,
        run,
        'light',
        { view: id },
        { against: { label: 'HEAD', design: opened(plant).design } },
      );
      expect(picture.differences).toEqual({ changes: [], elsewhere: [], counts: 'no differences' });
      expect(picture.svg).toContain('compared with HEAD: no differences');
      expect(picture.svg).not.toContain('lt-diff');
    }
  });

  it('what went can be focused by its old name', async () => {
    const { design, workspace } = opened(edit('host esx2 { memory 64GB; nic n0 speed 1Gbps port sw-1/2 }\n', ''));
    const against = { label: 'HEAD', design: opened(base).design };
    const { svg } = await pictureOf(workspace, design, run, 'light', { focus: 'esx2' }, { against });
    expect(svg).toMatch(/lt-c-removed" data-id="host:esx2"/);
  });

  it('findings of the old design are not marked', async () => {
    const { workspace } = open(base);
    const [design] = workspace.designs(mainUri);
    const { workspace: old } = open(edit('vlan 30', 'vlan 5000'));
    if (!design) throw new Error('no design');
    const { svg } = await pictureOf(
      workspace,
      design,
      run,
      'light',
      {},
      { against: { label: 'HEAD', design: old.designs(mainUri)[0] } },
    );
    expect(svg).not.toContain('NET023');
  });

  it('a comparison never throws, whatever the old design is', async () => {
    const lines = base.split('\n');
    const parts = fc
      .array(fc.oneof(fc.constantFrom(...lines), fc.string({ maxLength: 20 })), { maxLength: 12 })
      .map((all) => all.join('\n'));
    const { design } = opened(base);
    fc.assert(
      fc.property(parts, (text) => {
        const old = opened(`${text}\n`).design;
        const there = compareDesigns(old, design);
        const back = compareDesigns(design, old);
        const count = (changes: typeof there.changes, change: string): number =>
          changes.filter((each) => each.change === change).length;
        expect(count(back.changes, 'removed')).toBe(count(there.changes, 'added'));
      }),
      { numRuns: 60 },
    );
  });
});

describe('an older state as an editor sends it', () => {
  const { design } = opened(base);
  const root = mainUri;

  it('is read with its imports, and kept while it stays the same', () => {
    const olds = createOldDesigns();
    const { files } = fixture('import "nets.lintel"\nhost esx1 { nic n0 }\n--- nets.lintel\nnetwork ops vlan 30\n');
    const sent = { label: 'HEAD', files: Object.fromEntries(files) };
    const first = olds(sent, design);
    expect(first.note).toBeUndefined();
    expect(first.against?.design?.project.files().size).toBe(2);
    expect(olds(structuredClone(sent), design).against).toBe(first.against);
    expect(olds({ ...sent, files: { ...sent.files, [root]: 'host esx1\n' } }, design).against).not.toBe(first.against);
  });

  it('that did not exist is said, and everything is added', () => {
    expect(createOldDesigns()({ label: 'v1', files: {} }, design)).toEqual({
      against: { label: 'v1', design: undefined },
      note: 'This design did not exist in v1: everything is added.',
    });
  });

  it('whose root had another name is found', () => {
    const old = createOldDesigns()({ label: 'v1', files: { 'file:///design/former.lintel': base } }, design);
    expect(old.note).toBeUndefined();
    expect(compareDesigns(old.against?.design, design).changes).toEqual([]);
  });

  it('spelled otherwise is the same file', () => {
    const old = createOldDesigns()({ label: 'v1', files: { 'file:///design/%6dain.lintel': base } }, design);
    expect(old.against?.design).toBeDefined();
  });

  it.each<[string, Record<string, string>]>([
    ['no text', { [root]: '\u0000\u0001\u0002' }],
    ['a broken design', { [root]: 'host { {{{ "\nvm vm vm\nimport "' }],
    ['imports in a circle', { [root]: 'import "a.lintel"\n', 'file:///design/a.lintel': 'import "main.lintel"\n' }],
    ['a URI that is none', { '%%%': 'host x\n', [root]: base }],
  ])('%s is survived', (_, files) => {
    const old = createOldDesigns()({ label: 'v1', files }, design);
    expect(() => compareDesigns(old.against?.design, design)).not.toThrow();
  });

  it('too large is said', () => {
    const files = Object.fromEntries(Array.from({ length: 5001 }, (_, at) => [`file:///design/${at}.lintel`, '']));
    expect(createOldDesigns()({ label: 'v1', files }, design)).toEqual({
      note: expect.stringContaining('v1 is too large to compare with'),
    });
  });
});

describe('the server', () => {
  const ask = async (text: string, params: Partial<TopologyParams>): Promise<TopologyResult> => {
    const { workspace } = open(text);
    const handlers = new Map<string, (params: TopologyParams) => Promise<TopologyResult>>();
    const connection = {
      onRequest: (name: string, handler: (params: TopologyParams) => Promise<TopologyResult>) => void handlers.set(name, handler),
      onNotification: () => undefined,
      console: { error: (message: string) => expect.fail(message) },
    };
    registerPictures(connection as unknown as Connection, () => workspace, run);
    return handlers.get(topologyRequest)?.({ uri: mainUri, ...params }) ?? expect.fail('nobody answers');
  };

  it('answers with a picture of both states and the list, what no box shows at its end', async () => {
    const now = edit('vcpu 4;', 'vcpu 8;').replace('vlan 30', 'vlan 31');
    const { changes, note, svg } = await ask(now, { view: 'placement', against: { label: 'HEAD', files: { [mainUri]: base } } });
    expect(note).toBeUndefined();
    expect(changes?.map(({ change, id, what }) => [change, id, what])).toEqual([
      ['changed', 'cluster:c', 'as a result: 6 vCPU → 10 vCPU'],
      ['changed', 'vm:web', 'vcpu 4 → 8'],
      ['changed', 'network:ops', 'vlan 30 → 31'],
    ]);
    expect(svg).toContain('lt-diff');
  });

  it('says that the design did not exist, and draws the present one where the old one cannot be read', async () => {
    const fresh = await ask(base, { against: { label: 'v1', files: {} } });
    expect(fresh.note).toBe('This design did not exist in v1: everything is added.');
    expect(fresh.changes?.every(({ change }) => change === 'added')).toBe(true);
    const files = Object.fromEntries(Array.from({ length: 5001 }, (_, at) => [`file:///design/${at}.lintel`, '']));
    const large = await ask(base, { against: { label: 'v1', files } });
    expect(large.note).toContain('too large');
    expect(large.changes).toBeUndefined();
    expect(large.svg).toContain('data-id="host:esx1"');
  });
});
