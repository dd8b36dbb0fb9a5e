/** Nothing throws, whatever stands in the file and wherever the cursor is; and what is answered fits the text. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentSymbol, Position, Range, SelectionRange } from 'vscode-languageserver-types';
import type { Workspace } from '../../server/src/analysis/workspace.ts';
import { codeActions, resolveCodeAction } from '../../server/src/ide/actions.ts';
import { codeLenses, resolveCodeLens } from '../../server/src/ide/codeLens.ts';
import { completion } from '../../server/src/ide/completion.ts';
import { definition } from '../../server/src/ide/definition.ts';
import { foldingRanges } from '../../server/src/ide/folding.ts';
import { hover } from '../../server/src/ide/hover.ts';
import { inlayHints } from '../../server/src/ide/inlay.ts';
import { documentLinks } from '../../server/src/ide/links.ts';
import { documentHighlights, references } from '../../server/src/ide/references.ts';
import { prepareRename, refused, rename } from '../../server/src/ide/rename.ts';
import { selectionRanges } from '../../server/src/ide/selection.ts';
import { semanticTokens } from '../../server/src/ide/semanticTokens.ts';
import { documentSymbols, workspaceSymbols } from '../../server/src/ide/symbols.ts';
import { mainUri, open } from '../kit/lintel.ts';
import { offsetOf } from './kit.ts';
import { plant } from './sample.ts';

const example = new URL('../../examples/scada-plant/main.lintel', import.meta.url);
/** The whole design of the examples where there is one, else the sample alone. */
const sketch = ((): string => {
  try {
    return readFileSync(example, 'utf8');
  } catch {
    return plant;
  }
})();

const inside = (inner: Range, outer: Range): boolean => !less(inner.start, outer.start) && !less(outer.end, inner.end);
const less = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);

/** Everything that depends on a position. */
function atPosition(workspace: Workspace, text: string, position: Position): void {
  const lines = text.split(/\r\n|\n|\r/);
  const { items } = completion(workspace, mainUri, position);
  for (const item of items) {
    const edit = item.textEdit;
    if (!edit || !('range' in edit)) throw new Error(`no edit: ${item.label}`);
    const { start, end } = edit.range;
    // What the protocol asks of an edit: on one line, around the cursor.
    if (
      start.line !== position.line ||
      end.line !== position.line ||
      start.character > position.character ||
      end.character < position.character
    )
      throw new Error(`edit of ${item.label} is not around the cursor`);
  }
  const told = hover(workspace, mainUri, position);
  if (told?.range && !inside({ start: position, end: position }, told.range)) throw new Error('hover is not around the cursor');
  definition(workspace, mainUri, position);
  for (const place of references(workspace, mainUri, position, true))
    if ((lines[place.range.end.line]?.length ?? -1) < place.range.end.character) throw new Error('reference beyond its line');
  documentHighlights(workspace, mainUri, position);
  prepareRename(workspace, mainUri, position);
  const edit = rename(workspace, mainUri, position, 'other');
  if (!refused(edit)) {
    const ranges = (edit.changes?.[mainUri] ?? [])
      .map((change) => change.range)
      .sort((a, b) => (less(a.start, b.start) ? -1 : 1));
    for (const [k, range] of ranges.entries())
      if (k > 0 && less(range.start, ranges[k - 1]!.end)) throw new Error('edits overlap');
  }
  for (
    let range: SelectionRange | undefined = selectionRanges(workspace, mainUri, [position])[0];
    range?.parent;
    range = range.parent
  )
    if (!inside(range.range, range.parent.range)) throw new Error('selection does not grow');
}

const whole: Range = { start: { line: 0, character: 0 }, end: { line: 99_999, character: 0 } };

/** Everything about a file. */
function aboutFile(workspace: Workspace, text: string): void {
  const lines = text.split(/\r\n|\n|\r/);
  const visit = (symbol: DocumentSymbol): void => {
    if (!inside(symbol.selectionRange, symbol.range)) throw new Error(`selection of ${symbol.name} is outside`);
    for (const child of symbol.children ?? []) {
      if (!inside(child.range, symbol.range)) throw new Error(`${child.name} is outside of ${symbol.name}`);
      visit(child);
    }
  };
  documentSymbols(workspace, mainUri).forEach(visit);
  workspaceSymbols(workspace, 'e');
  for (const fold of foldingRanges(workspace, mainUri))
    if (fold.endLine <= fold.startLine || fold.endLine >= lines.length) throw new Error('fold beyond the file');
  const { data } = semanticTokens(workspace, mainUri);
  let [line, end] = [0, 0];
  for (let k = 0; k < data.length; k += 5) {
    const [down, right, length] = data.slice(k, k + 3) as [number, number, number];
    line += down;
    const start = down === 0 ? (k === 0 ? right : startOf + right) : right;
    if (down === 0 && k > 0 && start < end) throw new Error('tokens overlap');
    startOf = start;
    end = start + length;
    if (end > (lines[line]?.length ?? -1)) throw new Error('token beyond its line');
  }
  documentLinks(workspace, mainUri);
  inlayHints(workspace, mainUri, whole);
  for (const action of codeActions(workspace, mainUri, whole, { diagnostics: [] }, { today: '2026-11-20' }))
    resolveCodeAction(workspace, action);
  for (const lens of codeLenses(workspace, mainUri)) resolveCodeLens(workspace, lens);
}
let startOf = 0;

const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, character: offset - before.lastIndexOf('\n') - 1 };
};

describe('no answer throws', () => {
  it('at any place of a whole design', () => {
    for (const text of [plant, sketch]) {
      const { workspace } = open(text);
      aboutFile(workspace, text);
      for (let offset = 0; offset <= text.length; offset += 5) atPosition(workspace, text, positionAt(text, offset));
    }
  });

  it('at the end of any beginning of a design', () => {
    for (let end = 0; end <= plant.length; end += 11) {
      const text = plant.slice(0, end);
      const { workspace } = open(text);
      atPosition(workspace, text, positionAt(text, end));
      if (end % 5 === 0) aboutFile(workspace, text);
    }
  });

  it('after any cut, doubling or slip of the keyboard', () => {
    const slips = [
      '',
      '"',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '/*',
      '*/',
      '//',
      ',',
      ':',
      '.',
      '/',
      '*',
      '=',
      '\n',
      '\r\n',
      '\t',
      '\u00a0',
      '..',
      '1',
      'é',
      '𝒳',
      '\\',
      ';',
      ' : ',
      'host ',
      '[i in 1..3]',
      '[1..99999]',
      '(i - i)',
      '{i}',
    ];
    fc.assert(
      fc.property(
        fc.nat(plant.length),
        fc.nat(60),
        fc.constantFrom(...slips),
        fc.nat(plant.length),
        (start, length, slip, cursor) => {
          const text = plant.slice(0, start) + slip + plant.slice(start + length);
          const { workspace } = open(text);
          for (const offset of [start, start + slip.length, Math.min(cursor, text.length)])
            atPosition(workspace, text, positionAt(text, offset));
          aboutFile(workspace, text);
        },
      ),
      { numRuns: Number(process.env.LINTEL_FUZZ ?? 50) },
    );
  });

  it('with line ends of Windows', () => {
    const text = plant.replaceAll('\n', '\r\n');
    const { workspace } = open(text);
    aboutFile(workspace, text);
    // No editor puts a cursor between the two signs of a line end.
    for (let offset = 0; offset <= text.length; offset += 31)
      if (text[offset - 1] !== '\r') atPosition(workspace, text, positionAt(text, offset));
    expect(offsetOf(text, { line: 1, character: 0 })).toBe(10);
  });

  it('in a file that nobody knows, or a place beyond its end', () => {
    const { workspace } = open(plant);
    const far = { line: 9999, character: 9999 };
    atPosition(workspace, `${plant}`, positionAt(plant, plant.length));
    for (const uri of ['file:///design/none.lintel', mainUri]) {
      completion(workspace, uri, far);
      hover(workspace, uri, far);
      definition(workspace, uri, far);
      references(workspace, uri, far, true);
      prepareRename(workspace, uri, far);
      selectionRanges(workspace, uri, [far]);
      documentSymbols(workspace, uri);
      semanticTokens(workspace, uri);
      foldingRanges(workspace, uri);
    }
  });
});
