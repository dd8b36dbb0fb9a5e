import { hardkeyUsers, hostDongles, usbName } from '../../facts/licences.ts';
import { clusterOf, migrates } from '../../facts/placement.ts';
import { is } from '../../model/entity.ts';
import { quoteName } from '../../values/name.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'USB005',
  name: 'usb/vmotion-not-prepared',
  severity: 'error',
  on: ['license'],
  summary: 'A VM that is moved by vMotion uses a USB dongle that is not prepared for it',
  why: 'vSphere moves a running VM with USB devices only if support for vMotion is ticked for every one of them; the device then stays connected over the network to the host that holds it. A single device without it blocks the migration, and with it maintenance mode and load balancing. Even so the device is lost when the VM is powered off or suspended away from that host.',
  remedy:
    'Tick vMotion support for the device (vmotion yes), or tie the VM to the host with pin must. For an Elipse product only the second is supported.',
  sources: [
    'VMware vSphere 7 and 8, USB configuration from an ESXi host to a virtual machine',
    'vSphere Web Services API, VirtualUSB',
  ],
  coveredBy: ['USB004'],
  fixable: true,
  check(entity, { model, report }) {
    const { hardkey } = entity.props;
    if (!hardkey || hardkey.vmotion === true) return;
    for (const vm of hardkeyUsers(entity, model)) {
      if (!is(vm, 'vm') || migrates(vm, model) !== true) continue;
      const dongle = hostDongles(vm, model).find(({ license }) => license === entity);
      if (!dongle) continue;
      const cluster = clusterOf(vm, model);
      report({
        prop: hardkey.vmotion === false ? 'hardkey.vmotion' : 'hardkey.at',
        cause: vm,
        message: `${vm.name} is moved by live migration${cluster ? ` in ${cluster.name}` : ''}, but its dongle in ${usbName(dongle.usb)} is not prepared for vMotion: every move of the VM is refused. Tick vMotion support for the device (vmotion yes), or pin ${vm.name} to ${dongle.host.name}.`,
        related: [{ at: vm, message: `${vm.name} may be moved` }],
        fix: {
          title: `Pin ${vm.name} to ${dongle.host.name}`,
          safety: 'unsafe',
          ops: [{ op: 'set', on: vm, prop: 'pin', text: `must ${quoteName(dongle.host.name)}` }],
        },
      });
      return;
    }
  },
  examples: {
    bad: [
      {
        title: 'DRS cannot move the VM',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster office hosts esx1, esx2 { drs fully-automated }
vm CAD in office
license cad product "CAD suite" hardkey at esx2/usb1 for CAD
                                           ^^^^^^^^^`,
        fixed: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster office hosts esx1, esx2 { drs fully-automated }
vm CAD in office pin must esx2
license cad product "CAD suite" hardkey at esx2/usb1 for CAD`,
      },
    ],
    good: [
      {
        title: 'Prepared for vMotion',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster office hosts esx1, esx2 { drs fully-automated }
vm CAD in office
license cad product "CAD suite" hardkey at esx2/usb1 for CAD vmotion yes`,
      },
      {
        title: 'Not moved',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster office hosts esx1, esx2 { drs fully-automated }
vm CAD in office pin must esx2
license cad product "CAD suite" hardkey at esx2/usb1 for CAD`,
      },
      {
        title: 'Not said whether VMs are moved',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster office hosts esx1, esx2
vm CAD in office
license cad product "CAD suite" hardkey at esx2/usb1 for CAD`,
      },
    ],
  },
});
