/**
 * Filled outlines on a grid of pixels, with smooth edges. Each line adds the area that it covers to a sheet of numbers, whose
 * running sum along a row is how much of each pixel lies inside; what overlaps counts once.
 */

/** A closed outline: x and y in turns. */
export type Polygon = readonly number[];

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue in turns. */
  readonly pixels: Uint8Array;
}

/** Where painting is allowed, in whole pixels. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Most numbers that the sheet holds at a time. */
const sheetSize = 1 << 20;
let sheet = new Float32Array(0);

/** Fills outlines as one shape. */
export function fillPolygons(canvas: Canvas, polygons: readonly Polygon[], colour: string, alpha: number, window?: Window): void {
  const area = areaOf(canvas, polygons, window);
  const width = area.right - area.left;
  if (width <= 0 || area.bottom <= area.top) return;
  const ink = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const rows = Math.max(1, Math.floor(sheetSize / (width + 2)));
  for (let top = area.top; top < area.bottom; top += rows) {
    const height = Math.min(rows, area.bottom - top);
    const needed = (width + 2) * height;
    if (sheet.length < needed) sheet = new Float32Array(needed);
    else sheet.fill(0, 0, needed);
    for (const polygon of polygons) addPolygon(polygon, area.left, top, width, height);
    blend(canvas, area.left, top, width, height, ink, alpha);
  }
}

function areaOf(canvas: Canvas, polygons: readonly Polygon[], window: Window | undefined): Window {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of polygons) {
    for (let at = 0; at < polygon.length; at += 2) {
      const [x, y] = [polygon[at] ?? 0, polygon[at + 1] ?? 0];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return {
    left: Math.max(0, window?.left ?? 0, Math.floor(left)),
    top: Math.max(0, window?.top ?? 0, Math.floor(top)),
    right: Math.min(canvas.width, window?.right ?? canvas.width, Math.ceil(right)),
    bottom: Math.min(canvas.height, window?.bottom ?? canvas.height, Math.ceil(bottom)),
  };
}

function addPolygon(polygon: Polygon, left: number, top: number, width: number, height: number): void {
  const count = polygon.length;
  if (count < 6) return;
  const clamp = (x: number): number => Math.min(Math.max(x - left, 0), width);
  let [x0, y0] = [clamp(polygon[count - 2] ?? 0), (polygon[count - 1] ?? 0) - top];
  for (let at = 0; at < count; at += 2) {
    const [x1, y1] = [clamp(polygon[at] ?? 0), (polygon[at + 1] ?? 0) - top];
    if (y0 < y1) addLine(x0, y0, x1, y1, 1, width + 2, height);
    else if (y0 > y1) addLine(x1, y1, x0, y0, -1, width + 2, height);
    [x0, y0] = [x1, y1];
  }
}

/** A line that goes down. */
function addLine(x0: number, y0: number, x1: number, y1: number, sign: number, stride: number, height: number): void {
  const slope = (x1 - x0) / (y1 - y0);
  let x = y0 < 0 ? x0 - y0 * slope : x0;
  const last = Math.min(height, Math.ceil(y1));
  for (let row = Math.max(0, Math.floor(y0)); row < last; row++) {
    const tall = Math.min(row + 1, y1) - Math.max(row, y0);
    const next = x + slope * tall;
    addPiece(row * stride, Math.min(x, next), Math.max(x, next), tall * sign);
    x = next;
  }
}

/** The piece of a line in one row, from `from` to `to`. */
function addPiece(row: number, from: number, to: number, cover: number): void {
  const first = Math.floor(from);
  const end = Math.ceil(to);
  const add = (column: number, value: number): void => {
    sheet[row + column] = (sheet[row + column] ?? 0) + value;
  };
  if (end <= first + 1) {
    const share = (from + to) / 2 - first;
    add(first, cover * (1 - share));
    add(first + 1, cover * share);
    return;
  }
  const rate = 1 / (to - from);
  const start = 1 - (from - first);
  const tail = to - end + 1;
  const a0 = 0.5 * rate * start * start;
  const am = 0.5 * rate * tail * tail;
  add(first, cover * a0);
  if (end === first + 2) add(first + 1, cover * (1 - a0 - am));
  else {
    const a1 = rate * (1.5 - (from - first));
    add(first + 1, cover * (a1 - a0));
    for (let column = first + 2; column < end - 1; column++) add(column, cover * rate);
    const a2 = a1 + (end - first - 3) * rate;
    add(end - 1, cover * (1 - a2 - am));
  }
  add(end, cover * am);
}

function blend(
  canvas: Canvas,
  left: number,
  top: number,
  width: number,
  height: number,
  ink: readonly number[],
  alpha: number,
): void {
  const { pixels } = canvas;
  const [red = 0, green = 0, blue = 0] = ink;
  for (let row = 0; row < height; row++) {
    let sum = 0;
    let at = ((top + row) * canvas.width + left) * 3;
    const line = row * (width + 2);
    for (let column = 0; column < width; column++, at += 3) {
      sum += sheet[line + column] ?? 0;
      const cover = sum < 0 ? -sum : sum;
      if (cover < 0.002) continue;
      const share = (cover > 0.998 ? 1 : cover) * alpha;
      if (share === 1) {
        pixels[at] = red;
        pixels[at + 1] = green;
        pixels[at + 2] = blue;
      } else {
        pixels[at] = (pixels[at] ?? 0) + (red - (pixels[at] ?? 0)) * share + 0.5;
        pixels[at + 1] = (pixels[at + 1] ?? 0) + (green - (pixels[at + 1] ?? 0)) * share + 0.5;
        pixels[at + 2] = (pixels[at + 2] ?? 0) + (blue - (pixels[at + 2] ?? 0)) * share + 0.5;
      }
    }
  }
}
