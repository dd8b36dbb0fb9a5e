/** The status item: what the active design's findings come to. */
import { type Disposable, StatusBarAlignment, window } from 'vscode';
import type { FindingCountsParams } from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export function createStatus(server: Server): Disposable {
  const item = window.createStatusBarItem('lintel.findings', StatusBarAlignment.Left, 0);
  item.name = 'Lintel findings';
  item.command = 'lintel.showFindings';
  const counts = new Map<string, FindingCountsParams>();
  const draw = (): void => {
    // With the keyboard in the picture no text editor is active, and the design is still the one that is looked at.
    const editors = window.activeTextEditor ? [window.activeTextEditor] : window.visibleTextEditors;
    const document = editors.find((editor) => editor.document.languageId === 'lintel')?.document;
    const own = document && counts.get(document.uri.toString());
    if (!own) {
      item.hide();
      return;
    }
    const open = own.error + own.warning;
    item.text = open === 0 ? '$(pass) Lintel' : `$(${own.error > 0 ? 'error' : 'warning'}) Lintel ${open}`;
    item.tooltip = [
      open + own.info + own.hint === 0 ? 'Lintel finds nothing to mend in this file.' : 'Lintel findings in this file:',
      ...(own.error > 0 ? [plural(own.error, 'error')] : []),
      ...(own.warning > 0 ? [plural(own.warning, 'warning')] : []),
      ...(own.info > 0 ? [plural(own.info, 'remark')] : []),
      ...(own.hint > 0 ? [plural(own.hint, 'question')] : []),
    ].join('\n');
    item.accessibilityInformation = { label: `Lintel: ${plural(own.error, 'error')}, ${plural(own.warning, 'warning')}` };
    item.show();
  };
  const listening = server.onFindingCounts((params) => {
    counts.set(params.uri, params);
    draw();
  });
  const following = window.onDidChangeActiveTextEditor(draw);
  return {
    dispose() {
      listening.dispose();
      following.dispose();
      item.dispose();
    },
  };
}
