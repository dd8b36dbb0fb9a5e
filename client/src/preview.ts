/**
 * The topology panel: a web page beside the editor that shows the server's picture. It pulls: one request at a time, and again when
 * something changed meanwhile, so typing never queues pictures.
 */
import { randomBytes } from 'node:crypto';
import {
  type Disposable,
  type ExtensionContext,
  type Position,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewPanel,
  window,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FromPage,
  type LocateParams,
  type LocateResult,
  locateRequest,
  type ModelChangedParams,
  modelChanged,
  type ThingAtParams,
  type ThingAtResult,
  type ToPage,
  type TopologyChoice,
  type TopologyParams,
  type TopologyResult,
  thingAtRequest,
  topologyRequest,
} from '../../server/src/lsp/protocol.ts';

const viewType = 'lintel.topology';

export interface Previews extends Disposable {
  /** Opens the panel for a design, or brings it to the front. */
  open(uri: Uri): void;
  /** Opens it and lights up a thing. */
  show(uri: Uri, id: string): void;
  /** Opens it and lights up what stands at a place. */
  showAt(uri: Uri, position: Position): Promise<void>;
}

type Reveal = (location: LocateResult, preserveFocus: boolean, column: ViewColumn) => Promise<void>;

export function createPreviews(context: ExtensionContext, client: BaseLanguageClient, reveal: Reveal): Previews {
  let panel: WebviewPanel | undefined;
  let design: Uri | undefined;
  let pulling = false;
  let again = false;
  let ready = false;
  /** What the page has chosen; the server's first viewpoint unless it has. */
  let choice: TopologyChoice = {};
  /** What is lit up: a thing, nothing, or not decided yet. */
  let highlighted: string | null | undefined;
  const disposables: Disposable[] = [];

  const post = (message: ToPage): void => {
    if (panel && ready) void panel.webview.postMessage(message);
  };
  const pull = async (): Promise<void> => {
    if (!panel || !design || !ready) return;
    if (pulling) {
      again = true;
      return;
    }
    pulling = true;
    try {
      do {
        again = false;
        const asked: TopologyChoice = choice;
        const picture: TopologyResult = await client.sendRequest(topologyRequest, {
          uri: design.toString(),
          ...asked,
        } satisfies TopologyParams);
        post({
          type: 'picture',
          svg: picture.svg,
          title: picture.title,
          revision: picture.revision,
          ...(picture.message !== undefined ? { message: picture.message } : {}),
          choice: asked,
          ...(picture.views !== undefined ? { views: picture.views } : {}),
        });
      } while (again);
    } catch (error) {
      post({
        type: 'picture',
        svg: '',
        title: '',
        revision: 0,
        choice,
        message: `The picture is not to be had just now: ${error instanceof Error ? error.message : String(error)}`,
      });
    } finally {
      pulling = false;
    }
  };
  /** A page that is still loading is told when it is ready. */
  const highlight = (id: string | null): void => {
    highlighted = id;
    post({ type: 'highlight', id });
  };
  const follow = async (uri: Uri, position: Position): Promise<void> => {
    const thing = await client.sendRequest<ThingAtResult>(thingAtRequest, {
      uri: uri.toString(),
      position: { line: position.line, character: position.character },
    } satisfies ThingAtParams);
    highlight(thing?.id ?? null);
  };
  const receive = async (message: FromPage): Promise<void> => {
    if (message.type === 'ready') {
      ready = true;
      choice = message.choice ?? {};
      await pull();
      const editor = window.visibleTextEditors.find((candidate) => candidate.document.uri.toString() === design?.toString());
      if (highlighted !== undefined) highlight(highlighted);
      else if (editor) await follow(editor.document.uri, editor.selection.active);
    } else if (message.type === 'choice') {
      choice = message.choice;
      await pull();
    } else if (message.type === 'reveal' && design) {
      const location = await client.sendRequest<LocateResult | null>(locateRequest, {
        uri: design.toString(),
        id: message.id,
      } satisfies LocateParams);
      // Beside the picture, wherever that is, and never over it.
      const column = panel?.viewColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
      if (location) await reveal(location, message.preserveFocus, column);
    }
  };
  const adopt = (next: WebviewPanel, uri: Uri): void => {
    panel = next;
    design = uri;
    ready = false;
    choice = {};
    highlighted = undefined;
    const root = Uri.joinPath(context.extensionUri, 'dist');
    next.webview.options = { enableScripts: true, localResourceRoots: [root] };
    next.iconPath = Uri.joinPath(context.extensionUri, 'icons', 'lintel.svg');
    next.webview.onDidReceiveMessage((message: FromPage) => void receive(message), undefined, disposables);
    next.onDidDispose(
      () => {
        if (panel === next) panel = undefined;
      },
      undefined,
      disposables,
    );
    next.webview.html = page(next.webview, root, uri);
  };

  disposables.push(
    client.onNotification(modelChanged, (_params: ModelChangedParams) => void pull()),
    window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const [selection] = selections;
      if (panel?.visible && selection && textEditor.document.languageId === 'lintel')
        void follow(textEditor.document.uri, selection.active);
    }),
    window.onDidChangeActiveTextEditor((editor) => {
      if (!panel || editor?.document.languageId !== 'lintel' || editor.document.uri.toString() === design?.toString()) return;
      design = editor.document.uri;
      void pull().then(() => follow(editor.document.uri, editor.selection.active));
    }),
    window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(restored, state) {
        const uri =
          typeof state === 'object' && state !== null && 'uri' in state && typeof state.uri === 'string'
            ? Uri.parse(state.uri)
            : undefined;
        const active = window.visibleTextEditors.find((editor) => editor.document.languageId === 'lintel')?.document.uri;
        const design = uri ?? active;
        if (design) adopt(restored, design);
        else restored.dispose();
      },
    }),
  );

  const openPanel = (uri: Uri): void => {
    if (panel) {
      if (design?.toString() !== uri.toString()) {
        design = uri;
        void pull();
      }
      panel.reveal(undefined, true);
      return;
    }
    adopt(
      window.createWebviewPanel(
        viewType,
        'Topology',
        { viewColumn: ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, retainContextWhenHidden: true },
      ),
      uri,
    );
  };

  return {
    open: openPanel,
    show(uri, id) {
      openPanel(uri);
      highlight(id);
    },
    async showAt(uri, position) {
      openPanel(uri);
      await follow(uri, position);
    },
    dispose() {
      panel?.dispose();
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

/** A page with nothing in it but one script and one style sheet of ours. */
function page(webview: Webview, root: Uri, design: Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(Uri.joinPath(root, 'webview.js'));
  const style = webview.asWebviewUri(Uri.joinPath(root, 'webview.css'));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; img-src ${webview.cspSource}; font-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="lintel-design" content="${escapeAttribute(design.toString())}">
<link rel="stylesheet" href="${style.toString()}">
<title>Topology</title>
</head>
<body>
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}

const escapeAttribute = (text: string): string => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
