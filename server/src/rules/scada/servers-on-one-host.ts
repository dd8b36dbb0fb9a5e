import { failuresToTolerate } from '../../facts/cluster.ts';
import { antiAffinityOf, candidateHosts, homeHost, placementOf, separated, stateOf } from '../../facts/placement.ts';
import { e3Servers, isNativeE3 } from '../../facts/services.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { quoteName } from '../../values/name.ts';
import { defineRule } from '../rule.ts';

type Server = Entity<'vm' | 'physical'>;

export default defineRule({
  code: 'SCD002',
  name: 'scada/servers-on-one-host',
  severity: 'error',
  on: ['service'],
  summary: 'The servers of a redundant E3 domain share a host, or nothing keeps them apart',
  why: 'Native redundancy survives the failure of one server. If both VMs run on one host, the failure of that host takes the running server and its standby at once, and the plant waits for HA or for a repair. DRS does not know that the two belong together and places them wherever there is room, often on the same host.',
  remedy:
    'Put the two VMs on different hosts and keep them there with an anti-affinity rule. With three hosts or more make it "must"; with two, "should" lets HA start the second server beside the first until the failed host is back (the four-fold scheme of Elipse).',
  sources: ['Elipse Software, Virtualization Guide: redundancy', 'VMware vSphere 8, Resource Management: VM-VM affinity rules'],
  fixable: true,
  check(entity, { model, report }) {
    if (!isNativeE3(entity, model)) return;
    const servers = e3Servers(entity, model).filter((server): server is Server => !is(server, 'host'));
    const found = servers.flatMap((a, at) => servers.slice(at + 1).map((b) => ({ a, b, how: separated(a, b, model) })));
    const together = found.find(({ a, b, how }) => how === 'together' || putTogether(a, b, model));
    if (together) {
      const host = is(together.a, 'vm') ? (homeHost(together.a, model) ?? candidateHosts(together.a, model)[0]) : undefined;
      // A fault-tolerant server masks its own faults; the pair is there for those of the program.
      if (host?.props['fault-tolerant'] === true) return;
      const [rule] = is(together.a, 'vm') && is(together.b, 'vm') ? antiAffinityOf(together.a, together.b, model) : [];
      report({
        prop: 'e3-domain.servers',
        message: `${together.a.name} and ${together.b.name}, servers of the E3 domain of ${entity.name}, both run on ${host ? host.name : 'one host'}: when it fails, the standby fails with the server that it stands by for. Put one of them on another host${rule ? ', as their anti-affinity rule demands' : ''}.`,
        related: [
          ...[together.a, together.b].map((server) => ({
            at: server,
            message: `${server.name} runs on ${host ? host.name : 'the same host'}`,
          })),
          ...(rule ? [{ at: rule, message: 'This rule keeps them apart' }] : []),
        ],
      });
      return;
    }
    const loose = found.find(({ how }) => how === 'no') ?? found.find(({ how }) => how === 'placed');
    if (!loose || !is(loose.a, 'vm')) return;
    const vms = servers.filter((server) => is(server, 'vm'));
    const cluster = placementOf(loose.a, model).cluster;
    const of = cluster === undefined ? undefined : model.find('cluster', cluster);
    // Where a strict rule would keep HA from starting a server again, apart whenever possible is the better half.
    const strength = of && vms.length > stateOf(of, model).hosts.length - failuresToTolerate(of) ? 'should' : 'must';
    const fix = {
      title: 'Keep them apart with an anti-affinity rule',
      safety: 'unsafe',
      ops: [
        { op: 'append', after: entity, text: `anti-affinity ${strength} vms ${vms.map((vm) => quoteName(vm.name)).join(', ')}` },
      ],
    } as const;
    const names = `${loose.a.name} and ${loose.b.name}`;
    if (loose.how === 'no') {
      report({
        prop: 'e3-domain.servers',
        fix,
        message: `Nothing keeps ${names} on different hosts${cluster === undefined ? '' : ` of ${cluster}`}: if they end up on one, its failure takes both servers of the E3 domain of ${entity.name}. Add an anti-affinity rule for them.`,
      });
    } else {
      report({
        prop: 'e3-domain.servers',
        severity: 'warning',
        fix,
        message: `${names} start on different hosts, but HA may bring them together${cluster === undefined ? '' : ` in ${cluster}`} and nothing parts them again: the E3 domain of ${entity.name} then has no redundancy. Add an anti-affinity rule for them.`,
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'A cluster without an anti-affinity rule',
        text: `host esx[1..3]
cluster scada hosts esx[1..3] { ha on; drs fully-automated }
vm E3-A in scada
vm E3-B in scada
service "SCADA" {
  e3-domain servers E3-A, E3-B
                    ^^^^^^^^^^
}`,
        fixed: `host esx[1..3]
cluster scada hosts esx[1..3] { ha on; drs fully-automated }
vm E3-A in scada
vm E3-B in scada
service "SCADA" {
  e3-domain servers E3-A, E3-B
}
anti-affinity must vms E3-A, E3-B`,
      },
      {
        title: 'Started apart, but HA may bring them together: a warning',
        text: `host esx[1..2]
cluster scada hosts esx[1..2] { ha on }
vm E3-A in scada on esx1
vm E3-B in scada on esx2
service "SCADA" { e3-domain servers E3-A, E3-B }
                                    ^^^^^^^^^^ warning`,
        fixed: `host esx[1..2]
cluster scada hosts esx[1..2] { ha on }
vm E3-A in scada on esx1
vm E3-B in scada on esx2
service "SCADA" { e3-domain servers E3-A, E3-B }
anti-affinity should vms E3-A, E3-B`,
      },
      {
        title: 'Both on one host',
        text: `host esx1
vm E3-A on esx1
vm E3-B on esx1
service "SCADA" { e3-domain servers E3-A, E3-B }
                                    ^^^^^^^^^^`,
      },
      {
        title: 'Said to run on one host, although a rule keeps them apart',
        text: `host esx[1..3]
cluster scada hosts esx[1..3] { ha on; drs fully-automated }
vm E3-A in scada on esx1
vm E3-B in scada on esx1
anti-affinity e3-apart must vms E3-A, E3-B
service "SCADA" { e3-domain servers E3-A, E3-B }
                                    ^^^^^^^^^^ error`,
      },
    ],
    good: [
      {
        title: 'Kept apart',
        text: `host esx[1..2]
cluster scada hosts esx[1..2] { ha on; drs fully-automated }
vm E3-A in scada
vm E3-B in scada
anti-affinity e3-apart must vms E3-A, E3-B
service "SCADA" { e3-domain servers E3-A, E3-B }`,
      },
      {
        title: 'Two standalone hosts',
        text: `host esx1
host esx2
vm E3-A on esx1
vm E3-B on esx2
service "SCADA" { e3-domain servers E3-A, E3-B }`,
      },
      {
        title: 'A VM and a physical standby',
        text: `host esx1
vm E3-A on esx1
physical E3-B "Control room server"
service "SCADA" { e3-domain servers E3-A, E3-B }`,
      },
      {
        title: 'Not said where they run',
        text: `vm E3-A
vm E3-B
service "SCADA" { e3-domain servers E3-A, E3-B }`,
      },
      {
        title: 'One fault-tolerant server',
        text: `host ft1 model "Stratus ftServer" fault-tolerant yes
vm E3-A on ft1
vm E3-B on ft1
service "SCADA" { e3-domain servers E3-A, E3-B }`,
      },
    ],
  },
});

/** The design says one host for both, whatever may move them later. */
function putTogether(a: Server, b: Server, model: Model): boolean {
  if (a === b || !is(a, 'vm') || !is(b, 'vm')) return false;
  const on = model.resolve(a.props.on, a, 'host');
  return (
    on !== undefined && on === model.resolve(b.props.on, b, 'host') && placementOf(a, model).home === placementOf(b, model).home
  );
}
