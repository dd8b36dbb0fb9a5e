/** Licensing: hypervisors and guests, dongles and the hubs that they hang on, softkeys and who renews them. */
import { hypervisorName } from '../../facts/hardware.ts';
import { hardkeyUsers, licencesByPlug, licensedMachines, type Machine, plugOf, softkeyUsers } from '../../facts/licences.ts';
import { clusterOf, ftOn, haOn, hostsOf, pinnedHost, vmsOf } from '../../facts/placement.ts';
import { machinesOf } from '../../facts/services.ts';
import { childrenOf, type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import { alikeHosts, forAll, them, vmHosts } from '../alike.ts';
import { type Command, powercli, powershell, ps, shell, sh } from '../command.ts';
import { called, collator, hubAddress, name, productOfHost, refText, type Product } from '../show.ts';
import { defineTask } from '../task.ts';
import { code, codes, only, say, type Text } from '../text.ts';

type License = Entity<'license'>;
type Host = Entity<'host'>;

const names = (machines: readonly { readonly name: string }[]): Text => codes(machines.map((machine) => machine.name));

/** `Elipse E3 Server` (2 pieces); the product is a gap where it is not said. */
const productText = (license: License): Text => say`${license.props.product}${license.props.edition === undefined ? '' : `, ${license.props.edition}`}${license.props.count === undefined ? '' : `, ${license.props.count} pieces`}`;

// ── hypervisors and guests ────────────────────────────────────────────────────────────────────────────────────────────

/** Functions of a cluster that an edition has to include. */
function featuresOf(host: Host, model: Model): readonly string[] {
  const cluster = clusterOf(host, model);
  if (!cluster) return [];
  const { ha, drs, 'live-migration': live, dpm } = cluster.props;
  const distributed = model.all('dvswitch').some((device) => model.resolveAll(device.props.hosts, device, 'host').some((member) => hostsOf(cluster, model).includes(member)));
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
    case 'esxi': return powercli(ps`${vmHosts(hosts, model)} | Set-VMHost -LicenseKey ____ -Confirm:$false`);
    case 'hyperv': return powershell('PowerShell of each host', ps`cscript.exe //nologo C:\Windows\System32\slmgr.vbs /ipk ____`, ps`cscript.exe //nologo C:\Windows\System32\slmgr.vbs /dlv`);
    case 'xenserver': return shell('Shell of the pool master', sh`xe host-apply-edition edition=____ license-server-address=____`);
    case 'proxmox': return shell('Shell of each host', sh`pvesubscription set ____`, sh`pvesubscription get`);
    default: return [];
  }
}

export const hypervisors = defineTask({
  id: 'licensing/hypervisor',
  phase: 'licensing',
  title: 'Hypervisor licences',
  role: 'virtualization engineer',
  record: 'key, edition, last day, entry in the licence list',
  closes: ['LIC012', 'CLU019', 'FT004'],
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
  columns: ['Licence', 'Product', 'Cores', 'For', 'Last day (if any)', 'Serial number'],
  closes: ['LIC010', 'LIC013'],
  *items(model) {
    for (const license of model.all('license')) {
      if (license.props.hardkey || license.props.softkey) continue;
      const clusters = model.resolveAll(license.props.for, license, 'cluster').map((cluster) => cluster.name);
      const machines = licensedMachines(license, model).map((machine) => machine.name);
      const last = license.props.evaluation === true ? 'evaluation: replace it' : license.props.expires;
      yield { subject: license, what: [called(license, model), productText(license), only(license.props.cores ?? ''), codes([...clusters, ...machines]), only(last), only(license.props.serial)] };
    }
  },
});

// ── dongles ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What has to be true of a VM that takes a dongle from a port of a host. */
function hostDongleSteps(license: License, vm: Entity<'vm'>, host: Entity<'host' | 'physical'>, model: Model): readonly Text[] {
  const product: Product | undefined = is(host, 'host') ? productOfHost(host) : undefined;
  const pinned = pinnedHost(vm, model);
  return [
    ...(product === 'hyperv' ? [say`Hyper-V passes no USB device to a VM: take a hub on the network, or a softkey`] : []),
    say`Pin ${code(vm.name)} to ${code(host.name)}: ${pinned ? (pinned === host ? 'done by the design' : say`the design pins it to ${code(pinned.name)}, clear this first`) : undefined}`,
    say`HA for ${code(vm.name)}: ${haOn(vm, model) === true ? 'the design has it on; off, unless the vendor says otherwise' : 'off'}; no fault tolerance`,
    ...(license.props.hardkey?.vmotion === true ? [say`USB device prepared for vMotion (tick it when the device is added)`] : []),
  ];
}

function dongleSteps(license: License, users: readonly Machine[], model: Model): readonly Text[] {
  const plug = plugOf(license, model);
  const vms = users.filter((machine) => is(machine, 'vm'));
  if (plug?.at === 'hub') return [...users.map((user) => say`Install the driver of the hub in ${code(user.name)}, and give it this port of the hub only`), ...(vms.length > 1 ? [say`One dongle serves one VM at a time: ${names(vms)} need one each`] : [])];
  if (plug?.at === 'host') return vms.flatMap((vm) => hostDongleSteps(license, vm, plug.machine, model));
  return [say`Plugged into: ${undefined}`];
}

function dongleCommand(license: License, users: readonly Machine[], model: Model): readonly Command[] {
  const plug = plugOf(license, model);
  const vm = users.find((machine) => is(machine, 'vm'));
  if (plug?.at !== 'host' || !vm || !is(plug.machine, 'host')) return [];
  const [vendor, product] = license.props.hardkey?.device?.split(':') ?? [];
  switch (productOfHost(plug.machine)) {
    case 'esxi': return shell(`Shell of ${plug.machine.name}`, sh`esxcli hardware usb passthrough device list`);
    case 'kvm': return shell(`Shell of ${plug.machine.name}`, sh`virt-xml ${vm.name} --add-device --hostdev=${vendor === undefined || product === undefined ? undefined : `0x${vendor}:0x${product}`} --update`);
    case 'proxmox': return shell(`Shell of ${plug.machine.name}`, sh`qm set ____ --usb0 host=${license.props.hardkey?.device}   # id of ${vm.name}`);
    default: return [];
  }
}

export const hardkeys = defineTask({
  id: 'licensing/hardkey',
  phase: 'licensing',
  title: 'Dongles (hardkeys)',
  role: 'OT engineer',
  record: 'number on the dongle, photo of where it is plugged in, licence shown by the application',
  closes: ['USB001', 'USB002', 'USB003', 'USB004', 'USB005', 'USB008'],
  *items(model) {
    for (const license of model.all('license')) {
      if (!license.props.hardkey) continue;
      const users = hardkeyUsers(license, model);
      yield {
        subject: license,
        prop: 'hardkey',
        what: say`Plug dongle ${called(license, model)} (${productText(license)}, number ${license.props.serial}) into ${code(refText(license.props.hardkey.at, '/'))} for ${names(users)}.`,
        detail: dongleSteps(license, users, model),
        expected: say`The application in ${names(users)} shows the licence, again after a restart of the VM and of what the dongle hangs on.`,
        commands: dongleCommand(license, users, model),
      };
    }
  },
});

export const hubs = defineTask({
  id: 'licensing/hub',
  phase: 'licensing',
  title: 'USB hubs on the network',
  role: 'OT engineer',
  record: 'configuration saved off the hub, list of groups and computers',
  closes: ['USB012', 'USB013', 'USB014', 'USB015'],
  *items(model) {
    for (const hub of model.all('usbhub')) {
      const licences = model.lookup<'license'>(licencesByPlug, idOf(hub));
      const ports = [...licences].sort((a, b) => collator.compare(a.props.hardkey?.at?.ref[1] ?? '', b.props.hardkey?.at?.ref[1] ?? '') || collator.compare(a.name, b.name));
      const address = hubAddress(hub, model);
      yield {
        subject: hub,
        what: say`Set up ${called(hub, model)}: fixed address ${code(address)}, ${names(childrenOf(hub, 'nic'))} on the network, supplies ${codes(hub.props.psu ?? [])}, encryption and password.`,
        detail: ports.map((license) => say`Port ${license.props.hardkey?.at?.ref[1]}: licence ${name(license)}, for ${names(hardkeyUsers(license, model))} only`),
        expected: say`Each computer sees its own port and no other. Alarm when a supply or a cable fails: ${undefined}`,
        commands: address === undefined || address === 'DHCP' ? [] : shell('Any computer', sh`ping ${address.split('/')[0]}`),
      };
    }
  },
});

// ── softkeys ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const softkeys = defineTask({
  id: 'licensing/softkey',
  phase: 'licensing',
  title: 'Softkeys',
  role: 'OT engineer',
  record: 'request and reply file, fingerprint, last day, all three in the vault',
  intro: 'Only when the VM stands where it stays: host, virtual hardware and MAC address are part of the fingerprint. No clone, no restore to another machine after that without a word with the vendor.',
  closes: ['LIC001', 'LIC002', 'LIC003', 'LIC004', 'LIC005'],
  *items(model) {
    for (const license of model.all('license')) {
      const { softkey } = license.props;
      if (!softkey) continue;
      const users = softkeyUsers(license, model);
      const made = model.resolve(softkey['generated-on'], license, 'vm', 'host', 'physical');
      const manager = model.resolve(softkey['renewed-by'], license, 'vm', 'physical', 'service');
      yield {
        subject: license,
        prop: 'softkey',
        what: say`Install softkey ${called(license, model)} (${productText(license)}) in ${names(users)}.`,
        detail: [
          made ? say`Request made on ${code(made.name)}${users.includes(made as Machine) || is(made, 'host') ? '' : say`, which is not where it is used: clear this first`}` : say`Make the request on ${names(users)} itself, send it, install the reply; done on ${undefined}`,
          say`Fingerprint ${undefined}, last day ${softkey.expires}`,
          manager ? say`Renewed by ${name(manager)}` : softkey.renewal === undefined ? say`Renewed by ${undefined}` : say`Renewed by hand: ${softkey.renewal}`,
        ],
        expected: say`The application shows the licence, valid until ${softkey.expires}, again after a restart. After a live migration: ${undefined}`,
      };
    }
  },
});

/** What renews licences: services that say so, and machines that licences name. */
function managersOf(model: Model): readonly { readonly subject: Entity<'service'> | Machine; readonly machines: readonly Machine[]; readonly licences: readonly License[] }[] {
  const renewer = (license: License): Entity | undefined => model.resolve(license.props.softkey?.['renewed-by'], license, 'vm', 'physical', 'service');
  const services = model.all('service').filter((service) => service.props['licence-manager'] === true);
  const covered = services.flatMap((service) => machinesOf(service, model));
  const others = [...new Set(model.all('license').flatMap((license) => renewer(license) ?? []))].filter((by): by is Entity<'vm' | 'physical'> => (is(by, 'vm') || is(by, 'physical')) && !covered.includes(by));
  const of = (subject: Entity<'service'> | Machine, machines: readonly Machine[]) => ({ subject, machines, licences: model.all('license').filter((license) => renewer(license) === subject || machines.some((machine) => machine === renewer(license))) });
  return [...services.map((service) => of(service, machinesOf(service, model))), ...others.map((machine) => of(machine, [machine]))];
}

export const managers = defineTask({
  id: 'licensing/manager',
  phase: 'licensing',
  title: 'Licence manager',
  role: 'OT engineer',
  record: 'log of a renewal, mail that arrived',
  closes: ['LIC004', 'LIC006', 'SEC003'],
  *items(model) {
    for (const { subject, machines, licences } of managersOf(model)) {
      const users = [...new Set(licences.flatMap((license) => softkeyUsers(license, model)))];
      yield {
        subject,
        part: 'manager',
        what: say`Set up the licence manager on ${names(machines)}${is(subject, 'service') ? say` (service ${code(subject.name)})` : ''} for the licences ${names(licences)}.`,
        detail: [
          say`It reaches the vendor’s server in the internet (${undefined}) and the licensed machines ${names(users)}; nobody reaches it from outside`,
          say`Mail before a licence ends and when a renewal fails, to ${undefined}; sent once as a test`,
          say`Validated every 60 days: next time ${undefined}`,
        ],
        expected: say`A renewal by hand succeeds for each licence.`,
      };
    }
  },
});

export const licensing = [hypervisors, plainLicences, hubs, hardkeys, softkeys, managers];
