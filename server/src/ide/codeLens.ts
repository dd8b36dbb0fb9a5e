/** Lenses above networks and clusters: who uses them, and where they are in the picture. Counting waits until a lens is in sight. */
import type { CodeLens, Location, Position } from 'vscode-languageserver-types';
import { rangeOfSpot } from '../analysis/locate.ts';
import type { Workspace } from '../analysis/workspace.ts';
import { idOf } from '../model/entity.ts';
import { entryOf } from '../model/project.ts';
import { projectOf } from './place.ts';
import { references } from './references.ts';

/** Commands of the client. */
export const revealCommand = 'lintel.revealInTopology';
const showReferencesCommand = 'lintel.showReferences';

/** Kinds that much hangs on. */
const shown: ReadonlySet<string> = new Set(['network', 'cluster']);

interface LensData {
  readonly uri: string;
  readonly position: Position;
}

export function codeLenses(workspace: Workspace, uri: string): CodeLens[] {
  const project = projectOf(workspace, uri);
  const lenses: CodeLens[] = [];
  for (const state of project?.chunks(uri) ?? []) {
    const holder = state.holders.find((candidate) => shown.has(candidate.data.kind));
    const entry = holder && entryOf(holder);
    const term = entry?.groups[0]?.[0];
    if (!holder || !entry || !term) continue;
    const { range } = rangeOfSpot({ state, span: term });
    lenses.push({ range, data: { uri, position: range.start } satisfies LensData });
    lenses.push({
      range,
      command: { title: 'Reveal in topology', command: revealCommand, arguments: [uri, idOf(holder.unit.root)] },
    });
  }
  return lenses;
}

/** Counts the references of a lens that has come into sight. */
export function resolveCodeLens(workspace: Workspace, lens: CodeLens): CodeLens {
  const data = lens.data as Partial<LensData> | undefined;
  if (lens.command || !data?.uri || !data.position) return lens;
  const found: Location[] = references(workspace, data.uri, data.position, false);
  return {
    range: lens.range,
    command: {
      title: found.length === 1 ? '1 reference' : `${found.length} references`,
      command: showReferencesCommand,
      arguments: [data.uri, data.position, found],
    },
  };
}
