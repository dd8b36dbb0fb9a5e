/** Boxes that the user has put somewhere, where places are cells of a grid or sockets on a border. Pure. */

import type { Wanted } from './arrange.ts';
import type { Laid, LaidChild } from './laid.ts';
import { separate } from './separate.ts';

/** The members of a grid in a new order: each that has a place takes the nearest free cell, the others flow around them in theirs. */
export function cellOrder(grid: Laid, wanted: Wanted): readonly Laid[] {
  const cells = grid.children;
  const taken = new Map<number, LaidChild>();
  for (const child of cells) {
    const place = wanted.get(child.laid.item);
    if (place === undefined) continue;
    let best = { at: -1, far: Infinity };
    cells.forEach((cell, at) => {
      const far = (cell.x - place.x) ** 2 + (cell.y - place.y) ** 2;
      if (!taken.has(at) && far < best.far) best = { at, far };
    });
    taken.set(best.at, child);
  }
  const others = cells.filter((child) => !wanted.has(child.laid.item));
  return cells.flatMap((_, at) => (taken.get(at) ?? others.shift())?.laid ?? []);
}

/** Sockets beside each other: those that have a place stand there, the others make room. */
export function holdRow(sockets: readonly LaidChild[], wanted: Wanted, least: number, gap: number): readonly LaidChild[] {
  if (!sockets.some((child) => wanted.has(child.laid.item))) return sockets;
  const bodies = sockets.map((child) => {
    const place = wanted.get(child.laid.item);
    return { x: place?.x ?? child.x, width: child.laid.width, fixed: place !== undefined, weight: 1 };
  });
  const places = separate(bodies, least, () => gap);
  return sockets.map((child, at) => ({ ...child, x: places[at] ?? child.x }));
}
