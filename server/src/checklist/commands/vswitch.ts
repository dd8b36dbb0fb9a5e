/** Commands that build virtual switches and port groups, for each hypervisor that has any. */
import type { Uplinks, VirtualSwitch } from '../../facts/network.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { vmHosts } from '../alike.ts';
import {
  type Command,
  isUnsafe,
  type Line,
  part,
  plainWord,
  powercli,
  powershell,
  ps,
  psGet,
  type Quoted,
  sh,
  shell,
} from '../command.ts';
import { type Product, productOfHost } from '../show.ts';

type Host = Entity<'host'>;

const policies: Readonly<Record<string, string>> = {
  'active-active': 'LoadBalanceSrcId',
  'active-standby': 'ExplicitFailover',
  explicit: 'ExplicitFailover',
  'ip-hash': 'LoadBalanceIP',
  'mac-hash': 'LoadBalanceSrcMac',
  'load-based': 'LoadBalanceLoadBased',
};

const productOf = (hosts: readonly Host[]): Product | undefined => hosts[0] && productOfHost(hosts[0]);

const names = (nics: readonly Entity<'nic'>[]): readonly string[] => nics.map((nic) => nic.name);

/** `-MakeNicActive 'vmnic0' -MakeNicStandby 'vmnic1'`; nothing where the order is open. */
function order(uplinks: Uplinks | undefined): Quoted {
  if (!uplinks?.known) return { quoted: '' };
  const options = [
    ['-MakeNicActive', uplinks.active],
    ['-MakeNicStandby', uplinks.standby],
    ['-MakeNicUnused', uplinks.unused],
  ] as const;
  const lines = options.flatMap(([option, nics]) => (nics.length === 0 ? [] : [ps` ${{ quoted: option }} ${names(nics)}`]));
  return lines.includes(undefined) ? part(undefined) : { quoted: lines.join('') };
}

const accepts = (value: 'accept' | 'reject' | undefined): boolean => value === 'accept';

function security(policy: Entity<'vswitch'>['props']['security'], of: Quoted): readonly Line[] {
  if (!policy) return [];
  return [
    ps`${of} | Get-SecurityPolicy | Set-SecurityPolicy -AllowPromiscuous ${accepts(policy.promiscuous)} -ForgedTransmits ${accepts(policy['forged-transmits'])} -MacChanges ${accepts(policy['mac-changes'])}`,
  ];
}

/** The virtual switch of the hosts, whether it is there already (vSwitch0) or not. */
export function vswitchCommand(
  device: Entity<'vswitch'>,
  own: VirtualSwitch,
  hosts: readonly Host[],
  uplinks: Uplinks,
  teaming: string | undefined,
  model: Model,
): readonly Command[] {
  const nics = names(own.uplinks);
  switch (productOf(hosts)) {
    case 'esxi': {
      const made =
        device.name === 'vSwitch0'
          ? psGet('VirtualSwitch', [device.name], '-VMHost $h -Standard')
          : part(ps`New-VirtualSwitch -VMHost $h -Name ${device.name}`);
      const policy = teaming === undefined ? undefined : policies[teaming];
      const teams: readonly Line[] =
        nics.length < 2
          ? []
          : [
              ps`  $sw | Get-NicTeamingPolicy | Set-NicTeamingPolicy${{ quoted: policy === undefined ? '' : ` -LoadBalancingPolicy ${policy}` }}${order(uplinks)}`,
            ];
      return powercli(
        ps`foreach ($h in ${vmHosts(hosts, model)}) {`,
        ps`  $sw = ${made} | Set-VirtualSwitch -Nic ${nics} -Mtu ${device.props.mtu ?? 1500} -Confirm:$false`,
        ...teams,
        ...security(device.props.security, { quoted: '  $sw' }),
        ps`}`,
      );
    }
    case 'hyperv': {
      const kind = device.props.type;
      const line =
        kind === 'internal' || kind === 'private'
          ? ps`New-VMSwitch -Name ${device.name} -SwitchType ${{ quoted: kind === 'internal' ? 'Internal' : 'Private' }}`
          : ps`New-VMSwitch -Name ${device.name} -NetAdapterName ${nics} -AllowManagementOS $false${{ quoted: nics.length > 1 || teaming === 'switch-embedded' ? ' -EnableEmbeddedTeaming $true' : '' }}`;
      return powershell('PowerShell of each host', line);
    }
    case 'xenserver':
      return shell(
        'Shell of the pool master',
        sh`net=$(xe network-create name-label=${device.name})`,
        ...(nics.length > 1
          ? [sh`xe bond-create network-uuid="$net" pif-uuids=____ mode=${bondMode(teaming)}   # the PIFs of ${nics} on each host`]
          : []),
      );
    case 'kvm':
    case 'oraclevm':
      return shell('Shell of each host', ...linuxBridge(device.name, nics, teaming, device.props.mtu));
    case 'proxmox':
      return shell(
        'Shell of each host',
        ...proxmoxBridge(hosts[0], device, nics, teaming),
        sh`ifreload --all`,
        sh`ip -details link show dev ${device.name}`,
      );
    default:
      return [];
  }
}

const bondMode = (teaming: string | undefined): string =>
  teaming === 'lacp' ? 'lacp' : teaming === 'active-standby' || teaming === 'explicit' ? 'active-backup' : 'balance-slb';

const linuxMode = (teaming: string | undefined): string => (teaming === 'lacp' ? '802.3ad' : 'active-backup');

function linuxBridge(
  bridge: string,
  nics: readonly string[],
  teaming: string | undefined,
  mtu: number | undefined,
): readonly Line[] {
  const [first] = nics;
  const bond = `bond-${bridge}`;
  const size = { quoted: mtu === undefined ? '' : ` ethernet.mtu ${mtu}` };
  return [
    sh`nmcli connection add type bridge con-name ${bridge} ifname ${bridge}${size}`,
    ...(nics.length < 2
      ? [sh`nmcli connection add type ethernet con-name ${`${bridge}-port`} ifname ${first} master ${bridge}${size}`]
      : [
          sh`nmcli connection add type bond con-name ${bond} ifname ${bond} bond.options mode=${{ quoted: linuxMode(teaming) }} master ${bridge}${size}`,
          ...nics.map(
            (nic) => sh`nmcli connection add type ethernet con-name ${`${bond}-${nic}`} ifname ${nic} master ${bond}${size}`,
          ),
        ]),
  ];
}

/** Interface names of Linux are plain words; anything else cannot stand in the file and stays open. */
function proxmoxBridge(
  host: Host | undefined,
  device: Entity<'vswitch'>,
  nics: readonly string[],
  teaming: string | undefined,
): readonly Line[] {
  if (!host || [device.name, ...nics].some(isUnsafe)) return [undefined];
  const bridge = plainWord(device.name).quoted;
  const ports = nics.map((nic) => plainWord(nic).quoted).join(' ') || 'none';
  const bond =
    nics.length > 1
      ? [
          `auto bond-${bridge}`,
          `iface bond-${bridge} inet manual`,
          `    bond-slaves ${ports}`,
          `    bond-mode ${linuxMode(teaming)}`,
        ]
      : [];
  const lines = [
    ...bond,
    `auto ${bridge}`,
    `iface ${bridge} inet manual`,
    `    bridge-ports ${nics.length > 1 ? `bond-${bridge}` : ports}`,
    '    bridge-stp off',
    '    bridge-vlan-aware yes',
  ];
  return ['# in /etc/network/interfaces:', ...lines.map((line) => `#   ${line}`)];
}

export function dvswitchCommand(
  device: Entity<'dvswitch'>,
  hosts: readonly Host[],
  uplinks: number,
  model: Model,
): readonly Command[] {
  if (productOf(hosts) !== 'esxi') return [];
  const release = device.props.release;
  return powercli(
    ps`$vds = New-VDSwitch -Name ${device.name} -Location (Get-Datacenter -Name ____) -NumUplinkPorts ${Math.max(1, uplinks)} -Mtu ${device.props.mtu ?? 1500}${part(release === undefined ? '' : ps` -Version ${release}`)}`,
    ps`foreach ($h in ${vmHosts(hosts, model)}) {`,
    ps`  Add-VDSwitchVMHost -VDSwitch $vds -VMHost $h`,
    ps`  Add-VDSwitchPhysicalNetworkAdapter -DistributedSwitch $vds -VMHostPhysicalNic (Get-VMHostNetworkAdapter -VMHost $h -Physical -Name ${(device.props.uplinks ?? []).map((ref) => ref.ref.at(-1) ?? '')}) -Confirm:$false`,
    ps`}`,
  );
}

export function portgroupCommand(
  group: Entity<'portgroup'>,
  vlan: number | undefined,
  uplinks: Uplinks | undefined,
  hosts: readonly Host[],
  model: Model,
): readonly Command[] {
  if (is(group.parent, 'dvswitch')) {
    if (productOf(model.resolveAll(group.parent.props.hosts, group.parent, 'host')) !== 'esxi') return [];
    const load = group.props.teaming === undefined ? undefined : policies[group.props.teaming];
    return powercli(
      ps`$pg = New-VDPortgroup -VDSwitch (${psGet('VDSwitch', [group.parent.name])}) -Name ${group.name} -VlanId ${vlan}`,
      ...(load === undefined
        ? []
        : [ps`$pg | Get-VDUplinkTeamingPolicy | Set-VDUplinkTeamingPolicy -LoadBalancingPolicy ${{ quoted: load }}`]),
      ...security(group.props.security, { quoted: '$pg' }).map((line) => line?.replaceAll('SecurityPolicy', 'VDSecurityPolicy')),
    );
  }
  if (productOf(hosts) === 'esxi') {
    const overrides = group.props.active ?? group.props.standby ?? group.props.unused ?? group.props.teaming;
    const policy = group.props.teaming === undefined ? '' : ` -LoadBalancingPolicy ${policies[group.props.teaming] ?? '____'}`;
    return powercli(
      ps`foreach ($h in ${vmHosts(hosts, model)}) {`,
      ps`  $pg = New-VirtualPortGroup -VirtualSwitch (${psGet('VirtualSwitch', [group.parent?.name ?? '____'], '-VMHost $h -Standard')}) -Name ${group.name} -VLanId ${vlan}`,
      ...(overrides === undefined
        ? []
        : [ps`  $pg | Get-NicTeamingPolicy | Set-NicTeamingPolicy${{ quoted: policy }}${order(uplinks)}`]),
      ...security(group.props.security, { quoted: '  $pg' }),
      ps`}`,
    );
  }
  return [];
}
