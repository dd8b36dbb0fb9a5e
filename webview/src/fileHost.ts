/**
 * In place of the editor, when the page is a file by itself (the HTML export): it keeps nothing, asks nobody, and answers from the
 * picture that stands in the file.
 */

import type { FoundThing, ToPage } from '../../server/src/lsp/protocol.ts';
import { cardOf } from './describe.ts';
import { frameOf } from './geometry.ts';
import type { Host } from './host.ts';

/** Takes the picture out of the file. */
export function createFileHost(): Host {
  const tell = (data: ToPage): void => {
    queueMicrotask(() => window.dispatchEvent(new MessageEvent('message', { data })));
  };
  return {
    isAlone: true,
    uri: undefined,
    kept: () => undefined,
    keep: () => undefined,
    post(message) {
      if (message.type === 'ready') tell({ type: 'picture', ...readPicture(), revision: 1, choice: {} });
      else if (message.type === 'find') tell({ type: 'found', serial: message.serial, things: find(message.text) });
    },
  };
}

function readPicture(): { readonly svg: string; readonly title: string } {
  const text = document.getElementById('lintel-picture')?.textContent ?? '';
  const data: unknown = text === '' ? {} : JSON.parse(text);
  const part = (name: string): string => {
    const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { svg: withoutHands(part('svg')), title: part('title') };
}

/** Nobody is there who could lay the picture out again: nothing in it is opened, shut or dragged. */
function withoutHands(svg: string): string {
  return svg.replaceAll(/ data-(?:fold|at)="[^"]*"/g, '');
}

/** Boxes whose words hold all that is looked for: by name first, then by what is known of them. */
function find(text: string): readonly FoundThing[] {
  const wanted = text.trim().toLocaleLowerCase().split(/\s+/);
  const scored: { readonly thing: FoundThing; readonly score: number }[] = [];
  for (const node of document.querySelectorAll<SVGElement>('.lt-view .lt-node[data-id]')) {
    const { id = '', name = '', tip = '' } = node.dataset;
    const label = name.toLocaleLowerCase();
    const words = `${id}\n${name}\n${tip}`.toLocaleLowerCase();
    if (!wanted.every((word) => words.includes(word))) continue;
    const isNamed = wanted.every((word) => label.includes(word));
    const score = label === wanted.join(' ') ? 0 : isNamed && label.startsWith(wanted[0] ?? '') ? 1 : isNamed ? 2 : 3;
    const [role = '', ...details] = cardOf(tip).kind.split(' · ');
    const parent = frameOf(node)?.dataset.name;
    const detail = [...(parent === undefined ? [] : [`in ${parent}`]), ...details].join(' · ');
    scored.push({ thing: { id, role, label: name, detail, shownAs: id, within: [] }, score });
  }
  return scored.toSorted((a, b) => a.score - b.score).map(({ thing }) => thing);
}
