/** Editor features: the protocol's requests to the functions of ide/. Each works on the workspace as it is with every change received. */
import { type Connection, LSPErrorCodes, ResponseError, type ServerCapabilities, type TextEdit } from 'vscode-languageserver';
import { formatDesign, formatLines } from '../analysis/format.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { codeActionKinds, codeActions, resolveCodeAction } from '../ide/actions.ts';
import { codeLenses, resolveCodeLens } from '../ide/codeLens.ts';
import { completion, completionTriggers } from '../ide/completion.ts';
import { definition } from '../ide/definition.ts';
import { foldingRanges } from '../ide/folding.ts';
import { hover } from '../ide/hover.ts';
import { inlayHints } from '../ide/inlay.ts';
import { documentLinks } from '../ide/links.ts';
import { documentHighlights, references } from '../ide/references.ts';
import { prepareRename, rename } from '../ide/rename.ts';
import { selectionRanges } from '../ide/selection.ts';
import { semanticTokens, semanticTokensLegend } from '../ide/semanticTokens.ts';
import { documentSymbols, workspaceSymbols } from '../ide/symbols.ts';

export const capabilities: ServerCapabilities = {
  completionProvider: { triggerCharacters: [...completionTriggers] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: true },
  codeLensProvider: { resolveProvider: true },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  renameProvider: { prepareProvider: true },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: {},
  inlayHintProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: [...semanticTokensLegend.tokenTypes], tokenModifiers: [...semanticTokensLegend.tokenModifiers] },
    full: true,
    range: true,
  },
};

type Safely = <P extends unknown[], T>(what: string, fallback: T, run: (...args: P) => T) => (...args: P) => T;

export interface FeatureOptions {
  today(): string;
  /** Files of the workspace, for completion of paths. */
  files(): readonly string[];
  /** The text of the file of dragged places beside a design, as it was last told. */
  places(root: string): string | undefined;
}

export function registerFeatures(
  connection: Connection,
  fresh: () => Workspace | undefined,
  safely: Safely,
  options: FeatureOptions,
): void {
  /** Answers from the workspace, or with what stands for nothing. */
  const on = <P, T>(what: string, fallback: T, answer: (workspace: Workspace, params: P) => T): ((params: P) => T) =>
    safely(what, fallback, (params: P) => {
      const workspace = fresh();
      return workspace ? answer(workspace, params) : fallback;
    });
  const refused = (reason: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, reason);

  connection.onCompletion(
    on('completion', null, (workspace, { textDocument, position }) =>
      completion(workspace, textDocument.uri, position, { files: options.files() }),
    ),
  );
  connection.onHover(
    on('hover', null, (workspace, { textDocument, position }) => hover(workspace, textDocument.uri, position) ?? null),
  );
  connection.onDefinition(
    on('definition', null, (workspace, { textDocument, position }) => definition(workspace, textDocument.uri, position)),
  );
  connection.onReferences(
    on('references', null, (workspace, { textDocument, position, context }) =>
      references(workspace, textDocument.uri, position, context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(
    on('highlight', null, (workspace, { textDocument, position }) => documentHighlights(workspace, textDocument.uri, position)),
  );
  connection.onDocumentSymbol(on('symbols', null, (workspace, { textDocument }) => documentSymbols(workspace, textDocument.uri)));
  connection.onWorkspaceSymbol(on('workspace symbols', null, (workspace, { query }) => workspaceSymbols(workspace, query)));
  connection.onCodeAction(
    on('actions', null, (workspace, { textDocument, range, context }) =>
      codeActions(workspace, textDocument.uri, range, context, { today: options.today() }),
    ),
  );
  connection.onCodeActionResolve((action) => {
    const workspace = fresh();
    return workspace ? resolveCodeAction(workspace, action) : action;
  });
  connection.onCodeLens(on('code lens', null, (workspace, { textDocument }) => codeLenses(workspace, textDocument.uri)));
  connection.onCodeLensResolve((lens) => {
    const workspace = fresh();
    return workspace ? resolveCodeLens(workspace, lens) : lens;
  });
  connection.onPrepareRename((params) => {
    const workspace = fresh();
    if (!workspace) return null;
    const found = prepareRename(workspace, params.textDocument.uri, params.position);
    return 'refusal' in found ? refused(found.refusal) : found;
  });
  connection.onRenameRequest((params) => {
    const workspace = fresh();
    if (!workspace) return null;
    const edit = rename(workspace, params.textDocument.uri, params.position, params.newName, options.places);
    return 'refusal' in edit ? refused(edit.refusal) : edit;
  });
  connection.onDocumentFormatting(
    on('format', null as TextEdit[] | null, (workspace, { textDocument }) => formatDesign(workspace, textDocument.uri)),
  );
  connection.onDocumentRangeFormatting(
    on('format range', null as TextEdit[] | null, (workspace, { textDocument, range }) =>
      formatLines(workspace, textDocument.uri, range.start.line, range.end.line),
    ),
  );
  connection.onFoldingRanges(on('folding', null, (workspace, { textDocument }) => foldingRanges(workspace, textDocument.uri)));
  connection.onSelectionRanges(
    on('selection', null, (workspace, { textDocument, positions }) => selectionRanges(workspace, textDocument.uri, positions)),
  );
  connection.onDocumentLinks(on('links', null, (workspace, { textDocument }) => documentLinks(workspace, textDocument.uri)));
  connection.languages.inlayHint.on(
    on('inlay hints', null, (workspace, { textDocument, range }) => inlayHints(workspace, textDocument.uri, range)),
  );
  connection.languages.semanticTokens.on(
    on('semantic tokens', { data: [] as number[] }, (workspace, { textDocument }) => semanticTokens(workspace, textDocument.uri)),
  );
  connection.languages.semanticTokens.onRange(
    on('semantic tokens', { data: [] as number[] }, (workspace, { textDocument, range }) =>
      semanticTokens(workspace, textDocument.uri, range),
    ),
  );
}
