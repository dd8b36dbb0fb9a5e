/** Addresses: what they come to, and who has them. */
import { type Entity, is } from '../../model/entity.ts';
import type { IndexDefinition, Model } from '../../model/model.ts';
import type { Address } from '../../schema/types.ts';
import { blockOf, type Cidr, type Ip, hostOf as nthOf, parseCidr, parseIp } from '../../values/ip.ts';
import { isProblem } from '../../values/problem.ts';
import { networkOf } from './membership.ts';

/** An address as an entity has it. */
export interface AddressUse {
  readonly entity: Entity;
  /** `address`, or `out-of-band` of a host. */
  readonly prop: string;
  /** Absent when it is dynamic, or cannot be worked out (see `problem` and `open`). */
  readonly ip?: Ip;
  /** Prefix length, where the address was written with one. */
  readonly prefix?: number;
  /** Network that it belongs to. */
  readonly network?: Entity<'network'>;
  readonly dhcp?: true;
  /** Why `NETWORK.host(n)` gives no usable address: n lies beyond the subnet, or is its network or broadcast address. */
  readonly problem?: string;
  /** Of `NETWORK.host(n)`: the network and n. */
  readonly counted?: { readonly from: Entity<'network'>; readonly n: number };
  /** `NETWORK.host(n)` of a network whose subnet is not said. */
  readonly open?: true;
}

/** Address within its routing domain (`domainOf`) → whoever has it. */
export const addressHolders: IndexDefinition = {
  name: 'addressHolders',
  level: 4,
  kinds: ['vmkernel', 'nic', 'host', 'port', 'controller', 'switch', 'physical'],
  keys: (entity, model) => addressesOf(entity, model).flatMap((use) => (use.ip ? [holderKey(use.ip, use.network)] : [])),
};

/** A block, within its routing domain → the networks whose subnets are that block or lie inside of it. */
export const subnetsWithin: IndexDefinition = {
  name: 'subnetsWithin',
  level: 2,
  kinds: ['network'],
  keys: (entity) => {
    const subnet = is(entity, 'network') ? subnetOf(entity) : undefined;
    if (!is(entity, 'network') || !subnet) return [];
    return Array.from({ length: subnet.prefix + 1 }, (_, prefix) => withinKey(blockOf(subnet.network, prefix), entity));
  },
};

export const withinKey = (block: Cidr, network: Entity<'network'>): string => `${network.props.vrf ?? ''}|${block.text}`;

/** Name of a machine that is migrated (P2V, V2V) → its migrations: the VM takes over the address of its source. */
export const migrationsOf: IndexDefinition = {
  name: 'migrationsOf',
  level: 2,
  kinds: ['migration'],
  keys: (entity, model) =>
    is(entity, 'migration')
      ? [model.resolve(entity.props.from, entity, 'physical', 'vm'), model.resolve(entity.props.to, entity, 'vm')].flatMap(
          (machine) => machine?.name ?? [],
        )
      : [],
};

const kindsWithAddress = ['vmkernel', 'nic', 'port', 'controller', 'switch', 'physical', 'export'] as const;

/** All addresses that an entity says. */
export function addressesOf(entity: Entity, model: Model): readonly AddressUse[] {
  const uses: AddressUse[] = [];
  const add = (prop: string, address: Address | undefined): void => {
    if (address) uses.push(usedAs(entity, prop, address, model));
  };
  if (is(entity, 'host')) {
    add('address', entity.props.address);
    add('out-of-band', entity.props['out-of-band']);
  } else if ((kindsWithAddress as readonly string[]).includes(entity.kind))
    add('address', (entity as Entity<(typeof kindsWithAddress)[number]>).props.address);
  return uses;
}

/** What an address of an entity comes to (`address`, unless another property is asked for). */
export function addressOf(entity: Entity, model: Model, prop = 'address'): AddressUse | undefined {
  return addressesOf(entity, model).find((use) => use.prop === prop);
}

/** What an address comes to that an entity says in some property. */
export function usedAs(entity: Entity, prop: string, address: Address, model: Model): AddressUse {
  // What stands on a network says so; the controller card of a server has a network of its own.
  const own = prop === 'address' ? networkOf(entity, model) : undefined;
  if ('dhcp' in address) return { entity, prop, dhcp: true, ...(own ? { network: own } : {}) };
  if ('ip' in address) {
    const ip = parseIp(address.ip);
    return {
      entity,
      prop,
      ...(isProblem(ip) ? {} : { ip }),
      ...(address.prefix !== undefined ? { prefix: address.prefix } : {}),
      ...(own ? { network: own } : {}),
    };
  }
  const source = model.resolve(address.network, entity, 'network');
  const network = own ?? source;
  if (!source) return { entity, prop, ...(network ? { network } : {}) };
  const base = { entity, prop, counted: { from: source, n: address.host }, ...(network ? { network } : {}) };
  const subnet = subnetOf(source);
  if (!subnet) return { ...base, open: true };
  const ip = nthOf(subnet, address.host);
  return isProblem(ip) ? { ...base, problem: ip.problem } : { ...base, ip };
}

/** Blocks by network: a pure function's answers, kept since every address of a network asks for the same one. */
const subnets = new WeakMap<Entity<'network'>, { readonly block?: Cidr }>();

/** The address block of a network. */
export function subnetOf(network: Entity<'network'>): Cidr | undefined {
  let known = subnets.get(network);
  if (!known) {
    const subnet = network.props.subnet === undefined ? undefined : parseCidr(network.props.subnet);
    known = subnet && !isProblem(subnet) ? { block: subnet } : {};
    subnets.set(network, known);
  }
  return known.block;
}

/**
 * Within what an address has to be unique: the routing domain of its network (`vrf`), or the network alone when it has no gateway
 * and so no way out.
 */
function domainOf(network: Entity<'network'> | undefined): string {
  if (!network) return '';
  const { vrf, gateway } = network.props;
  return gateway === undefined ? `${vrf ?? ''}/${network.name}` : (vrf ?? '');
}

export const holderKey = (ip: Ip, network: Entity<'network'> | undefined): string => `${domainOf(network)}|${ip.text}`;

/** Everything that has an address, in order of ids. */
export function holdersOf(ip: Ip, network: Entity<'network'> | undefined, model: Model): readonly Entity[] {
  return model.lookup(addressHolders, holderKey(ip, network));
}
