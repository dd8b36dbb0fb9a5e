/** Cabling: one row for each cable, and the proof that the rows are true. */
import { cabledTo } from '../../facts/network.ts';
import { descendantsOf, type Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { alikeHosts, forAll, them, vmHosts } from '../alike.ts';
import { type Command, powercli, ps, sh, shell } from '../command.ts';
import { cablesOf } from '../derive/cables.ts';
import { called, collator, count } from '../show.ts';
import { defineTask } from '../task.ts';
import { portList, say } from '../text.ts';

const networkCables = defineTask({
  id: 'cabling/cables',
  phase: 'cabling',
  title: 'Data cables',
  role: 'cabling technician',
  record: 'label on both ends, measurement of copper or optical power of fibre',
  expected: 'plugged as the row says, labelled, bend radius kept.',
  intro: 'One row for each cable. Uplinks of one team go to different switches and through different ducts.',
  columns: ['From', 'To', 'Speed', 'VLANs'],
  closes: ['NET007', 'NET008', 'NET009', 'STO004'],
  *items(model) {
    for (const { subject, prop, part, from, to, speed, vlans } of cablesOf(model)) {
      yield {
        subject,
        ...(prop !== undefined ? { prop } : {}),
        ...(part !== undefined ? { part } : {}),
        what: [from, to, speed, vlans],
      };
    }
  },
});

/** Ports of a switch on which a cable of the design ends. */
function usedPorts(device: Entity<'switch'>, model: Model): readonly string[] {
  const ports = new Set<string>();
  const add = (ref: { readonly ref: readonly string[] } | undefined): void => {
    if (ref?.ref[0] === device.name && ref.ref[1] !== undefined) ports.add(ref.ref[1]);
  };
  for (const nic of [...model.all('host'), ...model.all('physical'), ...model.all('usbhub')].flatMap((owner) =>
    descendantsOf(owner, 'nic'),
  ))
    add(nic.props.port);
  for (const port of model.all('array').flatMap((array) => descendantsOf(array, 'port'))) add(port.props.port);
  for (const router of model.all('router')) add(router.props.port);
  for (const link of model.all('link')) for (const end of [link.props.from, link.props.to]) add(end);
  return [...ports].sort(collator.compare);
}

const switchSide = defineTask({
  id: 'cabling/switch',
  phase: 'cabling',
  title: 'Switches with all cables in',
  role: 'network engineer',
  record: 'list of interfaces with state, speed and error counters',
  *items(model) {
    for (const device of model.all('switch')) {
      const ports = usedPorts(device, model);
      yield {
        subject: device,
        part: 'links',
        what:
          ports.length === 0
            ? say`Check the ports of ${called(device, model)}; the design has no cable to it yet: ports ${undefined}.`
            : say`Check the ${count(ports.length, 'port')} of ${called(device, model)} that carry a cable: ${portList(ports)}.`,
        expected: say`Link up at the speed of the table, full duplex, no errors after an hour under load. All other ports are shut down.`,
      };
    }
  },
});

const cdp = ps`(Get-View $h.ExtensionData.ConfigManager.NetworkSystem).QueryNetworkHint($null) | Select-Object @{n='Host';e={$h.Name}}, Device, @{n='Switch';e={$_.ConnectedSwitchPort.DevId}}, @{n='Port';e={$_.ConnectedSwitchPort.PortId}}`;

function neighbourCommand(hosts: readonly Entity<'host'>[], model: Model): readonly Command[] {
  switch (hosts[0]?.props.hypervisor?.product) {
    case 'esxi':
      return powercli(ps`foreach ($h in ${vmHosts(hosts, model)}) { ${{ quoted: cdp ?? '' }} }`);
    case 'xenserver':
    case 'kvm':
    case 'proxmox':
    case 'oraclevm':
      return shell('Shell of each host (package lldpd)', sh`lldpctl`);
    default:
      return [];
  }
}

export const neighbours = defineTask({
  id: 'cabling/neighbours',
  phase: 'cabling',
  title: 'Both ends compared',
  role: 'network engineer',
  record: 'list of neighbours (LLDP or CDP) of each host, compared with the table of cables',
  intro: 'Once the hypervisors run. Switch LLDP or CDP on for the hosts’ ports first.',
  closes: ['NET009'],
  *items(model) {
    const cabled = model
      .all('host')
      .filter((host) =>
        descendantsOf(host, 'nic').some((nic) => model.lookup(cabledTo, nic.props.port?.ref.join('/') ?? '').length > 0),
      );
    for (const group of alikeHosts(model, () => '', cabled)) {
      yield {
        ...forAll(group),
        prop: 'hypervisor',
        what: say`Compare what ${them(group.members)} ${group.members.length === 1 ? 'hears' : 'hear'} from the switches with the table above.`,
        expected: say`Every adapter hears the switch and port of its row.`,
        commands: neighbourCommand(group.members, model),
      };
    }
  },
});

export const cabling = [networkCables, switchSide, neighbours];
