import { psuCount } from '../../facts/power.ts';
import { defineRule } from '../rule.ts';

const losses = {
  host: 'a failed supply or a pulled plug takes the host down with all VMs on it',
  array: 'a failed supply or a pulled plug takes the storage away from every host at once',
  switch: 'a failed supply or a pulled plug takes down every link that ends here',
} as const;

export default defineRule({
  code: 'PWR001',
  name: 'power/single-psu',
  severity: 'warning',
  on: ['host', 'array', 'switch'],
  summary: 'A host, array or switch has a single power supply',
  why: 'A power supply is the part of a server that fails most often after disks and fans. Where many applications share one machine, its loss is the loss of all of them, and with one supply there is no way to work on a feed, a PDU or a UPS without switching the machine off.',
  remedy: 'Order the second supply and put it on the other feed of the rack. Where the model takes only one (small access switches), let a second device on the other feed do the same work, and waive the finding with that reason.',
  sources: ['Stratus, "Virtualization and availability" (manufacturing)', 'Proxmox VE Administration Guide, High Availability'],
  check(entity, { report }) {
    if (psuCount(entity) !== 1) return;
    report({ prop: 'psu', message: `${entity.name} has one power supply: ${losses[entity.kind]}. Fit a second supply on the other feed.` });
  },
  examples: {
    bad: [
      { title: 'One supply on feed A', text: 'rack r1 { feed A; feed B }\nhost esx1 rack r1 psu A\n                      ^' },
      { title: 'Given as a number', text: 'array san-1 model "PowerVault ME5024" psu 1\n                                          ^' },
    ],
    good: [
      { title: 'Two supplies on two feeds', text: 'rack r1 { feed A; feed B }\nhost esx1 rack r1 psu A, B' },
      { title: 'Two supplies, feeds still open', text: 'switch sw-a ports 48 psu 2' },
      { title: 'Nothing said yet about power', text: 'host esx1 hypervisor esxi 8.0u3' },
    ],
  },
});
