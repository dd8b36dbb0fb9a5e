import { stackOf } from '../../facts/network.ts';
import { commonSource, feedOf, psuCount, psuFeedNames } from '../../facts/power.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
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
  remedy:
    'Order the second supply and put it on the other feed of the rack. Where the model takes only one (small access switches), let a second device on the other feed do the same work, and waive the finding with that reason.',
  sources: [
    'Stratus, "Do’s and Don’ts for Your Most Critical Manufacturing Systems"',
    'Proxmox VE Administration Guide, High Availability',
  ],
  check(entity, { model, report }) {
    if (psuCount(entity) !== 1) return;
    const partner = is(entity, 'switch') ? partnerElsewhere(entity, model) : undefined;
    if (partner) {
      report({
        prop: 'psu',
        severity: 'info',
        message: `${entity.name} has one power supply. Its partner ${partner.name} hangs on another feed, so what is cabled to both survives; check that nothing important ends at ${entity.name} alone.`,
      });
      return;
    }
    report({
      prop: 'psu',
      message: `${entity.name} has one power supply: ${losses[entity.kind]}. Fit a second supply on the other feed.`,
    });
  },
  examples: {
    bad: [
      {
        title: 'One supply on feed A',
        text: `rack r1 { feed A; feed B }
host esx1 rack r1 psu A
                      ^`,
      },
      {
        title: 'Given as a number',
        text: `array san-1 model "PowerVault ME5024" psu 1
                                          ^`,
      },
      {
        title: 'A pair of switches, each with one supply on its own feed: only a remark',
        text: `rack r1 { feed A; feed B }
switch sw-a ports 24 rack r1 psu A
                                 ^ info
switch sw-b ports 24 rack r1 psu B
                                 ^ info
stack core members sw-a, sw-b type mlag`,
      },
    ],
    good: [
      {
        title: 'Two supplies on two feeds',
        text: `rack r1 { feed A; feed B }
host esx1 rack r1 psu A, B`,
      },
      { title: 'Two supplies, feeds still open', text: 'switch sw-a ports 48 psu 2' },
      { title: 'Nothing said yet about power', text: 'host esx1 hypervisor esxi 8.0u3' },
    ],
  },
});

/** Another member of the switch's stack or MLAG pair whose supply does not fail together with the switch's own. */
function partnerElsewhere(device: Entity<'switch'>, model: Model): Entity<'switch'> | undefined {
  const stack = stackOf(device, model);
  const feed = (of: Entity<'switch'>): string | undefined => psuFeedNames(of)?.[0];
  const own = feed(device);
  if (!stack || own === undefined) return undefined;
  return model.resolveAll(stack.props.members, stack, 'switch').find((other) => {
    const theirs = other === device ? undefined : feed(other);
    if (theirs === undefined) return false;
    const sources = [feedOf(device, own, model), feedOf(other, theirs, model)].filter((source) => source !== undefined);
    return sources.length === 2 ? commonSource(sources, model) === undefined : own !== theirs;
  });
}
