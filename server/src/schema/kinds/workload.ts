/** What runs on the hosts: clusters, rules that tie VMs, VMs. */
import { choice, flag, int, ip, kind, list, op, optional, prop, quantity, record, ref, text, word } from '../types.ts';
import { critical, note, owner, tag } from './shared.ts';

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
