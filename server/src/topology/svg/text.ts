/** Text on its way into XML: every string of the model passes through here, whatever somebody typed into a name. */

import { displayText } from '../measure.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const special = /[&<>"']/;

/** Text content or attribute value. */
export function escapeXml(text: string): string {
  const shown = displayText(text);
  return special.test(shown) ? shown.replace(/[&<>"']/g, (character) => entities[character] ?? character) : shown;
}

/** Text content of several lines, for tooltips. */
export function escapeLines(lines: readonly string[]): string {
  return lines.map(escapeXml).join('\n');
}

/** A coordinate without needless digits. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
