/** Outlines: what a `d` attribute says, in absolute coordinates, with lines and cubic curves only. */

export type PathStep =
  | { readonly op: 'M'; readonly x: number; readonly y: number }
  | { readonly op: 'L'; readonly x: number; readonly y: number }
  | {
      readonly op: 'C';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly x: number;
      readonly y: number;
    }
  | { readonly op: 'Z' };

export type Path = readonly PathStep[];

/** A uniform scale and a shift: all that a picture uses. */
export interface Place {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** How far the control points of a quarter circle stand off. */
const quarter = 0.5522847498;

/** The path at another place. */
export function placePath(path: Path, { scale, x, y }: Place): Path {
  if (scale === 1 && x === 0 && y === 0) return path;
  return path.map((step) => {
    if (step.op === 'Z') return step;
    const end = { x: step.x * scale + x, y: step.y * scale + y };
    if (step.op !== 'C') return { op: step.op, ...end };
    return {
      op: 'C',
      x1: step.x1 * scale + x,
      y1: step.y1 * scale + y,
      x2: step.x2 * scale + x,
      y2: step.y2 * scale + y,
      ...end,
    };
  });
}

/** A rectangle with round corners. */
export function rectPath(x: number, y: number, width: number, height: number, radius: number): Path {
  const r = Math.max(0, Math.min(radius, width / 2, height / 2));
  const [right, bottom] = [x + width, y + height];
  if (r === 0) {
    return [
      { op: 'M', x, y },
      { op: 'L', x: right, y },
      { op: 'L', x: right, y: bottom },
      { op: 'L', x, y: bottom },
      { op: 'Z' },
    ];
  }
  const k = r * (1 - quarter);
  return [
    { op: 'M', x: x + r, y },
    { op: 'L', x: right - r, y },
    { op: 'C', x1: right - k, y1: y, x2: right, y2: y + k, x: right, y: y + r },
    { op: 'L', x: right, y: bottom - r },
    { op: 'C', x1: right, y1: bottom - k, x2: right - k, y2: bottom, x: right - r, y: bottom },
    { op: 'L', x: x + r, y: bottom },
    { op: 'C', x1: x + k, y1: bottom, x2: x, y2: bottom - k, x, y: bottom - r },
    { op: 'L', x, y: y + r },
    { op: 'C', x1: x, y1: y + k, x2: x + k, y2: y, x: x + r, y },
    { op: 'Z' },
  ];
}

/** An ellipse. */
export function ellipsePath(cx: number, cy: number, rx: number, ry: number): Path {
  const [kx, ky] = [rx * quarter, ry * quarter];
  return [
    { op: 'M', x: cx + rx, y: cy },
    { op: 'C', x1: cx + rx, y1: cy + ky, x2: cx + kx, y2: cy + ry, x: cx, y: cy + ry },
    { op: 'C', x1: cx - kx, y1: cy + ry, x2: cx - rx, y2: cy + ky, x: cx - rx, y: cy },
    { op: 'C', x1: cx - rx, y1: cy - ky, x2: cx - kx, y2: cy - ry, x: cx, y: cy - ry },
    { op: 'C', x1: cx + kx, y1: cy - ry, x2: cx + rx, y2: cy - ky, x: cx + rx, y: cy },
    { op: 'Z' },
  ];
}

/** Reads the `d` of a path: M L H V C S Q T A Z, absolute and relative. Stops at what it does not understand. */
export function parsePath(d: string): Path {
  const tokens = d.match(/[a-zA-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g) ?? [];
  const out: PathStep[] = [];
  let at = 0;
  let [x, y, startX, startY] = [0, 0, 0, 0];
  let [lastX, lastY, lastKind] = [0, 0, ''];
  let command = '';
  /** Numbers are taken apart by hand: the two flags of an arc may stand without a space. */
  const next = (): number => Number(tokens[at++] ?? Number.NaN);
  const cubic = (x1: number, y1: number, x2: number, y2: number, endX: number, endY: number): void => {
    out.push({ op: 'C', x1, y1, x2, y2, x: endX, y: endY });
    [lastX, lastY, x, y] = [x2, y2, endX, endY];
  };
  const quadratic = (qx: number, qy: number, endX: number, endY: number): void => {
    cubic(x + ((qx - x) * 2) / 3, y + ((qy - y) * 2) / 3, endX + ((qx - endX) * 2) / 3, endY + ((qy - endY) * 2) / 3, endX, endY);
    [lastX, lastY] = [qx, qy];
  };
  while (at < tokens.length) {
    if (/[a-zA-Z]/.test(tokens[at] ?? '')) command = tokens[at++] ?? '';
    else if (command === '' || command === 'z' || command === 'Z') break;
    const isRelative = command === command.toLowerCase();
    const [ox, oy] = isRelative ? [x, y] : [0, 0];
    const kind = command.toUpperCase();
    if (kind === 'Z') {
      out.push({ op: 'Z' });
      [x, y] = [startX, startY];
    } else if (kind === 'M' || kind === 'L') {
      [x, y] = [ox + next(), oy + next()];
      out.push({ op: kind, x, y });
      if (kind === 'M') {
        [startX, startY] = [x, y];
        command = isRelative ? 'l' : 'L';
      }
    } else if (kind === 'H' || kind === 'V') {
      if (kind === 'H') x = ox + next();
      else y = oy + next();
      out.push({ op: 'L', x, y });
    } else if (kind === 'C') cubic(ox + next(), oy + next(), ox + next(), oy + next(), ox + next(), oy + next());
    else if (kind === 'S') {
      const mirrored = lastKind === 'C' || lastKind === 'S' ? [2 * x - lastX, 2 * y - lastY] : [x, y];
      cubic(mirrored[0] ?? x, mirrored[1] ?? y, ox + next(), oy + next(), ox + next(), oy + next());
    } else if (kind === 'Q') quadratic(ox + next(), oy + next(), ox + next(), oy + next());
    else if (kind === 'T') {
      const mirrored = lastKind === 'Q' || lastKind === 'T' ? [2 * x - lastX, 2 * y - lastY] : [x, y];
      quadratic(mirrored[0] ?? x, mirrored[1] ?? y, ox + next(), oy + next());
    } else if (kind === 'A') {
      const arc = { rx: next(), ry: next(), turn: next(), large: next() !== 0, sweep: next() !== 0 };
      for (const [x1, y1, x2, y2, ex, ey] of arcCurves(x, y, arc, ox + next(), oy + next())) cubic(x1, y1, x2, y2, ex, ey);
    } else break;
    lastKind = kind;
  }
  return out.every((step) => step.op === 'Z' || Number.isFinite(step.x + step.y)) ? out : [];
}

interface Arc {
  readonly rx: number;
  readonly ry: number;
  readonly turn: number;
  readonly large: boolean;
  readonly sweep: boolean;
}

type Curve = readonly [x1: number, y1: number, x2: number, y2: number, x: number, y: number];

/** An elliptical arc as curves of a quarter turn at most (SVG 1.1, F.6.5). */
function arcCurves(x0: number, y0: number, arc: Arc, x: number, y: number): readonly Curve[] {
  const phi = (arc.turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
  const [dx, dy] = [(x0 - x) / 2, (y0 - y) / 2];
  const [px, py] = [cos * dx + sin * dy, cos * dy - sin * dx];
  let [rx, ry] = [Math.abs(arc.rx), Math.abs(arc.ry)];
  if (rx === 0 || ry === 0 || (dx === 0 && dy === 0)) return [[x0, y0, x, y, x, y]];
  const grow = Math.sqrt(Math.max(1, (px / rx) ** 2 + (py / ry) ** 2));
  [rx, ry] = [rx * grow, ry * grow];
  const spare = (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2;
  const factor = (arc.large === arc.sweep ? -1 : 1) * Math.sqrt(Math.max(0, spare) / ((rx * py) ** 2 + (ry * px) ** 2 || 1));
  const [cpx, cpy] = [(factor * rx * py) / ry, (-factor * ry * px) / rx];
  const [cx, cy] = [cos * cpx - sin * cpy + (x0 + x) / 2, sin * cpx + cos * cpy + (y0 + y) / 2];
  const from = Math.atan2((py - cpy) / ry, (px - cpx) / rx);
  let span = Math.atan2((-py - cpy) / ry, (-px - cpx) / rx) - from;
  if (arc.sweep && span < 0) span += 2 * Math.PI;
  if (!arc.sweep && span > 0) span -= 2 * Math.PI;
  const pieces = Math.max(1, Math.ceil(Math.abs(span) / (Math.PI / 2) - 1e-9));
  const reach = (4 / 3) * Math.tan(span / pieces / 4);
  const point = (ex: number, ey: number): readonly [number, number] => [
    cx + cos * rx * ex - sin * ry * ey,
    cy + sin * rx * ex + cos * ry * ey,
  ];
  return Array.from({ length: pieces }, (_, piece): Curve => {
    const [a, b] = [from + (span * piece) / pieces, from + (span * (piece + 1)) / pieces];
    const one = point(Math.cos(a) - reach * Math.sin(a), Math.sin(a) + reach * Math.cos(a));
    const two = point(Math.cos(b) + reach * Math.sin(b), Math.sin(b) - reach * Math.cos(b));
    const end = point(Math.cos(b), Math.sin(b));
    return [...one, ...two, ...end];
  });
}
