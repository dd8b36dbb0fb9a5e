/**
 * From SVG text to elements of this page. The text comes from our own server and is escaped there; still nothing gets in that a
 * picture does not need: no script, no handler, no style, no reference to anywhere else.
 */

import { makeSvg, svgNamespace } from './elements.ts';

const allowed: ReadonlySet<string> = new Set([
  'svg',
  'g',
  'title',
  'desc',
  'defs',
  'symbol',
  'use',
  'pattern',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  'text',
  'tspan',
]);

export interface Picture {
  /** The drawing, to be moved and scaled as a whole. */
  readonly view: SVGGElement;
  readonly defs: readonly Element[];
  readonly width: number;
  readonly height: number;
  /** The picture's own style sheet: a page with a strict policy adopts it instead of inserting it. */
  readonly css: string;
  readonly description: string;
}

/** The picture, or undefined when the text is no SVG. */
export function parsePicture(text: string): Picture | undefined {
  const { css, rest } = withoutStyle(text);
  const parsed = new DOMParser().parseFromString(rest, 'image/svg+xml');
  const root = parsed.documentElement;
  if (root.localName !== 'svg' || root.namespaceURI !== svgNamespace || parsed.querySelector('parsererror') !== null)
    return undefined;
  clean(root);
  const view = makeSvg('g', { class: 'lt-view' });
  const defs: Element[] = [];
  let description = '';
  for (const child of [...root.children]) {
    if (child.localName === 'defs') defs.push(document.importNode(child, true));
    else if (child.localName === 'desc') description = child.textContent ?? '';
    else if (child.localName !== 'title') view.append(document.importNode(child, true));
  }
  const [, , width = 0, height = 0] = (root.getAttribute('viewBox') ?? '').split(/\s+/).map(Number);
  return { view, defs, width, height, css, description };
}

/** The policy forbids style elements even while parsing, so the style sheet is cut out before. It holds no text of the model. */
function withoutStyle(text: string): { readonly css: string; readonly rest: string } {
  const [open, close] = ['<style>', '</style>'];
  const from = text.indexOf(open);
  const to = text.indexOf(close, from);
  if (from < 0 || to < 0) return { css: '', rest: text };
  return { css: text.slice(from + open.length, to), rest: text.slice(0, from) + text.slice(to + close.length) };
}

function clean(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    const lower = name.toLowerCase();
    const isForeign =
      lower === 'href' || lower.endsWith(':href') ? !value.startsWith('#') : /url\(\s*['"]?(?!['"]?#)/i.test(value);
    if (lower.startsWith('on') || lower === 'style' || isForeign) element.removeAttribute(name);
  }
  for (const child of [...element.children]) {
    if (child.namespaceURI === svgNamespace && allowed.has(child.localName)) clean(child);
    else child.remove();
  }
}
