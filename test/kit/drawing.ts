/** What a picture shows beside its boxes, measured: labels and what they cover, lines that cross or lie upon each other. */

import type { Point } from '../../server/src/topology/layout/elkGraph.ts';
import { markBox } from '../../server/src/topology/markBox.ts';
import { badgeSize, fonts, textWidth } from '../../server/src/topology/measure.ts';
import type { Placed, PlacedEdge, PlacedNode, PlacedText, Rectangle } from '../../server/src/topology/placed.ts';

interface Piece {
  readonly a: Point;
  readonly b: Point;
  readonly edge: PlacedEdge;
}

/** About what a text covers, from the top of its capitals to its baseline. */
export function inkOf(text: PlacedText): Rectangle {
  const width = textWidth(text.text, text.style);
  const height = fonts[text.style].size * 0.74;
  const x = text.anchor === 'middle' ? text.x - width / 2 : text.anchor === 'end' ? text.x - width : text.x;
  return { x, y: text.y - height, width, height };
}

/** Whether two rectangles have more than half a px in common each way. */
export function covers(a: Rectangle, b: Rectangle): boolean {
  return a.x + 0.5 < b.x + b.width && b.x + 0.5 < a.x + a.width && a.y + 0.5 < b.y + b.height && b.y + 0.5 < a.y + a.height;
}

function flat(nodes: readonly PlacedNode[]): readonly PlacedNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

const isFrame = (node: PlacedNode): boolean => node.plate !== undefined || node.shape === 'block';
const nameOf = (node: PlacedNode): string => node.node?.id ?? node.texts[0]?.text ?? node.shape;

function pieces(placed: Placed): readonly Piece[] {
  return placed.edges.flatMap((edge) =>
    edge.points.slice(1).flatMap((b, at) => {
      const a = edge.points[at];
      return a === undefined ? [] : [{ a, b, edge }];
    }),
  );
}

/** Labels of lines that cover each other, a box, a frame's name or another line, or leave the sheet; texts within a box that cover each other. */
export function labelFaults(placed: Placed): readonly string[] {
  const found: string[] = [];
  const nodes = flat(placed.nodes);
  const labels = placed.edges.flatMap((edge) =>
    edge.label === undefined ? [] : [{ edge, ink: inkOf(edge.label), text: edge.label.text }],
  );
  const all = pieces(placed);
  labels.forEach(({ edge, ink, text }, at) => {
    const said = `the label ${text} of ${edge.edge.id}`;
    if (ink.x < 0 || ink.x + ink.width > placed.width) found.push(`${said} leaves the sheet`);
    for (const other of labels.slice(at + 1))
      if (covers(ink, other.ink)) found.push(`${said} covers the label ${other.text} of ${other.edge.edge.id}`);
    for (const node of nodes) {
      if (!isFrame(node) && covers(ink, node)) found.push(`${said} covers ${nameOf(node)}`);
      if (
        node.plate !== undefined &&
        (node.texts.some((own) => covers(ink, inkOf(own))) ||
          node.badges.some((badge) => covers(ink, { ...badge, ...badgeSize })))
      )
        found.push(`${said} covers the name of ${nameOf(node)}`);
    }
    const struck = all.find((piece) => covers(ink, around(piece, 0.6)));
    if (struck !== undefined) found.push(`${struck.edge.edge.id} runs through ${said}`);
  });
  for (const node of nodes) {
    const inks = [...node.texts.map(inkOf), ...node.badges.map((badge) => ({ ...badge, ...badgeSize }))];
    inks.forEach((ink, at) => {
      if (inks.slice(at + 1).some((other) => covers(ink, other))) found.push(`texts of ${nameOf(node)} cover each other`);
    });
    if (node.plate !== undefined)
      for (const child of node.children)
        if (inks.some((ink) => covers(ink, child))) found.push(`${nameOf(child)} covers the name of ${nameOf(node)}`);
  }
  return found;
}

function around({ a, b }: Piece, by: number): Rectangle {
  return {
    x: Math.min(a.x, b.x) - by,
    y: Math.min(a.y, b.y) - by,
    width: Math.abs(a.x - b.x) + 2 * by,
    height: Math.abs(a.y - b.y) + 2 * by,
  };
}

/** Signs of findings, one with the given number on every box, that cover each other, a label, a text or a box that they do not belong to. */
export function markFaults(placed: Placed, count: number): readonly string[] {
  const found: string[] = [];
  const nodes = flat(placed.nodes);
  const marks = nodes.flatMap((node) => (node.node === undefined ? [] : [{ node, box: markBox(node, count) }]));
  marks.forEach(({ node, box }, at) => {
    const said = `the sign of ${nameOf(node)}`;
    for (const other of marks.slice(at + 1))
      if (covers(box, other.box)) found.push(`${said} covers that of ${nameOf(other.node)}`);
    for (const { label, edge } of placed.edges)
      if (label !== undefined && covers(box, inkOf(label))) found.push(`${said} covers the label of ${edge.id}`);
    for (const other of nodes) {
      if (other !== node && !isFrame(other) && covers(box, other)) found.push(`${said} covers ${nameOf(other)}`);
      if (other.texts.some((text) => covers(box, inkOf(text)))) found.push(`${said} covers a text of ${nameOf(other)}`);
    }
  });
  return found;
}

/** Frames whose name lies upon a line that passes. */
export function hiddenLines(placed: Placed): readonly string[] {
  const found = new Set<string>();
  const all = pieces(placed);
  for (const node of flat(placed.nodes)) {
    if (node.plate === undefined) continue;
    const inks = [...node.texts.map(inkOf), ...node.badges.map((badge) => ({ ...badge, ...badgeSize }))];
    for (const piece of all)
      if (inks.some((ink) => covers(ink, around(piece, 0.6))))
        found.add(`${piece.edge.edge.id} runs under the name of ${nameOf(node)}`);
  }
  return [...found];
}

/** Places where two lines cross: each place once, and not where a trunk parts. */
export function crossings(placed: Placed): readonly Point[] {
  const dots = new Set(placed.junctions.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`));
  const all = pieces(placed);
  const upright = all.filter(({ a, b }) => a.x === b.x);
  const level = all.filter(({ a, b }) => a.y === b.y && a.x !== b.x);
  const found = new Map<string, Point>();
  for (const v of upright) {
    const [top, bottom] = [Math.min(v.a.y, v.b.y), Math.max(v.a.y, v.b.y)];
    for (const h of level) {
      const [left, right] = [Math.min(h.a.x, h.b.x), Math.max(h.a.x, h.b.x)];
      if (v.a.x <= left || v.a.x >= right || h.a.y <= top || h.a.y >= bottom) continue;
      const key = `${Math.round(v.a.x)},${Math.round(h.a.y)}`;
      if (!dots.has(key)) found.set(key, { x: v.a.x, y: h.a.y });
    }
  }
  return [...found.values()];
}

/** Lines of which a piece lies upon, or so close beside that they look like one, a line that they have no end and no kind in common with. */
export function laidUpon(placed: Placed): readonly string[] {
  const found = new Set<string>();
  const all = pieces(placed);
  const groups = new Map<
    string,
    { readonly at: number; readonly from: number; readonly to: number; readonly edge: PlacedEdge }[]
  >();
  for (const { a, b, edge } of all) {
    const isUpright = a.x === b.x;
    const at = isUpright ? a.x : a.y;
    const [from, to] = isUpright ? [Math.min(a.y, b.y), Math.max(a.y, b.y)] : [Math.min(a.x, b.x), Math.max(a.x, b.x)];
    for (const cell of new Set([Math.floor(at / 4), Math.floor((at + 2.4) / 4)])) {
      const key = `${isUpright}${cell}`;
      groups.set(key, [...(groups.get(key) ?? []), { at, from, to, edge }]);
    }
  }
  for (const group of groups.values())
    group.forEach((one, index) => {
      for (const other of group.slice(index + 1)) {
        if (one.edge === other.edge || isTrunk(one.edge, other.edge) || Math.abs(one.at - other.at) > 2.4) continue;
        if (Math.min(one.to, other.to) - Math.max(one.from, other.from) > 6)
          found.add(`${one.edge.edge.id} lies upon ${other.edge.edge.id}`);
      }
    });
  return [...found];
}

function isTrunk(a: PlacedEdge, b: PlacedEdge): boolean {
  return a.edge.role === b.edge.role && [a.edge.from, a.edge.to].some((end) => end === b.edge.from || end === b.edge.to);
}

/** Pairs of which B does not stand right of A, where both stand in one row of one frame. */
export function pairFaults(placed: Placed): readonly string[] {
  const found: string[] = [];
  const check = (siblings: readonly PlacedNode[]): void => {
    for (const a of siblings)
      for (const b of siblings) {
        const isPair = a.node?.side === 'A' && b.node?.side === 'B' && a.node.role === b.node.role;
        const inOneRow = a.y < b.y + b.height && b.y < a.y + a.height;
        if (isPair && inOneRow && a.x >= b.x) found.push(`${nameOf(b)} (B) stands left of ${nameOf(a)} (A)`);
      }
    for (const node of siblings) check(node.children);
  };
  check(placed.nodes);
  return found;
}

/** Frames with much more room than what stands in them and the lines through them take. */
export function looseFrames(placed: Placed): readonly string[] {
  const all = pieces(placed);
  return flat(placed.nodes)
    .filter((node) => node.plate !== undefined && node.children.length > 0)
    .filter((node) => {
      const used = [...node.children, ...(node.plate === undefined ? [] : [node.plate])];
      for (const piece of all) {
        const box = around(piece, 0);
        if (
          box.x > node.x &&
          box.y > node.y &&
          box.x + box.width < node.x + node.width &&
          box.y + box.height < node.y + node.height
        )
          used.push(box);
      }
      const width = Math.max(...used.map((box) => box.x + box.width)) - Math.min(...used.map((box) => box.x));
      const height = Math.max(...used.map((box) => box.y + box.height)) - Math.min(...used.map((box) => box.y));
      return node.width > 1.5 * width + 60 || node.height > 1.5 * height + 60;
    })
    .map(nameOf);
}
