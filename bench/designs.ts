/**
 * Designs of a given length for measurements and for tests of scale: plants side by side, each with racks, switches, networks, an
 * array, two clusters' worth of hosts written out and by range, VMs, services, licences and backups, as people write them.
 */

/** One plant of about 165 lines. Every plant has its own names and its own addresses. */
function plant(n: number): string[] {
  const p = `p${n}`;
  const a = Math.floor(n / 200);
  const b = n % 200;
  const net = (k: number): string => `10.${a * 8 + k}.${b}`;
  const lines: string[] = [
    `// Plant ${n}`,
    `site ${p} "Plant ${n}" {`,
    `  room ${p}-room {`,
    `    ups ${p}-ups-a capacity 6kVA runtime 20min`,
    `    ups ${p}-ups-b capacity 6kVA runtime 20min`,
    `    rack ${p}-r1 units 42 { feed A from ${p}-ups-a  feed B from ${p}-ups-b }`,
    `    rack ${p}-r2 units 42 { feed A from ${p}-ups-a  feed B from ${p}-ups-b }`,
    '  }',
    '}',
    '',
    `network ${p}-admin purpose management vlan 10 subnet ${net(0)}.0/24 gateway ${net(0)}.1 vrf ${p}`,
    `network ${p}-san-a purpose iscsi vlan 21 subnet ${net(1)}.0/24 mtu 9000 vrf ${p}`,
    `network ${p}-san-b purpose iscsi vlan 22 subnet ${net(2)}.0/24 mtu 9000 vrf ${p}`,
    `network ${p}-migration purpose vmotion vlan 30 subnet ${net(3)}.0/24 vrf ${p}`,
    `network ${p}-lockstep purpose ft-logging vlan 40 subnet ${net(4)}.0/24 vrf ${p}`,
    `network ${p}-control purpose production vlan 100 subnet ${net(5)}.0/24 gateway ${net(5)}.1 vrf ${p}`,
    '',
    `switch ${p}-sw-a model "Catalyst 9300-48T" ports 48 speed 1Gbps uplink-ports 8 speed 10Gbps psu A, B rack ${p}-r1 mtu 9216`,
    `switch ${p}-sw-b model "Catalyst 9300-48T" ports 48 speed 1Gbps uplink-ports 8 speed 10Gbps psu A, B rack ${p}-r2 mtu 9216`,
    `stack ${p}-core members ${p}-sw-a, ${p}-sw-b`,
    '',
    `array ${p}-san model "PowerVault ME5024" protocol iscsi rack ${p}-r1 psu A, B {`,
    `  controller A { port p0 speed 10Gbps address ${p}-san-a.host(10) port ${p}-sw-a/u1 }`,
    `  controller B { port p0 speed 10Gbps address ${p}-san-b.host(10) port ${p}-sw-b/u1 }`,
    '  pool fast raid 10 disks 8 x 1.92TB ssd spare 1',
    '  lun vmfs-1 size 4TB in fast',
    '  lun sql-data size 1TB in fast',
    '  lun sql-log size 200GB in fast',
    '}',
    `datastore ${p}-ds-vm vmfs 6 on ${p}-san.vmfs-1`,
    `datastore ${p}-ds-data vmfs 6 on ${p}-san.sql-data`,
    `datastore ${p}-ds-log vmfs 6 on ${p}-san.sql-log`,
    '',
    `profile ${p}-esxi of host {`,
    '  hypervisor esxi 8.0u3',
    '  model "PowerEdge R660"',
    '  cpu 2 x "Xeon Gold 6426Y" cores 16',
    '  memory 256GB',
    '  psu A, B',
    '  nic vmnic[0..3] speed 10Gbps model "Intel X710"',
    '  nic vmnic[4..5] speed 1Gbps model "Broadcom BCM5720"',
    '  vswitch vSwitch0 uplinks vmnic4, vmnic5 {',
    `    vmkernel vmk0 on ${p}-admin services management`,
    '  }',
    '  vswitch vSwitch1 uplinks vmnic0, vmnic1 {',
    `    portgroup "${p} Control" on ${p}-control`,
    `    vmkernel vmk1 on ${p}-migration services vmotion active vmnic0 standby vmnic1`,
    `    vmkernel vmk2 on ${p}-lockstep services ft-logging active vmnic1 standby vmnic0`,
    '  }',
    `  vswitch iscsi-a uplinks vmnic2 mtu 9000 { vmkernel vmk3 on ${p}-san-a services iscsi mtu 9000 }`,
    `  vswitch iscsi-b uplinks vmnic3 mtu 9000 { vmkernel vmk4 on ${p}-san-b services iscsi mtu 9000 }`,
    '}',
    '',
  ];
  for (let h = 1; h <= 4; h += 1) {
    lines.push(
      `host ${p}-esx${h} : ${p}-esxi {`,
      `  rack ${p}-r${h <= 2 ? 1 : 2}`,
      `  vmk0 address ${p}-admin.host(${10 + h})`,
      `  vmk1 address ${p}-migration.host(${10 + h})`,
      `  vmk2 address ${p}-lockstep.host(${10 + h})`,
      `  vmk3 address ${p}-san-a.host(${20 + h})`,
      `  vmk4 address ${p}-san-b.host(${20 + h})`,
      `  nic vmnic0 port ${p}-sw-a/u${1 + h}`,
      `  nic vmnic1 port ${p}-sw-b/u${1 + h}`,
      `  nic vmnic4 port ${p}-sw-a/${h}`,
      `  nic vmnic5 port ${p}-sw-b/${h}`,
      '}',
    );
  }
  lines.push(
    `cluster ${p}-scada hosts ${p}-esx[1..4] {`,
    `  ha admission reserve 25% heartbeat ${p}-ds-vm, ${p}-ds-data`,
    '  drs fully-automated',
    '  evc intel-icelake',
    '}',
    '',
  );
  for (let v = 1; v <= 12; v += 1) {
    lines.push(
      `vm ${p}-vm${v} in ${p}-scada {`,
      `  os "Windows Server 2022"`,
      `  vcpu ${v % 3 === 0 ? 4 : 2}`,
      `  memory ${v % 4 === 0 ? 16 : 8}GB`,
      `  disk 120GB on ${p}-ds-vm`,
      `  nic eth0 on "${p} Control" address ${p}-control.host(${20 + v})`,
      '}',
    );
  }
  lines.push(
    `anti-affinity ${p}-apart must vms ${p}-vm1, ${p}-vm2`,
    '',
    `service "${p} SCADA" {`,
    `  e3-domain version 6.0 servers ${p}-vm1, ${p}-vm2 switchover 2s..30s`,
    '  objective availability 99.9% rto 1min',
    '}',
    `service "${p} Database" {`,
    `  database sql-server 2022 on ${p}-vm3 data ${p}-ds-data log ${p}-ds-log`,
    '}',
    `license ${p}-e3-a { product "Elipse E3 Server"  softkey for ${p}-vm1 expires 2027-06-30 renewed-by ${p}-vm12 }`,
    `license ${p}-e3-b { product "Elipse E3 Server"  softkey for ${p}-vm2 expires 2027-06-30 renewed-by ${p}-vm12 }`,
    `backup ${p}-nightly { vms ${p}-vm*; every 24h; to "nas"; copy off-site "Head office" }`,
    '',
  );
  return lines;
}

/** A design of exactly so many lines (the last plant is cut at a top-level entry and filled with notes). */
export function designOf(lines: number): string {
  const out: string[] = ['lintel 1', 'design bench "Measured design" { owner "bench" }'];
  for (let n = 0; out.length < lines; n += 1) {
    const next = plant(n);
    if (out.length + next.length > lines) break;
    out.push(...next);
  }
  while (out.length < lines) out.push(`// note ${out.length}`);
  return `${out.slice(0, lines).join('\n')}\n`;
}

/**
 * A data centre of so many hosts in clusters of 50, for measurements of the picture: every host with its NICs, switches and
 * adapters, cabled, in a rack; VMs with adapters and disks, and the services that run on them.
 * @param written `ranges`: hosts and VMs as a fleet is written down; `each`: every host and VM a line or a block of its own
 */
export function fleetOf(hosts: number, vms: number, written: 'ranges' | 'each' = 'ranges'): string {
  const size = Math.min(50, hosts);
  const clusters = Math.ceil(hosts / size);
  const lines: string[] = [
    'lintel 1',
    'design fleet "A fleet" { owner "bench" }',
    'network admin purpose management vlan 10 subnet 10.10.0.0/16 gateway 10.10.0.1',
    'network migration purpose vmotion vlan 30 subnet 10.30.0.0/16',
    'network san purpose nfs vlan 40 subnet 10.40.0.0/16',
    'network office purpose production vlan 100 subnet 10.100.0.0/16',
    'network control purpose production vlan 101 subnet 10.101.0.0/16',
    '',
    'profile esxi of host {',
    '  hypervisor esxi 8.0u3',
    '  model "PowerEdge R660"',
    '  cpu 2 x "Xeon Gold 6426Y" cores 16',
    '  memory 512GB',
    '  psu A, B',
    '  nic vmnic[0..3] speed 25Gbps',
    '  vswitch vSwitch0 uplinks vmnic0, vmnic1 {',
    '    vmkernel vmk0 on admin services management',
    '    vmkernel vmk1 on migration services vmotion',
    '    vmkernel vmk2 on san services nfs',
    '  }',
    '  vswitch vSwitch1 uplinks vmnic2, vmnic3 {',
    '    portgroup "Office" on office',
    '    portgroup "Control" on control',
    '  }',
    '}',
    '',
  ];
  for (let c = 1; c <= clusters; c += 1) {
    const own = Math.min(size, hosts - (c - 1) * size);
    const guests = Math.floor((vms * c) / clusters) - Math.floor((vms * (c - 1)) / clusters);
    lines.push(
      `site s${c} { room s${c}-room {`,
      `  ups u${c}-a capacity 60kVA`,
      `  ups u${c}-b capacity 60kVA`,
      `  rack r${c}-[1..3] units 42 { feed A from u${c}-a  feed B from u${c}-b }`,
      '} }',
      `switch sw${c}-a ports 224 speed 25Gbps rack r${c}-1`,
      `switch sw${c}-b ports 224 speed 25Gbps rack r${c}-2`,
      `array a${c} protocol nfs rack r${c}-3 { controller A { port p0 speed 25Gbps port sw${c}-a/224 }`,
      '  pool fast raid 6 disks 20 x 8TB ssd',
      '  export vol1 size 60TB in fast',
      '  export vol2 size 60TB in fast',
      '}',
      `datastore ds${c}-1 nfs on a${c}.vol1`,
      `datastore ds${c}-2 nfs on a${c}.vol2`,
    );
    const body = (i: string, port: string, second: string): string[] => [
      `  rack r${c}-3`,
      `  vmk0 address admin.host(${i})`,
      `  nic vmnic0 port sw${c}-a/${port}`,
      `  nic vmnic1 port sw${c}-b/${port}`,
      `  nic vmnic2 port sw${c}-a/${second}`,
      `  nic vmnic3 port sw${c}-b/${second}`,
      '}',
    ];
    if (written === 'ranges') lines.push(`host h${c}-[i in 1..${own}] : esxi {`, ...body(`i + ${c * 60}`, '(i)', '(i + 60)'));
    else
      for (let h = 1; h <= own; h += 1)
        lines.push(`host h${c}-${h} : esxi {`, ...body(String(h + c * 60), String(h), String(h + 60)));
    lines.push(`cluster c${c} hosts h${c}-* {`, '  ha admission reserve 10%', '  drs fully-automated', '}');
    for (let kind = 0, from = 1; kind < 10 && from <= guests; kind += 1) {
      const to = kind === 9 ? guests : Math.floor((guests * (kind + 1)) / 10);
      const shape = `vcpu ${2 ** (kind % 4)}  memory ${4 * (1 + (kind % 5))}GB`;
      const parts = (n: string): string =>
        `${shape}  disk 60GB on ds${c}-${1 + (kind % 2)}  nic eth0 on "${kind % 2 === 0 ? 'Office' : 'Control'}"${n}`;
      if (written === 'ranges') lines.push(`vm v${c}-[${from}..${to}] in c${c} { ${parts('')} }`);
      else for (let v = from; v <= to; v += 1) lines.push(`vm v${c}-${v} in c${c} { ${parts('')} }`);
      from = to + 1;
    }
    lines.push(
      `service "Service ${c}" { on v${c}-1, v${c}-2  mode active-standby }`,
      `anti-affinity apart${c} must vms v${c}-1, v${c}-2`,
      `usbhub keys${c} ports 4`,
      `license key${c} { product "Elipse E3 Server"  hardkey in keys${c}/1 for v${c}-1 }`,
      '',
    );
  }
  return `${lines.join('\n')}\n`;
}
