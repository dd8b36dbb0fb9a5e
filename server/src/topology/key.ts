/** The key below a picture: a sample of every kind of line, box and bar that is in it, and of nothing else. Pure. */

import { isOver } from './bars.ts';
import { changeOrder } from './diff/list.ts';
import { textWidth } from './measure.ts';
import type { ChangeKind, LineKind, PlacedEdge, PlacedKey, PlacedNode, SignKind } from './placed.ts';
import { lineNames, signNames, speedText } from './words.ts';

/** Where the key may stand, px. */
export interface KeyPlace {
  readonly x: number;
  readonly y: number;
  /** Right edge. */
  readonly right: number;
}

const sample = 26;
const afterSample = 8;
const afterText = 22;
/** From one row to the next, px. */
const pitch = 20;

/** The key in as many rows as it takes. */
export function keyOf(edges: readonly PlacedEdge[], nodes: readonly PlacedNode[], place: KeyPlace): readonly PlacedKey[] {
  const out: PlacedKey[] = [];
  let { x, y } = place;
  for (const [text, kind] of [...changesIn(edges, nodes), ...linesIn(edges), ...signsIn(edges, nodes)]) {
    const needed = sample + afterSample + textWidth(text, 'small');
    if (x > place.x && x + needed > place.right) {
      x = place.x;
      y += pitch;
    }
    out.push({ x, y, width: sample, kind, text: { x: x + sample + afterSample, y: y + 3.5, text, style: 'small' } });
    x += needed + afterText;
  }
  return out;
}

/** Height of a key with the room above it. */
export function keyHeight(key: readonly PlacedKey[]): number {
  const [first] = key;
  const last = key.at(-1);
  return first === undefined || last === undefined ? 0 : 40 + last.y - first.y;
}

/** In a comparison: what became of things. */
function changesIn(edges: readonly PlacedEdge[], nodes: readonly PlacedNode[]): readonly (readonly [string, ChangeKind])[] {
  const used = new Set(edges.map(({ edge }) => edge.change));
  const visit = ({ children, node }: PlacedNode): void => {
    used.add(node?.change);
    for (const child of children) visit(child);
  };
  for (const node of nodes) visit(node);
  return changeOrder.filter((change) => used.has(change)).map((change) => [change, { change }] as const);
}

function linesIn(edges: readonly PlacedEdge[]): ReadonlyMap<string, LineKind> {
  const kinds = new Map<string, LineKind>();
  const cables = edges.filter(({ edge }) => edge.role === 'cable');
  const speeds = new Set(cables.flatMap(({ edge }) => edge.speed ?? []));
  for (const speed of [...speeds].sort((a, b) => b - a)) kinds.set(`cable ${speedText(speed)}`, { role: 'cable', speed });
  if (cables.some(({ edge }) => edge.speed === undefined))
    kinds.set(speeds.size > 0 ? 'cable, speed not said' : 'cable', { role: 'cable' });
  for (const side of ['A', 'B'] as const)
    if (edges.some((edge) => edge.side === side)) kinds.set(`side ${side}`, { role: 'cable', side, speed: 1e10 });
  for (const [role, name] of Object.entries(lineNames)) {
    const used = edges.find(({ edge }) => edge.role === role);
    if (used !== undefined && name !== undefined) kinds.set(name, { role: used.edge.role });
  }
  return kinds;
}

function signsIn(edges: readonly PlacedEdge[], nodes: readonly PlacedNode[]): readonly (readonly [string, SignKind])[] {
  const used = new Set<SignKind['sign']>();
  if (edges.some(({ edge }) => edge.lag !== undefined)) used.add('lag');
  const visit = ({ bars = [], children, node }: PlacedNode): void => {
    if (node?.look !== undefined) used.add(node.look);
    if ((node?.shared ?? []).length > 0) used.add('shared');
    for (const plug of node?.feeds ?? []) used.add(plug.used ? 'plug' : 'unplugged');
    for (const { bar } of bars) {
      used.add('used');
      if (bar.reserve !== undefined && bar.reserve > 0) used.add('kept');
      if (isOver(bar)) used.add('over');
    }
    for (const child of children) visit(child);
  };
  for (const node of nodes) visit(node);
  return (Object.keys(signNames) as SignKind['sign'][])
    .filter((sign) => used.has(sign))
    .map((sign) => [signNames[sign], { sign }] as const);
}
