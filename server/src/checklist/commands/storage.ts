/** Commands that connect hosts to storage and make datastores on it. */
import type { Backing } from '../../facts/storage.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { vmHosts } from '../alike.ts';
import { type Command, part, plainWord, powercli, powershell, ps, psGet, sh, shell } from '../command.ts';
import { ipOf, productOfHost } from '../show.ts';

type Host = Entity<'host'>;

/** iSCSI: the initiator on, the targets in, the sessions there. */
export function discoveryCommand(
  hosts: readonly Host[],
  addresses: readonly string[],
  bound: readonly string[],
  model: Model,
): readonly Command[] {
  switch (hosts[0] && productOfHost(hosts[0])) {
    case 'esxi':
      return [
        ...powercli(
          ps`foreach ($h in ${vmHosts(hosts, model)}) {`,
          ps`  Get-VMHostStorage -VMHost $h | Set-VMHostStorage -SoftwareIScsiEnabled $true`,
          ps`  $hba = Get-VMHostHba -VMHost $h -Type IScsi | Where-Object { $_.Model -like '*Software*' }`,
          ...addresses.map((address) => ps`  New-IScsiHbaTarget -IScsiHba $hba -Address ${address} -Type Send`),
          ps`  Get-VMHostStorage -VMHost $h -RescanAllHba -RescanVmfs`,
          ps`}`,
        ),
        ...shell(
          'Shell of each host',
          ...bound.map((adapter) => sh`esxcli iscsi networkportal add --adapter=____ --nic=${adapter}`),
        ),
      ];
    case 'hyperv':
      return powershell(
        'PowerShell of each host',
        ps`Set-Service -Name MSiSCSI -StartupType Automatic; Start-Service -Name MSiSCSI`,
        ps`Enable-MSDSMAutomaticClaim -BusType iSCSI`,
        ...addresses.map((address) => ps`New-IscsiTargetPortal -TargetPortalAddress ${address}`),
        ps`Get-IscsiTarget | Connect-IscsiTarget -IsPersistent $true -IsMultipathEnabled $true`,
        ps`Get-IscsiSession | Select-Object TargetNodeAddress, IsConnected, IsPersistent`,
      );
    case 'xenserver':
    case 'kvm':
    case 'proxmox':
    case 'oraclevm':
      return shell(
        'Shell of each host',
        ...addresses.map((address) => sh`iscsiadm --mode discovery --type sendtargets --portal ${address}`),
        sh`iscsiadm --mode node --login`,
        sh`iscsiadm --mode session`,
      );
    default:
      return [];
  }
}

/** The paths, and the policy where ESXi has to be told. */
export function pathCommand(hosts: readonly Host[], policy: string | undefined, model: Model): readonly Command[] {
  const policies: Readonly<Record<string, string>> = {
    'round-robin': 'RoundRobin',
    fixed: 'Fixed',
    'most-recent': 'MostRecentlyUsed',
  };
  switch (hosts[0] && productOfHost(hosts[0])) {
    case 'esxi':
      return [
        ...powercli(
          ps`foreach ($h in ${vmHosts(hosts, model)}) { Get-ScsiLun -VMHost $h -LunType disk | Select-Object VMHost, CanonicalName, MultipathPolicy, @{n='Paths';e={(Get-ScsiLunPath -ScsiLun $_).Count}} }`,
          ...(policy === undefined
            ? []
            : [
                ps`# policy ${{ quoted: policies[policy] ?? '____' }}, for the LUNs of the array only: Get-ScsiLun … | Set-ScsiLun -MultipathPolicy ${{ quoted: policies[policy] ?? '____' }}`,
              ]),
        ),
      ];
    case 'hyperv':
      return powershell('PowerShell of each host', ps`mpclaim.exe -s -d`);
    case 'xenserver':
    case 'kvm':
    case 'proxmox':
    case 'oraclevm':
      return shell('Shell of each host', sh`multipath -ll`);
    default:
      return [];
  }
}

/** Makes or mounts a datastore; only where the tool can be told all of it. */
export function datastoreCommand(
  store: Entity<'datastore'>,
  backings: readonly Backing[],
  hosts: readonly Host[],
  model: Model,
): readonly Command[] {
  const [first] = hosts;
  const { type } = store.props;
  const share = backings.find((backing) => is(backing, 'export'));
  const server = share && is(share, 'export') ? (ipOf(share, model) ?? undefined) : undefined;
  const path = share && is(share, 'export') ? share.props.path : undefined;
  switch (first && productOfHost(first)) {
    case 'esxi':
      if (type?.kind === 'vmfs') {
        return powercli(
          ps`New-Datastore -VMHost (${psGet('VMHost', [first?.name ?? ''])}) -Name ${store.name} -Vmfs -Path ____${part(type.version === undefined ? '' : ps` -FileSystemVersion ${type.version}`)}   # the canonical name (naa.…) of the LUN`,
          ...(hosts.length > 1 ? [ps`${vmHosts(hosts, model)} | Get-VMHostStorage -RescanAllHba -RescanVmfs`] : []),
        );
      }
      return type?.kind === 'nfs'
        ? powercli(
            ps`foreach ($h in ${vmHosts(hosts, model)}) { New-Datastore -VMHost $h -Name ${store.name} -Nfs -NfsHost ${server} -Path ${path} }`,
          )
        : [];
    case 'hyperv':
      if (type?.kind !== 'csv') return [];
      return powershell(
        'PowerShell of one host',
        ps`Get-ClusterAvailableDisk | Add-ClusterDisk`,
        ps`Add-ClusterSharedVolume -Name ____   # the disk that becomes ${store.name}`,
        ps`(Get-ClusterSharedVolume -Name ____).Name = ${store.name}`,
      );
    case 'xenserver':
      if (type?.kind === 'nfs' || share)
        return shell(
          'Shell of the pool master',
          sh`xe sr-create content-type=user shared=true type=nfs name-label=${store.name} device-config:server=${server} device-config:serverpath=${path}`,
        );
      if (type?.kind !== 'sr') return [];
      return shell(
        'Shell of the pool master',
        sh`xe sr-create content-type=user shared=true type=lvmoiscsi name-label=${store.name} device-config:target=____ device-config:targetIQN=____ device-config:SCSIid=____`,
      );
    case 'proxmox':
      if (type?.kind === 'nfs')
        return shell(
          'Shell of one host',
          sh`pvesm add nfs ${plainWord(store.name)} --server ${server} --export ${path} --content images`,
        );
      if (type?.kind === 'ceph')
        return shell('Shell of one host', sh`pveceph pool create ${plainWord(store.name)} --size 3 --min_size 2 --add_storages`);
      return [];
    case 'kvm':
      return type?.kind === 'nfs'
        ? shell(
            'Shell of each host',
            sh`virsh pool-define-as --name=${store.name} --type=netfs --source-host=${server} --source-path=${path} --target=____`,
            sh`virsh pool-start --pool=${store.name}`,
            sh`virsh pool-autostart --pool=${store.name}`,
          )
        : [];
    default:
      return [];
  }
}
