/** Firmware: settings and versions of everything that has any, before the hypervisor goes on. */
import { cpuOf } from '../../facts/hardware.ts';
import { licencesByPlug } from '../../facts/licences.ts';
import { childrenOf, type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { alike, alikeHosts, forAll, them } from '../alike.ts';
import { sh, shell } from '../command.ts';
import { addressText, called, hubAddress, short } from '../show.ts';
import { defineTask } from '../task.ts';
import { code, codes, only, say, type Text } from '../text.ts';

type Host = Entity<'host'>;
type Device = Entity<'nic' | 'hba' | 'gpu'>;

/** Names of the settings, as the maker of the processor calls them. */
const settingNames = {
  intel: { vt: 'Intel VT-x', iommu: 'Intel VT-d', nx: 'Execute Disable (XD)' },
  amd: { vt: 'AMD-V (SVM)', iommu: 'AMD IOMMU', nx: 'No-Execute (NX)' },
  other: { vt: 'VT-x or AMD-V', iommu: 'VT-d or AMD IOMMU', nx: 'NX or XD' },
} as const;

/** A setting that virtualization needs: on, unless the design says that it is off (a rule speaks up then). */
const setting = (label: string, value: boolean | undefined): Text =>
  value === false ? say`${label}: off, says the design; the hypervisor needs it` : say`${label}: on`;

function biosSteps(host: Host): readonly Text[] {
  const { bios, boot } = host.props;
  const names = settingNames[cpuOf(host)?.vendor ?? 'other'];
  const power = { performance: 'maximum performance', balanced: 'balanced', saving: 'power saving' } as const;
  return [
    setting(names.vt, bios?.vt),
    setting(names.nx, bios?.nx),
    bios?.iommu === false ? say`${names.iommu}: off` : say`${names.iommu}: on`,
    say`Power profile: ${bios?.power === undefined ? 'maximum performance (the design does not say)' : power[bios.power]}`,
    say`Boot: UEFI, from ${boot?.device === undefined ? undefined : bootNames[boot.device]}; boot order without network and USB`,
    say`After a power failure: ${undefined} (stay off until the storage is up, or last state)`,
  ];
}

const bootNames = {
  disk: 'local disk',
  m2: 'M.2 mirror',
  usb: 'USB stick',
  sd: 'SD card',
  san: 'LUN on the array',
  pxe: 'network',
} as const;

export const bios = defineTask({
  id: 'firmware/bios',
  phase: 'firmware',
  title: 'BIOS settings of the hosts',
  role: 'virtualization engineer',
  record: 'export of the BIOS settings of one host, comparison with the others',
  expected: 'the same settings on all hosts of a model.',
  closes: ['HWC009', 'MIG005', 'MIG014'],
  *items(model) {
    for (const group of alikeHosts(model, (host) => [host.props.model, host.props.bios, host.props.boot?.device])) {
      yield {
        ...forAll(group),
        part: group.first.props.model ?? '',
        prop: 'bios',
        what: say`Set the BIOS of ${them(group.members)} (${group.first.props.model}).`,
        detail: biosSteps(group.first),
      };
    }
  },
});

export const controllers = defineTask({
  id: 'firmware/controllers',
  phase: 'firmware',
  title: 'Server controllers (iDRAC, iLO, BMC)',
  role: 'virtualization engineer',
  record: 'version, factory password replaced, account in the vault',
  expected: 'console and power switch work from the administrator’s computer.',
  intro: 'The way in when nothing else works: address, own account, remote console and power switch tried out.',
  columns: ['Host', 'Address', 'Serial number of the host'],
  blanks: ['Firmware', 'Console works'],
  closes: ['NET031', 'CLU031'],
  *items(model) {
    for (const host of model.all('host')) {
      yield {
        subject: host,
        prop: 'out-of-band',
        what: [called(host, model), [code(addressText(host, model, 'out-of-band'))], only(host.props.serial)],
      };
    }
  },
});

const kindNames = { host: 'BIOS and server controller', nic: 'Network adapter', hba: 'Storage adapter', gpu: 'GPU' } as const;

export const versions = defineTask({
  id: 'firmware/versions',
  phase: 'firmware',
  title: 'Firmware of the hosts',
  role: 'virtualization engineer',
  record: 'inventory of the server controller before and after',
  expected: 'installed is the target, on all hosts of the row.',
  intro:
    'Update to the pair of driver and firmware that was found in the compatibility guide. All hosts of a cluster get the same.',
  columns: ['Device', 'Model', 'In', 'Target'],
  blanks: ['Found', 'Installed'],
  closes: ['HWC002', 'HWC011'],
  *items(model) {
    const devices = model
      .all('host')
      .flatMap((host): readonly (Host | Device)[] => [
        host,
        ...childrenOf(host, 'nic'),
        ...childrenOf(host, 'hba'),
        ...childrenOf(host, 'gpu'),
      ]);
    const firmwareOf = (device: Host | Device): string | undefined => (is(device, 'host') ? undefined : device.props.firmware);
    for (const { first, members } of alike(devices, (device) => [device.kind, device.props.model, firmwareOf(device)])) {
      yield {
        subject: first,
        scope: `${first.kind}:${first.props.model ?? ''}:${firmwareOf(first) ?? ''}`,
        prop: is(first, 'host') ? 'model' : 'firmware',
        what: [
          [kindNames[first.kind]],
          only(first.props.model),
          codes([...new Set(members.map((device) => device.unit.root.name))]),
          only(firmwareOf(first)),
        ],
      };
    }
  },
});

export const arrays = defineTask({
  id: 'firmware/array',
  phase: 'firmware',
  title: 'Storage arrays',
  role: 'storage engineer',
  record: 'versions of controllers and disks, settings exported',
  expected: 'all controllers and disks healthy, on the wanted version.',
  closes: ['STO011'],
  *items(model) {
    for (const array of model.all('array')) {
      const addresses = childrenOf(array, 'controller').map(
        (controller) => say`controller ${code(controller.name)} ${code(addressText(controller, model))}`,
      );
      yield {
        subject: array,
        prop: 'release',
        what: say`Bring ${called(array, model)} (${array.props.model}) to controller firmware ${array.props.release}, disks to ${undefined}.`,
        detail: [
          ...addresses.map((address) => say`Management address: ${address}`),
          say`Multipath mode ${array.props.type === 'active-passive' ? 'active-passive' : undefined} (ALUA or active-active), time server, alarms by mail to ${undefined}`,
          say`Factory passwords replaced; management only in its network.`,
        ],
      };
    }
  },
});

/** The largest frame of the networks of a design; jumbo frames have to pass every switch on the way. */
const largestMtu = (model: Model): number => Math.max(1500, ...model.all('network').map((network) => network.props.mtu ?? 0));

export const switches = defineTask({
  id: 'firmware/switch',
  phase: 'firmware',
  title: 'Switches',
  role: 'network engineer',
  record: 'version, configuration saved off the switch',
  expected: 'the running configuration is the saved one.',
  closes: ['MTU002', 'NET026', 'NET027'],
  *items(model) {
    const jumbo = largestMtu(model) > 1500;
    for (const device of model.all('switch')) {
      const { release, mtu, redundant } = device.props;
      yield {
        subject: device,
        part: 'firmware',
        prop: 'release',
        what: say`Bring ${called(device, model)} (${device.props.model}) to release ${release}, management address ${code(addressText(device, model))}.`,
        detail: [
          mtu !== undefined
            ? say`MTU ${mtu} on all ports`
            : jumbo
              ? say`MTU ${undefined} on all ports (9216 fits: networks of this design use ${largestMtu(model)})`
              : say`MTU 1500`,
          say`Spanning tree on; ports to hosts and storage are edge ports (PortFast), with BPDU guard; no trunk negotiation (DTP off)`,
          say`LLDP on, time server, log server, backup of the configuration to ${undefined}`,
          ...(redundant === true ? [say`Both supervisors in service: switch over once by hand`] : []),
        ],
      };
    }
  },
});

const appliances = defineTask({
  id: 'firmware/appliances',
  phase: 'firmware',
  title: 'Routers, firewalls, USB hubs and UPSs',
  role: 'network engineer',
  record: 'version, factory password replaced',
  expected: 'the wanted version, no factory password left.',
  columns: ['Device', 'Model', 'Address'],
  blanks: ['Firmware'],
  *items(model) {
    for (const device of [...model.all('router'), ...model.all('usbhub'), ...model.all('ups')]) {
      const address = is(device, 'usbhub') ? hubAddress(device, model) : undefined;
      yield {
        subject: device,
        part: 'firmware',
        prop: 'model',
        what: [called(device, model), only(device.props.model), [code(address)]],
      };
    }
  },
});

const usbPorts = defineTask({
  id: 'firmware/usb',
  phase: 'firmware',
  title: 'USB ports in use',
  role: 'virtualization engineer',
  record: 'photo of the port with its label, list of devices that the host sees',
  *items(model) {
    for (const machine of [...model.all('host'), ...model.all('physical')]) {
      for (const usb of childrenOf(machine, 'usb')) {
        const licences = model.lookup<'license'>(licencesByPlug, idOf(usb)).map((licence) => licence.name);
        const product = is(machine, 'host') ? machine.props.hypervisor?.product : undefined;
        const lists =
          product === 'esxi'
            ? sh`esxcli hardware usb passthrough device list`
            : product === 'kvm' || product === 'proxmox' || product === 'xenserver'
              ? sh`lsusb`
              : undefined;
        yield {
          subject: usb,
          what: say`Label USB port ${code(usb.name)} of ${short(machine, model)}${usb.props.internal === true ? ' (inside the case)' : ''} and switch it on in the BIOS; it takes ${licences.length > 0 ? say`licence ${codes(licences)}` : undefined}.`,
          expected: say`The host sees the device, USB id ${code(usb.props.device)}.`,
          commands: lists === undefined ? [] : shell(`Shell of ${machine.name}`, lists),
        };
      }
    }
  },
});

export const firmware = [bios, controllers, versions, arrays, switches, appliances, usbPorts];
