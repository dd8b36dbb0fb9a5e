/** Physical: where each device stands, what feeds it and what it is cabled to. Nothing virtual is in it. */
import { switchPortOf } from '../../facts/network.ts';
import { commonSource, feedOf, type PowerSource, psuCount, psuFeedNames, sourceName, supplyChain } from '../../facts/power.ts';
import { childrenOf, descendantsOf, type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import type { Ref } from '../../schema/types.ts';
import { formatQuantity } from '../../values/quantity.ts';
import type { Fact, GraphNode, NodeRole, Plug } from '../graph.ts';
import { speedText } from '../words.ts';
import { type Building, counted, fact, type GroupOf, openSheet, type Sheet, sideOf, spaced, words } from './shared.ts';

type Device = Entity<'switch'> | Entity<'router'> | Entity<'host'> | Entity<'physical'> | Entity<'usbhub'> | Entity<'array'>;

export function* physicalGraph(model: Model, title: string, groupOf: GroupOf): Building {
  const sheet = openSheet(model, title, groupOf);
  for (const site of model.all('site')) sheet.add(site, 'site', words(site.props.address));
  for (const room of model.all('room')) sheet.add(room, 'room', within(room, sheet));
  for (const rack of model.all('rack')) drawRack(rack, sheet);
  for (const ups of model.all('ups')) drawUps(ups, sheet);
  for (const pdu of model.all('pdu')) drawPdu(pdu, sheet);
  for (const rack of model.all('rack')) for (const feed of childrenOf(rack, 'feed')) drawFeed(feed, sheet);
  for (const device of devicesOf(model)) {
    drawDevice(device, sheet);
    yield;
  }
  for (const device of devicesOf(model)) {
    drawCables(device, sheet);
    yield;
  }
  for (const stack of model.all('stack')) {
    const members = model.resolveAll(stack.props.members, stack, 'switch');
    members.slice(1).forEach((member, at) => {
      const before = members[at];
      if (before) sheet.link('cable', idOf(before), idOf(member), { label: stack.name });
    });
  }
  for (const cable of model.all('link')) {
    const [a, b] = [cable.props.from, cable.props.to].map((end) => switchNamed(end, model));
    const { speed } = cable.props;
    if (a && b) sheet.link('cable', idOf(a), idOf(b), { ...(speed === undefined ? {} : { speed }), label: cable.name });
  }
  return sheet.done([]);
}

const switchNamed = (end: Ref | undefined, model: Model): Entity<'switch'> | undefined => {
  const [name] = end?.ref ?? [];
  return name === undefined ? undefined : model.find('switch', name);
};

const within = (entity: Entity, { drawn }: Sheet): { parent?: string } => (entity.parent ? { parent: drawn(entity.parent) } : {});

/** Devices in the order in which they stand in a rack: the highest unit first, those without a unit last. */
function devicesOf(model: Model): readonly Device[] {
  const all: readonly Device[] = [
    ...model.all('router'),
    ...model.all('switch'),
    ...model.all('host'),
    ...model.all('physical'),
    ...model.all('usbhub'),
    ...model.all('array'),
  ];
  return all
    .map((device, at) => ({ device, at, unit: unitOf(device) ?? -1 }))
    .sort((a, b) => b.unit - a.unit || a.at - b.at)
    .map(({ device }) => device);
}

const unitOf = (device: Device): number | undefined => device.props.unit;

interface Placed {
  readonly unit: number | undefined;
  readonly height: number;
}

const placeOf = (thing: { readonly props: { readonly unit?: number; readonly height?: number } }): Placed => ({
  unit: thing.props.unit,
  height: thing.props.height ?? 1,
});

const unitText = ({ unit, height }: Placed): string | undefined =>
  unit === undefined ? undefined : height > 1 ? `U${unit}–${unit + height - 1}` : `U${unit}`;

/** The highest unit stands on top; feeds and power strips above all of them. */
const orderOf = ({ unit, height }: Placed): { order?: number } =>
  unit === undefined ? {} : { order: highestUnit - (unit + height - 1) };
const highestUnit = 120;

function drawRack(rack: Entity<'rack'>, sheet: Sheet): void {
  const feeds = childrenOf(rack, 'feed');
  sheet.add(rack, 'rack', {
    ...within(rack, sheet),
    ...words(rack.props.units === undefined ? undefined : `${rack.props.units} U`, feeds.map((feed) => feed.name).join(' + ')),
    facts: feeds.flatMap((feed) => fact(`Feed ${feed.name}`, feed.props.from?.ref.join('.'))),
  });
}

/** A feed is the first thing in its rack, on a line from what supplies it. */
function drawFeed(feed: Entity<'feed'>, sheet: Sheet): void {
  const { drawn, link, model } = sheet;
  const source = model.resolve(feed.props.from, feed, 'ups', 'pdu', 'feed');
  const side = namedSide(feed.name);
  sheet.add(feed, 'feed', {
    ...within(feed, sheet),
    label: feed.label ?? `Feed ${feed.name}`,
    ...words(source ? `from ${sourceName(source)}` : 'supply not said'),
    ...side,
    order: side.side === 'B' ? 1 : 0,
  });
  if (source) link('power', drawn(source), drawn(feed));
}

const namedSide = (name: string): { side?: 'A' | 'B' } => (name === 'A' || name === 'B' ? { side: name } : sideOf(name));

function drawUps(ups: Entity<'ups'>, sheet: Sheet): void {
  const { capacity, model, runtime } = ups.props;
  const rack = sheet.model.resolve(ups.props.rack, ups, 'rack');
  const rated = capacity === undefined ? undefined : spaced(formatQuantity(capacity, 'power', 'kVA'));
  sheet.add(ups, 'ups', {
    ...within(ups, sheet),
    ...(rack ? { parent: sheet.drawn(rack), ...orderOf(placeOf(ups)) } : {}),
    ...words(
      rack ? unitText(placeOf(ups)) : undefined,
      rated,
      runtime === undefined ? undefined : spaced(formatQuantity(runtime, 'duration')),
    ),
    facts: [...fact('Model', model), ...fact('Capacity', rated)],
    ...sideOf(ups.name),
  });
  drawSupply(ups, sheet);
}

function drawPdu(pdu: Entity<'pdu'>, sheet: Sheet): void {
  const { capacity, outlets } = pdu.props;
  sheet.add(pdu, 'pdu', {
    ...within(pdu, sheet),
    ...words(
      capacity === undefined ? undefined : spaced(formatQuantity(capacity, 'current')),
      outlets === undefined ? undefined : counted(outlets, 'outlet'),
    ),
    ...(is(pdu.parent, 'rack') ? { order: 2 } : {}),
    ...namedSide(pdu.name),
  });
  drawSupply(pdu, sheet);
}

function drawSupply(thing: Entity<'ups'> | Entity<'pdu'>, { drawn, link, model }: Sheet): void {
  const source = model.resolve(thing.props.from, thing, 'ups', 'pdu', 'feed');
  if (source) link('power', drawn(source), drawn(thing));
}

const roles: Readonly<Partial<Record<Device['kind'], NodeRole>>> = {
  switch: 'switch',
  router: 'router',
  host: 'host',
  usbhub: 'usbhub',
  array: 'array',
};

function drawDevice(device: Device, sheet: Sheet): void {
  const { model } = sheet;
  const rack = model.resolve(device.props.rack, device, 'rack');
  const supplies = suppliesOf(device, model);
  const plugs = plugsOf(device, supplies, model);
  const place = placeOf(device);
  const count = psuCount(device);
  const extra: Partial<GraphNode> = {
    ...words(
      unitText(place),
      device.props.model,
      count !== undefined && supplies.length === 0 ? counted(count, 'PSU') : undefined,
    ),
    ...(rack ? { parent: sheet.drawn(rack), ...orderOf(place) } : {}),
    ...(device.kind === 'switch' ? sideOf(device.name) : {}),
    ...(plugs.length > 0 ? { feeds: plugs } : {}),
    facts: [
      ...supplies.map(({ name, source }): Fact => {
        const top = supplyChain(source, model).chain.at(-1) ?? source;
        return { label: `Power ${name}`, value: sourceName(top) };
      }),
      ...fact('Power', oneSupply(plugs, supplies, model)),
      ...cableFacts(device, model),
    ],
  };
  sheet.add(device, roles[device.kind] ?? 'physical', extra);
  for (const { name, source } of supplies) {
    const ups = supplyChain(source, model).chain.find((each) => is(each, 'ups'));
    if (ups) sheet.link('power', sheet.drawn(ups), sheet.drawn(device), { label: name });
  }
}

interface Supply {
  readonly name: string;
  readonly source: PowerSource;
}

const suppliesOf = (device: Device, model: Model): readonly Supply[] =>
  (psuFeedNames(device) ?? []).flatMap((name) => {
    const source = feedOf(device, name, model);
    return source ? [{ name, source }] : [];
  });

/** The feeds of the rack, used or not, and what else the device hangs on. */
function plugsOf(device: Device, supplies: readonly Supply[], model: Model): readonly Plug[] {
  if (supplies.length === 0) return [];
  const rack = model.resolve(device.props.rack, device, 'rack');
  const sources = new Map<string, PowerSource>();
  for (const feed of rack ? childrenOf(rack, 'feed') : []) sources.set(feed.name, feed);
  for (const { name, source } of supplies) sources.set(name, source);
  return [...sources].map(([name, source]) => ({
    name,
    source: sourceName(supplyChain(source, model).chain.at(-1) ?? source),
    used: supplies.some((supply) => supply.name === name),
  }));
}

/** That all supplies of a device fail together, in words. */
function oneSupply(plugs: readonly Plug[], supplies: readonly Supply[], model: Model): string | undefined {
  const used = plugs.filter((plug) => plug.used);
  if (used.length === 1 && plugs.length > 1) return `only on feed ${used[0]?.name ?? ''}`;
  const common = commonSource(
    supplies.map((supply) => supply.source),
    model,
  );
  return used.length > 1 && common ? `all feeds come from ${sourceName(common)}` : undefined;
}

interface Plugged {
  readonly name: string;
  readonly end: Entity<'switch'>;
  readonly port: string;
  readonly speed: number | undefined;
}

/** Every cable that a device's text names: of its adapters, of its storage ports, of itself. */
function cablesOf(device: Device, model: Model): readonly Plugged[] {
  const sockets: readonly (Entity<'nic'> | Entity<'port'> | Entity<'router'>)[] = is(device, 'router')
    ? [device]
    : is(device, 'array')
      ? descendantsOf(device, 'port')
      : childrenOf(device, 'nic');
  return sockets.flatMap((socket) => {
    const port = switchPortOf(socket, model);
    if (!port) return [];
    const own = is(socket, 'nic') || is(socket, 'port') ? socket.props.speed : undefined;
    return [{ name: is(socket, 'router') ? 'port' : socket.name, end: port.switch, port: port.path, speed: own ?? port.speed }];
  });
}

const cableFacts = (device: Device, model: Model): readonly Fact[] =>
  cablesOf(device, model).flatMap(({ name, port, speed }) =>
    fact(`Cable ${name}`, speed === undefined ? port : `${port}, ${speedText(speed)}`),
  );

/** One line for all cables of one speed between two devices, the fastest first; each cable is in the facts. */
function drawCables(device: Device, sheet: Sheet): void {
  const { link, model } = sheet;
  const from = sheet.drawn(device);
  const groups = new Map<string, { readonly cable: Plugged; readonly names: string[] }>();
  for (const cable of cablesOf(device, model)) {
    const key = `${idOf(cable.end)} ${cable.speed ?? ''}`;
    const known = groups.get(key);
    if (known) known.names.push(cable.port);
    else groups.set(key, { cable, names: [cable.port] });
  }
  const lines = new Map<string, number>();
  for (const { cable, names } of [...groups.values()].sort((a, b) => (b.cable.speed ?? 0) - (a.cable.speed ?? 0))) {
    const { end, speed } = cable;
    const before = lines.get(idOf(end)) ?? 0;
    lines.set(idOf(end), before + 1);
    link('cable', from, idOf(end), {
      id: `cable ${from} ${idOf(end)}${before === 0 ? '' : ` ${before + 1}`}`,
      ...(speed === undefined ? {} : { speed }),
      // One cable says its port, several say how many they are.
      ...(names.length > 1 ? { count: names.length } : { label: cable.port.slice(cable.port.indexOf('/') + 1) }),
    });
  }
}
