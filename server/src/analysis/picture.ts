/** The picture of a design, from the model to SVG text; the same for the editor and the command line. */
import type { Graph, GraphMark } from '../topology/graph.ts';
import { type LayoutRunner, placeGraph } from '../topology/layout.ts';
import { renderSvg, type Theme } from '../topology/svg.ts';
import { type Choice, graphOf } from '../topology/views/index.ts';
import type { Severity } from './finding.ts';
import { titleOf } from './title.ts';
import type { Design, Workspace } from './workspace.ts';

export interface Picture {
  readonly svg: string;
  readonly title: string;
  readonly nodes: number;
}

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Draws a design, or what is chosen of it. Rejects with a `SelectionProblem` when the choice means nothing, else when the layout engine fails. */
export async function pictureOf(
  workspace: Workspace,
  design: Design,
  run: LayoutRunner,
  theme: Theme,
  choice: Choice = {},
): Promise<Picture> {
  const title = titleOf(design);
  const grouped = (entity: Parameters<typeof design.project.holderOf>[0]): string => {
    const holder = design.project.holderOf(entity);
    return holder ? `${holder.state.uri} ${holder.state.line} ${holder.entryAt}` : entity.name;
  };
  const graph = graphOf(design.project.model, title, grouped, choice);
  const marks = withShared(graph, marksOf(workspace, design, new Set(graph.nodes.map((node) => node.id))));
  const placed = await placeGraph(graph, run);
  return { svg: renderSvg(placed, { marks, theme }), title, nodes: graph.nodes.length };
}

/** What both sides of a redundant pair share is marked like a remark. */
function withShared(graph: Graph, marks: readonly GraphMark[]): readonly GraphMark[] {
  const all = new Map(marks.map((mark) => [mark.id, mark]));
  for (const { id, shared = [] } of graph.nodes) {
    if (shared.length === 0) continue;
    const known = all.get(id);
    const messages = [...(known?.messages ?? []), ...shared.map((sets) => `Shared by both sides: ${sets}`)];
    all.set(id, { id, severity: known?.severity ?? 'info', count: messages.length, messages });
  }
  return [...all.values()];
}

/** Findings on the box that they are about, or on the nearest one around it. Hints are questions and stay in the text. */
function marksOf(workspace: Workspace, design: Design, ids: ReadonlySet<string>): readonly GraphMark[] {
  const marks = new Map<string, { severity: Severity; messages: string[] }>();
  for (const uri of design.project.files().keys()) {
    for (const finding of workspace.findings(uri)) {
      if (finding.waived || finding.severity === 'hint' || finding.subject === undefined) continue;
      let id = finding.subject;
      while (!ids.has(id) && id.includes('/')) id = id.slice(0, id.lastIndexOf('/'));
      if (!ids.has(id)) continue;
      const known = marks.get(id);
      const text = `${finding.rule}: ${finding.message}`;
      if (!known) marks.set(id, { severity: finding.severity, messages: [text] });
      else {
        known.messages.push(text);
        if (order.indexOf(finding.severity) < order.indexOf(known.severity)) known.severity = finding.severity;
      }
    }
  }
  return [...marks].map(([id, { severity, messages }]) => ({ id, severity, count: messages.length, messages }));
}
