/** The page of a panel: nothing in it but one script and one style sheet of ours. */
import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import { escapeAttribute } from './seek.ts';

/** What tells one panel from another, over a restart too; it begins with the address of a design. */
export const newKey = (design: Uri): string => `${design.toString()}#${randomBytes(6).toString('hex')}`;

/** @param key what the page keeps as the name of its panel */
export function pageHtml(webview: Webview, root: Uri, key: string): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(Uri.joinPath(root, 'webview.js'));
  const style = webview.asWebviewUri(Uri.joinPath(root, 'webview.css'));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="lintel-design" content="${escapeAttribute(key)}">
<link rel="stylesheet" href="${style.toString()}">
<title>Topology</title>
</head>
<body>
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}
