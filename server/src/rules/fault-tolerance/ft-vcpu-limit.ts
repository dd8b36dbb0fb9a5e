import { isSince } from '../../facts/cluster.ts';
import { candidateHosts } from '../../facts/placement.ts';
import type { Entity } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

/** Virtual processors of an FT VM, newest release first: with the full edition (Enterprise Plus) and with Standard or Enterprise. */
const limits = [
  { since: '6.7', full: 8, standard: 2 },
  { since: '6.0', full: 4, standard: 2 },
  { since: '4.0', full: 1, standard: 1 },
] as const;

export default defineRule({
  code: 'FT004',
  name: 'fault-tolerance/ft-vcpu-limit',
  severity: 'error',
  on: ['vm'],
  summary: 'An FT VM has more virtual processors than its vSphere release and edition allow',
  why: 'Up to vSphere 5.5 Fault Tolerance replays the instructions of a single virtual processor. From 6.0 on it copies memory and takes several: four, and eight from 6.7 on with Enterprise Plus, two with Standard and Enterprise. vCenter does not switch FT on for a VM that has more.',
  remedy:
    'Give the VM fewer virtual processors, move it to a newer release or edition, or protect it by the redundancy of the application and HA instead.',
  sources: [
    'VMware vSphere 8, Availability: Fault Tolerance requirements, limits and licensing',
    'VMware vSphere 6.0, Availability: Fault Tolerance',
    '"Complete VMware vSphere" (O’Reilly): one virtual processor before 6.0',
  ],
  fixable: true,
  check(vm, { model, report, ask }) {
    const { ft, vcpu } = vm.props;
    if (ft !== true || vcpu === undefined || vcpu < 2) return;
    // The VM or its shadow may come to run on any of them, so the tightest counts.
    const bounds = candidateHosts(vm, model).flatMap((host) => boundOf(host) ?? []);
    const tight = bounds.toSorted((a, b) => a.limit - b.limit)[0];
    if (!tight) return;
    if (vcpu > tight.limit) {
      report({
        prop: 'vcpu',
        message: `${vm.name} has ${vcpu} virtual processors; Fault Tolerance on ESXi ${tight.release}${tight.edition === undefined ? '' : ` ${tight.edition}`} (${tight.host.name}) takes ${tight.limit === 1 ? 'one' : `up to ${tight.limit}`}. Give it fewer, or protect it in another way.`,
        related: [{ at: tight.host, prop: 'hypervisor', message: `${tight.host.name}: ESXi ${tight.release}` }],
        fix: {
          title: `Give it ${tight.limit === 1 ? 'one virtual processor' : `${tight.limit} virtual processors`}`,
          safety: 'unsafe',
          ops: [{ op: 'set', on: vm, prop: 'vcpu', text: String(tight.limit) }],
        },
      });
      return;
    }
    const open = bounds.find((bound) => bound.edition === undefined && vcpu > bound.standard);
    if (open)
      ask({
        at: open.host,
        prop: 'hypervisor.edition',
        message: `Which edition does ${open.host.name} have? FT of ${vm.name} with ${vcpu} virtual processors needs Enterprise Plus; Standard takes ${open.standard}.`,
      });
  },
  examples: {
    bad: [
      {
        title: 'Ten processors on vSphere 8',
        text: `host esx[1..2] hypervisor esxi 8.0u3 edition enterprise-plus
cluster plant hosts esx[1..2] { ha }
vm HISTORIAN in plant {
  vcpu 10
       ^^
  ft yes
}`,
        fixed: `host esx[1..2] hypervisor esxi 8.0u3 edition enterprise-plus
cluster plant hosts esx[1..2] { ha }
vm HISTORIAN in plant {
  vcpu 8
  ft yes
}`,
      },
      {
        title: 'Standard takes two',
        text: `host esx[1..2] hypervisor esxi 7.0u3 edition standard
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 4 { ft yes }
                       ^`,
        fixed: `host esx[1..2] hypervisor esxi 7.0u3 edition standard
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 2 { ft yes }`,
      },
      {
        title: 'One processor before vSphere 6.0',
        text: `host esx[1..2] hypervisor esxi 5.5
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 2 { ft yes }
                       ^`,
        fixed: `host esx[1..2] hypervisor esxi 5.5
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 1 { ft yes }`,
      },
    ],
    good: [
      {
        title: 'Four processors with Enterprise Plus',
        text: `host esx[1..2] hypervisor esxi 8.0u3 edition enterprise-plus
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 4 { ft yes }`,
      },
      {
        title: 'The edition is not said: a question, no accusation',
        text: `host esx[1..2] hypervisor esxi 8.0u3
                          ^^^^^^^^^^ hint
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 4 { ft yes }`,
      },
    ],
  },
});

interface Bound {
  readonly host: Entity<'host'>;
  readonly release: string;
  /** As the design writes it. */
  readonly edition?: string;
  readonly limit: number;
  readonly standard: number;
}

/** What a host allows; without its edition, what the fullest one would. */
function boundOf(host: Entity<'host'>): Bound | undefined {
  const { product, release = '', edition } = host.props.hypervisor ?? {};
  // A release that is left open (`6.x`) may be the newest of its line.
  const row =
    product === 'esxi' && isSince(release, '4.0') ? limits.find(({ since }) => isSince(release, since) !== false) : undefined;
  if (!row) return undefined;
  const small = edition !== undefined && /^(?:vsphere[- ])?(?:standard|enterprise)$/iu.test(edition);
  return {
    host,
    release,
    ...(edition === undefined ? {} : { edition }),
    limit: small ? row.standard : row.full,
    standard: row.standard,
  };
}
