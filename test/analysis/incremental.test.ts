/** Any sequence of edits gives exactly what a fresh start gives: the promise that everything fast here stands on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { designOf } from '../../bench/designs.ts';
import { createLintel } from '../../server/src/analysis/lintel.ts';
import type { Workspace } from '../../server/src/analysis/workspace.ts';
import { changeSource, openSource, textOf } from '../../server/src/syntax/sourceFile.ts';
import { memoryHost, show } from '../kit/lintel.ts';

const folder = join(import.meta.dirname, '..', '..', 'examples', 'scada-plant');
const plant = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.lintel'))
    .map((name) => [`file:///design/${name}`, readFileSync(join(folder, name), 'utf8')]),
);

function open(files: ReadonlyMap<string, string>): Workspace {
  const workspace = createLintel({ host: memoryHost(new Map()), today: '2026-11-20' });
  for (const [uri, text] of files) workspace.setFile(uri, openSource(text));
  workspace.update();
  return workspace;
}

const all = (workspace: Workspace, files: ReadonlyMap<string, string>): string =>
  [...files.keys()]
    .sort()
    .map(
      (uri) =>
        `${uri}\n${show(workspace.findings(uri))}\n${workspace
          .findings(uri)
          .flatMap((finding) => finding.fixes().map((fix) => `${fix.title} ${JSON.stringify(fix.edits)}`))
          .join('\n')}`,
    )
    .join('\n');

function place(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

interface Edit {
  readonly file: number;
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const inserts = fc.constantFrom(
  '',
  '',
  'x',
  '1',
  ' ',
  '\n',
  '{',
  '}',
  '"',
  ',',
  '[1..2]',
  'vlan 7 ',
  ' : esxi',
  'ha off\n',
  'esx2',
  'network n9 purpose production vlan 9\n',
  'import "networks.lintel"\n',
  'waive NET007 on esx1 until 2027-01-01 because "x"\n',
  'policy { severity NET007 off }\n',
  'let n = 4\n',
  '/*',
  '*/',
  'host esx1\n',
  'portgroup "Control" on dmz\n',
);
const edit: fc.Arbitrary<Edit> = fc.record({
  file: fc.nat(),
  at: fc.nat(),
  remove: fc.constantFrom(0, 0, 1, 3, 40),
  insert: inserts,
});

function check(start: ReadonlyMap<string, string>, edits: readonly Edit[]): void {
  const files = new Map(start);
  const names = [...files.keys()];
  const workspace = open(files);
  for (const { file, at, remove, insert } of edits) {
    const uri = names[file % names.length] ?? '';
    const text = files.get(uri) ?? '';
    const from = at % (text.length + 1);
    const to = Math.min(text.length, from + remove);
    const source = workspace.source(uri);
    if (!source) throw new Error(`${uri} is lost`);
    const next = changeSource(source, { range: { start: place(text, from), end: place(text, to) }, text: insert });
    files.set(uri, textOf(next));
    workspace.setFile(uri, next);
    workspace.update();
  }
  expect(all(workspace, files)).toBe(all(open(files), files));
}

describe('edited bit by bit', () => {
  test('the SCADA plant, several files', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => check(plant, edits)),
      { numRuns: Number(process.env.LINTEL_FUZZ ?? 30) },
    );
  });

  test('a proposal goes with the name that it proposes', () => {
    const files = new Map([['file:///design/a.lintel', 'profile esxi of host {\n  memory 64GB\n}\nhost h1 : esxink\n']]);
    check(files, [{ file: 0, at: 8, remove: 0, insert: 'x' }]);
    check(files, [{ file: 0, at: 0, remove: 0, insert: '/*' }]);
    check(files, [
      { file: 0, at: 0, remove: 0, insert: '/*' },
      { file: 0, at: 0, remove: 2, insert: '' },
    ]);
  });

  test('a design made for measuring', () => {
    const files = new Map([['file:///design/bench.lintel', designOf(170)]]);
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => check(files, edits)),
      { numRuns: Number(process.env.LINTEL_FUZZ ?? 20) },
    );
  });

  test('an edit of one VM runs little', () => {
    const uri = 'file:///design/bench.lintel';
    const text = designOf(2000);
    const workspace = createLintel({ host: memoryHost(new Map()), today: '2026-11-20' });
    workspace.setFile(uri, openSource(text));
    workspace.update();
    const project = workspace.designs(uri)[0]?.project;
    const source = workspace.source(uri);
    if (!project || !source) throw new Error('no design');
    const before = project.runs();
    const line = text.split('\n').findIndex((own) => own.startsWith('vm p3-vm7 '));
    workspace.setFile(
      uri,
      changeSource(source, {
        range: { start: { line: line + 2, character: 7 }, end: { line: line + 2, character: 8 } },
        text: '6',
      }),
    );
    workspace.update();
    // The whole design takes tens of thousands of checks.
    expect(project.runs() - before).toBeLessThan(400);
    expect(before).toBeGreaterThan(3000);
  });
});
