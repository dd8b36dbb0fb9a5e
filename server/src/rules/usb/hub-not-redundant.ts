import { hubFacts } from '../../facts/hardware.ts';
import { licencesByPlug } from '../../facts/licences.ts';
import { psuCount } from '../../facts/power.ts';
import { childrenOf, idOf } from '../../model/entity.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'USB012',
  name: 'usb/hub-not-redundant',
  severity: 'warning',
  on: ['usbhub'],
  summary: 'A network USB hub that serves licences has one power supply or one network connection',
  why: 'The hub takes the place of the host’s USB ports, so that VMs may move; it also becomes the one thing that all their licences depend on. With a single supply or a single cable, one pulled plug stops every program whose dongle sits in it. Elipse bases its good experience on a hub with redundant network interface and redundant supply.',
  remedy:
    'Take a model with two power inputs and two network ports, and connect each to another feed and another switch. Or spread the dongles of a redundant pair over two hubs.',
  sources: ['Elipse Software, Virtualization Guide', 'Digi, AnywhereUSB Plus specifications'],
  check(entity, { model, report }) {
    const licences = model.lookup<'license'>(licencesByPlug, idOf(entity));
    if (licences.length === 0) return;
    const served =
      licences.length === 1 && licences[0] ? `licence ${licences[0].name} depends` : `${licences.length} licences depend`;
    const facts = model.fact(hubFacts, entity);
    const psus = psuCount(entity);
    const nics = childrenOf(entity, 'nic');
    // What the model can do at most decides before what the design says of it.
    const cannot: string[] = [];
    if (facts?.psus !== undefined && facts.psus < 2) cannot.push('power supply');
    if (facts?.networkPorts !== undefined && facts.networkPorts < 2) cannot.push('network port');
    if (facts && cannot.length > 0) {
      report({
        prop: 'model',
        message: `${facts.model} has one ${cannot.join(' and one ')}, and ${served} on ${entity.name}: a pulled plug stops what is licensed there. Take a model with two of each, such as AnywhereUSB 24 Plus.`,
      });
    }
    if (psus === 1 && !cannot.includes('power supply')) {
      report({
        prop: 'psu',
        message: `${entity.name} has one power supply, and ${served} on it: when it fails or its feed trips, what is licensed there stops. Connect a second supply to the other feed.`,
      });
    }
    const [nic] = nics;
    if (nics.length === 1 && nic && !cannot.includes('network port')) {
      report({
        at: nic,
        cause: entity,
        message: `${entity.name} has one network connection (${nic.name}), and ${served} on it: a cable or a switch that fails takes the licences away. Connect a second port to another switch.`,
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'A model that cannot be redundant',
        text: `usbhub keys model "AnywhereUSB 2 Plus"
                  ^^^^^^^^^^^^^^^^^^^^
vm E3-A
license e3-a product "Elipse E3 Server" hardkey at keys/1 for E3-A`,
      },
      {
        title: 'One of two inputs and one of two ports connected',
        text: `usbhub keys model "AnywhereUSB 24 Plus" psu A {
                                            ^
  nic eth0
      ^^^^
}
vm E3-A
license e3-a product "Elipse E3 Server" hardkey at keys/1 for E3-A`,
      },
    ],
    good: [
      {
        title: 'Two supplies, two connections',
        text: `usbhub keys model "AnywhereUSB 24 Plus" psu A, B { nic eth0; nic eth1 }
vm E3-A
license e3-a product "Elipse E3 Server" hardkey at keys/1 for E3-A`,
      },
      {
        title: 'Only the model is known so far, and it can be redundant',
        text: `usbhub keys model "AnywhereUSB 24 Plus"
vm E3-A
license e3-a product "Elipse E3 Server" hardkey at keys/1 for E3-A`,
      },
      { title: 'No licence depends on it', text: 'usbhub scanners model "AnywhereUSB 2 Plus"' },
    ],
  },
});
