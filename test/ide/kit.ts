/** Editor features over fixtures, with answers as text: what a person would see. */
import type { CompletionItem, Location, Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Workspace } from '../../server/src/analysis/workspace.ts';
import { type CompletionOptions, completion } from '../../server/src/ide/completion.ts';
import { hover } from '../../server/src/ide/hover.ts';
import { type Refusal, refused, rename } from '../../server/src/ide/rename.ts';
import { type Fixture, mainUri, type OpenOptions, open } from '../kit/lintel.ts';

export interface At {
  readonly workspace: Workspace;
  readonly fixture: Fixture;
  readonly uri: string;
  readonly position: Position;
}

/** A fixture with its cursor `<|>`. */
export function at(text: string, options: OpenOptions = {}): At {
  const { workspace, fixture } = open(text, options);
  const { uri, line, character } = fixture.cursor ?? { uri: mainUri, line: 0, character: 0 };
  return { workspace, fixture, uri, position: { line, character } };
}

export function itemsAt(text: string, options: CompletionOptions = {}): readonly CompletionItem[] {
  const { workspace, uri, position } = at(text);
  return completion(workspace, uri, position, options).items;
}

/** Labels in the order of the list. */
export function labelsAt(text: string, most = 100): string {
  return itemsAt(text)
    .slice(0, most)
    .map((item) => item.label)
    .join(' ');
}

/** `label: detail`, one a line. */
export function detailsAt(text: string, most = 100): string {
  return itemsAt(text)
    .slice(0, most)
    .map((item) => `${item.label}: ${item.detail ?? ''}`)
    .join('\n');
}

/** The line under the cursor after taking a proposal; tab stops stay as they are. */
export function take(text: string, label: string): string {
  const { workspace, fixture, uri, position } = at(text);
  const item = completion(workspace, uri, position).items.find((candidate) => candidate.label === label);
  const edit = item?.textEdit;
  if (!edit || !('range' in edit)) return `no "${label}"`;
  const after = applyEdits(fixture.files.get(uri) ?? '', [edit]);
  return after.split('\n').slice(position.line).slice(0, edit.newText.split('\n').length).join('\n');
}

export function hoverAt(text: string): string {
  const { workspace, uri, position } = at(text);
  const found = hover(workspace, uri, position);
  const contents = found?.contents;
  return contents && typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

/** The text that the hover is about. */
export function hoverSpan(text: string): string {
  const { workspace, fixture, uri, position } = at(text);
  const range = hover(workspace, uri, position)?.range;
  return range ? slice(fixture.files.get(uri) ?? '', range) : '';
}

export function slice(text: string, range: Range): string {
  return text.slice(offsetOf(text, range.start), offsetOf(text, range.end));
}

export function offsetOf(text: string, position: Position): number {
  let line = 0;
  let start = 0;
  while (line < position.line) {
    start = text.indexOf('\n', start) + 1;
    line += 1;
  }
  return start + position.character;
}

/** `main 3:6 esx1`, one a line: file, place, text. */
export function places(locations: readonly Location[], fixture: Fixture): string {
  return locations
    .map(
      ({ uri, range }) =>
        `${uri.slice(uri.lastIndexOf('/') + 1).replace('.lintel', '')} ${range.start.line + 1}:${range.start.character + 1} ${slice(fixture.files.get(uri) ?? '', range)}`,
    )
    .join('\n');
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let made = text;
  for (const edit of [...edits].sort((a, b) => offsetOf(text, b.range.start) - offsetOf(text, a.range.start))) {
    made = made.slice(0, offsetOf(text, edit.range.start)) + edit.newText + made.slice(offsetOf(text, edit.range.end));
  }
  return made;
}

/** All files after an edit, as a fixture; or `refused: why`. */
export function after(fixture: Fixture, edit: WorkspaceEdit | Refusal): string {
  if (refused(edit)) return `refused: ${edit.refusal}`;
  const files = [...fixture.files].map(([uri, text]) => [uri, applyEdits(text, edit.changes?.[uri] ?? [])] as const);
  return files
    .map(([uri, text]) => (files.length === 1 ? text : `--- ${uri.slice('file:///design/'.length)}\n${text}`))
    .join('\n');
}

export function renamed(text: string, name: string): string {
  const { workspace, fixture, uri, position } = at(text);
  return after(fixture, rename(workspace, uri, position, name));
}
