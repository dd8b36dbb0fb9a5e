/** What the machines are there for: services, and the licences that they need. */
import {
  between,
  choice,
  date,
  flag,
  hexid,
  int,
  ip,
  kind,
  list,
  op,
  optional,
  prop,
  quantity,
  record,
  ref,
  text,
  version,
  word,
} from '../types.ts';
import { critical, note, owner, serial, tag } from './shared.ts';

export const license = kind('license', {
  area: 'licences',
  top: true,
  labelled: true,
  aliases: ['licence'],
  doc: 'A licence: a USB hardkey (dongle), a softkey bound to a machine, or an operating system or hypervisor licence.',
  example: 'license e3-a { product "Elipse E3 Server"; hardkey at keys/1 for E3-A }',
  props: {
    owner,
    tag,
    note,
    serial,
    product: prop(text(), 'Product.', { example: 'product "Elipse E3 Server"' }),
    vendor: prop(text(), 'Who sells it.'),
    edition: prop(word(), 'Edition, for example `standard`, `datacenter`, `enterprise-plus`.'),
    hardkey: record(
      {},
      {
        at: prop(ref('usb', 'usbhub'), 'USB port of a host (`esx2/usb1`) or of a USB hub (`keys/1`) that it is plugged into.', {
          example: 'at keys/1',
        }),
        for: list(ref('vm', 'host', 'physical'), 'VM or computer that uses it.', { example: 'for E3-A' }),
        vmotion: flag('USB support for vMotion is ticked for this device.', { hypervisors: ['esxi'] }),
        device: prop(hexid(), 'USB id, vendor:product.'),
      },
      'A USB dongle.',
      { example: 'hardkey at keys/1 for E3-A' },
    ),
    softkey: record(
      {},
      {
        for: list(ref('vm', 'host', 'physical'), 'VM or computer that it is bound to.', { example: 'for E3-A' }),
        'generated-on': prop(
          ref('vm', 'host', 'physical'),
          'Machine that the request was made on. Leave it out until the request has been made.',
          { example: 'generated-on E3-A' },
        ),
        expires: prop(date(), 'Last day on which it is valid.', { example: 'expires 2027-06-30' }),
        'renewed-by': prop(ref('vm', 'physical', 'service'), 'Licence manager that renews it automatically.', {
          example: 'renewed-by ELIC',
        }),
        renewal: prop(text(), 'Manual procedure that renews it.', { example: 'renewal "OT engineering, every spring"' }),
        validated: prop(date(), 'When it was last validated.'),
      },
      'A licence file bound to the fingerprint of one machine.',
      { example: 'softkey for E3-A expires 2027-06-30 renewed-by ELIC' },
    ),
    count: prop(int(1, 100000), 'How many.', { example: 'count 2' }),
    cores: prop(int(1, 100000), 'Cores that it covers.'),
    for: list(ref('vm', 'host', 'cluster', 'physical'), 'What it covers (operating system and hypervisor licences).', {
      example: 'for host1',
    }),
    evaluation: flag('Runs out after the trial period.'),
    expires: prop(date(), 'Last day on which it is valid.'),
  },
});

export const service = kind('service', {
  area: 'applications',
  top: true,
  doc: 'What the business calls it: an application that runs on one or more VMs, what it needs and what is expected of it.',
  example: 'service "SCADA" { e3-domain servers E3-A, E3-B switchover 2s..30s; needs "Process database" }',
  props: {
    owner,
    tag,
    note,
    critical,
    on: list(ref('vm', 'physical', 'host'), 'Machines that it runs on.', { example: 'on ELIC' }),
    mode: prop(
      choice({
        single: 'Runs once.',
        'active-standby': 'A second one takes over.',
        'active-active': 'Several share the work.',
        ft: 'Masked by fault tolerance.',
      }),
      'How it is made available.',
    ),
    needs: list(ref('service'), 'Services that it cannot work without.', { example: 'needs "Process database"' }),
    objective: record(
      {},
      {
        availability: prop(quantity('percent'), 'Share of the year.', { example: 'availability 99.99%' }),
        rto: prop(quantity('duration'), 'Longest interruption that is accepted.', { example: 'rto 1min' }),
        rpo: prop(quantity('duration'), 'Longest stretch of data that may be lost.', { example: 'rpo 0s' }),
      },
      'What is expected of it.',
      { example: 'objective availability 99.99% rto 1min' },
    ),
    'e3-domain': record(
      {},
      {
        version: prop(version(), 'Version of E3 or Power.'),
        servers: list(ref('vm', 'physical'), 'Servers of the domain, the main one first.', { example: 'servers E3-A, E3-B' }),
        switchover: prop(between('duration'), 'Time that the native redundancy takes, measured or expected (2 to 30 seconds).', {
          example: 'switchover 2s..30s',
        }),
        redundancy: prop(
          choice({ native: 'Hot standby of the E3 domain.', none: 'One server.' }),
          'Redundancy of the domain; native if there are two servers.',
        ),
        'project-files': prop(
          choice({ dfs: 'Replicated by DFS.', copy: 'Copied to each server.', share: 'On one network share.' }),
          'How project files and libraries (PRJ, LIB) get to both servers.',
          { example: 'project-files dfs' },
        ),
        'hands-off': flag('Hands-Off mode is on: project files may change while the system runs (E3 4.5 and later).'),
        'database-sync': flag('E3 copies the historical database itself.', { example: 'database-sync no' }),
        'integrity-address': prop(ip(), 'Third device that both servers ping to tell a network fault from a failed partner.'),
        studio: list(ref('vm', 'physical'), 'Engineering stations with E3 Studio.'),
      },
      'An Elipse E3 or Elipse Power domain.',
      { example: 'e3-domain servers E3-A, E3-B switchover 2s..30s' },
    ),
    'plant-manager': record(
      {},
      {
        server: prop(ref('vm', 'physical'), 'EPM Server.'),
        database: prop(ref('vm', 'physical'), 'SQL Server that it uses.'),
        interfaces: list(ref('vm', 'physical'), 'Interface servers, at the sources of the data.'),
        data: prop(ref('datastore'), 'Datastore of the database files.'),
        log: prop(ref('datastore'), 'Datastore of the log files.'),
        version: prop(version(), 'Version.'),
      },
      'Elipse Plant Manager.',
      { example: 'plant-manager server EPM database SQL' },
    ),
    database: record(
      {
        product: op(
          choice({
            'sql-server': 'Microsoft SQL Server.',
            oracle: 'Oracle Database.',
            postgresql: 'PostgreSQL.',
            mysql: 'MySQL or MariaDB.',
          }),
          'Product.',
        ),
        version: optional(version(), 'Version.'),
      },
      {
        on: list(ref('vm', 'physical'), 'Machines that run it.', { example: 'on SQL' }),
        data: list(ref('datastore'), 'Datastores of the data files.', { example: 'data ds-data' }),
        log: list(ref('datastore'), 'Datastores of the log files.', { example: 'log ds-log' }),
      },
      'A database.',
      { example: 'database sql-server 2022 on SQL data ds-data log ds-log' },
    ),
    'active-directory': record(
      { domain: op(text(), 'Name of the domain.') },
      {
        controllers: list(ref('vm', 'physical'), 'Domain controllers.', { example: 'controllers DC1, DC2' }),
        'small-business-server': flag('A Small Business Server domain.'),
      },
      'An Active Directory domain.',
      { example: 'active-directory "plant.local" controllers DC1, DC2' },
    ),
    'failover-cluster': record(
      {},
      {
        nodes: list(ref('vm', 'physical'), 'Nodes.'),
        shared: list(ref('datastore'), 'Shared disks.'),
        heartbeat: prop(ref('network'), 'Heartbeat network.'),
        witness: prop(word(), 'Witness.'),
      },
      'A guest cluster (MSCS, WSFC).',
      { example: 'failover-cluster nodes SQL-A, SQL-B heartbeat hb' },
    ),
    'file-server': record({}, { dfs: flag('Replicated by DFS.'), shares: list(text(), 'Shares.') }, 'A file server.'),
    'licence-manager': flag('Renews softkeys over the internet (Elipse ELIC); belongs in the DMZ.', {
      example: 'licence-manager yes',
    }),
    vcenter: flag('vCenter Server: manages the hosts.'),
    'power-domain': flag('The domain is Elipse Power.'),
  },
});
