import { type HypervisorProduct, hypervisorName } from '../../facts/hardware.ts';
import { hardkeyUsers, isElipse, plugOf, usbName } from '../../facts/licences.ts';
import { is } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

/** VMware maps dongles; Hyper-V cannot at all, which is USB001's. */
const elsewhere: ReadonlySet<HypervisorProduct> = new Set(['esxi', 'vmware-workstation', 'hyperv']);

export default defineRule({
  code: 'USB002',
  name: 'usb/elipse-dongle-platform',
  severity: 'error',
  on: ['license'],
  summary: 'An Elipse dongle is passed through from the host on a hypervisor other than VMware',
  why: 'XenServer, KVM and their relatives can pass a USB device to a VM, but the mapping is not stable: after a restart or a reset of the port the device may come back under another address, and the licence is gone. Elipse supports the native mapping on VMware only; elsewhere it asks for a softkey.',
  remedy:
    'Order a softkey for the VM, or plug the dongle into a network USB hub such as the AnywhereUSB family, with redundant power and network.',
  sources: ['Elipse Software, Virtualization Guide'],
  check(entity, { model, report }) {
    const plug = plugOf(entity, model);
    if (plug?.at !== 'host' || !is(plug.machine, 'host') || isElipse(entity) !== true) return;
    const product = plug.machine.props.hypervisor?.product;
    if (product === undefined || elsewhere.has(product)) return;
    const [vm] = hardkeyUsers(entity, model).filter((user) => is(user, 'vm'));
    if (!vm) return;
    report({
      prop: 'hardkey.at',
      cause: vm,
      message: `${vm.name} is to use the Elipse dongle in ${usbName(plug.usb)} on ${hypervisorName(product)}: Elipse supports dongles of the host on VMware only, since the mapping is not stable elsewhere. Order a softkey, or use a network USB hub.`,
      related: [{ at: plug.machine, prop: 'hypervisor', message: `${plug.machine.name} runs ${hypervisorName(product)}` }],
    });
  },
  examples: {
    bad: [
      {
        title: 'USB passthrough on Proxmox VE',
        text: `host pve1 hypervisor proxmox 8.2 { usb usb1 }
vm E3 on pve1
license e3 {
  product "Elipse E3 Server"
  hardkey at pve1/usb1 for E3
             ^^^^^^^^^
}`,
      },
    ],
    good: [
      {
        title: 'Another vendor’s dongle is that vendor’s affair',
        text: `host pve1 hypervisor proxmox 8.2 { usb usb1 }
vm CAD on pve1
license cad product "CAD suite" hardkey at pve1/usb1 for CAD`,
      },
      {
        title: 'VMware maps the dongle',
        text: `host esx1 hypervisor esxi 8.0u3 { usb usb1 }
vm E3 on esx1
license e3 product "Elipse E3 Server" hardkey at esx1/usb1 for E3`,
      },
      {
        title: 'A network USB hub',
        text: `host pve1 hypervisor proxmox 8.2
usbhub keys psu A, B { nic eth0; nic eth1 }
vm E3 on pve1
license e3 product "Elipse E3 Server" hardkey at keys/1 for E3`,
      },
    ],
  },
});
