/**
 * Redundancy: services, the machines that they run on, the hosts of those, and what takes them down when it fails: racks, UPS,
 * switches, arrays. What both sides of a redundant pair lean on is said to be shared: there the redundancy ends.
 */

import type { Machine } from '../../facts/machine.ts';
import { carriersOf, switchPortOf, uplinksOf, virtualSwitchesOf } from '../../facts/network.ts';
import { candidateHosts, clusterOf, homeHost, pinnedHost } from '../../facts/placement.ts';
import { feedOf, psuFeedNames, supplyChain } from '../../facts/power.ts';
import { machinesOf, redundantSets } from '../../facts/services.ts';
import { arraysOf, datastoreOf } from '../../facts/storage.ts';
import { childrenOf, type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { formatQuantity } from '../../values/quantity.ts';
import type { GraphNode, NodeRole } from '../graph.ts';
import { shadowId } from './made.ts';
import { type Building, fact, type GroupOf, openSheet, type Sheet, sideOf, spaced, words } from './shared.ts';

/** Rows from the top: what the business uses, what it runs on, and what fails together below. */
const bands = { service: 0, vm: 1, host: 2, domain: 3 } as const;

type Domain = Entity<'rack' | 'ups' | 'switch' | 'array' | 'host' | 'cluster'>;

export function* redundancyGraph(model: Model, title: string, groupOf: GroupOf): Building {
  const sheet = openSheet(model, title, groupOf);
  const services = model.all('service');
  const sets = services.flatMap((service) => redundantSets(service, model));
  const machines = [
    ...new Set([...sets.flatMap((set) => set.machines), ...services.flatMap((service) => machinesOf(service, model))]),
  ];
  const sharing = new Map<Entity, string[]>();
  const sides = new Map<Machine, 'A' | 'B'>();
  for (const set of sets) {
    const [first, second] = set.machines;
    if (first && !sides.has(first)) sides.set(first, 'A');
    if (second && !sides.has(second)) sides.set(second, 'B');
    for (const domain of sharedBy(set.machines, model))
      sharing.set(domain, [
        ...(sharing.get(domain) ?? []),
        `${set.machines.map((machine) => machine.name).join(' and ')} (${set.what})`,
      ]);
    yield;
  }
  const context: Context = { sheet, sharing, sides };
  // Racks in the order of the design, whichever host comes first.
  const hosts = machines.flatMap((machine) => hostsFor(machine, model));
  for (const rack of model.all('rack'))
    if (hosts.some((host) => model.resolve(host.props.rack, host, 'rack') === rack)) drawDomain(rack, 'rack', undefined, context);
  // The members of a set come one after the other, so they stand beside each other.
  for (const machine of machines) {
    drawMachine(machine, context);
    yield;
  }
  for (const service of services) drawService(service, sheet);
  for (const set of sets)
    set.machines.slice(1).forEach((machine, at) => {
      const before = set.machines[at];
      if (before) sheet.link('pair', sheet.drawn(before), sheet.drawn(machine));
    });
  return sheet.done([]);
}

interface Context {
  readonly sheet: Sheet;
  /** What is shared by both sides of redundant sets, and of which. */
  readonly sharing: ReadonlyMap<Entity, readonly string[]>;
  readonly sides: ReadonlyMap<Machine, 'A' | 'B'>;
}

/** What takes all members of a set down at once. */
function sharedBy(machines: readonly Machine[], model: Model): readonly Domain[] {
  const [first, ...others] = machines.map((machine) => dependsOn(machine, model));
  return first?.filter((domain) => others.every((list) => list.includes(domain))) ?? [];
}

const hostsFor = (machine: Machine, model: Model): readonly (Entity<'host'> | Entity<'physical'>)[] =>
  is(machine, 'vm') ? candidateHosts(machine, model) : [machine as Entity<'host'> | Entity<'physical'>];

/** Whose failure takes a machine down wherever it may run; HA may start it again, but it is down at first. */
function dependsOn(machine: Machine, model: Model): readonly Domain[] {
  const hosts = hostsFor(machine, model);
  const [first, ...others] = hosts.map((host) => domainsOf(host, model));
  const everywhere = first?.filter((domain) => others.every((list) => list.includes(domain))) ?? [];
  const arrays = is(machine, 'vm')
    ? childrenOf(machine, 'disk').flatMap((disk) => {
        const store = datastoreOf(disk, model);
        return store ? arraysOf(store, model) : [];
      })
    : [];
  const own = hosts.length === 1 && is(hosts[0], 'host') ? [hosts[0]] : [];
  return [...new Set<Domain>([...own, ...everywhere, ...arrays])];
}

/** The rack of a host, the UPS that feeds all of its supplies, the one switch that all of its cables go to. */
function domainsOf(host: Entity<'host'> | Entity<'physical'>, model: Model): readonly Domain[] {
  const rack = model.resolve(host.props.rack, host, 'rack');
  const supplies = suppliesOf(host, model);
  const switches = switchesOf(host, model);
  return [...(rack ? [rack] : []), ...(supplies.length === 1 ? supplies : []), ...(switches.length === 1 ? switches : [])];
}

function suppliesOf(host: Entity<'host'> | Entity<'physical'>, model: Model): readonly Entity<'ups'>[] {
  const found = (psuFeedNames(host) ?? []).flatMap((name) => {
    const source = feedOf(host, name, model);
    return source ? supplyChain(source, model).chain.filter((each): each is Entity<'ups'> => is(each, 'ups')) : [];
  });
  return [...new Set(found)];
}

/** The switches that the NICs behind the port groups of a host's VMs are cabled to. */
function switchesOf(host: Entity<'host'> | Entity<'physical'>, model: Model): readonly Entity<'switch'>[] {
  const nics = is(host, 'host')
    ? virtualSwitchesOf(host, model)
        .filter((own) => own.portgroups.length > 0)
        .flatMap((own) => carriersOf(uplinksOf(own.entity, host, model)))
    : childrenOf(host, 'nic');
  return [...new Set(nics.flatMap((nic) => switchPortOf(nic, model)?.switch ?? []))];
}

/** A mark that is read without colour, and why. */
function sharedText(
  entity: Entity,
  { sharing }: Context,
): { readonly text: string | undefined; readonly extra: Partial<GraphNode> } {
  const sets = sharing.get(entity);
  return sets ? { text: 'shared by both', extra: { shared: sets } } : { text: undefined, extra: {} };
}

const sharedFacts = (entity: Entity, { sharing }: Context): NonNullable<GraphNode['facts']> =>
  (sharing.get(entity) ?? []).map((value) => ({ label: 'Shared by both', value }));

function drawDomain(
  domain: Domain,
  role: NodeRole,
  detail: string | undefined,
  context: Context,
  extra: Partial<GraphNode> = {},
): void {
  const mark = sharedText(domain, context);
  context.sheet.add(domain, role, {
    ...words(mark.text, detail),
    ...mark.extra,
    band: bands.domain,
    ...extra,
    facts: sharedFacts(domain, context),
  });
}

function drawHost(host: Entity<'host'> | Entity<'physical'>, context: Context): void {
  const { sheet } = context;
  const { drawn, link, model } = sheet;
  if (sheet.has(host)) return;
  const mark = is(host, 'host') ? sharedText(host, context) : { text: undefined, extra: {} };
  const cluster = clusterOf(host, model);
  if (cluster && !sheet.has(cluster)) sheet.add(cluster, 'cluster', { ...words(haText(cluster)), band: bands.host });
  sheet.add(host, host.kind === 'host' ? 'host' : 'physical', {
    ...words(mark.text, host.props.model),
    ...mark.extra,
    ...(cluster ? { parent: drawn(cluster) } : {}),
    band: bands.host,
    facts: sharedFacts(host, context),
  });
  const rack = model.resolve(host.props.rack, host, 'rack');
  if (rack) {
    drawDomain(rack, 'rack', undefined, context);
    link('placement', drawn(host), drawn(rack));
  }
  for (const ups of suppliesOf(host, model)) {
    drawDomain(ups, 'ups', ups.props.model, context, sideOf(ups.name));
    link('power', drawn(host), drawn(ups));
  }
  for (const device of switchesOf(host, model)) {
    drawDomain(device, 'switch', device.props.model, context, sideOf(device.name));
    link('cable', drawn(host), drawn(device));
  }
}

const haText = (cluster: Entity<'cluster'>): string | undefined =>
  cluster.props.ha === undefined
    ? undefined
    : cluster.props.ha.value === 'off'
      ? 'no HA'
      : 'HA: VMs of a failed host start again on another';

function drawMachine(machine: Machine, context: Context): void {
  const { sheet, sides } = context;
  const { drawn, link, model } = sheet;
  if (!is(machine, 'vm')) {
    drawHost(machine as Entity<'host'> | Entity<'physical'>, context);
    return;
  }
  const side = sides.get(machine);
  const hosts = candidateHosts(machine, model);
  const pinned = pinnedHost(machine, model);
  for (const host of hosts) drawHost(host, context);
  const [only] = hosts;
  const bound = pinned ?? (hosts.length === 1 ? only : undefined);
  sheet.add(machine, 'vm', {
    band: bands.vm,
    ...words(
      machine.props.ft === true ? 'FT' : undefined,
      bound ? `only on ${bound.name}` : hosts.length > 1 ? `any of ${hosts.length} hosts` : undefined,
    ),
    facts: [...fact('May run on', hosts.map((host) => host.name).join(', ')), ...fact('Side of the pair', side)],
  });
  // A VM that may run on any host of its cluster has one line to the cluster, not one to each host.
  const cluster = clusterOf(machine, model);
  const anywhere = cluster !== undefined && sheet.has(cluster) && hosts.length > 1;
  const home = homeHost(machine, model);
  for (const end of anywhere ? [cluster] : hosts) link('placement', drawn(machine), drawn(end));
  if (machine.props.ft === true) {
    sheet.put({
      id: shadowId(machine),
      role: 'vm',
      label: machine.label ?? machine.name,
      look: 'ghost',
      alike: 'shadow',
      band: bands.vm,
      ...words('FT shadow', home ? `not on ${home.name}` : 'on another host'),
      facts: [{ label: 'Shadow of', value: machine.name }],
    });
    link('lockstep', drawn(machine), shadowId(machine));
    for (const end of anywhere ? [cluster] : hosts) if (end !== home) link('placement', shadowId(machine), drawn(end));
  }
  for (const disk of childrenOf(machine, 'disk')) {
    const store = datastoreOf(disk, model);
    for (const array of store ? arraysOf(store, model) : []) {
      drawDomain(array, 'array', array.props.model, context);
      link('storage', drawn(machine), idOf(array));
    }
  }
}

function drawService(service: Entity<'service'>, sheet: Sheet): void {
  const { add, drawn, link, model } = sheet;
  const { objective } = service.props;
  const sets = redundantSets(service, model);
  add(service, 'service', {
    band: bands.service,
    ...words(
      sets.length > 0
        ? sets
            .map((set) => `${set.machines.length} ×`)
            .join(', ')
            .replace(/^(\d+) ×$/, '$1 machines')
        : 'single',
      objective?.availability === undefined ? undefined : `${objective.availability}%`,
      objective?.rto === undefined ? undefined : `RTO ${spaced(formatQuantity(objective.rto, 'duration'))}`,
    ),
    facts: sets.map((set) => ({
      label: 'Redundant',
      value: `${set.what}: ${set.machines.map((machine) => machine.name).join(', ')}`,
    })),
  });
  for (const machine of machinesOf(service, model)) link('needs', drawn(service), drawn(machine));
  for (const other of model.resolveAll(service.props.needs, service, 'service')) link('needs', drawn(service), drawn(other));
}
