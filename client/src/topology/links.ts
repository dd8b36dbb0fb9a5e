/**
 * Links to a view of a design, as text: which design of the open folder, and which choice. Made to be pasted into a ticket, so a
 * link names the file from the folder that it is in and works on a colleague's machine; and so anything may stand in one.
 */
import type { TopologyChoice } from '../../../server/src/lsp/protocol.ts';
import { readChoice } from './choice.ts';

/** The path of every link: `vscode://lintel.lintel/topology?…`. */
export const linkPath = '/topology';

export interface Link {
  /** The design's root file from its folder, with slashes. */
  readonly design: string;
  /** Name of the folder, where several are open. */
  readonly folder?: string;
  readonly choice: TopologyChoice;
}

const longestPath = 1000;

/** The part behind the question mark. */
export function writeLink({ choice, design, folder }: Link): string {
  const query = new URLSearchParams({ design, ...(folder === undefined ? {} : { folder }) });
  for (const [name, value] of Object.entries(choice))
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  return query.toString();
}

/** What a link says; undefined when it names no design that could lie in a folder. */
export function readLink(query: string): Link | undefined {
  const given = new URLSearchParams(query);
  const design = given.get('design') ?? '';
  const folder = given.get('folder');
  if (!isPathInside(design)) return undefined;
  const depth = given.get('depth');
  const choice = readChoice({
    ...Object.fromEntries(given),
    depth: depth !== null && /^\d{1,2}$/.test(depth) ? Number(depth) : undefined,
    open: given.getAll('open'),
    shut: given.getAll('shut'),
  });
  return { design, choice, ...(folder === null || folder === '' ? {} : { folder }) };
}

/** A design's path that goes down only: no drive, no root, no step up, nothing that a file system reads otherwise. */
function isPathInside(path: string): boolean {
  return (
    path.length <= longestPath &&
    path.endsWith('.lintel') &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    !/[\u0000-\u001f\u007f\\:]/.test(path) &&
    path.split('/').every((step) => step !== '' && step !== '.' && step !== '..')
  );
}
