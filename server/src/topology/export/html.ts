/**
 * Picture → one HTML file that moves: the page of the editor's panel with its picture in it, for any browser, without a network.
 * The page finds the picture in the file when there is no editor around it, and leaves away what would need one. The policy names
 * the only script and the only style sheet by their hashes; the picture is data, so no name can become markup.
 */

import { escapeXml } from '../svg/text.ts';

export interface HtmlOptions {
  readonly svg: string;
  readonly title: string;
  readonly theme: 'auto' | 'light' | 'dark' | 'print';
  /** The page of the panel: its script and its style sheet. */
  readonly page: { readonly script: string; readonly style: string };
  /** SHA-256 in base64. */
  readonly hash: (text: string) => string;
}

/** Makes the document. */
export function htmlDocument({ hash, page, svg, theme, title }: HtmlOptions): string {
  // Nothing in a script may look like its end; inside of strings and patterns this is the same.
  const script = `'use strict';${page.script}`.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  const style = colours(theme) + page.style + own;
  const policy = `default-src 'none'; script-src 'sha256-${hash(script)}'; style-src 'sha256-${hash(style)}'; base-uri 'none'; form-action 'none'`;
  const data = JSON.stringify({ svg, title })
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return [
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" content="Lintel">',
    `<title>${escapeXml(title)}</title>`,
    `<style>${style}</style>\n</head>\n<body>`,
    `<script type="application/json" id="lintel-picture">${data}</script>`,
    `<script>${script}</script>\n</body>\n</html>\n`,
  ].join('\n');
}

const light =
  '--vscode-editor-background:#fff;--vscode-editor-foreground:#1b2129;--vscode-focusBorder:#0a61c9;--vscode-descriptionForeground:#5a6672;' +
  '--vscode-editorWidget-background:#f5f7f9;--vscode-editorWarning-foreground:#9a6700;--vscode-editorError-foreground:#c4232f;--vscode-editorInfo-foreground:#0a61c9;--lt-focus:#0a61c9;--lt-ink:#1b2129;--lt-bg:#fff;--lt-frameLine:#c3ccd6;color-scheme:light;';
const dark =
  '--vscode-editor-background:#171b20;--vscode-editor-foreground:#e4eaf0;--vscode-focusBorder:#4c9aff;--vscode-descriptionForeground:#9ca8b4;' +
  '--vscode-editorWidget-background:#262d36;--vscode-editorWarning-foreground:#d29922;--vscode-editorError-foreground:#e5534b;--vscode-editorInfo-foreground:#4c9aff;--lt-focus:#4c9aff;--lt-ink:#e4eaf0;--lt-bg:#171b20;--lt-frameLine:#3f4a55;color-scheme:dark;';

function colours(theme: HtmlOptions['theme']): string {
  if (theme === 'auto') return `:root{${light}}@media (prefers-color-scheme:dark){:root{${dark}}}`;
  return `:root{${theme === 'dark' ? dark : light}}`;
}

const own = `
.stage [data-fold-sign]{display:none}
@media print{.toolbar{display:none}}
`;
