/** Storage: host adapters, the fabrics and storage networks between, controllers, pools and LUNs, datastores, and who lives on them. */
import { addressOf, networkOf, vmkernelsOf } from '../../facts/network.ts';
import { backingsOf, datastoreOf } from '../../facts/storage.ts';
import { childrenOf, type Entity, enclosing, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { counted, fact, type GroupOf, openSheet, rate, type Sheet, sideOf, size, words } from './shared.ts';

const purposes: ReadonlySet<string> = new Set(['iscsi', 'nfs', 'smb', 'vsan']);

export function storageGraph(model: Model, title: string, groupOf: GroupOf): Graph {
  const sheet = openSheet(model, title, groupOf);
  for (const fabric of model.all('fabric')) {
    const switches = model.resolveAll(fabric.props.switches, fabric, 'switch').map((device) => device.name);
    sheet.add(fabric, 'router', {
      ...words('Fibre Channel fabric', rate(fabric.props.speed)),
      ...sideOf(fabric.name),
      facts: fact('Switches', switches.join(', ')),
    });
  }
  for (const network of model.all('network')) if (purposes.has(network.props.purpose ?? '')) drawPath(network, sheet);
  for (const array of model.all('array')) drawArray(array, sheet);
  for (const host of model.all('host')) drawHost(host, sheet);
  for (const store of model.all('datastore')) drawStore(store, sheet);
  for (const vm of model.all('vm')) drawVm(vm, sheet);
  return sheet.done([]);
}

/** A storage network is drawn as what it is here: a way between hosts and arrays. */
function drawPath(network: Entity<'network'>, sheet: Sheet): void {
  const { mtu, plane, purpose, subnet, vlan } = network.props;
  const name = purpose === 'iscsi' ? 'iSCSI' : purpose === 'vsan' ? 'vSAN' : purpose?.toUpperCase();
  sheet.add(network, 'router', {
    label: network.name,
    ...words(
      `${name ?? ''} network`,
      vlan === undefined ? undefined : `VLAN ${vlan}`,
      mtu === undefined ? undefined : `MTU ${mtu}`,
    ),
    ...(plane === undefined ? sideOf(network.name) : { side: plane }),
    facts: fact('Subnet', subnet),
  });
}

function drawArray(array: Entity<'array'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  add(array, 'array', words(array.props.model, array.props.protocol === 'iscsi' ? 'iSCSI' : array.props.protocol?.toUpperCase()));
  for (const controller of childrenOf(array, 'controller')) {
    for (const port of childrenOf(controller, 'port')) {
      const address = addressOf(port, model)?.ip?.text;
      add(port, 'nic', {
        label: `${controller.name} ${port.name}`,
        parent: drawn(array),
        ...words(address ?? rate(port.props.speed)),
        ...sideOf(`-${controller.name}`),
        facts: [...fact('Speed', rate(port.props.speed)), ...fact('Address', address), ...fact('Controller', controller.name)],
      });
      const way = model.resolve(port.props.fabric, port, 'fabric') ?? networkOf(port, model);
      if (way) link('cable', drawn(port), drawn(way), speedOf(port));
    }
  }
  for (const pool of childrenOf(array, 'pool')) {
    const { disks, raid } = pool.props;
    const of =
      disks?.count === undefined
        ? undefined
        : `${disks.count} × ${size(disks.size) ?? 'disks'}${disks.type === undefined ? '' : ` ${disks.type.toUpperCase()}`}`;
    add(pool, 'pool', { parent: drawn(array), ...words(raid === undefined ? undefined : `RAID ${raid}`, of) });
  }
  for (const lun of [...childrenOf(array, 'lun'), ...childrenOf(array, 'export')]) {
    const pool = model.resolve(lun.props.in, lun, 'pool');
    add(lun, 'lun', { parent: drawn(pool ?? array), ...words(size(lun.props.size)) });
  }
  const partner = model.resolve(array.props.replicates, array, 'array');
  if (partner) link('storage', drawn(array), drawn(partner), { label: 'replicates' });
}

const speedOf = (entity: Entity<'port' | 'hba'>): { speed?: number } =>
  entity.props.speed === undefined ? {} : { speed: entity.props.speed };

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
    if (network) link('cable', drawn(adapter), drawn(network));
  }
  for (const hba of hbas) {
    add(hba, 'hba', {
      parent: drawn(host),
      ...words(hba.props.type === 'fc' ? 'FC' : hba.props.type, rate(hba.props.speed)),
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
  add(store, 'datastore', { ...storeText(store), ...(host ? { parent: drawn(host) } : {}) });
  for (const backing of backings) if (!enclosing(backing, 'host')) link('storage', drawn(store), drawn(backing));
}

function drawVm(vm: Entity<'vm'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const disks = childrenOf(vm, 'disk');
  const total = disks.reduce((sum, disk) => sum + (disk.props.size ?? 0), 0);
  const extra: Partial<GraphNode> = {
    ...words(disks.length === 0 ? undefined : counted(disks.length, 'disk'), total > 0 ? size(total) : undefined),
    facts: disks.flatMap((disk, at) =>
      fact(
        disk.props.purpose ?? `Disk ${at + 1}`,
        [size(disk.props.size), datastoreOf(disk, model)?.name].filter((part) => part !== undefined).join(' on '),
      ),
    ),
  };
  if (disks.length === 0) return;
  add(vm, 'vm', extra);
  for (const disk of disks) {
    const store = datastoreOf(disk, model);
    if (store) link('storage', drawn(vm), drawn(store), { label: idOf(disk) === '' ? '' : (size(disk.props.size) ?? '') });
  }
}
