/** Storage: pools, LUNs, how hosts find them, datastores, and the proof that all paths and all speed are there. */
import { networkOf, vmkernelsOf } from '../../facts/network.ts';
import { arraysOf, backingsOf, isMapped, pathsTo, poolsOf, type StoragePath, visibilityOf, vmsOnDatastore } from '../../facts/storage.ts';
import { clusterOf } from '../../facts/placement.ts';
import { childrenOf, descendantsOf, type Entity, enclosing, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import { alike, alikeHosts, forAll, them } from '../alike.ts';
import { addressText, called, count, ipOf, name, rate, refText, short, size } from '../show.ts';
import { datastoreCommand, discoveryCommand, pathCommand } from '../storageCommands.ts';
import { defineTask } from '../task.ts';
import { both, code, codes, joined, nothing, only, say, type Text } from '../text.ts';

type Host = Entity<'host'>;
type Pool = Entity<'pool'>;

// ── the array ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Bytes that a RAID group gives, and operations that one disk is good for (yardsticks of the field). */
function poolFigures(pool: Pool): { readonly usable?: number; readonly raw?: number; readonly penalty?: number } {
  const { raid, disks } = pool.props;
  if (raid === undefined || disks?.count === undefined) return {};
  const parts: Readonly<Record<string, number>> = { 0: disks.count, 1: disks.count / 2, 10: disks.count / 2, 5: disks.count - 1, 6: disks.count - 2 };
  const data = parts[raid];
  const penalties: Readonly<Record<string, number>> = { 0: 1, 1: 2, 10: 2, 5: 4, 6: 6, 50: 4, 60: 6 };
  const perDisk = disks.type === 'sas' ? 150 : disks.type === 'nlsas' || disks.type === 'sata' ? 100 : undefined;
  return {
    ...(data !== undefined && disks.size !== undefined ? { usable: data * disks.size } : {}),
    ...(perDisk !== undefined ? { raw: perDisk * disks.count } : {}),
    ...(penalties[raid] !== undefined ? { penalty: penalties[raid] } : {}),
  };
}

const diskText = (disks: Pool['props']['disks']): Text =>
  disks ? say`${disks.count} × ${size(disks.size)}${disks.type === undefined ? '' : ` ${disks.type.toUpperCase()}`}` : only(undefined);

export const pools = defineTask({
  id: 'storage/pool',
  phase: 'storage',
  title: 'Pools and RAID groups',
  role: 'storage engineer',
  record: 'state of the pool after the first full build',
  columns: ['Pool', 'RAID', 'Disks', 'Spare', 'Usable about'],
  closes: ['RAID001', 'RAID002', 'RAID003'],
  *items(model) {
    for (const pool of model.all('pool')) {
      const { usable } = poolFigures(pool);
      yield { subject: pool, what: [[name(pool)], only(pool.props.raid), diskText(pool.props.disks), only(pool.props.spare), only(size(usable && Math.round(usable)))] };
    }
  },
});

export const frontEnd = defineTask({
  id: 'storage/front-end',
  phase: 'storage',
  title: 'Front-end ports of the arrays',
  role: 'storage engineer',
  record: 'port settings, WWPNs and IQNs as shown by the array',
  columns: ['Port', 'Address or WWPN', 'Network or fabric', 'Speed', 'MTU'],
  closes: ['STO003', 'ADR001'],
  *items(model) {
    for (const port of model.all('array').flatMap((array) => descendantsOf(array, 'port'))) {
      const { wwpn, fabric, mtu, speed } = port.props;
      const fc = fabric !== undefined || wwpn !== undefined;
      const network = networkOf(port, model);
      yield {
        subject: port,
        what: [[name(port)], only(code(fc ? wwpn : addressText(port, model))), only(code(fc ? refText(fabric) : network?.name)), only(rate(speed)), fc ? nothing : only(mtu ?? network?.props.mtu ?? 1500)],
      };
    }
  },
});

/** Hosts that a LUN is for: said, or those of the clusters that keep VMs on it. */
function hostsFor(lun: Entity<'lun' | 'export'>, model: Model): readonly string[] {
  if (lun.props.hosts) return model.resolveAll(lun.props.hosts, lun, 'host', 'physical').map((host) => host.name);
  const stores = model.all('datastore').filter((store) => backingsOf(store, model).includes(lun));
  return [...new Set(stores.flatMap((store) => storeHosts(store, model).map((host) => host.name)))];
}

/** Hosts that mount a datastore: those that the design maps it to, else all of the clusters whose VMs are on it. */
function storeHosts(store: Entity<'datastore'>, model: Model): readonly Host[] {
  const seen = visibilityOf(store, model);
  if (seen.hosts.length > 0) return seen.hosts.flatMap((each) => model.find('host', each) ?? []);
  const clusters = new Set(vmsOnDatastore(store, model).flatMap((vm) => clusterOf(vm, model) ?? []));
  const named = clusters.size > 0 ? [...clusters].flatMap((cluster) => model.resolveAll(cluster.props.hosts, cluster, 'host')) : model.all('host').filter((host) => clusterOf(host, model) !== undefined);
  return named.length > 0 ? [...new Set(named)] : model.all('host');
}

export const luns = defineTask({
  id: 'storage/lun',
  phase: 'storage',
  title: 'LUNs and exports',
  role: 'storage engineer',
  record: 'mapping list of the array; the same LUN number on all hosts',
  intro: 'Mapped to these hosts and no others.',
  columns: ['LUN or export', 'Size', 'Pool', 'Number or path', 'Hosts'],
  closes: ['STO001', 'STO008', 'STO009'],
  *items(model) {
    for (const lun of model.all('lun')) yield { subject: lun, what: [[name(lun)], only(size(lun.props.size)), [code(refText(lun.props.in))], only(lun.props.id), codes(hostsFor(lun, model))] };
    for (const share of model.all('export')) {
      const root = share.props['root-access'];
      const path = say`${code(share.props.path)}${root === true ? ', no root squash' : ''}`;
      yield { subject: share, prop: 'path', what: [[name(share)], only(size(share.props.size)), share.props.in ? [code(refText(share.props.in))] : nothing, path, codes(hostsFor(share, model))] };
    }
  },
});

// ── Fibre Channel ─────────────────────────────────────────────────────────────────────────────────────────────────────

export const zones = defineTask({
  id: 'storage/zone',
  phase: 'storage',
  title: 'Fibre Channel zones',
  role: 'storage engineer',
  record: 'active zone set of the fabric, saved',
  intro: 'One initiator in each zone, with the array ports of its own fabric.',
  closes: ['STO011', 'STO012'],
  *items(model) {
    for (const fabric of model.all('fabric')) {
      const inFabric = (entity: Entity<'hba'> | Entity<'port'>): boolean => model.resolve(entity.props.fabric, entity, 'fabric') === fabric;
      const targets = model.all('array').flatMap((array) => descendantsOf(array, 'port').filter(inFabric));
      const initiators = model.all('host').flatMap((host) => childrenOf(host, 'hba').filter(inFabric));
      const ends = joined(targets.map((port) => say`${name(port)} ${code(port.props.wwpn)}`), ', ', ' and ');
      yield {
        subject: fabric,
        what: say`Zone fabric ${called(fabric, model)}: ${count(initiators.length, 'zone')} with ${targets.length === 0 ? undefined : ends}.`,
        detail: initiators.map((hba) => say`${name(hba)} ${code(hba.props.wwpn)}`),
        expected: say`Each initiator sees ${count(targets.length, 'port')} of the arrays, and no other initiator.`,
      };
    }
  },
});

// ── hosts find the storage ────────────────────────────────────────────────────────────────────────────────────────────

/** Arrays that a host reaches over IP, with the addresses of their ports. */
function targetsOf(host: Host, model: Model): readonly { readonly array: Entity<'array'>; readonly addresses: readonly string[] }[] {
  const networks = new Set(vmkernelsOf(host).flatMap((adapter) => networkOf(adapter, model) ?? []));
  return model.all('array').flatMap((array) => {
    const ports = descendantsOf(array, 'port').filter((port) => port.props.protocol !== 'nfs' && port.props.protocol !== 'smb' && networkOf(port, model) !== undefined && networks.has(networkOf(port, model) as Entity<'network'>));
    const addresses = ports.flatMap((port) => ipOf(port, model) ?? []);
    return addresses.length > 0 && isMapped(host, array, model) ? [{ array, addresses }] : [];
  });
}

export const discovery = defineTask({
  id: 'storage/discovery',
  phase: 'storage',
  title: 'iSCSI targets',
  role: 'virtualization engineer',
  record: 'IQN of each host, list of sessions',
  closes: ['STO016', 'STO017'],
  *items(model) {
    for (const group of alikeHosts(model, (host) => targetsOf(host, model).map(({ array, addresses }) => [array.name, addresses]))) {
      const bound = vmkernelsOf(group.first).filter((adapter) => adapter.props['port-binding'] === true).map((adapter) => adapter.name);
      for (const { array, addresses } of targetsOf(group.first, model)) {
        yield {
          ...forAll(group),
          part: array.name,
          what: say`Connect ${them(group.members)} to ${called(array, model)} at ${codes(addresses)}${bound.length > 0 ? say`, adapters ${codes(bound)} bound` : ''}; CHAP ${undefined}.`,
          expected: say`A session to each address from each host, again after a restart.`,
          commands: discoveryCommand(group.members, addresses, bound, model),
        };
      }
    }
  },
});

const pathText = ({ initiator, port }: StoragePath): Text => say`${code(initiator.name)} to ${name(port)}`;

export const paths = defineTask({
  id: 'storage/paths',
  phase: 'storage',
  title: 'Paths',
  role: 'storage engineer',
  record: 'list of paths of each host',
  closes: ['STO003', 'STO004', 'STO006'],
  *items(model) {
    for (const array of model.all('array')) {
      const signature = (host: Host): unknown => pathsTo(host, array, model).paths.map(({ initiator, port }) => [initiator.name, port.name, port.parent?.name]);
      const hosts = model.all('host').filter((host) => isMapped(host, array, model) && pathsTo(host, array, model).paths.length > 0);
      const policy = [...new Set(model.all('datastore').flatMap((store) => (arraysOf(store, model).includes(array) ? (store.props.multipath ?? []) : [])))];
      for (const group of alikeHosts(model, signature, hosts)) {
        const found = pathsTo(group.first, array, model);
        yield {
          ...forAll(group),
          subject: array,
          scope: `${array.name} ${group.scope}`,
          what: say`Count the paths of ${them(group.members)} to each LUN of ${called(array, model)}.`,
          detail: [...found.paths.map(pathText), say`Path policy: ${policy.length === 0 ? undefined : policy.join(', ')}`],
          expected: say`${count(found.paths.length, 'path')} to each LUN${found.complete ? '' : ' at least (the design leaves some ports open)'}, all alive, none on standby beside what the array’s policy says.`,
          commands: pathCommand(group.members, policy[0], model),
        };
      }
    }
  },
});

// ── datastores and local disks ────────────────────────────────────────────────────────────────────────────────────────

const kindText = (store: Entity<'datastore'>): Text => {
  const { type } = store.props;
  return type?.kind === undefined ? only(undefined) : [`${type.kind.length < 5 ? type.kind.toUpperCase() : type.kind}${type.version === undefined ? '' : ` ${type.version}`}`];
};

export const datastores = defineTask({
  id: 'storage/datastore',
  phase: 'storage',
  title: 'Datastores',
  role: 'virtualization engineer',
  record: 'capacity shown by the manager, UUID or NAA id',
  columns: ['Datastore', 'Kind', 'On', 'Size', 'Hosts', 'VMs'],
  closes: ['STO001', 'STO002', 'STO018'],
  *items(model) {
    for (const store of model.all('datastore')) {
      const backings = backingsOf(store, model);
      const bytes = store.props.size ?? (backings.length === 1 && (is(backings[0], 'lun') || is(backings[0], 'export') || is(backings[0], 'disk')) ? backings[0].props.size : undefined);
      const hosts = storeHosts(store, model);
      yield {
        subject: store,
        what: [called(store, model), kindText(store), backings.length === 0 ? only(undefined) : joined(backings.map((backing) => name(backing))), only(size(bytes)), codes(hosts.map((host) => host.name)), vmsOnDatastore(store, model).length === 0 ? nothing : codes(vmsOnDatastore(store, model).map((vm) => vm.name), 6)],
        commands: datastoreCommand(store, backings, hosts, model),
      };
    }
  },
});

export const localDisks = defineTask({
  id: 'storage/local-disk',
  phase: 'storage',
  title: 'Local disks',
  role: 'virtualization engineer',
  record: 'state of the RAID group, serial numbers of the disks',
  columns: ['Disks', 'In', 'Pieces', 'Size', 'Kind', 'RAID', 'Cache'],
  closes: ['RAID001', 'RAID005', 'STO002'],
  *items(model) {
    const disks = [...model.all('host'), ...model.all('physical')].flatMap((machine) => childrenOf(machine, 'disk'));
    for (const { first, members } of alike(disks, (disk) => [disk.name, disk.props])) {
      const machine = first.parent as Host;
      const raidCard = childrenOf(machine, 'hba').find((hba) => hba.props.type === 'raid');
      const { count: pieces, size: bytes, type, raid } = first.props;
      const cache = raidCard ? say`${raidCard.props.cache}, battery ${raidCard.props.battery === undefined ? undefined : raidCard.props.battery ? 'yes' : 'no'}` : nothing;
      yield {
        subject: first,
        scope: `disk:${first.name}:${String(bytes)}`,
        what: [[code(first.name === '' ? undefined : first.name)], codes(members.map((disk) => disk.unit.root.name)), only(pieces ?? 1), only(size(bytes)), only(type?.toUpperCase()), pieces === undefined || pieces < 2 ? nothing : only(raid), cache],
      };
    }
  },
});

export const speed = defineTask({
  id: 'storage/speed',
  phase: 'storage',
  title: 'Speed of the storage',
  role: 'storage engineer',
  record: 'tool, block size, share of writes, IOPS and latency (average and 99th percentile)',
  intro: 'With the pattern of the application (database: 8 KB, random, 30 % writes if nothing else is known), longer than the cache lasts.',
  closes: ['RAID004', 'STO030'],
  *items(model) {
    for (const pool of model.all('pool')) {
      const array = enclosing(pool, 'array');
      const { raw, penalty } = poolFigures(pool);
      const stores = model.all('datastore').filter((store) => poolsOf(store, model).includes(pool)).map((store) => store.name);
      const plan = array?.props.iops;
      const yardstick = raw === undefined || penalty === undefined ? nothing : say`about ${Math.round(raw * 0.7 + (raw * 0.3) / penalty)} IOPS by rule of thumb (${raw} raw, write penalty ${penalty}, 30 % writes)`;
      yield {
        subject: pool,
        what: say`Measure pool ${name(pool)} from a VM${stores.length > 0 ? say` on ${codes(stores)}` : ''}.`,
        expected: say`${both(plan === undefined ? nothing : say`${plan} IOPS, as the design has it`, yardstick)}${plan === undefined && yardstick.length === 0 ? say`IOPS that the applications need: ${undefined}` : ''}; latency below 10 ms on average. Measured: ${undefined} IOPS, ${undefined} ms`,
      };
    }
  },
});

export const copies = defineTask({
  id: 'storage/replication',
  phase: 'storage',
  title: 'Replication',
  role: 'storage engineer',
  record: 'interval or mode, lag under load',
  closes: ['STO041'],
  *items(model) {
    for (const array of model.all('array')) {
      if (!array.props.replicates) continue;
      yield {
        subject: array,
        part: 'replicates',
        prop: 'replicates',
        what: say`Replicate ${called(array, model)} to ${short(model.resolve(array.props.replicates, array, 'array'), model)}: mode ${undefined}, interval ${undefined}.`,
        expected: say`Lag under load stays below the smallest RPO: ${undefined}.`,
      };
    }
  },
});

export const storage = [pools, frontEnd, luns, zones, discovery, paths, datastores, localDisks, speed, copies];
