/** Zones: the security zones by level, the networks and machines in each, and the firewalls between them as conduits. */
import { addressOf, membersOfNetwork, networksOf } from '../../facts/network.ts';
import { childrenOf, type Entity, enclosing, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import type { Graph } from '../graph.ts';
import { counted, fact, type GroupOf, openSheet, type Sheet, words } from './shared.ts';

interface Zone {
  readonly id: string;
  readonly name: string;
  readonly level: number | undefined;
  readonly networks: readonly Entity<'network'>[];
}

const unsaid = 'Zone not said';

export function zonesGraph(model: Model, title: string, groupOf: GroupOf): Graph {
  const sheet = openSheet(model, title, groupOf);
  const home = new Map<Entity<'network'>, string>();
  for (const zone of zonesOf(model)) {
    sheet.put({
      id: zone.id,
      role: 'room',
      label: zone.name,
      ...words(zone.level === undefined ? undefined : `level ${zone.level}`, counted(zone.networks.length, 'network')),
      facts: fact('Networks', zone.networks.map((network) => network.name).join(', ')),
    });
    for (const network of zone.networks) {
      home.set(network, zone.id);
      drawNetwork(network, zone, sheet);
    }
  }
  for (const machine of [...model.all('vm'), ...model.all('physical')]) drawMachine(machine, sheet);
  for (const router of model.all('router')) drawConduit(router, home, sheet);
  const graph = sheet.done();
  // The frames are narrow; what there is to say of a network stands in the legend.
  const texts = new Map(model.all('network').map((network) => [idOf(network), legendText(network)]));
  return { ...graph, networks: graph.networks.map(({ id, label }) => ({ id, label, purpose: texts.get(id) ?? '' })) };
}

const legendText = ({ props: { purpose, subnet, vlan } }: Entity<'network'>): string =>
  [purpose, vlan === undefined ? undefined : `VLAN ${vlan}`, subnet].filter((part) => part !== undefined).join(' · ');

/** Zones from the highest level to the lowest; what belongs to none comes last. */
function zonesOf(model: Model): readonly Zone[] {
  const zones = new Map<string, Entity<'network'>[]>();
  for (const network of model.all('network')) {
    const { level, zone } = network.props;
    const name = zone ?? (level === undefined ? unsaid : `Level ${level}`);
    zones.set(name, [...(zones.get(name) ?? []), network]);
  }
  const order = (zone: Zone): number => (zone.name === unsaid ? -2 : (zone.level ?? -1));
  return [...zones]
    .map(([name, networks]): Zone => ({ id: `zone:${name}`, name, level: levelOf(name, networks), networks }))
    .sort((a, b) => order(b) - order(a));
}

function levelOf(name: string, networks: readonly Entity<'network'>[]): number | undefined {
  const said = networks.map((network) => network.props.level).find((level) => level !== undefined);
  const written = /^level[- ]?(\d(?:\.\d)?)$/i.exec(name)?.[1];
  return said ?? (written === undefined ? undefined : Number(written));
}

function drawNetwork(network: Entity<'network'>, zone: Zone, sheet: Sheet): void {
  const { gateway, mtu, purpose, subnet, vlan } = network.props;
  sheet.add(network, 'network', {
    label: network.name,
    parent: zone.id,
    network: idOf(network),
    facts: [
      ...fact('Purpose', purpose),
      ...fact('VLAN', vlan?.toString()),
      ...fact('Subnet', subnet),
      ...fact('Gateway', gateway ?? 'none: not routed'),
      ...fact('MTU', mtu?.toString()),
    ],
  });
  const adapters = sheet.model.lookup(membersOfNetwork, network.name).filter((member) => is(member, 'vmkernel'));
  const [first] = adapters;
  if (!first) return;
  const hosts = new Set(adapters.map((adapter) => enclosing(adapter, 'host')?.name));
  const services = new Set(adapters.flatMap((adapter) => adapter.props.services ?? []));
  sheet.add(first, 'vmkernel', {
    label: hosts.size === 1 ? `${[...hosts][0] ?? ''} ${first.name}` : `Adapters of ${hosts.size} hosts`,
    parent: idOf(network),
    network: idOf(network),
    ...words([...services].join(', ')),
    facts: fact('Hosts', [...hosts].join(', ')),
  });
}

/** A machine stands in its first network; that it is in others as well is a way between zones, and is said. */
function drawMachine(machine: Entity<'vm'> | Entity<'physical'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const nics = childrenOf(machine, 'nic');
  const all = [...new Set([...nics.flatMap((nic) => networksOf(nic, model)), ...networksOf(machine, model)])];
  const [first, ...others] = all;
  if (!first) return;
  const addresses = [
    ...nics.map((nic) => addressOf(nic, model)),
    is(machine, 'physical') ? addressOf(machine, model) : undefined,
  ];
  add(machine, machine.kind, {
    parent: idOf(first),
    ...words(
      addresses.flatMap((address) => address?.ip?.text ?? [])[0],
      others.length > 0 ? `also in ${others.map((network) => network.name).join(', ')}` : undefined,
    ),
    facts: [...fact('Operating system', machine.props.os), ...fact('Networks', all.map((network) => network.name).join(', '))],
  });
  for (const network of all) link('network', drawn(machine), idOf(network), { network: idOf(network) });
}

function drawConduit(router: Entity<'router'>, home: ReadonlyMap<Entity<'network'>, string>, sheet: Sheet): void {
  const networks = sheet.model.resolveAll(router.props.connects, router, 'network');
  const zones = new Set(networks.map((network) => home.get(network)));
  sheet.add(router, 'router', {
    ...words(router.props.model, zones.size > 1 ? `between ${zones.size} zones` : undefined),
    facts: fact('Joins', networks.map((network) => network.name).join(', ')),
  });
  for (const network of networks) {
    const members = sheet.model.lookup(membersOfNetwork, network.name);
    const framed = members.some(
      (member) =>
        member.kind === 'vmkernel' || is(member.parent, 'vm') || member.kind === 'physical' || is(member.parent, 'physical'),
    );
    // A network with nothing in it is only in the legend; the line ends at its zone then.
    const end = framed ? idOf(network) : home.get(network);
    if (end !== undefined) sheet.link('cable', idOf(router), end, { network: idOf(network) });
    sheet.link('network', idOf(router), idOf(network), { network: idOf(network) });
  }
}
