/** All tasks, in the order in which their items stand in the list: by phase, and within a phase in the order of the work. */
import type { Task } from '../task.ts';
import { faultTolerance, isolation, liveMigration, load } from './acceptance/clusters.ts';
import { hostLoss } from './acceptance/hosts.ts';
import { hubs as hubTests, renewals } from './acceptance/licences.ts';
import { switches as switchTests, uplinks } from './acceptance/network.ts';
import { battery, feeds } from './acceptance/power.ts';
import { restores, spares } from './acceptance/recovery.ts';
import { objectives, otherPairs, switchover, zones as zoneTests } from './acceptance/services.ts';
import { storagePaths, storageUnits } from './acceptance/storage.ts';
import { databases, guestClusters } from './applications/databases.ts';
import { e3Domains, plantManagers } from './applications/elipse.ts';
import { directories, fileServers, services } from './applications/services.ts';
import { backup } from './backup.ts';
import { cabling } from './cabling.ts';
import { ha, making } from './cluster/making.ts';
import { migration, restart, rules } from './cluster/vms.ts';
import { firmware } from './firmware.ts';
import { handover } from './handover.ts';
import { addresses, install } from './hypervisor/install.ts';
import { access, computers, logs, time } from './hypervisor/settings.ts';
import { hardkeys, hubs } from './licensing/dongles.ts';
import { managers, softkeys } from './licensing/softkeys.ts';
import { hypervisors, plainLicences } from './licensing/systems.ts';
import { physicalNetwork } from './network.ts';
import { rackAndPower } from './power.ts';
import { arraySupport, compatibility, processors } from './procurement/compatibility.ts';
import { materials } from './procurement/materials.ts';
import { figures, vendorSupport, windowsRights } from './procurement/needs.ts';
import { copies, frontEnd, luns, pools, speed, zones } from './storage/array.ts';
import { datastores, discovery, localDisks, paths } from './storage/hosts.ts';
import { virtualNetwork } from './virtualNetwork.ts';
import { vmTasks } from './vms.ts';

export const tasks: readonly Task[] = [
  ...[materials, compatibility, arraySupport, processors, vendorSupport, figures, windowsRights],
  ...rackAndPower,
  ...cabling,
  ...firmware,
  ...[install, addresses, time, logs, access, computers],
  ...[...physicalNetwork, ...virtualNetwork],
  ...[pools, frontEnd, luns, zones, discovery, paths, datastores, localDisks, speed, copies],
  ...[making, ha, restart, rules, migration],
  ...vmTasks,
  ...[hypervisors, plainLicences, hubs, hardkeys, softkeys, managers],
  ...[e3Domains, plantManagers, databases, guestClusters, directories, fileServers, services],
  ...backup,
  ...[hostLoss, faultTolerance, liveMigration, isolation, load],
  ...[uplinks, switchTests, storagePaths, storageUnits, feeds, battery],
  ...[switchover, otherPairs, hubTests, renewals, restores, spares, zoneTests, objectives],
  ...handover,
];
