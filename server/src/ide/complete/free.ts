/** What is still free: switch ports and addresses. For one thing, or for all members of the range that it stands in. */
import { addressesOf, cabledAt, holdersOf, membersOfNetwork, portAt, subnetOf } from '../../facts/network.ts';
import { type Entity, pathOf } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { type Cidr, hostOf, parseIp } from '../../values/ip.ts';
import { isProblem } from '../../values/problem.ts';
import type { Index } from '../names/expressions.ts';

export interface PortChoice {
  readonly name: string;
  /** Whose cable ends there. */
  readonly by?: string;
}

/** No switch that a person names ports of has more. */
const maxPorts = 1_024;
/** How many numbers are tried before none is proposed. */
const maxTries = 4_096;

/** Ports of a switch, the free ones first. */
export function portsOf(device: Entity<'switch'>, model: Model): readonly PortChoice[] {
  const uplinks = Math.min(device.props['uplink-ports']?.count ?? 0, maxPorts);
  const names = new Set([
    ...Array.from({ length: Math.min(device.props.ports ?? 0, maxPorts) }, (_, at) => String(at + 1)),
    ...Array.from({ length: uplinks }, (_, at) => `u${at + 1}`),
    ...device.children.filter((child) => child.kind === 'port').map((child) => child.name),
  ]);
  const all = [...names].map((name): PortChoice => {
    const by = usersOf(device, name, model);
    return by.length > 0 ? { name, by: by.map(pathOf).join(', ') } : { name };
  });
  return [...all.filter((port) => port.by === undefined), ...all.filter((port) => port.by !== undefined)];
}

function usersOf(device: Entity<'switch'>, name: string, model: Model): readonly Entity[] {
  const port = portAt({ ref: [device.name, name] }, model);
  return port ? cabledAt(port, model) : [];
}

/** The least number to add to an index so that every member finds its port free. */
export function freePortBase(device: Entity<'switch'>, index: Index, model: Model): number | undefined {
  const count = device.props.ports ?? 0;
  for (let base = 0; base <= count; base += 1) {
    const numbers = index.values.map((value) => base + value);
    if (numbers.every((n) => n >= 1 && n <= count && usersOf(device, String(n), model).length === 0)) return base;
  }
  return undefined;
}

/** The number behind the highest one in use in a network, or the lowest that is free. */
export function freeHost(network: Entity<'network'>, model: Model): { readonly number: number; readonly ip: string } | undefined {
  const subnet = subnetOf(network);
  if (!subnet) return undefined;
  const highest = highestOf(network, subnet, model);
  for (const start of [highest + 1, 1]) {
    for (let number = start; number < start + maxTries; number += 1) {
      const ip = free(network, subnet, number, model);
      if (ip === 'end') break;
      if (ip !== undefined) return { number, ip };
    }
  }
  return undefined;
}

/** The least round number to add to an index so that every member finds its address free. */
export function freeHostBase(
  network: Entity<'network'>,
  index: Index,
  model: Model,
): { readonly base: number; readonly first: string; readonly last: string } | undefined {
  const subnet = subnetOf(network);
  if (!subnet || index.values.length === 0 || index.values.length > maxTries) return undefined;
  for (let base = 10; base < maxTries; base += 10) {
    const ips = index.values.map((value) => free(network, subnet, base + value, model));
    if (ips.includes('end')) return undefined;
    const [first, last] = [ips[0], ips.at(-1)];
    if (first !== undefined && last !== undefined && ips.every((ip) => ip !== undefined)) return { base, first, last };
  }
  return undefined;
}

/** The nth address when nobody has it; `end` beyond the subnet. */
function free(network: Entity<'network'>, subnet: Cidr, number: number, model: Model): string | 'end' | undefined {
  const ip = hostOf(subnet, number);
  if (isProblem(ip)) return subnet.first + BigInt(number) >= subnet.last ? 'end' : undefined;
  return ip.text === network.props.gateway || holdersOf(ip, network, model).length > 0 ? undefined : ip.text;
}

function highestOf(network: Entity<'network'>, subnet: Cidr, model: Model): number {
  let highest = 9;
  const gateway = network.props.gateway === undefined ? undefined : parseIp(network.props.gateway);
  for (const member of model.lookup(membersOfNetwork, network.name).slice(0, maxTries)) {
    for (const { ip } of addressesOf(member, model)) {
      if (
        !ip ||
        ip.family !== subnet.family ||
        ip.value < subnet.first ||
        ip.value > subnet.last ||
        (gateway && !isProblem(gateway) && gateway.value === ip.value)
      )
        continue;
      const number = Number(ip.value - subnet.first);
      if (Number.isSafeInteger(number) && number > highest) highest = number;
    }
  }
  return highest;
}
