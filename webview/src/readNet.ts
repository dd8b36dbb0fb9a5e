/** What hangs together in a picture, read from its own elements. */

import { endsOf, frameOf, idOf, nodesOf } from './geometry.ts';
import { type Line, type Net, netOf, type ReadThing } from './net.ts';

/** Reads a picture that stands in the page. */
export function readNet(view: Element): Net {
  const things = [...nodesOf(view).values()].map(readThing);
  const lines = [...view.querySelectorAll<SVGElement>('[data-edge]')].map(readLine);
  return netOf(things, lines);
}

function readThing(node: SVGGElement): ReadThing {
  const parent = frameOf(node)?.dataset.id;
  const id = idOf(node) ?? '';
  return {
    id,
    role: node.dataset.role ?? '',
    name: node.dataset.name ?? id,
    links: linksOf(node),
    ...(parent === undefined ? {} : { parent }),
    ...countOf(node),
  };
}

function readLine(line: SVGElement): Line {
  const { edge = '', label, lag, network, role = '', speed } = line.dataset;
  const [from, to] = endsOf(line);
  return {
    id: edge,
    role,
    from,
    to,
    ...(speed === undefined ? {} : { speed }),
    ...(label === undefined ? {} : { label }),
    ...(lag === undefined ? {} : { lag }),
    ...(network === undefined ? {} : { network }),
    ...countOf(line),
  };
}

function countOf(element: SVGElement): { readonly count?: number } {
  const count = Number(element.dataset.count ?? 1);
  return Number.isSafeInteger(count) && count > 1 ? { count } : {};
}

/** Ids of the things that a box says it is connected with. */
export function linksOf(node: SVGElement | undefined): readonly string[] {
  try {
    const links: unknown = JSON.parse(node?.dataset.links ?? '[]');
    return Array.isArray(links) ? links.filter((link) => typeof link === 'string') : [];
  } catch {
    return [];
  }
}
