import { type Cpu, commonEvc } from '../../catalog/cpu.ts';
import { cpusOf, isSince } from '../../facts/cluster.ts';
import { hostsOf, productOf, stateOf } from '../../facts/placement.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';

/** Generations that offer VMs the same instructions (general knowledge: Emerald Rapids added none). */
const alike: Readonly<Record<string, string>> = { emeraldrapids: 'sapphirerapids' };

export default defineRule({
  code: 'MIG003',
  name: 'migration/cpu-generations-mixed',
  severity: 'error',
  on: ['cluster'],
  summary: 'The hosts of a cluster differ in CPU generation, and no common baseline is set',
  why: 'A VM that starts on the newer host sees its instructions and uses them. It can then not be moved to the older host while it runs: the migration is refused, and DRS, maintenance and the return after a failure work in one direction only. A baseline hides what the oldest host does not have. It counts from the next start of a VM, so it is best set before the first one.',
  remedy:
    'Set the baseline of the oldest generation: EVC mode on a vSphere cluster ("evc"), processor compatibility on Hyper-V, the cluster CPU type on oVirt and RHV, a named CPU model on plain KVM ("cpu-baseline"). Or keep generations in clusters of their own.',
  sources: [
    'Fujitsu, "Server virtualization" white paper',
    'VMware vSphere, EVC requirements for hosts',
    'Microsoft, Hyper-V live migration and processor compatibility',
    'Red Hat Virtualization, Technical reference',
  ],
  fixable: true,
  check(cluster, { model, report }) {
    const { migrates } = stateOf(cluster, model);
    const product = productOf(cluster, model);
    if (migrates === false || hasBaseline(cluster, product) || levels(cluster, product, model)) return;
    const cpus = cpusOf(cluster, model);
    const known = cpus.flatMap(({ host, cpu }) => (cpu ? [{ host, cpu }] : [])).sort((a, b) => a.cpu.order - b.cpu.order);
    const oldest = known[0];
    const newest = known.at(-1);
    if (
      !oldest ||
      !newest ||
      generation(oldest.cpu) === generation(newest.cpu) ||
      cpus.some((each) => each.vendor && each.vendor !== oldest.cpu.vendor)
    )
      return;
    const of = (cpu: Cpu): string => andList(known.filter((each) => each.cpu.id === cpu.id).map((each) => each.host));
    const esxi = product === 'esxi';
    const evc = esxi && known.length === cpus.length ? commonEvc(known.map((each) => each.cpu)) : undefined;
    report({
      prop: 'hosts',
      severity: migrates === true ? 'error' : 'warning',
      message: `${cluster.name} mixes CPU generations (${of(oldest.cpu)}: ${oldest.cpu.name}; ${of(newest.cpu)}: ${newest.cpu.name}) without a common baseline: VMs that start on the newer one cannot be moved back to the older. Set ${esxi ? `EVC${evc === undefined ? ' to the oldest generation' : ` to ${evc}`}` : 'a CPU baseline of the oldest generation'}.`,
      related: [oldest, newest].flatMap(({ host, cpu }) => {
        const at = model.find('host', host);
        return at ? [{ at, prop: 'cpu.model', message: `${host}: ${cpu.name}` }] : [];
      }),
      ...(evc === undefined
        ? {}
        : { fix: { title: `Set EVC to ${evc}`, safety: 'unsafe', ops: [{ op: 'set', on: cluster, prop: 'evc', text: evc }] } }),
    });
  },
  examples: {
    bad: [
      {
        title: 'A newer server joins, EVC is not set',
        text: `host esx[1..2] hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6248" cores 20
host esx3 hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6426Y" cores 16
cluster plant hosts esx[1..3] {
                    ^^^^^^^^^
  ha
  drs fully-automated
}`,
        fixed: `host esx[1..2] hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6248" cores 20
host esx3 hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6426Y" cores 16
cluster plant hosts esx[1..3] {
  ha
  drs fully-automated
  evc intel-cascadelake
}`,
      },
      {
        title: 'Hyper-V without processor compatibility',
        text: `host hv1 hypervisor hyperv 2019 cpu 2 x "Xeon E5-2690 v4" cores 14
host hv2 hypervisor hyperv 2019 cpu 2 x "Xeon Gold 6130" cores 16
cluster office hosts hv1, hv2 { live-migration yes }
                     ^^^^^^^^`,
      },
    ],
    good: [
      {
        title: 'EVC on the oldest generation',
        text: `host esx[1..2] hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6248" cores 20
host esx3 hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6426Y" cores 16
cluster plant hosts esx[1..3] { ha; drs fully-automated; evc intel-cascadelake }`,
      },
      {
        title: 'XenServer levels the pool by itself since 7.0',
        text: `host xs1 hypervisor xenserver 8.2 cpu 2 x "Xeon Gold 6248" cores 20
host xs2 hypervisor xenserver 8.2 cpu 2 x "Xeon Gold 6338" cores 32
cluster pool-1 hosts xs1, xs2 { live-migration yes }`,
      },
      {
        title: 'Different models of one generation',
        text: `host esx1 hypervisor esxi 8.0u3 cpu 2 x "Xeon Gold 6248" cores 20
host esx2 hypervisor esxi 8.0u3 cpu 2 x "Xeon Silver 4210" cores 10
cluster plant hosts esx1, esx2 { drs fully-automated }`,
      },
    ],
  },
});

const generation = (cpu: Cpu): string => alike[cpu.id] ?? cpu.id;

function hasBaseline(cluster: Entity<'cluster'>, product: ReturnType<typeof productOf>): boolean {
  const { evc, 'cpu-baseline': baseline } = cluster.props;
  const said = product === 'esxi' ? evc : (baseline ?? evc);
  return said !== undefined && !/^(?:off|none|no|disabled)$/iu.test(said);
}

/** Platforms whose default shows VMs no more than all hosts have; or nothing is known about them. */
function levels(cluster: Entity<'cluster'>, product: ReturnType<typeof productOf>, model: Model): boolean {
  // XenServer does it since 7.0.
  if (product === 'xenserver')
    return hostsOf(cluster, model).every((host) => isSince(host.props.hypervisor?.release, '7.0') !== false);
  return (
    product === undefined ||
    product === 'proxmox' ||
    product === 'nutanix' ||
    product === 'everrun' ||
    product === 'vmware-workstation' ||
    product === 'virtualbox'
  );
}
