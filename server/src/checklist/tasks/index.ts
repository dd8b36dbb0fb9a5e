/** All tasks, in the order in which their items stand in the list. */
import type { Task } from '../task.ts';
import { hostTests } from './acceptanceHosts.ts';
import { networkTests } from './acceptanceNetwork.ts';
import { serviceTests } from './acceptanceServices.ts';
import { applications } from './applications.ts';
import { backup } from './backup.ts';
import { cabling } from './cabling.ts';
import { clusterTasks } from './cluster.ts';
import { firmware } from './firmware.ts';
import { handover } from './handover.ts';
import { hypervisor } from './hypervisor.ts';
import { licensing } from './licensing.ts';
import { physicalNetwork } from './network.ts';
import { rackAndPower } from './power.ts';
import { procurement } from './procurement.ts';
import { storage } from './storage.ts';
import { virtualNetwork } from './virtualNetwork.ts';
import { vmTasks } from './vms.ts';

export const tasks: readonly Task[] = [
  ...procurement,
  ...rackAndPower,
  ...cabling,
  ...firmware,
  ...hypervisor,
  ...physicalNetwork,
  ...virtualNetwork,
  ...storage,
  ...clusterTasks,
  ...vmTasks,
  ...licensing,
  ...applications,
  ...backup,
  ...hostTests,
  ...networkTests,
  ...serviceTests,
  ...handover,
];
