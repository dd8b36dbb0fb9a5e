import { networkOf, subnetOf, vmkernelsFor } from '../../../facts/network.ts';
import { clusterOf } from '../../../facts/placement.ts';
import { type Entity, is } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { alikeHosts, forAll, them } from '../../alike.ts';
import { type Command, type Line, part, powershell, ps, sh, shell } from '../../command.ts';
import { checkLines, installSteps } from '../../commands/install.ts';
import { tagOf, tagText } from '../../derive/tagging.ts';
import { addressText, called, ipOf, netmaskOf, platformText, productOfHost, vlanText } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, codes, only, say } from '../../text.ts';

type Host = Entity<'host'>;

export const install = defineTask({
  id: 'hypervisor/install',
  phase: 'hypervisor',
  title: 'Installation',
  role: 'virtualization engineer',
  record: 'build number of each host, checksum of the image',
  closes: ['HWC005', 'HWC007', 'STO042', 'VMX026'],
  *items(model) {
    for (const group of alikeHosts(model, (host) => [
      host.props.hypervisor,
      host.props.boot,
      host.props.reserve,
      host.props.domain,
      clusterOf(host, model) !== undefined,
    ])) {
      const { first, members } = group;
      yield {
        ...forAll(group),
        prop: 'hypervisor',
        what: say`Install ${platformText(first)} on ${them(members)}.`,
        detail: installSteps(first, model),
        expected: members.length > 1 ? say`The same build on all of them: ${undefined}` : say`Build: ${undefined}`,
        commands: checkLines(first, model),
      };
    }
  },
});

/** What carries the management address: an adapter of its own, or the host as such. */
const managementOf = (host: Host): Entity<'vmkernel'> | Host => vmkernelsFor(host, 'management')[0] ?? host;

function addressCommand(host: Host, at: Entity<'vmkernel'> | Host, model: Model): readonly Command[] {
  const ip = ipOf(at, model);
  const network = networkOf(at, model);
  const gateway = (is(at, 'vmkernel') ? at.props.gateway : undefined) ?? network?.props.gateway;
  const dns = host.props.dns ?? network?.props.dns ?? [];
  const mask = netmaskOf(at, model);
  const prefix = network && subnetOf(network)?.prefix;
  const vlan = is(at, 'vmkernel') ? tagOf(at, model) : network?.props.vlan;
  const where = 'Console of the host in the row';
  switch (productOfHost(host)) {
    case 'esxi':
      return shell(
        where,
        sh`esxcli system hostname set --host=${host.name}`,
        ...(vlan === undefined || vlan === 0
          ? []
          : [sh`esxcli network vswitch standard portgroup set --portgroup-name='Management Network' --vlan-id=${vlan}`]),
        sh`esxcli network ip interface ipv4 set --interface-name=${is(at, 'vmkernel') ? at.name : 'vmk0'} --type=static --ipv4=${ip} --netmask=${mask} --gateway=${gateway}`,
        ...dns.map((server): Line => sh`esxcli network ip dns server add --server=${server}`),
      );
    case 'hyperv':
      return powershell(
        where,
        ps`Rename-Computer -NewName ${host.name}`,
        ps`New-NetIPAddress -InterfaceAlias ____ -IPAddress ${ip} -PrefixLength ${prefix}${{ quoted: gateway === undefined ? '' : ` -DefaultGateway '${gateway}'` }}   # the adapter that is cabled now${is(at, 'vmkernel') ? part(ps`; the address moves to ${`vEthernet (${at.name})`} with the virtual switch`) : ''}`,
        ps`Set-DnsClientServerAddress -InterfaceAlias ____ -ServerAddresses ${dns}`,
      );
    case 'xenserver':
      return shell(
        where,
        sh`xe host-param-set uuid="$(xe host-list hostname="$(hostname)" --minimal)" name-label=${host.name}`,
        sh`xe pif-reconfigure-ip uuid=____ mode=static IP=${ip} netmask=${mask} gateway=${gateway} DNS=${dns[0]}`,
      );
    case 'kvm':
    case 'oraclevm':
      return shell(
        where,
        sh`hostnamectl set-hostname ${host.name}`,
        sh`nmcli connection modify ____ ipv4.method manual ipv4.addresses ${ip === undefined || prefix === undefined ? ip : `${ip}/${prefix}`} ipv4.gateway ${gateway} ipv4.dns ${dns.join(',') || undefined}   # the connection that is cabled now`,
      );
    case 'proxmox':
      return shell(where, sh`hostnamectl hostname ${host.name}`, sh`hostname --ip-address   # has to say ${ip}`);
    default:
      return [];
  }
}

export const addresses = defineTask({
  id: 'hypervisor/address',
  phase: 'hypervisor',
  title: 'Names and management addresses',
  role: 'virtualization engineer',
  record: 'screenshot of the network settings; the name resolves both ways',
  expected:
    'the host answers on its address and its name, from the administrator’s computer and from nowhere that it should not.',
  intro: 'Static addresses. The A and PTR records exist before the host is added to its manager.',
  columns: ['Host', 'On', 'Address', 'VLAN', 'Gateway', 'DNS'],
  closes: ['ADR001', 'ADR009', 'ADR010'],
  *items(model) {
    for (const host of model.all('host')) {
      const at = managementOf(host);
      const network = networkOf(at, model);
      const vlan = is(at, 'vmkernel') ? tagText(at, model) : vlanText(network?.props.vlan);
      yield {
        subject: at,
        prop: 'address',
        what: [
          called(host, model),
          [is(at, 'vmkernel') ? code(at.name) : code(undefined)],
          [code(addressText(at, model))],
          only(vlan),
          [code((is(at, 'vmkernel') ? at.props.gateway : undefined) ?? network?.props.gateway)],
          codes(host.props.dns ?? network?.props.dns ?? []),
        ],
        commands: addressCommand(host, at, model),
      };
    }
  },
});
