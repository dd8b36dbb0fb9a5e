/** Storage, the side of the hosts: how they find it, over how many paths, and the datastores that they make on it. */

import { networkOf, vmkernelsOf } from '../../../facts/network.ts';
import { arraysOf, backingsOf, isMapped, pathsTo, type StoragePath, vmsOnDatastore } from '../../../facts/storage.ts';
import { childrenOf, descendantsOf, type Entity, is } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { alike, alikeHosts, forAll, them } from '../../alike.ts';
import { datastoreCommand, discoveryCommand, pathCommand } from '../../commands/storage.ts';
import { storeHosts } from '../../derive/mapping.ts';
import { called, count, ipOf, name, size } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, codes, joined, nothing, only, say, type Text } from '../../text.ts';

type Host = Entity<'host'>;

/** Arrays that a host reaches over IP, with the addresses of their ports. */
function targetsOf(
  host: Host,
  model: Model,
): readonly { readonly array: Entity<'array'>; readonly addresses: readonly string[] }[] {
  const networks = new Set(vmkernelsOf(host).flatMap((adapter) => networkOf(adapter, model) ?? []));
  return model.all('array').flatMap((array) => {
    const ports = descendantsOf(array, 'port').filter(
      (port) =>
        port.props.protocol !== 'nfs' &&
        port.props.protocol !== 'smb' &&
        networkOf(port, model) !== undefined &&
        networks.has(networkOf(port, model) as Entity<'network'>),
    );
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
  closes: ['STO012', 'STO013'],
  *items(model) {
    for (const group of alikeHosts(model, (host) =>
      targetsOf(host, model).map(({ array, addresses }) => [array.name, addresses]),
    )) {
      const bound = vmkernelsOf(group.first)
        .filter((adapter) => adapter.props['port-binding'] === true)
        .map((adapter) => adapter.name);
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
  closes: ['STO004', 'STO005', 'STO007'],
  *items(model) {
    for (const array of model.all('array')) {
      const signature = (host: Host): unknown =>
        pathsTo(host, array, model).paths.map(({ initiator, port }) => [initiator.name, port.name, port.parent?.name]);
      const hosts = model
        .all('host')
        .filter((host) => isMapped(host, array, model) && pathsTo(host, array, model).paths.length > 0);
      const policy = [
        ...new Set(
          model
            .all('datastore')
            .flatMap((store) => (arraysOf(store, model).includes(array) ? (store.props.multipath ?? []) : [])),
        ),
      ];
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

const kindText = (store: Entity<'datastore'>): Text => {
  const { type } = store.props;
  return type?.kind === undefined
    ? only(undefined)
    : [`${type.kind.length < 5 ? type.kind.toUpperCase() : type.kind}${type.version === undefined ? '' : ` ${type.version}`}`];
};

export const datastores = defineTask({
  id: 'storage/datastore',
  phase: 'storage',
  title: 'Datastores',
  role: 'virtualization engineer',
  record: 'capacity shown by the manager, UUID or NAA id',
  expected: 'mounted on all hosts of the row, with the capacity of the row.',
  columns: ['Datastore', 'Kind', 'On', 'Size', 'Hosts', 'VMs'],
  closes: ['STO001', 'STO002', 'STO016', 'STO017'],
  *items(model) {
    for (const store of model.all('datastore')) {
      const backings = backingsOf(store, model);
      const bytes =
        store.props.size ??
        (backings.length === 1 && (is(backings[0], 'lun') || is(backings[0], 'export') || is(backings[0], 'disk'))
          ? backings[0].props.size
          : undefined);
      const hosts = storeHosts(store, model);
      yield {
        subject: store,
        what: [
          called(store, model),
          kindText(store),
          backings.length === 0 ? only(undefined) : joined(backings.map((backing) => name(backing))),
          only(size(bytes)),
          codes(hosts.map((host) => host.name)),
          vmsOnDatastore(store, model).length === 0
            ? nothing
            : codes(
                vmsOnDatastore(store, model).map((vm) => vm.name),
                6,
              ),
        ],
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
  expected: 'state normal; write cache on only with a battery.',
  columns: ['Disks', 'In', 'Pieces', 'Size', 'Kind', 'RAID', 'Cache'],
  closes: ['RAID001', 'RAID008', 'RAID009'],
  *items(model) {
    const disks = [...model.all('host'), ...model.all('physical')].flatMap((machine) => childrenOf(machine, 'disk'));
    for (const { first, members } of alike(disks, (disk) => [disk.name, disk.props])) {
      const machine = first.parent as Host;
      const raidCard = childrenOf(machine, 'hba').find((hba) => hba.props.type === 'raid');
      const { count: pieces, size: bytes, type, raid } = first.props;
      const cache = raidCard
        ? say`${raidCard.props.cache}, battery ${raidCard.props.battery === undefined ? undefined : raidCard.props.battery ? 'yes' : 'no'}`
        : nothing;
      yield {
        subject: first,
        scope: `disk:${first.name}:${String(bytes)}`,
        what: [
          [code(first.name === '' ? undefined : first.name)],
          codes(members.map((disk) => disk.unit.root.name)),
          only(pieces ?? 1),
          only(size(bytes)),
          only(type?.toUpperCase()),
          pieces === undefined || pieces < 2 ? nothing : only(raid),
          cache,
        ],
      };
    }
  },
});
