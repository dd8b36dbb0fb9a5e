/**
 * Picture → one HTML file that moves: the page of the editor's panel with its picture in it, for any browser, without a network.
 * The policy names the only script and the only style sheet by their hashes; the picture is data, so no name can become markup.
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
  const script = (before + page.script + after).replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
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

/** In place of the editor: keeps nothing, and answers `ready` with the picture. */
const before = `'use strict';function acquireVsCodeApi(){return{getState(){},setState(){},postMessage(message){
if(message.type!=='ready')return;
const picture=JSON.parse(document.getElementById('lintel-picture').textContent);
window.dispatchEvent(new MessageEvent('message',{data:{type:'picture',svg:picture.svg,title:picture.title,revision:1,choice:{}}}));
}}}
`;

/** The search: finds things by what their boxes say and their tooltips tell, and shows them one after the other. */
const after = `
;(()=>{
const box=document.createElement('div');box.className='search';box.setAttribute('role','search');
const field=document.createElement('input');field.type='search';field.placeholder='Find (/)';field.setAttribute('aria-label','Find in the picture');
const count=document.createElement('output');box.append(field,count);document.body.prepend(box);
let found=[],at=-1;
const show=()=>{count.textContent=field.value.trim()===''?'':found.length===0?'none':(at+1)+' of '+found.length;
window.dispatchEvent(new MessageEvent('message',{data:{type:'highlight',id:found[at]??null}}))};
const wordsOf=(node)=>[node.getAttribute('aria-label'),node.dataset.tip,node.dataset.id].join(' ').toLowerCase();
field.addEventListener('input',()=>{const wanted=field.value.trim().toLowerCase().split(/\\s+/);
const all=[...document.querySelectorAll('.stage [data-id]')].map((node)=>[node.dataset.id,(node.getAttribute('aria-label')??'').toLowerCase(),wordsOf(node)]);
const hits=wanted[0]===''?[]:all.filter(([,,words])=>wanted.every((word)=>words.includes(word)));
found=[...hits.filter(([,label])=>wanted.every((word)=>label.includes(word))),...hits.filter(([,label])=>!wanted.every((word)=>label.includes(word)))].map(([id])=>id);
at=found.length===0?-1:0;show()});
field.addEventListener('keydown',(event)=>{event.stopPropagation();
if(event.key==='Escape'){field.value='';found=[];at=-1;show();field.blur()}
else if(event.key==='Enter'&&found.length>0){at=(at+(event.shiftKey?found.length-1:1))%found.length;show()}});
document.addEventListener('keydown',(event)=>{const isFind=event.key==='/'||(event.key==='f'&&(event.ctrlKey||event.metaKey));
if(isFind&&event.target!==field){event.preventDefault();event.stopPropagation();field.focus();field.select()}},true);
})();
`;

const light =
  '--vscode-editor-background:#fff;--vscode-editor-foreground:#1b2129;--vscode-focusBorder:#0a61c9;--vscode-descriptionForeground:#5a6672;' +
  '--vscode-editorWidget-background:#f5f7f9;--vscode-editorWarning-foreground:#9a6700;--lt-focus:#0a61c9;--lt-ink:#1b2129;--lt-bg:#fff;--lt-frameLine:#c3ccd6;color-scheme:light;';
const dark =
  '--vscode-editor-background:#171b20;--vscode-editor-foreground:#e4eaf0;--vscode-focusBorder:#4c9aff;--vscode-descriptionForeground:#9ca8b4;' +
  '--vscode-editorWidget-background:#262d36;--vscode-editorWarning-foreground:#d29922;--lt-focus:#4c9aff;--lt-ink:#e4eaf0;--lt-bg:#171b20;--lt-frameLine:#3f4a55;color-scheme:dark;';

function colours(theme: HtmlOptions['theme']): string {
  if (theme === 'auto') return `:root{${light}}@media (prefers-color-scheme:dark){:root{${dark}}}`;
  return `:root{${theme === 'dark' ? dark : light}}`;
}

const own = `
.search{position:fixed;right:14px;top:12px;z-index:2;display:flex;align-items:center;gap:6px;flex-direction:row-reverse}
.search input{width:190px;padding:5px 8px;border:1px solid rgb(128 128 128 / 45%);border-radius:5px;background:var(--vscode-editorWidget-background);color:inherit;font:inherit}
.search input:focus-visible{outline:2px solid var(--vscode-focusBorder);outline-offset:-1px}
.search output{color:var(--vscode-descriptionForeground)}
@media print{.search{display:none}}
`;
