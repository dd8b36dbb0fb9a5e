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
  many,
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

export const cluster = kind('cluster', {
  area: 'cluster',
  top: true,
  labelled: true,
  doc: 'Hosts that share VMs: vSphere cluster, Windows failover cluster of hosts, XenServer pool, Proxmox cluster.',
  example: 'cluster scada hosts esx[1..3] { ha admission reserve 34% heartbeat ds-vm, ds-data }',
  props: {
    owner,
    tag,
    note,
    hosts: list(ref('host'), 'Its hosts.', { example: 'hosts esx[1..3]' }),
    ha: record(
      {
        value: optional(
          choice({ on: 'VMs of a failed host are started on another.', off: 'No high availability.' }),
          'On if not said.',
        ),
      },
      {
        admission: record(
          {
            policy: op(
              choice({
                reserve: 'Keep a percentage of the cluster free.',
                failures: 'Keep enough free for this many failed hosts.',
                dedicated: 'Keep a dedicated failover host.',
                off: 'Let VMs start until nothing is free.',
              }),
              'Policy.',
            ),
            amount: optional(word(), 'Percentage (`34%`) or number of hosts (`1`).'),
          },
          {},
          'Admission control: what is kept free for a failed host.',
          { example: 'admission reserve 34%' },
        ),
        failures: prop(int(0, 31), 'Host failures that the cluster has to survive; 1 if not said.', { example: 'failures 1' }),
        heartbeat: list(ref('datastore'), 'Heartbeat datastores.', { example: 'heartbeat ds-vm, ds-data' }),
        'isolation-address': list(ip(), 'Addresses that an isolated host pings.'),
        'isolation-response': prop(
          choice({ none: 'VMs keep running.', shutdown: 'VMs are shut down.', 'power-off': 'VMs are switched off.' }),
          'What an isolated host does with its VMs.',
        ),
        monitoring: prop(
          choice({
            vm: 'Restarts a VM whose tools fall silent.',
            application: 'Restarts a VM whose application falls silent.',
            off: 'Host failures only.',
          }),
          'VM monitoring.',
        ),
        'max-ft-vms': prop(int(0, 64), 'FT VMs allowed on one host (das.maxftvmsperhost); 4 if not said.', {
          hypervisors: ['esxi'],
        }),
      },
      'High availability: VMs of a failed host are started again on another.',
      { example: 'ha admission reserve 34% heartbeat ds-vm, ds-data' },
    ),
    drs: prop(
      choice({
        'fully-automated': 'Places and moves VMs by itself.',
        'partially-automated': 'Places VMs, proposes moves.',
        manual: 'Proposes only.',
        off: 'Does nothing.',
      }),
      'Load balancing between the hosts (DRS, WLB).',
      { example: 'drs fully-automated' },
    ),
    evc: prop(word(), 'CPU baseline that all hosts present (vSphere EVC), for example `intel-icelake`.', {
      example: 'evc intel-icelake',
      hypervisors: ['esxi'],
    }),
    'cpu-baseline': prop(
      word(),
      'CPU type that VMs see, where there is no EVC: cluster CPU type, CPU model, processor compatibility mode.',
      { hypervisors: ['hyperv', 'xenserver', 'kvm', 'proxmox', 'oraclevm', 'nutanix'] },
    ),
    'live-migration': flag('Running VMs are moved between its hosts.', { example: 'live-migration yes' }),
    'migration-encryption': prop(
      choice({ required: 'Only encrypted.', opportunistic: 'Encrypted if both ends can.', disabled: 'Clear text.' }),
      'Encryption of live migration.',
    ),
    dpm: flag('Switches idle hosts off (power management).'),
    witness: prop(word(), 'Third vote: disk, share, cloud, QDevice, witness host.'),
    fencing: prop(word(), 'How a failed host is cut off, for example `ipmi`, `watchdog`.'),
    'failover-cluster': flag('A Windows failover cluster.', { hypervisors: ['hyperv'] }),
  },
});

const strength = choice({ must: 'Never broken, not even by HA.', should: 'Broken when there is no other way.' });

export const affinity = kind('affinity', {
  area: 'cluster',
  top: true,
  naming: 'optional',
  operands: ['strength'],
  doc: 'VMs that belong together, or VMs that belong to certain hosts.',
  example: 'affinity dongle must vms E3-B hosts esx2',
  props: {
    strength: prop(strength, 'How strictly it holds; `must` if not said.'),
    vms: list(ref('vm'), 'VMs.', { example: 'vms E3-A, SQL' }),
    hosts: list(ref('host'), 'Hosts that they run on.', { example: 'hosts esx1' }),
    note,
  },
});

export const antiAffinity = kind('anti-affinity', {
  area: 'cluster',
  top: true,
  naming: 'optional',
  operands: ['strength'],
  doc: 'VMs that must not share a host, for example the two servers of a redundant pair.',
  example: 'anti-affinity e3-apart must vms E3-A, E3-B',
  props: {
    strength: affinity.props.strength,
    vms: list(ref('vm'), 'VMs to keep apart.', { example: 'vms E3-A, E3-B' }),
    hosts: list(ref('host'), 'Hosts that the VMs must not run on.'),
    note,
  },
});

const resource = { memory: prop(quantity('size'), 'Memory.'), cpu: prop(quantity('frequency'), 'Processor time.') } as const;

export const vm = kind('vm', {
  area: 'workload',
  top: true,
  labelled: true,
  children: ['disk', 'nic'],
  doc: 'A virtual machine.',
  example: 'vm E3-A in scada { os "Windows Server 2022"; vcpu 4; memory 16GB; disk 120GB on ds-vm; nic eth0 on "Control" }',
  props: {
    owner,
    tag,
    note,
    critical,
    in: prop(ref('cluster'), 'Cluster that runs it.', { example: 'in scada' }),
    on: prop(ref('host'), 'Host that it runs on.', { example: 'on esx1' }),
    os: prop(text(), 'Guest operating system.', { example: 'os "Windows Server 2022"' }),
    vcpu: prop(int(1, 2048), 'Virtual processors.', { example: 'vcpu 4' }),
    memory: prop(quantity('size'), 'Memory.', { example: 'memory 16GB' }),
    hardware: prop(int(3, 30), 'Virtual hardware version.', { example: 'hardware 21', hypervisors: ['esxi'] }),
    generation: prop(int(1, 2), 'Generation of the virtual hardware.', { hypervisors: ['hyperv'] }),
    firmware: prop(choice({ efi: 'UEFI.', bios: 'Legacy BIOS.' }), 'Boot firmware.'),
    tools: prop(word(), 'Guest tools or integration services: version, `installed` or `none`.'),
    ha: record(
      {
        value: optional(
          choice({ on: 'Started again elsewhere when its host fails.', off: 'Stays down with its host.' }),
          'On if not said and its cluster has HA.',
        ),
      },
      {
        restart: prop(
          choice({
            highest: 'First.',
            high: 'Early.',
            medium: 'As usual.',
            low: 'Late.',
            lowest: 'Last.',
            disabled: 'Not at all.',
          }),
          'Restart priority.',
          { example: 'restart high' },
        ),
      },
      'High availability for this VM.',
      { example: 'ha restart high' },
    ),
    ft: flag('vSphere Fault Tolerance: a shadow VM runs in lockstep on another host.', {
      example: 'ft yes',
      hypervisors: ['esxi', 'everrun'],
    }),
    drs: prop(
      choice({
        'fully-automated': 'Moved automatically.',
        'partially-automated': 'Placed automatically.',
        manual: 'Moves are proposed.',
        off: 'Stays where it is.',
      }),
      'Automation level for this VM, if it differs from the cluster’s.',
      { example: 'drs off' },
    ),
    pin: record(
      { strength: optional(strength, '`must` or `should`.'), host: op(ref('host'), 'The host.') },
      {},
      'Ties the VM to one host.',
      { example: 'pin must esx2' },
    ),
    reservation: record({}, resource, 'What is guaranteed.', { example: 'reservation memory 16GB' }),
    limit: record({}, resource, 'What it never gets more of.'),
    snapshots: record(
      { count: op(int(0, 100), 'How many it keeps.') },
      { age: prop(quantity('duration'), 'How long the oldest is kept.') },
      'Snapshots that it keeps.',
      { example: 'snapshots 0' },
    ),
    passthrough: list(word(), 'Devices of the host that it uses directly.', { example: 'passthrough gpu0' }),
    cdrom: prop(word(), 'Connected CD: `none`, or an image.'),
    'hot-add': list(choice({ cpu: 'Processors.', memory: 'Memory.' }), 'What may be added while it runs.'),
    'cpu-affinity': prop(word(), 'Cores that it is nailed to.'),
    'start-after': list(ref('vm'), 'VMs that have to be up before it.', { example: 'start-after SQL' }),
    zone: prop(word(), 'Security zone.'),
    status: prop(
      choice({ planned: 'May still change.', final: 'Host, hardware and MAC address stay as they are.' }),
      'How far it is decided.',
    ),
  },
});

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

export const backup = kind('backup', {
  area: 'protection',
  top: true,
  labelled: true,
  doc: 'A backup job.',
  example: 'backup nightly { vms E3-A, SQL; every 24h; to nas-1; copy off-site "Head office"; restore-tested 2026-10-02 }',
  props: {
    owner,
    tag,
    note,
    vms: list(ref('vm'), 'VMs that it covers.', { example: 'vms E3-*, SQL' }),
    hosts: list(ref('host', 'physical'), 'Hosts or computers that it covers.', { example: 'hosts host1' }),
    every: prop(quantity('duration'), 'How often.', { example: 'every 24h' }),
    keep: prop(quantity('duration'), 'How long copies are kept.', { example: 'keep 30d' }),
    to: list(word(), 'Where to: an array, a computer, a disk.', { example: 'to "USB disk 1", "USB disk 2"' }),
    copy: record(
      {
        kind: op(choice({ 'off-site': 'In another place.', offline: 'Not connected.' }), 'Kind.'),
        where: optional(text(), 'Where.'),
      },
      {},
      'A further copy.',
      { example: 'copy off-site "Head office"' },
    ),
    method: prop(
      choice({
        image: 'Image of the whole VM.',
        agent: 'Agent in the guest.',
        host: 'Backup of the host and its VMs (Windows Server Backup).',
        snapshot: 'Snapshot only: no backup.',
      }),
      'How.',
    ),
    'application-aware': flag('Applications are told (VSS) so that databases are consistent.'),
    'restore-tested': prop(date(), 'When a restore was last tried.', { example: 'restore-tested 2026-10-02' }),
    tool: prop(text(), 'Program that does it.'),
  },
});

export const migration = kind('migration', {
  area: 'protection',
  top: true,
  labelled: true,
  doc: 'The move of a computer into a VM (P2V), or of a VM to another hypervisor (V2V).',
  example: 'migration old-erp from old-server to ERP tool "Disk2vhd" mode offline window 8h',
  props: {
    owner,
    tag,
    note,
    from: prop(ref('physical', 'vm'), 'Source.'),
    to: prop(ref('vm'), 'The VM that it becomes.'),
    tool: prop(text(), 'Program that does it.', { example: 'tool "Disk2vhd"' }),
    mode: prop(choice({ online: 'The source keeps running.', offline: 'The source is stopped.' }), 'How.'),
    window: prop(quantity('duration'), 'Outage that is agreed.'),
    on: prop(date(), 'Planned day.'),
    rollback: prop(text(), 'Way back.'),
    peaks: prop(text(), 'Where the measured peaks of the source are.'),
  },
});

export const policy = kind('policy', {
  area: 'governance',
  top: true,
  naming: 'none',
  doc: 'How strictly this design is checked.',
  example: 'policy { severity NET009 error; severity PWR001 off }',
  props: {
    note,
    severity: many(
      record(
        {
          rule: op(word(), 'Code of the rule.'),
          level: op(
            choice({
              error: 'Cannot stay.',
              warning: 'Should not stay.',
              info: 'Worth knowing.',
              hint: 'A question.',
              off: 'Not checked.',
            }),
            'Severity.',
          ),
        },
        {},
        'Severity of a rule in this design.',
        { example: 'severity NET009 error' },
      ),
    ),
  },
});

export const waive = kind('waive', {
  area: 'governance',
  top: true,
  naming: 'none',
  operands: ['finding'],
  doc: 'Accepts a finding for a time, with a reason. When the date has passed, the finding comes back and says so.',
  example: 'waive PWR002 on sw-a until 2027-06-30 because "Second feed comes with the new switchboard."',
  props: {
    finding: prop(word(), 'Code of the rule.'),
    on: list(ref('*'), 'What it is accepted for.', { example: 'on sw-a' }),
    until: prop(date(), 'Last day on which it is accepted.', { example: 'until 2027-06-30' }),
    because: prop(text(), 'Why.', { example: 'because "Second feed comes in June."' }),
    owner,
  },
});
