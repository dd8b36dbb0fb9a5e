/** All indexes, in one list for the engine. An index may read those of a lower level. */
import type { IndexDefinition } from '../model/model.ts';
import { e3Licences, hardkeysByMachine, licencesByPlug } from './licences.ts';
import { networkIndexes } from './network.ts';
import { clusterOfHost, rulesOfVm, vmsByCluster, vmsOnHost } from './placement.ts';
import { e3ByServer, elipseByMachine, licenceManagers, servicesByDomain, servicesByMachine } from './services.ts';
import { disksOnDatastore, storagePorts } from './storage.ts';

export const indexes: readonly IndexDefinition[] = [
  clusterOfHost,
  rulesOfVm,
  vmsByCluster,
  vmsOnHost,
  disksOnDatastore,
  storagePorts,
  e3Licences,
  hardkeysByMachine,
  licencesByPlug,
  e3ByServer,
  elipseByMachine,
  licenceManagers,
  servicesByDomain,
  servicesByMachine,
  ...networkIndexes,
];
