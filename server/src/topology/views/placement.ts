/** Placement: which VMs run where, how much of each host and cluster they take, what is left when hosts fail, which VMs keep apart. */
import { capacityOf, failuresToTolerate, haLoadOf, leftAfter } from '../../facts/cluster.ts';
import { hostsOf, placementOf, rulesOfVm, vmsOf, vmsOnHost } from '../../facts/placement.ts';
import { type Entity, enclosing, idOf } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import type { Bar, EdgeRole, Fact, GraphNode } from '../graph.ts';
import { shadowId } from './made.ts';
import { type Building, counted, fact, type GroupOf, gigabytes, openSheet, type Sheet, size, words } from './shared.ts';

export function* placementGraph(model: Model, title: string, groupOf: GroupOf): Building {
  const sheet = openSheet(model, title, groupOf);
  for (const cluster of model.all('cluster')) drawCluster(cluster, sheet);
  const homes = new Map<string, Entity<'cluster'>>();
  for (const cluster of model.all('cluster'))
    for (const host of hostsOf(cluster, model)) if (!homes.has(host.name)) homes.set(host.name, cluster);
  for (const host of model.all('host')) {
    drawHost(host, homes.get(host.name), sheet);
    yield;
  }
  for (const vm of inOrderOfRules(model)) {
    drawVm(vm, sheet);
    yield;
  }
  for (const rule of rulesOf(model)) drawRule(rule, sheet);
  return sheet.done([]);
}

type Rule = Entity<'affinity' | 'anti-affinity'>;

const rulesOf = (model: Model): readonly Rule[] => [...model.all('affinity'), ...model.all('anti-affinity')];

/** VMs of one rule one after the other, so that they come to stand beside each other. */
function inOrderOfRules(model: Model): readonly Entity<'vm'>[] {
  const partners = new Map<string, Entity<'vm'>[]>();
  for (const rule of rulesOf(model)) {
    const vms = model.resolveAll(rule.props.vms, rule, 'vm');
    for (const vm of vms) partners.set(vm.name, [...(partners.get(vm.name) ?? []), ...vms]);
  }
  const ordered = new Set<Entity<'vm'>>();
  for (const vm of model.all('vm')) {
    ordered.add(vm);
    for (const partner of partners.get(vm.name) ?? []) ordered.add(partner);
  }
  return [...ordered];
}

/** The site of a host, by its rack. */
function siteOf(host: Entity<'host'>, model: Model): Entity<'site'> | undefined {
  const rack = model.resolve(host.props.rack, host, 'rack');
  return rack && enclosing(rack, 'site');
}

function siteParent(hosts: readonly Entity<'host'>[], sheet: Sheet): { parent?: string } {
  const sites = new Set(hosts.map((host) => siteOf(host, sheet.model)));
  const [site] = sites;
  if (sites.size !== 1 || !site) return {};
  sheet.add(site, 'site', words(site.label === undefined ? undefined : site.name));
  return { parent: sheet.drawn(site) };
}

/** `160 of 256 GB`, or what of it is known. */
const memoryText = (used: number, all: number | undefined): string =>
  all === undefined ? `${gigabytes(used)} GB for VMs` : `${gigabytes(used)} of ${gigabytes(all)} GB`;
const coresText = (used: number, all: number | undefined): string =>
  all === undefined ? `${used} vCPU` : `${used} vCPU on ${counted(all, 'core')}`;

interface Demand {
  readonly memory: number;
  readonly vcpus: number;
  /** VMs that do not say how much memory they have. */
  readonly unsaid: number;
}

/** What VMs take; one with Fault Tolerance takes it twice. */
const demandOf = (vms: readonly Entity<'vm'>[]): Demand => ({
  memory: vms.reduce((sum, vm) => sum + (vm.props.memory ?? 0) * (vm.props.ft === true ? 2 : 1), 0),
  vcpus: vms.reduce((sum, vm) => sum + (vm.props.vcpu ?? 0) * (vm.props.ft === true ? 2 : 1), 0),
  unsaid: vms.filter((vm) => vm.props.memory === undefined).length,
});

const unsaidFact = ({ unsaid }: Demand): readonly Fact[] =>
  unsaid === 0 ? [] : [{ label: 'Not said', value: `memory of ${counted(unsaid, 'VM')}` }];

const sum = (values: readonly (number | undefined)[]): number | undefined =>
  values.some((value) => value === undefined) ? undefined : values.reduce<number>((total, value) => total + (value ?? 0), 0);

interface Capacity {
  readonly memory: number | undefined;
  readonly cores: number | undefined;
}

/** Memory and processors as bars, where it is said how much there is. */
function barsOf(
  demand: Demand,
  all: Capacity,
  kept: Partial<Record<'memory' | 'cores', number>> = {},
): { bars?: readonly Bar[] } {
  const bars: Bar[] = [];
  const { cores, memory } = all;
  if (memory !== undefined && memory > 0)
    bars.push({
      label: 'RAM',
      used: demand.memory,
      ...(kept.memory === undefined ? {} : { reserve: kept.memory }),
      total: memory,
      text: memoryText(demand.memory, memory),
    });
  if (cores !== undefined && cores > 0)
    bars.push({
      label: 'CPU',
      used: demand.vcpus,
      ...(kept.cores === undefined ? {} : { reserve: kept.cores }),
      total: cores,
      shareable: true,
      text: coresText(demand.vcpus, cores),
    });
  return bars.length > 0 ? { bars } : {};
}

function drawCluster(cluster: Entity<'cluster'>, sheet: Sheet): void {
  const { model } = sheet;
  const capacity = capacityOf(cluster, model);
  const demand = demandOf(vmsOf(cluster, model));
  const all: Capacity =
    capacity.length === 0
      ? { memory: undefined, cores: undefined }
      : {
          memory: sum(capacity.map((each) => each.memory)),
          cores: sum(capacity.map((each) => each.cores)),
        };
  const kept = keptOf(cluster, all, model);
  const { bars = [] } = barsOf(demand, all, kept);
  sheet.add(cluster, 'cluster', {
    ...siteParent(hostsOf(cluster, model), sheet),
    ...words(
      bars.some((bar) => bar.label === 'RAM') ? undefined : memoryText(demand.memory, undefined),
      bars.some((bar) => bar.label === 'CPU') ? undefined : coresText(demand.vcpus, undefined),
      reserveText(cluster, model),
    ),
    ...(bars.length > 0 ? { bars } : {}),
    facts: [
      ...fact('Memory', memoryText(demand.memory, all.memory)),
      ...fact('Processors', coresText(demand.vcpus, all.cores)),
      ...reserveFacts(cluster, model),
      ...unsaidFact(demand),
    ],
  });
}

/** What is kept for failed hosts: `N+1: 168 of 512 GB`. */
function reserveText(cluster: Entity<'cluster'>, model: Model): string | undefined {
  const left = leftOf(cluster, model);
  return (
    left &&
    `N+${left.failures}: ${gigabytes(left.needed)} of ${gigabytes(left.left)} GB${left.needed > left.left ? ', too little' : ''}`
  );
}

interface Left {
  readonly failures: number;
  readonly needed: number;
  readonly left: number;
  readonly failed: readonly string[];
}

function failuresOf(cluster: Entity<'cluster'>): number {
  return cluster.props.ha === undefined || cluster.props.ha.value === 'off' ? 0 : failuresToTolerate(cluster);
}

function leftOf(cluster: Entity<'cluster'>, model: Model): Left | undefined {
  const failures = failuresOf(cluster);
  const capacity = capacityOf(cluster, model);
  const after = capacity.length === 0 || failures === 0 ? undefined : leftAfter(capacity, 'memory', failures);
  if (!after) return undefined;
  const load = haLoadOf(cluster, model);
  return { failures, needed: load.memory + (after.alive > 1 ? load.shadowMemory : 0), left: after.left, failed: after.failed };
}

/** What the hosts that may fail take with them. */
function keptOf(cluster: Entity<'cluster'>, all: Capacity, model: Model): Partial<Record<'memory' | 'cores', number>> {
  const failures = failuresOf(cluster);
  const capacity = capacityOf(cluster, model);
  if (failures === 0 || capacity.length === 0) return {};
  const kept: Partial<Record<'memory' | 'cores', number>> = {};
  for (const what of ['memory', 'cores'] as const) {
    const after = leftAfter(capacity, what, failures);
    const total = all[what];
    if (after && total !== undefined) kept[what] = total - after.left;
  }
  return kept;
}

function reserveFacts(cluster: Entity<'cluster'>, model: Model): readonly Fact[] {
  const left = leftOf(cluster, model);
  const admission = cluster.props.ha?.admission;
  return [
    ...fact(
      'Admission control',
      admission?.policy === undefined ? undefined : `${admission.policy} ${admission.amount ?? ''}`.trim(),
    ),
    ...(left
      ? fact(`Without ${left.failed.join(', ')}`, `VMs with HA need ${gigabytes(left.needed)} of ${gigabytes(left.left)} GB`)
      : []),
  ];
}

function drawHost(host: Entity<'host'>, cluster: Entity<'cluster'> | undefined, sheet: Sheet): void {
  const { model } = sheet;
  const { cpu, memory, reserve } = host.props;
  const cores = cpu?.cores === undefined ? undefined : cpu.cores * (cpu.count ?? 1);
  const vms = model.lookup<'vm'>(vmsOnHost, host.name);
  const demand = demandOf(vms);
  // What the parent partition or dom0 keeps is not there for VMs.
  const all: Capacity = {
    memory: memory === undefined ? undefined : Math.max(0, memory - (reserve?.memory ?? 0)),
    cores: cores === undefined ? undefined : Math.max(0, cores - (reserve?.cores ?? 0)),
  };
  const homeless = cluster !== undefined && vmsOf(cluster, model).some((vm) => placementOf(vm, model).home === undefined);
  // In a cluster VMs without a home of their own run on any of its hosts: here is only what has to be here.
  const bars = (barsOf(demand, all).bars ?? []).map((bar) => (homeless ? { ...bar, text: `${bar.text}, at home` } : bar));
  sheet.add(host, 'host', {
    ...(cluster ? { parent: sheet.drawn(cluster) } : siteParent([host], sheet)),
    ...words(
      bars.some((bar) => bar.label === 'RAM')
        ? undefined
        : (size(memory) ?? (demand.memory > 0 ? memoryText(demand.memory, undefined) : undefined)),
      bars.some((bar) => bar.label === 'CPU') || cores === undefined ? undefined : counted(cores, 'core'),
    ),
    ...(bars.length > 0 ? { bars } : {}),
    facts: [
      ...fact('Memory', size(memory)),
      ...fact('Kept for the host', size(reserve?.memory)),
      ...fact('Cores', cores?.toString()),
      ...fact('VMs at home', coresText(demand.vcpus, cores)),
      ...unsaidFact(demand),
    ],
  });
}

function drawVm(vm: Entity<'vm'>, sheet: Sheet): void {
  const { drawn, link, model, put } = sheet;
  const { cluster, ft, ha, home, hosts, pinned, preferred } = placementOf(vm, model);
  const homeHost = home === undefined ? undefined : model.find('host', home);
  const own = cluster === undefined ? undefined : model.find('cluster', cluster);
  const parent = homeHost ?? own;
  const apart = rulesFor(vm, 'anti-affinity', model);
  const near = rulesFor(vm, 'affinity', model);
  const some = preferred.length < hosts.length ? preferred : hosts;
  const demand: Partial<GraphNode> = words(
    vm.props.vcpu === undefined ? undefined : `${vm.props.vcpu} vCPU`,
    size(vm.props.memory),
    ft ? 'FT' : undefined,
    pinned === undefined ? undefined : 'pinned',
    ha === false && own ? 'HA off' : undefined,
    homeHost === undefined && own && some.length < hostsOf(own, model).length ? `on ${some.join(' or ')}` : undefined,
  );
  sheet.add(vm, 'vm', {
    ...(parent ? { parent: drawn(parent) } : {}),
    ...demand,
    facts: [
      ...fact('Runs on', hosts.length === 0 ? undefined : hosts.join(', ')),
      ...fact('HA', ha === undefined ? undefined : ha ? 'started again elsewhere' : 'stays down with its host'),
      ...fact('Keeps apart from', apart),
      ...fact('Stays with', near),
    ],
  });
  if (!ft) return;
  // The shadow runs on another host than its primary: beside it where neither has a home, in the cluster where one has.
  put({
    id: shadowId(vm),
    role: 'vm',
    label: vm.label ?? vm.name,
    look: 'ghost',
    alike: 'shadow',
    ...(own ? { parent: drawn(own) } : {}),
    ...words('FT shadow', home === undefined ? undefined : `not on ${home}`),
    facts: [{ label: 'Shadow of', value: vm.name }, ...fact('Runs on', hosts.filter((name) => name !== home).join(', '))],
  });
  link('lockstep', drawn(vm), shadowId(vm));
}

function rulesFor(vm: Entity<'vm'>, kind: Rule['kind'], model: Model): string | undefined {
  const names = model
    .lookup<'affinity' | 'anti-affinity'>(rulesOfVm, vm.name)
    .filter((rule) => rule.kind === kind)
    .flatMap((rule) => model.resolveAll(rule.props.vms, rule, 'vm').map((other) => other.name))
    .filter((name) => name !== vm.name);
  return names.length === 0 ? undefined : [...new Set(names)].join(', ');
}

/** A rule of several VMs is a chain from one to the next. */
function drawRule(rule: Rule, { link, model }: Sheet): void {
  const vms = model.resolveAll(rule.props.vms, rule, 'vm');
  const role: EdgeRole = rule.kind === 'affinity' ? 'affinity' : 'apart';
  const soft = rule.props.strength === 'should';
  vms.slice(1).forEach((vm, at) => {
    const before = vms[at];
    if (before) link(role, idOf(before), idOf(vm), soft ? { label: 'should' } : {});
  });
}
