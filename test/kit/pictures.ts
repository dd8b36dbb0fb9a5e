/** Every example in every view, as the graphs that are drawn. */

import { createLintel } from '../../server/src/analysis/lintel.ts';
import { createDiskHost, uriOfPath } from '../../server/src/node/diskHost.ts';
import type { Graph } from '../../server/src/topology/graph.ts';
import { graphOf, views } from '../../server/src/topology/views/index.ts';

export const exampleNames = ['scada-plant', 'six-ports', 'small-business', 'broken-on-purpose'] as const;

export interface ExamplePicture {
  /** `scada-plant.network`; further designs of an example are numbered. */
  readonly name: string;
  readonly example: string;
  readonly view: string;
  readonly graph: Graph;
}

const groupOf = (entity: { readonly name: string }): string => entity.name.replace(/\d+$/, '');

/** The pictures of an example: of each of its designs, each view. */
export function picturesOf(example: string): readonly ExamplePicture[] {
  const folder = new URL(`../../examples/${example}`, import.meta.url).pathname;
  const host = createDiskHost([uriOfPath(folder)]);
  const workspace = createLintel({ host, today: '2026-11-20' });
  for (const uri of host.list()) workspace.fileChanged(uri);
  workspace.update();
  const designs = workspace.roots().flatMap((root) => workspace.designs(root));
  return designs.flatMap(({ project }, at) =>
    views.map(({ id }) => ({
      name: `${example}${at === 0 ? '' : `-${at + 1}`}.${id}`,
      example,
      view: id,
      graph: graphOf(project.model, example, groupOf, { view: id }),
    })),
  );
}
