/** Network: from the physical switches over NICs, uplinks and virtual switches to port groups, adapters and networks. */
import {
  addressOf,
  dvswitchMembers,
  networkOf,
  stackOf,
  switchPortOf,
  teamingOf,
  type Uplinks,
  uplinksOf,
  type VirtualSwitch,
  virtualSwitchesOf,
  vlanOf,
} from '../../facts/network.ts';
import { childrenOf, type Entity, idOf, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import type { GraphNode } from '../graph.ts';
import { type Building, counted, fact, type GroupOf, openSheet, rate, type Sheet, sideOf, words } from './shared.ts';
import { usedNics } from './uplinks.ts';

export function* networkGraph(model: Model, title: string, groupOf: GroupOf): Building {
  const sheet = openSheet(model, title, groupOf);
  for (const network of model.all('network')) drawNetwork(network, sheet);
  for (const device of model.all('switch')) {
    drawSwitch(device, sheet);
    yield;
  }
  for (const router of model.all('router')) drawRouter(router, sheet);
  for (const cable of model.all('link')) {
    const [a, b] = [cable.props.from?.ref[0], cable.props.to?.ref[0]].map((name) =>
      name === undefined ? undefined : model.find('switch', name),
    );
    const { speed } = cable.props;
    if (a && b)
      sheet.link('cable', idOf(a), idOf(b), {
        ...(speed === undefined ? {} : { speed }),
        ...(cable.name === '' ? {} : { label: cable.name }),
      });
  }
  for (const shared of model.all('dvswitch')) drawDistributed(shared, sheet);
  for (const host of model.all('host')) {
    drawHost(host, sheet);
    yield;
  }
  for (const machine of model.all('physical')) {
    const nics = childrenOf(machine, 'nic');
    const network = networkOf(machine, model);
    if (nics.length === 0 && !network) continue;
    sheet.add(machine, 'physical', { ...words(addressOf(machine, model)?.ip?.text), ...wears(network) });
    for (const nic of nics) drawNic(nic, machine, 'used', sheet);
  }
  return sheet.done();
}

const wears = (network: Entity<'network'> | undefined): { network?: string } => (network ? { network: idOf(network) } : {});

/** The box of a network in the legend; other views have the same. */
export function drawNetwork(network: Entity<'network'>, sheet: Sheet): void {
  const { gateway, mtu, purpose, subnet, vlan, zone } = network.props;
  sheet.add(network, 'network', {
    label: network.name,
    ...words(vlan === undefined ? undefined : `VLAN ${vlan}`, subnet, mtu === undefined ? undefined : `MTU ${mtu}`),
    network: idOf(network),
    facts: [...fact('Purpose', purpose), ...fact('Gateway', gateway), ...fact('Zone', zone)],
  });
}

function drawSwitch(device: Entity<'switch'>, sheet: Sheet): void {
  const stack = stackOf(device, sheet.model);
  const lags = new Map<string, string[]>();
  for (const port of childrenOf(device, 'port')) {
    const lag = port.props.lag;
    if (lag?.name === undefined) continue;
    const name = `${lag.name} (${lag.mode ?? 'static'})`;
    lags.set(name, [...(lags.get(name) ?? []), port.name]);
  }
  sheet.add(device, 'switch', {
    ...words(
      device.props.model,
      stack ? `${stack.props.type === 'mlag' ? 'MLAG' : 'stack'} ${stack.name}` : undefined,
      lags.size > 0 ? counted(lags.size, 'LAG') : undefined,
    ),
    ...sideOf(device.name),
    facts: [
      ...fact('Ports', device.props.ports?.toString()),
      ...[...lags].flatMap(([name, ports]) => fact(`LAG ${name}`, ports.join(', '))),
    ],
  });
  for (const member of stack ? sheet.model.resolveAll(stack.props.members, stack, 'switch').slice(0, 1) : [])
    if (stack) sheet.link('cable', idOf(member), idOf(device), { label: stack.name });
}

function drawRouter(router: Entity<'router'>, sheet: Sheet): void {
  const { link, model } = sheet;
  const networks = model.resolveAll(router.props.connects, router, 'network');
  sheet.add(router, 'router', {
    ...words(router.props.model),
    facts: fact('Joins', networks.map((network) => network.name).join(', ')),
  });
  for (const network of networks) link('network', idOf(router), idOf(network), { network: idOf(network) });
  const port = switchPortOf(router, model);
  if (port) link('cable', idOf(router), idOf(port.switch), { label: port.name });
}

function drawDistributed(shared: Entity<'dvswitch'>, sheet: Sheet): void {
  const hosts = dvswitchMembers(shared, sheet.model);
  sheet.add(shared, 'vswitch', {
    ...words(
      'distributed',
      counted(hosts.length, 'host'),
      shared.props.mtu === undefined ? undefined : `MTU ${shared.props.mtu}`,
      shared.props.teaming,
    ),
  });
  for (const group of childrenOf(shared, 'portgroup')) drawPortgroup(group, hosts[0], sheet);
}

/** What carries something that overrides the order of its switch, what waits in brackets: `vmnic0 (vmnic1)`. */
const orderText = ({ active, known, standby }: Uplinks): string | undefined => {
  const names = (nics: readonly Entity<'nic'>[]): string => nics.map((nic) => nic.name).join(', ');
  return known ? `${names(active)}${standby.length > 0 ? ` (${names(standby)})` : ''}` : undefined;
};

const overrides = (entity: Entity<'portgroup' | 'vmkernel'>): boolean =>
  (entity.props.active ?? entity.props.standby ?? entity.props.unused ?? entity.props.teaming) !== undefined;

function ordered(
  entity: Entity<'portgroup'> | Entity<'vmkernel'>,
  host: Entity<'host'> | undefined,
  model: Model,
): { readonly text: string | undefined; readonly facts: NonNullable<GraphNode['facts']> } {
  if (!host) return { text: undefined, facts: [] };
  const uplinks = uplinksOf(entity, host, model);
  const list = (nics: readonly Entity<'nic'>[]): string => nics.map((nic) => nic.name).join(', ');
  return {
    text: overrides(entity) ? orderText(uplinks) : undefined,
    facts: [
      ...fact('Active', list(uplinks.active)),
      ...fact('Standby', list(uplinks.standby)),
      ...fact('Unused', list(uplinks.unused)),
      ...fact('Load balancing', teamingOf(entity, host, model)),
    ],
  };
}

function drawPortgroup(group: Entity<'portgroup'>, host: Entity<'host'> | undefined, sheet: Sheet): void {
  const { model } = sheet;
  if (!group.parent) return;
  const network = networkOf(group, model);
  const vlan = vlanOf(group, model);
  const order = ordered(group, host, model);
  sheet.add(group, 'portgroup', {
    label: group.name,
    parent: sheet.drawn(group.parent),
    ...wears(network),
    ...words(vlan === undefined ? undefined : `VLAN ${vlan}`, order.text),
    facts: [...fact('Network', network?.name), ...order.facts],
  });
}

function drawHost(host: Entity<'host'>, sheet: Sheet): void {
  const { drawn, link, model } = sheet;
  const switches = virtualSwitchesOf(host, model);
  sheet.add(host, 'host', words(host.props.model));
  const sorted = switches.map((own) => ({ own, uplinks: uplinksOf(own.entity, host, model) }));
  const used = usedNics(host, model);
  for (const nic of childrenOf(host, 'nic')) {
    drawNic(nic, host, used === undefined || used.has(nic) ? 'used' : 'unused', sheet);
  }
  for (const { own, uplinks } of sorted) {
    if (own.entity.unit === host.unit) drawVirtual(own, sheet);
    for (const nic of uplinks.active) link('uplink', drawn(nic), drawn(own.entity), speedOf(nic));
    for (const nic of uplinks.standby) link('standby', drawn(nic), drawn(own.entity), speedOf(nic));
    for (const adapter of own.vmkernels) drawAdapter(adapter, own, sheet);
  }
}

function drawVirtual({ entity, host, portgroups }: VirtualSwitch, sheet: Sheet): void {
  const { mtu, teaming } = entity.props;
  sheet.add(entity, 'vswitch', {
    parent: sheet.drawn(host),
    ...words(is(entity, 'vswitch') ? entity.props.type : undefined, mtu === undefined ? undefined : `MTU ${mtu}`, teaming),
  });
  for (const group of portgroups) drawPortgroup(group, host, sheet);
}

function drawAdapter(adapter: Entity<'vmkernel'>, own: VirtualSwitch, sheet: Sheet): void {
  const { model } = sheet;
  const network = networkOf(adapter, model);
  const address = addressOf(adapter, model)?.ip?.text;
  const order = ordered(adapter, own.host, model);
  // An adapter on a distributed switch stands in its host: it is there once for each host.
  const parent = own.entity.unit === own.host.unit ? own.entity : own.host;
  sheet.add(adapter, 'vmkernel', {
    parent: sheet.drawn(parent),
    ...words(address ?? network?.name, order.text),
    ...wears(network),
    facts: [
      ...fact('Services', adapter.props.services?.join(', ')),
      ...fact('Network', network?.name),
      ...fact('Address', address),
      ...order.facts,
    ],
  });
}

const speedOf = (nic: Entity<'nic'>): { speed?: number } => (nic.props.speed === undefined ? {} : { speed: nic.props.speed });

function drawNic(nic: Entity<'nic'>, owner: Entity, use: 'used' | 'unused', sheet: Sheet): void {
  const { drawn, link, model } = sheet;
  const port = switchPortOf(nic, model);
  const speed = rate(nic.props.speed);
  const lag = port?.lag ? `${port.lag.name} (${port.lag.mode})` : undefined;
  // A socket has room for what stands first: that nothing uses it, or that it is part of a LAG, matters more than its speed.
  sheet.add(nic, 'nic', {
    parent: drawn(owner),
    ...(use === 'unused' ? { look: 'idle' } : {}),
    ...words(use === 'unused' ? 'unused' : lag === undefined ? undefined : `LAG ${port?.lag?.name ?? ''}`, speed),
    facts: [
      ...fact('Model', nic.props.model),
      ...fact('Speed', speed),
      ...fact('Switch port', port?.path),
      ...fact('LAG', lag),
      ...fact('Use', use === 'unused' ? 'no virtual switch uses it' : undefined),
    ],
  });
  if (port)
    link('cable', drawn(nic), drawn(port.switch), {
      label: port.name,
      ...(port.lag ? { lag: port.lag.name } : {}),
      ...speedOf(nic),
    });
}
