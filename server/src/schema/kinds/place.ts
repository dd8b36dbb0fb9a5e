import { address, date, flag, int, kind, prop, quantity, ref, text } from '../types.ts';
import { height, rack as inRack, model, note, owner, psu, serial, tag, unit } from './shared.ts';

const placed = { owner, tag, note } as const;

export const design = kind('design', {
  area: 'governance',
  top: true,
  labelled: true,
  doc: 'Title block of the design: what it is, who made it, which revision. It appears on pictures and checklists.',
  example: 'design riverside "Riverside water plant" { owner "OT engineering"; revision "B" }',
  props: {
    owner,
    note,
    customer: prop(text(), 'For whom the system is built.'),
    author: prop(text(), 'Who wrote the design.'),
    revision: prop(text(), 'Revision of the document.', { example: 'revision "B"' }),
    date: prop(date(), 'Date of the revision.', { example: 'date 2026-11-20' }),
    until: prop(date(), 'How long the system has to run; licences are checked against it.', { example: 'until 2036-12-31' }),
  },
});

export const site = kind('site', {
  area: 'place and power',
  top: true,
  labelled: true,
  children: ['room', 'rack', 'ups', 'pdu'],
  doc: 'A place: a plant, an office, a data centre. The largest failure domain.',
  example: 'site plant "Riverside plant" { room server-room { rack r1 units 42 } }',
  props: { ...placed, address: prop(text(), 'Postal address.') },
});

export const room = kind('room', {
  area: 'place and power',
  labelled: true,
  children: ['rack', 'ups', 'pdu'],
  doc: 'A room of a site.',
  example: 'room server-room { rack r1 units 42 }',
  props: { ...placed, cooling: prop(quantity('power'), 'Heat that the cooling can take away.') },
});

export const rack = kind('rack', {
  area: 'place and power',
  top: true,
  labelled: true,
  children: ['feed', 'pdu'],
  doc: 'A rack with its power feeds. What stands in one rack fails together.',
  example: 'rack r1 units 42 { feed A from ups-a; feed B from ups-b }',
  props: { ...placed, units: prop(int(1, 60), 'Height in rack units.', { example: 'units 42' }) },
});

export const feed = kind('feed', {
  area: 'place and power',
  labelled: true,
  doc: 'A power feed of a rack, usually A or B; each power supply of a device hangs on one.',
  example: 'feed A from ups-a',
  props: {
    from: prop(ref('ups', 'pdu', 'feed'), 'What supplies it. Two feeds from one UPS fail together.', { example: 'from ups-a' }),
    note,
  },
});

export const ups = kind('ups', {
  area: 'place and power',
  top: true,
  labelled: true,
  doc: 'An uninterruptible power supply.',
  example: 'ups ups-a capacity 6kVA runtime 20min',
  props: {
    ...placed,
    model,
    serial,
    rack: inRack,
    unit,
    height,
    capacity: prop(quantity('power'), 'Rated output.', { example: 'capacity 6kVA' }),
    runtime: prop(quantity('duration'), 'How long it carries its load on battery.', { example: 'runtime 20min' }),
    from: prop(ref('feed', 'pdu', 'ups'), 'What supplies it.'),
    shutdown: flag('Shuts the hosts down in order when the battery runs low.'),
  },
});

export const pdu = kind('pdu', {
  area: 'place and power',
  top: true,
  labelled: true,
  doc: 'A power strip or distribution unit.',
  example: 'pdu pdu-a1 from ups-a capacity 16A',
  props: {
    ...placed,
    model,
    serial,
    from: prop(ref('ups', 'feed', 'pdu'), 'What supplies it.'),
    outlets: prop(int(1, 96), 'Number of outlets.'),
    capacity: prop(quantity('current'), 'Rated current.', { example: 'capacity 16A' }),
  },
});

export const usbhub = kind('usbhub', {
  area: 'licences',
  top: true,
  labelled: true,
  children: ['nic'],
  doc: 'A USB hub on the network (USB over IP), such as the AnywhereUSB family: licence dongles stay reachable wherever their VM runs.',
  example: 'usbhub keys model "AnywhereUSB 24 Plus" psu A, B { nic eth0 port sw-a/20 }',
  props: {
    ...placed,
    model,
    serial,
    rack: inRack,
    unit,
    psu,
    ports: prop(int(1, 64), 'Number of USB ports.', { example: 'ports 24' }),
    address: prop(address(), 'Its IP address.'),
    on: prop(ref('network'), 'Network that it is in.'),
  },
});
