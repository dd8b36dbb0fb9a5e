import { type HostDongle, hostDongles, usbName } from '../../facts/licences.ts';
import { candidateHosts, pinnedHost } from '../../facts/placement.ts';
import { quoteName } from '../../values/name.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'USB004',
  name: 'usb/dongle-vm-not-pinned',
  severity: 'error',
  on: ['vm'],
  summary: 'A VM is not tied to the host that its dongle is plugged into',
  why: 'A dongle in a USB port belongs to one host. If DRS, HA or an operator brings the VM to another one, it loses the licence at the latest at its next restart. Elipse supports a dongle of the host only for a VM that is linked to that very host.',
  remedy:
    'Tie the VM to the host with a must-rule (pin must HOST), and switch HA off for it. A softkey or a network USB hub leaves the VM free to move.',
  sources: ['Elipse Software, Virtualization Guide', 'vSphere Web Services API, VirtualUSB remote host backing'],
  coveredBy: ['FT017'],
  fixable: true,
  check(entity, { model, report }) {
    const dongles = hostDongles(entity, model);
    if (dongles.length === 0) return;
    const hosts = candidateHosts(entity, model);
    const [only] = hosts;
    if (!only) return;
    const pinned = pinnedHost(entity, model);
    for (const dongle of dongles) {
      const { license, usb, host, elipse } = dongle;
      if (
        hosts.length === 1
          ? only === host || spareOf(dongle, dongles, only.name)
          : !elipse || spareOf(dongle, dongles, pinned?.name)
      )
        continue;
      const related = [{ at: license, prop: 'hardkey.at', message: `The dongle of ${entity.name} is plugged in here` }];
      const fix = {
        title: `Pin ${entity.name} to ${host.name}`,
        safety: 'unsafe',
        ops: [{ op: 'set', on: entity, prop: 'pin', text: `must ${quoteName(host.name)}` }],
      } as const;
      if (hosts.length === 1) {
        const why = `the dongle of ${entity.name} sits in ${usbName(usb)}: it finds no licence`;
        if (pinned)
          report({
            prop: 'pin.host',
            message: `${entity.name} is tied to ${only.name}, but ${why}. Pin it to ${host.name}, or plug the dongle into ${only.name}.`,
            related,
            fix,
          });
        else
          report({
            prop: 'on',
            message: `${entity.name} runs on ${only.name}, but ${why}. Run it on ${host.name}, or plug the dongle into ${only.name}.`,
            related,
          });
        return;
      }
      const soft = entity.props.pin?.strength === 'should' ? 'only prefers' : 'is not tied to';
      const others = hosts.filter((other) => other !== host);
      const elsewhere =
        others.length === 1 && others[0] ? others[0].name : `one of the ${others.length} other hosts that it may run on`;
      report({
        prop: 'pin',
        message: `${entity.name} ${soft} ${host.name}, whose port ${usb.name} holds its dongle: moved to or restarted on ${elsewhere}, it has no licence. Tie it with "pin must ${host.name}".`,
        related,
        fix,
      });
      return;
    }
  },
  examples: {
    bad: [
      {
        title: 'Free to run on either host',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { drs fully-automated }
vm E3-B in scada ha off
   ^^^^
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
        fixed: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { drs fully-automated }
vm E3-B in scada ha off pin must esx2
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
      },
      {
        title: 'A preference is not enough',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { drs fully-automated }
vm E3-B in scada {
  ha  off
  pin should esx2
      ^^^^^^^^^^^
}
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
        fixed: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { drs fully-automated }
vm E3-B in scada {
  ha  off
  pin must esx2
}
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
      },
      {
        title: 'The dongle is in the other host',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2
vm E3-B in scada ha off pin must esx1
                                 ^^^^
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
        fixed: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2
vm E3-B in scada ha off pin must esx2
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
      },
    ],
    good: [
      {
        title: 'Tied to the host of the dongle',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { drs fully-automated }
vm E3-B in scada pin must esx2 ha off
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
      },
      {
        title: 'Tied by an affinity rule',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { drs fully-automated }
vm E3-B in scada ha off
affinity dongle must vms E3-B hosts esx2
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
      },
      {
        title: 'A standalone host',
        text: `host esx1 hypervisor esxi 8.0u3 { usb usb1 }
vm E3 on esx1
license e3 product "Elipse E3 Server" hardkey at esx1/usb1 for E3`,
      },
    ],
  },
});

/** A second dongle of the same product in the host that the VM is tied to: this one is a spare. */
const spareOf = (dongle: HostDongle, all: readonly HostDongle[], home: string | undefined): boolean =>
  home !== undefined &&
  (dongle.host.name === home ||
    all.some((other) => other.host.name === home && other.license.props.product === dongle.license.props.product));
