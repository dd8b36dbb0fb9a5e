/**
 * What the exporters need besides code: two fonts, and the page of the panel. In a bundle, esbuild.mjs puts a module of the same
 * shape with all of it, compressed, in the place of this one; run from the sources, it is read from where it lies.
 */
import { existsSync, readFileSync } from 'node:fs';
import { ExportProblem } from './problem.ts';

const at = (path: string): URL => new URL(`../../../../${path}`, import.meta.url);

/** A font file: `DejaVuSans` or `DejaVuSans-Bold`. */
export function fontFile(name: 'DejaVuSans' | 'DejaVuSans-Bold'): Uint8Array {
  return readFileSync(at(`node_modules/dejavu-fonts-ttf/ttf/${name}.ttf`));
}

/** Script and style sheet of the panel's page. Throws an `ExportProblem` when they are not built. */
export function pageFiles(): { readonly script: string; readonly style: string } {
  const [script, style] = [at('dist/webview.js'), at('dist/webview.css')];
  if (!existsSync(script)) throw new ExportProblem('dist/webview.js is not built yet: node esbuild.mjs --only=webview.');
  return { script: readFileSync(script, 'utf8'), style: readFileSync(style, 'utf8') };
}
