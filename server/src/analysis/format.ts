/** Formatting of a file of the workspace, as edits of whole lines. */
import { formatEdits, formatRange } from '../syntax/format.ts';
import type { Range } from './finding.ts';
import type { Workspace } from './workspace.ts';

export interface LineEdit {
  range: Range;
  newText: string;
}

export function formatDesign(workspace: Workspace, uri: string): LineEdit[] {
  const source = workspace.source(uri);
  return source ? formatEdits(source).map(({ range, newText }) => ({ range, newText })) : [];
}

/** Formats the entries that some lines touch. */
export function formatLines(workspace: Workspace, uri: string, first: number, last: number): LineEdit[] {
  const source = workspace.source(uri);
  return source ? formatRange(source, first, last).map(({ range, newText }) => ({ range, newText })) : [];
}
