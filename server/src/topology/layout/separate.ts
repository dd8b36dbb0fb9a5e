/**
 * Boxes of one row moved apart: those that the user has put somewhere stay, the others make room by the least movement and keep
 * their order. Pure arithmetic in one dimension.
 */

export interface Body {
  /** Where it would like to stand: its left edge. */
  readonly x: number;
  readonly width: number;
  /** Whether it stays where it is. */
  readonly fixed: boolean;
  /** How much it matters that it stays near its place, beside 1 for a box. */
  readonly weight: number;
}

/** Least distance between two neighbours. */
export type Apart<B extends Body> = (left: B, right: B) => number;

/**
 * The left edges of the bodies, in the order given, none left of `least`. Fixed bodies keep theirs unless they overlap one another
 * (then the right one gives way) or stand left of `least`. What does not fit between two fixed ones goes on to the right.
 */
export function separate<B extends Body>(bodies: readonly B[], least: number, apart: Apart<B>): readonly number[] {
  const at = new Map<B, number>();
  const walls = bodies.filter((body) => body.fixed).sort((a, b) => a.x - b.x);
  walls.forEach((wall, index) => {
    const before = walls[index - 1];
    const free = before === undefined ? least : (at.get(before) ?? 0) + before.width + apart(before, wall);
    at.set(wall, Math.max(wall.x, free));
  });
  const loose = bodies.filter((body) => !body.fixed).sort((a, b) => middleOf(a) - middleOf(b));
  const groups = walls.map((): B[] => []);
  groups.push([]);
  for (const body of loose) {
    const right = walls.findIndex((wall) => middleOf(body) < (at.get(wall) ?? 0) + wall.width / 2);
    groups[right < 0 ? walls.length : right]?.push(body);
  }
  groups.forEach((group, index) => {
    const [left, right] = [walls[index - 1], walls[index]];
    const start = left === undefined ? least : (at.get(left) ?? 0) + left.width;
    const end = right === undefined ? Infinity : (at.get(right) ?? 0);
    while (group.length > 0 && start + needed(group, left, right, apart) > end) {
      const [last] = group.splice(-1);
      if (last !== undefined) groups[index + 1]?.unshift(last);
    }
    spread(group, { left, right, start, end }, apart, at);
  });
  return bodies.map((body) => at.get(body) ?? body.x);
}

const middleOf = (body: Body): number => body.x + body.width / 2;

function needed<B extends Body>(group: readonly B[], left: B | undefined, right: B | undefined, apart: Apart<B>): number {
  let sum = 0;
  let before = left;
  for (const body of group) {
    sum += (before === undefined ? 0 : apart(before, body)) + body.width;
    before = body;
  }
  return sum + (before === undefined || right === undefined ? 0 : apart(before, right));
}

interface Span<B> {
  readonly left: B | undefined;
  readonly right: B | undefined;
  readonly start: number;
  readonly end: number;
}

/** Least squares with a kept order (pool adjacent violators), then into the span. */
function spread<B extends Body>(group: readonly B[], span: Span<B>, apart: Apart<B>, at: Map<B, number>): void {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return;
  const offsets: number[] = [];
  let offset = 0;
  group.forEach((body, index) => {
    const before = group[index - 1];
    if (before !== undefined) offset += before.width + apart(before, body);
    offsets.push(offset);
  });
  const lowest = span.start + (span.left === undefined ? 0 : apart(span.left, first));
  const highest = span.end - (span.right === undefined ? 0 : apart(last, span.right)) - last.width - offset;
  const pools: { sum: number; weight: number; count: number }[] = [];
  group.forEach((body, index) => {
    let pool = { sum: (body.x - (offsets[index] ?? 0)) * body.weight, weight: body.weight, count: 1 };
    for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
      if (before.sum / before.weight <= pool.sum / pool.weight) break;
      pools.pop();
      pool = { sum: before.sum + pool.sum, weight: before.weight + pool.weight, count: before.count + pool.count };
    }
    pools.push(pool);
  });
  let index = 0;
  for (const pool of pools) {
    const x = Math.ceil(Math.max(lowest, Math.min(highest, Math.round(pool.sum / pool.weight))));
    for (let count = 0; count < pool.count; count += 1, index += 1) {
      const body = group[index];
      if (body !== undefined) at.set(body, x + (offsets[index] ?? 0));
    }
  }
}
