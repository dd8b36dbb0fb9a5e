/** What each hypervisor wants when it is installed, beside what all of them want. */
import { vmkernelsFor } from '../../facts/network.ts';
import { clusterOf, hostsOf } from '../../facts/placement.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { type Command, powershell, ps, sh, shell } from '../command.ts';
import { type Product, productOfHost, size } from '../show.ts';
import { say, type Text } from '../text.ts';

type Host = Entity<'host'>;

/** Storage over IP or Fibre Channel: more than one path. */
const hasPaths = (host: Host): boolean =>
  vmkernelsFor(host, 'iscsi').length > 0 || host.children.some((child) => child.kind === 'hba');

const bootText = (host: Host): Text => {
  const { boot } = host.props;
  const names = {
    disk: 'a local disk',
    m2: 'the M.2 mirror',
    usb: 'a USB stick',
    sd: 'an SD card',
    san: 'a LUN of the array',
    pxe: 'the network',
  } as const;
  return say`${boot?.device === undefined ? undefined : names[boot.device]}${boot?.size === undefined ? '' : ` (${size(boot.size)})`}`;
};

const smallBoot = (host: Host): boolean => host.props.boot?.device === 'usb' || host.props.boot?.device === 'sd';

/** The parent partition, dom0, or what the host keeps for itself. */
const reserveText = (host: Host): Text => say`${size(host.props.reserve?.memory)}`;

const steps: Readonly<Record<Product, (host: Host, model: Model) => readonly Text[]>> = {
  esxi: (host) => [
    say`Image of the server’s vendor, with its CIM providers and drivers`,
    say`On ${bootText(host)}, at least 32 GB, of its own: no datastore of VMs on it`,
    ...(smallBoot(host) ? [say`Scratch and coredump on a persistent disk: ${undefined} (a stick or card wears out)`] : []),
  ],
  hyperv: (host, model) => [
    say`Server Core or Hyper-V Server, on ${bootText(host)}; Hyper-V is the only role of the parent partition`,
    say`Roles: Hyper-V${clusterOf(host, model) ? ', Failover Clustering' : ''}${hasPaths(host) ? ', Multipath I/O' : ''}; remote management tools on an administrator’s computer`,
    say`The parent partition keeps ${reserveText(host)} of memory`,
    say`${host.props.domain === undefined ? say`Domain ${undefined}, or workgroup` : say`Member of domain ${host.props.domain}`}; the same updates on all hosts`,
  ],
  xenserver: (host) => [
    say`On ${bootText(host)}; the same version, hotfixes and supplemental packs on all hosts`,
    say`Memory of dom0: ${reserveText(host)}`,
    say`Join the pool first, bond the management adapters after that`,
  ],
  kvm: (host) => [
    say`On ${bootText(host)}; the flag vmx or svm shows up in /proc/cpuinfo`,
    say`Bridges and storage paths have the same names on all hosts`,
    say`The engine, if there is one, runs on a host outside of the cluster, or self-hosted on two hosts at least; fence agents are tried out`,
  ],
  proxmox: (host, model) => [
    say`On ${bootText(host)}; the final host name is set before the cluster is made, and never changes after that`,
    say`Time is synchronized before the cluster is made`,
    say`Corosync: link 0 on an adapter of its own, link 1 on another network`,
    ...(hostCount(host, model) === 2
      ? [say`Two nodes: a QDevice gives the third vote: ${clusterOf(host, model)?.props.witness}`]
      : []),
    say`Watchdog: ${host.props.watchdog === true ? 'the hardware watchdog of the host' : 'softdog, unless the host has one of its own'}`,
  ],
  oraclevm: (host) => [
    say`On ${bootText(host)}; the manager runs on a machine outside of the pool`,
    say`Server pool with a small pool file system of its own; power management set up for each host`,
  ],
  nutanix: (host, model) => [
    say`With Foundation, at the vendor’s release; ${hostCount(host, model) === 2 ? 'two nodes and a witness' : 'three nodes or more'}`,
    say`Name and time servers outside of the cluster`,
  ],
  everrun: () => [
    say`Two nodes; priv0 and both A-Links (10 Gbps) cabled directly, before power on`,
    say`Quorum server at a third place: ${undefined}`,
  ],
  'vmware-workstation': () => [say`On a computer with its own operating system: for tests only`],
  virtualbox: () => [say`On a computer with its own operating system: for tests only`],
};

const hostCount = (host: Host, model: Model): number => {
  const cluster = clusterOf(host, model);
  return cluster ? hostsOf(cluster, model).length : 1;
};

export function installSteps(host: Host, model: Model): readonly Text[] {
  const product = productOfHost(host);
  if (product === undefined) return [say`The design does not say which hypervisor runs here: ${undefined}`];
  const tolerant =
    host.props['fault-tolerant'] === true
      ? [say`Fault-tolerant hardware: install by the vendor’s procedure, with both halves in service`]
      : [];
  return [...steps[product](host, model), ...tolerant];
}

const features = (host: Host, model: Model): readonly string[] => [
  'Hyper-V',
  ...(clusterOf(host, model) ? ['Failover-Clustering'] : []),
  ...(hasPaths(host) ? ['Multipath-IO'] : []),
];

/** How to see what is installed. */
export function checkLines(host: Host, model: Model): readonly Command[] {
  switch (productOfHost(host)) {
    case 'esxi':
      return shell('Shell of each host', sh`esxcli system version get`);
    case 'hyperv':
      return powershell(
        'PowerShell of each host',
        ps`Install-WindowsFeature -Name ${features(host, model)} -IncludeManagementTools -Restart`,
        ps`Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5`,
      );
    case 'xenserver':
      return shell('Shell of each host', sh`xe host-list params=name-label,software-version,patches`);
    case 'kvm':
    case 'oraclevm':
      return shell('Shell of each host', sh`grep -E -c 'vmx|svm' /proc/cpuinfo`, sh`virt-host-validate qemu`);
    case 'proxmox':
      return shell('Shell of each host', sh`pveversion --verbose`, sh`timedatectl status`);
    default:
      return [];
  }
}
