import { type HostDevice, hostDevice } from '../../facts/hardware.ts';
import { type Entity, pathOf } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { defineRule, type RuleContext } from '../rule.ts';

type Device = Entity<'host' | 'nic' | 'hba' | 'gpu'>;

const why =
  'ESXi has no driver model that takes whatever a card maker ships: a device works if the release carries a driver for it, and VMware supports it only if the compatibility guide lists it for that release. An unlisted network card or controller is not seen by the installer, or it works until a load or an update brings the whole host down. Other hypervisors take more hardware, but their vendors support only what they have certified.';

export default defineRule({
  code: 'HWC001',
  name: 'hardware/not-on-hcl',
  severity: 'error',
  on: ['host', 'nic', 'hba', 'gpu'],
  summary: 'A device is not on the compatibility list for the hypervisor release of its host',
  why,
  remedy:
    'Choose a device that the vendor lists for the release, or a release that the device is listed for. Give the PCI id of the very card (vmkchdev -l on ESXi, lspci -nn on Linux): many cards share a name. Add the vendor’s list or your own with catalog "file.json"; Lintel’s bundled catalogue only knows common devices.',
  sources: [
    'Fujitsu white paper on virtualization solutions for PRIMERGY',
    'VMware Compatibility Guide, I/O devices',
    'Lintel hardware catalogues (docs/catalog.md)',
  ],
  coveredBy: ['HWC003'],
  check(entity, context) {
    const { model, report } = context;
    const device = model.fact(hostDevice, entity);
    if (!device) return;
    const { platform, support, missingIn, prop, label } = device;
    const esxi = platform.product === 'esxi';
    const whose = entity.kind === 'host' ? `${entity.name} (${label})` : `${pathOf(entity)} (${label})`;
    const severity = esxi ? 'error' : 'warning';
    const choose = 'Choose a listed device, or confirm it with the vendor and add it to the list.';
    if (missingIn) {
      report({
        prop,
        severity,
        message: `${whose} is not in "${missingIn.name}", which names every device that is supported on ${platform.name}: the host has no supported driver for it. ${choose}`,
      });
    } else if (support?.status === 'removed') {
      report({
        prop,
        severity,
        message: `${whose} is no longer supported on ${platform.name}: it was removed in ${support.line?.version.text ?? 'an earlier release'}, so the host loses it and what hangs on it. Choose another device or stay on an older release. Source: ${support.source}.`,
      });
    } else if (support?.status === 'not-listed') {
      report({
        prop,
        severity,
        message: `${whose} is not listed for ${platform.name} in "${support.entry.catalog.name}". ${choose}`,
      });
    } else if (support?.status === 'deprecated') {
      report({
        prop,
        severity: 'info',
        message: `${whose} still works on ${platform.name}, but is deprecated: a later release may drop it. Plan its replacement. Source: ${support.source}.`,
      });
    } else if (esxi) unsure(entity, device, context);
  },
  examples: {
    bad: [
      {
        title: 'A card that the plant’s complete list does not name',
        text: `--- main.lintel
catalog "plant-hcl.json"
host esx1 {
  hypervisor esxi 8.0u3
  nic vmnic0 pci 8086:1572 model "Intel X710"
  nic vmnic1 model "AcmeNet 9000"
                   ^^^^^^^^^^^^^^ error
}
--- plant-hcl.json
{ "lintelCatalog": 1, "name": "Plant HCL", "source": "Broadcom Compatibility Guide, 2026-10-01",
  "complete": [{ "product": "esxi", "kinds": ["nic"], "releases": ["8.0u3"] }],
  "devices": [{ "id": "x710", "kind": "nic", "vendor": "Intel", "model": "X710", "pci": ["8086:1572"],
    "releases": [{ "product": "esxi", "version": "8.0u3", "status": "supported" }] }] }`,
      },
      {
        title: 'Software FCoE went with ESXi 8.0',
        text: `host esx1 hypervisor esxi 8.0u3 {
  hba vmhba64 type software-fcoe model "Software FCoE adapter"
                                       ^^^^^^^^^^^^^^^^^^^^^^^
}`,
      },
      {
        title: 'Nobody knows this card: a warning to check it',
        text: `host esx1 hypervisor esxi 8.0u3 {
  nic vmnic0 model "AcmeNet 9000"
                   ^^^^^^^^^^^^^^ warning
}`,
      },
    ],
    good: [
      {
        title: 'A common card',
        text: `host esx1 hypervisor esxi 8.0u3 {
  nic vmnic0 speed 10Gbps model "Intel X710"
}`,
      },
      {
        title: 'Nothing said about the card',
        text: `host esx1 hypervisor esxi 8.0u3 {
  nic vmnic0 speed 10Gbps
}`,
      },
      {
        title: 'Windows takes more hardware than any list names',
        text: `host host1 hypervisor hyperv 2022 {
  nic eth0 model "AcmeNet 9000"
}`,
      },
    ],
  },
});

/** Nothing that may accuse: what nobody verified is told as such, and a card or controller that no catalogue knows is to be checked. */
function unsure(entity: Device, device: HostDevice, { model, report, ask }: RuleContext): void {
  const { platform, match, support, prop, label } = device;
  const whose = entity.kind === 'host' ? `${entity.name} (${label})` : `${pathOf(entity)} (${label})`;
  if (support?.claim === 'not-listed') {
    report({
      prop,
      severity: 'warning',
      message: `${whose} is, as far as Lintel knows, not on the compatibility list of ${platform.name}; nobody has verified that yet. Look it up in the vendor’s compatibility guide before you order.`,
    });
  } else if (support?.claim === 'removed') {
    report({
      prop,
      severity: 'info',
      message: `${whose} is said to be gone from ${platform.name} (not verified). Look it up in the vendor’s compatibility guide before you install that release.`,
    });
  } else if (match.how === 'family' && support !== undefined && !support.entry.pci.some((id) => id.svid === undefined)) {
    report({
      prop,
      severity: 'info',
      message: `"${support.entry.catalog.name}" lists the chip of ${whose}, but not this very card. Compare all four numbers of its PCI id with the vendor’s list.`,
    });
  } else if (
    match.how === 'unknown' &&
    entity.kind !== 'host' &&
    entity.kind !== 'gpu' &&
    isFirstOfItsModel(entity, device, model)
  ) {
    report({
      prop,
      severity: 'warning',
      message: `${whose} is in no hardware catalogue that this design uses, so nobody can say whether ${platform.name} has a driver for it. Look it up in the compatibility guide, give its PCI id, or add your list with catalog "file.json".`,
    });
  } else if (
    match.how !== 'unknown' &&
    match.how !== 'ambiguous' &&
    platform.release === undefined &&
    match.entry.releases.some((line) => line.product === 'esxi' && line.verified && line.status === 'removed')
  ) {
    ask({
      at: device.host,
      prop: 'hypervisor',
      message: `Which release of ESXi does ${device.host.name} run? Some releases have no driver for ${label}.`,
    });
  }
}

/** One question for a host and model, not one for each of its ports. */
function isFirstOfItsModel(entity: Device, device: HostDevice, model: Model): boolean {
  return (
    device.host.children.find((other) => other.kind === entity.kind && model.fact(hostDevice, other)?.label === device.label) ===
    entity
  );
}
