/** Placement: which VMs run where, how much of each host and cluster they take, what is left when hosts fail, which VMs keep apart. */
import { capacityOf, failuresToTolerate, haLoadOf, leftAfter } from '../../facts/cluster.ts';
import { hostsOf, placementOf, rulesOfVm, vmsOf, vmsOnHost } from '../../facts/placement.ts';
import { childrenOf, type Entity, enclosing } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import type { Fact, Graph } from '../graph.ts';
import { counted, fact, type GroupOf, gigabytes, openSheet, type Sheet, size, words } from './shared.ts';

export function placementGraph(model: Model, title: string, groupOf: GroupOf): Graph {
  const sheet = openSheet(model, title, groupOf);
  for (const cluster of model.all('cluster')) drawCluster(cluster, sheet);
  const homes = new Map<string, Entity<'cluster'>>();
  for (const cluster of model.all('cluster'))
    for (const host of hostsOf(cluster, model)) if (!homes.has(host.name)) homes.set(host.name, cluster);
  for (const host of model.all('host')) drawHost(host, homes.get(host.name), sheet);
  for (const vm of model.all('vm')) drawVm(vm, sheet);
  for (const rule of [...model.all('affinity'), ...model.all('anti-affinity')]) drawRule(rule, sheet);
  return sheet.done([]);
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

/** `160 of 256 GB memory`, or what of it is known. */
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

const demandOf = (vms: readonly Entity<'vm'>[]): Demand => ({
  memory: vms.reduce((sum, vm) => sum + (vm.props.memory ?? 0) * (vm.props.ft === true ? 2 : 1), 0),
  vcpus: vms.reduce((sum, vm) => sum + (vm.props.vcpu ?? 0) * (vm.props.ft === true ? 2 : 1), 0),
  unsaid: vms.filter((vm) => vm.props.memory === undefined).length,
});

const unsaidFact = ({ unsaid }: Demand): readonly Fact[] =>
  unsaid === 0 ? [] : [{ label: 'Not said', value: `memory of ${counted(unsaid, 'VM')}` }];

const sum = (values: readonly (number | undefined)[]): number | undefined =>
  values.some((value) => value === undefined) ? undefined : values.reduce<number>((total, value) => total + (value ?? 0), 0);

function drawCluster(cluster: Entity<'cluster'>, sheet: Sheet): void {
  const { model } = sheet;
  const capacity = capacityOf(cluster, model);
  const demand = demandOf(vmsOf(cluster, model));
  const memory = sum(capacity.map((each) => each.memory));
  const cores = sum(capacity.map((each) => each.cores));
  const known = capacity.length > 0;
  sheet.add(cluster, 'cluster', {
    ...siteParent(hostsOf(cluster, model), sheet),
    ...words(
      memoryText(demand.memory, known ? memory : undefined),
      coresText(demand.vcpus, known ? cores : undefined),
      reserveText(cluster, model),
    ),
    facts: [
      ...fact('Memory', memoryText(demand.memory, known ? memory : undefined)),
      ...fact('Processors', coresText(demand.vcpus, known ? cores : undefined)),
      ...reserveFacts(cluster, model),
      ...unsaidFact(demand),
      ...fact('DRS', cluster.props.drs),
      ...fact('EVC', cluster.props.evc),
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

function leftOf(
  cluster: Entity<'cluster'>,
  model: Model,
): { readonly failures: number; readonly needed: number; readonly left: number; readonly failed: readonly string[] } | undefined {
  if (cluster.props.ha === undefined || cluster.props.ha.value === 'off') return undefined;
  const failures = failuresToTolerate(cluster);
  const capacity = capacityOf(cluster, model);
  const after = capacity.length === 0 || failures === 0 ? undefined : leftAfter(capacity, 'memory', failures);
  if (!after) return undefined;
  const load = haLoadOf(cluster, model);
  return { failures, needed: load.memory + (after.alive > 1 ? load.shadowMemory : 0), left: after.left, failed: after.failed };
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
  const parent = cluster ? { parent: sheet.drawn(cluster) } : siteParent([host], sheet);
  // In a cluster VMs without a home of their own run on any of its hosts: a sum here would say too little.
  const total =
    vms.length === 0 && cluster ? words(size(memory), cores === undefined ? undefined : counted(cores, 'core')) : undefined;
  sheet.add(host, 'host', {
    ...parent,
    ...(total ?? words(memoryText(demand.memory, memory), cluster ? undefined : coresText(demand.vcpus, cores))),
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
  const { drawn, model } = sheet;
  const { cluster, ha, home, hosts, pinned } = placementOf(vm, model);
  const homeHost = home === undefined ? undefined : model.find('host', home);
  const own = cluster === undefined ? undefined : model.find('cluster', cluster);
  const parent = homeHost ?? own;
  const apart = rulesFor(vm, 'anti-affinity', model);
  const near = rulesFor(vm, 'affinity', model);
  sheet.add(vm, 'vm', {
    ...(parent ? { parent: drawn(parent) } : {}),
    ...words(
      vm.props.vcpu === undefined ? undefined : `${vm.props.vcpu} vCPU`,
      size(vm.props.memory),
      vm.props.ft === true ? 'FT' : undefined,
      pinned === undefined ? undefined : 'pinned',
      ha === false && own ? 'HA off' : undefined,
      apart && `apart from ${apart}`,
      near && `with ${near}`,
    ),
    facts: [
      ...fact('Runs on', hosts.length === 0 ? undefined : hosts.join(', ')),
      ...fact('Keeps apart from', apart),
      ...fact('Stays with', near),
      ...fact('Disks', childrenOf(vm, 'disk').length === 0 ? undefined : String(childrenOf(vm, 'disk').length)),
    ],
  });
}

function rulesFor(vm: Entity<'vm'>, kind: 'affinity' | 'anti-affinity', model: Model): string | undefined {
  const names = model
    .lookup<'affinity' | 'anti-affinity'>(rulesOfVm, vm.name)
    .filter((rule) => rule.kind === kind)
    .flatMap((rule) => model.resolveAll(rule.props.vms, rule, 'vm').map((other) => other.name))
    .filter((name) => name !== vm.name);
  const each = [...new Set(names)];
  return each.length === 0 ? undefined : each.length > 3 ? `${each.slice(0, 3).join(', ')} …` : each.join(', ');
}

function drawRule(rule: Entity<'affinity' | 'anti-affinity'>, { drawn, link, model }: Sheet): void {
  const vms = model.resolveAll(rule.props.vms, rule, 'vm');
  const label = `${rule.kind === 'affinity' ? 'together' : 'apart'}${rule.props.strength === 'should' ? ' (should)' : ''}`;
  vms.slice(1).forEach((vm, at) => {
    const before = vms[at];
    if (before) link('placement', drawn(before), drawn(vm), { label });
  });
  for (const host of model.resolveAll(rule.props.hosts, rule, 'host')) {
    for (const vm of vms)
      link('placement', drawn(vm), drawn(host), { label: rule.kind === 'affinity' ? 'stays on' : 'keeps off' });
  }
}
