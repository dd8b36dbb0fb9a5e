import { e3ByServer } from '../../facts/services.ts';
import { idOf } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'DBS001',
  name: 'database/database-with-scada',
  severity: 'warning',
  on: ['service'],
  summary: 'A database runs in the VM of an E3 server',
  why: 'A database takes all the memory that it is given and loads the disks in bursts, while the SCADA server has to answer at once. In one VM, the one starves the other, an update of one restarts both, and the redundancy of the E3 pair drags two copies of the database along that have to be kept equal.',
  remedy:
    'Give the database engine a VM of its own, with its data and log files on RAID-protected shared storage and HA for the VM, and switch the database synchronisation of the E3 domain off.',
  sources: ['Elipse Software, Virtualization Guide: database'],
  check(entity, { model, report }) {
    const { database, on } = entity.props;
    if (!database) return;
    const [refs, prop] = database.on ? [database.on, 'database.on'] : [on ?? [], 'on'];
    for (const [at, ref] of refs.entries()) {
      for (const vm of model.resolveAll([ref], entity, 'vm')) {
        const [domain] = model.lookup<'service'>(e3ByServer, idOf(vm));
        if (!domain) continue;
        const own = domain === entity ? 'its own E3 domain' : `the E3 domain of ${domain.name}`;
        report({
          prop: `${prop}.${at}`,
          message: `The database of ${entity.name} runs in ${vm.name}, which is a server of ${own}: the two compete for memory and disk, and an update of one restarts both. Give the database a VM of its own.`,
          related: [{ at: domain, prop: 'e3-domain.servers', message: `${vm.name} is an E3 server here` }],
        });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'SQL Server beside the E3 server',
        text: `vm E3
service "SCADA" e3-domain servers E3
service "Process database" { database sql-server 2022 on E3 }
                                                         ^^`,
      },
      {
        title: 'One entry for both',
        text: `vm E3
service "SCADA" {
  e3-domain servers E3
  database sql-server 2022 on E3
                              ^^
}`,
      },
    ],
    good: [
      {
        title: 'A VM for the database',
        text: `vm E3
vm SQL
service "Process database" { database sql-server 2022 on SQL }
service "SCADA" {
  e3-domain servers E3
  needs "Process database"
}`,
      },
      {
        title: 'Not said where the database runs',
        text: `vm E3
service "SCADA" e3-domain servers E3
service "Process database" { database sql-server 2022 }`,
      },
    ],
  },
});
