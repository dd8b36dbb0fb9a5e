import { networkOf, vmkernelsFor } from '../../../facts/network.ts';
import { ftOn, haOn, hostsOf, placementOf, productOf, vmsOf } from '../../../facts/placement.ts';
import type { Entity } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { migrationCommand, priorityCommand, ruleCommand } from '../../commands/cluster.ts';
import { byRestart, priorityOf } from '../../derive/order.ts';
import { called, collator, refText } from '../../show.ts';
import { type Draft, defineTask } from '../../task.ts';
import { code, codes, nothing, only, say } from '../../text.ts';

type Vm = Entity<'vm'>;

export const restart = defineTask({
  id: 'cluster/restart',
  phase: 'cluster',
  title: 'Restart order and protection of the VMs',
  role: 'virtualization engineer',
  record: 'list of VM overrides',
  expected: 'the manager shows these values for each VM.',
  columns: ['VM', 'HA', 'Restart priority', 'Fault tolerance', 'Runs on'],
  closes: ['CLU013', 'FT001', 'USB003'],
  *items(model) {
    for (const cluster of model.all('cluster')) {
      for (const vm of [...vmsOf(cluster, model)].sort(byRestart)) {
        const on = haOn(vm, model);
        const { pinned, home } = placementOf(vm, model);
        yield {
          subject: vm,
          prop: 'ha',
          what: [
            [code(vm.name)],
            only(on === undefined ? undefined : on ? 'on' : 'off'),
            on === false ? nothing : [`${priorityOf(vm)}${vm.props.ha?.restart === undefined ? ' (not said)' : ''}`],
            ftOn(vm) ? ['on'] : nothing,
            pinned !== undefined ? say`${code(pinned)} only` : home !== undefined ? say`${code(home)}, normally` : ['any host'],
          ],
          commands: priorityCommand(vm, productOf(cluster, model), on),
        };
      }
    }
  },
});

/** A rule without a name is known by what it holds. */
const ruleName = (rule: Entity<'affinity'> | Entity<'anti-affinity'>, vms: readonly Vm[]): string =>
  rule.name !== '' ? rule.name : `${rule.kind} ${vms.map((vm) => vm.name).join(' ')}`;

function ruleItem(rule: Entity<'affinity'> | Entity<'anti-affinity'>, model: Model): Draft {
  const vms = model.resolveAll(rule.props.vms, rule, 'vm');
  const hosts = model.resolveAll(rule.props.hosts, rule, 'host').map((host) => host.name);
  const strength = rule.props.strength ?? 'must';
  const apart = rule.kind === 'anti-affinity';
  const names = codes(vms.map((vm) => vm.name));
  const text =
    hosts.length > 0
      ? say`${names} ${strength} ${apart ? 'not run' : 'run'} on ${codes(hosts)}`
      : say`${names} ${strength} ${apart ? 'run on different hosts' : 'stay on one host'}`;
  return {
    subject: rule,
    part: rule.name === '' ? ruleName(rule, vms) : '',
    what: say`${rule.name === '' ? 'Rule' : say`Rule ${code(rule.name)}`}: ${text}.`,
    expected:
      apart && hosts.length === 0
        ? say`Moving one to the host of the other is refused or warned of.`
        : say`After a move by hand the VM comes back, or the move is refused.`,
    commands: ruleCommand(rule, ruleName(rule, vms), vms, hosts, model),
  };
}

export const rules = defineTask({
  id: 'cluster/rule',
  phase: 'cluster',
  title: 'Affinity rules and pinned VMs',
  role: 'virtualization engineer',
  record: 'list of rules, with the hosts on which the VMs stand',
  closes: ['CLU014', 'CLU015', 'CLU016', 'USB004', 'SCD002'],
  *items(model) {
    const all = [...model.all('anti-affinity'), ...model.all('affinity')].map((rule) => ruleItem(rule, model));
    yield* all.sort((a, b) => collator.compare(`${a.subject.name}${a.part ?? ''}`, `${b.subject.name}${b.part ?? ''}`));
    for (const vm of model.all('vm')) {
      const { pin } = vm.props;
      if (!pin) continue;
      yield {
        subject: vm,
        prop: 'pin',
        part: 'pin',
        what: say`Pin ${code(vm.name)} to ${code(refText(pin.host))} (${pin.strength ?? 'must'}), DRS ${vm.props.drs ?? 'off'} for it.`,
        expected: say`No migration is offered to any other host.`,
        commands: ruleCommand(vm, `pin ${vm.name}`, [vm], pin.host ? [refText(pin.host) ?? ''] : [], model),
      };
    }
  },
});

export const migration = defineTask({
  id: 'cluster/migration',
  phase: 'cluster',
  title: 'Live migration and load balancing',
  role: 'virtualization engineer',
  record: 'settings; first migration of a test VM',
  expected: 'a test VM moves over this network, and over no other.',
  closes: ['MIG001', 'MIG006', 'MIG016', 'NET004', 'CLU017'],
  *items(model) {
    for (const cluster of model.all('cluster')) {
      const { drs, dpm, 'migration-encryption': encryption, 'live-migration': live } = cluster.props;
      if (live === false && (drs === undefined || drs === 'off')) continue;
      const product = productOf(cluster, model);
      const hosts = hostsOf(cluster, model);
      const networks = [
        ...new Set(hosts.flatMap((host) => vmkernelsFor(host, 'vmotion').flatMap((adapter) => networkOf(adapter, model) ?? []))),
      ];
      yield {
        subject: cluster,
        part: 'migration',
        prop: 'drs',
        what: say`Set up live migration in ${called(cluster, model)} over ${codes(networks.map((network) => network.name))}${networks.length > 0 ? say` (${codes(networks.map((network) => network.props.subnet ?? '____'))})` : ''}, over no other network.`,
        detail: [
          say`${product === 'xenserver' ? 'Workload balancing' : product === 'esxi' ? 'DRS' : 'Load balancing'}: ${drs}`,
          ...(product === 'esxi' || encryption !== undefined ? [say`Encryption: ${encryption}`] : []),
          ...(dpm === undefined
            ? []
            : [say`Power management of idle hosts: ${dpm ? 'on; each host has been woken up once' : 'off'}`]),
        ],
        commands: migrationCommand(cluster, product, hosts, networks, model),
      };
    }
  },
});
