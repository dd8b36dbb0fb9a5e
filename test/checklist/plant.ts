/** A small plant with one of everything, on five hypervisors, under names of the test's choice. */
import { checklistFor } from '../../server/src/analysis/checklist.ts';
import type { Checklist, Item } from '../../server/src/checklist/build.ts';
import { renderMarkdown } from '../../server/src/checklist/render/markdown.ts';
import { plainText, type Text } from '../../server/src/checklist/text.ts';
import { quoteString } from '../../server/src/values/name.ts';
import { mainUri, open } from '../kit/lintel.ts';

/** The checklist of a design. */
export function listOf(text: string): Checklist {
  const { workspace } = open(text);
  const [design] = workspace.designs(mainUri);
  if (!design) throw new Error('no design');
  return checklistFor(workspace, design);
}

export const markdownOf = (text: string): string => renderMarkdown(listOf(text));

export const itemsOf = (list: Checklist): readonly Item[] =>
  list.phases.flatMap((phase) => phase.groups.flatMap((group) => group.items));

/** Everything that an item says, as one line of plain words. */
export function words(item: Item): string {
  const cells = item.what.length > 0 && Array.isArray(item.what[0]) ? (item.what as readonly Text[]) : [item.what as Text];
  return [...cells, ...item.detail, ...(item.expected ? [item.expected] : [])].map(plainText).join(' · ');
}

/** The items of a task. */
export const itemsOfTask = (list: Checklist, task: string): readonly Item[] =>
  list.phases.flatMap((phase) => phase.groups.filter((group) => group.task === task).flatMap((group) => group.items));

/** The one item whose words hold all of some words. */
export function find(list: Checklist, ...parts: readonly string[]): Item {
  const found = itemsOf(list).filter((item) => parts.every((part) => words(item).includes(part)));
  if (found.length !== 1 || !found[0])
    throw new Error(`${found.length} items with ${parts.join(' + ')}:\n${found.map(words).join('\n')}`);
  return found[0];
}

/** @param name gives each thing its name; `say` gives each text its words */
export function plant(
  name: (plain: string) => string = (plain) => plain,
  say: (plain: string) => string = (plain) => plain,
): string {
  const n = (plain: string): string => quoteString(name(plain));
  const t = (plain: string): string => quoteString(say(plain));
  let number = 0;
  const host = (id: string, product: string, extra = ''): string => {
    number += 1;
    return `host ${n(id)} {
  hypervisor ${product}
  model ${t('PowerEdge R660')}
  cpu 2 x "Xeon Gold 6426Y" cores 16
  memory 256GB
  psu ${n('A')}, ${n('B')}
  rack ${n('r1')}
  note ${t('Handle with care')}
  nic ${n('nic0')} speed 10Gbps model ${t('Intel X710')} port ${n('sw-a')}/${number}
  nic ${n('nic1')} speed 10Gbps port ${n('sw-b')}/${number}
  vswitch ${n('vs')} uplinks ${n('nic0')}, ${n('nic1')} teaming active-standby {
    portgroup ${n('Control')} on ${n('control')}
    vmkernel ${n('mgmt')} on ${n('admin')} services management address ${n('admin')}.host(${number + 10})
    vmkernel ${n('move')} on ${n('migration')} services vmotion address ${n('migration')}.host(${number + 10}) active ${n('nic1')} standby ${n('nic0')}
  }
  ${extra}
}
`;
  };
  return `lintel 1
/// ${say('A plant for the tests').replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')}
design ${n('riverside')} ${t('Riverside')} { owner ${t('OT')}; revision ${t('B')}; date 2026-11-20 }
site ${n('site')} ${t('The plant')} { room ${n('room')} { ups ${n('ups-a')} capacity 6kVA runtime 20min shutdown yes
  ups ${n('ups-b')} capacity 6kVA runtime 20min
  pdu ${n('pdu-a')} from ${n('ups-a')} outlets 12
  rack ${n('r1')} units 42 { feed ${n('A')} from ${n('pdu-a')}; feed ${n('B')} from ${n('ups-b')} } } }
network ${n('admin')} purpose management vlan 10 subnet 10.4.10.0/24 gateway 10.4.10.1
network ${n('migration')} purpose vmotion vlan 30 subnet 10.4.30.0/24
network ${n('storage')} purpose iscsi vlan 21 subnet 10.4.21.0/24 mtu 9000
network ${n('control')} purpose production vlan 100 subnet 10.4.100.0/24 gateway 10.4.100.1 zone ${t('level-3')} level 3
network ${n('office')} purpose production vlan 200 subnet 10.4.200.0/24 gateway 10.4.200.1 zone ${t('level-5')} level 5
switch ${n('sw-a')} model ${t('Catalyst')} ports 48 speed 10Gbps psu ${n('A')}, ${n('B')} rack ${n('r1')} { port 1..20 trunk 10, 30, 100 mtu 9216 }
switch ${n('sw-b')} model ${t('Catalyst')} ports 48 speed 10Gbps psu ${n('A')} rack ${n('r1')}
stack ${n('core')} members ${n('sw-a')}, ${n('sw-b')} type stack
router ${n('fw')} connects ${n('control')}, ${n('office')} port ${n('sw-a')}/45
link ${n('trunk')} from ${n('sw-a')}/47 to ${n('sw-b')}/47 speed 10Gbps
fabric ${n('fab')} switches ${n('sw-a')} speed 32Gbps
array ${n('san-1')} model ${t('ME5024')} psu ${n('A')}, ${n('B')} rack ${n('r1')} replicates ${n('san-2')} {
  controller ${n('CA')} { port ${n('p0')} address ${n('storage')}.host(10) port ${n('sw-a')}/40 }
  controller ${n('CB')} { port ${n('p1')} fabric ${n('fab')} wwpn 50:06:01:60:3b:a0:11:22 }
  pool ${n('fast')} raid 10 disks 8 x 1.92TB ssd spare 1
  lun ${n('lun0')} size 4TB in ${n('fast')}
  export ${n('share')} path ${t('/vol/vms')} size 1TB in ${n('fast')} root-access yes
}
array ${n('san-2')}
datastore ${n('ds')} vmfs 6 on ${n('lun0')}
datastore ${n('nfs')} nfs 3 on ${n('share')}
${host(
  'e1',
  'esxi 8.0u3',
  `vmkernel ${n('iscsi')} on ${n('storage')} services iscsi address ${n('storage')}.host(21)
  hba ${n('hba0')} type fc fabric ${n('fab')} wwpn 50:06:01:60:3b:a0:11:23
  gpu ${n('gpu0')} model ${t('NVIDIA A2')}
  usb ${n('usb1')} device 0529:0001
  disk ${n('local')} 960GB count 2 raid 1 type ssd
  syslog ${t('udp://10.4.10.5')}
  ntp ${t('10.4.10.1')}, ${t('10.4.10.2')}
  out-of-band 10.4.12.11
  vswitch ${n('priv')} type private { portgroup ${n('inner')} on ${n('control')} }`,
)}
${host('f1', 'esxi 8.0u3')}
${host('h1', 'hyperv 2022', `domain ${t('plant.local')}`)}
${host('h2', 'hyperv 2022')}
${host('p1', 'proxmox 8.2')}
${host('p2', 'proxmox 8.2')}
${host('x1', 'xenserver 8.2')}
${host('k1', 'kvm 9')}
dvswitch ${n('dvs')} hosts ${n('e1')}, ${n('f1')} uplinks ${n('nic0')} release ${t('8.0.0')} { portgroup ${n('wide')} on ${n('control')} security promiscuous reject }
cluster ${n('c-esx')} hosts ${n('e1')}, ${n('f1')} { ha admission reserve 50% heartbeat ${n('ds')} isolation-address 10.4.10.1 isolation-response shutdown
  drs fully-automated
  evc ${t('intel-icelake')} }
cluster ${n('c-hv')} hosts ${n('h1')}, ${n('h2')} { ha on
  witness ${t('share on the NAS')}
  live-migration yes }
cluster ${n('c-pve')} hosts ${n('p1')}, ${n('p2')} { ha on
  witness ${t('qdevice')} }
cluster ${n('c-xen')} hosts ${n('x1')} { ha heartbeat ${n('ds')} }
${['esx', 'hv', 'pve', 'xen']
  .map(
    (each, at) => `vm ${n(`vm-${each}`)} in ${n(`c-${each}`)} {
  os ${t('Windows Server 2022')}
  vcpu 4
  memory 16GB
  note ${t('The VM')}
  disk 120GB on ${n('ds')}
  disk ${n('more')} 80GB on ${n('nfs')} purpose data
  nic ${n('eth0')} on ${n('Control')} address ${n('control')}.host(${at + 40}) mac 00:50:56:01:02:0${at}
  ha restart high
}`,
  )
  .join('\n')}
vm ${n('vm-kvm')} on ${n('k1')} { vcpu 2; memory 4GB; disk 20GB on ${n('ds')}; nic ${n('eth0')} on ${n('Control')} }
vm ${n('vm-b')} in ${n('c-esx')} { vcpu 2; memory 4GB; pin must ${n('e1')}; ha off; start-after ${n('vm-esx')} }
vm ${n('vm-ft')} in ${n('c-esx')} { vcpu 2; memory 4GB; ft yes }
anti-affinity ${n('apart')} must vms ${n('vm-esx')}, ${n('vm-ft')}
affinity ${n('near')} should vms ${n('vm-hv')} hosts ${n('h1')}
physical ${n('notebook')} ${t('Spare notebook')} { os ${t('Windows 11')}; memory 16GB; runs hyperv; standby-for ${n('k1')}; on ${n('office')}; address 10.4.200.9 }
physical ${n('old')} { os ${t('Windows Server 2008')}; on ${n('office')} }
migration ${n('move-old')} from ${n('old')} to ${n('vm-kvm')} tool ${t('Disk2vhd')} mode offline window 8h rollback ${t('Switch it on again')}
usbhub ${n('hub')} model ${t('AnywhereUSB')} psu ${n('A')}, ${n('B')} rack ${n('r1')} address ${n('office')}.host(20) on ${n('office')} { nic ${n('eth0')} port ${n('sw-a')}/42
  nic ${n('eth1')} port ${n('sw-b')}/42 }
license ${n('key-hub')} { product ${t('Historian')}; hardkey at ${n('hub')}/1 for ${n('vm-hv')} }
license ${n('key-host')} { product ${t('Reports')}; hardkey at ${n('e1')}/${n('usb1')} for ${n('vm-b')} }
license ${n('soft')} { product ${t('Elipse E3 Server')}; softkey for ${n('vm-esx')} generated-on ${n('vm-esx')} expires 2027-06-30 renewed-by ${n('vm-hv')} }
license ${n('win')} { product ${t('Windows Server')}; cores 64; for ${n('c-esx')} }
service ${n('Database')} { database sql-server 2022 on ${n('vm-esx')} data ${n('ds')} log ${n('nfs')}
  objective availability 99.9% rto 5min }
service ${n('SCADA')} { e3-domain version 6.0 servers ${n('vm-esx')}, ${n('vm-hv')} switchover 3s..8s project-files dfs hands-off yes
  needs ${n('Database')}
  objective availability 99.99% rto 1min rpo 0s }
service ${n('Directory')} { active-directory ${t('plant.local')} controllers ${n('vm-pve')}, ${n('vm-xen')} }
service ${n('Cluster')} { failover-cluster nodes ${n('vm-hv')}, ${n('vm-esx')} heartbeat ${n('migration')} witness ${t('disk')} }
service ${n('Files')} { on ${n('vm-pve')}; file-server dfs yes shares ${t('projects')} }
service ${n('Plant')} { plant-manager server ${n('vm-hv')} database ${n('vm-esx')} interfaces ${n('vm-pve')} data ${n('ds')} log ${n('nfs')} }
service ${n('Manager')} { on ${n('vm-b')}; vcenter yes; licence-manager yes }
backup ${n('nightly')} ${t('Every night')} { vms ${n('vm-esx')}, ${n('vm-hv')}; every 24h; keep 30d; to ${t('NAS')}; copy off-site ${t('Head office')}; tool ${t('Veeam')} }
waive PWR006 on ${n('c-esx')} until 2027-06-30 because ${t('The second room opens in June.')}
`;
}
