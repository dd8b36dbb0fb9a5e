/** The tree of boxes that folding works on: who stands in whom, like things gathered, and what a box holds in words. Pure. */
import type { Graph, GraphNode, NodeRole } from './graph.ts';
import { roleNames, summaryNouns } from './words.ts';

export interface Box {
  readonly id: string;
  readonly role: NodeRole;
  readonly node: GraphNode;
  parent: Box | undefined;
  children: Box[];
}

export interface Boxes {
  readonly roots: readonly Box[];
  readonly byId: Map<string, Box>;
}

/** So many like things in one frame are worth a box of their own; two are often a redundant pair. */
const fewest = 3;
/** One box opens into so many at once. */
const crowd = 100;
/** In a picture that is large even when it is folded, so many things of one role become one box. */
const smallCrowd = 16;
const groupPrefix = 'all:';

/** Whether a box stands for several like things rather than for one of the design. */
export const isGroup = (box: Box): boolean => box.id.startsWith(groupPrefix);

/** Id of the thing that a box's id leads to: for several like things the first of them. */
export function thingOf(id: string): string {
  let at = id;
  while (at.startsWith(groupPrefix)) at = at.slice(groupPrefix.length);
  return at;
}

/** The boxes of a graph. Missing parents and cycles of parents are survived: the box stands at the top. Of one id the first counts. */
export function boxesOf(graph: Graph, gather: boolean): Boxes {
  const byId = new Map<string, Box>();
  for (const node of graph.nodes)
    if (!byId.has(node.id)) byId.set(node.id, { id: node.id, role: node.role, node, parent: undefined, children: [] });
  for (const box of byId.values()) box.parent = box.node.parent === undefined ? undefined : byId.get(box.node.parent);
  cutCycles(byId.values());
  const roots: Box[] = [];
  for (const box of byId.values()) (box.parent?.children ?? roots).push(box);
  if (!gather) return { roots, byId };
  const boxes = [...byId.values()];
  for (const box of boxes) box.children = gathered(box.children, box, byId);
  return { roots: gathered(roots, undefined, byId), byId };
}

function cutCycles(boxes: Iterable<Box>): void {
  const safe = new Set<Box>();
  for (const box of boxes) {
    const way = new Set<Box>();
    for (let at: Box | undefined = box; at !== undefined && !safe.has(at); at = at.parent) {
      if (way.has(at)) {
        at.parent = undefined;
        break;
      }
      way.add(at);
    }
    for (const each of way) safe.add(each);
  }
}

/** Like things become one box; what is still a crowd becomes boxes of a hundred. */
function gathered(children: Box[], parent: Box | undefined, byId: Map<string, Box>): Box[] {
  if (children.length < fewest) return children;
  let alike = children;
  for (const boxes of byKey(children, (box) => (box.node.alike === undefined ? undefined : box.role)).values())
    if (boxes.length >= fewest)
      alike = replaced(alike, [...byKey(boxes, (box) => box.node.alike).values()], fewest, parent, byId);
  if (alike.length <= crowd) return alike;
  return replaced(alike, [...byKey(alike, crowdOf).values()], crowd + 1, parent, byId);
}

/** The networks are the legend, each a small chip with its colour: they are no crowd. */
const crowdOf = (box: Box): NodeRole | undefined => (box.role === 'network' ? undefined : box.role);

/**
 * The largest crowds at the top as one box each, until so many boxes are spared; small numbers of things stay as they are.
 * @param inView how many boxes some boxes show with what is in them
 */
export function crowded(
  roots: readonly Box[],
  byId: Map<string, Box>,
  spare: number,
  inView: (boxes: readonly Box[]) => number,
): readonly Box[] {
  // What is open is looked at: it stays.
  const single = roots.filter((box) => inView([box]) === 1);
  const crowds = [...byKey(single, crowdOf).values()].filter((boxes) => boxes.length >= smallCrowd);
  let boxes: Box[] = [...roots];
  let left = spare;
  for (const members of crowds.sort((a, b) => b.length - a.length)) {
    if (left <= 0) break;
    left -= members.length - 1;
    boxes = replaced(boxes, [members], smallCrowd, undefined, byId);
  }
  return boxes;
}

function byKey(boxes: readonly Box[], keyOf: (box: Box) => string | undefined): ReadonlyMap<string, Box[]> {
  const groups = new Map<string, Box[]>();
  for (const box of boxes) {
    const key = keyOf(box);
    if (key === undefined) continue;
    const known = groups.get(key);
    if (known) known.push(box);
    else groups.set(key, [box]);
  }
  return groups;
}

function replaced(
  boxes: Box[],
  groups: readonly (readonly Box[])[],
  least: number,
  parent: Box | undefined,
  byId: Map<string, Box>,
): Box[] {
  const places = new Map<Box, Box | undefined>();
  for (const members of groups) {
    if (members.length < least) continue;
    const made = groupOf(members, parent, byId);
    members.forEach((member, at) => {
      places.set(member, at === 0 ? made : undefined);
    });
  }
  return places.size === 0 ? boxes : boxes.flatMap((box) => (places.has(box) ? (places.get(box) ?? []) : box));
}

/** One box for many; of more than a hundred, boxes of a hundred (or of more, that there are at most a hundred of them) in it. */
function groupOf(members: readonly Box[], parent: Box | undefined, byId: Map<string, Box>): Box {
  const size = Math.max(crowd, Math.ceil(members.length / crowd));
  const parts: Box[] = [];
  if (members.length > crowd)
    for (let at = 0; at < members.length; at += size) {
      const own = members.slice(at, at + size);
      const [only] = own;
      parts.push(own.length === 1 && only ? only : boxOver(own, byId));
    }
  const made = boxOver(parts.length > 0 ? parts : members, byId);
  made.parent = parent;
  return made;
}

function boxOver(members: readonly Box[], byId: Map<string, Box>): Box {
  const [first] = members;
  const last = members.at(-1);
  if (first === undefined || last === undefined) throw new Error('a box for nothing');
  const id = `${groupPrefix}${first.id}`;
  const count = members.reduce((sum, box) => sum + (box.node.count ?? 1), 0);
  const nodes = members.map((box) => box.node);
  const same = <K extends 'detail' | 'network' | 'band' | 'look'>(key: K): Partial<GraphNode> =>
    first.node[key] !== undefined && nodes.every((node) => node[key] === first.node[key]) ? { [key]: first.node[key] } : {};
  const facts = first.node.facts?.filter(({ label, value }) =>
    nodes.every((node) => node.facts?.some((fact) => fact.label === label && fact.value === value) === true),
  );
  const node: GraphNode = {
    id,
    role: first.role,
    label: `${firstName(first)} … ${lastName(last)}`,
    count,
    ...same('detail'),
    ...same('network'),
    ...same('band'),
    ...same('look'),
    ...(facts === undefined || facts.length === 0 ? {} : { facts }),
  };
  const box: Box = { id, role: first.role, node, parent: undefined, children: [...members] };
  for (const member of members) member.parent = box;
  byId.set(id, box);
  return box;
}

function firstName(box: Box): string {
  const [inner] = box.children;
  return isGroup(box) && inner ? firstName(inner) : box.node.label;
}

function lastName(box: Box): string {
  const inner = box.children.at(-1);
  return isGroup(box) && inner ? lastName(inner) : box.node.label;
}

/** How many things of each role there are; boxes for several things are none themselves. */
export function countsOf(boxes: Iterable<Box>): Partial<Record<NodeRole, number>> {
  const counts: Partial<Record<NodeRole, number>> = {};
  for (const box of boxes)
    if (!isGroup(box) && box.node.look !== 'ghost') counts[box.role] = (counts[box.role] ?? 0) + (box.node.count ?? 1);
  return counts;
}

const mainRoles: readonly NodeRole[] = ['rack', ...summaryNouns.map(([role]) => role)];
const smallRoles = (Object.keys(roleNames) as NodeRole[]).filter((role) => !mainRoles.includes(role));

/** What is held in words: `main` is what one asks for first, three parts at most; `all` is everything. */
export function heldWords(counts: Partial<Record<NodeRole, number>>): { readonly main?: string; readonly all?: string } {
  const nouns = new Map(summaryNouns.map(([role, one, many]) => [role, { one, many }]));
  const text = (role: NodeRole, count: number): string => {
    const { one, many } = nouns.get(role) ?? { one: roleNames[role], many: plural(roleNames[role]) };
    return `${count} ${count === 1 ? one : many}`;
  };
  const said = (roles: readonly NodeRole[]): readonly string[] =>
    roles.flatMap((role) => ((counts[role] ?? 0) > 0 ? [text(role, counts[role] ?? 0)] : []));
  const main = said(mainRoles);
  const held = [...main, ...said(smallRoles)];
  return {
    ...(main.length > 0 ? { main: main.slice(0, 3).join(' · ') } : {}),
    ...(held.length > 0 ? { all: held.join(' · ') } : {}),
  };
}

/** `virtual switch` → `virtual switches`. */
const plural = (one: string): string => (/(s|x|z|ch|sh)$/i.test(one) ? `${one}es` : `${one}s`);
