/** What a design is called: the label of its `design` entry, or the name of its root file. */
import type { Design } from './workspace.ts';

export function titleOf(design: Design): string {
  const [block] = design.project.model.all('design');
  if (block) {
    const revision = block.props.revision === undefined ? '' : ` · revision ${block.props.revision}`;
    return `${block.label ?? block.name}${revision}`;
  }
  const file = decodeURIComponent(design.root.slice(design.root.lastIndexOf('/') + 1));
  return file.replace(/\.lintel$/, '');
}
