/** Databases, and failover clusters in VMs. */

import { hypervisorName } from '../../../facts/hardware.ts';
import { productOf } from '../../../facts/placement.ts';
import { databaseMachines, type Service } from '../../../facts/services.ts';
import { poolsOf } from '../../../facts/storage.ts';
import { is } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { type Command, powershell, ps } from '../../command.ts';
import { apartText } from '../../derive/apart.ts';
import { names, refNames, refText } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, codes, say, type Text } from '../../text.ts';

const databaseNames = {
  'sql-server': 'Microsoft SQL Server',
  oracle: 'Oracle Database',
  postgresql: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
} as const;

/** Two volumes, and whether they share their disks. */
function volumeText(service: Service, model: Model): Text {
  const database = service.props.database;
  const pools = (list: readonly { readonly ref: readonly string[] }[] | undefined): readonly string[] =>
    model.resolveAll(list, service, 'datastore').flatMap((store) => poolsOf(store, model).map((pool) => pool.name));
  const shared = pools(database?.data).filter((pool) => pools(database?.log).includes(pool));
  return say`Data files on ${codes(refNames(database?.data))}, transaction log on ${codes(refNames(database?.log))}${shared.length > 0 ? say`; both lie on the disks of ${codes([...new Set(shared)])}` : ''}`;
}

export const databases = defineTask({
  id: 'applications/database',
  phase: 'applications',
  title: 'Databases',
  role: 'OT engineer',
  record: 'version, paths of the files, result of a consistency check',
  closes: ['DBS001', 'DBS002', 'DBS003', 'DBS004', 'DBS006'],
  *items(model) {
    for (const service of model.all('service')) {
      const { database } = service.props;
      if (!database) continue;
      const machines = databaseMachines(service, model);
      const vm = machines.find((machine) => is(machine, 'vm'));
      const product = vm && productOf(vm, model);
      yield {
        subject: service,
        prop: 'database',
        part: 'database',
        what: say`Install ${database.product === undefined ? undefined : databaseNames[database.product]} ${database.version} on ${names(machines)} (service ${code(service.name)}).`,
        detail: [
          volumeText(service, model),
          say`Memory limit of the database ${undefined}; maintenance plan; accounts with the rights that they need and no more`,
          ...(database.product === 'oracle' && product !== undefined && product !== 'oraclevm'
            ? [say`Statement of Oracle’s support for ${hypervisorName(product)} is on file`]
            : []),
        ],
        expected: say`Values of the plant are written and read back; the log does not grow over a backup.`,
      };
    }
  },
});

const clusterCheck = (nodes: readonly string[]): readonly Command[] =>
  powershell(
    'PowerShell of one node',
    ps`Test-Cluster -Node ${nodes}`,
    ps`(Get-Cluster).SameSubnetThreshold; (Get-Cluster).SameSubnetDelay`,
  );

export const guestClusters = defineTask({
  id: 'applications/failover-cluster',
  phase: 'applications',
  title: 'Failover clusters in VMs',
  role: 'OT engineer',
  record: 'report of the validation, owner of each role',
  closes: ['GCL001', 'GCL002', 'GCL003', 'CLU015'],
  *items(model) {
    for (const service of model.all('service')) {
      const cluster = service.props['failover-cluster'];
      if (!cluster) continue;
      const nodes = model.resolveAll(cluster.nodes, service, 'vm', 'physical');
      const [first, ...others] = nodes;
      yield {
        subject: service,
        prop: 'failover-cluster',
        part: 'cluster',
        what: say`Make the failover cluster of ${code(service.name)} from ${names(nodes)}.`,
        detail: [
          say`Shared disks ${codes(refNames(cluster.shared))}, heartbeat in ${code(refText(cluster.heartbeat))}, witness ${cluster.witness}`,
          ...others.map((other) => (first ? apartText(first, other, model) : [])),
          say`Missed heartbeats that are tolerated: 10 at 1 s in one subnet, 20 where the nodes are migrated while they run`,
        ],
        expected: say`Validation without errors; each role has run on each node.`,
        commands: clusterCheck(nodes.map((node) => node.name)),
      };
    }
  },
});
