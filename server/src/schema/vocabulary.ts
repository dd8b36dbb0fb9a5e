/** Every kind of the language, by its word. The one list; everything else looks here. */
import * as application from './kinds/application.ts';
import * as compute from './kinds/compute.ts';
import * as network from './kinds/network.ts';
import * as operation from './kinds/operation.ts';
import * as place from './kinds/place.ts';
import * as storage from './kinds/storage.ts';
import * as workload from './kinds/workload.ts';
import type { Kind, Prop, PropsOf } from './types.ts';

export const kinds = {
  design: place.design,
  site: place.site,
  room: place.room,
  rack: place.rack,
  feed: place.feed,
  ups: place.ups,
  pdu: place.pdu,
  network: network.network,
  switch: network.switchKind,
  port: network.port,
  stack: network.stack,
  router: network.router,
  link: network.link,
  host: compute.host,
  nic: network.nic,
  hba: compute.hba,
  disk: compute.disk,
  usb: compute.usb,
  gpu: compute.gpu,
  physical: compute.physical,
  vswitch: network.vswitch,
  dvswitch: network.dvswitch,
  portgroup: network.portgroup,
  vmkernel: network.vmkernel,
  array: storage.array,
  controller: storage.controller,
  pool: storage.pool,
  lun: storage.lun,
  export: storage.exportKind,
  fabric: network.fabric,
  datastore: storage.datastore,
  cluster: workload.cluster,
  affinity: workload.affinity,
  'anti-affinity': workload.antiAffinity,
  vm: workload.vm,
  license: application.license,
  usbhub: place.usbhub,
  service: application.service,
  backup: operation.backup,
  migration: operation.migration,
  policy: operation.policy,
  waive: operation.waive,
} as const;

export type KindName = keyof typeof kinds;
/** The properties of a kind, as rules read them. */
export type Props<K extends KindName> = PropsOf<(typeof kinds)[K]>;

/** Words that are not kinds and stand at the top of a file: what follows them has a form of its own. */
export const directives = {
  lintel: 'Edition of the language that the design is written in.',
  import: 'Takes everything of another file into this design: `import "common/networks.lintel"`.',
  catalog: 'Adds a hardware compatibility catalogue: `catalog "vendor-hcl.json"`.',
  let: 'Names a value that is used more than once: `let vlan-offset = 100`.',
  profile: 'Names a set of properties for use by many: `profile esxi of host { … }`, then `host esx1 : esxi`.',
} as const;
export type Directive = keyof typeof directives;

const byWord = new Map<string, Kind>();
for (const kind of Object.values(kinds) as Kind[]) for (const word of [kind.word, ...kind.aliases]) byWord.set(word, kind);

/** The kind that a word stands for, aliases included. */
export function kindOf(word: string): Kind | undefined {
  return byWord.get(word);
}
export function kindWords(): Iterable<string> {
  return byWord.keys();
}
/** Own lookup: `constructor` is no property of anything. */
export function propOf(owner: { readonly props: Readonly<Record<string, Prop>> }, word: string): Prop | undefined {
  return Object.hasOwn(owner.props, word) ? owner.props[word] : undefined;
}
