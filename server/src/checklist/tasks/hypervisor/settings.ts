/** Hypervisor: time, log, access; and the computers that run none. */
import { hypervisorName } from '../../../facts/hardware.ts';
import { networkOf } from '../../../facts/network.ts';
import { childrenOf, type Entity } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { alikeHosts, forAll, them, vmHosts } from '../../alike.ts';
import { type Command, powercli, powershell, ps, sh, shell } from '../../command.ts';
import { addressText, called, productOfHost, size } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { both, code, codes, only, say, type Text } from '../../text.ts';

type Host = Entity<'host'>;

function timeCommand(hosts: readonly Host[], model: Model): readonly Command[] {
  const [first] = hosts;
  const ntp = first?.props.ntp ?? [];
  switch (first && productOfHost(first)) {
    case 'esxi':
      return powercli(
        ps`$hosts = ${vmHosts(hosts, model)}`,
        ps`$hosts | Add-VMHostNtpServer -NtpServer ${ntp}`,
        ps`$hosts | Get-VMHostService | Where-Object { $_.Key -eq 'ntpd' } | Set-VMHostService -Policy On`,
        ps`$hosts | Get-VMHostService | Where-Object { $_.Key -eq 'ntpd' } | Restart-VMHostService -Confirm:$false`,
      );
    case 'hyperv':
      return powershell(
        'PowerShell of each host',
        ps`w32tm /config ${`/manualpeerlist:${ntp.join(' ') || '____'}`} /syncfromflags:manual /update`,
        ps`w32tm /query /peers`,
      );
    case 'proxmox':
      return shell(
        'Shell of each host',
        sh`printf 'server %s iburst\n' ${ntp} >> /etc/chrony/chrony.conf`,
        sh`systemctl restart chrony`,
        sh`chronyc sources`,
      );
    case 'xenserver':
    case 'kvm':
    case 'oraclevm':
      return shell(
        'Shell of each host',
        sh`printf 'server %s iburst\n' ${ntp} >> /etc/chrony.conf`,
        sh`systemctl restart chronyd`,
        sh`chronyc sources`,
      );
    default:
      return [];
  }
}

export const time = defineTask({
  id: 'hypervisor/time',
  phase: 'hypervisor',
  title: 'Time',
  role: 'virtualization engineer',
  record: 'offset of each host after an hour',
  closes: ['ADT006', 'ADT008'],
  *items(model) {
    for (const group of alikeHosts(model, (host) => host.props.ntp ?? [])) {
      yield {
        ...forAll(group),
        prop: 'ntp',
        what: say`Give ${them(group.members)} the time servers ${codes(group.first.props.ntp ?? [])}; at least two, the same for all systems.`,
        expected: say`Synchronized, offset below 100 ms.`,
        commands: timeCommand(group.members, model),
      };
    }
  },
});

function logCommand(host: Host): readonly Command[] {
  const { syslog } = host.props;
  const product = productOfHost(host);
  if (product === 'esxi') {
    return shell(
      'Shell of each host',
      sh`esxcli system syslog config set --loghost=${syslog}`,
      sh`esxcli network firewall ruleset set --ruleset-id=syslog --enabled=true`,
      sh`esxcli system syslog reload`,
    );
  }
  if (product === 'kvm' || product === 'proxmox' || product === 'xenserver')
    return shell('Shell of each host', sh`logger 'test of the log'`);
  return [];
}

export const logs = defineTask({
  id: 'hypervisor/log',
  phase: 'hypervisor',
  title: 'Log server',
  role: 'virtualization engineer',
  record: 'a line of each host on the log server',
  closes: ['SEC006'],
  *items(model) {
    for (const group of alikeHosts(model, (host) => host.props.syslog ?? '')) {
      if (productOfHost(group.first) === 'hyperv' && group.first.props.syslog === undefined) continue;
      yield {
        ...forAll(group),
        prop: 'syslog',
        what: say`Send the log of ${them(group.members)} to ${code(group.first.props.syslog)}.`,
        expected: say`A test line of each host arrives.`,
        commands: logCommand(group.first),
      };
    }
  },
});

export const access = defineTask({
  id: 'hypervisor/access',
  phase: 'hypervisor',
  title: 'Access',
  role: 'virtualization engineer',
  record: 'who has which account; passwords in the vault',
  expected: 'each person gets in with an account of their own; shared and factory accounts do not.',
  closes: ['SEC007', 'SEC008'],
  *items(model) {
    for (const group of alikeHosts(model, () => '')) {
      const product = productOfHost(group.first);
      if (product === undefined) continue;
      const domain = group.first.props.domain;
      const esxi = product === 'esxi';
      yield {
        ...forAll(group),
        what: say`Set up personal accounts on ${them(group.members)}, a password for emergencies in a sealed envelope, and decide what stays open after the handover.`,
        detail: [
          ...(esxi ? [say`Lockdown mode: ${undefined}; SSH and ESXi Shell stopped at the handover`] : []),
          ...(product === 'hyperv' ? [say`Domain or workgroup: ${domain}`] : []),
          ...(product === 'proxmox' || product === 'kvm' ? [say`SSH with keys only: ${undefined}`] : []),
          say`Management reachable from: ${undefined}`,
        ],
        commands: esxi
          ? powercli(
              ps`${vmHosts(group.members, model)} | Get-VMHostService | Where-Object { $_.Key -in 'TSM', 'TSM-SSH' } | Select-Object VMHost, Key, Policy, Running`,
            )
          : [],
      };
    }
  },
});

export const computers = defineTask({
  id: 'hypervisor/computers',
  phase: 'hypervisor',
  title: 'Computers that are no hosts',
  role: 'OT engineer',
  record: 'serial number, patch level, name and address as installed',
  expected: 'installed, updated, in its network.',
  columns: ['Computer', 'Operating system', 'Memory', 'Network', 'Address', 'Task'],
  *items(model) {
    for (const machine of model.all('physical')) {
      const standby = model
        .resolveAll(machine.props['standby-for'], machine, 'host', 'physical', 'vm')
        .map((other) => other.name);
      const source = model.all('migration').some((move) => model.resolve(move.props.from, move, 'physical', 'vm') === machine);
      const runs = machine.props.runs;
      const runText =
        runs === undefined
          ? []
          : [say`runs restored VMs on ${runs in hypervisorWords ? hypervisorName(runs as keyof typeof hypervisorWords) : runs}`];
      const tasks: readonly Text[] = [
        ...(standby.length > 0 ? [say`stands by for ${codes(standby)}`] : []),
        ...runText,
        ...(source ? [say`becomes a VM; stays as it is until then`] : []),
      ];
      yield {
        subject: machine,
        what: [
          called(machine, model),
          only(machine.props.os),
          only(size(machine.props.memory)),
          [code(networkOf(machine, model)?.name)],
          [code(machineAddress(machine, model))],
          tasks.reduce<Text>((all, text) => both(all, text), []),
        ],
      };
    }
  },
});

const hypervisorWords = {
  esxi: 1,
  hyperv: 1,
  xenserver: 1,
  kvm: 1,
  proxmox: 1,
  oraclevm: 1,
  nutanix: 1,
  everrun: 1,
  'vmware-workstation': 1,
  virtualbox: 1,
} as const;

const machineAddress = (machine: Entity<'physical'>, model: Model): string | undefined =>
  addressText(machine, model) ??
  childrenOf(machine, 'nic')
    .map((nic) => addressText(nic, model))
    .find((text) => text !== undefined);
