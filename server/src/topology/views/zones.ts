/**
 * Zones: the security zones from the highest level to the lowest, the networks and machines in each, the firewalls between them as
 * conduits, and the machines that stand in several zones and so lead past the firewalls.
 */
import { addressOf, membersOfNetwork, networksOf } from '../../facts/network.ts';
import { childrenOf, type Entity, enclosing, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { zoneId, zoneName, zoneUnsaid } from './made.ts';
import { type Building, counted, fact, type GroupOf, openSheet, type Sheet, words } from './shared.ts';

interface Zone {
  readonly id: string;
  readonly name: string;
  readonly level: number | undefined;
  readonly networks: readonly Entity<'network'>[];
  /** Row from the top. */
  readonly band: number;
}

export function* zonesGraph(model: Model, title: string, groupOf: GroupOf): Building {
  const sheet = openSheet(model, title, groupOf);
  const home = new Map<Entity<'network'>, Zone>();
  for (const zone of zonesOf(model)) {
    sheet.put({
      id: zone.id,
      role: 'zone',
      label: zone.name,
      band: zone.band,
      ...words(zone.level === undefined ? undefined : `level ${zone.level}`, counted(zone.networks.length, 'network')),
      facts: [
        ...fact('Level', zone.level?.toString()),
        ...fact('Networks', zone.networks.map((network) => network.name).join(', ')),
        ...fact('Firewalls', conduitNames(zone, model).join(', ') || 'none'),
      ],
    });
    for (const network of zone.networks) {
      home.set(network, zone);
      drawNetwork(network, zone, sheet);
    }
  }
  const places = placesOf(model, home);
  for (const machine of [...model.all('vm'), ...model.all('physical')]) {
    drawMachine(machine, places, sheet);
    yield;
  }
  for (const router of model.all('router')) drawConduit(router, places, sheet);
  const graph = sheet.done();
  // The frames are narrow; what there is to say of a network stands in the legend.
  const texts = new Map(model.all('network').map((network) => [idOf(network), legendText(network)]));
  return { ...graph, networks: graph.networks.map((network) => ({ ...network, purpose: texts.get(network.id) ?? '' })) };
}

const legendText = ({ props: { purpose, subnet, vlan } }: Entity<'network'>): string =>
  [purpose, vlan === undefined ? undefined : `VLAN ${vlan}`, subnet].filter((part) => part !== undefined).join(' · ');

const conduitNames = (zone: Zone, model: Model): readonly string[] =>
  model
    .all('router')
    .filter((router) =>
      model.resolveAll(router.props.connects, router, 'network').some((network) => zone.networks.includes(network)),
    )
    .map((router) => router.name);

/** Zones from the highest level to the lowest, those of one level beside each other; what belongs to none comes last. */
function zonesOf(model: Model): readonly Zone[] {
  const zones = new Map<string, Entity<'network'>[]>();
  for (const network of model.all('network')) {
    const name = zoneName(network);
    zones.set(name, [...(zones.get(name) ?? []), network]);
  }
  const found = [...zones].map(([name, networks]) => ({ name, networks, level: levelOf(name, networks) }));
  // Nothing is known of a zone without a level but that it is one: above those of which nothing is said.
  const height = (zone: (typeof found)[number]): number => (zone.name === zoneUnsaid ? -2 : (zone.level ?? -1));
  const rows = [...new Set(found.map(height))].sort((a, b) => b - a);
  return found
    .sort((a, b) => height(b) - height(a))
    .map((zone): Zone => ({ ...zone, id: zoneId(zone.name), band: 2 * rows.indexOf(height(zone)) }));
}

function levelOf(name: string, networks: readonly Entity<'network'>[]): number | undefined {
  const said = networks.map((network) => network.props.level).find((level) => level !== undefined);
  const written = /^level[- ]?(\d(?:\.\d)?)$/i.exec(name)?.[1];
  return said ?? (written === undefined ? undefined : Number(written));
}

function drawNetwork(network: Entity<'network'>, zone: Zone, sheet: Sheet): void {
  sheet.add(network, 'network', {
    label: network.name,
    parent: zone.id,
    network: idOf(network),
    facts: fact('Gateway', network.props.gateway ?? 'none: not routed'),
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

interface Places {
  readonly zoneOf: (network: Entity<'network'>) => Zone | undefined;
  /** The box at which a line to a network ends: a network in which nothing stands is only in the legend, so the line ends at its zone. */
  readonly endOf: (network: Entity<'network'>) => string | undefined;
}

function placesOf(model: Model, home: ReadonlyMap<Entity<'network'>, Zone>): Places {
  const housing = new Set<Entity<'network'>>();
  for (const machine of [...model.all('vm'), ...model.all('physical')]) {
    const [first] = allNetworks(machine, model);
    if (first) housing.add(first);
  }
  for (const network of model.all('network'))
    if (model.lookup(membersOfNetwork, network.name).some((member) => is(member, 'vmkernel'))) housing.add(network);
  return {
    zoneOf: (network) => home.get(network),
    endOf: (network) => (housing.has(network) ? idOf(network) : home.get(network)?.id),
  };
}

/** The networks of a machine, that of its first adapter first. */
const allNetworks = (machine: Entity<'vm'> | Entity<'physical'>, model: Model): readonly Entity<'network'>[] => [
  ...new Set([...childrenOf(machine, 'nic').flatMap((nic) => networksOf(nic, model)), ...networksOf(machine, model)]),
];

/** A machine stands in its first network; that it is in others as well is a way between zones that no firewall sees. */
function drawMachine(machine: Entity<'vm'> | Entity<'physical'>, { endOf, zoneOf }: Places, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const nics = childrenOf(machine, 'nic');
  const all = allNetworks(machine, model);
  const [first, ...others] = all;
  if (!first) return;
  const away = others.filter((network) => zoneOf(network) !== zoneOf(first));
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
    facts: [
      ...fact('Networks', all.map((network) => network.name).join(', ')),
      ...fact(
        'Past the firewall',
        away.length === 0 ? undefined : `joins ${[first, ...away].map((network) => zoneOf(network)?.name).join(' and ')}`,
      ),
    ],
  });
  for (const network of all) link('network', drawn(machine), idOf(network), { network: idOf(network) });
  for (const network of away) {
    const end = endOf(network);
    if (end !== undefined) link('bypass', drawn(machine), end);
  }
}

/** A firewall stands between the rows of the zones that it joins; each line says the gateway that it is in that network. */
function drawConduit(router: Entity<'router'>, { endOf, zoneOf }: Places, sheet: Sheet): void {
  const networks = sheet.model.resolveAll(router.props.connects, router, 'network');
  const zones = new Set(networks.flatMap((network) => zoneOf(network) ?? []));
  const bands = [...zones].map((zone) => zone.band);
  sheet.add(router, 'router', {
    ...words(router.props.model, zones.size > 1 ? `between ${zones.size} zones` : undefined),
    // Odd rows are between those of zones. One that joins zones of one row stands above it.
    band: bands.length === 0 ? -1 : Math.min(...bands) === Math.max(...bands) ? Math.min(...bands) - 1 : Math.min(...bands) + 1,
    facts: [
      ...fact('Joins', networks.map((network) => network.name).join(', ')),
      ...fact('Zones', [...zones].map((zone) => zone.name).join(', ')),
      ...fact('Lets through', 'the design does not say; see the rules of the device'),
    ],
  });
  for (const network of networks) {
    const end = endOf(network);
    const { gateway } = network.props;
    if (end !== undefined)
      sheet.link('conduit', idOf(router), end, { network: idOf(network), ...(gateway === undefined ? {} : { label: gateway }) });
    sheet.link('network', idOf(router), idOf(network), { network: idOf(network) });
  }
}
