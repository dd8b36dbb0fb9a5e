/**
 * One line of the file of places: `overview  host esx1 / vswitch vSwitch0  x 120  y 340`: the view, the box in the words of the
 * design (kind and name of everything around it, outermost first), and where its upper left corner is, px from that of the frame
 * around it. Pure; whatever is not such a line is no line of ours.
 */

import { quoteName, quoteString } from '../../values/name.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface PlacedLine {
  readonly view: string;
  /** Id of the box: `host:esx1/vswitch:vSwitch0`. */
  readonly id: string;
  readonly place: Place;
}

/** No picture is larger, px. */
const farthest = 1_000_000;
/** Longer lines are not ours. */
const longest = 4_000;

/** The line of a box. What {@link readLine} makes of it is the same again, for every id. */
export function writeLine({ view, id, place }: PlacedLine): string {
  return `${view}  ${spelledId(id)}  x ${whole(place.x)}  y ${whole(place.y)}`;
}

/** What a line says; undefined for a comment, a conflict marker, or anything else. Never throws. */
export function readLine(text: string): PlacedLine | undefined {
  if (text.length > longest) return undefined;
  const words = wordsOf(text);
  if (words === undefined || words.length < 6) return undefined;
  const [view] = words;
  const [keyX, x, keyY, y] = words.slice(-4);
  const path = words.slice(1, -4);
  if (view === undefined || view.quoted || !/^[a-z][a-z-]*$/.test(view.text)) return undefined;
  if (keyX?.text !== 'x' || keyY?.text !== 'y' || keyX.quoted || keyY.quoted) return undefined;
  const id = idOf(path);
  const place = { x: numberOf(x), y: numberOf(y) };
  if (id === undefined || place.x === undefined || place.y === undefined) return undefined;
  return { view: view.text, id, place: { x: place.x, y: place.y } };
}

const whole = (value: number): number => Math.max(0, Math.min(farthest, Math.round(Number.isFinite(value) ? value : 0)));

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

function numberOf(word: Word | undefined): number | undefined {
  return word === undefined || word.quoted || !/^\d{1,7}$/.test(word.text) || Number(word.text) > farthest
    ? undefined
    : Number(word.text);
}

const segment = /^([a-z]+):(.*)$/s;

/** `host esx1 / vswitch vSwitch0`; an id that is not made of kinds and names stands in quotes as it is. */
function spelledId(id: string): string {
  const parts: [string, string][] = [];
  for (const piece of id.split('/')) {
    const [, kind, name] = segment.exec(piece) ?? [];
    const last = parts.at(-1);
    if (kind !== undefined && name !== undefined) parts.push([kind, name]);
    // A name with a slash in it.
    else if (last !== undefined) last[1] += `/${piece}`;
    else return quoteString(id);
  }
  return parts.map(([kind, name]) => `${kind} ${quoteName(name)}`).join(' / ');
}

function idOf(path: readonly Word[]): string | undefined {
  const [whole] = path;
  if (path.length === 1) return whole?.quoted === true ? whole.text : undefined;
  const out: string[] = [];
  for (let at = 0; at < path.length; at += 3) {
    const [kind, name, slash] = path.slice(at, at + 3);
    if (kind === undefined || name === undefined || kind.quoted || !/^[a-z]+$/.test(kind.text)) return undefined;
    if (!name.quoted && name.text === '/') return undefined;
    if (slash !== undefined && (slash.quoted || slash.text !== '/' || at + 3 === path.length)) return undefined;
    out.push(`${kind.text}:${name.text}`);
  }
  return out.join('/');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The words of a line, with quotes and escapes taken off; undefined when a quote is open or stuck to something. */
function wordsOf(line: string): readonly Word[] | undefined {
  const out: Word[] = [];
  let at = 0;
  while (at < line.length) {
    const rest = /[^ \t]/.exec(line.slice(at));
    if (rest === null) break;
    at += rest.index;
    if (line[at] !== '"') {
      const [text = ''] = /^[^ \t]+/.exec(line.slice(at)) ?? [];
      if (text.includes('"') || text.startsWith('#')) return undefined;
      out.push({ text, quoted: false });
      at += text.length;
      continue;
    }
    let text = '';
    at += 1;
    while (at < line.length && line[at] !== '"') {
      const sign = line[at] ?? '';
      const next = line[at + 1];
      if (sign === '\\' && next !== undefined) text += escapes[next] ?? next;
      else text += sign;
      at += sign === '\\' && next !== undefined ? 2 : 1;
    }
    if (line[at] !== '"') return undefined;
    at += 1;
    if (at < line.length && line[at] !== ' ' && line[at] !== '\t') return undefined;
    out.push({ text, quoted: true });
  }
  return out;
}
