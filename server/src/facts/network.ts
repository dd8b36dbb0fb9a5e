/**
 * The network as rules, pictures and checklists ask for it.
 *
 * - `network/physical.ts`: cables, switch ports, stacks;
 * - `network/virtual.ts`: virtual switches of a host, uplinks and teaming after overrides;
 * - `network/membership.ts`: which network, VLAN and MTU something has, port groups by label, VM NICs on a label;
 * - `network/address.ts`: what addresses come to and who has them.
 */
import type { IndexDefinition } from '../model/model.ts';
import { addressHolders, migrationsOf, subnetsWithin } from './network/address.ts';
import { ftVmsOnHost, membersOfNetwork, storagePortsOfNetwork, vmNicsOnLabel } from './network/membership.ts';
import { cabledTo, stacksOfSwitch } from './network/physical.ts';
import { dvswitchesOfHost } from './network/virtual.ts';

export * from './network/address.ts';
export * from './network/membership.ts';
export * from './network/physical.ts';
export * from './network/virtual.ts';
export * from './network/words.ts';

export const networkIndexes: readonly IndexDefinition[] = [
  cabledTo,
  stacksOfSwitch,
  dvswitchesOfHost,
  vmNicsOnLabel,
  storagePortsOfNetwork,
  membersOfNetwork,
  ftVmsOnHost,
  addressHolders,
  subnetsWithin,
  migrationsOf,
];
