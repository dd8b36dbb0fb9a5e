/** Licences of hypervisors, operating systems and others without a key of their own. */

import { hypervisorName } from '../../../facts/hardware.ts';
import { licensedMachines } from '../../../facts/licences.ts';
import { clusterOf, ftOn, hostsOf, vmsOf } from '../../../facts/placement.ts';
import type { Entity } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { alikeHosts, forAll, them, vmHosts } from '../../alike.ts';
import { type Command, powercli, powershell, ps, sh, shell } from '../../command.ts';
import { called, licenceText, productOfHost } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { codes, only, say } from '../../text.ts';

type Host = Entity<'host'>;

/** Functions of a cluster that an edition has to include. */
function featuresOf(host: Host, model: Model): readonly string[] {
  const cluster = clusterOf(host, model);
  if (!cluster) return [];
  const { ha, drs, 'live-migration': live, dpm } = cluster.props;
  const distributed = model
    .all('dvswitch')
    .some((device) =>
      model.resolveAll(device.props.hosts, device, 'host').some((member) => hostsOf(cluster, model).includes(member)),
    );
  return [
    ...(ha && ha.value !== 'off' ? ['high availability'] : []),
    ...(live === true || (drs !== undefined && drs !== 'off') ? ['live migration'] : []),
    ...(drs !== undefined && drs !== 'off' ? ['DRS'] : []),
    ...(vmsOf(cluster, model).some(ftOn) ? ['fault tolerance'] : []),
    ...(distributed ? ['distributed switch'] : []),
    ...(dpm === true ? ['power management'] : []),
  ];
}

function assignCommand(hosts: readonly Host[], model: Model): readonly Command[] {
  switch (hosts[0] && productOfHost(hosts[0])) {
    case 'esxi':
      return powercli(ps`${vmHosts(hosts, model)} | Set-VMHost -LicenseKey ____ -Confirm:$false`);
    case 'hyperv':
      return powershell(
        'PowerShell of each host',
        ps`cscript.exe //nologo C:\Windows\System32\slmgr.vbs /ipk ____`,
        ps`cscript.exe //nologo C:\Windows\System32\slmgr.vbs /dlv`,
      );
    case 'xenserver':
      return shell('Shell of the pool master', sh`xe host-apply-edition edition=____ license-server-address=____`);
    case 'proxmox':
      return shell('Shell of each host', sh`pvesubscription set ____`, sh`pvesubscription get`);
    default:
      return [];
  }
}

export const hypervisors = defineTask({
  id: 'licensing/hypervisor',
  phase: 'licensing',
  title: 'Hypervisor licences',
  role: 'virtualization engineer',
  record: 'key, edition, last day, entry in the licence list',
  closes: ['CLU039', 'LIC014', 'LIC017'],
  *items(model) {
    for (const group of alikeHosts(model, (host) => [host.props.hypervisor?.edition, featuresOf(host, model)])) {
      const product = productOfHost(group.first);
      if (product === undefined) continue;
      const features = featuresOf(group.first, model);
      yield {
        ...forAll(group),
        prop: 'hypervisor',
        what: say`Assign the ${hypervisorName(product)} licence to ${them(group.members)}: edition ${group.first.props.hypervisor?.edition}${features.length > 0 ? `; this design uses ${features.join(', ')}` : ''}.`,
        expected: say`No evaluation period runs; the edition includes what the design uses. Last day: ${undefined}`,
        commands: assignCommand(group.members, model),
      };
    }
  },
});

export const plainLicences = defineTask({
  id: 'licensing/other',
  phase: 'licensing',
  title: 'Operating systems and other licences',
  role: 'virtualization engineer',
  record: 'certificate, activation status',
  expected: 'activated, and entered in the list of licences.',
  columns: ['Licence', 'Product', 'Cores', 'For', 'Last day (if any)', 'Serial number'],
  closes: ['LIC010', 'LIC011', 'LIC017'],
  *items(model) {
    for (const license of model.all('license')) {
      if (license.props.hardkey || license.props.softkey) continue;
      const clusters = model.resolveAll(license.props.for, license, 'cluster').map((cluster) => cluster.name);
      const machines = licensedMachines(license, model).map((machine) => machine.name);
      const last = license.props.evaluation === true ? 'evaluation: replace it' : license.props.expires;
      yield {
        subject: license,
        what: [
          called(license, model),
          licenceText(license),
          only(license.props.cores ?? ''),
          codes([...clusters, ...machines]),
          only(last),
          only(license.props.serial),
        ],
      };
    }
  },
});
