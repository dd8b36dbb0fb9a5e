/** The few buttons of the page. */

const svgNamespace = 'http://www.w3.org/2000/svg';

export interface ToolbarActions {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
}

/** A toolbar with names for assistive technology and keys in its tooltips. */
export function createToolbar(actions: ToolbarActions): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'toolbar';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', 'View');
  bar.append(
    button('Zoom in', '+', 'M8 3v10M3 8h10', actions.zoomIn),
    button('Zoom out', '−', 'M3 8h10', actions.zoomOut),
    button('Fit to window', '0', 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10', actions.fit),
  );
  return bar;
}

function button(label: string, key: string, icon: string, run: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.title = `${label} (${key})`;
  element.setAttribute('aria-label', label);
  element.addEventListener('click', run);
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', icon);
  svg.append(path);
  element.append(svg);
  return element;
}
