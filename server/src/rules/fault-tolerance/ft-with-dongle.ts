import { hardkeyUsers, plugOf, usbName } from '../../facts/licences.ts';
import { ftOn, productOf } from '../../facts/placement.ts';
import { is } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'FT017',
  name: 'fault-tolerance/ft-with-dongle',
  severity: 'error',
  on: ['license'],
  summary: 'A VM with Fault Tolerance uses a dongle in a USB port of a host',
  why: 'Fault Tolerance runs a VM on two hosts at once, and a dongle is plugged into one of them. vSphere does not take a USB device into an FT VM at all; and if it did, the shadow would take over without its licence.',
  remedy:
    'Use a softkey, or plug the dongle into a USB hub on the network, which both hosts reach. If the dongle has to stay in the host, do without FT for this VM and use the redundancy of the application.',
  sources: [
    'Elipse Software, Virtualization Guide',
    'VMware vSphere 8, Availability: features and devices incompatible with Fault Tolerance',
    'VMware vSphere 8, USB passthrough from a host',
  ],
  check(license, { model, report, ask }) {
    for (const vm of hardkeyUsers(license, model)) {
      if (!is(vm, 'vm') || !ftOn(vm) || productOf(vm, model) !== 'esxi') continue;
      const plug = plugOf(license, model);
      if (!plug) {
        if (!license.props.hardkey?.at)
          ask({
            prop: 'hardkey.at',
            message: `Where is dongle ${license.name} plugged in? ${vm.name} uses Fault Tolerance, which works with a USB hub on the network only.`,
          });
        continue;
      }
      if (plug.at !== 'host') continue;
      report({
        at: vm,
        prop: 'ft',
        cause: vm,
        message: `${vm.name} uses Fault Tolerance and dongle ${license.name} in ${usbName(plug.usb)}: an FT VM takes no USB device, and its shadow would run without a licence. Use a softkey or a USB hub on the network.`,
        related: [{ at: license, prop: 'hardkey.at', message: `The dongle of ${vm.name}` }],
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'FT, and the dongle in the back of a host',
        text: `host esx[1..2] hypervisor esxi 8.0u3 { usb usb1 }
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 2 {
  ft yes
     ^^^
}
license e3 { product "Elipse E3 Server"; hardkey at esx1.usb1 for SCADA }`,
      },
    ],
    good: [
      {
        title: 'The dongle in a redundant USB hub on the network',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
usbhub keys model "AnywhereUSB 24 Plus" psu 2
vm SCADA in plant vcpu 2 { ft yes }
license e3 { product "Elipse E3 Server"; hardkey at keys/1 for SCADA }`,
      },
      {
        title: 'A softkey',
        text: `host esx[1..2] hypervisor esxi 8.0u3
cluster plant hosts esx[1..2] { ha }
vm SCADA in plant vcpu 2 { ft yes }
license e3 { product "Elipse E3 Server"; softkey for SCADA expires 2027-06-30 renewal "OT engineering, every spring" }`,
      },
    ],
  },
});
