import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/generated/index.ts';
import { broken, clean, type Files, folderOf, lintel, type RunOptions, unsafe } from './kit.ts';
import { sarifSchema } from './sarifSchema.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
(addFormats as unknown as (to: Ajv) => void)(ajv);
const validate = ajv.compile(sarifSchema);

const design: Files = {
  'plant/main.lintel': [
    'import "nets ü (old).lintel"',
    broken.trimEnd(),
    'network san purpose iscsi vlan 4999',
    'host esx1 { vswitch v uplinks vmnic9 { vmkernel vmk0 on sann } nic vmnic0 }',
    'host esx1 { nic vmnic0 }',
    'waive NET023 on san until 2027-01-31 because "the switch is replaced"',
    'colour red',
    '',
  ].join('\n'),
  'plant/nets ü (old).lintel': 'network "a\u202eb" purpose production vlan 4998\n',
  'plant/picture.lintel': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]),
};

async function sarif(
  files: Files,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<{ readonly log: Log; readonly run: Run; readonly results: readonly Result[] }> {
  const { out } = await lintel(folderOf(files), ['check', '--format', 'sarif', ...args], options);
  const log = JSON.parse(out) as Log;
  const [run] = log.runs;
  if (!run) throw new Error('no run');
  return { log, run, results: run.results ?? [] };
}

const regionsOf = (run: Run): NonNullable<NonNullable<Result['locations']>[number]['physicalLocation']>['region'][] =>
  (run.results ?? []).flatMap((result) =>
    [...(result.locations ?? []), ...(result.relatedLocations ?? [])].map((location) => location.physicalLocation?.region),
  );

describe('SARIF', () => {
  it.each<[string, Files, readonly string[]]>([
    ['of a design with findings', design, []],
    ['with severities of the command line', design, ['--rule', 'NET023=hint', '--rule', 'LNT201=off']],
    ['of a clean design', { 'a.lintel': clean }, []],
    ['of nothing', {}, []],
    ['of a missing file', { 'a.lintel': clean }, ['a.lintel', 'b.lintel']],
  ])('fits the schema: %s', async (_title, files, args) => {
    const { log } = await sarif(files, args, { homepage: 'https://example.org/lintel' });
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('names the tool with version and home', async () => {
    const { log, run } = await sarif({ 'a.lintel': clean }, [], { homepage: 'https://github.com/acme/lintel' });
    expect(log.$schema).toMatch(/^https:\/\/docs\.oasis-open\.org\/sarif\/sarif\/v2\.1\.0\/.*sarif-schema-2\.1\.0\.json$/);
    expect(run.tool.driver).toMatchObject({
      name: 'Lintel',
      version: '1.2.3',
      semanticVersion: '1.2.3',
      informationUri: 'https://github.com/acme/lintel',
    });
    expect(run.tool.driver.rules?.[0]?.helpUri).toMatch(
      /^https:\/\/github\.com\/acme\/lintel\/blob\/main\/docs\/rules\/[A-Z]+\d+\.md$/,
    );
    expect(run.columnKind).toBe('utf16CodeUnits');
  });

  it('describes every rule', async () => {
    const { run } = await sarif({ 'a.lintel': clean });
    const table = run.tool.driver.rules ?? [];
    expect(table.length).toBeGreaterThan(rules.length);
    expect(new Set(table.map(({ id }) => id)).size).toBe(table.length);
    for (const rule of table) {
      expect(rule.id).toMatch(/^[A-Z]{2,5}\d{3}$/);
      expect(rule.name, rule.id).toMatch(/^([A-Z][a-z0-9]*)+$/);
      expect(rule.name).not.toBe(rule.id);
      for (const part of [rule.shortDescription, rule.fullDescription]) expect(part?.text, rule.id).toMatch(/[.!?]$/);
      expect(rule.help?.text.length, rule.id).toBeGreaterThan(20);
      expect(rule.help?.markdown, rule.id).toContain('## What to do');
      expect(['note', 'warning', 'error']).toContain(rule.defaultConfiguration?.level);
    }
  });

  it('keeps every index right and every message a sentence', async () => {
    const { results, run } = await sarif(design);
    expect(results.length).toBeGreaterThan(5);
    for (const result of results) {
      expect(run.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
      expect(result.message.text).toMatch(/[.!?]$/);
      expect(result.locations).toHaveLength(1);
      for (const { physicalLocation } of [...(result.locations ?? []), ...(result.relatedLocations ?? [])]) {
        const { index, uri } = physicalLocation?.artifactLocation ?? {};
        expect(run.artifacts?.[index ?? -1]?.location?.uri).toBe(uri);
      }
    }
    for (const notification of run.invocations?.[0]?.toolExecutionNotifications ?? []) {
      expect(run.tool.driver.notifications?.[notification.descriptor?.index ?? -1]?.id).toBe(notification.descriptor?.id);
    }
  });

  it('counts lines and columns from one and leaves none out', async () => {
    const { results, run } = await sarif(design);
    for (const region of regionsOf(run)) {
      const { endColumn = 0, endLine = 0, startColumn = 0, startLine = 0 } = region ?? {};
      expect(startLine).toBeGreaterThan(0);
      expect(startColumn).toBeGreaterThan(0);
      expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn)).toBe(true);
    }
    const vlan = results.find(({ locations }) => locations?.[0]?.physicalLocation?.region?.snippet?.text === '5000');
    expect(vlan?.locations?.[0]?.physicalLocation?.region).toMatchObject({
      startLine: 2,
      startColumn: 39,
      endLine: 2,
      endColumn: 43,
    });
    expect(vlan?.locations?.[0]?.logicalLocations).toEqual([
      { name: 'plant', fullyQualifiedName: 'network:plant', kind: 'resource' },
    ]);
  });

  it('names files relative to %SRCROOT%, with forward slashes, and tells what that is', async () => {
    const { log, run } = await sarif(design);
    expect(run.artifacts?.map(({ location }) => location)).toEqual(
      ['plant/main.lintel', 'plant/nets%20%C3%BC%20(old).lintel', 'plant/picture.lintel'].map((uri) => ({
        uri,
        uriBaseId: '%SRCROOT%',
      })),
    );
    expect(Object.keys(run.originalUriBaseIds ?? {})).toEqual(['%SRCROOT%']);
    expect(JSON.stringify(log)).not.toMatch(/lintel-cli-|\/tmp\//);
  });

  it('gives related places an id and a message', async () => {
    const { results } = await sarif(design);
    const twice = results.find(({ ruleId, relatedLocations }) => ruleId === 'LNT203' && relatedLocations);
    expect(twice?.relatedLocations?.[0]).toMatchObject({ id: 0, message: { text: expect.stringMatching(/\.$/) as string } });
  });

  it('offers fixes as replacements', async () => {
    const { results } = await sarif({
      'a.lintel': 'network plant purpose production vlan 10\nhost esx1 { vswitch v { portgroup p on plan } }\n',
    });
    const fixes = results.flatMap((result) => result.fixes ?? []);
    expect(fixes).toMatchObject([
      {
        description: { text: 'Change to plant.' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'a.lintel', uriBaseId: '%SRCROOT%' },
            replacements: [
              { deletedRegion: { startLine: 2, startColumn: 40, endLine: 2, endColumn: 44 }, insertedContent: { text: 'plant' } },
            ],
          },
        ],
      },
    ]);
  });

  it('shows waived findings as suppressed, with their justification, and says of all others that they are not', async () => {
    const { results } = await sarif(design);
    expect(results.every(({ suppressions }) => Array.isArray(suppressions))).toBe(true);
    expect(results.filter(({ suppressions }) => suppressions?.length)).toMatchObject([
      {
        ruleId: 'NET023',
        suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'the switch is replaced. Until 2027-01-31.' }],
      },
    ]);
  });

  it('notes what could not be read', async () => {
    const { run } = await sarif(design, ['plant', 'gone.lintel']);
    expect(run.invocations).toHaveLength(1);
    expect(run.invocations?.[0]).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    expect(run.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
      expect.stringMatching(/^plant\/picture\.lintel: This (is|file)/) as string,
      'gone.lintel: There is no such file or folder.',
    ]);
    // A file that is no text is the design's fault: found like anything else.
    expect((await sarif(design)).run.invocations?.[0]).toMatchObject({ executionSuccessful: true, exitCode: 1 });
  });

  it('notes severities of the command line', async () => {
    const { run } = await sarif(design, ['--rule', 'NET023=warning', '--rule', 'LNT201=off']);
    const overrides = run.invocations?.[0]?.ruleConfigurationOverrides ?? [];
    expect(overrides).toMatchObject([
      { descriptor: { id: 'NET023' }, configuration: { level: 'warning' } },
      { descriptor: { id: 'LNT201' }, configuration: { enabled: false } },
    ]);
    for (const { descriptor } of overrides) expect(run.tool.driver.rules?.[descriptor.index ?? -1]?.id).toBe(descriptor.id);
  });

  it('keeps fingerprints when lines move, spacing changes or other findings go', async () => {
    const prints = async (text: string): Promise<string[]> =>
      (await sarif({ 'a.lintel': text })).results
        .map(({ partialFingerprints, ruleId }) => `${ruleId} ${partialFingerprints?.['lintelFinding/v1']}`)
        .sort();
    const text = `${broken}network "other one" purpose production vlan 6000\ncolour red\n`;
    const before = await prints(text);
    expect(new Set(before).size).toBe(3);
    expect(
      await prints(`// a comment\n\n\n${text.replace('vlan 5000', 'vlan   5000').replace('colour red', 'colour  red')}`),
    ).toEqual(before);
    expect(before).toEqual(expect.arrayContaining(await prints(text.replace(broken, ''))));
    expect(await prints(text.replace('5000', '5001'))).not.toEqual(before);
  });

  it('numbers findings that would be the same', async () => {
    const { results } = await sarif({ 'a.lintel': 'colour red\ncolour red\n' });
    const prints = results.map(({ partialFingerprints }) => partialFingerprints?.['lintelFinding/v1'] ?? '');
    expect(prints.map((print) => print.replace(/^\w+/, ''))).toEqual([':1', ':2']);
  });

  it('writes no raw control characters, and no time', async () => {
    const { out } = await lintel(folderOf(design), ['check', '--format', 'sarif']);
    expect(out).not.toMatch(unsafe);
    expect(out).toContain('\\u202E');
    expect(out).not.toMatch(/TimeUtc/);
  });
});
