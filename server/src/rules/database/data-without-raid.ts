import { clusterOf, stateOf } from '../../facts/placement.ts';
import { databaseMachines, type Service } from '../../facts/services.ts';
import { backingsOf, datastoreOf, poolsOf, visibilityOf } from '../../facts/storage.ts';
import { childrenOf, type Entity, is, pathOf } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'DBS002',
  name: 'database/data-without-raid',
  severity: 'error',
  on: ['service'],
  summary: 'Database files lie on local disks of a cluster host, or on storage without RAID redundancy',
  why: 'The database is where the history of the plant is. On a single disk or RAID 0, one failed disk loses it. On disks inside one host of a cluster, it is out of reach while that host is down, and HA has nothing to start the VM from. On a storage array the files outlive both: RAID masks the disk, and every host of the cluster sees the datastore.',
  remedy:
    'Put data and log files on datastores of a storage array with RAID 1, 10, 5 or 6, apart from each other if you can. A database that replicates itself to a second machine may stay on local disks.',
  sources: ['Elipse Software, Virtualization Guide: database'],
  check(entity, { model, report }) {
    if (!entity.props.database) return;
    const machines = databaseMachines(entity, model);
    const told = new Set<Entity>();
    for (const { datastore, at, prop } of placesOf(entity, machines, model)) {
      if (told.has(datastore)) continue;
      told.add(datastore);
      const weakness = bare(datastore, model) ?? (machines.length < 2 ? local(datastore, machines, model) : undefined);
      if (weakness === undefined) continue;
      report({
        at,
        prop,
        cause: entity,
        message: `Files of the database ${entity.name} lie on ${datastore.name}, ${weakness}. Put them on a storage array with RAID.`,
        related: [{ at: datastore, message: `Datastore ${datastore.name}` }],
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'Data files on RAID 0',
        text: `array san-1 {
  pool scratch raid 0 disks 4 x 1.92TB ssd
  lun  sql size 2TB in scratch
}
datastore ds-data vmfs 6 on san-1.sql
vm SQL
service "Process database" { database sql-server 2022 on SQL data ds-data }
                                                                  ^^^^^^^`,
      },
      {
        title: 'On the disks of one host of a cluster',
        text: `host esx1 { disk local1 960GB count 2 raid 1 }
host esx2
cluster plant hosts esx1, esx2
datastore esx1-local local on esx1.local1
vm SQL on esx1 {
  disk 200GB on esx1-local purpose data
                ^^^^^^^^^^
}
service "Process database" { database sql-server 2022 on SQL }`,
      },
    ],
    good: [
      {
        title: 'On an array with RAID 10',
        text: `array san-1 {
  pool fast raid 10 disks 8 x 1.92TB ssd spare 1
  lun  sql size 2TB in fast
}
datastore ds-data vmfs 6 on san-1.sql
vm SQL
service "Process database" { database sql-server 2022 on SQL data ds-data }`,
      },
      {
        title: 'A single host has its disks inside: RAID 1 is what there is',
        text: `host host1 hypervisor hyperv 2022 { disk local1 960GB count 2 raid 1 }
datastore d local on host1.local1
vm SQL on host1 { disk 200GB on d purpose data }
service "Process database" { database sql-server 2022 on SQL }`,
      },
      {
        title: 'RAID level not said',
        text: `array san-1 { lun sql size 2TB }
datastore ds-data vmfs 6 on san-1.sql
vm SQL
service "Process database" { database sql-server 2022 on SQL data ds-data }`,
      },
    ],
  },
});

interface Place {
  readonly datastore: Entity<'datastore'>;
  readonly at: Entity;
  readonly prop: string;
}

/** Where the files are: as the database says it, else the data and log disks of its VMs. Disks of no said purpose prove nothing. */
function placesOf(service: Service, machines: readonly Entity[], model: Model): readonly Place[] {
  const { database } = service.props;
  const named = (['data', 'log'] as const).flatMap((word) =>
    (database?.[word] ?? []).flatMap((ref, at) =>
      model
        .resolveAll([ref], service, 'datastore')
        .map((datastore): Place => ({ datastore, at: service, prop: `database.${word}.${at}` })),
    ),
  );
  if (named.length > 0) return named;
  return machines.flatMap((machine) => {
    const disks = is(machine, 'vm') ? childrenOf(machine, 'disk') : [];
    return disks.flatMap((disk) => {
      const datastore = disk.props.purpose === 'data' || disk.props.purpose === 'log' ? datastoreOf(disk, model) : undefined;
      return datastore ? [{ datastore, at: disk, prop: 'on' }] : [];
    });
  });
}

/** A datastore on storage that one failed disk destroys. */
function bare(datastore: Entity<'datastore'>, model: Model): string | undefined {
  // Hyper-converged storage keeps copies on other hosts, whatever disks it lies on.
  const { type } = datastore.props;
  if (type?.kind === 'vsan' || type?.kind === 'ceph') return undefined;
  const disks = backingsOf(datastore, model).filter((backing) => is(backing, 'disk'));
  for (const holder of [...poolsOf(datastore, model), ...disks]) {
    const level: string | undefined = holder.props.raid;
    const count = is(holder, 'pool') ? holder.props.disks?.count : holder.props.count;
    if (level === '0') return `which is RAID 0 (${pathOf(holder)}): one failed disk loses the database`;
    if (level === undefined && count === 1) return `a single disk (${pathOf(holder)}): when it fails, the database is lost`;
  }
  return undefined;
}

/** A datastore inside one host, of which the cluster has others. */
function local(datastore: Entity<'datastore'>, machines: readonly Entity[], model: Model): string | undefined {
  const { seen, hosts } = visibilityOf(datastore, model);
  if (seen !== 'local') return undefined;
  const host = hosts[0] === undefined ? undefined : model.find('host', hosts[0]);
  const [machine] = machines;
  const cluster = host ? clusterOf(host, model) : machine && clusterOf(machine, model);
  if (!cluster || stateOf(cluster, model).hosts.length < 2) return undefined;
  return `which is inside ${host ? host.name : 'one host'}: while that host is down, no other host of ${cluster.name} can start the database`;
}
