/** All indexes, in one list for the engine. An index may read those of a lower level. */
import type { IndexDefinition } from '../model/project.ts';
import { clusterOfHost, hostsByCluster } from './placement.ts';

export const indexes: readonly IndexDefinition[] = [clusterOfHost, hostsByCluster];
