/** What an answer costs in a design of ten thousand lines: how many chunks are read for it, which does not depend on the machine. */

import { beforeAll, describe, expect, it } from 'vitest';
import type { Position } from 'vscode-languageserver-types';
import { designOf } from '../../bench/designs.ts';
import type { Workspace } from '../../server/src/analysis/workspace.ts';
import { codeLenses } from '../../server/src/ide/codeLens.ts';
import { completion } from '../../server/src/ide/completion.ts';
import { definition } from '../../server/src/ide/definition.ts';
import { foldingRanges } from '../../server/src/ide/folding.ts';
import { hover } from '../../server/src/ide/hover.ts';
import { inlayHints } from '../../server/src/ide/inlay.ts';
import { readingsMade } from '../../server/src/ide/reading/reading.ts';
import { documentHighlights, references } from '../../server/src/ide/references.ts';
import { prepareRename, rename } from '../../server/src/ide/rename.ts';
import { selectionRanges } from '../../server/src/ide/selection.ts';
import { semanticTokens } from '../../server/src/ide/semanticTokens.ts';
import { documentSymbols } from '../../server/src/ide/symbols.ts';
import { changeSource } from '../../server/src/syntax/sourceFile.ts';
import { mainUri, open } from '../kit/lintel.ts';

const text = designOf(10_000);
const lines = text.split('\n');
/** The first place of a text, some characters in. */
const place = (wanted: string, into: number): Position => {
  const line = lines.findIndex((candidate) => candidate.includes(wanted));
  return { line, character: (lines[line]?.indexOf(wanted) ?? 0) + into };
};
let workspace: Workspace;
const readings = (run: () => unknown): number => {
  const before = readingsMade();
  run();
  return readingsMade() - before;
};
const edit = (at: Position, typed: string): void => {
  workspace.setFile(mainUri, changeSource(workspace.source(mainUri)!, { range: { start: at, end: at }, text: typed }));
  workspace.update();
};

beforeAll(() => {
  workspace = open({ files: new Map([[mainUri, text]]), marks: [] }, { rules: [] }).workspace;
});

describe('in ten thousand lines', () => {
  it('completion reads the chunk that is typed in, and its profile', () => {
    expect(readings(() => completion(workspace, mainUri, place('  rack p30-r1', 2)))).toBeLessThanOrEqual(2);
    expect(readings(() => completion(workspace, mainUri, place('disk 120GB on p30-ds', 14)))).toBe(1);
    expect(readings(() => completion(workspace, mainUri, place('vmk0 address p30-admin', 13)))).toBeLessThanOrEqual(2);
    expect(completion(workspace, mainUri, place('disk 120GB on p30-ds', 14)).items.length).toBeGreaterThan(100);
  });

  it('hover, definition and selection read what they show', () => {
    for (const at of [place('host p31-esx1', 6), place('on p31-ds-vm', 5), place(': p31-esxi', 5)]) {
      expect(readings(() => hover(workspace, mainUri, at))).toBeLessThanOrEqual(3);
      expect(readings(() => definition(workspace, mainUri, at))).toBeLessThanOrEqual(3);
      expect(readings(() => selectionRanges(workspace, mainUri, [at]))).toBeLessThanOrEqual(1);
    }
  });

  it('references, highlights and rename read where the name is written', () => {
    const at = place('datastore p32-ds-vm', 12);
    const written = text.split('p32-ds-vm').length - 1;
    expect(readings(() => expect(references(workspace, mainUri, at, true)).toHaveLength(14))).toBeLessThanOrEqual(written + 2);
    expect(readings(() => documentHighlights(workspace, mainUri, at))).toBe(0);
    expect(readings(() => prepareRename(workspace, mainUri, at))).toBe(0);
    expect(readings(() => rename(workspace, mainUri, at, 'other'))).toBeLessThanOrEqual(80);
    // A name that every plant has.
    expect(readings(() => references(workspace, mainUri, place('vmkernel vmk0 on p33', 10), true))).toBeLessThanOrEqual(80);
  });

  it('what is about the whole file is read once, and an edit costs its chunk', () => {
    semanticTokens(workspace, mainUri);
    documentSymbols(workspace, mainUri);
    edit(place('  rack p30-r1', 0), '  note "x"\n');
    expect(readings(() => semanticTokens(workspace, mainUri))).toBeLessThanOrEqual(1);
    expect(readings(() => documentSymbols(workspace, mainUri))).toBeLessThanOrEqual(1);
    expect(readings(() => foldingRanges(workspace, mainUri))).toBe(0);
    expect(readings(() => codeLenses(workspace, mainUri))).toBe(0);
  });

  it('a window costs the chunks in it', () => {
    const range = { start: { line: 5000, character: 0 }, end: { line: 5050, character: 0 } };
    expect(readings(() => inlayHints(workspace, mainUri, range))).toBeLessThanOrEqual(25);
    expect(readings(() => semanticTokens(workspace, mainUri, range))).toBeLessThanOrEqual(25);
  });
});
