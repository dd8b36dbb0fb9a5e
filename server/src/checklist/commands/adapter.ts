/** Commands that give hosts their adapters, and that send whole frames from them. */
import { networkOf, portgroupOf, subnetOf } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { type Command, type Line, plainWord, powercli, powershell, ps, psGet, sh, shell } from '../command.ts';
import { ipOf, netmaskOf, productOfHost } from '../show.ts';

type Host = Entity<'host'>;

/** Options of New-VMHostNetworkAdapter for what an adapter carries. */
const serviceOptions: Readonly<Record<string, string>> = {
  management: '-ManagementTrafficEnabled $true',
  vmotion: '-VMotionEnabled $true',
  'ft-logging': '-FaultToleranceLoggingEnabled $true',
  vsan: '-VsanTrafficEnabled $true',
};

export function adapterCommand(
  adapter: Entity<'vmkernel'>,
  host: Host,
  vlan: number | undefined,
  mtu: number | undefined,
  model: Model,
): readonly Command[] {
  const ip = ipOf(adapter, model);
  const services = adapter.props.services ?? [];
  switch (productOfHost(host)) {
    case 'esxi':
      return services.includes('management') ? [] : esxiAdapter(adapter, host, vlan, mtu, model);
    case 'hyperv': {
      if (adapter.parent?.kind !== 'vswitch') return [];
      const network = networkOf(adapter, model);
      const prefix = network && subnetOf(network)?.prefix;
      const alias = `vEthernet (${adapter.name})`;
      return powershell(
        'PowerShell of the host in the row',
        ps`Add-VMNetworkAdapter -ManagementOS -Name ${adapter.name} -SwitchName ${adapter.parent.name}`,
        ...(vlan === undefined || vlan === 0
          ? []
          : [
              ps`Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq ${adapter.name} } | Set-VMNetworkAdapterVlan -Access -VlanId ${vlan}`,
            ]),
        ps`New-NetIPAddress -InterfaceAlias ${alias} -IPAddress ${ip} -PrefixLength ${prefix}`,
      );
    }
    case 'xenserver':
      return services.includes('management')
        ? []
        : shell(
            'Shell of the host in the row',
            sh`xe pif-reconfigure-ip uuid=____ mode=static IP=${ip} netmask=${netmaskOf(adapter, model)}`,
            sh`xe pif-param-set uuid=____ disallow-unplug=true other-config:management_purpose=${adapter.name}`,
          );
    case 'kvm':
    case 'oraclevm':
      return shell('Shell of the host in the row', linuxAdapter(adapter, vlan, model));
    case 'proxmox':
      return shell('Shell of the host in the row', ...proxmoxAdapter(adapter, vlan, model));
    default:
      return [];
  }
}

/** `10.4.30.11/24`; undefined where a part of it is open. */
function interfaceText(adapter: Entity<'vmkernel'>, model: Model): string | undefined {
  const network = networkOf(adapter, model);
  const prefix = network && subnetOf(network)?.prefix;
  const ip = ipOf(adapter, model);
  return ip === undefined || prefix === undefined ? ip : `${ip}/${prefix}`;
}

function linuxAdapter(adapter: Entity<'vmkernel'>, vlan: number | undefined, model: Model): Line {
  const bridge = adapter.parent?.kind === 'vswitch' ? adapter.parent.name : undefined;
  const address = interfaceText(adapter, model);
  if (vlan === undefined || vlan === 0) return sh`nmcli connection modify ${bridge} ipv4.method manual ipv4.addresses ${address}`;
  return sh`nmcli connection add type vlan con-name ${`${bridge ?? '____'}.${vlan}`} dev ${bridge} id ${vlan} ipv4.method manual ipv4.addresses ${address}`;
}

function proxmoxAdapter(adapter: Entity<'vmkernel'>, vlan: number | undefined, model: Model): readonly Line[] {
  const bridge = plainWord(adapter.parent?.kind === 'vswitch' ? adapter.parent.name : undefined).quoted;
  const name = vlan === undefined || vlan === 0 ? bridge : `${bridge}.${vlan}`;
  const gateway =
    adapter.props.services?.includes('management') === true
      ? (adapter.props.gateway ?? networkOf(adapter, model)?.props.gateway)
      : undefined;
  const lines = [
    `auto ${name}`,
    `iface ${name} inet static`,
    `    address ${interfaceText(adapter, model) ?? '____'}`,
    ...(gateway === undefined ? [] : [`    gateway ${gateway}`]),
  ];
  return ['# in /etc/network/interfaces:', ...lines.map((line) => `#   ${line}`), sh`ifreload --all`];
}

function esxiAdapter(
  adapter: Entity<'vmkernel'>,
  host: Host,
  vlan: number | undefined,
  mtu: number | undefined,
  model: Model,
): readonly Command[] {
  const group = portgroupOf(adapter, model);
  const onDistributed = group?.parent?.kind === 'dvswitch';
  const label = group?.name ?? networkOf(adapter, model)?.name ?? adapter.name;
  const carried = (adapter.props.services ?? []).flatMap((service) => serviceOptions[service] ?? []).join(' ');
  const switchOf = onDistributed
    ? psGet('VDSwitch', [group?.parent?.name ?? ''])
    : psGet('VirtualSwitch', [adapter.parent?.name ?? group?.parent?.name ?? '____'], '-VMHost $h -Standard');
  const own = adapter.props.active ?? adapter.props.standby ?? adapter.props.unused;
  const nics = (refs: Entity<'vmkernel'>['props']['active']): readonly string[] =>
    (refs ?? []).map((ref) => ref.ref.at(-1) ?? '');
  const orders = [
    ...(nics(adapter.props.active).length > 0 ? [ps` -MakeNicActive ${nics(adapter.props.active)}`] : []),
    ...(nics(adapter.props.standby).length > 0 ? [ps` -MakeNicStandby ${nics(adapter.props.standby)}`] : []),
  ];
  return powercli(
    ps`$h = ${psGet('VMHost', [host.name])}`,
    ps`$sw = ${switchOf}`,
    ...(onDistributed ? [] : [ps`$pg = New-VirtualPortGroup -VirtualSwitch $sw -Name ${label} -VLanId ${vlan}`]),
    ...(own === undefined || onDistributed
      ? []
      : [
          orders.includes(undefined)
            ? undefined
            : ps`$pg | Get-NicTeamingPolicy | Set-NicTeamingPolicy${{ quoted: orders.join('') }}`,
        ]),
    ps`New-VMHostNetworkAdapter -VMHost $h -VirtualSwitch $sw -PortGroup ${label} -IP ${ipOf(adapter, model)} -SubnetMask ${netmaskOf(adapter, model)} -Mtu ${mtu ?? 1500}${{ quoted: carried === '' ? '' : ` ${carried}` }}`,
  );
}

/** An adapter and the addresses that it has to reach. */
export interface Frame {
  readonly host: Host;
  readonly adapter: Entity<'vmkernel'>;
  readonly to: readonly (string | undefined)[];
}

function ping({ host, adapter, to }: Frame, payload: number): readonly Line[] {
  const product = productOfHost(host);
  return to.flatMap((ip): Line[] => {
    switch (product) {
      case 'esxi':
        return [sh`vmkping -I ${adapter.name} -d -s ${payload} ${ip}   # on ${host.name}`];
      case 'hyperv':
        return [ps`ping.exe -f -l ${payload} ${{ quoted: ip ?? '____' }}   # on ${host.name}`];
      case 'xenserver':
      case 'kvm':
      case 'proxmox':
      case 'oraclevm':
        return [sh`ping -M do -c 4 -s ${payload} ${ip}   # on ${host.name}`];
      default:
        return [];
    }
  });
}

/** Pings with whole frames that nobody may cut. */
export function framesCommand(frames: readonly Frame[], payload: number): readonly Command[] {
  const windows = frames.filter((frame) => productOfHost(frame.host) === 'hyperv');
  const others = frames.filter((frame) => productOfHost(frame.host) !== 'hyperv');
  return [
    ...shell('Shell of the host named in the line', ...others.flatMap((frame) => ping(frame, payload))),
    ...powershell('PowerShell of the host named in the line', ...windows.flatMap((frame) => ping(frame, payload))),
  ];
}
