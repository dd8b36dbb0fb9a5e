import { hypervisorName } from '../../facts/hardware.ts';
import { hardkeyUsers, plugOf, usbName } from '../../facts/licences.ts';
import { is } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'USB001',
  name: 'usb/hyperv-dongle',
  severity: 'error',
  on: ['license'],
  summary: 'A VM on Hyper-V is to use a dongle in a USB port of its host',
  why: 'Hyper-V does not hand USB devices of the host to a VM: the dongle is seen by the parent partition, and the program in the VM finds no licence. Redirection over a remote desktop session ends with the session and is no way to license a server.',
  remedy:
    'Ask the vendor for a softkey, bound to the VM, or plug the dongle into a USB hub on the network, whose driver in the guest brings it into the VM.',
  sources: ['Elipse Software, Virtualization Guide', 'Savill, "Mastering Hyper-V", USB devices'],
  check(entity, { model, report }) {
    const plug = plugOf(entity, model);
    if (plug?.at !== 'host' || !is(plug.machine, 'host') || plug.machine.props.hypervisor?.product !== 'hyperv') return;
    const [vm] = hardkeyUsers(entity, model).filter((user) => is(user, 'vm'));
    if (!vm) return;
    report({
      prop: 'hardkey.at',
      cause: vm,
      message: `The dongle in ${usbName(plug.usb)} never reaches ${vm.name}: ${hypervisorName('hyperv')} cannot give a VM a USB device of its host. Get a softkey for ${vm.name}, or plug the dongle into a network USB hub.`,
      related: [{ at: plug.machine, prop: 'hypervisor', message: `${plug.machine.name} runs Hyper-V` }],
    });
  },
  examples: {
    bad: [
      {
        title: 'A dongle in the Hyper-V host',
        text: `host host1 hypervisor hyperv 2022 { usb usb1 }
vm SCADA on host1 os "Windows Server 2022"
license e3 {
  product "Elipse E3 Server"
  hardkey at host1/usb1 for SCADA
             ^^^^^^^^^^
}`,
      },
    ],
    good: [
      {
        title: 'The dongle in a network USB hub',
        text: `host host1 hypervisor hyperv 2022
usbhub keys model "AnywhereUSB 24 Plus" psu A, B { nic eth0; nic eth1 }
vm SCADA on host1
license e3 {
  product "Elipse E3 Server"
  hardkey at keys/1 for SCADA
}`,
      },
      {
        title: 'A softkey',
        text: `host host1 hypervisor hyperv 2022
vm SCADA on host1
license e3 {
  product "Elipse E3 Server"
  softkey for SCADA expires 2027-06-30 renewal "OT engineering, every spring"
}`,
      },
      {
        title: 'A dongle for a program on the host itself',
        text: `host host1 hypervisor hyperv 2022 { usb usb1 }
license backup-tool product "Backup suite" hardkey at host1/usb1 for host1`,
      },
    ],
  },
});
