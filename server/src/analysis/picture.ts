/** The picture of a design, from the model to SVG text; the same for the editor and the command line. */
import type { GraphMark } from '../topology/graph.ts';
import { type LayoutRunner, placeGraph } from '../topology/layout.ts';
import { renderSvg, type Theme } from '../topology/svg.ts';
import { overviewGraph } from '../topology/views/overview.ts';
import type { Severity } from './finding.ts';
import { titleOf } from './title.ts';
import type { Design, Workspace } from './workspace.ts';

export interface Picture {
  readonly svg: string;
  readonly title: string;
  readonly nodes: number;
}

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Draws a design. Rejects when the layout engine fails. */
export async function pictureOf(workspace: Workspace, design: Design, run: LayoutRunner, theme: Theme): Promise<Picture> {
  const title = titleOf(design);
  const graph = overviewGraph(design.project.model, title, (entity) => {
    const holder = design.project.holderOf(entity);
    return holder ? `${holder.state.uri} ${holder.state.line} ${holder.entryAt}` : entity.name;
  });
  const ids = new Set(graph.nodes.map((node) => node.id));
  const marks = marksOf(workspace, design, ids);
  const placed = await placeGraph(graph, run);
  return { svg: renderSvg(placed, { marks, theme }), title, nodes: graph.nodes.length };
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
