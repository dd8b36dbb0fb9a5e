/**
 * The file of places: where the user has put boxes by dragging them, beside the design (`plant.lintel` → `plant.lintel-places`).
 * Plain text, one line for each box, sorted by view and path, so that Git merges two people's work line by line. Everything here
 * takes the text of the file and gives the text of the file: a change touches the line that it is about and no other; comments,
 * conflict markers and lines that nobody understands stay where they are; of two lines for one box the last one counts.
 */

import { type Place, type PlacedLine, readLine, writeLine } from './places/line.ts';

export type { Place } from './places/line.ts';

/** A larger file is none of ours: it is left alone, and no place is taken from it. Characters. */
export const largestPlaces = 1_000_000;
/** So many lines for boxes that do not exist (any more, or in this branch) are kept; a merge may bring the boxes back. */
export const mostStrays = 500;

/** Why a file of places cannot be changed, in words. */
export class PlacesProblem extends Error {}

/** Address of the file of places of a design whose root file has the given address or path. */
export function placesBeside(root: string): string {
  return `${root.replace(/\.lintel$/, '')}.lintel-places`;
}

/** Places of a view by id of the box. Never throws: what is not understood is left out. */
export function placesIn(text: string, view: string): ReadonlyMap<string, Place> {
  const out = new Map<string, Place>();
  for (const { line } of rowsOf(text).rows) if (line?.view === view) out.set(line.id, line.place);
  return out;
}

/** Ids of all boxes that have a place in some view. */
export function placedIds(text: string): readonly string[] {
  return [...new Set(rowsOf(text).rows.flatMap(({ line }) => line?.id ?? []))];
}

export interface PlaceChange {
  readonly view: string;
  readonly id: string;
  /** Null frees the box. */
  readonly at: Place | null;
}

/**
 * The file with a box put somewhere or freed; empty when nothing is in it any more. `exists` tells which ids the design has: of the
 * lines for others, only the last {@link mostStrays} are kept. Throws a `PlacesProblem` when the file is too large.
 */
export function withPlace(text: string, change: PlaceChange, exists: (id: string) => boolean = () => true): string {
  const file = changeable(text);
  const { view, id, at } = change;
  let rows: readonly Row[] = file.rows;
  const own = rows.flatMap(({ line }, index) => (line?.view === view && line.id === id ? [index] : []));
  const last = own.at(-1);
  if (at === null) rows = rows.filter((_, index) => !own.includes(index));
  else if (last === undefined) rows = inserted(rows, [{ view, id, place: at }]);
  else {
    const row = rowOf({ view, id, place: at });
    rows = rows.flatMap((known, index) => (index === last ? [row] : own.includes(index) ? [] : [known]));
  }
  return written(withoutStrays(rows, exists), file.eol);
}

/** The file with all boxes of a view freed, those that no longer exist too. Throws a `PlacesProblem` when the file is too large. */
export function withoutView(text: string, view: string): string {
  const file = changeable(text);
  return written(
    file.rows.filter(({ line }) => line?.view !== view),
    file.eol,
  );
}

/**
 * The file with boxes called by new ids, in every view; `renamed` gives the new id, or undefined where nothing changes. A line that
 * has the new name already gives way. The same text when nothing is renamed, or when the file is too large.
 */
export function withNames(text: string, renamed: (id: string) => string | undefined): string {
  const file = rowsOf(text);
  if (file.tooLarge) return text;
  const fresh: PlacedLine[] = [];
  const kept = file.rows.filter(({ line }) => {
    const id = line === undefined ? undefined : renamed(line.id);
    if (line === undefined || id === undefined || id === line.id) return true;
    fresh.push({ ...line, id });
    return false;
  });
  if (fresh.length === 0) return text;
  const keyOf = ({ id, view }: PlacedLine): string => `${view} ${id}`;
  const taken = new Set(fresh.map(keyOf));
  const rows = kept.filter(({ line }) => line === undefined || !taken.has(keyOf(line)));
  return written(inserted(rows, fresh), file.eol);
}

interface Row {
  readonly text: string;
  readonly line: PlacedLine | undefined;
}

interface Rows {
  readonly rows: readonly Row[];
  readonly eol: string;
  readonly tooLarge: boolean;
}

function rowsOf(text: string): Rows {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (text.length > largestPlaces) return { rows: [], eol, tooLarge: true };
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return { rows: lines.map((line) => ({ text: line, line: readLine(line) })), eol, tooLarge: false };
}

function changeable(text: string): Rows {
  const file = rowsOf(text);
  if (file.tooLarge)
    throw new PlacesProblem('The file of places beside the design is too large to be one. Move it away, and drag again.');
  return file;
}

const rowOf = (line: PlacedLine): Row => ({ text: writeLine(line), line });

/** Each before the first line that comes after it; a file that is not in order stays as it is. */
function inserted(rows: readonly Row[], fresh: readonly PlacedLine[]): readonly Row[] {
  const waiting = fresh.toSorted(order);
  const out: Row[] = [];
  let next = 0;
  for (const row of rows) {
    for (
      let line = waiting[next];
      line !== undefined && row.line !== undefined && order(row.line, line) > 0;
      line = waiting[next]
    ) {
      out.push(rowOf(line));
      next += 1;
    }
    out.push(row);
  }
  return [...out, ...waiting.slice(next).map(rowOf)];
}

function order(a: PlacedLine, b: PlacedLine): number {
  if (a.view !== b.view) return a.view < b.view ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

function withoutStrays(rows: readonly Row[], exists: (id: string) => boolean): readonly Row[] {
  if (rows.length <= mostStrays) return rows;
  const strays = rows.filter(({ line }) => line !== undefined && !exists(line.id));
  const dropped = new Set(strays.slice(0, Math.max(0, strays.length - mostStrays)));
  return rows.filter((row) => !dropped.has(row));
}

const heading: readonly string[] = [
  '# Where boxes stand in the pictures of this design that somebody has dragged. Written by Lintel, one line for each box:',
  '# the view, the box, and its upper left corner in px from that of the frame around it. Without its line a box is free again.',
];

/** The file's text; empty when there is nothing in it but what Lintel writes above the lines. */
function written(rows: readonly Row[], eol: string): string {
  if (!rows.some(({ text }) => text.trim() !== '' && !heading.includes(text))) return '';
  const headed = rows.some(({ text }) => text.startsWith('#')) ? rows : [...heading.map((text) => ({ text })), ...rows];
  return headed.map(({ text }) => `${text}${eol}`).join('');
}
