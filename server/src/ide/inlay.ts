/** Inlay hints: what a range counts, and the address that `NETWORK.host(…)` comes to. */
import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver-types';
import type { Workspace } from '../analysis/workspace.ts';
import { subnetOf } from '../facts/network.ts';
import type { ChunkState, Project } from '../model/project.ts';
import { expandPath } from '../model/terms.ts';
import { hostOf } from '../values/ip.ts';
import { isProblem } from '../values/problem.ts';
import { boundOf } from './names/bound.ts';
import { isReckoned } from './names/resolve.ts';
import { chunksIn, projectOf, rangeIn } from './place.ts';
import type { MarkOf } from './reading/marks.ts';
import { namesOf, readingOf } from './reading/reading.ts';

/** A range that one sees at a glance needs no count. */
const fewest = 4;

export function inlayHints(workspace: Workspace, uri: string, range: Range): InlayHint[] {
  const source = workspace.source(uri);
  const project = projectOf(workspace, uri);
  if (!source || !project) return [];
  const hints: InlayHint[] = [];
  for (const place of chunksIn(source, uri, range)) {
    const state = project.chunks(uri)[place.index];
    if (state?.chunk !== place.chunk) continue;
    for (const mark of readingOf(place.chunk, project).marks) {
      const text =
        mark.is === 'name' && mark.term.kind !== 'name'
          ? countText(namesOf(mark.block, project).length)
          : mark.is === 'value' && mark.operand.type.kind.is === 'address'
            ? addressText(project, state, mark)
            : undefined;
      const { end } = rangeIn(place, mark);
      if (text !== undefined && range.start.line <= end.line && end.line <= range.end.line)
        hints.push({ position: end, label: text, kind: InlayHintKind.Type, paddingLeft: true });
    }
  }
  return hints;
}

const countText = (count: number): string | undefined => (count >= fewest ? `× ${count}` : undefined);

function addressText(project: Project, state: ChunkState, mark: MarkOf<'value'>): string | undefined {
  if (mark.term.kind !== 'path') return undefined;
  const bound = boundOf(project, state, mark.block, isReckoned(mark.term) ? 'ends' : 'first');
  const texts = [...bound.slice(0, 1), ...bound.slice(1).slice(-1)].flatMap((one) => {
    const [expanded] = expandPath(mark.term, { vars: one.vars, let: (name) => project.environment().let(name) }, () => {});
    const network =
      expanded?.host === undefined ? undefined : project.model.resolve({ ref: expanded.segments }, one.entity, 'network');
    const subnet = network && subnetOf(network);
    const ip = subnet && expanded?.host !== undefined ? hostOf(subnet, expanded.host) : undefined;
    return ip && !isProblem(ip) ? [ip.text] : [];
  });
  return texts.length === 0 ? undefined : [...new Set(texts)].join(' … ');
}
