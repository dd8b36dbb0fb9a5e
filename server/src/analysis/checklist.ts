/** The deployment checklist of a design as Markdown. */
import type { Design, Workspace } from './workspace.ts';

export function checklistMarkdown(_workspace: Workspace, design: Design): { readonly markdown: string; readonly items: number } {
  return { markdown: design.root, items: 0 };
}
