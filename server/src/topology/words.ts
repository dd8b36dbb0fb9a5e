/** The words of the picture: what roles, lines and speeds are called. */

import type { EdgeRole, NodeRole } from './graph.ts';

/** What a screen reader and a tooltip call each role. */
export const roleNames: Readonly<Record<NodeRole, string>> = {
  site: 'site',
  room: 'room',
  rack: 'rack',
  ups: 'UPS',
  switch: 'switch',
  router: 'router',
  host: 'host',
  physical: 'physical server',
  nic: 'NIC',
  hba: 'HBA',
  vswitch: 'vSwitch',
  portgroup: 'port group',
  vmkernel: 'VMkernel adapter',
  network: 'network',
  array: 'storage array',
  pool: 'pool',
  lun: 'LUN',
  datastore: 'datastore',
  cluster: 'cluster',
  vm: 'virtual machine',
  service: 'service',
  license: 'licence',
  usbhub: 'USB hub',
};

/** What the key calls the lines; cables are called by their speed and side. */
export const lineNames: Readonly<Partial<Record<EdgeRole, string>>> = {
  uplink: 'uplink',
  standby: 'standby uplink',
  storage: 'storage',
  placement: 'runs on',
  licence: 'licence',
  power: 'power',
  needs: 'needs',
};

/** What the line under the title counts, in this order. */
export const summaryNouns: readonly (readonly [NodeRole, string, string])[] = [
  ['site', 'site', 'sites'],
  ['switch', 'switch', 'switches'],
  ['cluster', 'cluster', 'clusters'],
  ['host', 'host', 'hosts'],
  ['physical', 'physical server', 'physical servers'],
  ['vm', 'virtual machine', 'virtual machines'],
  ['array', 'array', 'arrays'],
  ['datastore', 'datastore', 'datastores'],
  ['network', 'network', 'networks'],
  ['service', 'service', 'services'],
];

/** `10 Gbps` of a number of bits per second. */
export function speedText(speed: number): string {
  const unit = speed >= 1e9 ? ([1e9, 'Gbps'] as const) : ([1e6, 'Mbps'] as const);
  return `${Math.round((speed / unit[0]) * 10) / 10} ${unit[1]}`;
}
