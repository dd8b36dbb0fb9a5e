/** The example folders as they are on the disk, as fixtures in memory, and edits of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileEdit } from '../../server/src/analysis/finding.ts';
import type { Workspace, WorkspaceFinding } from '../../server/src/analysis/workspace.ts';
import { type Fixture, open } from '../kit/lintel.ts';

const examples = join(import.meta.dirname, '../../examples');

/** Text of a file below `examples/`. */
export const exampleText = (path: string): string => readFileSync(join(examples, path), 'utf8');

/** Folders that hold a design. */
export const folders: readonly string[] = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && namesIn(entry.name).some((name) => name.endsWith('.lintel')))
  .map((entry) => entry.name)
  .sort();

function namesIn(folder: string): readonly string[] {
  return readdirSync(join(examples, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(lintel|json)$/.test(name),
  );
}

const base = 'file:///design/';
export const uriOf = (name: string): string => `${base}${name}`;
export const nameOf = (uri: string): string => uri.slice(base.length);

/** All designs and catalogues of a folder. */
export function folder(name: string): Fixture {
  return {
    files: new Map(namesIn(name).map((file) => [uriOf(file.replaceAll('\\', '/')), exampleText(join(name, file))])),
    marks: [],
  };
}

/** A copy with some texts changed: every pattern has to be there, or the scenario would test nothing. */
export function changed(made: Fixture, edits: readonly (readonly [file: string, pattern: RegExp, text: string])[]): Fixture {
  const files = new Map(made.files);
  for (const [file, pattern, text] of edits) {
    const before = files.get(uriOf(file)) ?? '';
    if (!pattern.test(before)) throw new Error(`${file} holds nothing like ${pattern}`);
    files.set(uriOf(file), before.replace(pattern, text));
  }
  return { files, marks: [] };
}

/** A copy with one more file. */
export const withFile = (made: Fixture, name: string, text: string): Fixture => ({
  files: new Map([...made.files, [uriOf(name), text]]),
  marks: [],
});

export interface Checked {
  readonly workspace: Workspace;
  readonly findings: readonly WorkspaceFinding[];
}

/** Opens all files of a fixture and collects what counts, in order of the files. A rule that throws is a failure. */
export function check(made: Fixture): Checked {
  const { workspace } = open(made);
  for (const root of workspace.roots())
    for (const { project } of workspace.designs(root))
      for (const { code, error } of project.crashes()) throw new Error(`${code} failed: ${String(error)}`, { cause: error });
  return {
    workspace,
    findings: [...made.files.keys()].flatMap((uri) => workspace.findings(uri)).filter(({ waived }) => !waived),
  };
}

/** The files after the edits of one fix. */
export function applied(made: Fixture, edits: readonly FileEdit[]): Fixture {
  const files = new Map(made.files);
  const last = [...edits].sort(
    (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
  );
  for (const { uri, range, newText } of last) {
    const text = files.get(uri) ?? '';
    const lines = text.split('\n');
    const offset = (at: FileEdit['range']['start']): number =>
      lines.slice(0, at.line).reduce((sum, line) => sum + line.length + 1, 0) + at.character;
    files.set(uri, text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end)));
  }
  return { files, marks: [] };
}

/** The line that a finding stands on, and what it marks there. */
export function placeOf(
  made: Fixture,
  { uri, range }: WorkspaceFinding,
): { readonly file: string; readonly line: string; readonly marked: string } {
  const line = made.files.get(uri)?.split('\n')[range.start.line] ?? '';
  return { file: nameOf(uri), line: line.trim(), marked: line.slice(range.start.character, range.end.character) };
}
