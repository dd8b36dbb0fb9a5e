/** From the picture to the text. */
import { Selection, TabInputWebview, TextEditorRevealType, Uri, ViewColumn, window } from 'vscode';
import type { LocateResult } from '../../../server/src/lsp/protocol.ts';
import { rangeOf } from '../places.ts';

/**
 * Shows the place of a thing in the text.
 * @param preserveFocus whether the keyboard stays where it is
 * @param from column of the picture that leads there
 */
export async function revealText(
  location: LocateResult,
  preserveFocus: boolean,
  from: ViewColumn | undefined,
  viewType: string,
): Promise<void> {
  const uri = Uri.parse(location.uri);
  const range = rangeOf(location.range);
  // A look does not pile up tabs; whoever goes there means to stay.
  const editor = await window.showTextDocument(uri, {
    viewColumn: columnFor(uri, from, viewType),
    preserveFocus,
    preview: preserveFocus,
  });
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Where the file is in sight; else where a design is, else a column without a picture: never over one. */
function columnFor(uri: Uri, from: ViewColumn | undefined, viewType: string): ViewColumn {
  const editors = window.visibleTextEditors;
  const own = editors.find(({ document }) => document.uri.toString() === uri.toString())?.viewColumn;
  const other = editors.find(({ document, viewColumn }) => document.languageId === 'lintel' && viewColumn !== from)?.viewColumn;
  const group = window.tabGroups.all.find(
    ({ activeTab }) => !(activeTab?.input instanceof TabInputWebview && activeTab.input.viewType.endsWith(viewType)),
  );
  return own ?? other ?? group?.viewColumn ?? ViewColumn.Beside;
}
