/** Acceptance: a host fails. Which VMs start again where, in which order, how soon, and what the services do meanwhile. */

import { capacityOf, haLoadOf, leftAfter } from '../../../facts/cluster.ts';
import { clusterOf, ftOn, hostsOf, placementOf, vmsOf } from '../../../facts/placement.ts';
import { e3Servers, isNativeE3, machinesOf, redundantSets, servicesByMachine } from '../../../facts/services.ts';
import { type Entity, idOf, is } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { isProblem } from '../../../values/problem.ts';
import { parseVersion } from '../../../values/version.ts';
import { byRestart, priorityOf } from '../../derive/order.ts';
import { called, duration, GB, names, productOfHost, span } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, joined, say, type Text } from '../../text.ts';

type Host = Entity<'host'>;

type Cluster = Entity<'cluster'>;

type Vm = Entity<'vm'>;

type Service = Entity<'service'>;

/** How long it takes until a VM of a failed host starts elsewhere, by what is known of the product. */
function restartText(host: Host): Text {
  switch (productOfHost(host)) {
    case 'proxmox':
      return say`about 2 min, with the 60 s of the watchdog in it`;
    case 'everrun':
      return say`up to a few minutes`;
    case 'hyperv': {
      const release = parseVersion(host.props.hypervisor?.release ?? '');
      const old = !isProblem(release) && /^20(?:08|12)/.test(release.text);
      return say`30 s to 60 s each, after ${old ? '5 s' : '10 s'} until the cluster has noticed`;
    }
    case 'esxi':
      return say`30 s to 60 s each, after 15 s to 30 s until HA has noticed`;
    default:
      return say`30 s to 60 s each, after the time until the cluster has noticed`;
  }
}

/** VMs in the order in which HA starts them: `SQL (highest), E3-A and E3-B (high)`. */
function orderText(vms: readonly Vm[]): Text {
  const byPriority = new Map<string, Vm[]>();
  for (const vm of [...vms].sort(byRestart)) byPriority.set(priorityOf(vm), [...(byPriority.get(priorityOf(vm)) ?? []), vm]);
  return joined(
    [...byPriority].map(([priority, list]) => say`${names(list, 8)} (${priority})`),
    ', then ',
  );
}

/** What the services do that have a machine on a host. */
function serviceLines(here: readonly Vm[], model: Model): readonly Text[] {
  const services = new Set<Service>(here.flatMap((vm) => model.lookup<'service'>(servicesByMachine, idOf(vm))));
  return [...services]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((service): Text[] => {
      const native = isNativeE3(service, model) && e3Servers(service, model).some((server) => here.includes(server as Vm));
      const rto = service.props.objective?.rto;
      const limit = rto === undefined ? '' : `; may be away for ${duration(rto)}`;
      if (native)
        return [
          say`Service ${code(service.name)}: the standby takes over in ${service.props['e3-domain']?.switchover ? span(service.props['e3-domain'].switchover) : '2 s to 30 s'} if the active server was here${limit}. Measured: ${undefined}`,
        ];
      if (redundantSets(service, model).length > 0)
        return [say`Service ${code(service.name)}: goes on with the other machine${limit}. Measured: ${undefined}`];
      const vms = machinesOf(service, model).filter((machine) => is(machine, 'vm'));
      if (vms.some(ftOn)) return [];
      return [
        say`Service ${code(service.name)}: away until ${names(vms)} ${vms.length === 1 ? 'has' : 'have'} started${limit}. Measured: ${undefined}`,
      ];
    });
}

function inCluster(host: Host, cluster: Cluster, model: Model): readonly Text[] {
  const others = hostsOf(cluster, model).filter((other) => other !== host);
  const here = vmsOf(cluster, model).filter((vm) => placementOf(vm, model).hosts.includes(host.name));
  const ft = here.filter(ftOn);
  const restarted = here.filter(
    (vm) => !ftOn(vm) && placementOf(vm, model).ha === true && placementOf(vm, model).pinned === undefined,
  );
  const staying = here.filter(
    (vm) =>
      !ftOn(vm) &&
      !restarted.includes(vm) &&
      (placementOf(vm, model).ha !== undefined || placementOf(vm, model).pinned !== undefined),
  );
  const open = here.filter((vm) => !ftOn(vm) && !restarted.includes(vm) && !staying.includes(vm));
  return [
    say`VMs on it before the test: ${undefined} (may be ${names(here, 8)})`,
    ...(restarted.length > 0
      ? [
          say`Start again on ${names(others, 8)}: ${orderText(restarted)}; ${restartText(host)}, and the start of the guest. Measured: ${undefined}`,
        ]
      : []),
    ...(ft.length > 0
      ? [
          say`Without interruption (FT): ${names(ft)}${others.length > 1 ? ', and a new secondary starts' : ''}. Measured: ${undefined}`,
        ]
      : []),
    ...(staying.length > 0
      ? [say`Down until ${code(host.name)} is back, if they ran here: ${names(staying)} (HA off, or pinned)`]
      : []),
    ...(open.length > 0 ? [say`The design does not say whether HA starts them again: ${names(open)}`] : []),
    ...serviceLines(here, model),
  ];
}

function alone(host: Host, model: Model): readonly Text[] {
  const here = model.all('vm').filter((vm) => placementOf(vm, model).hosts.includes(host.name));
  const spares = model
    .all('physical')
    .filter((machine) => model.resolveAll(machine.props['standby-for'], machine, 'host').includes(host));
  return [
    say`Down with it: ${names(here)}, until the host is back${spares.length > 0 ? say` or ${names(spares)} has taken over` : ''}`,
    ...serviceLines(here, model),
    say`After power on, the VMs start by themselves in the right order. Measured until all are up: ${undefined}`,
  ];
}

/** More hosts than this in a cluster are tested as one item with a tick for each. */
const manyHosts = 8;

export const hostLoss = defineTask({
  id: 'acceptance/host',
  phase: 'acceptance',
  title: 'A host fails',
  role: 'commissioning engineer',
  record: 'time of the power off, of the alarm, of each restart, of the first value on the screen; video of a client',
  intro:
    'Under normal load, with a client open. Power off at all supplies at once, not by shutting down. The times are averages of the field: what counts is what is measured.',
  closes: ['CLU036', 'CLU037'],
  *items(model) {
    for (const cluster of model.all('cluster')) {
      const hosts = hostsOf(cluster, model);
      const room = leftAfter(capacityOf(cluster, model), 'memory', 1);
      const load = haLoadOf(cluster, model);
      const expected = say`No VM runs twice, none is refused for lack of room${room && load.memory > 0 ? ` (${Math.round(room.left / GB)} GB remain for ${Math.round(load.memory / GB)} GB)` : ''}; an alarm arrives. Switched on, the host joins by itself and takes VMs again.`;
      if (hosts.length > manyHosts && hosts[0]) {
        yield {
          subject: cluster,
          what: say`Power off each host of ${called(cluster, model)}, one at a time.`,
          members: hosts.map((host) => host.name),
          detail: inCluster(hosts[0], cluster, model).slice(1),
          expected,
        };
      } else
        for (const host of hosts)
          yield {
            subject: host,
            what: say`Power off ${called(host, model)}.`,
            detail: inCluster(host, cluster, model),
            expected,
          };
    }
    for (const host of model.all('host')) {
      if (clusterOf(host, model)) continue;
      yield {
        subject: host,
        what: say`Power off ${called(host, model)}.`,
        detail: alone(host, model),
        expected: say`An alarm arrives; no data are lost but those of the last seconds.`,
      };
    }
  },
});
