/** Physical: where each device stands, what feeds it and what it is cabled to. Nothing virtual is in it. */
import { switchPortOf } from '../../facts/network.ts';
import { feedOf, psuFeedNames, sourceName, supplyChain } from '../../facts/power.ts';
import { childrenOf, descendantsOf, type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import type { Ref } from '../../schema/types.ts';
import { formatQuantity } from '../../values/quantity.ts';
import type { Fact, Graph, GraphNode, NodeRole } from '../graph.ts';
import { speedText } from '../words.ts';
import { fact, type GroupOf, openSheet, type Sheet, sideOf, spaced, words } from './shared.ts';

type Device = Entity<'switch'> | Entity<'router'> | Entity<'host'> | Entity<'physical'> | Entity<'usbhub'> | Entity<'array'>;

export function physicalGraph(model: Model, title: string, groupOf: GroupOf): Graph {
  const sheet = openSheet(model, title, groupOf);
  for (const site of model.all('site')) sheet.add(site, 'site', words(site.props.address));
  for (const room of model.all('room')) sheet.add(room, 'room', within(room, sheet));
  for (const rack of model.all('rack')) drawRack(rack, sheet);
  for (const ups of model.all('ups')) drawUps(ups, sheet);
  for (const device of devicesOf(model)) drawDevice(device, sheet);
  for (const device of devicesOf(model)) drawCables(device, sheet);
  for (const stack of model.all('stack')) {
    const members = model.resolveAll(stack.props.members, stack, 'switch');
    members.slice(1).forEach((member, at) => {
      const before = members[at];
      if (before) sheet.link('cable', idOf(before), idOf(member));
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

/** Devices in the order in which they hang in a rack: the highest unit first, those without a unit last. */
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

const unitText = (device: Device): string | undefined => {
  const unit = unitOf(device);
  if (unit === undefined) return undefined;
  const height = 'height' in device.props ? (device.props.height ?? 1) : 1;
  return height > 1 ? `U${unit}–${unit + height - 1}` : `U${unit}`;
};

function drawRack(rack: Entity<'rack'>, sheet: Sheet): void {
  const feeds = childrenOf(rack, 'feed');
  sheet.add(rack, 'rack', {
    ...within(rack, sheet),
    ...words(rack.props.units === undefined ? undefined : `${rack.props.units} U`, feeds.map((feed) => feed.name).join(' + ')),
    facts: feeds.flatMap((feed) => fact(`Feed ${feed.name}`, feed.props.from?.ref.join('.'))),
  });
  for (const feed of feeds) {
    const source = supplyChain(feed, sheet.model).chain.find((each) => is(each, 'ups'));
    if (source) sheet.link('power', sheet.drawn(source), sheet.drawn(rack), { label: feed.name });
  }
}

function drawUps(ups: Entity<'ups'>, sheet: Sheet): void {
  const { capacity, model, runtime } = ups.props;
  sheet.add(ups, 'ups', {
    ...within(ups, sheet),
    ...words(
      capacity === undefined ? undefined : spaced(formatQuantity(capacity, 'power', 'kVA')),
      runtime === undefined ? undefined : spaced(formatQuantity(runtime, 'duration')),
    ),
    facts: fact('Model', model),
    ...sideOf(ups.name),
  });
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
  const names = psuFeedNames(device) ?? [];
  const feeds = names.flatMap((name) => {
    const source = feedOf(device, name, model);
    return source ? [{ name, source }] : [];
  });
  const power = feeds.map(({ name, source }): Fact => {
    const top = supplyChain(source, model).chain.at(-1) ?? source;
    return { label: `Power ${name}`, value: sourceName(top) };
  });
  const extra: Partial<GraphNode> = {
    ...words(unitText(device), device.props.model, names.join(' + ')),
    ...(rack ? { parent: sheet.drawn(rack) } : {}),
    ...(device.kind === 'switch' ? sideOf(device.name) : {}),
    facts: [...fact('Serial number', device.props.serial), ...power, ...cableFacts(device, model)],
  };
  sheet.add(device, roles[device.kind] ?? 'physical', extra);
  for (const { name, source } of feeds) {
    const ups = supplyChain(source, model).chain.find((each) => is(each, 'ups'));
    if (ups) sheet.link('power', sheet.drawn(ups), sheet.drawn(device), { label: name });
  }
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

/** One line for all cables of one speed between two devices; each cable is in the facts. */
function drawCables(device: Device, sheet: Sheet): void {
  const { link, model } = sheet;
  const from = sheet.drawn(device);
  const groups = new Map<string, { readonly cable: Plugged; count: number }>();
  for (const cable of cablesOf(device, model)) {
    const key = `${idOf(cable.end)} ${cable.speed ?? ''}`;
    const known = groups.get(key);
    if (known) known.count += 1;
    else groups.set(key, { cable, count: 1 });
  }
  // The fastest one is drawn; a pair of boxes has one line, or the drawing says the same thing twice.
  const best = new Map<string, { cable: Plugged; count: number }>();
  for (const group of groups.values()) {
    const known = best.get(idOf(group.cable.end));
    if (!known || (group.cable.speed ?? 0) > (known.cable.speed ?? 0)) best.set(idOf(group.cable.end), group);
  }
  for (const { cable, count } of best.values()) {
    const { end, speed } = cable;
    link('cable', from, idOf(end), { ...(speed === undefined ? {} : { speed }), ...(count > 1 ? { label: `${count} ×` } : {}) });
  }
}
