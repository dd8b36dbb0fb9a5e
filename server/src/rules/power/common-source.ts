import { commonSource, feedOf, type PowerSource, poweredKinds, psuFeedNames, sourceName } from '../../facts/power.ts';
import { childrenOf, type Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { quoteName } from '../../values/name.ts';
import { defineRule } from '../rule.ts';

type Device = Entity<(typeof poweredKinds)[number]>;

export default defineRule({
  code: 'PWR002',
  name: 'power/common-source',
  severity: 'warning',
  on: poweredKinds,
  summary: 'All power supplies of a device hang on one feed, PDU or UPS',
  why: 'Two power supplies help against the failure of a supply. Against a tripped breaker, a failed UPS or work on a power strip they help only when each hangs on its own: behind one feed they go out together, and so does everything that was made redundant above them.',
  remedy:
    'Split the supplies over two feeds that come from different PDUs and UPSs. With a single UPS, put the second feed on the mains: the two then do not fail together.',
  sources: ['Proxmox VE Administration Guide, High Availability', 'Lintel rule catalogue, PWR002'],
  fixable: true,
  check(entity, { model, report }) {
    const names = psuFeedNames(entity);
    if (!names || names.length < 2) return;
    const count = names.length === 2 ? 'Both' : `All ${names.length}`;
    const lost = `${names.length === 2 ? 'both go' : 'all go'} out together`;
    const [first = ''] = names;
    const feeds = names.map((name) => feedOf(entity, name, model));
    if (names.every((name) => name === first)) {
      const other = otherFeed(entity, first, model);
      report({
        prop: 'psu',
        message: `${count} power supplies of ${entity.name} hang on ${feeds[0] ? sourceName(feeds[0]) : `feed ${first}`}: when it trips or is switched off for work, ${lost}. Put one on ${other ? `feed ${other.name}` : 'another feed'}.`,
        ...(other
          ? {
              fix: {
                title: `Put one supply on feed ${other.name}`,
                safety: 'unsafe',
                ops: [{ op: 'set', on: entity, prop: 'psu', text: [...names.slice(1), other.name].map(quoteName).join(', ') }],
              },
            }
          : {}),
      });
      return;
    }
    const known = feeds.filter((feed) => feed !== undefined);
    if (known.length < feeds.length) return;
    const common = commonSource(known, model);
    if (!common) return;
    report({
      prop: 'psu',
      message: `${count} power supplies of ${entity.name} depend on ${sourceName(common)}: feeds ${[...new Set(names)].join(' and ')} lead to it, so ${lost}. Supply one of the feeds from elsewhere: a second UPS, or the mains.`,
      related: known.map((feed) => ({ at: feed, prop: 'from', message: `${sourceName(feed)} leads to ${sourceName(common)}` })),
    });
  },
  examples: {
    bad: [
      {
        title: 'Both supplies on one feed',
        text: `rack r1 { feed A; feed B }
host esx1 rack r1 psu A, A
                      ^^^^`,
        fixed: `rack r1 { feed A; feed B }
host esx1 rack r1 psu A, B`,
      },
      {
        title: 'Two feeds, two power strips, one UPS',
        text: `ups ups-a capacity 6kVA
rack r1 {
  pdu strip-1 from ups-a
  pdu strip-2 from ups-a
  feed A from strip-1
  feed B from strip-2
}
array san-1 rack r1 psu A, B
                        ^^^^`,
      },
    ],
    good: [
      {
        title: 'Each feed from a UPS of its own',
        text: `ups ups-a
ups ups-b
rack r1 { feed A from ups-a; feed B from ups-b }
switch sw-a ports 48 rack r1 psu A, B`,
      },
      {
        title: 'One UPS, and the mains on the other feed',
        text: `ups ups-a
rack r1 { feed A from ups-a; feed B "Mains" }
host esx1 rack r1 psu A, B`,
      },
      {
        title: 'Both UPSs on one mains connection: each bridges its loss',
        text: `pdu main
ups ups-a from main
ups ups-b from main
rack r1 { feed A from ups-a; feed B from ups-b }
host esx1 rack r1 psu A, B`,
      },
      {
        title: 'Two supplies, feeds still open',
        text: `rack r1
host esx1 rack r1 psu 2`,
      },
    ],
  },
});

/** A feed of the device's rack that does not hang on what feeds the first. */
function otherFeed(device: Device, taken: string, model: Model): PowerSource | undefined {
  const rack = model.resolve(device.props.rack, device, 'rack');
  const own = feedOf(device, taken, model);
  return (
    rack &&
    childrenOf(rack, 'feed').find((feed) => feed.name !== taken && (!own || commonSource([own, feed], model) === undefined))
  );
}
