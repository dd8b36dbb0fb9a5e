import { hostDevice } from '../../facts/hardware.ts';
import { pathOf } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'HWC003',
  name: 'hardware/vmklinux-only',
  severity: 'error',
  on: ['nic', 'hba', 'gpu'],
  summary: 'A device only ever had a vmklinux driver, and the ESXi release has none of these',
  why: 'Until 6.7, ESXi could load Linux drivers through a layer called vmklinux. Release 7.0 took the layer out, and every driver with it: a device for which nobody wrote a native driver vanishes at the upgrade, and with a RAID controller all datastores behind it.',
  remedy:
    'Replace the device before the upgrade by one with a native driver, or keep the host on 6.7 until then. If the vendor has published a native driver since, say so in a catalogue of your own.',
  sources: ['VMware KB 78389', 'polarclouds.co.uk, "ESXi 7: missing PERCs"', 'vinfrastructure.it, "vmklinux deprecation" (2019)'],
  check(entity, { model, report }) {
    const device = model.fact(hostDevice, entity);
    if (device?.support?.vmklinuxOnly) {
      const { platform, prop, label, support } = device;
      const drivers = [
        ...new Set(support.entry.drivers.filter((driver) => driver.product === 'esxi').map((driver) => driver.name)),
      ];
      const named = drivers.length > 0 ? ` (${drivers.join(', ')})` : '';
      const loss =
        entity.kind === 'nic' ? 'the links on it' : entity.kind === 'gpu' ? 'the VMs that use it' : 'the datastores behind it';
      report({
        prop,
        message: `${pathOf(entity)} (${label}) only has vmklinux drivers${named}, which ESXi 7.0 removed: on ${platform.name} the host does not see it and loses ${loss}. Replace it by a device with a native driver.`,
      });
      return;
    }
    // The card has a native driver, but the design still names the old one.
    const { driver } = entity.props;
    if (driver?.name === undefined || device === undefined || device.platform.product !== 'esxi') return;
    if (device.match.how === 'unknown' || device.match.how === 'ambiguous' || (device.platform.release?.numbers[0] ?? 0) < 7)
      return;
    const known = device.match.entry.drivers.filter((each) => each.product === 'esxi');
    const old = known.find((each) => each.kind === 'vmklinux' && each.name === driver.name);
    const native = known.find((each) => each.kind === 'native');
    if (!old || !native) return;
    report({
      prop: 'driver.name',
      severity: old.verified && native.verified ? 'warning' : 'info',
      message: `${driver.name} is the vmklinux driver of ${device.label}, and ESXi 7.0 removed these; on ${device.platform.name} the native driver ${native.name} takes its place. Correct the driver${driver.version !== undefined ? ' and its version' : ''}.`,
      fix: {
        title: `Use ${native.name}`,
        safety: 'unsafe',
        ops: [{ op: 'replace', on: entity, prop: driver.version === undefined ? 'driver.name' : 'driver', text: native.name }],
      },
    });
  },
  fixable: true,
  examples: {
    bad: [
      {
        title: 'A PERC H700 on ESXi 7.0',
        text: `host esx1 hypervisor esxi 7.0u3 {
  hba vmhba0 type raid model "PERC H700"
                             ^^^^^^^^^^^
}`,
      },
      {
        title: 'The same controller by its PCI id',
        text: `host esx1 hypervisor esxi 8.0u3 {
  hba vmhba0 type raid pci 1000:0079:1028:1f16
                           ^^^^^^^^^^^^^^^^^^^
}`,
      },
      {
        title: 'The old driver of a card that has a native one',
        text: `host esx1 hypervisor esxi 7.0u3 {
  nic vmnic0 model "BCM57810" driver bnx2x
                                     ^^^^^ warning
}`,
        fixed: `host esx1 hypervisor esxi 7.0u3 {
  nic vmnic0 model "BCM57810" driver qfle3
}`,
      },
    ],
    good: [
      {
        title: 'The same controller on 6.7',
        text: `host esx1 hypervisor esxi 6.7u3 {
  hba vmhba0 type raid model "PERC H700"
}`,
      },
      {
        title: 'A controller with a native driver',
        text: `host esx1 hypervisor esxi 8.0u3 {
  hba vmhba0 type raid model "PERC H730"
}`,
      },
      {
        title: 'Release not said',
        text: `host esx1 hypervisor esxi {
  hba vmhba0 type raid model "PERC H730"
}`,
      },
    ],
  },
});
