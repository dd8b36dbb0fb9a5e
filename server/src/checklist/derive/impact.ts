/** What a test takes away, and what is left: adapters, switches, feeds. Read from the design, for the expected results. */
import {
  cabledAt,
  carriersOf,
  portAt,
  type SwitchPort,
  switchPortOf,
  uplinksOf,
  virtualSwitchesOf,
} from '../../facts/network.ts';
import { feedOf, type PoweredKind, type PowerSource, poweredKinds, psuFeedNames } from '../../facts/power.ts';
import { childrenOf, type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';

type Nic = Entity<'nic'>;
type Host = Entity<'host'>;
export type Carried = Entity<'portgroup'> | Entity<'vmkernel'>;

/** What stands on a virtual switch of a host, with the NICs that carry it. */
export interface Load {
  readonly what: Carried;
  readonly carriers: readonly Nic[];
}

/** Everything that a host's NICs carry; what has no known uplinks is left out. */
function loadsOf(host: Host, model: Model): readonly Load[] {
  return virtualSwitchesOf(host, model).flatMap((own) =>
    [...own.portgroups, ...own.vmkernels].flatMap((what): Load[] => {
      const uplinks = uplinksOf(what, host, model);
      return uplinks.known ? [{ what, carriers: carriersOf(uplinks) }] : [];
    }),
  );
}

/** What a host has left of each thing when some of its NICs are gone; only what they carry. */
export interface Left {
  readonly what: Carried;
  readonly left: readonly Nic[];
}

export function without(host: Host, gone: readonly Nic[], model: Model): readonly Left[] {
  return loadsOf(host, model).flatMap(({ what, carriers }): Left[] =>
    carriers.some((nic) => gone.includes(nic)) ? [{ what, left: carriers.filter((nic) => !gone.includes(nic)) }] : [],
  );
}

/** The NICs of a host that are cabled to a switch. */
export const nicsOn = (host: Host, device: Entity<'switch'>, model: Model): readonly Nic[] =>
  childrenOf(host, 'nic').filter((nic) => switchPortOf(nic, model)?.switch === device);

/** Everything else whose cable ends on a switch: storage ports, hubs, computers, routers. */
export function othersOn(device: Entity<'switch'>, model: Model): readonly Entity[] {
  const found: Entity[] = [];
  const add = (entity: Entity<'nic'> | Entity<'port'> | Entity<'router'>): void => {
    const port: SwitchPort | undefined = portAt(entity.props.port, model);
    if (port?.switch === device && cabledAt(port, model).includes(entity)) found.push(entity);
  };
  for (const array of model.all('array'))
    for (const controller of childrenOf(array, 'controller')) for (const port of childrenOf(controller, 'port')) add(port);
  for (const owner of [...model.all('usbhub'), ...model.all('physical')]) for (const nic of childrenOf(owner, 'nic')) add(nic);
  for (const router of model.all('router')) add(router);
  return found;
}

// ── power ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Powered = Entity<PoweredKind>;

/** Whether a source hangs on another one, or is it. */
function behind(source: PowerSource, off: PowerSource, model: Model): boolean {
  const seen = new Set<PowerSource>();
  for (
    let at: PowerSource | undefined = source;
    at && !seen.has(at);
    at = model.resolve(at.props.from, at, 'ups', 'pdu', 'feed')
  ) {
    if (at === off) return true;
    seen.add(at);
  }
  return false;
}

/** Devices that lose a supply when a source goes off, and those of them that lose their last one. */
export function losing(off: PowerSource, model: Model): { readonly some: readonly Powered[]; readonly all: readonly Powered[] } {
  const some: Powered[] = [];
  const all: Powered[] = [];
  for (const device of poweredKinds.flatMap((kind): readonly Powered[] => model.all(kind))) {
    const feeds = psuFeedNames(device) ?? [];
    const sources = feeds.flatMap((feed) => feedOf(device, feed, model) ?? []);
    const lost = sources.filter((source) => behind(source, off, model)).length;
    if (lost === 0) continue;
    if (lost === feeds.length) all.push(device);
    else some.push(device);
  }
  return { some, all };
}

/** All feeds, strips and UPSs that something hangs on. */
export const sourcesOf = (model: Model): readonly PowerSource[] => [
  ...model.all('rack').flatMap((rack) => childrenOf(rack, 'feed')),
  ...model.all('pdu'),
  ...model.all('ups'),
];

/** Whether an adapter is for storage: its services, or the purpose of its network. */
export const isStorage = (what: Carried, purpose: string | undefined): boolean =>
  is(what, 'vmkernel') &&
  (['iscsi', 'nfs', 'smb'].includes(purpose ?? '') ||
    (what.props.services ?? []).some((service) => ['iscsi', 'nfs', 'smb'].includes(service)));
