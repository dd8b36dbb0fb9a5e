/**
 * One container's bands and lines, by one flat run of ELK's layered algorithm: ELK decides the order of lines, the places along a
 * band and the routes; the bands themselves (partitions) and the order in them are given, so that the picture keeps its habit.
 *
 * Each container is a graph of its own, and a line that passes its border ends there at a gate. ELK could do the whole hierarchy
 * in one run (`INCLUDE_CHILDREN`), but then it neither honours partitions inside boxes nor survives a forced order (elkjs 0.12
 * throws), and one added VM moves everything; small flat runs are stable, quick, and cached one by one.
 */

import type { ElkGraph, LayoutRunner, Point } from './elkGraph.ts';
import { type Draft, draft, type FlowRequest } from './flowInput.ts';
import { gateKey, type LaidChild } from './laid.ts';
import { joinAtFork, withoutJogs } from './paths.ts';
import type { Side } from './wires.ts';

export interface FlowResult {
  readonly width: number;
  readonly height: number;
  readonly children: readonly LaidChild[];
  readonly gates: ReadonlyMap<string, number>;
  readonly hops: ReadonlyMap<string, readonly Point[]>;
}

/** Lays one container out. */
export async function flow(request: FlowRequest, run: LayoutRunner): Promise<FlowResult> {
  const input = draft(request);
  return read(request, input, await run(input.graph));
}

function read(request: FlowRequest, input: Draft, result: ElkGraph): FlowResult {
  const placed = new Map((result.children ?? []).map((child) => [child.id, child]));
  const children = input.laids.map((laid, at): LaidChild => {
    const node = placed.get(`n${at}`);
    if (node?.x === undefined || node.y === undefined) throw new Error('the layout engine lost a box');
    return { laid, x: node.x, y: node.y };
  });
  const gates = new Map<string, number>();
  for (const gate of input.gates) gates.set(gateKey(gate.side, gate.bundle), (placed.get(gate.id)?.x ?? 0) + 1);
  const sections = new Map((result.edges ?? []).map((edge) => [edge.id, edge.sections?.[0]]));
  const points = (id: string): readonly Point[] => {
    const section = sections.get(id);
    return section === undefined ? [] : [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  };
  const hops = new Map<string, readonly Point[]>();
  for (const [key, { ids, hop }] of input.edges) {
    const [first, second] = ids;
    if (hop.peer !== undefined && first !== undefined && second !== undefined) {
      const outwards = (id: string): readonly Point[] => (hop.peer === 'top' ? points(id) : [...points(id)].reverse());
      hops.set(key, joinAtFork(outwards(first), outwards(second)));
    } else
      hops.set(
        key,
        ids.flatMap((id) => points(id)),
      );
  }
  settleGates(input, gates, hops);
  return crop({ width: result.width ?? 0, height: result.height ?? 0, children, gates, hops }, request);
}

/** A gate of a single line stands where that line is straight. */
function settleGates(input: Draft, gates: Map<string, number>, hops: Map<string, readonly Point[]>): void {
  const users = new Map<string, string[]>();
  for (const [key] of input.edges) for (const end of key.split('>')) users.set(end, [...(users.get(end) ?? []), key]);
  for (const gate of gates.keys()) {
    const [key, ...others] = users.get(gate) ?? [];
    const points = key === undefined ? undefined : hops.get(key);
    if (key === undefined || points === undefined || others.length > 0) continue;
    const start = key.startsWith(`${gate}>`);
    const settled = withoutJogs(points, { start, end: !start });
    const x = (start ? settled[0] : settled.at(-1))?.x ?? 0;
    // Not where it would come to lie upon the line of another gate.
    if ([...gates].some(([other, at]) => other !== gate && Math.abs(at - x) < 6)) continue;
    hops.set(key, settled);
    gates.set(gate, x);
  }
}

/** The layers of the gates take room as boxes would; where no line turns there, that room is given back. */
export function crop(result: FlowResult, request: FlowRequest): FlowResult {
  const { top, bottom } = request.padding;
  const turns = [...result.hops.values()].flatMap((points) => points.slice(1, -1));
  const ys = [...turns.map((point) => point.y), ...result.children.flatMap((child) => [child.y, child.y + child.laid.height])];
  const [first, last] = [Math.min(...ys), Math.max(...ys)];
  const has = (side: Side): boolean => [...result.gates.keys()].some((key) => key.startsWith(`gate:${side}`));
  const up = has('top') ? Math.max(0, first - top - gateRoom) : 0;
  const height = Math.min(result.height - up, last - up + bottom + (has('bottom') ? gateRoom : 0));
  if (up === 0 && height === result.height) return result;
  const move = (y: number): number => Math.max(0, Math.min(height, y - up));
  return {
    ...result,
    height,
    children: result.children.map((child) => ({ ...child, y: child.y - up })),
    hops: new Map([...result.hops].map(([key, points]) => [key, points.map((point) => ({ x: point.x, y: move(point.y) }))])),
  };
}

const gateRoom = 16;
