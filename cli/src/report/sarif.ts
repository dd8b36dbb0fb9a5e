/**
 * `check --format sarif`: SARIF 2.1.0 for GitHub code scanning, Azure DevOps and the like. Beyond what the schema asks, it keeps to
 * what their validators complain about: every index fits, every region is complete, every message ends with a full stop, every
 * path is relative to %SRCROOT%. No time, no machine and no absolute path of the project is written, so equal designs give
 * equal bytes.
 */
import type { Invocation, Location, Log, Notification, PhysicalLocation, Region, Result, Run } from 'sarif';
import type { Range } from '../../../server/src/analysis/finding.ts';
import type { PolicyInput } from '../../../server/src/analysis/policy.ts';
import { safeJson } from '../text/plain.ts';
import { lineText } from './excerpt.ts';
import { fingerprints } from './fingerprints.ts';
import type { Item, Report } from './report.ts';
import { levelOf, type RuleTable, ruleTable } from './sarifRules.ts';

export interface SarifOptions {
  readonly version: string;
  readonly homepage?: string;
  readonly exitCode: number;
  /** Severities from the command line. */
  readonly severities: ReadonlyMap<string, PolicyInput>;
}

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const base = '%SRCROOT%';

export function renderSarif(report: Report, options: SarifOptions): string {
  const items = [...report.items, ...report.waived].sort((a, b) => report.order(a, b));
  const table = ruleTable(
    items.map(({ finding }) => finding.rule),
    options.homepage,
  );
  const files = new Map([...new Set([...report.files, ...items.map(({ file }) => file)])].sort().map((file, at) => [file, at]));
  const prints = fingerprints(report, items);
  const { version, homepage } = options;
  const run: Run = {
    tool: {
      driver: {
        name: 'Lintel',
        version,
        semanticVersion: version,
        ...(homepage !== undefined ? { informationUri: homepage } : {}),
        shortDescription: { text: 'Checks the design of a virtual infrastructure.' },
        language: 'en',
        rules: [...table.rules],
        notifications: [unreadableNotice],
      },
    },
    invocations: [invocationOf(report, options, table, files)],
    originalUriBaseIds: { [base]: { description: { text: 'The folder in which lintel was started.' } } },
    artifacts: [...files.keys()].map((file) => ({
      location: artifact(file),
      sourceLanguage: 'lintel',
      roles: ['analysisTarget'],
    })),
    results: items.map((item, at) => resultOf(report, item, table, files, prints[at] ?? '')),
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
  };
  return safeJson({ $schema: schema, version: '2.1.0', runs: [run] } satisfies Log);
}

/** Where a file is, from %SRCROOT%; only one on another drive has no way from there. */
function artifact(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  const uri = file.toWellFormed().split('/').map(encodeURIComponent).join('/');
  const drive = /^[A-Za-z]%3A/.exec(uri)?.[0];
  return drive === undefined ? { uri, uriBaseId: base } : { uri: `file:///${drive[0] ?? ''}:${uri.slice(drive.length)}` };
}

const physical = (file: string, files: ReadonlyMap<string, number>, region?: Region): PhysicalLocation => {
  const index = files.get(file);
  return { artifactLocation: { ...artifact(file), ...(index !== undefined ? { index } : {}) }, ...(region ? { region } : {}) };
};

const regionOf = ({ start, end }: Range): Region => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function resultOf(report: Report, item: Item, table: RuleTable, files: ReadonlyMap<string, number>, print: string): Result {
  const { file, finding, related } = item;
  const { fixable, message, range, rule, severity, subject, waived } = finding;
  const snippet = snippetOf(report, file, range);
  const region: Region = { ...regionOf(range), ...(snippet !== undefined ? { snippet: { text: snippet } } : {}) };
  const ruleIndex = table.indexOf(rule);
  const fixes = fixable ? fixesOf(report, item) : [];
  return {
    ruleId: rule,
    ruleIndex,
    level: levelOf(severity),
    message: { text: sentence(message) },
    locations: [
      {
        physicalLocation: physical(file, files, region),
        ...(subject !== undefined
          ? { logicalLocations: [{ name: lastName(subject), fullyQualifiedName: subject, kind: 'resource' }] }
          : {}),
      },
    ],
    ...(related.length > 0 ? { relatedLocations: related.map((other, id): Location => relatedOf(other, id, files)) } : {}),
    partialFingerprints: { 'lintelFinding/v1': print },
    ...(fixes.length > 0 ? { fixes: [...fixes] } : {}),
    suppressions: waived ? [{ kind: 'inSource', status: 'accepted', justification: justificationOf(waived) }] : [],
    properties: { severity },
  };
}

function relatedOf(other: Item['related'][number], id: number, files: ReadonlyMap<string, number>): Location {
  return {
    id,
    physicalLocation: physical(other.file, files, regionOf(other.range)),
    ...(other.message !== '' ? { message: { text: sentence(other.message) } } : {}),
  };
}

/** `vmkernel:vmk0` of `host:esx1/vmkernel:vmk0`, without its kind. */
function lastName(subject: string): string {
  const last = /(?:^|\/)[a-z-]+:(?!.*\/[a-z-]+:)(.*)$/.exec(subject)?.[1];
  return last ?? subject;
}

function justificationOf({ because, until }: NonNullable<Item['finding']['waived']>): string {
  const reason = because === undefined ? 'No reason given.' : sentence(because);
  return until === undefined ? reason : `${reason} Until ${until}.`;
}

/** The marked text itself; nothing when it is not on one line, or long. */
function snippetOf(report: Report, file: string, { start, end }: Range): string | undefined {
  const source =
    start.line === end.line && end.character > start.character && end.character - start.character < 500
      ? report.source(file)
      : undefined;
  const text = source && lineText(source, start.line)?.slice(start.character, end.character);
  return text === '' ? undefined : text;
}

type Fixes = NonNullable<Result['fixes']>;

function fixesOf(report: Report, { finding }: Item): Fixes {
  return finding.fixes().flatMap(({ title, edits, safety }) => {
    const byFile = Map.groupBy(edits, ({ uri }) => report.nameOf(uri));
    if (byFile.size === 0) return [];
    return [
      {
        description: { text: sentence(title) },
        artifactChanges: [...byFile].map(([file, changes]) => ({
          artifactLocation: artifact(file),
          replacements: changes.map(({ newText, range }) => ({
            deletedRegion: regionOf(range),
            ...(newText !== '' ? { insertedContent: { text: newText } } : {}),
          })),
        })),
        properties: { safety },
      },
    ];
  });
}

const unreadableNotice = {
  id: 'LNT-READ',
  name: 'CannotRead',
  shortDescription: { text: 'A file or folder cannot be read.' },
  fullDescription: {
    text: 'A file or folder that was to be checked cannot be read, so what it says is missing from this report.',
  },
  defaultConfiguration: { level: 'error' },
} as const;

function invocationOf(report: Report, options: SarifOptions, table: RuleTable, files: ReadonlyMap<string, number>): Invocation {
  const notifications = [...report.unreadable, ...report.problems].map(
    ({ file, reason }): Notification => ({
      descriptor: { id: unreadableNotice.id, index: 0 },
      level: 'error',
      message: { text: sentence(`${file}: ${reason}`) },
      locations: [{ physicalLocation: physical(file, files) }],
    }),
  );
  const overrides = [...options.severities].flatMap(([code, level]) => {
    const index = table.indexOf(code);
    return index < 0
      ? []
      : [{ descriptor: { id: code, index }, configuration: level === 'off' ? { enabled: false } : { level: levelOf(level) } }];
  });
  return {
    executionSuccessful: report.problems.length === 0,
    exitCode: options.exitCode,
    ...(overrides.length > 0 ? { ruleConfigurationOverrides: overrides } : {}),
    ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
  };
}
