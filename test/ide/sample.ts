/** A small plant that uses most of the language: what the tests of editor features stand on. */
export const plant = `lintel 1
site plant "Riverside plant" {
  rack r1 units 42 { feed A from ups-a; feed B from ups-b }
  ups ups-a capacity 6kVA
  ups ups-b capacity 6kVA
}
network admin    purpose management  vlan 10   subnet 10.4.10.0/24   gateway 10.4.10.1
network moving   purpose vmotion     vlan 30   subnet 10.4.30.0/24
network control  purpose production  vlan 100  subnet 10.4.100.0/22  gateway 10.4.100.1
switch sw-a model "Catalyst 9300-48T" ports 48 speed 1Gbps uplink-ports 8 speed 10Gbps psu A, B rack r1
array san-1 rack r1 {
  pool fast raid 10 disks 8 x 1.92TB ssd
  lun vmfs-1 size 4TB in fast
}
datastore ds-vm vmfs 6 on san-1.vmfs-1
let first = 10
/// Six ports, two of them for the plant
profile esxi of host {
  hypervisor esxi 8.0u3
  model "PowerEdge R660"
  cpu 2 x "Xeon Gold 6426Y" cores 16
  memory 256GB
  nic vmnic[0..3] speed 10Gbps
  vswitch vSwitch0 uplinks vmnic0, vmnic1 {
    vmkernel vmk0 on admin services management
    vmkernel vmk1 on moving services vmotion active vmnic0 standby vmnic1
  }
  vswitch vSwitch1 uplinks vmnic2, vmnic3 {
    portgroup "VM Network" on control
  }
}
host esx[i in 1..3] : esxi {
  rack r1
  vmk0 address admin.host(first + i)
  vmk1 address moving.host(10 + i)
  nic vmnic0 port sw-a/(i)
}
host esx9 : esxi {
  memory 512GB
  vmk0 address admin.host(19)
  nic vmnic0 port sw-a/u1
}
cluster scada hosts esx[1..3], esx9 { ha admission reserve 34% heartbeat ds-vm }
vm E3-A in scada {
  os "Windows Server 2022"; vcpu 4; memory 16GB
  disk 120GB on ds-vm
  nic eth0 on "VM Network" address control.host(21)
}
vm E3-B in scada { os "Windows Server 2022"; memory 16GB; nic eth0 on "VM Network" address control.host(22) }
anti-affinity e3-apart must vms E3-A, E3-B
backup nightly vms E3-* every 24h
waive NET023 on esx1.vmk0 until 2027-06-30 because "An example."
`;
