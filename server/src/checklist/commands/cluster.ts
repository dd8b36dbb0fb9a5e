/** Commands that make clusters and set what protects and moves their VMs. */
import { failuresToTolerate } from '../../facts/cluster.ts';
import { vmkernelsFor } from '../../facts/network.ts';
import { productOf, vmsOf } from '../../facts/placement.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { vmHosts } from '../alike.ts';
import { type Command, type Line, part, plainWord, powercli, powershell, ps, psGet, type Quoted, sh, shell } from '../command.ts';
import { priorityOf } from '../derive/order.ts';
import { ipOf, type Product } from '../show.ts';

type Cluster = Entity<'cluster'>;
type Host = Entity<'host'>;
type Vm = Entity<'vm'>;

const managementIp = (host: Host | undefined, model: Model): string | undefined => {
  const adapter = host && vmkernelsFor(host, 'management')[0];
  return adapter ? ipOf(adapter, model) : host && ipOf(host, model);
};

export function clusterCommand(
  cluster: Cluster,
  product: Product | undefined,
  hosts: readonly Host[],
  model: Model,
): readonly Command[] {
  const names = hosts.map((host) => host.name);
  const [first, ...others] = hosts;
  switch (product) {
    case 'esxi':
      return powercli(
        ps`New-Cluster -Name ${cluster.name} -Location (Get-Datacenter -Name ____)${part(cluster.props.evc === undefined ? '' : ps` -EVCMode ${cluster.props.evc}`)}`,
        ps`$root = Get-Credential root   # compare the thumbprint of each host with its console first: -Force accepts it`,
        ps`foreach ($name in ${names}) { Add-VMHost -Name $name -Location (${psGet('Cluster', [cluster.name])}) -Credential $root -Force }`,
      );
    case 'hyperv':
      return powershell(
        'PowerShell of one host',
        ps`Test-Cluster -Node ${names}`,
        ps`New-Cluster -Name ${cluster.name} -Node ${names} -StaticAddress ____ -NoStorage`,
      );
    case 'xenserver':
      return shell(
        'Shell of each host but the master',
        ...others.map(
          (host) =>
            sh`xe pool-join master-address=${managementIp(first, model)} master-username=root master-password=____   # on ${host.name}`,
        ),
      );
    case 'proxmox':
      return [
        ...shell(`Shell of ${first?.name ?? '____'}`, sh`pvecm create ${plainWord(cluster.name)}`),
        ...shell(
          'Shell of each other node',
          ...others.map((host) => sh`pvecm add ${managementIp(first, model)}   # on ${host.name}`),
        ),
        ...shell(
          'Shell of any node',
          ...(cluster.props.witness === undefined ? [] : [sh`pvecm qdevice setup ____   # ${cluster.props.witness}`]),
          sh`pvecm status   # Quorate: Yes, ${hosts.length} nodes`,
        ),
      ];
    default:
      return [];
  }
}

export function haCommand(cluster: Cluster, product: Product | undefined, model: Model): readonly Command[] {
  switch (product) {
    case 'esxi':
      return powercli(
        ps`$cluster = ${psGet('Cluster', [cluster.name])}`,
        ps`Set-Cluster -Cluster $cluster -HAEnabled $true -HAAdmissionControlEnabled ${cluster.props.ha?.admission?.policy !== 'off'} -Confirm:$false`,
        ...(cluster.props.ha?.['isolation-address'] ?? []).map(
          (address, at) =>
            ps`New-AdvancedSetting -Entity $cluster -Type ClusterHA -Name ${`das.isolationaddress${at}`} -Value ${address} -Confirm:$false`,
        ),
        ps`$cluster.ExtensionData.ConfigurationEx.DasConfig.AdmissionControlPolicy   # the percentages are set in the vSphere Client`,
      );
    case 'hyperv':
      return powershell(
        'PowerShell of one host',
        ps`Get-ClusterQuorum   # witness: Set-ClusterQuorum -DiskWitness, -FileShareWitness or -CloudWitness`,
        ps`Get-ClusterNode | Select-Object Name, State, NodeWeight`,
      );
    case 'xenserver':
      return shell(
        'Shell of the pool master',
        sh`sr=$(xe sr-list name-label=${cluster.props.ha?.heartbeat?.[0]?.ref.at(-1)} --minimal)`,
        sh`xe pool-ha-enable heartbeat-sr-uuids="$sr"`,
        sh`xe pool-param-set uuid="$(xe pool-list --minimal)" ha-host-failures-to-tolerate=${failuresToTolerate(cluster)}`,
      );
    case 'proxmox':
      return shell(
        'Shell of any node',
        ...vmsOf(cluster, model).map((vm) => sh`ha-manager add vm:____ --state started   # id of ${vm.name}`),
        sh`ha-manager status`,
      );
    default:
      return [];
  }
}

/** HA and restart priority of one VM. */
export function priorityCommand(vm: Vm, product: Product | undefined, on: boolean | undefined): readonly Command[] {
  const said = vm.props.ha?.restart;
  if (said === undefined && on !== false) return [];
  const priority = on === false ? 'disabled' : priorityOf(vm);
  switch (product) {
    case 'esxi': {
      const words: Readonly<Record<string, string>> = { disabled: 'Disabled', low: 'Low', medium: 'Medium', high: 'High' };
      const word = words[priority];
      return word === undefined
        ? []
        : powercli(ps`${psGet('VM', [vm.name])} | Set-VM -HARestartPriority ${{ quoted: word }} -Confirm:$false`);
    }
    case 'hyperv': {
      const numbers: Readonly<Record<string, number>> = {
        disabled: 0,
        lowest: 1000,
        low: 1000,
        medium: 2000,
        high: 3000,
        highest: 3000,
      };
      return powershell('PowerShell of one host', ps`(${psGet('ClusterGroup', [vm.name])}).Priority = ${numbers[priority]}`);
    }
    case 'xenserver': {
      const orders: Readonly<Record<string, number>> = { highest: 0, high: 1, medium: 2, low: 3, lowest: 4 };
      const uuid = sh`uuid="$(xe vm-list name-label=${vm.name} --minimal)"`;
      const text = { quoted: uuid ?? '\u0000' };
      return shell(
        'Shell of the pool master',
        priority === 'disabled'
          ? sh`xe vm-param-set ${text} ha-restart-priority=`
          : sh`xe vm-param-set ${text} ha-restart-priority=restart order=${orders[priority]}`,
      );
    }
    default:
      return [];
  }
}

/** Rules between VMs, or between VMs and hosts. */
export function ruleCommand(
  rule: Entity<'affinity'> | Entity<'anti-affinity'> | Vm,
  ruleName: string,
  vms: readonly Vm[],
  hosts: readonly string[],
  model: Model,
): readonly Command[] {
  const [first] = vms;
  if (!first) return [];
  const names = vms.map((vm) => vm.name);
  const apart = rule.kind === 'anti-affinity';
  const strength = is(rule, 'vm') ? (rule.props.pin?.strength ?? 'must') : (rule.props.strength ?? 'must');
  const cluster = model.resolve(first.props.in, first, 'cluster');
  switch (productOf(first, model)) {
    case 'esxi': {
      const on: Quoted = psGet('Cluster', [cluster?.name ?? '____']);
      if (hosts.length === 0)
        return names.length < 2
          ? []
          : powercli(ps`New-DrsRule -Cluster (${on}) -Name ${ruleName} -KeepTogether ${!apart} -VM (${psGet('VM', names)})`);
      const type = `${strength === 'must' ? 'Must' : 'Should'}${apart ? 'Not' : ''}RunOn`;
      return powercli(
        ps`$cluster = ${on}`,
        ps`$vms = New-DrsClusterGroup -Cluster $cluster -Name ${`${ruleName} VMs`} -VM (${psGet('VM', names)})`,
        ps`$hosts = New-DrsClusterGroup -Cluster $cluster -Name ${`${ruleName} hosts`} -VMHost (${psGet('VMHost', hosts)})`,
        ps`New-DrsVMHostRule -Cluster $cluster -Name ${ruleName} -VMGroup $vms -VMHostGroup $hosts -Type ${{ quoted: type }}`,
      );
    }
    case 'hyperv':
      if (apart && hosts.length === 0)
        return powershell(
          'PowerShell of one host',
          ...names.map((each): Line => ps`(${psGet('ClusterGroup', [each])}).AntiAffinityClassNames = ${ruleName}`),
        );
      return hosts.length > 0 && !apart
        ? powershell('PowerShell of one host', ...names.map((each) => ps`Set-ClusterOwnerNode -Group ${each} -Owners ${hosts}`))
        : [];
    default:
      return [];
  }
}

export function migrationCommand(
  cluster: Cluster,
  product: Product | undefined,
  hosts: readonly Host[],
  networks: readonly Entity<'network'>[],
  model: Model,
): readonly Command[] {
  switch (product) {
    case 'esxi': {
      const levels: Readonly<Record<string, string>> = {
        'fully-automated': 'FullyAutomated',
        'partially-automated': 'PartiallyAutomated',
        manual: 'Manual',
      };
      const { drs } = cluster.props;
      const line =
        drs === undefined
          ? undefined
          : drs === 'off'
            ? ps`${psGet('Cluster', [cluster.name])} | Set-Cluster -DrsEnabled $false -Confirm:$false`
            : ps`${psGet('Cluster', [cluster.name])} | Set-Cluster -DrsEnabled $true -DrsAutomationLevel ${{ quoted: levels[drs] ?? '____' }} -Confirm:$false`;
      return powercli(
        ...(drs === undefined ? [] : [line]),
        ps`${vmHosts(hosts, model)} | Get-VMHostNetworkAdapter -VMKernel | Where-Object { $_.VMotionEnabled } | Select-Object VMHost, Name, IP, Mtu`,
      );
    }
    case 'hyperv':
      return powershell(
        'PowerShell of each host',
        ps`Enable-VMMigration`,
        ps`Set-VMHost -UseAnyNetworkForMigration $false -VirtualMachineMigrationPerformanceOption SMB`,
        ...networks.map((network) => ps`Add-VMMigrationNetwork -Subnet ${network.props.subnet}`),
      );
    case 'proxmox':
      return shell(
        'Shell of any node',
        ...networks.map(
          (network) => sh`pvesh set /cluster/options --migration ${`type=secure,network=${network.props.subnet ?? '____'}`}`,
        ),
      );
    default:
      return [];
  }
}
