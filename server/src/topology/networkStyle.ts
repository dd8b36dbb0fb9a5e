/**
 * How each network is told from the others: a colour of a colour-blind-safe palette, a pattern where the palette starts again,
 * and a code of two characters made from its name, so that colour is never alone. Pure; colours themselves are in svg/theme.
 */

import type { GraphNetwork } from './graph.ts';

/** Number of colours before a pattern is added. */
export const paletteSize = 8;

export interface NetworkStyle {
  readonly id: string;
  readonly label: string;
  readonly purpose?: string;
  /** Place in the palette, 0 to 7. */
  readonly colour: number;
  /** 0 plain, 1 hatched, 2 dotted, 3 crossed. */
  readonly pattern: number;
  /** Two characters, unique in the picture. */
  readonly code: string;
}

/**
 * Gives every network of a design its place and its code. Views do this once for all networks of the design and show some of them:
 * so a network keeps its colour and its code in every view and under every filter. The place follows from the network's own name
 * as far as it is free, so that another network seldom changes it.
 */
export function placeNetworks(networks: readonly GraphNetwork[]): readonly GraphNetwork[] {
  const places = freePlaces(networks.map(({ id }) => id));
  const taken = new Set<string>();
  return networks.map((network) => {
    const code = uniqueCode(network.label, taken);
    taken.add(code);
    return { ...network, style: { place: places.get(network.id) ?? 0, code } };
  });
}

/** All colours once, then all again with the next pattern; each takes the first free one from its own on. */
function freePlaces(ids: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const used = new Set<number>();
  const wishes = [...new Set(ids)].map((id) => ({ id, wish: scattered(id) }));
  for (const { id, wish } of wishes.toSorted((a, b) => a.wish - b.wish || (a.id < b.id ? -1 : 1))) {
    const round = Math.floor(places.size / paletteSize) * paletteSize;
    let step = wish % paletteSize;
    while (used.has(round + (step % paletteSize))) step += 1;
    const place = round + (step % paletteSize);
    used.add(place);
    places.set(id, place);
  }
  return places;
}

/** A number that is the same for the same text and far from that of a similar one (FNV-1a, 32 bits). */
function scattered(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** The style of each network of the graph, by its id, in the order of the legend; those without a place take the next free one. */
export function networkStyles(networks: readonly GraphNetwork[]): ReadonlyMap<string, NetworkStyle> {
  const styles = new Map<string, NetworkStyle>();
  const taken = new Set(networks.flatMap((network) => network.style?.code ?? []));
  let next = Math.max(-1, ...networks.map((network) => network.style?.place ?? -1)) + 1;
  for (const network of networks) {
    if (styles.has(network.id)) continue;
    const at = network.style?.place ?? next++;
    const code = network.style?.code ?? uniqueCode(network.label, taken);
    taken.add(code);
    styles.set(network.id, {
      id: network.id,
      label: network.label,
      ...(network.purpose === undefined ? {} : { purpose: network.purpose }),
      colour: at % paletteSize,
      pattern: Math.floor(at / paletteSize) % 4,
      code,
    });
  }
  return styles;
}

function uniqueCode(label: string, taken: ReadonlySet<string>): string {
  for (const candidate of candidates(label)) {
    if (!taken.has(candidate)) return candidate;
  }
  for (let n = 1; ; n += 1) {
    const numbered = n.toString(36).toUpperCase();
    if (!taken.has(numbered)) return numbered;
  }
}

/** Initials first (`storage-a` → SA), then the name's first letters (`admin` → AD), then its first letter with each later one. */
function* candidates(label: string): Generator<string> {
  const words =
    label
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .toUpperCase()
      .match(/\p{Script=Latin}+|[0-9]+|[\p{L}]/gu) ?? [];
  const first = words[0]?.[0];
  if (first === undefined) return;
  const second = words[1]?.[0];
  if (words.length > 1 && second !== undefined) yield first + second;
  const last = words.at(-1);
  if (words.length > 1 && last !== undefined && /^[0-9]+$/.test(last)) yield first + last.slice(-1);
  for (const letter of words.join('').slice(1)) yield first + letter;
  for (let digit = 2; digit <= 9; digit += 1) yield `${first}${digit}`;
}
