/** Licences: what they are plugged into or bound to, and which machines use them. */
import { type Entity, idOf, is } from '../model/entity.ts';
import type { IndexDefinition, Model } from '../model/model.ts';
import type { Machine } from './machine.ts';
import { elipseByMachine } from './services.ts';

export type { Machine } from './machine.ts';

/** Where a dongle is plugged in: a USB port of a host or computer, or a USB hub on the network (perhaps with the number of its port). */
export type Plug =
  | { readonly at: 'host'; readonly usb: Entity<'usb'>; readonly machine: Entity<'host' | 'physical'> }
  | { readonly at: 'hub'; readonly hub: Entity<'usbhub'>; readonly port?: string };

export function plugOf(license: Entity<'license'>, model: Model): Plug | undefined {
  const ref = license.props.hardkey?.at;
  const found = model.resolve(ref, license, 'usb', 'usbhub');
  if (is(found, 'usbhub')) {
    const port = ref && ref.ref.length > 1 ? ref.ref.at(-1) : undefined;
    return { at: 'hub', hub: found, ...(port !== undefined ? { port } : {}) };
  }
  if (!is(found, 'usb')) return undefined;
  const machine = found.parent;
  return is(machine, 'host') || is(machine, 'physical') ? { at: 'host', usb: found, machine } : undefined;
}

export function hardkeyUsers(license: Entity<'license'>, model: Model): readonly Machine[] {
  return model.resolveAll(license.props.hardkey?.for, license, 'vm', 'host', 'physical');
}

export function softkeyUsers(license: Entity<'license'>, model: Model): readonly Machine[] {
  return model.resolveAll(license.props.softkey?.for, license, 'vm', 'host', 'physical');
}

/** All machines that a licence names, in whatever way. */
export function licensedMachines(license: Entity<'license'>, model: Model): readonly Machine[] {
  const covered = model.resolveAll(license.props.for, license, 'vm', 'host', 'physical');
  return [...new Set<Machine>([...hardkeyUsers(license, model), ...softkeyUsers(license, model), ...covered])];
}

/** Machine (id) → the dongles that it uses. */
export const hardkeysByMachine: IndexDefinition = {
  name: 'hardkeysByMachine',
  level: 2,
  kinds: ['license'],
  keys: (entity, model) => (is(entity, 'license') ? hardkeyUsers(entity, model).map(idOf) : []),
};

/** Plug → the licences in it: id of a host's USB port, id of a hub, and `id/port` for one port of a hub. */
export const licencesByPlug: IndexDefinition = {
  name: 'licencesByPlug',
  level: 2,
  kinds: ['license'],
  keys: (entity, model) => {
    const plug = is(entity, 'license') ? plugOf(entity, model) : undefined;
    if (!plug) return [];
    if (plug.at === 'host') return [idOf(plug.usb)];
    return plug.port === undefined ? [idOf(plug.hub)] : [idOf(plug.hub), `${idOf(plug.hub)}/${plug.port}`];
  },
};

/** The key of the very socket that a dongle sits in; undefined when only the hub is known. */
export function socketKey(plug: Plug): string | undefined {
  if (plug.at === 'host') return idOf(plug.usb);
  return plug.port === undefined ? undefined : `${idOf(plug.hub)}/${plug.port}`;
}

/** A dongle that a VM takes from a USB port of a host, not from a hub on the network. */
export interface HostDongle {
  readonly license: Entity<'license'>;
  readonly usb: Entity<'usb'>;
  readonly host: Entity<'host'>;
  /** The vendor's rule of Elipse counts for it: by its product, or by what runs on the VM where it names none. */
  readonly elipse: boolean;
}

/** Dongles of a VM in ports of vSphere hosts (or of hosts that do not say what they run): where mapping them is possible at all. */
export function hostDongles(vm: Entity<'vm'>, model: Model): readonly HostDongle[] {
  return model.lookup<'license'>(hardkeysByMachine, idOf(vm)).flatMap((license) => {
    const plug = plugOf(license, model);
    if (plug?.at !== 'host' || !is(plug.machine, 'host')) return [];
    const product = plug.machine.props.hypervisor?.product;
    if (product !== undefined && product !== 'esxi') return [];
    const elipse = isElipse(license) ?? model.lookup(elipseByMachine, idOf(vm)).length > 0;
    return [{ license, usb: plug.usb, host: plug.machine, elipse }];
  });
}

/** How messages call a socket: `esx2/usb1`. */
export function usbName(usb: Entity<'usb'>): string {
  return usb.parent ? `${usb.parent.name}/${usb.name}` : usb.name;
}

const elipse = /\belipse\b|\be3\b|\bplant manager\b|\bepm\b/iu;

/** Whether a licence is for a product of Elipse Software, by what it says of itself; undefined when it says nothing. */
export function isElipse(license: Entity<'license'>): boolean | undefined {
  const { product, vendor } = license.props;
  if (product === undefined && vendor === undefined) return undefined;
  return elipse.test(`${vendor ?? ''} ${product ?? ''}`);
}

/** Whether it is the licence of an E3 or Power server: not one of a viewer, of the studio, or of something else. */
function isE3Server(license: Entity<'license'>): boolean {
  const product = license.props.product ?? '';
  return /\be3\b|\belipse\b.*\bpower\b|\bpower\b.*\bserver\b/iu.test(product) && !/viewer|studio|client|estação/iu.test(product);
}

/** `for ID` of a machine → the E3 server licences that name it; `free` → those that name no machine. */
export const e3Licences: IndexDefinition = {
  name: 'e3Licences',
  level: 2,
  kinds: ['license'],
  keys: (entity, model) => {
    if (!is(entity, 'license')) return [];
    const { product, hardkey, softkey } = entity.props;
    // Without a product, a dongle or softkey of the server is taken for the server's own: nobody is accused of a missing word.
    if (product === undefined ? !hardkey && !softkey : !isE3Server(entity)) return [];
    const machines = licensedMachines(entity, model);
    return machines.length > 0 ? machines.map((machine) => `for ${idOf(machine)}`) : product === undefined ? [] : ['free'];
  },
};
