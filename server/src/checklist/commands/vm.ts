/** Commands that make a VM with its disks and adapters. */
import { portgroupsOf } from '../../facts/network.ts';
import { clusterOf, homeHost } from '../../facts/placement.ts';
import { childrenOf, type Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { type Command, type Line, part, plainWord, powercli, powershell, ps, psGet, type Quoted, sh, shell } from '../command.ts';
import { tagOf } from '../derive/tagging.ts';
import { GB, inGB, type Product } from '../show.ts';

type Vm = Entity<'vm'>;
type Disk = Entity<'disk'>;

/** Names that vSphere has for guests; only those that are sure. */
const guestIds: readonly (readonly [RegExp, string])[] = [
  [/windows server 2022/iu, 'windows2019srvNext_64Guest'],
  [/windows server 2019/iu, 'windows2019srv_64Guest'],
  [/windows server 2016/iu, 'windows9Server64Guest'],
  [/windows server 2012/iu, 'windows8Server64Guest'],
  [/windows 10/iu, 'windows9_64Guest'],
  [/ubuntu/iu, 'ubuntu64Guest'],
];

/** The last segment of a name: the datastore, the label. */
const last = (ref: { readonly ref: readonly string[] } | undefined): string | undefined => ref?.ref.at(-1);

const formats: Readonly<Record<string, string>> = { thin: 'Thin', thick: 'Thick', eager: 'EagerZeroedThick' };
const formatOption = (disk: Disk | undefined): Quoted => {
  const word = formats[disk?.props.format ?? ''];
  return { quoted: word === undefined ? '' : ` -DiskStorageFormat ${word}` };
};
const hardDiskFormat = (disk: Disk): Quoted => {
  const word = formats[disk.props.format ?? ''];
  return { quoted: word === undefined ? '' : ` -StorageFormat ${word}` };
};

/** An option with its value, or nothing where the design does not say it. */
const option = (name: string, value: string | number | undefined): Quoted =>
  part(value === undefined ? '' : ps` ${{ quoted: name }} ${value}`);

function esxi(vm: Vm, model: Model): readonly Command[] {
  const [system, ...disks] = childrenOf(vm, 'disk');
  const nics = childrenOf(vm, 'nic');
  const cluster = clusterOf(vm, model);
  const home = homeHost(vm, model);
  const at = home
    ? ps`-VMHost (${psGet('VMHost', [home.name])})`
    : ps`-ResourcePool (${psGet('Cluster', [cluster?.name ?? '____'])})`;
  const guest = guestIds.find(([pattern]) => pattern.test(vm.props.os ?? ''))?.[1];
  const networks = nics.flatMap((nic) => last(nic.props.on) ?? []);
  const hardware = vm.props.hardware;
  return powercli(
    ps`$vm = New-VM -Name ${vm.name} ${part(at)} -Datastore (${psGet('Datastore', [last(system?.props.on) ?? '____'])}) -NumCpu ${vm.props.vcpu} -MemoryGB ${inGB(vm.props.memory)} -DiskGB ${inGB(system?.props.size)}${formatOption(system)}${part(networks.length === 0 ? '' : ps` -NetworkName ${networks}`)}${option('-GuestId', guest)}${option('-HardwareVersion', hardware === undefined ? undefined : `vmx-${hardware}`)}`,
    ...disks.map(
      (disk): Line =>
        ps`New-HardDisk -VM $vm -CapacityGB ${inGB(disk.props.size)} -Datastore (${psGet('Datastore', [last(disk.props.on) ?? '____'])})${hardDiskFormat(disk)}`,
    ),
    ...nics.flatMap((nic, index): readonly Line[] => {
      const mac = nic.props.mac === undefined ? '' : ps` -MacAddress ${nic.props.mac}`;
      return [
        ps`Get-NetworkAdapter -VM $vm -Name ${`Network adapter ${index + 1}`} | Set-NetworkAdapter -Type ${{ quoted: adapterType(nic.props.adapter) }}${part(mac)} -Confirm:$false`,
      ];
    }),
  );
}

const adapterType = (adapter: Entity<'nic'>['props']['adapter']): string =>
  adapter === 'e1000' ? 'e1000' : adapter === 'e1000e' ? 'e1000e' : adapter === 'sr-iov' ? 'SriovEthernetCard' : 'Vmxnet3';

/** A size as PowerShell writes it: `4GB`. */
const psSize = (bytes: number | undefined): Quoted | undefined =>
  bytes === undefined ? undefined : { quoted: bytes % GB === 0 ? `${bytes / GB}GB` : String(bytes) };

function hyperv(vm: Vm, model: Model): readonly Command[] {
  const [system, ...disks] = childrenOf(vm, 'disk');
  const [nic, ...nics] = childrenOf(vm, 'nic');
  const switchOf = (each: Entity<'nic'> | undefined): string | undefined => {
    const group = each && portgroupsOf(each, model)[0];
    return group?.parent?.name ?? last(each?.props.on);
  };
  const home = homeHost(vm, model)?.name;
  const clustered = clusterOf(vm, model) !== undefined;
  const vlans = [nic, ...nics].flatMap((each): readonly Line[] => {
    const group = each && portgroupsOf(each, model)[0];
    const vlan = group && tagOf(group, model);
    return vlan === undefined || vlan === 0
      ? []
      : [
          ps`Get-VMNetworkAdapter -VM $vm | Where-Object { $_.SwitchName -eq ${switchOf(each)} } | Set-VMNetworkAdapterVlan -Access -VlanId ${vlan}`,
        ];
  });
  const maximum = (disk: Disk): Quoted => ({ quoted: disk.props.format === 'fixed' ? '-Fixed' : '-Dynamic' });
  return powershell(
    `PowerShell of ${home ?? 'one host'}`,
    ps`$vm = New-VM -Name ${vm.name} -Generation ${vm.props.generation ?? 2} -MemoryStartupBytes ${psSize(vm.props.memory)} -SwitchName ${switchOf(nic)} -NewVHDPath ____ -NewVHDSizeBytes ${psSize(system?.props.size)}   # the disk goes to ${last(system?.props.on)}`,
    ps`$vm | Set-VMProcessor -Count ${vm.props.vcpu}`,
    ...disks.map(
      (disk): Line =>
        ps`New-VHD -Path ____ -SizeBytes ${psSize(disk.props.size)} ${maximum(disk)} | ForEach-Object { Add-VMHardDiskDrive -VM $vm -Path $_.Path }   # on ${last(disk.props.on)}`,
    ),
    ...nics.map((each): Line => ps`Add-VMNetworkAdapter -VM $vm -SwitchName ${switchOf(each)}`),
    ...vlans,
    ...(nic?.props.mac === undefined
      ? []
      : [ps`$vm | Get-VMNetworkAdapter | Select-Object -First 1 | Set-VMNetworkAdapter -StaticMacAddress ${nic.props.mac}`]),
    ...(clustered ? [ps`Add-ClusterVirtualMachineRole -VirtualMachine ${vm.name}`] : []),
  );
}

const inMB = (bytes: number | undefined): number | undefined => (bytes === undefined ? undefined : Math.round(bytes / 1024 ** 2));

function proxmox(vm: Vm, model: Model): readonly Command[] {
  const nics = childrenOf(vm, 'nic');
  const disks = childrenOf(vm, 'disk');
  const net = (nic: Entity<'nic'>): Quoted => {
    const group = portgroupsOf(nic, model)[0];
    const vlan = group && tagOf(group, model);
    return {
      quoted: `virtio${nic.props.mac === undefined ? '' : `=${nic.props.mac}`},bridge=${plainWord(group?.parent?.name).quoted}${vlan === undefined || vlan === 0 ? '' : `,tag=${vlan}`}`,
    };
  };
  const id = { quoted: '____' };
  return shell(
    `Shell of ${homeHost(vm, model)?.name ?? 'one host'}`,
    sh`qm create ${id} --name ${plainWord(vm.name)} --cores ${vm.props.vcpu} --memory ${inMB(vm.props.memory)} --cpu ____ --scsihw virtio-scsi-single`,
    ...nics.map((nic, at): Line => sh`qm set ${id} --net${at} ${net(nic)}`),
    ...disks.map((disk, at): Line => sh`qm set ${id} --scsi${at} ${plainWord(last(disk.props.on))}:${inGB(disk.props.size)}`),
  );
}

function kvm(vm: Vm, model: Model): readonly Command[] {
  const disks = childrenOf(vm, 'disk').map(
    (disk): Line => sh` --disk=pool=${plainWord(last(disk.props.on))},size=${inGB(disk.props.size)},bus=virtio`,
  );
  const nics = childrenOf(vm, 'nic').map((nic): Line => {
    const group = portgroupsOf(nic, model)[0];
    return sh` --network=bridge=${plainWord(group?.parent?.name ?? last(nic.props.on))},model=virtio${{ quoted: nic.props.mac === undefined ? '' : `,mac=${nic.props.mac}` }}`;
  });
  const options = [...disks, ...nics];
  return shell(
    `Shell of ${homeHost(vm, model)?.name ?? 'one host'}`,
    options.includes(undefined)
      ? undefined
      : sh`virt-install --name=${vm.name} --vcpus=${vm.props.vcpu} --memory=${inMB(vm.props.memory)}${{ quoted: options.join('') }} --cdrom=____ --osinfo=____`,
  );
}

function xenserver(vm: Vm): readonly Command[] {
  const memory = { quoted: `${inGB(vm.props.memory) ?? '____'}GiB` };
  return shell(
    'Shell of the pool master',
    sh`vm=$(xe vm-install template=____ new-name-label=${vm.name})`,
    sh`xe vm-param-set uuid="$vm" VCPUs-max=${vm.props.vcpu}`,
    sh`xe vm-param-set uuid="$vm" VCPUs-at-startup=${vm.props.vcpu}`,
    sh`xe vm-memory-set uuid="$vm" memory=${memory}`,
    ...childrenOf(vm, 'disk').map(
      (disk, at): Line =>
        sh`xe vm-disk-add uuid="$vm" device=${at} disk-size=${{ quoted: `${inGB(disk.props.size) ?? '____'}GiB` }} sr-uuid="$(xe sr-list name-label=${last(disk.props.on)} --minimal)"`,
    ),
    ...childrenOf(vm, 'nic').map(
      (nic, at): Line =>
        sh`xe vif-create vm-uuid="$vm" device=${at} mac=${nic.props.mac ?? 'random'} network-uuid="$(xe network-list name-label=${last(nic.props.on)} --minimal)"`,
    ),
  );
}

export function vmCommand(vm: Vm, product: Product | undefined, model: Model): readonly Command[] {
  switch (product) {
    case 'esxi':
      return esxi(vm, model);
    case 'hyperv':
      return hyperv(vm, model);
    case 'proxmox':
      return proxmox(vm, model);
    case 'kvm':
      return kvm(vm, model);
    case 'xenserver':
      return xenserver(vm);
    default:
      return [];
  }
}
