/** Dongles, and the hubs on the network that they hang on. */

import { hardkeyUsers, licencesByPlug, type Machine, plugOf } from '../../../facts/licences.ts';
import { haOn, pinnedHost } from '../../../facts/placement.ts';
import { childrenOf, type Entity, idOf, is } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { type Command, sh, shell } from '../../command.ts';
import { called, collator, hubAddress, licenceText, name, names, type Product, productOfHost, refText } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, codes, say, type Text } from '../../text.ts';

type License = Entity<'license'>;

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
  if (plug?.at === 'hub')
    return [
      ...users.map((user) => say`Install the driver of the hub in ${code(user.name)}, and give it this port of the hub only`),
      ...(vms.length > 1 ? [say`One dongle serves one VM at a time: ${names(vms)} need one each`] : []),
    ];
  if (plug?.at === 'host') return vms.flatMap((vm) => hostDongleSteps(license, vm, plug.machine, model));
  return [say`Plugged into: ${undefined}`];
}

function dongleCommand(license: License, users: readonly Machine[], model: Model): readonly Command[] {
  const plug = plugOf(license, model);
  const vm = users.find((machine) => is(machine, 'vm'));
  if (plug?.at !== 'host' || !vm || !is(plug.machine, 'host')) return [];
  const [vendor, product] = license.props.hardkey?.device?.split(':') ?? [];
  switch (productOfHost(plug.machine)) {
    case 'esxi':
      return shell(`Shell of ${plug.machine.name}`, sh`esxcli hardware usb passthrough device list`);
    case 'kvm':
      return shell(
        `Shell of ${plug.machine.name}`,
        sh`virt-xml ${vm.name} --add-device --hostdev=${vendor === undefined || product === undefined ? undefined : `0x${vendor}:0x${product}`} --update`,
      );
    case 'proxmox':
      return shell(
        `Shell of ${plug.machine.name}`,
        sh`qm set ____ --usb0 host=${license.props.hardkey?.device}   # id of ${vm.name}`,
      );
    default:
      return [];
  }
}

export const hardkeys = defineTask({
  id: 'licensing/hardkey',
  phase: 'licensing',
  title: 'Dongles (hardkeys)',
  role: 'OT engineer',
  record: 'number on the dongle, photo of where it is plugged in, licence shown by the application',
  closes: ['USB001', 'USB002', 'USB003', 'USB004', 'USB005', 'USB007'],
  *items(model) {
    for (const license of model.all('license')) {
      if (!license.props.hardkey) continue;
      const users = hardkeyUsers(license, model);
      yield {
        subject: license,
        prop: 'hardkey',
        what: say`Plug dongle ${called(license, model)} (${licenceText(license)}, number ${license.props.serial}) into ${code(refText(license.props.hardkey.at, '/'))} for ${names(users)}.`,
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
  closes: ['USB012', 'USB013', 'USB015', 'USB017'],
  *items(model) {
    for (const hub of model.all('usbhub')) {
      const licences = model.lookup<'license'>(licencesByPlug, idOf(hub));
      const ports = [...licences].sort(
        (a, b) =>
          collator.compare(a.props.hardkey?.at?.ref[1] ?? '', b.props.hardkey?.at?.ref[1] ?? '') ||
          collator.compare(a.name, b.name),
      );
      const address = hubAddress(hub, model);
      yield {
        subject: hub,
        what: say`Set up ${called(hub, model)}: fixed address ${code(address)}, ${names(childrenOf(hub, 'nic'))} on the network, supplies ${codes(hub.props.psu ?? [])}, encryption and password.`,
        detail: ports.map(
          (license) =>
            say`Port ${license.props.hardkey?.at?.ref[1]}: licence ${name(license)}, for ${names(hardkeyUsers(license, model))} only`,
        ),
        expected: say`Each computer sees its own port and no other. Alarm when a supply or a cable fails: ${undefined}`,
        commands: address === undefined || address === 'DHCP' ? [] : shell('Any computer', sh`ping ${address.split('/')[0]}`),
      };
    }
  },
});
