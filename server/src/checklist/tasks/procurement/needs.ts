import { hypervisorName } from '../../../facts/hardware.ts';
import { clusterOf, hostsOf, productOf, vmsOf } from '../../../facts/placement.ts';
import { machinesOf, type Service } from '../../../facts/services.ts';
import { type Entity, is } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { andList } from '../../../values/words.ts';
import { alike } from '../../alike.ts';
import { count, duration } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, codes, joined, only, say } from '../../text.ts';

type Host = Entity<'host'>;

/** Products that a service brings along, with what the vendor calls them. */
function productsOf(service: Service): readonly string[] {
  const {
    'e3-domain': e3,
    'plant-manager': epm,
    database,
    'failover-cluster': cluster,
    'power-domain': power,
    'licence-manager': elic,
  } = service.props;
  const names = {
    'sql-server': 'Microsoft SQL Server',
    oracle: 'Oracle Database',
    postgresql: 'PostgreSQL',
    mysql: 'MySQL or MariaDB',
  } as const;
  return [
    ...(e3 ? [`${power === true ? 'Elipse Power' : 'Elipse E3'} ${e3.version ?? '____'}`] : []),
    ...(epm ? [`Elipse Plant Manager ${epm.version ?? '____'}`] : []),
    ...(database?.product === undefined ? [] : [`${names[database.product]} ${database.version ?? '____'}`]),
    ...(cluster ? ['Windows failover cluster'] : []),
    ...(elic === true ? ['Elipse licence manager (ELIC)'] : []),
  ];
}

export const vendorSupport = defineTask({
  id: 'procurement/vendor-support',
  phase: 'procurement',
  title: 'Support by the software vendors',
  role: 'project lead',
  record: 'letter or mail of the vendor, with the versions in it',
  expected: 'a yes without conditions that this design breaks.',
  closes: ['GOV003', 'SCD013', 'DBS004'],
  *items(model) {
    for (const service of model.all('service')) {
      const products = productsOf(service);
      const vms = machinesOf(service, model).filter((machine) => is(machine, 'vm'));
      if (products.length === 0 || vms.length === 0) continue;
      const hypervisors = [...new Set(vms.map((vm) => productOf(vm, model)))];
      const platforms = hypervisors.map((product) => {
        const releases = [
          ...new Set(
            model
              .all('host')
              .flatMap((host) => (host.props.hypervisor?.product === product ? (host.props.hypervisor?.release ?? []) : [])),
          ),
        ];
        return product === undefined ? undefined : `${hypervisorName(product)} ${andList(releases)}`.trim();
      });
      yield {
        subject: service,
        what: say`Get the written word of the vendor that ${andList(products)} is supported in VMs on ${joined(platforms.map(only))} (service ${code(service.name)}).`,
      };
    }
  },
});

export const figures = defineTask({
  id: 'procurement/figures',
  phase: 'procurement',
  title: 'What the applications need',
  role: 'OT engineer',
  record: 'measured peaks of a busy week, from the present system where there is one',
  expected: 'peaks that the hosts and the storage of this design carry with one host down.',
  columns: ['Service', 'Machines', 'May be away', 'May lose'],
  blanks: ['Peak CPU', 'Peak memory', 'Peak IOPS', 'Peak network'],
  closes: ['GOV002', 'VMX022', 'VMX023'],
  *items(model) {
    for (const service of model.all('service')) {
      const { objective } = service.props;
      yield {
        subject: service,
        prop: 'objective',
        what: [
          [{ code: service.name }],
          codes(machinesOf(service, model).map((machine) => machine.name)),
          only(duration(objective?.rto)),
          only(duration(objective?.rpo)),
        ],
      };
    }
  },
});

/** Windows Server guests by cluster, or by host outside of clusters: rights are bought for the hosts. */
function windowsGuests(
  model: Model,
): readonly { readonly at: Entity<'cluster'> | Host; readonly hosts: readonly Host[]; readonly vms: readonly Entity<'vm'>[] }[] {
  const isWindows = (vm: Entity<'vm'>): boolean => /windows server/iu.test(vm.props.os ?? '');
  const clustered = model
    .all('cluster')
    .map((at) => ({ at, hosts: hostsOf(at, model), vms: vmsOf(at, model).filter(isWindows) }));
  const alone = model
    .all('host')
    .filter((host) => !clusterOf(host, model))
    .map((at) => ({
      at,
      hosts: [at],
      vms: model
        .all('vm')
        .filter((vm) => isWindows(vm) && !clusterOf(vm, model) && model.resolve(vm.props.on, vm, 'host') === at),
    }));
  return [...clustered, ...alone].filter(({ vms, hosts }) => vms.length > 0 && hosts.length > 0);
}

/** Core licences that a host needs for so many Windows VMs (Standard, 2016 and later): every two VMs cost all cores once more. */
function coreLicences(host: Host, vms: number): number | undefined {
  const { cpu } = host.props;
  if (cpu?.cores === undefined) return undefined;
  const sockets = cpu.count ?? 1;
  return Math.ceil(vms / 2) * Math.max(16, 8 * sockets, sockets * cpu.cores);
}

export const windowsRights = defineTask({
  id: 'procurement/windows-rights',
  phase: 'procurement',
  title: 'Windows Server licences',
  role: 'project lead',
  record: 'licence certificates',
  intro:
    'Every host needs rights for all Windows VMs that may ever run on it at once, failover included. Standard covers two VMs for all cores of a host (at least 16), Datacenter any number.',
  closes: ['LIC010', 'LIC011', 'LIC013'],
  *items(model) {
    for (const { at, hosts, vms } of windowsGuests(model)) {
      for (const { first, members } of alike(hosts, (host) => [host.props.cpu?.count, host.props.cpu?.cores])) {
        const cores = first.props.cpu?.cores === undefined ? undefined : (first.props.cpu.count ?? 1) * first.props.cpu.cores;
        yield {
          subject: at,
          part: cores === undefined ? '' : String(cores),
          what: say`Order Windows Server rights for ${count(vms.length, 'VM')} (${codes(vms.map((vm) => vm.name))}) on ${members.length > 1 ? 'each of ' : ''}${codes(members.map((host) => host.name))}, ${cores} cores${members.length > 1 ? ' each' : ''}.`,
          expected: say`Standard: ${coreLicences(first, vms.length)} core licences per host; Datacenter: ${cores === undefined ? undefined : Math.max(16, cores)} per host. Chosen: ${undefined}`,
        };
      }
    }
  },
});
