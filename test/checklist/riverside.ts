/** The SCADA plant of the language's sketch, entry by entry, so that tests can move, add and rename. */

export const entries: readonly string[] = [
  `lintel 1                                     // edition of the language, so that it can grow`,
  `/// SCADA platform of the Riverside water plant
design riverside {
  owner    "OT engineering"
  revision "B"  date 2026-11-20
}`,
  `site plant "Riverside plant" {
  room server-room {
    ups ups-a  capacity 6kVA  runtime 20min
    ups ups-b  capacity 6kVA  runtime 20min
    rack r1 units 42 { feed A from ups-a   feed B from ups-b }
    rack r2 units 42 { feed A from ups-a   feed B from ups-b }
  }
}`,
  `network admin      purpose management  vlan 10   subnet 10.4.10.0/24   gateway 10.4.10.1`,
  `network storage-a  purpose iscsi       vlan 21   subnet 10.4.21.0/24   mtu 9000`,
  `network storage-b  purpose iscsi       vlan 22   subnet 10.4.22.0/24   mtu 9000`,
  `network migration  purpose vmotion     vlan 30   subnet 10.4.30.0/24`,
  `network lockstep   purpose ft-logging  vlan 40   subnet 10.4.40.0/24`,
  `network control    purpose production  vlan 100  subnet 10.4.100.0/22  gateway 10.4.100.1  zone level-3`,
  `network dmz        purpose production  vlan 200  subnet 10.4.200.0/24  gateway 10.4.200.1  zone level-3.5`,
  `switch sw-a  model "Catalyst 9300-48T"  ports 48 speed 1Gbps  uplink-ports 8 speed 10Gbps  psu A, B  rack r1`,
  `switch sw-b  model "Catalyst 9300-48T"  ports 48 speed 1Gbps  uplink-ports 8 speed 10Gbps  psu A, B  rack r2`,
  `stack  core  members sw-a, sw-b`,
  `array san-1 model "PowerVault ME5024" rack r1 psu A, B {
  controller A { port p0 speed 10Gbps address storage-a.host(10) port sw-a/u1 }
  controller B { port p0 speed 10Gbps address storage-b.host(10) port sw-b/u1 }
  pool fast raid 10 disks 8 x 1.92TB ssd spare 1
  lun  vmfs-1   size 4TB  in fast
  lun  sql-data size 1TB  in fast
  lun  sql-log  size 200GB in fast
}`,
  `datastore ds-vm   vmfs 6  on san-1.vmfs-1`,
  `datastore ds-data vmfs 6  on san-1.sql-data`,
  `datastore ds-log  vmfs 6  on san-1.sql-log`,
  `profile esxi of host {
  hypervisor esxi 8.0u3
  model      "PowerEdge R660"
  cpu        2 x "Xeon Gold 6426Y" cores 16
  memory     256GB
  psu        A, B
  nic vmnic[0..3] speed 10Gbps  model "Intel X710"
  nic vmnic[4..5] speed 1Gbps   model "Broadcom BCM5720"

  vswitch vSwitch0 uplinks vmnic4, vmnic5 {
    vmkernel  vmk0 on admin services management
  }
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Control" on control
    portgroup "DMZ"     on dmz
    vmkernel  vmk1 on migration services vmotion     active vmnic0 standby vmnic1
    vmkernel  vmk2 on lockstep  services ft-logging  active vmnic1 standby vmnic0
  }
  vswitch iscsi-a uplinks vmnic2 mtu 9000 { vmkernel vmk3 on storage-a services iscsi }
  vswitch iscsi-b uplinks vmnic3 mtu 9000 { vmkernel vmk4 on storage-b services iscsi }
}`,
  `host esx[i in 1..3] : esxi {
  rack r1
  vmk0 address admin.host(10 + i)
  vmk1 address migration.host(10 + i)
  vmk2 address lockstep.host(10 + i)
  vmk3 address storage-a.host(20 + i)
  vmk4 address storage-b.host(20 + i)
  nic vmnic0 port sw-a/u(1 + i)
  nic vmnic1 port sw-b/u(1 + i)
  nic vmnic2 port sw-a/u(4 + i)
  nic vmnic3 port sw-b/u(4 + i)
  nic vmnic4 port sw-a/(i)
  nic vmnic5 port sw-b/(i)
}`,
  `cluster scada hosts esx[1..3] {
  ha  admission reserve 34%  heartbeat ds-vm, ds-data
  drs fully-automated
  evc intel-icelake
}`,
  `vm E3-A in scada {
  os "Windows Server 2022"  vcpu 4  memory 16GB  hardware 21
  disk 120GB on ds-vm
  nic  eth0 on "Control" address control.host(21)
  ha   restart high
}`,
  `vm E3-B in scada {
  os "Windows Server 2022"  vcpu 4  memory 16GB  hardware 21
  disk 120GB on ds-vm
  nic  eth0 on "Control" address control.host(22)
  ha   restart high
}`,
  `anti-affinity e3-apart  must  vms E3-A, E3-B`,
  `vm SQL in scada {
  os "Windows Server 2022"  vcpu 8  memory 64GB
  disk 120GB on ds-vm
  disk 800GB on ds-data  purpose data
  disk 150GB on ds-log   purpose log
  nic  eth0 on "Control" address control.host(30)
  ha   restart highest
}`,
  `vm ELIC in scada { os "Windows Server 2022"  vcpu 2  memory 4GB  disk 80GB on ds-vm  nic eth0 on "DMZ" address dmz.host(5) }`,
  `license e3-a { product "Elipse E3 Server"  softkey for E3-A  generated-on E3-A  expires 2027-06-30  renewed-by ELIC }`,
  `license e3-b { product "Elipse E3 Server"  softkey for E3-B  generated-on E3-B  expires 2027-06-30  renewed-by ELIC }`,
  `service "Process database" { database sql-server 2022 on SQL  data ds-data  log ds-log }`,
  `service "SCADA" {
  e3-domain version 6.0 {
    servers  E3-A, E3-B                      // native redundancy
    switchover 2s..30s
    project-files dfs hands-off yes
    database-sync no
  }
  needs      "Process database"
  objective  availability 99.99%  rto 1min
}`,
  `backup nightly { vms E3-A, E3-B, SQL, ELIC  every 24h  to nas-1  copy off-site "Head office"  restore-tested 2026-10-02 }`,
  `waive PWR006 on scada until 2027-06-30 because "Second server room opens in June 2027."`,
];

export const riverside = `${entries.join('\n')}\n`;
