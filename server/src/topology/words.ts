/** The words of the picture: what roles, lines and speeds are called. */

import type { EdgeRole, NodeRole } from './graph.ts';
import type { SignKind } from './placed.ts';

/** What a screen reader and a tooltip call each role. */
export const roleNames: Readonly<Record<NodeRole, string>> = {
  site: 'site',
  room: 'room',
  rack: 'rack',
  feed: 'power feed',
  pdu: 'PDU',
  ups: 'UPS',
  switch: 'switch',
  router: 'router',
  host: 'host',
  physical: 'physical server',
  nic: 'NIC',
  hba: 'HBA',
  port: 'storage port',
  vswitch: 'vSwitch',
  portgroup: 'port group',
  vmkernel: 'VMkernel adapter',
  network: 'network',
  zone: 'zone',
  fabric: 'storage network',
  array: 'storage array',
  pool: 'pool',
  lun: 'LUN',
  datastore: 'datastore',
  cluster: 'cluster',
  vm: 'virtual machine',
  service: 'service',
  product: 'product',
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
  affinity: 'kept together',
  apart: 'kept apart',
  pair: 'redundant pair',
  lockstep: 'Fault Tolerance, in lockstep',
  conduit: 'through a firewall or router',
  bypass: 'past the firewall',
};

/** What the key calls what boxes and bars show, in this order. */
export const signNames: Readonly<Record<SignKind['sign'], string>> = {
  lag: 'link aggregation group',
  idle: 'unused',
  ghost: 'shadow of an FT VM',
  shared: 'shared by both sides',
  plug: 'on this power feed',
  unplugged: 'not on this power feed',
  used: 'in use',
  kept: 'kept for failed hosts',
  over: 'more than there is',
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
  ['zone', 'zone', 'zones'],
  ['network', 'network', 'networks'],
  ['service', 'service', 'services'],
  ['license', 'licence', 'licences'],
];

/** `10 Gbps` of a number of bits per second. */
export function speedText(speed: number): string {
  const unit = speed >= 1e9 ? ([1e9, 'Gbps'] as const) : ([1e6, 'Mbps'] as const);
  return `${Math.round((speed / unit[0]) * 10) / 10} ${unit[1]}`;
}
