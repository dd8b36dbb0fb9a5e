/** Storage: what a datastore lies on, which hosts see it, and over which paths a host reaches an array. */
import { childrenOf, descendantsOf, type Entity, enclosing, is, sameData } from '../model/entity.ts';
import type { FactDefinition, IndexDefinition, Model } from '../model/model.ts';
import { networkOf, vmkernelsOf } from './network.ts';

type Datastore = Entity<'datastore'>;
/** What a datastore can lie on. */
export type Backing = Entity<'lun' | 'export' | 'disk' | 'pool' | 'host' | 'cluster'>;

// ── disks and datastores ──────────────────────────────────────────────────────────────────────────────────────────────

/** Datastore name → disks of VMs that lie on it. */
export const disksOnDatastore: IndexDefinition = {
  name: 'disksOnDatastore',
  level: 2,
  kinds: ['disk'],
  keys: (entity, model) => {
    const datastore = is(entity, 'disk') && is(entity.parent, 'vm') ? datastoreOf(entity, model) : undefined;
    return datastore ? [datastore.name] : [];
  },
};

/** The datastore that a disk of a VM lies on. */
export const datastoreOf = (disk: Entity<'disk'>, model: Model): Datastore | undefined =>
  model.resolve(disk.props.on, disk, 'datastore');

/** VMs that have a disk on a datastore, each once, in order of their names. */
export function vmsOnDatastore(datastore: Datastore, model: Model): readonly Entity<'vm'>[] {
  const vms = model.lookup<'disk'>(disksOnDatastore, datastore.name).map((disk) => disk.parent);
  return [...new Set(vms.filter((vm): vm is Entity<'vm'> => is(vm, 'vm')))];
}

/** What a datastore lies on, as far as the design says it. */
export const backingsOf = (datastore: Datastore, model: Model): readonly Backing[] =>
  model.resolveAll(datastore.props.on, datastore, 'lun', 'export', 'disk', 'pool', 'host', 'cluster');

/** The arrays that hold a datastore. */
export function arraysOf(datastore: Datastore, model: Model): readonly Entity<'array'>[] {
  return [...new Set(backingsOf(datastore, model).flatMap((backing) => enclosing(backing, 'array') ?? []))];
}

/** The pools (RAID groups) that hold a datastore. */
export function poolsOf(datastore: Datastore, model: Model): readonly Entity<'pool'>[] {
  const pools = backingsOf(datastore, model).flatMap((backing) => {
    if (is(backing, 'pool')) return [backing];
    return is(backing, 'lun') || is(backing, 'export') ? (model.resolve(backing.props.in, backing, 'pool') ?? []) : [];
  });
  return [...new Set(pools)];
}

// ── visibility ────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Which hosts see a datastore:
 * - `local`: it is inside one host (named in `hosts` if the design says which)
 * - `hosts`: exactly these
 * - `shared`: on an array, a share or hyper-converged storage, and mapped to whoever needs it
 * - `unknown`: the design does not say
 */
export interface Visibility {
  readonly seen: 'local' | 'hosts' | 'shared' | 'unknown';
  readonly hosts: readonly string[];
}

const visibility: FactDefinition<Visibility> = {
  name: 'datastoreVisibility',
  equal: sameData,
  compute: (entity, model) => (is(entity, 'datastore') ? seenBy(entity, model) : { seen: 'unknown', hosts: [] }),
};

/** Which hosts see a datastore, by name. */
export const visibilityOf = (datastore: Datastore, model: Model): Visibility => model.fact(visibility, datastore);

function seenBy(datastore: Datastore, model: Model): Visibility {
  const { type } = datastore.props;
  const backings = backingsOf(datastore, model);
  const owners = [
    ...new Set(
      backings.flatMap((backing) => (is(backing, 'disk') || is(backing, 'host') ? (enclosing(backing, 'host')?.name ?? []) : [])),
    ),
  ];
  // Hyper-converged storage copies the data between the hosts, whatever disks it lies on.
  if (type?.kind === 'vsan' || type?.kind === 'ceph') return { seen: 'shared', hosts: [] };
  const lists = mappings(datastore, model).map((at) => hostNames(at, at.props.hosts, model));
  // A name that means nothing (which is reported elsewhere) leaves the list open.
  if (lists.some((list) => list === undefined)) return { seen: 'unknown', hosts: [] };
  const [first = [], ...others] = lists.flatMap((list) => (list ? [list] : []));
  const mapped = first.filter((name) => others.every((list) => list.includes(name)));
  if ((type?.kind === 'local' || type?.kind === 'ntfs' || owners.length === 1) && mapped.length < 2) {
    return { seen: 'local', hosts: owners.length > 0 ? owners : mapped };
  }
  if (lists.length > 0) return { seen: 'hosts', hosts: mapped };
  return backings.some((backing) => !is(backing, 'disk') && !is(backing, 'host'))
    ? { seen: 'shared', hosts: [] }
    : { seen: 'unknown', hosts: [] };
}

/** Hosts by name (other computers that are named as well do not matter here); undefined when one of the names means nothing. */
function hostNames(from: Entity, refs: Datastore['props']['hosts'], model: Model): readonly string[] | undefined {
  if (refs?.some((ref) => !ref.glob && !model.resolve(ref, from, 'host', 'physical'))) return undefined;
  return model.resolveAll(refs, from, 'host').map((host) => host.name);
}

/** The places that say to which hosts a datastore is mapped: itself, or the LUNs and exports below it. */
export function mappings(datastore: Datastore, model: Model): readonly Entity<'datastore' | 'lun' | 'export'>[] {
  if (datastore.props.hosts) return [datastore];
  return backingsOf(datastore, model).flatMap((backing) =>
    (is(backing, 'lun') || is(backing, 'export')) && backing.props.hosts ? [backing] : [],
  );
}

// ── paths from hosts to arrays ────────────────────────────────────────────────────────────────────────────────────────

/** What a host reaches block storage with: an iSCSI adapter, a NIC with an iSCSI address, or an HBA. */
export type Initiator = Entity<'vmkernel' | 'nic' | 'hba'>;

/** One way from a host to an array. */
export interface StoragePath {
  readonly initiator: Initiator;
  readonly port: Entity<'port'>;
}

export interface StoragePaths {
  readonly paths: readonly StoragePath[];
  /** False when the design leaves something open that could make a further path: then few paths prove nothing. */
  readonly complete: boolean;
}

type Protocol = NonNullable<Entity<'port'>['props']['protocol']>;

/** What a front-end port of an array speaks. */
function protocolOf(port: Entity<'port'>, array: Entity<'array'>): Protocol | undefined {
  const { protocol, fabric, wwpn } = port.props;
  return protocol ?? (fabric || wwpn !== undefined ? 'fc' : array.props.protocol);
}

/** Front-end ports of an array; a controller whose ports are not said leaves the list open. */
const portsOf = (array: Entity<'array'>): { readonly ports: readonly Entity<'port'>[]; readonly complete: boolean } => {
  const controllers = childrenOf(array, 'controller');
  return {
    ports: descendantsOf(array, 'port'),
    complete: controllers.length > 0 && controllers.every((controller) => childrenOf(controller, 'port').length > 0),
  };
};

/** `network NAME` or `fabric NAME` → front-end ports of arrays that stand in it. */
export const storagePorts: IndexDefinition = {
  name: 'storagePorts',
  level: 2,
  kinds: ['port'],
  keys: (entity, model) => {
    if (!is(entity, 'port') || entity.unit.root.kind !== 'array') return [];
    const network = networkOf(entity, model);
    const fabric = model.resolve(entity.props.fabric, entity, 'fabric');
    return [...(network ? [`network ${network.name}`] : []), ...(fabric ? [`fabric ${fabric.name}`] : [])];
  },
};

/** Arrays that a host reaches with one of its initiators: in the same network or fabric, or cabled to it. */
export function arraysReachedBy(host: Entity<'host'>, model: Model): readonly Entity<'array'>[] {
  const arrays = initiatorsOf(host, model).flatMap((initiator): readonly (Entity<'array'> | undefined)[] => {
    const own = is(initiator, 'hba') ? model.resolve(initiator.props.array, initiator, 'array') : undefined;
    const fabric = is(initiator, 'hba') ? model.resolve(initiator.props.fabric, initiator, 'fabric') : undefined;
    const network = is(initiator, 'hba') ? undefined : networkOf(initiator, model);
    const key = network ? `network ${network.name}` : fabric ? `fabric ${fabric.name}` : undefined;
    return [own, ...(key === undefined ? [] : model.lookup<'port'>(storagePorts, key).map((port) => enclosing(port, 'array')))];
  });
  return [...new Set(arrays.filter((array) => array !== undefined))];
}

/** Block-storage paths of a host to an array: every initiator with every port that it reaches by network, fabric or cable. */
export function pathsTo(host: Entity<'host'>, array: Entity<'array'>, model: Model): StoragePaths {
  const { ports, complete: portsSaid } = portsOf(array);
  const paths: StoragePath[] = [];
  let complete = portsSaid;
  for (const initiator of initiatorsOf(host, model)) {
    for (const port of ports) {
      const reached = reaches(initiator, port, protocolOf(port, array), array, model);
      if (reached) paths.push({ initiator, port });
      else if (reached === undefined) complete = false;
    }
  }
  return { paths, complete };
}

function initiatorsOf(host: Entity<'host'>, model: Model): readonly Initiator[] {
  const forIscsi = (adapter: Entity<'vmkernel' | 'nic'>): boolean => networkOf(adapter, model)?.props.purpose === 'iscsi';
  return [
    ...vmkernelsOf(host).filter((adapter) =>
      adapter.props.services ? adapter.props.services.includes('iscsi') : forIscsi(adapter),
    ),
    ...childrenOf(host, 'nic').filter(forIscsi),
    ...childrenOf(host, 'hba').filter((hba) => hba.props.type !== 'raid'),
  ];
}

/** Whether an initiator reaches a port; undefined when the design does not say enough. */
function reaches(
  initiator: Initiator,
  port: Entity<'port'>,
  protocol: Protocol | undefined,
  array: Entity<'array'>,
  model: Model,
): boolean | undefined {
  if (protocol === 'nfs' || protocol === 'smb') return false;
  if (!is(initiator, 'hba')) {
    if (protocol === 'fc' || protocol === 'sas') return false;
    const here = networkOf(initiator, model);
    const there = networkOf(port, model);
    if (!here || !there) return undefined;
    // Routed iSCSI is unusual but works.
    return here === there || (here.props.gateway !== undefined && there.props.gateway !== undefined);
  }
  const { type, fabric } = initiator.props;
  if (type === 'iscsi' || type === undefined)
    return type === 'iscsi' && (protocol === 'fc' || protocol === 'sas') ? false : undefined;
  if (type === 'sas') {
    if (protocol !== undefined && protocol !== 'sas') return false;
    return initiator.props.array ? model.resolve(initiator.props.array, initiator, 'array') === array : undefined;
  }
  if (protocol !== undefined && protocol !== 'fc') return false;
  const here = model.resolve(fabric, initiator, 'fabric');
  const there = model.resolve(port.props.fabric, port, 'fabric');
  return here && there ? here === there : undefined;
}

/** Whether a host is one that an array's LUNs are mapped to: some LUN names it, or leaves open to whom it is mapped. */
export function isMapped(host: Entity<'host'>, array: Entity<'array'>, model: Model): boolean {
  const luns = childrenOf(array, 'lun');
  return (
    luns.length === 0 ||
    luns.some((lun) => !lun.props.hosts || hostNames(lun, lun.props.hosts, model)?.includes(host.name) !== false)
  );
}
