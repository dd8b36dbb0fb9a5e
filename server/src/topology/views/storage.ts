/**
 * Storage, from top to bottom: fabrics and storage networks, hosts with their adapters, arrays with their controllers, pools and
 * LUNs, datastores, and the VMs that live on them.
 */
import { addressOf, networkOf, uplinksOf, vmkernelsOf } from '../../facts/network.ts';
import { backingsOf, datastoreOf, disksOnDatastore, visibilityOf } from '../../facts/storage.ts';
import { childrenOf, type Entity, enclosing, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import type { Bar } from '../graph.ts';
import { type Building, counted, fact, type GroupOf, openSheet, rate, type Sheet, sideOf, size, words } from './shared.ts';

/** Rows below the hosts: beside them arrays would leave an empty room as high as they are. */
const rows = { array: 9, datastore: 12, vm: 13 } as const;

const purposes: ReadonlySet<string> = new Set(['iscsi', 'nfs', 'smb', 'vsan']);

export function* storageGraph(model: Model, title: string, groupOf: GroupOf): Building {
  const sheet = openSheet(model, title, groupOf);
  for (const fabric of model.all('fabric')) {
    const switches = model.resolveAll(fabric.props.switches, fabric, 'switch').map((device) => device.name);
    sheet.add(fabric, 'fabric', {
      ...words('Fibre Channel fabric', rate(fabric.props.speed)),
      ...sideOf(fabric.name),
      facts: fact('Switches', switches.join(', ')),
    });
  }
  for (const network of model.all('network')) if (purposes.has(network.props.purpose ?? '')) drawPath(network, sheet);
  for (const array of model.all('array')) {
    drawArray(array, sheet);
    yield;
  }
  for (const host of model.all('host')) {
    drawHost(host, sheet);
    yield;
  }
  for (const store of model.all('datastore')) {
    drawStore(store, sheet);
    yield;
  }
  const vms = model.all('vm').filter((vm) => childrenOf(vm, 'disk').length > 0);
  for (const vm of vms) {
    drawVm(vm, sheet, vms.length <= oneRow);
    yield;
  }
  return sheet.done([]);
}

/** The side of a redundant pair of fabrics or networks. */
const sideOfWay = (way: Entity<'fabric'> | Entity<'network'>): { side?: 'A' | 'B' } =>
  is(way, 'network') && way.props.plane !== undefined ? { side: way.props.plane } : sideOf(way.name);

/** A storage network is drawn as what it is here: a way between hosts and arrays. */
function drawPath(network: Entity<'network'>, sheet: Sheet): void {
  const { mtu, purpose, subnet, vlan } = network.props;
  const name = purpose === 'iscsi' ? 'iSCSI' : purpose === 'vsan' ? 'vSAN' : purpose?.toUpperCase();
  sheet.add(network, 'fabric', {
    label: network.name,
    ...words(
      `${name ?? ''} network`,
      vlan === undefined ? undefined : `VLAN ${vlan}`,
      mtu === undefined ? undefined : `MTU ${mtu}`,
    ),
    ...sideOfWay(network),
    facts: fact('Subnet', subnet),
  });
}

function drawArray(array: Entity<'array'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const { model: make, protocol } = array.props;
  add(array, 'array', { band: rows.array, ...words(make, protocol === 'iscsi' ? 'iSCSI' : protocol?.toUpperCase()) });
  for (const controller of childrenOf(array, 'controller')) {
    for (const port of childrenOf(controller, 'port')) {
      const address = addressOf(port, model)?.ip?.text;
      const way = model.resolve(port.props.fabric, port, 'fabric') ?? networkOf(port, model);
      add(port, 'port', {
        label: `${controller.name} ${port.name}`,
        parent: drawn(array),
        ...words(address ?? rate(port.props.speed)),
        ...(way ? sideOfWay(way) : sideOf(`-${controller.name}`)),
        facts: [...fact('Speed', rate(port.props.speed)), ...fact('Address', address), ...fact('Controller', controller.name)],
      });
      if (way) link('cable', drawn(port), drawn(way), speedOf(port));
    }
  }
  for (const pool of childrenOf(array, 'pool')) {
    const { disks, raid } = pool.props;
    const of =
      disks?.count === undefined
        ? undefined
        : `${disks.count} × ${size(disks.size) ?? 'disks'}${disks.type === undefined ? '' : ` ${disks.type.toUpperCase()}`}`;
    add(pool, 'pool', {
      parent: drawn(array),
      ...words(raid === undefined ? undefined : `RAID ${raid}`, of),
      ...poolBar(pool, array, model),
    });
  }
  for (const lun of [...childrenOf(array, 'lun'), ...childrenOf(array, 'export')]) {
    const pool = model.resolve(lun.props.in, lun, 'pool');
    add(lun, 'lun', { parent: drawn(pool ?? array), ...words(size(lun.props.size)) });
  }
  const partner = model.resolve(array.props.replicates, array, 'array');
  if (partner) link('storage', drawn(array), drawn(partner), { label: 'replicates' });
}

/** Disks of each RAID level that hold data, of so many; what a level's groups take is not said. */
const dataDisks: Readonly<Record<string, (disks: number) => number>> = {
  0: (disks) => disks,
  1: (disks) => disks / 2,
  10: (disks) => Math.floor(disks / 2),
  5: (disks) => disks - 1,
  6: (disks) => disks - 2,
};

/** Where it is said how much there is: `220 GB of 1 TB`. */
function capacityBar(label: string, used: number, total: number | undefined): { bars?: readonly Bar[] } {
  if (total === undefined || total <= 0) return {};
  return { bars: [{ label, used, total, text: `${rounded(used)} of ${rounded(total)}` }] };
}

/** With three digits at most, as people say sizes. */
function rounded(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  const at = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** at;
  return `${value >= 100 ? Math.round(value) : Number(value.toPrecision(3))} ${units[at] ?? ''}`;
}

/** What is cut from a pool, of what its disks give. Spare disks are counted besides the others. */
function poolBar(pool: Entity<'pool'>, array: Entity<'array'>, model: Model): { bars?: readonly Bar[] } {
  const { disks, raid } = pool.props;
  const given = raid === undefined || disks?.count === undefined ? undefined : dataDisks[raid]?.(disks.count);
  if (given === undefined || disks?.size === undefined) return {};
  const cut = [...childrenOf(array, 'lun'), ...childrenOf(array, 'export')].filter(
    (lun) => model.resolve(lun.props.in, lun, 'pool') === pool,
  );
  return capacityBar(
    'cut',
    cut.reduce((sum, lun) => sum + (lun.props.size ?? 0), 0),
    given * disks.size,
  );
}

/** How large a datastore is: said, or that of what it lies on. */
function sizeOf(store: Entity<'datastore'>, model: Model): number | undefined {
  if (store.props.size !== undefined) return store.props.size;
  const backings = backingsOf(store, model);
  const sizes = backings.map((place) => (is(place, 'lun') || is(place, 'export') ? place.props.size : localSize(place)));
  return backings.length === 0 || sizes.some((each) => each === undefined)
    ? undefined
    : sizes.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}

/** Of disks inside a host. */
function localSize(place: Entity): number | undefined {
  if (!is(place, 'disk') || place.props.size === undefined) return undefined;
  const { count = 1, raid, size: each } = place.props;
  const given = count === 1 ? 1 : raid === undefined ? undefined : dataDisks[raid]?.(count);
  return given === undefined ? undefined : given * each;
}

const speedOf = (entity: Entity<'port' | 'hba'>): { speed?: number } =>
  entity.props.speed === undefined ? {} : { speed: entity.props.speed };

/** As fast as the first NIC that carries the adapter. */
function speedBehind(adapter: Entity<'vmkernel'> | Entity<'nic'>, host: Entity<'host'>, model: Model): { speed?: number } {
  const speed = is(adapter, 'nic') ? adapter.props.speed : uplinksOf(adapter, host, model).active[0]?.props.speed;
  return speed === undefined ? {} : { speed };
}

/** Whether an adapter of a host is for storage: by what it says, else by its network. */
function isInitiator(adapter: Entity<'vmkernel' | 'nic'>, model: Model): boolean {
  if (is(adapter, 'vmkernel') && adapter.props.services) return adapter.props.services.some((service) => purposes.has(service));
  return purposes.has(networkOf(adapter, model)?.props.purpose ?? '');
}

function drawHost(host: Entity<'host'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const adapters = [...vmkernelsOf(host), ...childrenOf(host, 'nic')].filter((adapter) => isInitiator(adapter, model));
  const hbas = childrenOf(host, 'hba');
  const disks = childrenOf(host, 'disk');
  add(host, 'host', { ...words(host.props.model, disks.length > 0 ? counted(disks.length, 'local disk') : undefined) });
  for (const adapter of adapters) {
    const address = addressOf(adapter, model)?.ip?.text;
    const network = networkOf(adapter, model);
    add(adapter, 'hba', {
      parent: drawn(host),
      ...words(address),
      facts: [...fact('Network', network?.name), ...fact('Address', address)],
    });
    if (network) link('cable', drawn(adapter), drawn(network), speedBehind(adapter, host, model));
  }
  for (const hba of hbas) {
    add(hba, 'hba', {
      parent: drawn(host),
      // One part: a socket has room for the first only.
      ...words([hba.props.type === 'fc' ? 'FC' : hba.props.type, rate(hba.props.speed)].filter(Boolean).join(' ')),
      facts: fact('Model', hba.props.model),
    });
    const fabric = model.resolve(hba.props.fabric, hba, 'fabric');
    if (fabric) link('cable', drawn(hba), drawn(fabric), speedOf(hba));
    const array = model.resolve(hba.props.array, hba, 'array');
    if (array) link('storage', drawn(hba), drawn(array));
  }
}

const shortKinds: ReadonlySet<string> = new Set(['vmfs', 'nfs', 'smb', 'csv', 'sr', 'ntfs']);

const storeText = (store: Entity<'datastore'>): { detail?: string } => {
  const { type } = store.props;
  const kind =
    type?.kind === undefined
      ? undefined
      : `${shortKinds.has(type.kind) ? type.kind.toUpperCase() : type.kind}${type.version === undefined ? '' : ` ${type.version}`}`;
  return words(kind, size(store.props.size), store.props.multipath);
};

function drawStore(store: Entity<'datastore'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const backings = backingsOf(store, model);
  const host = backings.map((place) => enclosing(place, 'host')).find((found) => found !== undefined);
  const disks = model.lookup<'disk'>(disksOnDatastore, store.name);
  const seen = visibilityOf(store, model);
  add(store, 'datastore', {
    ...storeText(store),
    ...(host ? { parent: drawn(host) } : { band: rows.datastore }),
    ...capacityBar(
      'used',
      disks.reduce((sum, disk) => sum + (disk.props.size ?? 0), 0),
      sizeOf(store, model),
    ),
    facts: [
      ...fact('Size', size(sizeOf(store, model))),
      ...fact('Seen by', seen.hosts.length > 0 ? seen.hosts.join(', ') : seen.seen === 'shared' ? 'all hosts' : undefined),
    ],
  });
  for (const backing of backings) if (!enclosing(backing, 'host')) link('storage', drawn(store), drawn(backing));
}

/** So many VMs stand beside each other: there is room at their lines for the sizes of their disks. */
const oneRow = 8;

function drawVm(vm: Entity<'vm'>, { add, drawn, link, model }: Sheet, saysSizes: boolean): void {
  const disks = childrenOf(vm, 'disk');
  const total = disks.reduce((sum, disk) => sum + (disk.props.size ?? 0), 0);
  const stores = new Map<Entity<'datastore'>, number>();
  for (const disk of disks) {
    const store = datastoreOf(disk, model);
    if (store) stores.set(store, (stores.get(store) ?? 0) + (disk.props.size ?? 0));
  }
  add(vm, 'vm', {
    band: rows.vm,
    ...words(counted(disks.length, 'disk'), total > 0 ? rounded(total) : undefined),
    facts: [...stores].flatMap(([store, bytes]) => fact(`On ${store.name}`, bytes > 0 ? rounded(bytes) : undefined)),
  });
  // On a single one all of it lies: the box says how much.
  for (const [store, bytes] of stores)
    link('storage', drawn(vm), drawn(store), saysSizes && stores.size > 1 && bytes > 0 ? { label: rounded(bytes) } : {});
}
