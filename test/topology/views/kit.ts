/** Opens examples and small designs as models, for tests of the views. */
import { createLintel } from '../../../server/src/analysis/lintel.ts';
import type { Model } from '../../../server/src/model/model.ts';
import { createDiskHost, uriOfPath } from '../../../server/src/node/diskHost.ts';
import { createInProcessRunner } from '../../../server/src/topology/layoutInProcess.ts';
import { mainUri, open } from '../../kit/lintel.ts';

export const run = createInProcessRunner();

/** The model of an example; of the first of several roots. */
export function example(name: string): Model {
  const folder = new URL(`../../../examples/${name}`, import.meta.url).pathname;
  const host = createDiskHost([uriOfPath(folder)]);
  const workspace = createLintel({ host, today: '2026-11-20' });
  for (const uri of host.list()) workspace.fileChanged(uri);
  workspace.update();
  const [root] = workspace.roots();
  return modelAt(workspace, root ?? '');
}

/** The model of a design in a string. */
export const modelOf = (text: string): Model => modelAt(open(text).workspace, mainUri);

function modelAt(workspace: ReturnType<typeof createLintel>, uri: string): Model {
  const [design] = workspace.designs(uri);
  if (!design) throw new Error(`there is no design at ${uri}`);
  return design.project.model;
}

export const groupOf = (entity: { readonly name: string }): string => entity.name.replace(/\d+$/, '');
