/**
 * The overview: places and power, physical switches, hosts with their adapters and virtual switches, networks, storage, VMs and
 * what the business calls them, on one sheet. Reads the model like a rule does; knows nothing of layout.
 */

import { licensedMachines, plugOf } from '../../facts/licences.ts';
import { addressOf, networkOf, portgroupsOf, switchPortOf, uplinksOf, virtualSwitchesOf, vlanOf } from '../../facts/network.ts';
import { clusterOf } from '../../facts/placement.ts';
import { machinesOf } from '../../facts/services.ts';
import { childrenOf, type Entity, enclosing, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import type { KindName } from '../../schema/vocabulary.ts';
import { formatQuantity } from '../../values/quantity.ts';
import {
  type Add,
  type Building,
  type Drawn,
  fact,
  type GroupOf,
  type Link,
  openSheet,
  rate,
  sideOf,
  size,
  spaced,
  words,
} from './shared.ts';
import { usedNics } from './uplinks.ts';

/** @param groupOf tells which entities come from one line (members of a range) */
export function* overviewGraph(model: Model, title: string, groupOf: GroupOf): Building {
  const { add, link, drawn, done } = openSheet(model, title, groupOf);
  places(model, add, link, drawn);
  physicalNetwork(model, add, link, drawn);
  storage(model, add, link, drawn);
  for (const cluster of model.all('cluster')) add(cluster, 'cluster', { detail: clusterDetail(cluster) });
  for (const host of model.all('host')) {
    drawHost(host, model, add, link, drawn);
    yield;
  }
  localStores(model, add, drawn);
  for (const vm of model.all('vm')) {
    drawVm(vm, model, add, link, drawn);
    yield;
  }
  applications(model, add, link, drawn);

  return done();
}

function places(model: Model, add: Add, link: Link, drawn: Drawn): void {
  const parentOf = (entity: Entity): { parent?: string } => (entity.parent ? { parent: drawn(entity.parent) } : {});
  for (const site of model.all('site')) add(site, 'site', words(site.label !== undefined ? site.name : undefined));
  for (const room of model.all('room')) add(room, 'room', parentOf(room));
  for (const rack of model.all('rack')) {
    add(rack, 'rack', { ...parentOf(rack), ...words(rack.props.units === undefined ? undefined : `${rack.props.units} U`) });
    for (const feed of childrenOf(rack, 'feed')) {
      const source = model.resolve(feed.props.from, feed, 'ups', 'pdu');
      if (source) link('power', drawn(source), drawn(rack), { label: feed.name });
    }
  }
  for (const ups of model.all('ups')) {
    add(ups, 'ups', {
      ...parentOf(ups),
      ...words(
        ups.props.capacity === undefined ? undefined : spaced(formatQuantity(ups.props.capacity, 'power', 'kVA')),
        ups.props.runtime === undefined ? undefined : spaced(formatQuantity(ups.props.runtime, 'duration')),
      ),
      ...sideOf(ups.name),
    });
  }
}

const rackText = (entity: Entity<'switch' | 'host' | 'array' | 'usbhub'>): string | undefined =>
  entity.props.rack === undefined ? undefined : `rack ${entity.props.rack.ref.join('.')}`;

function physicalNetwork(model: Model, add: Add, link: Link, drawn: Drawn): void {
  for (const network of model.all('network')) {
    const { vlan, subnet, mtu, gateway, purpose, zone } = network.props;
    add(network, 'network', {
      ...words(vlan === undefined ? undefined : `VLAN ${vlan}`, subnet, mtu === undefined ? undefined : `MTU ${mtu}`),
      network: idOf(network),
      facts: [...fact('Purpose', purpose), ...fact('Gateway', gateway), ...fact('Zone', zone)],
    });
  }
  for (const device of model.all('switch')) {
    add(device, 'switch', {
      ...words(device.props.model, rackText(device)),
      ...sideOf(device.name),
      facts: [...fact('Ports', device.props.ports?.toString()), ...fact('Power supplies', device.props.psu?.join(', '))],
    });
  }
  for (const router of model.all('router')) {
    add(router, 'router', words(router.props.model));
    for (const network of model.resolveAll(router.props.connects, router, 'network'))
      link('network', drawn(router), drawn(network), { network: idOf(network) });
    const port = switchPortOf(router, model);
    if (port) link('cable', drawn(router), drawn(port.switch), { label: port.name });
  }
  for (const stack of model.all('stack')) {
    const members = model.resolveAll(stack.props.members, stack, 'switch');
    members.slice(1).forEach((member, at) => {
      const before = members[at];
      if (before) link('cable', drawn(before), drawn(member), { label: stack.name });
    });
  }
  for (const cable of model.all('link')) {
    const [a, b] = [cable.props.from?.ref[0], cable.props.to?.ref[0]].map((name) =>
      name === undefined ? undefined : model.find('switch', name),
    );
    if (a && b)
      link('cable', drawn(a), drawn(b), {
        ...(cable.props.speed !== undefined ? { speed: cable.props.speed } : {}),
        ...(cable.name !== '' ? { label: cable.name } : {}),
      });
  }
  for (const hub of model.all('usbhub')) {
    add(hub, 'usbhub', words(hub.props.model, rackText(hub)));
    for (const nic of childrenOf(hub, 'nic')) drawCabled(nic, hub, model, add, link, drawn);
  }
  for (const machine of model.all('physical')) {
    add(machine, 'physical', words(machine.props.model, machine.props.os));
    for (const nic of childrenOf(machine, 'nic')) drawCabled(nic, machine, model, add, link, drawn);
    for (const other of model.resolveAll(machine.props['standby-for'], machine, 'host', 'physical', 'vm'))
      link('needs', drawn(machine), drawn(other), { label: 'stands by for' });
  }
}

/** An adapter or a storage port with its cable. */
function drawCabled(
  nic: Entity<'nic'> | Entity<'port'>,
  owner: Entity,
  model: Model,
  add: Add,
  link: Link,
  drawn: Drawn,
  label = nic.name,
  idle = false,
): void {
  const speed = rate(nic.props.speed);
  const address = addressOf(nic, model)?.ip?.text;
  const port = switchPortOf(nic, model);
  add(nic, is(nic, 'port') ? 'port' : 'nic', {
    label,
    ...(idle ? { look: 'idle' } : {}),
    parent: drawn(owner),
    ...words(speed),
    facts: [
      ...fact('Model', is(nic, 'nic') ? nic.props.model : undefined),
      ...fact('Speed', speed),
      ...fact('Address', address),
      ...fact('Switch port', nic.props.port?.ref.join('/')),
    ],
  });
  const end = port?.switch;
  if (port && end)
    link('cable', drawn(nic), drawn(end), {
      label: port.name,
      ...(port.lag ? { lag: port.lag.name } : {}),
      ...(nic.props.speed !== undefined ? { speed: nic.props.speed } : {}),
    });
}

const hypervisorNames: Readonly<Record<string, string>> = {
  esxi: 'ESXi',
  hyperv: 'Hyper-V',
  xenserver: 'XenServer',
  kvm: 'KVM',
  proxmox: 'Proxmox VE',
  oraclevm: 'Oracle VM',
  nutanix: 'Nutanix AHV',
  everrun: 'everRun',
};

function drawHost(host: Entity<'host'>, model: Model, add: Add, link: Link, drawn: Drawn): void {
  const cluster = clusterOf(host, model);
  const { hypervisor, cpu, memory } = host.props;
  const product =
    hypervisor?.product === undefined
      ? undefined
      : `${hypervisorNames[hypervisor.product] ?? hypervisor.product}${hypervisor.release === undefined ? '' : ` ${hypervisor.release}`}`;
  add(host, 'host', {
    ...(cluster ? { parent: drawn(cluster) } : {}),
    ...words(host.props.model, product),
    facts: [
      ...fact('Hypervisor', product),
      ...fact(
        'CPU',
        cpu?.model === undefined
          ? undefined
          : `${cpu.count ?? 1} × ${cpu.model}${cpu.cores === undefined ? '' : `, ${cpu.cores} cores each`}`,
      ),
      ...fact('Memory', size(memory)),
      ...fact('Rack', host.props.rack?.ref.join('.')),
      ...fact('Power supplies', host.props.psu?.join(', ')),
    ],
  });
  const used = usedNics(host, model);
  for (const nic of childrenOf(host, 'nic'))
    drawCabled(nic, host, model, add, link, drawn, nic.name, used !== undefined && !used.has(nic));
  for (const hba of childrenOf(host, 'hba')) {
    add(hba, 'hba', { parent: drawn(host), ...words(hba.props.type, rate(hba.props.speed)) });
    const fabric = model.resolve(hba.props.fabric, hba, 'fabric');
    for (const device of model.resolveAll(fabric?.props.switches, fabric ?? hba, 'switch'))
      link('cable', drawn(hba), drawn(device), { ...(hba.props.speed !== undefined ? { speed: hba.props.speed } : {}) });
    const array = model.resolve(hba.props.array, hba, 'array');
    if (array) link('storage', drawn(hba), drawn(array));
  }
  for (const own of virtualSwitchesOf(host, model)) {
    const device = own.entity;
    const inHost = device.unit === host.unit;
    if (!inHost) continue;
    add(device, 'vswitch', {
      parent: drawn(host),
      ...words(
        is(device, 'vswitch') ? device.props.type : undefined,
        device.props.mtu === undefined ? undefined : `MTU ${device.props.mtu}`,
        device.props.teaming,
      ),
    });
    const uplinks = uplinksOf(device, host, model);
    for (const nic of uplinks.active) link('uplink', drawn(nic), drawn(device), speedOf(nic));
    for (const nic of uplinks.standby) link('standby', drawn(nic), drawn(device), speedOf(nic));
    for (const group of childrenOf(device, 'portgroup')) {
      const network = networkOf(group, model);
      const vlan = vlanOf(group, model);
      add(group, 'portgroup', {
        label: group.name,
        parent: drawn(device),
        ...words(vlan === undefined ? undefined : `VLAN ${vlan}`),
        ...(network ? { network: idOf(network) } : {}),
        facts: fact('Network', network?.name),
      });
    }
    for (const adapter of childrenOf(device, 'vmkernel')) {
      const network = networkOf(adapter, model);
      const address = addressOf(adapter, model)?.ip?.text;
      add(adapter, 'vmkernel', {
        parent: drawn(device),
        ...words(address ?? network?.name),
        ...(network ? { network: idOf(network) } : {}),
        facts: [
          ...fact('Services', adapter.props.services?.join(', ')),
          ...fact('Network', network?.name),
          ...fact('Address', address),
        ],
      });
    }
  }
}

/** Datastores on disks of one host stand in it. */
function localStores(model: Model, add: Add, drawn: Drawn): void {
  for (const store of model.all('datastore')) {
    for (const place of model.resolveAll(store.props.on, store, 'disk', 'host')) {
      const host = enclosing(place, 'host');
      if (host) add(store, 'datastore', { parent: drawn(host), ...datastoreText(store) });
    }
  }
}

const speedOf = (nic: Entity<'nic'>): { speed?: number } => (nic.props.speed === undefined ? {} : { speed: nic.props.speed });

const datastoreText = (store: Entity<'datastore'>): { detail?: string } => {
  const { type } = store.props;
  const kind =
    type?.kind === undefined
      ? undefined
      : `${['vmfs', 'nfs', 'smb', 'csv', 'sr', 'ntfs'].includes(type.kind) ? type.kind.toUpperCase() : type.kind}${type.version === undefined ? '' : ` ${type.version}`}`;
  return words(kind, size(store.props.size));
};

function storage(model: Model, add: Add, link: Link, drawn: Drawn): void {
  for (const array of model.all('array')) {
    add(array, 'array', words(array.props.model, array.props.protocol?.toUpperCase(), rackText(array)));
    for (const controller of childrenOf(array, 'controller')) {
      for (const port of childrenOf(controller, 'port'))
        drawCabled(port, array, model, add, link, drawn, `${controller.name} ${port.name}`);
    }
    for (const pool of childrenOf(array, 'pool')) {
      const { raid, disks } = pool.props;
      add(pool, 'pool', {
        parent: drawn(array),
        ...words(
          raid === undefined ? undefined : `RAID ${raid}`,
          disks?.count === undefined
            ? undefined
            : `${disks.count} × ${size(disks.size) ?? 'disks'}${disks.type === undefined ? '' : ` ${disks.type.toUpperCase()}`}`,
        ),
      });
    }
    for (const lun of [...childrenOf(array, 'lun'), ...childrenOf(array, 'export')]) {
      const pool = model.resolve(lun.props.in, lun, 'pool');
      add(lun, 'lun', { parent: drawn(pool ?? array), ...words(size(lun.props.size)) });
    }
    const partner = model.resolve(array.props.replicates, array, 'array');
    if (partner) link('storage', drawn(array), drawn(partner), { label: 'replicates' });
  }
  for (const store of model.all('datastore')) {
    add(store, 'datastore', datastoreText(store));
    for (const lun of model.resolveAll(store.props.on, store, 'lun', 'export', 'pool')) link('storage', drawn(store), drawn(lun));
  }
}

function clusterDetail(cluster: Entity<'cluster'>): string {
  const { ha, drs, evc } = cluster.props;
  return [
    ha === undefined || ha.value === 'off'
      ? undefined
      : `HA${ha.admission?.amount === undefined ? '' : ` ${ha.admission.policy ?? ''} ${ha.admission.amount}`}`,
    drs === undefined || drs === 'off' ? undefined : `DRS ${drs}`,
    evc === undefined ? undefined : `EVC ${evc}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function drawVm(vm: Entity<'vm'>, model: Model, add: Add, link: Link, drawn: Drawn): void {
  const home = clusterOf(vm, model) ?? model.resolve(vm.props.on, vm, 'host');
  const pinned = model.resolve(vm.props.pin?.host, vm, 'host');
  const marks = [
    vm.props.ft === true ? 'FT' : undefined,
    vm.props.ha?.value === 'off' ? 'HA off' : undefined,
    pinned ? `pinned to ${pinned.name}` : undefined,
  ];
  const addresses = childrenOf(vm, 'nic').flatMap((nic) => addressOf(nic, model)?.ip?.text ?? []);
  add(vm, 'vm', {
    ...(home ? { parent: drawn(home) } : {}),
    ...words(vm.props.vcpu === undefined ? undefined : `${vm.props.vcpu} vCPU`, size(vm.props.memory), ...marks),
    facts: fact('Addresses', addresses.join(', ')),
  });
  for (const nic of childrenOf(vm, 'nic')) {
    const [group] = portgroupsOf(nic, model);
    const network = group ? networkOf(group, model) : networkOf(nic, model);
    if (network) link('network', drawn(vm), drawn(network), { network: idOf(network) });
  }
  for (const disk of childrenOf(vm, 'disk'))
    for (const store of model.resolveAll(disk.props.on ? [disk.props.on] : [], disk, 'datastore'))
      link('storage', drawn(vm), drawn(store));
}

function applications(model: Model, add: Add, link: Link, drawn: Drawn): void {
  for (const service of model.all('service')) {
    const { objective } = service.props;
    add(
      service,
      'service',
      words(
        objective?.availability === undefined ? undefined : `${objective.availability}%`,
        objective?.rto === undefined ? undefined : `RTO ${spaced(formatQuantity(objective.rto, 'duration'))}`,
      ),
    );
    for (const machine of machinesOf(service, model)) link('needs', drawn(service), drawn(machine));
    for (const other of model.resolveAll(service.props.needs, service, 'service')) link('needs', drawn(service), drawn(other));
  }
  for (const license of model.all('license')) {
    const plug = plugOf(license, model);
    const { hardkey, softkey, product } = license.props;
    add(license, 'license', {
      ...(plug?.at === 'hub' ? { parent: drawn(plug.hub) } : {}),
      ...words(hardkey ? 'hardkey' : softkey ? 'softkey' : undefined, product, softkey?.expires),
    });
    for (const machine of licensedMachines(license, model)) link('licence', drawn(license), drawn(machine));
    if (plug?.at === 'host') link('licence', drawn(license), drawn(plug.machine), { label: 'plugged in' });
  }
}

/** Kinds that have a box in the overview. */
export const drawnKinds: ReadonlySet<KindName> = new Set<KindName>([
  'site',
  'room',
  'rack',
  'ups',
  'network',
  'switch',
  'router',
  'usbhub',
  'physical',
  'host',
  'nic',
  'hba',
  'vswitch',
  'portgroup',
  'vmkernel',
  'array',
  'pool',
  'lun',
  'export',
  'datastore',
  'cluster',
  'vm',
  'service',
  'license',
  'port',
]);
