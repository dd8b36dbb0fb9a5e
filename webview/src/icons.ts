/** The signs of the page's buttons, drawn for it: lines in a square of 16. */

import { make, makeSvg } from './elements.ts';

const icons = {
  search: 'M7 2.8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4M10.2 10.2L13.5 13.5',
  filter: 'M2.5 3h11L9.5 8v5l-3-1.5V8z',
  focus: 'M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6',
  foldAll: 'M4.5 2.5h9v9M2.5 4.5h9v9h-9zM5 9h4',
  openAll: 'M4.5 2.5h9v9M2.5 4.5h9v9h-9zM5 9h4M7 7v4',
  zoomIn: 'M8 3v10M3 8h10',
  zoomOut: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  compare: 'M4 2.5v8M4 13.5v-3M12 13.5v-8M12 2.5v3M2.5 4L4 2.5 5.5 4M10.5 12l1.5 1.5 1.5-1.5M7 6h2M7 8h2M7 10h2',
  split: 'M2.5 2.5h11v11h-11zM8 2.5v11',
  export: 'M8 2v8M4.8 7L8 10.2 11.2 7M2.5 11v2.5h11V11',
  link: 'M6.4 9.6l3.2-3.2M7.2 4.6l1.1-1.1a2.6 2.6 0 0 1 3.7 3.7l-1.1 1.1M8.8 11.4l-1.1 1.1a2.6 2.6 0 0 1-3.7-3.7l1.1-1.1',
  more: 'M3.2 8h.1M8 8h.1M12.7 8h.1',
  close: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  expand: 'M4 6l4 4 4-4',
} as const;
export type IconName = keyof typeof icons;

/** A sign for sighted readers; what it is on carries the name. */
export function icon(name: IconName): SVGSVGElement {
  const path = makeSvg('path', { d: icons[name] });
  return makeSvg('svg', { viewBox: '0 0 16 16', class: `icon icon-${name}`, 'aria-hidden': 'true' }, path);
}

/** A button that shows a sign. @param key the key that does the same, for the tooltip */
export function iconButton(name: IconName, label: string, run: () => void, key?: string): HTMLButtonElement {
  const element = make('button', 'icon-button', icon(name));
  element.type = 'button';
  element.title = key === undefined ? label : `${label} (${key})`;
  element.setAttribute('aria-label', label);
  element.addEventListener('click', run);
  return element;
}
