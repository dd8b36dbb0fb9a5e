import { hostDongles, usbName } from '../../facts/licences.ts';
import { clusterOf, ftOn, haOn, pinnedHost } from '../../facts/placement.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'USB003',
  name: 'usb/dongle-vm-ha',
  severity: 'error',
  on: ['vm'],
  summary: 'HA or FT is on for a VM whose dongle sits in a USB port of one host',
  why: 'The dongle stays where it is plugged in. When HA starts the VM on another host, the program there finds no licence and stops after its grace period, so that the failover looks like a success and is none. Fault Tolerance does not take USB devices at all. Elipse supports a dongle of the host only with HA and FT off and the VM tied to that host.',
  remedy:
    'Switch HA off for this VM and rely on the redundancy of the application, or license it in a way that moves along: a softkey, or the dongle in a network USB hub.',
  sources: [
    'Elipse Software, Virtualization Guide',
    'VMware vSphere 8, Availability: features and devices incompatible with FT',
    'VMware vSphere, USB passthrough from an ESXi host',
  ],
  coveredBy: ['FT017'],
  fixable: true,
  check(entity, { model, report }) {
    const [dongle] = hostDongles(entity, model).toSorted((a, b) => Number(b.elipse) - Number(a.elipse));
    if (!dongle) return;
    const { license, usb, host, elipse } = dongle;
    const related = [{ at: license, prop: 'hardkey.at', message: `The dongle of ${entity.name} is plugged in here` }];
    if (ftOn(entity)) {
      report({
        prop: 'ft',
        message: `Fault Tolerance is on for ${entity.name}, whose dongle sits in ${usbName(usb)}: FT takes no USB devices, and the shadow VM on another host has no licence. Switch FT off, or license it by softkey or network USB hub.`,
        related,
      });
      return;
    }
    // Another vendor's program may do without its dongle for a while, and a pinned VM is never started elsewhere.
    if (haOn(entity, model) !== true || (!elipse && pinnedHost(entity, model) === host)) return;
    const cluster = clusterOf(entity, model);
    report({
      prop: 'ha',
      ...(elipse ? {} : { severity: 'warning' as const }),
      message: `HA is on for ${entity.name}${entity.props.ha || !cluster ? '' : ` (cluster ${cluster.name})`}, but its dongle sits in ${usbName(usb)}: started on another host than ${host.name} it runs without a licence. Switch HA off for it, or use a softkey or a network USB hub.`,
      related,
      fix: {
        title: `Switch HA off for ${entity.name}`,
        safety: 'unsafe',
        ops: [{ op: 'set', on: entity, prop: 'ha', text: 'off' }],
      },
    });
  },
  examples: {
    bad: [
      {
        title: 'The cluster’s HA counts for the VM too',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { ha on }
vm E3-B in scada {
   ^^^^
  pin must esx2
}
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
        fixed: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { ha on }
vm E3-B in scada {
  pin must esx2
  ha off
}
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
      },
      {
        title: 'HA asked for by the VM',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { ha on }
vm E3-B in scada pin must esx2 ha restart high
                                  ^^^^^^^^^^^^
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
        fixed: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { ha on }
vm E3-B in scada pin must esx2 ha off
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
      },
    ],
    good: [
      {
        title: 'HA off, tied to the host that holds the dongle',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3 { usb usb1 }
cluster scada hosts esx1, esx2 { ha on }
vm E3-B in scada pin must esx2 ha off
license e3-b product "Elipse E3 Server" hardkey at esx2/usb1 for E3-B`,
      },
      {
        title: 'The dongle in a network hub moves along',
        text: `host esx1 hypervisor esxi 8.0u3
host esx2 hypervisor esxi 8.0u3
cluster scada hosts esx1, esx2 { ha on }
usbhub keys psu A, B { nic eth0; nic eth1 }
vm E3-B in scada ha restart high
license e3-b product "Elipse E3 Server" hardkey at keys/2 for E3-B`,
      },
      {
        title: 'A standalone host has no HA',
        text: `host esx1 hypervisor esxi 8.0u3 { usb usb1 }
vm E3 on esx1
license e3 product "Elipse E3 Server" hardkey at esx1/usb1 for E3`,
      },
    ],
  },
});
